//! A sum whose terms can be replaced one at a time, without adding up all others again.

use crate::model::Decimal;

/// Terms and the sums of halves, quarters and so on of them. A term, or a sum that is too large, may be missing.
#[derive(Debug, Clone)]
pub struct SumTree {
    /// The root at 1; the children of a node at twice its number and the next; the terms last.
    nodes: Vec<Option<Decimal>>,
    first_term: usize,
}

impl SumTree {
    pub fn new(terms: impl ExactSizeIterator<Item = Option<Decimal>>) -> Self {
        let first_term = terms.len().next_power_of_two();
        let mut nodes = vec![Some(Decimal::ZERO); first_term];
        nodes.extend(terms);
        nodes.resize(2 * first_term, Some(Decimal::ZERO));
        let mut tree = Self { nodes, first_term };
        (1..first_term).rev().for_each(|node| tree.add_up(node));
        tree
    }

    /// The sum of all terms; `None` if one is missing.
    pub fn sum(&self) -> Option<Decimal> {
        self.nodes[1]
    }

    /// A term; `None` if it is missing.
    pub fn term(&self, term: usize) -> Option<Decimal> {
        self.nodes[self.first_term + term]
    }

    /// Replaces a term.
    pub fn replace(&mut self, term: usize, value: Option<Decimal>) {
        let mut node = self.first_term + term;
        self.nodes[node] = value;
        while node > 1 {
            node /= 2;
            self.add_up(node);
        }
    }

    fn add_up(&mut self, node: usize) {
        let (one, other) = (self.nodes[2 * node], self.nodes[2 * node + 1]);
        self.nodes[node] = one.zip(other).and_then(|(one, other)| one.checked_add(other));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_replaced_term_changes_the_sum() {
        for count in 1..6_i32 {
            let mut tree = SumTree::new((0..5).map(|term| (term < count).then(|| Decimal::from(term))));
            assert_eq!(tree.sum(), (count == 5).then(|| Decimal::from(10)));
            (0..5).for_each(|term| tree.replace(term, Some(Decimal::ONE)));
            assert_eq!(tree.sum(), Some(Decimal::from(5)));
        }
        assert_eq!(SumTree::new([].into_iter()).sum(), Some(Decimal::ZERO));
    }
}
