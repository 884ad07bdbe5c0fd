//! Changed forecasts: a release says whether its forecasts are those published before.
//!
//! **What it checks.** `[[revision_note]]` says which words of the text say that the forecasts differ from those published before
//! (`yes`) and which that they do not (`no`), and which concept of the filing (`concept`). Any difference of a forecast from the one
//! that the latest `prior` release has for the same days, or that `previous` names, however small, needs `yes`; without any
//! difference `no` is expected. A forecast that a `[[notice]]` named on a day before the release has not changed since. `kind` tells
//! results from dividends. Words of `no` within those of `yes` do not count, nor the other way round.
//!
//! **Why.** The forms of quarterly results ask whether forecasts were revised from those published last, whether or not a notice of its
//! own is due (FAQ 8218 of JPX). The line is copied from quarter to quarter.
//!
//! **Example.** `forecasts/changed`, reported as `forecast-changed`
//!
//! **How to fix it.** Correct the words, or the forecast.

use std::collections::BTreeSet;

use super::super::{
    CheckInput, CheckResults,
    forecasts::{self, ForecastChange, PublishedBy},
};
use crate::{
    diag::{Diagnostic, Place, quoted_list},
    model::{Date, RevisionNote, StatementValue},
};

/// The name of its findings.
const RULE: &str = "forecast-changed";

/// Compares what the texts of a language and the filing say with the forecasts.
pub fn check(input: &CheckInput, results: &mut CheckResults) -> usize {
    let mut looked_at = 0;
    let today = forecasts::today(input.book.release);
    // The filing is of the original alone.
    let is_original = !input.book.release.is_translation();
    for note in &input.book.release.revision_notes {
        let changes = forecasts::changes(input, note.kind);
        let changes: Vec<_> = changes.into_iter().filter(|change| Some(change.period.span.end()) > today).collect();
        if changes.is_empty() {
            continue;
        }
        looked_at += changes.len();
        let changed = changes.iter().find(|change| is_changed(input, change));
        let said = said(input, note);
        if said.is_empty() && (note.yes.is_some() || note.concept.is_some() && is_original) && input.shown {
            results.push(silent(note, changed));
        }
        for (_, place) in said.into_iter().filter(|(says, _)| *says != changed.is_some()) {
            results.push(finding(input, &place, changed, &changes));
        }
    }
    looked_at
}

/// The finding that nothing says whether forecasts were revised, with the words that would.
fn silent(note: &RevisionNote, changed: Option<&ForecastChange>) -> Diagnostic {
    let words = if changed.is_some() { &note.yes } else { &note.no };
    let expected = match words {
        Some(words) => format!("expected `{}`", words.value.trim()),
        None => format!("expected its concept in `[exchange.text]`, `{}`", changed.is_some()),
    };
    let finding = Diagnostic::error(RULE, "no text says whether forecasts were revised").at(&note.place, expected);
    match changed {
        Some(change) => finding.note(format!("`{}` is not what `{}` had", change.name(), change.by)),
        None => finding.note("none differs from the one published before"),
    }
}

/// Whether a forecast is not the one published last. What a notice named on an earlier day was published then.
fn is_changed(input: &CheckInput, change: &ForecastChange) -> bool {
    change.has_changed() && (change.by_kind == PublishedBy::Figure || noticed_before(input, change).is_none())
}

/// The day before that of the release on which a notice named a forecast that has changed.
fn noticed_before(input: &CheckInput, change: &ForecastChange) -> Option<Date> {
    let release = input.book.release;
    let is_earlier = |date: &Date| release.date.is_some_and(|today| *date < today);
    let notices = release.notices.iter().filter(|notice| change.has_changed() && change.is_of(notice));
    notices.filter_map(|notice| notice.date.as_ref().map(|date| date.value)).find(is_earlier)
}

/// What the texts and the filing say, each with its place.
fn said(input: &CheckInput, note: &RevisionNote) -> Vec<(bool, Place)> {
    let mut said = Vec::new();
    let words = [note.yes.as_ref(), note.no.as_ref()].map(|text| text.map_or("", |text| text.value.trim()));
    for typed in &input.presented.typed_texts {
        // "Not revised" has "revised" in it.
        let found = |own: &str, other: &str| match own {
            "" => false,
            own if other.contains(own) => typed.text.replace(other, "").contains(own),
            own => typed.text.contains(own),
        };
        for (says, [own, other]) in [(true, [words[0], words[1]]), (false, [words[1], words[0]])] {
            if found(own, other) {
                said.push((says, typed.at.clone()));
            }
        }
    }
    let filing = input.book.release.filing.as_ref().filter(|_| !input.book.release.is_translation());
    if let (Some(concept), Some(filing)) = (&note.concept, filing) {
        let statements = filing.statements.iter().filter(|statement| statement.concept.value == concept.value);
        said.extend(statements.filter_map(|statement| match statement.value {
            StatementValue::YesNo(says) => Some((says, statement.place.clone())),
            StatementValue::Text(_) | StatementValue::Number(_) => None,
        }));
    }
    said
}

fn finding(
    input: &CheckInput,
    place: &Place,
    changed: Option<&ForecastChange>,
    changes: &[ForecastChange],
) -> Diagnostic {
    match changed {
        Some(change) => {
            let message = format!(
                "forecasts are said not to be revised, but `{}` is not what `{}` had",
                change.name(),
                change.by
            );
            let finding = Diagnostic::error(RULE, message).at(place, "");
            let finding = finding.with(&change.place(input.book), change.was_and_is(input.book));
            with_notices(finding, input, change)
        }
        None => {
            let message = "forecasts are said to be revised, but all are those published before";
            let finding = Diagnostic::error(RULE, message).at(place, "");
            if let Some((change, date)) =
                changes.iter().find_map(|change| Some((change, noticed_before(input, change)?)))
            {
                let message =
                    format!("the notice of {date} revised `{}`, which is what was published last", change.name());
                return finding.note(message);
            }
            let by: BTreeSet<&str> = changes.iter().map(|change| change.by.as_str()).collect();
            finding.note(format!("they were compared with {}", quoted_list(by)))
        }
    }
}

/// Names the notices that have published a change.
fn with_notices(finding: Diagnostic, input: &CheckInput, change: &ForecastChange) -> Diagnostic {
    let dates = input.book.release.notices.iter().filter(|notice| change.is_of(notice));
    dates.filter_map(|notice| notice.date.as_ref()).fold(finding, |finding, date| {
        finding.with(&date.place, format!("a notice published the change on {}", date.value))
    })
}
