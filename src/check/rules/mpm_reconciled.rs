//! Reconciled management-defined performance measures: a table leads from the nearest subtotal to the measure, item by item.
//!
//! **What it checks.** For each `[[mpm]]`: `from` is a subtotal that `[profit_or_loss]` names. The `sum` or formula of the measure
//! takes it once, by itself, by a `ref` or by a line that ties bind to it; all other parts are items of the reconciliation. An item
//! that is not zero has an amount for the members `tax` and `nci`, its effect on income taxes and on the share of non-controlling
//! interests; `0` if there is none. In each period in which the release shows the measure, up to the last day of the release's own
//! period, the table shows the subtotal, the items that are not zero with both effects, and the measure. That they add up is checked
//! by `footing` and `displayed`.
//!
//! **Why.** IFRS 18.123 asks for a reconciliation of each measure with the most directly comparable subtotal or total, with the income tax
//! effect and the effect on non-controlling interests of each item. Without them, nobody can calculate adjusted earnings per share.
//!
//! **Example.** `ifrs18/reconciled`, reported as `mpm-reconciled`
//!
//! **How to fix it.** Enter what is missing in the statement of the reconciliation, and give the table a column for each member; tie
//! the line that the reconciliation begins with to the subtotal.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{
    CheckInput, CheckResults,
    composition::{Composition, FigureKey},
};
use crate::{
    diag::{Diagnostic, Place, quoted_list},
    model::{Entry, Mpm, MpmDisclosure, MpmKind, Node, Release, parse_formula},
};

/// How deep items lie within subtotals of items.
const MAX_DEPTH: usize = 16;

/// Looks at the items of every measure; returns how many there are.
pub fn check(input: &CheckInput, results: &mut CheckResults) -> usize {
    let release = input.book.release;
    if release.profit_or_loss.is_none() || release.mpms.is_empty() {
        return 0;
    }
    let composition = Composition::new(release);
    let shown = Shown::of(input, &composition);
    let mut looked_at = 0;
    for mpm in &release.mpms {
        let MpmKind::Measure(disclosure) = &mpm.is else { continue };
        let (Some(figure), Some(from)) = (FigureKey::of(&mpm.figure), FigureKey::of(&disclosure.from)) else {
            continue;
        };
        if !check_from(release, disclosure, &from, results) {
            continue;
        }
        let search = Search { input, composition: &composition, shown: &shown, mpm, disclosure };
        let (figure, start) = (composition.canonical(&figure), composition.same_as(&from));
        match search.items(&figure, &start) {
            Some(items) => {
                looked_at += items.len();
                items.iter().for_each(|item| search.check_effects(item, results));
                search.check_table(&figure, &start, &items, results);
            }
            None => results.push(search.unreconciled()),
        }
    }
    looked_at
}

/// Reports a measure that is reconciled with something else than a subtotal that the standard defines; returns whether it is one.
fn check_from(release: &Release, disclosure: &MpmDisclosure, from: &FigureKey, results: &mut CheckResults) -> bool {
    let subtotals = release.profit_or_loss.iter().flat_map(|profit_or_loss| &profit_or_loss.subtotals);
    let known: Vec<&str> = subtotals.map(|(_, name)| name.value.as_str()).collect();
    let is_known = known.contains(&from.name.as_str());
    if !is_known {
        let message = format!("`{}` is no subtotal of `[profit_or_loss]`", disclosure.from);
        let note = format!("those are {}", quoted_list(known));
        results.push(Diagnostic::error("mpm-reconciled", message).at(&disclosure.from.place, "").note(note));
    }
    is_known
}

struct Search<'s, 'a, 'r> {
    input: &'s CheckInput<'a, 'r>,
    composition: &'s Composition<'r>,
    shown: &'s Shown<'a>,
    mpm: &'r Mpm,
    disclosure: &'r MpmDisclosure,
}

impl<'r> Search<'_, '_, 'r> {
    fn release(&self) -> &'r Release {
        self.input.book.release
    }

    /// What is between the subtotal, which has several names, and the measure, by canonical names; none if the measure does not begin
    /// with the subtotal.
    fn items(&self, figure: &FigureKey, start: &BTreeSet<FigureKey>) -> Option<Vec<FigureKey>> {
        let mut items = Vec::new();
        let mut begins = false;
        let mut seen = BTreeSet::from([figure.clone()]);
        let mut waiting: Vec<(FigureKey, bool, usize)> = self.parts(figure, false, 0);
        while let Some((part, deducted, depth)) = waiting.pop() {
            if start.contains(&part) {
                // Nothing begins with a subtotal that is taken off, or taken twice.
                if deducted || std::mem::replace(&mut begins, true) {
                    return None;
                }
                continue;
            }
            if !seen.insert(part.clone()) {
                continue;
            }
            let parts = if depth < MAX_DEPTH { self.parts(&part, deducted, depth) } else { Vec::new() };
            match parts.is_empty() {
                true => items.push(part),
                false => waiting.extend(parts),
            }
        }
        items.reverse();
        (begins && !items.is_empty()).then_some(items)
    }

    fn parts(&self, figure: &FigureKey, deducted: bool, depth: usize) -> Vec<(FigureKey, bool, usize)> {
        let addends = self.composition.addends(figure).into_iter();
        addends.map(|part| (self.composition.canonical(&part.figure), part.deducted != deducted, depth + 1)).collect()
    }

    fn unreconciled(&self) -> Diagnostic {
        let message = format!("nothing leads from `{}` to `{}`", self.disclosure.from, self.mpm.figure);
        let finding = Diagnostic::error("mpm-reconciled", message).at(&self.disclosure.from.place, "");
        finding.help("begin the `sum` or formula of the measure with it, or with a line that is tied to it")
    }

    /// The effects of an item, each with what it is called in findings.
    fn effects(&self) -> [(&'r str, &'static str); 2] {
        let MpmDisclosure { tax, nci, .. } = self.disclosure;
        [(&tax.value, "effect on income taxes"), (&nci.value, "effect on non-controlling interests")]
    }

    /// That an item has its effects in every period in which it is not zero.
    fn check_effects(&self, item: &FigureKey, results: &mut CheckResults) {
        let Some((statement, line)) = self.release().target(&item.name) else {
            let message = format!(
                "`{}` is an item of `{}`, but no line, so that it has no effects",
                item.text(),
                self.mpm.figure
            );
            return results.push(Diagnostic::error("mpm-reconciled", message).at(&self.mpm.figure.place, ""));
        };
        for (member, what) in self.effects() {
            if statement.members.iter().all(|known| known.value != member) {
                let message = format!("`{}` is an item of `{}`, but has no {what}", item.text(), self.mpm.figure);
                let label = format!("`{}` has no member `{member}`", statement.id.value);
                let help = format!(
                    "reconcile `{}` in a statement with this member, and tie its line of this item to `{}`",
                    self.mpm.figure,
                    item.text()
                );
                results.push(Diagnostic::error("mpm-reconciled", message).at(&line.id.place, label).help(help));
                continue;
            }
            for period in self.periods_of(item) {
                let fact = line.facts.get(&(period.to_owned(), member.to_owned()));
                if let Some(fact) = fact.filter(|fact| matches!(fact.entry, Entry::Blank | Entry::NotApplicable)) {
                    let message = format!("`{}` has no {what} in `{period}`", item.text());
                    let finding = Diagnostic::error("mpm-reconciled", message);
                    results.push(finding.at(&fact.place, "expected an amount, or `0` if there is none"));
                }
            }
        }
    }

    /// The periods in which an item is not zero.
    fn periods_of(&self, item: &FigureKey) -> Vec<&'r str> {
        let Some((_, line)) = self.release().target(&item.name) else { return Vec::new() };
        let member = item.member.as_deref().unwrap_or_default();
        let is_due = |entry: Entry| matches!(entry, Entry::Amount(amount) if !amount.is_zero());
        let own = line.facts.iter().filter(|((_, of), fact)| of == member && is_due(fact.entry));
        own.map(|((period, _), _)| period.as_str()).collect()
    }

    /// That the table shows all of the reconciliation in every period in which the measure is shown.
    fn check_table(
        &self,
        figure: &FigureKey,
        start: &BTreeSet<FigureKey>,
        items: &[FigureKey],
        results: &mut CheckResults,
    ) {
        if !self.input.shown {
            return;
        }
        let cells = self.shown.cells.get(self.disclosure.table.value.as_str());
        let shown = self.shown.periods.get(figure).into_iter().flatten();
        for (period, at) in shown.filter(|(period, _)| self.entry(figure, period) != Some(Entry::Pending)) {
            let has =
                |figure: &FigureKey| cells.is_some_and(|cells| cells.contains(&(figure.clone(), period.as_str())));
            let mut missing = Vec::new();
            if !start.iter().any(has) {
                missing.push(self.disclosure.from.to_string());
            }
            for item in items.iter().filter(|item| self.periods_of(item).contains(&period.as_str())) {
                let effects =
                    self.effects().map(|(member, _)| FigureKey { member: Some(member.to_owned()), ..item.clone() });
                // One that is not entered is reported where it should be.
                let effects = effects.into_iter().filter(|effect| self.has_amount(effect, period));
                let all = std::iter::once(item.clone()).chain(effects);
                missing.extend(all.filter(|figure| !has(figure)).map(|figure| figure.text()));
            }
            if !has(figure) {
                missing.push(figure.text());
            }
            if !missing.is_empty() {
                let table = &self.disclosure.table;
                let message = format!("`{}` does not reconcile `{}` in `{period}`", table.value, self.mpm.figure);
                let label = format!("without {}", quoted_list(missing.iter().map(String::as_str)));
                results
                    .push(Diagnostic::error("mpm-reconciled", message).at(&table.place, label).with(at, "shown here"));
            }
        }
    }

    fn has_amount(&self, figure: &FigureKey, period: &str) -> bool {
        matches!(self.entry(figure, period), Some(Entry::Amount(_)))
    }

    fn entry(&self, figure: &FigureKey, period: &str) -> Option<Entry> {
        let (_, line) = self.release().target(&figure.name)?;
        line.facts.get(&(period.to_owned(), figure.member.clone().unwrap_or_default())).map(|fact| fact.entry)
    }
}

/// What a release shows.
struct Shown<'a> {
    /// What each table shows as amounts, by canonical names, each in its period.
    cells: BTreeMap<&'a str, BTreeSet<(FigureKey, &'a str)>>,
    /// The periods in which each figure is shown, also as a change, by its canonical name, with the first place; none after that of the
    /// release.
    periods: BTreeMap<FigureKey, BTreeMap<String, &'a Place>>,
}

impl<'a> Shown<'a> {
    fn of(input: &CheckInput<'a, '_>, composition: &Composition) -> Self {
        let release = input.book.release;
        let own = release.own_period();
        let is_over = |period: &str| {
            let end = release.period(period).map(|period| period.span.end());
            end.is_some_and(|end| own.is_none_or(|own| end <= own.span.end()))
        };
        let mut shown = Self { cells: BTreeMap::new(), periods: BTreeMap::new() };
        for used in &input.presented.uses {
            if let Some(cell) = used.cell.as_ref().filter(|cell| cell.is_amount()) {
                let cells = shown.cells.entry(&*used.place).or_default();
                let figure = FigureKey { name: cell.line.clone(), member: cell.member.clone() };
                cells.insert((composition.canonical(&figure), cell.period.as_str()));
            }
            let Ok(expr) = parse_formula(used.name(), &used.at) else { continue };
            let Node::In(inner, period) = &expr.node else { continue };
            if is_over(period) {
                inner.walk(&mut |part| {
                    if let Some(figure) = FigureKey::of(part) {
                        let periods = shown.periods.entry(composition.canonical(&figure)).or_default();
                        periods.entry(period.clone()).or_insert(&used.at);
                    }
                });
            }
        }
        shown
    }
}
