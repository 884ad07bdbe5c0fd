//! Charts on paper: a caption, then the drawing as one figure with its alternative text.

use super::{
    band::{self, Anchor, Band},
    blocks::Piece,
    faces::Voice,
    frame::{Item, Shape as Path},
    setter::Setter,
    style::{Colour, Pt, Type},
    text,
    tree::{NodeId, Role},
};
use crate::{
    present::document::Chart,
    render::chart::{Align, Canvas, Shape, draw},
};

/// The thickness of a line of a line chart.
const LINE: Pt = 1.6;

/// The pieces of a chart; it is never cut.
pub fn figure(setter: &mut Setter, chart: &Chart, x: Pt, width: Pt, parent: NodeId) -> Vec<Piece> {
    let place = format!("chart `{}`", chart.table.id);
    let mut bands = caption(setter, chart, x, width, parent, &place);
    let tag = setter.tree.add(parent, Role::Figure(chart.alt.clone()));
    let size = setter.style.note.size;
    let set = Type { size, leading: size };
    let mut measure = |text: &str, strong: bool| setter.width(voice(strong), text, size, &place);
    let canvas = draw(chart, width, size, &mut measure);
    let mut items = shapes(setter, &canvas, tag);
    for label in canvas.labels {
        let ink = setter.ink(set, &place).voiced(voice(label.strong)).tagged(Some(tag));
        for line in text::set_plain(setter, &label.text, ink, Pt::MAX) {
            let back = match label.align {
                Align::Left => 0.0,
                Align::Centre => line.width / 2.0,
                Align::Right => line.width,
            };
            items.extend(line.at(label.x - back, label.y));
        }
    }
    let items = items.into_iter().map(|item| item.moved(x, 0.0)).collect();
    bands.push(Band { before: 2.0, height: canvas.height, items, ..Band::default() });
    if let Some(first) = bands.first_mut() {
        first.before = setter.style.table_gap;
        first.anchors.push(Anchor { id: chart.table.id.clone(), heading: None });
    }
    let space = Band { height: setter.style.table_gap / 2.0, ..Band::default() };
    bands.into_iter().chain([space]).map(Piece::Band).collect()
}

fn voice(strong: bool) -> Voice {
    if strong { Voice::Strong } else { Voice::Regular }
}

/// Caption and unit line above the drawing, which they stay with.
fn caption(setter: &mut Setter, chart: &Chart, x: Pt, width: Pt, parent: NodeId, place: &str) -> Vec<Band> {
    let style = setter.style;
    let tag = setter.tree.add(parent, Role::Paragraph);
    let ink = setter.ink(style.caption, place).voiced(Voice::Strong).tagged(Some(tag));
    let lines = text::set_balanced(setter, &chart.table.caption, ink, width);
    let mut bands = band::stack(lines, style.caption, x, 0.0, 0.0);
    let tag = setter.tree.add(parent, Role::Paragraph);
    let unit = setter.ink(style.note, place).voiced(Voice::Italic).coloured(style.quiet).tagged(Some(tag));
    bands.extend(band::stack(text::set(setter, &chart.table.unit_line, unit, width), style.note, x, 0.0, 0.0));
    bands.iter_mut().for_each(|band| band.keep = true);
    bands
}

fn shapes(setter: &Setter, canvas: &Canvas, tag: NodeId) -> Vec<Item> {
    let style = setter.style;
    let colour = |series: usize| -> Colour {
        style.series.get(series % style.series.len().max(1)).copied().unwrap_or(style.accent)
    };
    let path = |shape: &Shape| match shape {
        Shape::Bar { x, y, width, height, series } => {
            let points = vec![[*x, *y], [x + width, *y], [x + width, y + height], [*x, y + height]];
            Path { points, thickness: None, colour: colour(*series), tag: Some(tag) }
        }
        Shape::Line { points, series } => {
            Path { points: points.clone(), thickness: Some(LINE), colour: colour(*series), tag: Some(tag) }
        }
        Shape::Rule { x, y, width } => {
            let points = vec![[*x, *y], [x + width, *y]];
            Path { points, thickness: Some(style.hairline), colour: style.ink, tag: Some(tag) }
        }
    };
    canvas.shapes.iter().map(|shape| Item::Shape(path(shape))).collect()
}
