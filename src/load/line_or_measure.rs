//! The finding about a formula where a dataset has to name a line or a measure.

use crate::{diag::Diagnostic, model::Expr};

/// Says that a formula stands where a line or a measure is expected; its label can say what to write.
pub fn not_line_or_measure(formula: &Expr, label: &str) -> Diagnostic {
    let message = format!("expected a line or a measure, found `{formula}`");
    Diagnostic::error("wrong-type", message).at(&formula.place, label)
}
