//! Source: an amount is what the workbook says that it came from.
//!
//! **What it checks.** Where a statement has a `[statement.source]` and the file is there, every amount of a line with `from`
//! must be what its cells say, in the unit of the line. A key that is gone or stands twice, a cell without a number, a formula that
//! was never calculated and an amount that the line cannot hold exactly are findings too. If the file is not the one that the
//! amounts were taken from, by its hash, that is a warning. Without the file nothing is compared.
//!
//! **Why.** Amounts are carried from a consolidation system to the release several times before it is published, and a
//! workbook changes after they were carried. The dataset stays what is published: a release must not change without a
//! difference in its files.
//!
//! **Example.** `source/mismatch`
//!
//! **How to fix it.** If the workbook is right, `kessan import` shows what it would change, and `kessan import --write`
//! changes it. If the dataset is right, have the workbook corrected.

use super::super::{CheckInput, CheckResults};
use crate::{
    diag::Diagnostic,
    model::{Entry, Fact, SourceAmount, SourceReading, as_entered},
};

/// Compares every bound amount with its cells.
pub fn check(input: &CheckInput, results: &mut CheckResults) -> usize {
    for reading in input.sources {
        reading.findings.iter().for_each(|finding| results.push(finding.clone()));
        check_hash(input, reading, results);
        for amount in &reading.amounts {
            if let Some(finding) = difference(input, reading, amount) {
                results.push(finding);
            }
        }
    }
    input.sources.iter().map(|reading| reading.amounts.len()).sum()
}

/// Tells that the file is not the one that the amounts were taken from.
fn check_hash(input: &CheckInput, reading: &SourceReading, results: &mut CheckResults) {
    let source = input.book.release.statements.get(reading.statement).and_then(|statement| statement.source.as_ref());
    let Some((source, hash)) = source.and_then(|source| Some((source, source.sha256.as_ref()?))) else { return };
    if reading.sha256.is_empty() || hash.value.eq_ignore_ascii_case(&reading.sha256) {
        return;
    }
    let message = format!("`{}` is not the file that the amounts were taken from", source.file.value);
    let finding = Diagnostic::warning("source", message).at(&hash.place, "it has another hash");
    results
        .push(finding.help("`kessan import` shows what it would change; with `--write` the new hash is recorded too"));
}

/// The finding that an amount is not what its cells say.
fn difference(input: &CheckInput, reading: &SourceReading, amount: &SourceAmount) -> Option<Diagnostic> {
    let statement = input.book.release.statements.get(reading.statement)?;
    let line = statement.lines.get(amount.line)?;
    let fact = line.facts.get(&(amount.period.clone(), amount.member.clone()))?;
    if !differs(fact, amount) {
        return None;
    }
    let name = statement.full_name(&line.id.value);
    let member = if amount.member.is_empty() { String::new() } else { format!("[{}]", amount.member) };
    let message = format!("`{name}{member}@{}` is not what its source says", amount.period);
    let says = match amount.amount {
        Some(said) => format!("the workbook says {}, cell {}", as_entered(said), amount.cells),
        None => format!("the workbook says nothing, cell {}", amount.cells),
    };
    let finding = Diagnostic::error("source", message).at(&fact.place, says);
    Some(amount.notes.iter().fold(finding, |finding, note| finding.note(note.as_str())))
}

/// Whether an entry is not what the cells say. An empty cell is also nil, and nil is also blank.
fn differs(fact: &Fact, amount: &SourceAmount) -> bool {
    match (fact.entry, amount.amount) {
        (Entry::Amount(entered), Some(said)) => entered != said,
        (Entry::Amount(entered), None) => !entered.is_zero(),
        (Entry::Blank | Entry::NotApplicable | Entry::Undecided, Some(said)) => !said.is_zero(),
        // What is yet to come, or could not be read.
        _ => false,
    }
}
