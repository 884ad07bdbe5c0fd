//! Sentences: text with its calls replaced, emphasis, links and note marks.

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::{DEPTH, Reader};
use crate::{
    merge::{Piece, split_pieces, strip_placeholders},
    model::ReservedCharacter,
    present::{context::TypedText, document::Inline, notes::missing_text},
};

impl<'a> Reader<'a, '_, '_, '_> {
    /// Inlines up to the end of `until`, or, in a tight list item, up to the next block.
    pub(super) fn inlines(&mut self, until: Option<TagEnd>, depth: usize) -> Vec<Inline> {
        let mut inlines = Vec::new();
        while let Some((event, span)) = self.events.pop() {
            match event {
                Event::End(end) if Some(end) == until => break,
                Event::End(_) | Event::Start(_) if until.is_none() && !is_inline(&event) => {
                    self.events.push((event, span));
                    break;
                }
                Event::Start(_) if depth > DEPTH => {
                    self.refuse("nested too deeply", &span);
                    self.skip();
                }
                Event::Start(tag) => self.inline(tag, &span, depth, &mut inlines),
                Event::Text(text) => self.add_phrases(&text, &span, &mut inlines),
                Event::InlineHtml(text) | Event::Html(text) => {
                    self.note_typed_text(&text, &span);
                    inlines.push(Inline::Text { text: self.refuse_calls(&text, &span) });
                }
                Event::Code(text) => inlines.push(Inline::Code { text: self.refuse_calls(&text, &span) }),
                Event::SoftBreak => inlines.push(Inline::Text { text: String::from(" ") }),
                Event::HardBreak => inlines.push(Inline::LineBreak),
                Event::FootnoteReference(id) => inlines.push(self.context.note_mark(&id, &self.place(&span))),
                _ => {}
            }
        }
        inlines
    }

    fn inline(&mut self, tag: Tag<'a>, span: &std::ops::Range<usize>, depth: usize, inlines: &mut Vec<Inline>) {
        let end = tag.to_end();
        match tag {
            Tag::Emphasis => inlines.push(Inline::Emphasis { text: self.inlines(Some(end), depth + 1) }),
            Tag::Strong => inlines.push(Inline::Strong { text: self.inlines(Some(end), depth + 1) }),
            Tag::Link { link_type, dest_url, .. } => {
                // A link's text is an address more often than a sentence: its digits are not figures.
                let typed = self.parsed.typed.len();
                let text = self.inlines(Some(end), depth + 1);
                self.parsed.typed.truncate(typed);
                let href = match link_type {
                    LinkType::Email => format!("mailto:{}", strip_placeholders(&dest_url)),
                    _ => self.target(&dest_url, span),
                };
                inlines.push(Inline::Link { href, text });
            }
            Tag::Image { .. } => {
                self.refuse("pictures are not allowed in the narrative", span);
                self.skip();
            }
            _ => {
                self.refuse("this cannot stand in a narrative", span);
                self.skip();
            }
        }
    }

    /// A link's target: an address of the web, a mail address, a telephone number, or a place in the release.
    fn target(&self, url: &str, span: &std::ops::Range<usize>) -> String {
        let lower = url.to_lowercase();
        let scheme = lower.split_once(':').map(|(scheme, _)| scheme).filter(|scheme| !scheme.contains(['/', '#', '?']));
        match scheme {
            // To a browser this is another host, to a reader a path.
            None if lower.starts_with("//") || lower.starts_with("/\\") => {
                self.refuse("a link that begins with `//` has no scheme: write `https://…`", span);
                String::new()
            }
            None | Some("http" | "https" | "mailto" | "tel") => strip_placeholders(url),
            Some(_) if lower.contains('@') => format!("mailto:{}", strip_placeholders(url)),
            Some(scheme) => {
                self.refuse(&format!("a link cannot lead to `{scheme}:`"), span);
                String::new()
            }
        }
    }

    /// Text with its calls; what is outside of them was typed by hand.
    fn add_phrases(&mut self, text: &str, span: &std::ops::Range<usize>, inlines: &mut Vec<Inline>) {
        let whole = self.place(span);
        let period = self.page.period.as_ref().map(|period| period.value.as_str());
        inlines.extend(self.context.phrases(text, &whole, &self.page.id, period));
        let mut at = span.start;
        for piece in split_pieces(text) {
            if let Piece::Text(typed) = piece {
                if ReservedCharacter::find(typed).is_some() {
                    self.refuse_numbers(span);
                }
                let found = self.text.get(at..span.end).and_then(|rest| rest.find(typed));
                // Escapes make the typed text and the file differ: then it is somewhere in the rest.
                let written = found.map_or(at..span.end, |found| at + found..at + found + typed.len());
                self.note_typed_text(typed, &written);
                at = found.map_or(at, |_| written.end);
            }
        }
    }

    /// Tells of characters that no text may hold, and that are written as their numbers (`&#7;`): as themselves they do not
    /// get this far.
    fn refuse_numbers(&self, span: &std::ops::Range<usize>) {
        let text = self.text.get(span.clone()).unwrap_or_default();
        for (at, _) in text.match_indices("&#") {
            let written = text[at..].split_inclusive(';').next().unwrap_or_default();
            let number = written.trim_start_matches("&#").trim_end_matches(';');
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            let meant = code.ok().and_then(char::from_u32).map(String::from).unwrap_or_default();
            if let Some(found) = ReservedCharacter::find(&meant) {
                let at = span.start + at;
                self.context.report(found.at(&self.place(&(at..at + written.len()))));
            }
        }
    }

    pub(super) fn note_typed_text(&mut self, text: &str, span: &std::ops::Range<usize>) {
        for (at, _) in text.match_indices("[^") {
            let Some((id, _)) = text[at + 2..].split_once(']') else { break };
            let mark = span.start + at..span.start + at + id.len() + 3;
            let is_there = self.text.get(mark.clone()) == text.get(at..at + id.len() + 3);
            let place = self.place(if is_there { &mark } else { span });
            missing_text(id, &place, std::iter::empty(), self.context);
        }
        let at = self.place(span);
        self.parsed.typed.push(TypedText { text: text.to_owned(), at, is_label: false });
    }

    /// Text that is not read: a call in it would vanish.
    pub(super) fn refuse_calls(&self, text: &str, span: &std::ops::Range<usize>) -> String {
        if split_pieces(text).iter().any(|piece| matches!(piece, Piece::Call(_))) {
            self.refuse("a figure cannot stand in code or HTML", span);
        }
        strip_placeholders(text)
    }
}

fn is_inline(event: &Event) -> bool {
    matches!(event, Event::Start(Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. }))
}
