//! One file of words over the files before it: its texts, patterns and tables of texts.

use std::collections::BTreeMap;

use super::places::{NUMBER, Sign, check_places, fault_of_pattern};
use crate::{
    diag::{Diagnostic, Findings},
    load::toml_table::{TomlTable, Value},
    model::{At, Words},
};

/// The fixed words that a file may have.
pub struct FixedWords<'l> {
    /// Those of the program with the text of a language, whose places every language has.
    pub built_in: &'l BTreeMap<String, String>,
    /// Whether a template uses another one.
    pub is_used: &'l dyn Fn(&str) -> bool,
}

/// A file, and the words of the files before it.
pub(super) struct Layer<'l> {
    pub base: Option<&'l Words>,
    pub fixed: &'l FixedWords<'l>,
    pub findings: &'l mut Findings,
}

impl Layer<'_> {
    /// A text without places.
    pub fn text(
        &mut self,
        keys: Option<&TomlTable>,
        key: &'static str,
        below: impl Fn(&Words) -> &String,
    ) -> Option<String> {
        self.text_with_places(keys, key, &[], below)
    }

    /// A text in which the program fills these places.
    pub fn text_with_places(
        &mut self,
        keys: Option<&TomlTable>,
        key: &'static str,
        places: &[&str],
        below: impl Fn(&Words) -> &String,
    ) -> Option<String> {
        if let Some(value) = keys.and_then(|keys| keys.value(key)) {
            check_places(&value, places, self.findings);
        }
        let own = match self.base {
            None => keys?.require_text(key, self.findings),
            Some(_) => keys.and_then(|keys| keys.text(key, self.findings)),
        };
        own.map(|text| text.value).or_else(|| self.base.map(|words| below(words).clone()))
    }

    /// A text that a language need not have.
    pub fn optional_text(
        &mut self,
        keys: Option<&TomlTable>,
        key: &'static str,
        below: impl Fn(&Words) -> &Option<String>,
    ) -> Option<String> {
        if let Some(value) = keys.and_then(|keys| keys.value(key)) {
            check_places(&value, &[], self.findings);
        }
        let own = keys.and_then(|keys| keys.text(key, self.findings)).map(|text| text.value);
        own.or_else(|| below(self.base?).clone())
    }

    /// A text with `{}` for a number.
    pub fn pattern(
        &mut self,
        keys: Option<&TomlTable>,
        key: &'static str,
        below: impl Fn(&Words) -> &String,
    ) -> Option<String> {
        if let Some(value) = keys.and_then(|keys| keys.value(key)) {
            self.check_pattern(&value, Sign::Own);
        }
        self.text_with_places(keys, key, NUMBER, below)
    }

    /// A text with `{}` for a number that a language need not have.
    pub fn optional_pattern(
        &mut self,
        keys: &TomlTable,
        key: &'static str,
        below: impl Fn(&Words) -> &Option<String>,
    ) -> Option<String> {
        let Some(value) = keys.value(key) else { return below(self.base?).clone() };
        check_places(&value, NUMBER, self.findings);
        self.check_pattern(&value, Sign::None);
        value.text(self.findings).map(|text| text.value)
    }

    /// Reports a pattern without exactly one `{}`, which would lose the number, and one that would change it.
    pub fn check_pattern(&mut self, value: &Value, sign: Sign) {
        let Some(text) = value.as_text() else { return };
        if text.matches("{}").count() != 1 {
            let finding = Diagnostic::error("words", "a number pattern needs exactly one `{}`");
            self.findings.push(finding.at(&value.place(), ""));
        } else if let Some(fault) = fault_of_pattern(text, sign) {
            self.findings.push(Diagnostic::error("words", fault).at(&value.place(), ""));
        }
    }

    /// A table of texts, over those below; with the place of a number, each has one.
    pub fn texts(
        &mut self,
        keys: &TomlTable,
        key: &'static str,
        places: &[&str],
        below: impl Fn(&Words) -> &BTreeMap<String, String>,
    ) -> BTreeMap<String, String> {
        let mut texts = self.base.map(|words| below(words).clone()).unwrap_or_default();
        for (key, value) in self.entries(keys, key) {
            check_places(&value, places, self.findings);
            if places == NUMBER {
                self.check_pattern(&value, Sign::None);
            }
            texts.extend(value.text(self.findings).map(|text| (key.value, text.value)));
        }
        texts
    }

    /// The keys of a table with their values; none without it.
    pub fn entries<'k>(&mut self, keys: &TomlTable<'k>, key: &'static str) -> Vec<(At<String>, Value<'k>)> {
        keys.table(key, self.findings).map(|table| table.entries()).unwrap_or_default()
    }
}
