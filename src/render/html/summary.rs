//! A page in one sentence, for those who find it in a list: its first paragraph, or what its tables are called.

use crate::present::document::{Block, Page, plain};

/// How many letters a search engine shows.
const MAX_CHARACTERS: usize = 160;

/// The page's summary; its title where it says nothing.
pub(super) fn summary(page: &Page) -> String {
    let text = first_paragraph(&page.blocks).unwrap_or_else(|| captions(&page.blocks).join("; "));
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() { page.title.clone() } else { shortened(&text) }
}

fn first_paragraph(blocks: &[Block]) -> Option<String> {
    blocks.iter().find_map(|block| match block {
        Block::Paragraph { text } => Some(plain(text)).filter(|text| !text.trim().is_empty()),
        Block::List { items, .. } => items.iter().find_map(|item| first_paragraph(item)),
        Block::Quote { blocks } => first_paragraph(blocks),
        Block::Heading { .. } | Block::Rule | Block::Table(_) | Block::Chart(_) => None,
    })
}

fn captions(blocks: &[Block]) -> Vec<String> {
    let caption = |block: &Block| match block {
        Block::Table(table) => Some(plain(&table.caption)),
        Block::Chart(chart) => Some(plain(&chart.table.caption)),
        _ => None,
    };
    blocks.iter().filter_map(caption).filter(|caption| !caption.trim().is_empty()).collect()
}

/// The text up to the last word that ends within the room; within the word where there is no other.
pub(super) fn shortened(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(MAX_CHARACTERS) else { return text.to_owned() };
    let head = &text[..end];
    let cut = head.rfind(' ').filter(|at| *at > end / 2).unwrap_or(end);
    format!("{}…", head[..cut].trim_end_matches([',', ';', ':', '(', ' ', '-', '–', '—']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::document::Inline;

    fn page(texts: &[&str]) -> Page {
        let paragraph = |text: &&str| Block::Paragraph { text: vec![Inline::Text { text: (*text).to_owned() }] };
        let blocks = texts.iter().map(paragraph).collect();
        Page { id: "p".into(), title: "Outlook".into(), new_sheet: false, sheets: None, blocks }
    }

    #[test]
    fn the_first_paragraph_is_cut_between_words() {
        assert_eq!(summary(&page(&["", "Sales  rose.\nMore.", "Other."])), "Sales rose. More.");
        assert_eq!(summary(&page(&[])), "Outlook");
        let words = "a word, ".repeat(40);
        let short = summary(&page(&[&words]));
        assert!(short.chars().count() <= MAX_CHARACTERS + 1 && short.ends_with("word…"), "{short}");
        assert_eq!(summary(&page(&[&"語".repeat(400)])), format!("{}…", "語".repeat(MAX_CHARACTERS)));
    }
}
