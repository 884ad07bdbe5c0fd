//! Proposes, in floating point, where the amounts might lie, or which relations might be in conflict. Nothing is decided
//! here: both proposals are verified exactly.
//!
//! The sum of the squares by which relations miss zero is minimized over the amounts' intervals, by projected gradients
//! with momentum (Nesterov) that starts again whenever the direction turns (O'Donoghue and Candès). At a minimum that is not
//! zero, the misses themselves are the factors with which the relations add up to a contradiction.

use dashu_int::IBig;
use dashu_ratio::RBig;

use super::{
    tableau::Tableau,
    variable::Variable,
    work::{OutOfWork, Work},
};

/// Steps of the method at most. What is not found by then is left to the exact method.
const MAX_ROUNDS: usize = 500;
/// Rounds of the power method, which estimates the largest eigenvalue.
const POWER_ROUNDS: usize = 12;
/// What the estimate, which is never too large, is multiplied by.
const SAFETY: f64 = 1.2;
/// The share of a width that amounts keep off the ends of their intervals, so that small corrections remain possible.
const MARGIN: f64 = 1.0 / 32.0;
/// A sum may be off by so much of its widest interval: the exact method mends that with one pivot.
const NEAR: f64 = 1e-3;

/// The largest factor of a relation in a contradiction.
const LARGEST_FACTOR: f64 = 1_048_576.0;

/// For each amount, its place between the ends of its interval, 0 to 1.
pub(super) struct Places(Vec<f64>);

impl Places {
    /// For each amount, so many of `of` parts of the way up.
    pub(super) fn rounded_parts(&self, of: u32) -> impl Iterator<Item = u32> {
        self.0.iter().map(move |place| (place * f64::from(of)).round() as u32)
    }
}

/// Relations in floating point: an amount is its place between the ends of its interval, 0 to 1.
pub(super) struct LeastSquares {
    /// For each relation, its sum when all amounts are in the middle, over the length of its widths.
    middles: Vec<f64>,
    /// For each relation, amounts and what their whole widths add to the sum, over the length of these widths.
    terms: Vec<Vec<(usize, f64)>>,
    /// For each relation, the length of its widths.
    lengths: Vec<f64>,
    /// For each relation, the sum that is near enough to zero.
    near: Vec<f64>,
    amounts: usize,
}

impl LeastSquares {
    /// The relations of a tableau before its first pivot.
    pub(super) fn of(tableau: &Tableau) -> Self {
        let (amounts, _) = tableau.variables.split_at(tableau.uses.len());
        let amounts: Vec<_> = amounts.iter().map(middle_and_width).collect();
        let mut all = Self {
            middles: Vec::new(),
            terms: Vec::new(),
            lengths: Vec::new(),
            near: Vec::new(),
            amounts: amounts.len(),
        };
        for sum in &tableau.sums {
            let middle = sum.iter().fold(RBig::ZERO, |total, (amount, factor)| total + &amounts[*amount].0 * factor);
            let width = |(amount, factor): &(usize, IBig)| (*amount, amounts[*amount].1 * factor.to_f64().value());
            let widths: Vec<_> = sum.iter().map(width).filter(|(_, width)| *width != 0.0).collect();
            let length = widths.iter().map(|(_, width)| width * width).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
            let widest = widths.iter().map(|(_, width)| width.abs()).fold(0.0, f64::max);
            all.middles.push(middle.to_f64().value() / length);
            all.terms.push(widths.into_iter().map(|(amount, width)| (amount, width / length)).collect());
            all.lengths.push(length);
            all.near.push(NEAR * widest / length);
        }
        all
    }

    /// All amounts in the middle of their intervals.
    pub(super) fn middle(&self) -> Places {
        Places(vec![0.5; self.amounts])
    }

    /// Places off the ends at which all relations nearly hold; without any, places at which they nearest do.
    pub(super) fn solve(&self, work: &mut Work) -> Result<Places, OutOfWork> {
        let inner = self.minimize(self.middle(), MARGIN, MAX_ROUNDS, work)?;
        if self.is_nearly_solved(&inner.0) { Ok(inner) } else { self.minimize(inner, 0.0, MAX_ROUNDS, work) }
    }

    /// The relations that may be part of a contradiction, each with a factor: what they miss zero by, as whole numbers.
    pub(super) fn factors(&self, places: &Places) -> Vec<(usize, i64)> {
        let factors: Vec<f64> =
            self.residuals(&places.0).iter().zip(&self.lengths).map(|(miss, length)| miss / length).collect();
        let largest = factors.iter().map(|factor| factor.abs()).fold(f64::MIN_POSITIVE, f64::max);
        let whole = factors.iter().map(|factor| (factor / largest * LARGEST_FACTOR).round() as i64);
        whole.enumerate().filter(|(_, factor)| *factor != 0).collect()
    }

    /// Moves the places so that the relations miss zero by less.
    pub(super) fn improve(&self, places: Places, rounds: usize, work: &mut Work) -> Result<Places, OutOfWork> {
        self.minimize(places, 0.0, rounds, work)
    }

    /// Moves the places, at least a margin off the ends, so that the relations miss zero by less.
    fn minimize(
        &self,
        Places(start): Places,
        margin: f64,
        rounds: usize,
        work: &mut Work,
    ) -> Result<Places, OutOfWork> {
        let size: usize = self.terms.iter().map(Vec::len).sum();
        work.spend(2 * POWER_ROUNDS * size)?;
        let step = 1.0 / (self.largest_eigenvalue() * SAFETY).max(f64::MIN_POSITIVE);
        let (mut places, mut ahead, mut momentum) = (start.clone(), start, 1.0_f64);
        for _ in 0..rounds {
            work.spend(3 * size)?;
            let gradient = self.transposed(&self.residuals(&ahead));
            let moved = |(place, slope): (&f64, &f64)| (place - step * slope).clamp(margin, 1.0 - margin);
            let next: Vec<f64> = ahead.iter().zip(&gradient).map(moved).collect();
            let turned: f64 =
                ahead.iter().zip(&next).zip(&places).map(|((at, to), from)| (at - to) * (to - from)).sum();
            let (momentum_next, share) = if turned > 0.0 {
                (1.0, 0.0)
            } else {
                let next = f64::midpoint(1.0, (1.0 + 4.0 * momentum * momentum).sqrt());
                (next, (momentum - 1.0) / next)
            };
            let largest = next.iter().zip(&places).map(|(to, from)| (to - from).abs()).fold(0.0, f64::max);
            ahead = next.iter().zip(&places).map(|(to, from)| to + share * (to - from)).collect();
            (places, momentum) = (next, momentum_next);
            if largest < 1e-9 || self.is_nearly_solved(&places) {
                break;
            }
        }
        Ok(Places(places))
    }

    /// By how much each relation misses zero.
    fn residuals(&self, places: &[f64]) -> Vec<f64> {
        let sum =
            |terms: &[(usize, f64)]| terms.iter().map(|(amount, width)| (places[*amount] - 0.5) * width).sum::<f64>();
        self.middles.iter().zip(&self.terms).map(|(middle, terms)| middle + sum(terms)).collect()
    }

    /// For each amount, what the relations' values add up to through it.
    fn transposed(&self, values: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.amounts];
        for (value, terms) in values.iter().zip(&self.terms) {
            terms.iter().for_each(|(amount, width)| sums[*amount] += value * width);
        }
        sums
    }

    fn largest_eigenvalue(&self) -> f64 {
        // Any start will do that no symmetry of the relations makes too special; this one is the same on every system.
        let mut vector: Vec<f64> =
            (0..self.terms.len()).map(|number| 1.0 + (number * 7_919 % 101) as f64 / 1000.0).collect();
        let mut largest = 1.0;
        for _ in 0..POWER_ROUNDS {
            let length = vector.iter().map(|value| value * value).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
            vector.iter_mut().for_each(|value| *value /= length);
            let through = self.transposed(&vector);
            vector = self
                .terms
                .iter()
                .map(|terms| terms.iter().map(|(amount, width)| through[*amount] * width).sum())
                .collect();
            largest = vector.iter().map(|value| value * value).sum::<f64>().sqrt();
        }
        largest
    }

    fn is_nearly_solved(&self, places: &[f64]) -> bool {
        self.residuals(places).iter().zip(&self.near).all(|(miss, near)| miss.abs() <= *near)
    }
}

/// An amount without an interval has no width: it stays where it is.
fn middle_and_width(variable: &Variable) -> (RBig, f64) {
    match (&variable.low, &variable.high) {
        (Some(low), Some(high)) => ((&low.at + &high.at) / IBig::from(2), (&high.at - &low.at).to_f64().value()),
        _ => (variable.value.at.clone(), 0.0),
    }
}
