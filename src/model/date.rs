//! Dates and declared periods.

use std::fmt;

use super::At;

/// A valid calendar date (proleptic Gregorian).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    pub year: u16,
    pub month: u8,
    pub day: u8,
}

impl Date {
    /// A date as it is written, `2026-03-31`; `None` if there is no such day.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let mut digits = |count: usize| {
            let part =
                parts.next().filter(|part| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit()));
            part.and_then(|part| part.parse::<u16>().ok())
        };
        let (year, month, day) = (digits(4)?, u8::try_from(digits(2)?).ok()?, u8::try_from(digits(2)?).ok()?);
        let is_day = (1..=12).contains(&month) && (1..=days_in_month(year, month)).contains(&day);
        (is_day && parts.next().is_none()).then_some(Self { year, month, day })
    }

    /// The day before, for opening balances.
    pub fn previous(self) -> Self {
        if self.day > 1 {
            return Self { day: self.day - 1, ..self };
        }
        let (year, month) =
            if self.month > 1 { (self.year, self.month - 1) } else { (self.year.saturating_sub(1), 12) };
        Self { year, month, day: days_in_month(year, month) }
    }

    /// The day after.
    pub fn next(self) -> Self {
        if self.day < days_in_month(self.year, self.month) {
            return Self { day: self.day + 1, ..self };
        }
        let (year, month) =
            if self.month < 12 { (self.year, self.month + 1) } else { (self.year.saturating_add(1), 1) };
        Self { year, month, day: 1 }
    }

    /// The day some months later, or the last day of that month; of the last day of a month, the last day of that month.
    pub fn plus_months(self, months: u16) -> Self {
        let number = u32::from(self.year) * 12 + u32::from(self.month) - 1 + u32::from(months);
        let month = u8::try_from(number % 12 + 1).unwrap_or(1);
        let year = u16::try_from(number / 12).unwrap_or(u16::MAX);
        let last = days_in_month(year, month);
        let is_last = self.day == days_in_month(self.year, self.month);
        Self { year, month, day: if is_last { last } else { self.day.min(last) } }
    }

    /// The whole months from this day to a later one, give or take a week: financial years of 52 weeks end on a weekday.
    /// `None` if the days are not whole months apart.
    pub fn whole_months_until(self, later: Self) -> Option<u32> {
        let month_number = |date: Self| u32::from(date.year) * 12 + u32::from(date.month) - 1;
        let apart = month_number(later).checked_sub(month_number(self))?;
        let is_near = |months: &u32| {
            let number = month_number(self) + months;
            let month = u8::try_from(number % 12 + 1).unwrap_or(1);
            let year = u16::try_from(number / 12).unwrap_or(u16::MAX);
            let is_last = self.day == days_in_month(self.year, self.month);
            let day = if is_last { days_in_month(year, month) } else { self.day.min(days_in_month(year, month)) };
            (Self { year, month, day }.day_number() - later.day_number()).abs() <= 7
        };
        (apart.saturating_sub(1)..=apart + 1).find(is_near)
    }

    /// The number of days since a fixed day, for the length of a period.
    pub fn day_number(self) -> i64 {
        // In years that begin in March, the leap day is the last day.
        let (year, month) = (i64::from(self.year), i64::from(self.month));
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        year * 365 + leap_days + (153 * month + 2) / 5 + i64::from(self.day)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

/// The days of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    Duration { from: Date, to: Date },
    Instant { at: Date },
}

impl Span {
    /// The last day of the period.
    pub fn end(self) -> Date {
        match self {
            Self::Duration { to, .. } => to,
            Self::Instant { at } => at,
        }
    }

    /// The number of days, both ends included; none for an instant.
    pub fn days(self) -> Option<i64> {
        match self {
            Self::Duration { from, to } => Some(to.day_number() - from.day_number() + 1),
            Self::Instant { .. } => None,
        }
    }
}

/// A declared period: `fy2009`, `mar2010`.
#[derive(Debug, Clone, PartialEq)]
pub struct Period {
    pub id: At<String>,
    pub span: Span,
    pub label: At<String>,
    /// The period that growth compares with.
    pub prior: Option<At<String>>,
    /// Why it is compared with a period of another length.
    pub unequal: Option<At<String>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_before_the_first_of_march_is_the_last_of_february() {
        let date = |year, month, day| Date { year, month, day };
        assert_eq!(date(2012, 3, 1).previous(), date(2012, 2, 29));
        assert_eq!(date(2010, 3, 1).previous(), date(2010, 2, 28));
        assert_eq!(date(2010, 1, 1).previous(), date(2009, 12, 31));
        assert_eq!(date(2010, 5, 1).previous(), date(2010, 4, 30));
    }

    #[test]
    fn months_later_is_the_last_day_after_a_last_day() {
        let date = |year, month, day| Date { year, month, day };
        assert_eq!(date(2026, 6, 30).plus_months(3), date(2026, 9, 30));
        assert_eq!(date(2023, 2, 28).plus_months(12), date(2024, 2, 29));
        assert_eq!(date(2026, 11, 29).plus_months(3), date(2027, 2, 28));
        assert_eq!(date(2026, 12, 1).plus_months(1), date(2027, 1, 1));
    }

    #[test]
    fn months_are_whole_to_a_week() {
        let date = |year, month, day| Date { year, month, day };
        assert_eq!(date(2020, 3, 31).whole_months_until(date(2025, 3, 31)), Some(60));
        assert_eq!(date(2020, 2, 29).whole_months_until(date(2025, 2, 28)), Some(60));
        assert_eq!(date(2020, 6, 30).whole_months_until(date(2021, 12, 31)), Some(18));
        // 52 and 53 weeks.
        assert_eq!(date(2020, 9, 26).whole_months_until(date(2025, 9, 27)), Some(60));
        assert_eq!(date(2019, 12, 28).whole_months_until(date(2026, 1, 3)), Some(72));
        assert_eq!(date(2020, 3, 31).whole_months_until(date(2025, 4, 15)), None);
        assert_eq!(date(2025, 3, 31).whole_months_until(date(2020, 3, 31)), None);
    }

    #[test]
    fn days_are_counted_over_months_and_leap_years() {
        let mut day = Date { year: 1899, month: 12, day: 31 };
        let last = Date { year: 2101, month: 1, day: 1 };
        while day != last {
            assert_eq!(day.next().previous(), day);
            assert_eq!(day.next().day_number(), day.day_number() + 1, "{day}");
            day = day.next();
        }
        let (from, to) = (Date { year: 2024, month: 1, day: 1 }, Date { year: 2024, month: 12, day: 31 });
        assert_eq!(Span::Duration { from, to }.days(), Some(366));
    }
}
