//! Brings a figure to a unit, rounds it, and applies declared adjustments and waivers.

use std::{borrow::Cow, sync::Arc};

use super::{Absent, Book, EvalError, Formula, SharedFormula, book::DeclaredFigure, formula::too_large};
use crate::{
    diag::{Diagnostic, Place},
    model::{
        At, Decimal, Expr, FigureMark, Node, RoundingMode, Scale, Unit, UnitKind, UnitRule, WaiverTarget, plain_digits,
    },
};

/// A request for a figure.
#[derive(Debug, Clone, Copy)]
pub struct FigureRequest<'a> {
    pub expr: &'a Expr,
    pub period: &'a str,
    pub member: Option<&'a str>,
    /// The unit; by default the figure's own.
    pub unit: Option<&'a Unit>,
    /// The decimals, if not those of the unit.
    pub decimals: Option<u32>,
    /// The table or page that shows the figure.
    pub place: &'a str,
}

/// A figure, ready to be formatted.
#[derive(Debug, Clone, PartialEq)]
pub struct DisplayedFigure {
    pub derivation: Derivation,
    /// The printed value in the unit of the derivation, with exactly the decimals shown.
    pub displayed: Decimal,
    /// The value before rounding, in base units of the formula.
    pub exact: Decimal,
}

/// How a figure is calculated: its name, unit and formula.
#[derive(Debug, Clone, PartialEq)]
pub struct Derivation {
    /// The canonical name, as in `is.total_revenues@fy2009`.
    pub name: String,
    pub unit: Unit,
    pub rule: Arc<UnitRule>,
    pub rounded: RoundedFormula,
    /// Whether it is an entered amount in its own base unit.
    pub is_fact: bool,
}

/// A formula, with the unit and rounding of its result.
#[derive(Debug, Clone, PartialEq)]
pub struct RoundedFormula {
    pub formula: SharedFormula,
    /// The number of base units of the formula in one unit.
    pub divisor: Decimal,
    pub decimals: u32,
    pub mode: RoundingMode,
    pub declared_change: Option<DeclaredChange>,
    /// The declaration that changes or states the figure.
    pub applied: Option<AppliedDeclaration>,
    /// Where the formula is written.
    pub place: Place,
}

/// A declared change of a printed figure.
#[derive(Debug, Clone, PartialEq)]
pub enum DeclaredChange {
    /// An adjustment, in units of the last place shown.
    By(Decimal),
    To {
        computed: At<Decimal>,
        shows: Decimal,
    },
}

/// A declaration that applies to a figure, by its index in the release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AppliedDeclaration {
    Stated(usize),
    Adjusted(usize),
    Waived(usize),
}

impl<'r> Book<'r> {
    /// The unit of a formula if none is requested.
    pub fn unit_of(&self, expr: &Expr) -> Option<Cow<'r, Unit>> {
        match &expr.node {
            Node::Number(_) => None,
            Node::Line { name, .. } => match self.line(name) {
                Some((statement, line)) => Some(Cow::Borrowed(statement.unit_of(line))),
                None => self.release.measure(name).map(|measure| Cow::Borrowed(&measure.unit.value)),
            },
            Node::Negative(inner) | Node::In(inner, _) => self.unit_of(inner),
            Node::Binary(_, left, right) => self.unit_of(left).or_else(|| self.unit_of(right)),
            Node::Call(function, _) if function.gives_percent() => Some(Cow::Owned(Unit::base(Unit::PERCENT))),
            Node::Call(_, arguments) => arguments.first().and_then(|first| self.unit_of(first)),
        }
    }

    /// The declaration of a unit as [`Units::rule`](crate::model::Units::rule) finds it; that of a plain number without one.
    fn unit_rule(&self, base: &str) -> Arc<UnitRule> {
        let of_whole = || self.unit_rules.get(base.split_once(" per ")?.0);
        let rule = self.unit_rules.get(base).or_else(of_whole);
        rule.map_or_else(|| Arc::new(UnitRule::plain(UnitKind::Number)), Arc::clone)
    }

    /// The figure as printed, or why it is absent.
    pub fn display(&self, ask: FigureRequest) -> Result<Result<DisplayedFigure, Absent>, Diagnostic> {
        let derivation = match self.derivation(ask)? {
            Ok(derivation) => derivation,
            Err(nothing) => return Ok(Err(nothing)),
        };
        let rounded = &derivation.rounded;
        let made = rounded.formula.value(&self.values).and_then(|exact| Ok((exact, rounded.displayed(exact)?)));
        let is_growth = matches!(*rounded.formula, Formula::Growth(..) | Formula::GrowthPerYear(..))
            && rounded.declared_change.is_none();
        let limit = self.release.max_growth.filter(|_| is_growth);
        match made {
            Ok((exact, _)) if limit.is_some_and(|limit| exact.abs() > limit) => Ok(Err(Absent::NotMeaningful)),
            Ok((exact, shown)) => Ok(Ok(DisplayedFigure { derivation, displayed: shown, exact })),
            Err(EvalError::NotMeaningful) => Ok(Err(Absent::NotMeaningful)),
            Err(EvalError::Wrong(finding)) => Err(*finding),
        }
    }

    /// The mark that a figure is shown as by declaration.
    fn shown_mark(&self, declared: &DeclaredFigure) -> Option<Absent> {
        let index = declared.marked?;
        self.shown_marks.borrow_mut().insert(index);
        Some(match self.release.marked.get(index)?.shows.value {
            FigureMark::NotMeaningful => Absent::NotMeaningful,
            FigureMark::NotApplicable => Absent::NotApplicable,
            FigureMark::Undecided => Absent::Undecided,
            FigureMark::Pending => Absent::Pending,
        })
    }

    /// The derivation of the figure, or why it is absent.
    pub fn derivation(&self, ask: FigureRequest) -> Result<Result<Derivation, Absent>, Diagnostic> {
        let name = self.name(ask.expr, ask.period, ask.member);
        let declared = self.declared.get(&name);
        if let Some(mark) = declared.and_then(|declared| self.shown_mark(declared)) {
            return Ok(Err(mark));
        }
        let own = self.unit_of(ask.expr).unwrap_or_else(|| Cow::Owned(Unit::base("")));
        let stated = declared.and_then(|declared| self.stated_by(declared));
        let formula = match stated {
            Some((_, stated)) => self.stated_value(stated, &own)?,
            None => match self.bind_formula(ask.expr, ask.period, ask.member)? {
                Ok((formula, _)) => formula,
                Err(nothing) => return Ok(Err(nothing)),
            },
        };
        let units = &self.release.units;
        let place = &ask.expr.place;
        let unit = ask.unit.unwrap_or(&own).clone();
        let rule = self.unit_rule(&unit.base);
        let rate = units.rate(&own.base, &unit.base).ok_or_else(|| {
            let message = format!("`{}` cannot be shown in `{}`", own.base, unit.base);
            Diagnostic::error("unit-mismatch", message).at(place, "")
        })?;
        let divisor = rate.checked_mul(unit.scale.factor()).ok_or_else(|| too_large(place))?;
        let decimals = ask.decimals.unwrap_or(if unit.scale == Scale::One { rule.decimals } else { 0 });
        let is_fact = own.base == unit.base && is_entered(ask.expr, self);
        let applied = stated.map(|(index, _)| AppliedDeclaration::Stated(index));
        let mode = units.rounding_mode(rule.kind);
        let place = place.clone();
        let rounded = RoundedFormula { formula, divisor, decimals, mode, declared_change: None, applied, place };
        let mut derivation = Derivation { name, unit, rule, rounded, is_fact };
        if let Some(declared) = declared {
            self.apply_declarations(declared, &mut derivation, ask.place);
        }
        Ok(Ok(derivation))
    }

    /// Adds the adjustment or waiver for this figure, unit and place.
    fn apply_declarations(&self, declared: &DeclaredFigure, derivation: &mut Derivation, place: &str) {
        let here = |places: &[At<String>]| places.is_empty() || places.iter().any(|known| known.value == place);
        let DeclaredFigure { adjustments, waivers, .. } = declared;
        for &index in adjustments {
            let adjustment = &self.release.adjustments[index];
            if same_unit(&adjustment.unit.value, &derivation.unit) && here(&adjustment.places) {
                derivation.rounded.declared_change = Some(DeclaredChange::By(adjustment.by.value));
                derivation.rounded.applied = Some(AppliedDeclaration::Adjusted(index));
            }
        }
        for &index in waivers {
            let WaiverTarget::Figure { unit, computed, shows, places, .. } = &self.release.waivers[index].of else {
                continue;
            };
            if unit.as_ref().is_none_or(|unit| same_unit(&unit.value, &derivation.unit)) && here(places) {
                derivation.rounded.declared_change =
                    Some(DeclaredChange::To { computed: computed.clone(), shows: shows.value });
                derivation.rounded.applied = Some(AppliedDeclaration::Waived(index));
            }
        }
    }
}

impl RoundedFormula {
    /// The rounded value without adjustment or waiver.
    pub fn unadjusted_value(&self, values: &[Decimal]) -> Result<Decimal, EvalError> {
        self.unadjusted(self.formula.value(values)?)
    }

    /// The rounded value with its adjustment or waiver, as printed.
    pub fn displayed_value(&self, values: &[Decimal]) -> Result<Decimal, EvalError> {
        self.displayed(self.formula.value(values)?)
    }

    /// An exact value of the formula, rounded.
    fn unadjusted(&self, exact: Decimal) -> Result<Decimal, EvalError> {
        let in_unit = whole_quotient(exact, self.divisor).or_else(|| exact.checked_div(self.divisor));
        in_unit.map(|value| self.mode.round(value, self.decimals)).ok_or_else(|| wrong(too_large(&self.place)))
    }

    /// The same with the adjustment or waiver, as printed.
    fn displayed(&self, exact: Decimal) -> Result<Decimal, EvalError> {
        let natural = self.unadjusted(exact)?;
        let large = || wrong(too_large(&self.place));
        match &self.declared_change {
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

/// The quotient of two whole numbers without a rest: most sums are of such, and the division of decimals takes ten times as long.
fn whole_quotient(value: Decimal, divisor: Decimal) -> Option<Decimal> {
    let whole = |number: Decimal| i64::try_from(number.mantissa()).ok().filter(|_| number.scale() == 0);
    let (value, divisor) = (whole(value)?, whole(divisor)?);
    (value.checked_rem(divisor)? == 0).then(|| Decimal::from(value / divisor))
}

fn wrong(finding: Diagnostic) -> EvalError {
    EvalError::Wrong(Box::new(finding))
}

impl DisplayedFigure {
    /// The value before rounding, in the unit of the derivation; the printed one where it has too many digits.
    pub fn exact_in_unit(&self) -> Decimal {
        self.exact.checked_div(self.derivation.rounded.divisor).unwrap_or(self.displayed).normalize()
    }

    /// The value before rounding as plain text, in the unit of the derivation without its scale: `-412000` for -0.412 million.
    pub fn exact_text(&self) -> String {
        let Derivation { unit, is_fact, .. } = &self.derivation;
        let in_whole = |exact: Decimal| exact.checked_mul(unit.scale.factor()).unwrap_or(exact);
        let value = if *is_fact { self.exact } else { in_whole(self.exact_in_unit()) }.normalize();
        if value.is_zero() { String::from("0") } else { plain_digits(value) }
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
