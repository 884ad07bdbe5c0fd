//! Partial solutions: the best ways to move some cells of a component, by their effect on columns that other cells are
//! in too.

use std::{cmp::Ordering, collections::HashMap};

use super::{
    component::{Component, Group},
    move_set::{Cost, MoveSet},
};

/// Solutions for some cells of a component. A column is closed when all of its cells are included; its sum then no
/// longer matters.
pub struct PartialSolution {
    /// Columns that also have other cells, ascending.
    pub open: Vec<usize>,
    /// How far these cells can change each open column.
    pub used: Vec<i64>,
    /// Columns without other cells.
    pub closed: Vec<usize>,
    /// The best way for each change of the open columns.
    pub rows: Vec<Row>,
}

/// One way to move the cells of a partial solution.
pub struct Row {
    /// The change of each open column.
    pub sums: Box<[i64]>,
    pub cost: Cost,
    pub move_set: MoveSet,
}

impl Row {
    /// Compares two rows; the better one is less.
    pub fn order(&self, other: &Self) -> Ordering {
        self.cost.cmp(&other.cost).then_with(|| self.move_set.cmp(&other.move_set))
    }
}

impl PartialSolution {
    /// A partial solution without cells, for a column that may have none.
    pub fn without_cells(column: usize, component: &Component) -> Self {
        let row = Row { sums: [0].into(), cost: Cost::default(), move_set: MoveSet::empty(component.cells.len()) };
        Self { open: vec![column], used: vec![0], closed: Vec::new(), rows: vec![row] }
    }

    /// All ways to move one group.
    pub fn group(group: &Group, component: &Component) -> Self {
        let row = |steps: i64| {
            let (cost, move_set) = group.steps(steps, component.cells.len())?;
            Some(Row { sums: group.effect.iter().map(|(_, by)| by * steps).collect(), cost, move_set })
        };
        Self {
            open: group.effect.iter().map(|(column, _)| *column).collect(),
            used: group.effect.iter().map(|(_, by)| by.abs() * group.size()).collect(),
            closed: Vec::new(),
            rows: (-group.size()..=group.size()).filter_map(row).collect(),
        }
    }

    /// The columns of both, without rows, and the positions of the columns of each among them.
    pub fn frame(&self, other: &Self) -> (Self, [Vec<usize>; 2]) {
        let mut open: Vec<usize> = self.open.iter().chain(&other.open).copied().collect();
        open.sort_unstable();
        open.dedup();
        let place = |partial: &Self| -> Vec<usize> {
            partial.open.iter().filter_map(|column| open.binary_search(column).ok()).collect()
        };
        let places = [place(self), place(other)];
        let mut used = vec![0; open.len()];
        for (partial, places) in [self, other].into_iter().zip(&places) {
            for (reach, place) in partial.used.iter().zip(places) {
                used[*place] += reach;
            }
        }
        let closed = self.closed.iter().chain(&other.closed).copied().collect();
        (Self { open, used, closed, rows: Vec::new() }, places)
    }
}

/// The best row found for each change.
#[derive(Default)]
pub struct Rows(HashMap<Box<[i64]>, (Cost, MoveSet)>);

impl Rows {
    /// Adds a row unless a better one with the same change is known. `move_set` is called only if it is needed to
    /// decide.
    pub fn insert_if_better(&mut self, sums: &[i64], cost: Cost, move_set: impl FnOnce() -> MoveSet) {
        match self.0.get_mut(sums) {
            None => {
                self.0.insert(sums.into(), (cost, move_set()));
            }
            Some(known) => match cost.cmp(&known.0) {
                Ordering::Less => *known = (cost, move_set()),
                Ordering::Equal => {
                    let move_set = move_set();
                    if move_set < known.1 {
                        known.1 = move_set;
                    }
                }
                Ordering::Greater => {}
            },
        }
    }

    /// All rows, in unspecified order.
    pub fn all(self) -> impl Iterator<Item = Row> {
        self.0.into_iter().map(|(sums, (cost, move_set))| Row { sums, cost, move_set })
    }
}
