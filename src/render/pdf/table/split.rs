//! Splits long tables into parts: preferably between groups, and without parts of only a few rows.

use std::{collections::BTreeSet, ops::Range};

use super::TableLayout;
use crate::{
    present::document::RowKind,
    render::pdf::{
        line_box::{self, LineBox},
        style::Pt,
    },
};

/// The least number of rows that a part should have.
const MIN_ROWS: usize = 3;
/// As shares of a page: a table no higher than the first is never split, and up to the second may stay empty to keep a higher
/// table whole.
const MAX_UNCUT_SHARE: f32 = 0.55;
const MAX_EMPTY_SHARE: f32 = 0.5;
/// The penalties of a split, in points of empty space. Empty space itself counts half.
const AFTER_TOTAL: Pt = 60.0;
const BEFORE_HEADING: Pt = 60.0;
const AFTER_SUBTOTAL: Pt = 200.0;
const WITHIN_GROUP: Pt = 260.0;
const BEFORE_TOTAL: Pt = 600.0;
const FEW_ROWS: Pt = 600.0;
/// The space between a part and its notes.
pub const NOTE_GAP: Pt = 3.0;

/// A part of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct TablePart {
    /// The indices of its rows.
    pub rows: Range<usize>,
    /// The numbers of the notes that its marks refer to.
    pub notes: BTreeSet<usize>,
    /// The height with caption, head and notes.
    pub height: Pt,
}

impl TableLayout {
    /// Caption, unit line and head of the part that begins with this row.
    pub fn head_line_boxes(&self, start: usize) -> &[LineBox] {
        if start == 0 { &self.first } else { &self.continued }
    }

    /// The part with these rows.
    pub fn part(&self, rows: Range<usize>) -> TablePart {
        let line_boxes = self.rows.get(rows.clone()).unwrap_or_default();
        let top = self.head_line_boxes(rows.start);
        let marks = top
            .iter()
            .chain(line_boxes.iter().map(|(_, line_box)| line_box))
            .flat_map(|line_box| line_box.notes.iter().copied());
        let notes: BTreeSet<usize> = marks.collect();
        let notes_height: Pt = notes.iter().filter_map(|number| self.notes.get(number)).sum();
        let gap = if notes.is_empty() { 0.0 } else { NOTE_GAP };
        let body: Pt = line_boxes.iter().map(|(_, line_box)| line_box.height).sum();
        TablePart { height: line_box::height(top) + body + self.foot.height + gap + notes_height, rows, notes }
    }
}

/// The room that a table needs to begin on a page: its height if it should not be split, else that of head and first rows.
pub fn opening_height(table: &TableLayout, room: Pt, page: Pt) -> Pt {
    let whole = table.part(0..table.rows.len()).height + table.remark;
    let fits = whole <= page;
    // Moving a table to the next page leaves a gap; a large gap is worse than a split.
    if fits && (whole <= page * MAX_UNCUT_SHARE || room <= page * MAX_EMPTY_SHARE) {
        return whole;
    }
    let first = (MIN_ROWS..=table.rows.len()).find(|&end| cut_penalty(table, 0..end).is_some());
    table.part(0..first.unwrap_or(table.rows.len())).height
}

/// The best part that begins with row `start` and fits into `room`; `None` if not even one row fits.
pub fn next_part(table: &TableLayout, start: usize, room: Pt) -> Option<TablePart> {
    let count = table.rows.len();
    let rest = table.part(start..count);
    if rest.height <= room {
        return Some(rest);
    }
    let parts = (start + 1..count).map(|end| table.part(start..end)).take_while(|part| part.height <= room);
    let candidates =
        parts.filter_map(|part| Some((cut_penalty(table, part.rows.clone())? + (room - part.height) / 2.0, part)));
    candidates.min_by(|(a, _), (b, _)| a.total_cmp(b)).map(|(_, part)| part)
}

/// The penalty of a split after these rows; `None` if it is not allowed.
fn cut_penalty(table: &TableLayout, rows: Range<usize>) -> Option<Pt> {
    let kind = |row: usize| table.rows.get(row).map(|(kind, _)| *kind);
    let last = kind(rows.end.checked_sub(1)?)?;
    let next = kind(rows.end);
    let cut = match (last, next) {
        (_, None) => 0.0,
        (RowKind::Heading, _) => return None,
        (_, Some(RowKind::Total | RowKind::Subtotal)) => BEFORE_TOTAL,
        (RowKind::Total, Some(RowKind::Heading)) => 0.0,
        (RowKind::Total, _) => AFTER_TOTAL,
        (_, Some(RowKind::Heading)) => BEFORE_HEADING,
        (RowKind::Subtotal, _) => AFTER_SUBTOTAL,
        (RowKind::Item, Some(RowKind::Item)) => WITHIN_GROUP,
    };
    let few = |count: usize| if count > 0 && count < MIN_ROWS { FEW_ROWS } else { 0.0 };
    Some(cut + few(rows.len()) + few(table.rows.len() - rows.end))
}
