//! Emphasis beside letters of a script without spaces between words: `は**△5.2％**で`.
//!
//! CommonMark takes `**` between a letter and a sign for no mark at all, which is right only where spaces end words. Such letters are
//! exchanged for signs of the same length while the text is parsed.

use std::{borrow::Cow, collections::BTreeMap};

use pulldown_cmark::{CowStr, Event, Tag};

use crate::model::{ReservedCharacter, is_run_on};

/// Signs that stand for letters: of three bytes, as nearly all such letters are, and rare, as those in the text cannot be used.
const SIGNS: std::ops::RangeInclusive<char> = '\u{2E00}'..='\u{2E2E}';

/// A text to be parsed, with signs in place of letters beside marks of emphasis.
pub(super) struct MaskedText<'a> {
    pub text: Cow<'a, str>,
    /// The letter that each sign stands for.
    letters: BTreeMap<char, char>,
}

impl<'a> MaskedText<'a> {
    pub fn new(text: &'a str) -> Self {
        let mut masked = Self { text: Cow::Borrowed(text), letters: BTreeMap::new() };
        if text.is_ascii() || !text.contains('*') {
            return masked;
        }
        let places = letters_beside_marks(text);
        let mut free = SIGNS.filter(|sign| !text.contains(*sign));
        let mut signs: BTreeMap<char, char> = BTreeMap::new();
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        for (at, letter) in places {
            let sign = signs.get(&letter).copied().or_else(|| free.next());
            let Some(sign) = sign.filter(|_| at >= done) else { continue };
            signs.insert(letter, sign);
            out.push_str(&text[done..at]);
            out.push(sign);
            done = at + letter.len_utf8();
        }
        if done > 0 {
            out.push_str(&text[done..]);
            masked.text = Cow::Owned(out);
            masked.letters = signs.into_iter().map(|(letter, sign)| (sign, letter)).collect();
        }
        masked
    }

    /// An event of the parsed text with its letters.
    pub fn restore<'e>(&self, event: Event<'e>) -> Event<'e> {
        if self.letters.is_empty() {
            return event;
        }
        let of = |text: CowStr<'e>| self.restore_text(text);
        match event {
            Event::Text(text) => Event::Text(of(text)),
            Event::Code(text) => Event::Code(of(text)),
            Event::Html(text) => Event::Html(of(text)),
            Event::InlineHtml(text) => Event::InlineHtml(of(text)),
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                Event::Start(Tag::Link { link_type, dest_url: of(dest_url), title: of(title), id })
            }
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                Event::Start(Tag::Image { link_type, dest_url: of(dest_url), title: of(title), id })
            }
            event => event,
        }
    }

    fn restore_text<'e>(&self, text: CowStr<'e>) -> CowStr<'e> {
        if !text.contains(|c| self.letters.contains_key(&c)) {
            return text;
        }
        let restored: String = text.chars().map(|c| self.letters.get(&c).copied().unwrap_or(c)).collect();
        restored.into()
    }
}

/// The letters directly before or behind asterisks that have a sign on their other side, in the order of the text.
fn letters_beside_marks(text: &str) -> Vec<(usize, char)> {
    let mut found = Vec::new();
    let mut end = 0;
    while let Some(start) = text[end..].find('*').map(|at| end + at) {
        let before = text[..start].chars().next_back();
        end = text[start..].find(|c| c != '*').map_or(text.len(), |length| start + length);
        let after = text[end..].chars().next();
        let is_escaped = before == Some('\\');
        if let (Some(before), Some(after), false) = (before, after, is_escaped) {
            if is_letter(before) && is_sign(after) {
                found.push((start - before.len_utf8(), before));
            } else if is_letter(after) && is_sign(before) {
                found.push((end, after));
            }
        }
    }
    found
}

/// A letter of such a script, or the end of a figure.
fn is_letter(c: char) -> bool {
    c.len_utf8() == 3 && (is_run_on(c) || is_reserved(c))
}

/// The characters of placeholders.
fn is_reserved(c: char) -> bool {
    !c.is_ascii() && ReservedCharacter::find(c.encode_utf8(&mut [0; 4])).is_some()
}

fn is_sign(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace() && !c.is_control() && !is_reserved(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(text: &str) -> String {
        let masked = MaskedText::new(text);
        assert_eq!(masked.text.len(), text.len());
        let Event::Text(restored) = masked.restore(Event::Text(CowStr::from(masked.text.clone().into_owned()))) else {
            unreachable!("a text stays a text")
        };
        assert_eq!(&*restored, text);
        masked.text.into_owned()
    }

    #[test]
    fn letters_beside_marks_and_signs_are_signs() {
        assert_eq!(masked("売上高は**△5.2％**でした"), "売上高\u{2E00}**△5.2％**\u{2E01}した");
        assert_eq!(masked("は*「重要」*で、は**（A）**で"), "\u{2E00}*「重要」*\u{2E01}、\u{2E00}**（A）**\u{2E01}");
        assert_eq!(masked("매출은 **\"중요\"**이다"), "매출은 **\"중요\"**\u{2E00}다");
    }

    #[test]
    fn other_texts_stay_as_they_are() {
        for text in ["売上高は**増加**した", "It **rose**, by 5*4.", "は\\**△", "**太字**と*斜体*"] {
            assert_eq!(masked(text), text);
        }
        assert_eq!(masked("は**△\u{2E00}"), "\u{2E01}**△\u{2E00}");
    }
}
