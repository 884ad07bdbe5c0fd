//! Every way to move some cells of a part, told apart only by what it does to the columns that other cells are in too.

use std::{cmp::Ordering, collections::HashMap};

use super::{
    choice::{Choice, Cost},
    part::{Group, Part},
};

/// Some cells of a part. Once all cells of a column are here it is closed, and what its sum was no longer matters.
pub struct PartialSolution {
    /// Columns with cells here and elsewhere, ascending.
    pub open: Vec<usize>,
    /// How far the cells here can change each open column.
    pub used: Vec<i64>,
    /// Columns without cells elsewhere.
    pub closed: Vec<usize>,
    /// The best way to each change of the open columns.
    pub rows: Vec<Row>,
}

/// One way to move the cells of a piece.
pub struct Row {
    /// What it changes in each open column.
    pub sums: Box<[i64]>,
    pub cost: Cost,
    pub choice: Choice,
}

impl Row {
    /// The better of two comes first.
    pub fn order(&self, other: &Self) -> Ordering {
        self.cost.cmp(&other.cost).then_with(|| self.choice.cmp(&other.choice))
    }
}

impl PartialSolution {
    /// No cells, and a column that may have none.
    pub fn bare(column: usize, part: &Part) -> Self {
        let row = Row { sums: [0].into(), cost: Cost::default(), choice: Choice::none(part.cells.len()) };
        Self { open: vec![column], used: vec![0], closed: Vec::new(), rows: vec![row] }
    }

    /// The cells of one group.
    pub fn group(group: &Group, part: &Part) -> Self {
        let row = |steps: i64| {
            let (cost, choice) = group.steps(steps, part.cells.len())?;
            Some(Row { sums: group.effect.iter().map(|(_, by)| by * steps).collect(), cost, choice })
        };
        Self {
            open: group.effect.iter().map(|(column, _)| *column).collect(),
            used: group.effect.iter().map(|(_, by)| by.abs() * group.size()).collect(),
            closed: Vec::new(),
            rows: (-group.size()..=group.size()).filter_map(row).collect(),
        }
    }

    /// Both pieces' columns, without rows yet, and where each piece's columns are among them.
    pub fn frame(&self, other: &Self) -> (Self, [Vec<usize>; 2]) {
        let mut open: Vec<usize> = self.open.iter().chain(&other.open).copied().collect();
        open.sort_unstable();
        open.dedup();
        let place = |piece: &Self| -> Vec<usize> {
            piece.open.iter().filter_map(|column| open.binary_search(column).ok()).collect()
        };
        let places = [place(self), place(other)];
        let mut used = vec![0; open.len()];
        for (piece, places) in [self, other].into_iter().zip(&places) {
            for (reach, place) in piece.used.iter().zip(places) {
                used[*place] += reach;
            }
        }
        let closed = self.closed.iter().chain(&other.closed).copied().collect();
        (Self { open, used, closed, rows: Vec::new() }, places)
    }
}

/// The best row to each change, as rows are found.
#[derive(Default)]
pub struct Rows(HashMap<Box<[i64]>, (Cost, Choice)>);

impl Rows {
    /// Keeps a row when none as good to the same change is known; its choice is made only when the costs do not tell.
    pub fn offer(&mut self, sums: &[i64], cost: Cost, choice: impl FnOnce() -> Choice) {
        match self.0.get_mut(sums) {
            None => {
                self.0.insert(sums.into(), (cost, choice()));
            }
            Some(known) => match cost.cmp(&known.0) {
                Ordering::Less => *known = (cost, choice()),
                Ordering::Equal => {
                    let choice = choice();
                    if choice < known.1 {
                        known.1 = choice;
                    }
                }
                Ordering::Greater => {}
            },
        }
    }

    /// All rows, in no order that may be relied on.
    pub fn all(self) -> impl Iterator<Item = Row> {
        self.0.into_iter().map(|(sums, (cost, choice))| Row { sums, cost, choice })
    }
}
