//! `measures.toml`: formulas and stated figures.

use std::collections::BTreeMap;

use super::{
    keys::{Keys, Value},
    statements::named,
};
use crate::{
    diag::Findings,
    model::{At, Expr, Measure, Release, Stated, expression},
};

/// Reads measures and stated figures into the release.
pub fn read(keys: &Keys, release: &mut Release, findings: &mut Findings) {
    for keys in keys.tables("measure", findings) {
        let measure = measure(&keys, findings);
        keys.finish(findings);
        match measure {
            Some(measure) => release.measures.push(measure),
            None => release.unread.extend(keys.written("id")),
        }
    }
    for keys in keys.tables("stated", findings) {
        release.stated.extend(stated(&keys, findings));
        keys.finish(findings);
    }
}

fn measure(keys: &Keys, findings: &mut Findings) -> Option<Measure> {
    let id = keys.need_text("id", findings).filter(|id| named(id, findings));
    let label = keys.text("label", findings);
    keys.need("unit", findings);
    let unit = keys.unit("unit", findings);
    let formula = keys.need_formula("formula", findings);
    let formula_in = keys.table("formula_in", findings).map(|table| by_period(&table, findings)).unwrap_or_default();
    Some(Measure { id: id?, label, unit: unit?, formula: formula?, formula_in })
}

fn by_period(table: &Keys, findings: &mut Findings) -> BTreeMap<String, Expr> {
    let read = |(period, value): (At<String>, Value)| {
        let text = value.text(findings)?;
        Some((period.value, findings.keep(expression(&text.value, &text.place))?))
    };
    table.entries().into_iter().filter_map(read).collect()
}

fn stated(keys: &Keys, findings: &mut Findings) -> Option<Stated> {
    let figure = keys.need_figure("figure", findings);
    let shows = keys.need_number("shows", findings);
    let (unit, unknown) = (keys.unit("unit", findings), keys.text("missing_input", findings));
    Some(Stated { figure: figure?, shows: shows?, unit, unknown })
}
