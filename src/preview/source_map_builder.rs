//! Builds a source map: matches what is entered or written in the files with what the pages show.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    page_target::{PageTarget, TargetId},
    toml_section::enclosing_section,
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

/// The source map of a release in one of its languages.
pub(super) struct BuiltMap {
    pub targets: Vec<PageTarget>,
    /// Every span of its files with its target.
    pub spans: Vec<(Place, TargetId)>,
    /// The target of each use of a figure, by its number.
    pub uses: BTreeMap<usize, TargetId>,
}

/// The source map of a presented release.
pub(super) fn build_source_map(book: &Book, presented: &Presentation) -> BuiltMap {
    let mut targets = Targets { language: book.release.language.value.clone(), ..Targets::default() };
    let passages = targets.add_passages(&presented.passages);
    let figures = figure_targets(book.release, presented, &mut targets);
    let uses = figures.iter().map(|shown| (shown.number, shown.cell_target)).collect();
    let mut builder = SourceMapBuilder { release: book.release, figures, targets, spans: Vec::new() };
    builder.map_facts(book);
    builder.map_lines();
    builder.map_declarations(book);
    builder.map_tables(&presented.document);
    builder.spans.extend(passages);
    BuiltMap { targets: builder.targets.list, spans: builder.spans, uses }
}

/// Targets by number, each once: a paragraph with thousands of figures is kept once.
#[derive(Default)]
struct Targets {
    /// The language of the pages.
    language: String,
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
            let (id, language) = (id.clone(), self.language.clone());
            self.list.push(PageTarget { id, language, column: *column, page: String::new(), text: String::new() });
            self.list.len() - 1
        })
    }

    fn row(&mut self, table: &str, row: &str, column: Option<usize>) -> TargetId {
        self.element(format!("{table}.{row}"), column)
    }

    /// Adds the passages of the narrative; returns each with its target.
    fn add_passages(&mut self, passages: &[Passage]) -> Vec<(Place, TargetId)> {
        let mut spans = Vec::new();
        for Passage { page, at, rendered } in passages {
            let target = match rendered {
                Rendered::Paragraph(text) => {
                    let (page, text, language) = (page.clone(), text.clone(), self.language.clone());
                    self.list.push(PageTarget { id: String::new(), language, column: None, page, text });
                    self.list.len() - 1
                }
                Rendered::Heading(id) | Rendered::Table(id) => self.element(id.clone(), None),
                Rendered::Note(id) => self.element(format!("note-{id}"), None),
            };
            let end = at.end.max(at.start + 1);
            self.passages.entry((at.source.path.clone(), at.start)).or_insert((end, target));
            spans.push((at.clone(), target));
        }
        spans
    }

    /// The passage that a place begins in.
    fn passage_at(&self, place: &Place) -> Option<TargetId> {
        let key = (place.source.path.clone(), place.start);
        let ((path, _), (end, target)) = self.passages.range(..=key).next_back()?;
        (*path == place.source.path && place.start < *end).then_some(*target)
    }
}

/// A figure that is shown, with its targets.
struct FigureTarget<'a> {
    figure: &'a FigureUse,
    /// The number of its use.
    number: usize,
    /// Its cell; outside of tables, the passage or table that contains it.
    cell_target: TargetId,
    /// Its row; outside of tables, the passage or table that contains it.
    row_target: TargetId,
}

/// Every figure that has a target on the pages.
fn figure_targets<'a>(release: &Release, presented: &'a Presentation, targets: &mut Targets) -> Vec<FigureTarget<'a>> {
    let tables: BTreeSet<&str> = release.tables.iter().map(|table| table.id.value.as_str()).collect();
    let shown = presented.uses.iter().enumerate().filter_map(|(number, used)| {
        if let Some(cell) = &used.cell {
            let cell_target = targets.row(&used.place, &cell.row, Some(cell.column));
            return Some(FigureTarget {
                figure: used,
                number,
                cell_target,
                row_target: targets.row(&used.place, &cell.row, None),
            });
        }
        let passage = targets.passage_at(&used.at);
        let is_table = tables.contains(&*used.place);
        let row_target = passage.or_else(|| is_table.then(|| targets.element(used.place.to_string(), None)))?;
        Some(FigureTarget { figure: used, number, cell_target: row_target, row_target })
    });
    shown.collect()
}

/// Maps spans of the files to targets.
struct SourceMapBuilder<'a> {
    release: &'a Release,
    figures: Vec<FigureTarget<'a>>,
    targets: Targets,
    spans: Vec<(Place, TargetId)>,
}

impl SourceMapBuilder<'_> {
    /// Maps amounts to the figures that show them; if there are none, to the figures derived from them.
    fn map_facts(&mut self, book: &Book) {
        let mut uses: BTreeMap<FactId, [Vec<&FigureTarget>; 2]> = BTreeMap::new();
        for shown in &self.figures {
            let mut facts = BTreeSet::new();
            shown.figure.derivation.rounded.formula.facts(&mut |fact| _ = facts.insert(fact));
            let is_derived = usize::from(facts.len() > 1);
            facts.into_iter().for_each(|fact| uses.entry(fact).or_default()[is_derived].push(shown));
        }
        for (fact, [themselves, derived]) in uses {
            let Some(entered) = book.entered.get(fact) else { continue };
            let uses = if themselves.is_empty() { derived } else { themselves };
            self.spans.extend(uses.into_iter().map(|shown| (entered.place.clone(), shown.cell_target)));
        }
    }

    /// Maps the sections of lines, measures and ties to every figure shown under their names.
    fn map_lines(&mut self) {
        let mut by_name: BTreeMap<&str, BTreeSet<TargetId>> = BTreeMap::new();
        for shown in &self.figures {
            let name = shown.figure.name();
            let line = name.split(['@', '[']).next().unwrap_or(name);
            let cell = shown.figure.cell.as_ref().map_or(name, |cell| &cell.line);
            for name in [name, line, cell] {
                by_name.entry(name).or_default().insert(shown.row_target);
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
            let section = enclosing_section(place);
            self.spans.extend(targets.map(|target| (section.clone(), *target)));
        }
    }

    /// Maps adjustments, waivers and stated figures.
    fn map_declarations(&mut self, book: &Book) {
        let release = self.release;
        for (index, adjustment) in release.adjustments.iter().enumerate() {
            self.map_declaration(book, AppliedDeclaration::Adjusted(index), &adjustment.figure, &adjustment.place);
        }
        for (index, waiver) in release.waivers.iter().enumerate() {
            if let WaiverTarget::Figure { figure, .. } = &waiver.of {
                self.map_declaration(book, AppliedDeclaration::Waived(index), figure, &waiver.place);
            }
        }
        for (index, stated) in release.stated.iter().enumerate() {
            self.map_declaration(book, AppliedDeclaration::Stated(index), &stated.figure, &stated.figure.place);
        }
    }

    /// Maps a declaration to the figures that it changed; if there are none, to every place that shows its figure.
    fn map_declaration(&mut self, book: &Book, applied: AppliedDeclaration, figure: &Expr, place: &Place) {
        let name = book.name(figure, "", None);
        let is_changed_by = |shown: &&FigureTarget| shown.figure.derivation.rounded.applied == Some(applied);
        let has_name = |shown: &&FigureTarget| shown.figure.name() == name;
        let any_changed = self.figures.iter().any(|shown| is_changed_by(&shown));
        let uses = self.figures.iter().filter(|shown| if any_changed { is_changed_by(shown) } else { has_name(shown) });
        let section = enclosing_section(place);
        self.spans.extend(uses.map(|shown| (section.clone(), shown.cell_target)));
    }

    /// Maps tables, and the rows that a table lists or takes from a statement.
    fn map_tables(&mut self, document: &Document) {
        let mut tables = BTreeMap::new();
        document.pages.iter().for_each(|page| collect_tables(&page.blocks, &mut tables));
        for spec in &self.release.tables {
            let Some(table) = tables.get(spec.id.value.as_str()) else { continue };
            self.spans.push((enclosing_section(&spec.id.place), self.targets.element(table.id.clone(), None)));
            for (place, row) in self.row_places(spec, table) {
                self.spans.push((place, self.targets.row(&table.id, row, None)));
            }
        }
    }

    /// The rows of a table: the place of each in the files, and its id.
    fn row_places<'t>(&self, spec: &TableSpec, table: &'t Table) -> Vec<(Place, &'t str)> {
        let rows = table.rows.iter().map(|row| row.id.as_str());
        match &spec.rows {
            Rows::List(list) => list.iter().zip(rows).map(|(row, id)| (row.place.clone(), id)).collect(),
            Rows::Lines { of, .. } => {
                let statement = self.release.statement(&of.value);
                let line = |id: &str| statement?.lines.iter().find(|line| line.id.value == id);
                rows.filter_map(|id| Some((enclosing_section(&line(id)?.id.place), id))).collect()
            }
        }
    }
}

fn collect_tables<'d>(blocks: &'d [Block], tables: &mut BTreeMap<&'d str, &'d Table>) {
    for block in blocks {
        match block {
            Block::Table(table) => _ = tables.insert(&table.id, table),
            Block::Chart(chart) => _ = tables.insert(&chart.table.id, &chart.table),
            Block::List { items, .. } => items.iter().for_each(|item| collect_tables(item, tables)),
            Block::Quote { blocks } => collect_tables(blocks, tables),
            Block::Heading { .. } | Block::Paragraph { .. } | Block::Pairs { .. } | Block::Rule | Block::Picture(_) => {
            }
        }
    }
}
