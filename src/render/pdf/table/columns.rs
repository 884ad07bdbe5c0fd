//! Fits a table to the available width: chooses the type size and distributes the width over the columns.

use super::{
    boxes::{BOX_PADDING, Boxes},
    column_measure::{ColumnMeasure, ColumnMeasures, HEAD_LINES, INDENT},
};
use crate::{
    diag::Diagnostic,
    present::document::Table,
    render::head_grid::Grid,
    render::pdf::{
        DocumentPart,
        layout_context::LayoutContext,
        style::{Pt, TypeSize},
    },
};

/// The most extra space that a column gets, in the type size.
const MAX_AIR: f32 = 2.6;
/// How far the rule above a total extends beyond the widest figure, in the type size.
const RULE_OVERHANG: f32 = 0.5;
/// The least width of the label column, as a share of the table and in the type size.
const MIN_LABEL_SHARE: f32 = 0.24;
const MIN_LABEL_WIDTH: f32 = 11.0;
/// The share of the table that long labels get before heads get extra space.
const FAIR_LABEL_SHARE: f32 = 0.42;
/// The least width of a table with one or two columns, as a share of the available width.
const MIN_TABLE_SHARE: f32 = 0.62;

/// The columns of a table, in points.
#[derive(Debug, Clone, PartialEq)]
pub struct Columns {
    /// The type size.
    pub size: Pt,
    /// The distance between baselines.
    pub leading: Pt,
    /// The width of the label column.
    pub label: Pt,
    /// The columns after the label column.
    pub list: Vec<Column>,
    /// The width of the table.
    pub width: Pt,
    /// Where labels begin.
    pub inset: Pt,
    /// The rules between columns of a boxed table.
    pub boxes: Option<Boxes>,
}

/// The positions of a column of figures, from the left edge of the table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Column {
    /// The left end of heads.
    pub left: Pt,
    /// The left end of rules, which extend beyond the widest figure.
    pub figures: Pt,
    /// The right end of the last digits.
    pub digits: Pt,
    /// The right end of characters after the last digits.
    pub right: Pt,
    /// Whether it is aligned at the left, as a column of words.
    pub text: bool,
}

impl Column {
    /// Where a line of words or of a head begins: they end with the digits, or begin with the column.
    pub fn text_start(&self, width: Pt) -> Pt {
        if self.text { self.left } else { self.digits - width }
    }
}

impl Columns {
    /// The type size of the table.
    pub fn type_size(&self) -> TypeSize {
        TypeSize { size: self.size, leading: self.leading }
    }

    /// A copy with only the first `count` columns, for a table that shares the columns of a wider one.
    fn with_first_columns(mut self, count: usize) -> Self {
        if count < self.list.len() && self.boxes.is_none() {
            self.list.truncate(count);
            self.width = self.list.last().map_or(self.label, |column| column.right);
        }
        self
    }

    /// Moves the columns away from the edges of a boxed table, and finds the places of the rules between them.
    fn with_boxes(mut self, grid: &Grid) -> Self {
        let padding = BOX_PADDING * self.size;
        let mut edges = vec![0.0];
        let mut right = self.label;
        for column in &mut self.list {
            edges.push((right + column.left) / 2.0 + padding);
            right = column.right;
            for place in [&mut column.left, &mut column.figures, &mut column.digits, &mut column.right] {
                *place += padding;
            }
        }
        self.width += 2.0 * padding;
        edges.push(self.width);
        Self { label: self.label + padding, inset: padding, boxes: Some(Boxes::new(grid, edges)), ..self }
    }

    fn with_text_columns(mut self, table: &Table) -> Self {
        for (number, column) in self.list.iter_mut().enumerate() {
            column.text = table.is_text_column(number);
        }
        self
    }

    /// The indent of a label of this level.
    pub fn indent(&self, level: u8) -> Pt {
        f32::from(level.min(8)) * INDENT * self.size
    }
}

/// Finds the largest type size, from `max_size` down, at which the table fits into `available`.
pub fn fit_columns(
    context: &LayoutContext,
    table: &Table,
    grid: &Grid,
    measures: &ColumnMeasures,
    available: Pt,
    max_size: Pt,
) -> Option<Columns> {
    let least = context.style.table_least;
    let steps = ((max_size - least) / 0.25).ceil().max(0.0) as usize;
    let sizes = (0..=steps).map(|step| (max_size - 0.25 * step as f32).max(least));
    let leading = context.style.table_leading;
    let equalized = measures.with_equal_units();
    for size in sizes {
        // Equal columns are preferred unless they make the head higher.
        let lines = |measures: &ColumnMeasures| measures.head_lines(measures.remaining_width(size, available), size);
        let available = if table.boxed { available - 2.0 * BOX_PADDING * size } else { available };
        let best = [&equalized, measures]
            .into_iter()
            .filter(|measures| measures.fits(size, available))
            .min_by_key(|measures| lines(measures));
        if let Some(measures) = best {
            let columns = measures.distribute(size, size * leading, available, table.boxed);
            let columns = columns.with_first_columns(table.columns.len()).with_text_columns(table);
            return Some(if table.boxed { columns.with_boxes(grid) } else { columns });
        }
    }
    None
}

/// Notes that a table, which does not fit into `available`, is to be on a landscape sheet, or reports that it does not fit there
/// either.
pub fn turn_or_report(context: &mut LayoutContext, table: &Table, measures: &ColumnMeasures, available: Pt) {
    let least = context.style.table_least;
    let part = DocumentPart::Table(&table.id).to_string();
    let landscape = context.style.text_width(true);
    if !table.landscape && measures.fits(least, landscape) {
        context.turned.insert(table.id.clone());
    } else {
        context.report(&part, too_wide_finding(table, available.max(landscape), least, measures));
    }
}

fn too_wide_finding(table: &Table, available: Pt, least: Pt, measures: &ColumnMeasures) -> Diagnostic {
    let needed = measures.figures_width() * least + measures.min_label_width(least, available);
    let finding = Diagnostic::error(
        "layout",
        format!("the table `{}` is too wide for a landscape sheet, even with type of {least} pt", table.id),
    );
    finding.note(format!("it needs {needed:.0} pt, a landscape sheet has {available:.0} pt"))
}

impl ColumnMeasures {
    fn figures_width(&self) -> f32 {
        self.columns.iter().map(|measure| measure.gap + measure.digits + measure.overhang).sum()
    }

    /// The least width of the label column.
    fn min_label_width(&self, size: Pt, available: Pt) -> Pt {
        let least = (available * MIN_LABEL_SHARE).max(MIN_LABEL_WIDTH * size);
        (self.label * size).min(least).max(self.label_word * size)
    }

    fn fits(&self, size: Pt, available: Pt) -> bool {
        self.figures_width() * size + self.min_label_width(size, available) <= available + 0.01
    }

    /// The width that the label column gets before heads get extra space.
    fn fair_label_width(&self, size: Pt, available: Pt) -> Pt {
        (self.label * size).min(available * FAIR_LABEL_SHARE).max(self.min_label_width(size, available))
    }

    /// The width that remains for heads.
    fn remaining_width(&self, size: Pt, available: Pt) -> Pt {
        (available - self.figures_width() * size - self.fair_label_width(size, available)).max(0.0)
    }

    /// Distributes the available width: labels up to a fair width, heads, long labels, equal widths for columns of one unit, then
    /// extra space for all columns. `is_whole`: whether the table takes all of the width, with columns as wide as they can be.
    fn distribute(&self, size: Pt, leading: Pt, available: Pt, is_whole: bool) -> Columns {
        let fair_label = self.fair_label_width(size, available);
        let mut left = self.remaining_width(size, available);
        let mut head_space = self.distribute_head_space(&mut left, size);
        let label = fair_label + (self.label * size - fair_label).clamp(0.0, left);
        left -= label - fair_label;
        self.equalize_units(&mut head_space, &mut left, size);
        let count = self.columns.len().max(1) as f32;
        let air = if is_whole { left / count } else { (left / count).min(MAX_AIR * size) };
        left -= air * count;
        // With few columns the table is narrower, so that figures are not too far from their labels.
        let width =
            if count < 3.0 && !is_whole { (available * MIN_TABLE_SHARE).max(available - left) } else { available };
        let more: Pt = head_space.iter().map(|head_space| head_space + air).sum();
        let label = width - self.figures_width() * size - more;
        let mut x = label;
        let column = |(measure, head_space): (&ColumnMeasure, Pt)| {
            let left = x + measure.gap * size + air * 0.3;
            let digits = x + (measure.gap + measure.digits) * size + head_space + air;
            let figures = (digits - (measure.figures + RULE_OVERHANG) * size).max(left);
            x = digits + measure.overhang * size;
            Column { left, figures, digits, right: x, text: false }
        };
        let list = self.columns.iter().zip(head_space).map(column).collect();
        Columns { size, leading, label, list, width, inset: 0.0, boxes: None }
    }

    /// The extra width of each column for heads with the fewest lines that fit. If none fit, each gets the same share of what it
    /// needs. Subtracts the total from `left`.
    fn distribute_head_space(&self, left: &mut Pt, size: Pt) -> Vec<Pt> {
        share_proportionally(self.extra_head_widths(self.head_lines(*left, size), size), left)
    }

    /// The extra width that each column needs for heads with `lines` + 2 lines.
    fn extra_head_widths(&self, lines: usize, size: Pt) -> Vec<Pt> {
        self.columns.iter().map(|measure| (measure.preferred[lines] - measure.digits) * size).collect()
    }

    /// The fewest lines at which heads fit, minus two; the most that are tried if none fit.
    fn head_lines(&self, left: Pt, size: Pt) -> usize {
        let has_room = |&lines: &usize| self.extra_head_widths(lines, size).iter().sum::<Pt>() <= left;
        (0..HEAD_LINES).find(has_room).unwrap_or(HEAD_LINES - 1)
    }

    /// Widens columns towards the widest of their unit, as far as there is room.
    fn equalize_units(&self, given: &mut [Pt], left: &mut Pt, size: Pt) {
        let widths: Vec<Pt> = self
            .columns
            .iter()
            .zip(given.iter())
            .map(|(measure, given)| (measure.digits + measure.overhang) * size + given)
            .collect();
        let of_unit = |unit: &String| {
            let alike = widths.iter().zip(&self.units).filter(move |(_, other)| *other == unit && !unit.is_empty());
            alike.map(|(width, _)| *width).fold(0.0, Pt::max)
        };
        let lacks: Vec<Pt> =
            widths.iter().zip(&self.units).map(|(width, unit)| (of_unit(unit) - width).max(0.0)).collect();
        given.iter_mut().zip(share_proportionally(lacks, left)).for_each(|(given, more)| *given += more);
    }
}

/// Distributes what is `left` in proportion to the wanted widths, and subtracts it.
fn share_proportionally(wanted: Vec<Pt>, left: &mut Pt) -> Vec<Pt> {
    let all: Pt = wanted.iter().sum();
    let share = if all > *left { *left / all.max(Pt::MIN_POSITIVE) } else { 1.0 };
    *left = (*left - all * share).max(0.0);
    wanted.into_iter().map(|wanted| wanted * share).collect()
}
