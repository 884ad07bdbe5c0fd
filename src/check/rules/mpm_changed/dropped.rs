//! Measures that the release before declared and this one does not.

use super::{
    super::super::{CheckInput, CheckResults, composition::FigureKey},
    check_note, is_comparable,
};
use crate::{
    diag::Diagnostic,
    model::{Mpm, MpmKind, ProfitOrLoss, Release},
};

/// Reports the measures of the last release before that this one neither declares nor explains, and explanations of measures that
/// it did not have.
pub(super) fn check(input: &CheckInput, profit_or_loss: &ProfitOrLoss, results: &mut CheckResults) {
    let release = input.book.release;
    let declaring = input.earlier.iter().filter(|earlier| earlier.profit_or_loss.is_some());
    let last = declaring.max_by_key(|earlier| earlier.date);
    let before: Vec<&Mpm> = last.into_iter().flat_map(|last| last.mpms.iter().filter(|mpm| is_measure(mpm))).collect();
    for mpm in &before {
        if let Some(last) = last.filter(|_| !is_declared(release, mpm)) {
            let message =
                format!("`{}` is a measure of `{}` that is dropped, and no note says why", mpm.figure, last.slug);
            let finding = Diagnostic::error("mpm-changed", message).at(&profit_or_loss.place, "");
            results.push(finding.with(&mpm.figure.place, "declared there").help(format!(
                "name the note that explains it: `[[mpm]]` with `figure = \"{}\"` and `dropped = \"…\"`",
                mpm.figure
            )));
        }
    }
    for mpm in &release.mpms {
        let MpmKind::Dropped(note) = &mpm.is else { continue };
        check_note(release, note, results);
        let was_there = before.iter().any(|other| FigureKey::of(&other.figure) == FigureKey::of(&mpm.figure));
        if !was_there && is_comparable(input) {
            let message = format!("`{}` is declared dropped, but no earlier release declares it", mpm.figure);
            results.push(Diagnostic::error("mpm-changed", message).at(&mpm.figure.place, ""));
        }
    }
}

fn is_measure(mpm: &Mpm) -> bool {
    matches!(mpm.is, MpmKind::Measure(_))
}

/// Whether a release says of a figure what it is, or that it is dropped.
fn is_declared(release: &Release, mpm: &Mpm) -> bool {
    release.mpms.iter().any(|own| FigureKey::of(&own.figure) == FigureKey::of(&mpm.figure))
}
