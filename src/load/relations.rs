//! Reads `relations.toml`: ties, orders, splits, forecasts, year to date, adjustments, acknowledgements and waivers.

use super::{
    forecasts::{forecast, notice, revision_note},
    line_or_measure::not_line_or_measure,
    toml_table::TomlTable,
};
use crate::{
    diag::{Diagnostic, Findings, Place},
    model::{
        Acknowledgement, Adjustment, At, Decimal, Expr, Node, Order, Release, Split, Tie, Waiver, WaiverTarget,
        YearToDate, parse_formula,
    },
};

/// Reads relations into the release.
pub fn read(keys: &TomlTable, release: &mut Release, findings: &mut Findings) {
    read_all(keys, "tie", tie, &mut release.ties, findings);
    read_all(keys, "order", order, &mut release.orders, findings);
    read_all(keys, "split", split, &mut release.splits, findings);
    read_all(keys, "forecast", forecast, &mut release.forecasts, findings);
    read_all(keys, "revision_note", revision_note, &mut release.revision_notes, findings);
    read_all(keys, "notice", notice, &mut release.notices, findings);
    read_all(keys, "year_to_date", year_to_date, &mut release.year_to_date, findings);
    read_all(keys, "adjust", adjustment, &mut release.adjustments, findings);
    read_all(keys, "acknowledge", acknowledgement, &mut release.acknowledged, findings);
    read_all(keys, "waive", waiver, &mut release.waivers, findings);
}

/// Reads every table of an array of tables; one that cannot be read has been reported.
fn read_all<T>(
    keys: &TomlTable,
    key: &'static str,
    read: fn(&TomlTable, &mut Findings) -> Option<T>,
    into: &mut Vec<T>,
    findings: &mut Findings,
) {
    for keys in keys.tables(key, findings) {
        into.extend(read(&keys, findings));
        keys.finish(findings);
    }
}

fn tie(keys: &TomlTable, findings: &mut Findings) -> Option<Tie> {
    let (same, place) = figures(keys, "same", ("tie", "a tie needs at least two figures"), findings)?;
    Some(Tie { same, place })
}

fn order(keys: &TomlTable, findings: &mut Findings) -> Option<Order> {
    let (ascending, place) = figures(keys, "ascending", ("order", "an order needs at least two figures"), findings)?;
    Some(Order { ascending, place })
}

/// A list of at least two figures, and where it is; `short` is the rule and message of a shorter list.
fn figures(
    keys: &TomlTable,
    key: &'static str,
    short: (&'static str, &str),
    findings: &mut Findings,
) -> Option<(Vec<Expr>, Place)> {
    let value = keys.require(key, findings)?;
    let texts = keys.texts(key, findings);
    let figures: Vec<_> =
        texts.iter().filter_map(|text| findings.keep(parse_formula(&text.value, &text.place))).collect();
    if texts.len() < 2 {
        findings.push(Diagnostic::error(short.0, short.1).at(&value.place(), ""));
        return None;
    }
    (figures.len() == texts.len()).then(|| (figures, value.place()))
}

fn split(keys: &TomlTable, findings: &mut Findings) -> Option<Split> {
    keys.require("unit", findings);
    let unit = keys.unit("unit", findings);
    keys.require("date", findings);
    let date = keys.date("date", findings);
    let except = keys.texts("except", findings);
    let ratio = keys.require_number("ratio", findings)?;
    if ratio.value <= Decimal::ZERO || ratio.value == Decimal::ONE {
        let message = "the ratio of a split is how many shares stand for each of before";
        let label = "expected a number greater than zero, and not 1";
        findings.push(Diagnostic::error("split", message).at(&ratio.place, label));
        return None;
    }
    Some(Split { unit: unit?, date: date?, ratio, except })
}

fn year_to_date(keys: &TomlTable, findings: &mut Findings) -> Option<YearToDate> {
    let (statement, quarter) = (keys.require_text("statement", findings), keys.require_text("quarter", findings));
    let except = keys.texts("except", findings);
    Some(YearToDate { statement: statement?, quarter: quarter?, except, place: keys.first_line() })
}

fn adjustment(keys: &TomlTable, findings: &mut Findings) -> Option<Adjustment> {
    let figure = keys.require_figure("figure", findings);
    keys.require("unit", findings);
    let unit = keys.unit("unit", findings);
    let by = keys.require_number("by", findings);
    let (places, reason) = (keys.texts("in", findings), keys.require_localized("reason", findings));
    let by = by?;
    if by.value.abs() != Decimal::ONE {
        let message = "an adjustment moves a figure by one unit of its last place";
        findings.push(Diagnostic::error("adjustment", message).at(&by.place, "expected 1 or -1"));
        return None;
    }
    let place = figure.as_ref()?.place.clone();
    Some(Adjustment { figure: figure?, unit: unit?, by, places, reason: reason?, place })
}

fn acknowledgement(keys: &TomlTable, findings: &mut Findings) -> Option<Acknowledgement> {
    let relation = keys.require_text("relation", findings);
    let residual = keys.require_number("residual", findings);
    Some(Acknowledgement { relation: relation?, residual: residual? })
}

fn waiver(keys: &TomlTable, findings: &mut Findings) -> Option<Waiver> {
    let reason = keys.require_localized("reason", findings);
    let of = match (keys.text("relation", findings), keys.text("rule", findings)) {
        (Some(name), rule) => {
            if let Some(rule) = rule {
                let finding = Diagnostic::error("wrong-type", "a waiver has `relation` or `rule`, not both");
                findings.push(finding.at(&rule.place, ""));
            }
            relation_waiver(keys, name, findings)
        }
        (None, Some(rule)) => rule_waiver(keys, rule, findings),
        (None, None) => figure_waiver(keys, findings),
    };
    Some(Waiver { of: of?, reason: reason?, place: keys.first_line() })
}

fn relation_waiver(keys: &TomlTable, name: At<String>, findings: &mut Findings) -> Option<WaiverTarget> {
    Some(WaiverTarget::Relation { name, residual: keys.require_number("residual", findings)? })
}

fn rule_waiver(keys: &TomlTable, rule: At<String>, findings: &mut Findings) -> Option<WaiverTarget> {
    let places = keys.texts("in", findings);
    let named = keys.require("of", findings)?;
    let names = keys.lines("of", findings);
    let of: Vec<_> = names.iter().filter_map(|name| findings.keep(parse_formula(&name.value, &name.place))).collect();
    let (of, others): (Vec<_>, Vec<_>) = of.into_iter().partition(is_line_or_measure);
    findings.extend(others.iter().map(|formula| not_line_or_measure(formula, "")));
    if names.is_empty() {
        let finding = Diagnostic::error("wrong-type", "`of` names no line or measure");
        findings.push(finding.at(&named.place(), ""));
    }
    (!of.is_empty()).then_some(WaiverTarget::Rule { rule, of, places })
}

/// Whether a figure is a line or a measure, with or without a period.
fn is_line_or_measure(figure: &Expr) -> bool {
    let node = match &figure.node {
        Node::In(inner, _) => &inner.node,
        node => node,
    };
    matches!(node, Node::Line { member: None, .. })
}

fn figure_waiver(keys: &TomlTable, findings: &mut Findings) -> Option<WaiverTarget> {
    let figure = keys.require_figure("figure", findings);
    let unit = keys.unit("unit", findings);
    let (computed, shows) = (keys.require_number("computed", findings), keys.require_number("shows", findings));
    let places = keys.texts("in", findings);
    Some(WaiverTarget::Figure { figure: figure?, unit, computed: computed?, shows: shows?, places })
}
