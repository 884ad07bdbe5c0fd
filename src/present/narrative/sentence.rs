//! Parses the inlines of a block: text with its calls replaced, emphasis, links and note marks.

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::{MAX_DEPTH, PageParser};
use crate::{
    diag::Diagnostic,
    merge::{Piece, split_pieces, strip_placeholders},
    model::ReservedCharacter,
    present::{document::Inline, notes::report_missing_text, record::TypedText, scripts::typed_parts},
};

impl<'a> PageParser<'a, '_, '_, '_> {
    /// The inlines up to the end of `until` or, in a tight list item, up to the next block.
    pub(super) fn parse_inlines(&mut self, until: Option<TagEnd>, depth: usize) -> Vec<Inline> {
        let mut inlines = Vec::new();
        while let Some((event, span)) = self.events.pop() {
            match event {
                Event::End(end) if Some(end) == until => break,
                Event::End(_) | Event::Start(_) if until.is_none() && !is_inline(&event) => {
                    self.events.push((event, span));
                    break;
                }
                Event::Start(_) if depth > MAX_DEPTH => {
                    self.report_error("nested too deeply", &span);
                    self.skip();
                }
                Event::Start(tag) => self.parse_inline(tag, &span, depth, &mut inlines),
                Event::Text(text) => self.add_phrases(&text, &span, &mut inlines),
                Event::InlineHtml(text) | Event::Html(text) => {
                    self.reject_calls(&text, &span);
                    self.report_html(&text, &span);
                }
                Event::TaskListMarker(_) => self.report_task(&span),
                Event::Code(text) => inlines.push(Inline::Code { text: self.reject_calls(&text, &span) }),
                Event::SoftBreak => inlines.push(Inline::Text { text: String::from(" ") }),
                Event::HardBreak => inlines.push(Inline::LineBreak),
                Event::FootnoteReference(id) => inlines.push(self.context.note_mark(&id, &self.place(&span))),
                _ => {}
            }
        }
        inlines
    }

    fn parse_inline(&mut self, tag: Tag<'a>, span: &std::ops::Range<usize>, depth: usize, inlines: &mut Vec<Inline>) {
        let end = tag.to_end();
        match tag {
            Tag::Emphasis => inlines.push(Inline::Emphasis { text: self.parse_inlines(Some(end), depth + 1) }),
            Tag::Strong => inlines.push(Inline::Strong { text: self.parse_inlines(Some(end), depth + 1) }),
            Tag::Link { link_type, dest_url, .. } => {
                // A link's text is an address more often than a sentence: its digits are not figures.
                let typed = self.parsed.typed_texts.len();
                let text = self.parse_inlines(Some(end), depth + 1);
                self.parsed.typed_texts.truncate(typed);
                let href = match link_type {
                    LinkType::Email => format!("mailto:{}", strip_placeholders(&dest_url)),
                    _ => self.link_target(&dest_url, span),
                };
                inlines.push(Inline::Link { href, text });
            }
            Tag::Image { .. } => {
                let message = "a picture stands in a paragraph of its own";
                let finding = Diagnostic::error("picture", message).at(&self.place(span), "");
                self.context.report(finding.help("put an empty line before and after it"));
                self.skip();
            }
            // Single tildes are a range: `2~3`.
            Tag::Strikethrough if !self.text.get(span.clone()).unwrap_or_default().starts_with("~~") => {
                let tilde = || Inline::Text { text: "~".to_owned() };
                inlines.push(tilde());
                inlines.extend(self.parse_inlines(Some(end), depth + 1));
                inlines.push(tilde());
            }
            tag => {
                self.report_refused(&tag, span);
                self.skip();
            }
        }
    }

    /// A link's target: a web address, a mail address, a telephone number, or a place in the release.
    fn link_target(&self, url: &str, span: &std::ops::Range<usize>) -> String {
        let lower = url.to_lowercase();
        let scheme = lower.split_once(':').map(|(scheme, _)| scheme).filter(|scheme| !scheme.contains(['/', '#', '?']));
        match scheme {
            // A browser takes this for another host, while a reader takes it for a path.
            None if lower.starts_with("//") || lower.starts_with("/\\") => {
                self.report_error("a link that begins with `//` has no scheme: write `https://…`", span);
                String::new()
            }
            None if lower.split('#').next().is_some_and(|path| path.ends_with(".md")) => {
                self.report_error("a link leads to a file of the dataset, which readers do not have", span);
                String::new()
            }
            None => {
                let target = strip_placeholders(url);
                if let Some(anchor) = target.strip_prefix('#') {
                    self.context.record_link(anchor.to_owned(), &self.place(span));
                }
                target
            }
            Some("http" | "https" | "mailto" | "tel") => strip_placeholders(url),
            Some(_) if lower.contains('@') => format!("mailto:{}", strip_placeholders(url)),
            Some(scheme) => {
                self.report_error(&format!("a link cannot lead to `{scheme}:`"), span);
                String::new()
            }
        }
    }

    /// Adds a text with its calls replaced, and records what is outside of the calls as typed by hand.
    fn add_phrases(&mut self, text: &str, span: &std::ops::Range<usize>, inlines: &mut Vec<Inline>) {
        let whole = self.place(span);
        let period = self.page.period.as_ref().map(|period| period.value.as_str());
        let pieces = split_pieces(text);
        let all_typed: Vec<&str> = pieces.iter().filter_map(Piece::text).collect();
        inlines.extend(self.context.replace_calls(pieces, &whole, &self.page.id, period));
        let mut at = span.start;
        for typed in all_typed {
            if ReservedCharacter::find(typed).is_some() {
                self.report_character_references(span);
            }
            let rest = self.text.get(at..span.end);
            let found = rest.and_then(|rest| if rest.starts_with(typed) { Some(0) } else { rest.find(typed) });
            // Escapes make the typed text and the file differ: then it is somewhere in the rest.
            let typed_span = found.map_or(at..span.end, |found| at + found..at + found + typed.len());
            self.record_typed_parts(typed, &typed_span);
            self.report_idle_marks(typed, &typed_span);
            at = found.map_or(at, |_| typed_span.end);
        }
    }

    /// Reports reserved characters written as numbers (`&#7;`). Loading rejects them in any other notation.
    fn report_character_references(&self, span: &std::ops::Range<usize>) {
        let text = self.text.get(span.clone()).unwrap_or_default();
        for (at, _) in text.match_indices("&#") {
            let reference = text[at..].split_inclusive(';').next().unwrap_or_default();
            let number = reference.trim_start_matches("&#").trim_end_matches(';');
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            let meant = code.ok().and_then(char::from_u32).map(String::from).unwrap_or_default();
            if let Some(found) = ReservedCharacter::find(&meant) {
                let at = span.start + at;
                self.context.report(found.at(&self.place(&(at..at + reference.len()))));
            }
        }
    }

    /// Records the parts of a text typed by hand, without the marks of what is raised or lowered.
    pub(super) fn record_typed_parts(&mut self, typed: &str, span: &std::ops::Range<usize>) {
        let is_exact = self.text.get(span.clone()) == Some(typed);
        for (part, text) in typed_parts(typed) {
            let at = if is_exact { span.start + part.start..span.start + part.end } else { span.clone() };
            self.record_typed_text(&text, &at);
        }
    }

    /// Records a text typed by hand, and reports note marks in it: the parser found no definition for them.
    pub(super) fn record_typed_text(&mut self, text: &str, span: &std::ops::Range<usize>) {
        for (at, _) in text.match_indices("[^") {
            let Some((id, _)) = text[at + 2..].split_once(']') else { break };
            let mark = span.start + at..span.start + at + id.len() + 3;
            let is_there = self.text.get(mark.clone()) == text.get(at..at + id.len() + 3);
            let place = self.place(if is_there { &mark } else { span });
            report_missing_text(id, &place, std::iter::empty(), self.context);
        }
        let at = self.place(span);
        self.parsed.typed_texts.push(TypedText { text: text.to_owned(), at, is_label: false });
    }

    /// The text of code or HTML, where calls are not replaced. Reports a call in it.
    pub(super) fn reject_calls(&self, text: &str, span: &std::ops::Range<usize>) -> String {
        if split_pieces(text).iter().any(|piece| matches!(piece, Piece::Call(_))) {
            self.report_error("a figure cannot stand in code or HTML", span);
        }
        strip_placeholders(text)
    }
}

fn is_inline(event: &Event) -> bool {
    use Tag::{Emphasis, Image, Link, Strikethrough, Strong};
    matches!(event, Event::Start(Emphasis | Strong | Strikethrough | Link { .. } | Image { .. }))
}
