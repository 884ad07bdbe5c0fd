//! A release in all its languages, for the formats that write one file for all of them: ids and numbers are those of the
//! original, and texts of the other languages stand beside its texts.

use std::collections::BTreeMap;

use crate::present::document::{Cell, Document, Inline, Note, Table, plain};

/// A document in each of its languages.
pub struct Editions<'a> {
    pub original: &'a Document,
    translations: Vec<Edition<'a>>,
}

/// A document in a language that is not that of the original.
pub struct Edition<'a> {
    pub document: &'a Document,
    tables: BTreeMap<&'a str, &'a Table>,
}

/// A table in a language that is not that of the original.
#[derive(Clone, Copy)]
pub struct TableEdition<'a> {
    pub document: &'a Document,
    /// As many columns as the original, and the same rows.
    pub table: &'a Table,
}

impl<'a> From<&'a Document> for Editions<'a> {
    /// A document in one language.
    fn from(original: &'a Document) -> Self {
        Self { original, translations: Vec::new() }
    }
}

impl<'a> Editions<'a> {
    /// A document with its translations.
    pub fn new(original: &'a Document, translations: impl IntoIterator<Item = &'a Document>) -> Self {
        let translations = translations.into_iter().map(|document| Edition {
            document,
            tables: document.tables().into_iter().map(|(_, table)| (table.id.as_str(), table)).collect(),
        });
        Self { original, translations: translations.collect() }
    }

    /// The document in its other languages.
    pub fn translations(&self) -> &[Edition<'a>] {
        &self.translations
    }

    /// A table of the original in the other languages that it is translated into.
    pub fn of_table(&self, table: &Table) -> Vec<TableEdition<'a>> {
        self.translations.iter().filter_map(|edition| edition.of_table(table)).collect()
    }

    /// A text of each translation by its language; without those that have none.
    pub fn by_language<T>(&self, text: impl Fn(&'a Document) -> Option<T>) -> BTreeMap<&'a str, T> {
        let texts = self.translations.iter().map(|edition| (edition.language(), text(edition.document)));
        texts.filter_map(|(language, text)| Some((language, text?))).collect()
    }
}

impl<'a> Edition<'a> {
    /// Its BCP 47 language tag.
    pub fn language(&self) -> &'a str {
        &self.document.language
    }

    /// A table of the original in this language; none if it is not translated.
    pub fn of_table(&self, original: &Table) -> Option<TableEdition<'a>> {
        let table = *self.tables.get(original.id.as_str())?;
        let has_same_rows = table.rows.iter().map(|row| &row.id).eq(original.rows.iter().map(|row| &row.id));
        let is_same = has_same_rows && table.columns.len() == original.columns.len();
        is_same.then_some(TableEdition { document: self.document, table })
    }
}

impl<'a> TableEdition<'a> {
    /// Its BCP 47 language tag.
    pub fn language(&self) -> &'a str {
        &self.document.language
    }

    /// The caption; none if there is none in this language.
    pub fn caption(&self) -> Option<String> {
        translated(self.document, &self.table.caption)
    }

    /// The unit line; none if there is none in this language.
    pub fn unit_line(&self) -> Option<String> {
        translated(self.document, &self.table.unit_line)
    }

    /// The label of a row, which may be empty; none if it is not translated.
    pub fn label(&self, row: usize) -> Option<String> {
        translated(self.document, &self.table.rows.get(row)?.label)
    }

    /// The heads of a column, from the outermost down; none if one of them is not translated.
    pub fn heads(&self, column: usize) -> Option<&'a [String]> {
        let heads = self.table.columns.get(column)?.path.as_slice();
        let is_translated = heads.iter().all(|head| !self.document.untranslated.contains(head));
        is_translated.then_some(heads)
    }

    /// A cell in this language; none if it is blank, or words that are not translated.
    pub fn cell(&self, row: usize, column: usize) -> Option<&'a Cell> {
        let cell = self.table.rows.get(row)?.cells.get(column)?;
        (!cell.text().is_empty() && !self.document.untranslated.contains(cell.text())).then_some(cell)
    }
}

/// A text of a translation; none if it is one of the original.
pub fn translated(document: &Document, text: &[Inline]) -> Option<String> {
    let text = plain(text);
    (!document.untranslated.contains(&text)).then_some(text)
}

/// The note of a document with this id.
pub fn note<'a>(document: &'a Document, id: &str) -> Option<&'a Note> {
    document.notes.iter().find(|note| note.id == id)
}
