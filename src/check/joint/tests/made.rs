//! Systems of relations that hold, of any size.

use crate::{
    check::joint::Problem,
    figures::Interval,
    model::{Decimal, RoundingMode},
};

/// Unrounded amounts in thousandths, and relations that hold between them.
#[derive(Default)]
pub struct Made {
    pub exact: Vec<i64>,
    pub relations: Vec<Vec<(usize, i64)>>,
}

impl Made {
    pub fn amount(&mut self, exact: i64) -> usize {
        self.exact.push(exact);
        self.exact.len() - 1
    }

    fn any(&mut self, random: &mut Random) -> usize {
        self.amount(i64::try_from(random.below(1_000_000)).expect("small") - 300_000)
    }

    fn total(&mut self, parts: &[usize]) -> usize {
        let total = self.amount(parts.iter().map(|&part| self.exact[part]).sum());
        self.tie(total, parts);
        total
    }

    fn tie(&mut self, total: usize, parts: &[usize]) {
        self.relations.push([(total, -1)].into_iter().chain(parts.iter().map(|&part| (part, 1))).collect());
    }

    pub fn shown(&self, mode: RoundingMode) -> Problem {
        let amount = |&exact: &i64| {
            let shown = mode.round(Decimal::new(exact, 3), 0);
            Interval::around(shown, Decimal::ONE, mode).expect("small numbers")
        };
        Problem { amounts: self.exact.iter().map(amount).collect(), relations: self.relations.clone() }
    }

    /// Balances carried forward.
    pub fn chain(length: usize, random: &mut Random) -> Self {
        let mut made = Self::default();
        let mut balance = made.any(random);
        for _ in 0..length {
            let movement = made.any(random);
            balance = made.total(&[balance, movement]);
        }
        made
    }

    /// Totals of subtotals.
    pub fn tree(leaves: usize, random: &mut Random) -> Self {
        let mut made = Self::default();
        let mut level: Vec<_> = (0..leaves).map(|_| made.any(random)).collect();
        while level.len() > 1 {
            level = level.chunks(4).map(|parts| made.total(parts)).collect();
        }
        made
    }

    /// As many sums as amounts, each of about half of them.
    pub fn dense(size: usize, random: &mut Random) -> Self {
        let mut made = Self::default();
        let all: Vec<_> = (0..size).map(|_| made.any(random)).collect();
        for _ in 0..size {
            let parts: Vec<_> = all.iter().copied().filter(|_| random.below(2) == 0).collect();
            made.total(&parts);
        }
        made
    }

    /// Cells with totals of rows and columns, and a grand total both ways.
    pub fn grid(rows: usize, columns: usize, random: &mut Random) -> Self {
        let mut made = Self::default();
        let cells: Vec<Vec<_>> = (0..rows).map(|_| (0..columns).map(|_| made.any(random)).collect()).collect();
        let across: Vec<_> = cells.iter().map(|row| made.total(row)).collect();
        let down: Vec<_> =
            (0..columns).map(|column| made.total(&cells.iter().map(|row| row[column]).collect::<Vec<_>>())).collect();
        let grand = made.total(&across);
        made.tie(grand, &down);
        made
    }
}

/// A linear congruential generator: the same numbers on every machine.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % end
    }
}
