//! Lines: an entered amount is there for something, and a statement is printed whole.
//!
//! **What it demands.** An entered line is used: in a table, a sentence, a label, a formula, a sum or a tie; otherwise
//! it is an error. A statement of which a table prints `lines` is printed whole: a line that no table shows and no
//! sentence, label or formula uses is a warning. An item that is among the parts of a sum belongs to one: reported as
//! `unsummed-line`.
//!
//! **Why.** What nothing shows and nothing checks can be wrong for years, and is mostly left over from another quarter. A
//! line left out of a printed statement makes a column that does not add up for its reader (IAS 1.29 to 1.31 say what
//! may be left out).
//!
//! **An example.** `structure/unused_line`, reported as `unused-line`
//!
//! **How to mend it.** Show the line, name it in the `sum` that it belongs to, bind it with a `[[tie]]`, or take it out.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{CheckInput, CheckResults};
use crate::{
    diag::Diagnostic,
    figures::FactId,
    model::{Expr, LineKind, Node, Rows, Statement},
};

/// Looks at every line with amounts.
pub fn check(input: &CheckInput, results: &mut CheckResults) {
    if !input.shown {
        return;
    }
    input.book.release.statements.iter().for_each(|statement| unsummed(statement, results));
    let shown = shown(input);
    let bound = bound(results);
    let named = named(input);
    let printed = printed(input);
    let mut lines: Vec<(String, Vec<FactId>)> = Vec::new();
    for (id, entered) in input.book.entered.iter().enumerate() {
        let name = entered.statement.full_name(&entered.line.id.value);
        match lines.last_mut().filter(|(last, _)| *last == name) {
            Some((_, facts)) => facts.push(id),
            None => lines.push((name, vec![id])),
        }
    }
    for (name, facts) in &lines {
        let among = |set: &BTreeSet<FactId>| facts.iter().any(|id| set.contains(id));
        if among(&shown) || named.contains(name) {
            continue;
        }
        let first = &input.book.entered[facts[0]];
        let place = &first.line.id.place;
        if !among(&bound) {
            let finding =
                Diagnostic::error("unused-line", format!("no table, sum, tie or text uses `{name}`")).at(place, "");
            results.push(finding.help("show it, add it to a sum or a tie, or remove it"));
        } else if printed.contains(first.statement.id.value.as_str()) {
            let message = format!("no table shows `{name}`, but tables show other lines of its statement");
            results.push(Diagnostic::warning("unshown-line", message).at(place, ""));
        }
    }
}

/// Items that are among the parts of a sum without being one: the printed column would not add up.
fn unsummed(statement: &Statement, results: &mut CheckResults) {
    let lines = &statement.lines;
    let places: BTreeMap<String, usize> =
        lines.iter().enumerate().map(|(at, line)| (statement.full_name(&line.id.value), at)).collect();
    let mut taken = BTreeSet::new();
    // By how many sums more each line is spanned than the one above it.
    let mut spans = vec![0_isize; lines.len() + 1];
    for (total, line) in lines.iter().enumerate().filter(|(_, line)| !line.sum.is_empty()) {
        let parts: Vec<_> =
            line.sum.iter().filter_map(|part| places.get(&statement.full_name(&part.name)).copied()).collect();
        let (first, last) = (parts.iter().min().copied(), parts.iter().max().copied());
        if let (Some(first), Some(last)) = (first, last) {
            spans[first.min(total)] += 1;
            spans[last.max(total) + 1] -= 1;
        }
        taken.extend(parts);
    }
    let mut spanned = 0;
    for (index, line) in lines.iter().enumerate() {
        spanned += spans[index];
        let is_item = line.kind == LineKind::Item && line.sum.is_empty() && line.reference.is_none();
        let same_unit = statement.unit_of(line) == &statement.unit.value;
        if is_item && same_unit && spanned > 0 && !taken.contains(&index) {
            let name = statement.full_name(&line.id.value);
            let message = format!("`{name}` is listed among the parts of a sum, but no sum includes it");
            let finding = Diagnostic::error("unsummed-line", message).at(&line.id.place, "");
            results.push(finding.help("add its id to the `sum` of the total below it"));
        }
    }
}

/// The amounts behind everything that was shown.
fn shown(input: &CheckInput) -> BTreeSet<FactId> {
    let mut facts = BTreeSet::new();
    for used in &input.presented.uses {
        used.derivation.rounded.formula.facts(&mut |id| _ = facts.insert(id));
    }
    facts
}

/// The amounts of relations within the release: what another release had is no use of a line.
fn bound(results: &CheckResults) -> BTreeSet<FactId> {
    let within = results.relations.iter().filter(|relation| relation.family != "comparatives");
    within.flat_map(|relation| relation.facts()).collect()
}

/// The lines that formulas name, as they lead through any `ref`.
fn named(input: &CheckInput) -> BTreeSet<String> {
    let release = input.book.release;
    let mut names = BTreeSet::new();
    let mut add = |name: &str| {
        let target = input.book.line(name);
        names.extend(target.map(|(statement, line)| statement.full_name(&line.id.value)));
    };
    let mut walk = |formula: &Expr| {
        formula.walk(&mut |part| {
            if let Node::Line { name, .. } = &part.node {
                add(name);
            }
        });
    };
    for measure in &release.measures {
        measure.formula_in.values().chain([&measure.formula]).for_each(&mut walk);
    }
    release.stated.iter().for_each(|stated| walk(&stated.figure));
    let lines = release.statements.iter().flat_map(|statement| &statement.lines);
    lines.filter_map(|line| line.compare_with.as_ref()).for_each(|name| add(&name.value));
    names
}

/// The statements of which a table prints a stretch.
fn printed<'r>(input: &CheckInput<'_, 'r>) -> BTreeSet<&'r str> {
    let of = |rows: &'r Rows| match rows {
        Rows::Lines { of, .. } => Some(of.value.as_str()),
        Rows::List(_) => None,
    };
    input.book.release.tables.iter().filter_map(|table| of(&table.rows)).collect()
}
