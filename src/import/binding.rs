//! Reads the amounts of a statement from the cells of its source.

use std::collections::BTreeSet;

use super::{
    number::{CellNumber, number},
    rows::{Keys, column, range_name},
    sheet::{Cell, Position, Sheet},
    unit_mismatch::{Refusal, unit_mismatch},
};
use crate::{
    diag::{Diagnostic, Place},
    model::{
        ColumnName, Decimal, Entry, Line, Release, Scale, SourceAmount, SourceColumn, SourceReading, Statement,
        StatementSource, Unit,
    },
};

/// How far from a whole number of its last place an amount may be: what binary floating point adds to sums.
const TOLERANCE: Decimal = Decimal::from_parts(1, 0, 0, false, 9);

/// A sheet and what its workbook says beside it.
pub struct OpenSheet<'a> {
    pub sheet: &'a Sheet,
    pub is_hidden: bool,
    pub names: &'a [(String, String)],
    pub sha256: &'a str,
}

/// The amounts of the statement at a position of the release that lines take from its source.
pub fn bind(release: &Release, statement: usize, source: &StatementSource, open: &OpenSheet) -> SourceReading {
    let mut reading = SourceReading {
        statement,
        sha256: open.sha256.to_owned(),
        is_hidden: open.is_hidden,
        amounts: Vec::new(),
        findings: Vec::new(),
        untaken: Vec::new(),
        hidden: Vec::new(),
    };
    let Some(bound) = release.statements.get(statement) else { return reading };
    let keys = Keys::new(open.sheet, source.key.value);
    let mut columns: Vec<(&SourceColumn, u32)> = Vec::new();
    for wanted in &source.columns {
        match column(open.sheet, wanted) {
            Ok(column) => columns.push((wanted, column)),
            Err(finding) => reading.findings.push(finding),
        }
    }
    let mut taken = BTreeSet::new();
    let (mut refused, mut compared, mut all) = (Vec::new(), Vec::new(), 0);
    for (at, line) in bound.lines.iter().enumerate().filter(|(_, line)| !line.from.is_empty()) {
        let Some(rows) = rows(line, &keys, open.names, &mut reading.findings) else { continue };
        taken.extend(rows.iter().map(|(row, _)| *row));
        let line = BoundLine { release, statement: bound, line, source, sheet: open.sheet };
        for (wanted, column) in &columns {
            all += 1;
            compared.extend(line.compared(&rows, wanted, *column));
            match line.amount(at, &rows, wanted, *column) {
                Ok(amount) => reading.amounts.push(amount),
                Err(refusal) => refused.push(refusal),
            }
        }
    }
    if let Some(finding) = unit_mismatch(source, &bound.unit.value, &compared, &refused, all) {
        // The amounts would differ, or be refused, one by one.
        reading.amounts.clear();
        refused.retain(|(kind, _)| *kind == Refusal::Other);
        reading.findings.push(finding);
    }
    reading.findings.extend(refused.into_iter().map(|(_, finding)| finding));
    let untaken = untaken(&keys, open.sheet, &columns, &taken);
    taken.extend(&untaken);
    let hidden = taken.into_iter().filter(|row| open.sheet.hidden_rows.contains(row));
    reading.hidden = hidden.map(|row| keys.of_row(row)).collect();
    reading.untaken = untaken.into_iter().map(|row| keys.of_row(row)).collect();
    reading
}

/// The rows of a line, each with whether it is deducted. None if one was not found, which is reported.
fn rows(
    line: &Line,
    keys: &Keys,
    names: &[(String, String)],
    findings: &mut Vec<Diagnostic>,
) -> Option<Vec<(u32, bool)>> {
    let known = findings.len();
    let mut rows = Vec::new();
    for row in &line.from {
        match keys.row(row, names) {
            Ok(at) => rows.push((at, row.deducted)),
            Err(finding) => findings.push(finding),
        }
    }
    (findings.len() == known).then_some(rows)
}

/// The rows with a key that have a number in one of the columns and are no line's, in their order. The row of the heads is none, though a
/// head like `2026` is a number.
fn untaken(keys: &Keys, sheet: &Sheet, columns: &[(&SourceColumn, u32)], taken: &BTreeSet<u32>) -> BTreeSet<u32> {
    let has_number = |row: u32| {
        let numbers = columns.iter().map(|(_, column)| number(sheet.cell((row, *column))));
        numbers.into_iter().any(|number| matches!(number, Ok(Some(_))))
    };
    let is_head = |row: u32| {
        let named = columns.iter().filter_map(|(wanted, column)| match &wanted.column.value {
            ColumnName::Head(head) => Some((head, *column)),
            ColumnName::Letters(_) => None,
        });
        named.into_iter().any(|(head, column)| sheet.cell((row, column)).is_some_and(|cell| cell.text() == *head))
    };
    let rows = keys.all().flat_map(|(_, rows)| rows.iter().copied());
    rows.filter(|row| !taken.contains(row) && has_number(*row) && !is_head(*row)).collect()
}

/// A line with its statement and sheet.
struct BoundLine<'a> {
    release: &'a Release,
    statement: &'a Statement,
    line: &'a Line,
    source: &'a StatementSource,
    sheet: &'a Sheet,
}

impl BoundLine<'_> {
    /// An amount: the sum of the cells of these rows in a column. Errors: a cell has no number, or one that the line cannot
    /// hold exactly.
    fn amount(
        &self,
        at: usize,
        rows: &[(u32, bool)],
        wanted: &SourceColumn,
        column: u32,
    ) -> Result<SourceAmount, (Refusal, Diagnostic)> {
        let entry = self.line.facts.get(&(wanted.period.clone(), wanted.member.clone()));
        let place = entry.map(|fact| &fact.place).or_else(|| self.line.from.first().map(|row| &row.place));
        let refused_as = |(kind, message): (Refusal, String)| {
            let finding = Diagnostic::error("source", message);
            (kind, place.into_iter().fold(finding, |finding, place: &Place| finding.at(place, "")))
        };
        let refused = |message: String| refused_as((Refusal::Other, message));
        let is_nil = entry.is_some_and(|fact| matches!(fact.entry, Entry::Amount(amount) if amount.is_zero()));
        let (mut sum, mut notes) = (None, Vec::new());
        for (row, deducted) in rows {
            let position = (*row, column);
            let name = self.sheet.cell_name(position);
            let cell = self.sheet.cell(position);
            let found = number(cell).map_err(|what| refused(format!("the cell `{name}` {what}")))?;
            if found.is_none() {
                self.check_merged(position, &refused)?;
            }
            let Some(CellNumber { value, note }) = found else { continue };
            check_calculated(cell, value, is_nil, &name).map_err(&refused)?;
            notes.extend(note.filter(|_| !self.sheet.name.is_empty()));
            notes.extend(cell.and_then(foreign_workbook));
            let value = if *deducted { -value } else { value };
            let total = sum.unwrap_or(Decimal::ZERO).checked_add(value);
            sum = Some(total.ok_or_else(|| refused(format!("the sum up to `{name}` has more than 28 digits")))?);
        }
        let cells = self.cells(rows, column);
        let amount = match sum {
            Some(sum) => Some(self.in_unit(sum, &cells).map_err(&refused_as)?),
            None => None,
        };
        let (period, member) = (wanted.period.clone(), wanted.member.clone());
        Ok(SourceAmount { line: at, period, member, cells, amount, notes })
    }

    /// An empty cell that is merged with others has its value in the first of them.
    fn check_merged<E>(&self, position: Position, refused: &impl Fn(String) -> E) -> Result<(), E> {
        let merged = self.sheet.merged_at(position).filter(|range| range.first != position);
        let Some(range) = merged else { return Ok(()) };
        let (cell, range) = (self.sheet.cell_name(position), range_name(self.sheet, range));
        Err(refused(format!(
            "the cell `{cell}` is merged with others (`{range}`), of which only the first has a value"
        )))
    }

    /// `PL!E12`, `PL!E12 - PL!E14`.
    fn cells(&self, rows: &[(u32, bool)], column: u32) -> String {
        let mut text = String::new();
        for (at, (row, deducted)) in rows.iter().enumerate() {
            text.push_str(match (at, deducted) {
                (0, false) => "",
                (0, true) => "-",
                (_, false) => " + ",
                (_, true) => " - ",
            });
            text.push_str(&self.sheet.cell_name((*row, column)));
        }
        text
    }

    /// What the cells of these rows add up to in a column beside what is entered, in the unit of the line; none without both, and where
    /// an amount is nil or not counted in thousands.
    fn compared(&self, rows: &[(u32, bool)], wanted: &SourceColumn, column: u32) -> Option<(Decimal, Decimal)> {
        let Entry::Amount(entered) = self.line.facts.get(&(wanted.period.clone(), wanted.member.clone()))?.entry else {
            return None;
        };
        let mut sum = Decimal::ZERO;
        for (row, deducted) in rows {
            let CellNumber { value, .. } = number(self.sheet.cell((*row, column))).ok()??;
            sum = sum.checked_add(if *deducted { -value } else { value })?;
        }
        let is_scaled = self.statement.unit_of(self.line).base == self.source.unit.value.base;
        let said = self.exact(sum).filter(|said| is_scaled && !said.is_zero())?;
        (!entered.is_zero()).then_some((said, entered))
    }

    /// An amount of the workbook in the unit of the line, not rounded; none that is too long.
    fn exact(&self, amount: Decimal) -> Option<Decimal> {
        let (from, to) = (&self.source.unit.value, self.statement.unit_of(self.line));
        // An amount per something is never counted in thousands.
        let scale = if to.base == from.base { from.scale } else { Scale::One };
        amount.checked_mul(scale.factor())?.checked_div(to.scale.factor())
    }

    /// An amount of the workbook in the unit of the line. Errors: the line cannot hold it exactly.
    fn in_unit(&self, amount: Decimal, cells: &str) -> Result<Decimal, (Refusal, String)> {
        let (from, to) = (&self.source.unit.value, self.statement.unit_of(self.line));
        if to.base != from.base && !to.base.strip_prefix(&from.base).is_some_and(|rest| rest.starts_with(" per ")) {
            return Err((Refusal::OtherBase, format!("the line is in `{to}`, its source in `{from}`")));
        }
        let exact = self.exact(amount);
        let exact = exact.ok_or_else(|| (Refusal::Other, format!("`{cells}` has more than 28 digits in `{to}`")))?;
        let decimals = self.decimals(to);
        let mut rounded = exact.round_dp(decimals);
        if (exact - rounded).abs() > TOLERANCE {
            let what = if decimals == 0 { "no whole number" } else { "not in as many decimals as the line has" };
            let message = format!("the source says `{amount}` in `{cells}`, which is {what} of `{to}`");
            return Err((Refusal::NotWhole, message));
        }
        rounded.rescale(decimals);
        Ok(if rounded.is_zero() { Decimal::ZERO } else { rounded })
    }

    /// The decimals of the line's amounts: those of the entered ones, or else those in which its unit is shown.
    fn decimals(&self, unit: &Unit) -> u32 {
        let entered = self.line.facts.values().filter_map(|fact| match fact.entry {
            Entry::Amount(amount) => Some(amount.scale()),
            _ => None,
        });
        let shown = || {
            let rule = self.release.units.rule(&unit.base).filter(|_| unit.scale == Scale::One);
            rule.map_or(0, |rule| rule.decimals)
        };
        entered.max().unwrap_or_else(shown)
    }
}

/// Reports a formula with the value 0, as a program writes one that it did not calculate; unless 0 is what was entered.
fn check_calculated(cell: Option<&Cell>, value: Decimal, is_nil: bool, name: &str) -> Result<(), String> {
    match cell.and_then(|cell| cell.formula.as_ref()) {
        Some(formula) if value.is_zero() && !is_nil => Err(format!(
            "the cell `{name}` has the formula `{formula}` with the value 0, as one that was never calculated"
        )),
        _ => Ok(()),
    }
}

/// The note that a formula took the value from another workbook: `[1]PL!E12`, or `'file:///a.ods'#$PL.E12`.
fn foreign_workbook(cell: &Cell) -> Option<String> {
    let formula = cell.formula.as_ref()?;
    let names_file = formula.match_indices('[').any(|(at, _)| {
        let (before, inside) = formula.split_at(at);
        let Some((_, sheet)) = inside.split_once(']') else { return false };
        // Within quotes the name of the sheet ends at the next one. After a column of a table, `Sales[2010]`, no sheet follows.
        let is_quoted = before.matches('\'').count() % 2 == 1;
        let end = if is_quoted { sheet.split_once("'!") } else { sheet.split_once('!') };
        let is_name = |letter: char| letter.is_alphanumeric() || "_.".contains(letter);
        end.is_some_and(|(name, _)| if is_quoted { !name.contains('\'') } else { name.chars().all(is_name) })
    });
    let is_foreign = names_file || formula.contains("'#$");
    is_foreign.then(|| format!("taken from another workbook by `{formula}`"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::sheet::CellValue;

    #[test]
    fn a_formula_that_reads_another_workbook_is_told_from_one_that_reads_a_table() {
        let is_foreign = |formula: &str| {
            foreign_workbook(&Cell { value: CellValue::Number(1.0), formula: Some(formula.to_owned()) }).is_some()
        };
        assert!(is_foreign("[1]PL!$E$12") && is_foreign("SUM('C:\\a\\[Ledger 2010.xlsx]P & L'!E12,1)"));
        assert!(is_foreign("of:='file:///tmp/a.ods'#$PL.E12"));
        assert!(!is_foreign("SUM(Sales[2010])+PL!E12") && !is_foreign("of:=SUM([.E1:.E3])"));
    }
}
