//! The book: a release's facts, numbered, and the way from a name to a number.

use std::{cell::RefCell, collections::BTreeMap};

use super::{BoundFormula, FactId, Interval};
use crate::{
    diag::{Diagnostic, Place},
    model::{
        At, Decimal, Entry, Expr, Line, PeriodSpan, Release, RoundingMode, Stated, Statement, Unit, UnitKind,
        WaiverTarget,
    },
};

/// An entered amount.
#[derive(Debug, Clone, Copy)]
pub struct EnteredAmount<'r> {
    pub statement: &'r Statement,
    pub line: &'r Line,
    pub period: &'r str,
    /// Empty where the statement has no members.
    pub member: &'r str,
    /// As entered, in `unit`.
    pub amount: Decimal,
    pub unit: &'r Unit,
    /// One unit of the last place that its statement gives such amounts to, in base units.
    pub step: Decimal,
    pub place: &'r Place,
}

impl EnteredAmount<'_> {
    /// Its name, `is.total_revenues@fy2009`.
    pub fn name(&self) -> String {
        let member = if self.member.is_empty() { String::new() } else { format!("[{}]", self.member) };
        format!("{}.{}{member}@{}", self.statement.id.value, self.line.id.value, self.period)
    }
}

/// A release's numbers.
pub struct Book<'r> {
    pub release: &'r Release,
    /// Every entered amount, by its number.
    pub entered: Vec<EnteredAmount<'r>>,
    /// Every entered amount in base units, by its number.
    pub values: Vec<Decimal>,
    lines: BTreeMap<String, (&'r Statement, &'r Line)>,
    /// By statement, line, period and member.
    numbers: BTreeMap<[&'r str; 4], FactId>,
    /// Declarations by the name of the figure they speak of.
    stated: BTreeMap<String, usize>,
    pub(super) adjustments: BTreeMap<String, Vec<usize>>,
    pub(super) waivers: BTreeMap<String, Vec<usize>>,
    /// Measures already bound, by (id, period): a formula used a thousand times is bound once.
    pub(super) known: RefCell<BTreeMap<(String, String), Result<BoundFormula, Diagnostic>>>,
}

impl<'r> Book<'r> {
    /// Opens the book of a release whose names all lead somewhere.
    pub fn new(release: &'r Release) -> Self {
        let mut book = Self {
            release,
            entered: Vec::new(),
            values: Vec::new(),
            lines: BTreeMap::new(),
            numbers: BTreeMap::new(),
            stated: BTreeMap::new(),
            adjustments: BTreeMap::new(),
            waivers: BTreeMap::new(),
            known: RefCell::default(),
        };
        for statement in &release.statements {
            for line in statement.lines.iter().filter(|line| !line.id.value.is_empty()) {
                book.enter(statement, line);
            }
        }
        book.precision();
        book.declarations();
        book
    }

    /// Amounts of one unit in one statement are known to the same place: the most decimals that any of them has.
    fn precision(&mut self) {
        let mut decimals: BTreeMap<(&str, &Unit), u32> = BTreeMap::new();
        for entered in &self.entered {
            let most = decimals.entry((&entered.statement.id.value, entered.unit)).or_default();
            *most = (*most).max(entered.amount.scale());
        }
        for index in 0..self.entered.len() {
            let EnteredAmount { statement, unit, .. } = self.entered[index];
            let decimals = decimals.get(&(statement.id.value.as_str(), unit)).copied().unwrap_or_default();
            self.entered[index].step = self.step(unit, decimals).unwrap_or(Decimal::ONE);
        }
    }

    fn enter(&mut self, statement: &'r Statement, line: &'r Line) {
        let name = format!("{}.{}", statement.id.value, line.id.value);
        self.lines.insert(name.clone(), self.release.target(&name).unwrap_or((statement, line)));
        let unit = statement.unit_of(line);
        for ((period, member), fact) in &line.facts {
            let Entry::Amount(amount) = fact.entry else { continue };
            // Loading has seen to it that the amount fits in base units.
            let Some(value) = amount.checked_mul(unit.scale.factor()) else { continue };
            self.numbers.insert([&statement.id.value, &line.id.value, period, member], self.entered.len());
            let step = Decimal::ONE;
            self.entered.push(EnteredAmount {
                statement,
                line,
                period,
                member,
                amount,
                unit,
                step,
                place: &fact.place,
            });
            self.values.push(value);
        }
    }

    fn declarations(&mut self) {
        let name = |book: &Self, figure: &Expr| book.name(figure, "", None);
        for (index, stated) in self.release.stated.iter().enumerate() {
            self.stated.insert(name(self, &stated.figure), index);
        }
        for (index, adjustment) in self.release.adjustments.iter().enumerate() {
            let name = name(self, &adjustment.figure);
            self.adjustments.entry(name).or_default().push(index);
        }
        for (index, waiver) in self.release.waivers.iter().enumerate() {
            if let WaiverTarget::Figure { figure, .. } = &waiver.of {
                let name = name(self, figure);
                self.waivers.entry(name).or_default().push(index);
            }
        }
    }

    /// The line a name leads to, through any `ref`.
    pub fn line(&self, name: &str) -> Option<(&'r Statement, &'r Line)> {
        self.lines.get(name).copied()
    }

    /// The stated figure of this name, with its number among the release's.
    pub fn stated(&self, name: &str) -> Option<(usize, &'r Stated)> {
        let index = *self.stated.get(name)?;
        Some((index, self.release.stated.get(index)?))
    }

    /// What was entered for a line in a period (of a member where the statement has them), and its number as a fact;
    /// the number means nothing where no amount was entered.
    pub fn entry<'a>(&'a self, name: &str, period: &str, member: Option<&'a str>) -> Option<(FactId, Entry)> {
        let (statement, line) = self.line(name)?;
        let period = self.period_in(statement, period)?;
        let member = if statement.members.is_empty() { "" } else { member? };
        let fact = line.facts.get(&(period.to_owned(), member.to_owned()))?;
        let number = self.numbers.get(&[&statement.id.value, &line.id.value, period, member]);
        Some((number.copied().unwrap_or_default(), fact.entry))
    }

    /// The period in which a statement knows what is asked for `period`: itself, or the instant at its last day.
    pub fn period_in(&self, statement: &'r Statement, period: &str) -> Option<&'r str> {
        let known = || statement.periods.iter().map(|period: &At<String>| period.value.as_str());
        if let Some(same) = known().find(|id| *id == period) {
            return Some(same);
        }
        let end = self.release.period(period)?.span.end();
        known().find(|id| {
            self.release.period(id).is_some_and(|candidate| candidate.span == PeriodSpan::Instant { at: end })
        })
    }

    /// Where each entered amount may really lie, by its number; in base units.
    pub fn intervals(&self) -> Vec<Interval> {
        let around = |(entered, value): (&EnteredAmount, &Decimal)| {
            let mode = self.mode_of(entered.unit);
            Interval::around(*value, entered.step, mode).unwrap_or_else(|| Interval::exactly(*value))
        };
        self.entered.iter().zip(&self.values).map(around).collect()
    }

    /// Where an amount entered in a unit may really lie, in base units.
    pub fn around(&self, unit: &Unit, amount: Decimal) -> Option<Interval> {
        let value = amount.checked_mul(unit.scale.factor())?;
        Interval::around(value, self.step(unit, amount.normalize().scale())?, self.mode_of(unit))
    }

    /// How amounts in a unit are rounded.
    pub fn mode_of(&self, unit: &Unit) -> RoundingMode {
        let kind = self.release.units.rule(&unit.base).map_or(UnitKind::Number, |rule| rule.kind);
        self.release.units.mode(kind)
    }

    /// One unit of the last place, in base units: of the unit's decimals, or of as many as were entered.
    fn step(&self, unit: &Unit, entered: u32) -> Option<Decimal> {
        let rule = self.release.units.rule(&unit.base);
        let decimals = if unit.scaled { 0 } else { rule.map_or(0, |rule| rule.decimals) };
        unit.scale.factor().checked_mul(Decimal::new(1, decimals.max(entered)))
    }
}
