//! Findings of rules that the dataset accepts, with a reason: `[[waive]]` with `rule`.

use super::{CheckInput, CheckResults, FigureNames};
use crate::{
    diag::{Diagnostic, nearest},
    model::{Expr, Node, WaiverTarget},
};

/// What a finding of a rule is about.
#[derive(Clone, Copy)]
pub struct Breach<'a> {
    /// The rule's name.
    pub rule: &'static str,
    /// The names of the line or measure.
    pub names: &'a FigureNames<'a>,
    /// The id of the period, if it is of one.
    pub period: Option<&'a str>,
    /// The id of the table or page, if it is in one.
    pub place: Option<&'a str>,
}

impl CheckResults {
    /// Adds the finding of a rule, unless a waiver of the dataset accepts it.
    pub(super) fn push_unless_waived(&mut self, input: &CheckInput, breach: Breach, finding: Diagnostic) {
        if !self.is_waived(input, breach) {
            self.push(finding);
        }
    }

    /// Whether a waiver of the dataset accepts what a rule finds. It then counts as needed.
    pub(super) fn is_waived(&mut self, input: &CheckInput, breach: Breach) -> bool {
        let used = waivers(input, breach);
        let is_waived = !used.is_empty();
        self.used_rule_waivers.extend(used);
        is_waived
    }

    /// The waivers of rules that nothing needs, each as a finding. `rules` are those that ask for waivers.
    pub(super) fn unused_rule_waivers(&self, input: &CheckInput, rules: &[&str]) -> Vec<Diagnostic> {
        let mut unused = Vec::new();
        for (index, waiver) in input.book.release.waivers.iter().enumerate() {
            let WaiverTarget::Rule { rule, of, .. } = &waiver.of else { continue };
            if !rules.contains(&rule.value.as_str()) {
                let message = format!("there is no rule `{}` whose findings can be waived", rule.value);
                let near = nearest(&rule.value, rules.iter().copied());
                let label = near.map_or(String::new(), |near| format!("did you mean `{near}`?"));
                unused.push(Diagnostic::error("unused", message).at(&rule.place, label));
                continue;
            }
            for (number, figure) in of.iter().enumerate() {
                if !self.used_rule_waivers.contains(&(index, number)) {
                    let message = format!("the rule `{}` finds nothing of `{figure}` to waive", rule.value);
                    unused.push(Diagnostic::error("unused", message).at(&figure.place, ""));
                }
            }
        }
        unused
    }
}

/// The waivers that accept a breach: each by its index, with the number of its line or measure.
fn waivers(input: &CheckInput, breach: Breach) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (index, waiver) in input.book.release.waivers.iter().enumerate() {
        let WaiverTarget::Rule { rule, of, places } = &waiver.of else { continue };
        let is_here = places.is_empty() || places.iter().any(|place| Some(place.value.as_str()) == breach.place);
        if rule.value == breach.rule && is_here {
            let own = of.iter().enumerate().filter(|(_, figure)| is_of(figure, breach));
            found.extend(own.map(|(number, _)| (index, number)));
        }
    }
    found
}

fn is_of(figure: &Expr, breach: Breach) -> bool {
    match &figure.node {
        Node::In(inner, period) => breach.period == Some(period.as_str()) && is_of(inner, breach),
        Node::Line { name, .. } => breach.names.contains(name),
        _ => false,
    }
}
