//! Footing: the parts of every total and subtotal add up to it in every period.
//!
//! **What it checks.** A line with a `sum` must equal the sum of its parts, in every period and for every member; parts
//! written as `"-id"` are deducted. Amounts of different precision are compared at the coarsest precision. A blank total
//! is not checked; a blank part and one that is `"n/a"` count as zero. A total must not be entered while one of its parts is
//! `"undecided"`.
//!
//! **Why.** Auditors recalculate the totals of every statement first (ISA 500, recalculation). Totals are entered and not
//! computed, so that there is something to check them against.
//!
//! **Example.** `relations/footing`
//!
//! **How to fix it.** Compare the line with the ledger. A part or the total may be wrong, or the `sum` may lack a line or
//! a `-`. If the entered amounts are themselves rounded, as in a schedule that is known only in millions, and the note
//! says that rounding can explain the difference, record it beside the values: `residual = [0, 1]`. If the amounts were
//! published with a difference that rounding cannot explain, waive the relation by its name and give the reason.

use super::super::{
    CheckInput, CheckResults,
    relation::Relation,
    sum::{balance, place_of, term, terms, undecided_part},
};
use crate::model::{Line, Statement};

/// Every line that names its parts, in every period and for every member.
pub fn relations(input: &CheckInput, results: &mut CheckResults) {
    for statement in &input.book.release.statements {
        for line in statement.lines.iter().filter(|line| !line.sum.is_empty()) {
            for period in &statement.periods {
                let members = statement.member_names().into_iter();
                for member in members {
                    let parts = line.sum.iter().map(|part| (statement.full_name(&part.name), member));
                    let total = (statement, line, period.value.as_str(), member);
                    results.findings.extend(undecided_part("footing", input, total, parts));
                    results.relations.extend(line_relation(input, statement, line, &period.value, member));
                }
            }
        }
    }
}

fn line_relation(
    input: &CheckInput,
    statement: &Statement,
    line: &Line,
    period: &str,
    member: &str,
) -> Option<Relation> {
    let named = (!member.is_empty()).then_some(member);
    let name = statement.name_of(line);
    // A total that is left blank claims nothing.
    let total = term(input, &name, period, named, false)?;
    let unit = statement.unit_of(line);
    let names: Vec<_> = line.sum.iter().map(|part| statement.full_name(&part.name)).collect();
    let parts = line.sum.iter().zip(&names).map(|(part, name)| (name.clone(), named, part.deducted));
    let parts = terms(input, unit, period, parts)?;
    let place = place_of(line, period, member);
    let (constraint, report_scale) = balance(total, parts, unit, &place)?;
    let of = named.map_or(String::new(), |member| format!("[{member}]"));
    let pin = line.residuals.get(&(period.to_owned(), member.to_owned()));
    Some(Relation {
        name: format!("footing:{name}{of}@{period}"),
        family: "footing",
        message: format!("the parts of `{name}{of}` do not add up to it"),
        place,
        scope: period.to_owned(),
        terms: std::iter::once(&name).chain(&names).map(|name| format!("{name}{of}@{period}")).collect(),
        constraint,
        report_scale,
        pin: pin.map(|pin| (pin.value, pin.place.clone())),
    })
}
