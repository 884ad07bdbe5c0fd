//! Formulas bound to a period: every name becomes the fact it leads to, and units are held against one another.

use std::sync::Arc;

use super::{
    Absent, Book, BoundFormula, Formula, Interval, Value,
    formula::{EvalError, SharedFormula, too_large},
};
use crate::{
    diag::{Diagnostic, Place},
    model::{Decimal, Entry, Expr, Function, Line, LineKind, Node, Operator, PeriodSpan, Stated, Statement, Unit},
};

/// How deep formulas may refer to one another.
const DEPTH: usize = 128;
/// How many parts a formula may have once every measure in it is spelt out.
const PARTS: usize = 10_000;

/// What a formula is asked for: a period, a member where the line has them, and how deep the asking has come.
#[derive(Clone, Copy)]
struct BindingContext<'a> {
    period: &'a str,
    member: Option<&'a str>,
    depth: usize,
}

impl<'r> Book<'r> {
    /// The formula in a period, over facts.
    pub fn bind_formula(&self, expr: &Expr, period: &str, member: Option<&str>) -> Result<BoundFormula, Diagnostic> {
        self.bind(expr, BindingContext { period, member, depth: 0 })
    }

    /// What a formula gives in a period.
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

    fn bind(&self, expr: &Expr, asked: BindingContext) -> Result<BoundFormula, Diagnostic> {
        if asked.depth > DEPTH {
            let message = format!("formulas refer to one another more than {DEPTH} levels deep");
            return Err(Diagnostic::error("formula", message).at(&expr.place, ""));
        }
        let asked = BindingContext { depth: asked.depth + 1, ..asked };
        match &expr.node {
            Node::Number(number) => Ok(Ok((Arc::new(Formula::Constant(*number)), None))),
            Node::Line { name, member } => {
                let member = member.as_deref().or(asked.member);
                self.bind_line(name, BindingContext { member, ..asked }, &expr.place)
            }
            Node::Negative(inner) => one(self.bind(inner, asked)?, &expr.place, Formula::Negative),
            Node::Binary(operator, left, right) => self.operation(*operator, left, right, asked, &expr.place),
            Node::Call(function, arguments) => self.call(*function, arguments, asked, &expr.place),
            Node::In(inner, period) => self.bind(inner, BindingContext { period, ..asked }),
        }
    }

    fn bind_line(&self, name: &str, asked: BindingContext, place: &Place) -> Result<BoundFormula, Diagnostic> {
        let Some((statement, line)) = self.line(name) else {
            return self.bind_measure(name, asked);
        };
        let Some((id, entry)) = self.entry(name, asked.period, asked.member) else {
            return self.missing(name, (statement, line), asked, place);
        };
        let base = Some(statement.unit_of(line).base.clone());
        Ok(match entry {
            Entry::Amount(_) => Ok((Arc::new(Formula::Fact(id)), base)),
            Entry::Blank => Err(Absent::Blank),
            Entry::Unread => Err(Absent::Reported),
            Entry::NotApplicable => Err(Absent::NotApplicable),
            Entry::Undecided => Err(Absent::Undecided),
        })
    }

    /// That there is no fact; nothing where the reason for that has been reported.
    fn missing(
        &self,
        name: &str,
        (statement, line): (&'r Statement, &'r Line),
        asked: BindingContext,
        place: &Place,
    ) -> Result<BoundFormula, Diagnostic> {
        let undeclared = |id: &str| self.release.period(id).is_none();
        if asked.period.is_empty() {
            let finding = Diagnostic::error("missing-value", format!("`{name}` is used without a period"));
            return Err(finding.at(place, "").help(format!("write `{name}@…`, or give the release a `period`")));
        }
        // What a line refers to may have fewer periods.
        if line.reference.is_some() && self.release.target(name).is_some() {
            return Ok(Err(Absent::Blank));
        }
        let is_told = line.reference.is_some() || line.kind == LineKind::Heading || undeclared(asked.period);
        if is_told || statement.periods.iter().any(|period| undeclared(&period.value)) {
            return Ok(Err(Absent::Reported));
        }
        Err(self.no_fact(name, statement, asked, place))
    }

    fn no_fact(&self, name: &str, statement: &'r Statement, asked: BindingContext, place: &Place) -> Diagnostic {
        if !statement.members.is_empty() && asked.member.is_none() {
            let members: Vec<_> = statement.members.iter().map(|member| member.value.as_str()).collect();
            let message = format!("`{name}` has members, but none is named");
            let finding =
                Diagnostic::error("missing-value", message).at(place, format!("write `{name}[{}]`", members[0]));
            return finding.note(format!("the members are {}", members.join(", ")));
        }
        let knows = self.period_in(statement, asked.period).is_some();
        let whose = if knows { name } else { &statement.id.value };
        let message = format!("`{whose}` has no value in `{}`", asked.period);
        let periods: Vec<_> = statement.periods.iter().map(|period| period.value.as_str()).collect();
        let finding = Diagnostic::error("missing-value", message).at(place, "");
        finding.note(format!("the periods of `{}` are {}", statement.id.value, periods.join(", ")))
    }

    fn bind_measure(&self, id: &str, asked: BindingContext) -> Result<BoundFormula, Diagnostic> {
        let key = (id.to_owned(), asked.period.to_owned());
        if let Some(known) = self.known.borrow().get(&key) {
            return known.clone();
        }
        // That it leads nowhere was reported where the name is written.
        let Some(measure) = self.release.measure(id) else { return Ok(Err(Absent::Reported)) };
        // Whoever leads back here finds nothing: a circle was reported when the release was read.
        self.known.borrow_mut().insert(key.clone(), Ok(Err(Absent::Reported)));
        let unit = &measure.unit.value;
        let formula = measure.formula_in.get(asked.period).unwrap_or(&measure.formula);
        let bound = match self.stated(&format!("{id}@{}", asked.period)) {
            Some((_, stated)) => self.stated_value(stated, unit).map(Ok),
            None => self.bind(formula, BindingContext { member: None, ..asked }),
        };
        let bound = bound.and_then(|bound| in_unit(bound, unit, &formula.place));
        self.known.borrow_mut().insert(key, bound.clone());
        bound
    }

    /// A stated figure as an input: its value, known to its last place.
    pub(super) fn stated_value(
        &self,
        stated: &Stated,
        own: &Unit,
    ) -> Result<(SharedFormula, Option<String>), Diagnostic> {
        let unit = stated.unit.as_ref().map_or(own, |unit| &unit.value);
        let place = &stated.shows.place;
        let value = stated.shows.value.checked_mul(unit.scale.factor()).ok_or_else(|| too_large(place))?;
        let reach = self.around(unit, stated.shows.value).unwrap_or_else(|| Interval::exactly(value));
        Ok((Arc::new(Formula::Stated(value, reach)), Some(unit.base.clone())))
    }

    fn operation(
        &self,
        operator: Operator,
        left: &Expr,
        right: &Expr,
        asked: BindingContext,
        place: &Place,
    ) -> Result<BoundFormula, Diagnostic> {
        // What a division can fail for is its divisor.
        let at = if operator == Operator::Divide { &right.place } else { place };
        let (left, right) = (self.bind(left, asked)?, self.bind(right, asked)?);
        both(left, right, place, |(left, a), (right, b)| {
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
        asked: BindingContext,
        place: &Place,
    ) -> Result<BoundFormula, Diagnostic> {
        let Some(first) = arguments.first() else { return Ok(Err(Absent::Reported)) };
        let percent = Some(Unit::PERCENT.to_owned());
        match function {
            Function::Abs => one(self.bind(first, asked)?, place, Formula::Abs),
            Function::Prior => self.prior(first, asked, place),
            Function::Opening => self.opening(first, asked, place),
            Function::Change => {
                let (new, old) = (self.bind(first, asked)?, self.prior(first, asked, place)?);
                both(new, old, place, |(new, a), (old, b)| {
                    same_base(a, b, place)?;
                    Ok((Formula::Growth(new, old, place.clone()), percent))
                })
            }
            Function::Difference => {
                let (new, old) = (self.bind(first, asked)?, self.prior(first, asked, place)?);
                both(new, old, place, |(new, a), (old, b)| {
                    let base = same_base(a, b, place)?;
                    Ok((Formula::Binary(Operator::Subtract, new, old, place.clone()), base))
                })
            }
            Function::Average => {
                let (new, old) = (self.bind(first, asked)?, self.opening(first, asked, place)?);
                both(new, old, place, |(new, a), (old, b)| {
                    let base = same_base(a, b, place)?;
                    let sum = Arc::new(Formula::Binary(Operator::Add, new, old, place.clone()));
                    let two = Arc::new(Formula::Constant(Decimal::TWO));
                    Ok((Formula::Binary(Operator::Divide, sum, two, place.clone()), base))
                })
            }
            Function::Percent => {
                let Some(base) = arguments.get(1) else { return Ok(Err(Absent::Reported)) };
                let (part, base) = (self.bind(first, asked)?, self.bind(base, asked)?);
                both(part, base, place, |(part, a), (base, b)| {
                    same_base(a, b, place)?;
                    Ok((Formula::Share(part, base, place.clone()), percent))
                })
            }
        }
    }

    /// The line in the prior period, or the line that it is compared `compare_with` there.
    fn prior(&self, expr: &Expr, asked: BindingContext, place: &Place) -> Result<BoundFormula, Diagnostic> {
        if self.release.period(asked.period).is_none() && !asked.period.is_empty() {
            return Ok(Err(Absent::Reported));
        }
        let period = match self.prior_period(asked.period, place) {
            Ok(period) => period,
            // It may be stated in a file that could not be read.
            Err(_) if self.release.is_torn() => return Ok(Err(Absent::Reported)),
            Err(finding) => return Err(finding),
        };
        let asked = BindingContext { period, ..asked };
        match self.against(expr) {
            Some(against) => self.bind_line(against, asked, place),
            None => self.bind(expr, asked),
        }
    }

    fn opening(&self, expr: &Expr, asked: BindingContext, place: &Place) -> Result<BoundFormula, Diagnostic> {
        let period = self.opening_period(asked.period, place)?;
        self.bind(expr, BindingContext { period, ..asked })
    }

    /// The line that growth of `expr` compares with, where it is another one.
    fn against(&self, expr: &Expr) -> Option<&'r str> {
        let Node::Line { name, .. } = &expr.node else { return None };
        self.release.line(name)?.1.compare_with.as_ref().map(|against| against.value.as_str())
    }

    fn prior_period(&self, period: &str, place: &Place) -> Result<&'r str, Diagnostic> {
        let prior = self.release.period(period).and_then(|period| period.prior.as_ref());
        prior.map(|prior| prior.value.as_str()).ok_or_else(|| {
            let message = format!("`{period}` has no prior period to compare with");
            Diagnostic::error("missing-value", message).at(place, "").help(format!("give `{period}` a `prior`"))
        })
    }

    fn opening_period(&self, period: &str, place: &Place) -> Result<&'r str, Diagnostic> {
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

fn in_unit(bound: BoundFormula, unit: &Unit, place: &Place) -> Result<BoundFormula, Diagnostic> {
    let (formula, base) = match bound {
        Ok(bound) => bound,
        Err(nothing) => return Ok(Err(nothing)),
    };
    match base {
        Some(base) if base != unit.base => {
            let message = format!("the formula gives `{base}`, the measure is in `{}`", unit.base);
            Err(Diagnostic::error("unit-mismatch", message).at(place, ""))
        }
        _ => Ok(Ok((formula, Some(unit.base.clone())))),
    }
}

/// Two bound formulas made one; nothing where one of them is nothing.
fn both(
    left: BoundFormula,
    right: BoundFormula,
    place: &Place,
    then: impl FnOnce(
        (SharedFormula, Option<String>),
        (SharedFormula, Option<String>),
    ) -> Result<(Formula, Option<String>), Diagnostic>,
) -> Result<BoundFormula, Diagnostic> {
    let (left, right) = match (left, right) {
        (Ok(left), Ok(right)) => (left, right),
        (Err(nothing), _) | (_, Err(nothing)) => return Ok(Err(nothing)),
    };
    let (formula, base) = then(left, right)?;
    Ok(Ok((within_measure(formula, place)?, base)))
}

/// A bound formula made another.
fn one(inner: BoundFormula, place: &Place, then: fn(SharedFormula) -> Formula) -> Result<BoundFormula, Diagnostic> {
    Ok(match inner {
        Ok((inner, base)) => Ok((within_measure(then(inner), place)?, base)),
        Err(nothing) => Err(nothing),
    })
}

/// The formula, unless it has become too long or too deep to be worked out.
fn within_measure(formula: Formula, place: &Place) -> Result<SharedFormula, Diagnostic> {
    if formula.parts() > PARTS || formula.depth() > DEPTH {
        let message = "the formula is too long once its measures are expanded";
        return Err(Diagnostic::error("formula", message).at(place, ""));
    }
    Ok(Arc::new(formula))
}

fn same_base(a: Option<String>, b: Option<String>, place: &Place) -> Result<Option<String>, Diagnostic> {
    match (a, b) {
        (Some(a), Some(b)) if a != b => {
            let message = format!("`{a}` and `{b}` are not the same unit");
            Err(Diagnostic::error("unit-mismatch", message).at(place, ""))
        }
        (a, b) => Ok(a.or(b)),
    }
}
