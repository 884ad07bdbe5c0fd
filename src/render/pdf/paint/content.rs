//! A page's items become drawing operations, each in the marked content of its element.

use std::collections::BTreeMap;

use printpdf::{
    Codepoint, Color, DictItem, Line, LinePoint, Mm, Op, PaintMode, PdfFontHandle, PdfPage, Point, Polygon,
    PolygonRing, Pt, Rect, Rgb, TextItem, TextMatrix, WindingOrder,
};

use super::{fonts::Subset, object::round, order::Order};
use crate::render::pdf::{
    frame::{Item, Page, Rule, Run, Shape},
    style::Colour,
    tree::NodeId,
};

/// The operations of one page.
pub fn page(page: &Page, number: usize, fonts: &[Option<Subset>], order: &mut Order) -> PdfPage {
    let mut pen = Pen { ops: Vec::new(), open: None, colour: None };
    for item in &page.items {
        match item {
            Item::Run(run) => {
                pen.mark(run.tag, number, order);
                order.link(run, page, number);
                let (top, bottom) = (run.baseline - run.size, run.baseline + 0.25 * run.size);
                order.figure(run.tag, page, [[run.x, top], [run.x + run.width, bottom]]);
                pen.run(run, page, fonts);
            }
            Item::Rule(rule) => {
                pen.mark(None, number, order);
                pen.rule(rule, page);
            }
            Item::Shape(shape) => {
                pen.mark(shape.tag, number, order);
                order.figure(shape.tag, page, shape.points.iter().copied());
                pen.shape(shape, page);
            }
            Item::Empty(node) => order.place(*node),
        }
    }
    pen.close();
    let mut out = PdfPage::new(Mm(0.0), Mm(0.0), pen.ops);
    let sheet = Rect::from_wh(Pt(page.width), Pt(page.height));
    (out.media_box, out.trim_box, out.crop_box) = (sheet.clone(), sheet.clone(), sheet);
    out
}

struct Pen {
    ops: Vec<Op>,
    /// Whose marked content is open; an artifact's is nobody's.
    open: Option<Option<NodeId>>,
    colour: Option<Colour>,
}

impl Pen {
    fn mark(&mut self, tag: Option<NodeId>, page: usize, order: &mut Order) {
        if self.open == Some(tag) {
            return;
        }
        self.close();
        self.open = Some(tag);
        self.ops.push(match tag {
            None => Op::BeginMarkedContent { tag: "Artifact".to_owned() },
            Some(node) => {
                let number = DictItem::Int(i64::try_from(order.mark(node, page)).unwrap_or_default());
                let properties = DictItem::Dict { map: BTreeMap::from([("MCID".to_owned(), number)]) };
                Op::BeginMarkedContentWithProperties { tag: "Span".to_owned(), properties }
            }
        });
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.ops.push(Op::EndMarkedContent);
        }
    }

    fn ink(&mut self, colour: Colour) {
        if self.colour.replace(colour) != Some(colour) {
            self.ops.push(Op::SetFillColor { col: rgb(colour) });
        }
    }

    fn run(&mut self, run: &Run, page: &Page, fonts: &[Option<Subset>]) {
        let Some(font) = fonts.get(run.face).and_then(Option::as_ref) else { return };
        self.ink(run.colour);
        let codepoint = |glyph: &crate::render::pdf::frame::Glyph| {
            let subset = font.glyph(glyph.id);
            // What the reader's pen moves by itself, less what it should: thousandths, to a tenth.
            let offset = ((subset.width - glyph.advance) * 10.0).round() / 10.0;
            Codepoint::with_cid(subset.id, offset, subset.text.clone())
        };
        let glyphs = run.glyphs.iter().map(codepoint).collect();
        let (x, y) = (round(run.x), round(page.height - run.baseline));
        self.ops.extend([
            Op::StartTextSection,
            Op::SetFont { font: PdfFontHandle::External(font.font_id()), size: Pt(round(run.size)) },
            Op::SetTextMatrix { matrix: TextMatrix::Translate(Pt(x), Pt(y)) },
            Op::ShowText { items: vec![TextItem::GlyphIds(glyphs)] },
            Op::EndTextSection,
        ]);
    }

    fn shape(&mut self, shape: &Shape, page: &Page) {
        let point = |&[x, y]: &[f32; 2]| LinePoint {
            p: Point { x: Pt(round(x)), y: Pt(round(page.height - y)) },
            bezier: false,
        };
        let points: Vec<LinePoint> = shape.points.iter().map(point).collect();
        match shape.thickness {
            None => {
                self.ink(shape.colour);
                let rings = vec![PolygonRing { points }];
                let polygon = Polygon { rings, mode: PaintMode::Fill, winding_order: WindingOrder::NonZero };
                self.ops.push(Op::DrawPolygon { polygon });
            }
            Some(thickness) => self.ops.extend([
                Op::SetOutlineColor { col: rgb(shape.colour) },
                Op::SetOutlineThickness { pt: Pt(round(thickness)) },
                Op::DrawLine { line: Line { points, is_closed: false } },
            ]),
        }
    }

    fn rule(&mut self, rule: &Rule, page: &Page) {
        self.ink(rule.colour);
        let y = round(page.height - rule.y - rule.thickness / 2.0);
        let rectangle = Rect {
            x: Pt(round(rule.x)),
            y: Pt(y),
            width: Pt(round(rule.width)),
            height: Pt(round(rule.thickness)),
            mode: Some(PaintMode::Fill),
            winding_order: None,
        };
        self.ops.push(Op::DrawRectangle { rectangle });
    }
}

fn rgb(Colour(r, g, b): Colour) -> Color {
    let part = |value: u8| (f32::from(value) / 255.0 * 1000.0).round() / 1000.0;
    Color::Rgb(Rgb { r: part(r), g: part(g), b: part(b), icc_profile: None })
}
