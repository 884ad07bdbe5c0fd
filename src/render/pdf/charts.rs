//! Lays out charts: a caption, then the drawing as a figure with alternative text.

use super::{
    DocumentPart,
    faces::FontRole,
    flow_item::FlowItem,
    layout_context::LayoutContext,
    line_box::{self, Anchor, LineBox, NoteArea},
    page::{Item, Shape as Path},
    structure_tree::{Landmark, NodeId, Role},
    style::{Colour, Pt, TypeSize},
    table::NOTE_GAP,
    text,
};
use crate::{
    present::document::Chart,
    render::chart::{Align, Canvas, Shape, draw, labels_fit},
};

/// The thickness of the lines of a line chart.
const LINE_THICKNESS: Pt = 1.6;

/// The space between two charts side by side.
const CHART_GAP: Pt = 26.0;

/// Where a chart is placed.
#[derive(Clone, Copy)]
pub struct ChartArea {
    /// The left edge, from the left margin.
    pub x: Pt,
    /// The width.
    pub width: Pt,
    /// The parent in the structure tree.
    pub parent: NodeId,
}

/// The flow items of adjacent charts: two side by side where both fit, otherwise one below the other. A chart is never split.
pub fn chart_items(context: &mut LayoutContext, charts: &[&Chart], area: ChartArea) -> Vec<FlowItem> {
    let half = ChartArea { width: (area.width - CHART_GAP) / 2.0, ..area };
    let mut flow_items = Vec::new();
    let mut rest = charts;
    while let Some((first, others)) = rest.split_first() {
        let second = others
            .first()
            .filter(|second| fits_width(context, first, half.width) && fits_width(context, second, half.width));
        let row = match second {
            Some(second) => {
                let beside = ChartArea { x: half.x + half.width + CHART_GAP, ..half };
                vec![layout_chart(context, first, half), layout_chart(context, second, beside)]
            }
            None => vec![layout_chart(context, first, area)],
        };
        rest = rest.get(row.len()..).unwrap_or_default();
        flow_items.extend(row_line_boxes(context, row, area).map(FlowItem::LineBox));
    }
    flow_items
}

/// A chart in two parts, each with its own origin: the caption, and the drawing.
struct Figure {
    id: String,
    caption: Vec<LineBox>,
    drawing: LineBox,
}

/// Charts side by side as one line box with aligned drawings and their notes, and a line box for the space below.
fn row_line_boxes(
    context: &mut LayoutContext,
    row: Vec<Figure>,
    area: ChartArea,
) -> impl Iterator<Item = LineBox> + use<> {
    let top = row.iter().map(|figure| line_box::height(&figure.caption)).fold(0.0, Pt::max);
    let mut all = LineBox { before: context.style.table_gap, height: top, ..LineBox::default() };
    for figure in row {
        let mut y = 0.0;
        for line_box in figure.caption {
            y += line_box.before;
            all.items.extend(line_box.items.into_iter().map(|item| item.translate(0.0, y)));
            all.notes.extend(line_box.notes);
            y += line_box.height;
        }
        let drawing = figure.drawing;
        all.notes.extend(drawing.notes);
        all.items.extend(drawing.items.into_iter().map(|item| item.translate(0.0, top + drawing.before)));
        all.height = all.height.max(top + drawing.before + drawing.height);
        all.anchors.push(Anchor { at: Landmark::Block(figure.id), heading: None });
    }
    all.notes.sort_unstable();
    all.notes.dedup();
    if !all.notes.is_empty() {
        let notes = all.notes.iter().map(|&number| line_box::note_height(context, number, area.width));
        let height: Pt = notes.sum();
        all.height += NOTE_GAP + height;
        all.own_notes = Some(NoteArea { x: area.x, width: area.width, height });
    }
    let space = LineBox { height: context.style.table_gap / 2.0, ..LineBox::default() };
    [all, space].into_iter()
}

fn layout_chart(context: &mut LayoutContext, chart: &Chart, area: ChartArea) -> Figure {
    let place = DocumentPart::Chart(&chart.table.id).to_string();
    let caption = caption_line_boxes(context, chart, area, &place);
    let tag = context.tree.add(area.parent, Role::Figure(chart.alt.clone()));
    let size = context.style.note.size;
    let type_size = TypeSize { size, leading: size };
    let mut measure = |text: &str, strong: bool| context.width(font_role(strong), text, size, &place);
    let canvas = draw(chart, area.width, size, &mut measure);
    let mut items = shape_items(context, &canvas, tag);
    for label in canvas.labels {
        let format = context.text_format(type_size, &place).with_font(font_role(label.strong)).with_tag(Some(tag));
        for line in text::break_plain_text(context, &label.text, format, Pt::MAX) {
            let offset = match label.align {
                Align::Left => 0.0,
                Align::Centre => line.width / 2.0,
                Align::Right => line.width,
            };
            items.extend(line.into_items(label.x - offset, label.y));
        }
    }
    let items = items.into_iter().map(|item| item.translate(area.x, 0.0)).collect();
    let notes = chart.table.notes().into_keys().collect();
    let drawing = LineBox { before: 2.0, height: canvas.height, items, notes, ..LineBox::default() };
    Figure { id: chart.table.id.clone(), caption, drawing }
}

/// Whether the texts under the categories of a chart fit at this width.
fn fits_width(context: &mut LayoutContext, chart: &Chart, width: Pt) -> bool {
    let place = DocumentPart::Chart(&chart.table.id).to_string();
    let size = context.style.note.size;
    let mut measure = |text: &str, strong: bool| context.width(font_role(strong), text, size, &place);
    labels_fit(chart, width, size, &mut measure)
}

fn font_role(strong: bool) -> FontRole {
    if strong { FontRole::Strong } else { FontRole::Regular }
}

/// The line boxes of caption and unit line.
fn caption_line_boxes(
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

fn shape_items(context: &LayoutContext, canvas: &Canvas, tag: NodeId) -> Vec<Item> {
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
            Path { points: points.clone(), thickness: Some(LINE_THICKNESS), colour: colour(*series), tag: Some(tag) }
        }
        Shape::Rule { x, y, width } => {
            let points = vec![[*x, *y], [x + width, *y]];
            Path { points, thickness: Some(style.hairline), colour: style.ink, tag: Some(tag) }
        }
    };
    canvas.shapes.iter().map(|shape| Item::Shape(path(shape))).collect()
}
