//! Displayed footing: the printed column (or row) of every table adds up as printed, at its scale, in its currency,
//! in its percentages: what a reader with a calculator sees.
//!
//! **What it demands.** Where a table prints a total and all of its parts in the same column, the printed figures add
//! up. The parts are those of the line's `sum`, of a measure's formula, of the members, or of the row's own `sum`.
//! Truncated columns are the exception: a release that declares truncation tells its readers that they do not add up,
//! and its books are footed under them.
//!
//! **Why.** Every figure is rounded from the books by itself, so that a printed column can miss its total by a unit.
//! Preparers force printed columns to foot, and readers check them; a difference wants a reason.
//!
//! **An example.** `relations/displayed`
//!
//! **How to mend it.** First mend what else is found: a wrong amount breaks the books as well as the page. Of what
//! remains, rounding is the cause. Move one figure by one unit with `[[adjust]]` (`kessan adjust` proposes the fewest
//! moves), or let the column stand and say so with `[[acknowledge]]` and the residual from the note.

use std::collections::BTreeMap;

use super::super::{
    Checked, Ledger,
    relation::{Relation, Test},
};
use crate::{
    figures::Nothing,
    model::{Decimal, Expr, Mode, Node, Operator, Part},
    present::{CellUse, Use},
};

/// How far down a part that is not printed is looked for among its own parts.
const DEPTH: usize = 4;

/// Cells of one table that may add up: everything but the line (and row) they show.
type Key<'a> = (&'a str, Option<&'a str>, String, &'a str);

/// Every printed total whose parts are printed beside it.
pub fn relations(checked: &Checked, ledger: &mut Ledger) {
    let mut tables: BTreeMap<&str, Vec<(&Use, &CellUse)>> = BTreeMap::new();
    for used in &checked.presented.uses {
        let cut = used.recipe.rounded.mode == Mode::Truncate;
        if let Some(cell) = used.cell.as_ref().filter(|cell| cell.adds_up && !cut) {
            tables.entry(&used.place).or_default().push((used, cell));
        }
    }
    for (table, cells) in tables {
        let printed = Printed::new(checked, table, &cells);
        for (used, cell) in &cells {
            ledger.relations.extend(printed.by_row(used, cell));
            ledger.relations.extend(printed.by_line(used, cell));
            ledger.relations.extend(printed.by_member(used, cell));
        }
    }
}

/// A table's cells, found by what they show.
struct Printed<'a, 'c, 'r> {
    checked: &'a Checked<'c, 'r>,
    table: &'a str,
    by_line: BTreeMap<(String, Key<'a>), &'a Use>,
    by_row: BTreeMap<(&'a str, usize), &'a Use>,
}

/// A part's cell, and whether it is deducted.
type Found<'a> = Vec<(&'a Use, bool)>;

impl<'a, 'c, 'r> Printed<'a, 'c, 'r> {
    fn new(checked: &'a Checked<'c, 'r>, table: &'a str, cells: &[(&'a Use, &'a CellUse)]) -> Self {
        let mut printed = Self { checked, table, by_line: BTreeMap::new(), by_row: BTreeMap::new() };
        for (used, cell) in cells {
            printed.by_line.entry((printed.canonical(&cell.line), key(cell))).or_insert(used);
            printed.by_row.insert((&cell.row, cell.column), used);
        }
        printed
    }

    /// The line's own name, whatever statement refers to it.
    fn canonical(&self, name: &str) -> String {
        let line = self.checked.book.line(name);
        line.map_or_else(|| name.to_owned(), |(statement, line)| format!("{}.{}", statement.id.value, line.id.value))
    }

    /// A row that names its parts itself.
    fn by_row(&self, used: &'a Use, cell: &'a CellUse) -> Option<Relation> {
        if cell.sum.is_empty() {
            return None;
        }
        let part = |part: &Part| Some((*self.by_row.get(&(part.name.as_str(), cell.column))?, part.deducted));
        let found: Option<Found> = cell.sum.iter().map(part).collect();
        self.relation(used, cell, found?, "")
    }

    /// A line whose statement (or formula) names its parts.
    fn by_line(&self, used: &'a Use, cell: &'a CellUse) -> Option<Relation> {
        let mut found = Found::new();
        self.parts_of(&cell.line, cell, false, 0, &mut found)?;
        self.relation(used, cell, found, "")
    }

    /// The member that is the total of others.
    fn by_member(&self, used: &'a Use, cell: &'a CellUse) -> Option<Relation> {
        let (statement, line) = self.checked.book.line(&cell.line)?;
        if statement.across_except.iter().any(|except| except.value == line.id.value) {
            return None;
        }
        let across = statement.across.iter().find(|across| Some(&across.total.value) == cell.member.as_ref())?;
        let mut found = Found::new();
        for part in &across.parts {
            let key = (cell.period.as_str(), Some(part.name.as_str()), cell.unit.to_string(), cell.show.as_str());
            match self.by_line.get(&(self.canonical(&cell.line), key)) {
                Some(other) => found.push((other, part.deducted)),
                None => self.is_blank(&cell.line, &cell.period, Some(&part.name)).then_some(())?,
            }
        }
        self.relation(used, cell, found, " across")
    }

    /// The printed cells of a line's parts; none when one of them is neither printed nor blank.
    fn parts_of(
        &self,
        line: &str,
        cell: &'a CellUse,
        deducted: bool,
        depth: usize,
        found: &mut Found<'a>,
    ) -> Option<()> {
        let parts = self.named_parts(line);
        if parts.is_empty() || depth > DEPTH {
            return None;
        }
        for (name, negative) in parts {
            let deducted = deducted != negative;
            match self.by_line.get(&(self.canonical(&name), key(cell))) {
                Some(part) => found.push((part, deducted)),
                None if self.is_blank(&name, &cell.period, cell.member.as_deref()) => {}
                None => self.parts_of(&name, cell, deducted, depth + 1, found)?,
            }
        }
        Some(())
    }

    fn named_parts(&self, name: &str) -> Vec<(String, bool)> {
        let release = self.checked.book.release;
        let own = release.line(name).filter(|(_, line)| !line.sum.is_empty());
        if let Some((statement, line)) = own.or_else(|| release.target(name)) {
            return line.sum.iter().map(|part| (statement.full_name(&part.name), part.deducted)).collect();
        }
        let mut parts = Vec::new();
        match release.measure(name) {
            Some(measure) if flatten(&measure.formula, false, &mut parts) && parts.len() > 1 => parts,
            _ => Vec::new(),
        }
    }

    fn is_own_unit(&self, used: &Use) -> bool {
        let line = used.cell.as_ref().and_then(|cell| self.checked.book.line(&cell.line));
        line.is_some_and(|(statement, line)| {
            let unit = statement.unit_of(line);
            unit.base == used.recipe.unit.base && unit.scale == used.recipe.unit.scale
        })
    }

    fn is_blank(&self, line: &str, period: &str, member: Option<&str>) -> bool {
        let entry = self.checked.book.entry(line, period, member).map(|(_, entry)| entry);
        matches!(entry, Some(crate::model::Entry::Blank)) || self.is_nothing(line, period, member)
    }

    fn is_nothing(&self, line: &str, period: &str, member: Option<&str>) -> bool {
        let place = self.checked.presented.uses.first().map(|used| used.at.clone());
        let Some(place) = place else { return false };
        let expr = Expr { node: Node::Line { name: line.to_owned(), member: None }, place };
        matches!(self.checked.book.bound(&expr, period, member), Ok(Err(Nothing::Blank)))
    }

    fn relation(&self, used: &Use, cell: &CellUse, parts: Found, how: &str) -> Option<Relation> {
        if parts.is_empty() || parts.iter().any(|(part, _)| std::ptr::eq(*part, used)) {
            return None;
        }
        // Printed as entered, the column is the footing itself.
        let as_entered =
            |used: &Use| used.recipe.is_fact && used.recipe.rounded.moved.is_none() && self.is_own_unit(used);
        if cell.sum.is_empty() && as_entered(used) && parts.iter().all(|(part, _)| as_entered(part)) {
            return None;
        }
        let unit =
            if cell.unit.base == crate::model::Unit::PERCENT { String::from("%") } else { cell.unit.to_string() };
        let terms = std::iter::once(used).chain(parts.iter().map(|(part, _)| *part));
        let terms = terms.map(|term| term.name().to_owned()).collect();
        let parts = parts.into_iter().map(|(part, deducted)| (part.recipe.rounded.clone(), deducted)).collect();
        Some(Relation {
            name: format!("displayed:{}/{}/{unit}{how}", self.table, used.name()),
            family: "displayed",
            message: format!("in the table `{}`, the printed parts of `{}` do not add up to it", self.table, cell.row),
            place: used.at.clone(),
            of: format!("{}, {unit}", cell.period),
            terms,
            test: Test::Balance { total: used.recipe.rounded.clone(), parts },
            tell: Decimal::ONE,
            pin: None,
        })
    }
}

fn key(cell: &CellUse) -> Key<'_> {
    (&cell.period, cell.member.as_deref(), cell.unit.to_string(), &cell.show)
}

/// The lines of a formula that only adds and deducts them.
fn flatten(expr: &Expr, negative: bool, parts: &mut Vec<(String, bool)>) -> bool {
    match &expr.node {
        Node::Line { name, member: None } => {
            parts.push((name.clone(), negative));
            true
        }
        Node::Negative(inner) => flatten(inner, !negative, parts),
        Node::Binary(Operator::Add, left, right) => flatten(left, negative, parts) && flatten(right, negative, parts),
        Node::Binary(Operator::Subtract, left, right) => {
            flatten(left, negative, parts) && flatten(right, !negative, parts)
        }
        _ => false,
    }
}
