//! A chart as shapes and labels on a canvas, for every writer that can draw: columns or lines over an axis, and under each
//! category its numbers, in rows that are also the legend.

use crate::present::document::{Cell, Chart, ChartKind, Series};

/// A drawing, measured from its upper left corner in the unit of its width.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Canvas {
    pub width: f32,
    pub height: f32,
    pub shapes: Vec<Shape>,
    pub labels: Vec<Label>,
}

/// A shape; `series` is the number of its colour.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    Bar { x: f32, y: f32, width: f32, height: f32, series: usize },
    Line { points: Vec<[f32; 2]>, series: usize },
    Rule { x: f32, y: f32, width: f32 },
}

/// A text at a point of its baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    pub x: f32,
    pub y: f32,
    pub align: Align,
    pub strong: bool,
    pub text: String,
}

/// Which end of a text is at its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Left,
    Centre,
    Right,
}

/// Measures, in the type size.
/// The height of the plot: a share of the width, within limits.
const PLOT_SHARE: f32 = 0.38;
const PLOT: [f32; 2] = [11.0, 15.0];
const LEADING: f32 = 1.45;
const SWATCH: f32 = 0.8;
const SWATCH_GAP: f32 = 1.35;
const BAR: f32 = 3.4;
const STACK: f32 = 6.0;
const DOT: f32 = 0.45;
/// The least space between what is under one category and the next.
const CLEAR: f32 = 0.6;
/// The most that labels and a category's columns take, as shares of their room.
const LABELS: f32 = 0.42;
const GROUP: f32 = 0.78;

/// How wide a text is, set strong or not.
pub type Measure<'m> = dyn FnMut(&str, bool) -> f32 + 'm;

/// Draws a chart so wide, in type of this size.
pub fn draw(chart: &Chart, width: f32, size: f32, measure: &mut Measure) -> Canvas {
    let (left, step) = columns(chart, width, size, measure);
    let canvas = Canvas { width, ..Canvas::default() };
    let mut pen = Pen { chart, canvas, size, left, step, measure };
    pen.plot();
    pen.heads();
    pen.rows();
    pen.canvas
}

/// Whether what is under the categories has room at this width: no word and no number touches the next.
pub fn is_clear(chart: &Chart, width: f32, size: f32, measure: &mut Measure) -> bool {
    let (_, step) = columns(chart, width, size, measure);
    let words = chart.categories.iter().flat_map(|category| category.split_whitespace()).map(|word| (word, true));
    let cells = chart.series.iter().flat_map(|series| series.points.iter().map(|cell| (cell.text(), series.total)));
    words.chain(cells).all(|(text, strong)| measure(text, strong) <= step - CLEAR * size)
}

/// Where the plot begins, and how wide a category is.
fn columns(chart: &Chart, width: f32, size: f32, measure: &mut Measure) -> (f32, f32) {
    let widest = chart.series.iter().map(|series| measure(&series.label, series.total)).fold(0.0, f32::max);
    let left = (widest + (SWATCH_GAP + 1.0) * size).min(width * LABELS);
    (left, (width - left) / chart.categories.len().max(1) as f32)
}

struct Pen<'c, 'm> {
    chart: &'c Chart,
    canvas: Canvas,
    size: f32,
    /// Where the plot begins, and how wide a category is.
    left: f32,
    step: f32,
    measure: &'m mut Measure<'m>,
}

impl Pen<'_, '_> {
    fn drawn(&self) -> impl Iterator<Item = (usize, &Series)> + Clone {
        self.chart.series.iter().filter(|series| !series.total).enumerate()
    }

    fn centre(&self, category: usize) -> f32 {
        self.left + (category as f32 + 0.5) * self.step
    }

    /// Columns or lines, and the axis at nil.
    fn plot(&mut self) {
        let (least, most) = self.extent();
        let top = 0.5 * self.size;
        let height = (PLOT_SHARE * self.canvas.width).clamp(PLOT[0] * self.size, PLOT[1] * self.size);
        let span = if most > least { most - least } else { 1.0 };
        let at = |value: f32| top + (most - value) / span * height;
        let mut shapes = Vec::new();
        match self.chart.drawn {
            ChartKind::Bar => self.bars(&at, &mut shapes),
            ChartKind::Stacked => self.stacks(&at, &mut shapes),
            ChartKind::Line => self.lines(&at, &mut shapes),
        }
        shapes.push(Shape::Rule { x: self.left, y: at(0.0), width: self.canvas.width - self.left });
        self.canvas.shapes = shapes;
        self.canvas.height = top + height;
    }

    /// The least and greatest value to show; nil is always among them.
    fn extent(&self) -> (f32, f32) {
        let (mut least, mut most) = (0.0_f32, 0.0_f32);
        for category in 0..self.chart.categories.len() {
            let values = self.drawn().filter_map(|(_, series)| value(series.points.get(category)?));
            let (below, above): (Vec<f32>, Vec<f32>) = values.partition(|value| *value < 0.0);
            if self.chart.drawn == ChartKind::Stacked {
                (least, most) = (least.min(below.iter().sum()), most.max(above.iter().sum()));
            } else {
                (least, most) = (below.into_iter().fold(least, f32::min), above.into_iter().fold(most, f32::max));
            }
        }
        (least, most)
    }

    fn bars(&self, at: &dyn Fn(f32) -> f32, shapes: &mut Vec<Shape>) {
        let count = self.drawn().count().max(1) as f32;
        let width = (self.step * GROUP / count).min(BAR * self.size);
        for (i, series) in self.drawn() {
            for (category, point) in series.points.iter().enumerate() {
                let Some(value) = value(point) else { continue };
                let x = self.centre(category) + (i as f32 - count / 2.0) * width;
                shapes.push(bar(x + 0.04 * width, 0.92 * width, at(0.0), at(value), i));
            }
        }
    }

    fn stacks(&self, at: &dyn Fn(f32) -> f32, shapes: &mut Vec<Shape>) {
        let width = (self.step * GROUP).min(STACK * self.size);
        for category in 0..self.chart.categories.len() {
            let (mut below, mut above) = (0.0, 0.0);
            for (i, series) in self.drawn() {
                let Some(value) = series.points.get(category).and_then(value) else { continue };
                let from = if value < 0.0 { &mut below } else { &mut above };
                let x = self.centre(category) - width / 2.0;
                shapes.push(bar(x, width, at(*from), at(*from + value), i));
                *from += value;
            }
        }
    }

    /// A line is broken where there is no number; each number has a dot.
    fn lines(&self, at: &dyn Fn(f32) -> f32, shapes: &mut Vec<Shape>) {
        for (i, series) in self.drawn() {
            let point = |(category, cell): (usize, &Cell)| value(cell).map(|v| [self.centre(category), at(v)]);
            let points: Vec<Option<[f32; 2]>> = series.points.iter().enumerate().map(point).collect();
            for stretch in points.split(Option::is_none) {
                let points: Vec<[f32; 2]> = stretch.iter().copied().flatten().collect();
                let side = DOT * self.size;
                shapes.extend(points.iter().map(|[x, y]| bar(x - side / 2.0, side, y - side / 2.0, y + side / 2.0, i)));
                if points.len() > 1 {
                    shapes.push(Shape::Line { points, series: i });
                }
            }
        }
    }

    /// The categories' names under the axis.
    fn heads(&mut self) {
        let mut deepest: usize = 0;
        let room = self.step - CLEAR * self.size;
        for (i, category) in self.chart.categories.iter().enumerate() {
            let x = self.left + (i as f32 + 0.5) * self.step;
            let lines = wrapped(category, room, true, self.measure);
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

    /// One row for each series: its colour, its name, its numbers with their last digits under each other.
    fn rows(&mut self) {
        let widest: Vec<f32> = (0..self.chart.categories.len()).map(|category| self.widest(category)).collect();
        let mut colour = 0;
        for series in &self.chart.series {
            let name = self.left - (SWATCH_GAP + 0.6) * self.size;
            let lines = wrapped(&series.label, name, series.total, self.measure);
            let first = self.canvas.height + LEADING * self.size;
            if !series.total {
                let side = SWATCH * self.size;
                let y = first - side * 0.92;
                self.canvas.shapes.push(Shape::Bar { x: 0.0, y, width: side, height: side, series: colour });
                colour += 1;
            }
            let mut y = first;
            for (i, text) in lines.into_iter().enumerate() {
                y = first + i as f32 * LEADING * self.size;
                let x = SWATCH_GAP * self.size;
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

    fn widest(&mut self, category: usize) -> f32 {
        let texts =
            self.chart.series.iter().filter_map(|series| Some((series.points.get(category)?.text(), series.total)));
        texts.map(|(text, strong)| (self.measure)(text, strong)).fold(0.0, f32::max)
    }
}

/// A column between two heights, whichever is above.
fn bar(x: f32, width: f32, one: f32, other: f32, series: usize) -> Shape {
    Shape::Bar { x, y: one.min(other), width, height: (one - other).abs(), series }
}

/// What a cell is worth, for the eye: drawing needs no more digits than a pixel has.
fn value(cell: &Cell) -> Option<f32> {
    match cell {
        Cell::Number { figure, .. } => figure.value.parse().ok().filter(|value: &f32| value.is_finite()),
        Cell::Blank | Cell::Mark { .. } => None,
    }
}

/// A text in lines of about one length, no wider than the room as far as its words allow.
fn wrapped(text: &str, room: f32, strong: bool, measure: &mut Measure) -> Vec<String> {
    let words: Vec<(&str, f32)> = text.split_whitespace().map(|word| (word, measure(word, strong))).collect();
    let space = measure(" ", strong);
    let (mut low, mut high) = (0.0, room);
    let most = filled(&words, space, room).len();
    // Each step halves the doubt; eight leave less than a letter of it.
    for _ in 0..8 {
        let middle = (low + high) / 2.0;
        if filled(&words, space, middle).len() <= most { high = middle } else { low = middle }
    }
    filled(&words, space, high)
}

/// Words in lines, one after the other.
fn filled(words: &[(&str, f32)], space: f32, room: f32) -> Vec<String> {
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
