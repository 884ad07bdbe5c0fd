//! Reads where the amounts of a statement come from: `[statement.source]`, and `from` of its lines.

use super::toml_table::{TomlTable, Value};
use crate::{
    diag::{Diagnostic, Findings, Place, nearest},
    model::{At, ColumnName, Encoding, RowName, SourceColumn, SourceRow, Statement, StatementSource, column_number},
};

/// The key of the lines of a statement.
pub const LINES: &str = "line";
/// The folder whose files are published.
const PUBLISHED: &str = "static/";
/// What may separate the cells of a CSV file, with its word in a dataset.
const SEPARATORS: [(&str, char); 3] = [(",", ','), (";", ';'), ("tab", '\t')];

/// Reads `[statement.source]`. None if a key that it needs is missing or wrong, which is reported.
pub fn source(keys: &TomlTable, statement: &Statement, findings: &mut Findings) -> Option<StatementSource> {
    let file = keys.require_text("file", findings).filter(|file| check_file(file, findings));
    let file_key = keys.entries().into_iter().find(|(key, _)| key.value == "file").map(|(key, _)| key.place);
    let sheet = keys.text("sheet", findings);
    let key = keys.require_text("key", findings).and_then(|text| findings.keep(letters(&text)));
    keys.require("unit", findings);
    let unit = keys.unit("unit", findings);
    let columns = keys.require("columns", findings).and_then(|value| value.table(findings));
    let columns = columns.map(|columns| columns_of(&columns, statement, findings)).unwrap_or_default();
    let sha256 = keys.text("sha256", findings).filter(|hash| check_hash(hash, findings));
    let encoding = keys.word("encoding", &Encoding::WORDS, findings).unwrap_or_default();
    let separator = keys.word("separator", &SEPARATORS, findings);
    // Lines that stand below it by mistake are told with the statement.
    if keys.entries().iter().any(|(key, _)| key.value == LINES) {
        _ = keys.value(LINES);
    }
    keys.finish(findings);
    let (file, file_key, key, unit) = (file?, file_key?, key?, unit?);
    Some(StatementSource { file, file_key, sheet, key, unit, columns, sha256, encoding, separator })
}

/// Reports a path that leads out of the project, or to where the file would be published. Returns whether it is good.
fn check_file(file: &At<String>, findings: &mut Findings) -> bool {
    let path = &file.value;
    let is_absolute = path.starts_with(['/', '\\']) || path.get(1..2) == Some(":");
    let message = if path.contains('\\') {
        "folders are separated by `/`"
    } else if is_absolute || path.split('/').any(|part| matches!(part, ".." | "." | "")) {
        "expected a path inside the project, relative to its folder"
    } else if path.starts_with(PUBLISHED) {
        "a file in `static/` would be published"
    } else {
        return true;
    };
    findings.push(Diagnostic::error("source", format!("`{path}` cannot be a source")).at(&file.place, message));
    false
}

fn check_hash(hash: &At<String>, findings: &mut Findings) -> bool {
    let is_hash = hash.value.len() == 64 && hash.value.bytes().all(|digit| digit.is_ascii_hexdigit());
    if !is_hash {
        let finding = Diagnostic::error("wrong-type", "expected the SHA-256 of the file, 64 hexadecimal digits");
        findings.push(finding.at(&hash.place, "").help("remove it; `kessan import --write` writes it"));
    }
    is_hash
}

/// The position of the column that has these letters.
fn letters(text: &At<String>) -> Result<At<u32>, Diagnostic> {
    let number = column_number(&text.value).map(|number| At::new(number, text.place.clone()));
    number.ok_or_else(|| {
        let message = format!("expected the letters of a column, found `{}`", text.value);
        Diagnostic::error("wrong-type", message).at(&text.place, "`\"A\"` to `\"XFD\"`")
    })
}

/// The columns by period, and by member where the statement has members.
fn columns_of(keys: &TomlTable, statement: &Statement, findings: &mut Findings) -> Vec<SourceColumn> {
    let mut columns = Vec::new();
    let periods: Vec<&str> = statement.periods.iter().map(|period| period.value.as_str()).collect();
    let members: Vec<&str> = statement.members.iter().map(|member| member.value.as_str()).collect();
    for (period, value) in keys.entries() {
        if !check_name(&period, &periods, "period", statement, findings) {
            continue;
        }
        if members.is_empty() {
            let column = column(&value, findings);
            columns.extend(column.map(|column| SourceColumn { period: period.value, member: String::new(), column }));
            continue;
        }
        let Some(by_member) = value.table(findings) else { continue };
        for (member, value) in by_member.entries() {
            if check_name(&member, &members, "member", statement, findings) {
                let period = period.value.clone();
                let column = column(&value, findings);
                columns.extend(column.map(|column| SourceColumn { period, member: member.value, column }));
            }
        }
    }
    columns
}

/// Reports a name that is none of the statement's. Returns whether it is one.
fn check_name(name: &At<String>, known: &[&str], what: &str, statement: &Statement, findings: &mut Findings) -> bool {
    let is_known = known.contains(&name.value.as_str());
    if !is_known {
        let rule = if what == "period" { "unknown-period" } else { "unknown-name" };
        let message = format!("`{}` has no {what} `{}`", statement.id.value, name.value);
        let near = nearest(&name.value, known.iter().copied());
        let label = near.map(|near| format!("did you mean `{near}`?")).unwrap_or_default();
        findings.push(Diagnostic::error(rule, message).at(&name.place, label));
    }
    is_known
}

/// A column: `"E"`, or `{ head = "2010/3" }`.
fn column(value: &Value, findings: &mut Findings) -> Option<At<ColumnName>> {
    if !value.is_table() {
        let letters = value.text(findings).and_then(|text| findings.keep(letters(&text)))?;
        return Some(At::new(ColumnName::Letters(letters.value), letters.place));
    }
    let keys = value.table(findings)?;
    let head = keys.require_text("head", findings);
    keys.finish(findings);
    head.map(|head| At::new(ColumnName::Head(one_line(&head.value)), head.place))
}

/// The rows of `from`: a key, a list of keys with signs, or the defined name of a cell.
pub fn rows(keys: &TomlTable, statement: &Statement, findings: &mut Findings) -> Vec<SourceRow> {
    let rows: Vec<SourceRow> =
        keys.lines("from", findings).into_iter().filter_map(|text| findings.keep(row(&text))).collect();
    if let Some(value) = keys.value("from").filter(|_| keys.value("values").is_none()) {
        let finding = Diagnostic::error("wrong-type", "only a line with `values` comes `from` somewhere");
        findings.push(finding.at(&value.place(), ""));
    }
    if rows.is_empty() || statement.periods.is_empty() {
        return Vec::new();
    }
    for (at, row) in rows.iter().enumerate() {
        if let Some(first) = rows[..at].iter().find(|first| first.name == row.name) {
            let finding = Diagnostic::error("source", "a row is in this sum twice");
            findings.push(finding.at(&row.place, "again here").with(&first.place, "first here"));
        }
    }
    rows
}

fn row(text: &At<String>) -> Result<SourceRow, Diagnostic> {
    let written = text.value.trim();
    let (deducted, name) = written.strip_prefix('-').map_or((false, written), |name| (true, name.trim()));
    let row = |name: RowName, place: Place| SourceRow { name, deducted, place };
    match name.strip_prefix('=') {
        _ if name.trim_start_matches('=').trim().is_empty() => {
            let finding = Diagnostic::error("missing-key", "`from` is empty");
            Err(finding.at(&text.place, "expected a key of the source, or `=` and a defined name"))
        }
        Some(name) => Ok(row(RowName::Defined(name.trim().to_owned()), text.place.clone())),
        None => Ok(row(RowName::Key(one_line(name)), text.place.clone())),
    }
}

/// A text without line breaks and runs of spaces, as texts of cells are compared.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
