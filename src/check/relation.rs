//! A relation evaluated: what is left over, and whether that is as it should be.
//!
//! A relation is exact; or its residual is pinned and explained by declared precision (acknowledged); or it is waived,
//! pinned and with a reason; or it is broken. No tolerance exists.

use super::Ledger;
use crate::{
    diag::{Diagnostic, Place},
    figures::{Book, Interval},
    model::{At, Decimal, Entry, Kind, Line, Mode, Unit, UnitRule, WaiverOf},
};

/// An amount that takes part in a relation, in base units.
pub struct Term {
    pub exact: Decimal,
    /// What one unit of its last place is.
    pub step: Decimal,
    pub mode: Mode,
    pub deducted: bool,
}

impl Term {
    /// An amount of a line, known as precisely as its statement says.
    pub fn of(book: &Book, unit: &Unit, amount: Decimal, deducted: bool) -> Option<Self> {
        let factor = unit.scale.factor();
        let step = factor.checked_mul(Decimal::new(1, places(book, unit, amount)))?;
        Some(Self { exact: amount.checked_mul(factor)?, step, mode: mode(book, unit), deducted })
    }

    fn signed(&self, value: Decimal) -> Decimal {
        if self.deducted { -value } else { value }
    }

    fn interval(&self) -> Option<Interval> {
        let around = Interval::around(self.exact, self.step, self.mode)?;
        Some(if self.deducted { around.negative() } else { around })
    }

    /// The amount brought to a coarser step, in the way amounts of its kind are rounded.
    fn at(&self, step: Decimal) -> Option<Decimal> {
        self.mode.round(self.exact.checked_div(step)?, 0).checked_mul(step)
    }
}

/// The decimals that an amount is known to.
fn places(book: &Book, unit: &Unit, amount: Decimal) -> u32 {
    let shown = book.release.units.rule(&unit.base).map_or(0, |rule| if unit.scaled { 0 } else { rule.decimals });
    shown.max(amount.normalize().scale())
}

fn mode(book: &Book, unit: &Unit) -> Mode {
    let kind = book.release.units.rule(&unit.base).map_or(Kind::Number, |rule: &UnitRule| rule.kind);
    book.release.units.mode(kind)
}

/// A total and its parts, ready to be judged.
pub struct Relation<'a> {
    /// `footing:is.total_revenues@fy2009`, the name that a waiver gives.
    pub name: String,
    pub rule: &'static str,
    /// What is said when it is broken.
    pub message: String,
    /// The period, for the words under the caret.
    pub period: String,
    pub total: Term,
    pub parts: Vec<Term>,
    /// Where the total is written.
    pub place: Place,
    /// What is said of the sum, and of the total.
    pub says: (&'static str, &'static str),
    /// Where the other amount is written, when it is one.
    pub other: Option<Place>,
    /// The unit in which residuals are pinned and told.
    pub unit: Unit,
    pub pin: Option<&'a At<Decimal>>,
}

impl Relation<'_> {
    /// What is wrong with the relation, and the waiver (by its number) that it needed.
    fn verdict(&self, book: &Book) -> (Option<Diagnostic>, Option<usize>) {
        let sides = self.sides().and_then(|(total, sum)| Some((total, sum, total.checked_sub(sum)?)));
        let Some((total, sum, residual)) = sides else {
            return (Some(Diagnostic::error("number", "the sum has more than 28 digits").at(&self.place, "")), None);
        };
        let residual = residual.normalize();
        let waiver = self.waiver(book);
        match (residual.is_zero(), self.pin, waiver) {
            (true, Some(pin), _) if !pin.value.is_zero() => {
                let finding = Diagnostic::error("residual", "nothing is left over here");
                (Some(finding.at(&pin.place, "the parts add up")), None)
            }
            (true, ..) => (None, None),
            (false, Some(pin), _) if pin.value == residual => {
                (if self.is_explained() { None } else { Some(unexplained(residual, pin)) }, None)
            }
            (false, _, Some((index, known))) if known.value == residual => (None, Some(index)),
            (false, _, Some((index, known))) => {
                let message = format!("the waiver of `{}` no longer matches", self.name);
                let label = format!("what is left over is now {}", plain(residual));
                (Some(Diagnostic::error("waiver", message).at(&known.place, label)), Some(index))
            }
            (false, pin, None) => (Some(self.broken(total, sum, residual, pin)), None),
        }
    }

    /// Total and sum in the relation's unit, finer amounts brought to the coarsest one that takes part.
    fn sides(&self) -> Option<(Decimal, Decimal)> {
        let step = self.parts.iter().map(|part| part.step).fold(self.total.step, Decimal::max);
        let mut sum = Decimal::ZERO;
        for part in &self.parts {
            sum = sum.checked_add(part.signed(part.at(step)?))?;
        }
        let factor = self.unit.scale.factor();
        Some((self.total.at(step)?.checked_div(factor)?, sum.checked_div(factor)?))
    }

    /// Whether some amounts that round to the parts add up to one that rounds to the total.
    fn is_explained(&self) -> bool {
        let sum = self.parts.iter().try_fold(Interval::exactly(Decimal::ZERO), |sum, part| sum.plus(part.interval()?));
        matches!((sum, self.total.interval()), (Some(sum), Some(total)) if sum.meets(total))
    }

    fn waiver<'b>(&self, book: &Book<'b>) -> Option<(usize, &'b At<Decimal>)> {
        book.release.waivers.iter().enumerate().find_map(|(index, waiver)| match &waiver.of {
            WaiverOf::Relation { name, residual } if name.value == self.name => Some((index, residual)),
            _ => None,
        })
    }

    fn broken(&self, total: Decimal, sum: Decimal, residual: Decimal, pin: Option<&At<Decimal>>) -> Diagnostic {
        let (of_sum, of_total) = self.says;
        let label = format!("{}: {of_sum} {}, {of_total} {}", self.period, plain(sum), plain(total));
        let mut finding = Diagnostic::error(self.rule, self.message.clone()).at(&self.place, label);
        if let Some(other) = &self.other {
            finding = finding.with(other, "the other");
        }
        if let Some(pin) = pin {
            finding = finding.with(&pin.place, format!("pinned here, but {} is left over", plain(residual)));
        } else if self.is_explained() {
            let note = format!("declared precision can explain a residual of {}", plain(residual));
            finding = finding.note(note);
        }
        if are_swapped(total, sum) {
            finding = finding
                .note(format!("the difference, {}, is divisible by 9: are two digits swapped?", plain(residual.abs())));
        }
        finding.note(format!("the relation is `{}`", self.name))
    }
}

impl Ledger {
    /// Judges a relation.
    pub(super) fn judge(&mut self, book: &Book, relation: &Relation) {
        let (finding, waiver) = relation.verdict(book);
        self.findings.extend(finding);
        self.waived.extend(waiver);
    }
}

fn unexplained(residual: Decimal, pin: &At<Decimal>) -> Diagnostic {
    let message = format!("precision does not explain a residual of {}", plain(residual));
    let finding = Diagnostic::error("residual", message).at(&pin.place, "");
    finding.help("if it was published so, waive it with a reason")
}

/// A number as a dataset writes it: `68_006_380`.
pub fn plain(number: Decimal) -> String {
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

/// Whether swapping two neighbouring digits of one gives the other.
fn are_swapped(a: Decimal, b: Decimal) -> bool {
    let (a, b) = (a.normalize().to_string(), b.normalize().to_string());
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let differing: Vec<_> = (0..a.len().min(b.len())).filter(|&at| a[at] != b[at]).collect();
    matches!(differing[..], [first, second] if a.len() == b.len() && second == first + 1 && a[first] == b[second] && a[second] == b[first])
}

/// The fact of a line, as a term; `None` for a line without an amount there.
pub fn term(book: &Book, name: &str, period: &str, member: Option<&str>, deducted: bool) -> Option<Term> {
    let (statement, line, fact) = book.fact(name, period, member)?;
    match fact.entry {
        Entry::Amount(amount) => Term::of(book, statement.unit_of(line), amount, deducted),
        _ => None,
    }
}

/// Whether a line that takes part could not be read there, or leads nowhere: then the relation is not judged, as the
/// reason has been told.
pub fn is_unread(book: &Book, name: &str, period: &str, member: Option<&str>) -> bool {
    let unread = book.fact(name, period, member).is_some_and(|(.., fact)| fact.entry == Entry::Unread);
    unread || book.line(name).is_none_or(|(_, line)| line.refers.is_some())
}

/// Where a line's amount is written: its own entry, or the line when it refers to another.
pub fn place_of(line: &Line, period: &str, member: &str) -> Place {
    let fact = line.facts.get(&(period.to_owned(), member.to_owned()));
    fact.map_or_else(|| line.id.place.clone(), |fact| fact.place.clone())
}

/// The member as formulas name it.
pub fn named(member: &str) -> Option<&str> {
    (!member.is_empty()).then_some(member)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swapped_digits_are_recognised() {
        let number = |text: &str| text.parse::<Decimal>().expect("a decimal");
        assert!(are_swapped(number("68006830"), number("68006380")));
        assert!(!are_swapped(number("68006381"), number("68006380")));
        assert!(!are_swapped(number("123"), number("1234")));
    }

    #[test]
    fn numbers_are_told_as_the_dataset_writes_them() {
        assert_eq!(plain("-68006380.50".parse().expect("a decimal")), "-68_006_380.5");
    }
}
