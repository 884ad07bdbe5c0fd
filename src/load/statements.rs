//! `statements/*.toml`: the entered amounts, each with the place of its digits.

use std::collections::BTreeMap;

use super::keys::{Keys, Value};
use crate::{
    diag::{Diagnostic, Findings},
    model::{Across, At, Decimal, Entry, Fact, Line, LineKind, Part, Release, Statement},
};

/// Reads one statement into the release.
pub fn read(keys: &Keys, release: &mut Release, findings: &mut Findings) {
    let statement = statement(keys, findings);
    let lines = keys.tables("line", findings);
    let Some(mut statement) = statement else {
        // The lines' keys are not judged where nobody knows their statement.
        return;
    };
    for keys in &lines {
        if let Some(line) = line(keys, &statement, findings) {
            statement.lines.push(line);
        }
        keys.finish(findings);
    }
    release.statements.push(statement);
}

fn statement(keys: &Keys, findings: &mut Findings) -> Option<Statement> {
    let head = keys.need("statement", findings)?.keys(findings)?;
    let id = head.need_text("id", findings);
    let unit = head.unit("unit", findings);
    head.need("unit", findings);
    let periods = head.need("periods", findings).map(|_| head.texts("periods", findings)).unwrap_or_default();
    let members = head.texts("members", findings);
    let across = head.table("across", findings).map(|table| across(&table, findings)).unwrap_or_default();
    let across_except = head.texts("across_except", findings);
    head.finish(findings);
    let id = id.filter(|id| named(id, findings))?;
    Some(Statement { id, unit: unit?, periods, members, across, across_except, lines: Vec::new() })
}

fn across(table: &Keys, findings: &mut Findings) -> Vec<Across> {
    let read = |(total, value): (At<String>, Value)| {
        let parts = value.items(findings)?;
        Some(Across { total, parts: parts.iter().filter_map(|part| part.text(findings)).map(part).collect() })
    };
    table.entries().into_iter().filter_map(read).collect()
}

/// A part of a sum; a leading `-` deducts it.
pub fn part(text: At<String>) -> Part {
    let (name, deducted) = match text.value.strip_prefix('-') {
        Some(name) => (name.trim(), true),
        None => (text.value.as_str(), false),
    };
    Part { name: name.to_owned(), deducted, place: text.place }
}

fn line(keys: &Keys, statement: &Statement, findings: &mut Findings) -> Option<Line> {
    let kind = keys.word("kind", &LineKind::WORDS, findings).unwrap_or(LineKind::Item);
    let label = keys.need_text("label", findings);
    let id = keys.text("id", findings).filter(|id| named(id, findings));
    if id.is_none() && kind != LineKind::Heading {
        keys.need("id", findings);
    }
    let refers = keys.text("ref", findings);
    let facts = grid(keys, "values", statement, findings, |value, findings| {
        findings.keep(entry(value)).map(|entry| Fact { entry, place: value.place() })
    });
    if keys.value("values").is_none() && refers.is_none() && kind != LineKind::Heading {
        keys.need("values", findings);
    }
    let line = Line {
        id: id.unwrap_or_else(|| At::new(String::new(), keys.opening())),
        label: label?,
        kind,
        indent: keys.count("indent", 8, findings).unwrap_or(0),
        facts,
        sum: keys.texts("sum", findings).into_iter().map(part).collect(),
        residuals: grid(keys, "residual", statement, findings, |value, findings| findings.keep(value.number())),
        refers,
        against: keys.text("against", findings),
        unit: keys.unit("unit", findings),
        notes: keys.texts("notes", findings),
    };
    contradictions(keys, &line, findings);
    Some(line)
}

fn contradictions(keys: &Keys, line: &Line, findings: &mut Findings) {
    let has_values = keys.value("values").is_some();
    let clash = if line.kind == LineKind::Heading && has_values {
        Some("a heading has no values")
    } else if line.refers.is_some() && has_values {
        Some("a line has `values` or `ref`, not both")
    } else if line.sum.is_empty() && !line.residuals.is_empty() {
        Some("a `residual` belongs to a `sum`")
    } else {
        None
    };
    if let Some(clash) = clash {
        findings.push(Diagnostic::error("wrong-type", clash).at(&keys.opening(), ""));
    }
}

/// Ids are parts of names and anchors.
pub fn named(id: &At<String>, findings: &mut Findings) -> bool {
    let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let fine = !id.value.is_empty() && id.value.chars().all(good);
    if !fine {
        let message = format!("`{}` cannot be an id", id.value);
        findings.push(Diagnostic::error("id", message).at(&id.place, "lower-case letters, digits and `_` only"));
    }
    fine
}

fn entry(value: Value) -> Result<Entry, Diagnostic> {
    match value.as_text() {
        Some("") => Ok(Entry::Blank),
        Some("n/a") => Ok(Entry::NotApplicable),
        Some("undecided") => Ok(Entry::Undecided),
        Some(_) => Err(value.wrong("a number, `\"\"`, `\"n/a\"` or `\"undecided\"`")),
        None => value.number().map(|number| Entry::Amount(number.value)),
    }
}

/// Reads a list by period, or a table of lists by period and member.
fn grid<T>(
    keys: &Keys,
    key: &'static str,
    statement: &Statement,
    findings: &mut Findings,
    read: impl Fn(Value, &mut Findings) -> Option<T>,
) -> BTreeMap<(String, String), T> {
    let mut grid = BTreeMap::new();
    let Some(value) = keys.value(key) else { return grid };
    let periods: Vec<_> = statement.periods.iter().map(|period| (period.value.clone(), String::new())).collect();
    if statement.members.is_empty() {
        if value.is_table() {
            findings.push(value.wrong("a list with one value per period"));
        } else {
            list(value, &periods, "period", findings, &mut grid, &read);
        }
        return grid;
    }
    let Some(table) = value.keys(findings) else { return grid };
    for (period, value) in table.entries() {
        if !statement.periods.iter().any(|known| known.value == period.value) {
            let message = format!("`{}` is no period of `{}`", period.value, statement.id.value);
            findings.push(Diagnostic::error("unknown-period", message).at(&period.place, ""));
        }
        let cells: Vec<_> =
            statement.members.iter().map(|member| (period.value.clone(), member.value.clone())).collect();
        list(value, &cells, "member", findings, &mut grid, &read);
    }
    grid
}

fn list<T>(
    value: Value,
    cells: &[(String, String)],
    what: &str,
    findings: &mut Findings,
    grid: &mut BTreeMap<(String, String), T>,
    read: &impl Fn(Value, &mut Findings) -> Option<T>,
) {
    let Some(items) = value.items(findings) else { return };
    if items.len() != cells.len() {
        let names: Vec<_> = cells.iter().map(|(p, m)| if m.is_empty() { p.as_str() } else { m.as_str() }).collect();
        let label = format!("{} given, {} wanted: {}", items.len(), cells.len(), names.join(", "));
        let message = format!("one value per {what} is wanted");
        findings.push(Diagnostic::error("value-count", message).at(&value.place(), label));
    }
    for (cell, item) in cells.iter().zip(items) {
        if let Some(found) = read(item, findings) {
            grid.insert(cell.clone(), found);
        }
    }
}

/// Whether an amount survives being brought to base units.
pub fn fits(amount: Decimal, factor: Decimal) -> bool {
    amount.checked_mul(factor).is_some_and(|base| base.normalize().scale() <= 18)
}
