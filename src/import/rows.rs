//! Finds the rows and columns of a sheet that a statement names.

use std::collections::BTreeMap;

use super::sheet::{Cell, CellRange, Position, Sheet};
use crate::{
    diag::{Diagnostic, nearest},
    model::{ColumnName, RowName, SourceColumn, SourceKey, SourceRow, StatementSource, column_letters, column_number},
};

/// The most keys that are compared with one that is missing.
const MAX_COMPARISONS: usize = 5_000;

/// The keys of a sheet, each with its rows in order.
pub struct Keys<'s> {
    sheet: &'s Sheet,
    column: u32,
    rows: BTreeMap<String, Vec<u32>>,
}

impl<'s> Keys<'s> {
    /// The keys in a column.
    pub fn new(sheet: &'s Sheet, column: u32) -> Self {
        let mut rows: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for ((row, _), cell) in sheet.cells().filter(|((_, at), _)| *at == column) {
            let key = cell.text();
            if !key.is_empty() {
                rows.entry(key).or_default().push(row);
            }
        }
        Self { sheet, column, rows }
    }

    /// Every key with its rows.
    pub fn all(&self) -> impl Iterator<Item = (&str, &[u32])> {
        self.rows.iter().map(|(key, rows)| (key.as_str(), rows.as_slice()))
    }

    /// The key of a row, with the text beside it.
    pub fn of_row(&self, row: u32) -> SourceKey {
        let key = self.sheet.cell((row, self.column)).map(Cell::text).unwrap_or_default();
        SourceKey { key, beside: self.text_beside(row), cell: self.cell_name(row) }
    }

    /// The cell of the key of a row.
    fn cell_name(&self, row: u32) -> String {
        self.sheet.cell_name((row, self.column))
    }

    /// The first text in a row beside its key; empty if there is none.
    fn text_beside(&self, row: u32) -> String {
        let texts = self.sheet.row(row).filter(|(column, _)| *column != self.column).map(|(_, cell)| cell);
        texts.filter(|cell| cell.is_label()).map(Cell::text).next().unwrap_or_default()
    }

    /// The row that a line names. Errors: there is none, or more than one.
    pub fn row(&self, wanted: &SourceRow, names: &[(String, String)]) -> Result<u32, Diagnostic> {
        match &wanted.name {
            RowName::Key(key) => self.row_of_key(key, wanted),
            RowName::Defined(name) => self.row_of_name(name, wanted, names),
        }
    }

    fn row_of_key(&self, key: &str, wanted: &SourceRow) -> Result<u32, Diagnostic> {
        match self.rows.get(key).map(Vec::as_slice) {
            Some([row]) => Ok(*row),
            Some(rows) => {
                let cells: Vec<String> = rows.iter().take(3).map(|row| self.cell_name(*row)).collect();
                let message = format!("the source has the key `{key}` {} times", rows.len());
                let finding = Diagnostic::error("source", message).at(&wanted.place, cells.join(", "));
                Err(finding.note("a defined name tells one of them: `from = \"=Name\"`"))
            }
            None => {
                let message = format!("the source has no key `{key}` in column {}", column_letters(self.column));
                let near = nearest(key, self.rows.keys().map(String::as_str).take(MAX_COMPARISONS));
                let label = near.map(|near| format!("did you mean `{near}`?")).unwrap_or_default();
                Err(Diagnostic::error("source", message).at(&wanted.place, label))
            }
        }
    }

    fn row_of_name(&self, name: &str, wanted: &SourceRow, names: &[(String, String)]) -> Result<u32, Diagnostic> {
        let refused = |message: String| Diagnostic::error("source", message).at(&wanted.place, "");
        let Some((_, meaning)) = names.iter().find(|(known, _)| known == name) else {
            let near = nearest(name, names.iter().map(|(known, _)| known.as_str()).take(MAX_COMPARISONS));
            let label = near.map(|near| format!("did you mean `{near}`?")).unwrap_or_default();
            let message = format!("the source defines no name `{name}`");
            return Err(Diagnostic::error("source", message).at(&wanted.place, label));
        };
        let row = defined_range(meaning).filter(|(_, range)| range.first.0 == range.last.0);
        let Some((sheet, range)) = row else {
            return Err(refused(format!("the name `{name}` is defined as `{meaning}`, expected cells of one row")));
        };
        if sheet != self.sheet.name {
            return Err(refused(format!(
                "the name `{name}` is of the sheet `{sheet}`, expected `{}`",
                self.sheet.name
            )));
        }
        Ok(range.first.0)
    }
}

/// The column that a statement names. Errors: no cell or several have the text of its head.
pub fn column(sheet: &Sheet, wanted: &SourceColumn) -> Result<u32, Diagnostic> {
    let head = match &wanted.column.value {
        ColumnName::Letters(column) => return Ok(*column),
        ColumnName::Head(head) => head,
    };
    let place = &wanted.column.place;
    let heads = || sheet.cells().filter(|(_, cell)| cell.formula.is_none() || !cell.text().is_empty());
    let mut found: Vec<Position> = Vec::new();
    for (position, _) in heads().filter(|(_, cell)| cell.text() == *head) {
        if !found.iter().any(|known| known.1 == position.1) {
            found.push(position);
        }
    }
    match found.as_slice() {
        [position] => match sheet.merged_at(*position).filter(|range| range.first.1 != range.last.1) {
            Some(range) => {
                let message = format!("the head `{head}` is merged over several columns, expected one");
                Err(Diagnostic::error("source", message)
                    .at(place, range_name(sheet, range))
                    .help("name the column by its letters"))
            }
            None => Ok(position.1),
        },
        [] => {
            let texts: Vec<String> = heads().take(MAX_COMPARISONS).map(|(_, cell)| cell.text()).collect();
            let near = nearest(head, texts.iter().map(String::as_str));
            let label = near.map(|near| format!("did you mean `{near}`?")).unwrap_or_default();
            Err(Diagnostic::error("source", format!("the source has no cell `{head}`")).at(place, label))
        }
        several => {
            let cells: Vec<String> = several.iter().take(4).map(|position| sheet.cell_name(*position)).collect();
            let message = format!("several columns of the source have the head `{head}`");
            Err(Diagnostic::error("source", message).at(place, cells.join(", ")).help("name the column by its letters"))
        }
    }
}

/// The name of a range, `PL!D12:E12`.
pub fn range_name(sheet: &Sheet, range: &CellRange) -> String {
    format!("{}:{}{}", sheet.cell_name(range.first), column_letters(range.last.1), range.last.0 + 1)
}

/// The sheet and the cells that a name is defined as: `'P & L'!$D$12:$E$12`. None for constants and formulas.
fn defined_range(meaning: &str) -> Option<(String, CellRange)> {
    let (sheet, cells) = meaning.trim_start_matches('=').rsplit_once('!')?;
    let quoted = sheet.strip_prefix('\'').and_then(|sheet| sheet.strip_suffix('\''));
    let sheet = quoted.map_or_else(|| sheet.to_owned(), |sheet| sheet.replace("''", "'"));
    let (first, last) = cells.split_once(':').unwrap_or((cells, cells));
    Some((sheet, CellRange { first: cell_position(first)?, last: cell_position(last)? }))
}

/// The position of `$E$12`; of a whole row, `$12`, that of its first cell.
fn cell_position(cell: &str) -> Option<Position> {
    let cell = cell.replace('$', "");
    let digits = cell.find(|letter: char| letter.is_ascii_digit())?;
    let (letters, row) = cell.split_at(digits);
    let row: u32 = row.parse().ok()?;
    let column = if letters.is_empty() { 0 } else { column_number(letters)? };
    Some((row.checked_sub(1)?, column))
}

/// Whether two sources name keys of one column of one sheet.
pub fn have_same_keys(one: &StatementSource, other: &StatementSource) -> bool {
    let sheet = |source: &StatementSource| source.sheet.as_ref().map(|sheet| sheet.value.clone());
    one.file.value == other.file.value && sheet(one) == sheet(other) && one.key.value == other.key.value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_defined_as_cells_of_a_sheet() {
        let range = |meaning| defined_range(meaning).map(|(sheet, range)| (sheet, range.first, range.last));
        assert_eq!(range("PL!$E$12"), Some(("PL".into(), (11, 4), (11, 4))));
        assert_eq!(range("'P & L''s'!$D$12:$E$12"), Some(("P & L's".into(), (11, 3), (11, 4))));
        assert_eq!(range("PL!$12:$12"), Some(("PL".into(), (11, 0), (11, 0))));
        assert_eq!(range("PL!#REF!"), None);
        assert_eq!(range("0.1"), None);
    }
}
