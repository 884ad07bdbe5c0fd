//! Checks a release: relations and other rules, one file each.

pub mod blame;
mod caption_figures;
mod clause;
mod connected;
mod direction;
mod input;
mod item_mark;
pub mod joint;
mod judge;
pub mod keying_error;
mod literals;
mod movement;
pub mod mutate;
mod number_search;
mod phrase_search;
mod prior_release;
mod relation;
pub mod relation_index;
mod report;
mod rules;
mod run_on;
mod sentences;
mod signable;
mod signed_change;
mod stated_figures;
mod subject;
mod sum;
mod sum_tree;
mod suspect;
mod translated_blocks;
mod translation;
pub mod trial;
mod typed_date;
mod typed_number;
mod verdict;
mod web_address;

pub use input::{CheckInput, CheckResults, SignatureState};
pub use relation::{Constraint, Facts, Relation, format_number};
pub use report::{diag_suspects, in_entered_unit, name};
pub use rules::current_translations;
pub use signable::{KINDS, Signable, content_hash, is_kind, names, signables};
pub use verdict::Verdict;

use std::collections::BTreeSet;

use rules::{
    FAMILIES, FAMILIES_OF_TEXT, RULE_OF_DECLARATIONS, RULE_OF_SIGNATURES, RULES, RULES_OF_TEXT, RULES_OF_TRANSLATIONS,
    Rule, When,
};
use translation::TranslationInput;

/// Checks a release in all its languages, and returns the findings and all relations with their verdicts. `sound` is
/// whether the release was loaded without errors; if not, rules that need complete data are skipped.
pub fn check(input: &CheckInput, translations: &[CheckInput], sound: bool) -> CheckResults {
    let is_due = |(_, _, when): &&Rule| sound || *when == When::Always;
    let mut results = CheckResults::default();
    FAMILIES.iter().chain(&FAMILIES_OF_TEXT).filter(is_due).for_each(|(_, find, _)| find(input, &mut results));
    judge_relations(input, &mut results);
    let inputs = || [input].into_iter().chain(translations);
    results.applied = inputs().flat_map(CheckInput::applied_declarations).collect();
    RULES.iter().filter(is_due).for_each(|(_, look, _)| look(input, &mut results));
    RULES_OF_TEXT.iter().filter(is_due).for_each(|(_, look, _)| look(input, &mut results));
    for translation in translations {
        check_translation(translation, is_due, &mut results);
        if sound && translation.shown {
            compare_translation(input, translation, &mut results);
        }
    }
    results.report_unused_literals();
    if sound && inputs().all(|input| input.shown) {
        (RULE_OF_SIGNATURES.1)(input, translations, &mut results);
    }
    [RULE_OF_DECLARATIONS].iter().filter(is_due).for_each(|(_, look, _)| look(input, &mut results));
    results
}

/// Judges all relations, and reports those that are broken.
fn judge_relations(input: &CheckInput, results: &mut CheckResults) {
    let facts = Facts::of(input.book);
    let relations = std::mem::take(&mut results.relations);
    let judged = relations.iter().enumerate();
    results.verdicts = judged.map(|(index, relation)| judge::judge(input, index, relation, &facts, results)).collect();
    results.relations = relations;
    report::report(input.book, facts, results);
}

/// Compares a translation with the original.
fn compare_translation(original: &CheckInput, translation: &CheckInput, results: &mut CheckResults) {
    let input = TranslationInput::new(original, translation);
    RULES_OF_TRANSLATIONS.iter().for_each(|(_, compare)| compare(&input, results));
    input.report_unused_differences(results);
}

/// Checks what only the texts of a translation say: its amounts are those of the original, and were checked there.
fn check_translation(input: &CheckInput, is_due: impl Fn(&&Rule) -> bool, results: &mut CheckResults) {
    let mut own = CheckResults::default();
    FAMILIES_OF_TEXT.iter().filter(&is_due).for_each(|(_, find, _)| find(input, &mut own));
    let known: BTreeSet<&str> = results.relations.iter().map(|relation| relation.name.as_str()).collect();
    own.relations.retain(|relation| !known.contains(relation.name.as_str()));
    judge_relations(input, &mut own);
    RULES_OF_TEXT.iter().filter(&is_due).for_each(|(_, look, _)| look(input, &mut own));
    results.findings.extend(own.findings);
    results.literals.extend(own.literals);
}
