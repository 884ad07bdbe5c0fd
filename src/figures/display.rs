//! A figure as it will be shown: brought to a unit, rounded, and moved where the dataset says so.

use std::collections::BTreeMap;

use super::{Absent, Book, EvalError, SharedFormula, formula::too_large};
use crate::{
    diag::{Diagnostic, Place},
    model::{At, Decimal, Expr, Function, Node, RoundingMode, Scale, Unit, UnitKind, UnitRule, WaiverTarget},
};

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct FigureRequest<'a> {
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
pub struct DisplayedFigure {
    pub derivation: Derivation,
    /// What is printed, in the derivation's unit; has exactly the decimals shown.
    pub displayed: Decimal,
    /// Before rounding, in base units of its own unit.
    pub exact: Decimal,
}

/// How a figure comes from facts: its name and unit, what it is made of, and what moves it.
#[derive(Debug, Clone, PartialEq)]
pub struct Derivation {
    /// Its one name, `is.total_revenues@fy2009`.
    pub name: String,
    pub unit: Unit,
    pub rule: UnitRule,
    pub rounded: RoundedFormula,
    /// Whether it is an entered amount in its own currency.
    pub is_fact: bool,
}

/// A formula brought to a unit and rounded.
#[derive(Debug, Clone, PartialEq)]
pub struct RoundedFormula {
    pub formula: SharedFormula,
    /// What one of the unit is in base units of the formula.
    pub divisor: Decimal,
    pub decimals: u32,
    pub mode: RoundingMode,
    pub moved: Option<DeclaredChange>,
    /// What moved it, or made it.
    pub applied: Option<AppliedDeclaration>,
    /// Where it is asked for.
    pub place: Place,
}

/// A declared change of a shown figure.
#[derive(Debug, Clone, PartialEq)]
pub enum DeclaredChange {
    /// In the last place shown.
    By(Decimal),
    To {
        computed: At<Decimal>,
        shows: Decimal,
    },
}

/// A declaration that a figure took, by its number among the release's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AppliedDeclaration {
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
    pub fn displayed(&self, ask: FigureRequest) -> Result<Result<DisplayedFigure, Absent>, Diagnostic> {
        let derivation = match self.derivation(ask)? {
            Ok(derivation) => derivation,
            Err(nothing) => return Ok(Err(nothing)),
        };
        let rounded = &derivation.rounded;
        let made = rounded.formula.value(&self.values).and_then(|exact| Ok((exact, rounded.displayed(&self.values)?)));
        match made {
            Ok((exact, shown)) => Ok(Ok(DisplayedFigure { derivation, displayed: shown, exact })),
            Err(EvalError::NotMeaningful) => Ok(Err(Absent::NotMeaningful)),
            Err(EvalError::Wrong(finding)) => Err(*finding),
        }
    }

    /// How the figure comes from facts, or why there is none.
    pub fn derivation(&self, ask: FigureRequest) -> Result<Result<Derivation, Absent>, Diagnostic> {
        let name = self.name(ask.expr, ask.period, ask.member);
        let own = self.unit_of(ask.expr).unwrap_or_else(|| Unit::base(""));
        let stated = self.stated(&name);
        let formula = match stated {
            Some((_, stated)) => self.stated_value(stated, &own)?.0,
            None => match self.bind_formula(ask.expr, ask.period, ask.member)? {
                Ok((formula, _)) => formula,
                Err(nothing) => return Ok(Err(nothing)),
            },
        };
        let units = &self.release.units;
        let place = &ask.expr.place;
        let unit = ask.unit.cloned().unwrap_or_else(|| own.clone());
        let rule = units.rule(&unit.base).cloned().unwrap_or_else(|| UnitRule::plain(UnitKind::Number));
        let rate = units.rate(&own.base, &unit.base).ok_or_else(|| {
            let message = format!("`{}` cannot be shown in `{}`", own.base, unit.base);
            Diagnostic::error("unit-mismatch", message).at(place, "")
        })?;
        let divisor = rate.checked_mul(unit.scale.factor()).ok_or_else(|| too_large(place))?;
        let decimals = ask.decimals.unwrap_or(if unit.scale == Scale::One { rule.decimals } else { 0 });
        let is_fact = own.base == unit.base && is_entered(ask.expr, self);
        let applied = stated.map(|(index, _)| AppliedDeclaration::Stated(index));
        let mode = units.mode(rule.kind);
        let place = place.clone();
        let rounded = RoundedFormula { formula, divisor, decimals, mode, moved: None, applied, place };
        let mut derivation = Derivation { name, unit, rule, rounded, is_fact };
        self.apply_declarations(&mut derivation, ask.place);
        Ok(Ok(derivation))
    }

    /// Notes the adjustment or waiver that speaks of this figure, at this unit, in this place.
    fn apply_declarations(&self, derivation: &mut Derivation, place: &str) {
        let here = |places: &[At<String>]| places.is_empty() || places.iter().any(|known| known.value == place);
        let of = |map: &BTreeMap<String, Vec<usize>>| map.get(&derivation.name).cloned().unwrap_or_default();
        let (adjustments, waivers) = (of(&self.adjustments), of(&self.waivers));
        for index in adjustments {
            let adjustment = &self.release.adjustments[index];
            if same_unit(&adjustment.unit.value, &derivation.unit) && here(&adjustment.places) {
                derivation.rounded.moved = Some(DeclaredChange::By(adjustment.by.value));
                derivation.rounded.applied = Some(AppliedDeclaration::Adjusted(index));
            }
        }
        for index in waivers {
            let WaiverTarget::Figure { unit, computed, shows, places, .. } = &self.release.waivers[index].of else {
                continue;
            };
            if unit.as_ref().is_none_or(|unit| same_unit(&unit.value, &derivation.unit)) && here(places) {
                derivation.rounded.moved = Some(DeclaredChange::To { computed: computed.clone(), shows: shows.value });
                derivation.rounded.applied = Some(AppliedDeclaration::Waived(index));
            }
        }
    }
}

impl RoundedFormula {
    /// The figure as it would be without adjustment or waiver.
    pub fn natural(&self, values: &[Decimal]) -> Result<Decimal, EvalError> {
        let in_unit = self.formula.value(values)?.checked_div(self.divisor);
        in_unit.map(|value| self.mode.round(value, self.decimals)).ok_or_else(|| wrong(too_large(&self.place)))
    }

    /// The figure as printed.
    pub fn displayed(&self, values: &[Decimal]) -> Result<Decimal, EvalError> {
        let natural = self.natural(values)?;
        let large = || wrong(too_large(&self.place));
        match &self.moved {
            None => Ok(natural),
            Some(DeclaredChange::By(by)) => {
                let step = Decimal::new(1, self.decimals);
                by.checked_mul(step).and_then(|by| natural.checked_add(by)).ok_or_else(large)
            }
            Some(DeclaredChange::To { computed, shows }) if natural == computed.value => {
                let mut shows = *shows;
                shows.rescale(self.decimals.max(shows.normalize().scale()));
                Ok(shows)
            }
            Some(DeclaredChange::To { computed, .. }) => {
                let message = "the waiver of this figure no longer matches";
                let label = format!("the dataset now gives {natural}");
                Err(wrong(Diagnostic::error("waiver", message).at(&computed.place, label)))
            }
        }
    }
}

fn wrong(finding: Diagnostic) -> EvalError {
    EvalError::Wrong(Box::new(finding))
}

impl DisplayedFigure {
    /// The plain decimal for machines: an entered amount in base units, anything else as shown, in base units.
    pub fn plain_value(&self) -> String {
        let Derivation { unit, is_fact, .. } = &self.derivation;
        let value = if *is_fact { Some(self.exact) } else { self.displayed.checked_mul(unit.scale.factor()) };
        let value = value.unwrap_or(self.displayed).normalize();
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
