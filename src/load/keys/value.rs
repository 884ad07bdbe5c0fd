//! A value of the user's file, read as what it should be, or told what it is instead.

use std::sync::Arc;

use toml::{Spanned, de::DeValue};

use super::TomlTable;
use crate::{
    diag::{Diagnostic, Findings, Place, Source},
    model::{At, Date, Decimal, ReservedCharacter},
};

/// No company publishes what is older: such a date is a slip.
const FIRST_YEAR: u16 = 1900;

/// A value of the user's file.
#[derive(Clone, Copy)]
pub struct Value<'a> {
    pub(super) source: &'a Arc<Source>,
    pub(super) value: &'a Spanned<DeValue<'a>>,
}

impl<'a> Value<'a> {
    /// Where it is written.
    pub fn place(&self) -> Place {
        Place::new(self.source, self.value.span())
    }

    /// A text.
    pub fn text(&self, findings: &mut Findings) -> Option<At<String>> {
        let text = findings.keep(self.value.get_ref().as_str().ok_or_else(|| self.wrong("a text")))?;
        let text = At::new(text.to_owned(), self.place());
        is_plain(&text, findings).then_some(text)
    }

    /// The text, when it is one.
    pub fn as_text(&self) -> Option<&'a str> {
        self.value.get_ref().as_str()
    }

    /// A list.
    pub fn items(&self, findings: &mut Findings) -> Option<Vec<Value<'a>>> {
        let array = findings.keep(self.value.get_ref().as_array().ok_or_else(|| self.wrong("a list")))?;
        Some(array.iter().map(|value| Value { source: self.source, value }).collect())
    }

    /// A table.
    pub fn keys(&self, findings: &mut Findings) -> Option<TomlTable<'a>> {
        let table = findings.keep(self.value.get_ref().as_table().ok_or_else(|| self.wrong("a table")))?;
        Some(TomlTable::new(self.source, table, self.place()))
    }

    /// Whether it is a table.
    pub fn is_table(&self) -> bool {
        self.value.get_ref().is_table()
    }

    /// Whether it is a list.
    pub fn is_list(&self) -> bool {
        self.value.get_ref().is_array()
    }

    /// Whether it is a list of nothing.
    pub fn is_empty_list(&self) -> bool {
        self.value.get_ref().as_array().is_some_and(|array| array.is_empty())
    }

    /// A number, with every digit.
    pub fn number(&self) -> Result<At<Decimal>, Diagnostic> {
        let digits = match self.value.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
            DeValue::Float(number) => number.as_str(),
            _ => return Err(self.wrong("a number")),
        };
        let plain = digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | '_'));
        if !plain {
            return Err(self.wrong("a number in plain digits"));
        }
        let number = Decimal::from_str_exact(&digits.replace(['_', '+'], ""));
        number.map(|number| At::new(number, self.place())).map_err(|_| {
            Diagnostic::error("number", "a number has at most 28 digits").at(&self.place(), "too many digits")
        })
    }

    /// A date.
    pub fn date(&self) -> Result<Date, Diagnostic> {
        let date = self.value.get_ref().as_datetime().filter(|at| at.time.is_none()).and_then(|at| at.date);
        let date = date.map(|date| Date { year: date.year, month: date.month, day: date.day });
        let date = date.ok_or_else(|| self.wrong("a date such as 2026-03-31, without quotes"))?;
        if date.year < FIRST_YEAR {
            let finding = Diagnostic::error("wrong-type", format!("`{date}` cannot be a date of a release"));
            return Err(finding.at(&self.place(), format!("before {FIRST_YEAR}")));
        }
        Ok(date)
    }

    /// That something else was expected here.
    pub fn wrong(&self, expected: &str) -> Diagnostic {
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

/// Whether a text, or a name that the user made up, has only characters that texts may hold; where not, that is reported.
pub fn is_plain(text: &At<String>, findings: &mut Findings) -> bool {
    let found = ReservedCharacter::find(&text.value);
    found.map(|found| findings.push(found.at(&text.place))).is_none()
}

/// The value a word stands for.
pub fn chosen<T: Copy>(text: &At<String>, words: &[(&'static str, T)]) -> Result<T, Diagnostic> {
    let found = words.iter().find(|(word, _)| *word == text.value).map(|(_, value)| *value);
    found.ok_or_else(|| {
        let known: Vec<_> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
        Diagnostic::error("wrong-type", format!("`{}` is not one of {}", text.value, known.join(", ")))
            .at(&text.place, "")
    })
}
