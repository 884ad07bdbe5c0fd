//! The view of a page's blocks that the templates receive.

use serde::Serialize;

use super::{anchors::Anchors, chart::ChartView, inline::inlines, notes::NoteIndex, table::TableView};
use crate::present::document::Block;

/// A block, with its inlines converted to HTML.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum BlockView {
    Heading { level: u8, id: String, html: String },
    Paragraph { html: String },
    List { ordered: bool, start: u64, items: Vec<Vec<BlockView>> },
    Quote { blocks: Vec<BlockView> },
    Pairs { pairs: Vec<PairView> },
    Rule,
    Table(TableView),
    Chart(ChartView),
    Picture { src: String, alt: String, width: u32, height: u32, html: String },
}

/// A name, and the paragraphs of its value.
#[derive(Debug, Serialize)]
pub(super) struct PairView {
    html: String,
    blocks: Vec<BlockView>,
}

/// Maps heading levels of the document to HTML: adds `offset`, and never goes more than one level below `last`, the level of
/// the heading before, whose anchor names tables without a caption.
#[derive(Debug, Clone)]
pub(super) struct HeadingLevels {
    pub(super) offset: u8,
    pub(super) last: u8,
    pub(super) heading: String,
}

impl HeadingLevels {
    fn next(&mut self, level: u8) -> u8 {
        self.last = level.saturating_add(self.offset).min(self.last + 1).clamp(1, 6);
        self.last
    }
}

/// The views of the blocks; `index` has the notes of the release.
pub(super) fn blocks(
    blocks: &[Block],
    levels: &mut HeadingLevels,
    index: &NoteIndex,
    anchors: &Anchors,
) -> Vec<BlockView> {
    blocks.iter().map(|block| block_view(block, levels, index, anchors)).collect()
}

fn block_view(block: &Block, levels: &mut HeadingLevels, index: &NoteIndex, anchors: &Anchors) -> BlockView {
    match block {
        Block::Heading { level, id, text } => {
            levels.heading.clone_from(id);
            BlockView::Heading { level: levels.next(*level), id: id.clone(), html: inlines(text, anchors) }
        }
        Block::Paragraph { text } => BlockView::Paragraph { html: inlines(text, anchors) },
        Block::List { start, items } => BlockView::List {
            ordered: start.is_some(),
            start: start.unwrap_or(1),
            items: items.iter().map(|item| blocks(item, levels, index, anchors)).collect(),
        },
        Block::Quote { blocks: inner } => BlockView::Quote { blocks: blocks(inner, levels, index, anchors) },
        Block::Pairs { pairs } => BlockView::Pairs {
            pairs: pairs
                .iter()
                .map(|pair| PairView {
                    html: inlines(&pair.name, anchors),
                    blocks: blocks(&pair.value, levels, index, anchors),
                })
                .collect(),
        },
        Block::Rule => BlockView::Rule,
        Block::Table(table) => BlockView::Table(TableView::new(table, &levels.heading, anchors)),
        Block::Chart(chart) => BlockView::Chart(ChartView::new(chart, index, anchors)),
        Block::Picture(picture) => BlockView::Picture {
            src: anchors.picture(&picture.page),
            alt: picture.alt.clone(),
            width: picture.page.width,
            height: picture.page.height,
            html: inlines(&picture.caption, anchors),
        },
    }
}
