//! Parses pictures: `![what it shows](plant.png "Caption")` in a paragraph of its own.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::PageParser;
use crate::{
    diag::Diagnostic,
    merge::{Piece, split_pieces, strip_placeholders},
    model::PictureKind,
    present::document::{Block, Inline, Picture, PictureFile, plain},
};

impl PageParser<'_, '_, '_, '_> {
    /// Whether the paragraph that begins here is one picture and nothing else.
    pub(super) fn is_lone_picture(&self) -> bool {
        let mut next = self.events.iter().rev().map(|(event, _)| event);
        matches!(next.next(), Some(Event::Start(Tag::Image { .. })))
            && next.by_ref().any(|event| *event == Event::End(TagEnd::Image))
            && matches!(next.next(), Some(Event::End(TagEnd::Paragraph)))
    }

    /// Adds the picture of a paragraph that is nothing else.
    pub(super) fn push_picture(&mut self, span: &Range<usize>, depth: usize, blocks: &mut Vec<Block>) {
        let Some((Event::Start(Tag::Image { dest_url, title, .. }), image)) = self.events.pop() else { return };
        let alt = plain(&self.parse_inlines(Some(TagEnd::Image), depth + 1));
        self.events.pop();
        let caption = self.caption(&title, &image);
        let alt = alt.trim().to_owned();
        if alt.is_empty() {
            let message = "a picture needs alternative text, for readers who do not see it";
            let finding = Diagnostic::error("picture", message).at(&self.place(&image), "");
            self.context.report(finding.help("write in words what it shows: `![…](…)`"));
        }
        let name = strip_placeholders(&dest_url);
        match self.picture_files(name.trim_start_matches("./")) {
            Ok((page, print)) => {
                if !caption.is_empty() {
                    self.record_passage(span, super::Rendered::Paragraph(plain(&caption)));
                }
                blocks.push(Block::Picture(Box::new(Picture { page, print, alt, caption })));
            }
            Err(finding) => self.context.report(finding.at(&self.place(&image), "")),
        }
    }

    fn caption(&mut self, title: &CowStr, image: &Range<usize>) -> Vec<Inline> {
        let period = self.page.period.as_ref().map(|period| period.value.as_str());
        let caption = self.context.replace_calls(split_pieces(title), &self.place(image), &self.page.id, period);
        for piece in split_pieces(title) {
            if let Piece::Text(typed) = piece {
                let found = self.text.get(image.clone()).and_then(|text| text.rfind(typed));
                let at = found.map_or(image.clone(), |at| image.start + at..image.start + at + typed.len());
                self.record_typed_parts(typed, &at);
            }
        }
        caption
    }

    /// The files of a picture for pages and for print.
    fn picture_files(&self, name: &str) -> Result<(PictureFile, PictureFile), Diagnostic> {
        let error = |message: String| Diagnostic::error("picture", message);
        if name.contains(':') || name.starts_with("//") {
            let finding = error(format!("the picture `{name}` is not fetched from elsewhere"));
            return Err(finding.help("put the file beside the page, and write its name"));
        }
        let release = self.context.book.release;
        let page = match release.pictures.get(name) {
            Some(Ok(picture)) => picture,
            Some(Err(reason)) => return Err(error(format!("`{name}` {reason}"))),
            None if PictureKind::of(name).is_none() => {
                return Err(error(format!("`{name}` is not the name of a PNG, JPEG or SVG file")));
            }
            None => {
                let expected = match name.starts_with("static/") {
                    true => format!("expected the file `{name}`"),
                    false if name.contains('/') => "a picture is beside the page, or in `static/`".to_owned(),
                    false => format!(
                        "expected the file `content/{}/{name}`; one of `static/` is `static/{name}`",
                        release.slug
                    ),
                };
                return Err(error(format!("there is no picture `{name}`")).note(expected));
            }
        };
        if page.kind != PictureKind::Svg {
            return Ok((page.into(), page.into()));
        }
        let twin = format!("{}.png", &name[..name.len() - ".svg".len()]);
        match release.pictures.get(&twin) {
            Some(Ok(print)) => Ok((page.into(), print.into())),
            Some(Err(reason)) => Err(error(format!("`{twin}`, which print uses for `{name}`, {reason}"))),
            None => {
                let finding = error(format!("the SVG file `{name}` cannot be printed"));
                Err(finding.help(format!("put the same picture as `{twin}` beside it, for print")))
            }
        }
    }
}
