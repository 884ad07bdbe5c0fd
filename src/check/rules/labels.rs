//! Labels: the words around the figures of a table name its periods, scales and currencies.
//!
//! **What it checks.** No two periods have the same label. A year or date in a period's label is that of its first or last
//! day; a name such as `FY2009` or `3Q25` may be a year off. A head of a table does not name another period than that of
//! its column: by its label, by a date, by a year that the period has not, or by a word such as "previous period" over a column of
//! the period of the release. A column that shows changes may also name what it is compared with. Two
//! columns of a table that show different figures have different heads. A unit line that names a scale or a declared
//! currency names those that the table prints, and none that it does not print. An amount that is typed in a caption (with a
//! currency, a per cent sign or a scale) must be a figure of the table as it is printed, one in the description a figure
//! that is shown anywhere.
//!
//! **Why.** Heads and unit lines are typed, and are copied from the last release with the table. Figures under a wrong head
//! are wrong figures.
//!
//! **Example.** `names/labels`
//!
//! **How to fix it.** Leave `head` out, so that the period's label heads the column; or correct the text.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::{CheckInput, CheckResults, caption_figures, clause::find_phrase, typed_date::DateSearch},
    period_words::shape,
};
use crate::{
    diag::{Diagnostic, Place, quoted_list},
    model::{At, CellKeys, ColumnSpec, Date, Period, PeriodSpan, Scale, TableSpec, Unit, UnitKind, narrow_text},
};

/// Looks at the labels of periods, and at the heads and unit lines of tables.
pub fn check(input: &CheckInput, results: &mut CheckResults) -> usize {
    let dates = dates(input);
    let days: Vec<Date> = input.book.release.periods.iter().flat_map(days_of).collect();
    let years = YearNames { shapes: &input.words.prose.period_names, dates: input.dates.as_ref(), days };
    check_period_labels(input, &dates, &years, results);
    let shown: BTreeSet<&str> = input.presented.document.tables().iter().map(|(_, table)| table.id.as_str()).collect();
    let tables = input.book.release.tables.iter().filter(|table| shown.contains(table.id.value.as_str()));
    let tables: Vec<&TableSpec> = tables.collect();
    caption_figures::check(input, &tables, results);
    let mut looked_at = input.book.release.periods.len();
    for table in tables {
        let heads = table.columns.iter().map(|column| column.group.len() + usize::from(column.head.is_some()));
        looked_at += heads.sum::<usize>() + table.unit_line.len() + usize::from(table.caption.is_some());
        check_repeated_heads(input, table, results);
        for column in &table.columns {
            check_head(input, &dates, &years, table, column, results);
        }
        check_units(input, table, results);
    }
    looked_at
}

fn check_period_labels(input: &CheckInput, dates: &Dates, years: &YearNames, results: &mut CheckResults) {
    let mut seen: BTreeMap<&str, &Period> = BTreeMap::new();
    for period in &input.book.release.periods {
        let label = &period.label;
        let text = label.value.trim();
        if let Some(first) = seen.insert(text, period).filter(|_| !text.is_empty()) {
            let message = format!("`{}` and `{}` have the same label", first.id.value, period.id.value);
            let finding = Diagnostic::error("labels", message).at(&label.place, "again here");
            results.push(finding.with(&first.label.place, "first here"));
        }
        let own = days_of(period);
        if let Some(year) = years.other_year(text, &[period]) {
            let message = format!("the label of `{}` names `{year}`", period.id.value);
            results.push(Diagnostic::error("labels", message).at(&label.place, span_text(period)));
        } else if let Some(date) = other_date(dates, text, &own) {
            let message = format!("the label of `{}` names `{date}`", period.id.value);
            results.push(Diagnostic::error("labels", message).at(&label.place, span_text(period)));
        }
    }
}

/// The first and the last day.
fn days_of(period: &Period) -> Vec<Date> {
    match period.span {
        PeriodSpan::Duration { from, to } => vec![from, to],
        PeriodSpan::Instant { at } => vec![at],
    }
}

fn span_text(period: &Period) -> String {
    match period.span {
        PeriodSpan::Duration { from, to } => format!("it is {from} to {to}"),
        PeriodSpan::Instant { at } => format!("it is {at}"),
    }
}

/// A year that a text names, and whether it may be that of a financial year, which can begin a year before or end a year
/// after the days.
#[derive(Clone, Copy)]
struct Year {
    /// Its last two digits.
    year: u16,
    is_financial: bool,
}

impl Year {
    fn is_of(self, days: &[Date]) -> bool {
        let apart = |day: &Date| (i32::from(day.year % 100) - i32::from(self.year)).rem_euclid(100);
        days.iter().map(apart).any(|apart| apart == 0 || self.is_financial && (apart == 1 || apart == 99))
    }
}

/// The ways in which a language names years.
struct YearNames<'a> {
    shapes: &'a [String],
    dates: Option<&'a DateSearch<'a>>,
    /// The days of all periods.
    days: Vec<Date>,
}

impl YearNames<'_> {
    /// A year that a text names and that is none of some periods.
    fn other_year(&self, text: &str, periods: &[&Period]) -> Option<String> {
        let days: Vec<Date> = periods.iter().flat_map(|period| days_of(period)).collect();
        let mut rest = text.to_owned();
        for date in self.dates.iter().flat_map(|dates| dates.find(text)) {
            let named = &text[date.range.clone()];
            let is_one_of = |days: &[Date]| self.dates.as_ref().is_none_or(|dates| dates.is_one_of(named, days));
            let has_era = self.dates.as_ref().is_some_and(|dates| dates.has_era(named));
            // The day of an event may stand in a head.
            let is_event = date.is_declared && !is_one_of(&self.days);
            if has_era && !date.is_year_end && !is_event && !is_one_of(&days) {
                return Some(named.to_owned());
            }
        }
        // A financial year that is named by its last month may begin and end in other years than its parts.
        for date in self.dates.iter().flat_map(|dates| dates.find(text)).filter(|date| date.is_year_end) {
            let named = &text[date.range.clone()];
            let ends: Vec<Date> = periods.iter().flat_map(|period| ends_of_years(period)).collect();
            if self.dates.is_some_and(|dates| !dates.is_one_of(named, &ends)) {
                return Some(named.to_owned());
            }
            rest.replace_range(date.range.clone(), &" ".repeat(date.range.len()));
        }
        let rest = narrow_text(&rest);
        let years = years_in(&rest, self.shapes);
        years.into_iter().find(|(_, year)| !year.is_of(&days)).map(|(year, _)| year.to_owned())
    }
}

/// A day in each month in which a financial year may end that a period is part of.
fn ends_of_years(period: &Period) -> Vec<Date> {
    let (from, to) = match period.span {
        PeriodSpan::Duration { from, to } => (from, to),
        PeriodSpan::Instant { at } => (at, at),
    };
    let month = |date: Date| u32::from(date.year) * 12 + u32::from(date.month) - 1;
    let day = |month: u32| {
        let (year, month) = (u16::try_from(month / 12).unwrap_or(u16::MAX), u8::try_from(month % 12 + 1).unwrap_or(1));
        Date { year, month, day: 1 }
    };
    (month(to)..(month(from) + 12).max(month(to) + 1)).map(day).collect()
}

/// Years in a text, as written: of four digits, or of two in a name that has the shape of a period's (`3Q25`).
fn years_in<'a>(text: &'a str, shapes: &[String]) -> Vec<(&'a str, Year)> {
    let mut years = Vec::new();
    for word in text.split(|c: char| !c.is_ascii_alphanumeric()) {
        let digits = &word[word.trim_end_matches(|c: char| c.is_ascii_digit()).len()..];
        let is_financial = digits.len() < word.len();
        let is_year = match (digits.len(), digits.parse::<u16>()) {
            (4, Ok(year)) => (1900..2200).contains(&year),
            // "Top10" and "P12" name no year.
            (2, Ok(_)) => is_financial && shapes.contains(&shape(&word.to_ascii_lowercase())),
            _ => false,
        };
        if let (true, Ok(year)) = (is_year, digits.parse::<u16>()) {
            years.push((word, Year { year: year % 100, is_financial }));
        }
    }
    years
}

/// The days of all periods, as the language writes them.
type Dates = Vec<(Date, String)>;

fn dates(input: &CheckInput) -> Dates {
    let mut days: Vec<Date> = input.book.release.periods.iter().flat_map(days_of).collect();
    days.sort();
    days.dedup();
    days.into_iter().map(|day| (day, input.words.format_date(day))).collect()
}

/// A day of another period that a text names in the format of the language.
fn other_date<'d>(dates: &'d Dates, text: &str, own: &[Date]) -> Option<&'d str> {
    let mut named = dates.iter().filter(|(_, written)| text.contains(written.as_str()));
    // A text that names a day of its own may name another one beside it.
    let found = named.clone().find(|(date, _)| !own.contains(date));
    found.filter(|_| !named.any(|(date, _)| own.contains(date))).map(|(_, written)| written.as_str())
}

fn period_key<'a>(table: &'a TableSpec, column: &'a ColumnSpec) -> Option<&'a At<String>> {
    column.keys.period.as_ref().or(table.keys.period.as_ref())
}

/// The texts of a column's head, from the outermost group down.
fn head_path<'a>(input: &CheckInput<'a, '_>, table: &'a TableSpec, column: &'a ColumnSpec) -> Vec<&'a str> {
    let mut path: Vec<&str> = column.group.iter().map(|text| text.value.as_str()).collect();
    let label =
        || input.book.release.period(&period_key(table, column)?.value).map(|period| period.label.value.as_str());
    match &column.head {
        Some(head) => path.push(&head.value),
        None if path.is_empty() => path.extend(label()),
        None => {}
    }
    path
}

/// Columns with the same heads that do not show the same.
fn check_repeated_heads(input: &CheckInput, table: &TableSpec, results: &mut CheckResults) {
    let mut seen: BTreeMap<Vec<&str>, &ColumnSpec> = BTreeMap::new();
    for column in &table.columns {
        let path = head_path(input, table, column);
        if path.iter().all(|text| text.is_empty()) {
            continue;
        }
        if let Some(first) = seen.get(&path).filter(|first| shows_other(table, first, column)) {
            let place = |column: &ColumnSpec| column.head.as_ref().map_or(&column.place, |head| &head.place).clone();
            let message = format!("two columns of `{}` have the heads {}", table.id.value, quoted_list(&path));
            let finding =
                Diagnostic::error("labels", message).at(&place(column), difference_text(&first.keys, &column.keys));
            results.push(finding.with(&place(first), "first here"));
        }
        seen.entry(path).or_insert(column);
    }
}

/// Whether two columns show different periods, members or functions. Units are not compared: the figures show them.
fn shows_other(table: &TableSpec, first: &ColumnSpec, second: &ColumnSpec) -> bool {
    let id = |id: &Option<At<String>>| id.as_ref().map(|id| id.value.clone());
    let show = |column: &ColumnSpec| column.keys.show.as_ref().map(ToString::to_string);
    let period = |column: &ColumnSpec| period_key(table, column).map(|period| period.value.clone());
    let [a, b] = [&first.keys, &second.keys];
    period(first) != period(second)
        || show(first) != show(second)
        || id(&a.member) != id(&b.member)
        || id(&a.line) != id(&b.line)
        || id(&a.compare_with) != id(&b.compare_with)
}

/// What two columns differ in.
fn difference_text(first: &CellKeys, second: &CellKeys) -> String {
    let id = |id: &Option<At<String>>| id.as_ref().map(|id| id.value.clone());
    let periods = [id(&first.period), id(&second.period)];
    match periods {
        [Some(first), Some(second)] if first != second => format!("of `{second}`, the other is of `{first}`"),
        _ => String::from("give one of them another `head`"),
    }
}

/// A head that names another period.
fn check_head(
    input: &CheckInput,
    dates: &Dates,
    years: &YearNames,
    table: &TableSpec,
    column: &ColumnSpec,
    results: &mut CheckResults,
) {
    let release = input.book.release;
    let Some(own) = period_key(table, column).and_then(|period| release.period(&period.value)) else { return };
    // Only a column of changes is of two periods.
    let is_compared = column.keys.show.is_some() || column.keys.compare_with.is_some();
    let prior = own.prior.as_ref().filter(|_| is_compared).and_then(|prior| release.period(&prior.value));
    let related = [Some(own), prior];
    let compared = column.keys.compare_with.as_ref().and_then(|period| release.period(&period.value));
    let related: Vec<&Period> = related.into_iter().chain([compared]).flatten().collect();
    let days: Vec<Date> = related.iter().flat_map(|period| days_of(period)).collect();
    for text in column.group.iter().chain(&column.head) {
        let is_known = |period: &Period| related.iter().any(|known| known.label.value.contains(&period.label.value));
        let named = release.periods.iter().find(|period| {
            let label = period.label.value.as_str();
            // A label such as "1" is in every head.
            let is_other = days_of(period).iter().any(|day| !days.contains(day));
            label.len() >= 4 && text.value.contains(label) && is_other && !is_known(period)
        });
        let own_named = related.iter().any(|period| text.value.contains(period.label.value.as_str()));
        let wrong = named.filter(|_| !own_named).map(|period| format!("`{}`", period.label.value));
        let wrong = wrong.or_else(|| other_date(dates, &text.value, &days).map(|date| format!("`{date}`")));
        let wrong = wrong.or_else(|| years.other_year(&text.value, &related).map(|year| format!("`{year}`")));
        let wrong = wrong.or_else(|| {
            let other = other_side(input, own, &text.value).filter(|_| !is_compared)?;
            Some(format!("`{other}`"))
        });
        if let Some(wrong) = wrong {
            retract_unknown_name(&text.place, results);
            let message = format!("the head names {wrong}, but the column is of `{}`", own.id.value);
            results.push(Diagnostic::error("labels", message).at(&text.place, span_text(own)));
        }
    }
}

/// The word for the current or the previous period that a head begins with, over a column of the other one.
fn other_side<'a>(input: &CheckInput<'a, '_>, own: &Period, head: &str) -> Option<&'a str> {
    let release = input.book.release;
    let main = release.own_period()?;
    let prior = release.period(&main.prior.as_ref()?.value)?;
    let prose = &input.words.prose;
    let wrong = match own.span.end() {
        end if end == main.span.end() => &prose.previous,
        end if end == prior.span.end() => &prose.current,
        _ => return None,
    };
    let head = head.trim_start();
    let goes_on = |word: &str| head[word.len()..].starts_with(|c: char| c.is_alphanumeric());
    wrong.iter().map(String::as_str).find(|word| head.starts_with(word) && !goes_on(word))
}

/// Retracts the finding that a name in a head is that of no period: this rule says of which period the column is.
fn retract_unknown_name(head: &Place, results: &mut CheckResults) {
    let is_in_head = |place: &Place| place.source == head.source && head.start <= place.start && place.end <= head.end;
    let found = results.findings.iter().find(|finding| {
        finding.rule == "period-words" && finding.place.as_ref().is_some_and(|(place, _)| is_in_head(place))
    });
    if let Some(found) = found.cloned() {
        results.findings.retract(&found);
    }
}

/// Unit lines that name another scale or currency than the table prints.
fn check_units(input: &CheckInput, table: &TableSpec, results: &mut CheckResults) {
    let release = input.book.release;
    let is_money = |unit: &Unit| release.units.rule(&unit.base).is_some_and(|rule| rule.kind == UnitKind::Money);
    let used = input.by_place.get(table.id.value.as_str()).into_iter().flatten().filter(|used| used.cell.is_some());
    let printed: BTreeSet<&Unit> = used.map(|used| &used.derivation.unit).filter(|unit| is_money(unit)).collect();
    let scales: BTreeSet<Scale> = printed.iter().map(|unit| unit.scale).collect();
    let bases: BTreeSet<&str> =
        printed.iter().map(|unit| unit.base.split(" per ").next().unwrap_or_default()).collect();
    if printed.is_empty() {
        return;
    }
    let mut named_scales = BTreeSet::new();
    for text in &table.unit_line {
        for scale in named_scales_in(input, &text.value) {
            named_scales.insert(scale);
            if !scales.contains(&scale) {
                let word = scale.word().unwrap_or_default();
                let message = format!("`{}` prints no amounts in {word}s", table.id.value);
                results.push(Diagnostic::error("labels", message).at(&text.place, list_units(&printed)));
            }
        }
        for base in named_currencies_in(input, &text.value).difference(&bases) {
            let message = format!("`{}` prints no amounts in `{base}`", table.id.value);
            results.push(Diagnostic::error("labels", message).at(&text.place, list_units(&printed)));
        }
    }
    // Amounts at scale one, such as those per share, stand beside others without being named.
    let missing = scales.iter().find(|scale| **scale != Scale::One && !named_scales.contains(scale));
    if let (Some(missing), Some(line)) = (missing, table.unit_line.first().filter(|_| !named_scales.is_empty())) {
        let word = missing.word().unwrap_or_default();
        let message = format!("`{}` prints amounts in {word}s, which its unit line does not name", table.id.value);
        results.push(Diagnostic::error("labels", message).at(&line.place, ""));
    }
}

fn list_units(printed: &BTreeSet<&Unit>) -> String {
    format!("it prints {}", quoted_list(printed))
}

/// The scales whose words of the language a text contains.
fn named_scales_in(input: &CheckInput, text: &str) -> BTreeSet<Scale> {
    let named = input.words.scales_in(text);
    Scale::WORDS.iter().filter(|(word, _)| named.contains(word)).map(|(_, scale)| *scale).collect()
}

/// The declared currencies that a text names by their id or sign, as words of their own.
fn named_currencies_in<'a>(input: &CheckInput<'a, '_>, text: &str) -> BTreeSet<&'a str> {
    let rules = &input.book.release.units.rules;
    let money = rules.iter().filter(|(base, rule)| rule.kind == UnitKind::Money && !base.contains(" per "));
    let is_word = |name: &str| match name.starts_with(char::is_alphanumeric) {
        true => find_phrase(text, name).next().is_some(),
        false => text.contains(name),
    };
    money.filter(|(base, _)| is_word(base)).map(|(base, _)| base.as_str()).collect()
}
