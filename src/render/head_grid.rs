//! The head of a table as a grid, with the position and span of every cell.

use crate::present::document::{Inline, Table};

/// The head of a table with every cell at its position.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// The number of rows.
    pub rows: usize,
    /// The number of columns, the label column included.
    pub columns: usize,
    /// In the order of the document.
    pub cells: Vec<GridCell>,
}

/// A head cell with its position and span.
#[derive(Debug, Clone, PartialEq)]
pub struct GridCell {
    /// The first row, from 0.
    pub row: usize,
    /// The first column, from 0; column 0 is the label column.
    pub column: usize,
    /// How many rows it spans.
    pub rows: usize,
    /// How many columns it spans.
    pub columns: usize,
    /// Whether it is the head of a column group.
    pub group: bool,
    /// Its inlines.
    pub text: Vec<Inline>,
}

impl Grid {
    /// Places the cells of each row from left to right, where cells of the rows above leave room.
    /// A span that reaches beyond the grid is reduced; a cell without room is omitted.
    pub fn new(table: &Table) -> Self {
        let (rows, columns) = (table.head.len(), table.columns.len() + 1);
        let mut taken = vec![vec![false; columns]; rows];
        let mut cells = Vec::new();
        for (row, head_row) in table.head.iter().enumerate() {
            for cell in head_row {
                let Some(column) = taken[row].iter().position(|taken| !taken) else { break };
                let room = taken[row][column..].iter().take_while(|taken| !**taken).count();
                let colspan = cell.colspan.clamp(1, room);
                let rowspan = cell.rowspan.clamp(1, rows - row);
                for line in &mut taken[row..row + rowspan] {
                    line[column..column + colspan].fill(true);
                }
                let group = cell.group && colspan > 1;
                cells.push(GridCell { row, column, rows: rowspan, columns: colspan, group, text: cell.text.clone() });
            }
        }
        Self { rows, columns, cells }
    }

    /// In a boxed table, the first row of the head in which a rule divides this column from the one before it; `None` between
    /// columns that differ only in the last of several heads, such as an amount and its growth.
    pub fn first_divided_row(&self, column: usize) -> Option<usize> {
        let differs = |row: &usize| column == 0 || self.covering(*row, column) != self.covering(*row, column - 1);
        let first = (0..self.rows).find(differs);
        if column < 2 || self.rows < 2 { first.or(Some(0)) } else { first.filter(|row| row + 1 < self.rows) }
    }

    /// Whether the last head of every column is below another one, such as its unit, which needs no rule below it.
    pub fn ends_with_units(&self) -> bool {
        let is_below = |column| self.covering(self.rows - 1, column).is_some_and(|(row, _)| row > 0);
        self.rows > 1 && (1..self.columns).all(is_below)
    }

    /// The cell over a place of the grid, by its row and column.
    fn covering(&self, row: usize, column: usize) -> Option<(usize, usize)> {
        let covers = |cell: &&GridCell| {
            (cell.row..cell.row + cell.rows).contains(&row)
                && (cell.column..cell.column + cell.columns).contains(&column)
        };
        self.cells.iter().find(covers).map(|cell| (cell.row, cell.column))
    }

    /// Whether a column group begins with this column or ends before it, so that more space precedes it.
    pub fn group_begins(&self, column: usize) -> bool {
        let edge = |cell: &GridCell| cell.group && (cell.column == column || cell.column + cell.columns == column);
        self.cells.iter().any(edge)
    }
}
