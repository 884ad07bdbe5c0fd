//! Runs of text as Markdown.

use super::escape;
use crate::present::document::{Inline, plain};

/// What the text is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A paragraph, where a line may break.
    Paragraph,
    /// A heading or caption, which is one line.
    Line,
    /// A table's cell: a part of a line, where a bar ends it even in code.
    Cell,
}

/// The inlines as Markdown, safe at the beginning of a line.
pub(super) fn inlines(inlines: &[Inline], place: Place) -> String {
    let mut writer = Writer { out: String::new(), place, strong: false, emphasis: false, held: None };
    writer.all(inlines);
    if place == Place::Cell {
        return writer.out.trim_matches(' ').to_owned();
    }
    let lines = writer.out.split('\n').map(escape::line_start);
    lines.collect::<Vec<_>>().join("\n").trim_end_matches([' ', '\n']).to_owned()
}

struct Writer {
    out: String,
    place: Place,
    strong: bool,
    emphasis: bool,
    /// Within a link: the note marks that are to follow it, since links do not nest.
    held: Option<String>,
}

impl Writer {
    fn all(&mut self, inlines: &[Inline]) {
        for (number, inline) in inlines.iter().enumerate() {
            self.one(inline, inlines.get(number + 1..).unwrap_or_default());
        }
    }

    /// Writes one inline; `rest` are those after it.
    fn one(&mut self, inline: &Inline, rest: &[Inline]) {
        match inline {
            Inline::Text { text } => self.out.push_str(&escape::inside(text)),
            Inline::Figure(figure) => self.out.push_str(&escape::inside(&figure.text)),
            Inline::Strong { text } if self.strong => self.all(text),
            Inline::Emphasis { text } if self.emphasis => self.all(text),
            Inline::Strong { text } => {
                self.strong = true;
                self.marked(text, rest, "**", "strong");
                self.strong = false;
            }
            Inline::Emphasis { text } => {
                self.emphasis = true;
                self.marked(text, rest, "*", "em");
                self.emphasis = false;
            }
            Inline::Code { text } if self.place == Place::Cell => self.out.push_str(&code(text).replace('|', "\\|")),
            Inline::Code { text } => self.out.push_str(&code(text)),
            Inline::Link { text, .. } if self.held.is_some() => self.all(text),
            Inline::Link { href, text } => self.link(href, text),
            Inline::NoteMark { id, .. } => {
                let mark = format!("[^{id}]");
                self.held.as_mut().unwrap_or(&mut self.out).push_str(&mark);
            }
            Inline::LineBreak if self.place == Place::Paragraph => self.out.push_str("\\\n"),
            Inline::LineBreak => self.out.push(' '),
        }
    }

    fn link(&mut self, href: &str, text: &[Inline]) {
        self.held = Some(String::new());
        self.out.push('[');
        self.all(text);
        self.out.push_str(&format!("]({})", destination(href)));
        let marks = self.held.take().unwrap_or_default();
        self.out.push_str(&marks);
    }

    /// Text between marks of emphasis; between HTML's tags where Markdown would not see the marks as such.
    fn marked(&mut self, text: &[Inline], rest: &[Inline], mark: &str, tag: &str) {
        let start = self.out.len();
        self.all(text);
        let inner = self.out.split_off(start);
        if inner.is_empty() {
            return;
        }
        let opens = may_mark(inner.chars().next(), self.out.chars().next_back());
        let closes = may_mark(inner.chars().next_back(), following(rest));
        let (open, close) = if opens && closes {
            (mark.to_owned(), mark.to_owned())
        } else {
            (format!("<{tag}>"), format!("</{tag}>"))
        };
        self.out.push_str(&format!("{open}{inner}{close}"));
    }
}

/// Whether a mark between `inner` and `outer` letters is one of emphasis (CommonMark's flanking rule, and no star beside a star).
fn may_mark(inner: Option<char>, outer: Option<char>) -> bool {
    let is_star = |letter: Option<char>| letter == Some('*');
    let inner_is_word = inner.is_some_and(char::is_alphanumeric);
    let inner_is_space = inner.is_none_or(char::is_whitespace);
    let outer_is_word = outer.is_some_and(|letter| !letter.is_whitespace() && !letter.is_ascii_punctuation());
    !is_star(inner) && !is_star(outer) && !inner_is_space && (inner_is_word || !outer_is_word)
}

/// The first letter that the inlines will print, as far as it matters to a mark before it.
fn following(rest: &[Inline]) -> Option<char> {
    match rest.first()? {
        Inline::NoteMark { .. } | Inline::Link { .. } => Some('['),
        Inline::Strong { .. } | Inline::Emphasis { .. } => Some('*'),
        Inline::Code { .. } => Some('`'),
        Inline::LineBreak => Some(' '),
        Inline::Text { .. } | Inline::Figure(_) => plain(rest).chars().next(),
    }
}

/// A code span: its fence is longer than any run of backticks inside.
fn code(text: &str) -> String {
    let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{pad}{}{pad}{fence}", text.replace(['\n', '\r'], " "))
}

/// A link's address.
fn destination(href: &str) -> String {
    let mut out = String::with_capacity(href.len() + 2);
    for letter in href.chars() {
        match letter {
            '<' | '>' | '\\' | '|' => out.extend(['\\', letter]),
            _ if letter.is_control() => {}
            _ => out.push(letter),
        }
    }
    let is_plain = !out.is_empty() && !out.contains(['<', ' ', '(', ')']);
    if is_plain { out } else { format!("<{out}>") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Inline {
        Inline::Text { text: text.to_owned() }
    }

    fn strong(inner: Vec<Inline>) -> Inline {
        Inline::Strong { text: inner }
    }

    #[test]
    fn emphasis_falls_back_to_tags() {
        let line = |list: &[Inline]| inlines(list, Place::Line);
        assert_eq!(line(&[text("a "), strong(vec![text("b")]), text("c")]), "a **b**c");
        assert_eq!(line(&[strong(vec![text("Net:")]), text(" c")]), "**Net:** c");
        assert_eq!(line(&[strong(vec![text("Net:")]), text("c")]), "<strong>Net:</strong>c");
        assert_eq!(line(&[strong(vec![text("a ")]), text("c")]), "<strong>a </strong>c");
        assert_eq!(line(&[strong(vec![text("a")]), strong(vec![text("b")])]), "<strong>a</strong>**b**");
        let nested = strong(vec![Inline::Emphasis { text: vec![strong(vec![text("a")])] }]);
        assert_eq!(line(&[nested]), "<strong>*a*</strong>");
    }

    #[test]
    fn code_and_links_keep_their_letters() {
        assert_eq!(code("a``b"), "```a``b```");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(destination("a b"), "<a b>");
        assert_eq!(destination("https://a.test/?a=1&b=(2)"), "<https://a.test/?a=1&b=(2)>");
    }
}
