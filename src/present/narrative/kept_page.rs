//! Presents a page of the narrative, or takes it from the pages that were presented of the same dataset before.

use std::sync::Arc;

use super::{NoteIds, ParsedNarrative, merge_page, parse_page, unique_anchor};
use crate::{
    model::NarrativePage,
    present::{
        context::PresentContext,
        presented_pages::{PresentedPage, PresentedPages},
        record::PageParts,
    },
};

impl ParsedNarrative {
    /// Adds a page; a kept one if there is one, with everything that presenting it would record.
    pub(super) fn add_page(&mut self, context: &PresentContext, page: &NarrativePage, notes: &NoteIds) {
        let release = context.book.release;
        // What a file that cannot be read would have defined is not reported as missing, so pages may differ by more than their text.
        let Some(pages) = context.pages.filter(|_| !release.is_incomplete()) else {
            let (merged, elsewhere) = merge_page(context, page, notes);
            let page = parse_page(context, page, &merged, &elsewhere, self);
            return self.pages.push(page);
        };
        let kept = pages.get(&release.language.value, &page.id).filter(|kept| self.can_take(kept, page, notes));
        let presented = kept.unwrap_or_else(|| self.present_page(context, pages, page, notes));
        self.take(&presented);
        context.replay(&presented.record);
    }

    /// Presents a page by itself, but for the anchors and tables of the pages before, and keeps it.
    fn present_page(
        &self,
        context: &PresentContext,
        pages: &PresentedPages,
        page: &NarrativePage,
        notes: &NoteIds,
    ) -> Arc<PresentedPage> {
        let own = PresentContext::new(context.book, context.words, context.merger).with_tables(context.tables);
        let mut parsed =
            Self { anchors: self.anchors.clone(), tables: self.tables.clone(), ..ParsedNarrative::default() };
        let (merged, elsewhere) = merge_page(&own, page, notes);
        let shown = parse_page(&own, page, &merged, &elsewhere, &mut parsed);
        let tables = parsed.tables.split_off(self.tables.len());
        let Self { definitions, typed_texts, passages, headings, .. } = parsed;
        let parts = PageParts { definitions, typed_texts, passages, tables, headings };
        let (source, record) = (page.clone(), own.into_record());
        let presented = Arc::new(PresentedPage { source, merged, elsewhere, page: shown, parts, record });
        pages.put(&context.book.release.language.value, &presented);
        presented
    }

    /// Whether a kept page is what presenting this one after the pages before would give.
    fn can_take(&self, kept: &PresentedPage, page: &NarrativePage, notes: &NoteIds) -> bool {
        let mut anchors = self.anchors.clone();
        let has_room = |(base, id): &(String, String)| unique_anchor(&mut anchors, base) == *id;
        let is_placed = |id: &String| self.tables.iter().any(|placed| placed.value == *id);
        kept.source == *page
            && kept.elsewhere == notes.elsewhere(&kept.merged)
            && kept.parts.headings.iter().all(has_room)
            && !kept.parts.tables.iter().any(|table| is_placed(&table.value))
    }

    /// Adds what a page gave.
    fn take(&mut self, presented: &PresentedPage) {
        let PresentedPage { page, parts, .. } = presented;
        self.pages.push(page.clone());
        self.definitions.extend(parts.definitions.iter().cloned());
        self.typed_texts.extend(parts.typed_texts.iter().cloned());
        self.passages.extend(parts.passages.iter().cloned());
        self.tables.extend(parts.tables.iter().cloned());
        self.anchors.extend(parts.headings.iter().map(|(_, id)| id.clone()));
    }
}
