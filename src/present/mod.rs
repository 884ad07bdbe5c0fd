//! Figures become words: narrative and tables become the one Document that every writer reads.

mod anchor;
mod chart;
mod context;
mod data;
pub mod document;
mod headline;
mod narrative;
mod notes;
mod number;
mod phrases;
mod table;
mod table_head;
mod texts;
mod usage;

pub use context::{PresentContext, TypedText};
pub use phrases::FILTERS;
pub use usage::{CellUse, FigureUse, Passage, Rendered};

use crate::{diag::Findings, figures::Book, merge::Merger, model::Words};
use document::{Data, Document, FormattedDate};

/// A release as a document, and what became of its figures on the way.
pub struct Presented {
    pub document: Document,
    /// Every figure that was shown, in the order of the document.
    pub uses: Vec<FigureUse>,
    /// Every block of the narrative, and where it is written.
    pub passages: Vec<Passage>,
    /// Everything that was typed by hand: in the narrative, and labels with digits.
    pub typed: Vec<TypedText>,
    pub findings: Findings,
}

/// Presents a release in its language.
pub fn present(book: &Book, words: &Words) -> Presented {
    let merger = Merger::new(&FILTERS);
    let context = PresentContext::new(book, words, &merger);
    let mut parsed = narrative::narrative(&context);
    let first = parsed.pages.first().map_or("", |page| page.id.as_str());
    let headlines = headline::headlines(&context, first);
    let notes = notes::number(&mut parsed.pages, &parsed.definitions, &context);
    let release = book.release;
    let cover = |text| context.text(text, "", None);
    let mut document = Document {
        slug: release.slug.clone(),
        language: release.language.value.clone(),
        title: cover(&release.title),
        issuer: release.issuer.value.clone(),
        masthead: release.masthead.iter().map(|line| document::plain(&cover(line))).collect(),
        date: FormattedDate { iso: release.date.to_string(), text: words.format_date(release.date) },
        description: release.description.as_ref().map(|text| document::plain(&cover(text))).unwrap_or_default(),
        headlines,
        pages: parsed.pages,
        notes,
        draft: None,
        words: words.words.clone(),
        data: Data::default(),
    };
    let (uses, labels, findings) = context.done();
    let typed = parsed.typed.into_iter().chain(labels).collect();
    document.data = data::data(book, &PresentContext::new(book, words, &merger), &uses);
    Presented { document, uses, passages: parsed.passages, typed, findings }
}
