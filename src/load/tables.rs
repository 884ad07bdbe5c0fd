//! Reads `tables/*.toml`: tables and charts.

use super::{
    nil_mark::nil_mark,
    statements::{check_id, part},
    toml_table::{TomlTable, Value},
};
use crate::{
    diag::{Diagnostic, Findings, Place},
    model::{
        At, CellKeys, CellOverride, CellWords, ChartKind, ChartSpec, ColumnSpec, Expr, Function, LineKind, Node,
        Release, RowSpec, Rows, TableSpec, parse_formula,
    },
};

/// Reads a file's tables and charts into the release.
pub fn read(keys: &TomlTable, release: &mut Release, findings: &mut Findings) {
    for (key, is_chart) in [("table", false), ("chart", true)] {
        for keys in keys.tables(key, findings) {
            let table = table(&keys, is_chart, findings);
            let chart = is_chart.then(|| chart_spec(&keys, findings));
            table.iter().filter(|_| is_chart).for_each(|table| refuse_in_chart(table, findings));
            keys.finish(findings);
            match table {
                Some(table) => release.tables.push(TableSpec { chart, ..table }),
                None => release.unread.extend(keys.raw_text("id")),
            }
        }
    }
}

/// Reports what a chart cannot draw: notes at single numbers, and cells without figures.
fn refuse_in_chart(table: &TableSpec, findings: &mut Findings) {
    let rows = if let Rows::List(rows) = &table.rows { rows.as_slice() } else { &[] };
    let cells = || rows.iter().flat_map(|row| &row.cells);
    for note in cells().flat_map(|cell| &cell.notes) {
        let finding = Diagnostic::error("note", "a chart has no notes at single numbers").at(&note.place, "");
        findings.push(finding.help("add the note to the row or to the column"));
    }
    let words = rows.iter().map(|row| &row.keys).chain(cells().map(|cell| &cell.keys));
    for words in words.filter_map(|keys| keys.words.as_ref()) {
        let (CellWords::Text(text) | CellWords::Date(text)) = words;
        findings.push(Diagnostic::error("table", "a chart draws figures only").at(&text.place, "not a figure"));
    }
}

/// The keys of a chart beside those of a table.
fn chart_spec(keys: &TomlTable, findings: &mut Findings) -> ChartSpec {
    ChartSpec {
        kind: keys.word("kind", &ChartKind::WORDS, findings).unwrap_or(ChartKind::Bar),
        by_columns: keys.word("series", &[("rows", false), ("columns", true)], findings).unwrap_or(false),
        headline: keys.flag("headline", findings),
    }
}

fn table(keys: &TomlTable, is_chart: bool, findings: &mut Findings) -> Option<TableSpec> {
    let id = keys.require_text("id", findings).filter(|id| check_id(id, findings));
    let caption =
        if is_chart { keys.require_localized("caption", findings) } else { keys.localized("caption", findings) };
    let (unit_line, stub) = (keys.localized_lines("unit_line", findings), keys.localized("stub", findings));
    let notes = keys.texts("notes", findings);
    let group_notes = keys.table("group_notes", findings).map(|table| group_notes(&table, findings));
    let cell_keys = cell_keys(keys, findings);
    keys.require_items("columns", findings);
    let mut columns = Vec::new();
    let mut group_notes = group_notes.unwrap_or_default();
    for keys in keys.tables("columns", findings) {
        let column = column(&keys, findings);
        if let Some(value) = keys.value("group") {
            rename_groups(&value.original_lines(), &column.group, &mut group_notes);
        }
        columns.push(column);
        keys.finish(findings);
    }
    let rows = rows(keys, findings);
    let blank = keys.table("blank", findings).map(|table| blank_cells(&table, findings)).unwrap_or_default();
    let landscape = keys.flag("landscape", findings).unwrap_or(false);
    let boxed = if is_chart { None } else { keys.flag("boxed", findings) };
    let sign_on = keys.word("currency_sign_on", &[("first_and_totals", true)], findings);
    Some(TableSpec {
        place: id.as_ref().map_or_else(|| keys.first_line(), |id| id.place.clone()),
        id: id?,
        caption,
        notes,
        unit_line,
        stub,
        keys: cell_keys,
        columns,
        group_notes,
        rows: rows?,
        blank,
        landscape,
        boxed,
        sign_on_first_and_totals: sign_on.unwrap_or(false),
        chart: None,
    })
}

fn blank_cells(table: &TomlTable, findings: &mut Findings) -> std::collections::BTreeMap<String, Vec<At<String>>> {
    let read = |(name, value): (At<String>, Value)| {
        let rows = value.items(findings)?;
        Some((name.value, rows.iter().filter_map(|row| row.text(findings)).collect()))
    };
    table.entries().into_iter().filter_map(read).collect()
}

fn group_notes(table: &TomlTable, findings: &mut Findings) -> Vec<(At<String>, Vec<At<String>>)> {
    let read = |(group, value): (At<String>, Value)| {
        let notes = value.items(findings)?;
        Some((group, notes.iter().filter_map(|note| note.text(findings)).collect()))
    };
    table.entries().into_iter().filter_map(read).collect()
}

/// Gives the notes of shared heads, which are named as in the original, the heads of the edition that is being read.
fn rename_groups(originals: &[String], group: &[At<String>], notes: &mut [(At<String>, Vec<At<String>>)]) {
    for (original, text) in originals.iter().zip(group) {
        notes
            .iter_mut()
            .filter(|(name, _)| name.value == *original)
            .for_each(|(name, _)| name.value.clone_from(&text.value));
    }
}

fn cell_keys(keys: &TomlTable, findings: &mut Findings) -> CellKeys {
    with_sign(CellKeys {
        negated: false,
        line: keys.text("line", findings),
        words: None,
        balance_unit: keys.unit("balance_unit", findings),
        compare_with: keys.text("compare_with", findings),
        period: keys.text("period", findings),
        member: keys.text("member", findings),
        unit: keys.unit("unit", findings),
        show: keys.text("show", findings).and_then(|text| findings.keep(show(&text))).flatten(),
        decimals: keys.count("decimals", 9, findings).map(u32::from),
        bare: keys.flag("bare", findings),
        currency_sign: keys.flag("currency_sign", findings),
        nil: nil_mark(keys, findings),
        date_style: keys.text("date_style", findings),
    })
}

/// Takes the sign off a line's name: `-is.costs`.
fn with_sign(mut keys: CellKeys) -> CellKeys {
    if let Some(line) = &mut keys.line
        && let Some(name) = line.value.strip_prefix('-')
    {
        let start = line.place.text().find('-').map_or(line.place.start, |at| line.place.start + at + 1);
        *line = At::new(name.trim().to_owned(), Place { start, ..line.place.clone() });
        keys.negated = true;
    }
    keys
}

/// The keys of a row or of a single cell, which may show a text or a date instead of the figure of a line.
fn cell_keys_or_words(keys: &TomlTable, findings: &mut Findings) -> CellKeys {
    let text = keys.value("text").map(|_| keys.require_localized("text", findings));
    let date = keys.value("date").and_then(|date| date_name(date, findings));
    let cell_keys = cell_keys(keys, findings);
    let text = text.flatten();
    let extra = cell_keys.line.as_ref().filter(|_| text.is_some()).or(date.as_ref().filter(|_| text.is_some()));
    if let Some(extra) = extra.or(cell_keys.line.as_ref().filter(|_| date.is_some())) {
        let message = "a cell has only one of `line`, `text` and `date`";
        findings.push(Diagnostic::error("table", message).at(&extra.place, ""));
    }
    CellKeys { words: text.map(CellWords::Text).or(date.map(CellWords::Date)), ..cell_keys }
}

/// The event or period whose date is shown.
fn date_name(value: Value, findings: &mut Findings) -> Option<At<String>> {
    if value.date().is_err() {
        return value.text(findings);
    }
    let finding = Diagnostic::error("wrong-type", "expected the name of an event or a period, found a date");
    let finding = finding.at(&value.place(), "");
    findings.push(finding.help("add the date under `[event]` in `release.toml`, and write its name here"));
    None
}

fn cells(table: &TomlTable, findings: &mut Findings) -> Vec<CellOverride> {
    let read = |(column, value): (At<String>, Value)| {
        if value.as_text().is_some() {
            let finding = value.wrong_type("a table").help(format!("write `{{ text = {} }}`", value.place().text()));
            findings.push(finding);
            return None;
        }
        let keys = value.table(findings)?;
        let notes = keys.texts("notes", findings);
        let cell = CellOverride { column, keys: cell_keys_or_words(&keys, findings), notes };
        keys.finish(findings);
        Some(cell)
    };
    table.entries().into_iter().filter_map(read).collect()
}

/// Parses `change` or `percent(base)`: a function whose first argument is the row's line, written as `_`.
fn show(text: &At<String>) -> Result<Option<Expr>, Diagnostic> {
    if text.value.trim() == "amount" {
        return Ok(None);
    }
    let (name, rest) = text.value.split_once('(').unwrap_or((text.value.as_str(), ")"));
    let is_function = Function::ALL.iter().any(|(known, ..)| *known == name.trim());
    let comma = if rest.trim() == ")" { "" } else { ", " };
    let whole = parse_formula(&format!("{}({}{comma}{rest}", name.trim(), Expr::SELF), &text.place)?;
    match whole.node {
        Node::Call(..) if is_function => Ok(Some(whole)),
        _ => Err(Diagnostic::error("wrong-type", "expected `amount` or one function of the line").at(&text.place, "")),
    }
}

fn column(keys: &TomlTable, findings: &mut Findings) -> ColumnSpec {
    ColumnSpec {
        name: keys.text("name", findings),
        head: keys.localized("head", findings),
        group: keys.localized_lines("group", findings),
        notes: keys.texts("notes", findings),
        keys: cell_keys(keys, findings),
        place: keys.first_line(),
    }
}

fn rows(keys: &TomlTable, findings: &mut Findings) -> Option<Rows> {
    match (keys.value("lines"), keys.value("rows")) {
        (Some(lines), None) => line_range(lines, findings),
        (None, Some(rows)) => {
            keys.require_items("rows", findings);
            Some(Rows::List(rows.items(findings)?.into_iter().filter_map(|row_of| row(row_of, findings)).collect()))
        }
        _ => {
            findings.push(
                Diagnostic::error("missing-key", "a table needs either `rows` or `lines`").at(&keys.first_line(), ""),
            );
            None
        }
    }
}

fn line_range(value: Value, findings: &mut Findings) -> Option<Rows> {
    if !value.is_table() {
        return Some(Rows::Lines { of: value.text(findings)?, from: None, to: None });
    }
    let keys = value.table(findings)?;
    let of = keys.require_text("of", findings);
    let (from, to) = (keys.text("from", findings), keys.text("to", findings));
    keys.finish(findings);
    Some(Rows::Lines { of: of?, from, to })
}

fn row(value: Value, findings: &mut Findings) -> Option<RowSpec> {
    let place = value.place();
    if !value.is_table() {
        let line = value.text(findings)?;
        let keys = with_sign(CellKeys { line: Some(line), ..CellKeys::default() });
        return Some(RowSpec {
            id: None,
            label: None,
            kind: None,
            indent: None,
            notes: None,
            sum: Vec::new(),
            cells: Vec::new(),
            keys,
            place,
        });
    }
    let keys = value.table(findings)?;
    let row = RowSpec {
        id: keys.text("id", findings).filter(|id| check_id(id, findings)),
        label: keys.localized("label", findings),
        kind: keys.word("kind", &LineKind::WORDS, findings),
        indent: keys.count("indent", 8, findings),
        sum: keys.texts("sum", findings).into_iter().map(part).collect(),
        notes: keys.value("notes").map(|_| keys.texts("notes", findings)),
        cells: keys.table("cells", findings).map(|table| cells(&table, findings)).unwrap_or_default(),
        keys: cell_keys_or_words(&keys, findings),
        place,
    };
    keys.finish(findings);
    Some(row)
}
