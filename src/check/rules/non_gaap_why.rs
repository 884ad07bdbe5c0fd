//! Reasons for non-GAAP measures: a text says why a measure that the accounting standard does not define is useful to investors.
//!
//! **What it checks.** For each measure with `non_gaap` that is shown, a note, a paragraph or an item of a list has one of the words of
//! `informative` and one of `investors` of the [language](reference/appearance.md), and is about the measure:
//! it has its label, or a label that a row or a headline gives it; or the heading above it has the label, or another paragraph below the same
//! heading does; or a row, a caption or a sentence that shows the measure refers to the note. A ratio, and an amount per share,
//! may rest on the text about the measure that it is made of. Every language of a release is held to it that has these words.
//!
//! **Why.** Item 10(e)(1)(i)(C) of Regulation S-K asks for the reasons why management believes that the measure gives useful information
//! to investors; Instruction 2 to Item 2.02 of Form 8-K asks the same of an earnings release.
//!
//! **Example.** `non_gaap/without_reason`
//!
//! **How to fix it.** Write what the measure shows that the line it is compared with does not, and for whom: "We believe that adjusted EBITDA
//! is useful to investors because …". Below the reconciliation, or as a note of its row, is a good place. A published release without
//! such a text keeps its reason in `[[waive]]` with `rule = "non-gaap-why"`.

use super::super::{
    Breach, CheckInput, CheckResults, NonGaapMeasure,
    reasons::{Reasons, labels},
};
use crate::diag::Diagnostic;

const RULE: &str = "non-gaap-why";

/// Looks at every measure with `non_gaap`; returns how many there are.
pub fn check(input: &CheckInput, results: &mut CheckResults) -> usize {
    let prose = &input.words.prose;
    if input.non_gaap.is_empty() || prose.informative.is_empty() || prose.investors.is_empty() {
        return 0;
    }
    let reasons = Reasons::new(input);
    let has_reason = |measure: &NonGaapMeasure| reasons.has_any(&labels(input, &measure.names), &measure.shown);
    for measure in input.non_gaap.iter().filter(|measure| !measure.shown.is_empty()) {
        let parts = measure.parts_of_ratio(input.book.release, &input.non_gaap);
        let is_explained = has_reason(measure) || !parts.is_empty() && parts.iter().all(|part| has_reason(part));
        let first = measure.shown.first().filter(|_| !is_explained);
        if let Some(first) = first {
            let message = format!("no text says why `{}` is useful to investors", measure.name);
            let finding =
                Diagnostic::error(RULE, message).at(&measure.base.place, "").with(&first.used.at, "shown here");
            let language = &input.book.release.language.value;
            let finding = match input.book.release.is_translation() {
                true => finding.note(format!("the language of the texts is `{language}`")),
                false => finding,
            };
            let breach = Breach { rule: RULE, names: &measure.names, period: None, place: None };
            results.push_unless_waived(input, breach, finding);
        }
    }
    input.non_gaap.len()
}
