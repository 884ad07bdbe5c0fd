//! `statements/*.toml`: the entered amounts, each with the place of its digits.

use std::collections::BTreeMap;

use super::keys::{TomlTable, Value};
use crate::{
    diag::{Diagnostic, Findings},
    model::{At, Balance, Decimal, Entry, Fact, Line, LineKind, MemberSum, Part, Release, Statement, Unit},
};

/// Ids become names of files, which no system takes at any length.
const MAX_ID: usize = 100;

/// Reads one statement into the release.
pub fn read(keys: &TomlTable, release: &mut Release, findings: &mut Findings) {
    let head = keys.require("statement", findings).and_then(|value| value.keys(findings));
    let mut statement = head.map_or_else(|| nameless(keys), |head| statement(&head, findings));
    if statement.id.value.is_empty() {
        release.unread.insert(Release::ANY.to_owned());
    }
    for keys in keys.tables("line", findings) {
        let line = line(&keys, &statement, findings);
        keys.finish(findings);
        if line.id.value.is_empty() && line.kind != LineKind::Heading {
            release.unread.insert(statement.id.value.clone());
        }
        statement.push(line);
    }
    release.statements.push(statement);
}

/// Stands in for a statement that says nothing of itself.
fn nameless(keys: &TomlTable) -> Statement {
    let place = keys.opening();
    Statement {
        id: At::new(String::new(), place.clone()),
        unit: At::new(Unit::base(""), place),
        periods: Vec::new(),
        members: Vec::new(),
        member_sums: Vec::new(),
        member_sum_except: Vec::new(),
        lines: Vec::new(),
        index: BTreeMap::new(),
    }
}

fn statement(head: &TomlTable, findings: &mut Findings) -> Statement {
    let mut statement = nameless(head);
    let id = head.require_text("id", findings).filter(|id| named(id, findings));
    statement.id = id.unwrap_or(statement.id);
    head.require("unit", findings);
    statement.unit = head.unit("unit", findings).unwrap_or(statement.unit);
    head.require("periods", findings);
    statement.periods = head.texts("periods", findings);
    statement.members = head.texts("members", findings);
    statement.member_sums =
        head.table("member_sum", findings).map(|table| across(&table, findings)).unwrap_or_default();
    statement.member_sum_except = head.texts("member_sum_except", findings);
    head.finish(findings);
    statement
}

fn across(table: &TomlTable, findings: &mut Findings) -> Vec<MemberSum> {
    let read = |(total, value): (At<String>, Value)| {
        let parts = value.items(findings)?;
        Some(MemberSum { total, parts: parts.iter().filter_map(|part| part.text(findings)).map(part).collect() })
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

/// A line; what could not be read of it is empty, and is reported.
fn line(keys: &TomlTable, statement: &Statement, findings: &mut Findings) -> Line {
    let text = || At::new(String::new(), keys.opening());
    let kind = keys.word("kind", &LineKind::WORDS, findings).unwrap_or(LineKind::Item);
    let label = keys.require_text("label", findings).unwrap_or_else(text);
    if kind != LineKind::Heading {
        keys.require("id", findings);
    }
    let id = keys.text("id", findings).filter(|id| named(id, findings)).unwrap_or_else(text);
    let reference = keys.text("ref", findings);
    let unit = keys.unit("unit", findings);
    let entered = keys.value("values").is_some();
    if !entered && reference.is_none() && kind != LineKind::Heading {
        keys.require("values", findings);
    }
    let mut line = Line {
        id,
        label,
        kind,
        indent: keys.count("indent", 8, findings).unwrap_or(0),
        facts: facts(keys, kind, statement, unit.as_ref().unwrap_or(&statement.unit), findings),
        sum: keys.texts("sum", findings).into_iter().map(part).collect(),
        residuals: BTreeMap::new(),
        reference,
        compare_with: keys.text("compare_with", findings),
        unit,
        notes: keys.texts("notes", findings),
        reclassified: keys.text("reclassified", findings),
        balance: keys.word("balance", &Balance::WORDS, findings),
    };
    let known = findings.len();
    line.residuals = grid(keys, "residual", statement, findings, |value, findings| findings.keep(value.number()));
    contradictions(keys, &line, findings);
    parts_once(&line.sum, findings);
    if findings.len() > known {
        // What is left over is not judged where it is not known what adds up, or may be left.
        line.sum.clear();
    }
    line
}

/// A line's entries. Where something is wrong with them, what is missing is there as unread.
fn facts(
    keys: &TomlTable,
    kind: LineKind,
    statement: &Statement,
    unit: &At<Unit>,
    findings: &mut Findings,
) -> BTreeMap<(String, String), Fact> {
    let known = findings.len();
    let mut facts = grid(keys, "values", statement, findings, |value, findings| {
        let entry = findings.keep(entry(value, &unit.value)).unwrap_or(Entry::Unread);
        Some(Fact { entry, place: value.place() })
    });
    let is_missing = keys.value("values").is_none() && keys.value("ref").is_none() && kind != LineKind::Heading;
    if is_missing || findings.len() > known {
        for period in &statement.periods {
            for member in statement.member_names() {
                let unread = || Fact { entry: Entry::Unread, place: keys.opening() };
                facts.entry((period.value.clone(), member.to_owned())).or_insert_with(unread);
            }
        }
    }
    facts
}

fn contradictions(keys: &TomlTable, line: &Line, findings: &mut Findings) {
    let (values, residual) = (keys.value("values"), keys.value("residual"));
    let clash = match (values, residual) {
        (Some(values), _) if line.kind == LineKind::Heading => Some((values, "a heading has no values")),
        (Some(values), _) if line.reference.is_some() => Some((values, "a line has `values` or `ref`, not both")),
        (_, Some(residual)) if line.sum.is_empty() => {
            Some((residual, "only a line with a `sum` can have a `residual`"))
        }
        _ => None,
    };
    if let Some((value, clash)) = clash {
        findings.push(Diagnostic::error("wrong-type", clash).at(&value.place(), ""));
    }
}

/// That no part is in a sum twice.
fn parts_once(parts: &[Part], findings: &mut Findings) {
    let mut seen: BTreeMap<&str, &Part> = BTreeMap::new();
    for part in parts {
        if let Some(first) = seen.insert(&part.name, part) {
            let finding = Diagnostic::error("footing", format!("`{}` is in this sum twice", part.name));
            findings.push(finding.at(&part.place, "again here").with(&first.place, "first here"));
        }
    }
}

/// Ids are parts of names and anchors.
pub fn named(id: &At<String>, findings: &mut Findings) -> bool {
    let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let fault = if id.value.is_empty() || !id.value.chars().all(good) {
        String::from("use only lower-case letters, digits and `_`")
    } else if id.value.len() > MAX_ID {
        format!("at most {MAX_ID} characters, found {}", id.value.len())
    } else {
        return true;
    };
    findings.push(Diagnostic::error("id", format!("`{}` cannot be an id", id.value)).at(&id.place, fault));
    false
}

fn entry(value: Value, unit: &Unit) -> Result<Entry, Diagnostic> {
    match value.as_text() {
        Some("") => Ok(Entry::Blank),
        Some("n/a") => Ok(Entry::NotApplicable),
        Some("undecided") => Ok(Entry::Undecided),
        Some(text) => {
            let wrong = value.wrong("a number, `\"\"`, `\"n/a\"` or `\"undecided\"`");
            let is_number = text.chars().all(|c| c.is_ascii_digit() || "-._".contains(c));
            Err(if is_number { wrong.at(&value.place(), "write it without quotes") } else { wrong })
        }
        None => match value.number()? {
            number if fits(number.value, unit.scale.factor()) => Ok(Entry::Amount(number.value)),
            number => {
                let message = format!("too many digits for an amount in `{unit}`");
                Err(Diagnostic::error("number", message).at(&number.place, "at most 28 digits, counted at scale one"))
            }
        },
    }
}

/// Reads a list by period, or a table of lists by period and member.
fn grid<T>(
    keys: &TomlTable,
    key: &'static str,
    statement: &Statement,
    findings: &mut Findings,
    read: impl Fn(Value, &mut Findings) -> Option<T>,
) -> BTreeMap<(String, String), T> {
    let mut grid = BTreeMap::new();
    let Some(value) = keys.value(key).filter(|_| !statement.periods.is_empty()) else { return grid };
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
            let message = format!("`{}` has no period `{}`", statement.id.value, period.value);
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
        let label = format!("{} given, {} expected: {}", items.len(), cells.len(), names.join(", "));
        let message = format!("expected one value per {what}");
        let mut finding = Diagnostic::error("value-count", message).at(&value.place(), label);
        let three_digits = |item: &Value| {
            item.number().is_ok_and(|number| number.value.scale() == 0 && item.place().text().len() == 3)
        };
        if items.len() > cells.len() && items.iter().skip(1).any(three_digits) {
            finding = finding.help("thousands are separated by `_`, not by commas: `95_403`");
        }
        findings.push(finding);
    }
    // Where the count is wrong, nobody knows which value belongs to which cell.
    let is_whole = items.len() == cells.len();
    let found: Vec<_> = items.into_iter().map(|item| read(item, findings)).collect();
    for (cell, found) in cells.iter().zip(found).filter(|_| is_whole) {
        found.into_iter().for_each(|found| _ = grid.insert(cell.clone(), found));
    }
}

/// Whether an amount survives being brought to base units.
fn fits(amount: Decimal, factor: Decimal) -> bool {
    amount.checked_mul(factor).is_some_and(|base| base.normalize().scale() <= 18)
}
