//! A row of a table: a label that may wrap, figures on its last line, rules above and below.

use super::{
    column_measure::{HANG, voice},
    columns::Columns,
    number,
};
use crate::{
    present::document::{Cell, Row, RowKind, Table},
    render::pdf::{
        frame::{Item, Rule},
        layout_context::{LayoutContext, TextFormat},
        line_box::LineBox,
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

/// Which rules stand round a row's figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ruling {
    None,
    /// None, but some space above: it begins something.
    Apart,
    /// One above: what stands there is added up.
    Above,
    /// One above, two below: added up for good.
    Closed,
}

impl Ruling {
    /// The rules of a row. A rule says that what stands above it adds up.
    pub fn of(table: &Table, index: usize) -> Self {
        let Some(row) = table.rows.get(index) else { return Self::None };
        let adds_up = table.adds_up(index);
        let above = index.checked_sub(1).and_then(|above| table.rows.get(above));
        match row.kind {
            RowKind::Heading | RowKind::Item => Self::None,
            RowKind::Subtotal if adds_up => Self::Above,
            RowKind::Total if adds_up => Self::Closed,
            RowKind::Subtotal | RowKind::Total if above.is_some_and(|above| above.indent > row.indent) => Self::Apart,
            RowKind::Subtotal | RowKind::Total => Self::None,
        }
    }
}

/// Lays a row out as one band, as wide as the table.
pub fn row(
    setter: &mut LayoutContext,
    row: &Row,
    columns: &Columns,
    body: Option<NodeId>,
    ruling: Ruling,
    place: &str,
) -> LineBox {
    let element = setter.tree.below(body, Role::Row);
    let head = setter.tree.below(element, Role::HeadCell { scope: Scope::Row, columns: 1, rows: 1 });
    let ink = setter.ink(columns.set(), place).voiced(voice(row));
    let mut band = LineBox::default();
    let (above, below) = padding(row.kind, ruling, columns);
    let last = label(setter, row, columns, ink.tagged(head), &mut band, above);
    if band.items.is_empty() {
        band.items.extend(head.map(Item::Empty));
    }
    for (i, column) in columns.list.iter().enumerate() {
        let tag = setter.tree.below(element, Role::Cell);
        let text = row.cells.get(i).map_or("", Cell::text);
        if text.is_empty() {
            band.items.extend(tag.map(Item::Empty));
        } else {
            figure(setter, text, ink.tagged(tag), column.digits, last, &mut band);
        }
    }
    band.height = last + columns.leading - columns.set().baseline() + below;
    rules(setter, row, columns, ruling, &mut band);
    band
}

/// Sets the label and gives the baseline of its last line.
fn label(
    setter: &mut LayoutContext,
    row: &Row,
    columns: &Columns,
    ink: TextFormat,
    band: &mut LineBox,
    above: Pt,
) -> Pt {
    let indent = columns.indent(row.indent);
    let alone = row.cells.iter().all(|cell| cell.text().is_empty());
    let width = if alone { columns.width } else { columns.label };
    let hang = HANG * columns.size;
    let lines = text::set(setter, &row.label, ink, Measure { width: width - indent, hang });
    let mut baseline = above + columns.set().baseline();
    for (i, mut line) in lines.into_iter().enumerate() {
        baseline = above + columns.set().baseline() + i as f32 * columns.leading;
        band.notes.append(&mut line.notes);
        band.items.extend(line.at(if i == 0 { indent } else { indent + hang }, baseline));
    }
    baseline
}

/// Sets a figure with its last digit at `digits`.
fn figure(setter: &mut LayoutContext, text: &str, ink: TextFormat, digits: Pt, baseline: Pt, band: &mut LineBox) {
    let (core, _) = number::split(text);
    let width = setter.width(ink.voice, core, ink.set.size, ink.place);
    for line in text::set_plain(setter, text, ink, Pt::MAX) {
        band.items.extend(line.at(digits - width, baseline));
    }
}

fn padding(kind: RowKind, ruling: Ruling, columns: &Columns) -> (Pt, Pt) {
    let (above, below) = match (kind, ruling) {
        (RowKind::Heading, _) => (HEADING_PAD, 0.0),
        (_, Ruling::None) => (0.0, 0.0),
        (_, Ruling::Apart) => (HEADING_PAD, 0.0),
        (_, Ruling::Above) => (RULE_PAD, RULE_PAD),
        (_, Ruling::Closed) => (RULE_PAD, AFTER_TOTAL + DOUBLE / columns.size),
    };
    ((PAD + above) * columns.size, (PAD + below) * columns.size)
}

/// A rule above the figures of subtotals and totals, a double one below those of totals.
fn rules(setter: &LayoutContext, row: &Row, columns: &Columns, ruling: Ruling, band: &mut LineBox) {
    let bottom = band.height - (PAD + AFTER_TOTAL - RULE_PAD) * columns.size;
    let at: &[Pt] = match ruling {
        Ruling::None | Ruling::Apart => &[],
        Ruling::Above => &[0.0],
        Ruling::Closed => &[0.0, bottom - DOUBLE, bottom],
    };
    let thickness = setter.style.hairline;
    for (_, column) in row.cells.iter().zip(&columns.list).filter(|(cell, _)| !cell.text().is_empty()) {
        let rule = |&y: &Pt| Rule {
            x: column.figures,
            y,
            width: column.right - column.figures,
            thickness,
            colour: setter.style.ink,
        };
        band.items.extend(at.iter().map(rule).map(Item::Rule));
    }
}
