//! What a release still lacks.
//!
//! **What it checks.** An amount, a stated figure, a date, the title or the description of a release may be `"pending"`: not known yet. It prints as
//! `…`, takes part in no sum and no comparison, and is reported: amounts once for each statement. `kessan build` refuses such a
//! release; `kessan build --draft` builds it.
//!
//! **Why.** Work on a release begins before its books are closed. A cell that is left at last quarter's amount, or at zero, looks
//! like one that is finished.
//!
//! **Example.** `relations/pending`
//!
//! **How to fix it.** Enter the amount, the date or the text. An amount that will not be known is `"undecided"`; one that does
//! not exist is `""` or `"n/a"`.

use super::super::{CheckInput, CheckResults};
use crate::{
    diag::Diagnostic,
    model::{Entry, Fact, FigureMark, Statement},
};

/// Reports the amounts of each statement, and each date and text.
pub fn check(input: &CheckInput, results: &mut CheckResults) -> usize {
    let release = input.book.release;
    for pending in &release.pending {
        results.push(Diagnostic::error("pending", format!("{} is pending", pending.value)).at(&pending.place, ""));
    }
    // The amounts of a translation are those of the original.
    if release.is_translation() {
        return 0;
    }
    let lines = release.statements.iter().flat_map(|statement| &statement.lines);
    let looked_at = lines.map(|line| line.facts.len()).sum::<usize>() + release.marked.len();
    if !input.book.has_pending {
        return looked_at;
    }
    let marked = release.marked.iter().filter(|marked| marked.shows.value == FigureMark::Pending);
    for marked in marked {
        let message = format!("the stated figure `{}` is pending", marked.figure);
        results.push(Diagnostic::error("pending", message).at(&marked.shows.place, ""));
    }
    let statements: Vec<_> = release.statements.iter().map(|statement| (statement, pending_facts(statement))).collect();
    let statements: Vec<_> = statements.into_iter().filter(|(_, facts)| !facts.is_empty()).collect();
    let all: usize = statements.iter().map(|(_, facts)| facts.len()).sum();
    for (index, (statement, facts)) in statements.iter().enumerate() {
        let message = format!("{} of `{}` {} pending", amounts(facts.len()), statement.id.value, are(facts.len()));
        let mut finding = Diagnostic::error("pending", message);
        if let Some(first) = facts.first() {
            finding = finding.at(&first.place, if facts.len() > 1 { "the first" } else { "" });
        }
        if index == 0 && statements.len() > 1 {
            finding = finding.note(format!("{} {} pending in {} statements", amounts(all), are(all), statements.len()));
        }
        results.push(finding);
    }
    looked_at
}

/// The entries of a statement that are pending, in the order of its file.
fn pending_facts(statement: &Statement) -> Vec<&Fact> {
    let facts = statement.lines.iter().flat_map(|line| line.facts.values());
    let mut facts: Vec<_> = facts.filter(|fact| fact.entry == Entry::Pending).collect();
    facts.sort_by_key(|fact| fact.place.start);
    facts
}

fn amounts(count: usize) -> String {
    if count == 1 { String::from("1 amount") } else { format!("{count} amounts") }
}

fn are(count: usize) -> &'static str {
    if count == 1 { "is" } else { "are" }
}
