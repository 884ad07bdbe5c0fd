//! Reads the double entry in `tests/published/`; its README says what the files hold.

use super::reading::{Row, Table, tidy};
use std::fs;
use std::path::Path;

/// The published release as transcribed.
pub struct Published {
    pub tables: Vec<Table>,
    /// Headings, paragraphs, list items and unit lines, in the order of print.
    pub narrative: Vec<String>,
    /// The footnotes' texts, from number 1.
    pub notes: Vec<String>,
}

/// Reads the whole transcription; an error names the file and the line.
pub fn read(folder: &Path) -> Result<Published, String> {
    let tables_folder = folder.join("tables");
    let entries = fs::read_dir(&tables_folder).map_err(|error| format!("{}: {error}", tables_folder.display()))?;
    let mut paths = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| format!("{}: {error}", tables_folder.display()))?;
    paths.sort();
    let mut tables = Vec::new();
    for path in paths {
        tables.push(table(&load(&path)?).map_err(|error| format!("{}: {error}", path.display()))?);
    }
    let narrative = load(&folder.join("narrative.txt"))?.lines().map(tidy).collect();
    let notes = load(&folder.join("notes.txt"))?;
    let notes = notes.lines().enumerate().map(|(index, line)| note(index + 1, line)).collect::<Result<_, _>>()?;
    Ok(Published { tables, narrative, notes })
}

fn load(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn note(number: usize, line: &str) -> Result<String, String> {
    let text =
        line.strip_prefix(&format!("{number}\t")).ok_or(format!("notes.txt: line {number} is not note {number}"))?;
    Ok(tidy(text))
}

fn table(source: &str) -> Result<Table, String> {
    let mut table = Table::default();
    for (index, line) in source.lines().enumerate() {
        if let Some(caption) = line.strip_prefix("# caption: ") {
            table.caption = Some(tidy(caption));
        } else if let Some(columns) = line.strip_prefix("head\t") {
            table.columns = columns.split('\t').map(tidy).collect();
        } else if !line.starts_with("# ") {
            let mut fields = line.split('\t');
            let label = tidy(fields.next().unwrap_or_default());
            let cells: Vec<String> = fields.map(str::to_owned).collect();
            if cells.len() != table.columns.len() {
                return Err(format!("line {} has {} cells, expected {}", index + 1, cells.len(), table.columns.len()));
            }
            table.rows.push(Row { label, cells });
        }
    }
    Ok(table)
}

#[test]
fn a_row_with_a_cell_too_few_is_named() {
    let error = table("# caption: A\nhead\tFY2008\tFY2009\nRevenues\t1").expect_err("a cell is missing");
    assert_eq!(error, "line 3 has 1 cells, expected 2");
}
