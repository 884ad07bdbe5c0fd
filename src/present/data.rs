//! Builds the data behind the tables: periods, units, statements, facts, measures, and the origin of each figure.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    context::PresentContext,
    document::{
        Data, Fact, Labels, Line, Measure, Origin, Part, Period, StatedFigure, Statement, Translation, Unit,
        plain as plain_text,
    },
    number::format_decimal,
    table::row_kind,
    usage::{CellUse, FigureUse},
};
use crate::{
    figures::{AppliedDeclaration, Book, EnteredAmount},
    model::{self, At, PeriodSpan, RoundingMode, UnitKind, UnitRule},
};

/// The data of a release whose tables show `uses`. Labels are written with a separate context, because a figure in the
/// data is not a figure that is shown.
pub fn build_data(book: &Book, context: &PresentContext, uses: &[FigureUse]) -> Data {
    let release = book.release;
    let label = |label: &At<String>| plain_text(&context.text(label, "", None));
    Data {
        period: release.period.as_ref().map(|period| period.value.clone()),
        periods: release.periods.iter().map(period).collect(),
        units: units(book, uses),
        statements: release.statements.iter().map(|item| statement(item, &label)).collect(),
        facts: facts(book, &label),
        measures: release.measures.iter().map(|item| measure(item, &label)).collect(),
        stated: release.stated.iter().map(|item| stated_figure(book, item)).collect(),
        figures: origins(book, uses),
    }
}

/// The labels of a translation, as data without numbers. A label that is not translated is empty.
pub fn build_labels(context: &PresentContext) -> Data {
    let release = context.book.release;
    let label = |label: &At<String>| match release.untranslated.contains(&label.place) {
        true => String::new(),
        false => plain_text(&context.text(label, "", None)),
    };
    let named = |item: &model::Period| Period { label: label(&item.label), ..period(item) };
    Data {
        periods: release.periods.iter().map(named).collect(),
        statements: release.statements.iter().map(|item| statement(item, &label)).collect(),
        measures: release.measures.iter().map(|item| measure(item, &label)).collect(),
        ..Data::default()
    }
}

fn period(period: &model::Period) -> Period {
    let (from, to, at) = match period.span {
        PeriodSpan::Duration { from, to } => (Some(from.to_string()), Some(to.to_string()), None),
        PeriodSpan::Instant { at } => (None, None, Some(at.to_string())),
    };
    let prior = period.prior.as_ref().map(|prior| prior.value.clone());
    Period {
        id: period.id.value.clone(),
        label: period.label.value.clone(),
        labels: Labels::new(),
        from,
        to,
        at,
        prior,
    }
}

/// Every unit of an entered or printed number.
fn units(book: &Book, uses: &[FigureUse]) -> Vec<Unit> {
    let release = book.release;
    let lines = release.statements.iter().flat_map(|item| item.lines.iter().filter_map(|line| line.unit.as_ref()));
    let statements = release.statements.iter().map(|item| &item.unit);
    let measures = release.measures.iter().map(|item| &item.unit);
    let stated = release.stated.iter().filter_map(|item| item.unit.as_ref());
    let entered = statements.chain(lines).chain(measures).chain(stated).map(|unit| &unit.value);
    let printed = uses.iter().filter(|shown| shown.cell.is_some()).map(|shown| &shown.derivation.unit);
    let percent = model::Unit::base(model::Unit::PERCENT);
    let units: BTreeMap<String, &model::Unit> =
        entered.chain(printed).chain([&percent]).map(|unit| (unit.to_string(), unit)).collect();
    units.into_iter().map(|(id, item)| unit(book, id, item)).collect()
}

fn unit(book: &Book, id: String, unit: &model::Unit) -> Unit {
    let units = &book.release.units;
    let kind = units.rule(&unit.base).map_or(UnitKind::Number, |rule| rule.kind);
    let (name, per) = unit.base.split_once(" per ").map_or((unit.base.as_str(), None), |(a, b)| (a, Some(b)));
    let from = units.rules.get(name).and_then(|rule: &UnitRule| rule.from.as_ref());
    let translates = from.map(|(from, rate)| Translation {
        from: per.map_or_else(|| from.clone(), |per| format!("{from} per {per}")),
        rate: format_decimal(*rate),
    });
    Unit {
        id,
        base: unit.base.clone(),
        factor: format_decimal(unit.scale.factor()),
        kind: keyword(&UnitKind::WORDS, kind),
        rounding: keyword(&RoundingMode::WORDS, units.rounding_mode(kind)),
        translates,
    }
}

/// The keyword of a value in the dataset, `half-up`.
fn keyword<T: Copy + PartialEq>(words: &[(&str, T)], value: T) -> String {
    words.iter().find(|(_, item)| *item == value).map_or_else(String::new, |(word, _)| (*word).to_owned())
}

fn ids(ids: &[At<String>]) -> Vec<String> {
    ids.iter().map(|id| id.value.clone()).collect()
}

fn statement(statement: &model::Statement, label: &impl Fn(&At<String>) -> String) -> Statement {
    Statement {
        id: statement.id.value.clone(),
        unit: statement.unit.value.to_string(),
        periods: ids(&statement.periods),
        members: ids(&statement.members),
        lines: statement.lines.iter().map(|item| line(statement, item, label)).collect(),
    }
}

fn line(statement: &model::Statement, line: &model::Line, label: &impl Fn(&At<String>) -> String) -> Line {
    let part = |part: &model::Part| Part { line: statement.full_name(&part.name), deducted: part.deducted };
    Line {
        id: (!line.id.value.is_empty()).then(|| statement.full_name(&line.id.value)),
        label: label(&line.label),
        labels: Labels::new(),
        kind: row_kind(line.kind),
        indent: line.indent,
        unit: line.unit.as_ref().map(|unit| unit.value.to_string()),
        refers: line.reference.as_ref().map(|reference| reference.value.clone()),
        sum: line.sum.iter().map(part).collect(),
    }
}

fn facts(book: &Book, label: &impl Fn(&At<String>) -> String) -> Vec<Fact> {
    let fact = |entered: &EnteredAmount| Fact {
        name: entered.name(),
        line: entered.statement.full_name(&entered.line.id.value),
        label: label(&entered.line.label),
        period: entered.period.to_owned(),
        member: (!entered.member.is_empty()).then(|| entered.member.to_owned()),
        value: format_decimal(entered.amount),
        unit: entered.unit.to_string(),
        precision: format_decimal(
            entered.step.checked_div(entered.unit.scale.factor()).unwrap_or(entered.step).normalize(),
        ),
    };
    book.entered.iter().map(fact).collect()
}

fn measure(measure: &model::Measure, label: &impl Fn(&At<String>) -> String) -> Measure {
    let other_formulas = measure.formula_in.iter().map(|(period, formula)| (period.clone(), formula.to_string()));
    Measure {
        id: measure.id.value.clone(),
        label: measure.label.as_ref().map(label),
        labels: Labels::new(),
        unit: measure.unit.value.to_string(),
        formula: measure.formula.to_string(),
        formula_in: other_formulas.collect(),
    }
}

fn stated_figure(book: &Book, stated: &model::StatedFigure) -> StatedFigure {
    let own_unit = || book.unit_of(&stated.figure).map(|unit| unit.to_string()).unwrap_or_default();
    StatedFigure {
        figure: book.name(&stated.figure, "", None),
        value: format_decimal(stated.shows.value),
        unit: stated.unit.as_ref().map_or_else(own_unit, |unit| unit.value.to_string()),
        unknown: stated.unknown.as_ref().map(|unknown| unknown.value.clone()),
    }
}

fn origins(book: &Book, uses: &[FigureUse]) -> Vec<Origin> {
    let mut figures: BTreeMap<&str, Origin> = BTreeMap::new();
    for shown in uses {
        if let Some(cell) = &shown.cell {
            figures.entry(shown.name()).or_insert_with(|| origin(book, shown, cell));
        }
    }
    figures.into_values().collect()
}

fn origin(book: &Book, shown: &FigureUse, cell: &CellUse) -> Origin {
    let line = book.line(&cell.line).map(|(statement, line)| statement.full_name(&line.id.value));
    let mut facts = BTreeSet::new();
    shown.derivation.rounded.formula.facts(&mut |id| _ = facts.insert(id));
    Origin {
        name: shown.name().to_owned(),
        of: line.unwrap_or_else(|| cell.line.clone()),
        period: cell.period.clone(),
        member: cell.member.clone(),
        show: (!cell.show.is_empty()).then(|| cell.show.clone()),
        stated: matches!(shown.derivation.rounded.applied, Some(AppliedDeclaration::Stated(_))),
        facts: facts.into_iter().filter_map(|id| book.entered.get(id)).map(EnteredAmount::name).collect(),
    }
}
