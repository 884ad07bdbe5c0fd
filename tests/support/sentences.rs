//! Finds the published lines, in order, in the text of an output.

use super::reading::Block;

/// A line at least this long is found anywhere within a block; a shorter one must be a whole block or stand in a title.
const LONG: usize = 40;

/// The published lines that the blocks do not hold in the order of print, each worded as a difference.
pub fn missing(kind: &str, lines: &[String], blocks: &[Block]) -> Vec<String> {
    let stream = Stream::new(blocks);
    let places: Vec<Vec<(usize, usize)>> = lines.iter().map(|line| stream.places(line)).collect();
    let kept = longest_chain(&places);
    let lost = (0..lines.len()).filter(|index| !kept[*index]);
    lost.map(|index| {
        let why = if places[index].is_empty() { stream.divergence(&lines[index]) } else { "out of place".into() };
        format!("{kind} line {}: {why}: `{}`", index + 1, lines[index])
    })
    .collect()
}

/// All blocks in one string, with the places where one begins.
struct Stream {
    text: String,
    /// Start, end and whether it is a title.
    spans: Vec<(usize, usize, bool)>,
}

impl Stream {
    fn new(blocks: &[Block]) -> Self {
        let mut text = String::new();
        let mut spans = Vec::new();
        for block in blocks {
            let start = text.len();
            text.push_str(&block.text);
            spans.push((start, text.len(), block.title));
            text.push(' ');
        }
        Self { text, spans }
    }

    /// Where the line stands, as start and end.
    fn places(&self, line: &str) -> Vec<(usize, usize)> {
        let all = self.text.match_indices(line).map(|(start, _)| (start, start + line.len()));
        all.filter(|&(start, end)| self.is_whole(start, end) && self.is_own(start, end)).collect()
    }

    /// Whether no word is cut at either end.
    fn is_whole(&self, start: usize, end: usize) -> bool {
        let before = self.text[..start].chars().next_back();
        let after = self.text[end..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    }

    fn is_own(&self, start: usize, end: usize) -> bool {
        let begins = self.spans.iter().any(|span| span.0 == start);
        let ends = self.spans.iter().any(|span| span.1 == end);
        let in_title = self.spans.iter().any(|span| span.2 && span.0 <= start && end <= span.1);
        end - start >= LONG || in_title || (begins && ends)
    }

    /// How far the line is found, and how the text goes on there.
    fn divergence(&self, line: &str) -> String {
        let breaks: Vec<usize> = line.match_indices(' ').map(|(at, _)| at).collect();
        let found = breaks.iter().rev().find_map(|&at| Some((at, self.text.find(&line[..at])? + at)));
        match found.filter(|(at, _)| *at >= LONG / 2) {
            Some((at, place)) => {
                format!("published goes on `{}`, built `{}`", excerpt(&line[at..]), excerpt(&self.text[place..]))
            }
            None => "not found".into(),
        }
    }
}

fn excerpt(text: &str) -> String {
    text.chars().take(LONG).collect::<String>().trim().to_owned()
}

/// Which lines have a place in the longest sequence of places that runs forward without overlap.
fn longest_chain(places: &[Vec<(usize, usize)>]) -> Vec<bool> {
    // Each link: its line, its end, the chain's length, the link before it.
    let mut links: Vec<(usize, usize, usize, Option<usize>)> = Vec::new();
    for (line, candidates) in places.iter().enumerate() {
        let earlier = links.len();
        for &(start, end) in candidates {
            let before = (0..earlier).filter(|&link| links[link].1 <= start).max_by_key(|&link| links[link].2);
            let length = before.map_or(1, |link| links[link].2 + 1);
            links.push((line, end, length, before));
        }
    }
    let mut kept = vec![false; places.len()];
    let mut next = (0..links.len()).max_by_key(|&link| links[link].2);
    while let Some(link) = next {
        kept[links[link].0] = true;
        next = links[link].3;
    }
    kept
}

#[test]
fn lost_changed_and_moved_lines_are_distinguished() {
    let block = |text: &str, title| Block { text: text.into(), title };
    let blocks = [
        block("Statements of Income (Unaudited): year", true),
        block("Net Revenues", false),
        block("Operating income was JPY3,412 million, up 16.9% YoY. While more", false),
        block("CAPEX", true),
        block("Presentation", true),
    ];
    let lines = [
        "Statements of Income (Unaudited)",
        "Revenues",
        "Operating income was JPY3,412 million, up 16.9% YoY.",
        "Operating income was JPY3,412 million, down 2.5% YoY.",
        "Presentation",
        "CAPEX",
    ];
    let expected = snapbox::str![[r#"
narrative line 2: not found: `Revenues`
narrative line 4: published goes on `down 2.5% YoY.`, built `up 16.9% YoY. While more CAPEX Presenta`: `Operating income was JPY3,412 million, down 2.5% YoY.`
narrative line 5: out of place: `Presentation`
"#]];
    snapbox::assert_data_eq!(missing("narrative", &lines.map(String::from), &blocks).join("\n"), expected);
}
