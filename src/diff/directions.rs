//! Words that say a direction, and which of them turned between two versions.

use crate::model::{Direction, Words};

/// The words of a language for directions, in lower case.
#[derive(Debug, Default)]
pub struct Directions {
    /// Words or phrases, each with its side.
    sides: Vec<(String, Side)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Up,
    Down,
    Better,
    Worse,
    Flat,
    Profit,
    Loss,
}

/// The most words of a phrase that says a direction.
const MAX_WORDS: usize = 5;

impl Directions {
    /// The words that checks look for beside figures, and those that the filters of the narrative write.
    pub fn new(words: &Words) -> Self {
        let prose = &words.prose;
        let lists = [
            (&prose.up, Side::Up),
            (&prose.down, Side::Down),
            (&prose.better, Side::Better),
            (&prose.worse, Side::Worse),
            (&prose.unchanged, Side::Flat),
            (&prose.profit, Side::Profit),
            (&prose.loss, Side::Loss),
        ];
        let known = lists.into_iter().flat_map(|(list, side)| list.iter().map(move |word| (word.clone(), side)));
        let written = words.change.values().chain(words.direction.values()).flat_map(written);
        let mut sides: Vec<_> = known.chain(written).filter(|(word, _)| !word.is_empty()).collect();
        // The longest first: "no change" is not "change".
        sides.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        Self { sides }
    }

    /// Whether both texts say a direction, and not the same one.
    pub fn turned(&self, old: &str, new: &str) -> bool {
        match (self.side(old), self.side(new)) {
            (Some(old), Some(new)) => old != new,
            _ => false,
        }
    }

    fn side(&self, text: &str) -> Option<Side> {
        let text = text.to_lowercase();
        if text.split_whitespace().count() > MAX_WORDS {
            return None;
        }
        let parts = |known: &str| {
            text == known
                || text.split(|c: char| !c.is_alphanumeric() && c != '-').any(|word| word == known)
                || !known.is_ascii() && text.contains(known)
        };
        self.sides.iter().find(|(known, _)| parts(known)).map(|(_, side)| *side)
    }
}

/// What a pattern of changes writes beside the number.
fn written(pattern: &Direction) -> [(String, Side); 3] {
    let words = |pattern: &str| pattern.replace("{}", "").replace("{compared}", "").trim().to_lowercase();
    [(words(&pattern.up), Side::Up), (words(&pattern.down), Side::Down), (words(&pattern.flat), Side::Flat)]
}
