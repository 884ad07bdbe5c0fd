//! The book: looks facts up and works formulas out, exactly, in base units.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
};

use super::Interval;
use crate::{
    diag::{Diagnostic, Place},
    model::{
        Decimal, Entry, Expr, Fact, Function, Line, LineKind, Node, Operator, PeriodSpan, Release, Stated, Statement,
        Unit,
    },
};

/// How deep formulas may refer to one another, their own operations counted.
const DEPTH: usize = 256;

/// What a formula gives.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Amount(Amount),
    Nothing(Nothing),
}

/// A number in base units (yen, not thousands of yen), and the unit where it has a known one.
#[derive(Debug, Clone, PartialEq)]
pub struct Amount {
    pub exact: Decimal,
    pub base: Option<String>,
}

/// Why there is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nothing {
    Blank,
    NotApplicable,
    Undecided,
    /// Growth over a base of zero or less.
    NotMeaningful,
}

/// A release's numbers.
pub struct Book<'r> {
    pub release: &'r Release,
    lines: BTreeMap<String, (&'r Statement, &'r Line)>,
    /// Stated figures by name.
    stated: BTreeMap<String, usize>,
    /// Measures already worked out, by (id, period): a formula used a thousand times is worked out once.
    known: RefCell<BTreeMap<(String, String), Result<Value, Diagnostic>>>,
    /// How far measures reach, likewise, and how deep the asking for it has come.
    pub(super) reaching: Cell<usize>,
    pub(super) reached: RefCell<BTreeMap<(String, String), Option<Interval>>>,
}

/// What a formula is asked for: a period, a member where the line has them, and how deep the asking has come.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub period: &'a str,
    pub member: Option<&'a str>,
    pub depth: usize,
}

impl<'r> Book<'r> {
    /// Opens the book of a release whose names all lead somewhere.
    pub fn new(release: &'r Release) -> Self {
        let mut lines = BTreeMap::new();
        for statement in &release.statements {
            for line in statement.lines.iter().filter(|line| !line.id.value.is_empty()) {
                let name = format!("{}.{}", statement.id.value, line.id.value);
                lines.insert(name.clone(), release.target(&name).unwrap_or((statement, line)));
            }
        }
        let mut book = Self {
            release,
            lines,
            stated: BTreeMap::new(),
            known: RefCell::default(),
            reached: RefCell::default(),
            reaching: Cell::default(),
        };
        let names = release.stated.iter().map(|stated| book.name(&stated.figure, "", None));
        book.stated = names.zip(0..).collect();
        book
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

    /// What a formula gives in a period.
    pub fn value(&self, expr: &Expr, period: &str, member: Option<&str>) -> Result<Value, Diagnostic> {
        self.work(expr, Asked { period, member, depth: 0 })
    }

    /// The fact a line has in a period: of a member where the statement has them.
    pub fn fact(&self, name: &str, period: &str, member: Option<&str>) -> Option<(&'r Statement, &'r Line, &'r Fact)> {
        let (statement, line) = self.line(name)?;
        let period = self.period_in(statement, period)?;
        let member = if statement.members.is_empty() { "" } else { member? };
        Some((statement, line, line.facts.get(&(period.to_owned(), member.to_owned()))?))
    }

    /// The period in which a statement knows what is asked for `period`: itself, or the instant at its last day.
    pub fn period_in(&self, statement: &'r Statement, period: &str) -> Option<&'r str> {
        let known = || statement.periods.iter().map(|period| period.value.as_str());
        if let Some(same) = known().find(|id| *id == period) {
            return Some(same);
        }
        let end = self.release.period(period)?.span.end();
        known().find(|id| {
            self.release.period(id).is_some_and(|candidate| candidate.span == PeriodSpan::Instant { at: end })
        })
    }

    /// The one name of a figure: through `ref`s, with its period; a line known at instants is named at its instant.
    pub fn name(&self, expr: &Expr, period: &str, member: Option<&str>) -> String {
        if let Node::In(inner, period) = &expr.node {
            return self.name(inner, period, member);
        }
        let at = self.instant_of(expr, period).unwrap_or(period);
        let written = self.written(expr, member);
        if at.is_empty() { written } else { format!("{written}@{at}") }
    }

    fn instant_of(&self, expr: &Expr, period: &str) -> Option<&'r str> {
        let mut at = None;
        let mut other = false;
        expr.walk(&mut |part| {
            if let Node::Line { name, .. } = &part.node {
                match self.line(name).and_then(|(statement, _)| self.period_in(statement, period)) {
                    Some(found) if found != period && at.is_none_or(|at| at == found) => at = Some(found),
                    _ => other = true,
                }
            }
        });
        at.filter(|_| !other)
    }

    /// The formula written the one way, with every line under its own statement's name.
    fn written(&self, expr: &Expr, member: Option<&str>) -> String {
        let mut expr = expr.clone();
        self.rename(&mut expr, member);
        expr.to_string()
    }

    fn rename(&self, expr: &mut Expr, asked: Option<&str>) {
        match &mut expr.node {
            Node::Number(_) => {}
            Node::Line { name, member } => {
                if let Some((statement, line)) = self.line(name) {
                    *name = format!("{}.{}", statement.id.value, line.id.value);
                    if member.is_none() && !statement.members.is_empty() {
                        *member = asked.map(str::to_owned);
                    }
                }
            }
            Node::Negative(inner) | Node::In(inner, _) => self.rename(inner, asked),
            Node::Binary(_, left, right) => {
                self.rename(left, asked);
                self.rename(right, asked);
            }
            Node::Call(_, arguments) => arguments.iter_mut().for_each(|argument| self.rename(argument, asked)),
        }
    }

    fn work(&self, expr: &Expr, asked: Asked) -> Result<Value, Diagnostic> {
        let asked = deeper(expr, asked)?;
        match &expr.node {
            Node::Number(number) => Ok(Value::Amount(Amount { exact: *number, base: None })),
            Node::Line { name, member } => {
                let member = member.as_deref().or(asked.member);
                self.looked_up(name, Asked { member, ..asked }, &expr.place)
            }
            Node::Negative(inner) => self.with(inner, asked, |value| Some(Amount { exact: -value.exact, ..value })),
            Node::Binary(operator, left, right) => self.operation(*operator, left, right, asked, &expr.place),
            Node::Call(function, arguments) => self.call(*function, arguments, asked, &expr.place),
            Node::In(inner, period) => self.work(inner, Asked { period, ..asked }),
        }
    }

    fn with(
        &self,
        inner: &Expr,
        asked: Asked,
        then: impl FnOnce(Amount) -> Option<Amount>,
    ) -> Result<Value, Diagnostic> {
        match self.work(inner, asked)? {
            Value::Amount(amount) => then(amount).map(Value::Amount).ok_or_else(|| too_large(&inner.place)),
            nothing => Ok(nothing),
        }
    }

    fn looked_up(&self, name: &str, asked: Asked, place: &Place) -> Result<Value, Diagnostic> {
        let Some((statement, line)) = self.line(name) else {
            return self.measured(name, asked);
        };
        let Some((_, _, fact)) = self.fact(name, asked.period, asked.member) else {
            return self.missing(name, (statement, line), asked, place);
        };
        let unit = statement.unit_of(line);
        match fact.entry {
            Entry::Amount(amount) => {
                let exact = amount.checked_mul(unit.scale.factor()).ok_or_else(|| too_large(place))?;
                Ok(Value::Amount(Amount { exact, base: Some(unit.base.clone()) }))
            }
            Entry::Blank | Entry::Unread => Ok(Value::Nothing(Nothing::Blank)),
            Entry::NotApplicable => Ok(Value::Nothing(Nothing::NotApplicable)),
            Entry::Undecided => Ok(Value::Nothing(Nothing::Undecided)),
        }
    }

    /// That there is no fact; nothing where the reason for that has been told.
    fn missing(
        &self,
        name: &str,
        (statement, line): (&'r Statement, &Line),
        asked: Asked,
        place: &Place,
    ) -> Result<Value, Diagnostic> {
        let undeclared = |id: &str| self.release.period(id).is_none();
        if asked.period.is_empty() {
            let finding = Diagnostic::error("missing-value", format!("`{name}` is asked for in no period"));
            return Err(finding.at(place, "").help(format!("write `{name}@…`, or give the release a `period`")));
        }
        if line.refers.is_some()
            || line.kind == LineKind::Heading
            || undeclared(asked.period)
            || statement.periods.iter().any(|period| undeclared(&period.value))
        {
            return Ok(Value::Nothing(Nothing::Blank));
        }
        Err(self.no_fact(name, statement, asked, place))
    }

    fn no_fact(&self, name: &str, statement: &'r Statement, asked: Asked, place: &Place) -> Diagnostic {
        if !statement.members.is_empty() && asked.member.is_none() {
            let members: Vec<_> = statement.members.iter().map(|member| member.value.as_str()).collect();
            let message = format!("`{name}` has members, and none is named");
            let finding =
                Diagnostic::error("missing-value", message).at(place, format!("write `{name}[{}]`", members[0]));
            return finding.note(format!("the members are {}", members.join(", ")));
        }
        let knows = self.period_in(statement, asked.period).is_some();
        let whose = if knows { name } else { &statement.id.value };
        let message = format!("`{whose}` has no value in `{}`", asked.period);
        let periods: Vec<_> = statement.periods.iter().map(|period| period.value.as_str()).collect();
        let finding = Diagnostic::error("missing-value", message).at(place, "");
        finding.note(format!("`{}` knows {}", statement.id.value, periods.join(", ")))
    }

    fn measured(&self, id: &str, asked: Asked) -> Result<Value, Diagnostic> {
        let key = (id.to_owned(), asked.period.to_owned());
        if let Some(known) = self.known.borrow().get(&key) {
            return known.clone();
        }
        // That it leads nowhere was told where the name is written.
        let Some(measure) = self.release.measure(id) else { return Ok(Value::Nothing(Nothing::Blank)) };
        // Whoever leads back here finds nothing: a circle was told when the release was read.
        self.known.borrow_mut().insert(key.clone(), Ok(Value::Nothing(Nothing::Blank)));
        let unit = &measure.unit.value;
        let formula = measure.formula_in.get(asked.period).unwrap_or(&measure.formula);
        let name = format!("{id}@{}", asked.period);
        let value = match self.stated(&name) {
            Some((_, stated)) => stated_amount(stated, unit),
            None => self.work(formula, Asked { member: None, ..asked }),
        };
        let value = value.and_then(|value| in_unit(value, unit, &formula.place));
        self.known.borrow_mut().insert(key, value.clone());
        value
    }

    fn operation(
        &self,
        operator: Operator,
        left: &Expr,
        right: &Expr,
        asked: Asked,
        place: &Place,
    ) -> Result<Value, Diagnostic> {
        let divisor = &right.place;
        let (left, right) = match (self.work(left, asked)?, self.work(right, asked)?) {
            (Value::Amount(left), Value::Amount(right)) => (left, right),
            (Value::Nothing(nothing), _) | (_, Value::Nothing(nothing)) => return Ok(Value::Nothing(nothing)),
        };
        let (exact, base) = match operator {
            Operator::Add => (left.exact.checked_add(right.exact), same_base(&left, &right, place)?),
            Operator::Subtract => (left.exact.checked_sub(right.exact), same_base(&left, &right, place)?),
            Operator::Multiply => (left.exact.checked_mul(right.exact), None),
            Operator::Divide if right.exact.is_zero() => return Err(by_zero(divisor, asked)),
            Operator::Divide => (left.exact.checked_div(right.exact), None),
        };
        let exact = exact.ok_or_else(|| too_large(place))?;
        Ok(Value::Amount(Amount { exact, base }))
    }

    fn call(&self, function: Function, arguments: &[Expr], asked: Asked, place: &Place) -> Result<Value, Diagnostic> {
        let Some(first) = arguments.first() else { return Ok(Value::Nothing(Nothing::Blank)) };
        match function {
            Function::Abs => self.with(first, asked, |value| Some(Amount { exact: value.exact.abs(), ..value })),
            Function::Prior => self.prior(first, asked, place),
            Function::Opening => self.opening(first, asked, place),
            Function::Change => {
                let pair = (self.work(first, asked)?, self.prior(first, asked, place)?);
                combine(pair, place, growth)
            }
            Function::Difference => {
                let pair = (self.work(first, asked)?, self.prior(first, asked, place)?);
                combine(pair, place, |new, old| amount(new.exact.checked_sub(old.exact), new.base))
            }
            Function::Average => {
                let pair = (self.work(first, asked)?, self.opening(first, asked, place)?);
                combine(pair, place, |new, old| amount(mean(new.exact, old.exact), new.base))
            }
            Function::Percent => {
                let Some(base) = arguments.get(1) else { return Ok(Value::Nothing(Nothing::Blank)) };
                combine((self.work(first, asked)?, self.work(base, asked)?), place, share)
            }
        }
    }

    /// The line in the prior period, or the line that it is compared `against` there.
    pub(super) fn prior(&self, expr: &Expr, asked: Asked, place: &Place) -> Result<Value, Diagnostic> {
        if self.release.period(asked.period).is_none() && !asked.period.is_empty() {
            return Ok(Value::Nothing(Nothing::Blank));
        }
        let period = self.prior_period(asked.period, place)?;
        let asked = Asked { period, ..asked };
        match self.against(expr) {
            Some(against) => self.looked_up(against, asked, place),
            None => self.work(expr, asked),
        }
    }

    /// The line that growth of `expr` compares with, where it is another one.
    pub(super) fn against(&self, expr: &Expr) -> Option<&'r str> {
        let Node::Line { name, .. } = &expr.node else { return None };
        self.release.line(name)?.1.against.as_ref().map(|against| against.value.as_str())
    }

    pub(super) fn prior_period(&self, period: &str, place: &Place) -> Result<&'r str, Diagnostic> {
        let prior = self.release.period(period).and_then(|period| period.prior.as_ref());
        prior.map(|prior| prior.value.as_str()).ok_or_else(|| {
            let message = format!("`{period}` has no prior period to compare with");
            Diagnostic::error("missing-value", message).at(place, "").help(format!("give `{period}` a `prior`"))
        })
    }

    fn opening(&self, expr: &Expr, asked: Asked, place: &Place) -> Result<Value, Diagnostic> {
        let period = self.opening_period(asked.period, place)?;
        self.work(expr, Asked { period, ..asked })
    }

    pub(super) fn opening_period(&self, period: &str, place: &Place) -> Result<&'r str, Diagnostic> {
        let from = match self.release.period(period).map(|period| period.span) {
            Some(PeriodSpan::Duration { from, .. }) => from,
            _ => return self.prior_period(period, place),
        };
        let instant = self.release.instant(from.previous());
        instant.map(|instant| instant.id.value.as_str()).ok_or_else(|| {
            let message = format!("no period is declared at {}, the day before `{period}`", from.previous());
            Diagnostic::error("missing-value", message).at(place, "")
        })
    }
}

fn deeper<'a>(expr: &Expr, asked: Asked<'a>) -> Result<Asked<'a>, Diagnostic> {
    if asked.depth > DEPTH {
        return Err(Diagnostic::error("formula", "formulas refer to one another too deeply").at(&expr.place, ""));
    }
    Ok(Asked { depth: asked.depth + 1, ..asked })
}

fn stated_amount(stated: &Stated, unit: &Unit) -> Result<Value, Diagnostic> {
    let unit = stated.unit.as_ref().map_or(unit, |unit| &unit.value);
    let exact = stated.shows.value.checked_mul(unit.scale.factor()).ok_or_else(|| too_large(&stated.shows.place))?;
    Ok(Value::Amount(Amount { exact, base: Some(unit.base.clone()) }))
}

fn in_unit(value: Value, unit: &Unit, place: &Place) -> Result<Value, Diagnostic> {
    let Value::Amount(amount) = value else { return Ok(value) };
    match amount.base {
        Some(base) if base != unit.base => {
            let message = format!("the formula gives `{base}`, the measure is in `{}`", unit.base);
            Err(Diagnostic::error("unit-mismatch", message).at(place, ""))
        }
        _ => Ok(Value::Amount(Amount { base: Some(unit.base.clone()), ..amount })),
    }
}

fn same_base(left: &Amount, right: &Amount, place: &Place) -> Result<Option<String>, Diagnostic> {
    match (&left.base, &right.base) {
        (Some(a), Some(b)) if a != b => {
            let message = format!("`{a}` and `{b}` cannot be added");
            Err(Diagnostic::error("unit-mismatch", message).at(place, "not the same unit"))
        }
        (base, other) => Ok(base.clone().or_else(|| other.clone())),
    }
}

/// What becomes of two amounts: an amount, nothing, or none when it has more digits than a number can have.
fn combine(
    pair: (Value, Value),
    place: &Place,
    then: impl FnOnce(Amount, Amount) -> Option<Value>,
) -> Result<Value, Diagnostic> {
    match pair {
        (Value::Amount(first), Value::Amount(second)) => {
            if let (Some(a), Some(b)) = (&first.base, &second.base)
                && a != b
            {
                let message = format!("`{a}` and `{b}` cannot be compared");
                return Err(Diagnostic::error("unit-mismatch", message).at(place, "not the same unit"));
            }
            then(first, second).ok_or_else(|| too_large(place))
        }
        (Value::Nothing(nothing), _) | (_, Value::Nothing(nothing)) => Ok(Value::Nothing(nothing)),
    }
}

fn amount(exact: Option<Decimal>, base: Option<String>) -> Option<Value> {
    Some(Value::Amount(Amount { exact: exact?, base }))
}

fn growth(new: Amount, old: Amount) -> Option<Value> {
    if old.exact <= Decimal::ZERO {
        return Some(Value::Nothing(Nothing::NotMeaningful));
    }
    let grown = new.exact.checked_sub(old.exact)?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(old.exact);
    amount(grown, Some(Unit::PERCENT.to_owned()))
}

fn share(part: Amount, base: Amount) -> Option<Value> {
    if base.exact.is_zero() {
        return Some(Value::Nothing(Nothing::NotMeaningful));
    }
    let share = part.exact.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(base.exact);
    amount(share, Some(Unit::PERCENT.to_owned()))
}

fn mean(a: Decimal, b: Decimal) -> Option<Decimal> {
    a.checked_add(b)?.checked_div(Decimal::TWO)
}

fn by_zero(divisor: &Place, asked: Asked) -> Diagnostic {
    Diagnostic::error("formula", "division by zero").at(divisor, format!("this is zero in `{}`", asked.period))
}

fn too_large(place: &Place) -> Diagnostic {
    Diagnostic::error("number", "the result has more than 28 digits").at(place, "")
}
