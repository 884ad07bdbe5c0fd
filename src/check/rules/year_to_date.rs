//! Year to date: the amount of a quarter equals the year to date less the year to date at the start of the quarter.
//!
//! **What it checks.** A `[[year_to_date]]` names the statement for the year to date and the statement for the quarter.
//! For each line id that is in both, the quarter must equal the year to date less the year to date at the start of the
//! quarter. The earlier amount comes from the same statement, or from the same statement of a release that `[release]
//! prior` names; columns without an earlier amount are not checked. List balances and averages in `except`; a line that
//! does add up must not be listed.
//!
//! **Why.** Interim reports show the quarter beside the year to date (IAS 34.20, Regulation S-X 10-01). The quarter is
//! usually calculated by subtracting amounts of a release in another folder.
//!
//! **Example.** `earlier/year_to_date`
//!
//! **How to fix it.** One of three amounts is wrong: the quarter, the year to date, or the earlier amount. If the earlier
//! amount was restated, the quarter absorbs the difference: waive the relation by its name and give the reason.

use super::super::{
    CheckInput, CheckResults,
    prior_release::published_term,
    relation::{Facts, Relation},
    sum::{balance, place_of, term},
};
use crate::{
    diag::Diagnostic,
    figures::Book,
    model::{At, Line, PeriodSpan, Statement, YearToDate},
};

/// A year to date, the quarter at its end, and the days before that quarter.
struct Days<'a> {
    year: &'a str,
    quarter: &'a str,
    before: PeriodSpan,
}

/// Every line of every pair of statements.
pub fn relations(input: &CheckInput, results: &mut CheckResults) {
    let release = input.book.release;
    let earlier: Vec<_> = input.earlier.iter().map(Book::new).collect();
    for declared in &release.year_to_date {
        let both = release.statement(&declared.statement.value).zip(release.statement(&declared.quarter.value));
        let Some((year, quarter)) = both else { continue };
        let days = matching_columns(input, year, quarter);
        let mut found = false;
        for line in quarter.lines.iter().filter(|line| !line.id.value.is_empty()) {
            let of = |days| line_relations(input, &earlier, (year, quarter), line, days);
            let relations: Vec<_> = days.iter().flat_map(of).collect();
            found |= !relations.is_empty();
            match declared.except.iter().find(|except| except.value == line.id.value) {
                Some(except) => check_exception(input, except, &relations, results),
                None => results.relations.extend(relations),
            }
        }
        if !found && !input.book.has_pending && input.earlier.len() == release.prior.len() {
            results.push(no_earlier_amount(declared));
        }
    }
}

/// The columns that end on the same day, the year's beginning before the quarter's.
fn matching_columns<'a>(input: &CheckInput, year: &'a Statement, quarter: &'a Statement) -> Vec<Days<'a>> {
    let span = |period: &At<String>| input.book.release.period(&period.value).map(|period| period.span);
    let mut days = Vec::new();
    for whole in &year.periods {
        for part in &quarter.periods {
            if let (Some(PeriodSpan::Duration { from, to }), Some(PeriodSpan::Duration { from: begins, to: ends })) =
                (span(whole), span(part))
                && to == ends
                && from < begins
            {
                let before = PeriodSpan::Duration { from, to: begins.previous() };
                days.push(Days { year: &whole.value, quarter: &part.value, before });
            }
        }
    }
    days
}

fn line_relations(
    input: &CheckInput,
    earlier: &[Book],
    (year, quarter): (&Statement, &Statement),
    line: &Line,
    days: &Days,
) -> Vec<Relation> {
    let name = year.full_name(&line.id.value);
    let members = quarter.member_names().into_iter();
    let of_member = |member| quarter_relation(input, earlier, &name, (quarter, line), days, member);
    members.filter_map(of_member).collect()
}

fn quarter_relation(
    input: &CheckInput,
    earlier: &[Book],
    name: &str,
    (quarter, line): (&Statement, &Line),
    days: &Days,
    member: &str,
) -> Option<Relation> {
    let named = (!member.is_empty()).then_some(member);
    let unit = quarter.unit_of(line);
    let own = quarter.full_name(&line.id.value);
    let stated = term(input, &own, days.quarter, named, false)?;
    let year = term(input, name, days.year, named, false)?;
    let here = input.book.release.periods.iter().filter(|period| period.span == days.before);
    let here = here.filter_map(|period| term(input, name, &period.id.value, named, true)).next();
    let published = || earlier.iter().find_map(|earlier| published_term(earlier, name, days.before, named, &unit.base));
    let mut before = here.or_else(published)?;
    before.deducted = true;
    let place = place_of(line, days.quarter, member);
    let (constraint, report_scale) = balance(stated, vec![year, before], unit, &place)?;
    let of = named.map_or(String::new(), |member| format!("[{member}]"));
    let (own, whole) = (format!("{own}{of}@{}", days.quarter), format!("{name}{of}@{}", days.year));
    Some(Relation {
        name: format!("year-to-date:{own}"),
        family: "year-to-date",
        message: format!("`{own}` does not equal `{whole}` less the earlier quarters"),
        place,
        scope: days.quarter.to_owned(),
        terms: vec![own, whole],
        constraint,
        report_scale,
        pin: None,
    })
}

/// That a line which is excepted adds up, or cannot be told to.
fn check_exception(input: &CheckInput, except: &At<String>, relations: &[Relation], results: &mut CheckResults) {
    let facts = Facts::of(input.book);
    let holds = |relation: &Relation| relation.residual(&facts).is_ok_and(|left| left.is_zero());
    if relations.iter().all(holds) && !input.book.has_pending && input.earlier.len() == input.book.release.prior.len() {
        let finding = Diagnostic::error("unused", format!("`{}` agrees without the exception", except.value));
        results.push(finding.at(&except.place, "there is no residual"));
    }
}

fn no_earlier_amount(declared: &YearToDate) -> Diagnostic {
    let message = format!("nothing tells what `{}` was before the quarter", declared.statement.value);
    let finding = Diagnostic::error("year-to-date", message).at(&declared.place, "");
    finding.help("name the release of the quarter before: `[release] prior = \"…\"`")
}
