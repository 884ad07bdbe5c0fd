//! A combination of relations, in whole numbers.

use dashu_int::{
    IBig,
    ops::{Abs, BitTest, Gcd},
};

/// Numbers of amounts or relations with their factors, none of them zero, by number ascending.
pub type Terms = Vec<(usize, IBig)>;

/// A combination of relations in which all dependent variables but one cancel out.
pub struct Row {
    /// The number of that variable.
    pub dependent: usize,
    /// The coefficient of that variable in the combination; above zero.
    pub scale: IBig,
    /// How often each relation is taken, by its position.
    pub factors: Terms,
}

impl Row {
    /// The sum of the relation at `position`: taken −1 times, it leaves the sum itself.
    pub fn sum(position: usize, dependent: usize) -> Self {
        Self { dependent, scale: IBig::ONE, factors: vec![(position, IBig::NEG_ONE)] }
    }

    /// The machine words that a factor takes, about.
    pub fn words(&self) -> usize {
        let largest = self.factors.first().map_or(0, |(_, factor)| factor.bit_len());
        largest.max(self.scale.bit_len()) / 64 + 1
    }

    /// The steps that it takes to multiply all factors.
    pub fn steps(&self) -> usize {
        // A number of two machine words lies on the heap: to make one takes longer than to compute with it.
        let words = self.words();
        self.factors.len() * if words > 1 { 4 * words } else { 1 }
    }

    /// Names another variable, with its coefficient in the combination, as the dependent one.
    pub fn solve_for(&mut self, variable: usize, coefficient: &IBig) {
        self.dependent = variable;
        if *coefficient < IBig::ZERO {
            self.factors.iter_mut().for_each(|(_, factor)| *factor *= IBig::NEG_ONE);
        }
        self.scale = coefficient.abs();
    }

    /// Subtracts another combination so often that its dependent variable, which has this coefficient here, cancels out.
    pub fn cancel(&mut self, coefficient: &IBig, other: &Self) {
        let common = IBig::from(coefficient.gcd(&other.scale));
        let (times, minus) = (&other.scale / &common, coefficient / &common);
        let mut old = std::mem::take(&mut self.factors).into_iter().peekable();
        for (position, factor) in &other.factors {
            while let Some((earlier, known)) = old.next_if(|(earlier, _)| earlier < position) {
                self.factors.push((earlier, known * &times));
            }
            let known = old.next_if(|(same, _)| same == position).map_or(IBig::ZERO, |(_, known)| known * &times);
            let left = known - factor * &minus;
            if !left.is_zero() {
                self.factors.push((*position, left));
            }
        }
        self.factors.extend(old.map(|(later, known)| (later, known * &times)));
        self.scale *= &times;
        self.reduce();
    }

    /// Divides by what all factors, and so the scale, have in common.
    fn reduce(&mut self) {
        let mut common = self.scale.clone();
        for (_, factor) in &self.factors {
            if common.is_one() {
                return;
            }
            common = IBig::from(common.gcd(factor));
        }
        self.scale /= &common;
        self.factors.iter_mut().for_each(|(_, factor)| *factor /= &common);
    }
}

/// The factor of a number; `None` where it does not occur.
pub fn factor(terms: &Terms, number: usize) -> Option<&IBig> {
    let at = terms.binary_search_by_key(&number, |(other, _)| *other).ok()?;
    terms.get(at).map(|(_, factor)| factor)
}
