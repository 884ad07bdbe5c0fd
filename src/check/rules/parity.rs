//! Parity of translations: a paragraph and its translation state the same figures, typed numbers and dates.
//!
//! **What it checks.** Every block of a page and its translation show the same set of figures: formula, period and member.
//! Unit, scale, decimals and order may differ. The same `[[literal]]` entries are in both, as far as they have a text in both
//! languages, and where both name dates of the release, the same dates. A figure that only one language has on purpose is
//! declared with its reason, `[[release.en.differs]]` with `page` and `figure`, and is reported once both have it. Where the
//! blocks of a page differ on purpose, its figures are compared as a whole. A block that has the very words of the original, three
//! or more, is `untranslated`.
//!
//! **Why.** The translation is made first and corrected last. A figure of last quarter's period, or one that was exchanged in
//! the original only, reads well in either language.
//!
//! **Example.** `languages/parity`
//!
//! **How to fix it.** Write the placeholder of the original in the translation.

mod copied_text;
mod dataset_texts;

use std::collections::BTreeSet;

use super::super::{
    CheckInput, CheckResults,
    stated_figures::{pairs_of, subjects_of},
    translated_blocks::{TextBlock, TranslatedPage},
    translation::TranslationInput,
};
use crate::{
    diag::{Diagnostic, Place, quoted_list},
    model::Date,
    present::{
        FigureUse,
        document::{Inline, plain},
    },
};

/// Compares what each block of each page states.
pub fn check(input: &TranslationInput, results: &mut CheckResults) -> usize {
    let mut looked_at = 0;
    for page in &input.pages {
        let (pairs, difference) = page.pairs();
        if difference.is_some() {
            // Without a declaration, the structure is reported, and the rest would follow from it.
            if input.declared_difference(page.id, None).is_some() {
                let (original, translation) = (page.original.iter().collect(), page.translation.iter().collect());
                compare(input, page, original, translation, results);
                looked_at += page.original.len();
            }
            continue;
        }
        looked_at += pairs.len();
        for (original, translation) in pairs {
            copied_text::check_block(input, page, original, translation, results);
            compare(input, page, vec![original], vec![translation], results);
        }
    }
    copied_text::check_titles(input, results);
    dataset_texts::check(input, results);
    looked_at + input.translation.book.release.originals.len()
}

/// Compares blocks with those that translate them.
fn compare(
    input: &TranslationInput,
    page: &TranslatedPage,
    original: Vec<&TextBlock>,
    translation: Vec<&TextBlock>,
    results: &mut CheckResults,
) {
    let Some(place) = page.place(translation.first().copied()) else { return };
    let report = |message: String, results: &mut CheckResults| {
        let finding = Diagnostic::error("parity", message).at(place, "");
        results.push(match page.original_place(original.first().copied()) {
            Some(place) => finding.with(place, "the original"),
            None => finding,
        });
    };
    let [own_uses, other_uses] =
        [(0, &original), (1, &translation)].map(|(language, blocks)| uses(input, language, blocks));
    let [own, other] = [&own_uses, &other_uses].map(|uses| names(uses));
    let mut is_same = true;
    for (name, has, lacks) in one_sided(&own, &other) {
        is_same = false;
        match input.declared_difference(page.id, Some(name)) {
            Some(declared) => _ = results.used_differences.insert(declared),
            None => report(format!("the {has} states `{name}`, the {lacks} does not"), results),
        }
    }
    if is_same {
        let pairs = [&own_uses, &other_uses].map(|uses| pairs_of(uses));
        if let Some([own, other]) = exchanged(&pairs) {
            let [own, other] = [own, other].map(|[first, second]| format!("`{first}` with `{second}`"));
            report(format!("the original pairs {own}, the translation {other}"), results);
        }
        if let ([own], [other]) = (original.as_slice(), translation.as_slice()) {
            compare_parts(own, other, |message| report(message, results));
        }
    }
    let texts = [&original, &translation].map(|blocks| blocks.iter().filter_map(|block| block.passage));
    let [own, other] = texts.map(|passages| passages.map(|passage| passage.at.text()).collect::<Vec<_>>());
    let periods = [&own, &other].map(|texts| texts.iter().flat_map(|text| subjects_of(text, "period")).collect());
    if let Some([own, other]) = exchanged(&periods) {
        report(format!("the original names the period `{own}`, the translation `{other}`"), results);
    }
    let [own, other] =
        [(input.original, &original), (input.translation, &translation)].map(|(input, blocks)| literals(input, blocks));
    if let Some((_, text)) =
        own.iter().find(|(place, _)| input.is_literal_of_both(place) && !other.iter().any(|(other, _)| other == place))
    {
        report(format!("the original has the literal `{text}`, the translation does not"), results);
    }
    if let Some((_, text)) =
        other.iter().find(|(place, _)| input.is_literal_of_both(place) && !own.iter().any(|(own, _)| own == place))
    {
        report(format!("the translation has the literal `{text}`, the original does not"), results);
    }
    let (own, other) = (dates(input, 0, &original), dates(input, 1, &translation));
    if let (Some(date), Some(wrong)) = (own.difference(&other).next(), other.difference(&own).next()) {
        report(format!("the original names the date {date}, the translation {wrong}"), results);
    }
}

/// Compares the cells of a table of text one by one: their figures as a whole are the same.
fn compare_parts(original: &TextBlock, translation: &TextBlock, mut report: impl FnMut(String)) {
    for (own, other) in original.parts.iter().zip(&translation.parts) {
        let (own, other) = (figures_in(own), figures_in(other));
        if own != other {
            let [own, other] = [own, other].map(|names| match names.is_empty() {
                true => String::from("nothing"),
                false => quoted_list(&names),
            });
            return report(format!("a cell of the original states {own}, that of the translation {other}"));
        }
    }
}

/// The names of the figures in a text, in their order.
fn figures_in(text: &[Inline]) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    for inline in text {
        match inline {
            Inline::Figure(figure) => _ = found.insert(figure.source.as_str()),
            Inline::Strong { text } | Inline::Emphasis { text } | Inline::Link { text, .. } => {
                found.extend(figures_in(text));
            }
            _ => {}
        }
    }
    found
}

/// The figures in the text of blocks; `language` is 0 for the original and 1 for the translation.
fn uses<'i>(input: &TranslationInput<'_, 'i, '_>, language: usize, blocks: &[&TextBlock]) -> Vec<&'i FigureUse> {
    let passages = blocks.iter().filter_map(|block| block.passage);
    passages.flat_map(|passage| input.figures[language].within(&passage.at)).collect()
}

fn names<'a>(uses: &[&'a FigureUse]) -> BTreeSet<&'a str> {
    uses.iter().map(|used| used.name()).collect()
}

/// The names that only one of two texts has, each with which has it and which lacks it.
fn one_sided<'a>(own: &BTreeSet<&'a str>, other: &BTreeSet<&'a str>) -> Vec<(&'a str, &'static str, &'static str)> {
    let of_own = own.difference(other).map(|name| (*name, "original", "translation"));
    of_own.chain(other.difference(own).map(|name| (*name, "translation", "original"))).collect()
}

/// What the first of two texts has and the second has not, with what the second has instead; none where only one of them has more.
fn exchanged<T: Ord + Copy>([own, other]: &[BTreeSet<T>; 2]) -> Option<[T; 2]> {
    Some([*own.difference(other).next()?, *other.difference(own).next()?])
}

/// The literals in the text of blocks, each with its place, which is the same in all languages.
fn literals<'a>(input: &'a CheckInput, blocks: &[&TextBlock]) -> Vec<(&'a Place, &'a str)> {
    let texts = typed_texts(blocks);
    let literals = input.book.release.literals.iter();
    let found = literals.filter(|literal| texts.iter().any(|text| text.contains(&literal.text.value)));
    found.map(|literal| (&literal.place, literal.text.value.as_str())).collect()
}

/// The declared dates that the text of blocks has in full; `language` is 0 for the original and 1 for the translation.
fn dates(input: &TranslationInput, language: usize, blocks: &[&TextBlock]) -> BTreeSet<Date> {
    let texts: Vec<String> = blocks.iter().map(|block| plain(block.text)).collect();
    if !texts.iter().any(|text| text.contains(char::is_numeric)) {
        return BTreeSet::new();
    }
    let is_named = |written: &str| texts.iter().any(|text| text.contains(written));
    let named = input.dates.iter().filter(|(_, written)| written.get(language).is_some_and(|date| is_named(date)));
    named.map(|(date, _)| *date).collect()
}

/// The texts of blocks without their figures.
fn typed_texts(blocks: &[&TextBlock]) -> Vec<String> {
    let typed = |inline: &&Inline| !matches!(inline, Inline::Figure(_));
    blocks.iter().map(|block| plain(&block.text.iter().filter(typed).cloned().collect::<Vec<_>>())).collect()
}
