//! Nested inlines become a flat list of stretches, each with its voice, size and element.

use crate::{
    present::document::{Inline, plain},
    render::pdf::{
        faces::FontRole,
        layout_context::{LayoutContext, TextFormat},
        shaping::Shaped,
        structure_tree::{NodeId, Role, Target},
        style::{Colour, Pt},
    },
};

/// A stretch of text that is set alike.
pub struct Span {
    pub text: String,
    pub voice: FontRole,
    pub size: Pt,
    pub colour: Colour,
    pub tag: Option<NodeId>,
    /// The note it is a mark of.
    pub note: Option<usize>,
}

impl Span {
    /// Text as the ink says.
    pub fn plain(text: &str, ink: TextFormat) -> Self {
        Self {
            text: text.to_owned(),
            voice: ink.voice,
            size: ink.set.size,
            colour: ink.colour,
            tag: ink.tag,
            note: None,
        }
    }

    /// Some shaped part of it.
    pub fn piece(&self, shaped: Shaped) -> Piece {
        Piece { shaped, size: self.size, colour: self.colour, tag: self.tag, note: self.note }
    }
}

/// The stretches of inlines, in order.
pub fn flatten(setter: &mut LayoutContext, inlines: &[Inline], ink: TextFormat) -> Vec<Span> {
    let mut spans = Vec::new();
    walk(setter, inlines, ink, &mut spans);
    spans
}

fn walk(setter: &mut LayoutContext, inlines: &[Inline], ink: TextFormat, spans: &mut Vec<Span>) {
    for inline in inlines {
        match inline {
            Inline::Text { text } | Inline::Code { text } => spans.push(Span::plain(&text.replace('\n', " "), ink)),
            // A number is not parted from its unit.
            Inline::Figure(figure) => spans.push(Span::plain(&figure.text.replace(' ', "\u{a0}"), ink)),
            Inline::Strong { text } => walk(setter, text, ink.voiced(ink.voice.strong()), spans),
            Inline::Emphasis { text } => walk(setter, text, ink.voiced(ink.voice.italic()), spans),
            Inline::Link { href, text } => match setter.target(href) {
                Some(target) => link(setter, target, text, ink, spans),
                None => walk(setter, text, ink, spans),
            },
            Inline::NoteMark { number, .. } => mark(setter, *number, ink, spans),
            Inline::LineBreak => spans.push(Span::plain("\n", ink)),
        }
    }
}

fn link(setter: &mut LayoutContext, target: Target, text: &[Inline], ink: TextFormat, spans: &mut Vec<Span>) {
    let role = Role::Link(target, plain(text));
    let tag = setter.tree.below(ink.tag, role);
    walk(setter, text, ink.tagged(tag).coloured(setter.style.accent), spans);
}

/// A mark is set in the face's own superior figures: they are drawn for their size, and stay on the line that they belong to
/// when text is copied or read aloud.
fn mark(setter: &mut LayoutContext, number: usize, ink: TextFormat, spans: &mut Vec<Span>) {
    let Some(note) = setter.note(number) else { return };
    let after_mark = spans.last().is_some_and(|span| span.note.is_some());
    let reference = setter.tree.below(ink.tag, Role::Reference);
    let tag = setter.tree.below(reference, Role::Link(Target::Note(number), plain(&note.text)));
    // A mark right behind another would read as one number.
    let gap = if after_mark { "\u{a0}" } else { "" };
    let text = format!("{gap}{}", superior(number));
    spans.push(Span { note: Some(number), ..Span::plain(&text, ink.tagged(tag)) });
}

/// A number in superior figures.
pub fn superior(number: usize) -> String {
    const FIGURES: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let figure = |c: char| c.to_digit(10).and_then(|digit| FIGURES.get(digit as usize)).copied().unwrap_or(c);
    number.to_string().chars().map(figure).collect()
}

/// A stretch of one face, ready to be placed.
pub struct Piece {
    pub shaped: Shaped,
    pub size: Pt,
    pub colour: Colour,
    pub tag: Option<NodeId>,
    pub note: Option<usize>,
}
