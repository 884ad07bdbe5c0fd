//! The best way to move the cells of one part: its columns are closed one after another.
//!
//! Closing a column unites the pieces that have cells in it, as bucket elimination does along a tree decomposition
//! (Dechter, "Bucket elimination", 1999); in a tree of subtotals a piece has few open columns, and few rows. Rows from
//! which even the cheapest completion is worse than a solution already known are dropped. A first, narrow pass keeps
//! only the most promising rows and yields such a solution; when nothing was lost for narrowness, it is the best one.

use super::{
    choice::{Choice, Cost},
    part::{Group, Part},
    piece::{PartialSolution, Row, Rows},
};

/// What one pass through a part may spend.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    /// How many rows a piece may have.
    pub width: usize,
    /// How many sums all unions together may make.
    pub effort: usize,
}

/// Pass after pass. The last takes about a second; statements of a release are through within the first two.
pub const BUDGETS: [Budget; 3] = [
    Budget { width: 250, effort: 4_000_000 },
    Budget { width: 2_500, effort: 20_000_000 },
    Budget { width: 25_000, effort: 60_000_000 },
];

/// The parts of a move that a column's weight counts in.
const WEIGHT: i64 = 2_520;

/// The best choice for a part, and whether it is certain that no better one exists.
pub fn search(part: &Part, budgets: &[Budget]) -> (Choice, bool) {
    let unmet = part.residuals.iter().filter(|residual| **residual != 0).count();
    let cost = Cost { unmet, ..Cost::default() };
    let mut best = Row { sums: [].into(), cost, choice: Choice::none(part.cells.len()) };
    for Budget { width, effort } in budgets.iter().copied() {
        let unions = part.groups.len() + part.columns.len();
        let mut pass = Pass { part, outlook: Outlook::of(part, best.cost), width, effort, unions, lossy: false };
        if let Some(found) = pass.run().filter(|found| found.order(&best).is_lt()) {
            best = found;
        }
        if !pass.lossy {
            return (best.choice, true);
        }
    }
    (best.choice, false)
}

/// What is known of all completions.
struct Outlook {
    /// How far all cells together can change each column.
    reach: Vec<i64>,
    /// What one unit of each column's residual costs at least, in `WEIGHT`ths of a move.
    weights: Vec<i64>,
    /// The least that a move adds to the distance.
    nearest: i128,
    /// The best solution known; only its equals and betters matter.
    best: Cost,
}

impl Outlook {
    fn of(part: &Part, best: Cost) -> Self {
        let all = || part.groups.iter().chain(part.slack.iter().flatten());
        let mut reach = vec![0; part.columns.len()];
        let mut weights = vec![WEIGHT; part.columns.len()];
        for group in all() {
            // One move changes the weighted residuals together by one move's worth at most.
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

/// One way through all columns.
struct Pass<'a> {
    part: &'a Part,
    outlook: Outlook,
    width: usize,
    /// How many sums may still be made, by how many unions at most.
    effort: usize,
    unions: usize,
    /// Whether rows were dropped that might have led to the best solution.
    lossy: bool,
}

/// What the columns of a piece have to hope for from other cells.
struct Hope {
    residuals: Vec<i64>,
    /// How far other cells can change each open column.
    rest: Vec<i64>,
    weights: Vec<i64>,
    /// The weighted residuals of columns without cells here.
    outside: i64,
}

impl Pass<'_> {
    /// Closes every column; none when all rows are worse than what is known.
    fn run(&mut self) -> Option<Row> {
        let mut pieces: Vec<PartialSolution> =
            self.part.groups.iter().map(|group| PartialSolution::group(group, self.part)).collect();
        let mut columns: Vec<usize> = (0..self.part.columns.len()).collect();
        while let Some(next) = (0..columns.len()).min_by_key(|at| size_when_closed(columns[*at], &pieces)) {
            let column = columns.remove(next);
            let (mut touched, rest): (Vec<_>, Vec<_>) =
                pieces.into_iter().partition(|piece| piece.open.contains(&column));
            touched.sort_by_key(|piece| piece.rows.len());
            let bare = PartialSolution::bare(column, self.part);
            let united = touched.into_iter().fold(bare, |united, piece| self.unite(&united, &piece));
            pieces = rest;
            pieces.push(self.close(&united, column));
        }
        let whole = pieces.into_iter().reduce(|whole, piece| self.unite(&whole, &piece))?;
        whole.rows.into_iter().next()
    }

    /// All pairs of rows of two pieces; the most promising ones when they are too many.
    fn unite(&mut self, one: &PartialSolution, other: &PartialSolution) -> PartialSolution {
        let (few, many) = if one.rows.len() < other.rows.len() { (one, other) } else { (other, one) };
        let (frame, [few_at, many_at]) = few.frame(many);
        let share = self.share(few, many, frame.open.len());
        let hope = self.hope(&frame);
        let mut rows = Rows::default();
        let mut sums = vec![0; frame.open.len()];
        for a in &few.rows {
            for b in many.rows.iter().take(share) {
                sums.fill(0);
                a.sums.iter().zip(&few_at).for_each(|(sum, at)| sums[*at] += sum);
                b.sums.iter().zip(&many_at).for_each(|(sum, at)| sums[*at] += sum);
                let cost = a.cost.plus(b.cost);
                if self.may_win(cost, &sums, &hope) {
                    rows.offer(&sums, cost, || united(&a.choice, &b.choice));
                }
            }
        }
        self.keep(frame, rows, &hope)
    }

    /// With how many rows of the larger piece each of the smaller is paired, for so many sums a pair. What one union
    /// spares the later ones may spend.
    fn share(&mut self, few: &PartialSolution, many: &PartialSolution, open: usize) -> usize {
        let sums = few.rows.len().max(1) * open.max(1);
        let share = (self.effort / self.unions.max(1) / sums).max(1);
        self.lossy |= share < many.rows.len();
        let share = share.min(many.rows.len());
        self.effort = self.effort.saturating_sub(share * sums);
        self.unions = self.unions.saturating_sub(1);
        share
    }

    /// A piece that has all shared cells of a column, with those that are in no other put to the best use.
    fn close(&mut self, piece: &PartialSolution, column: usize) -> PartialSolution {
        let Some(at) = piece.open.iter().position(|open| *open == column) else {
            return PartialSolution::bare(column, self.part);
        };
        let without = |all: &[i64]| -> Vec<i64> {
            all.iter().enumerate().filter(|(place, _)| *place != at).map(|(_, value)| *value).collect()
        };
        let open = piece.open.iter().copied().filter(|open| *open != column).collect();
        let closed = piece.closed.iter().copied().chain([column]).collect();
        let frame = PartialSolution { open, used: without(&piece.used), closed, rows: Vec::new() };
        let hope = self.hope(&frame);
        let mut rows = Rows::default();
        for row in &piece.rows {
            let wanted = -(self.part.residuals[column] + row.sums[at]);
            let (cost, more) = self.take_up(column, wanted);
            let (sums, cost) = (without(&row.sums), row.cost.plus(cost));
            if self.may_win(cost, &sums, &hope) {
                rows.offer(&sums, cost, || united(&row.choice, &more));
            }
        }
        self.keep(frame, rows, &hope)
    }

    /// Changes a column by its own cells alone; leaves it unmet where they cannot.
    fn take_up(&self, column: usize, wanted: i64) -> (Cost, Choice) {
        let none = || Choice::none(self.part.cells.len());
        if wanted == 0 {
            return (Cost::default(), none());
        }
        let own = self.part.slack[column].as_ref();
        let steps = own.and_then(|group| group.steps(wanted, self.part.cells.len()));
        steps.unwrap_or_else(|| (Cost { unmet: 1, ..Cost::default() }, none()))
    }

    /// What the columns of a piece have to hope for.
    fn hope(&self, piece: &PartialSolution) -> Hope {
        let of = |all: &[i64]| -> Vec<i64> { piece.open.iter().map(|column| all[*column]).collect() };
        let residuals = &self.part.residuals;
        let elsewhere = (0..residuals.len()).filter(|at| !piece.open.contains(at) && !piece.closed.contains(at));
        Hope {
            residuals: of(residuals),
            rest: of(&self.outlook.reach).iter().zip(&piece.used).map(|(reach, used)| reach - used).collect(),
            weights: of(&self.outlook.weights),
            outside: elsewhere.map(|at| residuals[at].abs() * self.outlook.weights[at]).sum(),
        }
    }

    /// The least cost of any completion, its last element aside; of those that leave nothing unmet that can be met.
    fn least(cost: Cost, sums: &[i64], hope: &Hope) -> Cost {
        let (mut unmet, mut weighted) = (cost.unmet, hope.outside);
        for (at, sum) in sums.iter().enumerate() {
            let left = (hope.residuals[at] + sum).abs();
            if left > hope.rest[at] {
                unmet += 1;
            } else {
                weighted += left * hope.weights[at];
            }
        }
        let more = usize::try_from((weighted + WEIGHT - 1) / WEIGHT).unwrap_or_default();
        Cost { unmet, moves: cost.moves + more, farther: cost.farther }
    }

    /// Whether some completion may be as good as the best solution known.
    fn may_win(&self, cost: Cost, sums: &[i64], hope: &Hope) -> bool {
        let (least, best) = (Self::least(cost, sums, hope), self.outlook.best);
        if least.unmet != best.unmet {
            return least.unmet < best.unmet;
        }
        if least.moves != best.moves {
            return least.moves < best.moves;
        }
        let more = (best.moves - cost.moves) as i128;
        cost.farther + more * self.outlook.nearest <= best.farther
    }

    /// The rows found, best first, as many as a piece may have.
    fn keep(&mut self, mut piece: PartialSolution, rows: Rows, hope: &Hope) -> PartialSolution {
        let rank = |row: Row| (Self::least(row.cost, &row.sums, hope), row);
        let mut ranked: Vec<(Cost, Row)> = rows.all().map(rank).collect();
        let order = |(a, one): &(Cost, Row), (b, other): &(Cost, Row)| a.cmp(b).then_with(|| one.order(other));
        ranked.sort_unstable_by(|a, b| order(a, b).then_with(|| a.1.sums.cmp(&b.1.sums)));
        piece.rows = ranked.into_iter().map(|(_, row)| row).collect();
        self.lossy |= piece.rows.len() > self.width;
        piece.rows.truncate(self.width);
        piece
    }
}

/// The moves of both.
fn united(one: &Choice, other: &Choice) -> Choice {
    let mut both = one.clone();
    both.unite(other);
    both
}

/// How many rows there may be when all pieces with cells in a column are united and it is closed.
fn size_when_closed(column: usize, pieces: &[PartialSolution]) -> u128 {
    let mut reach = std::collections::BTreeMap::new();
    for piece in pieces.iter().filter(|piece| piece.open.contains(&column)) {
        for (open, used) in piece.open.iter().zip(&piece.used) {
            *reach.entry(*open).or_insert(0_i64) += used;
        }
    }
    reach.remove(&column);
    reach.values().fold(1, |size, reach| size.saturating_mul(2 * u128::from(reach.unsigned_abs()) + 1))
}
