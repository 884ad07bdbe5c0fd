//! Reads `exchange.toml`: the form that is filed with an exchange, and the concepts of its figures and texts.

use super::toml_table::{TomlTable, Value};
use crate::{
    diag::{Diagnostic, Findings, Place},
    model::{At, FigureConcept, FilingSpec, Release, StatementConcept, StatementValue},
};

/// Reads the declaration into the release.
pub fn read(keys: &TomlTable, release: &mut Release, findings: &mut Findings) {
    let Some(keys) = keys.require("exchange", findings).and_then(|value| value.table(findings)) else { return };
    let mut need = |key| keys.require_text(key, findings);
    let (form, code, page) = (need("form"), need("code"), need("page"));
    let number = keys.text("number", findings);
    let figures = named(&keys, "concept", findings, figure_concept);
    let untagged = named(&keys, "untagged", findings, |figure, reason, findings| {
        let reason = reason.text(findings)?;
        Some((figure, reason))
    });
    let statements =
        named(&keys, "text", findings, |concept, value, findings| Some(statement_concepts(&concept, &value, findings)));
    let statements = statements.into_iter().flatten().collect();
    keys.finish(findings);
    for (figure, reason) in untagged.iter().filter(|(_, reason)| reason.value.trim().is_empty()) {
        let message = format!("there is no reason why `{}` has no concept", figure.value);
        findings.push(Diagnostic::error("exchange", message).at(&reason.place, "expected a reason"));
    }
    if let (Some(form), Some(code), Some(page)) = (form, code, page) {
        let place = keys.first_line();
        release.filing = Some(FilingSpec { form, code, number, page, figures, untagged, statements, place });
    }
}

/// The entries of a table whose keys are names.
fn named<T>(
    keys: &TomlTable,
    key: &'static str,
    findings: &mut Findings,
    read: impl Fn(At<String>, Value, &mut Findings) -> Option<T>,
) -> Vec<T> {
    let entries = keys.table(key, findings).map(|table| table.entries()).unwrap_or_default();
    entries.into_iter().filter_map(|(name, value)| read(name, value, findings)).collect()
}

/// A concept, or a table of concept and members.
fn figure_concept(figure: At<String>, value: Value, findings: &mut Findings) -> Option<FigureConcept> {
    if !value.is_table() {
        let concept = value.text(findings)?;
        return Some(FigureConcept { figure, concept, members: Vec::new() });
    }
    let keys = value.table(findings)?;
    let (concept, members) = (keys.require_text("concept", findings), keys.lines("members", findings));
    keys.finish(findings);
    Some(FigureConcept { figure, concept: concept?, members })
}

/// What is said of a concept: once, or in several contexts.
fn statement_concepts(concept: &At<String>, value: &Value, findings: &mut Findings) -> Vec<StatementConcept> {
    if value.is_list() {
        let items = value.items(findings).unwrap_or_default();
        return items
            .iter()
            .filter_map(|item| statement_concept(concept.clone(), item, item.place(), findings))
            .collect();
    }
    statement_concept(concept.clone(), value, concept.place.clone(), findings).into_iter().collect()
}

/// A value, or a table of value, period and members.
fn statement_concept(
    concept: At<String>,
    value: &Value,
    place: Place,
    findings: &mut Findings,
) -> Option<StatementConcept> {
    if !value.is_table() {
        let value = statement_value(value, findings)?;
        return Some(StatementConcept { concept, value, period: None, members: Vec::new(), place });
    }
    let keys = value.table(findings)?;
    let value = keys.require("value", findings).and_then(|value| statement_value(&value, findings));
    let (period, members) = (keys.text("period", findings), keys.lines("members", findings));
    keys.finish(findings);
    Some(StatementConcept { concept, value: value?, period, members, place })
}

fn statement_value(value: &Value, findings: &mut Findings) -> Option<StatementValue> {
    if value.as_text().is_some() {
        return value.text(findings).map(|text| StatementValue::Text(text.value));
    }
    if let Some(flag) = value.as_flag() {
        return Some(StatementValue::YesNo(flag));
    }
    let number = value.number().map_err(|_| value.wrong_type("a text, a number, `true` or `false`"));
    findings.keep(number).map(|number| StatementValue::Number(number.value))
}
