//! Formats of cells: fonts, colours, borders and alignment.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatScript};

use crate::present::document::RowKind;

const FONT: &str = "Arial";
const FONT_SIZE: f64 = 10.0;
/// In points: the height of a line of text, and the greatest height of a row.
const LINE_HEIGHT: f64 = 13.5;
const MAX_ROW_HEIGHT: f64 = 409.0;
/// Figures that are inputs, not sums.
const INPUT_COLOUR: Color = Color::RGB(0x0000FF);
const MUTED_COLOUR: Color = Color::RGB(0x595959);
const DRAFT_COLOUR: Color = Color::RGB(0xB00020);
const HEAD_COLOUR: Color = Color::RGB(0xEAEEF3);
const RULE_COLOUR: Color = Color::RGB(0x808080);

/// The height of a row with this many lines, in points.
pub(super) fn height(lines: u32) -> f64 {
    (f64::from(lines) * LINE_HEIGHT).min(MAX_ROW_HEIGHT)
}

/// Plain text, the base of all other formats.
pub(super) fn text() -> Format {
    Format::new().set_font_name(FONT).set_font_size(FONT_SIZE)
}

/// A note: text that wraps within its cell.
pub(super) fn note() -> Format {
    text().set_text_wrap().set_align(FormatAlign::Top)
}

/// The title of a sheet.
pub(super) fn title() -> Format {
    text().set_bold().set_font_size(14)
}

/// Text of lesser importance.
pub(super) fn muted() -> Format {
    text().set_font_color(MUTED_COLOUR)
}

/// The draft label.
pub(super) fn draft_mark() -> Format {
    text().set_bold().set_font_color(DRAFT_COLOUR)
}

/// A link to another sheet.
pub(super) fn link() -> Format {
    text().set_font_color(INPUT_COLOUR)
}

/// A heading of the contents sheet.
pub(super) fn heading() -> Format {
    text().set_bold().set_border_bottom(FormatBorder::Thin).set_border_bottom_color(RULE_COLOUR)
}

/// A head cell; `is_stub` is that above the labels.
pub(super) fn head(is_stub: bool) -> Format {
    let align = if is_stub { FormatAlign::Left } else { FormatAlign::Center };
    let format = text().set_bold().set_text_wrap().set_align(align).set_align(FormatAlign::Bottom);
    format.set_background_color(HEAD_COLOUR).set_border_bottom(FormatBorder::Thin).set_border_bottom_color(RULE_COLOUR)
}

/// A row's label.
pub(super) fn label(kind: RowKind, indent: u8) -> Format {
    with_weight(text(), kind).set_text_wrap().set_align(FormatAlign::Left).set_indent(indent)
}

/// A number; `code` is its number format, `is_input` is false for sums.
pub(super) fn number(kind: RowKind, code: &str, is_input: bool) -> Format {
    let format = with_rules(with_weight(text(), kind), kind).set_num_format(code);
    if is_input { format.set_font_color(INPUT_COLOUR) } else { format }
}

/// A mark for a missing number, or a number with too many digits for a cell.
pub(super) fn mark(kind: RowKind, code: &str) -> Format {
    with_rules(with_weight(text(), kind), kind).set_num_format(code).set_align(FormatAlign::Right)
}

/// Words beside numbers, or, if `is_left`, in a column of words.
pub(super) fn words(kind: RowKind, is_left: bool) -> Format {
    let format = with_rules(with_weight(text(), kind), kind).set_num_format("@").set_text_wrap();
    // The indent keeps words apart from the numbers before them.
    if is_left { format.set_align(FormatAlign::Left).set_indent(1) } else { format.set_align(FormatAlign::Right) }
}

/// A note mark within a text.
pub(super) fn note_mark(format: &Format) -> Format {
    format.clone().set_font_script(FormatScript::Superscript)
}

/// Makes headings, subtotals and totals bold.
fn with_weight(format: Format, kind: RowKind) -> Format {
    if kind == RowKind::Item { format } else { format.set_bold() }
}

/// Adds a rule above subtotals and totals, and a double rule below totals.
fn with_rules(format: Format, kind: RowKind) -> Format {
    match kind {
        RowKind::Heading | RowKind::Item => format,
        RowKind::Subtotal => format.set_border_top(FormatBorder::Thin),
        RowKind::Total => format.set_border_top(FormatBorder::Thin).set_border_bottom(FormatBorder::Double),
    }
}

/// Sets the quote prefix on a text that would become a formula when edited.
pub(super) fn with_quote_prefix(format: Format, text: &str) -> Format {
    if text.starts_with(['=', '+', '-', '@']) { format.set_quote_prefix() } else { format }
}
