//! A figure as it will be shown: brought to a unit, rounded, and moved where the dataset says so.

use super::{Book, Nothing, Value};
use crate::{
    diag::{Diagnostic, Place},
    model::{At, Decimal, Expr, Function, Node, Scale, Unit, UnitRule, WaiverOf},
};

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    pub expr: &'a Expr,
    pub period: &'a str,
    pub member: Option<&'a str>,
    /// The unit wanted; the figure's own unless given.
    pub unit: Option<&'a Unit>,
    /// Decimals, where they differ from the unit's.
    pub decimals: Option<u32>,
    /// The table or page it is for.
    pub place: &'a str,
}

/// A figure, ready to be worded.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// Its one name, `is.total_revenues@fy2009`.
    pub name: String,
    pub unit: Unit,
    pub rule: UnitRule,
    /// What is printed, in `unit`; has exactly the decimals shown.
    pub shown: Decimal,
    /// Before rounding, in base units of its own unit.
    pub exact: Decimal,
    /// Whether it is an entered amount in its own currency.
    pub is_fact: bool,
    /// What moved it.
    pub applied: Option<Applied>,
}

/// A declaration that a figure took, by its number among the release's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Applied {
    Stated(usize),
    Adjusted(usize),
    Waived(usize),
}

impl Book<'_> {
    /// The unit a formula's figure has when none is asked for.
    pub fn unit_of(&self, expr: &Expr) -> Option<Unit> {
        match &expr.node {
            Node::Number(_) => None,
            Node::Line { name, .. } => match self.line(name) {
                Some((statement, line)) => Some(statement.unit_of(line).clone()),
                None => self.release.measure(name).map(|measure| measure.unit.value.clone()),
            },
            Node::Negative(inner) | Node::In(inner, _) => self.unit_of(inner),
            Node::Binary(_, left, right) => self.unit_of(left).or_else(|| self.unit_of(right)),
            Node::Call(Function::Change | Function::Percent, _) => Some(Unit::base(Unit::PERCENT)),
            Node::Call(_, arguments) => arguments.first().and_then(|first| self.unit_of(first)),
        }
    }

    /// The figure as shown, or why there is none.
    pub fn shown(&self, ask: Ask) -> Result<Result<Shown, Nothing>, Diagnostic> {
        let name = self.name(ask.expr, ask.period, ask.member);
        let own = self.unit_of(ask.expr).unwrap_or_else(|| Unit::base(""));
        let stated = self.stated(&name);
        let exact = match stated {
            Some((_, stated)) => {
                let unit = stated.unit.as_ref().map_or(&own, |unit| &unit.value);
                stated.shows.value.checked_mul(unit.scale.factor()).ok_or_else(|| too_large(&stated.shows.place))?
            }
            None => match self.value(ask.expr, ask.period, ask.member)? {
                Value::Amount(amount) => amount.exact,
                Value::Nothing(nothing) => return Ok(Err(nothing)),
            },
        };
        let unit = ask.unit.cloned().unwrap_or_else(|| own.clone());
        let mut figure = self.rounded(name, exact, &own, unit, &ask)?;
        figure.applied = stated.map(|(index, _)| Applied::Stated(index));
        self.move_it(&mut figure, ask.place)?;
        Ok(Ok(figure))
    }

    fn rounded(&self, name: String, exact: Decimal, own: &Unit, unit: Unit, ask: &Ask) -> Result<Shown, Diagnostic> {
        let units = &self.release.units;
        let place = &ask.expr.place;
        let rule = units.rule(&unit.base).cloned().unwrap_or_else(|| UnitRule::plain(crate::model::Kind::Number));
        let rate = units.rate(&own.base, &unit.base).ok_or_else(|| {
            Diagnostic::error("unit-mismatch", format!("`{}` cannot be shown in `{}`", own.base, unit.base))
                .at(place, "")
        })?;
        let divisor = rate.checked_mul(unit.scale.factor()).ok_or_else(|| too_large(place))?;
        let in_unit = exact.checked_div(divisor).ok_or_else(|| too_large(place))?;
        let decimals = ask.decimals.unwrap_or(if unit.scale == Scale::One { rule.decimals } else { 0 });
        let shown = units.mode(rule.kind).round(in_unit, decimals);
        let is_fact = own.base == unit.base && is_entered(ask.expr, self);
        Ok(Shown { name, unit, rule, shown, exact, is_fact, applied: None })
    }

    /// Applies the adjustment or waiver that speaks of this figure, at this unit, in this place.
    fn move_it(&self, figure: &mut Shown, place: &str) -> Result<(), Diagnostic> {
        let here = |places: &[At<String>]| places.is_empty() || places.iter().any(|known| known.value == place);
        for (index, adjustment) in self.release.adjustments.iter().enumerate() {
            let same_unit = same_unit(&adjustment.unit.value, &figure.unit);
            if same_unit && here(&adjustment.places) && self.name(&adjustment.figure, "", None) == figure.name {
                let step = Decimal::new(1, figure.shown.scale());
                let moved = if adjustment.by.value.is_sign_negative() { -step } else { step };
                figure.shown = figure.shown.checked_add(moved).unwrap_or(figure.shown);
                figure.applied = Some(Applied::Adjusted(index));
            }
        }
        for (index, waiver) in self.release.waivers.iter().enumerate() {
            let WaiverOf::Figure { figure: named, unit, computed, shows, places } = &waiver.of else { continue };
            let same_unit = unit.as_ref().is_none_or(|unit| same_unit(&unit.value, &figure.unit));
            if !same_unit || !here(places) || self.name(named, "", None) != figure.name {
                continue;
            }
            if figure.shown != computed.value {
                let message = format!("the waiver of `{}` no longer matches", figure.name);
                let label = format!("the books now give {}", figure.shown);
                return Err(Diagnostic::error("waiver", message).at(&computed.place, label));
            }
            let decimals = figure.shown.scale();
            if shows.value.normalize().scale() > decimals {
                let message = format!("the waiver of `{}` shows more decimals than are printed", figure.name);
                let label = format!("expected at most {decimals}");
                return Err(Diagnostic::error("waiver", message).at(&shows.place, label));
            }
            figure.shown = shows.value;
            figure.shown.rescale(decimals);
            figure.applied = Some(Applied::Waived(index));
        }
        Ok(())
    }
}

impl Shown {
    /// The plain decimal for machines: an entered amount in base units, anything else as shown, in base units.
    pub fn plain_value(&self) -> String {
        let value = if self.is_fact { Some(self.exact) } else { self.shown.checked_mul(self.unit.scale.factor()) };
        let value = value.unwrap_or(self.shown).normalize();
        if value.is_zero() { String::from("0") } else { value.to_string() }
    }
}

fn same_unit(a: &Unit, b: &Unit) -> bool {
    a.base == b.base && a.scale == b.scale
}

fn is_entered(expr: &Expr, book: &Book) -> bool {
    match &expr.node {
        Node::Line { name, .. } => book.line(name).is_some(),
        Node::Negative(inner) | Node::In(inner, _) => is_entered(inner, book),
        _ => false,
    }
}

fn too_large(place: &Place) -> Diagnostic {
    Diagnostic::error("number", "the result has more than 28 digits").at(place, "")
}
