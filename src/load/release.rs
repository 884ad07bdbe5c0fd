//! Reads `release.toml`: title, language, rounding, units, periods, literals and errata.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    files::File,
    grouping::grouping,
    languages::read_languages,
    nil_mark::{nil_mark, not_applicable_mark},
    profit_or_loss::profit_or_loss,
    toml_table::{self, Edition, TomlTable, Value, check_characters},
    words::{Sign, fault_of_pattern},
};
use crate::{
    diag::{Diagnostic, Findings, Place, Source},
    model::{
        At, Attach, Compare, Date, Decimal, Erratum, Event, Headline, Literal, NameIndex, PENDING, Period, PeriodSpan,
        Positions, Release, RoundingMode, Scale, StandingText, Subunit, Unit, UnitKind, UnitRule, Units, is_run_on,
        lei_fault,
    },
};

/// The fewest words of a standing text, and the fewest characters where words are written in one piece.
const MIN_WORDS: usize = 2;
const MIN_RUN_ON: usize = 4;

/// Reads the settings of a release, once for each edition. Values that could not be read are empty, and are reported.
pub fn releases(slug: &str, file: Option<&File>, editions: &[Edition], findings: &mut Findings) -> Vec<Release> {
    let mut releases = Vec::new();
    if let Some(file) = file {
        toml_table::parse_editions(file, editions, findings, &mut |keys, findings| {
            releases.push(settings(slug, keys, findings));
        });
    }
    if releases.is_empty() { vec![unreadable_release(slug, file)] } else { releases }
}

/// A release whose settings could not be read.
fn unreadable_release(slug: &str, file: Option<&File>) -> Release {
    let source = file.map_or_else(|| Source::new("release.toml", ""), |file| Arc::clone(&file.source));
    let mut release = empty_release(slug, &Place::new(&source, 0..0));
    release.unread.insert(Release::ANY.to_owned());
    release
}

fn empty_release(slug: &str, place: &Place) -> Release {
    let text = || At::new(String::new(), place.clone());
    Release {
        slug: slug.to_owned(),
        title: text(),
        issuer: text(),
        lei: None,
        language: text(),
        languages: Vec::new(),
        is_delayed: false,
        translated_pages: None,
        differences: Vec::new(),
        confirmed: Vec::new(),
        signed: Vec::new(),
        signatures: Vec::new(),
        signed_contents: Vec::new(),
        untranslated: BTreeSet::new(),
        originals: BTreeMap::new(),
        date: None,
        pending: Vec::new(),
        period: None,
        prior: Vec::new(),
        masthead: Vec::new(),
        description: None,
        publish_checks: false,
        headlines: Vec::new(),
        attach: Vec::new(),
        files: Vec::new(),
        pictures: BTreeMap::new(),
        picture_files: Vec::new(),
        units: Units::default(),
        periods: Vec::new(),
        events: Vec::new(),
        literals: Vec::new(),
        standing: Vec::new(),
        errata: Vec::new(),
        statements: Vec::new(),
        measures: Vec::new(),
        ranges: Vec::new(),
        stated: Vec::new(),
        marked: Vec::new(),
        ties: Vec::new(),
        orders: Vec::new(),
        splits: Vec::new(),
        forecasts: Vec::new(),
        revision_notes: Vec::new(),
        notices: Vec::new(),
        max_growth: None,
        year_to_date: Vec::new(),
        adjustments: Vec::new(),
        acknowledged: Vec::new(),
        waivers: Vec::new(),
        tables: Vec::new(),
        narrative: Vec::new(),
        filing: None,
        profit_or_loss: None,
        mpms: Vec::new(),
        name_index: NameIndex::default(),
        statement_positions: Positions::default(),
        measure_positions: Positions::default(),
        unread: BTreeSet::new(),
    }
}

fn settings(slug: &str, keys: &TomlTable, findings: &mut Findings) -> Release {
    let mut release = empty_release(slug, &keys.first_line());
    release.units = units(keys, findings);
    release.headlines = keys.tables("headline", findings).iter().filter_map(|keys| headline(keys, findings)).collect();
    periods(keys, &mut release, findings);
    read_events(keys, &mut release, findings);
    release.literals = keys.tables("literal", findings).iter().filter_map(|keys| literal(keys, findings)).collect();
    release.standing = keys.tables("standing", findings).iter().filter_map(|keys| standing(keys, findings)).collect();
    release.errata = keys.tables("erratum", findings).iter().filter_map(|keys| erratum(keys, findings)).collect();
    release.profit_or_loss = keys.table("profit_or_loss", findings).map(|keys| profit_or_loss(&keys, findings));
    if let Some(keys) = keys.require("release", findings).and_then(|value| value.table(findings)) {
        head(&keys, &mut release, findings);
    } else {
        release.unread.insert(Release::ANY.to_owned());
    }
    release
}

fn head(keys: &TomlTable, release: &mut Release, findings: &mut Findings) {
    let mut need =
        |key| keys.require_localized(key, findings).unwrap_or_else(|| At::new(String::new(), keys.first_line()));
    (release.title, release.issuer) = (need("title"), need("issuer"));
    release.lei = keys.text("lei", findings).and_then(|text| findings.keep(lei(text)));
    read_languages(keys, release, findings);
    let written = keys.require("date", findings);
    release.date =
        written.and_then(|value| date(value, "the date of the release", &mut release.pending, findings)).flatten();
    release.period = keys.text("period", findings);
    release.prior = keys.lines("prior", findings);
    let max_growth = keys.value("max_growth").and_then(|value| findings.keep(value.number()));
    if let Some(limit) = max_growth.as_ref().filter(|limit| limit.value <= Decimal::ZERO) {
        let finding = Diagnostic::error("wrong-type", "`max_growth` is the largest growth that is shown, in per cent");
        findings.push(finding.at(&limit.place, "expected a number greater than zero"));
    }
    release.max_growth = max_growth.map(|limit| limit.value).filter(|limit| *limit > Decimal::ZERO);
    release.masthead = keys.localized_lines("masthead", findings);
    release.description = keys.localized("description", findings);
    for (key, text) in [("the title", Some(&release.title)), ("the description", release.description.as_ref())] {
        let pending = text.filter(|text| text.value == PENDING);
        release.pending.extend(pending.map(|text| At::new(key.to_owned(), text.place.clone())));
    }
    release.publish_checks = keys.flag("publish_checks", findings).unwrap_or(false);
    release.signed = keys.lines("signed", findings);
    release.attach = keys.words("attach", &Attach::WORDS, findings);
    keys.finish(findings);
}

/// A legal entity identifier with right check digits.
fn lei(text: At<String>) -> Result<String, Diagnostic> {
    match lei_fault(&text.value) {
        None => Ok(text.value),
        Some(fault) => {
            let message = format!("`{}` is no legal entity identifier", text.value);
            Err(Diagnostic::error("lei", message).at(&text.place, "").note(fault))
        }
    }
}

fn units(keys: &TomlTable, findings: &mut Findings) -> Units {
    let percent = UnitRule {
        decimals: 1,
        in_tables: "{}%".into(),
        in_sentences: "{}%".into(),
        says_as_language: true,
        ..UnitRule::plain(UnitKind::Percent)
    };
    let mut units = Units::default();
    units.rules.insert(Unit::PERCENT.to_owned(), percent);
    if let Some(table) = keys.table("rounding", findings) {
        for (word, kind) in UnitKind::WORDS {
            if let Some(mode) = table.word(word, &RoundingMode::WORDS, findings) {
                units.rounding.insert(kind, mode);
            }
        }
        table.finish(findings);
    }
    let Some(table) = keys.table("unit", findings) else { return units };
    // Read bases before `X per Y`, which inherits from `X`.
    let (per, bases): (Vec<_>, Vec<_>) =
        table.entries().into_iter().partition(|(name, _)| name.value.contains(" per "));
    for (name, value) in bases.into_iter().chain(per) {
        if !check_characters(&name, findings) {
            continue;
        }
        if Unit::parse(&name.value).scaled {
            let finding = Diagnostic::error("unit", "a unit is declared without its scale");
            findings.push(finding.at(&name.place, "leave out the scale"));
        }
        let Some(keys) = value.table(findings) else { continue };
        let start = units.rule(&name.value).cloned();
        let rule = unit(&keys, &name.value, start, findings);
        units.rules.insert(name.value, rule);
    }
    units
}

fn unit(keys: &TomlTable, name: &str, start: Option<UnitRule>, findings: &mut Findings) -> UnitRule {
    let mut rule = start.unwrap_or_else(|| UnitRule::plain(UnitKind::Number));
    if name.contains(" per ") {
        rule = UnitRule { scale: None, parts: Vec::new(), from: None, ..rule };
    }
    rule.kind = keys.word("kind", &UnitKind::WORDS, findings).unwrap_or(rule.kind);
    rule.decimals = keys.count("decimals", 9, findings).map_or(rule.decimals, u32::from);
    rule.group = keys.flag("group", findings).unwrap_or(rule.group);
    rule.grouping = grouping(keys, findings).or(rule.grouping);
    rule.nil = nil_mark(keys, findings).or(rule.nil);
    rule.not_applicable = not_applicable_mark(keys, findings).or(rule.not_applicable);
    if let Some((scale, parts)) = scales(keys, findings) {
        (rule.scale, rule.parts) = (Some(scale), parts);
    }
    rule.subunit = keys.table("subunit", findings).and_then(|keys| subunit(&keys, findings)).or(rule.subunit);
    if let Some(shows) = pattern(keys, "in_tables", findings) {
        rule.in_sentences.clone_from(&shows);
        rule.in_tables = shows;
        rule.says_as_language = false;
    }
    rule.negative_in_tables = negative_pattern(keys, &rule, findings).or(rule.negative_in_tables);
    rule.currency_sign = pattern(keys, "currency_sign", findings).or(rule.currency_sign);
    rule.one_in_sentences = pattern(keys, "one_in_sentences", findings).or(rule.one_in_sentences);
    if let Some(says) = pattern(keys, "in_sentences", findings) {
        rule.in_sentences = says;
        rule.says_as_language = false;
    }
    if let Some(from) = keys.text("from", findings)
        && let Some(rate) = keys.require_number("rate", findings)
    {
        if rate.value > Decimal::ZERO {
            rule.from = Some((from.value, rate.value));
        } else {
            findings.push(Diagnostic::error("unit", "a rate must be greater than zero").at(&rate.place, ""));
        }
    }
    keys.finish(findings);
    rule
}

/// The scale of sentences: one, or the last of the scales of an amount in parts, with all of them.
fn scales(keys: &TomlTable, findings: &mut Findings) -> Option<(Scale, Vec<Scale>)> {
    let scales = keys.localized_words("scale", &Scale::WORDS, findings);
    for pair in scales.windows(2) {
        if pair[0].value.factor() <= pair[1].value.factor() {
            let finding =
                Diagnostic::error("unit", "the scales of an amount in parts go from the largest to the smallest");
            findings.push(finding.at(&pair[1].place, "not smaller than the one before it"));
            return None;
        }
    }
    let last = scales.last()?.value;
    let parts = if scales.len() > 1 { scales.into_iter().map(|scale| scale.value).collect() } else { Vec::new() };
    Some((last, parts))
}

/// The name of a unit's decimals in sentences.
fn subunit(keys: &TomlTable, findings: &mut Findings) -> Option<Subunit> {
    if keys.value("in_sentences").is_none() {
        keys.require("in_sentences", findings);
    }
    let in_sentences = pattern(keys, "in_sentences", findings);
    let decimals = keys.count("decimals", 9, findings).map_or(2, u32::from);
    if decimals == 0 {
        let place = keys.value("decimals").map_or_else(|| keys.first_line(), |value| value.place());
        findings.push(Diagnostic::error("unit", "a part of a unit counts one decimal or more").at(&place, ""));
    }
    keys.finish(findings);
    in_sentences.filter(|_| decimals > 0).map(|in_sentences| Subunit { in_sentences, decimals })
}

/// The pattern of negative numbers, which must differ from that of positive ones.
fn negative_pattern(keys: &TomlTable, rule: &UnitRule, findings: &mut Findings) -> Option<String> {
    let negative = pattern(keys, "negative_in_tables", findings)?;
    let is_sign =
        |letter: char| !letter.is_alphanumeric() && !letter.is_whitespace() && !rule.in_tables.contains(letter);
    if negative.contains(char::is_numeric) || !negative.contains(is_sign) {
        let place = keys.value("negative_in_tables").map_or_else(|| keys.place.clone(), |value| value.place());
        findings.push(Diagnostic::error("unit", "a negative number would look like a positive one").at(&place, ""));
        return None;
    }
    Some(negative)
}

fn pattern(keys: &TomlTable, key: &'static str, findings: &mut Findings) -> Option<String> {
    let text = keys.localized(key, findings)?;
    keys.require_translation(&text, findings);
    let sign = if key == "negative_in_tables" { Sign::Own } else { Sign::None };
    if let Some(fault) = fault_of_pattern(&text.value, sign) {
        findings.push(Diagnostic::error("unit", fault).at(&text.place, ""));
        return None;
    }
    if text.value.matches("{}").count() == 1 {
        return Some(text.value);
    }
    findings.push(
        Diagnostic::error("unit", format!("`{key}` needs exactly one `{{}}`, the place of the number"))
            .at(&text.place, ""),
    );
    None
}

fn periods(keys: &TomlTable, release: &mut Release, findings: &mut Findings) {
    let entries = keys.table("period", findings).map(|table| table.entries()).unwrap_or_default();
    for (id, value) in entries {
        let read = check_characters(&id, findings).then(|| period(id.clone(), value, findings)).flatten();
        match read {
            Some(period) => release.periods.push(period),
            None => _ = release.unread.insert(id.value),
        }
    }
}

fn period(id: At<String>, value: Value, findings: &mut Findings) -> Option<Period> {
    let keys = value.table(findings)?;
    let (from, to, at) = (keys.date("from", findings), keys.date("to", findings), keys.date("at", findings));
    let label = keys.require_localized("label", findings);
    let prior = keys.text("prior", findings);
    let unequal = keys.localized("unequal", findings);
    keys.finish(findings);
    let span = match (from, to, at) {
        (Some(from), Some(to), None) if from <= to => Some(PeriodSpan::Duration { from, to }),
        (None, None, Some(at)) => Some(PeriodSpan::Instant { at }),
        _ => {
            let finding = Diagnostic::error("period", format!("`{}` is neither a duration nor an instant", id.value));
            findings.push(finding.at(&keys.place, "needs `from` and a later `to`, or `at`"));
            None
        }
    };
    let label = label.unwrap_or_else(|| At::new(String::new(), keys.first_line()));
    Some(Period { id, span: span?, label, prior, unequal })
}

fn read_events(keys: &TomlTable, release: &mut Release, findings: &mut Findings) {
    let Some(table) = keys.table("event", findings) else { return };
    for (id, value) in table.entries() {
        match date(value, &format!("the date of `{}`", id.value), &mut release.pending, findings) {
            Some(date) => release.events.push(Event { id, date }),
            None => {
                release.unread.insert(id.value);
            }
        }
    }
}

/// A date, or `None` for one that is pending, which is added to the list as `what`. Nothing if it is neither.
fn date(value: Value, what: &str, pending: &mut Vec<At<String>>, findings: &mut Findings) -> Option<Option<Date>> {
    if value.as_text() == Some(PENDING) {
        pending.push(At::new(what.to_owned(), value.place()));
        return Some(None);
    }
    findings.keep(value.date()).map(Some)
}

fn headline(keys: &TomlTable, findings: &mut Findings) -> Option<Headline> {
    let figure = keys.require_text("figure", findings);
    let (label, unit) = (keys.localized("label", findings), keys.unit("unit", findings));
    let decimals = keys.count("decimals", 9, findings);
    let compare = keys.word("compare", &Compare::WORDS, findings);
    keys.finish(findings);
    Some(Headline { figure: figure?, label, unit, decimals, compare, place: keys.first_line() })
}

fn literal(keys: &TomlTable, findings: &mut Findings) -> Option<Literal> {
    let text = keys.require_own_text("text", findings);
    let reason = keys.require_localized("reason", findings);
    keys.finish(findings);
    Some(Literal { text: text?, reason: reason?, place: keys.first_line() })
}

fn standing(keys: &TomlTable, findings: &mut Findings) -> Option<StandingText> {
    let text = keys.require_own_text("text", findings);
    let reason = keys.require_localized("reason", findings);
    keys.finish(findings);
    let text = text?;
    if !is_phrase(&text.value) {
        let message = format!("`{}` is too short to tell a paragraph", text.value.trim());
        let finding = Diagnostic::error("missing-key", message).at(&text.place, "expected a phrase of several words");
        findings.push(finding);
        return None;
    }
    Some(StandingText { text, reason: reason? })
}

/// Whether a text has several words, or as many characters of a script that writes words in one piece.
fn is_phrase(text: &str) -> bool {
    text.split_whitespace().count() >= MIN_WORDS || text.chars().filter(|c| is_run_on(*c)).count() >= MIN_RUN_ON
}

fn erratum(keys: &TomlTable, findings: &mut Findings) -> Option<Erratum> {
    let place_in_release = keys.require_localized("where", findings);
    let (published, corrected) = (keys.require_localized("published", findings), keys.localized("corrected", findings));
    let reason = keys.require_localized("reason", findings);
    keys.finish(findings);
    Some(Erratum { place_in_release: place_in_release?, published: published?, corrected, reason: reason? })
}
