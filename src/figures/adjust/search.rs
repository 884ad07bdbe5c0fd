//! Searches for the best way to move the cells of one component by closing its columns one after another.
//!
//! Closing a column joins the partial solutions that have cells in it, as bucket elimination does along a tree
//! decomposition (Dechter, "Bucket elimination", 1999). In a tree of subtotals, a partial solution has few open columns
//! and few rows. Rows are dropped if even their cheapest completion is worse than a known solution. A first, narrow
//! pass keeps only the most promising rows and yields such a solution; if no row was dropped for narrowness, it is the
//! best one.

use super::{
    component::{Component, Group},
    move_set::{Cost, MoveSet},
    partial_solution::{PartialSolution, Row, Rows},
};

/// The budget of one pass through a component.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    /// The maximum number of rows of a partial solution.
    pub width: usize,
    /// The maximum number of sums that all joins compute together.
    pub effort: usize,
}

/// The budgets of successive passes. The last takes about a second; statements of real releases need at most the first
/// two.
pub const BUDGETS: [Budget; 3] = [
    Budget { width: 250, effort: 4_000_000 },
    Budget { width: 2_500, effort: 20_000_000 },
    Budget { width: 25_000, effort: 60_000_000 },
];

/// The denominator of the weights of columns, in moves.
const WEIGHT: i64 = 2_520;

/// Finds the best moves for a component, and whether no better ones exist.
pub fn search(component: &Component, budgets: &[Budget]) -> (MoveSet, bool) {
    let unmet = component.residuals.iter().filter(|residual| **residual != 0).count();
    let cost = Cost { unmet, ..Cost::default() };
    let mut best = Row { sums: [].into(), cost, move_set: MoveSet::empty(component.cells.len()) };
    for Budget { width, effort } in budgets.iter().copied() {
        let unions = component.groups.len() + component.columns.len();
        let mut pass = Pass {
            component,
            estimates: Estimates::of(component, best.cost),
            width,
            effort,
            unions,
            dropped_rows: false,
        };
        if let Some(found) = pass.run().filter(|found| found.order(&best).is_lt()) {
            best = found;
        }
        if !pass.dropped_rows {
            return (best.move_set, true);
        }
    }
    (best.move_set, false)
}

/// Bounds that hold for all completions.
struct Estimates {
    /// How far all cells together can change each column.
    reach: Vec<i64>,
    /// The least cost of one unit of each column's residual, in `WEIGHT`ths of a move.
    weights: Vec<i64>,
    /// The least distance that a move adds.
    nearest: i128,
    /// The cost of the best known solution; worse ones are dropped.
    best: Cost,
}

impl Estimates {
    fn of(component: &Component, best: Cost) -> Self {
        let all = || component.groups.iter().chain(component.slack.iter().flatten());
        let mut reach = vec![0; component.columns.len()];
        let mut weights = vec![WEIGHT; component.columns.len()];
        for group in all() {
            // One move changes the weighted residuals together by at most one move's worth.
            let spread: i64 = group.effect.iter().map(|(_, by)| by.abs()).sum();
            for (column, by) in &group.effect {
                reach[*column] += by.abs() * group.size();
                weights[*column] = weights[*column].min(WEIGHT / spread);
            }
        }
        let nearest = all().filter_map(Group::nearest).min().unwrap_or_default();
        Self { reach, weights, nearest, best }
    }
}

/// One pass through all columns.
struct Pass<'a> {
    component: &'a Component,
    estimates: Estimates,
    width: usize,
    /// The number of sums that may still be computed, and the number of joins that will share them.
    effort: usize,
    unions: usize,
    /// Whether rows were dropped that might lead to the best solution.
    dropped_rows: bool,
}

/// What other cells can contribute to the columns of a partial solution.
struct Bounds {
    residuals: Vec<i64>,
    /// How far other cells can change each open column.
    rest: Vec<i64>,
    weights: Vec<i64>,
    /// The weighted residuals of the other columns.
    outside: i64,
}

impl Pass<'_> {
    /// Closes every column; `None` if all rows are worse than the known solution.
    fn run(&mut self) -> Option<Row> {
        let mut partials: Vec<PartialSolution> =
            self.component.groups.iter().map(|group| PartialSolution::group(group, self.component)).collect();
        let mut columns: Vec<usize> = (0..self.component.columns.len()).collect();
        while let Some(next) = (0..columns.len()).min_by_key(|at| rows_when_closed(columns[*at], &partials)) {
            let column = columns.remove(next);
            let (mut affected, rest): (Vec<_>, Vec<_>) =
                partials.into_iter().partition(|partial| partial.open.contains(&column));
            affected.sort_by_key(|partial| partial.rows.len());
            let without_cells = PartialSolution::without_cells(column, self.component);
            let union = affected.into_iter().fold(without_cells, |union, partial| self.join(&union, &partial));
            partials = rest;
            partials.push(self.close(&union, column));
        }
        let whole = partials.into_iter().reduce(|whole, partial| self.join(&whole, &partial))?;
        whole.rows.into_iter().next()
    }

    /// Joins all pairs of rows of two partial solutions, or the most promising pairs if there are too many.
    fn join(&mut self, one: &PartialSolution, other: &PartialSolution) -> PartialSolution {
        let (few, many) = if one.rows.len() < other.rows.len() { (one, other) } else { (other, one) };
        let (frame, [few_at, many_at]) = few.frame(many);
        let share = self.share(few, many, frame.open.len());
        let bounds = self.bounds(&frame);
        let mut rows = Rows::default();
        let mut sums = vec![0; frame.open.len()];
        for a in &few.rows {
            for b in many.rows.iter().take(share) {
                sums.fill(0);
                a.sums.iter().zip(&few_at).for_each(|(sum, at)| sums[*at] += sum);
                b.sums.iter().zip(&many_at).for_each(|(sum, at)| sums[*at] += sum);
                let cost = a.cost.plus(b.cost);
                if self.may_improve(cost, &sums, &bounds) {
                    rows.insert_if_better(&sums, cost, || union(&a.move_set, &b.move_set));
                }
            }
        }
        self.prune(frame, rows, &bounds)
    }

    /// The number of rows of the larger partial solution that each row of the smaller one is paired with. Effort that
    /// one join saves is left for later joins.
    fn share(&mut self, few: &PartialSolution, many: &PartialSolution, open: usize) -> usize {
        let sums = few.rows.len().max(1) * open.max(1);
        let share = (self.effort / self.unions.max(1) / sums).max(1);
        self.dropped_rows |= share < many.rows.len();
        let share = share.min(many.rows.len());
        self.effort = self.effort.saturating_sub(share * sums);
        self.unions = self.unions.saturating_sub(1);
        share
    }

    /// Closes a column whose shared cells are all included, by moving the cells that are in no other column.
    fn close(&mut self, partial: &PartialSolution, column: usize) -> PartialSolution {
        let Some(at) = partial.open.iter().position(|open| *open == column) else {
            return PartialSolution::without_cells(column, self.component);
        };
        let without = |all: &[i64]| -> Vec<i64> {
            all.iter().enumerate().filter(|(place, _)| *place != at).map(|(_, value)| *value).collect()
        };
        let open = partial.open.iter().copied().filter(|open| *open != column).collect();
        let closed = partial.closed.iter().copied().chain([column]).collect();
        let frame = PartialSolution { open, used: without(&partial.used), closed, rows: Vec::new() };
        let bounds = self.bounds(&frame);
        let mut rows = Rows::default();
        for row in &partial.rows {
            let wanted = -(self.component.residuals[column] + row.sums[at]);
            let (cost, more) = self.close_with_slack(column, wanted);
            let (sums, cost) = (without(&row.sums), row.cost.plus(cost));
            if self.may_improve(cost, &sums, &bounds) {
                rows.insert_if_better(&sums, cost, || union(&row.move_set, &more));
            }
        }
        self.prune(frame, rows, &bounds)
    }

    /// Changes a column by its own cells alone, or leaves it unmet.
    fn close_with_slack(&self, column: usize, wanted: i64) -> (Cost, MoveSet) {
        let none = || MoveSet::empty(self.component.cells.len());
        if wanted == 0 {
            return (Cost::default(), none());
        }
        let own = self.component.slack[column].as_ref();
        let steps = own.and_then(|group| group.steps(wanted, self.component.cells.len()));
        steps.unwrap_or_else(|| (Cost { unmet: 1, ..Cost::default() }, none()))
    }

    /// The bounds for the columns of a partial solution.
    fn bounds(&self, partial: &PartialSolution) -> Bounds {
        let of = |all: &[i64]| -> Vec<i64> { partial.open.iter().map(|column| all[*column]).collect() };
        let residuals = &self.component.residuals;
        let elsewhere = (0..residuals.len()).filter(|at| !partial.open.contains(at) && !partial.closed.contains(at));
        Bounds {
            residuals: of(residuals),
            rest: of(&self.estimates.reach).iter().zip(&partial.used).map(|(reach, used)| reach - used).collect(),
            weights: of(&self.estimates.weights),
            outside: elsewhere.map(|at| residuals[at].abs() * self.estimates.weights[at]).sum(),
        }
    }

    /// A lower bound for the cost of any completion, apart from its distance.
    fn lower_bound(cost: Cost, sums: &[i64], bounds: &Bounds) -> Cost {
        let (mut unmet, mut weighted) = (cost.unmet, bounds.outside);
        for (at, sum) in sums.iter().enumerate() {
            let left = (bounds.residuals[at] + sum).abs();
            if left > bounds.rest[at] {
                unmet += 1;
            } else {
                weighted += left * bounds.weights[at];
            }
        }
        let more = usize::try_from((weighted + WEIGHT - 1) / WEIGHT).unwrap_or_default();
        Cost { unmet, moves: cost.moves + more, added_distance: cost.added_distance }
    }

    /// Whether some completion may be as good as the best known solution.
    fn may_improve(&self, cost: Cost, sums: &[i64], bounds: &Bounds) -> bool {
        let (least, best) = (Self::lower_bound(cost, sums, bounds), self.estimates.best);
        if least.unmet != best.unmet {
            return least.unmet < best.unmet;
        }
        if least.moves != best.moves {
            return least.moves < best.moves;
        }
        let more = (best.moves - cost.moves) as i128;
        cost.added_distance + more * self.estimates.nearest <= best.added_distance
    }

    /// Keeps the best rows, as many as the budget allows.
    fn prune(&mut self, mut partial: PartialSolution, rows: Rows, bounds: &Bounds) -> PartialSolution {
        let rank = |row: Row| (Self::lower_bound(row.cost, &row.sums, bounds), row);
        let mut ranked: Vec<(Cost, Row)> = rows.all().map(rank).collect();
        let order = |(a, one): &(Cost, Row), (b, other): &(Cost, Row)| a.cmp(b).then_with(|| one.order(other));
        ranked.sort_unstable_by(|a, b| order(a, b).then_with(|| a.1.sums.cmp(&b.1.sums)));
        partial.rows = ranked.into_iter().map(|(_, row)| row).collect();
        self.dropped_rows |= partial.rows.len() > self.width;
        partial.rows.truncate(self.width);
        partial
    }
}

/// The moves of both sets.
fn union(one: &MoveSet, other: &MoveSet) -> MoveSet {
    let mut both = one.clone();
    both.join(other);
    both
}

/// The maximum number of rows after the partial solutions with cells in a column are joined and the column is closed.
fn rows_when_closed(column: usize, partials: &[PartialSolution]) -> u128 {
    let mut reach = std::collections::BTreeMap::new();
    for partial in partials.iter().filter(|partial| partial.open.contains(&column)) {
        for (open, used) in partial.open.iter().zip(&partial.used) {
            *reach.entry(*open).or_insert(0_i64) += used;
        }
    }
    reach.remove(&column);
    reach.values().fold(1, |size, reach| size.saturating_mul(2 * u128::from(reach.unsigned_abs()) + 1))
}
