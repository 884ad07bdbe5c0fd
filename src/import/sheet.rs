//! A sheet of a workbook: its cells by position, as every form of file gives them.

use std::collections::BTreeSet;

use crate::model::column_letters;

/// The name of a sheet.
#[derive(Debug, Clone, Default)]
pub struct SheetName {
    pub name: String,
    pub is_hidden: bool,
}

/// The rows and columns of the largest sheet.
pub const MAX_ROWS: u32 = 1_048_576;
pub const MAX_COLUMNS: u32 = 16_384;

/// The most cells of a sheet.
pub const MAX_CELLS: usize = 2_000_000;

/// A sheet.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Empty in a CSV file, which has only one.
    pub name: String,
    /// By row and column, from 0, in this order, each once.
    cells: Vec<(Position, Cell)>,
    /// The ranges of merged cells, of which only the first has a value.
    pub merged: Vec<CellRange>,
    /// The rows that the workbook does not show, from 0.
    pub hidden_rows: BTreeSet<u32>,
}

/// A row and a column, from 0.
pub type Position = (u32, u32);

/// A cell that is not empty.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    pub value: CellValue,
    /// The formula that gave the value when the file was saved.
    pub formula: Option<String>,
}

/// The value of a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum CellValue {
    /// Only a formula, whose value was not saved.
    None,
    /// Workbooks hold every number in binary floating point.
    Number(f64),
    /// A number as the file writes it, of more digits than such files keep.
    Inexact(String),
    Text(String),
    /// In the form of ISO 8601 as far as it is known.
    Date(String),
    Truth(bool),
    /// `#DIV/0!`.
    Error(String),
}

/// A range of cells, its last row and column included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellRange {
    pub first: Position,
    pub last: Position,
}

impl Sheet {
    /// A sheet of cells in any order; of several at one position, the last counts.
    pub fn new(name: &str, mut cells: Vec<(Position, Cell)>, merged: Vec<CellRange>) -> Self {
        if !cells.is_sorted_by(|a, b| a.0 < b.0) {
            cells.reverse();
            cells.sort_by_key(|(position, _)| *position);
            cells.dedup_by_key(|(position, _)| *position);
        }
        Self { name: name.to_owned(), cells, merged, hidden_rows: BTreeSet::new() }
    }

    /// The same with the rows that the workbook does not show.
    pub fn hiding(self, hidden_rows: BTreeSet<u32>) -> Self {
        Self { hidden_rows, ..self }
    }

    /// The cell at a position; none if it is empty.
    pub fn cell(&self, position: Position) -> Option<&Cell> {
        let at = self.cells.binary_search_by_key(&position, |(position, _)| *position).ok()?;
        self.cells.get(at).map(|(_, cell)| cell)
    }

    /// The cells that are not empty, by rows.
    pub fn cells(&self) -> impl Iterator<Item = (Position, &Cell)> {
        self.cells.iter().map(|(position, cell)| (*position, cell))
    }

    /// The cells of a row that are not empty.
    pub fn row(&self, row: u32) -> impl Iterator<Item = (u32, &Cell)> {
        let start = self.cells.partition_point(|((at, _), _)| *at < row);
        let cells = self.cells.iter().skip(start).take_while(move |((at, _), _)| *at == row);
        cells.map(|((_, column), cell)| (*column, cell))
    }

    /// The merged cells that a position is one of.
    pub fn merged_at(&self, position: Position) -> Option<&CellRange> {
        self.merged.iter().find(|range| range.contains(position))
    }

    /// The name of a cell: `PL!E12`, `'Profit and loss'!E12`, or `E12` in a CSV file.
    pub fn cell_name(&self, position: Position) -> String {
        let cell = format!("{}{}", column_letters(position.1), position.0 + 1);
        let is_plain = self.name.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
        match self.name.as_str() {
            "" => cell,
            name if is_plain => format!("{name}!{cell}"),
            name => format!("'{}'!{cell}", name.replace('\'', "''")),
        }
    }
}

impl CellRange {
    /// Whether a position is within the range.
    pub fn contains(&self, (row, column): Position) -> bool {
        (self.first.0..=self.last.0).contains(&row) && (self.first.1..=self.last.1).contains(&column)
    }
}

impl Cell {
    /// A cell without a formula.
    pub fn plain(value: CellValue) -> Self {
        Self { value, formula: None }
    }

    /// Whether the cell is text that is no number.
    pub fn is_label(&self) -> bool {
        matches!(&self.value, CellValue::Text(text) if text.chars().any(char::is_alphabetic))
    }

    /// What the cell says, in one line, as keys and heads are compared: a number in its shortest form.
    pub fn text(&self) -> String {
        match &self.value {
            CellValue::None => String::new(),
            CellValue::Number(number) => number.to_string(),
            CellValue::Text(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
            CellValue::Inexact(text) | CellValue::Date(text) | CellValue::Error(text) => text.clone(),
            CellValue::Truth(is) => is.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_cells_at_one_position_counts() {
        let cell = |text: &str| Cell::plain(CellValue::Text(text.to_owned()));
        let cells = vec![((1, 0), cell("a")), ((0, 4), cell("b")), ((1, 0), cell("c"))];
        let sheet = Sheet::new("P & L", cells, Vec::new());
        assert_eq!(sheet.cell((1, 0)).map(Cell::text).as_deref(), Some("c"));
        assert_eq!(sheet.row(1).count(), 1);
        assert_eq!(sheet.cell_name((11, 4)), "'P & L'!E12");
    }
}
