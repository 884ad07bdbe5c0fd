//! Statements, measures and ranges as they are signed: amounts as entered, formulas, and the texts of each language.

use super::line::SignedLine;
use crate::{
    diag::Place,
    model::{At, Decimal, Entry, Line, Measure, PENDING, Part, PeriodSpan, Range, Release, Statement},
};

/// A statement: its unit and periods, and its lines in their order.
pub fn statement_lines(statement: &Statement, editions: &[&Release]) -> Vec<SignedLine> {
    let at = |key: String, text: &At<String>| SignedLine::new(key, &text.value, Some(&text.place));
    let unit = &statement.unit;
    let mut lines = vec![SignedLine::new("unit", unit.value.to_string(), Some(&unit.place))];
    lines.extend(statement.periods.iter().map(|period| period_line(period, editions)));
    let mut sums: Vec<_> = statement.member_sums.iter().collect();
    sums.sort_by_key(|sum| &sum.total.value);
    lines.extend(sums.into_iter().map(|sum| {
        let key = format!("member {}", sum.total.value);
        SignedLine::new(key, written_sum(&sum.parts), Some(&sum.total.place))
    }));
    lines.extend(statement.member_sum_except.iter().map(|line| at("member_sum_except".into(), line)));
    for (index, line) in statement.lines.iter().enumerate() {
        let name = match line.id.value.as_str() {
            "" => String::from("heading"),
            id => statement.full_name(id),
        };
        let same = |release: &Release| {
            let line = release.statement(&statement.id.value).and_then(|statement| statement.lines.get(index));
            line.map(|line| line.label.clone())
        };
        lines.extend(labels(&name, editions, same));
        lines.extend(amount_lines(&name, line));
    }
    lines
}

/// The days of a period.
fn period_line(period: &At<String>, editions: &[&Release]) -> SignedLine {
    let declared = editions.first().and_then(|release| release.period(&period.value));
    let days = declared.map(|period| match period.span {
        PeriodSpan::Duration { from, to } => format!("{from} to {to}"),
        PeriodSpan::Instant { at } => at.to_string(),
    });
    let place = declared.map_or(&period.place, |declared| &declared.id.place);
    SignedLine::new(format!("period {}", period.value), days.unwrap_or_default(), Some(place))
}

/// What a line declares of its amounts, then the amounts by period and member.
fn amount_lines(name: &str, line: &Line) -> Vec<SignedLine> {
    let mut lines = Vec::new();
    let mut add = |key: String, value: String, place: &Place| lines.push(SignedLine::new(key, value, Some(place)));
    if let Some(unit) = &line.unit {
        add(format!("{name} unit"), unit.value.to_string(), &unit.place);
    }
    for (key, text) in [("ref", &line.reference), ("compare_with", &line.compare_with), ("non_gaap", &line.non_gaap)] {
        if let Some(text) = text {
            add(format!("{name} {key}"), text.value.clone(), &text.place);
        }
    }
    if let Some(category) = &line.category {
        add(format!("{name} category"), category.value.word().to_owned(), &category.place);
    }
    if let Some(first) = line.sum.first() {
        add(format!("{name} sum"), written_sum(&line.sum), &first.place);
    }
    for ((period, member), fact) in &line.facts {
        add(amount_name(name, period, member), entry(fact.entry), &fact.place);
    }
    for ((period, member), residual) in &line.residuals {
        add(format!("{} residual", amount_name(name, period, member)), number(residual.value), &residual.place);
    }
    lines
}

/// A measure: its unit, its formulas and its label.
pub fn measure_lines(measure: &Measure, editions: &[&Release]) -> Vec<SignedLine> {
    let id = &measure.id.value;
    let unit = SignedLine::new("unit", measure.unit.value.to_string(), Some(&measure.unit.place));
    let formula = SignedLine::new("formula", measure.formula.to_string(), Some(&measure.formula.place));
    let further = measure.formula_in.iter().map(|(period, formula)| {
        SignedLine::new(format!("formula in {period}"), formula.to_string(), Some(&formula.place))
    });
    let non_gaap = measure.non_gaap.iter().map(|base| SignedLine::new("non_gaap", &base.value, Some(&base.place)));
    let mut lines: Vec<_> = [unit, formula].into_iter().chain(further).chain(non_gaap).collect();
    lines.extend(labels("", editions, |release| release.measure(id).and_then(|measure| measure.label.clone())));
    lines
}

/// A range: its ends and its label.
pub fn range_lines(range: &Range, editions: &[&Release]) -> Vec<SignedLine> {
    let id = &range.id.value;
    let end = |key: &str, end: &crate::model::Expr| SignedLine::new(key, end.to_string(), Some(&end.place));
    let mut lines = vec![end("low", &range.low), end("high", &range.high)];
    lines.extend(labels("", editions, |release| release.range(id).map(|range| range.label.clone())));
    lines
}

/// The label in the language of the original, and those of translations that differ from it.
fn labels(name: &str, editions: &[&Release], label: impl Fn(&Release) -> Option<At<String>>) -> Vec<SignedLine> {
    let texts = editions.iter().filter_map(|release| Some((*release, label(release)?)));
    let mut lines: Vec<SignedLine> = Vec::new();
    for (release, text) in texts {
        let key = match release.is_translation() {
            true => format!("{name} label ({})", release.language.value),
            false => format!("{name} label"),
        };
        let line = SignedLine::new(key, &text.value, Some(&text.place));
        if lines.first().is_none_or(|original| original.value != line.value) {
            lines.push(line);
        }
    }
    lines
}

/// `is.revenue@fy2009`, with a member `eq.closing[total]@fy2009`.
fn amount_name(line: &str, period: &str, member: &str) -> String {
    if member.is_empty() { format!("{line}@{period}") } else { format!("{line}[{member}]@{period}") }
}

/// `deficit + aoci - tax`.
fn written_sum(parts: &[Part]) -> String {
    let signed = parts.iter().map(|part| format!("{} {}", if part.deducted { '-' } else { '+' }, part.name));
    let sum = signed.collect::<Vec<_>>().join(" ");
    sum.strip_prefix("+ ").map(str::to_owned).unwrap_or(sum)
}

/// An entry as it is written in a statement, without separators.
fn entry(entry: Entry) -> String {
    match entry {
        Entry::Amount(amount) => number(amount),
        Entry::Blank => String::from("blank"),
        Entry::NotApplicable => String::from("n/a"),
        Entry::Undecided => String::from("undecided"),
        Entry::Pending => String::from(PENDING),
        Entry::Unread => String::new(),
    }
}

/// A number with the decimals that it was entered with, which say how precise it is.
fn number(number: Decimal) -> String {
    number.to_string()
}
