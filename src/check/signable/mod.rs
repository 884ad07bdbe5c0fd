//! What can be signed: statements, measures, tables and pages in a form that neither comments nor layout change.

mod declared;
mod line;
mod printed;

pub use line::{SignedLine, content_hash, parts};

use super::CheckInput;
use crate::{diag::Place, model::Release};
use declared::{measure_lines, range_lines, statement_lines};
use printed::Printed;

/// The kinds of what can be signed, as they are named in front of the colon.
pub const KINDS: [&str; 4] = ["statement", "measure", "table", "page"];

/// A part of a release that can be signed, as it is now.
#[derive(Debug, Clone, PartialEq)]
pub struct Signable {
    /// `statement:is`.
    pub name: String,
    /// Where it is declared.
    pub place: Place,
    pub lines: Vec<SignedLine>,
}

impl Signable {
    fn new(kind: &str, id: &str, place: &Place, lines: Vec<SignedLine>) -> Self {
        Self { name: format!("{kind}:{id}"), place: place.clone(), lines }
    }

    /// Its lines as they are recorded.
    pub fn written(&self) -> Vec<String> {
        self.lines.iter().map(SignedLine::written).collect()
    }
}

/// Whether a pattern, a name or a kind with `*`, names something.
pub fn names(pattern: &str, name: &str) -> bool {
    pattern == name || pattern.strip_suffix('*').is_some_and(|kind| kind.ends_with(':') && name.starts_with(kind))
}

/// Whether a pattern names all of a kind: `statement:*`.
pub fn is_kind(pattern: &str) -> bool {
    pattern.strip_suffix(":*").is_some_and(|kind| KINDS.contains(&kind))
}

/// Everything that can be signed, in the order of the dataset.
pub fn signables(original: &CheckInput, translations: &[CheckInput]) -> Vec<Signable> {
    let release = original.book.release;
    let inputs = || [original].into_iter().chain(translations);
    let editions: Vec<&Release> = inputs().map(|input| input.book.release).collect();
    let printed: Vec<_> = inputs().map(Printed::new).collect();
    let statements = release.statements.iter().map(|statement| {
        let lines = statement_lines(statement, &editions);
        Signable::new("statement", &statement.id.value, &statement.id.place, lines)
    });
    let measures = release.measures.iter().map(|measure| {
        Signable::new("measure", &measure.id.value, &measure.id.place, measure_lines(measure, &editions))
    });
    let ranges = release
        .ranges
        .iter()
        .map(|range| Signable::new("measure", &range.id.value, &range.id.place, range_lines(range, &editions)));
    let tables = release.tables.iter().map(|table| {
        let id = &table.id.value;
        let lines = printed.iter().flat_map(|printed| printed.table_lines(id)).collect();
        Signable::new("table", id, &table.id.place, lines)
    });
    let pages = release.narrative.iter().map(|page| {
        let lines = printed.iter().flat_map(|printed| printed.page_lines(&page.id)).collect();
        Signable::new("page", &page.id, &page.first_line(), lines)
    });
    statements.chain(measures).chain(ranges).chain(tables).chain(pages).collect()
}
