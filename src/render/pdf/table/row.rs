//! A row of a table: a label that may wrap, figures on its last line, rules above and below.

use super::{
    column_measure::{HANG, font_role},
    columns::Columns,
    number,
};
use crate::{
    present::document::{Cell, Row, RowKind, Table},
    render::pdf::{
        layout_context::{LayoutContext, TextFormat},
        line_box::LineBox,
        page::{Item, Rule},
        structure_tree::{NodeId, Role, Scope},
        style::Pt,
        text::{self, Measure},
    },
};

/// Space above and below a row's text, in the type size.
const PAD: f32 = 0.07;
/// Extra space above a heading, and around the rules of totals.
const HEADING_PAD: f32 = 0.35;
const RULE_PAD: f32 = 0.16;
const AFTER_TOTAL: f32 = 0.40;
/// The distance of a double rule's two lines, in points.
const DOUBLE: Pt = 1.6;

/// Which rules are round a row's figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ruling {
    None,
    /// None, but some space above: it begins something.
    SpaceAbove,
    /// One above: what is there is added up.
    RuleAbove,
    /// One above, two below: added up for good.
    DoubleRuleBelow,
}

impl Ruling {
    /// The rules of a row. A rule says that what is above it adds up.
    pub fn of(table: &Table, index: usize) -> Self {
        let Some(row) = table.rows.get(index) else { return Self::None };
        let adds_up = table.adds_up(index);
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

/// Lays a row out as one line box, as wide as the table.
pub fn row(
    context: &mut LayoutContext,
    row: &Row,
    columns: &Columns,
    body: Option<NodeId>,
    ruling: Ruling,
    place: &str,
) -> LineBox {
    let element = context.tree.below(body, Role::Row);
    let head = context.tree.below(element, Role::HeadCell { scope: Scope::Row, columns: 1, rows: 1 });
    let format = context.text_format(columns.type_size(), place).with_font(font_role(row));
    let mut line_box = LineBox::default();
    let (above, below) = padding(row.kind, ruling, columns);
    let last = label(context, row, columns, format.with_tag(head), &mut line_box, above);
    if line_box.items.is_empty() {
        line_box.items.extend(head.map(Item::Empty));
    }
    for (i, column) in columns.list.iter().enumerate() {
        let tag = context.tree.below(element, Role::Cell);
        let text = row.cells.get(i).map_or("", Cell::text);
        if text.is_empty() {
            line_box.items.extend(tag.map(Item::Empty));
        } else {
            figure(context, text, format.with_tag(tag), column.digits, last, &mut line_box);
        }
    }
    line_box.height = last + columns.leading - columns.type_size().baseline() + below;
    rules(context, row, columns, ruling, &mut line_box);
    line_box
}

/// Sets the label and gives the baseline of its last line.
fn label(
    context: &mut LayoutContext,
    row: &Row,
    columns: &Columns,
    format: TextFormat,
    line_box: &mut LineBox,
    above: Pt,
) -> Pt {
    let indent = columns.indent(row.indent);
    let alone = row.cells.iter().all(|cell| cell.text().is_empty());
    let width = if alone { columns.width } else { columns.label };
    let hang = HANG * columns.size;
    let lines = text::break_lines(context, &row.label, format, Measure { width: width - indent, hang });
    let mut baseline = above + columns.type_size().baseline();
    for (i, mut line) in lines.into_iter().enumerate() {
        baseline = above + columns.type_size().baseline() + i as f32 * columns.leading;
        line_box.notes.append(&mut line.notes);
        line_box.items.extend(line.at(if i == 0 { indent } else { indent + hang }, baseline));
    }
    baseline
}

/// Sets a figure with its last digit at `digits`.
fn figure(
    context: &mut LayoutContext,
    text: &str,
    format: TextFormat,
    digits: Pt,
    baseline: Pt,
    line_box: &mut LineBox,
) {
    let (core, _) = number::split_overhang(text);
    let width = context.width(format.font_role, core, format.type_size.size, format.place);
    for line in text::break_plain_text(context, text, format, Pt::MAX) {
        line_box.items.extend(line.at(digits - width, baseline));
    }
}

fn padding(kind: RowKind, ruling: Ruling, columns: &Columns) -> (Pt, Pt) {
    let (above, below) = match (kind, ruling) {
        (RowKind::Heading, _) => (HEADING_PAD, 0.0),
        (_, Ruling::None) => (0.0, 0.0),
        (_, Ruling::SpaceAbove) => (HEADING_PAD, 0.0),
        (_, Ruling::RuleAbove) => (RULE_PAD, RULE_PAD),
        (_, Ruling::DoubleRuleBelow) => (RULE_PAD, AFTER_TOTAL + DOUBLE / columns.size),
    };
    ((PAD + above) * columns.size, (PAD + below) * columns.size)
}

/// A rule above the figures of subtotals and totals, a double one below those of totals.
fn rules(context: &LayoutContext, row: &Row, columns: &Columns, ruling: Ruling, line_box: &mut LineBox) {
    let bottom = line_box.height - (PAD + AFTER_TOTAL - RULE_PAD) * columns.size;
    let at: &[Pt] = match ruling {
        Ruling::None | Ruling::SpaceAbove => &[],
        Ruling::RuleAbove => &[0.0],
        Ruling::DoubleRuleBelow => &[0.0, bottom - DOUBLE, bottom],
    };
    let thickness = context.style.hairline;
    for (_, column) in row.cells.iter().zip(&columns.list).filter(|(cell, _)| !cell.text().is_empty()) {
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
