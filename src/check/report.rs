//! Reports what is broken: relations that break together are reported together, with the value to blame.

use std::collections::BTreeMap;

use super::{
    CheckResults, Facts, blame, connected::connected, keying_error::KeyingError, relation::plain,
    relation_index::RelationIndex, suspect::Suspect, trial::Trial,
};
use crate::{
    diag::{self, Diagnostic},
    figures::Book,
    model::Decimal,
};

/// How many mistakes are told apart in one group of relations.
const MAX_MISTAKES: usize = 8;
/// How many of a class are named.
const MAX_NAMED: usize = 6;

/// Adds the findings of broken relations. Where one value explains all that break together, it is reported
/// once, at that value.
pub fn report(book: &Book, facts: Facts, results: &mut CheckResults) {
    if results.broken.is_empty() {
        return;
    }
    let said: BTreeMap<usize, Diagnostic> = std::mem::take(&mut results.broken).into_iter().collect();
    let broken: Vec<usize> = said.keys().copied().collect();
    // Relations that share facts break together.
    let groups = connected(broken.iter().map(|relation| results.relations[*relation].facts())).into_iter();
    let groups = groups.map(|group| group.into_iter().map(|at| broken[at]).collect()).collect();
    let net = RelationIndex::new(book, results, &facts);
    let mut trial = Trial::new(&net, facts);
    let mut blamed = Vec::new();
    for (group, suspects) in separate_causes(&mut trial, groups) {
        // What does not add up in the books does not add up in print: that is reported once.
        let in_books = group.iter().any(|relation| !is_printed(results, *relation));
        let own = group.iter().filter(|relation| !(in_books && is_printed(results, **relation)));
        let said = own.filter_map(|relation| said.get(relation)).cloned().collect();
        blamed.push((findings_of_group(book, trial.facts(), &suspects, said), suspects));
    }
    for (findings, suspects) in blamed {
        results.findings.extend(findings);
        results.suspects.extend(suspects);
    }
    results.suspects.sort_by_key(|suspect| suspect.rank);
}

/// Groups with their suspects. Where no one value explains all of a group, the value that a known slip explains most of it
/// by is taken as mended, and the rest is looked at again: several mistakes at once are reported one by one.
fn separate_causes(trial: &mut Trial, groups: Vec<Vec<usize>>) -> Vec<(Vec<usize>, Vec<Suspect>)> {
    let mut parted = Vec::new();
    for group in groups {
        let mut rest = group;
        let mut mended = Vec::new();
        while !rest.is_empty() {
            // Where only print does not add up, the books are right: there is nobody to blame.
            let in_books = rest.iter().any(|relation| trial.index.relations[*relation].family != "displayed");
            let suspects = if in_books { blame::find_suspects(trial, &rest) } else { Vec::new() };
            let best = suspects
                .first()
                .filter(|best| best.left > 0 && best.slip.is_telling() && best.breaks_nothing(rest.len()));
            let Some(best) = best.cloned().filter(|_| mended.len() < MAX_MISTAKES && rest.len() <= blame::FEW) else {
                parted.push((rest, suspects));
                break;
            };
            mended.push((best.fact, trial.put(best.fact, best.proposed)));
            let (held, broken): (Vec<_>, Vec<_>) = rest.into_iter().partition(|relation| trial.holds(*relation));
            parted.push((held, vec![Suspect { left: 0, ..best }]));
            rest = broken;
        }
        for (fact, was) in mended.into_iter().rev() {
            trial.put(fact, was);
        }
    }
    parted
}

fn is_printed(results: &CheckResults, relation: usize) -> bool {
    results.relations[relation].family == "displayed"
}

/// The findings of a group of broken relations.
fn findings_of_group(book: &Book, facts: &Facts, suspects: &[Suspect], mut said: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mending = || suspects.iter().filter(|suspect| suspect.left == 0);
    let mut first: Vec<_> = mending().filter(|suspect| suspect.rank == 1).collect();
    // One relation and no slip that is known by its shape: then any of its values may be the wrong one.
    if said.len() == 1 && first.iter().all(|suspect| !suspect.slip.is_telling()) {
        first = mending().collect();
    }
    match first[..] {
        [] => said,
        [one] => vec![finding_at_suspect(book, one, said)],
        _ => {
            if let Some(finding) = said.first_mut() {
                let more = if first.len() > MAX_NAMED {
                    format!(" and {} more", first.len() - MAX_NAMED)
                } else {
                    String::new()
                };
                let names: Vec<_> = first.iter().take(MAX_NAMED).map(|suspect| named(book, facts, suspect)).collect();
                let note = format!("one of these {} may be wrong: {}{more}", first.len(), names.join("; "));
                finding.notes.push(note);
            }
            said
        }
    }
}

/// One finding, at the value to blame, for everything that breaks because of it.
fn finding_at_suspect(book: &Book, suspect: &Suspect, mut said: Vec<Diagnostic>) -> Diagnostic {
    let entered = &book.entered[suspect.fact];
    let proposed = entered_as(book, suspect.fact, suspect.proposed);
    let count = said.len();
    let first = said.swap_remove(0);
    let place = first.place.clone();
    if count == 1 && place.as_ref().is_some_and(|(place, _)| place == entered.place) {
        // The relation's own words are at the right place already.
        return with_slip(first, suspect, proposed);
    }
    let message = match count {
        1 => first.message.clone(),
        _ => format!("{count} checks fail together, and one wrong amount explains them all"),
    };
    let agree = if count == 1 { "it agrees" } else { "all agree" };
    let label = format!("{}: {agree} if this is {}", entered.period, plain(proposed));
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
    for other in said.iter().take(MAX_NAMED) {
        finding = finding.note(other.message.clone());
    }
    if count > 1 {
        finding = finding.note(first.message);
    }
    with_slip(finding, suspect, proposed)
}

fn with_slip(mut finding: Diagnostic, suspect: &Suspect, proposed: Decimal) -> Diagnostic {
    finding.notes.retain(|note| !note.contains("divisible by 9"));
    if suspect.slip.is_telling() {
        finding = finding.note(format!("{}: was {} meant?", suspect.slip.words(), plain(proposed)));
    }
    if suspect.slip == KeyingError::Sign {
        finding = finding.note("or its `-` in a `sum` is missing, or one too many");
    }
    finding
}

/// `is.revenues@fy2009 (12 → 21)`.
fn named(book: &Book, facts: &Facts, suspect: &Suspect) -> String {
    let was = entered_as(book, suspect.fact, facts.values[suspect.fact]);
    let proposed = entered_as(book, suspect.fact, suspect.proposed);
    format!("`{}` ({} → {})", name(book, suspect.fact), plain(was), plain(proposed))
}

/// The suspects for people and programs.
pub fn suspected(book: &Book, suspects: &[Suspect]) -> Vec<diag::Suspect> {
    let suspect_of = |suspect: &Suspect| {
        let entered = &book.entered[suspect.fact];
        let name = name(book, suspect.fact);
        diag::Suspect {
            rank: suspect.rank,
            place: entered.place.clone(),
            id: name.rsplit_once('@').map_or(name.as_str(), |(id, _)| id).to_owned(),
            period: entered.period.to_owned(),
            stated: entered.amount.normalize().to_string(),
            proposed: entered_as(book, suspect.fact, suspect.proposed).to_string(),
            reason: suspect.slip.words().to_owned(),
        }
    };
    suspects.iter().map(suspect_of).collect()
}

/// A fact's name, `is.total_revenues@fy2009`.
pub fn name(book: &Book, fact: usize) -> String {
    book.entered[fact].name()
}

/// A value in base units as it would be entered.
pub fn entered_as(book: &Book, fact: usize, value: Decimal) -> Decimal {
    value.checked_div(book.entered[fact].unit.scale.factor()).unwrap_or(value).normalize()
}
