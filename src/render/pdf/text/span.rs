//! Flattens nested inlines into spans, each with its font role, size and element.

use std::{borrow::Cow, rc::Rc};

use crate::{
    present::document::{Inline, Revision, ScriptPosition, plain, superscript},
    render::pdf::{
        faces::FontRole,
        layout_context::{LayoutContext, TextFormat},
        shaping::ShapedText,
        structure_tree::{NodeId, Role, Target},
        style::{Colour, Pt},
    },
};

/// The size of raised and lowered text, and how far it is moved, as shares of the type size.
const SCRIPT_SIZE: f32 = 0.66;
const SUPERSCRIPT_RISE: f32 = 0.33;
const SUBSCRIPT_DROP: f32 = 0.14;
/// The same of marks of notes that are more than a number.
const MARK_SIZE: f32 = 0.75;
const MARK_RISE: f32 = 0.22;

/// A span of text with one format.
pub struct Span<'t> {
    /// The text.
    pub text: Cow<'t, str>,
    /// The font.
    pub font_role: FontRole,
    /// The type size.
    pub size: Pt,
    /// The colour of the glyphs.
    pub colour: Colour,
    /// The element it belongs to.
    pub tag: Option<NodeId>,
    /// How far its baseline is above that of the line.
    pub rise: Pt,
    /// The number of the note, if it is a note mark.
    pub note: Option<usize>,
    /// Whether it is a figure of the dataset.
    pub is_figure: bool,
    /// What became of it, in a redline.
    pub revision: Option<Revision>,
}

impl<'t> Span<'t> {
    /// A span with the given format.
    pub fn plain(text: impl Into<Cow<'t, str>>, format: TextFormat) -> Self {
        Self {
            text: text.into(),
            font_role: format.font_role,
            size: format.type_size.size,
            colour: format.colour,
            tag: format.tag,
            rise: 0.0,
            note: None,
            is_figure: false,
            revision: format.revision,
        }
    }

    /// A shaped part of the span.
    pub fn shaped_span(&self, shaped: Rc<ShapedText>) -> ShapedSpan {
        let Self { size, colour, tag, rise, note, revision, .. } = *self;
        ShapedSpan { shaped, size, colour, tag, rise, note, revision }
    }
}

/// The spans of inlines, in order.
pub fn flatten<'t>(context: &mut LayoutContext, inlines: &'t [Inline], format: TextFormat) -> Vec<Span<'t>> {
    let mut spans = Vec::with_capacity(inlines.len());
    collect_spans(context, inlines, format, &mut spans);
    spans
}

fn collect_spans<'t>(
    context: &mut LayoutContext,
    inlines: &'t [Inline],
    format: TextFormat,
    spans: &mut Vec<Span<'t>>,
) {
    for inline in inlines {
        match inline {
            Inline::Text { text } | Inline::Code { text } => spans.push(Span::plain(replaced(text, '\n', " "), format)),
            // A number must not be separated from its unit.
            Inline::Figure(figure) => {
                let text = replaced(&figure.text, ' ', "\u{a0}");
                spans.push(Span { is_figure: true, ..Span::plain(text, format) });
            }
            Inline::Strong { text } => collect_spans(context, text, format.with_font(format.font_role.strong()), spans),
            Inline::Emphasis { text } => {
                collect_spans(context, text, format.with_font(format.font_role.italic()), spans)
            }
            Inline::Script { position, text } => spans.push(script(*position, text, format)),
            Inline::Link { href, text } => match context.target(href) {
                Some(target) => add_link(context, target, text, format, spans),
                None => collect_spans(context, text, format, spans),
            },
            Inline::NoteMark { number, .. } => add_note_mark(context, *number, format, spans),
            Inline::LineBreak => spans.push(Span::plain("\n", format)),
            Inline::Revised { how, text } => {
                let format = format.with_revision(*how, context.style);
                collect_spans(context, text, format, spans);
            }
        }
    }
}

/// A text with another for a character, which most texts do not have.
fn replaced<'t>(text: &'t str, from: char, to: &str) -> Cow<'t, str> {
    if text.contains(from) { Cow::Owned(text.replace(from, to)) } else { Cow::Borrowed(text) }
}

/// Raised or lowered text, smaller than the text around it.
fn script<'t>(position: ScriptPosition, text: &'t str, format: TextFormat) -> Span<'t> {
    let size = format.type_size.size;
    let rise = match position {
        ScriptPosition::Superscript => SUPERSCRIPT_RISE * size,
        ScriptPosition::Subscript => -SUBSCRIPT_DROP * size,
    };
    Span { size: SCRIPT_SIZE * size, rise, ..Span::plain(text, format) }
}

fn add_link<'t>(
    context: &mut LayoutContext,
    target: Target,
    text: &'t [Inline],
    format: TextFormat,
    spans: &mut Vec<Span<'t>>,
) {
    let role = Role::Link(target, plain(text));
    let tag = context.tree.add_below(format.tag, role);
    collect_spans(context, text, format.with_tag(tag).with_colour(context.style.accent), spans);
}

/// Adds a note mark in superscript digits of the font, which stay on their line when text is copied or read aloud.
fn add_note_mark(context: &mut LayoutContext, number: usize, format: TextFormat, spans: &mut Vec<Span>) {
    let Some(note) = context.note(number) else { return };
    let after_mark = spans.last().is_some_and(|span| span.note.is_some());
    let reference = context.tree.add_below(format.tag, Role::Reference);
    let tag = context.tree.add_below(reference, Role::Link(Target::Note(number), plain(&note.text)));
    // Two adjacent marks would read as one number.
    let gap = if after_mark { "\u{a0}" } else { "" };
    let span = match &note.mark {
        Some(mark) => mark_span(format!("{gap}{mark}"), format.with_tag(tag)),
        None => Span::plain(format!("{gap}{}", superscript(number)), format.with_tag(tag)),
    };
    spans.push(Span { note: Some(number), ..span });
}

/// A mark of signs and digits, raised and a little smaller than the text.
fn mark_span(mark: String, format: TextFormat<'_>) -> Span<'static> {
    let size = format.type_size.size;
    Span { size: MARK_SIZE * size, rise: MARK_RISE * size, ..Span::plain(mark, format) }
}

/// A shaped span of one face.
#[derive(Clone)]
pub struct ShapedSpan {
    /// Text and glyphs, shared with the shaper unless the line changes them.
    pub shaped: Rc<ShapedText>,
    /// The type size.
    pub size: Pt,
    /// The colour of the glyphs.
    pub colour: Colour,
    /// The element it belongs to.
    pub tag: Option<NodeId>,
    /// How far its baseline is above that of the line.
    pub rise: Pt,
    /// The number of the note, if it is a note mark.
    pub note: Option<usize>,
    /// What became of it, in a redline.
    pub revision: Option<Revision>,
}
