//! Reads what a release declares for IFRS 18: `[profit_or_loss]` of release.toml and `[[mpm]]` of measures.toml.

use super::{line_or_measure::not_line_or_measure, toml_table::TomlTable};
use crate::{
    diag::{Diagnostic, Findings},
    model::{Expr, Mpm, MpmDisclosure, MpmKind, Node, ProfitOrLoss, Subtotal},
};

/// The subtotals of the statement of profit or loss.
pub fn profit_or_loss(keys: &TomlTable, findings: &mut Findings) -> ProfitOrLoss {
    let named = |subtotal: &'static Subtotal| Some((subtotal, keys.text(subtotal.key, findings)?));
    let subtotals = Subtotal::ALL.iter().filter_map(named).collect();
    let without_profit_before_financing = keys.localized("without_profit_before_financing", findings);
    keys.finish(findings);
    ProfitOrLoss { subtotals, without_profit_before_financing, place: keys.first_line() }
}

/// A management-defined performance measure, or what could be taken for one.
pub fn mpm(keys: &TomlTable, findings: &mut Findings) -> Option<Mpm> {
    let figure = figure(keys, "figure", findings);
    let is = match ["not", "dropped"].map(|key| keys.value(key).is_some()) {
        [true, _] => keys.require_localized("not", findings).map(MpmKind::Not),
        [_, true] => keys.require_text("dropped", findings).map(MpmKind::Dropped),
        [false, false] => disclosure(keys, findings).map(|disclosure| MpmKind::Measure(Box::new(disclosure))),
    };
    Some(Mpm { figure: figure?, is: is? })
}

fn disclosure(keys: &TomlTable, findings: &mut Findings) -> Option<MpmDisclosure> {
    let from = figure(keys, "from", findings);
    let table = keys.require_text("table", findings);
    let (tax, nci) = (keys.require_text("tax", findings), keys.require_text("nci", findings));
    let changed = keys.text("changed", findings);
    if let (Some(tax), Some(nci)) = (&tax, &nci)
        && tax.value == nci.value
    {
        let finding = Diagnostic::error("wrong-type", "`tax` and `nci` are one member").at(&nci.place, "");
        findings.push(finding.with(&tax.place, ""));
    }
    Some(MpmDisclosure { from: from?, table: table?, tax: tax?, nci: nci?, changed })
}

/// A line or a measure, in no period.
fn figure(keys: &TomlTable, key: &'static str, findings: &mut Findings) -> Option<Expr> {
    let expr = keys.require_formula(key, findings)?;
    if let Node::Line { .. } = expr.node {
        return Some(expr);
    }
    findings.push(not_line_or_measure(&expr, "make it a measure, and name that here"));
    None
}
