//! Finds amounts that are typed in captions and in the description of a release, to be held to the figures that are shown.

use std::{collections::BTreeMap, ops::Range};

use super::{CheckInput, CheckResults, clause::find_phrase, literals::is_literal};
use crate::{
    diag::{Diagnostic, Place},
    model::{Decimal, TableSpec, UnitKind},
    present::FigureUse,
    present::TypedText,
};

/// Reports amounts in the captions of tables, and in the description, that the table or the release does not show.
pub fn check(input: &CheckInput, tables: &[&TableSpec], results: &mut CheckResults) {
    let release = input.book.release;
    let labels = input.presented.typed_texts.iter().filter(|typed| typed.is_label);
    let captions = tables.iter().filter_map(|table| Some((&table.caption.as_ref()?.place, table)));
    let captions: BTreeMap<&Place, _> = captions.collect();
    for typed in labels {
        let table = captions.get(&typed.at);
        let is_description = release.description.as_ref().is_some_and(|text| text.place == typed.at);
        let whose = match table {
            Some(table) => format!("the caption of `{}`", table.id.value),
            None if is_description => String::from("the description"),
            None => continue,
        };
        let place = table.map(|table| table.id.value.as_str());
        for number in amounts(input, &typed.text) {
            if is_shown(input, place, &typed.text[number.clone()]) || is_literal(input, &typed.text, number.clone()) {
                continue;
            }
            results.push(finding(&whose, typed, number));
        }
    }
}

fn finding(whose: &str, typed: &TypedText, number: Range<usize>) -> Diagnostic {
    let number = &typed.text[number];
    let message = format!("{whose} names `{number}`, which is not a figure that is shown");
    let finding = Diagnostic::error("labels", message).at(&typed.at, "");
    finding.help("take it from the dataset with `{{ … }}`, or declare it as a `[[literal]]`")
}

/// Numbers with a currency before them, or a per cent sign, a currency or a scale behind them. Numbers with thousands are
/// reported as typed by hand.
fn amounts(input: &CheckInput, text: &str) -> Vec<Range<usize>> {
    let style = &input.words.number;
    let is_part = |c: char| c.is_ascii_digit() || style.point.contains(c) || style.group.contains(c);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| c.is_ascii_digit()).map(|next| at + next) {
        let length = text[start..].find(|c: char| !is_part(c)).unwrap_or(text.len() - start);
        let number = text[start..start + length].trim_end_matches(|c: char| !c.is_ascii_digit());
        let end = start + number.len();
        at = start + length;
        let is_grouped = !style.group.is_empty() && number.contains(style.group.as_str());
        if !is_grouped && (follows_currency(input, &text[..start]) || precedes_unit(input, &text[end..])) {
            found.push(start..end);
        }
    }
    found
}

/// The ids and signs of the declared currencies.
fn currencies<'a>(input: &'a CheckInput) -> impl Iterator<Item = &'a str> {
    let rules = input.book.release.units.rules.iter().filter(|(_, rule)| rule.kind == UnitKind::Money);
    let names = rules.flat_map(|(base, rule)| rule.in_sentences.split("{}").chain([base.as_str()]));
    names.map(str::trim).filter(|name| !name.is_empty())
}

fn follows_currency(input: &CheckInput, before: &str) -> bool {
    let before = before.trim_end();
    currencies(input).any(|name| {
        let rest = before.strip_suffix(name);
        rest.is_some_and(|rest| !(name.starts_with(char::is_alphabetic) && rest.ends_with(char::is_alphabetic)))
    })
}

fn precedes_unit(input: &CheckInput, after: &str) -> bool {
    let after = after.trim_start();
    let word = after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let is_scale = !input.words.scales_in(word).is_empty();
    let is_currency = currencies(input).any(|name| find_phrase(after, name).next() == Some(0));
    after.starts_with(['%', '％']) || is_scale || is_currency
}

/// Whether a figure of a table, or of the release, is printed so.
fn is_shown(input: &CheckInput, table: Option<&str>, number: &str) -> bool {
    let plain = number.replace(input.words.number.point.as_str(), ".");
    let Ok(value) = plain.parse::<Decimal>() else { return false };
    let is_printed = |used: &FigureUse| used.displayed.abs() == value && used.displayed.scale() == value.scale();
    match table {
        Some(table) => input.by_place.get(table).into_iter().flatten().any(|used| is_printed(used)),
        None => input.presented.uses.iter().any(is_printed),
    }
}
