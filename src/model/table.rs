//! Tables and charts: arrangements of figures, without numbers of their own.

use std::collections::BTreeMap;

use super::{At, Expr, LineKind, NilMark, Part, Unit};
use crate::diag::Place;

/// One table of a release.
#[derive(Debug, Clone, PartialEq)]
pub struct TableSpec {
    pub id: At<String>,
    /// `None` for a table that the heading above it names.
    pub caption: Option<At<String>>,
    /// The notes of the caption.
    pub notes: Vec<At<String>>,
    /// Lines under the caption.
    pub unit_line: Vec<At<String>>,
    /// The head of the label column.
    pub stub: Option<At<String>>,
    /// Defaults for all cells, which rows and columns may override.
    pub keys: CellKeys,
    pub columns: Vec<ColumnSpec>,
    /// The notes of the heads that columns share, by the text of the head.
    pub group_notes: Vec<(At<String>, Vec<At<String>>)>,
    pub rows: Rows,
    /// The ids of rows whose cell is blank, by column name.
    pub blank: BTreeMap<String, Vec<At<String>>>,
    pub landscape: bool,
    /// Whether its cells are in boxes, if it is not as its page says.
    pub boxed: Option<bool>,
    /// Whether the first row with an amount of money, and totals, bear the currency sign.
    pub sign_on_first_and_totals: bool,
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

/// The keys of a cell: its own, or those of its row, its column or its table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CellKeys {
    pub line: Option<At<String>>,
    /// What is shown instead of the figure of a line.
    pub words: Option<CellWords>,
    pub period: Option<At<String>>,
    pub member: Option<At<String>>,
    pub unit: Option<At<Unit>>,
    /// The unit of balances (lines known at instants), if it is not `unit`.
    pub balance_unit: Option<At<Unit>>,
    /// Whether the cell shows the line with the opposite sign (`-is.costs`).
    pub negated: bool,
    /// The period that `change` and `difference` compare with, if not the prior one.
    pub compare_with: Option<At<String>>,
    /// A function of the line, which is the omitted first argument.
    pub show: Option<Expr>,
    pub decimals: Option<u32>,
    pub bare: Option<bool>,
    /// Whether amounts bear the currency sign of their unit.
    pub currency_sign: Option<bool>,
    /// What is printed for zero, if it is not the mark of the line.
    pub nil: Option<NilMark>,
    /// The style of a date, if it is not the plain one.
    pub date_style: Option<At<String>>,
}

/// A cell that shows no figure.
#[derive(Debug, Clone, PartialEq)]
pub enum CellWords {
    Text(At<String>),
    /// The date of an event, or the last day of a period, by its id.
    Date(At<String>),
}

/// What a row says of one of its cells.
#[derive(Debug, Clone, PartialEq)]
pub struct CellOverride {
    /// The name of the column.
    pub column: At<String>,
    pub keys: CellKeys,
    pub notes: Vec<At<String>>,
}

/// A column of cells.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnSpec {
    pub name: Option<At<String>>,
    pub head: Option<At<String>>,
    /// The heads above the column, the outermost first.
    pub group: Vec<At<String>>,
    /// The notes of its head.
    pub notes: Vec<At<String>>,
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
    /// The cells that differ from the rest of the row.
    pub cells: Vec<CellOverride>,
    pub keys: CellKeys,
    pub place: Place,
}
