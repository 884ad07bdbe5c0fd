//! Damages a text as keying errors, editors and attackers would, reproducibly.

/// Numbers that look random and are not (xorshift).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// A number below `most`; 0 when there is none.
    pub fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap_or(0) % most.max(1)
    }
}

/// What is put into a text.
const ODD: [&str; 40] = [
    "\0",
    "\u{feff}",
    "\u{202e}",
    "é",
    "決算",
    "👩‍👩‍👧",
    "\u{301}",
    "\r",
    "\t",
    "\"",
    "'",
    "\\",
    "\"\"\"",
    "[",
    "]",
    "{",
    "}",
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "=",
    "#",
    "-",
    "+",
    "*",
    "/",
    "(",
    ")",
    "@",
    ".",
    "|",
    "[^",
    "]:",
    ">",
    "\n\n",
    "\n+++\n",
    "<!--",
    "\u{e000}",
];

/// What a number becomes.
const NUMBERS: [&str; 14] = [
    "0",
    "-0",
    "-1",
    "0.0000000000000000000000000001",
    "79228162514264337593543950335",
    "-79228162514264337593543950335",
    "9999999999999999999999999999",
    "7922816251426433759354395033.5",
    "1e308",
    "nan",
    "-inf",
    "0x7f",
    "\"n/a\"",
    "999999999999999999999",
];

/// The text with one to four kinds of damage.
pub fn damaged(text: &[u8], random: &mut Random) -> Vec<u8> {
    let mut text = text.to_vec();
    for _ in 0..=random.below(4) {
        text = match random.below(9) {
            0 => without(&text, random),
            1 => insert(&text, ODD[random.below(ODD.len())].as_bytes(), random),
            2 => insert(&text, &[u8::try_from(random.below(256)).unwrap_or(0)], random),
            3 => lines(&text, random),
            4 => swapped(&text, random),
            5 | 6 => number(&text, random),
            7 => word(&text, random),
            _ if random.below(8) == 0 => Vec::new(),
            _ => text[..random.below(text.len())].to_vec(),
        };
    }
    text
}

/// A few bytes taken out.
fn without(text: &[u8], random: &mut Random) -> Vec<u8> {
    let start = random.below(text.len());
    let end = (start + 1 + random.below(12)).min(text.len());
    [&text[..start], &text[end.max(start)..]].concat()
}

fn insert(text: &[u8], inserted: &[u8], random: &mut Random) -> Vec<u8> {
    let at = random.below(text.len() + 1);
    [&text[..at], inserted, &text[at..]].concat()
}

/// A line doubled, taken out, or moved.
fn lines(text: &[u8], random: &mut Random) -> Vec<u8> {
    let mut lines: Vec<&[u8]> = text.split_inclusive(|byte| *byte == b'\n').collect();
    if lines.is_empty() {
        return Vec::new();
    }
    let (from, to) = (random.below(lines.len()), random.below(lines.len()));
    let line = lines[from];
    match random.below(3) {
        0 => lines.insert(to, line),
        1 => _ = lines.remove(from),
        _ => lines.swap(from, to),
    }
    lines.concat()
}

/// Two words changed places.
fn swapped(text: &[u8], random: &mut Random) -> Vec<u8> {
    let mut words: Vec<&[u8]> = text.split_inclusive(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_').collect();
    if words.is_empty() {
        return Vec::new();
    }
    let (one, other) = (random.below(words.len()), random.below(words.len()));
    words.swap(one, other);
    words.concat()
}

/// A number of the text replaced by an extreme one.
fn number(text: &[u8], random: &mut Random) -> Vec<u8> {
    let replacement = NUMBERS[random.below(NUMBERS.len())];
    replace(text, |byte| byte.is_ascii_digit() || *byte == b'_', replacement, random)
}

/// A word of the text replaced by another of it.
fn word(text: &[u8], random: &mut Random) -> Vec<u8> {
    const WORDS: [&str; 16] = [
        "id", "values", "sum", "\"n/a\"", "total", "is", "change", "q1_2026", "EUR", "ref", "unit", "amount", "table",
        "prior(", "opening(", "true",
    ];
    replace(text, u8::is_ascii_lowercase, WORDS[random.below(WORDS.len())], random)
}

/// A run of bytes of a kind replaced.
fn replace(text: &[u8], is: impl Fn(&u8) -> bool, replacement: &str, random: &mut Random) -> Vec<u8> {
    let from = random.below(text.len());
    let Some(start) = text[from..].iter().position(&is).map(|at| from + at) else { return text.to_vec() };
    let end = text[start..].iter().position(|byte| !is(byte)).map_or(text.len(), |len| start + len);
    [&text[..start], replacement.as_bytes(), &text[end..]].concat()
}
