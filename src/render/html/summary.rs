//! The description of a page for search results and lists: its first paragraph, or the captions of its tables.

use crate::present::document::{Block, Page, plain};

/// About how many characters a search engine shows.
const MAX_CHARACTERS: usize = 160;

/// The summary of a page; its title if it has neither text nor captions. `between` stands between captions.
pub(super) fn summary(page: &Page, between: &str) -> String {
    let text = first_paragraph(&page.blocks).unwrap_or_else(|| captions(&page.blocks).join(between));
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() { page.title.clone() } else { shorten(&text) }
}

fn first_paragraph(blocks: &[Block]) -> Option<String> {
    blocks.iter().find_map(|block| match block {
        Block::Paragraph { text } => Some(plain(text)).filter(|text| !text.trim().is_empty()),
        Block::List { items, .. } => items.iter().find_map(|item| first_paragraph(item)),
        Block::Quote { blocks } => first_paragraph(blocks),
        Block::Heading { .. }
        | Block::Pairs { .. }
        | Block::Rule
        | Block::Table(_)
        | Block::Chart(_)
        | Block::Picture(_) => None,
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

/// Shortens text to `MAX_CHARACTERS` and an ellipsis. It cuts at a space, or within a word if the last space is too far back.
pub(super) fn shorten(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(MAX_CHARACTERS) else { return text.to_owned() };
    let head = &text[..end];
    let cut = head.rfind(' ').filter(|at| *at > end / 2).unwrap_or(end);
    format!("{}…", head[..cut].trim_end_matches([',', ';', ':', '(', ' ', '-', '–', '—', '、', '；', '：', '（']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::document::Inline;

    fn page(texts: &[&str]) -> Page {
        let paragraph = |text: &&str| Block::Paragraph { text: vec![Inline::Text { text: (*text).to_owned() }] };
        let blocks = texts.iter().map(paragraph).collect();
        Page { id: "p".into(), title: "Outlook".into(), new_sheet: false, sheets: None, form: false, blocks }
    }

    #[test]
    fn the_first_paragraph_is_cut_between_words() {
        assert_eq!(summary(&page(&["", "Sales  rose.\nMore.", "Other."]), "; "), "Sales rose. More.");
        assert_eq!(summary(&page(&[]), "; "), "Outlook");
        let words = "a word, ".repeat(40);
        let short = summary(&page(&[&words]), "; ");
        assert!(short.chars().count() <= MAX_CHARACTERS + 1 && short.ends_with("word…"), "{short}");
        assert_eq!(summary(&page(&[&"語".repeat(400)]), "; "), format!("{}…", "語".repeat(MAX_CHARACTERS)));
    }
}
