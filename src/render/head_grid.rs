//! The head of a table as a grid: which cell is over which columns and rows.

use crate::present::document::{Inline, Table};

/// A table's head with every cell in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// How many rows and columns, the label column included.
    pub rows: usize,
    pub columns: usize,
    pub cells: Vec<Placed>,
}

/// A head cell in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    pub row: usize,
    pub column: usize,
    pub rows: usize,
    pub columns: usize,
    pub group: bool,
    pub text: Vec<Inline>,
}

impl Grid {
    /// Places the cells of a head, left to right into what the rows above leave free.
    /// What reaches over the edge is cut back; what finds no place is left out.
    pub fn new(table: &Table) -> Self {
        let (rows, columns) = (table.head.len(), table.columns.len() + 1);
        let mut taken = vec![vec![false; columns]; rows];
        let mut cells = Vec::new();
        for (row, listed) in table.head.iter().enumerate() {
            for cell in listed {
                let Some(column) = taken[row].iter().position(|taken| !taken) else { break };
                let room = taken[row][column..].iter().take_while(|taken| !**taken).count();
                let wide = cell.colspan.clamp(1, room);
                let high = cell.rowspan.clamp(1, rows - row);
                for line in &mut taken[row..row + high] {
                    line[column..column + wide].fill(true);
                }
                let group = cell.group && wide > 1;
                cells.push(Placed { row, column, rows: high, columns: wide, group, text: cell.text.clone() });
            }
        }
        Self { rows, columns, cells }
    }

    /// Whether a group of columns ends before this column, or begins with it, so that it is further apart.
    pub fn group_begins(&self, column: usize) -> bool {
        let edge = |cell: &Placed| cell.group && (cell.column == column || cell.column + cell.columns == column);
        self.cells.iter().any(edge)
    }
}
