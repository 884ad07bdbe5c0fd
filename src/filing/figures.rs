//! Makes facts of the figures that the page shows.

use std::collections::BTreeMap;

use super::{
    Builder, RULE,
    concept::{Outlook, TaggedConcept},
    context::context_id,
    fact::{Context, ContextPeriod, Fact, FactValue, NumberForm, Span, UnitMeasure},
};
use crate::{
    diag::{Diagnostic, Place},
    model::{Concept, ConceptKind, Decimal, Period, Unit, UnitKind},
    present::FigureUse,
};

/// The figures of a release by where they are shown.
pub(super) struct FigureIndex<'b> {
    by_name: BTreeMap<(&'b str, &'b str), Vec<&'b FigureUse>>,
}

impl<'b> FigureIndex<'b> {
    pub(super) fn new(uses: &'b [FigureUse]) -> Self {
        let mut by_name: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for shown in uses {
            by_name.entry((&*shown.place, shown.name())).or_default().push(shown);
        }
        Self { by_name }
    }

    /// The uses of a figure at a table or page.
    fn of(&self, place: &'b str, name: &'b str) -> &[&'b FigureUse] {
        self.by_name.get(&(place, name)).map_or(&[], Vec::as_slice)
    }
}

/// A concept in its context.
struct Placed {
    name: String,
    concept: Concept,
    context: String,
    at: Place,
}

impl<'b> Builder<'b, '_> {
    /// The text of a figure with its fact; as it is if it has none. `range_end` says which end of a range it is.
    pub(super) fn tag_figure(&mut self, text: &str, place: &str, name: &str, range_end: Option<Outlook>) -> Vec<Span> {
        let plain = || vec![Span::Text(text.to_owned())];
        let uses = self.uses.of(place, name).to_vec();
        let printed = |shown: &&FigureUse| shown.derivation.rounded.displayed_value(&self.book.values).ok();
        let digits = digits_of(text, &self.words.number.point);
        let same = uses.iter().copied().find(|shown| {
            digits.as_ref().is_some_and(|digits| printed(shown).is_some_and(|value| value.abs() == digits.value))
        });
        let Some(shown) = same.or(uses.first().copied()) else { return plain() };
        let Some(value) = printed(&shown) else { return plain() };
        let Some(concept) = self.concept_of(name, &shown.at) else { return plain() };
        let tagged = self.place_figure(&concept, name, range_end).and_then(|placed| {
            let unit = self.unit(&placed, &shown.derivation.unit, name)?;
            Ok((placed, unit))
        });
        let Some((placed, unit)) = self.keep(tagged, name) else { return plain() };
        let scale = if placed.concept.kind == ConceptKind::Percent { -2 } else { power_of(&shown.derivation.unit) };
        let decimals = i32::try_from(value.scale()).unwrap_or(0) - scale;
        self.record(&placed, Some(value.normalize()), decimals, name);
        let negative = value.is_sign_negative() && !value.is_zero();
        let fact = |form, text: &str| Fact {
            concept: placed.name.clone(),
            context: placed.context.clone(),
            value: FactValue::Number { unit: unit.clone(), decimals, scale, negative, form, text: text.to_owned() },
        };
        let is_shown = digits.as_ref().filter(|digits| digits.value == value.abs());
        if let Some(Digits { before, digits, after, form, .. }) = is_shown {
            let around = [before, after].map(|text| Span::Text((*text).to_owned()));
            let [before, after] = around;
            return vec![before, Span::Fact(fact(*form, digits)), after];
        }
        if value.is_zero() && is_dash(text) {
            return vec![Span::Fact(fact(NumberForm::Dash, text))];
        }
        // An amount said in parts has no digits of its own.
        self.hidden.push(fact(NumberForm::Point, &value.abs().to_string()));
        plain()
    }

    /// The mark for a number that is not there, with its fact.
    pub(super) fn tag_mark(&mut self, mark: &str, name: &str, unit: &str, at: &Place) -> Vec<Span> {
        let plain = || vec![Span::Text(mark.to_owned())];
        let Some(concept) = self.concept_of(name, at) else { return plain() };
        let tagged = self.place_figure(&concept, name, None).and_then(|placed| {
            let unit = self.unit(&placed, &Unit::parse(unit), name)?;
            Ok((placed, unit))
        });
        let Some((placed, unit)) = self.keep(tagged, name) else { return plain() };
        self.record(&placed, None, 0, name);
        let value = FactValue::Nil { unit, mark: mark.to_owned() };
        vec![Span::Fact(Fact { concept: placed.name, context: placed.context, value })]
    }

    /// A figure that could be placed. Otherwise nothing more is said of its growth.
    fn keep<T>(&mut self, placed: Result<T, Diagnostic>, figure: &str) -> Option<T> {
        if placed.is_err() {
            let figure = self.without_period(figure).to_owned();
            self.wrong.insert(figure);
        }
        self.findings.keep(placed)
    }

    /// Finds the context of a figure's concept.
    fn place_figure(
        &mut self,
        concept: &TaggedConcept,
        name: &str,
        end: Option<Outlook>,
    ) -> Result<Placed, Diagnostic> {
        let dated = name.rsplit_once('@').and_then(|(_, period)| self.book.release.period(period));
        let Some(period) = dated else {
            let finding = Diagnostic::error(RULE, format!("`{name}` is of no single period, so it has no context"));
            return Err(finding.at(concept.place, ""));
        };
        let is_forecast = concept.is_previous || self.is_to_come(period);
        let outlook = end.unwrap_or(if is_forecast { Outlook::Forecast } else { Outlook::Result });
        let (known, members) = self.place_in_form(concept, outlook)?;
        self.check_result(concept, known, name, period)?;
        let days = self.days_of(concept, known, name, period)?;
        let context = self.context(days, members, &period.id.value, concept.place)?;
        Ok(Placed { name: concept.name.clone(), concept: known, context, at: concept.place.clone() })
    }

    /// Errors: an amount of a period to come is declared a result. A dividend may have been paid before its year is over.
    fn check_result(
        &self,
        concept: &TaggedConcept,
        known: Concept,
        name: &str,
        period: &Period,
    ) -> Result<(), Diagnostic> {
        let result = &self.taxonomy.forecast.result;
        let declared = concept.members.iter().find(|member| member.value == *result);
        // What is wrong with a figure is not repeated for its growth.
        let is_of_time =
            matches!(known.kind, ConceptKind::Money | ConceptKind::Percent) && !name.starts_with("change(");
        match declared.filter(|_| is_of_time && self.is_to_come(period)) {
            None => Ok(()),
            Some(member) => {
                let message = format!("`{name}` is of days after the release, so it cannot be `{result}`");
                Err(Diagnostic::error(RULE, message).at(&member.place, ""))
            }
        }
    }

    /// Whether a period ends after the day of the release.
    pub(super) fn is_to_come(&self, period: &Period) -> bool {
        self.book.release.date.is_some_and(|published| period.span.end() > published)
    }

    /// The id of a context, which is recorded.
    pub(super) fn context(
        &mut self,
        period: ContextPeriod,
        members: Vec<(String, String)>,
        id: &str,
        at: &Place,
    ) -> Result<String, Diagnostic> {
        let names = &self.taxonomy.contexts;
        let period_name = self.year.name(period, names, id, at)?;
        let context = Context { period, members };
        let id = context_id(&period_name, &context, names);
        self.contexts.insert(id.clone(), context);
        Ok(id)
    }

    /// The id of the unit of a fact, which is recorded. Errors: the figure's unit is not one of the concept.
    fn unit(&mut self, placed: &Placed, unit: &Unit, figure: &str) -> Result<String, Diagnostic> {
        let kind = self.book.release.units.rule(&unit.base).map(|rule| rule.kind);
        let per = unit.base.split_once(" per ").map(|(currency, _)| currency);
        let is_money = kind == Some(UnitKind::Money);
        let measure = match placed.concept.kind {
            ConceptKind::Money if is_money && per.is_none() => Some(UnitMeasure::Currency(unit.base.clone())),
            ConceptKind::PerShare => per.map(|currency| UnitMeasure::CurrencyPerShare(currency.to_owned())),
            ConceptKind::Percent if unit.base == Unit::PERCENT => Some(UnitMeasure::Pure),
            ConceptKind::Shares if kind == Some(UnitKind::Number) => Some(UnitMeasure::Shares),
            ConceptKind::Count if kind == Some(UnitKind::Number) => Some(UnitMeasure::Pure),
            _ => None,
        };
        let measure = measure.ok_or_else(|| {
            let expected = ConceptKind::WORDS.iter().find(|(_, kind)| *kind == placed.concept.kind);
            let expected = expected.map_or("", |(word, _)| word).replace('_', " ");
            let message = format!("`{}` is of the kind `{expected}`, and `{figure}` is in `{unit}`", placed.name);
            Diagnostic::error(RULE, message).at(&placed.at, "")
        })?;
        Ok(self.record_unit(measure))
    }

    /// The id of a unit, which is recorded.
    pub(super) fn record_unit(&mut self, measure: UnitMeasure) -> String {
        let names = &self.taxonomy.units;
        let id = match &measure {
            UnitMeasure::Currency(currency) => names.money.replace("{currency}", currency),
            UnitMeasure::CurrencyPerShare(currency) => names.per_share.replace("{currency}", currency),
            UnitMeasure::Shares => names.shares.clone(),
            UnitMeasure::Pure => names.number.clone(),
        };
        self.units.insert(id.clone(), measure);
        id
    }

    /// Records the value of a fact; two figures that give it different values are a finding.
    fn record(&mut self, placed: &Placed, value: Option<Decimal>, decimals: i32, figure: &str) {
        let key = (placed.name.clone(), placed.context.clone());
        let Some((first, first_decimals, first_figure)) = self.values.get(&key) else {
            self.values.insert(key, (value, decimals, figure.to_owned()));
            return;
        };
        let is_same_fact = *first_decimals == decimals || value.is_none() || first.is_none();
        if is_same_fact && *first != value && self.contradicted.insert(placed.name.clone()) {
            let message = format!("`{}` has two values in `{}`", placed.name, placed.context);
            let of = |value: &Option<Decimal>| value.map_or_else(|| String::from("none"), |value| value.to_string());
            let note = format!("`{first_figure}` is {}, `{figure}` is {}", of(first), of(&value));
            self.findings.push(Diagnostic::error(RULE, message).at(&placed.at, "").note(note));
        }
    }
}

/// The power of ten of a unit's scale.
fn power_of(unit: &Unit) -> i32 {
    let mut factor = unit.scale.factor();
    let mut power = 0;
    while factor > Decimal::ONE {
        factor /= Decimal::TEN;
        power += 1;
    }
    power
}

/// The digits within a printed figure.
struct Digits<'t> {
    before: &'t str,
    digits: &'t str,
    after: &'t str,
    form: NumberForm,
    value: Decimal,
}

/// The digits of a text that has one number, with this decimal point, in the form of a filing: groups of three.
fn digits_of<'t>(text: &'t str, point: &str) -> Option<Digits<'t>> {
    let (form, group, point) = match point {
        "." => (NumberForm::Point, ',', '.'),
        "," => (NumberForm::Comma, '.', ','),
        _ => return None,
    };
    let is_digit = |c: char| c.is_ascii_digit();
    let (start, end) = (text.find(is_digit)?, text.rfind(is_digit)? + 1);
    let digits = &text[start..end];
    let (whole, decimals) = digits.split_once(point).unwrap_or((digits, ""));
    let plain = format!("{}.{decimals}", whole.replace(group, ""));
    let groups: Vec<&str> = whole.split(group).collect();
    let is_grouped = groups.len() == 1 || (groups[0].len() <= 3 && groups.iter().skip(1).all(|group| group.len() == 3));
    let is_plain = plain.bytes().filter(|byte| *byte != b'.').all(|byte| byte.is_ascii_digit());
    let value = plain.trim_end_matches('.').parse().ok().filter(|_| is_grouped && is_plain)?;
    Some(Digits { before: &text[..start], digits, after: &text[end..], form, value })
}

/// Whether a text is one dash.
fn is_dash(text: &str) -> bool {
    let mut characters = text.trim().chars();
    matches!((characters.next(), characters.next()), (Some('-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '－'), None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_found_within_units_and_signs() {
        let found = |text| digits_of(text, ".").map(|found| (found.before, found.digits, found.after, found.form));
        assert_eq!(found("(3,788)"), Some(("(", "3,788", ")", NumberForm::Point)));
        assert_eq!(found("△12.5%"), Some(("△", "12.5", "%", NumberForm::Point)));
        assert_eq!(found("68,006百万円"), Some(("", "68,006", "百万円", NumberForm::Point)));
        assert!(["142億66百万円", "－", "12,34", "1.2.3"].iter().all(|text| found(text).is_none()));
        let with_comma = digits_of("1.234,5 €", ",").unwrap();
        assert_eq!(
            (with_comma.digits, with_comma.form, with_comma.value),
            ("1.234,5", NumberForm::Comma, Decimal::new(12345, 1))
        );
    }
}
