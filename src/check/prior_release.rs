//! What releases published earlier, as terms of this one's relations: amounts that no entry here can change.

use std::sync::Arc;

use super::sum::Term;
use crate::{
    figures::{Book, Formula},
    model::{Entry, PeriodSpan},
};

/// The amount that a line had for the same days in an earlier release; none where it had none in the unit.
pub fn published_term(earlier: &Book, name: &str, span: PeriodSpan, member: Option<&str>, base: &str) -> Option<Term> {
    let same = earlier.release.periods.iter().filter(|period| period.span == span);
    let (id, entry) = same.filter_map(|period| earlier.entry(name, &period.id.value, member)).next()?;
    let Entry::Amount(_) = entry else { return None };
    let entered = earlier.entered.get(id).filter(|entered| entered.unit.base == base)?;
    let formula = Formula::Stated(*earlier.values.get(id)?, earlier.around(entered.unit, entered.amount)?);
    Some(Term { formula: Arc::new(formula), step: entered.step, mode: entered.mode, deducted: false })
}
