//! Tells each changed entry once, with all the figures that it moved and the places where these are seen.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    changes::{Entered, Kind, Made, Moved, Seen},
    entries::{Entries, Entry, plain_number},
    side::Side,
};
use crate::{
    diag::Place,
    model::{Decimal, RoundingStrategy},
};

/// The changed entries in the order of the new version, removed ones last, and the figures that moved without any of them.
pub fn causes(old: &Side, new: &Side, moved: Vec<Moved>) -> (Vec<Entered>, Vec<Moved>) {
    let mut entered = changed_entries(old, new);
    let index = CauseIndex::new(&entered);
    let mut known: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut others = Vec::new();
    for item in moved {
        let causes = known.entry(item.figure.clone()).or_insert_with(|| index.causes(old, new, &item));
        let Some((first, rest)) = causes.split_first() else {
            others.push(item);
            continue;
        };
        let with = rest.iter().map(|cause| entered[*cause].name.clone()).collect();
        entered[*first].add(item, with);
    }
    (entered, others)
}

impl Entered {
    fn add(&mut self, Moved { figure, old, new, place, .. }: Moved, with: Vec<String>) {
        if figure != self.name && !self.makes.iter().any(|made| made.figure == figure) {
            let (figure, old, new) = (figure.clone(), old.clone(), new.clone());
            self.makes.push(Made { figure, old, new, with });
        }
        self.seen.push(Seen { place, figure, old, new });
    }
}

fn changed_entries(old: &Side, new: &Side) -> Vec<Entered> {
    let in_both =
        |key: &(Kind, String), entry: &Entry| old.is_dataset() && new.is_dataset() || Entries::is_in_data(key, entry);
    let mut changed = Vec::new();
    for (key, entry) in &new.entries.list {
        let before = old.entries.get(key);
        let is_same = before.is_some_and(|before| before.value == entry.value && before.unit == entry.unit);
        if !is_same && in_both(key, entry) {
            changed.push(entered(key, before, Some(entry)));
        }
    }
    let removed = old.entries.list.iter().filter(|(key, entry)| new.entries.get(key).is_none() && in_both(key, entry));
    changed.extend(removed.map(|(key, entry)| entered(key, Some(entry), None)));
    changed
}

fn entered((kind, name): &(Kind, String), old: Option<&Entry>, new: Option<&Entry>) -> Entered {
    let value = |entry: Option<&Entry>, other: Option<&Entry>| {
        let entry = entry?;
        // A unit that changed is part of what is told.
        let with_unit = other.is_some_and(|other| other.unit != entry.unit && !entry.unit.is_empty());
        Some(if with_unit { format!("{} {}", entry.value, entry.unit) } else { entry.value.clone() })
    };
    let numbers = old.zip(new).filter(|(old, new)| old.unit == new.unit);
    let numbers = numbers.and_then(|(old, new)| Some((old.number?, new.number?)));
    let difference = numbers.and_then(|(old, new)| Some((old, new.checked_sub(old)?)));
    Entered {
        kind: *kind,
        name: name.clone(),
        old: value(old, new),
        new: value(new, old),
        unit: new.or(old).map(|entry| entry.unit.clone()).unwrap_or_default(),
        difference: difference.map(|(_, difference)| signed(difference)),
        percent: difference.and_then(|(old, difference)| percent(difference, old)),
        at: new.or(old).and_then(|entry| entry.at.as_ref()).map(Place::file_line),
        makes: Vec::new(),
        seen: Vec::new(),
    }
}

fn signed(number: Decimal) -> String {
    let plus = if number > Decimal::ZERO { "+" } else { "" };
    format!("{plus}{}", plain_number(number))
}

/// A difference in per cent of the size of the old amount; none that rounds to zero.
fn percent(difference: Decimal, old: Decimal) -> Option<String> {
    let share = difference.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(old.abs())?;
    let mut rounded = share.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero);
    // The difference is told; of less than that, a share says nothing.
    if rounded.is_zero() {
        return None;
    }
    rounded.rescale(1);
    Some(format!("{}{rounded}%", if share > Decimal::ZERO { "+" } else { "" }))
}

/// The changed entries by what a figure is asked for.
struct CauseIndex {
    /// Amounts, by name.
    amounts: BTreeMap<String, usize>,
    /// Declarations, by the figure that they are of.
    declared: BTreeMap<String, usize>,
    /// Formulas, by measure.
    formulas: BTreeMap<String, Vec<usize>>,
    periods: BTreeMap<String, usize>,
    dates: BTreeMap<String, usize>,
    units: Vec<usize>,
}

impl CauseIndex {
    fn new(entered: &[Entered]) -> Self {
        let mut index = Self {
            amounts: BTreeMap::new(),
            declared: BTreeMap::new(),
            formulas: BTreeMap::new(),
            periods: BTreeMap::new(),
            dates: BTreeMap::new(),
            units: Vec::new(),
        };
        for (at, Entered { kind, name, .. }) in entered.iter().enumerate() {
            match kind {
                Kind::Amount => _ = index.amounts.insert(name.clone(), at),
                Kind::Stated | Kind::Mark => _ = index.declared.insert(name.clone(), at),
                Kind::Adjustment | Kind::Waiver => {
                    let figure = name.split(" in ").next().unwrap_or(name);
                    index.declared.insert(figure.to_owned(), at);
                }
                Kind::Formula => {
                    let measure = name.split('@').next().unwrap_or(name);
                    index.formulas.entry(measure.to_owned()).or_default().push(at);
                }
                Kind::Period => _ = index.periods.insert(name.clone(), at),
                Kind::Unit => index.units.push(at),
                Kind::Date => _ = index.dates.insert(name.clone(), at),
                // It moves no figure.
                Kind::Declaration => {}
            }
        }
        index
    }

    /// The entries that a figure moved by, in the order in which they are told.
    fn causes(&self, old: &Side, new: &Side, moved: &Moved) -> Vec<usize> {
        if let Some(date) = self.dates.get(&moved.figure) {
            return vec![*date];
        }
        let before = moved.instead_of.as_ref().unwrap_or(&moved.figure);
        let inputs = new.inputs(&moved.figure).into_iter().chain(old.inputs(before));
        let mut found: BTreeSet<usize> = inputs.filter_map(|input| self.amounts.get(&input).copied()).collect();
        found.extend(self.amounts.get(&moved.figure));
        found.extend(self.declared.get(&moved.figure));
        if !self.formulas.is_empty() {
            let measures = new.measures(&moved.figure).into_iter().chain(old.measures(before));
            found.extend(measures.filter_map(|measure| self.formulas.get(&measure)).flatten());
        }
        if found.is_empty() {
            let period = moved.figure.rsplit('@').next().unwrap_or_default();
            found.extend(self.periods.get(period));
        }
        if found.is_empty() {
            found.extend(&self.units);
        }
        found.into_iter().collect()
    }
}
