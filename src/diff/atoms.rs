//! Text as atoms: words, spaces, signs, figures and marks, which are compared one by one.

use crate::{
    model::is_run_on,
    present::document::{Figure, Inline, Revision, ScriptPosition},
};

/// A word, space, sign, figure or mark, with the markup around it.
#[derive(Debug, Clone)]
pub struct Atom {
    pub key: Key,
    pub leaf: Inline,
    around: Vec<Around>,
}

/// What an atom is compared by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Key {
    Text(String),
    /// Any figure: those at the same place of a text are compared apart.
    Figure,
    /// A date that changed, by its number, in the words of its version.
    Date(usize),
    Note(String),
    LineBreak,
}

#[derive(Debug, Clone, PartialEq)]
enum Around {
    Strong,
    Emphasis,
    Link(String),
}

/// The atoms of a text. Each of the dates is one.
pub fn atoms(inlines: &[Inline], dates: &[String]) -> Vec<Atom> {
    let mut found = Vec::new();
    collect(inlines, dates, &mut Vec::new(), &mut found);
    found
}

fn collect(inlines: &[Inline], dates: &[String], around: &mut Vec<Around>, found: &mut Vec<Atom>) {
    for inline in inlines {
        let mut add = |key: Key, leaf: Inline| found.push(Atom { key, leaf, around: around.clone() });
        let (outer, inner) = match inline {
            Inline::Text { text } => {
                for (key, text) in words_and_dates(text, dates) {
                    add(key, Inline::Text { text: text.to_owned() });
                }
                continue;
            }
            Inline::Code { text } | Inline::Script { text, .. } => {
                add(Key::Text(text.clone()), inline.clone());
                continue;
            }
            Inline::Figure(_) => {
                add(Key::Figure, inline.clone());
                continue;
            }
            Inline::NoteMark { id, .. } => {
                add(Key::Note(id.clone()), inline.clone());
                continue;
            }
            Inline::LineBreak => {
                add(Key::LineBreak, Inline::LineBreak);
                continue;
            }
            Inline::Strong { text } => (Around::Strong, text),
            Inline::Emphasis { text } => (Around::Emphasis, text),
            Inline::Link { href, text } => (Around::Link(href.clone()), text),
            Inline::Revised { text, .. } => {
                collect(text, dates, around, found);
                continue;
            }
        };
        around.push(outer);
        collect(inner, dates, around, found);
        around.pop();
    }
}

/// The words, spaces and signs of a text, and the dates in it, of which the first of those given counts.
fn words_and_dates<'t>(text: &'t str, dates: &[String]) -> Vec<(Key, &'t str)> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((at, number, date)) = first_date(rest, dates) {
        found.extend(words(&rest[..at]).map(|word| (Key::Text(word.to_owned()), word)));
        found.push((Key::Date(number), &rest[at..at + date]));
        rest = &rest[at + date..];
    }
    found.extend(words(rest).map(|word| (Key::Text(word.to_owned()), word)));
    found
}

/// Where the first date of a text begins, its number and its length. A date within a longer number is none.
fn first_date(text: &str, dates: &[String]) -> Option<(usize, usize, usize)> {
    let is_digit = |c: Option<char>| c.is_some_and(char::is_numeric);
    let joins = |before: Option<char>, after: Option<char>| is_digit(before) && is_digit(after);
    let of_date = |(number, date): (usize, &String)| {
        let whole = |at: &usize| {
            let (before, behind) = (text[..*at].chars().next_back(), text[at + date.len()..].chars().next());
            !joins(before, date.chars().next()) && !joins(date.chars().next_back(), behind)
        };
        let at = text.match_indices(date.as_str()).map(|(at, _)| at).find(whole)?;
        (!date.is_empty()).then_some((at, number, date.len()))
    };
    dates.iter().enumerate().filter_map(of_date).min_by_key(|(at, number, _)| (*at, *number))
}

/// The words, spaces and signs of a text. In a script without spaces between words, letters of one kind are a word.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut letters = rest.char_indices();
        let (_, first) = letters.next()?;
        let mut last = first;
        let end = letters.find(|(_, c)| !joins(std::mem::replace(&mut last, *c), *c)).map_or(rest.len(), |(at, _)| at);
        let (word, behind) = rest.split_at(end);
        rest = behind;
        Some(word)
    })
}

/// Whether a character is in one word with the character before it.
fn joins(before: char, c: char) -> bool {
    let class = |c: char| match c {
        _ if c.is_whitespace() => Class::Space,
        'ぁ'..='ゟ' => Class::Hiragana,
        'ァ'..='ヺ' | 'ー' => Class::Katakana,
        _ if c.is_alphanumeric() && is_run_on(c) => Class::RunOn,
        _ if c.is_alphanumeric() || matches!(c, '\'' | '’' | '-') => Class::Word,
        _ => Class::Sign,
    };
    let (before, c) = (class(before), class(c));
    before == c && c != Class::Sign
}

#[derive(PartialEq, Eq)]
enum Class {
    Space,
    Word,
    Hiragana,
    Katakana,
    RunOn,
    Sign,
}

impl Atom {
    pub fn is_space(&self) -> bool {
        matches!(&self.key, Key::Text(text) if text.trim().is_empty())
    }

    pub fn is_word(&self) -> bool {
        matches!(&self.key, Key::Text(text) if text.contains(char::is_alphanumeric))
    }

    /// Whether a sentence ends with it; `next` is the atom behind it.
    pub fn ends_sentence(&self, next: Option<&Self>) -> bool {
        match &self.key {
            Key::Text(text) if matches!(text.as_str(), "." | "?" | "!") => next.is_none_or(Self::is_space),
            Key::Text(text) => matches!(text.as_str(), "。" | "！" | "？"),
            _ => false,
        }
    }

    pub fn figure(&self) -> Option<&Figure> {
        match &self.leaf {
            Inline::Figure(figure) => Some(figure),
            _ => None,
        }
    }

    /// What is read in its place.
    pub fn text(&self) -> String {
        match &self.leaf {
            Inline::Text { text } | Inline::Code { text } | Inline::Script { text, .. } => text.clone(),
            Inline::Figure(figure) => figure.text.clone(),
            Inline::NoteMark { id, .. } => format!("[{id}]"),
            _ => String::from(" "),
        }
    }

    /// The same as deleted text: a link leads nowhere, and a mark refers to nothing.
    fn deleted(&self) -> Self {
        let leaf = match &self.leaf {
            Inline::NoteMark { number, mark, .. } => {
                let text = mark.clone().unwrap_or_else(|| number.to_string());
                Inline::Script { position: ScriptPosition::Superscript, text }
            }
            Inline::LineBreak => Inline::Text { text: String::from(" ") },
            leaf => leaf.clone(),
        };
        let around = self.around.iter().filter(|around| !matches!(around, Around::Link(_))).cloned().collect();
        Self { leaf, around, ..self.clone() }
    }

    /// A figure that shows nothing else than its text, because the value belongs to another version.
    fn without_value(self) -> Self {
        match self.leaf {
            Inline::Figure(Figure { text, .. }) => Self { leaf: Inline::Text { text }, ..self },
            _ => self,
        }
    }
}

/// Writes atoms back as a text, some of them as deleted or inserted.
#[derive(Default)]
pub struct TextWriter {
    /// Adjacent leaves with the same markup and revision.
    groups: Vec<(Option<Revision>, Vec<Around>, Vec<Inline>)>,
}

impl TextWriter {
    pub fn push(&mut self, atoms: &[Atom], how: Option<Revision>) {
        for atom in atoms {
            let Atom { leaf, around, .. } = match how {
                Some(Revision::Deleted) => atom.deleted().without_value(),
                _ => atom.clone(),
            };
            match self.groups.last_mut() {
                Some((last, same, leaves)) if *last == how && *same == around => push_leaf(leaves, leaf),
                _ => self.groups.push((how, around, vec![leaf])),
            }
        }
    }

    pub fn finish(self) -> Vec<Inline> {
        self.groups.into_iter().map(|(how, around, leaves)| wrapped(how, around, leaves)).fold(
            Vec::new(),
            |mut all, part| {
                all.extend(part);
                all
            },
        )
    }
}

fn push_leaf(leaves: &mut Vec<Inline>, leaf: Inline) {
    match (leaves.last_mut(), &leaf) {
        (Some(Inline::Text { text }), Inline::Text { text: more }) => text.push_str(more),
        _ => leaves.push(leaf),
    }
}

fn wrapped(how: Option<Revision>, around: Vec<Around>, leaves: Vec<Inline>) -> Vec<Inline> {
    let inner = match how {
        Some(how) => vec![Inline::Revised { how, text: leaves }],
        None => leaves,
    };
    around.into_iter().rev().fold(inner, |text, around| {
        vec![match around {
            Around::Strong => Inline::Strong { text },
            Around::Emphasis => Inline::Emphasis { text },
            Around::Link(href) => Inline::Link { href, text },
        }]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_every_script() {
        let found = |text| words(text).collect::<Vec<_>>();
        assert_eq!(
            found("It's up 5%, year-on-year."),
            ["It's", " ", "up", " ", "5", "%", ",", " ", "year-on-year", "."]
        );
        assert_eq!(found("売上高は増加しました。"), ["売上高", "は", "増加", "しました", "。"]);
        assert_eq!(found(""), [""; 0]);
    }

    #[test]
    fn a_date_is_one_atom() {
        let dates = ["August 8, 2026".to_owned(), "8月8日".to_owned()];
        let text = "On August 8, 2026, and 18月8日 or 8月8日";
        let found: Vec<_> =
            words_and_dates(text, &dates).into_iter().filter(|(key, _)| matches!(key, Key::Date(_))).collect();
        assert_eq!(found, [(Key::Date(0), "August 8, 2026"), (Key::Date(1), "8月8日")]);
    }

    #[test]
    fn atoms_are_written_back_as_they_were() {
        let text = |text: &str| Inline::Text { text: text.to_owned() };
        let list = vec![
            text("a "),
            Inline::Strong { text: vec![text("b c"), Inline::Emphasis { text: vec![text("d")] }] },
            Inline::LineBreak,
        ];
        let mut writer = TextWriter::default();
        writer.push(&atoms(&list, &[]), None);
        let back = writer.finish();
        assert_eq!(crate::present::document::plain(&back), crate::present::document::plain(&list));
        assert_eq!(back.first(), list.first());
    }
}
