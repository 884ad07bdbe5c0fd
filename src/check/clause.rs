//! Clauses: the words before and after a figure in the text.

use std::ops::Range;

use crate::{diag::Place, model::is_run_on, present::FigureUse};

/// Whether a mark ends a clause, as an empty line does.
fn ends_clause(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '"' | '—' | '–')
}

/// A word of a clause, and where it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// In lower case.
    pub text: String,
    pub place: Place,
}

impl Word {
    /// Whether a list has the word.
    pub fn is_in(&self, words: &[String]) -> bool {
        words.contains(&self.text)
    }
}

/// The words of the clause before a figure, the nearest first. A clause of nothing but joining words, as in "declined, by
/// {{ … }} and by {{ … }}", goes on before its comma or the figure before it.
pub fn words_before(used: &FigureUse, joining: &[String]) -> Vec<Word> {
    let mut words = Vec::new();
    for (start, clause) in clauses_before(used) {
        let mut own = words_at(used, clause, start);
        own.reverse();
        words.extend(own);
        if words.iter().any(|word| !word.is_in(joining)) {
            break;
        }
    }
    words
}

/// The nearest word before a figure in its clause; before that, if it has none.
pub fn word_before(used: &FigureUse) -> Option<Word> {
    clauses_before(used).find_map(|(start, clause)| {
        let word = clause.rsplit(parts_words).find(|word| !word.is_empty())?;
        let start = start + (word.as_ptr() as usize - clause.as_ptr() as usize);
        Some(Word { text: word.to_lowercase(), place: Place::new(&used.at.source, start..start + word.len()) })
    })
}

/// The clauses before a figure with where they begin, the nearest first: a clause goes on before its comma or the figure before it.
fn clauses_before(used: &FigureUse) -> impl Iterator<Item = (usize, &str)> {
    let mut next = Some(used.at.start);
    let clauses = std::iter::from_fn(move || {
        let text = used.at.source.text.get(..next?).unwrap_or_default();
        let clause = last_clause(text);
        let start = next? - clause.len();
        let before = text.get(..start).unwrap_or_default().trim_end();
        next = match (before.strip_suffix([',', ':']), before.strip_suffix("}}")) {
            (Some(before), _) => Some(before.len()),
            (_, Some(_)) => before.rfind("{{"),
            _ => None,
        };
        Some((start, clause))
    });
    clauses.take(MAX_CLAUSES)
}

/// How many clauses the words before a figure may go back.
const MAX_CLAUSES: usize = 6;

/// The words of the clause after a figure, the nearest first.
pub fn words_after(used: &FigureUse) -> Vec<Word> {
    let text = used.at.source.text.get(used.at.end..).unwrap_or_default();
    let clause = text.split(ends_clause).next().unwrap_or_default();
    words_at(used, clause.split("\n\n").next().unwrap_or_default(), used.at.end)
}

fn last_clause(text: &str) -> &str {
    let clause = text.rsplit(ends_clause).next().unwrap_or_default();
    clause.rsplit("\n\n").next().unwrap_or_default()
}

fn words_at(used: &FigureUse, text: &str, start: usize) -> Vec<Word> {
    let word = |(at, word): (usize, &str)| Word {
        text: word.to_lowercase(),
        place: Place::new(&used.at.source, start + at..start + at + word.len()),
    };
    words_of(text).into_iter().map(word).collect()
}

/// Words with where they begin, without marks of emphasis round them.
pub fn words_of(text: &str) -> Vec<(usize, &str)> {
    let begins = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    let words = text.split(parts_words).filter(|word| !word.is_empty());
    words.map(|word| (begins(word), word)).collect()
}

/// Whether a character stands between words.
fn parts_words(c: char) -> bool {
    !c.is_alphanumeric() && c != '\'' && c != '-'
}

/// A text in lower case, each character where it was: those whose lower case has another length are unchanged.
pub fn lower_case_in_place(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let lower = |c: char| {
        let mut lower = c.to_lowercase();
        match (lower.next(), lower.next()) {
            (Some(one), None) if one.len_utf8() == c.len_utf8() => one,
            _ => c,
        }
    };
    text.chars().map(lower).collect()
}

/// Whether a label contains one of some words. Those of a script without spaces between words may be part of others.
pub fn has_word(label: &str, words: &[String]) -> bool {
    let label = label.to_lowercase();
    words_of(&label).iter().any(|(_, word)| words.iter().any(|known| known == word))
        || !label.is_ascii() && words.iter().any(|word| word.starts_with(is_run_on) && label.contains(word.as_str()))
}

/// Where a text has a phrase as whole words.
pub fn find_phrase(text: &str, phrase: &str) -> impl Iterator<Item = usize> {
    let found = text.match_indices(phrase).map(|(at, found)| at..at + found.len());
    found.filter(|found| is_whole(text, found)).map(|found| found.start)
}

/// Whether a part of a text is whole words: no letter or digit is next to it. In a script without spaces between words, every part
/// is.
pub fn is_whole(text: &str, part: &Range<usize>) -> bool {
    let [before, own, after] =
        [0..part.start, part.clone(), part.end..text.len()].map(|part| text.get(part).unwrap_or_default());
    let is_joined = |own: Option<char>, next: Option<char>| {
        next.is_some_and(|c| c.is_alphanumeric() && !is_run_on(c)) && !own.is_some_and(is_run_on)
    };
    !is_joined(own.chars().next(), before.chars().next_back())
        && !is_joined(own.chars().next_back(), after.chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_their_places() {
        assert_eq!(words_of("*rose* by, 5"), [(1, "rose"), (7, "by"), (11, "5")]);
    }

    #[test]
    fn lower_case_moves_no_character() {
        assert_eq!(lower_case_in_place("İSTANBUL \u{212a} ÄÖ"), "İstanbul \u{212a} äö");
    }

    #[test]
    fn a_phrase_within_a_word_is_not_found() {
        assert_eq!(find_phrase("half, behalf, half-year, halfé, half", "half").collect::<Vec<_>>(), [0, 14, 33]);
        assert_eq!(find_phrase("前期から増加", "から").collect::<Vec<_>>(), [6]);
        assert_eq!(find_phrase("2026年", "年").collect::<Vec<_>>(), [4]);
    }
}
