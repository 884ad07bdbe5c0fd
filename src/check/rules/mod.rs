//! The rules: one file each, and one row each of these tables. The comment at the head of a rule's file is its manual.

mod comparatives;
mod cross_footing;
mod declared;
mod displayed;
mod footing;
mod joint;
mod labels;
mod like_for_like;
mod lines;
mod literal;
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
mod tie;
mod wording;
mod year_to_date;

use super::{CheckInput, CheckResults, translation::TranslationInput};

/// A rule: its name in findings, what looks for relations or breaches of it, and when.
pub type Rule = (&'static str, fn(&CheckInput, &mut CheckResults), When);

/// When a rule has something to say.
#[derive(Clone, Copy, PartialEq)]
pub enum When {
    /// Always: it passes over what could not be read.
    Always,
    /// Where every entry and every name could be read: otherwise it would report what is missing as wrong.
    Sound,
}

/// The families of relations. Only what a wrong entry can break is a relation: a derived figure cannot disagree with
/// itself.
pub const FAMILIES: [Rule; 9] = [
    ("footing", footing::relations, When::Always),
    ("cross_footing", cross_footing::relations, When::Always),
    ("tie", tie::relations, When::Always),
    ("order", order::relations, When::Always),
    ("periods", periods::relations, When::Always),
    ("comparatives", comparatives::relations, When::Sound),
    ("year_to_date", year_to_date::relations, When::Sound),
    ("stated", stated::relations, When::Sound),
    ("pinned", pinned::relations, When::Sound),
];

/// The families of relations between printed figures, which sentences have too.
pub const FAMILIES_OF_TEXT: [Rule; 1] = [("displayed", displayed::relations, When::Sound)];

/// Rules beside relations, about the amounts of a release.
pub const RULES: [Rule; 5] = [
    ("joint", joint::check, When::Sound),
    ("sign", sign::check, When::Always),
    ("source", source::check, When::Always),
    ("split", split::check, When::Sound),
    ("lines", lines::check, When::Sound),
];

/// Rules about texts: every language of a release is held to them.
pub const RULES_OF_TEXT: [Rule; 10] = [
    ("pending", pending::check, When::Always),
    ("prose", prose::check, When::Always),
    ("literal", literal::check, When::Sound),
    ("wording", wording::check, When::Sound),
    ("like_for_like", like_for_like::check, When::Sound),
    ("period_words", period_words::check, When::Sound),
    ("number_words", number_words::check, When::Always),
    ("labels", labels::check, When::Sound),
    ("rounded_away", rounded_away::check, When::Sound),
    ("repeated_unit", repeated_unit::check, When::Sound),
];

/// A rule about a translation and its original: its name in findings, and what compares them.
pub type RuleOfTranslations = (&'static str, fn(&TranslationInput, &mut CheckResults));

/// Rules about translations, where all languages could be read and presented.
pub const RULES_OF_TRANSLATIONS: [RuleOfTranslations; 3] =
    [("structure", structure::check), ("parity", parity::check), ("stale_translation", stale_translation::check)];

/// What the rule about stale translations compares with later.
pub use stale_translation::current_translations;

/// A rule about a release in all its languages, where all of them could be read and presented.
pub type RuleOfEditions = (&'static str, fn(&CheckInput, &[CheckInput], &mut CheckResults));

/// The rule about signatures.
pub const RULE_OF_SIGNATURES: RuleOfEditions = ("signoff", signoff::check);

/// The last rule, when it is known which declarations were needed.
pub const RULE_OF_DECLARATIONS: Rule = ("declared", declared::check, When::Sound);

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
        let tables: [&[super::Rule]; 4] =
            [&super::FAMILIES, &super::FAMILIES_OF_TEXT, &super::RULES, &super::RULES_OF_TEXT];
        let mut rules: Vec<_> = tables
            .into_iter()
            .flatten()
            .map(|(name, ..)| (*name).to_owned())
            .chain([super::RULE_OF_SIGNATURES.0.to_owned(), super::RULE_OF_DECLARATIONS.0.to_owned()])
            .chain(super::RULES_OF_TRANSLATIONS.iter().map(|(name, _)| (*name).to_owned()))
            .collect();
        rules.sort();
        assert_eq!(files, rules);
    }
}
