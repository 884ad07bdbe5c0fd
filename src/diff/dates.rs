//! The dates that changed, as the languages of both versions write them: they are told as entries, and not again as text.

use super::side::{Edition, Origins, Side};
use crate::model::{Date, PeriodSpan, Release, Words};

/// A day that changed, as the old and the new version write it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedDate {
    /// As entries name it: `release`, an event or a period.
    pub name: String,
    pub old: String,
    pub new: String,
}

/// The days that changed, in every style of a language, the longest texts first. None of versions whose texts are not known.
pub fn changed_dates(old: (&Side, &Edition), new: (&Side, &Edition)) -> Vec<ChangedDate> {
    let (Some((before, old_words)), Some((now, new_words))) = (written(old), written(new)) else { return Vec::new() };
    let mut found = Vec::new();
    for (name, [old, new]) in days(before, now) {
        for style in new_words.date_style_names() {
            let Some((old_pattern, new_pattern)) = old_words.date_pattern(style).zip(new_words.date_pattern(style))
            else {
                continue;
            };
            let (old, new) = (old_words.format_date_as(old_pattern, old), new_words.format_date_as(new_pattern, new));
            if old != new {
                found.push(ChangedDate { name: name.clone(), old, new });
            }
        }
    }
    found.sort_by_key(|date| std::cmp::Reverse(date.old.len().max(date.new.len())));
    found
}

fn written<'a>((side, edition): (&Side<'a>, &Edition<'a>)) -> Option<(&'a Release, &'a Words)> {
    match side.origins {
        Origins::Book { book, .. } => Some((book.release, edition.words?)),
        Origins::Data => None,
    }
}

/// The days that both versions have under a name, and that differ.
fn days(old: &Release, new: &Release) -> Vec<(String, [Date; 2])> {
    let events = new.events.iter().map(|event| &event.id.value);
    let names = [Release::SELF].into_iter().chain(events.map(String::as_str));
    let single = names.filter_map(|name| Some((name, [old.date_of(name)?, new.date_of(name)?])));
    let periods = new.periods.iter().filter_map(|period| Some((period, old.period(&period.id.value)?)));
    let of_periods = periods.flat_map(|(now, before)| {
        let ends = [before.span.end(), now.span.end()];
        let starts = [first_day(before.span), first_day(now.span)];
        [starts, ends].map(|days| (now.id.value.as_str(), days))
    });
    let all = single.chain(of_periods).filter(|(_, [old, new])| old != new);
    all.map(|(name, days)| (name.to_owned(), days)).collect()
}

fn first_day(span: PeriodSpan) -> Date {
    match span {
        PeriodSpan::Duration { from, .. } => from,
        PeriodSpan::Instant { at } => at,
    }
}
