//! Reads `[date]` of a language: patterns, months and eras.

use std::collections::BTreeMap;

use super::{
    layer::Layer,
    places::{DATE, check_places, places},
};
use crate::{
    diag::Diagnostic,
    load::toml_table::{TomlTable, Value},
    model::Era,
};

/// What a language says about dates.
pub(super) struct DateWords {
    pub pattern: String,
    pub styles: BTreeMap<String, String>,
    pub months: Vec<String>,
    pub eras: Vec<Era>,
    pub first_era_year: Option<String>,
}

impl Layer<'_> {
    /// The patterns of dates, the names of the months and the eras.
    pub(super) fn dates(&mut self, keys: Option<&TomlTable>) -> Option<DateWords> {
        let pattern = self.text_with_places(keys, "pattern", DATE, |words| &words.date);
        let months = self.months(keys);
        let eras = self.eras(keys);
        let first_era_year = self.optional_text(keys, "first_era_year", |words| &words.first_era_year);
        let styles = self.date_styles(keys);
        if let Some(value) = keys.and_then(|keys| keys.value("pattern")) {
            self.check_date_pattern(&value, &eras);
            self.check_whole_date(&value);
        }
        if let Some(styles) = keys.and_then(|keys| keys.table("style", self.findings)) {
            styles.entries().iter().for_each(|(_, value)| self.check_date_pattern(value, &eras));
        }
        keys.iter().for_each(|keys| keys.finish(self.findings));
        Some(DateWords { pattern: pattern?, styles, months, eras, first_era_year })
    }

    fn date_styles(&mut self, keys: Option<&TomlTable>) -> BTreeMap<String, String> {
        match keys {
            Some(keys) => self.texts(keys, "style", DATE, |words| &words.date_styles),
            None => self.base.map(|words| words.date_styles.clone()).unwrap_or_default(),
        }
    }

    fn check_date_pattern(&mut self, value: &Value, eras: &[Era]) {
        let Some(text) = value.as_text() else { return };
        let has = |wanted: &str| places(text).any(|place| place == wanted);
        let fault = match () {
            () if has("{era_year}") && !has("{era}") => "the year of an era needs `{era}` before it",
            () if has("{era}") && eras.is_empty() => "the language has no eras: `[[date.era]]`",
            () => return,
        };
        self.findings.push(Diagnostic::error("words", fault).at(&value.place(), ""));
    }

    /// Reports a pattern of dates that leaves out the year, the month or the day.
    fn check_whole_date(&mut self, value: &Value) {
        let Some(text) = value.as_text() else { return };
        let has = |wanted: &[&str]| places(text).any(|place| wanted.contains(&place));
        let parts: [(&[&str], &str); 3] =
            [(&["{year}", "{era_year}"], "{year}"), (&["{month}", "{m}"], "{month}"), (&["{day}"], "{day}")];
        if let Some((_, missing)) = parts.into_iter().find(|(wanted, _)| !has(wanted)) {
            let finding = Diagnostic::error("words", format!("a date needs `{missing}`"));
            self.findings.push(finding.at(&value.place(), ""));
        }
    }

    fn months(&mut self, keys: Option<&TomlTable>) -> Vec<String> {
        let value = keys.and_then(|keys| keys.value("months"));
        let own = value.and_then(|value| Some((value, value.items(self.findings)?)));
        let Some((value, items)) = own else {
            return self.base.map(|words| words.months.clone()).unwrap_or_default();
        };
        if items.len() != 12 {
            self.findings.push(value.wrong_type("a list of twelve names"));
        }
        items.iter().for_each(|item| check_places(item, &[], self.findings));
        items.iter().filter_map(|item| Some(item.text(self.findings)?.value)).collect()
    }

    /// The eras, which are listed from the first to the last.
    fn eras(&mut self, keys: Option<&TomlTable>) -> Vec<Era> {
        let own = keys.map(|keys| keys.tables("era", self.findings)).unwrap_or_default();
        if own.is_empty() {
            return self.base.map(|words| words.eras.clone()).unwrap_or_default();
        }
        let mut eras: Vec<Era> = Vec::new();
        for keys in own {
            let (name, from) = (keys.require_text("name", self.findings), keys.require("from", self.findings));
            let from = from.and_then(|from| self.findings.keep(from.any_date()));
            keys.finish(self.findings);
            let (Some(name), Some(from)) = (name, from) else { continue };
            if eras.last().is_some_and(|last| last.from >= from) {
                let finding = Diagnostic::error(
                    "words",
                    format!("the era `{}` does not begin after the one before it", name.value),
                );
                self.findings.push(finding.at(&name.place, ""));
            }
            eras.push(Era { name: name.value, from });
        }
        eras
    }
}
