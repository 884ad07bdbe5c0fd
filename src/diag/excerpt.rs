//! Builds the excerpt of a file that a finding shows: whole lines, sanitized, with marks that are always within them.

use std::ops::Range;

use super::{Diagnostic, Place, Source, sanitize};

/// The maximum length of an underlined range, in characters, and of the text shown after it.
const MAX_MARKED: usize = 100;

/// The maximum length, in characters, of the text shown before the first mark of a line. If it is longer, only its end
/// is read, because thousands of findings on one line would each read all of it.
const MAX_BEFORE: usize = 1000;

/// Adjacent lines of one file, with marks.
pub(super) struct Excerpt {
    pub path: String,
    /// The number of the first line, from 1.
    pub first_line: usize,
    /// The line and column of the main mark in the file, if the start of its line is left out of the text.
    pub origin: Option<(usize, usize)>,
    /// Every line ends with `\n`.
    pub text: String,
    pub marks: Vec<Mark>,
}

impl Excerpt {
    /// The main mark's column in the text, from 1.
    pub fn main_column(&self) -> usize {
        let main = self.marks.iter().find(|mark| mark.primary).or(self.marks.first());
        let before = main.and_then(|mark| self.text.get(..mark.span.start)).unwrap_or_default();
        before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1
    }
}

/// A marked range of an excerpt's text, within one line.
pub(super) struct Mark {
    pub span: Range<usize>,
    pub label: String,
    /// Whether this is the place of the finding, or else one of its context.
    pub primary: bool,
}

/// The excerpts of a finding; places in the same file share an excerpt if they fit into the width.
pub(super) fn excerpts(finding: &Diagnostic) -> Vec<Excerpt> {
    let main = finding.place.iter().map(|(place, label)| ExcerptPlace::new(place, label, true));
    let context = finding.context.iter().map(|(place, label)| ExcerptPlace::new(place, label, false));
    let mut groups: Vec<Vec<ExcerptPlace>> = Vec::new();
    for spot in main.chain(context) {
        match groups.iter_mut().find(|group| group.iter().all(|other| other.fits(&spot))) {
            Some(group) => group.push(spot),
            None => groups.push(vec![spot]),
        }
    }
    groups.iter().map(|group| build_excerpt(group)).collect()
}

/// A place, clamped to its file and cut at the end of its first line.
struct ExcerptPlace<'a> {
    source: &'a Source,
    start: usize,
    end: usize,
    /// From 1.
    line: usize,
    /// In characters from the line's start.
    columns: Range<usize>,
    label: &'a str,
    primary: bool,
}

impl<'a> ExcerptPlace<'a> {
    fn new(place: &'a Place, label: &'a str, primary: bool) -> Self {
        let source = &*place.source;
        let (line, column) = source.line_column(place.start);
        let content = source.line(line);
        let start = source.floor(place.start).min(content.end);
        let marked = &source.text[start..source.floor(place.end).clamp(start, content.end)];
        let shown = marked.char_indices().nth(MAX_MARKED).map_or(marked, |(end, _)| &marked[..end]);
        let columns = column - 1..column - 1 + shown.chars().count();
        Self { source, start, end: start + shown.len(), line, columns, label, primary }
    }

    /// Whether both fit into one excerpt without making it wider than a terminal.
    fn fits(&self, other: &Self) -> bool {
        let left = self.columns.start.min(other.columns.start);
        let right = self.columns.end.max(other.columns.end);
        self.source == other.source && right - left <= MAX_MARKED
    }
}

fn build_excerpt(spots: &[ExcerptPlace<'_>]) -> Excerpt {
    let first_line = spots.iter().map(|spot| spot.line).min().unwrap_or(1);
    let last_line = spots.iter().map(|spot| spot.line).max().unwrap_or(1);
    let (mut text, mut marks) = (String::new(), Vec::new());
    let is_cut = spots.iter().any(|spot| spot.columns.start > MAX_BEFORE);
    let main = spots.iter().find(|spot| spot.primary).or(spots.first());
    let origin = main.filter(|_| is_cut).map(|spot| (spot.line, spot.columns.start + 1));
    let source = spots.first().map(|spot| spot.source);
    let on = |number: usize| spots.iter().filter(move |spot| spot.line == number);
    for number in first_line..=last_line {
        // Show a single unmarked line between two marked ones; leave longer gaps out.
        let shown = on(number).count() > 0 || (on(number - 1).count() > 0 && on(number + 1).count() > 0);
        if let Some(source) = source.filter(|_| shown) {
            append_line(source, number, &on(number).collect::<Vec<_>>(), &mut text, &mut marks);
        }
        text.push('\n');
    }
    Excerpt { path: source.map(|s| sanitize::one_line(&s.path)).unwrap_or_default(), first_line, origin, text, marks }
}

/// Appends a sanitized line, without text far before its first or far after its last mark.
fn append_line(source: &Source, number: usize, spots: &[&ExcerptPlace<'_>], text: &mut String, marks: &mut Vec<Mark>) {
    let mut content = source.line(number);
    if let Some(first) = spots.iter().filter(|spot| spot.columns.start > MAX_BEFORE).map(|spot| spot.start).min() {
        // All marks of an excerpt are within one width.
        let before = source.text[..first].char_indices().rev().nth(MAX_BEFORE / 2);
        content.start = before.map_or(content.start, |(at, _)| at);
        text.push('…');
    }
    let begin = text.len();
    let safe = |range: Range<usize>| source.text[range].chars().map(sanitize::visible).collect::<String>();
    for spot in spots {
        let before = begin + safe(content.start..spot.start).len();
        let span = before..before + safe(spot.start..spot.end).len();
        marks.push(Mark { span, label: sanitize::one_line(spot.label), primary: spot.primary });
    }
    let seen = spots.iter().map(|spot| spot.end).max().unwrap_or(content.start);
    let rest = &source.text[seen..content.end];
    match rest.char_indices().nth(MAX_MARKED) {
        Some((cut, _)) => text.push_str(&(safe(content.start..seen + cut) + "…")),
        None => text.push_str(&safe(content.clone())),
    }
}
