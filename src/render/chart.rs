//! Draws a chart as shapes and labels on a canvas, for HTML and PDF: bars or lines above an axis, and below each category its
//! numbers, in rows that are also the legend.

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
    pen.draw_category_labels();
    pen.draw_number_rows();
    pen.canvas
}

/// Whether the texts under the categories fit at this width, so that no word or number touches the next.
pub fn labels_fit(chart: &Chart, width: f32, size: f32, measure: &mut MeasureText) -> bool {
    let (_, step) = plot_layout(chart, width, size, measure);
    let words = chart.categories.iter().flat_map(|category| category.split_whitespace()).map(|word| (word, true));
    let cells = chart.series.iter().flat_map(|series| series.points.iter().map(|cell| (cell.text(), series.total)));
    words.chain(cells).all(|(text, strong)| measure(text, strong) <= step - MIN_GAP * size)
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

    /// Draws the names of the categories under the axis.
    fn draw_category_labels(&mut self) {
        let mut deepest: usize = 0;
        let room = self.step - MIN_GAP * self.size;
        for (i, category) in self.chart.categories.iter().enumerate() {
            let x = self.left + (i as f32 + 0.5) * self.step;
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
    fn draw_number_rows(&mut self) {
        let widest: Vec<f32> = (0..self.chart.categories.len()).map(|category| self.widest_number(category)).collect();
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
            for (category, cell) in series.points.iter().enumerate().filter(|(_, cell)| !cell.text().is_empty()) {
                let x = self.centre(category) + widest.get(category).copied().unwrap_or_default() / 2.0;
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
