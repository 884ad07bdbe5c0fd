//! Keeps flow items together at page ends: headings with the next block, tables with introductions and remarks.

use super::{flow_item::FlowItem, style::Pt};
use crate::present::document::{Block, plain};

/// The context of the next blocks.
#[derive(Debug, Default)]
pub struct KeepTogether {
    after_heading: bool,
    /// After a table or chart, with only remarks on it in between.
    below_table: bool,
}

impl KeepTogether {
    /// Adjusts the flow items `added` for `blocks`, with the items before them and the blocks that come next in the section.
    pub fn apply(&mut self, before: &mut [FlowItem], added: &mut [FlowItem], blocks: &[Block], next: Option<&[Block]>) {
        let remark = self.below_table && is_remark(blocks);
        if remark {
            reserve_remark(before.last_mut(), added);
        }
        if next.is_some_and(is_table) && !remark {
            keep_introduction(added);
        }
        if self.after_heading {
            halve_gap(added);
        }
        if let ([Block::Paragraph { .. }], [line]) = (blocks, &mut *added) {
            match next {
                // A single line at the beginning of a section must not be separated from the next block,
                Some(_) if self.after_heading => keep_with_next(Some(line)),
                Some(_) => {}
                // and a single line at the end must not be alone on the next page.
                None => keep_with_next(before.last_mut()),
            }
        }
        self.after_heading = matches!(blocks, [Block::Heading { .. }]);
        self.below_table = remark || is_table(blocks);
    }
}

fn is_table(blocks: &[Block]) -> bool {
    matches!(blocks, [Block::Table(_) | Block::Chart(_), ..])
}

/// Whether a paragraph is a remark on the table above it: `(Note) …`, `* …`. A paragraph that is entirely in parentheses is a
/// unit or similar.
fn is_remark(blocks: &[Block]) -> bool {
    let [Block::Paragraph { text }] = blocks else { return false };
    let text = plain(text);
    let bracketed = text.strip_prefix(['(', '（']).and_then(|rest| rest.split_once([')', '）']));
    let labelled = |(label, rest): (&str, &str)| label.starts_with(char::is_alphabetic) && !rest.trim().is_empty();
    bracketed.is_some_and(labelled) || text.starts_with(['*', '※'])
}

/// Reserves the height of a remark after a table, which is kept on the same page if the table is not split.
fn reserve_remark(table: Option<&mut FlowItem>, remark: &[FlowItem]) {
    if let Some(FlowItem::Table(table)) = table {
        let height =
            |flow_item: &FlowItem| if let FlowItem::LineBox(line_box) = flow_item { line_box.height } else { 0.0 };
        // The remark is separated from the table by the same gap as the table from the text before.
        table.remark = table.before + remark.iter().map(height).sum::<Pt>();
    }
}

/// The longest introduction, in lines, that is kept with a table as a whole; of a longer one only the end is.
const MAX_INTRODUCTION: usize = 6;

/// Keeps the paragraph before a table with the table.
fn keep_introduction(flow_items: &mut [FlowItem]) {
    let whole = flow_items.len() <= MAX_INTRODUCTION;
    let line_boxes = flow_items.iter_mut().rev().take_while(|flow_item| matches!(flow_item, FlowItem::LineBox(_)));
    line_boxes.take(if whole { MAX_INTRODUCTION } else { 1 }).for_each(|flow_item| keep_with_next(Some(flow_item)));
}

fn keep_with_next(flow_item: Option<&mut FlowItem>) {
    if let Some(FlowItem::LineBox(line_box)) = flow_item {
        line_box.keep_with_next = true;
    }
}

/// Halves the space after a heading.
fn halve_gap(flow_items: &mut [FlowItem]) {
    match flow_items.first_mut() {
        Some(FlowItem::LineBox(line_box)) => line_box.before *= 0.5,
        Some(FlowItem::Table(table)) => table.before *= 0.5,
        _ => {}
    }
}
