//! Runs of text as HTML: the one place that writes tags and escapes by itself, so that a sentence has no spaces a template put there.

use super::anchors::Anchors;
use crate::present::document::{Figure, Inline};

/// The inlines as HTML. `anchors` says where a `#link` leads from this page.
pub(super) fn inlines(inlines: &[Inline], anchors: &Anchors) -> String {
    let mut out = String::new();
    for inline in inlines {
        write(&mut out, inline, anchors);
    }
    out
}

fn write(out: &mut String, inline: &Inline, anchors: &Anchors) {
    match inline {
        Inline::Text { text } => out.push_str(&escape(text)),
        Inline::Figure(figure) => out.push_str(&data(figure)),
        Inline::Strong { text } => wrap(out, "strong", &inlines(text, anchors)),
        Inline::Emphasis { text } => wrap(out, "em", &inlines(text, anchors)),
        Inline::Code { text } => wrap(out, "code", &escape(text)),
        Inline::Link { href, text } => link(out, href, text, anchors),
        Inline::NoteMark { number, id, occurrence } => out.push_str(&note_mark(*number, id, *occurrence)),
        Inline::LineBreak => out.push_str("<br>"),
    }
}

fn wrap(out: &mut String, tag: &str, inner: &str) {
    out.push_str(&format!("<{tag}>{inner}</{tag}>"));
}

fn data(figure: &Figure) -> String {
    format!("<data value=\"{}\">{}</data>", escape(&figure.value), escape(&figure.text))
}

fn note_mark(number: usize, id: &str, occurrence: usize) -> String {
    let id = escape(id);
    format!("<a href=\"#note-{id}\" id=\"noteref-{id}-{occurrence}\" role=\"doc-noteref\"><sup>{number}</sup></a>")
}

/// A link. Links do not nest, so the marks in its text follow it and the links in its text are text.
fn link(out: &mut String, href: &str, text: &[Inline], anchors: &Anchors) {
    let (inside, marks) = split_links(text);
    let inside = inlines(&inside, anchors);
    if is_safe(href) {
        out.push_str(&format!("<a href=\"{}\">{inside}</a>", escape(&anchors.resolve(href))));
    } else {
        out.push_str(&inside);
    }
    out.push_str(&inlines(&marks, anchors));
}

/// The inlines with their links undone, and the note marks that stood in them.
fn split_links(text: &[Inline]) -> (Vec<Inline>, Vec<Inline>) {
    let (mut inside, mut marks) = (Vec::new(), Vec::new());
    for inline in text {
        let parts = match inline {
            Inline::NoteMark { .. } => {
                marks.push(inline.clone());
                continue;
            }
            Inline::Link { text, .. } => {
                let (nested, more) = split_links(text);
                inside.extend(nested);
                marks.extend(more);
                continue;
            }
            Inline::Strong { text } | Inline::Emphasis { text } => split_links(text),
            _ => {
                inside.push(inline.clone());
                continue;
            }
        };
        inside.push(match inline {
            Inline::Strong { .. } => Inline::Strong { text: parts.0 },
            _ => Inline::Emphasis { text: parts.0 },
        });
        marks.extend(parts.1);
    }
    (inside, marks)
}

/// Whether a link leads to a place rather than runs something: no scheme, or one of a document.
fn is_safe(href: &str) -> bool {
    let before_path = href.split(['/', '?', '#']).next().unwrap_or_default();
    match before_path.split_once(':') {
        None => true,
        Some((scheme, _)) => ["http", "https", "mailto", "tel"].contains(&scheme.to_ascii_lowercase().as_str()),
    }
}

/// Text as HTML, for content and for quoted attributes. Control characters, which HTML forbids, become the replacement character.
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
            Figure { text: "JPY68,006 million".into(), value: "68006380000".into(), source: "is.revenue".into() };
        assert_eq!(html(&[Inline::Figure(figure)]), "<data value=\"68006380000\">JPY68,006 million</data>");
    }

    #[test]
    fn marks_in_a_link_follow_it() {
        let mark = Inline::NoteMark { number: 2, id: "gaap".into(), occurrence: 3 };
        let inner = Inline::Link { href: "b".into(), text: vec![text("b")] };
        let link = Inline::Link { href: "a?b&c".into(), text: vec![text("a"), Inline::Strong { text: vec![mark, inner] }] };
        assert_eq!(
            html(&[link]),
            "<a href=\"a?b&amp;c\">a<strong>b</strong></a>\
             <a href=\"#note-gaap\" id=\"noteref-gaap-3\" role=\"doc-noteref\"><sup>2</sup></a>"
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
