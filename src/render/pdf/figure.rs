//! Charts on paper: a caption, then the drawing as one figure with its alternative text.

use super::{
    Part,
    faces::FontRole,
    flow_item::FlowItem,
    frame::{Item, Shape as Path},
    layout_context::LayoutContext,
    line_box::{self, Anchor, LineBox},
    structure_tree::{Landmark, NodeId, Role},
    style::{Colour, Pt, Type},
    text,
};
use crate::{
    present::document::Chart,
    render::chart::{Align, Canvas, Shape, draw, is_clear},
};

/// The thickness of a line of a line chart.
const LINE: Pt = 1.6;

/// The space between two charts beside each other.
const BETWEEN: Pt = 26.0;

/// Where a chart is set: from `x`, so wide, in an element.
#[derive(Clone, Copy)]
pub struct Room {
    pub x: Pt,
    pub width: Pt,
    pub parent: NodeId,
}

/// The pieces of charts that follow each other: two beside each other where both have room, else one below the other.
/// A chart is never cut.
pub fn figures(setter: &mut LayoutContext, charts: &[&Chart], room: Room) -> Vec<FlowItem> {
    let half = Room { width: (room.width - BETWEEN) / 2.0, ..room };
    let mut pieces = Vec::new();
    let mut rest = charts;
    while let Some((first, others)) = rest.split_first() {
        let second =
            others.first().filter(|second| has_room(setter, first, half.width) && has_room(setter, second, half.width));
        let row = match second {
            Some(second) => {
                let beside = Room { x: half.x + half.width + BETWEEN, ..half };
                vec![figure(setter, first, half), figure(setter, second, beside)]
            }
            None => vec![figure(setter, first, room)],
        };
        rest = rest.get(row.len()..).unwrap_or_default();
        pieces.extend(side_by_side(setter, row).map(FlowItem::Band));
    }
    pieces
}

/// A chart in two parts, each from its own top: what stands above the drawing, and the drawing.
struct Figure {
    id: String,
    caption: Vec<LineBox>,
    drawing: LineBox,
}

/// Charts as one band, their drawings at one height, and the space below them.
fn side_by_side(setter: &LayoutContext, row: Vec<Figure>) -> impl Iterator<Item = LineBox> + use<> {
    let top = row.iter().map(|figure| line_box::height(&figure.caption)).fold(0.0, Pt::max);
    let mut all = LineBox { before: setter.style.table_gap, height: top, ..LineBox::default() };
    for figure in row {
        let mut y = 0.0;
        for band in figure.caption {
            y += band.before;
            all.items.extend(band.items.into_iter().map(|item| item.moved(0.0, y)));
            all.notes.extend(band.notes);
            y += band.height;
        }
        let drawing = figure.drawing;
        all.items.extend(drawing.items.into_iter().map(|item| item.moved(0.0, top + drawing.before)));
        all.height = all.height.max(top + drawing.before + drawing.height);
        all.anchors.push(Anchor { at: Landmark::Block(figure.id), heading: None });
    }
    let space = LineBox { height: setter.style.table_gap / 2.0, ..LineBox::default() };
    [all, space].into_iter()
}

fn figure(setter: &mut LayoutContext, chart: &Chart, room: Room) -> Figure {
    let place = Part::Chart(&chart.table.id).to_string();
    let caption = caption(setter, chart, room, &place);
    let tag = setter.tree.add(room.parent, Role::Figure(chart.alt.clone()));
    let size = setter.style.note.size;
    let set = Type { size, leading: size };
    let mut measure = |text: &str, strong: bool| setter.width(voice(strong), text, size, &place);
    let canvas = draw(chart, room.width, size, &mut measure);
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
    let items = items.into_iter().map(|item| item.moved(room.x, 0.0)).collect();
    let drawing = LineBox { before: 2.0, height: canvas.height, items, ..LineBox::default() };
    Figure { id: chart.table.id.clone(), caption, drawing }
}

/// Whether the texts under a chart's categories stand clear of each other at this width.
fn has_room(setter: &mut LayoutContext, chart: &Chart, width: Pt) -> bool {
    let place = Part::Chart(&chart.table.id).to_string();
    let size = setter.style.note.size;
    let mut measure = |text: &str, strong: bool| setter.width(voice(strong), text, size, &place);
    is_clear(chart, width, size, &mut measure)
}

fn voice(strong: bool) -> FontRole {
    if strong { FontRole::Strong } else { FontRole::Regular }
}

/// Caption and unit line above the drawing, which they stay with.
fn caption(setter: &mut LayoutContext, chart: &Chart, Room { x, width, parent }: Room, place: &str) -> Vec<LineBox> {
    let style = setter.style;
    let tag = setter.tree.add(parent, Role::Paragraph);
    let ink = setter.ink(style.caption, place).voiced(FontRole::Strong).tagged(Some(tag));
    let lines = text::set_balanced(setter, &chart.table.caption, ink, width);
    let mut bands = line_box::stack(lines, style.caption, x, 0.0, 0.0);
    let tag = setter.tree.add(parent, Role::Paragraph);
    let unit = setter.ink(style.note, place).voiced(FontRole::Italic).coloured(style.quiet).tagged(Some(tag));
    bands.extend(line_box::stack(text::set(setter, &chart.table.unit_line, unit, width), style.note, x, 0.0, 0.0));
    bands
}

fn shapes(setter: &LayoutContext, canvas: &Canvas, tag: NodeId) -> Vec<Item> {
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
