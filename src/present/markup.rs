//! Finds Markdown and HTML in texts of the dataset, which are printed as they are typed.

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag};

use super::context::PresentContext;
use crate::{
    diag::{Diagnostic, quoted_list},
    model::At,
};

impl PresentContext<'_, '_> {
    /// Warns of Markdown and HTML in a label, caption, head or title.
    pub(super) fn report_markup(&self, text: &At<String>) {
        let marks = marks(&text.value);
        if marks.is_empty() {
            return;
        }
        let (verb, marks) = match marks.as_slice() {
            [_] => ("is", quoted_list(&marks)),
            _ => ("are", quoted_list(&marks)),
        };
        let message = format!("{marks} {verb} printed as typed: this text is plain, without Markdown and HTML");
        self.report(Diagnostic::warning("markup", message).at(&text.place, ""));
    }
}

/// The marks of Markdown and HTML in a text, outside of its expressions: `<br>`, `**net**`, `&copy;`.
fn marks(text: &str) -> Vec<String> {
    // Lists, headings and quotes begin a line; a label may begin so.
    const LINE: &str = "x ";
    if !text.contains(['<', '&', '*', '_', '~', '`', '[']) {
        return Vec::new();
    }
    let line = format!("{LINE}{}", without_expressions(text));
    let mut found: Vec<String> = Vec::new();
    let mut done = 0;
    for (event, span) in Parser::new_ext(&line, Options::ENABLE_STRIKETHROUGH).into_offset_iter() {
        let written = line.get(span.clone()).unwrap_or_default();
        if span.start >= done && is_mark(&event, written) {
            done = span.end;
            let opening = written.strip_prefix("</").map(|name| format!("<{}", name.trim_end_matches('>')));
            let is_closing = opening.is_some_and(|opening| found.iter().any(|mark| mark.starts_with(&opening)));
            if !is_closing && !found.iter().any(|mark| mark == written) {
                found.push(written.to_owned());
            }
        }
    }
    found
}

fn is_mark(event: &Event, written: &str) -> bool {
    match event {
        Event::InlineHtml(_) | Event::Code(_) => true,
        Event::Start(Tag::Strong | Tag::Image { .. }) => true,
        // Single tildes are a range: `2~3`.
        Event::Start(Tag::Strikethrough) => written.starts_with("~~"),
        Event::Start(Tag::Link { link_type, .. }) => *link_type == LinkType::Inline,
        // A star or hyphen of its own is no mark: `Profit (*), sales (*)`.
        Event::Start(Tag::Emphasis) => {
            let inner = written.get(1..written.len() - 1).unwrap_or_default();
            inner.starts_with(char::is_alphanumeric) && inner.ends_with(char::is_alphanumeric)
        }
        Event::Text(text) => written.starts_with('&') && written.ends_with(';') && text.as_ref() != written,
        _ => false,
    }
}

/// The text with a letter for every character of its expressions, and without line breaks.
fn without_expressions(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("{{") {
        let end = rest[start..].find("}}").map_or(rest.len(), |length| start + length + 2);
        plain.push_str(&rest[..start]);
        plain.push('x');
        rest = &rest[end..];
    }
    plain.push_str(rest);
    plain.replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::marks;

    #[test]
    fn marks_of_markdown_and_html_are_found_by_name() {
        assert_eq!(marks("Cost<br>of **net** sales &copy; <b>x</b>"), ["<br>", "**net**", "&copy;", "<b>"]);
        assert_eq!(marks("~~a~~ [b](c) `d` CO~2~"), ["~~a~~", "[b](c)", "`d`"]);
    }

    #[test]
    fn signs_of_a_label_are_no_marks() {
        for text in [
            "1. Revenue",
            "- of which",
            "# 1",
            "R&D; S&P",
            "Revenue**, net*",
            "a < b > c",
            "<5 years",
            "<ir@example.com>",
            "Profit (*), sales (*)",
            "2025~2026, 2027~2028",
            "is_net_sales",
            "Net[^note] [1]",
            "{{ \"a*b\" | amount }}{{ \"c*d\" | amount }}",
        ] {
            assert_eq!(marks(text), [""; 0], "{text}");
        }
    }
}
