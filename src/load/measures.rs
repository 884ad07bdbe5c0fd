//! Reads `measures.toml`: formulas, stated figures and the measures that management defines.

use std::collections::BTreeMap;

use super::{
    profit_or_loss::mpm,
    statements::check_id,
    toml_table::{TomlTable, Value},
};
use crate::{
    diag::{Diagnostic, Findings},
    model::{At, Expr, FigureMark, MarkedFigure, Measure, Range, Release, StatedFigure, parse_formula},
};

/// Reads measures and stated figures into the release.
pub fn read(keys: &TomlTable, release: &mut Release, findings: &mut Findings) {
    for keys in keys.tables("measure", findings) {
        let measure = measure(&keys, findings);
        keys.finish(findings);
        match measure {
            Some(measure) => release.measures.push(measure),
            None => release.unread.extend(keys.raw_text("id")),
        }
    }
    for keys in keys.tables("range", findings) {
        let range = range(&keys, findings);
        keys.finish(findings);
        match range {
            Some(range) => release.ranges.push(range),
            None => release.unread.extend(keys.raw_text("id")),
        }
    }
    for keys in keys.tables("stated", findings) {
        match keys.value("shows").is_some_and(|shows| shows.as_text().is_some()) {
            true => release.marked.extend(marked_figure(&keys, findings)),
            false => release.stated.extend(stated_figure(&keys, findings)),
        }
        keys.finish(findings);
    }
    for keys in keys.tables("mpm", findings) {
        release.mpms.extend(mpm(&keys, findings));
        keys.finish(findings);
    }
}

fn measure(keys: &TomlTable, findings: &mut Findings) -> Option<Measure> {
    let id = keys.require_text("id", findings).filter(|id| check_id(id, findings));
    let label = keys.localized("label", findings);
    keys.require("unit", findings);
    let unit = keys.unit("unit", findings);
    let formula = keys.require_formula("formula", findings);
    let formula_in = keys.table("formula_in", findings).map(|table| by_period(&table, findings)).unwrap_or_default();
    let non_gaap = keys.text("non_gaap", findings);
    Some(Measure { id: id?, label, unit: unit?, formula: formula?, formula_in, non_gaap })
}

fn range(keys: &TomlTable, findings: &mut Findings) -> Option<Range> {
    let id = keys.require_text("id", findings).filter(|id| check_id(id, findings));
    let label = keys.require_localized("label", findings);
    let (low, high) = (keys.require_formula("low", findings), keys.require_formula("high", findings));
    Some(Range { id: id?, label: label?, low: low?, high: high? })
}

fn by_period(table: &TomlTable, findings: &mut Findings) -> BTreeMap<String, Expr> {
    let read = |(period, value): (At<String>, Value)| {
        let text = value.text(findings)?;
        Some((period.value, findings.keep(parse_formula(&text.value, &text.place))?))
    };
    table.entries().into_iter().filter_map(read).collect()
}

/// A stated figure whose `shows` is a mark.
fn marked_figure(keys: &TomlTable, findings: &mut Findings) -> Option<MarkedFigure> {
    let figure = keys.require_figure("figure", findings);
    let text = keys.text("shows", findings);
    let shows = text.and_then(|text| Some(At::new(findings.keep(mark(&text))?, text.place)));
    let is_pending = shows.as_ref().is_some_and(|shows| shows.value == FigureMark::Pending);
    let reason = match &shows {
        // The number that is to come may need them.
        Some(shows) if is_pending => {
            _ = (keys.value("unit"), keys.localized("missing_input", findings), keys.localized("reason", findings));
            Some(At::new(shows.value.word().to_owned(), shows.place.clone()))
        }
        _ => keys.require_localized("reason", findings),
    };
    Some(MarkedFigure { figure: figure?, shows: shows?, reason: reason? })
}

fn mark(text: &At<String>) -> Result<FigureMark, Diagnostic> {
    let known = FigureMark::WORDS.iter().find(|(word, _)| *word == text.value).map(|(_, mark)| *mark);
    known.ok_or_else(|| {
        let words = FigureMark::WORDS.map(|(word, _)| format!("`\"{word}\"`")).join(", ");
        let message = format!("expected a number or one of {words}, found `{}`", text.value);
        let finding = Diagnostic::error("wrong-type", message).at(&text.place, "");
        finding.note("the language has the mark that is printed: `[number]` of its words")
    })
}

fn stated_figure(keys: &TomlTable, findings: &mut Findings) -> Option<StatedFigure> {
    let figure = keys.require_figure("figure", findings);
    let shows = keys.require_number("shows", findings);
    let (unit, unknown) = (keys.unit("unit", findings), keys.localized("missing_input", findings));
    Some(StatedFigure { figure: figure?, shows: shows?, unit, unknown })
}
