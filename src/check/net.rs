//! The net of relations over facts: which relations a change of one fact would break.

use super::{Facts, Ledger, Relation};
use crate::{figures::FactId, model::Decimal};

/// Relations, the residual each may have, and which of them each fact takes part in.
pub struct Net<'a> {
    pub relations: &'a [Relation],
    expected: Vec<Decimal>,
    of_fact: Vec<Vec<usize>>,
}

impl<'a> Net<'a> {
    /// The net of everything that was looked at.
    pub fn new(ledger: &'a Ledger, facts: &Facts) -> Self {
        let mut of_fact = vec![Vec::new(); facts.values.len()];
        for (index, relation) in ledger.relations.iter().enumerate() {
            relation.facts().into_iter().for_each(|id| of_fact[id].push(index));
        }
        let expected = ledger.verdicts.iter().map(|verdict| verdict.residual().normalize()).collect();
        Self { relations: &ledger.relations, expected, of_fact }
    }

    /// The relations that a fact takes part in.
    pub fn of(&self, id: FactId) -> &[usize] {
        &self.of_fact[id]
    }

    /// Whether a relation has the residual it may have.
    pub fn holds(&self, relation: usize, facts: &Facts) -> bool {
        self.relations[relation].residual(facts).is_ok_and(|residual| residual == self.expected[relation])
    }

    /// How far a relation is from holding, in the unit it is told in.
    pub fn excess(&self, relation: usize, facts: &Facts) -> Option<Decimal> {
        self.relations[relation].residual(facts).ok()?.checked_sub(self.expected[relation])
    }

    /// The relations of a fact that do not hold.
    pub fn broken_by(&self, id: FactId, facts: &Facts) -> Vec<usize> {
        self.of(id).iter().copied().filter(|relation| !self.holds(*relation, facts)).collect()
    }
}
