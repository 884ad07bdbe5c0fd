//! Waived figures: the computed value that a waiver names is still the computed value.
//!
//! **What it checks.** A `[[waive]]` of a figure names the value that the dataset gives (`computed`) and the value that
//! is printed (`shows`). The dataset must still give exactly `computed`.
//!
//! **Why.** A waiver is a decision about one difference. If the amounts change, somebody must decide again; otherwise the
//! old waiver would print an old number.
//!
//! **Example.** `declared/waiver_stale`, reported as `waiver`
//!
//! **How to fix it.** If the new value is right, decide whether the published figure is still right; then update
//! `computed` or remove the waiver. If the new value is a keying error, correct it; the waiver then matches again.

use super::super::{
    CheckInput, CheckResults,
    relation::{Constraint, Relation},
};
use crate::{
    figures::{AppliedDeclaration, DeclaredChange},
    model::Decimal,
};

/// Every waiver of a figure that some place shows.
pub fn relations(input: &CheckInput, results: &mut CheckResults) {
    let mut seen = std::collections::BTreeSet::new();
    for used in &input.presented.uses {
        let (Some(AppliedDeclaration::Waived(index)), Some(DeclaredChange::To { computed, .. })) =
            (used.derivation.rounded.applied, &used.derivation.rounded.declared_change)
        else {
            continue;
        };
        if seen.insert(index) {
            results.relations.push(Relation {
                name: format!("pinned:{}", used.name()),
                family: "pinned",
                message: format!("the waiver of `{}` no longer matches", used.name()),
                place: computed.place.clone(),
                scope: String::new(),
                terms: vec![used.name().to_owned()],
                constraint: Constraint::Pinned { figure: used.derivation.rounded.clone(), computed: computed.value },
                report_scale: Decimal::ONE,
                pin: None,
            });
        }
    }
}
