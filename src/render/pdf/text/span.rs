//! Nested inlines become a flat list of stretches, each with its voice, size and element.

use super::{Ink, Pt, Setter, word::Piece};
use crate::{
    present::document::{Inline, plain},
    render::pdf::{
        faces::Voice,
        shape::Shaped,
        style::Colour,
        tree::{NodeId, Role, Target},
    },
};

/// A note mark's size and rise, in the size of the text it stands in.
const MARK_SIZE: f32 = 0.64;
const MARK_RISE: f32 = 0.34;

/// A stretch of text that is set alike.
pub struct Span {
    pub text: String,
    pub voice: Voice,
    pub size: Pt,
    pub rise: Pt,
    pub colour: Colour,
    pub tag: Option<NodeId>,
    /// The note it is a mark of.
    pub note: Option<usize>,
}

impl Span {
    /// Text as the ink says.
    pub fn plain(text: &str, ink: Ink) -> Self {
        Self {
            text: text.to_owned(),
            voice: ink.voice,
            size: ink.set.size,
            rise: 0.0,
            colour: ink.colour,
            tag: ink.tag,
            note: None,
        }
    }

    /// Some shaped part of it.
    pub fn piece(&self, shaped: Shaped) -> Piece {
        Piece { shaped, size: self.size, rise: self.rise, colour: self.colour, tag: self.tag, note: self.note }
    }
}

/// The stretches of inlines, in order.
pub fn flatten(setter: &mut Setter, inlines: &[Inline], ink: Ink) -> Vec<Span> {
    let mut spans = Vec::new();
    walk(setter, inlines, ink, &mut spans);
    spans
}

fn walk(setter: &mut Setter, inlines: &[Inline], ink: Ink, spans: &mut Vec<Span>) {
    for inline in inlines {
        match inline {
            Inline::Text { text } | Inline::Code { text } => spans.push(Span::plain(&text.replace('\n', " "), ink)),
            Inline::Figure(figure) => spans.push(Span::plain(&figure.text, ink)),
            Inline::Strong { text } => walk(setter, text, ink.voiced(Voice::Strong), spans),
            Inline::Emphasis { text } => walk(setter, text, ink.voiced(Voice::Italic), spans),
            Inline::Link { href, text } => match setter.target(href) {
                Some(target) => link(setter, target, text, ink, spans),
                None => walk(setter, text, ink, spans),
            },
            Inline::NoteMark { number, .. } => mark(setter, *number, ink, spans),
            Inline::LineBreak => spans.push(Span::plain("\n", ink)),
        }
    }
}

fn link(setter: &mut Setter, target: Target, text: &[Inline], ink: Ink, spans: &mut Vec<Span>) {
    let role = Role::Link(target, plain(text));
    let tag = setter.tree.below(ink.tag, role);
    walk(setter, text, ink.tagged(tag).coloured(setter.style.accent), spans);
}

fn mark(setter: &mut Setter, number: usize, ink: Ink, spans: &mut Vec<Span>) {
    let Some(note) = setter.note(number) else { return };
    let after_number = spans.last().is_some_and(|span| span.text.ends_with(|c: char| c.is_ascii_digit()));
    let tag = setter.tree.below(ink.tag, Role::Link(Target::Note(number), plain(&note.text)));
    let mut span = Span::plain("", ink.tagged(tag));
    // A mark right behind another, or behind a year, would read and extract as one number.
    let gap = if after_number { "\u{a0}" } else { "" };
    span.text = format!("{gap}{number}");
    span.size *= MARK_SIZE;
    span.rise = ink.set.size * MARK_RISE;
    span.note = Some(number);
    spans.push(span);
}
