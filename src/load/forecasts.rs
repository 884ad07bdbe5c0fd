//! Reads what `relations.toml` declares of forecasts: what they are, what the release says of their revision, and notices.

use super::toml_table::{TomlTable, Value};
use crate::{
    diag::{Diagnostic, Findings},
    model::{At, Decimal, Expr, Forecast, ForecastKind, Margin, Notice, RevisionNote, parse_formula},
};

/// A forecast that is compared with the one published before.
pub fn forecast(keys: &TomlTable, findings: &mut Findings) -> Option<Forecast> {
    let figure = keys.require_formula("figure", findings);
    let kind = kind(keys, findings);
    let (actual, previous) = (formula(keys, "actual", findings), formula(keys, "previous", findings));
    if let (Some(figure), Some(previous)) = (&figure, &previous)
        && figure.to_string() == previous.to_string()
    {
        let finding = Diagnostic::error("wrong-type", "`previous` is the forecast itself").at(&previous.place, "");
        findings.push(finding.with(&figure.place, ""));
    }
    let was = formula(keys, "was", findings);
    let margin = keys.value("margin").map_or(Ok(Margin::Unsaid), |value| margin(&value));
    // What is wrong with it is told once.
    let margin = findings.keep(margin).unwrap_or(Margin::None);
    Some(Forecast { figure: figure?, kind, actual, previous, was, margin })
}

/// A number of per cent, or `none`.
fn margin(value: &Value) -> Result<Margin, Diagnostic> {
    if value.as_text() == Some(Margin::NONE) {
        return Ok(Margin::None);
    }
    let margin =
        value.number().map_err(|_| value.wrong_type("a number, or `\"none\"` if no difference needs a notice"))?;
    if margin.value > Decimal::ZERO {
        return Ok(Margin::PerCent(margin));
    }
    let message = "`margin` is the difference, in per cent, from which on a forecast needs a notice";
    let finding = Diagnostic::error("wrong-type", message).at(&margin.place, "expected a number greater than zero");
    Err(finding.help("write `\"none\"` if no difference needs a notice"))
}

/// What a release says of whether its forecasts were revised.
pub fn revision_note(keys: &TomlTable, findings: &mut Findings) -> Option<RevisionNote> {
    let kind = kind(keys, findings);
    let has_words = ["yes", "no"].map(|key| keys.value(key).is_some());
    let mut own = |key| keys.value(key).and_then(|value| value.own_text(findings));
    let (yes, no) = (own("yes"), own("no"));
    let concept = keys.text("concept", findings);
    if has_words[0] != has_words[1] || !has_words[0] && concept.is_none() {
        let finding = Diagnostic::error("missing-key", "nothing says whether forecasts were revised");
        findings.push(finding.at(&keys.first_line(), "needs `yes` and `no`, or `concept`"));
        return None;
    }
    let blank = yes.iter().chain(&no).find(|text| text.value.trim().is_empty());
    if let Some(blank) = blank {
        findings.push(Diagnostic::error("missing-key", "the words are empty").at(&blank.place, ""));
        return None;
    }
    if let (Some(yes), Some(no)) = (&yes, &no)
        && yes.value.trim() == no.value.trim()
    {
        let finding = Diagnostic::error("wrong-type", "`yes` and `no` are the same words").at(&no.place, "");
        findings.push(finding.with(&yes.place, ""));
        return None;
    }
    Some(RevisionNote { kind, yes, no, concept, place: keys.first_line() })
}

/// A notice of a revision.
pub fn notice(keys: &TomlTable, findings: &mut Findings) -> Option<Notice> {
    let items = keys.require("of", findings);
    let texts = keys.lines("of", findings);
    let of: Vec<Expr> =
        texts.iter().filter_map(|text| findings.keep(parse_formula(&text.value, &text.place))).collect();
    let place = keys.value("date").map(|value| value.place());
    let date = keys.date("date", findings).zip(place.clone()).map(|(date, place)| At::new(date, place));
    let reason = keys.localized("reason", findings);
    if items.is_some() && texts.is_empty() {
        findings.push(Diagnostic::error("missing-key", "a notice of nothing").at(&keys.first_line(), "needs `of = …`"));
        return None;
    }
    if place.is_none() && reason.as_ref().is_none_or(|reason| reason.value.trim().is_empty()) {
        let finding = Diagnostic::error("missing-key", "a notice has neither a day nor a reason");
        let label = "needs `date = …`, or `reason = …` if there is no notice";
        findings.push(finding.at(&keys.first_line(), label));
        return None;
    }
    (of.len() == texts.len() && !of.is_empty()).then(|| Notice { of, date, reason, place: keys.first_line() })
}

fn kind(keys: &TomlTable, findings: &mut Findings) -> ForecastKind {
    keys.word("kind", &ForecastKind::WORDS, findings).unwrap_or(ForecastKind::Results)
}

fn formula(keys: &TomlTable, key: &'static str, findings: &mut Findings) -> Option<Expr> {
    let text = keys.text(key, findings)?;
    findings.keep(parse_formula(&text.value, &text.place))
}
