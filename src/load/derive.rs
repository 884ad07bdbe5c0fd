//! `measures.toml`: formulas and stated figures.

use super::{keys::Keys, statements::named};
use crate::{
    diag::Findings,
    model::{Measure, Release, Stated},
};

/// Reads measures and stated figures into the release.
pub fn read(keys: &Keys, release: &mut Release, findings: &mut Findings) {
    for keys in keys.tables("measure", findings) {
        release.measures.extend(measure(&keys, findings));
        keys.finish(findings);
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
    Some(Measure { id: id?, label, unit: unit?, formula: formula? })
}

fn stated(keys: &Keys, findings: &mut Findings) -> Option<Stated> {
    let figure = keys.need_formula("figure", findings);
    let shows = keys.need_number("shows", findings);
    let (unit, unknown) = (keys.unit("unit", findings), keys.text("unknown", findings));
    Some(Stated { figure: figure?, shows: shows?, unit, unknown })
}
