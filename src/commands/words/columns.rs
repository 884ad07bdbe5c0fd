//! The columns of a file of translations: which separator it has, and which cells of a row are the id, the original and the
//! translation.

use std::sync::Arc;

use crate::{
    diag::{Diagnostic, Findings, Place, Source, nearest},
    import::csv_rows::{self, Cell},
};

/// The name of the column of ids. The other two are named by their languages.
pub const ID: &str = "id";
/// What separates cells: in the file that is written, in spreadsheet programs with a decimal comma, and in "tab delimited" files.
const SEPARATORS: [char; 3] = [',', ';', '\t'];

/// A row of a file.
#[derive(Debug)]
pub struct Row {
    pub id: Cell,
    pub original: Cell,
    pub translation: Cell,
}

/// The rows below the head. Findings: broken quotes, columns that are missing or stand twice, rows with too many cells.
pub fn rows(source: &Arc<Source>, original: &str, language: &str, findings: &mut Findings) -> Vec<Row> {
    let wanted = [ID, original, language];
    let found = |separator: char| {
        let head = csv_rows::first_row(source, separator).unwrap_or_default();
        wanted.iter().filter(|wanted| head.iter().any(|cell| name(cell) == **wanted)).count()
    };
    // The first of those that find most.
    let separator = SEPARATORS.into_iter().rev().max_by_key(|separator| found(*separator)).unwrap_or(',');
    let mut rows = csv_rows::rows(source, separator, findings).into_iter();
    let Some(head) = rows.next() else {
        if findings.is_empty() {
            let message =
                format!("`{}` is empty, expected the columns `{ID}`, `{original}`, `{language}`", source.path);
            findings.push(Diagnostic::error("csv", message));
        }
        return Vec::new();
    };
    let known = findings.len();
    let [id, before, after] = wanted.map(|wanted| column(&head, wanted, findings));
    if findings.len() > known {
        return Vec::new();
    }
    let mut found = Vec::new();
    for row in rows {
        if findings.len() >= csv_rows::MAX_FINDINGS {
            break;
        }
        if check_width(&row, head.len(), separator, findings) {
            let cell = |at: usize| row.get(at).cloned().or_else(|| blank_after(&row));
            if let (Some(id), Some(original), Some(translation)) = (cell(id), cell(before), cell(after)) {
                found.push(Row { id, original, translation });
            }
        }
    }
    found
}

fn name(cell: &Cell) -> &str {
    cell.text.trim()
}

/// The position of a column. Findings: there is none, or more than one.
fn column(head: &[Cell], wanted: &str, findings: &mut Findings) -> usize {
    let mut all = head.iter().enumerate().filter(|(_, cell)| name(cell) == wanted);
    let Some((at, cell)) = all.next() else {
        let finding = Diagnostic::error("csv", format!("there is no column `{wanted}`"));
        let near = nearest(wanted, head.iter().map(name));
        let label = near.map(|near| format!("is it `{near}`?")).unwrap_or_default();
        let names: Vec<String> = head.iter().map(|cell| format!("`{}`", name(cell))).collect();
        let finding = finding.note(format!("the columns are {}", names.join(", ")));
        findings.push(head_place(head).into_iter().fold(finding, |finding, place| finding.at(&place, label.as_str())));
        return 0;
    };
    if let Some((_, second)) = all.next() {
        let finding = Diagnostic::error("csv", format!("the column `{wanted}` stands twice"));
        findings.push(finding.at(&second.place, "").with(&cell.place, "first here"));
    }
    at
}

fn head_place(head: &[Cell]) -> Option<Place> {
    Some(Place { end: head.last()?.place.end, ..head.first()?.place.clone() })
}

/// Whether a row has no more cells than the head. Rows may lack cells at their end, which are blank.
fn check_width(row: &[Cell], columns: usize, separator: char, findings: &mut Findings) -> bool {
    let extra = row.iter().skip(columns).find(|cell| !cell.text.trim().is_empty());
    let finding = if let Some(extra) = extra {
        let message = format!("the row has {} cells, its head {columns}", row.len());
        let finding = Diagnostic::error("csv", message).at(&extra.place, "");
        finding.help(format!("write a text with `{}` in quotes", shown(separator)))
    } else if let [only] = row
        && only.text.contains(SEPARATORS)
    {
        let finding = Diagnostic::error("csv", format!("the row is one cell, expected {columns}"));
        let finding = finding.at(&only.place, "");
        finding.note("the spreadsheet program did not divide the rows when it opened the file")
    } else {
        return true;
    };
    findings.push(finding);
    false
}

fn shown(separator: char) -> String {
    if separator == '\t' { String::from("tab") } else { separator.to_string() }
}

/// A blank cell at the end of a row.
fn blank_after(row: &[Cell]) -> Option<Cell> {
    let last = &row.last()?.place;
    Some(Cell { text: String::new(), place: Place { start: last.end, ..last.clone() } })
}
