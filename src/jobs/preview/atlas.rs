//! Where the user's files are to be seen: which stretch of a file makes which rows, cells and paragraphs of the pages.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::{
    diag::{Diagnostic, Place, Source, Span},
    figures::{Applied, Book, FactId},
    jobs::release::Studied,
    model::{Expr, Rows, TableSpec, WaiverOf},
    present::{
        Became, CellUse, Passage, Use,
        document::{Block, Document, Table},
    },
};

/// A spot on the pages: an element with a name, or a paragraph known by what it says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct Spot {
    /// The element's id; empty where it has none.
    pub id: String,
    /// In a row: which cell behind the label, from 0.
    pub column: Option<usize>,
    /// The page of the narrative that a paragraph stands on, by its id.
    pub page: String,
    /// How a paragraph reads.
    pub text: String,
}

/// What stretches of the user's files became.
#[derive(Debug, Default)]
pub(super) struct Atlas {
    stretches: Vec<(Place, Spot)>,
}

/// How many spots of one place are told: a total of a busy release stands in fewer.
const MOST: usize = 60;

impl Atlas {
    /// The atlas of a studied release.
    pub(super) fn of(studied: &Studied) -> Self {
        let presented = studied.checked.presented;
        let survey = Survey { book: studied.checked.book, uses: &presented.uses, passages: &presented.passages };
        let mut stretches = Vec::new();
        survey.facts(&mut stretches);
        survey.lines(&mut stretches);
        survey.measures(&mut stretches);
        survey.declarations(&mut stretches);
        survey.tables(&presented.document, &mut stretches);
        stretches.extend(survey.passages.iter().map(|passage| (passage.at.clone(), spot_of(passage))));
        Self { stretches }
    }

    /// Where what a finding speaks of is to be seen: what is wrong first, then what matters beside it; each once.
    pub(super) fn spots(&self, finding: &Diagnostic) -> Vec<Spot> {
        let places = finding.place.iter().chain(&finding.context);
        let mut seen = BTreeSet::new();
        let mut spots: Vec<Spot> = places.flat_map(|(place, _)| self.at(place)).collect();
        spots.retain(|spot| seen.insert(spot.clone()));
        spots.truncate(MOST);
        spots
    }

    /// The spots of the shortest stretch that a place begins in.
    fn at(&self, place: &Place) -> Vec<Spot> {
        let around = |stretch: &&(Place, Spot)| holds(&stretch.0, place);
        let length = |(stretch, _): &(Place, Spot)| stretch.end - stretch.start;
        let shortest = self.stretches.iter().filter(around).map(length).min();
        let those = self.stretches.iter().filter(around).filter(|stretch| Some(length(stretch)) == shortest);
        those.map(|(_, spot)| spot.clone()).collect()
    }
}

impl Spot {
    fn named(id: String) -> Self {
        Self { id, column: None, page: String::new(), text: String::new() }
    }

    fn row(table: &str, row: &str) -> Self {
        Self::named(format!("{table}.{row}"))
    }

    fn cell(table: &str, cell: &CellUse) -> Self {
        Self { column: Some(cell.column), ..Self::row(table, &cell.row) }
    }
}

fn spot_of(passage: &Passage) -> Spot {
    match &passage.became {
        Became::Paragraph(text) => {
            Spot { page: passage.page.clone(), text: text.clone(), ..Spot::named(String::new()) }
        }
        Became::Heading(id) | Became::Table(id) => Spot::named(id.clone()),
        Became::Note(id) => Spot::named(format!("note-{id}")),
    }
}

/// Whether a place begins within a stretch; by path, as comparing the files themselves would take long.
fn holds(stretch: &Place, place: &Place) -> bool {
    let is_within = stretch.start <= place.start && place.start < stretch.end.max(stretch.start + 1);
    is_within && stretch.source.path == place.source.path
}

/// What was entered and what was shown, side by side.
struct Survey<'a, 'r> {
    book: &'a Book<'r>,
    uses: &'a [Use],
    passages: &'a [Passage],
}

impl Survey<'_, '_> {
    /// Amounts: wherever they are shown as they are; where they never are, whatever is made of them.
    fn facts(&self, stretches: &mut Vec<(Place, Spot)>) {
        let mut shown: BTreeMap<FactId, [Vec<&Use>; 2]> = BTreeMap::new();
        for used in self.uses {
            let mut facts = BTreeSet::new();
            used.recipe.rounded.formula.facts(&mut |fact| _ = facts.insert(fact));
            let made = usize::from(facts.len() > 1);
            facts.into_iter().for_each(|fact| shown.entry(fact).or_default()[made].push(used));
        }
        for (fact, [as_they_are, made]) in shown {
            let Some(entered) = self.book.entered.get(fact) else { continue };
            let uses = if as_they_are.is_empty() { made } else { as_they_are };
            stretches.extend(uses.into_iter().filter_map(|used| Some((entered.place.clone(), self.shown(used)?))));
        }
    }

    /// Lines of statements, as rows.
    fn lines(&self, stretches: &mut Vec<(Place, Spot)>) {
        for statement in &self.book.release.statements {
            for line in statement.lines.iter().filter(|line| !line.id.value.is_empty()) {
                self.named(&format!("{}.{}", statement.id.value, line.id.value), &line.id.place, stretches);
            }
        }
    }

    fn measures(&self, stretches: &mut Vec<(Place, Spot)>) {
        for measure in &self.book.release.measures {
            self.named(&measure.id.value, &measure.id.place, stretches);
        }
    }

    /// What is declared of figures, where they are shown.
    fn declarations(&self, stretches: &mut Vec<(Place, Spot)>) {
        let release = self.book.release;
        for (index, adjustment) in release.adjustments.iter().enumerate() {
            self.declared(Applied::Adjusted(index), &adjustment.figure, &adjustment.place, stretches);
        }
        for (index, waiver) in release.waivers.iter().enumerate() {
            if let WaiverOf::Figure { figure, .. } = &waiver.of {
                self.declared(Applied::Waived(index), figure, &waiver.place, stretches);
            }
        }
        for (index, stated) in release.stated.iter().enumerate() {
            self.declared(Applied::Stated(index), &stated.figure, &stated.figure.place, stretches);
        }
        for tie in &release.ties {
            tie.same.iter().for_each(|figure| self.named(&figure.to_string(), &tie.place, stretches));
        }
    }

    /// A declaration where it moved a figure; where it did not, wherever that figure is.
    fn declared(&self, applied: Applied, figure: &Expr, place: &Place, stretches: &mut Vec<(Place, Spot)>) {
        let name = self.book.name(figure, "", None);
        let (moved, named): (Vec<_>, Vec<_>) = (
            self.uses.iter().filter(|used| used.recipe.rounded.applied == Some(applied)).collect(),
            self.uses.iter().filter(|used| used.name() == name).collect(),
        );
        let uses = if moved.is_empty() { named } else { moved };
        let section = section(place);
        stretches.extend(uses.into_iter().filter_map(|used| Some((section.clone(), self.shown(used)?))));
    }

    /// Everything shown under a name, in the section of the file that says it.
    fn named(&self, name: &str, place: &Place, stretches: &mut Vec<(Place, Spot)>) {
        let section = section(place);
        let is_of = |used: &&Use| {
            let rest = used.name().strip_prefix(name);
            used.cell.as_ref().is_some_and(|cell| cell.line == name)
                || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['@', '[']))
        };
        let spots: BTreeSet<Spot> = self.uses.iter().filter(is_of).filter_map(|used| self.row(used)).collect();
        stretches.extend(spots.into_iter().map(|spot| (section.clone(), spot)));
    }

    /// Tables, and the rows that a table lists or takes from a statement.
    fn tables(&self, document: &Document, stretches: &mut Vec<(Place, Spot)>) {
        let mut tables = BTreeMap::new();
        document.pages.iter().for_each(|page| tables_of(&page.blocks, &mut tables));
        for spec in &self.book.release.tables {
            let Some(table) = tables.get(spec.id.value.as_str()) else { continue };
            stretches.push((section(&spec.id.place), Spot::named(table.id.clone())));
            stretches.extend(self.rows(spec, table));
        }
    }

    fn rows(&self, spec: &TableSpec, table: &Table) -> Vec<(Place, Spot)> {
        let rows = table.rows.iter();
        match &spec.rows {
            Rows::List(list) => {
                list.iter().zip(rows).map(|(row, made)| (row.place.clone(), Spot::row(&table.id, &made.id))).collect()
            }
            Rows::Lines { of, .. } => {
                let lines = self.book.release.statement(&of.value).map_or(&[][..], |statement| &statement.lines);
                let line = |id: &str| lines.iter().find(|line| line.id.value == id).map(|line| section(&line.id.place));
                rows.filter_map(|row| Some((line(&row.id)?, Spot::row(&table.id, &row.id)))).collect()
            }
        }
    }

    /// Where a figure is shown.
    fn shown(&self, used: &Use) -> Option<Spot> {
        match &used.cell {
            Some(cell) => Some(Spot::cell(&used.place, cell)),
            None => self.row(used),
        }
    }

    /// The row, paragraph or table that a figure is shown in.
    fn row(&self, used: &Use) -> Option<Spot> {
        if let Some(cell) = &used.cell {
            return Some(Spot::row(&used.place, &cell.row));
        }
        let passage = self.passages.iter().find(|passage| holds(&passage.at, &used.at));
        let is_table = || self.book.release.tables.iter().any(|table| table.id.value == used.place);
        passage.map(spot_of).or_else(|| is_table().then(|| Spot::named(used.place.clone())))
    }
}

fn tables_of<'d>(blocks: &'d [Block], tables: &mut BTreeMap<&'d str, &'d Table>) {
    for block in blocks {
        match block {
            Block::Table(table) => _ = tables.insert(&table.id, table),
            Block::Chart(chart) => _ = tables.insert(&chart.table.id, &chart.table),
            Block::List { items, .. } => items.iter().for_each(|item| tables_of(item, tables)),
            Block::Quote { blocks } => tables_of(blocks, tables),
            Block::Heading { .. } | Block::Paragraph { .. } | Block::Rule => {}
        }
    }
}

/// The part of a dataset's file that a place stands in: between braces, or from one `[[head]]` to the next.
fn section(place: &Place) -> Place {
    let Source { text, .. } = &*place.source;
    let (before, after) = text.split_at_checked(place.start).unwrap_or((text, ""));
    let start = if after.starts_with('[') { place.start } else { before.rfind("\n[").map_or(0, |at| at + 1) };
    let rest = text.get(start + 1..).unwrap_or_default();
    let end = rest.find("\n[").map_or(text.len(), |at| start + 1 + at);
    let (start, end) = braces(text, start..end, place.start).unwrap_or((start, end));
    Place { start, end, ..place.clone() }
}

/// The innermost pair of braces round a place. Braces in a text come in pairs too, but for rare ones.
fn braces(text: &str, within: Span, at: usize) -> Option<(usize, usize)> {
    let open = unmatched(text.get(within.start..at)?.bytes().rev(), b'{', b'}')?;
    let close = unmatched(text.get(at..within.end)?.bytes(), b'}', b'{')?;
    Some((at - open - 1, at + close + 1))
}

/// How many bytes come before the first `wanted` that no `other` before it answers.
fn unmatched(mut bytes: impl Iterator<Item = u8>, wanted: u8, other: u8) -> Option<usize> {
    let mut depth = 0_usize;
    bytes.position(|byte| {
        let is_it = byte == wanted && depth == 0;
        match byte {
            _ if byte == other => depth += 1,
            _ if byte == wanted => depth = depth.saturating_sub(1),
            _ => {}
        }
        is_it
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section_at(text: &str, word: &str) -> String {
        let source = Source::new("a.toml", text);
        let at = text.find(word).unwrap();
        section(&Place::new(&source, at..at + word.len())).text().to_owned()
    }

    #[test]
    fn a_section_goes_from_one_head_to_the_next() {
        let text = "a = 1\n[[line]]\nid = \"x\"\n\n[[line]]\nid = \"y\"\n";
        assert_eq!(section_at(text, "a"), "a = 1");
        assert_eq!(section_at(text, "[[line]]"), "[[line]]\nid = \"x\"\n");
        assert_eq!(section_at(text, "x"), "[[line]]\nid = \"x\"\n");
        assert_eq!(section_at(text, "y"), "[[line]]\nid = \"y\"\n");
    }

    #[test]
    fn a_line_between_braces_is_a_section_of_its_own() {
        let text = "line = [\n  { id = \"x\", label = \"{{ a }} b\", values = [1] },\n  { id = \"y\" },\n]\nz = 1";
        assert_eq!(section_at(text, "x"), "{ id = \"x\", label = \"{{ a }} b\", values = [1] }");
        assert_eq!(section_at(text, "values"), "{ id = \"x\", label = \"{{ a }} b\", values = [1] }");
        assert_eq!(section_at(text, "y"), "{ id = \"y\" }");
        assert_eq!(section_at(text, "z"), text);
    }
}
