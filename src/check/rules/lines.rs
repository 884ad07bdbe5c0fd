//! Unused lines: every entered line is used, and a printed statement is complete.
//!
//! **What it checks.** A line with amounts must be used in a table, sentence, label, formula, sum or tie; otherwise it is
//! an error. If a table prints the `lines` of a statement, a line of that statement that no table, sentence, label or
//! formula shows is a warning (`unshown-line`). An item between the parts of a sum must be part of a sum
//! (`unsummed-line`).
//!
//! **Why.** An amount that is neither shown nor checked can be wrong for years; usually it is left over from another
//! quarter. If a line is missing from a printed statement, readers cannot add up the column (IAS 1.29 to 1.31 say what
//! may be left out).
//!
//! **Example.** `structure/unused_line`, reported as `unused-line`
//!
//! **How to fix it.** Show the line, add it to the `sum` of its total, tie it to another figure with `[[tie]]`, or remove
//! it.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{CheckInput, CheckResults};
use crate::{
    diag::Diagnostic,
    figures::FactId,
    model::{Entry, Expr, LineKind, Node, Rows, Statement},
};

/// Looks at every line with amounts.
pub fn check(input: &CheckInput, results: &mut CheckResults) -> usize {
    if !input.shown {
        return 0;
    }
    input.book.release.statements.iter().for_each(|statement| check_unsummed(statement, results));
    let shown = shown_facts(input);
    let bound = related_facts(input, results);
    let named = named_lines(input);
    let printed = printed_statements(input);
    let mut lines: Vec<(String, Vec<FactId>)> = Vec::new();
    for (id, entered) in input.book.entered.iter().enumerate() {
        let name = entered.statement.full_name(&entered.line.id.value);
        match lines.last_mut().filter(|(last, _)| *last == name) {
            Some((_, facts)) => facts.push(id),
            None => lines.push((name, vec![id])),
        }
    }
    for (name, facts) in &lines {
        let among = |known: &[bool]| facts.iter().any(|id| known[*id]);
        if among(&shown) || named.contains(name) {
            continue;
        }
        let first = &input.book.entered[facts[0]];
        // What is to come may be what is shown.
        if first.line.facts.values().any(|fact| fact.entry == Entry::Pending) {
            continue;
        }
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
    lines.len()
}

/// Items that are among the parts of a sum without being one: the printed column would not add up.
fn check_unsummed(statement: &Statement, results: &mut CheckResults) {
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
fn shown_facts(input: &CheckInput) -> Vec<bool> {
    let mut facts = vec![false; input.book.entered.len()];
    for used in &input.presented.uses {
        used.derivation.rounded.formula.facts(&mut |id| facts[id] = true);
    }
    facts
}

/// The amounts of relations within the release: what another release had is no use of a line.
fn related_facts(input: &CheckInput, results: &CheckResults) -> Vec<bool> {
    let mut facts = vec![false; input.book.entered.len()];
    let within = results.relations.iter().filter(|relation| relation.family != "comparatives");
    within.for_each(|relation| relation.each_fact(&mut |id| facts[id] = true));
    facts
}

/// The lines that formulas name, as they lead through any `ref`.
fn named_lines(input: &CheckInput) -> BTreeSet<String> {
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
fn printed_statements<'r>(input: &CheckInput<'_, 'r>) -> BTreeSet<&'r str> {
    let of = |rows: &'r Rows| match rows {
        Rows::Lines { of, .. } => Some(of.value.as_str()),
        Rows::List(_) => None,
    };
    input.book.release.tables.iter().filter_map(|table| of(&table.rows)).collect()
}
