//! Joint check: rounded amounts come from unrounded amounts that satisfy all relations at the same time.
//!
//! **What it checks.** Rounding may explain each relation by itself although all of them together are impossible. For
//! example, A = 1, B = 1 and A + B = 3 are possible if A and B are near 1.5. They are impossible together with C = 1, A +
//! C = 1, D = 1 and B + D = 1. The rule decides exactly whether one set of unrounded amounts satisfies all relations
//! among entered amounts. The work is limited; beyond the limit, a warning names the relations that are not decided.
//!
//! **Why.** Residuals are acknowledged one at a time. Two acknowledgements can together hide an error that neither hides
//! alone.
//!
//! **Example.** `relations/joint`
//!
//! **How to fix it.** Check the named relations together: one of their amounts is wrong, or one of the acknowledged
//! residuals hides an error. Without any one of these relations, the others are possible.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{
    CheckInput, CheckResults, Constraint, Facts, Relation, Verdict,
    connected::connected_groups,
    joint::{Answer, Problem, can_be_mended, decide},
};
use crate::{
    diag::Diagnostic,
    figures::{Formula, SharedFormula},
    model::{Decimal, Operator},
};

/// How many of the relations concerned are named.
const MAX_NAMED: usize = 12;

/// Decides whether all relations that hold one by one can hold together.
pub fn check(input: &CheckInput, results: &mut CheckResults) -> usize {
    let facts = Facts::of(input.book);
    let mut linear = Vec::new();
    for (relation, verdict) in results.relations.iter().zip(&results.verdicts) {
        // What is waived is no matter of rounding; what is broken has been reported.
        if matches!(verdict, Verdict::Exact | Verdict::Acknowledged(_))
            && let Some(terms) = linear_terms(relation)
        {
            linear.push((relation, terms));
        }
    }
    // Where the published amounts themselves satisfy all relations that have amounts in common, there is nothing to decide.
    let amounts = linear.iter().map(|(_, terms)| terms.iter().map(|(amount, _)| *amount));
    let is_open = |group: &Vec<usize>| {
        let relations: Vec<_> = group.iter().map(|index| linear[*index].1.as_slice()).collect();
        let add_up = relations.iter().all(|terms| adds_up(terms, &facts.values));
        !add_up && !can_be_mended(&relations, &facts.values, &facts.intervals)
    };
    let open: BTreeSet<usize> = connected_groups(amounts).into_iter().filter(is_open).flatten().collect();
    let looked_at = linear.len();
    if open.is_empty() {
        return looked_at;
    }
    let of_open = linear.into_iter().enumerate().filter(|(index, _)| open.contains(index));
    let (names, relations): (Vec<_>, Vec<_>) = of_open.map(|(_, relation)| relation).unzip();
    for answer in decide(&Problem { amounts: facts.intervals, relations }) {
        results.findings.extend(finding(&answer, &names));
    }
    looked_at
}

/// Whether the terms add up to zero.
fn adds_up(terms: &[(usize, i64)], values: &[Decimal]) -> bool {
    let sum = terms.iter().try_fold(Decimal::ZERO, |sum, (amount, factor)| {
        sum.checked_add(values.get(*amount)?.checked_mul(Decimal::from(*factor))?)
    });
    sum == Some(Decimal::ZERO)
}

fn finding(answer: &Answer, names: &[&Relation]) -> Option<Diagnostic> {
    let (finding, concerned, last) = match answer {
        Answer::Possible => return None,
        Answer::Impossible { conflict } => {
            let message = format!("{} relations each hold within rounding, but not all at once", conflict.len());
            let last = "no amounts that round to the published ones satisfy all of these";
            (Diagnostic::error("joint", message), conflict, last)
        }
        Answer::Undecided { relations } => {
            let message = format!("whether {} relations can hold all at once is not decided", relations.len());
            let last =
                "each holds within rounding by itself; together they take more work than the program allows itself";
            (Diagnostic::warning("joint", message), relations, last)
        }
    };
    let named = concerned.iter().filter_map(|index| names.get(*index));
    let mut finding = finding.at(&names.get(*concerned.first()?)?.place, "one of them");
    for relation in named.take(MAX_NAMED) {
        finding = finding.note(format!("`{}`", relation.name));
    }
    if concerned.len() > MAX_NAMED {
        finding = finding.note(format!("and {} more", concerned.len() - MAX_NAMED));
    }
    Some(finding.note(last))
}

/// The relation as a sum of facts that is zero; none when it is no such sum.
fn linear_terms(relation: &Relation) -> Option<Vec<(usize, i64)>> {
    let Constraint::Balance { total, parts } = &relation.constraint else { return None };
    if !matches!(relation.family, "footing" | "cross-footing" | "tie") {
        return None;
    }
    let mut terms = BTreeMap::new();
    collect_terms(&total.formula, 1, &mut terms)?;
    for (part, deducted) in parts {
        collect_terms(&part.formula, if *deducted { 1 } else { -1 }, &mut terms)?;
    }
    Some(terms.into_iter().filter(|(_, coefficient)| *coefficient != 0).collect())
}

fn collect_terms(formula: &SharedFormula, sign: i64, terms: &mut BTreeMap<usize, i64>) -> Option<()> {
    match &**formula {
        Formula::Fact(id) => *terms.entry(*id).or_default() += sign,
        Formula::Negative(inner) => collect_terms(inner, -sign, terms)?,
        Formula::Binary(Operator::Add, left, right, _) => {
            collect_terms(left, sign, terms)?;
            collect_terms(right, sign, terms)?;
        }
        Formula::Binary(Operator::Subtract, left, right, _) => {
            collect_terms(left, sign, terms)?;
            collect_terms(right, -sign, terms)?;
        }
        _ => return None,
    }
    Some(())
}
