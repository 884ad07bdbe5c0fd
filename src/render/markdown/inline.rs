//! Inlines as Markdown.

use super::escape;
use crate::present::document::{Inline, Revision, ScriptPosition, plain};

/// The block that contains the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Context {
    /// A paragraph, which may contain line breaks.
    Paragraph,
    /// A heading or caption, which is a single line.
    Line,
    /// A table cell, which a vertical bar ends even within code.
    Cell,
}

/// The inlines as Markdown, escaped for the beginning of a line.
pub(super) fn inlines(inlines: &[Inline], context: Context) -> String {
    let mut writer = Writer { out: String::new(), context, strong: false, emphasis: false, deferred_marks: None };
    writer.write_all(inlines);
    if context == Context::Cell {
        return writer.out.trim_matches(' ').to_owned();
    }
    let lines = writer.out.split('\n').map(escape::line_start);
    lines.collect::<Vec<_>>().join("\n").trim_end_matches([' ', '\n']).to_owned()
}

struct Writer {
    out: String,
    context: Context,
    strong: bool,
    emphasis: bool,
    /// Within a link: note marks to write after it, because links cannot be nested.
    deferred_marks: Option<String>,
}

impl Writer {
    fn write_all(&mut self, inlines: &[Inline]) {
        for (number, inline) in inlines.iter().enumerate() {
            self.write(inline, inlines.get(number + 1..).unwrap_or_default());
        }
    }

    /// Writes one inline; `rest` are the inlines after it.
    fn write(&mut self, inline: &Inline, rest: &[Inline]) {
        match inline {
            Inline::Text { text } => self.out.push_str(&escape::text(text)),
            Inline::Figure(figure) => self.out.push_str(&escape::text(&figure.text)),
            Inline::Strong { text } if self.strong => self.write_all(text),
            Inline::Emphasis { text } if self.emphasis => self.write_all(text),
            Inline::Strong { text } => {
                self.strong = true;
                self.write_emphasis(text, rest, "**", "strong");
                self.strong = false;
            }
            Inline::Emphasis { text } => {
                self.emphasis = true;
                self.write_emphasis(text, rest, "*", "em");
                self.emphasis = false;
            }
            Inline::Code { text } if self.context == Context::Cell => {
                self.out.push_str(&code_span(text).replace('|', "\\|"))
            }
            Inline::Code { text } => self.out.push_str(&code_span(text)),
            Inline::Script { position, text } => {
                let tag = match position {
                    ScriptPosition::Superscript => "sup",
                    ScriptPosition::Subscript => "sub",
                };
                self.out.push_str(&format!("<{tag}>{}</{tag}>", escape::text(text)));
            }
            Inline::Link { text, .. } if self.deferred_marks.is_some() => self.write_all(text),
            Inline::Link { href, text } => self.write_link(href, text),
            Inline::NoteMark { id, .. } => {
                let mark = format!("[^{id}]");
                self.deferred_marks.as_mut().unwrap_or(&mut self.out).push_str(&mark);
            }
            Inline::Revised { how: Revision::Deleted, text } => self.write_tagged(text, "del"),
            Inline::Revised { how: Revision::Inserted, text } => self.write_tagged(text, "ins"),
            Inline::LineBreak if self.context == Context::Paragraph => self.out.push_str("\\\n"),
            // GitHub and most readers of tables break there; Markdown has no mark of its own for it.
            Inline::LineBreak if self.context == Context::Cell => self.out.push_str("<br>"),
            Inline::LineBreak => self.out.push(' '),
        }
    }

    /// Writes text between HTML tags, which Markdown has no marks for.
    fn write_tagged(&mut self, text: &[Inline], tag: &str) {
        self.out.push_str(&format!("<{tag}>"));
        self.write_all(text);
        self.out.push_str(&format!("</{tag}>"));
    }

    fn write_link(&mut self, href: &str, text: &[Inline]) {
        self.deferred_marks = Some(String::new());
        self.out.push('[');
        self.write_all(text);
        self.out.push_str(&format!("]({})", link_destination(href)));
        let marks = self.deferred_marks.take().unwrap_or_default();
        self.out.push_str(&marks);
    }

    /// Writes text between emphasis delimiters, or between HTML tags where Markdown would not recognize the delimiters.
    fn write_emphasis(&mut self, text: &[Inline], rest: &[Inline], mark: &str, tag: &str) {
        let start = self.out.len();
        self.write_all(text);
        let inner = self.out.split_off(start);
        if inner.is_empty() {
            return;
        }
        let opens = can_flank(inner.chars().next(), self.out.chars().next_back());
        let closes = can_flank(inner.chars().next_back(), next_char(rest));
        let (open, close) = if opens && closes {
            (mark.to_owned(), mark.to_owned())
        } else {
            (format!("<{tag}>"), format!("</{tag}>"))
        };
        self.out.push_str(&format!("{open}{inner}{close}"));
    }
}

/// Whether a delimiter between the characters `inner` and `outer` is recognized (CommonMark's flanking rule; also no star next
/// to a star).
fn can_flank(inner: Option<char>, outer: Option<char>) -> bool {
    let is_star = |letter: Option<char>| letter == Some('*');
    let inner_is_word = inner.is_some_and(char::is_alphanumeric);
    let inner_is_space = inner.is_none_or(char::is_whitespace);
    let outer_is_word = outer.is_some_and(|letter| !letter.is_whitespace() && !letter.is_ascii_punctuation());
    !is_star(inner) && !is_star(outer) && !inner_is_space && (inner_is_word || !outer_is_word)
}

/// The first character that the inlines will write, as far as `can_flank` distinguishes it.
fn next_char(rest: &[Inline]) -> Option<char> {
    match rest.first()? {
        Inline::NoteMark { .. } | Inline::Link { .. } => Some('['),
        Inline::Strong { .. } | Inline::Emphasis { .. } => Some('*'),
        Inline::Code { .. } => Some('`'),
        Inline::LineBreak => Some(' '),
        Inline::Script { .. } | Inline::Revised { .. } => Some('<'),
        Inline::Text { .. } | Inline::Figure(_) => plain(rest).chars().next(),
    }
}

/// A code span, with a fence longer than any run of backticks in it.
fn code_span(text: &str) -> String {
    let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{pad}{}{pad}{fence}", text.replace(['\n', '\r'], " "))
}

/// The destination of a link, in angle brackets if it needs them.
fn link_destination(href: &str) -> String {
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
        let line = |list: &[Inline]| inlines(list, Context::Line);
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
        assert_eq!(code_span("a``b"), "```a``b```");
        assert_eq!(code_span("`"), "`` ` ``");
        assert_eq!(link_destination("a b"), "<a b>");
        assert_eq!(link_destination("https://a.test/?a=1&b=(2)"), "<https://a.test/?a=1&b=(2)>");
    }
}
