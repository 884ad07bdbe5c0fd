//! Waived figures: what a waiver says is computed must still be what is computed.

use super::{
    Checked, Ledger,
    relation::{Relation, Test},
};
use crate::{
    figures::{Applied, Moved},
    model::Decimal,
};

/// Every waiver of a figure that some place shows.
pub fn relations(checked: &Checked, ledger: &mut Ledger) {
    let mut seen = std::collections::BTreeSet::new();
    for used in &checked.presented.uses {
        let (Some(Applied::Waived(index)), Some(Moved::To { computed, .. })) =
            (used.recipe.rounded.applied, &used.recipe.rounded.moved)
        else {
            continue;
        };
        if seen.insert(index) {
            ledger.relations.push(Relation {
                name: format!("pinned:{}", used.name()),
                family: "pinned",
                message: format!("the waiver of `{}` no longer matches", used.name()),
                place: computed.place.clone(),
                of: String::new(),
                terms: vec![used.name().to_owned()],
                test: Test::Pinned { figure: used.recipe.rounded.clone(), computed: computed.value },
                tell: Decimal::ONE,
                pin: None,
            });
        }
    }
}
