//! Judges relations: compares the residual with what is recorded and what rounding explains.

use super::{
    CheckInput, CheckResults, Verdict,
    keying_error::are_swapped,
    relation::{Constraint, Facts, Relation, format_number},
};
use crate::{
    diag::{Amounts, Diagnostic, Place},
    figures::EvalError,
    model::{Decimal, WaiverTarget},
};

/// A recorded residual: its amount, its place, and the index of its waiver if it is one.
struct Pin<'a> {
    residual: Decimal,
    place: &'a Place,
    waiver: Option<usize>,
}

/// Judges one relation; findings are added to `results`.
pub fn judge(
    input: &CheckInput,
    index: usize,
    relation: &Relation,
    facts: &Facts,
    results: &mut CheckResults,
) -> Verdict {
    let residual = match relation.residual(facts) {
        Ok(residual) => residual,
        Err(EvalError::Wrong(finding)) => {
            results.push(*finding);
            return Verdict::Broken(Decimal::ZERO);
        }
        Err(EvalError::NotMeaningful) => {
            let message = format!("`{}` cannot be worked out", relation.name);
            results.push(Diagnostic::error(relation.family, message).at(&relation.place, ""));
            return Verdict::Broken(Decimal::ZERO);
        }
    };
    let Some(pin) = find_pin(input, relation, results) else {
        if residual.is_zero() {
            return Verdict::Exact;
        }
        results.broken.push((index, add_other_places(input, relation, broken_finding(relation, facts, residual))));
        return Verdict::Broken(Decimal::ZERO);
    };
    if pin.residual != residual || residual.is_zero() {
        if residual.is_zero() {
            let finding = Diagnostic::error("residual", "there is no difference to record here");
            let note = format!("the relation is `{}`", relation.name);
            results.push(finding.at(pin.place, "the parts add up").note(note));
        } else {
            let label = format!(
                "recorded as {}, but the difference is {}",
                format_number(pin.residual),
                format_number(residual)
            );
            results.broken.push((index, broken_finding(relation, facts, residual).with(pin.place, label)));
        }
        return Verdict::Broken(pin.residual);
    }
    match pin.waiver {
        Some(index) => Verdict::Waived(residual, index),
        None if relation.is_explained(facts) => Verdict::Acknowledged(residual),
        None => {
            let message = format!("rounding cannot explain a difference of {}", format_number(residual));
            let finding = Diagnostic::error("residual", message).at(pin.place, "");
            let finding = finding.note(format!("the relation is `{}`", relation.name));
            results.push(finding.help("if it was published so, waive it with a reason"));
            Verdict::Broken(residual)
        }
    }
}

fn find_pin<'a>(input: &CheckInput<'a, '_>, relation: &'a Relation, results: &mut CheckResults) -> Option<Pin<'a>> {
    let release = input.book.release;
    if let Some((residual, place)) = &relation.pin
        && !residual.is_zero()
    {
        return Some(Pin { residual: *residual, place, waiver: None });
    }
    for (index, acknowledged) in release.acknowledged.iter().enumerate() {
        if acknowledged.relation.value == relation.name {
            results.used_acknowledgements.insert(index);
            let residual = &acknowledged.residual;
            return Some(Pin { residual: residual.value, place: &residual.place, waiver: None });
        }
    }
    release.waivers.iter().enumerate().find_map(|(index, waiver)| match &waiver.of {
        WaiverTarget::Relation { name, residual } if name.value == relation.name => {
            results.used_waivers.insert(index);
            Some(Pin { residual: residual.value, place: &residual.place, waiver: Some(index) })
        }
        _ => None,
    })
}

fn broken_finding(relation: &Relation, facts: &Facts, residual: Decimal) -> Diagnostic {
    let finding = Diagnostic::error(relation.family, relation.message.clone());
    let mut finding = match (&relation.constraint, relation.total_and_sum(facts)) {
        (Constraint::Balance { .. } | Constraint::MixedBalance { .. }, Some((total, sum))) => {
            let comparison = comparison(relation.family, &format_number(sum), &format_number(total));
            let label = format!("{}: {comparison}", relation.scope);
            let mut finding = finding.at(&relation.place, label);
            let to_text = |number: Decimal| number.normalize().to_string();
            finding.amounts =
                Some(Amounts { stated: to_text(total), computed: to_text(sum), residual: to_text(residual) });
            if are_swapped(total, sum) {
                let apart = format_number(residual.abs());
                finding.note(format!("the difference, {apart}, is divisible by 9: are two digits swapped?"))
            } else {
                finding
            }
        }
        (Constraint::Reach { .. }, _) => {
            let ends = relation.possible_range(facts).unwrap_or_default();
            let (low, high) = (format_number(ends.0), format_number(ends.1));
            let given = if low == high { low } else { format!("{low} to {high}") };
            finding.at(&relation.place, format!("its inputs give {given}"))
        }
        (Constraint::Order { .. }, _) => {
            finding.at(&relation.place, format!("{}: it is less by {}", relation.scope, format_number(residual)))
        }
        _ => finding.at(&relation.place, format!("the books now differ by {}", format_number(residual))),
    };
    if relation.is_explained(facts) {
        finding = finding.note(format!("rounding can explain a difference of {}", format_number(residual)));
    }
    if relation.family == "displayed" {
        finding = finding.help(match relation.constraint {
            Constraint::MixedBalance { .. } => {
                "print them in one unit; to accept a difference, `[[acknowledge]]` this relation by its name"
            }
            _ => {
                "`kessan adjust` proposes adjustments; to accept a difference, `[[acknowledge]]` this relation by its name"
            }
        });
    }
    finding.note(format!("the relation is `{}`", relation.name))
}

/// Adds notes on where the other figures of a tie are entered.
fn add_other_places(input: &CheckInput, relation: &Relation, finding: Diagnostic) -> Diagnostic {
    if relation.family != "tie" {
        return finding;
    }
    let entered = relation.facts().into_iter().filter_map(|fact| input.book.entered.get(fact));
    let others = entered.filter(|entered| *entered.place != relation.place).take(MAX_PLACES);
    others.fold(finding, |finding, other| {
        finding.note(format!("`{}` is entered at {}", other.name(), other.place.file_line()))
    })
}

/// The maximum number of places of other figures in a finding.
const MAX_PLACES: usize = 3;

/// The label that compares both sides.
fn comparison(family: &str, sum: &str, total: &str) -> String {
    match family {
        "tie" => format!("here it is {sum}, in the other place {total}"),
        "cross-footing" => format!("the members add up to {sum}, but {total} is entered"),
        "comparatives" => format!("published as {sum}, entered here as {total}"),
        "year-to-date" => format!("the year to date less the earlier quarters is {sum}, but {total} is entered"),
        "periods" => format!("the shorter periods add up to {sum}, but {total} is entered"),
        "displayed" => format!("the printed figures give {sum}, but {total} is printed"),
        _ => format!("the parts add up to {sum}, but {total} is entered"),
    }
}
