//! Texts split into shaped words, which do not depend on the size and the elements that they are set in.

use std::{collections::HashMap, ops::Range, rc::Rc};

use foldhash::fast::FixedState;

use super::shaping::ShapedText;

/// The shaped words of a text.
#[derive(Default)]
pub struct SplitText {
    words: Vec<WordEnd>,
    segments: Vec<SegmentEnd>,
    parts: Vec<Rc<ShapedText>>,
}

/// A word: what stands before the next place where a line may break.
pub struct SplitWord<'t> {
    /// Its segments, in order.
    pub segments: Segments<'t>,
    /// Whether a line break follows.
    pub ends_line: bool,
    /// Whether a reader would break the text after it, rather than within a phrase.
    pub is_phrase_end: bool,
}

/// The part of a word in one span, or the space after it.
pub struct Segment<'t> {
    /// The index of the span.
    pub span: usize,
    /// Its parts, each in one face.
    pub parts: &'t [Rc<ShapedText>],
    /// How it ends; none for space.
    pub edges: Option<Edges>,
}

/// The edges of a visible segment, of marks that fill half of their square.
#[derive(Debug, Clone, Copy, Default)]
pub struct Edges {
    /// Whether it begins its word, with a mark that leaves the left half free.
    pub leads: bool,
    /// Whether it ends with a mark that leaves the right half free.
    pub trails: bool,
    /// Whether that mark may stand outside the right edge.
    pub hangs: bool,
}

/// A word by the end of its segments; it begins where the word before it ends.
struct WordEnd {
    segments: u32,
    ends_line: bool,
    is_phrase_end: bool,
}

/// A segment by the end of its parts.
struct SegmentEnd {
    parts: u32,
    span: u32,
    edges: Option<Edges>,
}

impl SplitText {
    /// How many parts all words have.
    pub fn part_count(&self) -> usize {
        self.parts.len()
    }

    /// The words in order.
    pub fn words(&self) -> impl ExactSizeIterator<Item = SplitWord<'_>> {
        let mut next = 0;
        self.words.iter().map(move |word| {
            let range = next..word.segments as usize;
            next = range.end;
            let segments = Segments { text: self, range };
            SplitWord { segments, ends_line: word.ends_line, is_phrase_end: word.is_phrase_end }
        })
    }

    /// Adds a part.
    pub fn push_part(&mut self, part: Rc<ShapedText>) {
        self.parts.push(part);
    }

    /// The parts from an index on.
    pub fn parts_from(&self, begin: usize) -> &[Rc<ShapedText>] {
        self.parts.get(begin..).unwrap_or_default()
    }

    /// Makes a segment of the parts that were added since the last one.
    pub fn end_segment(&mut self, span: usize, edges: Option<Edges>) {
        self.segments.push(SegmentEnd { parts: count(self.parts.len()), span: count(span), edges });
    }

    /// Makes a word of the segments that were added since the last one.
    pub fn end_word(&mut self, ends_line: bool, is_phrase_end: bool) {
        self.words.push(WordEnd { segments: count(self.segments.len()), ends_line, is_phrase_end });
    }
}

/// A number of words, segments, parts or spans. A text that is loaded has far fewer bytes.
fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The segments of a word, in order.
pub struct Segments<'t> {
    text: &'t SplitText,
    range: Range<usize>,
}

impl<'t> Iterator for Segments<'t> {
    type Item = Segment<'t>;

    fn next(&mut self) -> Option<Segment<'t>> {
        let number = self.range.next()?;
        let segments = &self.text.segments;
        let segment = segments.get(number)?;
        let start = number.checked_sub(1).and_then(|before| segments.get(before)).map_or(0, |before| before.parts);
        let parts = self.text.parts.get(start as usize..segment.parts as usize).unwrap_or_default();
        Some(Segment { span: segment.span as usize, parts, edges: segment.edges })
    }
}

/// How many texts are kept, more than an ordinary chapter has: memory must not grow with the release.
const MAX_TEXTS: usize = 1024;

/// The texts that were split last, so that each is split once for all sizes that its chapter is tried in.
#[derive(Default)]
pub struct SplitTexts {
    /// The key that was looked up last.
    key: String,
    texts: HashMap<String, Rc<SplitText>, FixedState>,
}

impl SplitTexts {
    /// The text with the key that `write_key` appends, if it was split.
    pub fn get(&mut self, write_key: impl FnOnce(&mut String)) -> Option<Rc<SplitText>> {
        self.key.clear();
        write_key(&mut self.key);
        self.texts.get(&self.key).cloned()
    }

    /// Keeps the text with the key that was looked up last.
    pub fn insert(&mut self, text: Rc<SplitText>) {
        if self.texts.len() >= MAX_TEXTS {
            self.texts.clear();
        }
        self.texts.insert(self.key.clone(), text);
    }
}
