//! Turns the sheets of tables that are too wide for a portrait sheet.

use std::collections::BTreeSet;

use crate::present::document::{Block, Document};

/// A copy of the document with these tables on landscape sheets.
pub fn turn(document: &Document, tables: &BTreeSet<String>) -> Document {
    let mut document = document.clone();
    document.pages.iter_mut().for_each(|page| turn_blocks(&mut page.blocks, tables));
    document
}

fn turn_blocks(blocks: &mut [Block], tables: &BTreeSet<String>) {
    for block in blocks {
        match block {
            Block::Table(table) => table.landscape |= tables.contains(&table.id),
            Block::List { items, .. } => items.iter_mut().for_each(|item| turn_blocks(item, tables)),
            Block::Quote { blocks } => turn_blocks(blocks, tables),
            _ => {}
        }
    }
}
