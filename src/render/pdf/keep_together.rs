//! What stays together where a page ends: headings with what they head, tables with what is said of them, lines in company.

use super::{flow_item::FlowItem, style::Pt};
use crate::present::document::{Block, plain};

/// What is before the blocks that come next.
#[derive(Debug, Default)]
pub struct KeepTogether {
    after_heading: bool,
    /// Behind a table or chart, with nothing between but remarks on it.
    below_table: bool,
}

impl KeepTogether {
    /// Ties the pieces of some blocks to those before them, and to what comes next in their section.
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
                // A single line that begins a section is not left behind alone with the heading,
                Some(_) if self.after_heading => keep_with_next(Some(line)),
                Some(_) => {}
                // and one that ends it does not leave alone for the next page.
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

/// Whether a paragraph says something of the table above it, not of the next: `(Note) …`, `* …`. What is in brackets as a
/// whole is a unit or the like.
fn is_remark(blocks: &[Block]) -> bool {
    let [Block::Paragraph { text }] = blocks else { return false };
    let text = plain(text);
    let bracketed = text.strip_prefix(['(', '（']).and_then(|inside| inside.split_once([')', '）']));
    let labelled = |(label, rest): (&str, &str)| label.starts_with(char::is_alphabetic) && !rest.trim().is_empty();
    bracketed.is_some_and(labelled) || text.starts_with(['*', '※'])
}

/// A table that is not cut finds room for the remark behind it, too.
fn reserve_remark(table: Option<&mut FlowItem>, remark: &[FlowItem]) {
    if let Some(FlowItem::Table(table)) = table {
        let height =
            |flow_item: &FlowItem| if let FlowItem::LineBox(line_box) = flow_item { line_box.height } else { 0.0 };
        // As far below the table as it is below what comes before.
        table.remark = table.before + remark.iter().map(height).sum::<Pt>();
    }
}

/// The most lines that lead to a table as a whole; of more, the last ones do.
const MAX_INTRODUCTION: usize = 6;

/// What is right before a table introduces it, and stays with it.
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

/// What follows a heading is closer to it.
fn halve_gap(flow_items: &mut [FlowItem]) {
    match flow_items.first_mut() {
        Some(FlowItem::LineBox(line_box)) => line_box.before *= 0.5,
        Some(FlowItem::Table(table)) => table.before *= 0.5,
        _ => {}
    }
}
