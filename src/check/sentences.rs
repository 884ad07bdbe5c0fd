//! Sentences: the figures that a reader sees side by side in text.

use std::collections::BTreeMap;

use super::CheckInput;
use crate::present::FigureUse;

/// The figures of each sentence of the narrative, in the order of the text.
pub fn figures_by_sentence<'a>(input: &'a CheckInput) -> Vec<Vec<&'a FigureUse>> {
    let mut by_file: BTreeMap<&str, Vec<&FigureUse>> = BTreeMap::new();
    for used in input.presented.uses.iter().filter(|used| used.call.is_some()) {
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

/// Whether a sentence ends within a text: at a full stop, a question or exclamation mark before a space, at a full stop of a
/// script without spaces, at an empty line, or where a list item begins.
pub fn ends_sentence(text: &str) -> bool {
    let ends_paragraph = text.contains("\n\n") || ["\n- ", "\n* ", "\n#"].iter().any(|start| text.contains(start));
    let mut rest = text.chars().peekable();
    let mut ended = false;
    while let Some(c) = rest.next() {
        let closes = matches!(c, '.' | '?' | '!') && rest.peek().is_none_or(|next| next.is_whitespace());
        ended |= closes || matches!(c, '。' | '！' | '？');
    }
    ends_paragraph || ended
}

#[cfg(test)]
mod tests {
    use super::ends_sentence;

    #[test]
    fn decimals_and_single_line_breaks_end_no_sentence() {
        assert!(!ends_sentence(" of 2.5 and\nof "));
        assert!(ends_sentence(" in all. It was "));
        assert!(ends_sentence("が増加した。"));
        assert!(ends_sentence("\n- "));
    }
}
