//! Binds formulas to a period: resolves names to facts and checks units.

use std::sync::Arc;

use super::{
    Absent, Book, BoundFormula, Formula, Interval, Value,
    book::{BoundMeasure, KnownLine},
    formula::{EvalError, SharedFormula, too_large},
};
use crate::{
    diag::{Diagnostic, Place},
    model::{Balance, Decimal, Entry, Expr, Function, Node, Operator, PeriodSpan, StatedFigure, Unit},
};

/// The maximum depth of formulas that refer to one another.
const MAX_DEPTH: usize = 128;
/// The maximum number of parts of a formula with all measures expanded.
const MAX_PARTS: usize = 10_000;

/// The context in which a formula is bound: period, member (if the line has members) and depth.
#[derive(Clone, Copy)]
pub(super) struct BindingContext<'a> {
    pub(super) period: &'a str,
    pub(super) member: Option<&'a str>,
    depth: usize,
}

impl<'r> Book<'r> {
    /// Binds a formula to the facts of a period.
    pub fn bind_formula(
        &self,
        expr: &Expr,
        period: &str,
        member: Option<&str>,
    ) -> Result<BoundFormula<'r>, Diagnostic> {
        self.bind(expr, BindingContext { period, member, depth: 0 })
    }

    /// Calculates a formula in a period.
    pub fn value(&self, expr: &Expr, period: &str, member: Option<&str>) -> Result<Value, Diagnostic> {
        match self.bind_formula(expr, period, member)? {
            Err(nothing) => Ok(Err(nothing)),
            Ok((formula, _)) => match formula.value(&self.values) {
                Ok(value) => Ok(Ok(value)),
                Err(EvalError::NotMeaningful) => Ok(Err(Absent::NotMeaningful)),
                Err(EvalError::Wrong(finding)) => Err(*finding),
            },
        }
    }

    fn bind(&self, expr: &Expr, context: BindingContext) -> Result<BoundFormula<'r>, Diagnostic> {
        if context.depth > MAX_DEPTH {
            let message = format!("formulas refer to one another more than {MAX_DEPTH} levels deep");
            return Err(Diagnostic::error("formula", message).at(&expr.place, ""));
        }
        let context = BindingContext { depth: context.depth + 1, ..context };
        match &expr.node {
            Node::Number(number) => Ok(Ok((Arc::new(Formula::Constant(*number)), None))),
            Node::Line { name, member } => {
                let member = member.as_deref().or(context.member);
                self.bind_line(name, BindingContext { member, ..context }, &expr.place)
            }
            Node::Negative(inner) => map_formula(self.bind(inner, context)?, &expr.place, Formula::Negative),
            Node::Binary(operator, left, right) => self.operation(*operator, left, right, context, &expr.place),
            Node::Call(function, arguments) => self.call(*function, arguments, context, &expr.place),
            Node::In(inner, period) => self.bind(inner, BindingContext { period, ..context }),
        }
    }

    fn bind_line(&self, name: &str, context: BindingContext, place: &Place) -> Result<BoundFormula<'r>, Diagnostic> {
        let Some(known) = self.known_line(name) else {
            return self.bind_measure(name, context);
        };
        let KnownLine { statement, line, .. } = *known;
        let Some((id, entry)) = self.entry_of(known, context.period, context.member) else {
            return self.missing_fact(name, (statement, line), context, place);
        };
        Ok(match entry {
            Entry::Amount(_) => Ok((Arc::new(Formula::Fact(id)), Some(statement.unit_of(line).base.as_str()))),
            Entry::Blank => Err(Absent::Blank),
            Entry::Unread => Err(Absent::Reported),
            Entry::NotApplicable => Err(Absent::NotApplicable),
            Entry::Undecided => Err(Absent::Undecided),
            Entry::Pending => Err(Absent::Pending),
        })
    }

    fn bind_measure(&self, id: &str, context: BindingContext) -> Result<BoundFormula<'r>, Diagnostic> {
        // An unknown name is reported where it is written.
        let Some(measure) = self.release.measure(id) else { return Ok(Err(Absent::Reported)) };
        let in_its_unit = |bound: BoundMeasure| {
            bound.map(|bound| bound.map(|formula| (formula, Some(measure.unit.value.base.as_str()))))
        };
        let key = (id.to_owned(), context.period.to_owned());
        if let Some(known) = self.bound_measures.borrow().get(&key) {
            return in_its_unit(known.clone());
        }
        // A cycle finds this entry; it was reported when the release was loaded.
        self.bound_measures.borrow_mut().insert(key.clone(), Ok(Err(Absent::Reported)));
        let unit = &measure.unit.value;
        let formula = measure.formula_in.get(context.period).unwrap_or(&measure.formula);
        let name = format!("{id}@{}", context.period);
        let bound = match self.stated(&name) {
            _ if self.is_pending(&name) => Ok(Err(Absent::Pending)),
            Some((_, stated)) => {
                let base = stated.unit.as_ref().map_or(unit, |unit| &unit.value).base.as_str();
                self.stated_value(stated, unit).map(|formula| Ok((formula, Some(base))))
            }
            None => self.bind(formula, BindingContext { member: None, ..context }),
        };
        let bound = bound.and_then(|bound| check_unit(bound, unit, &formula.place));
        self.bound_measures.borrow_mut().insert(key, bound.clone());
        in_its_unit(bound)
    }

    /// A stated figure as an input: its value, and its interval by its last place.
    pub(super) fn stated_value(&self, stated: &StatedFigure, own: &Unit) -> Result<SharedFormula, Diagnostic> {
        let unit = stated.unit.as_ref().map_or(own, |unit| &unit.value);
        let place = &stated.shows.place;
        let value = stated.shows.value.checked_mul(unit.scale.factor()).ok_or_else(|| too_large(place))?;
        let reach = self.around(unit, stated.shows.value).unwrap_or_else(|| Interval::exactly(value));
        Ok(Arc::new(Formula::Stated(value, reach)))
    }

    fn operation(
        &self,
        operator: Operator,
        left: &Expr,
        right: &Expr,
        context: BindingContext,
        place: &Place,
    ) -> Result<BoundFormula<'r>, Diagnostic> {
        // A division can only fail because of its divisor.
        let at = if operator == Operator::Divide { &right.place } else { place };
        let (left, right) = (self.bind(left, context)?, self.bind(right, context)?);
        combine(left, right, place, |(left, a), (right, b)| {
            let base = match operator {
                Operator::Add | Operator::Subtract => same_base(a, b, place)?,
                Operator::Multiply | Operator::Divide => None,
            };
            Ok((Formula::Binary(operator, left, right, at.clone()), base))
        })
    }

    fn call(
        &self,
        function: Function,
        arguments: &[Expr],
        context: BindingContext,
        place: &Place,
    ) -> Result<BoundFormula<'r>, Diagnostic> {
        let Some(first) = arguments.first() else { return self.days(context.period, place) };
        let percent = Some(Unit::PERCENT);
        match function {
            Function::Abs => map_formula(self.bind(first, context)?, place, Formula::Abs),
            Function::Prior => self.prior(first, context, place),
            Function::Opening => self.opening(first, context, place),
            Function::Change => {
                let (new, old) = (self.bind(first, context)?, self.older(arguments, context, place)?);
                let size = self.size_of(first);
                combine(new, old, place, |(new, a), (old, b)| {
                    same_base(a, b, place)?;
                    Ok((Formula::Growth(size(new), size(old), place.clone()), percent))
                })
            }
            Function::Difference => {
                let (new, old) = (self.bind(first, context)?, self.older(arguments, context, place)?);
                combine(new, old, place, |(new, a), (old, b)| {
                    let base = same_base(a, b, place)?;
                    Ok((Formula::Binary(Operator::Subtract, new, old, place.clone()), base))
                })
            }
            Function::Cagr => self.growth_per_year(arguments, context, place),
            Function::Days => self.days(context.period, place),
            Function::Average => {
                let (new, old) = (self.bind(first, context)?, self.opening(first, context, place)?);
                combine(new, old, place, |(new, a), (old, b)| {
                    let base = same_base(a, b, place)?;
                    let sum = Arc::new(Formula::Binary(Operator::Add, new, old, place.clone()));
                    let two = Arc::new(Formula::Constant(Decimal::TWO));
                    Ok((Formula::Binary(Operator::Divide, sum, two, place.clone()), base))
                })
            }
            Function::Percent => {
                let Some(base) = arguments.get(1) else { return Ok(Err(Absent::Reported)) };
                let (part, base) = (self.bind(first, context)?, self.bind(base, context)?);
                combine(part, base, place, |(part, a), (base, b)| {
                    same_base(a, b, place)?;
                    Ok((Formula::Share(part, base, place.clone()), percent))
                })
            }
        }
    }

    /// How an amount grows: one that is always negative grows by its size.
    fn size_of(&self, expr: &Expr) -> impl Fn(SharedFormula) -> SharedFormula + use<> {
        let by_size = self.is_negative_line(expr);
        move |formula| if by_size { Arc::new(Formula::Negative(formula)) } else { formula }
    }

    fn growth_per_year(
        &self,
        arguments: &[Expr],
        context: BindingContext,
        place: &Place,
    ) -> Result<BoundFormula<'r>, Diagnostic> {
        let Some(first) = arguments.first() else { return Ok(Err(Absent::Reported)) };
        let months = match self.months_of_growth(arguments, context.period, place)? {
            Ok(months) => months,
            Err(absent) => return Ok(Err(absent)),
        };
        let (new, old) = (self.bind(first, context)?, self.older(arguments, context, place)?);
        let size = self.size_of(first);
        combine(new, old, place, |(new, a), (old, b)| {
            same_base(a, b, place)?;
            let percent = Some(Unit::PERCENT);
            Ok((Formula::GrowthPerYear(size(new), size(old), months, place.clone()), percent))
        })
    }

    /// Binds what a change or difference compares its first argument with: the second argument, or the first in the prior
    /// period.
    fn older(
        &self,
        arguments: &[Expr],
        context: BindingContext,
        place: &Place,
    ) -> Result<BoundFormula<'r>, Diagnostic> {
        match arguments {
            [_, other] => self.bind(other, context),
            [first] => self.prior(first, context, place),
            _ => Ok(Err(Absent::Reported)),
        }
    }

    /// Whether an expression is a line whose amounts are negative by declaration (`balance = "negative"`).
    pub fn is_negative_line(&self, expr: &Expr) -> bool {
        match &expr.node {
            Node::Line { name, .. } => self.line(name).is_some_and(|(_, line)| line.balance == Some(Balance::Negative)),
            Node::In(inner, _) => self.is_negative_line(inner),
            _ => false,
        }
    }

    /// Binds the expression in the prior period, or its `compare_with` line.
    fn prior(&self, expr: &Expr, context: BindingContext, place: &Place) -> Result<BoundFormula<'r>, Diagnostic> {
        if self.release.period(context.period).is_none() && !context.period.is_empty() {
            return Ok(Err(Absent::Reported));
        }
        let period = match self.prior_period(context.period, place) {
            Ok(period) => period,
            // The prior period may be named in a file that could not be read.
            Err(_) if self.release.is_incomplete() => return Ok(Err(Absent::Reported)),
            Err(finding) => return Err(finding),
        };
        let context = BindingContext { period, ..context };
        match self.comparison_line(expr) {
            Some(against) => self.bind_line(against, context, place),
            None => self.bind(expr, context),
        }
    }

    fn opening(&self, expr: &Expr, context: BindingContext, place: &Place) -> Result<BoundFormula<'r>, Diagnostic> {
        let period = self.opening_period(context.period, place)?;
        self.bind(expr, BindingContext { period, ..context })
    }

    /// The line that growth of `expr` compares with, if it is another line.
    fn comparison_line(&self, expr: &Expr) -> Option<&'r str> {
        let Node::Line { name, .. } = &expr.node else { return None };
        self.release.line(name)?.1.compare_with.as_ref().map(|against| against.value.as_str())
    }

    pub(super) fn prior_period(&self, period: &str, place: &Place) -> Result<&'r str, Diagnostic> {
        let prior = self.release.period(period).and_then(|period| period.prior.as_ref());
        prior.map(|prior| prior.value.as_str()).ok_or_else(|| {
            let message = format!("`{period}` has no prior period to compare with");
            Diagnostic::error("missing-value", message).at(place, "").help(format!("give `{period}` a `prior`"))
        })
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

/// Checks that a formula gives the base unit of its measure, if it gives any.
fn check_unit(bound: BoundFormula, unit: &Unit, place: &Place) -> BoundMeasure {
    let (formula, base) = match bound {
        Ok(bound) => bound,
        Err(nothing) => return Ok(Err(nothing)),
    };
    match base {
        Some(base) if base != unit.base => {
            let message = format!("the formula gives `{base}`, the measure is in `{}`", unit.base);
            Err(Diagnostic::error("unit-mismatch", message).at(place, ""))
        }
        _ => Ok(Ok(formula)),
    }
}

/// Combines two bound formulas; absent if one of them is.
fn combine<'r>(
    left: BoundFormula<'r>,
    right: BoundFormula<'r>,
    place: &Place,
    then: impl FnOnce(
        (SharedFormula, Option<&'r str>),
        (SharedFormula, Option<&'r str>),
    ) -> Result<(Formula, Option<&'r str>), Diagnostic>,
) -> Result<BoundFormula<'r>, Diagnostic> {
    let (left, right) = match (left, right) {
        (Ok(left), Ok(right)) => (left, right),
        // What is not known yet may still become a number.
        (_, Err(Absent::Pending)) => return Ok(Err(Absent::Pending)),
        (Err(nothing), _) | (_, Err(nothing)) => return Ok(Err(nothing)),
    };
    let (formula, base) = then(left, right)?;
    Ok(Ok((check_size(formula, place)?, base)))
}

/// Transforms a bound formula.
fn map_formula<'r>(
    inner: BoundFormula<'r>,
    place: &Place,
    then: fn(SharedFormula) -> Formula,
) -> Result<BoundFormula<'r>, Diagnostic> {
    Ok(match inner {
        Ok((inner, base)) => Ok((check_size(then(inner), place)?, base)),
        Err(nothing) => Err(nothing),
    })
}

/// Checks that the formula is not too long or too deep.
fn check_size(formula: Formula, place: &Place) -> Result<SharedFormula, Diagnostic> {
    if formula.parts() > MAX_PARTS || formula.depth() > MAX_DEPTH {
        let message = "the formula is too long once its measures are expanded";
        return Err(Diagnostic::error("formula", message).at(place, ""));
    }
    Ok(Arc::new(formula))
}

fn same_base<'r>(a: Option<&'r str>, b: Option<&'r str>, place: &Place) -> Result<Option<&'r str>, Diagnostic> {
    match (a, b) {
        (Some(a), Some(b)) if a != b => {
            let message = format!("`{a}` and `{b}` are not the same unit");
            Err(Diagnostic::error("unit-mismatch", message).at(place, ""))
        }
        (a, b) => Ok(a.or(b)),
    }
}
