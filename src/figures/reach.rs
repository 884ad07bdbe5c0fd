//! How far a derived figure can lie from what its coarsely known inputs give: interval arithmetic over its formula.

use super::{Book, Interval};
use crate::model::{Decimal, Entry, Expr, Function, Kind, Measure, Node, Operator, Unit};

/// How deep measures may refer to one another.
const DEPTH: usize = 64;

impl Book<'_> {
    /// All values a formula can have in a period, given how its inputs were rounded; in base units. None when an input
    /// is not known, or a divisor may be zero.
    pub fn reach(&self, expr: &Expr, period: &str, member: Option<&str>) -> Option<Interval> {
        match &expr.node {
            Node::Number(number) => Some(Interval::exactly(*number)),
            Node::Line { name, member: own } => self.reach_of(name, period, own.as_deref().or(member)),
            Node::Negative(inner) => Some(self.reach(inner, period, member)?.negative()),
            Node::In(inner, period) => self.reach(inner, period, member),
            Node::Binary(operator, left, right) => {
                let (left, right) = (self.reach(left, period, member)?, self.reach(right, period, member)?);
                match operator {
                    Operator::Add => left.plus(right),
                    Operator::Subtract => left.plus(right.negative()),
                    Operator::Multiply => left.times(right),
                    Operator::Divide => left.over(right),
                }
            }
            Node::Call(function, arguments) => self.reach_of_call(*function, arguments, period, member),
        }
    }

    fn reach_of_call(
        &self,
        function: Function,
        arguments: &[Expr],
        period: &str,
        member: Option<&str>,
    ) -> Option<Interval> {
        let first = arguments.first()?;
        let now = |period: &str| self.reach(first, period, member);
        let hundred = Interval::exactly(Decimal::ONE_HUNDRED);
        let prior = || {
            let period = self.prior_period(period, &first.place).ok()?;
            match self.against(first) {
                Some(against) => self.reach_of(against, period, member),
                None => now(period),
            }
        };
        let opening = || now(self.opening_period(period, &first.place).ok()?);
        match function {
            Function::Prior => prior(),
            Function::Opening => opening(),
            // (x − p) / p as x / p − 1: p stands once, so the interval is as narrow as it can be.
            Function::Change => now(period)?.over(prior()?)?.times(hundred)?.plus(hundred.negative()),
            Function::Difference => now(period)?.plus(prior()?.negative()),
            Function::Average => now(period)?.plus(opening()?)?.over(Interval::exactly(Decimal::TWO)),
            Function::Percent => now(period)?.over(self.reach(arguments.get(1)?, period, member)?)?.times(hundred),
            Function::Abs => {
                let reach = now(period)?;
                Some(if reach.high.at.is_sign_negative() { reach.negative() } else { reach })
            }
        }
    }

    fn reach_of(&self, name: &str, period: &str, member: Option<&str>) -> Option<Interval> {
        let Some((statement, line, fact)) = self.fact(name, period, member) else {
            let measure = self.release.measure(name)?;
            let key = (name.to_owned(), period.to_owned());
            if let Some(known) = self.reached.borrow().get(&key) {
                return *known;
            }
            // Whoever leads back here finds nothing.
            self.reached.borrow_mut().insert(key.clone(), None);
            let reach = self.reach_of_measure(measure, period);
            self.reached.borrow_mut().insert(key, reach);
            return reach;
        };
        let Entry::Amount(amount) = fact.entry else { return None };
        self.around(statement.unit_of(line), amount)
    }

    fn reach_of_measure(&self, measure: &Measure, period: &str) -> Option<Interval> {
        if let Some((_, stated)) = self.stated(&format!("{}@{period}", measure.id.value)) {
            let unit = stated.unit.as_ref().map_or(&measure.unit.value, |unit| &unit.value);
            return self.around(unit, stated.shows.value);
        }
        let depth = self.reaching.get();
        if depth > DEPTH {
            return None;
        }
        self.reaching.set(depth + 1);
        let reach = self.reach(measure.formula_in.get(period).unwrap_or(&measure.formula), period, None);
        self.reaching.set(depth);
        reach
    }

    /// Where an amount entered in a unit may really lie.
    fn around(&self, unit: &Unit, amount: Decimal) -> Option<Interval> {
        let rule = self.release.units.rule(&unit.base);
        let decimals = if unit.scaled { 0 } else { rule.map_or(0, |rule| rule.decimals) };
        let factor = unit.scale.factor();
        let step = factor.checked_mul(Decimal::new(1, decimals.max(amount.normalize().scale())))?;
        let mode = self.release.units.mode(rule.map_or(Kind::Number, |rule| rule.kind));
        Interval::around(amount.checked_mul(factor)?, step, mode)
    }
}
