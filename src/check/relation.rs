//! Relations: identities over facts that a wrong entry can break, which can be evaluated with other values.
//!
//! A relation is exact; or its residual is pinned and explained by declared precision (acknowledged); or it is waived,
//! pinned and with a reason; or it is broken. No tolerance exists.

use std::{collections::BTreeSet, sync::Arc};

use crate::{
    diag::Place,
    figures::{Book, EnteredAmount, EvalError, FactId, Interval, RoundedFormula, SharedFormula},
    model::{Decimal, RoundingMode},
};

/// The numbers that relations are tried on: every fact, and where it may really lie.
#[derive(Debug, Clone)]
pub struct Facts {
    pub values: Vec<Decimal>,
    pub intervals: Vec<Interval>,
    /// One unit of each fact's last place, and how it was rounded.
    pub steps: Arc<[(Decimal, RoundingMode)]>,
}

impl Facts {
    /// The facts as entered.
    pub fn of(book: &Book) -> Self {
        let known = |entered: &EnteredAmount| (entered.step, entered.mode);
        let steps = book.entered.iter().map(known).collect();
        Self { values: book.values.clone(), intervals: book.intervals(), steps }
    }

    /// Replaces the value of a fact and returns the previous value.
    pub fn replace(&mut self, id: FactId, value: Decimal) -> Decimal {
        let (step, mode) = self.steps[id];
        self.intervals[id] = Interval::around(value, step, mode).unwrap_or_else(|| Interval::exactly(value));
        std::mem::replace(&mut self.values[id], value)
    }
}

/// An identity over facts.
#[derive(Debug, Clone, PartialEq)]
pub struct Relation {
    /// `footing:is.total_revenues@fy2009`: the name that waivers give, and people.
    pub name: String,
    /// Its family, the name of a rule.
    pub family: &'static str,
    /// The message of its finding.
    pub message: String,
    /// Where the total, or what claims to be the same, is written.
    pub place: Place,
    /// For whom it holds: a period, a unit.
    pub scope: String,
    /// The figures that take part, the total first.
    pub terms: Vec<String>,
    pub constraint: Constraint,
    /// What one of the residual's units is in the unit that residuals are pinned and reported in.
    pub report_scale: Decimal,
    /// A residual pinned beside the amount.
    pub pin: Option<(Decimal, Place)>,
}

/// The condition that a relation sets.
#[derive(Debug, Clone, PartialEq)]
pub enum Constraint {
    /// The parts (deducted or not) add up to the total, each rounded first.
    Balance { total: RoundedFormula, parts: Vec<(RoundedFormula, bool)> },
    /// The same of figures that are printed in several units of one base, as `USD thousand` and `USD million`: they add up as
    /// closely as the coarsest of them is printed. Read in the unit of the total.
    MixedBalance { total: RoundedFormula, parts: Vec<(RoundedFormula, bool)> },
    /// Some values that facts were rounded from give a stated figure.
    Reach { formula: SharedFormula, divisor: Decimal, decimals: u32, mode: RoundingMode, shows: Decimal },
    /// A value is at most another.
    Order { low: SharedFormula, high: SharedFormula },
    /// What is computed is still what a waiver says is computed.
    Pinned { figure: RoundedFormula, computed: Decimal },
}

impl Relation {
    /// What is left over, in the unit it is reported in: total less parts, or how far a stated figure is out of reach.
    pub fn residual(&self, facts: &Facts) -> Result<Decimal, EvalError> {
        let residual = match &self.constraint {
            Constraint::Balance { total, parts } => {
                total.displayed_value(&facts.values)?.checked_sub(sum(parts, &facts.values)?)
            }
            Constraint::MixedBalance { total, parts } => {
                let (shown, sum) = total_and_mixed_sum(total, parts, &facts.values)?;
                let left = shown.checked_sub(sum);
                left.map(|left| if is_within_coarsest(left, total, parts) { Decimal::ZERO } else { left })
            }
            Constraint::Reach { shows, .. } => {
                let (low, high) = self.possible_range(facts).ok_or(EvalError::NotMeaningful)?;
                let outside = if *shows < low { low } else { high };
                if (low..=high).contains(shows) { Some(Decimal::ZERO) } else { shows.checked_sub(outside) }
            }
            Constraint::Order { low, high } => {
                let excess = low.value(&facts.values)?.checked_sub(high.value(&facts.values)?);
                excess.map(|excess| excess.max(Decimal::ZERO))
            }
            Constraint::Pinned { figure, computed } => figure.unadjusted_value(&facts.values)?.checked_sub(*computed),
        };
        let reported = residual.and_then(|residual| residual.checked_mul(self.report_scale));
        reported.map(|reported| reported.normalize()).ok_or(EvalError::NotMeaningful)
    }

    /// The total (term 0), or a part with its sign, as it is added up; `None` if it cannot be computed or there is none.
    pub fn term(&self, term: usize, facts: &Facts) -> Option<Decimal> {
        let Constraint::Balance { total, parts } = &self.constraint else { return None };
        match term.checked_sub(1) {
            None => total.displayed_value(&facts.values).ok(),
            Some(part) => {
                let (part, deducted) = parts.get(part)?;
                let value = part.displayed_value(&facts.values).ok()?;
                Some(if *deducted { value } else { -value })
            }
        }
    }

    /// The facts of each term: of the total and the parts in their order, or of all that takes part where nothing is added up.
    pub fn facts_by_term(&self) -> Vec<BTreeSet<FactId>> {
        let of = |formula: &SharedFormula| {
            let mut ids = BTreeSet::new();
            formula.facts(&mut |id| _ = ids.insert(id));
            ids
        };
        match &self.constraint {
            Constraint::Balance { total, parts } | Constraint::MixedBalance { total, parts } => {
                [of(&total.formula)].into_iter().chain(parts.iter().map(|(part, _)| of(&part.formula))).collect()
            }
            Constraint::Reach { formula, .. } => vec![of(formula)],
            Constraint::Order { low, high } => vec![of(low), of(high)],
            Constraint::Pinned { figure, .. } => vec![of(&figure.formula)],
        }
    }

    /// Total and sum as reported, for the words of a finding.
    pub fn total_and_sum(&self, facts: &Facts) -> Option<(Decimal, Decimal)> {
        match &self.constraint {
            Constraint::Balance { total, parts } => {
                let (total, sum) = (total.displayed_value(&facts.values).ok()?, sum(parts, &facts.values).ok()?);
                Some((total.checked_mul(self.report_scale)?, sum.checked_mul(self.report_scale)?))
            }
            Constraint::MixedBalance { total, parts } => total_and_mixed_sum(total, parts, &facts.values).ok(),
            Constraint::Reach { .. } | Constraint::Order { .. } | Constraint::Pinned { .. } => None,
        }
    }

    /// The ends of what a stated figure can be, as it would be shown.
    pub fn possible_range(&self, facts: &Facts) -> Option<(Decimal, Decimal)> {
        let Constraint::Reach { formula, divisor, decimals, mode, .. } = &self.constraint else { return None };
        let reach = formula.interval(&facts.intervals)?;
        let shown = |at: Decimal| Some(mode.round(at.checked_div(*divisor)?, *decimals));
        Some((shown(reach.low.at)?, shown(reach.high.at)?))
    }

    /// Whether some amounts that round to the parts add up to one that rounds to the total.
    pub fn is_explained(&self, facts: &Facts) -> bool {
        let (Constraint::Balance { total, parts } | Constraint::MixedBalance { total, parts }) = &self.constraint
        else {
            return false;
        };
        let is_mixed = matches!(self.constraint, Constraint::MixedBalance { .. });
        let reach = |term: &RoundedFormula| {
            if is_mixed {
                return printed_interval(term, facts)?.times(Interval::exactly(term.divisor));
            }
            if self.family != "displayed" {
                return term.formula.interval(&facts.intervals)?.scaled(term.divisor);
            }
            // Of a printed column a reader knows what is printed, whatever the books know better.
            printed_interval(term, facts)
        };
        let mut all = Some(Interval::exactly(Decimal::ZERO));
        for (part, deducted) in parts {
            let part = reach(part).map(|part| if *deducted { part.negative() } else { part });
            all = all.zip(part).and_then(|(all, part)| all.plus(part));
        }
        matches!((all, reach(total)), (Some(sum), Some(total)) if sum.overlaps(total))
    }

    /// How the total of a sum is rounded.
    pub fn rounding_mode(&self) -> Option<RoundingMode> {
        match &self.constraint {
            Constraint::Balance { total, .. } | Constraint::MixedBalance { total, .. } => Some(total.mode),
            _ => None,
        }
    }

    /// The facts it depends on.
    pub fn facts(&self) -> BTreeSet<FactId> {
        let mut ids = BTreeSet::new();
        self.each_fact(&mut |id| _ = ids.insert(id));
        ids
    }

    /// Calls `see` for every fact it depends on, for some more than once.
    pub fn each_fact(&self, see: &mut impl FnMut(FactId)) {
        match &self.constraint {
            Constraint::Balance { total, parts } | Constraint::MixedBalance { total, parts } => {
                total.formula.facts(see);
                parts.iter().for_each(|(part, _)| part.formula.facts(see));
            }
            Constraint::Reach { formula, .. } => formula.facts(see),
            Constraint::Order { low, high } => {
                low.facts(see);
                high.facts(see);
            }
            Constraint::Pinned { figure, .. } => figure.formula.facts(see),
        }
    }
}

fn sum(parts: &[(RoundedFormula, bool)], values: &[Decimal]) -> Result<Decimal, EvalError> {
    let mut sum = Decimal::ZERO;
    for (part, deducted) in parts {
        let value = part.displayed_value(values)?;
        sum = sum.checked_add(if *deducted { -value } else { value }).ok_or(EvalError::NotMeaningful)?;
    }
    Ok(sum)
}

/// The values that a printed figure may stand for.
fn printed_interval(term: &RoundedFormula, facts: &Facts) -> Option<Interval> {
    Interval::around(term.displayed_value(&facts.values).ok()?, Decimal::new(1, term.decimals), term.mode)
}

/// A printed total, and the sum of its parts in its unit.
fn total_and_mixed_sum(
    total: &RoundedFormula,
    parts: &[(RoundedFormula, bool)],
    values: &[Decimal],
) -> Result<(Decimal, Decimal), EvalError> {
    let mut sum = Decimal::ZERO;
    for (part, deducted) in parts {
        let value = part.displayed_value(values)?.checked_mul(part.divisor);
        let value = value.and_then(|value| value.checked_div(total.divisor)).ok_or(EvalError::NotMeaningful)?;
        sum = sum.checked_add(if *deducted { -value } else { value }).ok_or(EvalError::NotMeaningful)?;
    }
    Ok((total.displayed_value(values)?, sum))
}

/// Whether a difference is at most half a unit of the last place of the coarsest figure.
fn is_within_coarsest(left: Decimal, total: &RoundedFormula, parts: &[(RoundedFormula, bool)]) -> bool {
    let step = |term: &RoundedFormula| term.divisor.checked_mul(Decimal::new(1, term.decimals));
    let steps = parts.iter().map(|(part, _)| part).chain([total]).map(step);
    let coarsest = steps.collect::<Option<Vec<_>>>().and_then(|steps| steps.into_iter().max());
    let twice = left.abs().checked_mul(Decimal::TWO).and_then(|twice| twice.checked_mul(total.divisor));
    matches!((twice, coarsest), (Some(twice), Some(coarsest)) if twice <= coarsest)
}

/// A number as a dataset writes it: `68_006_380`.
pub fn format_number(number: Decimal) -> String {
    let text = number.normalize().to_string();
    let (sign, rest) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, fraction) = rest.split_once('.').map_or((rest, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut grouped = String::from(sign);
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position) % 3 == 0 {
            grouped.push('_');
        }
        grouped.push(digit);
    }
    fraction.map_or(grouped.clone(), |fraction| format!("{grouped}.{fraction}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_as_the_dataset_writes_them() {
        assert_eq!(format_number("-68006380.50".parse().expect("a decimal")), "-68_006_380.5");
    }
}
