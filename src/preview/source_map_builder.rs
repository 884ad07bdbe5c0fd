//! Builds a source map: matches everything that is entered or written in the files with everything that the pages show.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    page_target::{PageTarget, holds},
    toml_section::section,
};
use crate::{
    diag::Place,
    figures::{AppliedDeclaration, Book, FactId},
    model::{Expr, Release, Rows, TableSpec, WaiverOf},
    present::{
        FigureUse, Passage, Presented, Rendered,
        document::{Block, Document, Table},
    },
};

/// Every stretch of the files that can be seen on the pages, with its targets.
pub(super) fn build(book: &Book, presented: &Presented) -> Vec<(Place, Arc<PageTarget>)> {
    let mut builder =
        SourceMapBuilder { release: book.release, shown: shown(book.release, presented), found: Vec::new() };
    builder.facts(book);
    builder.lines();
    builder.declarations(book);
    builder.tables(&presented.document);
    let passages = presented.passages.iter().map(|passage| (passage.at.clone(), Arc::new(passage_target(passage))));
    builder.found.extend(passages);
    builder.found
}

impl PageTarget {
    fn named(id: String) -> Self {
        Self { id, column: None, page: String::new(), text: String::new() }
    }

    fn row(table: &str, row: &str) -> Self {
        Self::named(format!("{table}.{row}"))
    }
}

fn passage_target(passage: &Passage) -> PageTarget {
    match &passage.became {
        Rendered::Paragraph(text) => {
            PageTarget { page: passage.page.clone(), text: text.clone(), ..PageTarget::named(String::new()) }
        }
        Rendered::Heading(id) | Rendered::Table(id) => PageTarget::named(id.clone()),
        Rendered::Note(id) => PageTarget::named(format!("note-{id}")),
    }
}

/// A figure that was shown, and where.
struct Shown<'a> {
    used: &'a FigureUse,
    /// The cell, or what holds the figure outside of tables.
    closely: Arc<PageTarget>,
    /// The row, or what holds the figure outside of tables.
    widely: Arc<PageTarget>,
}

/// Every figure whose place on the pages is known.
fn shown<'a>(release: &Release, presented: &'a Presented) -> Vec<Shown<'a>> {
    let shown = presented.uses.iter().filter_map(|used| {
        if let Some(cell) = &used.cell {
            let row = PageTarget::row(&used.place, &cell.row);
            let closely = Arc::new(PageTarget { column: Some(cell.column), ..row.clone() });
            return Some(Shown { used, closely, widely: Arc::new(row) });
        }
        let passage = presented.passages.iter().find(|passage| holds(&passage.at, &used.at)).map(passage_target);
        let is_table = || release.tables.iter().any(|table| table.id.value == used.place);
        let widely = Arc::new(passage.or_else(|| is_table().then(|| PageTarget::named(used.place.clone())))?);
        Some(Shown { used, closely: Arc::clone(&widely), widely })
    });
    shown.collect()
}

/// What is being found.
struct SourceMapBuilder<'a> {
    release: &'a Release,
    shown: Vec<Shown<'a>>,
    found: Vec<(Place, Arc<PageTarget>)>,
}

impl SourceMapBuilder<'_> {
    /// Amounts: wherever they are shown as they are; where they never are, whatever is made of them.
    fn facts(&mut self, book: &Book) {
        let mut uses: BTreeMap<FactId, [Vec<&Shown>; 2]> = BTreeMap::new();
        for shown in &self.shown {
            let mut facts = BTreeSet::new();
            shown.used.recipe.rounded.formula.facts(&mut |fact| _ = facts.insert(fact));
            let made = usize::from(facts.len() > 1);
            facts.into_iter().for_each(|fact| uses.entry(fact).or_default()[made].push(shown));
        }
        for (fact, [as_they_are, made]) in uses {
            let Some(entered) = book.entered.get(fact) else { continue };
            let uses = if as_they_are.is_empty() { made } else { as_they_are };
            self.found.extend(uses.into_iter().map(|shown| (entered.place.clone(), Arc::clone(&shown.closely))));
        }
    }

    /// Lines of statements, measures and what is tied: everything shown under a name, in the section that says it.
    fn lines(&mut self) {
        let mut by_name: BTreeMap<&str, BTreeSet<&Arc<PageTarget>>> = BTreeMap::new();
        for shown in &self.shown {
            let name = shown.used.name();
            let line = name.split(['@', '[']).next().unwrap_or(name);
            let cell = shown.used.cell.as_ref().map_or(name, |cell| &cell.line);
            for name in [name, line, cell] {
                by_name.entry(name).or_default().insert(&shown.widely);
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
            self.found.extend(targets.map(|target| (section.clone(), Arc::clone(target))));
        }
    }

    /// What is declared of figures.
    fn declarations(&mut self, book: &Book) {
        let release = self.release;
        for (index, adjustment) in release.adjustments.iter().enumerate() {
            self.declared(book, AppliedDeclaration::Adjusted(index), &adjustment.figure, &adjustment.place);
        }
        for (index, waiver) in release.waivers.iter().enumerate() {
            if let WaiverOf::Figure { figure, .. } = &waiver.of {
                self.declared(book, AppliedDeclaration::Waived(index), figure, &waiver.place);
            }
        }
        for (index, stated) in release.stated.iter().enumerate() {
            self.declared(book, AppliedDeclaration::Stated(index), &stated.figure, &stated.figure.place);
        }
    }

    /// A declaration where it moved a figure; where it moved none, wherever that figure is shown.
    fn declared(&mut self, book: &Book, applied: AppliedDeclaration, figure: &Expr, place: &Place) {
        let name = book.name(figure, "", None);
        let moved = |shown: &&Shown| shown.used.recipe.rounded.applied == Some(applied);
        let named = |shown: &&Shown| shown.used.name() == name;
        let is_moved = self.shown.iter().any(|shown| moved(&shown));
        let uses = self.shown.iter().filter(|shown| if is_moved { moved(shown) } else { named(shown) });
        let section = section(place);
        self.found.extend(uses.map(|shown| (section.clone(), Arc::clone(&shown.closely))));
    }

    /// Tables, and the rows that a table lists or takes from a statement.
    fn tables(&mut self, document: &Document) {
        let mut tables = BTreeMap::new();
        document.pages.iter().for_each(|page| tables_of(&page.blocks, &mut tables));
        for spec in &self.release.tables {
            let Some(table) = tables.get(spec.id.value.as_str()) else { continue };
            self.found.push((section(&spec.id.place), Arc::new(PageTarget::named(table.id.clone()))));
            let rows = self.rows(spec, table);
            self.found.extend(rows.into_iter().map(|(place, row)| (place, Arc::new(PageTarget::row(&table.id, row)))));
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
