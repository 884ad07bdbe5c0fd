//! Builds a source map: matches everything that is entered or written in the files with everything that the pages show.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    page_target::{PageTarget, TargetId},
    toml_section::section,
};
use crate::{
    diag::Place,
    figures::{AppliedDeclaration, Book, FactId},
    model::{Expr, Release, Rows, TableSpec, WaiverTarget},
    present::{
        FigureUse, Passage, Presentation, Rendered,
        document::{Block, Document, Table},
    },
};

/// The targets of a presented release, and every stretch of its files that leads to one of them.
pub(super) fn build(book: &Book, presented: &Presentation) -> (Vec<PageTarget>, Vec<(Place, TargetId)>) {
    let mut targets = Targets::default();
    let passages = targets.add_passages(&presented.passages);
    let shown = shown(book.release, presented, &mut targets);
    let mut builder = SourceMapBuilder { release: book.release, shown, targets, stretches: Vec::new() };
    builder.facts(book);
    builder.lines();
    builder.declarations(book);
    builder.tables(&presented.document);
    builder.stretches.extend(passages);
    (builder.targets.list, builder.stretches)
}

/// Targets by number, each once: a paragraph with thousands of figures is kept once.
#[derive(Default)]
struct Targets {
    list: Vec<PageTarget>,
    /// The numbers of elements with an id, by the id and the column.
    elements: BTreeMap<(String, Option<usize>), TargetId>,
    /// The narrative's passages by file and start, with their end.
    passages: BTreeMap<(String, usize), (usize, TargetId)>,
}

impl Targets {
    /// The element with an id or, in a row, one of its cells.
    fn element(&mut self, id: String, column: Option<usize>) -> TargetId {
        *self.elements.entry((id, column)).or_insert_with_key(|(id, column)| {
            self.list.push(PageTarget { id: id.clone(), column: *column, page: String::new(), text: String::new() });
            self.list.len() - 1
        })
    }

    fn row(&mut self, table: &str, row: &str, column: Option<usize>) -> TargetId {
        self.element(format!("{table}.{row}"), column)
    }

    /// Adds the passages of the narrative; gives each with its target.
    fn add_passages(&mut self, passages: &[Passage]) -> Vec<(Place, TargetId)> {
        let mut stretches = Vec::new();
        for Passage { page, at, rendered } in passages {
            let target = match rendered {
                Rendered::Paragraph(text) => {
                    let (page, text) = (page.clone(), text.clone());
                    self.list.push(PageTarget { id: String::new(), column: None, page, text });
                    self.list.len() - 1
                }
                Rendered::Heading(id) | Rendered::Table(id) => self.element(id.clone(), None),
                Rendered::Note(id) => self.element(format!("note-{id}"), None),
            };
            let end = at.end.max(at.start + 1);
            self.passages.entry((at.source.path.clone(), at.start)).or_insert((end, target));
            stretches.push((at.clone(), target));
        }
        stretches
    }

    /// The passage that a place begins in.
    fn passage_at(&self, place: &Place) -> Option<TargetId> {
        let key = (place.source.path.clone(), place.start);
        let ((path, _), (end, target)) = self.passages.range(..=key).next_back()?;
        (*path == place.source.path && place.start < *end).then_some(*target)
    }
}

/// A figure that was shown, and where.
struct Shown<'a> {
    used: &'a FigureUse,
    /// The cell, or what holds the figure outside of tables.
    closely: TargetId,
    /// The row, or what holds the figure outside of tables.
    widely: TargetId,
}

/// Every figure whose place on the pages is known.
fn shown<'a>(release: &Release, presented: &'a Presentation, targets: &mut Targets) -> Vec<Shown<'a>> {
    let tables: BTreeSet<&str> = release.tables.iter().map(|table| table.id.value.as_str()).collect();
    let shown = presented.uses.iter().filter_map(|used| {
        if let Some(cell) = &used.cell {
            let closely = targets.row(&used.place, &cell.row, Some(cell.column));
            return Some(Shown { used, closely, widely: targets.row(&used.place, &cell.row, None) });
        }
        let passage = targets.passage_at(&used.at);
        let is_table = tables.contains(used.place.as_str());
        let widely = passage.or_else(|| is_table.then(|| targets.element(used.place.clone(), None)))?;
        Some(Shown { used, closely: widely, widely })
    });
    shown.collect()
}

/// Matches what is written with what is shown.
struct SourceMapBuilder<'a> {
    release: &'a Release,
    shown: Vec<Shown<'a>>,
    targets: Targets,
    stretches: Vec<(Place, TargetId)>,
}

impl SourceMapBuilder<'_> {
    /// Amounts: wherever they are shown themselves; where they never are, the figures derived from them.
    fn facts(&mut self, book: &Book) {
        let mut uses: BTreeMap<FactId, [Vec<&Shown>; 2]> = BTreeMap::new();
        for shown in &self.shown {
            let mut facts = BTreeSet::new();
            shown.used.derivation.rounded.formula.facts(&mut |fact| _ = facts.insert(fact));
            let is_derived = usize::from(facts.len() > 1);
            facts.into_iter().for_each(|fact| uses.entry(fact).or_default()[is_derived].push(shown));
        }
        for (fact, [themselves, derived]) in uses {
            let Some(entered) = book.entered.get(fact) else { continue };
            let uses = if themselves.is_empty() { derived } else { themselves };
            self.stretches.extend(uses.into_iter().map(|shown| (entered.place.clone(), shown.closely)));
        }
    }

    /// Lines of statements, measures and ties: every figure shown under the name, for the section that declares it.
    fn lines(&mut self) {
        let mut by_name: BTreeMap<&str, BTreeSet<TargetId>> = BTreeMap::new();
        for shown in &self.shown {
            let name = shown.used.name();
            let line = name.split(['@', '[']).next().unwrap_or(name);
            let cell = shown.used.cell.as_ref().map_or(name, |cell| &cell.line);
            for name in [name, line, cell] {
                by_name.entry(name).or_default().insert(shown.widely);
            }
        }
        let lines = self.release.statements.iter().flat_map(|statement| {
            let named = statement.lines.iter().filter(|line| !line.id.value.is_empty());
            named.map(|line| (format!("{}.{}", statement.id.value, line.id.value), &line.id.place))
        });
        let measures = self.release.measures.iter().map(|measure| (measure.id.value.clone(), &measure.id.place));
        let ties = self.release.ties.iter();
        let ties = ties.flat_map(|tie| tie.same.iter().map(|figure| (figure.to_string(), &tie.place)));
        for (name, place) in lines.chain(measures).chain(ties) {
            let targets = by_name.get(name.as_str()).into_iter().flatten();
            let section = section(place);
            self.stretches.extend(targets.map(|target| (section.clone(), *target)));
        }
    }

    /// Adjustments, waivers and stated figures.
    fn declarations(&mut self, book: &Book) {
        let release = self.release;
        for (index, adjustment) in release.adjustments.iter().enumerate() {
            self.declared(book, AppliedDeclaration::Adjusted(index), &adjustment.figure, &adjustment.place);
        }
        for (index, waiver) in release.waivers.iter().enumerate() {
            if let WaiverTarget::Figure { figure, .. } = &waiver.of {
                self.declared(book, AppliedDeclaration::Waived(index), figure, &waiver.place);
            }
        }
        for (index, stated) in release.stated.iter().enumerate() {
            self.declared(book, AppliedDeclaration::Stated(index), &stated.figure, &stated.figure.place);
        }
    }

    /// A declaration leads to the figures that it changed; where it changed none, to every place that shows its figure.
    fn declared(&mut self, book: &Book, applied: AppliedDeclaration, figure: &Expr, place: &Place) {
        let name = book.name(figure, "", None);
        let moved = |shown: &&Shown| shown.used.derivation.rounded.applied == Some(applied);
        let named = |shown: &&Shown| shown.used.name() == name;
        let is_moved = self.shown.iter().any(|shown| moved(&shown));
        let uses = self.shown.iter().filter(|shown| if is_moved { moved(shown) } else { named(shown) });
        let section = section(place);
        self.stretches.extend(uses.map(|shown| (section.clone(), shown.closely)));
    }

    /// Tables, and the rows that a table lists or takes from a statement.
    fn tables(&mut self, document: &Document) {
        let mut tables = BTreeMap::new();
        document.pages.iter().for_each(|page| tables_of(&page.blocks, &mut tables));
        for spec in &self.release.tables {
            let Some(table) = tables.get(spec.id.value.as_str()) else { continue };
            self.stretches.push((section(&spec.id.place), self.targets.element(table.id.clone(), None)));
            for (place, row) in self.rows(spec, table) {
                self.stretches.push((place, self.targets.row(&table.id, row, None)));
            }
        }
    }

    /// The rows of a table: where each is written, and its id.
    fn rows<'t>(&self, spec: &TableSpec, table: &'t Table) -> Vec<(Place, &'t str)> {
        let rows = table.rows.iter().map(|row| row.id.as_str());
        match &spec.rows {
            Rows::List(list) => list.iter().zip(rows).map(|(row, id)| (row.place.clone(), id)).collect(),
            Rows::Lines { of, .. } => {
                let statement = self.release.statement(&of.value);
                let line = |id: &str| statement?.lines.iter().find(|line| line.id.value == id);
                rows.filter_map(|id| Some((section(&line(id)?.id.place), id))).collect()
            }
        }
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
