//! Unused declarations: every adjustment, acknowledgement, waiver, stated figure and literal is needed.
//!
//! **What it checks.** Every `[[adjust]]`, `[[acknowledge]]`, `[[waive]]`, `[[stated]]`, `[[literal]]` and `[[standing]]` must be used:
//! the figure is shown in that unit and in that place, the relation exists and needs the entry, or the text is in the
//! narrative, that of a standing text in a paragraph that was kept as it was.
//!
//! **Why.** Such lists only grow. An entry left over from last quarter would hide a new mistake of the same size.
//!
//! **Example.** `declared/unused`, reported as `unused`
//!
//! **How to fix it.** If the figure or relation exists under another name, correct the name: a figure includes its period
//! (`is.sales@fy2009`), a unit includes its scale, and `in` names the table or page. Otherwise remove the entry. If other
//! findings are reported too, fix those first: the entry may then be needed again.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::{CheckInput, CheckResults, Constraint, Verdict},
    WAIVABLE_RULES,
};
use crate::{
    diag::{Diagnostic, Place},
    figures::AppliedDeclaration,
    model::{Node, Unit, WaiverTarget},
    present::FigureUse,
};

/// Looks at every declaration.
pub fn check(input: &CheckInput, results: &mut CheckResults) -> usize {
    // Nobody can say what the amounts to come will need.
    if !input.shown || input.book.has_pending {
        return 0;
    }
    let mut unused = Vec::new();
    check_figures(input, results, &mut unused);
    check_equal_percentages(input, results);
    check_relations(input, results, &mut unused);
    let of_rules = results.unused_rule_waivers(input, &WAIVABLE_RULES);
    results.findings.extend(of_rules);
    for (message, place) in unused {
        results.push(Diagnostic::error("unused", message).at(place, ""));
    }
    let release = input.book.release;
    let of_figures = release.adjustments.len() + release.stated.len() + release.marked.len();
    of_figures + release.acknowledged.len() + release.waivers.len()
}

/// A declaration that nothing needs: what is said of it, and where it is.
type Unused<'r> = Vec<(String, &'r Place)>;

/// Adjustments, waivers and stated values of figures.
fn check_figures<'r>(input: &CheckInput<'_, 'r>, results: &CheckResults, unused: &mut Unused<'r>) {
    let release = input.book.release;
    let applied = &results.applied;
    let needed = needed_adjustments(results);
    // Beside a wrong amount nobody can say what rounding needs.
    let broken = results.verdicts.iter().any(|verdict| matches!(verdict, Verdict::Broken(_)));
    for (index, adjustment) in release.adjustments.iter().enumerate() {
        let figure = &adjustment.figure;
        if !applied.contains(&AppliedDeclaration::Adjusted(index)) {
            unused.push((format!("no figure uses the adjustment of `{figure}`"), &adjustment.place));
        } else if !broken && !needed.contains(&index) {
            let message = format!("no printed column needs the adjustment of `{figure}` to add up");
            unused.push((message, &adjustment.place));
        }
    }
    for (index, waiver) in release.waivers.iter().enumerate() {
        let WaiverTarget::Figure { figure, computed, shows, .. } = &waiver.of else { continue };
        if !applied.contains(&AppliedDeclaration::Waived(index)) {
            unused.push((format!("no figure uses the waiver of `{figure}`"), &figure.place));
        } else if computed.value == shows.value {
            unused.push((format!("the waiver of `{figure}` shows what is computed"), &shows.place));
        }
    }
    for (index, marked) in release.marked.iter().enumerate() {
        if !input.book.is_mark_shown(index) {
            unused.push((format!("no figure uses the stated mark of `{}`", marked.figure), &marked.figure.place));
        }
    }
    for (index, stated) in release.stated.iter().enumerate() {
        if !applied.contains(&AppliedDeclaration::Stated(index)) && !is_input(input, &stated.figure.node) {
            unused.push((format!("no figure uses the stated value of `{}`", stated.figure), &stated.figure.place));
        }
    }
}

/// Percentages that are moved under one name and shown as they are under another.
fn check_equal_percentages(input: &CheckInput, results: &mut CheckResults) {
    let (moved, other): (Vec<_>, Vec<_>) = input
        .presented
        .uses
        .iter()
        .filter(|used| used.derivation.unit.base == Unit::PERCENT)
        .partition(|used| matches!(used.derivation.rounded.applied, Some(AppliedDeclaration::Adjusted(_))));
    let rounding = |used: &FigureUse| (used.derivation.rounded.divisor, used.derivation.rounded.decimals, used.exact);
    let mut unmoved: BTreeMap<_, &FigureUse> = BTreeMap::new();
    // An adjustment is rare.
    for other in other.iter().filter(|other| !moved.is_empty() && other.derivation.rounded.applied.is_none()) {
        unmoved.entry(rounding(other)).or_insert(other);
    }
    let mut reported = BTreeSet::new();
    for used in moved {
        let Some(AppliedDeclaration::Adjusted(index)) = used.derivation.rounded.applied else { continue };
        let adjustment = &input.book.release.adjustments[index];
        let same = unmoved.get(&rounding(used));
        if let Some(same) = same.filter(|_| adjustment.places.is_empty() && reported.insert(index)) {
            let message =
                format!("`{}` is adjusted, but `{}`, the same figure, is not", adjustment.figure, same.name());
            let finding = Diagnostic::error("adjustment", message).at(&adjustment.place, "");
            let finding = finding.note(format!("`{}` is shown in `{}`", same.name(), same.place));
            results.push(finding.help("adjust that too, or limit this adjustment to its tables with `in`"));
        }
    }
}

/// Waivers and acknowledgements of relations.
fn check_relations<'r>(input: &CheckInput<'_, 'r>, results: &CheckResults, unused: &mut Unused<'r>) {
    let release = input.book.release;
    for (index, waiver) in release.waivers.iter().enumerate() {
        if let WaiverTarget::Relation { name, .. } = &waiver.of
            && !results.used_waivers.contains(&index)
        {
            unused.push((format!("there is no relation `{}` to waive", name.value), &name.place));
        }
    }
    for (index, known) in release.acknowledged.iter().enumerate() {
        if !results.used_acknowledgements.contains(&index) {
            let message = format!("there is no relation `{}` to acknowledge", known.relation.value);
            unused.push((message, &known.relation.place));
        }
    }
}

/// The adjustments (by their numbers) without which some printed column that adds up would not.
fn needed_adjustments(results: &CheckResults) -> BTreeSet<usize> {
    let mut needed = BTreeSet::new();
    for (relation, verdict) in results.relations.iter().zip(&results.verdicts) {
        let (Constraint::Balance { total, parts } | Constraint::MixedBalance { total, parts }, Verdict::Exact) =
            (&relation.constraint, verdict)
        else {
            continue;
        };
        for term in parts.iter().map(|(part, _)| part).chain([total]) {
            if let Some(AppliedDeclaration::Adjusted(index)) = term.applied {
                needed.insert(index);
            }
        }
    }
    needed
}

/// Whether a formula uses the measure.
fn is_input(input: &CheckInput, node: &Node) -> bool {
    let id = match node {
        Node::In(inner, _) => return is_input(input, &inner.node),
        Node::Line { name, .. } => name,
        _ => return false,
    };
    input.book.release.measures.iter().any(|measure| {
        let mut used = false;
        for formula in measure.formula_in.values().chain([&measure.formula]) {
            formula.walk(&mut |part| used |= matches!(&part.node, Node::Line { name, .. } if name == id));
        }
        used
    })
}
