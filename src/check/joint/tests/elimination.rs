//! A second, independent way to decide: elimination after Fourier and Motzkin.

use std::collections::BTreeSet;

use crate::{
    check::joint::Problem,
    figures::Endpoint,
    model::{Decimal, ToPrimitive},
};

/// Decides: relations by substitution, then amounts by pairing their lower with their upper ends.
pub fn eliminates(problem: &Problem, relations: &[usize]) -> bool {
    let count = problem.amounts.len();
    let end = |amount: usize, bound: Endpoint, sign: i128| {
        let mut coefficients = vec![0; count];
        coefficients[amount] = 2 * sign;
        let constant = -sign * (bound.at * Decimal::TWO).to_i128().expect("small halves");
        AtLeast { coefficients, constant, strict: bound.open }
    };
    let mut ends: BTreeSet<_> = BTreeSet::new();
    for (amount, interval) in problem.amounts.iter().enumerate() {
        ends.extend([end(amount, interval.low, 1), end(amount, interval.high, -1)]);
    }
    let mut equal = Vec::new();
    for &relation in relations {
        let mut coefficients = vec![0; count];
        problem.relations[relation].iter().for_each(|&(amount, factor)| coefficients[amount] += i128::from(factor));
        equal.push(AtLeast { coefficients, constant: 0, strict: false });
    }
    while let Some(relation) = equal.pop() {
        let Some(amount) = relation.coefficients.iter().position(|&factor| factor != 0) else { continue };
        let factor = relation.coefficients[amount];
        let substituted =
            |one: &AtLeast| one.plus(factor.abs(), &relation, -one.coefficients[amount] * factor.signum());
        equal = equal.iter().map(substituted).collect();
        ends = ends.iter().map(substituted).collect();
    }
    for amount in 0..count {
        let (with, mut rest): (BTreeSet<_>, BTreeSet<_>) =
            ends.into_iter().partition(|one| one.coefficients[amount] != 0);
        let (lower, upper): (Vec<_>, Vec<_>) = with.into_iter().partition(|one: &AtLeast| one.coefficients[amount] > 0);
        for low in &lower {
            rest.extend(upper.iter().map(|up| low.plus(-up.coefficients[amount], up, low.coefficients[amount])));
        }
        ends = rest;
    }
    ends.iter().all(|one| one.constant > 0 || (one.constant == 0 && !one.strict))
}

/// Σ coefficient·amount + constant ≥ 0, or > 0 when strict.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct AtLeast {
    coefficients: Vec<i128>,
    constant: i128,
    strict: bool,
}

impl AtLeast {
    fn plus(&self, times: i128, other: &Self, other_times: i128) -> Self {
        let mix = |(a, b): (&i128, &i128)| a * times + b * other_times;
        let mut sum = Self {
            coefficients: self.coefficients.iter().zip(&other.coefficients).map(mix).collect(),
            constant: mix((&self.constant, &other.constant)),
            strict: self.strict || other.strict,
        };
        let common = sum.coefficients.iter().chain([&sum.constant]).fold(0, |a, b| gcd(a, b.abs())).max(1);
        sum.coefficients.iter_mut().chain([&mut sum.constant]).for_each(|number| *number /= common);
        sum
    }
}

fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { gcd(b, a % b) }
}
