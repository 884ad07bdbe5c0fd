//! Checks a release: relations and other rules, one file each.

pub mod blame;
mod caption_figures;
mod clause;
mod composition;
mod connected;
mod direction;
mod figure_names;
mod forecasts;
mod input;
mod item_mark;
pub mod joint;
mod judge;
mod kept_relations;
pub mod keying_error;
mod literals;
mod looked_at;
mod movement;
pub mod mutate;
mod non_gaap;
mod notices;
mod number_search;
mod phrase_search;
mod prior_release;
mod reading_order;
mod reasons;
mod reconciliation;
mod relation;
pub mod relation_index;
mod report;
mod rules;
mod run_on;
mod sentences;
mod showing;
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
mod waived_rules;
mod web_address;
mod written_blocks;

pub use figure_names::{FigureLinks, FigureNames};
pub use input::{CheckInput, CheckResults, SignatureState};
pub use kept_relations::KeptRelations;
pub use looked_at::{Counted, RuleCount};
pub use relation::{Constraint, Facts, Relation, format_number};
pub use report::{diag_suspects, in_entered_unit, name};
pub use rules::{current_translations, names as rule_names};
pub use signable::{KINDS, Signable, content_hash, is_kind, names, signables};
pub use verdict::Verdict;

use std::collections::BTreeSet;

use looked_at::Counts;
use non_gaap::{NonGaapMeasure, is_ratio};
use reconciliation::ReconciliationSearch;
use rules::{
    FAMILIES, FAMILIES_OF_AMOUNTS, FAMILIES_OF_TEXT, Family, RULE_OF_DECLARATIONS, RULE_OF_SIGNATURES, RULES,
    RULES_OF_TEXT, RULES_OF_TRANSLATIONS, Rule, When,
};
use showing::{Showing, showings};
use translation::TranslationInput;
use waived_rules::Breach;

/// Checks a release in all its languages, and returns the findings and all relations with their verdicts. `sound` is
/// whether the release was loaded without errors; if not, rules that need complete data are skipped. Relations that were kept of the
/// same dataset and words are not looked for again.
pub fn check(
    input: &CheckInput,
    translations: &[CheckInput],
    sound: bool,
    kept: Option<&KeptRelations>,
) -> CheckResults {
    let is_due = |when: When| sound || when == When::Always;
    // What a file that cannot be read would have said is not reported as missing, so relations may differ by more than the dataset.
    let kept = kept.filter(|_| !input.book.release.is_incomplete());
    let look_now = || look_for_amounts(input);
    let (mut results, mut counts) = kept.map_or_else(look_now, |kept| kept.get_or_look(look_now));
    look_for_relations(FAMILIES.iter().chain(&FAMILIES_OF_TEXT), input, is_due, &mut results, &mut counts);
    judge_relations(input, &mut results);
    let inputs = || [input].into_iter().chain(translations);
    results.applied = inputs().flat_map(CheckInput::applied_declarations).collect();
    look(RULES.iter().chain(&RULES_OF_TEXT), input, is_due, &mut results, &mut counts);
    for (rule, counted, _) in &RULES_OF_TRANSLATIONS {
        counts.add(rule, *counted, sound.then_some(0));
    }
    for translation in translations {
        check_translation(translation, is_due, &mut results, &mut counts);
        if sound && translation.shown {
            compare_translation(input, translation, &mut results, &mut counts);
        }
    }
    results.report_unused_texts();
    let (rule, counted, check_signatures) = RULE_OF_SIGNATURES;
    let can_compare = sound && inputs().all(|input| input.shown);
    counts.add(rule, counted, can_compare.then(|| check_signatures(input, translations, &mut results)));
    look([RULE_OF_DECLARATIONS].iter(), input, is_due, &mut results, &mut counts);
    results.looked_at = counts.into_list();
    results
}

/// The relations between amounts, which are always due: they need no entry but their own.
fn look_for_amounts(input: &CheckInput) -> (CheckResults, Counts) {
    let (mut results, mut counts) = (CheckResults::default(), Counts::default());
    look_for_relations(FAMILIES_OF_AMOUNTS.iter(), input, |when| when == When::Always, &mut results, &mut counts);
    (results, counts)
}

/// Collects the relations of each family that is due.
fn look_for_relations<'f>(
    families: impl Iterator<Item = &'f Family>,
    input: &CheckInput,
    is_due: impl Fn(When) -> bool,
    results: &mut CheckResults,
    counts: &mut Counts,
) {
    for (family, find, when) in families {
        let before = results.relations.len();
        let found = is_due(*when).then(|| find(input, results)).map(|()| results.relations.len() - before);
        counts.add(family, Counted::Relations, found);
    }
}

/// Has each rule that is due look.
fn look<'f>(
    rules: impl Iterator<Item = &'f Rule>,
    input: &CheckInput,
    is_due: impl Fn(When) -> bool,
    results: &mut CheckResults,
    counts: &mut Counts,
) {
    for (rule, counted, look, when) in rules {
        counts.add(rule, *counted, is_due(*when).then(|| look(input, results)));
    }
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
fn compare_translation(
    original: &CheckInput,
    translation: &CheckInput,
    results: &mut CheckResults,
    counts: &mut Counts,
) {
    let input = TranslationInput::new(original, translation);
    for (rule, counted, compare) in &RULES_OF_TRANSLATIONS {
        counts.add(rule, *counted, Some(compare(&input, results)));
    }
    input.report_unused_differences(results);
}

/// Checks what only the texts of a translation say: its amounts are those of the original, and were checked there.
fn check_translation(
    input: &CheckInput,
    is_due: impl Fn(When) -> bool + Copy,
    results: &mut CheckResults,
    counts: &mut Counts,
) {
    let mut own = CheckResults::default();
    FAMILIES_OF_TEXT.iter().filter(|(.., when)| is_due(*when)).for_each(|(_, find, _)| find(input, &mut own));
    let known: BTreeSet<&str> = results.relations.iter().map(|relation| relation.name.as_str()).collect();
    own.relations.retain(|relation| !known.contains(relation.name.as_str()));
    own.relations.iter().for_each(|relation| counts.add(relation.family, Counted::Relations, Some(1)));
    judge_relations(input, &mut own);
    look(RULES_OF_TEXT.iter(), input, is_due, &mut own, counts);
    results.findings.extend(own.findings);
    results.literals.extend(own.literals);
    results.used_rule_waivers.extend(own.used_rule_waivers);
    results.standing.extend(own.standing);
}
