//! Keying errors: recognizes how a wrong number commonly comes from a right one.

use crate::model::Decimal;

/// A kind of keying error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeyingError {
    /// Two adjacent digits are swapped.
    Swapped,
    /// A digit is missing or doubled.
    Digit,
    /// The sign is reversed.
    Sign,
    /// Off by a factor of a thousand.
    Thousand,
    /// The number of an adjacent line or column.
    Neighbour,
    /// A difference of one unit of the last place.
    Unit,
    Other,
}

impl KeyingError {
    /// The keying error that changes `right` to `wrong` (both in units of the last place); `neighbours` are nearby
    /// numbers.
    pub fn between(wrong: Decimal, right: Decimal, neighbours: &[Decimal]) -> Self {
        let thousand = Decimal::ONE_THOUSAND;
        let times = |a: Decimal, b: Decimal| a.checked_mul(thousand) == Some(b);
        if wrong == -right {
            Self::Sign
        } else if wrong.checked_sub(right).is_some_and(|difference| difference.abs() == Decimal::ONE) {
            Self::Unit
        } else if width(wrong) != width(right) && differs_by_one_digit(wrong, right) {
            Self::Digit
        } else if are_swapped(wrong, right) {
            Self::Swapped
        } else if times(right, wrong) || times(wrong, right) {
            Self::Thousand
        } else if !wrong.is_zero() && neighbours.contains(&wrong) {
            Self::Neighbour
        } else if differs_by_one_digit(wrong, right) {
            Self::Digit
        } else {
            Self::Other
        }
    }

    /// Whether the kind is recognizable by its shape, so that it is evidence.
    pub fn is_recognizable(self) -> bool {
        !matches!(self, Self::Unit | Self::Other)
    }

    /// How likely a difference has this shape by chance: 0 rarely, 1 sometimes, 2 always.
    pub fn coincidence(self) -> u8 {
        match self {
            Self::Digit | Self::Sign | Self::Thousand => 0,
            // A dividend that stays the same is its own neighbour.
            Self::Swapped | Self::Neighbour => 1,
            Self::Unit | Self::Other => 2,
        }
    }

    /// A description for messages.
    pub fn description(self) -> &'static str {
        match self {
            Self::Swapped => "two digits swapped",
            Self::Digit => "a digit left out or doubled",
            Self::Sign => "the sign turned",
            Self::Thousand => "off by a factor of 1,000",
            Self::Neighbour => "the number of a neighbouring cell",
            Self::Unit => "one unit of the last place",
            Self::Other => "another number",
        }
    }

    /// All numbers from which a recognizable keying error gives `wrong`.
    pub fn possible_sources(wrong: Decimal) -> Vec<Decimal> {
        let mut sources = vec![-wrong];
        sources.extend(wrong.checked_mul(Decimal::ONE_THOUSAND));
        sources.extend(wrong.checked_div(Decimal::ONE_THOUSAND));
        sources.extend([Decimal::ONE, -Decimal::ONE].iter().filter_map(|one| wrong.checked_add(*one)));
        let plain = wrong.normalize();
        match plain.scale() {
            0 => sources.extend(slips_of_whole(plain)),
            _ => sources.extend(slips_of_text(plain)),
        }
        sources.retain(|source| *source != wrong);
        sources.sort();
        sources.dedup();
        sources
    }
}

/// The numbers from which a whole one comes when two digits change places, one is left out or one is added.
fn slips_of_whole(wrong: Decimal) -> Vec<Decimal> {
    let number = wrong.mantissa().unsigned_abs();
    let signed = |digits: u128| {
        let digits = i128::try_from(digits).ok()?;
        Decimal::try_from_i128_with_scale(if wrong.is_sign_negative() { -digits } else { digits }, 0).ok()
    };
    let width = number.checked_ilog10().unwrap_or(0) + 1;
    let mut slips = Vec::new();
    for power in (0..=width).map(|place| 10_u128.pow(place)) {
        let (before, after) = (number / power, number % power);
        slips.extend((0..10).filter_map(|digit| signed((before * 10 + digit) * power + after)));
        if width > 1 && before > 0 {
            slips.extend(signed(before / 10 * power + after));
        }
        if before >= 10 {
            let (rest, pair) = (before / 100, before % 100);
            slips.extend(signed((rest * 100 + pair % 10 * 10 + pair / 10) * power + after));
        }
    }
    slips
}

/// The same of a number with decimals, whose point may change places too.
fn slips_of_text(wrong: Decimal) -> Vec<Decimal> {
    let text = wrong.abs().to_string();
    let sign = if wrong.is_sign_negative() { "-" } else { "" };
    let read = |digits: &str| format!("{sign}{digits}").parse::<Decimal>().ok();
    let mut slips = Vec::new();
    for at in 0..text.len() {
        let (before, after) = text.split_at(at);
        let mut swapped: Vec<char> = text.chars().collect();
        if at + 1 < swapped.len() {
            swapped.swap(at, at + 1);
            slips.extend(read(&swapped.iter().collect::<String>()));
        }
        slips.extend(after.get(1..).and_then(|rest| read(&format!("{before}{rest}"))));
        slips.extend((0..10).filter_map(|digit| read(&format!("{before}{digit}{after}"))));
    }
    slips.extend((0..10).filter_map(|digit| read(&format!("{text}{digit}"))));
    slips
}

/// Whether swapping two neighbouring digits of one gives the other.
pub fn are_swapped(a: Decimal, b: Decimal) -> bool {
    let (a, b) = (a.normalize().to_string(), b.normalize().to_string());
    let width = a.len().max(b.len());
    // 0123 typed for 1023: leading zeros are not written.
    let padded = |text: &str| match text.strip_prefix('-') {
        Some(digits) => format!("-{digits:0>width$}", width = width - 1),
        None => format!("{text:0>width$}"),
    };
    let (a, b) = (padded(&a), padded(&b));
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let differing: Vec<_> = (0..a.len().min(b.len())).filter(|&at| a[at] != b[at]).collect();
    let [first, second] = differing[..] else { return false };
    a.len() == b.len() && second == first + 1 && a[first] == b[second] && a[second] == b[first]
}

fn width(number: Decimal) -> usize {
    number.abs().normalize().to_string().len()
}

/// Whether one of two numbers of the same sign lacks a digit of the other.
fn differs_by_one_digit(a: Decimal, b: Decimal) -> bool {
    a.is_sign_negative() == b.is_sign_negative()
        && !a.is_zero()
        && !b.is_zero()
        && (lacks_a_digit(a, b) || lacks_a_digit(b, a))
}

/// Whether leaving one digit out of `longer` gives `shorter`.
fn lacks_a_digit(shorter: Decimal, longer: Decimal) -> bool {
    let (shorter, longer) = (shorter.normalize().to_string(), longer.normalize().to_string());
    (0..longer.len()).any(|at| {
        longer.as_bytes()[at].is_ascii_digit()
            && format!("{}{}", &longer[..at], &longer[at + 1..])
                .parse::<Decimal>()
                .is_ok_and(|left| left.normalize().to_string() == shorter)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    #[test]
    fn slips_are_recognised() {
        let between = |wrong: &str, right: &str| KeyingError::between(number(wrong), number(right), &[number("555")]);
        assert_eq!(between("68006830", "68006380"), KeyingError::Swapped);
        assert_eq!(between("1238", "12938"), KeyingError::Digit);
        assert_eq!(between("-5", "5"), KeyingError::Sign);
        assert_eq!(between("5000", "5"), KeyingError::Thousand);
        assert_eq!(between("555", "7213"), KeyingError::Neighbour);
        assert_eq!(between("101", "100"), KeyingError::Unit);
        assert_eq!(between("187", "100"), KeyingError::Other);
    }

    #[test]
    fn a_swap_may_put_a_zero_first() {
        assert!(are_swapped(number("0123"), number("1023")));
        assert!(are_swapped(number("-68006830"), number("-68006380")));
        assert!(!are_swapped(number("123"), number("124")));
    }

    #[test]
    fn slips_of_a_whole_number_are_those_of_its_digits() {
        for wrong in ["0", "7", "-40", "1001", "-68006830", "79228162514264337593543950335"] {
            let sorted = |mut slips: Vec<Decimal>| {
                slips.sort();
                slips.dedup();
                slips
            };
            assert_eq!(sorted(slips_of_whole(number(wrong))), sorted(slips_of_text(number(wrong))), "{wrong}");
        }
    }

    #[test]
    fn sources_hold_what_a_slip_came_from() {
        let sources = KeyingError::possible_sources(number("6830"));
        for right in ["6380", "-6830", "6830000", "68300", "683", "6831"] {
            assert!(sources.contains(&number(right)), "{right}");
        }
    }
}
