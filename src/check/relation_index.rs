//! The net of relations over facts: which relations a change of one fact would break.

use super::{CheckResults, Facts, Relation};
use crate::{
    figures::{Book, FactId},
    model::{Balance, Decimal},
};

/// Relations, the residual each may have, and which of them each fact takes part in.
pub struct RelationIndex<'a> {
    pub relations: &'a [Relation],
    expected: Vec<Decimal>,
    of_fact: Vec<Vec<usize>>,
    nearby: Vec<Vec<FactId>>,
    comparatives: Vec<Option<FactId>>,
    balances: Vec<Option<Balance>>,
}

impl<'a> RelationIndex<'a> {
    /// The net of everything that was looked at.
    pub fn new(book: &Book, ledger: &'a CheckResults, facts: &Facts) -> Self {
        let mut of_fact = vec![Vec::new(); facts.values.len()];
        for (index, relation) in ledger.relations.iter().enumerate() {
            relation.facts().into_iter().for_each(|id| of_fact[id].push(index));
        }
        let expected = ledger.verdicts.iter().map(|verdict| verdict.residual().normalize()).collect();
        let all = 0..facts.values.len();
        let by_line = ByLine::new(book);
        let nearby = all.clone().map(|fact| by_line.neighbours(fact)).collect();
        let comparatives = all.map(|fact| by_line.comparative(fact)).collect();
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

/// Entered amounts by line, in the order of the statements.
struct ByLine<'b, 'r> {
    book: &'b Book<'r>,
    lines: Vec<Vec<FactId>>,
    line_of: Vec<usize>,
}

impl<'b, 'r> ByLine<'b, 'r> {
    fn new(book: &'b Book<'r>) -> Self {
        let mut lines: Vec<Vec<FactId>> = Vec::new();
        let mut line_of = Vec::new();
        for (id, entered) in book.entered.iter().enumerate() {
            let same = |facts: &&mut Vec<FactId>| std::ptr::eq(book.entered[facts[0]].line, entered.line);
            match lines.last_mut().filter(same) {
                Some(facts) => facts.push(id),
                None => lines.push(vec![id]),
            }
            line_of.push(lines.len() - 1);
        }
        Self { book, lines, line_of }
    }

    /// The same line in another period.
    fn comparative(&self, fact: FactId) -> Option<FactId> {
        let member = self.book.entered[fact].member;
        let others = self.lines[self.line_of[fact]].iter().copied();
        others.filter(|id| *id != fact).find(|id| self.book.entered[*id].member == member)
    }

    /// The same line in other periods and members, and the lines above and below it.
    fn neighbours(&self, fact: FactId) -> Vec<FactId> {
        let line = self.line_of[fact];
        let above = self.lines[..line].iter().rev().map_while(|facts| self.beside(facts, fact)).flatten().next();
        let below = self.lines[line + 1..].iter().map_while(|facts| self.beside(facts, fact)).flatten().next();
        self.lines[line].iter().copied().filter(|id| *id != fact).chain(above).chain(below).collect()
    }

    /// The amount of a line in the same period and for the same member; nothing at the end of the statement.
    fn beside(&self, facts: &[FactId], fact: FactId) -> Option<Option<FactId>> {
        let here = &self.book.entered[fact];
        let same_statement = std::ptr::eq(self.book.entered[facts[0]].statement, here.statement);
        let same_cell = |id: &FactId| {
            let there = &self.book.entered[*id];
            there.period == here.period && there.member == here.member
        };
        same_statement.then(|| facts.iter().copied().find(same_cell))
    }
}
