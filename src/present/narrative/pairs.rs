//! Parses lists of names and values: a line, and `: value` below it.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::PageParser;
use crate::present::document::{Block, Pair};

impl PageParser<'_, '_, '_, '_> {
    /// Adds the list of names and values that has just begun. A value is paragraphs of text.
    pub(super) fn push_pairs(&mut self, depth: usize, blocks: &mut Vec<Block>) {
        let mut pairs: Vec<Pair> = Vec::new();
        while let Some((event, span)) = self.events.pop() {
            match event {
                Event::Start(tag @ Tag::DefinitionListTitle) => {
                    let name = self.parse_inlines(Some(tag.to_end()), depth + 1);
                    pairs.push(Pair { name, value: Vec::new() });
                }
                Event::Start(tag @ Tag::DefinitionListDefinition) => {
                    let mut value = self.parse_blocks(Some(tag.to_end()), depth + 1);
                    if !value.iter().all(|block| matches!(block, Block::Paragraph { .. })) {
                        self.report_error("a value is paragraphs of text", &span);
                        value.retain(|block| matches!(block, Block::Paragraph { .. }));
                    }
                    if let Some(pair) = pairs.last_mut() {
                        pair.value.extend(value);
                    }
                }
                Event::End(TagEnd::DefinitionList) => break,
                _ => {}
            }
        }
        blocks.push(Block::Pairs { pairs });
    }
}
