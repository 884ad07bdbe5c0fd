//! The known word that a misspelt one was probably meant to be.

/// The known word nearest to `word`, where one is near enough that it was probably meant; the first of equals.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let furthest = word.chars().count().max(3) / 3;
    let distances = known.into_iter().map(|other| (strsim::damerau_levenshtein(word, other), other));
    distances
        .filter(|(distance, _)| *distance <= furthest)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, other)| other)
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
    }
}
