//! The view of a page's blocks that the templates receive.

use serde::Serialize;

use super::{anchors::Anchors, inline::inlines, table::TableView};
use crate::present::document::Block;

/// A block, with its inlines already HTML.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum BlockView {
    Heading { level: u8, id: String, html: String },
    Paragraph { html: String },
    List { ordered: bool, start: u64, items: Vec<Vec<BlockView>> },
    Quote { blocks: Vec<BlockView> },
    Rule,
    Table(TableView),
}

/// The blocks' views; `deeper` is added to the level of each heading.
pub(super) fn blocks(blocks: &[Block], deeper: u8, anchors: &Anchors) -> Vec<BlockView> {
    blocks.iter().map(|block| view(block, deeper, anchors)).collect()
}

fn view(block: &Block, deeper: u8, anchors: &Anchors) -> BlockView {
    match block {
        Block::Heading { level, id, text } => BlockView::Heading {
            level: level.saturating_add(deeper).clamp(1, 6),
            id: id.clone(),
            html: inlines(text, anchors),
        },
        Block::Paragraph { text } => BlockView::Paragraph { html: inlines(text, anchors) },
        Block::List { start, items } => BlockView::List {
            ordered: start.is_some(),
            start: start.unwrap_or(1),
            items: items.iter().map(|item| blocks(item, deeper, anchors)).collect(),
        },
        Block::Quote { blocks: inner } => BlockView::Quote { blocks: blocks(inner, deeper, anchors) },
        Block::Rule => BlockView::Rule,
        Block::Table(table) => BlockView::Table(TableView::new(table, anchors)),
    }
}
