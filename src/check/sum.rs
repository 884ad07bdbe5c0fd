//! Sums of entered amounts as relations: each term a fact, brought to the coarsest precision that takes part.

use std::sync::Arc;

use super::{CheckInput, relation::Constraint};
use crate::{
    diag::{Diagnostic, Place},
    figures::{EnteredAmount, FactId, Formula, RoundedFormula, SharedFormula},
    model::{Decimal, Entry, Expr, Line, RoundingMode, Statement, Unit, UnitKind},
};

/// A term of a sum before it is known how coarse the coarsest is.
pub struct Term {
    pub formula: SharedFormula,
    /// One unit of its last place, in base units.
    pub step: Decimal,
    pub mode: RoundingMode,
    pub deducted: bool,
}

/// The amount of a line in a period, as a term; none for a line that is blank there.
pub fn term(input: &CheckInput, name: &str, period: &str, member: Option<&str>, deducted: bool) -> Option<Term> {
    entered_term(input, input.book.entry(name, period, member)?, deducted)
}

fn entered_term(input: &CheckInput, (id, entry): (FactId, Entry), deducted: bool) -> Option<Term> {
    let Entry::Amount(_) = entry else { return None };
    let EnteredAmount { step, mode, .. } = *input.book.entered.get(id)?;
    Some(Term { formula: Arc::new(Formula::Fact(id)), step, mode, deducted })
}

/// The terms of parts (name, member, whether deducted), blanks left out. None where one could not be read, is pending,
/// leads nowhere, or is in another unit than the total: that is reported elsewhere, and the relation is not judged.
pub fn terms<'a>(
    input: &CheckInput,
    unit: &Unit,
    period: &str,
    parts: impl Iterator<Item = (String, Option<&'a str>, bool)>,
) -> Option<Vec<Term>> {
    let mut terms = Vec::new();
    for (name, member, deducted) in parts {
        let (statement, line) = input.book.line(&name)?;
        let found = input.book.entry(&name, period, member);
        let is_unknown = matches!(found, Some((_, Entry::Unread | Entry::Pending)));
        if is_unknown || line.reference.is_some() || statement.unit_of(line).base != unit.base {
            return None;
        }
        terms.extend(found.and_then(|found| entered_term(input, found, deducted)));
    }
    Some(terms)
}

/// The finding that a total is entered although one of its parts (name and member) is undecided. The total is a line of a
/// statement in a period, of a member (empty where there are none).
pub fn undecided_part<'a>(
    rule: &'static str,
    input: &CheckInput,
    (statement, line, period, member): (&Statement, &Line, &str, &str),
    parts: impl Iterator<Item = (String, &'a str)>,
) -> Option<Diagnostic> {
    if !input.book.has_undecided {
        return None;
    }
    let some = |member: &'a str| (!member.is_empty()).then_some(member);
    let is_undecided = |(name, member): &(String, &'a str)| {
        matches!(input.book.entry(name, period, some(member)), Some((_, Entry::Undecided)))
    };
    let total = line.facts.get(&(period.to_owned(), member.to_owned()))?;
    let (part, of) = parts.into_iter().find(is_undecided).filter(|_| matches!(total.entry, Entry::Amount(_)))?;
    let named = |name: &str, member: &str| match member {
        "" => format!("`{name}`"),
        member => format!("`{name}[{member}]`"),
    };
    let total_name = named(&statement.full_name(&line.id.value), member);
    let message = format!("{total_name} is entered, but its part {} is undecided", named(&part, of));
    let finding = Diagnostic::error(rule, message).at(&total.place, period);
    let finding = match input.book.line(&part) {
        Some((_, line)) => finding.with(&place_of(line, period, of), "undecided"),
        None => finding,
    };
    let help = "enter the total as `\"undecided\"` too; a part that is nothing is `\"\"` or `\"n/a\"`";
    Some(finding.help(help))
}

/// The constraint that the parts add up to a total, and what one of its steps is in `unit`.
pub fn balance(total: Term, parts: Vec<Term>, unit: &Unit, place: &Place) -> Option<(Constraint, Decimal)> {
    let step = parts.iter().map(|part| part.step).fold(total.step, Decimal::max);
    let rounded = |term: Term| {
        let Term { formula, mode, .. } = term;
        RoundedFormula {
            formula,
            divisor: step,
            decimals: 0,
            mode,
            declared_change: None,
            applied: None,
            place: place.clone(),
        }
    };
    let parts = parts.into_iter().map(|part| (part.deducted, part)).map(|(deducted, part)| (rounded(part), deducted));
    let parts = parts.collect();
    Some((Constraint::Balance { total: rounded(total), parts }, step.checked_div(unit.scale.factor())?))
}

/// Where a line's amount is written: its own entry, or the line when it refers to another.
pub fn place_of(line: &Line, period: &str, member: &str) -> Place {
    let fact = line.facts.get(&(period.to_owned(), member.to_owned()));
    fact.map_or_else(|| line.id.place.clone(), |fact| fact.place.clone())
}

/// Where a figure's amount is entered; for one that is calculated, where its formula is.
pub fn amount_place(input: &CheckInput, figure: &Expr, formula: &Formula) -> Place {
    let entered = match formula {
        Formula::Fact(id) => input.book.entered.get(*id),
        _ => None,
    };
    entered.map_or_else(|| figure.place.clone(), |entered| entered.place.clone())
}

/// The step of a unit's last place as shown, in base units, and how its amounts are rounded.
pub fn step_of(input: &CheckInput, unit: &Unit) -> Option<(Decimal, RoundingMode)> {
    let units = &input.book.release.units;
    let rule = units.rule(&unit.base);
    let decimals = if unit.scaled { 0 } else { rule.map_or(0, |rule| rule.decimals) };
    let step = unit.scale.factor().checked_mul(Decimal::new(1, decimals))?;
    Some((step, units.rounding_mode(rule.map_or(UnitKind::Number, |rule| rule.kind))))
}
