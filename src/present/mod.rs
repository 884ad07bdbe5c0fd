//! Presents a release: builds the one document that every writer reads, from its narrative, tables and figures.

mod anchor;
mod chart;
mod compared;
mod context;
mod data;
pub mod document;
mod fixed_words;
mod headline;
mod links;
mod markup;
mod narrative;
mod notes;
mod number;
mod pair;
mod phrases;
mod presented_pages;
mod presented_tables;
mod range;
mod record;
mod scripts;
mod sources;
mod table;
mod table_head;
mod texts;
mod usage;

pub use context::PresentContext;
pub use fixed_words::fill_places;
pub use number::{begins_group, size_in_sentence};
pub use phrases::{Writes, filters};
pub use presented_pages::PresentedPages;
pub use presented_tables::PresentedTables;
pub use record::TypedText;
pub use sources::without_figures;
pub use usage::{CellUse, FigureUse, Passage, Rendered};

use crate::{
    diag::Findings,
    figures::Book,
    merge::Merger,
    model::{At, PeriodSpan, Release, Words},
};
use document::{Data, Document, FormattedDate, Inline};

/// A release as a document, with a record of the figures it shows.
pub struct Presentation {
    pub document: Document,
    /// Every figure that was shown, in the order of the document.
    pub uses: Vec<FigureUse>,
    /// Every block of the narrative, with its place in the dataset.
    pub passages: Vec<Passage>,
    /// Every text typed by hand: all of the narrative, and labels with digits.
    pub typed_texts: Vec<TypedText>,
    pub findings: Findings,
}

/// What was presented of one state of a dataset in the words of its languages, for presenting it again with another narrative.
#[derive(Debug, Default)]
pub struct Presented {
    pub tables: PresentedTables,
    pub pages: PresentedPages,
}

/// Presents a release in its language, with its data.
pub fn present(book: &Book, words: &Words) -> Presentation {
    let mut presentation = present_texts(book, words);
    presentation.document.data = present_data(book, words, &presentation.uses);
    presentation
}

/// The data of a release that shows these figures, which formats for programs have: that of the original is that of every language.
pub fn present_data(book: &Book, words: &Words, uses: &[FigureUse]) -> Data {
    let merger = Merger::new(&filters());
    let context = PresentContext::new(book, words, &merger);
    match book.release.is_translation() {
        true => data::build_labels(&context),
        false => data::build_data(book, &context, uses),
    }
}

/// Presents what is read of a release in its language: its document without data.
pub fn present_texts(book: &Book, words: &Words) -> Presentation {
    present_texts_again(book, words, None)
}

/// The same, with what was presented before of the same dataset in the same words.
pub fn present_texts_again(book: &Book, words: &Words, kept: Option<&Presented>) -> Presentation {
    let merger = Merger::new(&filters());
    let context = PresentContext::new(book, words, &merger)
        .with_tables(kept.map(|kept| &kept.tables))
        .with_pages(kept.map(|kept| &kept.pages));
    let mut parsed = narrative::parse_narrative(&context);
    let first = parsed.pages.first().map_or("", |page| page.id.as_str());
    let headlines = headline::build_headlines(&context, first);
    let notes = notes::number_notes(&mut parsed.pages, &parsed.definitions, &context);
    let release = book.release;
    let labels = release.periods.iter().map(|period| &period.label);
    labels.chain([&release.issuer]).for_each(|text| context.report_markup(text));
    let cover = |text: &At<String>| match release.is_pending(text) {
        true => vec![Inline::Text { text: words.number.pending_mark().to_owned() }],
        false => context.text(text, "", None),
    };
    let document = Document {
        slug: release.slug.clone(),
        language: release.language.value.clone(),
        title: title(&context, cover(&release.title)),
        issuer: context.plain_text(&release.issuer),
        lei: release.lei.clone().unwrap_or_default(),
        covers: covered_days(release),
        masthead: release.masthead.iter().map(|line| document::plain(&cover(line))).collect(),
        date: FormattedDate {
            iso: release.date.map(|date| date.to_string()).unwrap_or_default(),
            text: release.date.map_or_else(|| words.number.pending_mark().to_owned(), |date| words.format_date(date)),
        },
        description: release.description.as_ref().map(|text| document::plain(&cover(text))).unwrap_or_default(),
        headlines,
        pages: parsed.pages,
        notes,
        draft: None,
        words: words.words.clone(),
        typesetting: words.typesetting.clone(),
        data: Data::default(),
        untranslated: context.untranslated_texts(),
    };
    links::report_dead_links(&document, &context);
    let (uses, labels, findings) = context.into_parts();
    let typed_texts = parsed.typed_texts.into_iter().chain(labels).collect();
    Presentation { document, uses, passages: parsed.passages, typed_texts, findings }
}

/// The days of the period of a release, as an ISO 8601 interval, or its day.
fn covered_days(release: &Release) -> String {
    let period = release.own_period();
    match period.map(|period| period.span) {
        Some(PeriodSpan::Duration { from, to }) => format!("{from}/{to}"),
        Some(PeriodSpan::Instant { at }) => at.to_string(),
        None => String::new(),
    }
}

/// The title of a release, with the mark of a translation that is published later than the original.
fn title(context: &PresentContext, title: Vec<Inline>) -> Vec<Inline> {
    let mark = context.words.words.get("delayed").filter(|_| context.book.release.is_delayed);
    let Some((before, after)) = mark.and_then(|mark| mark.split_once("{title}")) else { return title };
    let text = |text: &str| (!text.is_empty()).then(|| Inline::Text { text: text.to_owned() });
    text(before).into_iter().chain(title).chain(text(after)).collect()
}
