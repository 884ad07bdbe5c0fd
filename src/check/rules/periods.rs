//! Periods: the amounts of the periods that make up a longer one add up to its amount.
//!
//! **What it checks.** If a statement has a period and the shorter periods that make it up (the quarters and the year, the
//! half years and the year, the year to date and the last quarter), every flow must add up: the amounts of the shorter
//! periods equal the amount of the longer one. Flows are all lines in money, apart from amounts per something, averages
//! (by the `average` words of the language) and balances (lines tied to an opening balance or to a balance sheet). `flow =
//! true` on a line includes it, such as a number of units sold; `flow = false` excludes it. Truncated amounts may differ
//! by what truncation explains.
//!
//! **Why.** A reader adds the quarters up (IAS 34.20 sets the quarter beside the year to date). No total within one column
//! notices an amount that was entered in the wrong column.
//!
//! **Example.** `relations/periods`
//!
//! **How to fix it.** One of the amounts is wrong, or the line is a balance: give it `flow = false`. If the amounts are
//! rounded and the note says that rounding can explain the difference, `[[acknowledge]]` the relation.

use std::cell::OnceCell;

use super::super::{
    CheckInput, CheckResults,
    relation::{Facts, Relation},
    sum::{balance, place_of, term},
};
use crate::{
    diag::quoted_list,
    model::{Line, Period, RoundingMode, Statement, period_parts},
};

/// Every flow of every statement, in every period that others of the statement make up.
pub fn relations(input: &CheckInput, results: &mut CheckResults) {
    let facts = OnceCell::new();
    // Truncated amounts often do not add up; a release that declares truncation says so.
    let is_expected = |relation: &Relation| {
        relation.rounding_mode() == Some(RoundingMode::Truncate)
            && relation.is_explained(facts.get_or_init(|| Facts::of(input.book)))
    };
    for statement in &input.book.release.statements {
        let periods: Vec<_> =
            statement.periods.iter().filter_map(|period| input.book.release.period(&period.value)).collect();
        for whole in &periods {
            for parts in period_parts(whole, &periods) {
                let relations = line_relations(input, statement, whole, &parts);
                results.relations.extend(relations.into_iter().filter(|relation| !is_expected(relation)));
            }
        }
    }
}

fn line_relations(input: &CheckInput, statement: &Statement, whole: &Period, parts: &[&Period]) -> Vec<Relation> {
    let mut relations = Vec::new();
    for line in statement.lines.iter().filter(|line| line.reference.is_none()) {
        let name = statement.full_name(&line.id.value);
        if !input.book.adds_over_time(&name, &input.words.prose.average) {
            continue;
        }
        let of_member = |member| line_relation(input, statement, line, whole, parts, member);
        relations.extend(statement.member_names().into_iter().filter_map(of_member));
    }
    relations
}

fn line_relation(
    input: &CheckInput,
    statement: &Statement,
    line: &Line,
    whole: &Period,
    parts: &[&Period],
    member: &str,
) -> Option<Relation> {
    let named = (!member.is_empty()).then_some(member);
    let name = statement.full_name(&line.id.value);
    let of = named.map_or(String::new(), |member| format!("[{member}]"));
    let unit = statement.unit_of(line);
    let total = term(input, &name, &whole.id.value, named, false)?;
    // An amount that is not known makes no sum.
    let terms =
        parts.iter().map(|part| term(input, &name, &part.id.value, named, false)).collect::<Option<Vec<_>>>()?;
    let place = place_of(line, &whole.id.value, member);
    let (constraint, report_scale) = balance(total, terms, unit, &place)?;
    let names: Vec<_> = parts.iter().map(|part| part.id.value.as_str()).collect();
    let figure = |period: &str| format!("{name}{of}@{period}");
    Some(Relation {
        name: format!("periods:{} = {}", figure(&whole.id.value), names.join(" + ")),
        family: "periods",
        message: format!(
            "the amounts of `{name}{of}` in {} do not add up to `{}`",
            quoted_list(&names),
            whole.id.value
        ),
        place,
        scope: whole.id.value.clone(),
        terms: [whole.id.value.as_str()].into_iter().chain(names).map(figure).collect(),
        constraint,
        report_scale,
        pin: None,
    })
}
