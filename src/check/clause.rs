//! Clauses: the words before and after a figure in the text.

use crate::{diag::Place, present::FigureUse};

/// The marks that end a clause, beside an empty line.
const ENDS: &str = ".,;:!?()[]{}|\"—–";

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

/// The words of the clause before a figure, the nearest first.
pub fn words_before(used: &FigureUse) -> Vec<Word> {
    let clause = clause_before(used);
    let start = used.at.start - clause.len();
    let mut words = words_at(used, clause, start);
    words.reverse();
    words
}

/// The words of the clause after a figure, the nearest first.
pub fn words_after(used: &FigureUse) -> Vec<Word> {
    let text = used.at.source.text.get(used.at.end..).unwrap_or_default();
    let clause = text.split(|c: char| ENDS.contains(c)).next().unwrap_or_default();
    words_at(used, clause.split("\n\n").next().unwrap_or_default(), used.at.end)
}

fn clause_before(used: &FigureUse) -> &str {
    let text = used.at.source.text.get(..used.at.start).unwrap_or_default();
    let clause = text.rsplit(|c: char| ENDS.contains(c)).next().unwrap_or_default();
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
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '-').filter(|word| !word.is_empty());
    words.map(|word| (begins(word), word)).collect()
}

/// Whether a label contains one of some words.
pub fn has_word(label: &str, words: &[String]) -> bool {
    let label = label.to_lowercase();
    words_of(&label).iter().any(|(_, word)| words.iter().any(|known| known == word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_their_places() {
        assert_eq!(words_of("*rose* by, 5"), [(1, "rose"), (7, "by"), (11, "5")]);
    }
}
