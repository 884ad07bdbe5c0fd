//! Rounded away: a figure that is not zero is not said to be zero in a sentence.
//!
//! **What it checks.** A figure in a sentence must not print as zero, or as "unchanged", if it is not zero. In a table, an
//! amount that rounds to zero is printed as a zero and not as the nil mark, so that a reader of a rounded column knows.
//!
//! **Why.** "GBP0 billion" for 6.3 million and "unchanged" for growth of 0.04% are wrong statements. The table beside them
//! shows the amount.
//!
//! **Example.** `narrative/rounded_away`
//!
//! **How to fix it.** Give the figure more `decimals` or a smaller unit: `amount(decimals=1)`, `amount(unit="GBP
//! thousand")`.

use super::super::{CheckInput, CheckResults};
use crate::{diag::Diagnostic, figures::AppliedDeclaration, present::Writes};

/// Looks at every figure in text.
pub fn check(input: &CheckInput, results: &mut CheckResults) -> usize {
    let mut looked_at = 0;
    for used in &input.presented.uses {
        let rounded = &used.derivation.rounded;
        let is_said = used.call.as_ref().is_some_and(|call| Writes::of(call) != Writes::NoFigure);
        looked_at += usize::from(is_said);
        // What a waiver or an adjustment says has its reason.
        let is_declared =
            matches!(rounded.applied, Some(AppliedDeclaration::Waived(_) | AppliedDeclaration::Adjusted(_)));
        if is_said && !is_declared && !used.exact.is_zero() && used.displayed.is_zero() {
            let message = format!("`{}` is not zero, but rounds to zero here", used.name());
            let finding = Diagnostic::error("rounded-away", message).at(&used.at, "");
            results.push(finding.help("give it more `decimals`, or a smaller `unit`"));
        }
    }
    looked_at
}
