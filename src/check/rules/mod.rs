//! The rules: one file each, and one row each of these tables. The comment at the head of a rule's file is its manual.

mod comparatives;
mod cross_footing;
mod declared;
mod displayed;
mod dividend_forecast;
mod footing;
mod forecast_changed;
mod forecast_revision;
mod headline_comparative;
mod joint;
mod kept_text;
mod labels;
mod like_for_like;
mod lines;
mod literal;
mod mpm_changed;
mod mpm_declared;
mod mpm_note;
mod mpm_reconciled;
mod non_gaap_prior;
mod non_gaap_prominence;
mod non_gaap_reconciled;
mod non_gaap_start;
mod non_gaap_why;
mod number_words;
mod order;
mod parity;
mod pending;
mod period_words;
mod periods;
mod pinned;
mod prose;
mod repeated_unit;
mod rounded_away;
mod sign;
mod signoff;
mod source;
mod split;
mod stale_translation;
mod stated;
mod structure;
mod subtotals;
mod tie;
mod wording;
mod year_to_date;

use super::{CheckInput, CheckResults, looked_at::Counted, translation::TranslationInput};

/// A family of relations: its name in findings, what looks for them, and when.
pub type Family = (&'static str, fn(&CheckInput, &mut CheckResults), When);

/// A rule: its name in findings, what it looks at, what looks for breaches of it and gives the number of things that it looked
/// at, and when.
pub type Rule = (&'static str, Counted, fn(&CheckInput, &mut CheckResults) -> usize, When);

/// When a rule has something to say.
#[derive(Clone, Copy, PartialEq)]
pub enum When {
    /// Always: it passes over what could not be read.
    Always,
    /// Where every entry and every name could be read: otherwise it would report what is missing as wrong.
    Sound,
}

/// The families of relations between the amounts of a release, which read nothing but its dataset. Only what a wrong entry can break
/// is a relation: a derived figure cannot disagree with itself.
pub const FAMILIES_OF_AMOUNTS: [Family; 5] = [
    ("footing", footing::relations, When::Always),
    ("cross-footing", cross_footing::relations, When::Always),
    ("tie", tie::relations, When::Always),
    ("order", order::relations, When::Always),
    ("periods", periods::relations, When::Always),
];

/// The families of relations with other releases, and with what is stated and shown.
pub const FAMILIES: [Family; 4] = [
    ("comparatives", comparatives::relations, When::Sound),
    ("year-to-date", year_to_date::relations, When::Sound),
    ("stated", stated::relations, When::Sound),
    ("pinned", pinned::relations, When::Sound),
];

/// The families of relations between printed figures, which sentences have too.
pub const FAMILIES_OF_TEXT: [Family; 1] = [("displayed", displayed::relations, When::Sound)];

/// Rules beside relations, about the amounts of a release.
pub const RULES: [Rule; 15] = [
    ("joint", Counted::Relations, joint::check, When::Sound),
    ("sign", Counted::Amounts, sign::check, When::Always),
    ("source", Counted::Amounts, source::check, When::Always),
    ("split", Counted::Amounts, split::check, When::Sound),
    ("lines", Counted::Lines, lines::check, When::Sound),
    ("subtotals", Counted::Lines, subtotals::check, When::Sound),
    ("mpm-declared", Counted::Figures, mpm_declared::check, When::Sound),
    ("mpm-reconciled", Counted::Lines, mpm_reconciled::check, When::Sound),
    ("mpm-changed", Counted::Measures, mpm_changed::check, When::Sound),
    ("non-gaap-reconciled", Counted::Measures, non_gaap_reconciled::check, When::Sound),
    ("non-gaap-start", Counted::Measures, non_gaap_start::check, When::Sound),
    ("non-gaap-prior", Counted::Measures, non_gaap_prior::check, When::Sound),
    ("forecast-revision", Counted::Forecasts, forecast_revision::check, When::Sound),
    ("dividend-forecast", Counted::Forecasts, dividend_forecast::check, When::Sound),
    ("headline-comparative", Counted::Headlines, headline_comparative::check, When::Sound),
];

/// The rules whose findings a dataset can accept, with a reason: `[[waive]]` with `rule`.
pub const WAIVABLE_RULES: [&str; 5] =
    ["non-gaap-reconciled", "non-gaap-start", "non-gaap-prior", "non-gaap-prominence", "non-gaap-why"];

/// Rules about texts: every language of a release is held to them.
pub const RULES_OF_TEXT: [Rule; 15] = [
    ("pending", Counted::Amounts, pending::check, When::Always),
    ("prose", Counted::Texts, prose::check, When::Always),
    ("literal", Counted::Literals, literal::check, When::Sound),
    ("kept-text", Counted::Texts, kept_text::check, When::Always),
    ("wording", Counted::Figures, wording::check, When::Sound),
    ("like-for-like", Counted::Comparisons, like_for_like::check, When::Sound),
    ("period-words", Counted::Texts, period_words::check, When::Sound),
    ("number-words", Counted::Texts, number_words::check, When::Always),
    ("labels", Counted::Labels, labels::check, When::Sound),
    ("rounded-away", Counted::Figures, rounded_away::check, When::Sound),
    ("repeated-unit", Counted::Figures, repeated_unit::check, When::Sound),
    ("mpm-note", Counted::Measures, mpm_note::check, When::Sound),
    ("non-gaap-prominence", Counted::Measures, non_gaap_prominence::check, When::Sound),
    ("non-gaap-why", Counted::Measures, non_gaap_why::check, When::Sound),
    ("forecast-changed", Counted::Forecasts, forecast_changed::check, When::Sound),
];

/// A rule about a translation and its original: its name in findings, what it looks at, and what compares them and gives the
/// number of things that it looked at.
pub type RuleOfTranslations = (&'static str, Counted, fn(&TranslationInput, &mut CheckResults) -> usize);

/// Rules about translations, where all languages could be read and presented.
pub const RULES_OF_TRANSLATIONS: [RuleOfTranslations; 3] = [
    ("structure", Counted::Blocks, structure::check),
    ("parity", Counted::Blocks, parity::check),
    ("stale-translation", Counted::Texts, stale_translation::check),
];

/// What the rule about stale translations compares with later.
pub use stale_translation::current_translations;

/// A rule about a release in all its languages, where all of them could be read and presented.
pub type RuleOfEditions = (&'static str, Counted, fn(&CheckInput, &[CheckInput], &mut CheckResults) -> usize);

/// The rule about signatures.
pub const RULE_OF_SIGNATURES: RuleOfEditions = ("signoff", Counted::SignedParts, signoff::check);

/// The last rule, when it is known which declarations were needed.
pub const RULE_OF_DECLARATIONS: Rule = ("declared", Counted::Declarations, declared::check, When::Sound);

/// The names of all rules, in the order of their tables.
pub fn names() -> impl Iterator<Item = &'static str> {
    let families = FAMILIES_OF_AMOUNTS.iter().chain(&FAMILIES).chain(&FAMILIES_OF_TEXT).map(|(name, ..)| *name);
    let rules = RULES.iter().chain(&RULES_OF_TEXT).map(|(name, ..)| *name);
    let others = RULES_OF_TRANSLATIONS.iter().map(|(name, ..)| *name);
    families.chain(rules).chain(others).chain([RULE_OF_SIGNATURES.0, RULE_OF_DECLARATIONS.0])
}

#[cfg(test)]
mod tests {
    /// A rule's file that the table forgets would never look.
    #[test]
    fn every_rule_has_a_file_and_every_file_is_in_the_table() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/check/rules");
        let mut files: Vec<_> = std::fs::read_dir(folder)
            .expect("the folder of rules")
            .filter_map(|entry| Some(entry.ok()?.path().file_stem()?.to_str()?.to_owned()))
            .filter(|stem| stem != "mod")
            .collect();
        files.sort();
        // A rule may have a folder beside its file.
        files.dedup();
        let mut rules: Vec<_> = super::names().map(|name| name.replace('-', "_")).collect();
        rules.sort();
        assert_eq!(files, rules);
    }

    /// A waiver of a rule that the list forgets would be refused, and one that the list alone knows could never be needed.
    #[test]
    fn the_rules_that_honour_waivers_are_in_their_list() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/check/rules");
        let honours = |rule: &&str| {
            let file = folder.join(rule.replace('-', "_")).with_extension("rs");
            let text = std::fs::read_to_string(file).expect("the file of a rule");
            text.contains("push_unless_waived") || text.contains("is_waived")
        };
        let mut honouring: Vec<_> = super::names().filter(honours).collect();
        let mut listed = super::WAIVABLE_RULES.to_vec();
        honouring.sort();
        listed.sort();
        assert_eq!(honouring, listed);
    }

    #[test]
    fn what_a_rule_needs_is_said_of_rules_that_there_are() {
        let rules: Vec<_> = super::names().collect();
        let unknown: Vec<_> = super::super::looked_at::NEEDS.iter().filter(|(rule, _)| !rules.contains(rule)).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }
}
