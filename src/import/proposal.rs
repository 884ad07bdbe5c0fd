//! Finds what a sheet holds that no statement takes yet: the columns of keys, labels and amounts, and a line for each row.

use std::{collections::BTreeMap, path::Path};

use super::{
    csv::TextForm,
    number::number,
    sheet::{Cell, Position, Sheet},
    workbook::Workbook,
};
use crate::{
    diag::{Diagnostic, nearest},
    model::{Decimal, Encoding},
};

/// The decimals that are kept of a number in binary floating point.
const DECIMALS: u32 = 9;

/// What a statement of a sheet could be.
#[derive(Debug)]
pub struct Proposal {
    pub file: String,
    /// Empty in a CSV file.
    pub sheet: String,
    pub sha256: String,
    /// The column of keys, from 0.
    pub key: u32,
    pub columns: Vec<ProposedColumn>,
    pub lines: Vec<ProposedLine>,
}

/// A column of amounts.
#[derive(Debug)]
pub struct ProposedColumn {
    /// From 0.
    pub column: u32,
    /// The text above its amounts; empty if there is none.
    pub head: String,
    /// Whether the head is that of this column alone.
    pub is_told_by_head: bool,
}

/// A row.
#[derive(Debug)]
pub struct ProposedLine {
    pub label: String,
    /// None if another row has the same key, or none.
    pub key: Option<String>,
    /// One for each column; empty in a heading.
    pub amounts: Vec<ProposedAmount>,
}

/// The amount of a cell.
#[derive(Debug)]
pub enum ProposedAmount {
    Empty,
    Number(Decimal),
    /// The cell, and what it has instead.
    Refused(String),
}

/// Reads a sheet of `root`/`path`, the only one if none is named. Errors: it cannot be read, or no amounts with labels are found.
pub fn propose(root: &Path, path: &str, sheet: Option<&str>, encoding: Encoding) -> Result<Proposal, Diagnostic> {
    let mut workbook = Workbook::open(root, path, TextForm { encoding, separator: None })?;
    let names: Vec<&str> = workbook.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    let listed = names.iter().take(20).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let found = match (sheet, workbook.sheets.as_slice()) {
        (None, [only]) => Some(only),
        (None, _) => {
            let finding = Diagnostic::error("source", format!("`{path}` has {} sheets", names.len()));
            return Err(finding.help(format!("`--sheet` names one of {listed}")));
        }
        (Some(wanted), sheets) => sheets.iter().find(|sheet| sheet.name == wanted),
    };
    let Some(name) = found.cloned() else {
        let wanted = sheet.unwrap_or_default();
        let finding = Diagnostic::error("source", format!("`{path}` has no sheet `{wanted}`"));
        return Err(match nearest(wanted, names) {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding.note(format!("its sheets are {listed}")),
        });
    };
    let sheet = workbook.sheet(&name)?;
    let columns = Columns::find(&sheet).ok_or_else(|| {
        let message = format!("`{path}` has no column of amounts to the right of a column of texts");
        Diagnostic::error("source", message)
    })?;
    Ok(Proposal {
        file: path.to_owned(),
        sheet: name.name,
        sha256: workbook.sha256.clone(),
        key: columns.key,
        columns: columns.proposed(&sheet),
        lines: columns.lines(&sheet),
    })
}

/// The columns of a sheet.
struct Columns {
    key: u32,
    label: u32,
    amounts: Vec<u32>,
    /// The first row with a label and an amount.
    first_row: u32,
}

impl Columns {
    /// The labels are the column that has most texts, and the first of such. Right of it, the amounts are the columns that have at
    /// least half as many numbers as the one that has most; left of it, codes that tell all rows are the keys.
    fn find(sheet: &Sheet) -> Option<Self> {
        let (mut labels, mut numbers) = (BTreeMap::<u32, usize>::new(), BTreeMap::<u32, usize>::new());
        for ((_, column), cell) in sheet.cells() {
            if cell.is_label() {
                *labels.entry(column).or_default() += 1;
            } else if matches!(number(Some(cell)), Ok(Some(_))) {
                *numbers.entry(column).or_default() += 1;
            }
        }
        let most = *labels.values().max()?;
        let label = *labels.iter().find(|(_, count)| **count == most)?.0;
        let right = || numbers.iter().filter(|(column, _)| **column > label);
        let most = *right().map(|(_, count)| count).max()?;
        let amounts: Vec<u32> = right().filter(|(_, count)| **count * 2 >= most).map(|(column, _)| *column).collect();
        let has_amount =
            |row: u32| amounts.iter().any(|column| matches!(number(sheet.cell((row, *column))), Ok(Some(_))));
        let labelled = sheet.cells().filter(|((_, column), cell)| *column == label && cell.is_label());
        let rows: Vec<u32> = labelled.map(|((row, _), _)| row).filter(|row| has_amount(*row)).collect();
        let first_row = *rows.first()?;
        let tells_all = |column: &u32| {
            let keys: Vec<String> = rows.iter().map(|row| text(sheet, (*row, *column))).collect();
            let distinct: std::collections::BTreeSet<&String> = keys.iter().collect();
            keys.iter().all(|key| !key.is_empty()) && distinct.len() == keys.len()
        };
        let key = (0..label).find(tells_all).unwrap_or(label);
        Some(Self { key, label, amounts, first_row })
    }

    fn proposed(&self, sheet: &Sheet) -> Vec<ProposedColumn> {
        let heads: Vec<Option<Position>> = self.amounts.iter().map(|column| self.head(sheet, *column)).collect();
        let columns = self.amounts.iter().zip(&heads);
        columns
            .map(|(column, position)| {
                let head = position.map(|position| text(sheet, position)).unwrap_or_default();
                let others = sheet.cells().filter(|((_, other), cell)| other != column && cell.text() == head);
                let is_merged = position.and_then(|position| sheet.merged_at(position)).is_some();
                let is_told_by_head = !head.is_empty() && !is_merged && others.count() == 0;
                ProposedColumn { column: *column, head, is_told_by_head }
            })
            .collect()
    }

    /// The nearest cell above the amounts of a column.
    fn head(&self, sheet: &Sheet, column: u32) -> Option<Position> {
        let above = sheet.cells().take_while(|((row, _), _)| *row < self.first_row);
        above.filter(|((_, at), _)| *at == column).last().map(|(position, _)| position)
    }

    fn lines(&self, sheet: &Sheet) -> Vec<ProposedLine> {
        let mut uses: BTreeMap<String, usize> = BTreeMap::new();
        for ((_, _), cell) in sheet.cells().filter(|((_, column), _)| *column == self.key) {
            *uses.entry(cell.text()).or_default() += 1;
        }
        let labelled = sheet.cells().filter(|((row, column), _)| *column == self.label && *row >= self.first_row);
        labelled
            .map(|((row, _), cell)| {
                let key = text(sheet, (row, self.key));
                let is_name = !key.is_empty() && !key.starts_with(['-', '=']) && uses.get(&key) == Some(&1);
                let amounts: Vec<ProposedAmount> =
                    self.amounts.iter().map(|column| amount(sheet, (row, *column))).collect();
                let is_heading = amounts.iter().all(|amount| matches!(amount, ProposedAmount::Empty));
                let amounts = if is_heading { Vec::new() } else { amounts };
                ProposedLine { label: cell.text(), key: is_name.then_some(key), amounts }
            })
            .collect()
    }
}

fn text(sheet: &Sheet, position: Position) -> String {
    sheet.cell(position).map(Cell::text).unwrap_or_default()
}

fn amount(sheet: &Sheet, position: Position) -> ProposedAmount {
    let cell = sheet.cell(position);
    match number(cell) {
        Ok(Some(found)) if found.value.is_zero() && cell.is_some_and(|cell| cell.formula.is_some()) => {
            let name = sheet.cell_name(position);
            ProposedAmount::Refused(format!("{name} has a formula with the value 0, as one that was never calculated"))
        }
        Ok(None) => ProposedAmount::Empty,
        Ok(Some(found)) => ProposedAmount::Number(found.value.round_dp(DECIMALS).normalize()),
        Err(what) => ProposedAmount::Refused(format!("{} {what}", sheet.cell_name(position))),
    }
}
