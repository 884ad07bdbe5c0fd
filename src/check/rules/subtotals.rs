//! Subtotals of IFRS 18: the statement of profit or loss has its categories and the subtotals that they make.
//!
//! **What it checks.** With `[profit_or_loss]`, a release names operating profit, profit before financing and income taxes, and profit, in
//! this order of one statement. A line of that statement is in the operating category unless its `category` says otherwise.
//! Operating profit is made of all operating lines and of no others; profit before financing and income taxes of these and all
//! investing lines; the other subtotals that `[profit_or_loss]` names of what their names say. Each line has the sign that it has in
//! profit. A line with a `category` is part of profit, and is no sum itself. Whoever has financing as a main business and leaves profit
//! before financing and income taxes out says why with `without_profit_before_financing`.
//!
//! **Why.** IFRS 18.47 to 18.68 sort income and expenses into five categories, of which operating is the one that remains
//! (18.52); 18.69 to 18.73 require the subtotals and say what they comprise, and 18.118 lists others. An expense that is left out of
//! operating profit flatters it, and the total of profit does not notice.
//!
//! **Example.** `ifrs18/subtotals`
//!
//! **How to fix it.** Correct the `category` of the line, or move it to the `sum` of the subtotal that its category belongs to.

use std::collections::BTreeSet;

use super::super::{
    CheckInput, CheckResults,
    composition::{Composition, FigureKey, Leaves},
};
use crate::{
    diag::{Diagnostic, Place},
    model::{At, Category, Line, ProfitOrLoss, Release, Subtotal},
};

/// Looks at every line that profit is made of; returns how many there are.
pub fn check(input: &CheckInput, results: &mut CheckResults) -> usize {
    let release = input.book.release;
    let Some(profit_or_loss) = &release.profit_or_loss else {
        return check_idle_categories(release, results);
    };
    let known = results.findings.len();
    check_required(profit_or_loss, results);
    check_order(release, profit_or_loss, results);
    if results.findings.len() > known {
        // What the wrong lines are made of says nothing.
        return 0;
    }
    let composition = Composition::new(release);
    let Some(profit) = profit_or_loss.subtotal(Subtotal::PROFIT) else { return 0 };
    let whole = composition.leaves(&FigureKey::named(&profit.value));
    if is_made_of_nothing(&composition, profit) {
        results.push(made_of_nothing(release, profit));
        return 0;
    }
    let mut reported = BTreeSet::new();
    for (subtotal, name) in &profit_or_loss.subtotals {
        if is_made_of_nothing(&composition, name) {
            results.push(made_of_nothing(release, name));
            continue;
        }
        let own = composition.leaves(&FigureKey::named(&name.value));
        check_subtotal(release, (subtotal, name), &own, &whole, &mut reported, results);
    }
    check_categories(release, &whole, results);
    whole.len()
}

/// Whether nothing says which lines a subtotal is made of.
fn is_made_of_nothing(composition: &Composition, name: &At<String>) -> bool {
    let figure = FigureKey::named(&name.value);
    composition.leaves(&figure).keys().eq([&composition.canonical(&figure)])
}

fn made_of_nothing(release: &Release, name: &At<String>) -> Diagnostic {
    let is_line = release.target(&name.value).map(|(_, line)| &line.id.place);
    let (place, expected) = match is_line {
        Some(place) => (place, "expected its `sum`"),
        None => (&name.place, "expected a measure that adds and deducts lines"),
    };
    let message = format!("nothing says of which income and expenses `{}` is made", name.value);
    let finding = Diagnostic::error("subtotals", message).at(place, expected);
    if is_line.is_some() { finding.with(&name.place, "this subtotal") } else { finding }
}

/// A category without `[profit_or_loss]` would be held to nothing.
fn check_idle_categories(release: &Release, results: &mut CheckResults) -> usize {
    let lines = release.statements.iter().flat_map(|statement| &statement.lines);
    let first = lines.filter_map(|line| line.category.as_ref()).next();
    if let Some(category) = first {
        let finding = Diagnostic::error("subtotals", "a line has a category, but nothing says what it makes");
        results.push(finding.at(&category.place, "needs `[profit_or_loss]` in release.toml"));
    }
    usize::from(first.is_some())
}

fn check_required(profit_or_loss: &ProfitOrLoss, results: &mut CheckResults) {
    let reason = profit_or_loss.without_profit_before_financing.as_ref();
    for subtotal in Subtotal::required() {
        let excused = reason.filter(|_| subtotal.key == Subtotal::BEFORE_FINANCING);
        match (profit_or_loss.subtotal(subtotal.key), excused) {
            (None, None) => {
                let message = format!("`[profit_or_loss]` does not say which line is `{}`", subtotal.key);
                results.push(Diagnostic::error("subtotals", message).at(&profit_or_loss.place, "required"));
            }
            (Some(name), Some(reason)) => {
                let message = format!("`{}` is there, so it needs no reason to be left out", subtotal.key);
                let finding = Diagnostic::error("subtotals", message).at(&reason.place, "");
                results.push(finding.with(&name.place, "it is this line"));
            }
            _ => {}
        }
    }
}

/// The required subtotals are in one statement, in their order.
fn check_order(release: &Release, profit_or_loss: &ProfitOrLoss, results: &mut CheckResults) {
    let mut before: Option<(&str, usize, &At<String>)> = None;
    for subtotal in Subtotal::required() {
        let Some(name) = profit_or_loss.subtotal(subtotal.key) else { continue };
        let Some((statement, line)) = release.line(&name.value) else { continue };
        let Some(at) = statement.lines.iter().position(|other| std::ptr::eq(other, line)) else { continue };
        let id = statement.id.value.as_str();
        if let Some((other, _, first)) = before.filter(|(other, above, _)| *other != id || *above >= at) {
            let wrong = if other == id { "is not below" } else { "is not in the statement of" };
            let message = format!("`{}` {wrong} `{}`", name.value, first.value);
            results.push(Diagnostic::error("subtotals", message).at(&name.place, "").with(&first.place, ""));
        }
        before = Some((id, at, name));
    }
}

/// That a subtotal has the lines that its name promises, as profit has them. A line is reported for one subtotal only.
fn check_subtotal(
    release: &Release,
    (subtotal, name): (&Subtotal, &At<String>),
    own: &Leaves,
    whole: &Leaves,
    reported: &mut BTreeSet<FigureKey>,
    results: &mut CheckResults,
) {
    for (leaf, sign) in whole {
        let Some((_, line)) = release.line(&leaf.name) else { continue };
        let category = category_of(line);
        let is_due = subtotal.whole.contains(&category);
        let may_be = is_due || subtotal.partly.contains(&category);
        let fault = match own.get(leaf) {
            None if is_due => format!("`{}` does not contain it", name.value),
            Some(_) if !may_be => format!("`{}` contains it", name.value),
            Some(other) if other != sign => format!("`{}` takes it with another sign than profit", name.value),
            _ => continue,
        };
        if reported.insert(leaf.clone()) {
            results.push(misplaced(release, leaf, line, &fault, name));
        }
    }
    for leaf in own.keys().filter(|leaf| !subtotal.adds_back && !whole.contains_key(leaf)) {
        if reported.insert(leaf.clone()) {
            let message = format!("`{}` contains `{}`, which is no part of profit", name.value, leaf.text());
            let place = release.line(&leaf.name).map_or(&name.place, |(_, line)| &line.id.place);
            results.push(Diagnostic::error("subtotals", message).at(place, "").with(&name.place, "contains it"));
        }
    }
}

fn misplaced(release: &Release, leaf: &FigureKey, line: &Line, fault: &str, name: &At<String>) -> Diagnostic {
    let category = category_of(line).word();
    let (message, place): (_, &Place) = match &line.category {
        Some(declared) => (format!("`{}` is in the category `{category}`, but {fault}", leaf.text()), &declared.place),
        None => (format!("`{}` has no `category`, so it is operating, but {fault}", leaf.text()), &line.id.place),
    };
    let subtotal = release.line(&name.value).map_or(&name.place, |(_, line)| &line.id.place);
    Diagnostic::error("subtotals", message).at(place, "").with(subtotal, "this subtotal")
}

/// The category of a line; operating is what remains (IFRS 18.52).
fn category_of(line: &Line) -> Category {
    line.category.as_ref().map_or(Category::Operating, |category| category.value)
}

/// That lines with a category are income and expenses of profit.
fn check_categories(release: &Release, whole: &Leaves, results: &mut CheckResults) {
    for statement in &release.statements {
        for line in &statement.lines {
            let Some(category) = &line.category else { continue };
            let name = statement.full_name(&line.id.value);
            let message = if !line.sum.is_empty() || line.reference.is_some() {
                format!("`{name}` has a category, but is no single income or expense")
            } else if whole.keys().any(|leaf| leaf.name == name) {
                continue;
            } else {
                format!("`{name}` has a category, but profit does not contain it")
            };
            results.push(Diagnostic::error("subtotals", message).at(&category.place, ""));
        }
    }
}
