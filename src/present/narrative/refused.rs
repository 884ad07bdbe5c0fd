//! Reports what Markdown programs know and a narrative does not hold: HTML, tasks, struck text.

use std::ops::Range;

use pulldown_cmark::Tag;

use super::PageParser;
use crate::{
    diag::{Diagnostic, Place},
    merge::strip_placeholders,
};

/// What to write in place of a tag of HTML.
const IN_MARKDOWN: [(&[&str], &str); 8] = [
    (&["br"], "end the line with `\\` for a line break"),
    (&["b", "strong"], "write `**…**` for strong text"),
    (&["i", "em"], "write `*…*` for emphasis"),
    (&["a"], "write `[text](address)` for a link"),
    (&["p", "div", "span"], "remove the tag; an empty line ends a paragraph"),
    (&["sup"], "write `^…^` for raised text"),
    (&["sub"], "write `~…~` for lowered text"),
    (&["hr"], "write `---` between empty lines for a rule"),
];

impl PageParser<'_, '_, '_, '_> {
    /// Reports HTML within a paragraph.
    pub(super) fn report_html(&self, html: &str, span: &Range<usize>) {
        let html = strip_placeholders(html);
        if html.starts_with("<!--") {
            let help = "write the comment as a paragraph of its own, with an empty line before and after it";
            return self.report_markup("a comment within a paragraph would be published", span, Some(help));
        }
        let name = html.trim_start_matches(['<', '/']);
        let name = &name[..name.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(name.len())];
        let before = self.text.get(..span.start).unwrap_or_default();
        // The opening tag was reported.
        if html.starts_with("</") && before.contains(&format!("<{name}")) {
            return;
        }
        let tag = html.lines().next().unwrap_or_default();
        let known = IN_MARKDOWN.iter().find(|(names, _)| names.contains(&name.to_lowercase().as_str()));
        let help = known.map_or("write `\\<` for the sign `<` itself", |(_, help)| help);
        self.report_markup(&format!("`{tag}` is HTML, which a narrative cannot hold"), span, Some(help));
    }

    /// Reports a block of HTML, unless it is nothing but comments.
    pub(super) fn report_html_block(&self, html: &str, span: &Range<usize>) {
        // A paragraph may be hidden with its figures.
        let html = strip_placeholders(html);
        let mut rest = html.trim();
        while let Some(comment) = rest.strip_prefix("<!--") {
            let Some((_, after)) = comment.split_once("-->") else {
                return self.report_markup("this comment has no end, expected `-->`", span, None);
            };
            rest = after.trim();
        }
        if rest.is_empty() {
            return;
        }
        if html.trim_start().starts_with("<!--") {
            return self.report_html("<!--", span);
        }
        let tag = rest.find('>').map_or(rest, |end| &rest[..=end]);
        let start =
            self.text.get(span.clone()).and_then(|text| text.find(tag)).map_or(span.start, |at| span.start + at);
        self.report_html(tag, &(start..start + tag.len()));
    }

    /// Reports an element that a narrative does not hold, by its name.
    pub(super) fn report_refused(&self, tag: &Tag, span: &Range<usize>) {
        let (what, help) = match tag {
            Tag::Strikethrough => ("struck text (`~~…~~`) cannot be published", Some("remove the text, or its `~~`")),
            Tag::BlockQuote(Some(_)) => {
                ("an alert (`[!NOTE]`) cannot be set", Some("remove its first line: the rest is a quote"))
            }
            _ => ("this cannot stand in a narrative", None),
        };
        self.report_markup(what, span, help);
    }

    /// Reports `[ ]` or `[x]` of a task.
    pub(super) fn report_task(&self, span: &Range<usize>) {
        let mark = self.text.get(span.clone()).unwrap_or_default();
        let help = "remove the box, or write `\\[` for the sign `[` itself";
        self.report_markup(
            &format!("`{mark}` makes a task of a list, which a narrative cannot hold"),
            span,
            Some(help),
        );
    }

    /// Reports marks that enclose no text, so that they would be printed: `** net**`.
    pub(super) fn report_idle_marks(&self, typed: &str, span: &Range<usize>) {
        // Escapes make the typed text and the file differ.
        if self.text.get(span.clone()) != Some(typed) {
            return;
        }
        for mark in ["**", "~~"] {
            // A pair is one mistake.
            for (at, _) in typed.match_indices(mark).step_by(2) {
                let at = span.start + at..span.start + at + mark.len();
                let escaped = mark.chars().flat_map(|c| ['\\', c]).collect::<String>();
                let help = format!("write `{escaped}` for the signs themselves");
                let message = format!("`{mark}` encloses no text here and would be printed");
                self.report_markup(&message, &at, Some(&help));
            }
        }
    }

    fn report_markup(&self, message: &str, span: &Range<usize>, help: Option<&str>) {
        let place = self.place(span);
        let first = place.text().find('\n').map_or(place.end, |length| place.start + length);
        let finding = Diagnostic::error("narrative", message).at(&Place { end: first, ..place }, "");
        self.context.report(match help {
            Some(help) => finding.help(help),
            None => finding,
        });
    }
}
