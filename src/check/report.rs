//! Reports broken relations: those with a common cause together, with the value to blame.

use std::collections::BTreeMap;

use super::{
    CheckResults, Facts, blame, connected::connected_groups, keying_error::KeyingError, relation::format_number,
    relation_index::RelationIndex, suspect::Suspect, trial::Trial,
};
use crate::{
    diag::{self, Diagnostic},
    figures::Book,
    model::Decimal,
};

/// The maximum number of mistakes separated in one group of relations.
const MAX_MISTAKES: usize = 8;
/// The maximum number of suspects or relations named in a finding.
const MAX_NAMED: usize = 6;

/// Adds the findings of broken relations. If one value explains all relations of a group, it is reported once, at that
/// value.
pub fn report(book: &Book, facts: Facts, results: &mut CheckResults) {
    if results.broken.is_empty() {
        return;
    }
    let findings: BTreeMap<usize, Diagnostic> = std::mem::take(&mut results.broken).into_iter().collect();
    let broken: Vec<usize> = findings.keys().copied().collect();
    // Relations that share facts break together.
    let groups = connected_groups(broken.iter().map(|relation| results.relations[*relation].facts())).into_iter();
    let groups = groups.map(|group| group.into_iter().map(|at| broken[at]).collect()).collect();
    let index = RelationIndex::new(book, results, &facts);
    let mut trial = Trial::new(&index, facts);
    let mut blamed = Vec::new();
    for (group, suspects) in separate_causes(&mut trial, groups) {
        // A sum that is broken in the entered amounts is also broken in print: report it once.
        let in_books = group.iter().any(|relation| !is_printed(results, *relation));
        let own = group.iter().filter(|relation| !(in_books && is_printed(results, **relation)));
        let findings = own.filter_map(|relation| findings.get(relation)).cloned().collect();
        blamed.push((findings_of_group(book, trial.facts(), &suspects, findings), suspects));
    }
    for (findings, suspects) in blamed {
        results.findings.extend(findings);
        results.suspects.extend(suspects);
    }
    results.suspects.sort_by_key(|suspect| suspect.rank);
}

/// Splits groups by cause and finds their suspects. If no single value explains a whole group, the value that a known
/// keying error explains best is corrected, and the rest is examined again, so that several mistakes are reported
/// separately.
fn separate_causes(trial: &mut Trial, groups: Vec<Vec<usize>>) -> Vec<(Vec<usize>, Vec<Suspect>)> {
    let mut parted = Vec::new();
    for group in groups {
        let mut rest = group;
        let mut mended = Vec::new();
        while !rest.is_empty() {
            // If only printed sums are broken, the entered amounts are right and there is no suspect.
            let in_books = rest.iter().any(|relation| trial.index.relations[*relation].family != "displayed");
            let suspects = if in_books { blame::find_suspects(trial, &rest) } else { Vec::new() };
            let best = suspects
                .first()
                .filter(|best| best.left > 0 && best.keying_error.is_recognizable() && best.breaks_nothing(rest.len()));
            let Some(best) = best.cloned().filter(|_| mended.len() < MAX_MISTAKES && rest.len() <= blame::MAX_GROUP)
            else {
                parted.push((rest, suspects));
                break;
            };
            mended.push((best.fact, trial.replace(best.fact, best.proposed)));
            let (held, broken): (Vec<_>, Vec<_>) = rest.into_iter().partition(|relation| trial.holds(*relation));
            parted.push((held, vec![Suspect { left: 0, ..best }]));
            rest = broken;
        }
        for (fact, was) in mended.into_iter().rev() {
            trial.replace(fact, was);
        }
    }
    parted
}

fn is_printed(results: &CheckResults, relation: usize) -> bool {
    results.relations[relation].family == "displayed"
}

/// The findings of a group of broken relations.
fn findings_of_group(
    book: &Book,
    facts: &Facts,
    suspects: &[Suspect],
    mut findings: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    let mending = || suspects.iter().filter(|suspect| suspect.left == 0);
    let mut first: Vec<_> = mending().filter(|suspect| suspect.rank == 1).collect();
    // One relation and no recognizable keying error: any of its values may be wrong.
    if findings.len() == 1 && first.iter().all(|suspect| !suspect.keying_error.is_recognizable()) {
        first = mending().collect();
    }
    match first[..] {
        [] => findings,
        [one] => vec![finding_at_suspect(book, one, findings)],
        _ => {
            if let Some(finding) = findings.first_mut() {
                let more = if first.len() > MAX_NAMED {
                    format!(" and {} more", first.len() - MAX_NAMED)
                } else {
                    String::new()
                };
                let names: Vec<_> =
                    first.iter().take(MAX_NAMED).map(|suspect| describe_suspect(book, facts, suspect)).collect();
                let note = format!("one of these {} may be wrong: {}{more}", first.len(), names.join("; "));
                finding.notes.push(note);
            }
            findings
        }
    }
}

/// One finding, at the value to blame, for everything that breaks because of it.
fn finding_at_suspect(book: &Book, suspect: &Suspect, mut findings: Vec<Diagnostic>) -> Diagnostic {
    let entered = &book.entered[suspect.fact];
    let proposed = in_entered_unit(book, suspect.fact, suspect.proposed);
    let count = findings.len();
    let first = findings.swap_remove(0);
    let place = first.place.clone();
    if count == 1 && place.as_ref().is_some_and(|(place, _)| place == entered.place) {
        // The finding of the relation is already at the right place.
        return add_keying_error(first, suspect, proposed);
    }
    let message = match count {
        1 => first.message.clone(),
        _ => format!("{count} checks fail together, and one wrong amount explains them all"),
    };
    let agree = if count == 1 { "it agrees" } else { "all agree" };
    let label = format!("{}: {agree} if this is {}", entered.period, format_number(proposed));
    let mut finding = Diagnostic::error(first.rule, message).at(entered.place, label);
    finding.amounts.clone_from(&first.amounts);
    match place {
        Some((place, label)) if place.source == entered.place.source && place != *entered.place => {
            finding = finding.with(&place, label);
        }
        Some((place, _)) if place != *entered.place && count == 1 => {
            finding = finding.note(format!("the other side is at {}", place.file_line()));
        }
        _ => {}
    }
    for other in findings.iter().take(MAX_NAMED) {
        finding = finding.note(other.message.clone());
    }
    if count > 1 {
        finding = finding.note(first.message);
    }
    add_keying_error(finding, suspect, proposed)
}

fn add_keying_error(mut finding: Diagnostic, suspect: &Suspect, proposed: Decimal) -> Diagnostic {
    finding.notes.retain(|note| !note.contains("divisible by 9"));
    if suspect.keying_error.is_recognizable() {
        finding =
            finding.note(format!("{}: was {} meant?", suspect.keying_error.description(), format_number(proposed)));
    }
    if suspect.keying_error == KeyingError::Sign {
        finding = finding.note("or its `-` in a `sum` is missing, or one too many");
    }
    finding
}

/// `is.revenues@fy2009 (12 → 21)`.
fn describe_suspect(book: &Book, facts: &Facts, suspect: &Suspect) -> String {
    let was = in_entered_unit(book, suspect.fact, facts.values[suspect.fact]);
    let proposed = in_entered_unit(book, suspect.fact, suspect.proposed);
    format!("`{}` ({} → {})", name(book, suspect.fact), format_number(was), format_number(proposed))
}

/// Converts suspects for output.
pub fn diag_suspects(book: &Book, suspects: &[Suspect]) -> Vec<diag::Suspect> {
    let suspect_of = |suspect: &Suspect| {
        let entered = &book.entered[suspect.fact];
        let name = name(book, suspect.fact);
        diag::Suspect {
            rank: suspect.rank,
            place: entered.place.clone(),
            id: name.rsplit_once('@').map_or(name.as_str(), |(id, _)| id).to_owned(),
            period: entered.period.to_owned(),
            stated: entered.amount.normalize().to_string(),
            proposed: in_entered_unit(book, suspect.fact, suspect.proposed).to_string(),
            reason: suspect.keying_error.description().to_owned(),
        }
    };
    suspects.iter().map(suspect_of).collect()
}

/// A fact's name, `is.total_revenues@fy2009`.
pub fn name(book: &Book, fact: usize) -> String {
    book.entered[fact].name()
}

/// Converts a value from base units to the unit in which the fact is entered.
pub fn in_entered_unit(book: &Book, fact: usize, value: Decimal) -> Decimal {
    value.checked_div(book.entered[fact].unit.scale.factor()).unwrap_or(value).normalize()
}
