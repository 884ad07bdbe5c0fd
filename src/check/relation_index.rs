//! An index of relations by fact: which relations a change of one fact affects.

use std::collections::BTreeMap;

use super::{CheckResults, Facts, Relation};
use crate::{
    figures::{Book, FactId},
    model::{Balance, Decimal},
};

/// Relations, the residual each may have, and which of them each fact takes part in.
pub struct RelationIndex<'a> {
    pub relations: &'a [Relation],
    allowed_residual: Vec<Decimal>,
    terms_of_fact: Vec<Vec<(usize, Vec<usize>)>>,
    nearby: Vec<Vec<FactId>>,
    comparatives: Vec<Option<FactId>>,
    balances: Vec<Option<Balance>>,
}

impl<'a> RelationIndex<'a> {
    /// Builds the index of all relations of a release.
    pub fn new(book: &Book, results: &'a CheckResults, facts: &Facts) -> Self {
        let mut terms_of_fact: Vec<Vec<(usize, Vec<usize>)>> = vec![Vec::new(); facts.values.len()];
        for (index, relation) in results.relations.iter().enumerate() {
            for (term, ids) in relation.facts_by_term().into_iter().enumerate() {
                for id in ids {
                    match terms_of_fact[id].last_mut().filter(|(last, _)| *last == index) {
                        Some((_, terms)) => terms.push(term),
                        None => terms_of_fact[id].push((index, vec![term])),
                    }
                }
            }
        }
        let allowed_residual = results.verdicts.iter().map(|verdict| verdict.residual().normalize()).collect();
        let all = 0..facts.values.len();
        let by_line = ByLine::new(book);
        let nearby = all.clone().map(|fact| by_line.neighbours(fact)).collect();
        let comparatives = all.map(|fact| by_line.comparative(fact)).collect();
        let balances = book.entered.iter().map(|entered| entered.line.balance).collect();
        Self { relations: &results.relations, allowed_residual, terms_of_fact, nearby, comparatives, balances }
    }

    /// The facts beside a fact: the same line in other periods and members, and the lines above and below it.
    pub fn nearby(&self, id: FactId) -> &[FactId] {
        &self.nearby[id]
    }

    /// The same line in another period.
    pub fn comparative(&self, id: FactId) -> Option<FactId> {
        self.comparatives[id]
    }

    /// The relations that a fact takes part in, ascending, each with the terms that it is in.
    pub fn terms_of(&self, id: FactId) -> &[(usize, Vec<usize>)] {
        &self.terms_of_fact[id]
    }

    /// Whether a fact takes part in a relation.
    pub fn takes_part(&self, id: FactId, relation: usize) -> bool {
        self.terms_of_fact[id].binary_search_by_key(&relation, |(relation, _)| *relation).is_ok()
    }

    /// The residual that a relation may have.
    pub fn allowed_residual(&self, relation: usize) -> Decimal {
        self.allowed_residual[relation]
    }

    /// Whether a value has the sign that the fact's line excludes.
    pub fn has_wrong_sign(&self, id: FactId, value: Decimal) -> bool {
        self.balances[id].is_some_and(|balance| balance.excludes(value))
    }
}

/// A cell of a line: its period and member.
type Cell<'b> = (&'b str, &'b str);

/// How many facts of the same line are near, on either side.
const NEAR: usize = 16;

/// Entered amounts by line, in the order of the statements.
struct ByLine<'b, 'r> {
    book: &'b Book<'r>,
    lines: Vec<Vec<FactId>>,
    line_of: Vec<usize>,
    /// The cells of each line.
    cells: Vec<BTreeMap<Cell<'b>, FactId>>,
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
        let cell = |id: &FactId| ((book.entered[*id].period, book.entered[*id].member), *id);
        // Of two facts in one cell the first counts.
        let cells = lines.iter().map(|facts| facts.iter().rev().map(cell).collect()).collect();
        Self { book, lines, line_of, cells }
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
        let above = (0..line).rev().map_while(|other| self.amount_in_line(other, fact)).flatten().next();
        let below = (line + 1..self.lines.len()).map_while(|other| self.amount_in_line(other, fact)).flatten().next();
        let near = |id: &FactId| *id != fact && id.abs_diff(fact) <= NEAR;
        let first = self.lines[line].partition_point(|id| *id + NEAR < fact);
        let same = self.lines[line][first..].iter().copied().take(2 * NEAR + 1).filter(near);
        same.chain(above).chain(below).collect()
    }

    /// The amount of a line in the same period and for the same member; nothing at the end of the statement.
    fn amount_in_line(&self, line: usize, fact: FactId) -> Option<Option<FactId>> {
        let (here, there) = (&self.book.entered[fact], &self.book.entered[self.lines[line][0]]);
        std::ptr::eq(there.statement, here.statement)
            .then(|| self.cells[line].get(&(here.period, here.member)).copied())
    }
}
