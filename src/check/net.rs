//! The net of relations over facts: which relations a change of one fact would break.

use super::{Facts, Ledger, Relation};
use crate::{
    figures::{Book, FactId},
    model::{Balance, Decimal},
};

/// Relations, the residual each may have, and which of them each fact takes part in.
pub struct Net<'a> {
    pub relations: &'a [Relation],
    expected: Vec<Decimal>,
    of_fact: Vec<Vec<usize>>,
    nearby: Vec<Vec<FactId>>,
    comparatives: Vec<Option<FactId>>,
    balances: Vec<Option<Balance>>,
}

impl<'a> Net<'a> {
    /// The net of everything that was looked at.
    pub fn new(book: &Book, ledger: &'a Ledger, facts: &Facts) -> Self {
        let mut of_fact = vec![Vec::new(); facts.values.len()];
        for (index, relation) in ledger.relations.iter().enumerate() {
            relation.facts().into_iter().for_each(|id| of_fact[id].push(index));
        }
        let expected = ledger.verdicts.iter().map(|verdict| verdict.residual().normalize()).collect();
        let all = 0..facts.values.len();
        let nearby = all.clone().map(|fact| neighbours(book, fact)).collect();
        let comparatives = all.map(|fact| comparative(book, fact)).collect();
        let balances = book.entered.iter().map(|entered| entered.line.balance).collect();
        Self { relations: &ledger.relations, expected, of_fact, nearby, comparatives, balances }
    }

    /// The facts beside a fact: the same line in other periods and members, and the lines above and below it.
    pub fn nearby(&self, id: FactId) -> &[FactId] {
        &self.nearby[id]
    }

    /// The same line in another period.
    pub fn comparative(&self, id: FactId) -> Option<FactId> {
        self.comparatives[id]
    }

    /// The relations that a fact takes part in.
    pub fn of(&self, id: FactId) -> &[usize] {
        &self.of_fact[id]
    }

    /// Whether a value is on the other side than the fact's line declares.
    pub fn is_turned(&self, id: FactId, value: Decimal) -> bool {
        self.balances[id].is_some_and(|balance| balance.excludes(value))
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

fn comparative(book: &Book, fact: FactId) -> Option<FactId> {
    let here = &book.entered[fact];
    (0..book.entered.len()).find(|id| {
        let there = &book.entered[*id];
        *id != fact && std::ptr::eq(there.line, here.line) && there.member == here.member
    })
}

fn neighbours(book: &Book, fact: FactId) -> Vec<FactId> {
    let here = &book.entered[fact];
    let same_cell = |id: &FactId| {
        let there = &book.entered[*id];
        there.period == here.period && there.member == here.member
    };
    let in_statement = |id: &FactId| std::ptr::eq(book.entered[*id].statement, here.statement);
    let of_line = |id: &FactId| std::ptr::eq(book.entered[*id].line, here.line);
    let all = || (0..book.entered.len()).filter(in_statement);
    let above = all().filter(|id| *id < fact && same_cell(id) && !of_line(id)).last();
    let below = all().find(|id| *id > fact && same_cell(id) && !of_line(id));
    all().filter(|id| *id != fact && of_line(id)).chain(above).chain(below).collect()
}
