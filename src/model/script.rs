//! Scripts: which letters stand without spaces between words, and the two widths of digits and signs.

use std::ops::RangeInclusive;

/// The letters of scripts that put no spaces between words, and those of Hangul, whose particles join to the word before them.
const RUN_ON: [RangeInclusive<u32>; 21] = [
    0x0E00..=0x0EFF,   // Thai, Lao
    0x0F00..=0x0FFF,   // Tibetan
    0x1000..=0x109F,   // Myanmar
    0x1100..=0x11FF,   // Hangul letters
    0x1780..=0x17FF,   // Khmer
    0x1950..=0x19DF,   // Tai Le, New Tai Lue
    0x1A20..=0x1AAF,   // Tai Tham
    0x2E80..=0x2FDF,   // radicals
    0x3005..=0x3007,   // iteration mark, zero
    0x3021..=0x3029,   // Hangzhou numerals
    0x3031..=0x303B,   // vertical iteration marks
    0x3040..=0x312F,   // kana, Bopomofo
    0x3130..=0x318F,   // Hangul letters
    0x31A0..=0x31FF,   // Bopomofo, kana
    0x3400..=0xA4CF,   // ideographs, Yi
    0xA960..=0xA97F,   // Hangul letters
    0xA9E0..=0xAADF,   // Myanmar, Tai Viet
    0xAC00..=0xD7FF,   // Hangul
    0xF900..=0xFAFF,   // ideographs
    0x1AFF0..=0x1B16F, // kana
    0x20000..=0x3FFFF, // ideographs
];

/// Whether a letter stands beside the next word without a space between them, so that a number beside it is not part of its word.
pub fn is_run_on(c: char) -> bool {
    // Half-width kana and Hangul stand apart.
    let is_half_width = || matches!(c, '\u{FF66}'..='\u{FFDC}');
    !c.is_ascii() && (RUN_ON.iter().any(|range| range.contains(&u32::from(c))) || is_half_width())
}

/// Whether a letter of a word that spaces end: a number beside it is part of the word.
pub fn joins_words(c: char) -> bool {
    c.is_alphabetic() && !is_run_on(c)
}

/// A full-width letter, digit or sign as its narrow one.
pub fn narrow(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}

/// A text with narrow letters, digits and signs.
pub fn narrow_text(text: &str) -> String {
    text.chars().map(narrow).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_scripts_with_spaces_join() {
        assert!("aZéΩжÀאا".chars().all(joins_words));
        assert!("はン一億가ไทย円ｱー々〇𠮷".chars().all(is_run_on));
        assert!(!"1２%％、。 ".chars().any(joins_words));
        assert!("ＦＹ".chars().all(joins_words));
    }

    #[test]
    fn wide_digits_become_narrow() {
        assert_eq!(narrow_text("１４，２６６　％は"), "14,266 %は");
    }
}
