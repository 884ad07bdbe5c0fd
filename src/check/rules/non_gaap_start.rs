//! Beginning of a reconciliation: a table that reconciles a measure with an amount of the accounting standard begins with that amount.
//!
//! **What it checks.** In every table that leads from the line that `non_gaap` names to the measure, that line comes first: in a row above
//! it, or in a column before it. Where it does not, it is a warning.
//!
//! **Why.** The staff of the SEC regards a reconciliation that starts with the non-GAAP measure as giving it undue prominence (Compliance
//! and Disclosure Interpretations on non-GAAP measures, question 102.10(b); Item 10(e)(1)(i) of Regulation S-K).
//!
//! **Example.** `non_gaap/begins_with_measure`
//!
//! **How to fix it.** Turn the table round: first the line of the standard, then what is added and deducted, the measure last. A release
//! that has been published in the other order keeps it with its reason: `[[waive]]` with `rule = "non-gaap-start"`.

use std::collections::BTreeSet;

use super::super::{Breach, CheckInput, CheckResults};
use crate::diag::Diagnostic;

const RULE: &str = "non-gaap-start";

/// Looks at every reconciliation, at each table once; returns how many measures there are.
pub fn check(input: &CheckInput, results: &mut CheckResults) -> usize {
    for measure in &input.non_gaap {
        let mut tables = BTreeSet::new();
        let first = measure.reconciliations.iter().filter(|found| tables.insert(found.table.id.as_str()));
        for found in first.filter(|found| found.begins_with_figure()) {
            let (table, base) = (&found.table.id, &measure.base.value);
            let message = format!("the reconciliation `{table}` begins with `{}`, not with `{base}`", measure.name);
            let finding = Diagnostic::warning(RULE, message).at(&found.figure.at, "").with(&found.base.at, "only here");
            let breach = Breach { rule: RULE, names: &measure.names, period: None, place: Some(table) };
            results.push_unless_waived(input, breach, finding);
        }
    }
    input.non_gaap.len()
}
