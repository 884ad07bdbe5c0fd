//! Forecasts beside those published before: by a prior release, or as this release says what they were.

mod difference;

pub use difference::Forecasted;

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
    /// Whether the release has no such period.
    pub is_left_out: bool,
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

impl ForecastChange<'_> {
    /// Its name with the period, as a notice names it; without one that only a prior release has.
    pub fn name(&self) -> String {
        let figure = self.figure;
        if self.is_left_out { figure.to_string() } else { format!("{figure}@{}", self.period.id.value) }
    }

    /// Whether a figure of a notice names it.
    pub fn is_named_by(&self, of: &Expr) -> bool {
        names(of, self.forecast, Some(&self.period.id.value))
    }

    /// Whether a notice is of it.
    pub fn is_of(&self, notice: &Notice) -> bool {
        notice.of.iter().any(|of| self.is_named_by(of))
    }

    /// Whether an amount that was published before is given up.
    pub fn takes_back(&self) -> bool {
        matches!((self.before, self.now), (Forecasted::Ends { .. }, Forecasted::Undecided | Forecasted::Withdrawn))
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
            Forecasted::Withdrawn => String::from("there is none"),
        });
        format!("it was {was}, now {is}")
    }

    /// Where it is written: the entry of a line, or the forecast.
    pub fn place(&self, book: &Book) -> Place {
        let written = match &self.figure.node {
            Node::Line { name, .. } => book.line(name).and_then(|(_, line)| {
                let fact = line.facts.get(&(self.period.id.value.clone(), String::new()))?;
                let is_now = matches!(fact.entry, Entry::Amount(_) | Entry::Undecided);
                (is_now || self.now == Forecasted::Withdrawn).then(|| fact.place.clone())
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
    let Some(search) = Search::new(input) else { return Vec::new() };
    let mut found = Vec::new();
    for forecast in &forecasts {
        found.extend(release.periods.iter().filter_map(|period| search.change(forecast, period)));
    }
    found.extend(forecasts.into_iter().flat_map(|forecast| search.years_left_out(forecast)));
    found
}

/// A forecast of a prior release that no forecast of this one is of.
pub struct GoneForecast<'a> {
    pub forecast: &'a Forecast,
    pub by: &'a Release,
    /// A period to come that it is of.
    pub period: &'a Period,
}

/// What the latest of the prior releases with forecasts of a kind forecast for periods to come, and this release does not, if it
/// has forecasts of the kind at all: either they are given up, or they have other names.
pub fn gone<'a>(input: &CheckInput<'a, '_>, kind: ForecastKind) -> Vec<GoneForecast<'a>> {
    let own: Vec<_> = input.book.release.forecasts.iter().filter(|forecast| forecast.kind == kind).collect();
    let Some(search) = Search::new(input).filter(|_| !own.is_empty()) else { return Vec::new() };
    let of_kind = |release: &'a Release| release.forecasts.iter().filter(move |forecast| forecast.kind == kind);
    let Some(latest) = search.earlier.iter().find(|book| of_kind(book.release).next().is_some()) else {
        return Vec::new();
    };
    let is_own = |figure: &Expr| {
        own.iter()
            .any(|own| own.figure.node == figure.node || own.was.as_ref().is_some_and(|was| was.node == figure.node))
    };
    let first_day = if kind == ForecastKind::Results { search.today.next() } else { search.own_end };
    let periods = || latest.release.periods.iter().filter(|period| period.span.end() >= first_day);
    let missing = of_kind(latest.release).filter(|forecast| !is_own(&forecast.figure));
    let gone = missing.filter_map(|forecast| {
        let is_of = |period: &&Period| {
            matches!(outlook(latest, &forecast.figure, &period.id.value), Some(Forecasted::Ends { .. }))
        };
        Some(GoneForecast { forecast, by: latest.release, period: periods().find(is_of)? })
    });
    gone.collect()
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

impl<'i, 'a, 'r> Search<'i, 'a, 'r> {
    /// None for a release that is of no day.
    fn new(input: &'i CheckInput<'a, 'r>) -> Option<Self> {
        let release = input.book.release;
        let today = today(release)?;
        let is_before = |prior: &&Release| prior.date.is_none_or(|date| date <= today);
        let mut earlier: Vec<Book> = input.earlier.iter().filter(is_before).map(Book::new).collect();
        earlier.sort_by_key(|book| std::cmp::Reverse(book.release.date));
        Some(Self { input, earlier, today, own_end: own_end(release).unwrap_or(today) })
    }

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
        let now = match outlook(book, figure, &period.id.value) {
            Some(now) => now,
            None if is_left_out(book, figure, &period.id.value) => return self.withdrawal(forecast, period),
            None => return None,
        };
        let change = |before, by, by_kind, published| ForecastChange {
            forecast,
            figure,
            period,
            is_left_out: false,
            now,
            before,
            by,
            by_kind,
            published,
        };
        if let Some(previous) = &forecast.previous {
            let before = outlook(book, previous, &period.id.value)?;
            return Some(change(before, previous.to_string(), PublishedBy::Figure, None));
        }
        if let Some((before, earlier)) = self.published_last(forecast, period) {
            return Some(change(before, earlier.slug.clone(), PublishedBy::Release, earlier.date));
        }
        // A first forecast is disclosed by the release that has it.
        let prior = period
            .prior
            .as_ref()
            .filter(|_| self.has_all_earlier() && end <= self.today && forecast.kind == ForecastKind::Results)?;
        let before = outlook(book, forecast.actual.as_ref()?, &prior.value)?;
        Some(change(before, format!("{figure}@{}", prior.value), PublishedBy::YearBefore, None))
    }

    /// A forecast that a prior release had for a period to come, and this one has not.
    fn withdrawal(&self, forecast: &'a Forecast, period: &'a Period) -> Option<ForecastChange<'a>> {
        let is_to_come = period.span.end() > self.today || forecast.kind == ForecastKind::Dividend;
        let (before, by, by_kind, published) = match &forecast.previous {
            Some(previous) => {
                let before = outlook(self.input.book, previous, &period.id.value)?;
                (before, previous.to_string(), PublishedBy::Figure, None)
            }
            None => {
                let (before, earlier) = self.published_last(forecast, period)?;
                (before, earlier.slug.clone(), PublishedBy::Release, earlier.date)
            }
        };
        let is_news = is_to_come && before != Forecasted::Undecided;
        let (figure, now) = (&forecast.figure, Forecasted::Withdrawn);
        let is_left_out = false;
        let change = ForecastChange { forecast, figure, period, is_left_out, now, before, by, by_kind, published };
        is_news.then_some(change)
    }

    /// The forecasts of years to come that the latest of the prior releases had, and that this release has no period for.
    fn years_left_out(&self, forecast: &'a Forecast) -> Vec<ForecastChange<'a>> {
        let Some(latest) = self.earlier.first().filter(|_| forecast.kind == ForecastKind::Results) else {
            return Vec::new();
        };
        let has = |period: &Period| self.input.book.release.periods.iter().any(|own| own.span == period.span);
        let periods = latest.release.periods.iter().filter(|period| !has(period));
        let changes = periods.filter_map(|period| self.withdrawal(forecast, period));
        let changes = changes.map(|change| ForecastChange { is_left_out: true, ..change });
        changes.filter(ForecastChange::is_of_year).collect()
    }

    /// What the latest of the prior releases that has a forecast for the same days had.
    fn published_last(&self, forecast: &Forecast, period: &Period) -> Option<(Forecasted, &'a Release)> {
        self.earlier.iter().find_map(|book| Some((self.published(book, forecast, period)?, book.release)))
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
        let names = std::iter::once(&forecast.figure).chain(&forecast.was);
        let found = names.filter_map(|figure| {
            let theirs = earlier.unit_of(unwrapped(earlier, figure)?)?;
            outlook(earlier, figure, &same.id.value).filter(|_| own.base == theirs.base)
        });
        let found = found.into_iter().next()?;
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

/// Whether a release has nothing for a figure in a period, and says so: the cell is empty or not applicable, or its statement is
/// without the period.
fn is_left_out(book: &Book, figure: &Expr, period: &str) -> bool {
    let Some(unwrapped) = unwrapped(book, figure) else { return false };
    let mut has_column = true;
    unwrapped.walk(&mut |part| {
        if let Node::Line { name, .. } = &part.node
            && let Some((statement, _)) = book.line(name)
        {
            has_column &= book.period_in(statement, period).is_some();
        }
    });
    !has_column || matches!(book.value(unwrapped, period, None), Ok(Err(Absent::Blank | Absent::NotApplicable)))
}

/// What a release has for a figure in a period; none where it has nothing, or where that cannot be worked out.
fn outlook(book: &Book, figure: &Expr, period: &str) -> Option<Forecasted> {
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
