//! Typed access to TOML tables that keeps places and digits and reports unknown keys.

mod edition;
mod language;
mod other_words;
mod value;
mod written;

pub use edition::Edition;
pub use language::unknown_language;
pub use value::{Value, check_characters, parse_word};
pub use written::{ALL, Entry, WrittenText};

use std::{cell::RefCell, ops::Range, sync::Arc};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{files::File, pasted::Repaired, syntax};
use crate::{
    diag::{Diagnostic, Findings, Place, Source, nearest},
    model::{At, Date, Decimal, Expr, Node, Unit, parse_formula},
};

/// A table of the user's file. Each key that is read counts as known; `finish` reports the others.
pub struct TomlTable<'a> {
    source: &'a Arc<Source>,
    table: &'a DeTable<'a>,
    pub place: Place,
    /// The edition whose texts are taken; none in files without texts by language.
    edition: Option<&'a Edition>,
    known: RefCell<Vec<&'a str>>,
    /// Its keys and values: most tables have few, and are asked for many more.
    entries: Vec<(&'a str, &'a Spanned<DeValue<'a>>)>,
}

/// How many keys most tables are asked for, at most.
const KEYS: usize = 32;
/// Up to how many keys are compared one by one.
const FEW: usize = 16;

/// Parses a file and calls `then` with its table. Returns whether the syntax was correct.
pub fn parse_file(file: &File, findings: &mut Findings, then: &mut dyn FnMut(&mut TomlTable, &mut Findings)) -> bool {
    parse_part(file, 0..file.source.text.len(), &[], findings, then)
}

/// Parses a file and calls `then` with its table once for each edition. Returns whether the syntax was correct.
pub fn parse_editions(
    file: &File,
    editions: &[Edition],
    findings: &mut Findings,
    then: &mut dyn FnMut(&mut TomlTable, &mut Findings),
) -> bool {
    parse_part(file, 0..file.source.text.len(), editions, findings, then)
}

/// Like `parse_editions`, for a range of a file; without editions `then` is called once.
pub fn parse_part(
    file: &File,
    part: Range<usize>,
    editions: &[Edition],
    findings: &mut Findings,
    then: &mut dyn FnMut(&mut TomlTable, &mut Findings),
) -> bool {
    // Replace everything before the part by spaces, so that spans are those of the file.
    let blanked;
    let text = if part.start == 0 {
        &file.source.text[..part.end]
    } else {
        blanked = format!("{}{}", " ".repeat(part.start), &file.source.text[part.clone()]);
        &blanked
    };
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return read_repaired(file, part, text, editions, findings, then);
    }
    let place = Place::new(&file.source, part);
    read_editions(&file.source, table.get_ref(), &place, editions, findings, then);
    true
}

/// Calls `then` with a table once for each edition, or once if there are none.
fn read_editions(
    source: &Arc<Source>,
    table: &DeTable,
    place: &Place,
    editions: &[Edition],
    findings: &mut Findings,
    then: &mut dyn FnMut(&mut TomlTable, &mut Findings),
) {
    let none = editions.is_empty().then_some(None);
    for edition in none.into_iter().chain(editions.iter().map(Some)) {
        let mut keys = TomlTable::new(source, table, place.clone(), edition);
        then(&mut keys, findings);
        keys.finish(findings);
    }
}

/// Reports what is wrong with the syntax of `text`. If all of it was pasted from an office program, the rest is read, so
/// that one run reports its mistakes too.
fn read_repaired(
    file: &File,
    part: Range<usize>,
    text: &str,
    editions: &[Edition],
    findings: &mut Findings,
    then: &mut dyn FnMut(&mut TomlTable, &mut Findings),
) -> bool {
    let repaired = Repaired::new(text);
    for (message, span) in &repaired.found {
        findings.push(Diagnostic::error("syntax", message).at(&Place::new(&file.source, span.clone()), ""));
    }
    let (table, errors) = DeTable::parse_recoverable(&repaired.text);
    if repaired.found.is_empty() || !errors.is_empty() {
        for (message, span) in syntax::find_errors(&repaired.text) {
            let place = repaired.original_span(&span);
            let place = Place::new(&file.source, place.start.max(part.start)..place.end.max(part.start));
            let help = syntax::help_for_header(&repaired.text, &span);
            findings.push(help.into_iter().fold(Diagnostic::error("syntax", message).at(&place, ""), Diagnostic::help));
        }
        return false;
    }
    let whole = &file.source.text;
    let (before, inside, after) = (&whole[..part.start], &repaired.text[part.start..], &whole[part.end..]);
    let source = Source::new(file.source.path.clone(), format!("{before}{inside}{after}"));
    let place = Place::new(&source, part.start..part.start + inside.len());
    read_editions(&source, table.get_ref(), &place, editions, findings, then);
    true
}

impl<'a> TomlTable<'a> {
    fn new(source: &'a Arc<Source>, table: &'a DeTable<'a>, place: Place, edition: Option<&'a Edition>) -> Self {
        let entries = table.iter().map(|(key, value)| (key.get_ref().as_ref(), value)).collect();
        Self { source, table, place, edition, known: RefCell::new(Vec::with_capacity(KEYS)), entries }
    }

    /// The position of the edition that is being read among the languages of the release; 0 is the original.
    pub fn edition_index(&self) -> usize {
        self.edition.map_or(0, |edition| edition.index)
    }

    /// The languages of the release, the original's first; none in files without texts by language.
    pub fn edition_languages(&self) -> &'a [String] {
        self.edition.map_or(&[], |edition| edition.languages.as_slice())
    }

    /// The value of a key.
    pub fn value(&self, key: &'a str) -> Option<Value<'a>> {
        self.known.borrow_mut().push(key);
        let value = self.find(key)?;
        Some(Value { source: self.source, edition: self.edition, value })
    }

    fn find(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        if self.entries.len() > FEW {
            return self.table.get(key);
        }
        self.entries.iter().find(|(known, _)| *known == key).map(|(_, value)| *value)
    }

    /// All keys and values in the order of the file, for tables whose keys are names; all count as known.
    pub fn entries(&self) -> Vec<(At<String>, Value<'a>)> {
        let mut entries: Vec<_> = self
            .table
            .iter()
            .map(|(key, value)| {
                let place = Place::new(self.source, key.span());
                (At::new(key.get_ref().to_string(), place), Value { source: self.source, edition: self.edition, value })
            })
            .collect();
        entries.sort_by_key(|(key, _)| key.place.start);
        entries
    }

    /// The tables whose keys are names, in the order of the file, in a table that has other keys too: those that were not read yet.
    pub fn named_tables(&self, findings: &mut Findings) -> Vec<(At<String>, TomlTable<'a>)> {
        let is_new = |key: &str| !self.known.borrow().contains(&key);
        let named = self.entries().into_iter().filter(|(key, value)| value.is_table() && is_new(&key.value));
        let tables: Vec<_> = named.filter_map(|(key, value)| Some((key, value.table(findings)?))).collect();
        let is_named = |key: &str| tables.iter().any(|(name, _)| name.value == key);
        let keys = self.table.keys().map(|key| key.get_ref().as_ref()).filter(|key| is_named(key));
        self.known.borrow_mut().extend(keys);
        tables
    }

    /// The text of a key, if present.
    pub fn text(&self, key: &'static str, findings: &mut Findings) -> Option<At<String>> {
        self.value(key)?.text(findings)
    }

    /// The text of a key without any checks.
    pub fn raw_text(&self, key: &'static str) -> Option<String> {
        self.value(key)?.as_text().map(str::to_owned)
    }

    /// The text of a required key; it must not be blank.
    pub fn require_text(&self, key: &'static str, findings: &mut Findings) -> Option<At<String>> {
        let text = self.require(key, findings)?.text(findings)?;
        self.not_blank(text, key, findings)
    }

    /// The text of a key, unless it is blank.
    fn not_blank(&self, text: At<String>, key: &str, findings: &mut Findings) -> Option<At<String>> {
        if text.value.trim().is_empty() {
            findings
                .push(Diagnostic::error("missing-key", format!("`{key}` is empty")).at(&text.place, "expected a text"));
            return None;
        }
        Some(text)
    }

    /// Reports a required list that is missing or empty.
    pub fn require_items(&self, key: &'static str, findings: &mut Findings) {
        if let Some(value) = self.require(key, findings)
            && value.is_empty_list()
        {
            let finding = Diagnostic::error("missing-key", format!("`{key}` is empty"));
            findings.push(finding.at(&value.place(), "expected at least one entry"));
        }
    }

    /// The value of a required key.
    pub fn require(&self, key: &'static str, findings: &mut Findings) -> Option<Value<'a>> {
        let value = self.value(key);
        if value.is_none() {
            findings.push(self.missing(key));
        }
        value
    }

    /// The first line of the table, where missing keys are reported.
    pub fn first_line(&self) -> Place {
        let first = self.place.text().find('\n').map_or(self.place.end, |len| self.place.start + len);
        Place::new(self.source, self.place.start..first)
    }

    /// A boolean.
    pub fn flag(&self, key: &'static str, findings: &mut Findings) -> Option<bool> {
        let value = self.value(key)?;
        findings.keep(value.value.get_ref().as_bool().ok_or_else(|| value.wrong_type("`true` or `false`")))
    }

    /// A whole number from 0 to `most`.
    pub fn count(&self, key: &'static str, most: u8, findings: &mut Findings) -> Option<u8> {
        let value = self.value(key)?;
        let count = value.value.get_ref().as_integer().and_then(|number| number.as_str().parse().ok());
        let count = count.filter(|count| *count <= most);
        findings.keep(count.ok_or_else(|| value.wrong_type(&format!("a whole number from 0 to {most}"))))
    }

    /// The decimal number of a required key.
    pub fn require_number(&self, key: &'static str, findings: &mut Findings) -> Option<At<Decimal>> {
        let value = self.require(key, findings)?;
        findings.keep(value.number())
    }

    /// A list of texts; empty if the key is missing.
    pub fn texts(&self, key: &'static str, findings: &mut Findings) -> Vec<At<String>> {
        self.items(key, findings).into_iter().filter_map(|item| item.text(findings)).collect()
    }

    /// A text or a list of texts; empty if the key is missing.
    pub fn lines(&self, key: &'static str, findings: &mut Findings) -> Vec<At<String>> {
        match self.value(key) {
            Some(value) if value.is_list() => self.texts(key, findings),
            Some(value) => value.text(findings).into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// A list; empty if the key is missing.
    pub fn items(&self, key: &'static str, findings: &mut Findings) -> Vec<Value<'a>> {
        self.value(key).and_then(|value| value.items(findings)).unwrap_or_default()
    }

    /// A list of tables; empty if the key is missing.
    pub fn tables(&self, key: &'static str, findings: &mut Findings) -> Vec<TomlTable<'a>> {
        let single = self.value(key).filter(Value::is_table);
        if let Some(value) = single {
            let finding =
                Diagnostic::error("wrong-type", format!("expected a list of tables for `{key}`, found one table"));
            findings.push(finding.at(&value.place(), format!("write `[[{key}]]`")));
            return Vec::new();
        }
        self.items(key, findings).into_iter().filter_map(|item| item.table(findings)).collect()
    }

    /// A table.
    pub fn table(&self, key: &'static str, findings: &mut Findings) -> Option<TomlTable<'a>> {
        self.value(key)?.table(findings)
    }

    /// A date.
    pub fn date(&self, key: &'static str, findings: &mut Findings) -> Option<Date> {
        let value = self.value(key)?;
        findings.keep(value.date())
    }

    /// A unit.
    pub fn unit(&self, key: &'static str, findings: &mut Findings) -> Option<At<Unit>> {
        let text = self.text(key, findings)?;
        Some(At::new(Unit::parse(&text.value), text.place))
    }

    /// The formula of a required key.
    pub fn require_formula(&self, key: &'static str, findings: &mut Findings) -> Option<Expr> {
        let text = self.require_text(key, findings)?;
        findings.keep(parse_formula(&text.value, &text.place))
    }

    /// The figure of a required key: a formula with its period, `is.sales@fy2009`.
    pub fn require_figure(&self, key: &'static str, findings: &mut Findings) -> Option<Expr> {
        let expr = self.require_formula(key, findings)?;
        if let Node::In(..) = &expr.node {
            return Some(expr);
        }
        let finding = Diagnostic::error("formula", format!("`{expr}` names no period"));
        findings.push(finding.at(&expr.place, format!("write `{expr}@…`")));
        None
    }

    /// The value of a word from a fixed list.
    pub fn word<T: Copy>(&self, key: &'static str, words: &[(&'static str, T)], findings: &mut Findings) -> Option<T> {
        let text = self.text(key, findings)?;
        findings.keep(parse_word(&text, words))
    }

    /// The same, with its place.
    pub fn word_at<T: Copy>(
        &self,
        key: &'static str,
        words: &[(&'static str, T)],
        findings: &mut Findings,
    ) -> Option<At<T>> {
        let text = self.text(key, findings)?;
        Some(At::new(findings.keep(parse_word(&text, words))?, text.place))
    }

    /// The values of a word from a fixed list or of a list of them, which may differ by language; empty if the key is missing.
    pub fn localized_words<T: Copy>(
        &self,
        key: &'static str,
        words: &[(&'static str, T)],
        findings: &mut Findings,
    ) -> Vec<At<T>> {
        let Some(value) = self.value(key).and_then(|value| value.in_language(findings)) else { return Vec::new() };
        let texts = match value.value.is_list() {
            true => value.value.items(findings).unwrap_or_default(),
            false => vec![value.value],
        };
        if texts.is_empty() {
            findings.push(value.value.wrong_type("a word or a list of words"));
        }
        let texts = texts.into_iter().filter_map(|text| text.text(findings)).collect::<Vec<_>>();
        texts
            .into_iter()
            .filter_map(|text| Some(At::new(findings.keep(parse_word(&text, words))?, text.place)))
            .collect()
    }

    /// The values of a word or a list of words.
    pub fn words<T: Copy>(&self, key: &'static str, words: &[(&'static str, T)], findings: &mut Findings) -> Vec<T> {
        self.lines(key, findings).iter().filter_map(|text| findings.keep(parse_word(text, words))).collect()
    }

    /// Reports the keys that were not read.
    pub fn finish(&self, findings: &mut Findings) {
        let is_known = |key: &str| self.known.borrow().contains(&key);
        if self.table.keys().all(|key| is_known(key.get_ref())) {
            return;
        }
        let mut known: Vec<&str> = Vec::new();
        self.known.borrow().iter().for_each(|key| {
            if !known.contains(key) {
                known.push(key)
            }
        });
        for (key, _) in self.table.iter().filter(|(key, _)| !known.contains(&key.get_ref().as_ref())) {
            let place = Place::new(self.source, key.span());
            let finding = Diagnostic::error("unknown-key", format!("there is no key `{}` here", key.get_ref()));
            if let Some((meant, help)) = other_words::meant_by(key.get_ref(), &known) {
                findings.push(finding.at(&place, format!("did you mean `{meant}`?")).help(help));
                continue;
            }
            let Some(near) = nearest(key.get_ref(), known.iter().copied()) else {
                findings.push(finding.at(&place, "").note(format!("the keys here are {}", known.join(", "))));
                continue;
            };
            // Do not report a misspelt key as missing too.
            findings.retract(&self.missing(near));
            findings.push(finding.at(&place, format!("did you mean `{near}`?")));
        }
    }

    fn missing(&self, key: &str) -> Diagnostic {
        let finding = Diagnostic::error("missing-key", format!("`{key}` is missing"));
        // In an empty file, the first thing to write is the head of a table.
        let form = if self.table.is_empty() && self.first_line().start == 0 {
            format!("[{key}]")
        } else {
            format!("{key} = …")
        };
        finding.at(&self.first_line(), format!("needs `{form}`"))
    }
}
