//! Nested inlines become a flat list of stretches, each with its font role, size and element.

use crate::{
    present::document::{Inline, plain},
    render::pdf::{
        faces::FontRole,
        layout_context::{LayoutContext, TextFormat},
        shaping::ShapedText,
        structure_tree::{NodeId, Role, Target},
        style::{Colour, Pt},
    },
};

/// A stretch of text that is set alike.
pub struct Span {
    pub text: String,
    pub font_role: FontRole,
    pub size: Pt,
    pub colour: Colour,
    pub tag: Option<NodeId>,
    /// The note it is a mark of.
    pub note: Option<usize>,
}

impl Span {
    /// Text as the ink says.
    pub fn plain(text: &str, format: TextFormat) -> Self {
        Self {
            text: text.to_owned(),
            font_role: format.font_role,
            size: format.type_size.size,
            colour: format.colour,
            tag: format.tag,
            note: None,
        }
    }

    /// Some shaped part of it.
    pub fn shaped_span(&self, shaped: ShapedText) -> ShapedSpan {
        ShapedSpan { shaped, size: self.size, colour: self.colour, tag: self.tag, note: self.note }
    }
}

/// The stretches of inlines, in order.
pub fn flatten(context: &mut LayoutContext, inlines: &[Inline], format: TextFormat) -> Vec<Span> {
    let mut spans = Vec::new();
    walk(context, inlines, format, &mut spans);
    spans
}

fn walk(context: &mut LayoutContext, inlines: &[Inline], format: TextFormat, spans: &mut Vec<Span>) {
    for inline in inlines {
        match inline {
            Inline::Text { text } | Inline::Code { text } => spans.push(Span::plain(&text.replace('\n', " "), format)),
            // A number is not parted from its unit.
            Inline::Figure(figure) => spans.push(Span::plain(&figure.text.replace(' ', "\u{a0}"), format)),
            Inline::Strong { text } => walk(context, text, format.with_font(format.font_role.strong()), spans),
            Inline::Emphasis { text } => walk(context, text, format.with_font(format.font_role.italic()), spans),
            Inline::Link { href, text } => match context.target(href) {
                Some(target) => link(context, target, text, format, spans),
                None => walk(context, text, format, spans),
            },
            Inline::NoteMark { number, .. } => mark(context, *number, format, spans),
            Inline::LineBreak => spans.push(Span::plain("\n", format)),
        }
    }
}

fn link(context: &mut LayoutContext, target: Target, text: &[Inline], format: TextFormat, spans: &mut Vec<Span>) {
    let role = Role::Link(target, plain(text));
    let tag = context.tree.below(format.tag, role);
    walk(context, text, format.with_tag(tag).with_colour(context.style.accent), spans);
}

/// A mark is set in the face's own superior figures: they are drawn for their size, and stay on the line that they belong to
/// when text is copied or read aloud.
fn mark(context: &mut LayoutContext, number: usize, format: TextFormat, spans: &mut Vec<Span>) {
    let Some(note) = context.note(number) else { return };
    let after_mark = spans.last().is_some_and(|span| span.note.is_some());
    let reference = context.tree.below(format.tag, Role::Reference);
    let tag = context.tree.below(reference, Role::Link(Target::Note(number), plain(&note.text)));
    // A mark right behind another would read as one number.
    let gap = if after_mark { "\u{a0}" } else { "" };
    let text = format!("{gap}{}", superscript(number));
    spans.push(Span { note: Some(number), ..Span::plain(&text, format.with_tag(tag)) });
}

/// A number in superior figures.
pub fn superscript(number: usize) -> String {
    const FIGURES: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let figure = |c: char| c.to_digit(10).and_then(|digit| FIGURES.get(digit as usize)).copied().unwrap_or(c);
    number.to_string().chars().map(figure).collect()
}

/// A stretch of one face, ready to be placed.
pub struct ShapedSpan {
    pub shaped: ShapedText,
    pub size: Pt,
    pub colour: Colour,
    pub tag: Option<NodeId>,
    pub note: Option<usize>,
}
