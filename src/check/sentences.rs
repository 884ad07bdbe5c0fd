//! Sentences: the figures that a reader sees side by side in text.

use std::collections::BTreeMap;

use crate::{
    diag::Place,
    present::{FigureUse, Presentation},
};

/// The figures of each sentence of the narrative, in the order of the text.
pub fn figures_by_sentence(presented: &Presentation) -> Vec<Vec<&FigureUse>> {
    let mut by_file: BTreeMap<&str, Vec<&FigureUse>> = BTreeMap::new();
    for used in presented.uses.iter().filter(|used| used.call.is_some()) {
        by_file.entry(&used.at.source.path).or_default().push(used);
    }
    let mut sentences: Vec<Vec<&FigureUse>> = Vec::new();
    for mut uses in by_file.into_values() {
        uses.sort_by_key(|used| used.at.start);
        let mut last: Option<&FigureUse> = None;
        for used in uses {
            let between = last.and_then(|last| used.at.source.text.get(last.at.end..used.at.start));
            match sentences.last_mut().filter(|_| between.is_some_and(|text| !ends_sentence(text))) {
                Some(sentence) => sentence.push(used),
                None => sentences.push(vec![used]),
            }
            last = Some(used);
        }
    }
    sentences
}

/// The text of a figure's sentence that is before the figure.
pub fn text_before_in_sentence(used: &FigureUse) -> &str {
    text_before_in_sentence_at(&used.at)
}

/// The text of the sentence at a place that is before it.
pub fn text_before_in_sentence_at(place: &Place) -> &str {
    let text = place.source.text.get(..place.start).unwrap_or_default();
    // From the figure backwards: a page may be long.
    let ends = text.char_indices().rev().find(|(at, c)| ends_at(text, *at, *c));
    ends.map_or(text, |(at, c)| &text[at + c.len_utf8()..])
}

/// The text of a figure's sentence that is after the figure.
pub fn text_after_in_sentence(used: &FigureUse) -> &str {
    text_after_in_sentence_at(&used.at)
}

/// The text of the sentence at a place that is after it.
pub fn text_after_in_sentence_at(place: &Place) -> &str {
    let text = place.source.text.get(place.end..).unwrap_or_default();
    text.get(..sentence_ends(text).next().unwrap_or(text.len())).unwrap_or_default()
}

/// Whether a sentence ends within a text.
pub fn ends_sentence(text: &str) -> bool {
    sentence_ends(text).next().is_some()
}

/// Where sentences end within a text: behind a full stop, a question or exclamation mark before a space, behind a full stop of
/// a script without spaces, at an empty line, and where a list item or heading begins.
fn sentence_ends(text: &str) -> impl Iterator<Item = usize> {
    text.char_indices().filter(|(at, c)| ends_at(text, *at, *c)).map(|(at, c)| at + c.len_utf8())
}

fn ends_at(text: &str, at: usize, c: char) -> bool {
    let after = || &text[at + c.len_utf8()..];
    match c {
        '.' | '?' | '!' => after().is_empty() || after().starts_with(char::is_whitespace),
        '。' | '！' | '？' => true,
        '\n' => ["\n", "- ", "* ", "#"].iter().any(|start| after().starts_with(start)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{ends_sentence, sentence_ends};

    #[test]
    fn decimals_and_single_line_breaks_end_no_sentence() {
        assert!(!ends_sentence(" of 2.5 and\nof "));
        assert!(ends_sentence(" in all. It was "));
        assert!(ends_sentence("が増加した。"));
        assert!(ends_sentence("\n- "));
        assert_eq!(sentence_ends("A 2.5. B\n\nC").collect::<Vec<_>>(), [6, 9]);
    }
}
