//! Draws a chart as shapes and labels on a canvas, for HTML and PDF: bars or lines above an axis, and below each category its
//! numbers, in rows that are also the legend. Where the numbers have no room under their categories, they are in several bands
//! of rows, each with the names of its categories, and the axis shows only as many names as fit.

use crate::present::document::{Cell, Chart, ChartKind, Series};

/// A drawing. The origin is the upper left corner, y points down, and the unit is that of the width given to `draw`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Canvas {
    /// The width given to `draw`.
    pub width: f32,
    /// The height that the drawing needs.
    pub height: f32,
    /// From back to front.
    pub shapes: Vec<Shape>,
    /// All texts.
    pub labels: Vec<Label>,
}

/// A shape; `series` is the index of its colour.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A filled rectangle, from its upper left corner.
    Bar { x: f32, y: f32, width: f32, height: f32, series: usize },
    /// A polyline through these points.
    Line { points: Vec<[f32; 2]>, series: usize },
    /// A thin horizontal line.
    Rule { x: f32, y: f32, width: f32 },
}

/// A text, placed by a point on its baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// The point, as `align` says.
    pub x: f32,
    /// The baseline.
    pub y: f32,
    /// Which end of the text is at `x`.
    pub align: Align,
    /// Whether the text is set in the strong font.
    pub strong: bool,
    /// One line of text.
    pub text: String,
}

/// Which end of a text is at the point of its label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Left,
    Centre,
    Right,
}

// The lengths below are in the type size.

/// The height of the plot: a share of the width, within limits.
const PLOT_SHARE: f32 = 0.38;
const PLOT_HEIGHT: [f32; 2] = [11.0, 15.0];
const LEADING: f32 = 1.45;
const SWATCH_SIZE: f32 = 0.8;
const SWATCH_COLUMN: f32 = 1.35;
const MAX_BAR_WIDTH: f32 = 3.4;
const MAX_STACK_WIDTH: f32 = 6.0;
const DOT_SIZE: f32 = 0.45;
/// The least space between the texts under adjacent categories.
const MIN_GAP: f32 = 0.6;
/// The most that series labels take of the width, and the bars of a category of its step, as shares.
const MAX_LABEL_SHARE: f32 = 0.42;
const GROUP_SHARE: f32 = 0.78;

/// Measures the width of a text, in the strong font or the regular one.
pub type MeasureText<'m> = dyn FnMut(&str, bool) -> f32 + 'm;

/// Draws a chart of this width, with type of this size.
pub fn draw(chart: &Chart, width: f32, size: f32, measure: &mut MeasureText) -> Canvas {
    let (left, step) = plot_layout(chart, width, size, measure);
    let canvas = Canvas { width, ..Canvas::default() };
    let mut pen = Pen { chart, canvas, size, left, step, measure };
    pen.draw_plot();
    let count = chart.categories.len();
    if !texts_touch(chart, step, size, pen.measure) {
        pen.draw_band(&Band { first: 0, count, step });
        return pen.canvas;
    }
    pen.draw_axis_labels();
    let wanted = column_width(chart, size, pen.measure);
    // Rounded down: how many columns of this width there are.
    let most = (((width - left) / wanted) as usize).clamp(1, count.max(1));
    let per_band = count.div_ceil(count.div_ceil(most).max(1)).max(1);
    for first in (0..count).step_by(per_band) {
        pen.draw_band(&Band { first, count: per_band.min(count - first), step: (width - left) / per_band as f32 });
    }
    pen.canvas
}

/// Categories whose names and numbers are in the same rows: the first of them, how many, and the width of each.
struct Band {
    first: usize,
    count: usize,
    step: f32,
}

impl Band {
    fn categories(&self) -> std::ops::Range<usize> {
        self.first..self.first + self.count
    }
}

/// Whether texts under adjacent categories of this width touch each other, or leave the drawing at its right end.
fn texts_touch(chart: &Chart, step: f32, size: f32, measure: &mut MeasureText) -> bool {
    let names: Vec<f32> = chart
        .categories
        .iter()
        .map(|category| category.split_whitespace().map(|word| measure(word, true)).fold(0.0, f32::max))
        .collect();
    let mut number = |category: usize| {
        let cells = chart.series.iter().filter_map(|series| Some((series.points.get(category)?.text(), series.total)));
        cells.map(|(text, strong)| measure(text, strong)).fold(0.0, f32::max)
    };
    let numbers: Vec<f32> = (0..chart.categories.len()).map(&mut number).collect();
    let touch = |pair: &[f32]| pair.iter().sum::<f32>() / 2.0 + MIN_GAP * size > step;
    let leaves = |widths: &[f32]| widths.last().is_some_and(|last| *last > step);
    [&names, &numbers].into_iter().any(|widths| leaves(widths) || widths.windows(2).any(touch))
}

/// The width that a category needs for its numbers and the longest word of its name.
fn column_width(chart: &Chart, size: f32, measure: &mut MeasureText) -> f32 {
    let words = chart.categories.iter().flat_map(|category| category.split_whitespace()).map(|word| (word, true));
    let cells = chart.series.iter().flat_map(|series| series.points.iter().map(|cell| (cell.text(), series.total)));
    words.chain(cells).map(|(text, strong)| measure(text, strong)).fold(0.0, f32::max) + MIN_GAP * size
}

/// Whether the texts under the categories fit at this width, so that no word or number touches the next.
pub fn labels_fit(chart: &Chart, width: f32, size: f32, measure: &mut MeasureText) -> bool {
    let (_, step) = plot_layout(chart, width, size, measure);
    column_width(chart, size, measure) <= step
}

/// The left edge of the plot, and the width of a category.
fn plot_layout(chart: &Chart, width: f32, size: f32, measure: &mut MeasureText) -> (f32, f32) {
    let widest = chart.series.iter().map(|series| measure(&series.label, series.total)).fold(0.0, f32::max);
    let left = (widest + (SWATCH_COLUMN + 1.0) * size).min(width * MAX_LABEL_SHARE);
    (left, (width - left) / chart.categories.len().max(1) as f32)
}

struct Pen<'c, 'm> {
    chart: &'c Chart,
    canvas: Canvas,
    size: f32,
    /// The left edge of the plot, and the width of a category.
    left: f32,
    step: f32,
    measure: &'m mut MeasureText<'m>,
}

impl Pen<'_, '_> {
    /// The series that are drawn, which are all but totals, with the index of their colour.
    fn plotted_series(&self) -> impl Iterator<Item = (usize, &Series)> + Clone {
        self.chart.series.iter().filter(|series| !series.total).enumerate()
    }

    fn centre(&self, category: usize) -> f32 {
        self.left + (category as f32 + 0.5) * self.step
    }

    /// Draws bars or lines, and the axis at zero.
    fn draw_plot(&mut self) {
        let (least, most) = self.extent();
        let top = 0.5 * self.size;
        let height = (PLOT_SHARE * self.canvas.width).clamp(PLOT_HEIGHT[0] * self.size, PLOT_HEIGHT[1] * self.size);
        let span = if most > least { most - least } else { 1.0 };
        let at = |value: f32| top + (most - value) / span * height;
        let mut shapes = Vec::new();
        match self.chart.kind {
            ChartKind::Bar => self.bars(&at, &mut shapes),
            ChartKind::Stacked => self.stacks(&at, &mut shapes),
            ChartKind::Line => self.lines(&at, &mut shapes),
        }
        shapes.push(Shape::Rule { x: self.left, y: at(0.0), width: self.canvas.width - self.left });
        self.canvas.shapes = shapes;
        self.canvas.height = top + height;
    }

    /// The least and greatest value to show, zero included.
    fn extent(&self) -> (f32, f32) {
        let (mut least, mut most) = (0.0_f32, 0.0_f32);
        for category in 0..self.chart.categories.len() {
            let values = self.plotted_series().filter_map(|(_, series)| value(series.points.get(category)?));
            let (below, above): (Vec<f32>, Vec<f32>) = values.partition(|value| *value < 0.0);
            if self.chart.kind == ChartKind::Stacked {
                (least, most) = (least.min(below.iter().sum()), most.max(above.iter().sum()));
            } else {
                (least, most) = (below.into_iter().fold(least, f32::min), above.into_iter().fold(most, f32::max));
            }
        }
        (least, most)
    }

    fn bars(&self, at: &dyn Fn(f32) -> f32, shapes: &mut Vec<Shape>) {
        let count = self.plotted_series().count().max(1) as f32;
        let width = (self.step * GROUP_SHARE / count).min(MAX_BAR_WIDTH * self.size);
        for (i, series) in self.plotted_series() {
            for (category, point) in series.points.iter().enumerate() {
                let Some(value) = value(point) else { continue };
                let x = self.centre(category) + (i as f32 - count / 2.0) * width;
                shapes.push(bar(x + 0.04 * width, 0.92 * width, at(0.0), at(value), i));
            }
        }
    }

    fn stacks(&self, at: &dyn Fn(f32) -> f32, shapes: &mut Vec<Shape>) {
        let width = (self.step * GROUP_SHARE).min(MAX_STACK_WIDTH * self.size);
        for category in 0..self.chart.categories.len() {
            let (mut below, mut above) = (0.0, 0.0);
            for (i, series) in self.plotted_series() {
                let Some(value) = series.points.get(category).and_then(value) else { continue };
                let from = if value < 0.0 { &mut below } else { &mut above };
                let x = self.centre(category) - width / 2.0;
                shapes.push(bar(x, width, at(*from), at(*from + value), i));
                *from += value;
            }
        }
    }

    /// Draws a dot for each number, and a line that is interrupted where a number is missing.
    fn lines(&self, at: &dyn Fn(f32) -> f32, shapes: &mut Vec<Shape>) {
        for (i, series) in self.plotted_series() {
            let point = |(category, cell): (usize, &Cell)| value(cell).map(|v| [self.centre(category), at(v)]);
            let points: Vec<Option<[f32; 2]>> = series.points.iter().enumerate().map(point).collect();
            for stretch in points.split(Option::is_none) {
                let points: Vec<[f32; 2]> = stretch.iter().copied().flatten().collect();
                let side = DOT_SIZE * self.size;
                shapes.extend(points.iter().map(|[x, y]| bar(x - side / 2.0, side, y - side / 2.0, y + side / 2.0, i)));
                if points.len() > 1 {
                    shapes.push(Shape::Line { points, series: i });
                }
            }
        }
    }

    /// Draws the names of the categories under the axis, or every second, third and so on, as many as have room.
    fn draw_axis_labels(&mut self) {
        let size = self.size;
        let widths: Vec<f32> = self.chart.categories.iter().map(|category| (self.measure)(category, true)).collect();
        let widest = widths.iter().copied().fold(0.0, f32::max) + MIN_GAP * size;
        // Rounded up: how many categories one name takes.
        let each = ((widest / self.step).ceil() as usize).max(1);
        let y = self.canvas.height + LEADING * size;
        for (i, category) in self.chart.categories.iter().enumerate().step_by(each) {
            let x = self.centre(i);
            let half = widths.get(i).copied().unwrap_or_default() / 2.0;
            if i == 0 || x + half <= self.canvas.width {
                let x = x.max(half);
                self.canvas.labels.push(Label { x, y, align: Align::Centre, strong: true, text: category.clone() });
            }
        }
        self.canvas.height = y + 0.55 * size;
    }

    /// Draws the names of the categories of a band, and below them a row for each series.
    fn draw_band(&mut self, band: &Band) {
        self.draw_category_labels(band);
        self.draw_number_rows(band);
    }

    fn draw_category_labels(&mut self, band: &Band) {
        let mut deepest: usize = 0;
        let room = band.step - MIN_GAP * self.size;
        for (i, category) in self.chart.categories.iter().skip(band.first).take(band.count).enumerate() {
            let x = self.left + (i as f32 + 0.5) * band.step;
            let lines = wrap(category, room, true, self.measure);
            deepest = deepest.max(lines.len());
            for (line, text) in (1..).zip(lines) {
                let y = self.canvas.height + line as f32 * LEADING * self.size;
                self.canvas.labels.push(Label { x, y, align: Align::Centre, strong: true, text });
            }
        }
        self.canvas.height += (deepest as f32 * LEADING + 0.55) * self.size;
        let (y, width) = (self.canvas.height, self.canvas.width);
        self.canvas.shapes.push(Shape::Rule { x: 0.0, y, width });
    }

    /// Draws a row for each series: colour swatch, name, and numbers aligned at their last digits.
    fn draw_number_rows(&mut self, band: &Band) {
        let widest: Vec<f32> = band.categories().map(|category| self.widest_number(category)).collect();
        let mut colour = 0;
        for series in &self.chart.series {
            let name = self.left - (SWATCH_COLUMN + 0.6) * self.size;
            let lines = wrap(&series.label, name, series.total, self.measure);
            let first = self.canvas.height + LEADING * self.size;
            if !series.total {
                let side = SWATCH_SIZE * self.size;
                let y = first - side * 0.92;
                self.canvas.shapes.push(Shape::Bar { x: 0.0, y, width: side, height: side, series: colour });
                colour += 1;
            }
            let mut y = first;
            for (i, text) in lines.into_iter().enumerate() {
                y = first + i as f32 * LEADING * self.size;
                let x = SWATCH_COLUMN * self.size;
                self.canvas.labels.push(Label { x, y, align: Align::Left, strong: series.total, text });
            }
            let points = series.points.iter().skip(band.first).take(band.count).enumerate();
            for (i, cell) in points.filter(|(_, cell)| !cell.text().is_empty()) {
                let x = self.left + (i as f32 + 0.5) * band.step + widest.get(i).copied().unwrap_or_default() / 2.0;
                let text = cell.text().to_owned();
                self.canvas.labels.push(Label { x, y, align: Align::Right, strong: series.total, text });
            }
            self.canvas.height = y;
        }
        self.canvas.height += 0.6 * self.size;
    }

    fn widest_number(&mut self, category: usize) -> f32 {
        let texts =
            self.chart.series.iter().filter_map(|series| Some((series.points.get(category)?.text(), series.total)));
        texts.map(|(text, strong)| (self.measure)(text, strong)).fold(0.0, f32::max)
    }
}

/// A bar between two heights, in either order.
fn bar(x: f32, width: f32, from: f32, to: f32, series: usize) -> Shape {
    Shape::Bar { x, y: from.min(to), width, height: (from - to).abs(), series }
}

/// The value of a cell; the precision of `f32` is enough for drawing.
fn value(cell: &Cell) -> Option<f32> {
    match cell {
        Cell::Number { figure, .. } => figure.value.parse().ok().filter(|value: &f32| value.is_finite()),
        Cell::Blank | Cell::Mark { .. } | Cell::Text { .. } => None,
    }
}

/// Wraps a text into lines of about equal length, no wider than `room` unless a single word is.
fn wrap(text: &str, room: f32, strong: bool, measure: &mut MeasureText) -> Vec<String> {
    let words: Vec<(&str, f32)> = text.split_whitespace().map(|word| (word, measure(word, strong))).collect();
    let space = measure(" ", strong);
    let (mut low, mut high) = (0.0, room);
    let most = fill_lines(&words, space, room).len();
    // A bisection: eight steps leave less than the width of a letter.
    for _ in 0..8 {
        let middle = (low + high) / 2.0;
        if fill_lines(&words, space, middle).len() <= most { high = middle } else { low = middle }
    }
    fill_lines(&words, space, high)
}

/// Fills lines with words greedily.
fn fill_lines(words: &[(&str, f32)], space: f32, room: f32) -> Vec<String> {
    let mut lines: Vec<(String, f32)> = Vec::new();
    for (word, width) in words {
        match lines.last_mut() {
            Some((line, filled)) if *filled + space + width <= room => {
                *line = format!("{line} {word}");
                *filled += space + width;
            }
            _ => lines.push(((*word).to_owned(), *width)),
        }
    }
    lines.into_iter().map(|(line, _)| line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::document::Table;

    const SIZE: f32 = 12.5;

    fn width(text: &str) -> f32 {
        text.chars().count() as f32 * 0.53 * SIZE
    }

    /// A chart with a number of seven letters in each month.
    fn months(count: usize) -> Chart {
        let table = Table {
            id: "months".into(),
            caption: Vec::new(),
            unit_line: Vec::new(),
            head: Vec::new(),
            columns: Vec::new(),
            rows: Vec::new(),
            landscape: false,
            boxed: false,
        };
        let points = (0..count).map(|month| Cell::of_mark(format!("1,{month:05}"))).collect();
        Chart {
            kind: ChartKind::Bar,
            table,
            categories: (0..count).map(|month| format!("Month {month}")).collect(),
            series: vec![Series { label: "Revenue".into(), points, total: false }],
            headline: false,
            alt: String::new(),
            numbers: String::new(),
            notes: Default::default(),
        }
    }

    #[test]
    fn texts_of_many_categories_are_not_over_each_other() {
        for (count, sheet) in [(2, 320.0), (4, 720.0), (12, 720.0), (12, 320.0), (40, 320.0)] {
            let canvas = draw(&months(count), sheet, SIZE, &mut |text: &str, _: bool| width(text));
            let span = |label: &Label| {
                let left = match label.align {
                    Align::Left => label.x,
                    Align::Centre => label.x - width(&label.text) / 2.0,
                    Align::Right => label.x - width(&label.text),
                };
                (left, left + width(&label.text))
            };
            let numbers = canvas.labels.iter().filter(|label| label.text.starts_with("1,")).count();
            assert_eq!(numbers, count, "every number once");
            for (i, one) in canvas.labels.iter().enumerate() {
                assert!(span(one).0 > -0.1 && span(one).1 < sheet + 0.1, "{one:?} leaves {sheet}");
                for other in &canvas.labels[..i] {
                    let apart = span(one).1 <= span(other).0 || span(other).1 <= span(one).0;
                    assert!(one.y != other.y || apart, "{one:?} is over {other:?}");
                }
            }
        }
    }
}
