//! Forecasts beside those published before: by a prior release, or as this release says what they were.

use super::{CheckInput, relation::format_number};
use crate::{
    diag::Place,
    figures::{Absent, Book},
    model::{Date, Decimal, Entry, Expr, Forecast, ForecastKind, Node, Notice, Period, Release, Split},
};

/// How many days a fiscal year has, at least and at most.
const DAYS_OF_YEAR: [i64; 2] = [350, 385];

/// A forecast, or what came of it, beside what was published before.
pub struct ForecastChange<'a> {
    pub forecast: &'a Forecast,
    /// What is compared: the forecast, or the actual figure.
    pub figure: &'a Expr,
    pub period: &'a Period,
    pub now: Forecasted,
    pub before: Forecasted,
    /// Where it was published before: the slug of a release, or a figure of this one.
    pub by: String,
    pub by_kind: PublishedBy,
    /// The day on which that release was published, as far as it is known.
    pub published: Option<Date>,
}

/// Where a forecast was published before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublishedBy {
    /// A prior release had the forecast.
    Release,
    /// A figure of this release says what it was.
    Figure,
    /// There was none: what is compared is the actual figure of the year before.
    YearBefore,
}

/// What is forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forecasted {
    /// The ends of a range in base units; both are the same of a single figure.
    Ends {
        low: Decimal,
        high: Decimal,
    },
    Undecided,
}

impl Forecasted {
    pub fn single(amount: Decimal) -> Self {
        Self::Ends { low: amount, high: amount }
    }

    /// Whether it differs from what was published before by a margin in per cent or more, from zero at all, or in sign. A single
    /// figure is compared with the nearer end of a range and does not differ within it; the ends of two ranges are compared
    /// one by one. What is undecided has no margin.
    pub fn is_material(self, before: Self, margin: Decimal) -> bool {
        let (Self::Ends { low, high }, Self::Ends { low: least, high: most }) = (self, before) else { return false };
        if low == high {
            let nearer = match low {
                _ if low < least => least,
                _ if low > most => most,
                _ => low,
            };
            return is_material(low, nearer, margin);
        }
        is_material(low, least, margin) || is_material(high, most, margin)
    }

    /// The same with each amount multiplied by a factor.
    fn times(self, factor: Decimal) -> Option<Self> {
        match self {
            Self::Ends { low, high } => {
                Some(Self::Ends { low: low.checked_mul(factor)?, high: high.checked_mul(factor)? })
            }
            Self::Undecided => Some(self),
        }
    }
}

/// Whether an amount differs from another by a margin in per cent of its size or more, from zero at all, or in sign. What is too
/// large to be compared differs.
fn is_material(now: Decimal, before: Decimal, margin: Decimal) -> bool {
    if now == before {
        return false;
    }
    if before.is_zero() || !now.is_zero() && now.is_sign_negative() != before.is_sign_negative() {
        return true;
    }
    let hundred = |amount: Decimal| amount.abs().checked_mul(Decimal::ONE_HUNDRED);
    let end = |per_cent: Option<Decimal>| before.abs().checked_mul(per_cent?);
    let ends = [Decimal::ONE_HUNDRED.checked_add(margin), Decimal::ONE_HUNDRED.checked_sub(margin)].map(end);
    match (hundred(now), ends) {
        (Some(now), [Some(most), Some(least)]) => now >= most || now <= least,
        _ => true,
    }
}

impl ForecastChange<'_> {
    /// Its name with the period, as a notice names it.
    pub fn name(&self) -> String {
        format!("{}@{}", self.figure, self.period.id.value)
    }

    /// Whether a figure of a notice names it.
    pub fn is_named_by(&self, of: &Expr) -> bool {
        names(of, self.forecast, Some(&self.period.id.value))
    }

    /// Whether a notice is of it.
    pub fn is_of(&self, notice: &Notice) -> bool {
        notice.of.iter().any(|of| self.is_named_by(of))
    }

    /// Whether it is anything else than what was published before.
    pub fn has_changed(&self) -> bool {
        self.now != self.before
    }

    /// Whether it lasts a fiscal year.
    pub fn is_of_year(&self) -> bool {
        self.period.span.days().is_some_and(|days| (DAYS_OF_YEAR[0]..=DAYS_OF_YEAR[1]).contains(&days))
    }

    /// What it was and is, as the dataset writes amounts.
    pub fn was_and_is(&self, book: &Book) -> String {
        let unit = unwrapped(book, self.figure).and_then(|figure| book.unit_of(figure));
        let factor = unit.map_or(Decimal::ONE, |unit| unit.scale.factor());
        let number = |value: Decimal| format_number(value.checked_div(factor).unwrap_or(value));
        let [was, is] = [self.before, self.now].map(|amount| match amount {
            Forecasted::Ends { low, high } if low == high => number(low),
            Forecasted::Ends { low, high } => format!("{} to {}", number(low), number(high)),
            Forecasted::Undecided => String::from("undecided"),
        });
        format!("it was {was}, now {is}")
    }

    /// Where it is written: the entry of a line, or the forecast.
    pub fn place(&self, book: &Book) -> Place {
        let written = match &self.figure.node {
            Node::Line { name, .. } => book.line(name).and_then(|(_, line)| {
                let fact = line.facts.get(&(self.period.id.value.clone(), String::new()))?;
                matches!(fact.entry, Entry::Amount(_) | Entry::Undecided).then(|| fact.place.clone())
            }),
            _ => None,
        };
        written.unwrap_or_else(|| self.figure.place.clone())
    }
}

/// Whether a figure of a notice is that of a forecast or of what came of it, in a period or in any.
pub fn names(of: &Expr, forecast: &Forecast, period: Option<&str>) -> bool {
    let (figure, named) = match &of.node {
        Node::In(figure, named) => (&figure.node, Some(named.as_str())),
        node => (node, None),
    };
    let is_figure = *figure == forecast.figure.node || forecast.actual.as_ref().is_some_and(|own| *figure == own.node);
    is_figure && (named.is_none() || period.is_none() || named == period)
}

/// All forecasts of a kind for which it is known what was published before.
pub fn changes<'a>(input: &CheckInput<'a, '_>, kind: ForecastKind) -> Vec<ForecastChange<'a>> {
    let release = input.book.release;
    let forecasts: Vec<_> = release.forecasts.iter().filter(|forecast| forecast.kind == kind).collect();
    if forecasts.is_empty() {
        return Vec::new();
    }
    let Some(today) = today(release) else { return Vec::new() };
    let is_before = |prior: &&Release| prior.date.is_none_or(|date| date <= today);
    let mut earlier: Vec<Book> = input.earlier.iter().filter(is_before).map(Book::new).collect();
    earlier.sort_by_key(|book| std::cmp::Reverse(book.release.date));
    let search = Search { input, earlier, today, own_end: own_end(release).unwrap_or(today) };
    forecasts
        .into_iter()
        .flat_map(|forecast| release.periods.iter().filter_map(|period| search.change(forecast, period)))
        .collect()
}

/// Whether an amount may differ from the one that a prior release has for the same days, because it is a forecast and other rules
/// say what a difference needs: a dividend, what a notice names, and all of a kind of which the release says whether it is revised.
/// So may a total of such lines.
pub fn may_be_revised(release: &Release, name: &str, period: &str) -> bool {
    let Some(end) = release.period(period).map(|period| period.span.end()).filter(|_| !release.forecasts.is_empty())
    else {
        return false;
    };
    let is_to_come = |kind: ForecastKind| match kind {
        ForecastKind::Results => Some(end) > today(release),
        ForecastKind::Dividend => Some(end) >= own_end(release),
    };
    let is_held = |forecast: &Forecast| {
        let is_noted = release.revision_notes.iter().any(|note| note.kind == forecast.kind);
        let mut noticed = release.notices.iter().flat_map(|notice| &notice.of);
        let is_any = forecast.kind == ForecastKind::Dividend || is_noted;
        is_any || noticed.any(|of| names(of, forecast, Some(period)))
    };
    let revisable = |forecast: &&Forecast| is_to_come(forecast.kind) && is_held(forecast);
    let is_one =
        |name: &str| release.forecasts.iter().filter(revisable).any(|forecast| has_line(release, forecast, name));
    let parts = release.line(name).map(|(statement, line)| line.sum.iter().map(|part| statement.full_name(&part.name)));
    is_one(name) || parts.into_iter().flatten().any(|part| is_one(&part))
}

/// Whether a forecast is a line, or a range with an end that is.
fn has_line(release: &Release, forecast: &Forecast, line: &str) -> bool {
    let is_line = |expr: &Expr| matches!(&expr.node, Node::Line { name, .. } if name == line);
    let range = match &forecast.figure.node {
        Node::Line { name, .. } => release.range(name),
        _ => None,
    };
    is_line(&forecast.figure) || range.is_some_and(|range| is_line(&range.low) || is_line(&range.high))
}

/// The day on which a release is published; the last day of its period while that is pending.
pub fn today(release: &Release) -> Option<Date> {
    release.date.or_else(|| own_end(release))
}

/// The last day of the release's own period.
fn own_end(release: &Release) -> Option<Date> {
    release.own_period().map(|own| own.span.end())
}

/// What forecasts are looked for in.
struct Search<'i, 'a, 'r> {
    input: &'i CheckInput<'a, 'r>,
    /// The prior releases, the latest first.
    earlier: Vec<Book<'a>>,
    today: Date,
    /// The last day of the release's own period.
    own_end: Date,
}

impl<'a> Search<'_, 'a, '_> {
    /// A forecast in a period, if there is one, and one published before.
    fn change(&self, forecast: &'a Forecast, period: &'a Period) -> Option<ForecastChange<'a>> {
        let book = self.input.book;
        let end = period.span.end();
        let figure = match forecast.kind {
            ForecastKind::Dividend if end < self.own_end => return None,
            ForecastKind::Results if end > self.today => &forecast.figure,
            ForecastKind::Results if end < self.own_end => return None,
            ForecastKind::Results => forecast.actual.as_ref()?,
            ForecastKind::Dividend => &forecast.figure,
        };
        let now = forecasted(book, figure, &period.id.value)?;
        let change = |before, by, by_kind, published| ForecastChange {
            forecast,
            figure,
            period,
            now,
            before,
            by,
            by_kind,
            published,
        };
        if let Some(previous) = &forecast.previous {
            let before = forecasted(book, previous, &period.id.value)?;
            return Some(change(before, previous.to_string(), PublishedBy::Figure, None));
        }
        if let Some((before, book)) =
            self.earlier.iter().find_map(|book| Some((self.published(book, forecast, period)?, book)))
        {
            return Some(change(before, book.release.slug.clone(), PublishedBy::Release, book.release.date));
        }
        // A first forecast is disclosed by the release that has it.
        let prior = period
            .prior
            .as_ref()
            .filter(|_| self.has_all_earlier() && end <= self.today && forecast.kind == ForecastKind::Results)?;
        let before = forecasted(book, forecast.actual.as_ref()?, &prior.value)?;
        Some(change(before, format!("{figure}@{}", prior.value), PublishedBy::YearBefore, None))
    }

    /// Whether it is known what was published before.
    fn has_all_earlier(&self) -> bool {
        !self.earlier.is_empty() && self.earlier.len() == self.input.book.release.prior.len()
    }

    /// What a prior release forecast for the same days, on the basis of this one.
    fn published(&self, earlier: &Book, forecast: &Forecast, period: &Period) -> Option<Forecasted> {
        let same = earlier.release.periods.iter().find(|other| other.span == period.span)?;
        let was_to_come = earlier.release.date.is_none_or(|date| same.span.end() > date);
        if forecast.kind == ForecastKind::Results && !was_to_come {
            return None;
        }
        let own = self.input.book.unit_of(unwrapped(self.input.book, &forecast.figure)?)?;
        let theirs = earlier.unit_of(unwrapped(earlier, &forecast.figure)?)?;
        let found = forecasted(earlier, &forecast.figure, &same.id.value).filter(|_| own.base == theirs.base)?;
        splits_between(self.input, earlier)
            .filter_map(|split| split.factor(&own.base))
            .try_fold(found, Forecasted::times)
    }
}

/// The splits of shares between an earlier release and this one.
fn splits_between<'a>(input: &CheckInput<'a, '_>, earlier: &Book) -> impl Iterator<Item = &'a Split> {
    let (before, now) = (earlier.release.date, input.book.release.date);
    let is_between = move |split: &&Split| {
        before.is_some_and(|before| before < split.date) && now.is_none_or(|now| split.date <= now)
    };
    input.book.release.splits.iter().filter(is_between)
}

/// The formula that has the unit of a figure: the low end of a range, or the figure itself.
fn unwrapped<'e>(book: &'e Book, figure: &'e Expr) -> Option<&'e Expr> {
    match &figure.node {
        Node::Line { name, .. } => Some(book.release.range(name).map_or(figure, |range| &range.low)),
        _ => Some(figure),
    }
}

/// What a release has for a figure in a period; none where it has nothing, or where that cannot be worked out.
fn forecasted(book: &Book, figure: &Expr, period: &str) -> Option<Forecasted> {
    let range = match &figure.node {
        Node::Line { name, .. } => book.release.range(name),
        _ => None,
    };
    let value = |expr: &Expr| match book.value(expr, period, None) {
        Ok(Ok(value)) => Some(Forecasted::single(value)),
        Ok(Err(Absent::Undecided)) => Some(Forecasted::Undecided),
        _ => None,
    };
    let Some(range) = range else { return value(figure) };
    match (value(&range.low)?, value(&range.high)?) {
        (Forecasted::Ends { low, .. }, Forecasted::Ends { high, .. }) => Some(Forecasted::Ends { low, high }),
        _ => Some(Forecasted::Undecided),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    fn is(now: &str, before: &str, margin: &str) -> bool {
        is_material(amount(now), amount(before), amount(margin))
    }

    #[test]
    fn the_edges_of_a_margin_are_within_the_rule() {
        let edges = [("1100", "10"), ("900", "10"), ("1300", "30"), ("700", "30")];
        assert!(edges.iter().all(|(now, margin)| is(now, "1000", margin)));
        let inside = [("1099.999", "10"), ("900.001", "10"), ("1299.999", "30"), ("700.001", "30"), ("1000", "10")];
        assert!(!inside.iter().any(|(now, margin)| is(now, "1000", margin)));
    }

    #[test]
    fn a_loss_is_compared_by_its_size() {
        assert!(is("-130", "-100", "30") && is("-70", "-100", "30"));
        assert!(!is("-129.9", "-100", "30") && !is("-70.1", "-100", "30"));
    }

    #[test]
    fn zero_and_a_change_of_sign_always_differ() {
        assert!(is("1", "0", "30") && is("-1", "0", "30") && is("0", "1", "30"));
        assert!(is("-1", "100", "300") && is("1", "-100", "300"));
        assert!(!is("0", "0", "30"));
    }

    #[test]
    fn a_figure_within_a_range_does_not_differ_from_it_and_ends_are_compared_one_by_one() {
        let range = |low: &str, high: &str| Forecasted::Ends { low: amount(low), high: amount(high) };
        let one = |text: &str| Forecasted::single(amount(text));
        let margin = amount("10");
        assert!(!one("105").is_material(range("100", "110"), margin));
        assert!(
            !one("120.9").is_material(range("100", "110"), margin)
                && one("121").is_material(range("100", "110"), margin)
        );
        assert!(
            !one("90.1").is_material(range("100", "110"), margin) && one("90").is_material(range("100", "110"), margin)
        );
        assert!(!range("101", "120").is_material(range("100", "110"), margin));
        assert!(range("101", "121").is_material(range("100", "110"), margin));
        assert!(range("90", "105").is_material(one("100"), margin));
        assert!(
            !Forecasted::Undecided.is_material(one("100"), margin)
                && !one("1").is_material(Forecasted::Undecided, margin)
        );
    }
}
