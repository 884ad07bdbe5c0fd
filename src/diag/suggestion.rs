//! Suggestions for misspelt words.

/// The longest word that is compared, in bytes: the work grows with its length.
const MAX_WORD: usize = 1000;

/// The known word most similar to `word`, or `None` if no word is similar enough to suggest.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > MAX_WORD {
        return None;
    }
    known
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(word, candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swapped_letters_are_near_and_another_word_is_not() {
        let known = ["label", "values", "kind"];
        assert_eq!(nearest("vlaues", known), Some("values"));
        assert_eq!(nearest("lable", known), Some("label"));
        assert_eq!(nearest("footnote", known), None);
        assert_eq!(nearest("", known), None);
        assert_eq!(nearest(&"label".repeat(1000), known), None);
    }
}
