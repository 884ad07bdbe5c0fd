//! The periods of the next release: by how much each period of the old one moves, and what it is then called.

use std::collections::BTreeMap;

use crate::{
    diag::{Diagnostic, nearest},
    model::{Date, Period, PeriodSpan, Release, Words},
};

/// The names of parts of a year in ids, after three, six, nine and twelve months.
const STAGES: [&[&str]; 4] = [&["q1", "3m", "m3"], &["h1", "6m", "m6"], &["m9", "9m"], &["fy"]];
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A period of the old release, and what becomes of it.
#[derive(Debug, Clone, PartialEq)]
pub struct RolledPeriod {
    pub old: String,
    pub new: String,
    pub old_span: PeriodSpan,
    pub span: PeriodSpan,
}

impl RolledPeriod {
    /// Whether it is another period than before.
    pub fn moves(&self) -> bool {
        self.span != self.old_span
    }
}

/// The periods of a release as they become in the next one.
#[derive(Debug)]
pub struct RolledPeriods {
    /// In the order of the old release.
    pub all: Vec<RolledPeriod>,
    /// The number of the part of the year that the main period was, 0 to 2, if it grows by a quarter.
    pub stage: Option<usize>,
}

impl RolledPeriods {
    /// Rolls the periods of a release, all by a year if `is_by_year`; `names` gives the new ids of some, `old=new`. Errors: what cannot
    /// be inferred, and names that cannot be right.
    pub fn of(release: &Release, is_by_year: bool, names: &[(String, String)]) -> Result<Self, Vec<Diagnostic>> {
        let main = main_period(release).map_err(|finding| vec![finding])?;
        let (from, to, months) = main;
        let months = if is_by_year { 12 } else { months };
        let mut findings: Vec<_> = names.iter().filter_map(|name| wrong_name(release, name)).collect();
        let named: BTreeMap<&str, &str> = names.iter().map(|(old, new)| (old.as_str(), new.as_str())).collect();
        let mut all = Vec::new();
        for period in &release.periods {
            let span = moved(period.span, from, to, months);
            match new_id(release, period, span, months, &named) {
                Ok(new) => all.push(RolledPeriod { old: period.id.value.clone(), new, old_span: period.span, span }),
                Err(finding) => findings.push(finding),
            }
        }
        for (index, rolled) in all.iter().enumerate() {
            if let Some(other) = all[..index].iter().find(|other| other.new == rolled.new && other.span != rolled.span)
            {
                let message = format!("`{}` and `{}` would both become `{}`", other.old, rolled.old, rolled.new);
                findings.push(Diagnostic::error("roll", message).help(format!("name one: `--map {}=…`", rolled.old)));
            }
        }
        let stage = (months < 12).then(|| usize::from(months / 3).saturating_sub(1));
        if findings.is_empty() { Ok(Self { all, stage }) } else { Err(findings) }
    }

    /// The new id of an old one.
    pub fn new_id(&self, old: &str) -> Option<&str> {
        self.all.iter().find(|rolled| rolled.old == old).map(|rolled| rolled.new.as_str())
    }

    /// The old period whose place a new one takes.
    pub fn place_of(&self, new: &str) -> Option<&RolledPeriod> {
        self.all.iter().find(|rolled| rolled.new == new)
    }

    /// Whether the old release had the period.
    pub fn is_known(&self, new: &str) -> bool {
        self.all
            .iter()
            .any(|rolled| rolled.old == new && self.place_of(new).is_some_and(|here| here.span == rolled.old_span))
    }
}

/// The days of the main period, and its months.
fn main_period(release: &Release) -> Result<(Date, Date, u16), Diagnostic> {
    let Some(id) = &release.period else {
        let message = format!("`{}` names no period to roll", release.slug);
        return Err(
            Diagnostic::error("roll", message).help("name the period that it is about: `[release] period = \"…\"`")
        );
    };
    let span = release.period(&id.value).map(|period| period.span);
    let Some(PeriodSpan::Duration { from, to }) = span else {
        let message = format!("the period `{}` is a day, which grows by nothing", id.value);
        return Err(
            Diagnostic::error("roll", message).at(&id.place, "expected a quarter, a half, nine months or a year")
        );
    };
    match from.previous().whole_months_until(to).and_then(|months| u16::try_from(months).ok()) {
        Some(months @ (3 | 6 | 9 | 12)) => Ok((from, to, months)),
        _ => {
            let message = format!("the period `{}` is not three, six, nine or twelve months long", id.value);
            Err(Diagnostic::error("roll", message).at(&id.place, ""))
        }
    }
}

/// A finding about a name of `--map`.
fn wrong_name(release: &Release, (old, new): &(String, String)) -> Option<Diagnostic> {
    let known = || release.periods.iter().map(|period| period.id.value.as_str());
    if release.period(old).is_none() {
        let finding = Diagnostic::error("roll", format!("`--map {old}={new}` names no period of `{}`", release.slug));
        return Some(match nearest(old, known()) {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding,
        });
    }
    if known().any(|known| known == new) {
        let message = format!("`--map {old}={new}` names a period that `{}` has already", release.slug);
        return Some(Diagnostic::error("roll", message));
    }
    let is_id = !new.is_empty() && new.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'_');
    let message = format!("`{new}` cannot be the id of a period: use only lower-case letters, digits and `_`");
    (!is_id).then(|| Diagnostic::error("roll", message))
}

/// The days of a period in the next release. A year moves everything by a year. A part of a year grows by a quarter, in each
/// year; the quarter at its end moves by one, and so do the days on which they end.
fn moved(span: PeriodSpan, from: Date, to: Date, months: u16) -> PeriodSpan {
    let by = |date: Date, months| date.plus_months(months);
    let same_day = |a: Date, b: Date| (a.month, a.day) == (b.month, b.day);
    match span {
        _ if months == 12 => shifted(span, 12),
        PeriodSpan::Instant { at } if same_day(at, to) => PeriodSpan::Instant { at: by(at, 3) },
        PeriodSpan::Duration { from: begins, to: ends } if same_day(ends, to) && same_day(begins, from) => {
            PeriodSpan::Duration { from: begins, to: by(ends, 3) }
        }
        PeriodSpan::Duration { from: begins, to: ends } if same_day(ends, to) => {
            PeriodSpan::Duration { from: by(begins, 3), to: by(ends, 3) }
        }
        // What was forecast is reported, and the next year is forecast.
        PeriodSpan::Duration { from: begins, to: ends } if months == 9 && same_day(begins, from) => {
            let is_year = begins.previous().whole_months_until(ends) == Some(12);
            if is_year { shifted(span, 12) } else { span }
        }
        _ => span,
    }
}

fn shifted(span: PeriodSpan, months: u16) -> PeriodSpan {
    match span {
        PeriodSpan::Duration { from, to } => {
            PeriodSpan::Duration { from: from.previous().plus_months(months).next(), to: to.plus_months(months) }
        }
        PeriodSpan::Instant { at } => PeriodSpan::Instant { at: at.plus_months(months) },
    }
}

/// The id of a period with these days. Errors: it has to be named.
fn new_id(
    release: &Release,
    period: &Period,
    span: PeriodSpan,
    months: u16,
    named: &BTreeMap<&str, &str>,
) -> Result<String, Diagnostic> {
    let old = period.id.value.as_str();
    if let Some(new) = named.get(old) {
        return Ok((*new).to_owned());
    }
    if span == period.span {
        return Ok(old.to_owned());
    }
    if let Some(known) = release.periods.iter().find(|known| known.span == span) {
        return Ok(known.id.value.clone());
    }
    let new = renamed(old, period.span, span, months);
    match new.filter(|new| release.period(new).is_none()) {
        Some(new) => Ok(new),
        None => {
            let message = format!("what `{old}` becomes cannot be told from its name");
            Err(Diagnostic::error("roll", message).at(&period.id.place, "").help(format!("name it: `--map {old}=…`")))
        }
    }
}

/// An id for other days, by the words and numbers in it.
fn renamed(id: &str, old: PeriodSpan, new: PeriodSpan, months: u16) -> Option<String> {
    let (old_end, new_end) = (old.end(), new.end());
    if months == 12 || is_a_year_later(old, new) {
        return Some(with_years(id, 1)).filter(|renamed| renamed != id);
    }
    if let PeriodSpan::Instant { .. } = old {
        let (was, is) = (MONTHS[usize::from(old_end.month) - 1], MONTHS[usize::from(new_end.month) - 1]);
        let years = usize::from(new_end.year.saturating_sub(old_end.year));
        return id.contains(was).then(|| with_years(&id.replacen(was, is, 1), years));
    }
    let begins_alike =
        matches!((old, new), (PeriodSpan::Duration { from: a, .. }, PeriodSpan::Duration { from: b, .. }) if a == b);
    if begins_alike {
        let stage = usize::from(months / 3).checked_sub(1)?;
        let next = STAGES.get(stage + 1)?.first()?;
        return STAGES.get(stage)?.iter().find(|name| id.contains(**name)).map(|name| id.replacen(name, next, 1));
    }
    let quarter = ["q1", "q2", "q3"].iter().zip(["q2", "q3", "q4"]);
    quarter.into_iter().find(|(name, _)| id.contains(**name)).map(|(name, next)| id.replacen(name, next, 1))
}

fn is_a_year_later(old: PeriodSpan, new: PeriodSpan) -> bool {
    new.end() == old.end().plus_months(12)
}

/// A text with the numbers of years moved: those of four digits, and one of two at its end.
pub fn with_years(text: &str, years: usize) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let digits = rest[start..].find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len() - start);
        let (number, end) = (&rest[start..start + digits], start + digits);
        out.push_str(&rest[..start]);
        let year: usize = number.parse().unwrap_or_default();
        match digits {
            4 if (1900..=2100).contains(&year) => out.push_str(&(year + years).to_string()),
            2 if end == rest.len() => out.push_str(&format!("{:02}", (year + years) % 100)),
            _ => out.push_str(number),
        }
        rest = &rest[end..];
    }
    out + rest
}

/// The texts of days and labels in a language that become others: the longest first, so that none hides another.
pub fn changed_texts(rolled: &RolledPeriods, old: &Release, words: &Words) -> Vec<(String, String)> {
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    let stays = |day: Date| rolled.all.iter().any(|rolled| !rolled.moves() && rolled.span.end() == day);
    for period in rolled.all.iter().filter(|rolled| rolled.moves()) {
        for style in words.date_style_names() {
            let Some(pattern) = words.date_pattern(style) else { continue };
            let days: Vec<(Date, Date)> = match (period.old_span, period.span) {
                (PeriodSpan::Duration { from: a, to: b }, PeriodSpan::Duration { from: c, to: d }) => {
                    vec![(a, c), (b, d)]
                }
                (was, is) => vec![(was.end(), is.end())],
            };
            // A day that another period keeps is typed of either.
            for (was, is) in days.into_iter().filter(|(was, _)| !stays(*was)) {
                texts.entry(words.format_date_as(pattern, was)).or_insert_with(|| words.format_date_as(pattern, is));
            }
        }
        if let Some(own) = old.period(&period.old).map(|period| &period.label.value).filter(|label| !label.is_empty()) {
            texts.insert(own.clone(), label(rolled, period, old, words));
        }
    }
    let mut texts: Vec<_> = texts.into_iter().filter(|(was, is)| was != is).collect();
    texts.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    texts
}

/// A label with one name of a part of a year for another, with the capitals of the first; `was` is in lower case.
fn with_stage(label: &str, was: &str, is: &str) -> Option<String> {
    let lower = label.to_lowercase();
    let start = lower.find(was).filter(|_| lower.len() == label.len())?;
    let found = label.get(start..start + was.len())?;
    let is_capital = |letter: char| letter.is_uppercase();
    let (mut begins, all) = (true, found.chars().filter(|letter| letter.is_alphabetic()).all(is_capital));
    let every = found.split([' ', '-']).all(|word| word.starts_with(|letter: char| !letter.is_lowercase()));
    let mut name = String::new();
    for letter in is.chars() {
        let capital = all || begins && (every || name.is_empty() && found.starts_with(is_capital));
        if capital {
            name.extend(letter.to_uppercase())
        } else {
            name.push(letter)
        }
        begins = matches!(letter, ' ' | '-');
    }
    Some(format!("{}{name}{}", &label[..start], &label[start + was.len()..]))
}

/// The label of a period that has other days.
fn label(rolled: &RolledPeriods, period: &RolledPeriod, old: &Release, words: &Words) -> String {
    if let Some(known) = old.period(&period.new).filter(|known| known.span == period.span) {
        return known.label.value.clone();
    }
    let own = old.period(&period.old).map_or("", |period| period.label.value.as_str());
    let dated = |style: &str| {
        let pattern = words.date_pattern(style)?;
        let was = words.format_date_as(pattern, period.old_span.end());
        own.contains(&was).then(|| own.replace(&was, &words.format_date_as(pattern, period.span.end())))
    };
    let dated = words.date_style_names().into_iter().find_map(dated);
    let staged = |stage: usize| {
        let names = words.prose.stages.chunks_exact(4);
        let found = names.filter_map(|names| Some((names.get(stage)?, names.get(stage + 1)?)));
        found.into_iter().find_map(|(was, is)| with_stage(own, was, is))
    };
    match (dated, rolled.stage) {
        (Some(dated), _) => dated,
        (None, Some(_)) if is_a_year_later(period.old_span, period.span) => with_years(own, 1),
        (None, Some(stage)) => staged(stage).unwrap_or_else(|| own.to_owned()),
        (None, None) => with_years(own, 1),
    }
}
