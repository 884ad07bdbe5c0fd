//! How wide a table's columns are, from what is in them, and how small its type must be to fit.

use super::column_measure::{ColumnMeasure, ColumnMeasures, HEAD_LINES, INDENT};
use crate::{
    diag::Diagnostic,
    present::document::Table,
    render::pdf::{
        DocumentPart,
        layout_context::LayoutContext,
        style::{Pt, TypeSize},
    },
};

/// What an airy table adds to a column at most.
const AIR: f32 = 2.6;
/// How far the rule over a total reaches out beyond the widest figure.
const RULE_REACH: f32 = 0.5;
/// The least label column, as a share of the table.
const LABEL_SHARE: f32 = 0.24;
const LABEL_LEAST: f32 = 11.0;
/// The share that long labels get before heads do.
const LABEL_FAIR: f32 = 0.42;
/// The least width of a table of one or two columns, as a share of the page.
const NARROW: f32 = 0.62;

/// The columns of a table, in points.
#[derive(Debug, Clone, PartialEq)]
pub struct Columns {
    pub size: Pt,
    pub leading: Pt,
    pub label: Pt,
    pub list: Vec<Column>,
    pub width: Pt,
}

/// A column of figures: the widest begins at `figures`, digits end at `digits`, what hangs behind them ends at `right`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Column {
    pub left: Pt,
    pub figures: Pt,
    pub digits: Pt,
    pub right: Pt,
}

impl Columns {
    /// The measures of the table's type.
    pub fn type_size(&self) -> TypeSize {
        TypeSize { size: self.size, leading: self.leading }
    }

    /// The same with only so many columns: where a table's columns are under the first of another's.
    fn first(mut self, count: usize) -> Self {
        if count < self.list.len() {
            self.list.truncate(count);
            self.width = self.list.last().map_or(self.label, |column| column.right);
        }
        self
    }

    /// How far a label of this level is indented.
    pub fn indent(&self, level: u8) -> Pt {
        f32::from(level.min(8)) * INDENT * self.size
    }
}

/// Finds the largest type size, from `most` down, at which the table fits into `available`. That there is none is a finding.
pub fn fit_columns(
    context: &mut LayoutContext,
    table: &Table,
    measures: &ColumnMeasures,
    available: Pt,
    most: Pt,
) -> Option<Columns> {
    let least = context.style.table_least;
    let steps = ((most - least) / 0.25).ceil().max(0.0) as usize;
    let sizes = (0..=steps).map(|step| (most - 0.25 * step as f32).max(least));
    let leading = context.style.table_leading;
    let even = measures.with_equal_units();
    for size in sizes {
        // Even columns are not worth a higher head.
        let lines = |measures: &ColumnMeasures| measures.head_lines(measures.left_over(size, available), size);
        let best = [&even, measures]
            .into_iter()
            .filter(|measures| measures.fits(size, available))
            .min_by_key(|measures| lines(measures));
        if let Some(measures) = best {
            return Some(measures.distribute(size, size * leading, available).first(table.columns.len()));
        }
    }
    let part = DocumentPart::Table(&table.id).to_string();
    let finding = too_wide(table, available, least, measures);
    context.report(&part, finding);
    None
}

fn too_wide(table: &Table, available: Pt, least: Pt, measures: &ColumnMeasures) -> Diagnostic {
    let needed = measures.figures() * least + measures.label_room(least, available);
    let finding = Diagnostic::error(
        "layout",
        format!("the table `{}` is too wide for the sheet, even with type of {least} pt", table.id),
    );
    let finding = finding.note(format!("it needs {needed:.0} pt, the sheet has {available:.0} pt"));
    if table.landscape { finding } else { finding.help("print it on a landscape sheet: `landscape = true`") }
}

impl ColumnMeasures {
    fn figures(&self) -> f32 {
        self.columns.iter().map(|measure| measure.gap + measure.digits + measure.overhang).sum()
    }

    /// The least room that labels can live with.
    fn label_room(&self, size: Pt, available: Pt) -> Pt {
        let least = (available * LABEL_SHARE).max(LABEL_LEAST * size);
        (self.label * size).min(least).max(self.label_word * size)
    }

    fn fits(&self, size: Pt, available: Pt) -> bool {
        self.figures() * size + self.label_room(size, available) <= available + 0.01
    }

    /// The room that labels get before heads do.
    fn fair_label(&self, size: Pt, available: Pt) -> Pt {
        (self.label * size).min(available * LABEL_FAIR).max(self.label_room(size, available))
    }

    /// What is left for heads.
    fn left_over(&self, size: Pt, available: Pt) -> Pt {
        (available - self.figures() * size - self.fair_label(size, available)).max(0.0)
    }

    /// Shares what is left over: labels to a fair width, heads, long labels, then columns of one unit to one width, and air
    /// for all.
    fn distribute(&self, size: Pt, leading: Pt, available: Pt) -> Columns {
        let fair_label = self.fair_label(size, available);
        let mut left = self.left_over(size, available);
        let mut head_space = self.head_space(&mut left, size);
        let label = fair_label + (self.label * size - fair_label).clamp(0.0, left);
        left -= label - fair_label;
        self.equalize_units(&mut head_space, &mut left, size);
        let count = self.columns.len().max(1) as f32;
        let air = (left / count).min(AIR * size);
        left -= air * count;
        // Few columns: a label is not read across half a page of nothing.
        let width = if count < 3.0 { (available * NARROW).max(available - left) } else { available };
        let more: Pt = head_space.iter().map(|head_space| head_space + air).sum();
        let label = width - self.figures() * size - more;
        let mut x = label;
        let column = |(measure, head_space): (&ColumnMeasure, Pt)| {
            let left = x + measure.gap * size + air * 0.3;
            let digits = x + (measure.gap + measure.digits) * size + head_space + air;
            let figures = (digits - (measure.figures + RULE_REACH) * size).max(left);
            x = digits + measure.overhang * size;
            Column { left, figures, digits, right: x }
        };
        Columns { size, leading, label, list: self.columns.iter().zip(head_space).map(column).collect(), width }
    }

    /// What each column gets for its heads, out of what is left: what all want for heads of the fewest lines that have room.
    /// If none have, each gets the same share of what it wants.
    fn head_space(&self, left: &mut Pt, size: Pt) -> Vec<Pt> {
        share_out(self.for_heads(self.head_lines(*left, size), size), left)
    }

    /// What columns want beyond their digits for heads of so many lines, counted from two.
    fn for_heads(&self, lines: usize, size: Pt) -> Vec<Pt> {
        self.columns.iter().map(|measure| (measure.preferred[lines] - measure.digits) * size).collect()
    }

    /// The fewest lines of heads that have room, counted from two; the most that are tried if none have.
    fn head_lines(&self, left: Pt, size: Pt) -> usize {
        let has_room = |&lines: &usize| self.for_heads(lines, size).iter().sum::<Pt>() <= left;
        (0..HEAD_LINES).find(has_room).unwrap_or(HEAD_LINES - 1)
    }

    /// Widens columns towards the widest of their unit, as far as there is room for all of them.
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
        given.iter_mut().zip(share_out(lacks, left)).for_each(|(given, more)| *given += more);
    }
}

/// As much of what is wanted as is left, the same share of each.
fn share_out(wanted: Vec<Pt>, left: &mut Pt) -> Vec<Pt> {
    let all: Pt = wanted.iter().sum();
    let share = if all > *left { *left / all.max(Pt::MIN_POSITIVE) } else { 1.0 };
    *left = (*left - all * share).max(0.0);
    wanted.into_iter().map(|wanted| wanted * share).collect()
}
