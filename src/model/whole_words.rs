//! Words of a text that are no part of a longer word.

use std::ops::Range;

/// Whether a part of a text, by its bytes, is within a longer word. Digits, and letters that have upper and lower case, join to
/// longer words; others, as those of Japanese, stand beside each other without a space.
pub fn is_within_word(text: &str, part: &Range<usize>) -> bool {
    let joins = |c: Option<char>| c.is_some_and(|c| c.is_lowercase() || c.is_uppercase() || c.is_ascii_digit());
    let of = |range: Option<&str>, last: bool| {
        let mut chars = range.unwrap_or_default().chars();
        if last { chars.next_back() } else { chars.next() }
    };
    let inner = text.get(part.clone());
    let before = joins(of(text.get(..part.start), true)) && joins(of(inner, false));
    let after = joins(of(inner, true)) && joins(of(text.get(part.end..), false));
    before || after
}

/// Whether a text has one of some words, not within a longer one. Text and words are in lower case.
pub fn has_word_of_its_own(text: &str, words: &[String]) -> bool {
    let is_own = |word: &String| {
        let mut found = text.match_indices(word.as_str()).map(|(at, _)| at..at + word.len());
        !word.is_empty() && found.any(|part| !is_within_word(text, &part))
    };
    words.iter().any(is_own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_with_case_join_to_words_and_others_do_not() {
        let has = |text: &str, word: &str| has_word_of_its_own(text, &[word.to_owned()]);
        assert!(has("weighted average shares", "average") && has("shares (average)", "average"));
        assert!(!has("meanwhile revenue", "mean") && !has("demeaned", "mean") && !has("averages", "average"));
        assert!(has("加重平均株式数", "平均") && has("平均usd", "平均"));
        assert!(has("mean mean2", "mean") && !has("2mean", "mean"));
        assert!(!has("shares", ""));
    }
}
