//! Makes facts of what the form asks for beside figures: names, dates, and what is so or not.

use super::{
    Builder, RULE,
    concept::{Outlook, TaggedConcept},
    fact::{ContextPeriod, Fact, FactValue, NumberForm, Span, TextForm, UnitMeasure},
};
use crate::{
    diag::{Diagnostic, Place, nearest, quoted_list},
    model::{
        At, Concept, ConceptKind, Date, Decimal, DerivedValue, Period, PeriodSpan, Release, StatementValue, UnitKind,
    },
    present::document::{Block, Page, plain},
};

/// The fewest characters of a text that is looked for on the page.
const MIN_SHOWN: usize = 3;

impl<'b> Builder<'b, '_> {
    /// Reads the declared and the derived statements; those of texts and dates wait for the place that shows them.
    pub(super) fn read_statements(&mut self, page: &Page) {
        let spec = self.spec;
        for statement in &spec.statements {
            let concept = TaggedConcept {
                name: statement.concept.value.clone(),
                members: &statement.members,
                is_previous: false,
                place: &statement.place,
            };
            let fact = self.statement(concept, &statement.value, statement.period.as_ref());
            self.findings.keep(fact);
        }
        self.check_given_code();
        let is_given = |concept: &str| spec.statements.iter().any(|given| given.concept.value == concept);
        let derived: Vec<(&str, DerivedValue)> =
            self.taxonomy.derived.iter().map(|(concept, value)| (concept.as_str(), *value)).collect();
        let mut known: Vec<&str> = spec.statements.iter().map(|given| given.concept.value.as_str()).collect();
        for (concept, value) in derived {
            if !is_given(concept) && self.taxonomy.has(&spec.form.value, concept) {
                known.extend(self.derive(concept, value, page).then_some(concept));
            }
        }
        let required = self.taxonomy.required.iter().filter(|required| self.taxonomy.has(&spec.form.value, required));
        let missing = required.filter(|required| !known.contains(&required.as_str()));
        let missing: Vec<&String> = missing.collect();
        if !missing.is_empty() {
            let message = format!("the form `{}` lacks {}", spec.form.value, quoted_list(missing));
            let finding = Diagnostic::error(RULE, message).at(&spec.place, "");
            self.findings.push(finding.help("write them in `[exchange.text]`"));
        }
    }

    /// Reports a text that is the code of the issuer and says another one.
    fn check_given_code(&mut self) {
        let code = &self.spec.code.value;
        for given in &self.spec.statements {
            let is_code = self.taxonomy.derived.get(&given.concept.value) == Some(&DerivedValue::Code);
            if let StatementValue::Text(text) = &given.value
                && is_code
                && text != code
            {
                let message = format!("`{}` is `{text}`, and `code` is `{code}`", given.concept.value);
                let finding = Diagnostic::error(RULE, message).at(&given.place, "");
                self.findings.push(finding.with(&self.spec.code.place, ""));
            }
        }
    }

    /// A fact that the release itself gives. Returns whether there is one.
    fn derive(&mut self, concept: &str, value: DerivedValue, page: &Page) -> bool {
        let spec = self.spec;
        let text = match value {
            DerivedValue::Date => Some(String::from("release")),
            DerivedValue::Issuer => Some(self.book.release.issuer.value.clone()),
            DerivedValue::Code => Some(spec.code.value.clone()),
            DerivedValue::Title => Some(self.title.clone()),
            DerivedValue::Rounding => self.rounding_paragraph(&page.blocks),
        };
        let Some(text) = text else { return false };
        let concept = TaggedConcept { name: concept.to_owned(), members: &[], is_previous: false, place: &spec.place };
        let fact = self.statement(concept, &StatementValue::Text(text), None);
        self.findings.keep(fact).is_some()
    }

    /// The first paragraph that says how amounts of money are rounded.
    fn rounding_paragraph(&self, blocks: &[Block]) -> Option<String> {
        let mode = self.book.release.units.rounding_mode(UnitKind::Money);
        let (word, _) = crate::model::RoundingMode::WORDS.iter().find(|(_, known)| *known == mode)?;
        let said = self.words.rounding.get(*word)?;
        let texts = blocks.iter().filter_map(|block| match block {
            Block::Paragraph { text } => Some(plain(text)),
            _ => None,
        });
        texts.into_iter().find(|text| text.contains(said))
    }

    /// Makes the fact of a statement, of the release's own period or of another.
    fn statement(
        &mut self,
        concept: TaggedConcept<'b>,
        value: &StatementValue,
        period: Option<&At<String>>,
    ) -> Result<(), Diagnostic> {
        let (name, at) = (concept.name.as_str(), concept.place);
        let other = period.map(|period| self.period_of(period, name)).transpose()?;
        let is_forecast = other.is_some_and(|period| self.is_to_come(period));
        let outlook = if is_forecast { Outlook::Forecast } else { Outlook::Result };
        let (known, members) = self.place_in_form(&concept, outlook).map_err(|finding| {
            let is_of_forecast = other.is_none() && self.place_in_form(&concept, Outlook::Forecast).is_ok();
            let help = "it is said of a forecast: write `{ value = …, period = … }` with the period that is forecast";
            if is_of_forecast { finding.help(help) } else { finding }
        })?;
        let (from, to) = other.map_or(self.year.own, |period| days(period.span));
        let period = if known.is_instant { ContextPeriod::Instant(to) } else { ContextPeriod::Duration { from, to } };
        let context = self.context(period, members, other.map_or("release", |period| &period.id.value), at)?;
        if !self.stated.insert((name.to_owned(), context.clone())) {
            return Err(Diagnostic::error(RULE, format!("`{name}` is said twice in `{context}`")).at(at, ""));
        }
        let fact = |value| Fact { concept: name.to_owned(), context: context.clone(), value };
        let text = |form, text: &str| fact(FactValue::Text { form, text: text.to_owned() });
        match (known.kind, value) {
            (ConceptKind::Text, StatementValue::Text(said)) => self.pending.push((said.clone(), text(None, said))),
            (ConceptKind::Date, StatementValue::Text(name)) => {
                let date = self.date(name, at)?;
                let shown = self.words.format_date(date);
                match date_form(&shown) {
                    Some(form) => self.pending.push((shown.clone(), text(Some(form), &shown))),
                    None => self.hidden.push(text(None, &date.to_string())),
                }
            }
            (ConceptKind::YesNo, StatementValue::YesNo(is_so)) => {
                let (form, said) = if *is_so { (TextForm::True, "true") } else { (TextForm::False, "false") };
                self.hidden.push(text(Some(form), said));
            }
            (ConceptKind::Shares | ConceptKind::Count, StatementValue::Number(number)) => {
                let measure = if known.kind == ConceptKind::Shares { UnitMeasure::Shares } else { UnitMeasure::Pure };
                let unit = self.record_unit(measure);
                let number = count(*number, name, at)?;
                let (negative, form) = (false, NumberForm::Point);
                self.hidden.push(fact(FactValue::Number { unit, decimals: 0, scale: 0, negative, form, text: number }));
            }
            _ => return Err(wrong_kind(name, known, at)),
        }
        Ok(())
    }

    /// The period that a statement is of.
    fn period_of(&self, period: &At<String>, concept: &str) -> Result<&'b Period, Diagnostic> {
        let release: &'b Release = self.book.release;
        release.period(&period.value).ok_or_else(|| {
            let message = format!("`{concept}` is of `{}`, which is no period", period.value);
            let near = nearest(&period.value, release.periods.iter().map(|period| period.id.value.as_str()));
            let label = near.map_or_else(String::new, |near| format!("did you mean `{near}`?"));
            Diagnostic::error(RULE, message).at(&period.place, label)
        })
    }

    /// The date of an event or period.
    fn date(&self, name: &str, at: &Place) -> Result<Date, Diagnostic> {
        self.book.release.date_of(name).ok_or_else(|| {
            let finding = Diagnostic::error(RULE, format!("there is no date `{name}`"));
            finding.at(at, "").help("declare it in `[event]` of `release.toml`, and name it here")
        })
    }

    /// Tags the statements that a text shows.
    pub(super) fn tag_statements(&mut self, spans: Vec<Span>) -> Vec<Span> {
        let mut tagged = Vec::with_capacity(spans.len());
        for span in spans {
            match span {
                Span::Text(text) => self.tag_text(text, &mut tagged),
                other => tagged.push(other),
            }
        }
        tagged
    }

    /// The longest statement that is shown in a text, tagged, with the statements before and after it.
    fn tag_text(&mut self, text: String, tagged: &mut Vec<Span>) {
        let shown = |(index, (said, _)): (usize, &(String, Fact))| {
            let is_long = said.chars().count() >= MIN_SHOWN;
            text.find(said.as_str()).filter(|_| is_long).map(|start| (said.len(), start, index))
        };
        let found = self.pending.iter().enumerate().filter_map(shown).max_by_key(|(length, ..)| *length);
        let Some((length, start, index)) = found else {
            tagged.extend((!text.is_empty()).then_some(Span::Text(text)));
            return;
        };
        let (_, fact) = self.pending.remove(index);
        self.tag_text(text[..start].to_owned(), tagged);
        tagged.push(Span::Fact(fact));
        self.tag_text(text[start + length..].to_owned(), tagged);
    }

    /// The statements that the page does not show are facts without a place.
    pub(super) fn hide_pending(&mut self) {
        self.hidden.extend(std::mem::take(&mut self.pending).into_iter().map(|(_, fact)| fact));
    }
}

/// The first and the last day of a period.
fn days(span: PeriodSpan) -> (Date, Date) {
    match span {
        PeriodSpan::Duration { from, to } => (from, to),
        PeriodSpan::Instant { at } => (at, at),
    }
}

/// How a date is written; none if the forms of a filing cannot say it.
fn date_form(text: &str) -> Option<TextForm> {
    let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let has_year = |number: &str| number.len() == 4;
    let is_letters = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphabetic()) && text.len() >= 3;
    match numbers.as_slice() {
        [year, month, day] if has_year(year) => {
            (text == format!("{year}年{month}月{day}日")).then_some(TextForm::YearMonthDay)
        }
        [day, year] if has_year(year) => {
            let month_first = text.strip_suffix(&format!(" {day}, {year}")).filter(|month| is_letters(month));
            let after_day = text.strip_prefix(&format!("{day} "));
            let day_first = after_day.and_then(|rest| rest.strip_suffix(&format!(" {year}")));
            let day_first = day_first.filter(|month| is_letters(month));
            month_first.map(|_| TextForm::MonthDayYear).or(day_first.map(|_| TextForm::DayMonthYear))
        }
        _ => None,
    }
}

/// A whole number that is not negative, as digits.
fn count(number: Decimal, name: &str, at: &Place) -> Result<String, Diagnostic> {
    let is_count = number.fract().is_zero() && !number.is_sign_negative();
    let finding = || Diagnostic::error(RULE, format!("`{name}` is a whole number, at least zero")).at(at, "");
    is_count.then(|| number.normalize().to_string()).ok_or_else(finding)
}

fn wrong_kind(name: &str, known: Concept, at: &Place) -> Diagnostic {
    let expected = match known.kind {
        ConceptKind::Text => "a text",
        ConceptKind::Date => "the name of a date: an event, a period, or `release`",
        ConceptKind::YesNo => "`true` or `false`",
        ConceptKind::Shares | ConceptKind::Count => "a number",
        ConceptKind::Money | ConceptKind::PerShare | ConceptKind::Percent => {
            "a figure of the page, in `[exchange.concept]`"
        }
    };
    Diagnostic::error(RULE, format!("`{name}` is {expected}")).at(at, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_told_by_how_they_are_written() {
        assert_eq!(date_form("2026年4月28日"), Some(TextForm::YearMonthDay));
        assert_eq!(date_form("May 14, 2010"), Some(TextForm::MonthDayYear));
        assert_eq!(date_form("14 May 2010"), Some(TextForm::DayMonthYear));
        assert_eq!(date_form("令和8年4月28日"), None);
        assert_eq!(date_form("2026-04-28"), None);
    }
}
