//! Compares two documents of the same language and marks in the new one what changed.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    changes::{How, LanguageChanges},
    dates::ChangedDate,
    directions::Directions,
    marker::{Marker, whole},
    page_marks,
    side::Edition,
    table_marks, texts,
};
use crate::present::document::{Document, Headline, Inline, Page, Revision};

/// The new document, marked, and what changed. Without texts, which the data of a built release do not have, only tables and notes
/// are compared. `dates` are told elsewhere.
pub fn compare(old: &Document, new: &Edition, dates: &[ChangedDate], has_texts: bool) -> (Document, LanguageChanges) {
    let directions = new.words.map(Directions::new).unwrap_or_default();
    let mut document = new.document.clone();
    let mut marker = Marker {
        directions: &directions,
        dates,
        has_texts,
        old,
        old_tables: old.tables().into_iter().map(|(page, table)| (table.id.as_str(), (page, table))).collect(),
        new_tables: document.tables().into_iter().map(|(_, table)| table.id.clone()).collect(),
        found: LanguageChanges { language: document.language.clone(), ..LanguageChanges::default() },
    };
    document.title = marker.mark_label(&old.title, std::mem::take(&mut document.title), "title");
    marker.add_plain_label("issuer", &old.issuer, &document.issuer);
    marker.add_plain_label("description", &old.description, &document.description);
    if has_texts {
        for (number, line) in document.masthead.iter().enumerate() {
            let before = old.masthead.get(number).map_or("", String::as_str);
            marker.add_plain_label(&format!("masthead line {}", number + 1), before, line);
        }
        mark_headlines(&mut marker, &mut document.headlines);
        mark_pages(&mut marker, &mut document.pages);
    } else {
        mark_tables(&mut marker, &mut document.pages);
    }
    mark_notes(&mut marker, &mut document);
    (document, marker.found)
}

/// The names of what two versions must share to be compared: pages, tables and lines.
pub fn names(document: &Document) -> BTreeSet<String> {
    let pages = document.pages.iter().map(|page| format!("page {}", page.id));
    let tables = document.tables().into_iter().map(|(_, table)| format!("table {}", table.id));
    let lines = document.data.facts.iter().map(|fact| fact.line.clone());
    pages.chain(tables).chain(lines).collect()
}

fn mark_headlines(marker: &mut Marker, headlines: &mut [Headline]) {
    let old = marker.old;
    for (number, new) in headlines.iter_mut().enumerate() {
        let Some(before) = old.headlines.get(number) else { continue };
        let place = format!("headline {}", number + 1);
        let mut text = |before: &[Inline], now: &mut Vec<Inline>| {
            *now = marker.mark_text(before, std::mem::take(now), &place);
        };
        text(&before.amount, &mut new.amount);
        text(&before.change, &mut new.change);
        if let (Some(before), Some(now)) = (&before.prior, &mut new.prior) {
            text(&before.amount, &mut now.amount);
        }
        new.label = marker.mark_label(&before.label, std::mem::take(&mut new.label), &place);
    }
    if old.headlines.len() != headlines.len() {
        marker.found.layout.push(format!("{} headline figures instead of {}", headlines.len(), old.headlines.len()));
    }
}

fn mark_pages<'a>(marker: &mut Marker<'a>, pages: &mut [Page]) {
    let before: BTreeMap<&str, &'a Page> = marker.old.pages.iter().map(|page| (page.id.as_str(), page)).collect();
    let now: BTreeSet<String> = pages.iter().map(|page| page.id.clone()).collect();
    for page in &mut *pages {
        match before.get(page.id.as_str()) {
            Some(old) => page_marks::mark(marker, old, page),
            None => marker.found.layout.push(format!("page `{}` added", page.id)),
        }
    }
    for page in marker.old.pages.iter().filter(|page| !now.contains(&page.id)) {
        marker.found.layout.push(format!("page `{}` removed", page.id));
    }
    let old_order = marker.old.pages.iter().map(|page| &page.id).filter(|id| now.contains(*id));
    let new_order = pages.iter().map(|page| &page.id).filter(|id| before.contains_key(id.as_str()));
    if !old_order.eq(new_order) {
        marker.found.layout.push(String::from("pages in another order"));
    }
}

/// Compares the tables alone.
fn mark_tables(marker: &mut Marker, pages: &mut [Page]) {
    for page in pages {
        let id = page.id.clone();
        for table in page.tables_mut() {
            match marker.old_tables.get(table.id.as_str()).copied() {
                Some((_, old)) => table_marks::mark(marker, old, table),
                None => {
                    marker.found.layout.push(format!("table `{}` added to `{id}`", table.id));
                    table_marks::mark_added(table);
                }
            }
        }
    }
    let removed: Vec<_> =
        marker.old_tables.keys().filter(|id| !marker.new_tables.iter().any(|new| new == *id)).collect();
    marker.found.layout.extend(removed.iter().map(|id| format!("table `{id}` removed")));
}

fn mark_notes(marker: &mut Marker, document: &mut Document) {
    let old = marker.old;
    for note in &mut document.notes {
        let place = format!("note `{}`", note.id);
        match old.notes.iter().find(|old| old.id == note.id) {
            Some(before) => {
                note.text = marker.mark_note(&before.text, std::mem::take(&mut note.text), &place);
            }
            None => {
                marker.found.notes.push(whole(&note.text, &place, How::Added));
                note.text = texts::revised(&note.text, Revision::Inserted);
            }
        }
    }
    for note in old.notes.iter().filter(|old| !document.notes.iter().any(|note| note.id == old.id)) {
        marker.found.notes.push(whole(&note.text, &format!("note `{}`", note.id), How::Removed));
    }
}
