//! What is entered in a release, entry by entry: amounts, stated figures, formulas, dates, units and declarations.

use std::collections::BTreeMap;

use super::changes::Kind;
use crate::{
    diag::Place,
    figures::Book,
    model::{self, At, Date, Decimal, Expr, MpmKind, PENDING, PeriodSpan, Release, Unit, WaiverTarget},
    present::document::Data,
};

/// An entry.
#[derive(Debug, Clone)]
pub struct Entry {
    /// As it is told: the number, a formula, a date.
    pub value: String,
    /// Of a number.
    pub number: Option<Decimal>,
    /// May be empty.
    pub unit: String,
    pub at: Option<Place>,
}

/// Entries by kind and name, and the order in which they are told.
#[derive(Debug, Default)]
pub struct Entries {
    pub list: Vec<((Kind, String), Entry)>,
    index: BTreeMap<(Kind, String), usize>,
}

impl Entries {
    /// The entry of this kind and name.
    pub fn get(&self, key: &(Kind, String)) -> Option<&Entry> {
        self.list.get(*self.index.get(key)?).map(|(_, entry)| entry)
    }

    fn add(&mut self, kind: Kind, name: impl Into<String>, entry: Entry) {
        let key = (kind, name.into());
        self.index.entry(key.clone()).or_insert(self.list.len());
        self.list.push((key, entry));
    }

    fn add_text(&mut self, kind: Kind, name: impl Into<String>, value: impl Into<String>, at: Option<&Place>) {
        self.add(kind, name, Entry { value: value.into(), number: None, unit: String::new(), at: at.cloned() });
    }

    fn add_number(&mut self, kind: Kind, name: String, number: Decimal, unit: String, at: Option<&Place>) {
        self.add(kind, name, Entry { value: plain_number(number), number: Some(number), unit, at: at.cloned() });
    }

    /// The entries of a dataset.
    pub fn of_release(book: &Book) -> Self {
        let (release, mut entries) = (book.release, Self::default());
        entries.add_text(Kind::Date, "release", day(release.date), None);
        for event in &release.events {
            entries.add_text(Kind::Date, &event.id.value, day(event.date), Some(&event.id.place));
        }
        for period in &release.periods {
            entries.add_text(Kind::Period, &period.id.value, days(period), Some(&period.id.place));
        }
        entries.add_units(release);
        entries.add_amounts(release);
        for measure in &release.measures {
            let id = &measure.id.value;
            entries.add_text(Kind::Formula, id, measure.formula.to_string(), Some(&measure.formula.place));
            for (period, formula) in &measure.formula_in {
                entries.add_text(Kind::Formula, format!("{id}@{period}"), formula.to_string(), Some(&formula.place));
            }
            entries.add_base(id, &measure.non_gaap);
        }
        for range in &release.ranges {
            let ends = format!("{} – {}", range.low, range.high);
            entries.add_text(Kind::Formula, &range.id.value, ends, Some(&range.id.place));
        }
        entries.add_lines(release);
        entries.add_declarations(book);
        entries
    }

    fn add_units(&mut self, release: &Release) {
        for (base, rule) in &release.units.rules {
            if let Some((from, rate)) = &rule.from {
                self.add_number(Kind::Unit, format!("{base} from {from}"), *rate, String::new(), None);
            }
            let mode = release.units.rounding_mode(rule.kind);
            let word = model::RoundingMode::WORDS.iter().find(|(_, known)| *known == mode).map_or("", |(word, _)| word);
            self.add_text(Kind::Unit, format!("{base} rounding"), word, None);
        }
    }

    /// Amounts, and the marks entered instead of them.
    fn add_amounts(&mut self, release: &Release) {
        for statement in &release.statements {
            for line in statement.lines.iter().filter(|line| !line.id.value.is_empty()) {
                let unit = statement.unit_of(line).to_string();
                for ((period, member), fact) in &line.facts {
                    let member = if member.is_empty() { String::new() } else { format!("[{member}]") };
                    let name = format!("{}.{}{member}@{period}", statement.id.value, line.id.value);
                    match fact.entry {
                        model::Entry::Amount(amount) => {
                            self.add_number(Kind::Amount, name, amount, unit.clone(), Some(&fact.place))
                        }
                        model::Entry::NotApplicable => self.add_text(Kind::Amount, name, "n/a", Some(&fact.place)),
                        model::Entry::Undecided => self.add_text(Kind::Amount, name, "undecided", Some(&fact.place)),
                        model::Entry::Pending => self.add_text(Kind::Amount, name, PENDING, Some(&fact.place)),
                        model::Entry::Blank | model::Entry::Unread => {}
                    }
                }
            }
        }
    }

    /// The line that a measure outside the standard is to be read beside.
    fn add_base(&mut self, name: &str, base: &Option<At<String>>) {
        if let Some(base) = base {
            self.add_text(Kind::Declaration, format!("non_gaap of {name}"), &base.value, Some(&base.place));
        }
    }

    /// What lines are, beside their amounts: their category, and what they are to be read beside.
    fn add_lines(&mut self, release: &Release) {
        for statement in &release.statements {
            for line in statement.lines.iter().filter(|line| !line.id.value.is_empty()) {
                let name = statement.full_name(&line.id.value);
                self.add_base(&name, &line.non_gaap);
                if let Some(category) = &line.category {
                    let (name, word) = (format!("category of {name}"), category.value.word());
                    self.add_text(Kind::Declaration, name, word, Some(&category.place));
                }
            }
        }
        for (subtotal, line) in release.profit_or_loss.iter().flat_map(|declared| &declared.subtotals) {
            self.add_text(Kind::Declaration, subtotal.key, &line.value, Some(&line.place));
        }
        for mpm in &release.mpms {
            let from = match &mpm.is {
                MpmKind::Measure(disclosure) => disclosure.from.to_string(),
                MpmKind::Not(text) | MpmKind::Dropped(text) => text.value.clone(),
            };
            self.add_text(Kind::Declaration, format!("mpm {}", mpm.figure), from, Some(&mpm.figure.place));
        }
    }

    fn add_declarations(&mut self, book: &Book) {
        let release = book.release;
        let name = |figure: &Expr| book.name(figure, "", None);
        let in_unit = |figure: &Expr, unit: Option<&Unit>| match unit {
            Some(unit) => format!("{} in {unit}", name(figure)),
            None => name(figure),
        };
        for stated in &release.stated {
            let own = || book.unit_of(&stated.figure).map(|unit| unit.to_string()).unwrap_or_default();
            let unit = stated.unit.as_ref().map_or_else(own, |unit| unit.value.to_string());
            self.add_number(Kind::Stated, name(&stated.figure), stated.shows.value, unit, Some(&stated.shows.place));
        }
        for marked in &release.marked {
            self.add_text(Kind::Mark, name(&marked.figure), marked.shows.value.word(), Some(&marked.shows.place));
        }
        for adjustment in &release.adjustments {
            let figure = in_unit(&adjustment.figure, Some(&adjustment.unit.value));
            self.add_number(Kind::Adjustment, figure, adjustment.by.value, String::new(), Some(&adjustment.place));
        }
        for waiver in &release.waivers {
            match &waiver.of {
                WaiverTarget::Figure { figure, unit, shows, .. } => {
                    let figure = in_unit(figure, unit.as_ref().map(|unit| &unit.value));
                    self.add_number(Kind::Waiver, figure, shows.value, String::new(), Some(&waiver.place));
                }
                WaiverTarget::Relation { name, residual } => {
                    let (name, place) = (name.value.clone(), Some(&waiver.place));
                    self.add_number(Kind::Waiver, name, residual.value, String::new(), place);
                }
                WaiverTarget::Rule { rule, of, .. } => {
                    let text = waiver.reason.value.as_str();
                    of.iter().for_each(|figure| {
                        self.add_text(Kind::Waiver, format!("{}:{figure}", rule.value), text, Some(&waiver.place));
                    });
                }
            }
        }
    }

    /// The entries in the data of a release.
    pub fn of_data(data: &Data, date: &str) -> Self {
        let mut entries = Self::default();
        entries.add_text(Kind::Date, "release", date, None);
        for period in &data.periods {
            let day = |day: &Option<String>| day.clone().unwrap_or_default();
            let days = match &period.at {
                Some(at) => at.clone(),
                None => format!("{} – {}", day(&period.from), day(&period.to)),
            };
            entries.add_text(Kind::Period, &period.id, days, None);
        }
        for fact in &data.facts {
            entries.add_data_number(Kind::Amount, &fact.name, &fact.value, &fact.unit);
        }
        for measure in &data.measures {
            entries.add_text(Kind::Formula, &measure.id, &measure.formula, None);
            for (period, formula) in &measure.formula_in {
                entries.add_text(Kind::Formula, format!("{}@{period}", measure.id), formula, None);
            }
        }
        for stated in &data.stated {
            entries.add_data_number(Kind::Stated, &stated.figure, &stated.value, &stated.unit);
        }
        entries
    }

    fn add_data_number(&mut self, kind: Kind, name: &str, value: &str, unit: &str) {
        match value.parse() {
            Ok(number) => self.add_number(kind, name.to_owned(), number, unit.to_owned(), None),
            Err(_) => self.add_text(kind, name, value, None),
        }
    }

    /// The kinds that the data of a release have; the others are compared only between datasets.
    pub fn is_in_data((kind, name): &(Kind, String), entry: &Entry) -> bool {
        match kind {
            Kind::Amount => entry.number.is_some(),
            Kind::Date => name == "release",
            Kind::Stated | Kind::Period => true,
            // Ranges are no measures.
            Kind::Formula => !entry.value.contains(" – "),
            Kind::Unit | Kind::Adjustment | Kind::Waiver | Kind::Mark | Kind::Declaration => false,
        }
    }
}

/// A day, or that it is not known yet.
fn day(date: Option<Date>) -> String {
    date.map_or_else(|| PENDING.to_owned(), |date| date.to_string())
}

fn days(period: &model::Period) -> String {
    match period.span {
        PeriodSpan::Duration { from, to } => format!("{from} – {to}"),
        PeriodSpan::Instant { at } => at.to_string(),
    }
}

/// A number with `_` between thousands, as datasets are written.
pub fn plain_number(number: Decimal) -> String {
    crate::check::format_number(number)
}
