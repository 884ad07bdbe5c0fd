//! The book: the numbered facts of a release, and the lookup of names.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::Arc,
};

use super::{Absent, FactId, Interval, SharedFormula};
use crate::{
    diag::{Diagnostic, Place},
    model::{
        At, Decimal, Entry, Expr, FigureMark, Line, NameMap, PeriodSpan, Release, RoundingMode, StatedFigure,
        Statement, Unit, UnitKind, UnitRule, WaiverTarget, tied_balances,
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
    /// The amount as entered, in `unit`.
    pub amount: Decimal,
    pub unit: &'r Unit,
    /// One unit of the last place to which its statement gives amounts of this unit, in base units.
    pub step: Decimal,
    /// How amounts of this unit are rounded.
    pub mode: RoundingMode,
    pub place: &'r Place,
}

/// A line that names lead to.
#[derive(Debug, Clone)]
pub(super) struct KnownLine<'r> {
    pub(super) statement: &'r Statement,
    pub(super) line: &'r Line,
    /// Its full name, `is.total_revenues`.
    pub(super) name: Arc<str>,
    /// Its entered amounts, by period and member.
    amounts: Range<FactId>,
}

impl EnteredAmount<'_> {
    /// The canonical name, as in `is.total_revenues@fy2009`.
    pub fn name(&self) -> String {
        let (statement, line) = (self.statement.id.value.as_str(), self.line.id.value.as_str());
        match self.member {
            "" => [statement, ".", line, "@", self.period].concat(),
            member => [statement, ".", line, "[", member, "]@", self.period].concat(),
        }
    }
}

/// A measure bound to a period; its unit is that of its declaration.
pub(super) type BoundMeasure = Result<Result<SharedFormula, Absent>, Diagnostic>;

/// What is declared of a figure: the indices in the release.
#[derive(Debug, Default)]
pub(super) struct DeclaredFigure {
    pub(super) stated: Option<usize>,
    pub(super) marked: Option<usize>,
    pub(super) adjustments: Vec<usize>,
    pub(super) waivers: Vec<usize>,
}

/// The numbers of a release.
pub struct Book<'r> {
    pub release: &'r Release,
    /// The entered amounts by [`FactId`].
    pub entered: Vec<EnteredAmount<'r>>,
    /// The entered amounts in base units by [`FactId`].
    pub values: Vec<Decimal>,
    /// Whether any entry is undecided.
    pub has_undecided: bool,
    /// Whether any entry is pending, so that nobody can say what the amounts to come will need.
    pub has_pending: bool,
    /// The lines by name, those that refer to another one with what their `ref` leads to.
    lines: NameMap<Arc<str>, KnownLine<'r>>,
    /// The declarations of units by their base, which every figure in the unit has.
    pub(super) unit_rules: BTreeMap<&'r str, Arc<UnitRule>>,
    /// Lines of statements over periods that are balances, by name.
    pub(super) balances: BTreeSet<String>,
    /// What is declared of figures, by their canonical name.
    pub(super) declared: NameMap<String, DeclaredFigure>,
    /// The declared marks that figures were shown as, by their indices in the release.
    pub(super) shown_marks: RefCell<BTreeSet<usize>>,
    /// Measures already bound, by (id, period), so that each is bound only once.
    pub(super) bound_measures: RefCell<BTreeMap<(String, String), BoundMeasure>>,
}

impl<'r> Book<'r> {
    /// Builds the book of a release whose names have been checked.
    pub fn new(release: &'r Release) -> Self {
        let mut book = Self {
            release,
            entered: Vec::new(),
            values: Vec::new(),
            has_undecided: false,
            has_pending: false,
            lines: NameMap::default(),
            unit_rules: BTreeMap::new(),
            balances: tied_balances(release),
            declared: NameMap::default(),
            shown_marks: RefCell::default(),
            bound_measures: RefCell::default(),
        };
        let rules = release.units.rules.iter();
        book.unit_rules = rules.map(|(base, rule)| (base.as_str(), Arc::new(rule.clone()))).collect();
        for statement in &release.statements {
            for line in statement.lines.iter().filter(|line| !line.id.value.is_empty()) {
                book.add_facts(statement, line);
            }
        }
        book.follow_references();
        book.set_precision();
        book.index_declarations();
        book
    }

    /// Sets the precision of amounts: in one statement, all amounts of a unit are known to the most decimals of any of
    /// them.
    fn set_precision(&mut self) {
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

    fn add_facts(&mut self, statement: &'r Statement, line: &'r Line) {
        let unit = statement.unit_of(line);
        let mode = self.mode_of(unit);
        let first = self.entered.len();
        for ((period, member), fact) in &line.facts {
            self.has_undecided |= fact.entry == Entry::Undecided;
            self.has_pending |= fact.entry == Entry::Pending;
            let Entry::Amount(amount) = fact.entry else { continue };
            // Loading has checked that the amount fits in base units.
            let Some(value) = amount.checked_mul(unit.scale.factor()) else { continue };
            let step = Decimal::ONE;
            self.entered.push(EnteredAmount {
                statement,
                line,
                period,
                member,
                amount,
                unit,
                step,
                mode,
                place: &fact.place,
            });
            self.values.push(value);
        }
        let name: Arc<str> = statement.name_of(line).into();
        let known = KnownLine { statement, line, name: Arc::clone(&name), amounts: first..self.entered.len() };
        // Of several lines with one name, which is reported, the first counts.
        self.lines.entry(name).or_insert(known);
    }

    /// Lets the names of lines that refer to another one lead to that.
    fn follow_references(&mut self) {
        let release = self.release;
        for statement in &release.statements {
            for line in statement.lines.iter().filter(|line| line.reference.is_some()) {
                let name = statement.name_of(line);
                let target = release.target(&name).map(|(statement, line)| statement.name_of(line));
                if let Some(known) = target.and_then(|target| self.lines.get(target.as_str())).cloned() {
                    self.lines.insert(name.into(), known);
                }
            }
        }
    }

    fn index_declarations(&mut self) {
        let name = |book: &Self, figure: &Expr| book.name(figure, "", None);
        for (index, stated) in self.release.stated.iter().enumerate() {
            let name = name(self, &stated.figure);
            self.declared.entry(name).or_default().stated = Some(index);
        }
        for (index, marked) in self.release.marked.iter().enumerate() {
            self.has_pending |= marked.shows.value == FigureMark::Pending;
            let name = name(self, &marked.figure);
            self.declared.entry(name).or_default().marked = Some(index);
        }
        for (index, adjustment) in self.release.adjustments.iter().enumerate() {
            let name = name(self, &adjustment.figure);
            self.declared.entry(name).or_default().adjustments.push(index);
        }
        for (index, waiver) in self.release.waivers.iter().enumerate() {
            if let WaiverTarget::Figure { figure, .. } = &waiver.of {
                let name = name(self, figure);
                self.declared.entry(name).or_default().waivers.push(index);
            }
        }
    }

    /// The line that a name refers to, through any `ref`.
    pub fn line(&self, name: &str) -> Option<(&'r Statement, &'r Line)> {
        self.known_line(name).map(|known| (known.statement, known.line))
    }

    /// The full name of the line that a name refers to, through any `ref`.
    pub fn line_name(&self, name: &str) -> Option<&str> {
        self.known_line(name).map(|known| &*known.name)
    }

    pub(super) fn known_line(&self, name: &str) -> Option<&KnownLine<'r>> {
        self.lines.get(name)
    }

    /// Whether the figure with this name is stated as pending.
    pub(super) fn is_pending(&self, name: &str) -> bool {
        let marked = self.declared.get(name).and_then(|declared| self.release.marked.get(declared.marked?));
        marked.is_some_and(|marked| marked.shows.value == FigureMark::Pending)
    }

    /// The stated figure with this name, and its index in the release.
    pub fn stated(&self, name: &str) -> Option<(usize, &'r StatedFigure)> {
        self.stated_by(self.declared.get(name)?)
    }

    pub(super) fn stated_by(&self, declared: &DeclaredFigure) -> Option<(usize, &'r StatedFigure)> {
        let index = declared.stated?;
        Some((index, self.release.stated.get(index)?))
    }

    /// Whether a figure was shown as the mark with this index in the release.
    pub fn is_mark_shown(&self, index: usize) -> bool {
        self.shown_marks.borrow().contains(&index)
    }

    /// The entry of a line in a period (and for a member, if the statement has them) and its fact; the [`FactId`] is
    /// meaningless unless the entry is an amount.
    pub fn entry<'a>(&'a self, name: &str, period: &str, member: Option<&'a str>) -> Option<(FactId, Entry)> {
        self.entry_of(self.known_line(name)?, period, member)
    }

    pub(super) fn entry_of(
        &self,
        known: &KnownLine<'r>,
        period: &str,
        member: Option<&str>,
    ) -> Option<(FactId, Entry)> {
        let KnownLine { statement, line, .. } = known;
        // Most are asked for in a period of their statement.
        if let Some(found) = self.amount(known, period, member) {
            return Some(found);
        }
        let period = self.period_in(statement, period)?;
        if let Some(found) = self.amount(known, period, member) {
            return Some(found);
        }
        let member = if statement.members.is_empty() { "" } else { member? };
        let fact = line.facts.get(&(period.to_owned(), member.to_owned()))?;
        Some((FactId::default(), fact.entry))
    }

    /// The entered amount of a line in a period of its statement, and for a member if it has them.
    fn amount(&self, known: &KnownLine, period: &str, member: Option<&str>) -> Option<(FactId, Entry)> {
        let member = if known.statement.members.is_empty() { "" } else { member? };
        let amounts = self.entered.get(known.amounts.clone())?;
        let at = amounts.binary_search_by(|entered| (entered.period, entered.member).cmp(&(period, member))).ok()?;
        Some((known.amounts.start + at, Entry::Amount(amounts[at].amount)))
    }

    /// The period of a statement that answers for `period`: the same one, or the instant on its last day.
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

    /// The interval of unrounded values of each entered amount, by [`FactId`], in base units.
    pub fn intervals(&self) -> Vec<Interval> {
        let around = |(entered, value): (&EnteredAmount, &Decimal)| {
            Interval::around(*value, entered.step, entered.mode).unwrap_or_else(|| Interval::exactly(*value))
        };
        self.entered.iter().zip(&self.values).map(around).collect()
    }

    /// The interval of unrounded values of an amount entered in a unit, in base units.
    pub fn around(&self, unit: &Unit, amount: Decimal) -> Option<Interval> {
        let value = amount.checked_mul(unit.scale.factor())?;
        Interval::around(value, self.step(unit, amount.normalize().scale())?, self.mode_of(unit))
    }

    /// The rounding of amounts in a unit.
    pub fn mode_of(&self, unit: &Unit) -> RoundingMode {
        let kind = self.release.units.rule(&unit.base).map_or(UnitKind::Number, |rule| rule.kind);
        self.release.units.rounding_mode(kind)
    }

    /// One unit of the last place in base units: by the decimals of the unit, or by those entered if they are more.
    fn step(&self, unit: &Unit, entered: u32) -> Option<Decimal> {
        let rule = self.release.units.rule(&unit.base);
        let decimals = if unit.scaled { 0 } else { rule.map_or(0, |rule| rule.decimals) };
        unit.scale.factor().checked_mul(Decimal::new(1, decimals.max(entered)))
    }
}
