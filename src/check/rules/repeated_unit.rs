//! Repeated unit: a sentence does not type a sign, currency, per cent sign or scale beside a figure that brings its own.
//!
//! **What it checks.** Directly before a figure in a sentence there must be no minus sign, and no currency that the figure
//! writes itself. Directly after it there must be no per cent sign, unit or scale word that it writes itself. A scale word
//! after a figure at another scale is an error too, also after the digits of `number`, which are at the scale of their line, and the unit
//! without the scale that such digits have; so is the name of any money beside an amount that writes its currency, and so is what a change is compared with, beside one that says it.
//! The pattern of a unit (`in_sentences`) must not say a scale that its figures have.
//!
//! **Why.** "GBP48 million million" is left over where a typed figure was replaced by one of the dataset.
//!
//! **Example.** `narrative/repeated_unit`
//!
//! **How to fix it.** Remove the typed sign or word. `number` writes the digits alone, without unit and scale.

use std::collections::BTreeSet;

use super::super::{CheckInput, CheckResults, clause::word_before};
use crate::{
    diag::{Diagnostic, Place},
    model::{Unit, UnitKind, is_run_on, joins_words},
    present::{FigureUse, Writes},
};

/// The signs that are taken for a minus.
const MINUS: [char; 6] = ['-', '−', '–', '－', '△', '▲'];
/// Those that are no dashes.
const NEVER_DASHES: [char; 2] = ['△', '▲'];

/// Signs of currencies of both widths.
const SIGNS_OF_CURRENCIES: [char; 10] = ['$', '€', '£', '¥', '₩', '￥', '＄', '￡', '￦', '₹'];

/// Looks at every figure in text.
pub fn check(input: &CheckInput, results: &mut CheckResults) -> usize {
    let mut looked_at = 0;
    let mut seen = BTreeSet::new();
    let others = input.book.release.units.rules.values();
    let others = others.map(|rule| rule.in_sentences.split("{}").next().unwrap_or_default().trim());
    let others: Vec<&str> = others.filter(|sign| !sign.is_empty()).collect();
    let scales = input.words.scale.values().filter_map(|pattern| pattern.rsplit("{}").next());
    let scales: Vec<&str> = scales.map(str::trim).filter(|word| !word.is_empty()).collect();
    for used in &input.presented.uses {
        let Some(call) = &used.call else { continue };
        looked_at += 1;
        let writes = Writes::of(call);
        let writes_unit = writes.has_unit();
        let base = used.derivation.unit.base.as_str();
        // The pattern is that of the unit, at whichever scale.
        if writes_unit
            && used.derivation.unit.scale.word().is_some()
            && seen.insert(base)
            && let Some(word) = scale_in_pattern(input, used)
        {
            results.push(repeated_scale(used, &word));
        }
        let minus = minus_before(used).or_else(|| minus_word_before(input, used));
        let unit = writes_unit
            .then(|| currency_before(input, used, &others).or_else(|| word_after(input, used, &scales)))
            .flatten();
        if writes == Writes::Digits
            && let Some(place) = other_scale_after(input, used)
        {
            let message = format!("`{}` is typed after a figure in `{}`", place.text(), used.derivation.unit);
            let finding = Diagnostic::error("repeated-unit", message).at(&place, "").with(&used.at, used.name());
            results.push(finding.help("use `amount`, which writes the scale and the unit itself"));
            continue;
        }
        let compared = compared_beside(input, used).map(|place| (place, "what it is compared with"));
        let found = match (minus, unit) {
            (Some(place), _) if writes_unit || writes == Writes::Digits => (place, "a minus sign"),
            (_, Some(place)) => (place, "its unit"),
            _ => match compared {
                Some(found) => found,
                None => continue,
            },
        };
        let (place, what) = found;
        let message = format!("`{}` is typed beside a figure that writes {what} itself", place.text());
        results.push(Diagnostic::error("repeated-unit", message).at(&place, "").with(&used.at, used.name()));
    }
    looked_at
}

/// A scale that the pattern of a unit says, where the figure has a scale of its own.
fn scale_in_pattern(input: &CheckInput, used: &FigureUse) -> Option<String> {
    let pattern = input.words.sentence_pattern(&used.derivation.rule);
    let said = input.words.scales_in(&pattern.replace("{}", " "));
    said.first().map(|word| (*word).to_owned())
}

fn repeated_scale(used: &FigureUse, word: &str) -> Diagnostic {
    let (unit, rule) = (&used.derivation.unit, &used.derivation.rule);
    let message = format!("`{}` of the unit `{}` says `{word}`, and so does the scale", rule.in_sentences, unit.base);
    let finding = Diagnostic::error("repeated-unit", message).at(&used.at, format!("in `{unit}`"));
    finding.help("leave the scale out of `in_sentences`, which is written around the number with its scale")
}

/// The scale, or the unit without one, that is typed after digits at another scale.
fn other_scale_after(input: &CheckInput, used: &FigureUse) -> Option<Place> {
    let text = used.at.source.text.get(used.at.end..)?;
    let start = used.at.end + (text.len() - text.trim_start_matches(' ').len());
    let text = text.trim_start_matches(' ');
    let is_whole = |word: &str| {
        let goes_on = text.get(word.len()..).is_some_and(|rest| rest.starts_with(char::is_alphabetic));
        text.starts_with(word) && !(word.ends_with(joins_words) && goes_on)
    };
    let own = used.derivation.unit.scale;
    let scales = input.words.scale.iter().filter_map(|(scale, pattern)| {
        let word = pattern.rsplit("{}").next().map(str::trim).filter(|word| !word.is_empty())?;
        text.starts_with(word).then_some((scale.as_str(), word))
    });
    if let Some((scale, word)) = scales.max_by_key(|(_, word)| word.len()) {
        let is_other = own.word() != Some(scale) && is_whole(word);
        return is_other.then(|| Place::new(&used.at.source, start..start + word.len()));
    }
    let unit = input.words.sentence_pattern(&used.derivation.rule).rsplit("{}").next().unwrap_or_default().trim();
    let has_none = own.word().is_some() && !unit.is_empty() && text.starts_with(unit) && is_whole(unit);
    has_none.then(|| Place::new(&used.at.source, start..start + unit.len()))
}

/// What a change is compared with, typed beside one whose style says it.
fn compared_beside(input: &CheckInput, used: &FigureUse) -> Option<Place> {
    let style = used.call.as_ref()?.options.get("style")?;
    input.words.change.get(style).filter(|pattern| pattern.up.contains("{compared}"))?;
    let text = &used.at.source.text;
    let (before, after) = (text.get(..used.at.start)?.trim_end(), text.get(used.at.end..)?);
    let skipped = after.len() - after.trim_start().len();
    input.words.compared.values().find_map(|words| {
        let range = match () {
            () if before.ends_with(words.as_str()) => before.len() - words.len()..before.len(),
            () if after[skipped..].starts_with(words.as_str()) => {
                let start = used.at.end + skipped;
                start..start + words.len()
            }
            () => return None,
        };
        Some(Place::new(&used.at.source, range))
    })
}

/// A minus sign before a figure that is no dash between two words or figures.
fn minus_before(used: &FigureUse) -> Option<Place> {
    let text = used.at.source.text.get(..used.at.start)?;
    let sign = text.chars().next_back().filter(|sign| MINUS.contains(sign))?;
    let before = text[..text.len() - sign.len_utf8()].chars().next_back();
    let joins = |before: char| before.is_alphanumeric() && !is_run_on(before);
    let is_dash = before.is_some_and(|before| joins(before) || before == '}' || MINUS.contains(&before))
        && !NEVER_DASHES.contains(&sign);
    let start = used.at.start - sign.len_utf8();
    (!is_dash).then(|| Place::new(&used.at.source, start..used.at.start))
}

/// "Minus" in words, directly before a figure.
fn minus_word_before(input: &CheckInput, used: &FigureUse) -> Option<Place> {
    let text = used.at.source.text.get(..used.at.start)?;
    let run_on = input.words.prose.minus.iter().find(|word| word.ends_with(is_run_on) && text.ends_with(word.as_str()));
    if let Some(word) = run_on {
        return Some(Place::new(&used.at.source, used.at.start - word.len()..used.at.start));
    }
    let word = word_before(used)?;
    word.is_in(&input.words.prose.minus).then_some(word.place)
}

/// The currency of the figure, typed before it.
fn currency_before(input: &CheckInput, used: &FigureUse, others: &[&str]) -> Option<Place> {
    let text = used.at.source.text.get(..used.at.start)?;
    let end = text.trim_end_matches(' ').len();
    let unit = &used.derivation.unit.base;
    let sign = input.words.sentence_pattern(&used.derivation.rule).split("{}").next().unwrap_or_default().trim();
    let names = [sign, unit.as_str()];
    let is_money = used.derivation.rule.kind == UnitKind::Money;
    if let Some(sign) = text[..end].chars().next_back().filter(|c| is_money && SIGNS_OF_CURRENCIES.contains(c)) {
        return Some(Place::new(&used.at.source, end - sign.len_utf8()..end));
    }
    let typed = names.into_iter().chain(others.iter().copied()).find(|name| {
        let name = name.trim();
        let joined =
            |before: Option<char>| name.starts_with(char::is_alphanumeric) && before.is_some_and(char::is_alphanumeric);
        !name.is_empty() && text[..end].ends_with(name) && !joined(text[..end - name.len()].chars().next_back())
    })?;
    Some(Place::new(&used.at.source, end - typed.trim().len()..end))
}

/// A scale word, the unit's own words, or a per cent sign after the figure.
fn word_after(input: &CheckInput, used: &FigureUse, scales: &[&str]) -> Option<Place> {
    let text = used.at.source.text.get(used.at.end..)?;
    let start = used.at.end + (text.len() - text.trim_start_matches(' ').len());
    let text = used.at.source.text.get(start..)?;
    let own = input.words.sentence_pattern(&used.derivation.rule).rsplit("{}").next().unwrap_or_default().trim();
    let percent = if used.derivation.unit.base == Unit::PERCENT { ["%", "％"].as_slice() } else { &[] };
    let per_cent = if used.derivation.unit.base == Unit::PERCENT { input.words.prose.percent.as_slice() } else { &[] };
    let money = if used.derivation.rule.kind == UnitKind::Money { input.words.prose.money.as_slice() } else { &[] };
    let subunit = used.derivation.rule.subunit.as_ref().and_then(|part| part.in_sentences.rsplit("{}").next());
    let words = scales
        .iter()
        .copied()
        .chain([own])
        .chain(subunit.map(str::trim))
        .chain(percent.iter().copied())
        .chain(per_cent.iter().chain(money).map(String::as_str));
    let typed = words.filter(|word| !word.is_empty()).find(|word| {
        let goes_on = text.get(word.len()..).is_some_and(|rest| rest.starts_with(char::is_alphabetic));
        text.starts_with(word) && !(word.ends_with(joins_words) && goes_on)
    })?;
    Some(Place::new(&used.at.source, start..start + typed.len()))
}
