//! Builds a chart from a table: categories, series of cells, and the alternative text.

use super::{
    context::PresentContext,
    document::{
        Cell, Chart, ChartKind, ChartNotes, Inline, Row, RowKind, Series, Table, note_marks, plain, superscript,
    },
    fixed_words::fill_places,
    table_head::above_column,
};
use crate::model::{self, ChartSpec};

/// The brackets around unit lines.
const OPENING: [char; 2] = ['(', '（'];
const CLOSING: [char; 2] = [')', '）'];

/// The chart that shows the cells of `table`.
pub fn build_chart(context: &PresentContext, spec: ChartSpec, table: Table) -> Chart {
    let text = ChartText(context);
    let (categories, series) =
        if spec.by_columns { series_by_columns(&text, &table) } else { series_by_rows(&text, &table) };
    let (kind, word, fallback) = match spec.kind {
        model::ChartKind::Bar => (ChartKind::Bar, "chart_bar", "Bar chart"),
        model::ChartKind::Stacked => (ChartKind::Stacked, "chart_stacked", "Stacked bar chart"),
        model::ChartKind::Line => (ChartKind::Line, "chart_line", "Line chart"),
    };
    let fixed_word =
        |key: &str, fallback: &str| context.words.words.get(key).map_or(fallback, String::as_str).to_owned();
    let alt = text.describe(&fixed_word(word, fallback), &table, &categories, &series);
    let headline = is_headline(context, &table.id);
    let notes = label_notes(spec, &table);
    Chart { kind, headline, table, categories, series, alt, numbers: fixed_word("chart_figures", "Figures"), notes }
}

/// The notes of rows and columns, whose labels are those of series and categories.
fn label_notes(spec: ChartSpec, table: &Table) -> ChartNotes {
    let ids = |text: &[Inline]| note_marks(text).into_iter().map(|(_, id)| id.to_owned()).collect::<Vec<_>>();
    let rows = figure_rows(table).map(|row| ids(&row.label)).collect();
    // The first column of the head is that of the labels.
    let heads = (1..=table.columns.len()).map(|column| above_column(&table.head, column).flat_map(ids).collect());
    let columns = heads.collect();
    let (categories, series) = if spec.by_columns { (rows, columns) } else { (columns, rows) };
    ChartNotes { categories, series }
}

/// Adds the numbers of their notes to the labels of a chart; `number` gives that of a note.
pub fn number_labels(chart: &mut Chart, number: impl Fn(&str) -> Option<usize>) {
    let add = |label: &mut String, ids: &[String]| {
        let marks: Vec<_> = ids.iter().filter_map(|id| number(id)).map(superscript).collect();
        // Two adjacent numbers would read as one.
        label.push_str(&marks.join("\u{a0}"));
    };
    chart.categories.iter_mut().zip(&chart.notes.categories).for_each(|(label, ids)| add(label, ids));
    chart.series.iter_mut().zip(&chart.notes.series).for_each(|(series, ids)| add(&mut series.label, ids));
}

/// Whether the first page shows the chart: those with `headline = true`; if there are none, the first two without the key.
fn is_headline(context: &PresentContext, id: &str) -> bool {
    let charts = context.book.release.tables.iter().filter_map(|table| Some((table.id.value.as_str(), table.chart?)));
    let declared =
        |wanted: Option<bool>| charts.clone().filter(move |(_, spec)| spec.headline == wanted).map(|(id, _)| id);
    let mut chosen = declared(Some(true)).peekable();
    if chosen.peek().is_some() {
        chosen.any(|known| known == id)
    } else {
        declared(None).take(2).any(|known| known == id)
    }
}

/// Categories and series of a chart whose series are the rows with figures; its categories are the columns.
fn series_by_rows(text: &ChartText, table: &Table) -> (Vec<String>, Vec<Series>) {
    let series = figure_rows(table).map(|row| Series {
        label: plain(&row.label),
        points: row.cells.clone(),
        total: is_total(row),
    });
    (table.columns.iter().map(|column| text.head(&column.path)).collect(), series.collect())
}

/// Whether the row is the total of other rows of the chart. Drawn beside or on top of its parts, it would count them twice.
fn is_total(row: &Row) -> bool {
    let has_parts = |cell: &Cell| matches!(cell, Cell::Number { number, .. } if !number.sums.is_empty());
    row.kind == RowKind::Total && row.cells.iter().any(has_parts)
}

/// Categories and series of a chart whose series are the columns; its categories are the rows with figures.
fn series_by_columns(text: &ChartText, table: &Table) -> (Vec<String>, Vec<Series>) {
    let series = table.columns.iter().enumerate().map(|(i, column)| Series {
        label: text.head(&column.path),
        points: figure_rows(table).map(|row| row.cells.get(i).cloned().unwrap_or(Cell::Blank)).collect(),
        total: false,
    });
    (figure_rows(table).map(|row| plain(&row.label)).collect(), series.collect())
}

/// The rows that have cells.
fn figure_rows(table: &Table) -> impl Iterator<Item = &Row> {
    table.rows.iter().filter(|row| row.kind != RowKind::Heading)
}

/// Words of charts, in the punctuation of the language.
struct ChartText<'a, 'p, 'r>(&'a PresentContext<'p, 'r>);

impl ChartText<'_, '_, '_> {
    /// The chart in words: `Bar chart: Revenue. Services: FY2008 35,076, FY2009 36,972; Equipment: …`
    fn describe(&self, kind: &str, table: &Table, categories: &[String], series: &[Series]) -> String {
        let describe = |series: &Series| {
            let points = categories.iter().zip(&series.points).filter(|(_, cell)| !cell.text().is_empty());
            let points = points
                .map(|(category, cell)| self.fill("chart_point", &[("category", category), ("value", cell.text())]));
            let points = points.collect::<Vec<_>>().join(self.word("chart_between_points"));
            self.fill("chart_series", &[("label", &series.label), ("points", &points)])
        };
        let all: Vec<String> = series.iter().map(describe).collect();
        let all = all.join(self.word("chart_between_series"));
        let unit = match plain(&table.unit_line) {
            unit if unit.is_empty() => unit,
            unit => self.fill("chart_unit", &[("unit", self.without_brackets(&unit))]),
        };
        let caption = plain(&table.caption);
        self.fill("chart_text", &[("kind", kind), ("caption", &caption), ("unit", &unit), ("series", &all)])
    }

    /// The heads above a column, as one.
    fn head(&self, path: &[String]) -> String {
        path.join(self.word("between_heads"))
    }

    /// A unit line without its brackets, if the pattern has brackets of its own.
    fn without_brackets<'u>(&self, unit: &'u str) -> &'u str {
        let is_bracketed = self.word("chart_unit").starts_with(OPENING);
        let bare = unit.strip_prefix(OPENING).and_then(|unit| unit.strip_suffix(CLOSING));
        bare.filter(|bare| is_bracketed && !bare.contains(OPENING)).unwrap_or(unit)
    }

    fn fill(&self, key: &str, fills: &[(&str, &str)]) -> String {
        fill_places(self.word(key), fills)
    }

    fn word(&self, key: &str) -> &str {
        self.0.words.words.get(key).map_or("", String::as_str)
    }
}
