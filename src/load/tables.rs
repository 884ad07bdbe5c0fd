//! Reads `tables/*.toml`: tables and charts.

use super::{
    statements::{check_id, part},
    toml_table::{TomlTable, Value},
};
use crate::{
    diag::{Diagnostic, Findings},
    model::{
        At, CellKeys, ChartKind, ChartSpec, ColumnSpec, Expr, Function, LineKind, Node, Release, RowSpec, Rows,
        TableSpec, parse_formula,
    },
};

/// Reads a file's tables and charts into the release.
pub fn read(keys: &TomlTable, release: &mut Release, findings: &mut Findings) {
    for (key, is_chart) in [("table", false), ("chart", true)] {
        for keys in keys.tables(key, findings) {
            let table = table(&keys, findings);
            let chart = is_chart.then(|| chart_spec(&keys, findings));
            if let Some(TableSpec { rows: Rows::List(rows), .. }) = table.as_ref().filter(|_| is_chart) {
                rows.iter().flat_map(|row| row.notes.iter().flatten()).for_each(|note| {
                    let finding = Diagnostic::error("note", "a chart cannot have notes").at(&note.place, "");
                    findings.push(finding.help("add the note to a row of a table"));
                });
            }
            keys.finish(findings);
            match table {
                Some(table) => release.tables.push(TableSpec { chart, ..table }),
                None => release.unread.extend(keys.raw_text("id")),
            }
        }
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

fn table(keys: &TomlTable, findings: &mut Findings) -> Option<TableSpec> {
    let id = keys.require_text("id", findings).filter(|id| check_id(id, findings));
    let caption = keys.require_text("caption", findings);
    let (unit_line, stub) = (keys.lines("unit_line", findings), keys.text("stub", findings));
    let cell_keys = cell_keys(keys, findings);
    keys.require_items("columns", findings);
    let mut columns = Vec::new();
    for keys in keys.tables("columns", findings) {
        columns.push(column(&keys, findings));
        keys.finish(findings);
    }
    let rows = rows(keys, findings);
    let blank = keys.table("blank", findings).map(|table| blank_cells(&table, findings)).unwrap_or_default();
    let landscape = keys.flag("landscape", findings).unwrap_or(false);
    Some(TableSpec {
        place: id.as_ref().map_or_else(|| keys.first_line(), |id| id.place.clone()),
        id: id?,
        caption: caption.unwrap_or_else(|| At::new(String::new(), keys.first_line())),
        unit_line,
        stub,
        keys: cell_keys,
        columns,
        rows: rows?,
        blank,
        landscape,
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

fn cell_keys(keys: &TomlTable, findings: &mut Findings) -> CellKeys {
    CellKeys {
        line: keys.text("line", findings),
        period: keys.text("period", findings),
        member: keys.text("member", findings),
        unit: keys.unit("unit", findings),
        show: keys.text("show", findings).and_then(|text| findings.keep(show(&text))).flatten(),
        decimals: keys.count("decimals", 9, findings).map(u32::from),
        bare: keys.flag("bare", findings),
    }
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
        head: keys.text("head", findings),
        group: keys.lines("group", findings),
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
        let keys = CellKeys { line: Some(line), ..CellKeys::default() };
        return Some(RowSpec {
            id: None,
            label: None,
            kind: None,
            indent: None,
            notes: None,
            sum: Vec::new(),
            keys,
            place,
        });
    }
    let keys = value.table(findings)?;
    let row = RowSpec {
        id: keys.text("id", findings).filter(|id| check_id(id, findings)),
        label: keys.text("label", findings),
        kind: keys.word("kind", &LineKind::WORDS, findings),
        indent: keys.count("indent", 8, findings),
        sum: keys.texts("sum", findings).into_iter().map(part).collect(),
        notes: keys.value("notes").map(|_| keys.texts("notes", findings)),
        keys: cell_keys(&keys, findings),
        place,
    };
    keys.finish(findings);
    Some(row)
}
