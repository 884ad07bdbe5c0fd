//! Typed access to a TOML value.

use std::sync::Arc;

use toml::{Spanned, de::DeValue};

use super::{Edition, TomlTable};
use crate::{
    diag::{Diagnostic, Findings, Place, Source, quoted_list},
    model::{At, Date, Decimal, ReservedCharacter},
};

/// Earlier dates are keying errors.
const FIRST_YEAR: u16 = 1900;

/// A value of the user's file.
#[derive(Clone, Copy)]
pub struct Value<'a> {
    pub(super) source: &'a Arc<Source>,
    pub(super) edition: Option<&'a Edition>,
    pub(super) value: &'a Spanned<DeValue<'a>>,
}

impl<'a> Value<'a> {
    /// Where the value is written.
    pub fn place(&self) -> Place {
        Place::new(self.source, self.value.span())
    }

    /// A text.
    pub fn text(&self, findings: &mut Findings) -> Option<At<String>> {
        let text = findings.keep(self.value.get_ref().as_str().ok_or_else(|| self.wrong_type("a text")))?;
        let text = At::new(text.to_owned(), self.place());
        check_characters(&text, findings).then_some(text)
    }

    /// The text, if the value is a text.
    pub fn as_text(&self) -> Option<&'a str> {
        self.value.get_ref().as_str()
    }

    /// `true` or `false`, if the value is one of them.
    pub fn as_flag(&self) -> Option<bool> {
        self.value.get_ref().as_bool()
    }

    /// A list.
    pub fn items(&self, findings: &mut Findings) -> Option<Vec<Value<'a>>> {
        let array = findings.keep(self.value.get_ref().as_array().ok_or_else(|| self.wrong_type("a list")))?;
        Some(array.iter().map(|value| Value { value, ..*self }).collect())
    }

    /// A table.
    pub fn table(&self, findings: &mut Findings) -> Option<TomlTable<'a>> {
        let table = findings.keep(self.value.get_ref().as_table().ok_or_else(|| self.wrong_type("a table")))?;
        Some(TomlTable::new(self.source, table, self.place(), self.edition))
    }

    /// Whether it is a table.
    pub fn is_table(&self) -> bool {
        self.value.get_ref().is_table()
    }

    /// Whether it is a list.
    pub fn is_list(&self) -> bool {
        self.value.get_ref().is_array()
    }

    /// Whether it is an empty list.
    pub fn is_empty_list(&self) -> bool {
        self.value.get_ref().as_array().is_some_and(|array| array.is_empty())
    }

    /// A decimal number with all of its digits.
    pub fn number(&self) -> Result<At<Decimal>, Diagnostic> {
        let digits = match self.value.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
            DeValue::Float(number) => number.as_str(),
            _ => return Err(self.wrong_type("a number")),
        };
        let plain = digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | '_'));
        if !plain {
            return Err(self.wrong_type("a number in plain digits"));
        }
        let number = Decimal::from_str_exact(&digits.replace(['_', '+'], ""));
        number.map(|number| At::new(number, self.place())).map_err(|_| {
            Diagnostic::error("number", "a number has at most 28 digits").at(&self.place(), "too many digits")
        })
    }

    /// A date of any time.
    pub fn any_date(&self) -> Result<Date, Diagnostic> {
        let date = self.value.get_ref().as_datetime().filter(|at| at.time.is_none()).and_then(|at| at.date);
        let date = date.map(|date| Date { year: date.year, month: date.month, day: date.day });
        date.ok_or_else(|| self.wrong_type("a date such as 2026-03-31, without quotes"))
    }

    /// A date.
    pub fn date(&self) -> Result<Date, Diagnostic> {
        let date = self.any_date()?;
        if date.year < FIRST_YEAR {
            let finding = Diagnostic::error("wrong-type", format!("`{date}` cannot be a date of a release"));
            return Err(finding.at(&self.place(), format!("before {FIRST_YEAR}")));
        }
        Ok(date)
    }

    /// The finding that something else was expected here.
    pub fn wrong_type(&self, expected: &str) -> Diagnostic {
        let found = match self.value.get_ref() {
            DeValue::String(_) => String::from("a text"),
            DeValue::Integer(_) | DeValue::Float(_) => format!("the number `{}`", self.place().text()),
            DeValue::Boolean(is) => format!("`{is}`"),
            DeValue::Datetime(_) => String::from("a date or time"),
            DeValue::Array(_) => String::from("a list"),
            DeValue::Table(_) => String::from("a table"),
        };
        let is_number = matches!(self.value.get_ref(), DeValue::Integer(_) | DeValue::Float(_));
        let message = if is_number && expected == "a number" {
            format!("`{}` is not a plain decimal number", self.place().text())
        } else {
            format!("expected {expected}, found {found}")
        };
        Diagnostic::error("wrong-type", message).at(&self.place(), "")
    }
}

/// Reports reserved characters in a text or a user-defined name; returns whether there are none.
pub fn check_characters(text: &At<String>, findings: &mut Findings) -> bool {
    let found = ReservedCharacter::find(&text.value);
    found.map(|found| findings.push(found.at(&text.place))).is_none()
}

/// The value of a word in the list.
pub fn parse_word<T: Copy>(text: &At<String>, words: &[(&'static str, T)]) -> Result<T, Diagnostic> {
    let found = words.iter().find(|(word, _)| *word == text.value).map(|(_, value)| *value);
    found.ok_or_else(|| {
        let known = quoted_list(words.iter().map(|(word, _)| word));
        Diagnostic::error("wrong-type", format!("`{}` is not one of {known}", text.value)).at(&text.place, "")
    })
}
