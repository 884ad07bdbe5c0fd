//! The first sheet: facts about the release, and a link to each table.

use rust_xlsxwriter::{Url, Worksheet, XlsxError};

use super::{
    cells::{column_number, write_text},
    documents,
    sheet::{A4_PAPER, quote_sheet_name},
    styles,
    text::{join_runs, runs, truncate},
    words,
};
use crate::{
    present::document::{Document, Page, plain},
    render::editions::Editions,
};

/// The width of all columns of captions, and of the names of sheets, in digits.
const CAPTIONS_WIDTH: f64 = 90.0;
const NAMES_WIDTH: f64 = 24.0;
/// The least width of a column of captions.
const MIN_CAPTION_WIDTH: f64 = 50.0;

/// Writes the sheet; `names` are the names of all sheets, this one first. Captions have a column for each language.
pub(super) fn write(editions: &Editions, names: &[String], sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let languages = editions.translations().len() + 1;
    let name_column = column_number(languages)?;
    sheet.set_name(&names[0])?.set_screen_gridlines(false);
    for column in 0..name_column {
        let width = (CAPTIONS_WIDTH / f64::from(name_column)).max(MIN_CAPTION_WIDTH);
        sheet.set_column_width(column, width)?;
    }
    sheet.set_column_width(name_column, NAMES_WIDTH)?;
    let mut row = 0;
    for (number, document) in documents(editions).enumerate() {
        row = write_release_info(document, if number == 0 { row } else { row + 1 }, sheet)?;
    }
    let mut page = "";
    for ((on, table), name) in editions.original.tables().into_iter().zip(names.iter().skip(1)) {
        if on.id != page {
            page = &on.id;
            row += 1;
            write_page_titles(editions, on, row, sheet)?;
            row += 1;
        }
        let caption = plain(&table.caption);
        write_link(sheet, (row, 0), if caption.is_empty() { name } else { &caption }, name)?;
        for (edition, column) in editions.translations().iter().zip(1..) {
            let caption = edition.of_table(table).and_then(|table| table.caption()).unwrap_or_default();
            if !caption.is_empty() {
                write_link(sheet, (row, column), &caption, name)?;
            }
        }
        write_text(sheet, (row, name_column), name, styles::muted())?;
        row += 1;
    }
    for legend in words(editions, "workbook_legend") {
        row += 1;
        write_text(sheet, (row, 0), legend, styles::muted())?;
    }
    sheet.set_paper_size(A4_PAPER).set_print_fit_to_pages(1, 0);
    Ok(())
}

/// Writes the title of a page in each language that has the page.
fn write_page_titles(editions: &Editions, page: &Page, row: u32, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    write_text(sheet, (row, 0), &page.title, styles::heading())?;
    for (edition, column) in editions.translations().iter().zip(1..) {
        match edition.document.pages.iter().find(|other| other.id == page.id) {
            Some(page) => write_text(sheet, (row, column), &page.title, styles::heading())?,
            None => _ = sheet.write_blank(row, column, &styles::heading())?,
        }
    }
    sheet.write_blank(row, column_number(editions.translations().len() + 1)?, &styles::heading())?;
    Ok(())
}

/// Writes a link to the sheet of this name.
fn write_link(sheet: &mut Worksheet, (row, column): (u32, u16), text: &str, name: &str) -> Result<(), XlsxError> {
    let text = truncate(text);
    let link = Url::new(format!("internal:{}!A1", quote_sheet_name(name))).set_text(text);
    sheet.write_url_with_format(row, column, link, &styles::with_quote_prefix(styles::link(), text))?;
    Ok(())
}

/// Writes draft label, issuer, title, date and description from a row on; returns the next free row.
fn write_release_info(document: &Document, first: u32, sheet: &mut Worksheet) -> Result<u32, XlsxError> {
    let mut row = first;
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
