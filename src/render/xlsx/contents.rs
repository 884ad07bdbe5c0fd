//! The first sheet: what the release is, and the way to each table.

use rust_xlsxwriter::{Url, Worksheet, XlsxError};

use super::{
    cells::write_text,
    sheet::{PAPER, quoted},
    styles,
    text::{clipped, joined, runs},
};
use crate::present::document::Document;

/// Writes it; `names` are those of the sheets, its own first.
pub(super) fn write(document: &Document, names: &[String], sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name(&names[0])?.set_screen_gridlines(false).set_column_width(0, 90)?.set_column_width(1, 24)?;
    let mut row = about(document, sheet)?;
    let mut page = "";
    for ((on, table), name) in document.tables().into_iter().zip(names.iter().skip(1)) {
        if on.id != page {
            page = &on.id;
            row += 1;
            write_text(sheet, (row, 0), &on.title, styles::heading())?;
            sheet.write_blank(row, 1, &styles::heading())?;
            row += 1;
        }
        let caption = joined(&runs(&table.caption));
        let text = if caption.is_empty() { name.as_str() } else { clipped(&caption) };
        let link = Url::new(format!("internal:{}!A1", quoted(name))).set_text(text);
        sheet.write_url_with_format(row, 0, link, &styles::guarded(styles::link(), text))?;
        write_text(sheet, (row, 1), name, styles::quiet())?;
        row += 1;
    }
    let legend = document.words.get("workbook_legend").map_or("", String::as_str);
    write_text(sheet, (row + 1, 0), legend, styles::quiet())?;
    sheet.set_paper_size(PAPER).set_print_fit_to_pages(1, 0);
    Ok(())
}

/// Issuer, title, date; gives the next free row.
fn about(document: &Document, sheet: &mut Worksheet) -> Result<u32, XlsxError> {
    let mut row = 0;
    let draft = document.draft.as_ref().map_or("", |draft| &draft.mark);
    let title = joined(&runs(&document.title));
    for (text, format) in [
        (draft, styles::alarm()),
        (&document.issuer, styles::quiet()),
        (&title, styles::title()),
        (&document.date.text, styles::text()),
        (&document.description, styles::quiet()),
    ] {
        if !text.is_empty() {
            write_text(sheet, (row, 0), text, format)?;
            row += 1;
        }
    }
    Ok(row)
}
