//! How wide a table's columns are, from what stands in them, and how small its type must be to fit.

use super::{grid::Grid, number};
use crate::{
    diag::Diagnostic,
    present::document::{RowKind, Table, plain},
    render::pdf::{
        faces::Voice,
        setter::Setter,
        style::{Pt, Type},
        text,
    },
};

/// Distances in the table's type size.
const GAP: f32 = 1.15;
const GROUP_GAP: f32 = 1.9;
const INDENT: f32 = 1.1;
/// How far a wrapped label hangs in.
pub const HANG: f32 = 1.1;
/// What an airy table adds to a column at most.
const AIR: f32 = 2.6;
/// The least label column, as a share of the table.
const LABEL_SHARE: f32 = 0.30;
const LABEL_LEAST: f32 = 11.0;

/// The columns of a table, in points.
#[derive(Debug, Clone, PartialEq)]
pub struct Columns {
    pub size: Pt,
    pub leading: Pt,
    pub label: Pt,
    pub list: Vec<Column>,
    pub width: Pt,
}

/// A column of figures: digits end at `digits`, what hangs behind them ends at `right`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Column {
    pub left: Pt,
    pub digits: Pt,
    pub right: Pt,
}

impl Columns {
    /// The measures of the table's type.
    pub fn set(&self) -> Type {
        Type { size: self.size, leading: self.leading }
    }

    /// How far a label of this level is indented.
    pub fn indent(&self, level: u8) -> Pt {
        f32::from(level.min(8)) * INDENT * self.size
    }
}

/// What the columns want, in the type size.
struct Wants {
    /// (gap before, up to the last digit, behind it)
    columns: Vec<(f32, f32, f32)>,
    /// The longest word of a label, and the longest label, with their indents.
    label_word: f32,
    label: f32,
}

/// Finds the largest type size at which the table fits into `available`.
pub fn solve(setter: &mut Setter, table: &Table, grid: &Grid, available: Pt) -> Result<Columns, Diagnostic> {
    let wants = wants(setter, table, grid);
    let (most, least) = (setter.style.table, setter.style.table_least);
    let steps = ((most - least) / 0.25).ceil().max(0.0) as usize;
    let sizes = (0..=steps).map(|step| (most - 0.25 * step as f32).max(least));
    let leading = setter.style.table_leading;
    for size in sizes {
        let roomy = available - wants.figures() * size - wants.label_room(size, available);
        if roomy >= -0.01 {
            return Ok(wants.spread(size, size * leading, available));
        }
    }
    Err(too_wide(table, available, least, &wants))
}

fn too_wide(table: &Table, available: Pt, least: Pt, wants: &Wants) -> Diagnostic {
    let needed = wants.figures() * least + wants.label_room(least, available);
    let finding = Diagnostic::error(
        "layout",
        format!("table `{}` needs {needed:.0} pt at {least} pt type, the sheet has {available:.0} pt", table.id),
    );
    if table.landscape { finding } else { finding.note("a landscape sheet has more room") }
}

impl Wants {
    fn figures(&self) -> f32 {
        self.columns.iter().map(|(gap, digits, behind)| gap + digits + behind).sum()
    }

    /// The least room that labels can live with.
    fn label_room(&self, size: Pt, available: Pt) -> Pt {
        let least = (available * LABEL_SHARE).max(LABEL_LEAST * size);
        (self.label * size).min(least).max(self.label_word * size)
    }

    /// Shares what is left over: labels first, then air for the columns.
    fn spread(&self, size: Pt, leading: Pt, available: Pt) -> Columns {
        let wanted = (self.label * size).min(available * 0.6).max(self.label_room(size, available));
        let left = (available - self.figures() * size - wanted).max(0.0);
        let count = self.columns.len().max(1) as f32;
        let air = (left / count).min(AIR * size);
        let figures = self.figures() * size + air * self.columns.len() as f32;
        // Few columns: a label is not read across half a page of nothing.
        let narrow = (wanted + figures + 2.0 * size).max(available * if count < 3.0 { 0.62 } else { 0.8 });
        let width = narrow.min(available);
        let mut x = width - figures;
        let label = x;
        let column = |&(gap, digits, behind): &(f32, f32, f32)| {
            let left = x + gap * size + air * 0.3;
            let digits = x + (gap + digits) * size + air;
            x = digits + behind * size;
            Column { left, digits, right: x }
        };
        Columns { size, leading, label, list: self.columns.iter().map(column).collect(), width }
    }
}

fn wants(setter: &mut Setter, table: &Table, grid: &Grid) -> Wants {
    let place = format!("table `{}`", table.id);
    let mut columns: Vec<(f32, f32, f32)> = (0..table.columns.len()).map(|i| (gap(grid, i), 1.0, 0.0)).collect();
    for row in &table.rows {
        let voice = voice(row.kind);
        for (cell, (_, digits, behind)) in row.cells.iter().zip(&mut columns) {
            let (core, tail) = number::split(cell.text());
            *digits = digits.max(setter.width(voice, core, 1.0, &place));
            *behind = behind.max(setter.width(voice, tail, 1.0, &place));
        }
    }
    heads(setter, grid, &place, &mut columns);
    let (label_word, label) = labels(setter, table, &place);
    Wants { columns, label_word, label }
}

/// The voice a row's texts are set in.
pub fn voice(kind: RowKind) -> Voice {
    match kind {
        RowKind::Heading | RowKind::Total => Voice::Strong,
        RowKind::Item | RowKind::Subtotal => Voice::Regular,
    }
}

fn gap(grid: &Grid, column: usize) -> f32 {
    if grid.group_begins(column + 1) { GROUP_GAP } else { GAP }
}

/// Widens columns so that the longest word of each head fits above them.
fn heads(setter: &mut Setter, grid: &Grid, place: &str, columns: &mut [(f32, f32, f32)]) {
    let ink = setter.ink(Type { size: 1.0, leading: 1.0 }, place).voiced(Voice::Strong);
    for cell in grid.cells.iter().filter(|cell| cell.column > 0) {
        let (word, _) = text::widths(setter, &cell.text, ink);
        let Some(covered) = columns.get_mut(cell.column - 1..cell.column - 1 + cell.columns) else { continue };
        let gaps: f32 = covered.iter().skip(1).map(|(gap, ..)| gap).sum();
        let behind = if cell.columns == 1 { 0.0 } else { covered.iter().map(|(_, _, behind)| behind).sum() };
        let room = covered.iter().map(|(_, digits, _)| digits).sum::<f32>() + gaps + behind;
        let more = (word - room).max(0.0) / covered.len().max(1) as f32;
        covered.iter_mut().for_each(|(_, digits, _)| *digits += more);
    }
}

fn labels(setter: &mut Setter, table: &Table, place: &str) -> (f32, f32) {
    let ink = setter.ink(Type { size: 1.0, leading: 1.0 }, place);
    let (mut word, mut whole): (f32, f32) = (0.0, 0.0);
    for row in &table.rows {
        let indent = f32::from(row.indent.min(8)) * INDENT;
        let blank = row.cells.iter().all(|cell| cell.text().is_empty());
        let (longest, line) = text::widths(setter, &row.label, ink.voiced(voice(row.kind)));
        word = word.max(indent + HANG + longest.min(14.0));
        // A heading may run over the columns, which are blank beside it.
        if !blank {
            whole = whole.max(indent + line);
        }
    }
    if plain(&table.caption).is_empty() && table.rows.is_empty() { (0.0, 0.0) } else { (word, whole.max(word)) }
}
