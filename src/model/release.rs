//! The release: everything a dataset says, with the place of each word of it.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    At, Date, Decimal, Expr, Headline, Line, NameIndex, Period, PeriodSpan, Statement, TableSpec, Unit, Units,
};
use crate::diag::{Place, Source};

/// One publication of one issuer.
#[derive(Debug, Clone, PartialEq)]
pub struct Release {
    pub slug: String,
    pub title: At<String>,
    pub issuer: At<String>,
    pub language: At<String>,
    pub date: Date,
    /// What the narrative speaks of when it names no period.
    pub period: Option<At<String>>,
    /// Releases published earlier, which comparatives must repeat: their folders' names.
    pub prior: Vec<At<String>>,
    pub masthead: Vec<At<String>>,
    pub description: Option<At<String>>,
    /// Whether the pages lead to the check report.
    pub publish_checks: bool,
    /// What the release is known by, in the order to show.
    pub headlines: Vec<Headline>,
    /// What the PDF carries inside.
    pub attach: Vec<Attach>,
    pub units: Units,
    pub periods: Vec<Period>,
    pub events: Vec<Event>,
    pub literals: Vec<Literal>,
    pub errata: Vec<Erratum>,
    pub statements: Vec<Statement>,
    pub measures: Vec<Measure>,
    pub stated: Vec<Stated>,
    pub ties: Vec<Tie>,
    pub year_to_date: Vec<YearToDate>,
    pub adjustments: Vec<Adjustment>,
    pub acknowledged: Vec<Acknowledgement>,
    pub waivers: Vec<Waiver>,
    pub tables: Vec<TableSpec>,
    pub narrative: Vec<NarrativePage>,
    /// The files it was read from, in order.
    pub files: Vec<Arc<Source>>,
    /// Names that are there but could not be read, so that nobody is told that they are missing.
    pub unread: BTreeSet<String>,
    /// The names that an unknown one may be mistaken for.
    pub name_index: NameIndex,
}

/// Files that the PDF may carry inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attach {
    /// Each table as CSV.
    Tables,
    /// The release's own files.
    Dataset,
}

impl Attach {
    /// The dataset's words.
    pub const WORDS: [(&'static str, Self); 2] = [("tables", Self::Tables), ("dataset", Self::Dataset)];
}

/// A date that is no period's, which the release may name.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    pub id: At<String>,
    pub date: Date,
}

/// A phrase with a number typed by hand, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Literal {
    pub text: At<String>,
    pub reason: At<String>,
}

/// A slip of the published text.
#[derive(Debug, Clone, PartialEq)]
pub struct Erratum {
    pub place_in_release: At<String>,
    pub published: At<String>,
    pub corrected: Option<At<String>>,
    pub reason: At<String>,
}

/// A value derived by formula.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    pub id: At<String>,
    pub label: Option<At<String>>,
    pub unit: At<Unit>,
    pub formula: Expr,
    /// Another formula in some periods, where their inputs are other ones.
    pub formula_in: std::collections::BTreeMap<String, Expr>,
}

/// A derived figure that is entered after all.
#[derive(Debug, Clone, PartialEq)]
pub struct Stated {
    pub figure: Expr,
    pub shows: At<Decimal>,
    pub unit: Option<At<Unit>>,
    /// The input that the release lacks.
    pub unknown: Option<At<String>>,
}

/// The same amount in several places.
#[derive(Debug, Clone, PartialEq)]
pub struct Tie {
    pub same: Vec<Expr>,
    pub place: Place,
}

/// A statement that runs from the beginning of the year, and the one of its last quarter.
#[derive(Debug, Clone, PartialEq)]
pub struct YearToDate {
    pub statement: At<String>,
    pub quarter: At<String>,
    /// Lines that do not add up over time: balances, averages.
    pub except: Vec<At<String>>,
    pub place: Place,
}

/// A shown figure moved by one unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Adjustment {
    pub figure: Expr,
    pub unit: At<Unit>,
    pub by: At<Decimal>,
    /// Tables and pages; empty for everywhere.
    pub places: Vec<At<String>>,
    pub reason: At<String>,
    pub place: Place,
}

/// A residual of a relation that declared precision explains, and that somebody has looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Acknowledgement {
    pub relation: At<String>,
    pub residual: At<Decimal>,
}

/// A declared difference that rounding cannot explain.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiver {
    pub of: WaiverTarget,
    pub reason: At<String>,
    pub place: Place,
}

/// What a waiver speaks of.
#[derive(Debug, Clone, PartialEq)]
pub enum WaiverTarget {
    /// A shown figure: what is computed, and what is shown instead.
    Figure { figure: Expr, unit: Option<At<Unit>>, computed: At<Decimal>, shows: At<Decimal>, places: Vec<At<String>> },
    /// A relation, by name, and what is left over.
    Relation { name: At<String>, residual: At<Decimal> },
}

/// One narrative file.
#[derive(Debug, Clone, PartialEq)]
pub struct NarrativePage {
    /// The file's stem without its number.
    pub id: String,
    pub title: Option<At<String>>,
    pub period: Option<At<String>>,
    pub new_sheet: bool,
    /// The most sheets that it and what follows it may take in print, up to the next new sheet.
    pub sheets: Option<u8>,
    pub source: Arc<Source>,
    /// Where the Markdown begins, behind the front matter.
    pub body: usize,
}

impl NarrativePage {
    /// Its first line, or that of its front matter.
    pub fn opening(&self) -> Place {
        let end = self.source.text.find('\n').unwrap_or(self.source.text.len());
        Place::new(&self.source, 0..end)
    }

    /// The notes that it defines, by the ids in `[^id]: …`.
    pub fn notes(&self) -> Vec<(&str, Place)> {
        let mut start = 0;
        let mut found = Vec::new();
        for line in self.source.text.split_inclusive('\n') {
            if let Some((id, _)) = line.strip_prefix("[^").and_then(|rest| rest.split_once("]:")) {
                found.push((id, Place::new(&self.source, start..start + id.len() + 4)));
            }
            start += line.len();
        }
        found
    }
}

impl Release {
    /// In `unread`: a file could not be read, and nobody knows what it names.
    pub const ANY: &str = "*";

    /// Whether the name is, or may be, one that could not be read: of a line, a statement, a measure, a table.
    pub fn is_unread(&self, name: &str) -> bool {
        let statement = name.split('.').next().unwrap_or(name);
        !self.unread.is_empty() && [Self::ANY, name, statement].iter().any(|name| self.unread.contains(*name))
    }

    /// Whether a whole file could not be read.
    pub fn is_torn(&self) -> bool {
        self.unread.contains(Self::ANY)
    }

    /// The period with this id.
    pub fn period(&self, id: &str) -> Option<&Period> {
        self.periods.iter().find(|period| period.id.value == id)
    }

    /// The instant on this date.
    pub fn instant(&self, date: Date) -> Option<&Period> {
        self.periods.iter().find(|period| period.span == PeriodSpan::Instant { at: date })
    }

    /// The statement with this id.
    pub fn statement(&self, id: &str) -> Option<&Statement> {
        self.statements.iter().find(|statement| statement.id.value == id)
    }

    /// The line named `statement.line`.
    pub fn line(&self, name: &str) -> Option<(&Statement, &Line)> {
        let (statement, line) = name.split_once('.')?;
        let statement = self.statement(statement)?;
        Some((statement, statement.line(line)?))
    }

    /// The line a name leads to, through any `ref`s; none when it leads nowhere or in a circle.
    pub fn target(&self, name: &str) -> Option<(&Statement, &Line)> {
        let mut found = self.line(name)?;
        for _ in 0..32 {
            match &found.1.reference {
                Some(next) => found = self.line(&next.value)?,
                None => return Some(found),
            }
        }
        None
    }

    /// The measure with this id.
    pub fn measure(&self, id: &str) -> Option<&Measure> {
        self.measures.iter().find(|measure| measure.id.value == id)
    }

    /// The unit a line or measure is given in.
    pub fn unit_of(&self, name: &str) -> Option<&Unit> {
        match self.target(name) {
            Some((statement, line)) => Some(statement.unit_of(line)),
            None => self.measure(name).map(|measure| &measure.unit.value),
        }
    }
}
