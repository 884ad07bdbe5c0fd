//! Tables and charts: arrangements of figures, without numbers of their own.

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
    /// The head of the label column.
    pub stub: Option<At<String>>,
    /// Defaults for all cells, which rows and columns may override.
    pub keys: CellKeys,
    pub columns: Vec<ColumnSpec>,
    pub rows: Rows,
    /// The ids of rows whose cell is blank, by column name.
    pub blank: BTreeMap<String, Vec<At<String>>>,
    pub landscape: bool,
    /// How the chart is drawn, if it is a chart.
    pub chart: Option<ChartSpec>,
    pub place: Place,
}

/// How a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChartSpec {
    pub kind: ChartKind,
    /// Whether columns are series and rows are along the axis, instead of the reverse.
    pub by_columns: bool,
    /// Whether the first page of the site shows the chart; if no chart has this key, the first two are shown.
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

/// The rows: consecutive lines of a statement, or a list.
#[derive(Debug, Clone, PartialEq)]
pub enum Rows {
    Lines { of: At<String>, from: Option<At<String>>, to: Option<At<String>> },
    List(Vec<RowSpec>),
}

/// The keys that a cell inherits from its table, row or column.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CellKeys {
    pub line: Option<At<String>>,
    pub period: Option<At<String>>,
    pub member: Option<At<String>>,
    pub unit: Option<At<Unit>>,
    /// A function of the line, which is the omitted first argument.
    pub show: Option<Expr>,
    pub decimals: Option<u32>,
    pub bare: Option<bool>,
}

/// A column of cells.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnSpec {
    pub name: Option<At<String>>,
    pub head: Option<At<String>>,
    /// The heads above the column, the outermost first.
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
    /// The parts of the row's sum, as ids of rows of this table, if no line defines the sum.
    pub sum: Vec<Part>,
    pub keys: CellKeys,
    pub place: Place,
}
