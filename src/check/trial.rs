//! Tries other values for facts and updates the residuals of the affected relations.

use super::{Constraint, Facts, relation_index::RelationIndex, sum_tree::SumTree};
use crate::{figures::FactId, model::Decimal};

/// Facts that can be changed, and what is left over in every relation. A change costs no more than the terms that the fact is
/// in.
#[derive(Clone)]
pub struct Trial<'a> {
    pub index: &'a RelationIndex<'a>,
    facts: Facts,
    residuals: Vec<Residual>,
}

/// What is left over in a relation, in the unit it is reported in; `None` if it cannot be computed.
#[derive(Clone)]
enum Residual {
    /// The total, then its parts, with their signs.
    Balance(SumTree),
    /// Of a relation that is no sum.
    Whole(Option<Decimal>),
}

impl<'a> Trial<'a> {
    pub fn new(index: &'a RelationIndex<'a>, facts: Facts) -> Self {
        let residuals = index.relations.iter().map(|relation| match &relation.constraint {
            Constraint::Balance { parts, .. } => {
                let terms = (0..=parts.len()).collect::<Vec<_>>().into_iter();
                Residual::Balance(SumTree::new(terms.map(|term| relation.term(term, &facts))))
            }
            Constraint::MixedBalance { .. }
            | Constraint::Reach { .. }
            | Constraint::Order { .. }
            | Constraint::Pinned { .. } => Residual::Whole(relation.residual(&facts).ok()),
        });
        let residuals = residuals.collect();
        Self { index, facts, residuals }
    }

    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    pub fn value(&self, fact: FactId) -> Decimal {
        self.facts.values[fact]
    }

    /// One unit of a fact's last place.
    pub fn step(&self, fact: FactId) -> Decimal {
        self.facts.steps[fact].0
    }

    /// Replaces the value of a fact and returns the previous value.
    pub fn replace(&mut self, fact: FactId, value: Decimal) -> Decimal {
        let was = self.facts.replace(fact, value);
        for (relation, terms) in self.index.terms_of(fact) {
            let tested = &self.index.relations[*relation];
            match &mut self.residuals[*relation] {
                Residual::Balance(tree) => {
                    terms.iter().for_each(|term| tree.replace(*term, tested.term(*term, &self.facts)));
                }
                Residual::Whole(residual) => *residual = tested.residual(&self.facts).ok(),
            }
        }
        was
    }

    /// Whether one of these relations of a fact, each with the terms that the fact is in, may hold with another value of it. A
    /// look that replaces no sums: where it says yes, the value is to be tried.
    pub fn may_mend(&mut self, fact: FactId, value: Decimal, relations: &[&(usize, Vec<usize>)]) -> bool {
        let was = std::mem::replace(&mut self.facts.values[fact], value);
        let may_mend = relations.iter().any(|(relation, terms)| self.may_hold(*relation, terms));
        self.facts.values[fact] = was;
        may_mend
    }

    /// Whether a relation may hold once its sum has the values that these terms have now.
    fn may_hold(&self, relation: usize, terms: &[usize]) -> bool {
        let Residual::Balance(tree) = &self.residuals[relation] else { return true };
        let tested = &self.index.relations[relation];
        let residual = terms.iter().try_fold(tree.sum(), |sum, term| {
            let others = sum?.checked_sub(tree.term(*term)?)?;
            Some(others.checked_add(tested.term(*term, &self.facts)?))
        });
        let residual = residual.flatten().and_then(|sum| sum.checked_mul(tested.report_scale));
        residual.is_none_or(|residual| residual == self.index.allowed_residual(relation))
    }

    fn residual(&self, relation: usize) -> Option<Decimal> {
        let residual = match &self.residuals[relation] {
            Residual::Balance(tree) => tree.sum()?.checked_mul(self.index.relations[relation].report_scale)?,
            Residual::Whole(residual) => (*residual)?,
        };
        Some(residual.normalize())
    }

    /// Whether a relation has the residual it may have.
    pub fn holds(&self, relation: usize) -> bool {
        self.residual(relation) == Some(self.index.allowed_residual(relation))
    }

    /// How far a relation is from holding, in the unit it is reported in.
    pub fn excess(&self, relation: usize) -> Option<Decimal> {
        self.residual(relation)?.checked_sub(self.index.allowed_residual(relation))
    }

    /// The relations of a fact that do not hold.
    pub fn broken_by(&self, fact: FactId) -> Vec<usize> {
        let relations = self.index.terms_of(fact).iter().map(|(relation, _)| *relation);
        relations.filter(|relation| !self.holds(*relation)).collect()
    }
}
