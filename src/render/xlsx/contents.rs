//! The first sheet: facts about the release, and a link to each table.

use rust_xlsxwriter::{Url, Worksheet, XlsxError};

use super::{
    cells::write_text,
    sheet::{A4_PAPER, quote_sheet_name},
    styles,
    text::{join_runs, runs, truncate},
};
use crate::present::document::{Document, plain};

/// Writes the sheet; `names` are the names of all sheets, this one first.
pub(super) fn write(document: &Document, names: &[String], sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name(&names[0])?.set_screen_gridlines(false).set_column_width(0, 90)?.set_column_width(1, 24)?;
    let mut row = write_release_info(document, sheet)?;
    let mut page = "";
    for ((on, table), name) in document.tables().into_iter().zip(names.iter().skip(1)) {
        if on.id != page {
            page = &on.id;
            row += 1;
            write_text(sheet, (row, 0), &on.title, styles::heading())?;
            sheet.write_blank(row, 1, &styles::heading())?;
            row += 1;
        }
        let caption = plain(&table.caption);
        let text = if caption.is_empty() { name.as_str() } else { truncate(&caption) };
        let link = Url::new(format!("internal:{}!A1", quote_sheet_name(name))).set_text(text);
        sheet.write_url_with_format(row, 0, link, &styles::with_quote_prefix(styles::link(), text))?;
        write_text(sheet, (row, 1), name, styles::muted())?;
        row += 1;
    }
    let legend = document.words.get("workbook_legend").map_or("", String::as_str);
    write_text(sheet, (row + 1, 0), legend, styles::muted())?;
    sheet.set_paper_size(A4_PAPER).set_print_fit_to_pages(1, 0);
    Ok(())
}

/// Writes draft label, issuer, title, date and description; returns the next free row.
fn write_release_info(document: &Document, sheet: &mut Worksheet) -> Result<u32, XlsxError> {
    let mut row = 0;
    let draft = document.draft.as_ref().map_or("", |draft| &draft.mark);
    let title = join_runs(&runs(&document.title));
    for (text, format) in [
        (draft, styles::draft_mark()),
        (&document.issuer, styles::muted()),
        (&title, styles::title()),
        (&document.date.text, styles::text()),
        (&document.description, styles::muted()),
    ] {
        if !text.is_empty() {
            write_text(sheet, (row, 0), text, format)?;
            row += 1;
        }
    }
    Ok(row)
}
