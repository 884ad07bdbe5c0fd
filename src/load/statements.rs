//! Reads `statements/*.toml`: the entered amounts, each with its place.

use std::collections::BTreeMap;

use super::{
    nil_mark::nil_mark,
    source::{self, LINES},
    toml_table::{TomlTable, Value},
};
use crate::{
    diag::{Diagnostic, Findings},
    model::{
        At, Balance, Category, Decimal, Entry, Fact, Line, LineKind, MemberSum, PENDING, Part, Release, Statement, Unit,
    },
};

/// The maximum length of ids, which become file names.
const MAX_ID: usize = 100;

/// Reads one statement into the release.
pub fn read(keys: &TomlTable, release: &mut Release, findings: &mut Findings) {
    let head = keys.require("statement", findings).and_then(|value| value.table(findings));
    let is_torn = head.as_ref().is_some_and(|head| report_misplaced_lines(head, findings));
    let has_source = head.as_ref().is_some_and(|head| head.value("source").is_some());
    let mut statement = head.map_or_else(|| empty_statement(keys), |head| statement(&head, findings));
    if statement.id.value.is_empty() {
        release.unread.insert(Release::ANY.to_owned());
    } else if is_torn {
        release.unread.insert(statement.id.value.clone());
    }
    for keys in keys.tables("line", findings) {
        let line = line(&keys, &statement, findings);
        keys.finish(findings);
        if let Some(row) = line.from.first().filter(|_| !has_source) {
            let finding = Diagnostic::error("source", "a line comes `from` a source that the statement does not have");
            findings.push(finding.at(&row.place, "needs `[statement.source]`"));
        }
        if line.id.value.is_empty() && line.kind != LineKind::Heading {
            release.unread.insert(statement.id.value.clone());
        }
        statement.push(line);
    }
    release.statements.push(statement);
}

/// Reports a list of lines that TOML gives to the table in brackets above it. Returns whether there is one.
fn report_misplaced_lines(head: &TomlTable, findings: &mut Findings) -> bool {
    let source = head.table("source", findings);
    let tables = [(Some(head), "[statement]"), (source.as_ref(), "[statement.source]")];
    let mut is_misplaced = false;
    for (table, name) in tables {
        let keys = table.map(TomlTable::entries).unwrap_or_default();
        for (key, _) in keys.into_iter().filter(|(key, _)| key.value == LINES) {
            // It is told here, and not again as a key that there is not.
            _ = table.and_then(|table| table.value(LINES));
            let finding =
                Diagnostic::error("unknown-key", format!("`{LINES} = …` below `{name}` is a key of that table"));
            let help = format!("move it above `[statement]`, or write each line as `[[{LINES}]]`");
            findings.push(finding.at(&key.place, "").help(help));
            is_misplaced = true;
        }
    }
    is_misplaced
}

/// A statement without a head, used if its head is missing.
fn empty_statement(keys: &TomlTable) -> Statement {
    let place = keys.first_line();
    Statement {
        id: At::new(String::new(), place.clone()),
        unit: At::new(Unit::base(""), place),
        periods: Vec::new(),
        members: Vec::new(),
        member_sums: Vec::new(),
        member_sum_except: Vec::new(),
        source: None,
        lines: Vec::new(),
        index: BTreeMap::new(),
    }
}

fn statement(head: &TomlTable, findings: &mut Findings) -> Statement {
    let mut statement = empty_statement(head);
    let id = head.require_text("id", findings).filter(|id| check_id(id, findings));
    statement.id = id.unwrap_or(statement.id);
    head.require("unit", findings);
    statement.unit = head.unit("unit", findings).unwrap_or(statement.unit);
    head.require("periods", findings);
    statement.periods = head.texts("periods", findings);
    statement.members = head.texts("members", findings);
    statement.member_sums =
        head.table("member_sum", findings).map(|table| member_sums(&table, findings)).unwrap_or_default();
    statement.member_sum_except = head.texts("member_sum_except", findings);
    statement.source = head.table("source", findings).and_then(|keys| source::source(&keys, &statement, findings));
    head.finish(findings);
    statement
}

fn member_sums(table: &TomlTable, findings: &mut Findings) -> Vec<MemberSum> {
    let read = |(total, value): (At<String>, Value)| {
        let parts = value.items(findings)?;
        Some(MemberSum { total, parts: parts.iter().filter_map(|part| part.text(findings)).map(part).collect() })
    };
    table.entries().into_iter().filter_map(read).collect()
}

/// Parses a part of a sum; a leading `-` deducts it.
pub fn part(text: At<String>) -> Part {
    let (name, deducted) = match text.value.strip_prefix('-') {
        Some(name) => (name.trim(), true),
        None => (text.value.as_str(), false),
    };
    Part { name: name.to_owned(), deducted, place: text.place }
}

/// Reads a line. Values that could not be read are empty, and are reported.
fn line(keys: &TomlTable, statement: &Statement, findings: &mut Findings) -> Line {
    let text = || At::new(String::new(), keys.first_line());
    let kind = keys.word("kind", &LineKind::WORDS, findings).unwrap_or(LineKind::Item);
    let label = keys.require_localized("label", findings).unwrap_or_else(text);
    if kind != LineKind::Heading {
        keys.require("id", findings);
    }
    let id = keys.text("id", findings).filter(|id| check_id(id, findings)).unwrap_or_else(text);
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
        reclassified: keys.localized("reclassified", findings),
        flow: keys
            .flag("flow", findings)
            .map(|flow| At::new(flow, keys.value("flow").map_or_else(|| keys.first_line(), |value| value.place()))),
        balance: keys.word("balance", &Balance::WORDS, findings),
        non_gaap: keys.text("non_gaap", findings),
        nil: nil_mark(keys, findings),
        from: source::rows(keys, statement, findings),
        category: keys.word_at("category", &Category::WORDS, findings),
    };
    let known = findings.len();
    line.residuals = read_grid(keys, "residual", statement, findings, |value, findings| findings.keep(value.number()));
    check_contradictions(keys, &line, findings);
    check_duplicate_parts(&line.sum, findings);
    if findings.len() > known {
        // Do not check the sum if its parts or residuals could not be read.
        line.sum.clear();
    }
    line
}

/// The entries of a line. If any could not be read, missing ones become [`Entry::Unread`].
fn facts(
    keys: &TomlTable,
    kind: LineKind,
    statement: &Statement,
    unit: &At<Unit>,
    findings: &mut Findings,
) -> BTreeMap<(String, String), Fact> {
    let known = findings.len();
    let mut facts = read_grid(keys, "values", statement, findings, |value, findings| {
        let entry = findings.keep(entry(value, &unit.value)).unwrap_or(Entry::Unread);
        Some(Fact { entry, place: value.place() })
    });
    let is_missing = keys.value("values").is_none() && keys.value("ref").is_none() && kind != LineKind::Heading;
    if is_missing || findings.len() > known {
        for period in &statement.periods {
            for member in statement.member_names() {
                let unread = || Fact { entry: Entry::Unread, place: keys.first_line() };
                facts.entry((period.value.clone(), member.to_owned())).or_insert_with(unread);
            }
        }
    }
    facts
}

fn check_contradictions(keys: &TomlTable, line: &Line, findings: &mut Findings) {
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

/// Reports parts that are in a sum twice.
fn check_duplicate_parts(parts: &[Part], findings: &mut Findings) {
    let mut seen: BTreeMap<&str, &Part> = BTreeMap::new();
    for part in parts {
        if let Some(first) = seen.insert(&part.name, part) {
            let finding = Diagnostic::error("footing", format!("`{}` is in this sum twice", part.name));
            findings.push(finding.at(&part.place, "again here").with(&first.place, "first here"));
        }
    }
}

/// Reports an invalid id; ids become parts of names and anchors. Returns whether it is valid.
pub fn check_id(id: &At<String>, findings: &mut Findings) -> bool {
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
        Some(PENDING) => Ok(Entry::Pending),
        Some(text) => {
            let wrong = value.wrong_type("a number, `\"\"`, `\"n/a\"`, `\"undecided\"` or `\"pending\"`");
            let is_number = text.chars().all(|c| c.is_ascii_digit() || "-._".contains(c));
            let has_number = text.contains(char::is_numeric);
            Err(match () {
                () if is_number => wrong.at(&value.place(), "write it without quotes"),
                () if has_number => wrong,
                () => wrong.note("a row of a table shows a text by its key `text`, a date by its key `date`"),
            })
        }
        None => match value.number() {
            Ok(number) if fits_base_units(number.value, unit.scale.factor()) => Ok(Entry::Amount(number.value)),
            Err(_) if value.date().is_ok() => {
                let wrong = value.wrong_type("a number, `\"\"`, `\"n/a\"`, `\"undecided\"` or `\"pending\"`");
                Err(wrong.note("a row of a table shows the date of an `[event]` by its key `date`"))
            }
            Err(finding) => Err(finding),
            Ok(number) => {
                let message = format!("too many digits for an amount in `{unit}`");
                Err(Diagnostic::error("number", message).at(&number.place, "at most 28 digits, counted at scale one"))
            }
        },
    }
}

/// Reads a list by period, or a table of lists by period and member.
fn read_grid<T>(
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
            findings.push(value.wrong_type("a list with one value per period"));
        } else {
            read_list(value, &periods, "period", findings, &mut grid, &read);
        }
        return grid;
    }
    let Some(table) = value.table(findings) else { return grid };
    for (period, value) in table.entries() {
        if !statement.periods.iter().any(|known| known.value == period.value) {
            let message = format!("`{}` has no period `{}`", statement.id.value, period.value);
            findings.push(Diagnostic::error("unknown-period", message).at(&period.place, ""));
        }
        let cells: Vec<_> =
            statement.members.iter().map(|member| (period.value.clone(), member.value.clone())).collect();
        read_list(value, &cells, "member", findings, &mut grid, &read);
    }
    grid
}

fn read_list<T>(
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
    // If the count is wrong, the values cannot be assigned to cells.
    let is_whole = items.len() == cells.len();
    let found: Vec<_> = items.into_iter().map(|item| read(item, findings)).collect();
    for (cell, found) in cells.iter().zip(found).filter(|_| is_whole) {
        found.into_iter().for_each(|found| _ = grid.insert(cell.clone(), found));
    }
}

/// Whether an amount can be converted to base units without loss.
fn fits_base_units(amount: Decimal, factor: Decimal) -> bool {
    amount.checked_mul(factor).is_some_and(|base| base.normalize().scale() <= 18)
}
