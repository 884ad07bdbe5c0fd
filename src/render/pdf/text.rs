//! Breaks inlines into lines: formatted spans, broken where Unicode allows, filled to a width.

mod borders;
mod line;
mod line_breaking;
#[cfg(test)]
mod line_tests;
mod punctuation;
mod span;
mod splitting;
mod word;

use super::{
    layout_context::{LayoutContext, TextFormat},
    style::Pt,
};
use crate::present::document::Inline;
pub use line::{Line, LineWidths};
use line_breaking::{fill_lines, line_count, narrowest_width};
use span::Span;
use word::{phrases, words};

/// Breaks inlines into lines no wider than `measure`. Text results in at least one line, no text in none.
pub fn break_lines(
    context: &mut LayoutContext,
    inlines: &[Inline],
    format: TextFormat,
    measure: impl Into<LineWidths>,
) -> Vec<Line> {
    if inlines.is_empty() {
        return Vec::new();
    }
    let spans = span::flatten(context, inlines, format);
    fill_lines(words(context, &spans, format), measure.into(), false)
}

/// Like `break_lines`, with straight edges on both sides if the language of the release has them.
pub fn break_running_lines(
    context: &mut LayoutContext,
    inlines: &[Inline],
    format: TextFormat,
    measure: impl Into<LineWidths>,
) -> Vec<Line> {
    let spans = span::flatten(context, inlines, format);
    let words = words(context, &spans, format);
    fill_lines(words, measure.into(), context.document.typesetting.justify)
}

/// Breaks inlines into as many lines as `width` requires, of about equal length, and between phrases where these fit: for titles
/// and heads.
pub fn break_lines_evenly(context: &mut LayoutContext, inlines: &[Inline], format: TextFormat, width: Pt) -> Vec<Line> {
    let spans = span::flatten(context, inlines, format);
    let words = phrases(words(context, &spans, format), width);
    let lines = line_count(&words.list, width);
    let width = if lines > 1 && width.is_finite() { narrowest_width(&words.list, lines, width) } else { width };
    fill_lines(words, width.into(), false)
}

/// Breaks plain text into lines no wider than `measure`.
pub fn break_plain_text(
    context: &mut LayoutContext,
    text: &str,
    format: TextFormat,
    measure: impl Into<LineWidths>,
) -> Vec<Line> {
    let spans = [Span::plain(text, format)];
    fill_lines(words(context, &spans, format), measure.into(), false)
}

/// The widths of the longest word, and of all text without line breaks, in points.
pub fn content_widths(context: &mut LayoutContext, inlines: &[Inline], format: TextFormat) -> (Pt, Pt) {
    if inlines.is_empty() {
        return (0.0, 0.0);
    }
    let spans = span::flatten(context, inlines, format.with_tag(None));
    let words = words(context, &spans, format).list;
    let longest = words.iter().map(|word| word.visible_width).fold(0.0, Pt::max);
    let mut line: Pt = 0.0;
    let mut widest: Pt = 0.0;
    for word in &words {
        widest = widest.max(line + word.visible_width);
        line = if word.ends_line { 0.0 } else { line + word.width };
    }
    (longest, widest)
}

/// The width that a head should have: that of its longest phrase up to `most`, or of its longest word.
pub fn phrase_width(context: &mut LayoutContext, inlines: &[Inline], format: TextFormat, most: Pt) -> Pt {
    let spans = span::flatten(context, inlines, format.with_tag(None));
    let words = phrases(words(context, &spans, format), most).list;
    words.iter().map(|word| word.visible_width).fold(0.0, Pt::max)
}

/// The narrowest widths at which inlines fit in two lines, in three, and so on, in points. Lines that end where they are
/// written are no fewer at any width.
pub fn widths_for_line_counts<const N: usize>(
    context: &mut LayoutContext,
    inlines: &[Inline],
    format: TextFormat,
) -> [Pt; N] {
    let spans = span::flatten(context, inlines, format.with_tag(None));
    let words = phrases(words(context, &spans, format), Pt::INFINITY).list;
    let all = words.iter().map(|word| word.width).sum();
    let least = words.iter().filter(|word| word.ends_line).count() + 1;
    std::array::from_fn(|more| narrowest_width(&words, least.max(2 + more), all))
}

/// Truncates a text to `room` with an ellipsis, at a space if there is one.
pub fn truncate(context: &mut LayoutContext, text: &str, format: TextFormat, room: Pt) -> String {
    let mut fits = |text: &str| context.width(format.font_role, text, format.type_size.size, format.place) <= room;
    if fits(text) {
        return text.to_owned();
    }
    let ends: Vec<usize> = text.char_indices().map(|(end, _)| end).collect();
    let fitting = ends.partition_point(|&end| fits(&format!("{}…", &text[..end])));
    let Some(&end) = fitting.checked_sub(1).and_then(|last| ends.get(last)) else { return String::new() };
    let head = &text[..end];
    let whole = if text[end..].starts_with(' ') { head } else { head.rsplit_once(' ').map_or(head, |(head, _)| head) };
    format!("{}…", whole.trim_end_matches([',', ';', ':', ' ']))
}
