//! Charts on paper: a caption, then the drawing as one figure with its alternative text.

use super::{
    DocumentPart,
    faces::FontRole,
    flow_item::FlowItem,
    layout_context::LayoutContext,
    line_box::{self, Anchor, LineBox},
    page::{Item, Shape as Path},
    structure_tree::{Landmark, NodeId, Role},
    style::{Colour, Pt, TypeSize},
    text,
};
use crate::{
    present::document::Chart,
    render::chart::{Align, Canvas, Shape, draw, labels_fit},
};

/// The thickness of a line of a line chart.
const LINE: Pt = 1.6;

/// The space between two charts beside each other.
const BETWEEN: Pt = 26.0;

/// Where a chart is set: from `x`, so wide, in an element.
#[derive(Clone, Copy)]
pub struct ChartArea {
    pub x: Pt,
    pub width: Pt,
    pub parent: NodeId,
}

/// The flow items of charts that follow each other: two beside each other where both have room, else one below the other.
/// A chart is never cut.
pub fn chart_items(context: &mut LayoutContext, charts: &[&Chart], room: ChartArea) -> Vec<FlowItem> {
    let half = ChartArea { width: (room.width - BETWEEN) / 2.0, ..room };
    let mut flow_items = Vec::new();
    let mut rest = charts;
    while let Some((first, others)) = rest.split_first() {
        let second = others
            .first()
            .filter(|second| has_room(context, first, half.width) && has_room(context, second, half.width));
        let row = match second {
            Some(second) => {
                let beside = ChartArea { x: half.x + half.width + BETWEEN, ..half };
                vec![chart(context, first, half), chart(context, second, beside)]
            }
            None => vec![chart(context, first, room)],
        };
        rest = rest.get(row.len()..).unwrap_or_default();
        flow_items.extend(side_by_side(context, row).map(FlowItem::LineBox));
    }
    flow_items
}

/// A chart in two parts, each from its own top: what is above the drawing, and the drawing.
struct Figure {
    id: String,
    caption: Vec<LineBox>,
    drawing: LineBox,
}

/// Charts as one line box, their drawings at one height, and the space below them.
fn side_by_side(context: &LayoutContext, row: Vec<Figure>) -> impl Iterator<Item = LineBox> + use<> {
    let top = row.iter().map(|figure| line_box::height(&figure.caption)).fold(0.0, Pt::max);
    let mut all = LineBox { before: context.style.table_gap, height: top, ..LineBox::default() };
    for figure in row {
        let mut y = 0.0;
        for line_box in figure.caption {
            y += line_box.before;
            all.items.extend(line_box.items.into_iter().map(|item| item.translated(0.0, y)));
            all.notes.extend(line_box.notes);
            y += line_box.height;
        }
        let drawing = figure.drawing;
        all.items.extend(drawing.items.into_iter().map(|item| item.translated(0.0, top + drawing.before)));
        all.height = all.height.max(top + drawing.before + drawing.height);
        all.anchors.push(Anchor { at: Landmark::Block(figure.id), heading: None });
    }
    let space = LineBox { height: context.style.table_gap / 2.0, ..LineBox::default() };
    [all, space].into_iter()
}

fn chart(context: &mut LayoutContext, chart: &Chart, room: ChartArea) -> Figure {
    let place = DocumentPart::Chart(&chart.table.id).to_string();
    let caption = caption(context, chart, room, &place);
    let tag = context.tree.add(room.parent, Role::Figure(chart.alt.clone()));
    let size = context.style.note.size;
    let type_size = TypeSize { size, leading: size };
    let mut measure = |text: &str, strong: bool| context.width(font_role(strong), text, size, &place);
    let canvas = draw(chart, room.width, size, &mut measure);
    let mut items = shapes(context, &canvas, tag);
    for label in canvas.labels {
        let format = context.text_format(type_size, &place).with_font(font_role(label.strong)).with_tag(Some(tag));
        for line in text::break_plain_text(context, &label.text, format, Pt::MAX) {
            let back = match label.align {
                Align::Left => 0.0,
                Align::Centre => line.width / 2.0,
                Align::Right => line.width,
            };
            items.extend(line.at(label.x - back, label.y));
        }
    }
    let items = items.into_iter().map(|item| item.translated(room.x, 0.0)).collect();
    let drawing = LineBox { before: 2.0, height: canvas.height, items, ..LineBox::default() };
    Figure { id: chart.table.id.clone(), caption, drawing }
}

/// Whether the texts under a chart's categories stand clear of each other at this width.
fn has_room(context: &mut LayoutContext, chart: &Chart, width: Pt) -> bool {
    let place = DocumentPart::Chart(&chart.table.id).to_string();
    let size = context.style.note.size;
    let mut measure = |text: &str, strong: bool| context.width(font_role(strong), text, size, &place);
    labels_fit(chart, width, size, &mut measure)
}

fn font_role(strong: bool) -> FontRole {
    if strong { FontRole::Strong } else { FontRole::Regular }
}

/// Caption and unit line above the drawing, which they stay with.
fn caption(
    context: &mut LayoutContext,
    chart: &Chart,
    ChartArea { x, width, parent }: ChartArea,
    place: &str,
) -> Vec<LineBox> {
    let style = context.style;
    let tag = context.tree.add(parent, Role::Paragraph);
    let format = context.text_format(style.caption, place).with_font(FontRole::Strong).with_tag(Some(tag));
    let lines = text::break_lines_evenly(context, &chart.table.caption, format, width);
    let mut line_boxes = line_box::stack(lines, style.caption, x, 0.0, 0.0);
    let tag = context.tree.add(parent, Role::Paragraph);
    let unit =
        context.text_format(style.note, place).with_font(FontRole::Italic).with_colour(style.quiet).with_tag(Some(tag));
    line_boxes.extend(line_box::stack(
        text::break_lines(context, &chart.table.unit_line, unit, width),
        style.note,
        x,
        0.0,
        0.0,
    ));
    line_boxes
}

fn shapes(context: &LayoutContext, canvas: &Canvas, tag: NodeId) -> Vec<Item> {
    let style = context.style;
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
