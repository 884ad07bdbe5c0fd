//! Waived figures: what a waiver says is computed must still be what is computed.
//!
//! **What it demands.** A `[[waive]]` of a figure names what the books give (`computed`) and what is printed
//! (`shows`). The books must still give exactly that.
//!
//! **Why.** A waiver is a decision about one difference. When the books change, the decision has to be made again; an
//! old waiver would print an old number.
//!
//! **An example.** `declared/waiver_stale`, reported as `waiver`
//!
//! **How to mend it.** If the new amount is right, ask whether the published figure still holds, and either put the
//! new value into `computed` or take the waiver out. If the new amount is a slip, mend it; the waiver then matches
//! again.

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
            (used.derivation.rounded.applied, &used.derivation.rounded.moved)
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
                test: Constraint::Pinned { figure: used.derivation.rounded.clone(), computed: computed.value },
                report_scale: Decimal::ONE,
                pin: None,
            });
        }
    }
}
