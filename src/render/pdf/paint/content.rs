//! A page's items become drawing operations, each in the marked content of its element.

use std::fmt::{Arguments, Write};

use super::{fonts::Subset, reading_order::ReadingOrder, syntax::Length};
use crate::render::pdf::{
    page::{Item, Page, Rule, Shape, TextRun},
    structure_tree::NodeId,
    style::{Colour, Pt},
};

/// The operations of one page with these items.
pub fn page(page: &Page, items: &[Item], number: usize, fonts: &[Option<Subset>], order: &mut ReadingOrder) -> String {
    let mut writer = ContentWriter { out: String::new(), height: page.height, open: None, fill: None, font: None };
    for item in items {
        match item {
            Item::Text(run) => {
                writer.mark(run.tag, number, order);
                order.link(run, page, number);
                let (top, bottom) = (run.baseline - run.size, run.baseline + 0.25 * run.size);
                order.figure(run.tag, page, [[run.x, top], [run.x + run.width, bottom]]);
                writer.run(run, fonts, None);
            }
            Item::Rule(rule) => {
                writer.mark(None, number, order);
                writer.rule(rule);
            }
            Item::Shape(shape) => {
                writer.mark(shape.tag, number, order);
                order.figure(shape.tag, page, shape.points.iter().copied());
                writer.shape(shape);
            }
            Item::Watermark(stamp) => {
                writer.mark(None, number, order);
                let ((sin, cos), run) = (stamp.angle.sin_cos(), &stamp.run);
                let turn = [cos, sin, -sin, cos].map(|part| (part * 10_000.0).round() / 10_000.0);
                writer.run(run, fonts, Some(turn));
            }
            // Numbers are in by now.
            Item::PageReference(_) => {}
            Item::Empty(node) => order.place(*node),
        }
    }
    writer.close();
    writer.out
}

struct ContentWriter {
    out: String,
    height: Pt,
    /// Whose marked content is open; an artifact's is nobody's.
    open: Option<Option<NodeId>>,
    fill: Option<Colour>,
    font: Option<(usize, Pt)>,
}

impl ContentWriter {
    /// Appends an operation. Writing to a String cannot fail.
    fn op(&mut self, operation: Arguments) {
        let _ = writeln!(self.out, "{operation}");
    }

    fn mark(&mut self, tag: Option<NodeId>, page: usize, order: &mut ReadingOrder) {
        if self.open == Some(tag) {
            return;
        }
        self.close();
        self.open = Some(tag);
        match tag {
            None => self.op(format_args!("/Artifact BMC")),
            Some(node) => self.op(format_args!("/Span <</MCID {}>> BDC", order.mark(node, page))),
        }
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.op(format_args!("EMC"));
        }
    }

    fn set_fill(&mut self, colour: Colour) {
        if self.fill.replace(colour) != Some(colour) {
            self.op(format_args!("{} rg", rgb(colour)));
        }
    }

    /// How far below the upper edge, as PDF has it: from the lower edge.
    fn up(&self, y: Pt) -> Length {
        Length(self.height - y)
    }

    /// Text on its baseline, which may be turned about its beginning.
    fn run(&mut self, run: &TextRun, fonts: &[Option<Subset>], turn: Option<[f32; 4]>) {
        let Some(font) = fonts.get(run.face).and_then(Option::as_ref) else { return };
        self.set_fill(run.colour);
        self.op(format_args!("BT"));
        if self.font.replace((run.face, run.size)) != Some((run.face, run.size)) {
            self.op(format_args!("/{} {} Tf", font.resource(), Length(run.size)));
        }
        let (x, y) = (Length(run.x), self.up(run.baseline));
        match turn {
            None => self.op(format_args!("{x} {y} Td")),
            Some([a, b, c, d]) => self.op(format_args!("{a} {b} {c} {d} {x} {y} Tm")),
        }
        self.out.push_str("[<");
        for (i, glyph) in run.glyphs.iter().enumerate() {
            let subset = font.glyph(glyph.id);
            let _ = write!(self.out, "{:04X}", subset.id);
            // What the reader's pen moves by itself, less what it should: thousandths, to a tenth.
            let back = ((subset.width - glyph.advance) * 10.0).round() / 10.0;
            if back != 0.0 && i + 1 < run.glyphs.len() {
                let _ = write!(self.out, ">{back}<");
            }
        }
        self.op(format_args!(">] TJ ET"));
    }

    fn shape(&mut self, shape: &Shape) {
        match shape.thickness {
            None => self.set_fill(shape.colour),
            Some(thickness) => {
                self.op(format_args!("{} RG {} w", rgb(shape.colour), Length(thickness)));
            }
        }
        for (i, &[x, y]) in shape.points.iter().enumerate() {
            self.op(format_args!("{} {} {}", Length(x), self.up(y), if i == 0 { "m" } else { "l" }));
        }
        self.op(format_args!("{}", if shape.thickness.is_some() { "S" } else { "f" }));
    }

    fn rule(&mut self, rule: &Rule) {
        self.set_fill(rule.colour);
        let below = self.up(rule.y + rule.thickness / 2.0);
        self.op(format_args!("{} {below} {} {} re f", Length(rule.x), Length(rule.width), Length(rule.thickness)));
    }
}

/// Red, green and blue as shares, to a thousandth.
fn rgb(Colour(red, green, blue): Colour) -> String {
    let [red, green, blue] = [red, green, blue].map(|value| (f32::from(value) / 255.0 * 1000.0).round() / 1000.0);
    format!("{red} {green} {blue}")
}
