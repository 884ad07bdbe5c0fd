//! Arrangements of figures: tables hold no numbers of their own.

use std::collections::BTreeMap;

use super::{At, Expr, LineKind, Part, Unit};
use crate::diag::Place;

/// One table of a release.
#[derive(Debug, Clone, PartialEq)]
pub struct TableSpec {
    pub id: At<String>,
    pub caption: At<String>,
    /// Lines under the caption.
    pub unit_line: Vec<At<String>>,
    /// Head of the label column.
    pub stub: Option<At<String>>,
    /// What holds for every cell unless a row or column says otherwise.
    pub keys: CellKeys,
    pub columns: Vec<ColumnSpec>,
    pub rows: Rows,
    /// By column name: rows (by id) left blank there.
    pub blank: BTreeMap<String, Vec<At<String>>>,
    pub landscape: bool,
    /// How it is drawn, when it is a chart.
    pub drawn: Option<ChartSpec>,
    pub place: Place,
}

/// How a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChartSpec {
    pub kind: ChartKind,
    /// Whether the columns are the series and the rows are along the axis, instead of the other way round.
    pub by_columns: bool,
    /// Whether the first page of the site shows it; where no chart says so, the first two are shown.
    pub headline: Option<bool>,
}

/// A kind of chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    Bar,
    Stacked,
    Line,
}

impl ChartKind {
    /// The dataset's words.
    pub const WORDS: [(&'static str, Self); 3] = [("bar", Self::Bar), ("stacked", Self::Stacked), ("line", Self::Line)];
}

/// The rows: a statement's lines as they are, or a list.
#[derive(Debug, Clone, PartialEq)]
pub enum Rows {
    Lines { of: At<String>, from: Option<At<String>>, to: Option<At<String>> },
    List(Vec<RowSpec>),
}

/// The keys a cell may take from its table, row or column.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CellKeys {
    pub line: Option<At<String>>,
    pub period: Option<At<String>>,
    pub member: Option<At<String>>,
    pub unit: Option<At<Unit>>,
    /// A function of the line; its first argument is left out.
    pub show: Option<Expr>,
    pub decimals: Option<u32>,
    pub bare: Option<bool>,
}

/// A column of cells.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnSpec {
    pub name: Option<At<String>>,
    pub head: Option<At<String>>,
    /// Heads above it, from the outermost.
    pub group: Vec<At<String>>,
    pub keys: CellKeys,
    pub place: Place,
}

/// A row of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct RowSpec {
    pub id: Option<At<String>>,
    pub label: Option<At<String>>,
    pub kind: Option<LineKind>,
    pub indent: Option<u8>,
    pub notes: Option<Vec<At<String>>>,
    /// The parts that the printed row is the sum of, where no line says so: ids of rows of the same table.
    pub sum: Vec<Part>,
    pub keys: CellKeys,
    pub place: Place,
}
