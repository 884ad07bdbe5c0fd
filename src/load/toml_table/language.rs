//! Texts by language: the value that an edition of a release takes from a table with an entry for each language.

use super::{
    Edition, TomlTable, Value,
    written::{ALL, Entry, WrittenText},
};
use crate::{
    diag::{Diagnostic, Findings, nearest, quoted_list},
    model::{At, TranslatedText, has_words, untranslated},
};

/// The value of a key in the language of an edition.
pub(super) struct Chosen<'a> {
    pub value: Value<'a>,
    /// Whether it was written for that language, or for all.
    is_translated: bool,
    /// What is written for the original, in a value by language that is not the same for all.
    original: Option<Value<'a>>,
}

impl<'a> Value<'a> {
    /// A text for readers, in the language of the edition: a text, or one by language.
    pub fn localized(&self, findings: &mut Findings) -> Option<At<String>> {
        let chosen = self.in_language(findings)?;
        let text = chosen.value.text(findings)?;
        self.collect(false);
        match chosen.is_translated {
            true => self.note_original(&text, chosen.original),
            false => self.note_untranslated(&text),
        }
        Some(text)
    }

    /// A text or a list of texts for readers: each text by language, or the list by language.
    pub fn localized_lines(&self, findings: &mut Findings) -> Vec<At<String>> {
        if self.is_list() {
            let items = self.items(findings).unwrap_or_default();
            return items.iter().filter_map(|item| item.localized(findings)).collect();
        }
        let Some(chosen) = self.in_language(findings) else { return Vec::new() };
        let texts: Vec<At<String>> = match chosen.value.is_list() {
            true => {
                chosen.value.items(findings).unwrap_or_default().iter().filter_map(|item| item.text(findings)).collect()
            }
            false => chosen.value.text(findings).into_iter().collect(),
        };
        self.collect(false);
        if !chosen.is_translated {
            texts.iter().for_each(|text| self.note_untranslated(text));
        }
        texts
    }

    /// The text for the edition alone: a text is that of all languages, a table by language may have none for it.
    pub fn own_text(&self, findings: &mut Findings) -> Option<At<String>> {
        self.collect(true);
        let Some(edition) = self.edition.filter(|_| self.is_table()) else { return self.text(findings) };
        let table = self.table(findings)?;
        let entries = table.entries();
        if check_languages(&entries, edition, findings) && entries.is_empty() {
            let finding = Diagnostic::error("missing-key", "a text by language without a language");
            findings.push(finding.at(&table.place, format!("needs `{} = …`", edition.original())));
        }
        let own = entries.iter().find(|(name, _)| name.value == ALL || name.value == edition.language());
        own.and_then(|(_, value)| value.text(findings))
    }

    /// A text or a list of texts as in the original, without any checks.
    pub fn original_lines(&self) -> Vec<String> {
        let value = self.value.get_ref();
        if let Some(list) = value.as_array() {
            return list.iter().flat_map(|value| Value { value, ..*self }.original_lines()).collect();
        }
        if let (Some(table), Some(edition)) = (value.as_table(), self.edition) {
            let original = table.get(edition.original()).or_else(|| table.get(ALL));
            return original.map(|value| Value { value, ..*self }.original_lines()).unwrap_or_default();
        }
        value.as_str().map(str::to_owned).into_iter().collect()
    }

    /// The value for the language of the edition. Findings: a table that is not one by language.
    pub(super) fn in_language(&self, findings: &mut Findings) -> Option<Chosen<'a>> {
        let (Some(edition), true) = (self.edition, self.is_table()) else {
            let is_translated = self.edition.is_none_or(|edition| edition.index == 0);
            return Some(Chosen { value: *self, is_translated, original: None });
        };
        let table = self.table(findings)?;
        let entries = table.entries();
        let find = |key: &str| entries.iter().find(|(name, _)| name.value == key).map(|(_, value)| *value);
        if !check_languages(&entries, edition, findings) {
            return None;
        }
        if find(ALL).is_none() && find(edition.original()).is_none() {
            let original = edition.original();
            let finding =
                Diagnostic::error("language", format!("a text by language without the original, `{original}`"));
            findings.push(finding.at(&table.place, format!("needs `{original} = …`")));
            return None;
        }
        let own = find(ALL).or_else(|| find(edition.language()));
        let value = own.or_else(|| find(edition.original()))?;
        let original = find(edition.original()).filter(|_| find(ALL).is_none());
        Some(Chosen { value, is_translated: own.is_some(), original })
    }

    /// Records the text of the original that a text by language stands for.
    fn note_original(&self, text: &At<String>, original: Option<Value>) {
        if let (Some(edition), Some(original)) = (self.edition.filter(|edition| edition.index > 0), original) {
            let original = At::new(original.original_lines().join("\n"), original.place());
            let known = TranslatedText { original, translation: text.clone() };
            edition.originals.borrow_mut().insert(text.place.clone(), known);
        }
    }

    /// Records the text as it is written, if the edition collects texts.
    fn collect(&self, is_shared: bool) {
        if let Some(written) = self.edition.and_then(|edition| edition.written.as_ref()) {
            written.borrow_mut().push(self.as_written(is_shared));
        }
    }

    /// The text as it is written; it has no name yet.
    fn as_written(&self, is_shared: bool) -> WrittenText {
        let by_language = self.value.get_ref().as_table();
        let by_language =
            by_language.map(|table| TomlTable::new(self.source, table, self.place(), self.edition).entries());
        let entries = match by_language {
            Some(entries) => entries.into_iter().map(|(key, value)| value.as_entry(Some(key))).collect(),
            None => vec![self.as_entry(None)],
        };
        WrittenText { id: String::new(), place: self.place(), entries, is_shared }
    }

    fn as_entry(&self, key: Option<At<String>>) -> Entry {
        let lines = match self.value.get_ref().as_array() {
            Some(items) => items.iter().filter_map(|item| item.get_ref().as_str()).collect::<Vec<_>>().join("\n"),
            None => self.as_text().unwrap_or_default().to_owned(),
        };
        Entry { key, text: At::new(lines, self.place()), is_list: self.is_list() }
    }

    /// Records a text that the edition takes from the original. A text without letters reads the same in all languages.
    fn note_untranslated(&self, text: &At<String>) {
        if let Some(edition) = self.edition.filter(|_| has_words(&text.value)) {
            edition.untranslated.borrow_mut().insert(text.place.clone());
        }
    }
}

impl TomlTable<'_> {
    /// The text of a key for readers, in the language of the edition.
    pub fn localized(&self, key: &'static str, findings: &mut Findings) -> Option<At<String>> {
        self.value(key)?.localized(findings)
    }

    /// The text of a required key for readers; it must not be blank.
    pub fn require_localized(&self, key: &'static str, findings: &mut Findings) -> Option<At<String>> {
        let text = self.require(key, findings)?.localized(findings)?;
        self.not_blank(text, key, findings)
    }

    /// The text of a required key, the same in all languages or by language; none if the edition has none. It must not be
    /// blank.
    pub fn require_own_text(&self, key: &'static str, findings: &mut Findings) -> Option<At<String>> {
        let text = self.require(key, findings)?.own_text(findings)?;
        self.not_blank(text, key, findings)
    }

    /// The texts of a key for readers: a text or a list, each by language or together; empty if the key is missing.
    pub fn localized_lines(&self, key: &'static str, findings: &mut Findings) -> Vec<At<String>> {
        self.value(key).map(|value| value.localized_lines(findings)).unwrap_or_default()
    }

    /// A text that is used whatever is shown, such as the pattern of a unit. Findings: it is not in the language of the edition.
    pub fn require_translation(&self, text: &At<String>, findings: &mut Findings) {
        let Some(edition) = self.edition else { return };
        if edition.untranslated.borrow_mut().remove(&text.place) {
            findings.push(untranslated(text, edition.language()));
        }
    }
}

/// Checks that the keys of a table are languages of the release, or only `all`.
fn check_languages(entries: &[(At<String>, Value)], edition: &Edition, findings: &mut Findings) -> bool {
    let known = findings.len();
    let all = entries.iter().find(|(name, _)| name.value == ALL);
    for (name, _) in entries {
        let is_language = edition.languages.contains(&name.value);
        if name.value == ALL || is_language && all.is_none() {
            continue;
        }
        let finding = match all {
            Some((all, _)) if is_language => {
                let message = format!("`{ALL}` is the text of all languages, beside a text of `{}`", name.value);
                Diagnostic::error("language", message).at(&all.place, "").help("remove one of them")
            }
            _ => unknown_language(name, &edition.languages),
        };
        findings.push(finding);
    }
    findings.len() == known
}

/// The finding for a key that is no language of the release.
pub fn unknown_language(name: &At<String>, languages: &[String]) -> Diagnostic {
    let message = format!("`{}` is not a language of the release", name.value);
    let label =
        nearest(&name.value, languages.iter().map(String::as_str)).map(|near| format!("did you mean `{near}`?"));
    let known = quoted_list(languages);
    let finding = Diagnostic::error("language", message).at(&name.place, label.unwrap_or_default());
    finding.note(format!("`[release] language` names {known}"))
}
