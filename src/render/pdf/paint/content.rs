//! Writes the items of a page as drawing operations, in marked content of their elements.

use std::{fmt::Arguments, io::Write};

use super::{
    fonts::Subset,
    pictures::picture_name,
    reading_order::ReadingOrder,
    syntax::{Length, Name, push_whole},
};
use crate::render::pdf::{
    page::{Item, Page, PlacedPicture, Rule, Shape, TextRun},
    structure_tree::NodeId,
    style::{Colour, Pt},
};

/// The content stream of a page with these items.
pub fn page_operations(
    page: &Page,
    items: &[Item],
    number: usize,
    fonts: &[Option<Subset>],
    order: &mut ReadingOrder,
) -> Vec<u8> {
    let mut writer = ContentWriter { out: Vec::new(), height: page.height, open: None, fill: None, font: None };
    for item in items {
        match item {
            Item::Text(run) => {
                writer.begin_marked_content(run.tag, number, order);
                order.add_link_area(run, page, number);
                let (top, bottom) = (run.baseline - run.size, run.baseline + 0.25 * run.size);
                order.extend_figure(run.tag, page, [[run.x, top], [run.x + run.width, bottom]]);
                writer.write_text(run, fonts, None);
            }
            Item::Rule(rule) => {
                writer.begin_marked_content(None, number, order);
                writer.write_rule(rule);
            }
            Item::Shape(shape) => {
                writer.begin_marked_content(shape.tag, number, order);
                order.extend_figure(shape.tag, page, shape.points.iter().copied());
                writer.write_shape(shape);
            }
            Item::Picture(picture) => {
                writer.begin_marked_content(picture.tag, number, order);
                let (right, bottom) = (picture.x + picture.width, picture.y + picture.height);
                order.extend_figure(picture.tag, page, [[picture.x, picture.y], [right, bottom]]);
                writer.write_picture(picture);
            }
            Item::Watermark(watermark) => {
                writer.begin_marked_content(None, number, order);
                let ((sin, cos), run) = (watermark.angle.sin_cos(), &watermark.run);
                let rotation = [cos, sin, -sin, cos].map(|part| (part * 10_000.0).round() / 10_000.0);
                writer.write_text(run, fonts, Some(rotation));
            }
            // Layout has replaced page references.
            Item::PageReference(_) => {}
            Item::Empty(node) => order.place(*node),
        }
    }
    writer.end_marked_content();
    writer.out
}

struct ContentWriter {
    out: Vec<u8>,
    height: Pt,
    /// The element of the open marked content; `Some(None)` for an artifact.
    open: Option<Option<NodeId>>,
    fill: Option<Colour>,
    font: Option<(usize, Pt)>,
}

impl ContentWriter {
    /// Appends an operation.
    fn write_operation(&mut self, operation: Arguments) {
        // Writing to memory cannot fail.
        let _ = self.out.write_fmt(operation);
        self.out.push(b'\n');
    }

    fn write_words(&mut self, words: &str) {
        self.out.extend_from_slice(words.as_bytes());
    }

    /// Appends an operation on lengths.
    fn write_lengths<const N: usize>(&mut self, lengths: [Length; N], operator: &str) {
        for length in lengths {
            length.push_to(&mut self.out);
            self.out.push(b' ');
        }
        self.write_words(operator);
        self.out.push(b'\n');
    }

    fn begin_marked_content(&mut self, tag: Option<NodeId>, page: usize, order: &mut ReadingOrder) {
        if self.open == Some(tag) {
            return;
        }
        self.end_marked_content();
        self.open = Some(tag);
        match tag {
            None => self.write_words("/Artifact BMC\n"),
            Some(node) => {
                self.write_words("/Span <</MCID ");
                push_whole(order.add_marked_content(node, page), &mut self.out);
                self.write_words(">> BDC\n");
            }
        }
    }

    fn end_marked_content(&mut self) {
        if self.open.take().is_some() {
            self.write_words("EMC\n");
        }
    }

    fn set_fill(&mut self, colour: Colour) {
        if self.fill.replace(colour) != Some(colour) {
            self.write_operation(format_args!("{} rg", rgb(colour)));
        }
    }

    /// Converts a distance from the upper edge to PDF's distance from the lower edge.
    fn flip_y(&self, y: Pt) -> Length {
        Length(self.height - y)
    }

    /// Writes text on its baseline, optionally rotated about its left end.
    fn write_text(&mut self, run: &TextRun, fonts: &[Option<Subset>], rotation: Option<[f32; 4]>) {
        let Some(font) = fonts.get(run.face).and_then(Option::as_ref) else { return };
        self.set_fill(run.colour);
        self.write_words("BT\n");
        if self.font.replace((run.face, run.size)) != Some((run.face, run.size)) {
            self.write_operation(format_args!("/{} {} Tf", font.resource(), Length(run.size)));
        }
        let (x, y) = (Length(run.x), self.flip_y(run.baseline));
        match rotation {
            None => self.write_lengths([x, y], "Td"),
            Some([a, b, c, d]) => self.write_operation(format_args!("{a} {b} {c} {d} {x} {y} Tm")),
        }
        self.write_words("[(");
        for (i, glyph) in run.glyphs.iter().enumerate() {
            let subset = font.glyph(glyph.id);
            self.write_glyph(subset.id);
            // The font's advance minus the wanted one, in thousandths of the type size, rounded to a tenth.
            let adjustment = ((subset.width - glyph.advance) * 10.0).round() / 10.0;
            if adjustment != 0.0 && i + 1 < run.glyphs.len() {
                self.out.push(b')');
                Length(adjustment).push_to(&mut self.out);
                self.out.push(b'(');
            }
        }
        self.write_words(")] TJ ET\n");
    }

    /// Writes the number of a glyph as two bytes of a literal string, which are half as much to compress as in hexadecimal.
    fn write_glyph(&mut self, id: u16) {
        for byte in id.to_be_bytes() {
            match byte {
                b'(' | b')' | b'\\' => self.out.extend([b'\\', byte]),
                // A reader takes it for the end of a line, which is a line feed.
                b'\r' => self.write_words("\\r"),
                _ => self.out.push(byte),
            }
        }
    }

    fn write_shape(&mut self, shape: &Shape) {
        match shape.thickness {
            None => self.set_fill(shape.colour),
            Some(thickness) => {
                self.write_operation(format_args!("{} RG {} w", rgb(shape.colour), Length(thickness)));
            }
        }
        for (i, &[x, y]) in shape.points.iter().enumerate() {
            self.write_lengths([Length(x), self.flip_y(y)], if i == 0 { "m" } else { "l" });
        }
        self.write_words(if shape.thickness.is_some() { "S\n" } else { "f\n" });
    }

    /// Draws a picture, scaled from the unit square.
    fn write_picture(&mut self, picture: &PlacedPicture) {
        let (x, y) = (Length(picture.x), self.flip_y(picture.y + picture.height));
        let (width, height, name) = (Length(picture.width), Length(picture.height), picture_name(picture.index));
        self.write_operation(format_args!("q {width} 0 0 {height} {x} {y} cm {} Do Q", Name(&name)));
    }

    fn write_rule(&mut self, rule: &Rule) {
        self.set_fill(rule.colour);
        let below = self.flip_y(rule.y + rule.thickness / 2.0);
        self.write_lengths([Length(rule.x), below, Length(rule.width), Length(rule.thickness)], "re f");
    }
}

/// Red, green and blue from 0 to 1, rounded to a thousandth.
fn rgb(Colour(red, green, blue): Colour) -> String {
    let [red, green, blue] = [red, green, blue].map(|value| (f32::from(value) / 255.0 * 1000.0).round() / 1000.0);
    format!("{red} {green} {blue}")
}
