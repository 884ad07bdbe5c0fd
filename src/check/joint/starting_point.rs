//! Proposes, in floating point, where the amounts might lie; nothing is decided here.

use dashu_int::IBig;
use dashu_ratio::RBig;

use super::{row::Terms, tableau::Tableau, variable::Variable};

/// How often all relations are gone through.
const ROUNDS: usize = 60;

/// What a relation's sum may be off, measured by its widest interval: the exact method mends that with one pivot.
const NEAR: f64 = 1e-3;

/// Into how many parts an interval is divided, so that proposals are short numbers.
const PARTS: u32 = 256;

/// A relation in floating point.
struct Relation {
    /// Its sum when all amounts lie in the middle.
    middle: f64,
    /// Each amount's number, and what the whole width of its interval adds to the sum.
    terms: Vec<(usize, f64)>,
}

impl Tableau {
    /// Puts the amounts where all relations may well hold. To be called before the first pivot.
    pub fn guess(&mut self) {
        if self.strays.is_empty() {
            return;
        }
        let amounts: Vec<_> = self.variables[..self.uses.len()].iter().map(middle_and_width).collect();
        let relations: Vec<_> = self.sums.iter().map(|sum| Relation::of(sum, &amounts)).collect();
        let places = places(amounts.len(), &relations);
        for (variable, place) in self.variables.iter_mut().zip(places) {
            variable.put((place * f64::from(PARTS)).round() as u32, PARTS);
        }
        self.add_up();
    }
}

impl Relation {
    fn of(sum: &Terms, amounts: &[(RBig, f64)]) -> Self {
        let middle = sum.iter().fold(RBig::ZERO, |total, (amount, factor)| total + &amounts[*amount].0 * factor);
        let width = |(amount, factor): &(usize, IBig)| (*amount, amounts[*amount].1 * factor.to_f64().value());
        Self { middle: middle.to_f64().value(), terms: sum.iter().map(width).collect() }
    }
}

fn middle_and_width(variable: &Variable) -> (RBig, f64) {
    match (&variable.low, &variable.high) {
        (Some(low), Some(high)) => ((&low.at + &high.at) / IBig::from(2), (&high.at - &low.at).to_f64().value()),
        _ => (variable.value.at.clone(), 0.0),
    }
}

/// For each amount, where between the ends of its interval (0 to 1) it might lie.
///
/// Every relation in turn moves its amounts, each by the same share of the room that it has left, until its sum is
/// zero. So amounts keep off their ends, and small corrections remain possible everywhere.
fn places(amounts: usize, relations: &[Relation]) -> Vec<f64> {
    let mut places = vec![0.5; amounts];
    for _ in 0..ROUNDS {
        let off = relations.iter().map(|relation| relation.pull(&mut places));
        if off.fold(0.0, f64::max) < NEAR {
            break;
        }
    }
    places
}

impl Relation {
    /// Moves the amounts so that the sum becomes zero, or as near as they can bring it; returns how far off it was,
    /// measured by the widest interval.
    fn pull(&self, places: &mut [f64]) -> f64 {
        let sum: f64 =
            self.middle + self.terms.iter().map(|&(amount, width)| (places[amount] - 0.5) * width).sum::<f64>();
        let room = |place: f64, width: f64| if (width > 0.0) == (sum < 0.0) { 1.0 - place } else { -place };
        let rooms: f64 = self.terms.iter().map(|&(amount, width)| room(places[amount], width) * width).sum();
        if rooms != 0.0 {
            let share = (-sum / rooms).min(1.0);
            for &(amount, width) in &self.terms {
                places[amount] += room(places[amount], width) * share;
            }
        }
        let widest = self.terms.iter().map(|(_, width)| width.abs()).fold(0.0, f64::max);
        if widest > 0.0 { sum.abs() / widest } else { 0.0 }
    }
}
