//! Reads CSV files as sheets. Every cell is text; its row is its line in the file.

use std::sync::Arc;

use super::{
    csv_rows,
    sheet::{Cell, CellValue, MAX_CELLS, Position, Sheet},
    text_file::decode,
};
use crate::{
    diag::{Diagnostic, Findings, Source},
    model::Encoding,
};

/// The separators that are tried, the first of those that fit best first.
const SEPARATORS: [char; 3] = ['\t', ';', ','];
/// The rows by which the separator is found.
const SAMPLE: usize = 20;

/// How a text file is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TextForm {
    pub encoding: Encoding,
    /// None to find it out.
    pub separator: Option<char>,
}

/// Reads a file. Errors: it is in another encoding, its quotes are broken, or it is too large.
pub fn sheet(path: &str, bytes: &[u8], form: TextForm) -> Result<Sheet, Diagnostic> {
    let source = decode(path, bytes.to_vec(), form.encoding).map_err(|other| {
        let message = format!("`{path}` cannot be read: it is {}", other.what);
        let finding = Diagnostic::error("source", message);
        if other.is_shift_jis { finding.help("say it: `encoding = \"shift_jis\"`") } else { finding }
    })?;
    let mut findings = Findings::new();
    let separator = form.separator.unwrap_or_else(|| separator(&source));
    let rows = csv_rows::rows(&source, separator, &mut findings);
    if let Some(first) = findings.into_iter().next() {
        let line = first.place.as_ref().map_or(0, |(place, _)| source.line_column(place.start).0);
        let message = format!("`{path}` cannot be read: line {line} has {}", first.message);
        return Err(Diagnostic::error("source", message));
    }
    if rows.iter().map(Vec::len).sum::<usize>() > MAX_CELLS {
        let message = format!("`{path}` cannot be read: it has more than {MAX_CELLS} cells");
        return Err(Diagnostic::error("source", message));
    }
    let mut cells: Vec<(Position, Cell)> = Vec::new();
    for row in rows {
        let line = row.first().map_or(1, |cell| source.line_column(cell.place.start).0);
        let at = u32::try_from(line - 1).unwrap_or(u32::MAX);
        for (column, cell) in (0..).zip(row).filter(|(_, cell)| !cell.text.trim().is_empty()) {
            cells.push(((at, column), Cell::plain(CellValue::Text(cell.text))));
        }
    }
    Ok(Sheet::new("", cells, Vec::new()))
}

/// The separator that divides the first rows most evenly: into the same number of cells, more than one.
fn separator(source: &Arc<Source>) -> char {
    let text = &source.text;
    let end = text.match_indices('\n').nth(SAMPLE).map_or(text.len(), |(at, _)| at);
    let sample = Source::new(source.path.clone(), &text[..end]);
    let alike = |separator: char| {
        let rows = csv_rows::rows(&sample, separator, &mut Findings::new());
        let widths: Vec<usize> = rows.iter().map(Vec::len).filter(|width| *width > 1).collect();
        widths.iter().map(|width| widths.iter().filter(|other| *other == width).count()).max().unwrap_or(0)
    };
    let best = SEPARATORS.iter().rev().max_by_key(|separator| alike(**separator));
    best.copied().filter(|separator| alike(*separator) > 0).unwrap_or(',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_the_one_that_divides_rows_evenly() {
        let found = |text: &str| separator(&Source::new("a.csv", text));
        assert_eq!(found("code,name\n4000,\"Sales, net\"\n"), ',');
        assert_eq!(found("code;name;1\n4000;Sales;68,006\n4100;Other;1,234,567\n"), ';');
        assert_eq!(found("Trial balance\n\ncode\tname\n4000\tSales, net; all\n"), '\t');
        assert_eq!(found(""), ',');
    }
}
