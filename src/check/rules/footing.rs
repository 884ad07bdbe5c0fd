//! Footing: the parts of every total and subtotal add up to it, at the books' precision, in every period.
//!
//! **What it demands.** A line with a `sum` equals its parts, those written `"-id"` deducted, in every period and for
//! every member. Amounts of different precision are compared at the coarsest one. A blank total claims nothing; a
//! blank part counts as nothing.
//!
//! **Why.** Casting the statements is an auditor's first step on any set of accounts (ISA 500, recalculation). Totals
//! are entered, not computed, so that there is something to check against.
//!
//! **An example.** `relations/footing`
//!
//! **How to mend it.** Compare the line with the ledger: a part, the total, a missing line or a missing `-` may be
//! wrong. If the amounts are rounded in the books themselves (a schedule known only in millions) and the note says
//! that declared precision explains what is left over, pin it beside the values: `residual = [0, 1]`. If it was
//! published so although nothing explains it, waive the relation by its name, with the reason.

use super::super::{
    CheckInput, CheckResults,
    relation::Relation,
    sum::{balance, place_of, term, terms},
};
use crate::model::{Line, Statement};

/// Every line that names its parts, in every period and for every member.
pub fn relations(input: &CheckInput, results: &mut CheckResults) {
    for statement in &input.book.release.statements {
        for line in statement.lines.iter().filter(|line| !line.sum.is_empty()) {
            for period in &statement.periods {
                let members = statement.member_names().into_iter();
                let relations = members.filter_map(|member| foot(input, statement, line, &period.value, member));
                results.relations.extend(relations);
            }
        }
    }
}

fn foot(input: &CheckInput, statement: &Statement, line: &Line, period: &str, member: &str) -> Option<Relation> {
    let named = (!member.is_empty()).then_some(member);
    let name = format!("{}.{}", statement.id.value, line.id.value);
    // A total that is left blank claims nothing.
    let total = term(input, &name, period, named, false)?;
    let unit = statement.unit_of(line);
    let names: Vec<_> = line.sum.iter().map(|part| statement.full_name(&part.name)).collect();
    let parts = line.sum.iter().zip(&names).map(|(part, name)| (name.clone(), named, part.deducted));
    let parts = terms(input, unit, period, parts)?;
    let place = place_of(line, period, member);
    let (test, report_scale) = balance(total, parts, unit, &place)?;
    let of = named.map_or(String::new(), |member| format!("[{member}]"));
    let pin = line.residuals.get(&(period.to_owned(), member.to_owned()));
    Some(Relation {
        name: format!("footing:{name}{of}@{period}"),
        family: "footing",
        message: format!("the parts of `{name}{of}` do not add up to it"),
        place,
        scope: period.to_owned(),
        terms: std::iter::once(&name).chain(&names).map(|name| format!("{name}{of}@{period}")).collect(),
        test,
        report_scale,
        pin: pin.map(|pin| (pin.value, pin.place.clone())),
    })
}
