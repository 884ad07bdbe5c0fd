//! Inlines as HTML. They are not written by a template, because templates would add white space within sentences.

use super::anchors::Anchors;
use crate::{
    present::document::{Figure, Inline, Revision, ScriptPosition},
    render::amount::split_amounts,
};

/// The inlines as HTML. `anchors` resolves `#links` for the current page.
pub(super) fn inlines(inlines: &[Inline], anchors: &Anchors) -> String {
    let mut writer = Writer { out: String::new(), anchors, deferred_marks: None };
    writer.write_all(inlines);
    writer.out
}

/// The inlines as HTML, linked to `#anchor` up to the first note mark or link among them.
pub(super) fn inlines_with_anchor_link(list: &[Inline], anchor: &str, anchors: &Anchors) -> String {
    let (text, rest) = list.split_at(list.iter().position(contains_link).unwrap_or(list.len()));
    if text.is_empty() {
        return inlines(rest, anchors);
    }
    format!("<a href=\"#{}\">{}</a>{}", escape(anchor), inlines(text, anchors), inlines(rest, anchors))
}

/// Whether the inline contains a link or note mark; links cannot be nested.
fn contains_link(inline: &Inline) -> bool {
    match inline {
        Inline::NoteMark { .. } | Inline::Link { .. } => true,
        Inline::Strong { text } | Inline::Emphasis { text } | Inline::Revised { text, .. } => {
            text.iter().any(contains_link)
        }
        Inline::Text { .. } | Inline::Figure(_) | Inline::Code { .. } | Inline::Script { .. } | Inline::LineBreak => {
            false
        }
    }
}

struct Writer<'a> {
    out: String,
    anchors: &'a Anchors<'a>,
    /// Within a link: note marks to write after it, because links cannot be nested.
    deferred_marks: Option<String>,
}

impl Writer<'_> {
    fn write_all(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            self.write(inline);
        }
    }

    fn write(&mut self, inline: &Inline) {
        match inline {
            Inline::Text { text } => self.write_text(text),
            Inline::Figure(figure) => self.out.push_str(&data_element(figure, self.anchors)),
            Inline::Strong { text } => self.write_element("<strong>", text, "</strong>"),
            Inline::Emphasis { text } => self.write_element("<em>", text, "</em>"),
            Inline::Code { text } => self.out.push_str(&format!("<code>{}</code>", escape(text))),
            Inline::Script { position, text } => {
                let tag = match position {
                    ScriptPosition::Superscript => "sup",
                    ScriptPosition::Subscript => "sub",
                };
                self.out.push_str(&format!("<{tag}>{}</{tag}>", escape(text)));
            }
            Inline::Link { href, text } if self.deferred_marks.is_some() || !is_safe(href) => self.write_all(text),
            Inline::Link { href, text } => self.write_link(href, text),
            Inline::NoteMark { number, id, occurrence, mark } => {
                let mark = note_mark(&mark_text(*number, mark.as_deref()), id, *occurrence);
                self.deferred_marks.as_mut().unwrap_or(&mut self.out).push_str(&mark);
            }
            Inline::LineBreak => self.out.push_str("<br>"),
            Inline::Revised { how: Revision::Deleted, text } => self.write_element("<del>", text, "</del>"),
            Inline::Revised { how: Revision::Inserted, text } => self.write_element("<ins>", text, "</ins>"),
        }
    }

    /// Writes a text; numbers with their units are kept on one line where their script would part them.
    fn write_text(&mut self, text: &str) {
        for (part, is_amount) in split_amounts(text) {
            let part = escape(part);
            match is_amount {
                true => self.out.push_str(&format!("<span class=\"amount\">{part}</span>")),
                false => self.out.push_str(&part),
            }
        }
    }

    fn write_element(&mut self, open: &str, text: &[Inline], close: &str) {
        self.out.push_str(open);
        self.write_all(text);
        self.out.push_str(close);
    }

    fn write_link(&mut self, href: &str, text: &[Inline]) {
        self.deferred_marks = Some(String::new());
        let open = format!("<a href=\"{}\">", escape(&self.anchors.resolve(href)));
        self.write_element(&open, text, "</a>");
        let marks = self.deferred_marks.take().unwrap_or_default();
        self.out.push_str(&marks);
    }
}

fn data_element(figure: &Figure, anchors: &Anchors) -> String {
    let name = match anchors.names_figures() {
        true => format!(" data-figure=\"{}\"", escape(&figure.source)),
        false => String::new(),
    };
    format!("<data value=\"{}\"{name}>{}</data>", escape(&figure.value), escape(&figure.text))
}

/// The mark of a note, to be raised.
pub(super) fn mark_text(number: usize, mark: Option<&str>) -> String {
    mark.map_or_else(|| number.to_string(), str::to_owned)
}

fn note_mark(mark: &str, id: &str, occurrence: usize) -> String {
    let (id, mark) = (escape(id), escape(mark));
    format!("<a href=\"#note-{id}\" id=\"noteref-{id}-{occurrence}\" role=\"doc-noteref\"><sup>{mark}</sup></a>")
}

/// Whether a link cannot run code: it has no scheme, or one of a fixed list.
fn is_safe(href: &str) -> bool {
    let before_path = href.split(['/', '?', '#']).next().unwrap_or_default();
    match before_path.split_once(':') {
        None => true,
        Some((scheme, _)) => ["http", "https", "mailto", "tel"].contains(&scheme.to_ascii_lowercase().as_str()),
    }
}

/// Escapes text for HTML content and quoted attributes. Control characters, which HTML forbids, become U+FFFD.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' => out.push(letter),
            _ if letter.is_control() => out.push(char::REPLACEMENT_CHARACTER),
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Inline {
        Inline::Text { text: text.to_owned() }
    }

    fn html(list: &[Inline]) -> String {
        inlines(list, &Anchors::default())
    }

    #[test]
    fn hostile_text_stays_text() {
        assert_eq!(
            html(&[text("<script>alert('1')</script> | `a` *b* [x](y) \"&amp;\" \u{202e}fdp\u{0}")]),
            "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; | `a` *b* [x](y) &quot;&amp;amp;&quot; \u{202e}fdp\u{fffd}"
        );
    }

    #[test]
    fn a_figure_carries_its_value() {
        let figure =
            Figure { text: "XYZ68,006 million".into(), value: "68006380000".into(), source: "is.revenue".into() };
        assert_eq!(html(&[Inline::Figure(figure)]), "<data value=\"68006380000\">XYZ68,006 million</data>");
    }

    #[test]
    fn marks_in_a_link_follow_it() {
        let mark = Inline::NoteMark { number: 2, id: "basis".into(), occurrence: 3, mark: None };
        let inner = Inline::Link { href: "b".into(), text: vec![text("b")] };
        let link =
            Inline::Link { href: "a?b&c".into(), text: vec![text("a"), Inline::Strong { text: vec![mark, inner] }] };
        assert_eq!(
            html(&[link]),
            "<a href=\"a?b&amp;c\">a<strong>b</strong></a>\
             <a href=\"#note-basis\" id=\"noteref-basis-3\" role=\"doc-noteref\"><sup>2</sup></a>"
        );
    }

    #[test]
    fn a_link_that_runs_something_is_text() {
        for href in ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", " java\nscript:x"] {
            assert_eq!(html(&[Inline::Link { href: href.into(), text: vec![text("x")] }]), "x", "{href}");
        }
        for href in ["page.html#a:b", "#is:b", "https://a.test/", "mailto:ir@a.test", "a/b:c"] {
            assert!(is_safe(href), "{href}");
        }
    }
}
