//! Finds typed numbers: digits of any script and width, and numbers in words of scripts without spaces between words.

use std::ops::Range;

use super::{CheckInput, phrase_search::PhraseSearch};
use crate::model::{joins_words, narrow, narrow_text};

/// What is known of a language about numbers in its texts.
pub struct NumberSearch<'a> {
    /// The ids of units, which may stand before digits without a space.
    units: Vec<&'a str>,
    numerals: Vec<char>,
    multipliers: Vec<char>,
    counters: &'a [String],
    /// The words of scales, which are multipliers alone.
    scales: Vec<&'a str>,
    /// Words that hold a numeral and are no numbers.
    words: PhraseSearch,
    /// The same with a number in digits: the text before it and the text after it.
    phrases: Vec<(String, String)>,
}

/// A typed number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundNumber {
    pub range: Range<usize>,
    /// Whether it is followed by a word that numbers have behind them: 円, 名.
    pub is_counted: bool,
}

impl<'a> NumberSearch<'a> {
    pub fn new(input: &CheckInput<'a, '_>) -> Self {
        let prose = &input.words.prose;
        let letters = |list: &[String]| list.iter().flat_map(|word| word.chars()).collect();
        let (phrases, words): (Vec<&String>, Vec<&String>) =
            prose.not_numbers.iter().partition(|word| word.contains('#'));
        let phrases = phrases.into_iter().filter_map(|phrase| phrase.split_once('#'));
        Self {
            units: input.book.release.units.rules.keys().map(String::as_str).collect(),
            numerals: letters(&prose.numerals),
            multipliers: letters(&prose.multipliers),
            counters: &prose.counters,
            scales: input.words.scale.values().map(|pattern| pattern.trim_matches(['{', '}', ' '])).collect(),
            words: PhraseSearch::longest(words),
            phrases: phrases.map(|(before, after)| (narrow_text(before), narrow_text(after))).collect(),
        }
    }

    /// Whether a text may hold a number.
    pub fn is_possible_in(&self, text: &str) -> bool {
        let is_digit = |c: char| c.is_numeric() || !c.is_ascii() && self.is_numeral(c);
        text.contains(is_digit)
    }

    fn is_numeral(&self, c: char) -> bool {
        self.numerals.contains(&c) || self.multipliers.contains(&c)
    }

    /// The numbers of a text. Digits joined to letters of a word are its name; those of a unit before them do not count.
    pub fn find(&self, text: &str) -> Vec<FoundNumber> {
        let covered: Vec<Range<usize>> = self.words.find(text).map(|(range, _)| range).collect();
        let is_covered = |at: usize| covered.iter().any(|range| range.contains(&at));
        let mut found = Vec::new();
        let mut done = 0;
        for (start, c) in text.char_indices() {
            let begins = || c.is_numeric() || !c.is_ascii() && self.is_numeral(c) && !is_covered(start);
            if start < done || !begins() {
                continue;
            }
            let end = self.end(text, start, &is_covered);
            done = end;
            let number = &text[start..end];
            let counter = self.counter(&text[end..]);
            let is_number = if c.is_numeric() {
                self.is_whole(text, start..end, counter.is_some())
            } else {
                counter.is_some() && !self.scales.contains(&number)
            };
            if is_number && !self.is_phrase(text, &(start..end)) {
                found.push(FoundNumber { range: start..end, is_counted: counter.is_some() });
            }
        }
        found
    }

    /// Where the number that begins at `start` ends.
    fn end(&self, text: &str, start: usize, is_covered: &impl Fn(usize) -> bool) -> usize {
        let mut end = start;
        let mut is_in_words = false;
        for (at, c) in text[start..].char_indices().map(|(at, c)| (start + at, c)) {
            let after = &text[at + c.len_utf8()..];
            let goes_on = match c {
                _ if c.is_numeric() => true,
                // "3億2千万" is one number; "1四半期" is not.
                _ if self.multipliers.contains(&c) => !is_covered(at),
                _ if self.numerals.contains(&c) => (is_in_words || at == start) && !is_covered(at),
                ',' | '.' => true,
                '，' => after.chars().take_while(|c| c.is_numeric()).count() == 3,
                '．' | '・' => after.starts_with(|c: char| c.is_numeric() || self.numerals.contains(&c)),
                _ => false,
            };
            if !goes_on {
                break;
            }
            is_in_words |= !c.is_numeric() && self.is_numeral(c);
            if !matches!(c, ',' | '.' | '，' | '．' | '・') {
                end = at + c.len_utf8();
            }
        }
        end
    }

    /// Whether digits are a number rather than part of a word.
    fn is_whole(&self, text: &str, number: Range<usize>, is_counted: bool) -> bool {
        let before = text[..number.start].trim_end_matches(joins_words);
        let is_named = before.len() < number.start && !self.units.contains(&&text[before.len()..number.start]);
        (!is_named || is_counted) && !text[number.end..].starts_with(joins_words)
    }

    /// What numbers have behind them, at the beginning of a text: its length.
    fn counter(&self, text: &str) -> Option<usize> {
        let counters = self.counters.iter().filter(|counter| text.starts_with(counter.as_str()));
        counters.map(String::len).max()
    }

    /// Whether a number is part of a phrase that states none: "1株当たり".
    fn is_phrase(&self, text: &str, number: &Range<usize>) -> bool {
        let (before, after) = (&text[..number.start], &text[number.end..]);
        self.phrases.iter().any(|(start, end)| ends_with(before, start) && starts_with(after, end))
    }
}

/// Whether a text begins with another, which is narrow, in any width.
pub fn starts_with(text: &str, narrow_start: &str) -> bool {
    let mut chars = text.chars().map(narrow);
    narrow_start.chars().all(|c| chars.next() == Some(c))
}

/// Whether a text ends with another, which is narrow, in any width.
pub fn ends_with(text: &str, narrow_end: &str) -> bool {
    let mut chars = text.chars().rev().map(narrow);
    narrow_end.chars().rev().all(|c| chars.next() == Some(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find<'t>(text: &'t str, numerals: &str, counters: &[String], words: &[&str]) -> Vec<&'t str> {
        let search = NumberSearch {
            units: vec!["AAA"],
            numerals: numerals.chars().collect(),
            multipliers: if numerals.is_empty() { Vec::new() } else { "十百千万億".chars().collect() },
            counters,
            scales: vec!["百万", "億"],
            words: PhraseSearch::longest(words),
            phrases: vec![(String::new(), "株当たり".into())],
        };
        search.find(text).into_iter().map(|found| &text[found.range]).collect()
    }

    #[test]
    fn digits_joined_to_letters_are_names() {
        let found = |text| find(text, "", &[], &[]);
        assert_eq!(found("FY2009, 4Q09 and 1Gbps cost 1,234.5."), ["1,234.5"]);
        assert_eq!(found("up 2, 3 and 40"), ["2", "3", "40"]);
        assert_eq!(found("AAA8,402 million of 1Q26 is XAAA7"), ["8,402"]);
        assert_eq!(found("512名、142억、ราคา500บาท"), ["512", "142", "500"]);
    }

    #[test]
    fn numbers_in_words_have_a_counter_behind_them() {
        let counters = ["円".to_owned(), "割".to_owned(), "名".to_owned(), "％".to_owned()];
        let found = |text| find(text, "一二三四五六七八九", &counters, &["一部", "四半期"]);
        assert_eq!(found("百四十二億円、三割、3億2千万円、二十名"), ["百四十二億", "三", "3億2千万", "二十"]);
        assert_eq!(found("１４，２６６円と１．５％、ROE12.3％"), ["１４，２６６", "１．５", "12.3"]);
        assert_eq!(found("一部の百万円未満、第四半期、三菱、1株当たり、一円"), ["一"]);
        assert_eq!(found("第1四半期"), ["1"]);
    }
}
