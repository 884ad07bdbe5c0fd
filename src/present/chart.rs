//! Charts: a table's cells as series over categories, and the whole in words.

use super::{
    context::PresentContext,
    document::{Cell, Chart, ChartKind, Row, RowKind, Series, Table, plain},
};
use crate::model::{self, ChartSpec};

/// The chart of a table.
pub fn chart(context: &PresentContext, drawn: ChartSpec, table: Table) -> Chart {
    let (categories, series) = if drawn.by_columns { by_columns(&table) } else { by_rows(&table) };
    let (kind, word, otherwise) = match drawn.kind {
        model::ChartKind::Bar => (ChartKind::Bar, "chart_bar", "Bar chart"),
        model::ChartKind::Stacked => (ChartKind::Stacked, "chart_stacked", "Stacked bar chart"),
        model::ChartKind::Line => (ChartKind::Line, "chart_line", "Line chart"),
    };
    let said = |key: &str, otherwise: &str| context.words.words.get(key).map_or(otherwise, String::as_str).to_owned();
    let alt = alternative_text(&said(word, otherwise), &table, &categories, &series);
    let headline = is_headline(context, &table.id);
    Chart { drawn: kind, headline, table, categories, series, alt, numbers: said("chart_figures", "Figures") }
}

/// Whether the first page shows the chart: those that say so, or else the first two that do not say no.
fn is_headline(context: &PresentContext, id: &str) -> bool {
    let charts = context.book.release.tables.iter().filter_map(|table| Some((table.id.value.as_str(), table.chart?)));
    let of = |wanted: Option<bool>| charts.clone().filter(move |(_, drawn)| drawn.headline == wanted).map(|(id, _)| id);
    let mut chosen = of(Some(true)).peekable();
    if chosen.peek().is_some() { chosen.any(|known| known == id) } else { of(None).take(2).any(|known| known == id) }
}

/// Rows with figures are series, columns are along the axis.
fn by_rows(table: &Table) -> (Vec<String>, Vec<Series>) {
    let series =
        rows(table).map(|row| Series { label: plain(&row.label), points: row.cells.clone(), total: is_total(row) });
    (table.columns.iter().map(|column| column.path.join(" ")).collect(), series.collect())
}

/// Whether the row is the total of other rows of the chart: drawn beside or on top of its parts it would count them twice.
fn is_total(row: &Row) -> bool {
    let has_parts = |cell: &Cell| matches!(cell, Cell::Number { number, .. } if !number.sums.is_empty());
    row.kind == RowKind::Total && row.cells.iter().any(has_parts)
}

/// Columns are series, rows with figures are along the axis.
fn by_columns(table: &Table) -> (Vec<String>, Vec<Series>) {
    let series = table.columns.iter().enumerate().map(|(i, column)| Series {
        label: column.path.join(" "),
        points: rows(table).map(|row| row.cells.get(i).cloned().unwrap_or(Cell::Blank)).collect(),
        total: false,
    });
    (rows(table).map(|row| plain(&row.label)).collect(), series.collect())
}

fn rows(table: &Table) -> impl Iterator<Item = &Row> {
    table.rows.iter().filter(|row| row.kind != RowKind::Heading)
}

/// `Bar chart: Revenue. Services: FY2008 35,076, FY2009 36,972; Equipment: …`
fn alternative_text(kind: &str, table: &Table, categories: &[String], series: &[Series]) -> String {
    let of_series = |series: &Series| {
        let points = categories.iter().zip(&series.points).filter(|(_, cell)| !cell.text().is_empty());
        let points: Vec<String> = points.map(|(category, cell)| format!("{category} {}", cell.text())).collect();
        format!("{}: {}", series.label, points.join(", "))
    };
    let all: Vec<String> = series.iter().map(of_series).collect();
    let unit = plain(&table.unit_line);
    let unit = if unit.is_empty() { unit } else { format!(" {unit}") };
    format!("{kind}: {}{unit}. {}", plain(&table.caption), all.join("; "))
}
