//! Cross-footing: in every line of a statement with members, the members add up to their total.
//!
//! **What it checks.** `member_sum.total = ["capital", "earnings"]` says that `capital` plus `earnings` equals `total`.
//! The sum must hold in every line and period of the statement, except in the lines of `member_sum_except`.
//!
//! **Why.** A statement of changes in equity reconciles each component and the total (IAS 1.106, ASC 505-10-50-2).
//! Together with footing, a wrong amount breaks one row and one column; the wrong amount is where they cross.
//!
//! **Example.** `relations/cross_footing`
//!
//! **How to fix it.** Check the values of the line: they are in the order of `members`. If the sum has no meaning for a
//! line, such as comprehensive income beside its components, list the line in `member_sum_except`.

use super::super::{
    CheckInput, CheckResults,
    relation::Relation,
    sum::{balance, place_of, term, terms, undecided_part},
};
use crate::model::{Line, MemberSum, Statement};

/// Every line of every statement that says which members add up to which.
pub fn relations(input: &CheckInput, results: &mut CheckResults) {
    for statement in &input.book.release.statements {
        for member_sum in &statement.member_sums {
            for line in statement.lines.iter().filter(|line| applies(statement, line)) {
                for period in &statement.periods {
                    let name = statement.name_of(line);
                    let parts = member_sum.parts.iter().map(|part| (name.clone(), part.name.as_str()));
                    let total = (statement, line, period.value.as_str(), member_sum.total.value.as_str());
                    results.findings.extend(undecided_part("cross-footing", input, total, parts));
                    results.relations.extend(line_relation(input, statement, member_sum, line, &period.value));
                }
            }
        }
    }
}

fn applies(statement: &Statement, line: &Line) -> bool {
    !line.id.value.is_empty() && !statement.member_sum_except.iter().any(|except| except.value == line.id.value)
}

fn line_relation(
    input: &CheckInput,
    statement: &Statement,
    member_sum: &MemberSum,
    line: &Line,
    period: &str,
) -> Option<Relation> {
    let name = statement.name_of(line);
    let member = member_sum.total.value.as_str();
    let total = term(input, &name, period, Some(member), false)?;
    let unit = statement.unit_of(line);
    let parts = member_sum.parts.iter().map(|part| (name.clone(), Some(part.name.as_str()), part.deducted));
    let parts = terms(input, unit, period, parts)?;
    let place = place_of(line, period, member);
    let (constraint, report_scale) = balance(total, parts, unit, &place)?;
    Some(Relation {
        name: format!("cross-footing:{name}[{member}]@{period}"),
        family: "cross-footing",
        message: format!("the members of `{name}` do not add up to `{member}`"),
        place,
        scope: period.to_owned(),
        terms: std::iter::once(member)
            .chain(member_sum.parts.iter().map(|part| part.name.as_str()))
            .map(|member| format!("{name}[{member}]@{period}"))
            .collect(),
        constraint,
        report_scale,
        pin: None,
    })
}
