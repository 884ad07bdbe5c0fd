//! The view of a chart that the templates receive: its drawing as SVG, and its numbers as a table.

use std::fmt::Write;

use serde::Serialize;

use super::{
    anchors::Anchors,
    inline::{escape, inlines, mark_text},
    notes::NoteIndex,
    table::{TableView, broken_lines},
    theme::SERIES_COLOURS,
};
use crate::{
    present::document::{Chart, Document, Inline, Page, Table},
    render::chart::{Align, Canvas, Shape, draw},
};

/// A chart. `numbers` is the name of its table.
#[derive(Debug, Serialize)]
pub(super) struct ChartView {
    id: String,
    caption: String,
    unit: String,
    /// The drawing as SVG for wide and for narrow columns; the type size is the same in both.
    broad: String,
    narrow: String,
    numbers: String,
    /// The notes of its labels, HTML.
    notes: Vec<String>,
    /// `None` on the page with the whole release, which shows the same numbers in its tables.
    table: Option<TableView>,
}

/// The widths and type size of the drawings, in units of the SVG view box; the page scales them.
const BROAD_WIDTH: f32 = 720.0;
const NARROW_WIDTH: f32 = 320.0;
const FONT_SIZE: f32 = 12.5;
/// The mean width of a character, as a share of the type size. The browser's font is unknown.
const CHARACTER_WIDTH: f32 = 0.53;

impl ChartView {
    /// The view of `chart`.
    pub(super) fn new(chart: &Chart, index: &NoteIndex, anchors: &Anchors) -> Self {
        let table = Table { caption: Vec::new(), unit_line: Vec::new(), ..chart.table.clone() };
        let mut measure = |text: &str, _: bool| text.chars().count() as f32 * CHARACTER_WIDTH * FONT_SIZE;
        let mut drawing = |class, width| svg(class, &draw(chart, width, FONT_SIZE, &mut measure), &chart.alt);
        Self {
            id: format!("_chart.{}", chart.table.id),
            caption: broken_lines(&chart.table.caption, anchors),
            unit: inlines(&chart.table.unit_line, anchors),
            broad: drawing("broad", BROAD_WIDTH),
            narrow: drawing("narrow", NARROW_WIDTH),
            numbers: chart.numbers.clone(),
            notes: chart.table.label_marks().filter_map(|mark| note_below(mark, index, anchors)).collect(),
            table: (!anchors.hides_chart_tables()).then(|| TableView::new(&table, "", anchors)),
        }
    }
}

/// Views of the headline charts of other pages, which the first page repeats.
pub(super) fn headline_charts(document: &Document, index: &NoteIndex, anchors: &Anchors) -> Vec<ChartView> {
    repeated_charts(document).map(|chart| ChartView::new(chart, index, anchors)).collect()
}

/// The headline charts of other pages than the first.
pub(super) fn repeated_charts(document: &Document) -> impl Iterator<Item = &Chart> {
    document.pages.iter().skip(1).flat_map(Page::charts).filter(|chart| chart.headline)
}

/// A note below a chart: its mark, then its text. Where the table of the numbers is shown, the marks to return to are there.
fn note_below(mark: &Inline, index: &NoteIndex, anchors: &Anchors) -> Option<String> {
    let Inline::NoteMark { number, id, mark: text, .. } = mark else { return None };
    let link = match anchors.hides_chart_tables() {
        true => inlines(std::slice::from_ref(mark), anchors),
        false => {
            let text = mark_text(*number, text.as_deref());
            format!("<a href=\"#note-{}\"><sup>{}</sup></a>", escape(id), escape(&text))
        }
    };
    // A mark within the text has its place in the list of notes.
    let text = index.get(number)?.text.iter().filter(|inline| !matches!(inline, Inline::NoteMark { .. }));
    let text: Vec<_> = text.cloned().collect();
    Some(format!("{link} {}", inlines(&text, anchors)))
}

fn svg(class: &str, canvas: &Canvas, alt: &str) -> String {
    let (width, height) = (canvas.width, canvas.height);
    let alt = escape(alt);
    let mut out =
        format!(r#"<svg class="{class}" viewBox="0 0 {width:.0} {height:.0}" role="img" aria-label="{alt}">"#);
    for shape in &canvas.shapes {
        // Writing to a String cannot fail.
        let _ = match shape {
            Shape::Bar { x, y, width, height, series } => {
                let series = series % SERIES_COLOURS;
                write!(out, r#"<path class="series-{series}" d="M{x:.1} {y:.1}h{width:.1}v{height:.1}h-{width:.1}z"/>"#)
            }
            Shape::Line { points, series } => {
                write!(out, r#"<path class="line-{}" d="{}"/>"#, series % SERIES_COLOURS, path_data(points))
            }
            Shape::Rule { x, y, width } => write!(out, r#"<path class="axis" d="M{x:.1} {y:.1}h{width:.1}"/>"#),
        };
    }
    for label in &canvas.labels {
        let anchor = match label.align {
            Align::Left => "start",
            Align::Centre => "middle",
            Align::Right => "end",
        };
        let weight = if label.strong { r#" class="strong""# } else { "" };
        let (x, y, text) = (label.x, label.y, escape(&label.text));
        let _ = write!(out, r#"<text x="{x:.1}" y="{y:.1}" text-anchor="{anchor}"{weight}>{text}</text>"#);
    }
    out + "</svg>"
}

fn path_data(points: &[[f32; 2]]) -> String {
    let step = |(i, [x, y]): (usize, &[f32; 2])| format!("{}{x:.1} {y:.1}", if i == 0 { 'M' } else { 'L' });
    points.iter().enumerate().map(step).collect()
}
