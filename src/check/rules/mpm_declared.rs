//! Management-defined performance measures: a subtotal of income and expenses that IFRS does not define is declared.
//!
//! **What it checks.** With `[profit_or_loss]`, a figure that is shown, also as a change or in a ratio, has an `[[mpm]]` if it is
//!
//! - a measure, or a formula in text or within a ratio, that adds and deducts income and expenses, or starts from a subtotal of profit
//!   or loss, whatever number it is multiplied by;
//! - a subtotal of the statement of profit or loss that is shown outside that statement;
//! - an amount of money of a period whose label has a word such as "adjusted" or "EBITDA",
//!
//! unless `[profit_or_loss]` names it, or a subtotal that is made of the same lines. What is no such measure has `not` with the reason; a reason that nothing needs is
//! an error, and so is an `[[mpm]]` that nothing shows or that `[profit_or_loss]` names.
//!
//! **Why.** A subtotal of income and expenses that an entity uses in public communications to communicate management's view is
//! such a measure unless IFRS 18.118 lists it or IFRS requires it (18.117), and is presumed to be one until the presumption is rebutted
//! (18.119, 18.120). What has to be disclosed about it is asked only of measures that somebody has noticed.
//!
//! **Example.** `ifrs18/declared`, reported as `mpm-declared`
//!
//! **How to fix it.** Declare the measure with `[[mpm]]`, its table and its subtotal; or name it in `[profit_or_loss]`, if it is one of those
//! subtotals; or say in `not` why it is none.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{
    CheckInput, CheckResults,
    clause::{find_phrase, lower_case_in_place},
    composition::{Addend, Composition, FigureKey, Leaves, addends_of, sums_in, unscaled},
};
use crate::{
    diag::{Diagnostic, Place},
    model::{At, Expr, LineKind, MpmKind, PeriodSpan, ProfitOrLoss, Release, Subtotal, Unit, UnitKind, parse_formula},
    present::FigureUse,
};

/// Looks at every line and measure that is shown; returns how many there are.
pub fn check(input: &CheckInput, results: &mut CheckResults) -> usize {
    let release = input.book.release;
    let Some(profit_or_loss) = &release.profit_or_loss else { return check_idle(release, results) };
    if !input.shown || !profit_or_loss.names_required() {
        return 0;
    }
    let (search, shown) = (Search::new(input, profit_or_loss), shown_figures(input));
    check_twice(release, results);
    let candidates = search.candidates(&shown);
    let declared = release.mpms.iter().filter(|mpm| !matches!(mpm.is, MpmKind::Dropped(_)));
    let declared: BTreeSet<_> = declared.filter_map(|mpm| FigureKey::of(&mpm.figure)).collect();
    let declared_names: BTreeSet<_> = declared.iter().map(|figure| figure.name.as_str()).collect();
    for candidate in candidates.iter().filter(|(figure, _)| !declared_names.contains(figure.name.as_str())) {
        results.push(search.undeclared(candidate));
    }
    search.check_declared(&candidates, &shown, results);
    search.check_formulas_in_text(results);
    search.check_formulas_of_ratios(&shown, &declared_names, results);
    shown.len()
}

fn check_idle(release: &Release, results: &mut CheckResults) -> usize {
    if let Some(mpm) = release.mpms.first() {
        let finding =
            Diagnostic::error("mpm-declared", "an `[[mpm]]` is declared, but nothing says what profit is made of");
        results.push(finding.at(&mpm.figure.place, "needs `[profit_or_loss]` in release.toml"));
    }
    release.mpms.len()
}

fn check_twice(release: &Release, results: &mut CheckResults) {
    let mut seen: BTreeMap<FigureKey, &Place> = BTreeMap::new();
    for mpm in &release.mpms {
        let Some(figure) = FigureKey::of(&mpm.figure) else { continue };
        if let Some(first) = seen.insert(figure, &mpm.figure.place) {
            let finding = Diagnostic::error("mpm-declared", format!("`{}` is declared twice", mpm.figure));
            results.push(finding.at(&mpm.figure.place, "again here").with(first, "first here"));
        }
    }
}

/// The lines and measures that are shown, with the tables and pages that show them.
pub type ShownFigures<'a> = BTreeMap<FigureKey, BTreeSet<&'a str>>;

/// Every line and measure that is shown, also as a change or in a ratio, with the tables and pages that show it.
pub fn shown_figures<'a>(input: &CheckInput<'a, '_>) -> ShownFigures<'a> {
    let mut shown = ShownFigures::new();
    for used in &input.presented.uses {
        let mut waiting = named_figures(used.name(), &used.at);
        // A measure may lead to others, but never back to itself.
        while let Some(figure) = waiting.pop() {
            let measure = input.book.release.measure(&figure.name);
            if shown.entry(figure).or_default().insert(&used.place)
                && let Some(measure) = measure.filter(|measure| addends_of(unscaled(&measure.formula)).is_none())
            {
                measure.formula.walk(&mut |part| waiting.extend(FigureKey::of(part)));
            }
        }
    }
    shown
}

/// The lines and measures that the name of a figure has.
fn named_figures(name: &str, place: &Place) -> Vec<FigureKey> {
    let mut found = Vec::new();
    if let Ok(expr) = parse_formula(name, place) {
        expr.walk(&mut |part| found.extend(FigureKey::of(part)));
    }
    found
}

/// A figure that may be such a measure, and why.
type Candidate = (FigureKey, String);

struct Search<'a, 'r> {
    input: &'a CheckInput<'a, 'r>,
    profit_or_loss: &'r ProfitOrLoss,
    composition: Composition<'r>,
    /// What profit is made of.
    whole: Leaves,
    /// What the subtotals of `[profit_or_loss]` are made of.
    defined: BTreeSet<Leaves>,
    /// The tables that show both operating profit and profit.
    statements: BTreeSet<&'a str>,
}

impl<'a, 'r> Search<'a, 'r> {
    fn new(input: &'a CheckInput<'a, 'r>, profit_or_loss: &'r ProfitOrLoss) -> Self {
        let composition = Composition::new(input.book.release);
        let of = |name: &At<String>| composition.leaves(&FigureKey::named(&name.value)).as_ref().clone();
        let whole = profit_or_loss.subtotal(Subtotal::PROFIT).map(of).unwrap_or_default();
        let defined = profit_or_loss.subtotals.iter().map(|(_, name)| of(name)).collect();
        let tables_with = |key: &str| -> BTreeSet<&'a str> {
            let name = profit_or_loss.subtotal(key).map(|name| name.value.as_str());
            let shows = |used: &&FigureUse| used.cell.as_ref().is_some_and(|cell| Some(cell.line.as_str()) == name);
            input.presented.uses.iter().filter(shows).map(|used| &*used.place).collect()
        };
        let statements = &tables_with(Subtotal::OPERATING_PROFIT) & &tables_with(Subtotal::PROFIT);
        Self { input, profit_or_loss, composition, whole, defined, statements }
    }

    fn release(&self) -> &'r Release {
        self.input.book.release
    }

    fn candidates(&self, shown: &ShownFigures) -> Vec<Candidate> {
        let reason =
            |(figure, places): (&FigureKey, &BTreeSet<&str>)| Some((figure.clone(), self.reason(figure, places)?));
        shown.iter().filter_map(reason).collect()
    }

    /// Why a figure may be such a measure, if it may.
    fn reason(&self, figure: &FigureKey, places: &BTreeSet<&str>) -> Option<String> {
        let leaves = self.composition.leaves(figure);
        if self.is_named(figure) || self.defined.contains(&*leaves) {
            return None;
        }
        let release = self.release();
        if let Some(measure) = release.measure(&figure.name) {
            let addends = addends_of(unscaled(&measure.formula)).unwrap_or_default();
            if self.is_subtotal_of_formula(&addends) {
                return Some("it adds and deducts income and expenses".to_owned());
            }
        } else if self.is_subtotal(&leaves) && !self.composition.addends(figure).is_empty() {
            let outside = places.iter().find(|place| !self.statements.contains(*place))?;
            return Some(format!("a subtotal that `[profit_or_loss]` does not name, shown in `{outside}`"));
        }
        let label = self.label(figure).filter(|_| self.is_money_of_a_period(figure))?;
        let lower = lower_case_in_place(&label.value);
        let word = self.input.words.prose.adjusted.iter().find(|word| find_phrase(&lower, word).next().is_some())?;
        Some(format!("its label says `{word}`"))
    }

    /// Whether `[profit_or_loss]` names it.
    fn is_named(&self, figure: &FigureKey) -> bool {
        self.profit_or_loss.subtotals.iter().any(|(_, name)| name.value == figure.name)
    }

    /// Whether lines are income and expenses, both, as profit has them.
    fn is_subtotal(&self, leaves: &Leaves) -> bool {
        let is_part = |(leaf, sign): (&FigureKey, &i64)| self.whole.get(leaf) == Some(sign);
        leaves.iter().all(is_part) && leaves.values().any(|sign| *sign > 0) && leaves.values().any(|sign| *sign < 0)
    }

    /// Whether a formula of several terms starts from a subtotal of profit or loss, or has both income and expenses.
    fn is_subtotal_of_formula(&self, addends: &[Addend]) -> bool {
        let of_profit: Leaves =
            self.composition.leaves_of(addends).into_iter().filter(|(leaf, _)| self.whole.contains_key(leaf)).collect();
        let starts = |addend: &Addend| self.is_subtotal(&self.composition.leaves(&addend.figure));
        let combined = self.composition.leaves_of(addends);
        addends.len() > 1
            && !self.defined.contains(&combined)
            && (addends.iter().any(starts) || self.is_subtotal(&of_profit))
    }

    fn label(&self, figure: &FigureKey) -> Option<&'r At<String>> {
        match self.release().line(&figure.name) {
            Some((_, line)) => Some(&line.label).filter(|_| line.kind != LineKind::Heading),
            None => self.release().measure(&figure.name)?.label.as_ref(),
        }
    }

    fn is_money_of_a_period(&self, figure: &FigureKey) -> bool {
        let release = self.release();
        let is_money = |unit: &Unit| {
            let rule = release.units.rule(&unit.base);
            !unit.base.contains(" per ") && rule.is_some_and(|rule| rule.kind == UnitKind::Money)
        };
        let is_balance = |period: &At<String>| {
            release.period(&period.value).is_some_and(|period| matches!(period.span, PeriodSpan::Instant { .. }))
        };
        let balances =
            release.target(&figure.name).is_some_and(|(statement, _)| statement.periods.iter().any(is_balance));
        release.unit_of(&figure.name).is_some_and(is_money) && !balances
    }

    fn place(&self, figure: &FigureKey) -> Option<&'r Place> {
        match self.release().line(&figure.name) {
            Some((_, line)) => Some(&line.id.place),
            None => Some(&self.release().measure(&figure.name)?.id.place),
        }
    }

    fn undeclared(&self, (figure, reason): &Candidate) -> Diagnostic {
        let message =
            format!("`{}` may be a management-defined performance measure, and is not declared", figure.text());
        let finding = Diagnostic::error("mpm-declared", message);
        let finding = match self.place(figure) {
            Some(place) => finding.at(place, reason.clone()),
            None => finding,
        };
        finding.help("declare it with `[[mpm]]`, or say there with `not` why it is none; `[profit_or_loss]` names those that a standard defines")
    }

    /// That a declaration is of a figure that is shown, is not defined, and needs its reason.
    fn check_declared(&self, candidates: &[Candidate], shown: &ShownFigures, results: &mut CheckResults) {
        for mpm in &self.release().mpms {
            let Some(figure) = FigureKey::of(&mpm.figure) else { continue };
            let is_candidate = candidates.iter().any(|(candidate, _)| *candidate == figure);
            let (message, place) = match &mpm.is {
                MpmKind::Dropped(_) => continue,
                _ if self.is_named(&figure) => (
                    format!("`{}` is a subtotal of `[profit_or_loss]`, so it is no such measure", mpm.figure),
                    &mpm.figure.place,
                ),
                MpmKind::Measure(_) if !shown.contains_key(&figure) => {
                    (format!("`{}` is declared, but nothing shows it", mpm.figure), &mpm.figure.place)
                }
                MpmKind::Not(reason) if !is_candidate => {
                    (format!("nothing takes `{}` for such a measure, so it needs no reason", mpm.figure), &reason.place)
                }
                _ => continue,
            };
            results.push(Diagnostic::error("mpm-declared", message).at(place, ""));
        }
    }

    /// Subtotals that are calculated where they are shown, so that they have no name.
    fn check_formulas_in_text(&self, results: &mut CheckResults) {
        let mut seen = BTreeSet::new();
        for used in self.input.presented.uses.iter().filter(|used| used.cell.is_none()) {
            let Some(subject) = used.subject.as_ref().filter(|_| seen.insert(&used.at)) else { continue };
            self.report_nameless(subject, &used.at, results);
        }
    }

    /// Subtotals that are calculated within a ratio or share, so that they have no name.
    fn check_formulas_of_ratios(&self, shown: &ShownFigures, declared: &BTreeSet<&str>, results: &mut CheckResults) {
        let measures = shown.keys().filter(|figure| !declared.contains(figure.name.as_str()));
        for measure in measures.filter_map(|figure| self.release().measure(&figure.name)) {
            if addends_of(unscaled(&measure.formula)).is_none() {
                self.report_nameless(&measure.formula, &measure.formula.place, results);
            }
        }
    }

    fn report_nameless(&self, formula: &Expr, at: &Place, results: &mut CheckResults) {
        for (sum, addends) in sums_in(formula) {
            if self.is_subtotal_of_formula(&addends) {
                let message = format!("`{sum}` may be a management-defined performance measure, and has no name");
                let finding = Diagnostic::error("mpm-declared", message).at(at, "");
                results.push(finding.help("make it a measure, and declare that with `[[mpm]]`"));
            }
        }
    }
}
