//! Declarations that nothing needs: an adjustment, waiver or stated figure that no figure takes hides the next mistake.

use std::collections::BTreeSet;

use super::{Checked, Ledger};
use crate::{
    diag::{Diagnostic, Place},
    figures::Applied,
    model::{Node, WaiverOf},
};

/// Looks at every declaration.
pub fn check(checked: &Checked, ledger: &mut Ledger) {
    let release = checked.book.release;
    // What failed to be shown may be what takes it.
    if checked.presented.findings.has_errors() {
        return;
    }
    let applied: BTreeSet<Applied> = checked.presented.uses.iter().filter_map(|used| used.recipe.applied).collect();
    let (waived, acknowledged) = (ledger.waived.clone(), ledger.acknowledged.clone());
    let mut unused = |what: &str, name: String, place: &Place| {
        let message = format!("nothing takes the {what} of `{name}`");
        ledger.push(Diagnostic::error("unused", message).at(place, ""));
    };
    for (index, adjustment) in release.adjustments.iter().enumerate() {
        if !applied.contains(&Applied::Adjusted(index)) {
            unused("adjustment", adjustment.figure.to_string(), &adjustment.place);
        }
    }
    for (index, waiver) in release.waivers.iter().enumerate() {
        match &waiver.of {
            WaiverOf::Figure { figure, .. } if !applied.contains(&Applied::Waived(index)) => {
                unused("waiver", figure.to_string(), &figure.place);
            }
            WaiverOf::Relation { name, .. } if !waived.contains(&index) => {
                unused("waiver", name.value.clone(), &name.place);
            }
            _ => {}
        }
    }
    for (index, known) in release.acknowledged.iter().enumerate() {
        if !acknowledged.contains(&index) {
            unused("acknowledgement", known.relation.value.clone(), &known.relation.place);
        }
    }
    for (index, stated) in release.stated.iter().enumerate() {
        if !applied.contains(&Applied::Stated(index)) && !is_input(checked, &stated.figure.node) {
            unused("stated value", stated.figure.to_string(), &stated.figure.place);
        }
    }
}

/// Whether a formula uses the measure.
fn is_input(checked: &Checked, node: &Node) -> bool {
    let id = match node {
        Node::In(inner, _) => return is_input(checked, &inner.node),
        Node::Line { name, .. } => name,
        _ => return false,
    };
    checked.book.release.measures.iter().any(|measure| {
        let mut used = false;
        for formula in measure.formula_in.values().chain([&measure.formula]) {
            formula.walk(&mut |part| used |= matches!(&part.node, Node::Line { name, .. } if name == id));
        }
        used
    })
}
