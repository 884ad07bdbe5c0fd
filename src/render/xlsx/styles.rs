//! How cells look.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatScript};

use crate::present::document::RowKind;

const FACE: &str = "Arial";
const SIZE: f64 = 10.0;
/// The height of a line of that size, and of the highest row there can be.
const LINE: f64 = 13.5;
const HIGHEST: f64 = 409.0;
/// Figures that are typed rather than summed.
const TYPED: Color = Color::RGB(0x0000FF);
const QUIET: Color = Color::RGB(0x595959);
const ALARM: Color = Color::RGB(0xB00020);
const BAND: Color = Color::RGB(0xEAEEF3);
const RULE: Color = Color::RGB(0x808080);

/// The height of a row of so many lines.
pub(super) fn height(lines: u32) -> f64 {
    (f64::from(lines) * LINE).min(HIGHEST)
}

/// Text.
pub(super) fn text() -> Format {
    Format::new().set_font_name(FACE).set_font_size(SIZE)
}

/// Text that keeps within its cell.
pub(super) fn prose() -> Format {
    text().set_text_wrap().set_align(FormatAlign::Top)
}

/// The title of a sheet.
pub(super) fn title() -> Format {
    text().set_bold().set_font_size(14)
}

/// What is between titles and figures.
pub(super) fn quiet() -> Format {
    text().set_font_color(QUIET)
}

/// The mark of a draft.
pub(super) fn alarm() -> Format {
    text().set_bold().set_font_color(ALARM)
}

/// A link to another sheet.
pub(super) fn link() -> Format {
    text().set_font_color(TYPED)
}

/// A heading of the contents.
pub(super) fn heading() -> Format {
    text().set_bold().set_border_bottom(FormatBorder::Thin).set_border_bottom_color(RULE)
}

/// A cell of a table's head: that of the labels, of a column, of a group of columns.
pub(super) fn head(is_stub: bool) -> Format {
    let align = if is_stub { FormatAlign::Left } else { FormatAlign::Center };
    let format = text().set_bold().set_text_wrap().set_align(align).set_align(FormatAlign::Bottom);
    format.set_background_color(BAND).set_border_bottom(FormatBorder::Thin).set_border_bottom_color(RULE)
}

/// A row's label.
pub(super) fn label(kind: RowKind, indent: u8) -> Format {
    weighed(text(), kind).set_text_wrap().set_align(FormatAlign::Left).set_indent(indent)
}

/// A number, typed or summed; `code` is its format.
pub(super) fn number(kind: RowKind, code: &str, typed: bool) -> Format {
    let format = ruled(weighed(text(), kind), kind).set_num_format(code);
    if typed { format.set_font_color(TYPED) } else { format }
}

/// A mark for a number that is not there, or a number that no cell can hold.
pub(super) fn mark(kind: RowKind, code: &str) -> Format {
    ruled(weighed(text(), kind), kind).set_num_format(code).set_align(FormatAlign::Right)
}

/// The mark of a note within a text.
pub(super) fn note_mark(format: &Format) -> Format {
    format.clone().set_font_script(FormatScript::Superscript)
}

/// Subtotals and totals are bold, as are headings.
fn weighed(format: Format, kind: RowKind) -> Format {
    if kind == RowKind::Item { format } else { format.set_bold() }
}

/// A rule over subtotals and totals, a double one under totals.
fn ruled(format: Format, kind: RowKind) -> Format {
    match kind {
        RowKind::Heading | RowKind::Item => format,
        RowKind::Subtotal => format.set_border_top(FormatBorder::Thin),
        RowKind::Total => format.set_border_top(FormatBorder::Thin).set_border_bottom(FormatBorder::Double),
    }
}

/// A text that a spreadsheet program would work out when somebody enters it again stays a text.
pub(super) fn guarded(format: Format, text: &str) -> Format {
    if text.starts_with(['=', '+', '-', '@']) { format.set_quote_prefix() } else { format }
}
