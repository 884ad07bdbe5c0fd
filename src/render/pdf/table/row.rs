//! Lays out a row of a table: a label that may wrap, figures on its last line, and rules above and below.

use super::{
    column_measure::{HANG, OLD_VALUE_SIZE, font_role},
    columns::{Column, Columns},
    number,
};
use crate::{
    present::document::{Cell, Inline, Revision, Row, RowKind, Table},
    render::pdf::{
        layout_context::{LayoutContext, TextFormat},
        line_box::LineBox,
        page::{Item, Rule},
        structure_tree::{NodeId, Role, Scope},
        style::{Pt, TypeSize},
        text::{self, LineWidths},
    },
};

/// Space above and below a row's text, in the type size.
const ROW_PADDING: f32 = 0.07;
/// Extra space above a heading, around rules, and below totals, in the type size.
const HEADING_PADDING: f32 = 0.35;
const RULE_PADDING: f32 = 0.16;
const PADDING_BELOW_TOTAL: f32 = 0.40;
/// Extra space above and below a row between rules, in the type size.
const BOXED_PADDING: f32 = 0.13;
/// The distance between the lines of a double rule.
const DOUBLE_RULE_GAP: Pt = 1.6;

/// The rules and space around the figures of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ruling {
    /// No rules.
    None,
    /// No rules, but space above.
    SpaceAbove,
    /// A rule above: the row is a sum.
    RuleAbove,
    /// A rule above and a double rule below: the row is a total.
    DoubleRuleBelow,
}

impl Ruling {
    /// The rules of the row at `index`. Only rows that are sums of rows above have rules.
    pub fn of(table: &Table, index: usize) -> Self {
        let Some(row) = table.rows.get(index) else { return Self::None };
        let adds_up = table.adds_rows_above(index);
        let above = index.checked_sub(1).and_then(|above| table.rows.get(above));
        match row.kind {
            RowKind::Heading | RowKind::Item => Self::None,
            RowKind::Subtotal if adds_up => Self::RuleAbove,
            RowKind::Total if adds_up => Self::DoubleRuleBelow,
            RowKind::Subtotal | RowKind::Total if above.is_some_and(|above| above.indent > row.indent) => {
                Self::SpaceAbove
            }
            RowKind::Subtotal | RowKind::Total => Self::None,
        }
    }
}

/// Lays out a row as one line box, as wide as the table.
pub fn layout_row(
    context: &mut LayoutContext,
    row: &Row,
    columns: &Columns,
    body: Option<NodeId>,
    ruling: Ruling,
    place: &str,
) -> LineBox {
    let element = context.tree.add_below(body, Role::Row);
    let head = context.tree.add_below(element, Role::HeadCell { scope: Scope::Row, columns: 1, rows: 1 });
    let format = context.text_format(columns.type_size(), place).with_font(font_role(row));
    let mut line_box = LineBox::default();
    let (above, below) = padding(row.kind, ruling, columns);
    let (above, below) = if columns.boxes.is_some() {
        (above + BOXED_PADDING * columns.size, below + BOXED_PADDING * columns.size)
    } else {
        (above, below)
    };
    let mut last = layout_label(context, row, columns, format.with_tag(head), &mut line_box, above);
    let label_end = last;
    if line_box.items.is_empty() {
        line_box.items.extend(head.map(Item::Empty));
    }
    for (i, column) in columns.list.iter().enumerate() {
        let tag = context.tree.add_below(element, Role::Cell);
        let format = format.with_tag(tag);
        match row.cells.get(i) {
            Some(Cell::Text { inlines, .. }) => {
                let place = TextPlace { column: *column, columns, above, label_end };
                last = last.max(layout_words(context, inlines, format, place, &mut line_box));
            }
            Some(cell) if !cell.text().is_empty() => {
                let is_changed = row.was.contains_key(&i);
                let format = if is_changed { format.with_revision(Revision::Inserted, context.style) } else { format };
                layout_figure(context, cell, format, column.digits, label_end, &mut line_box)
            }
            _ => line_box.items.extend(tag.map(Item::Empty)),
        }
    }
    last += layout_old_values(context, row, columns, format, last, &mut line_box);
    line_box.height = last + columns.leading - columns.type_size().baseline() + below;
    add_rules(context, row, columns, ruling, &mut line_box);
    if let Some(boxes) = &columns.boxes {
        boxes.divide_row(context, &mut line_box);
    }
    line_box
}

/// What a screen reader says instead of a negative number, "minus 4,000", because it reads no parentheses. As an alternative
/// text, unlike a replacement text, it does not change what is copied or extracted.
fn spoken_form(context: &LayoutContext, cell: &Cell) -> Option<String> {
    let Cell::Number { negative: true, number, .. } = cell else { return None };
    Some(format!("{} {}", context.document.words.get("minus")?, number.size))
}

/// Adds the label and returns the baseline of its last line.
fn layout_label(
    context: &mut LayoutContext,
    row: &Row,
    columns: &Columns,
    format: TextFormat,
    line_box: &mut LineBox,
    above: Pt,
) -> Pt {
    let indent = columns.inset + columns.indent(row.indent);
    let spans_columns = columns.boxes.is_none() && row.cells.iter().all(|cell| cell.text().is_empty());
    let width = if spans_columns { columns.width } else { columns.label };
    let hang = HANG * columns.size;
    let lines = text::break_lines(context, &row.label, format, LineWidths { width: width - indent, hang });
    let mut baseline = above + columns.type_size().baseline();
    for (i, mut line) in lines.into_iter().enumerate() {
        baseline = above + columns.type_size().baseline() + i as f32 * columns.leading;
        line_box.notes.append(&mut line.notes);
        line_box.items.extend(line.into_items(if i == 0 { indent } else { indent + hang }, baseline));
    }
    baseline
}

/// Where the words of a cell are placed: baselines are from the top of the row.
struct TextPlace<'a> {
    column: Column,
    columns: &'a Columns,
    above: Pt,
    /// The baseline of the label's last line.
    label_end: Pt,
}

/// Adds the words of a cell: on the last lines of the label if these have room for them, otherwise from its first line on.
/// Returns the baseline of the last line.
fn layout_words(
    context: &mut LayoutContext,
    inlines: &[Inline],
    format: TextFormat,
    place: TextPlace,
    line_box: &mut LineBox,
) -> Pt {
    let TextPlace { column, columns, above, label_end } = place;
    let lines = text::break_lines_evenly(context, inlines, format, column.digits - column.left);
    let first = above + columns.type_size().baseline();
    let behind = lines.len().saturating_sub(1) as f32 * columns.leading;
    let begin = if column.text { first } else { first.max(label_end - behind) };
    for (i, mut line) in lines.into_iter().enumerate() {
        line_box.notes.append(&mut line.notes);
        let x = column.text_start(line.width);
        line_box.items.extend(line.into_items(x, begin + i as f32 * columns.leading));
    }
    begin + behind
}

/// Adds what changed cells showed before, below the row's last baseline. Returns how far below the last baseline is now.
fn layout_old_values(
    context: &mut LayoutContext,
    row: &Row,
    columns: &Columns,
    format: TextFormat,
    last: Pt,
    line_box: &mut LineBox,
) -> Pt {
    if row.was.values().all(String::is_empty) {
        return 0.0;
    }
    let TypeSize { size, leading } = columns.type_size();
    let type_size = TypeSize { size: size * OLD_VALUE_SIZE, leading: leading * OLD_VALUE_SIZE };
    // A row that was removed has room on its own line.
    let is_removed = row.cells.iter().all(|cell| cell.text().is_empty());
    let below = if is_removed { 0.0 } else { type_size.leading };
    let format = TextFormat { type_size, ..format.with_revision(Revision::Deleted, context.style) };
    for (column, was) in row.was.iter().filter(|(_, was)| !was.is_empty()) {
        let Some(column) = columns.list.get(*column) else { continue };
        let (core, _) = number::split_overhang(was);
        let x = column.digits - context.width(format.font_role, core, type_size.size, format.place);
        for line in text::break_plain_text(context, was, format, Pt::MAX) {
            line_box.items.extend(line.into_items(x, last + below));
        }
    }
    below
}

/// Adds a figure with its last digit at `digits`, and the marks of its notes behind it.
fn layout_figure(
    context: &mut LayoutContext,
    cell: &Cell,
    format: TextFormat,
    digits: Pt,
    baseline: Pt,
    line_box: &mut LineBox,
) {
    if context.is_trial {
        // A figure never takes more than its line, so only its notes matter.
        let marks = text::break_lines(context, cell.inlines(), format, Pt::MAX);
        line_box.notes.extend(marks.into_iter().flat_map(|line| line.notes));
        return;
    }
    let (core, _) = number::split_overhang(cell.text());
    let mut x = digits - context.width(format.font_role, core, format.type_size.size, format.place);
    let spoken = spoken_form(context, cell).map(Role::Spoken);
    let of_figure = spoken.map_or(format, |role| format.with_tag(context.tree.add_below(format.tag, role)));
    for line in text::break_plain_text(context, cell.text(), of_figure, Pt::MAX) {
        let width = line.width;
        line_box.items.extend(line.into_items(x, baseline));
        x += width;
    }
    for mut line in text::break_lines(context, cell.inlines(), format, Pt::MAX) {
        line_box.notes.append(&mut line.notes);
        line_box.items.extend(line.into_items(x, baseline));
    }
}

fn padding(kind: RowKind, ruling: Ruling, columns: &Columns) -> (Pt, Pt) {
    let (above, below) = match (kind, ruling) {
        (RowKind::Heading, _) => (HEADING_PADDING, 0.0),
        (_, Ruling::None) => (0.0, 0.0),
        (_, Ruling::SpaceAbove) => (HEADING_PADDING, 0.0),
        (_, Ruling::RuleAbove) => (RULE_PADDING, RULE_PADDING),
        (_, Ruling::DoubleRuleBelow) => (RULE_PADDING, PADDING_BELOW_TOTAL + DOUBLE_RULE_GAP / columns.size),
    };
    ((ROW_PADDING + above) * columns.size, (ROW_PADDING + below) * columns.size)
}

/// Adds a rule above the figures of subtotals and totals, and a double rule below those of totals.
fn add_rules(context: &LayoutContext, row: &Row, columns: &Columns, ruling: Ruling, line_box: &mut LineBox) {
    let bottom = line_box.height - (ROW_PADDING + PADDING_BELOW_TOTAL - RULE_PADDING) * columns.size;
    let at: &[Pt] = match ruling {
        Ruling::None | Ruling::SpaceAbove => &[],
        Ruling::RuleAbove => &[0.0],
        Ruling::DoubleRuleBelow => &[0.0, bottom - DOUBLE_RULE_GAP, bottom],
    };
    let thickness = context.style.hairline;
    let has_figure = |cell: &Cell| matches!(cell, Cell::Number { .. } | Cell::Mark { .. }) && !cell.text().is_empty();
    for (_, column) in row.cells.iter().zip(&columns.list).filter(|(cell, _)| has_figure(cell)) {
        let rule = |&y: &Pt| Rule {
            x: column.figures,
            y,
            width: column.right - column.figures,
            thickness,
            colour: context.style.ink,
        };
        line_box.items.extend(at.iter().map(rule).map(Item::Rule));
    }
}
