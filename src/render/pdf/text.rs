//! Inlines become lines: styled stretches, cut where Unicode allows, filled to a width.

mod line;
mod line_breaking;
#[cfg(test)]
mod line_tests;
mod span;
mod word;

use super::{
    layout_context::{LayoutContext, TextFormat},
    style::Pt,
};
use crate::present::document::Inline;
pub use line::{Line, Measure};
use line_breaking::{fill_lines, line_count, narrowest_width};
use span::Span;
pub use span::superscript;
use word::words;

/// Sets inlines in lines no wider than `measure`. There is at least one line, unless there is no text.
pub fn break_lines(
    context: &mut LayoutContext,
    inlines: &[Inline],
    format: TextFormat,
    measure: impl Into<Measure>,
) -> Vec<Line> {
    let spans = span::flatten(context, inlines, format);
    fill_lines(words(context, &spans, format), measure.into())
}

/// Sets inlines in as many lines as `width` asks for, and those of about one length: for titles and heads.
pub fn break_lines_evenly(context: &mut LayoutContext, inlines: &[Inline], format: TextFormat, width: Pt) -> Vec<Line> {
    let spans = span::flatten(context, inlines, format);
    let words = words(context, &spans, format);
    let lines = line_count(&words, width);
    let width = if lines > 1 && width.is_finite() { narrowest_width(&words, lines, width) } else { width };
    fill_lines(words, width.into())
}

/// Sets plain text in lines no wider than `measure`.
pub fn break_plain_text(
    context: &mut LayoutContext,
    text: &str,
    format: TextFormat,
    measure: impl Into<Measure>,
) -> Vec<Line> {
    let spans = [Span::plain(text, format)];
    fill_lines(words(context, &spans, format), measure.into())
}

/// The widths that inlines want, as (longest word, one line), in points.
pub fn widths(context: &mut LayoutContext, inlines: &[Inline], format: TextFormat) -> (Pt, Pt) {
    let spans = span::flatten(context, inlines, format.with_tag(None));
    let words = words(context, &spans, format);
    let longest = words.iter().map(|word| word.visible_width).fold(0.0, Pt::max);
    let mut line: Pt = 0.0;
    let mut widest: Pt = 0.0;
    for word in &words {
        widest = widest.max(line + word.visible_width);
        line = if word.ends_line { 0.0 } else { line + word.width };
    }
    (longest, widest)
}

/// The narrowest widths at which inlines fit in two lines, in three, and so on, in points.
pub fn widths_of_lines<const N: usize>(context: &mut LayoutContext, inlines: &[Inline], format: TextFormat) -> [Pt; N] {
    let spans = span::flatten(context, inlines, format.with_tag(None));
    let words = words(context, &spans, format);
    let all = words.iter().map(|word| word.width).sum();
    std::array::from_fn(|more| narrowest_width(&words, 2 + more, all))
}

/// As much of a text as has room, with an ellipsis for the rest. A word is not cut where there is a space before it.
pub fn truncate(context: &mut LayoutContext, text: &str, format: TextFormat, room: Pt) -> String {
    let mut fits = |text: &str| context.width(format.font_role, text, format.type_size.size, format.place) <= room;
    if fits(text) {
        return text.to_owned();
    }
    let ends: Vec<usize> = text.char_indices().map(|(end, _)| end).collect();
    let kept = ends.partition_point(|&end| fits(&format!("{}…", &text[..end])));
    let Some(&end) = kept.checked_sub(1).and_then(|last| ends.get(last)) else { return String::new() };
    let head = &text[..end];
    let whole = if text[end..].starts_with(' ') { head } else { head.rsplit_once(' ').map_or(head, |(head, _)| head) };
    format!("{}…", whole.trim_end_matches([',', ';', ':', ' ']))
}
