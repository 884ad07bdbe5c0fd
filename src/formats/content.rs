//! The content of a closed release for its output formats, as an owned value, so that formats can be written later.

use super::print_sources::PrintSources;
use crate::{
    check::{CheckResults, Relation, Verdict},
    closing::{self, CheckReport, ClosedFigures, Closing, Coverage},
    diag::Findings,
    filing::Filing,
    model::Words,
    present::{
        FigureUse,
        document::{Data, Document, Draft},
        present_data,
    },
    render::editions::Editions,
};

/// The input of all output formats of a release.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ReleaseContent {
    pub document: Document,
    pub check_report: CheckReport,
    pub print: PrintSources,
    /// What is filed with an exchange.
    pub filing: Option<Filing>,
    /// The release in its other languages.
    pub translations: Vec<Translation>,
}

/// A release in a language that is not that of the original.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Translation {
    pub document: Document,
    pub print: PrintSources,
}

/// The release in one of its languages, for the formats that have files for each.
#[derive(Clone, Copy)]
pub(crate) struct Edition<'a> {
    pub document: &'a Document,
    pub print: &'a PrintSources,
    /// Whether its files are in a folder of its own, which is named after its language.
    pub is_translation: bool,
}

/// The content of a release before its narrative changed, with what its figures were made of. The dataset and the words are the
/// same.
pub(crate) struct Former<'a> {
    pub content: &'a ReleaseContent,
    pub uses: &'a [FigureUse],
    pub relations: &'a [Relation],
    /// One for each relation.
    pub verdicts: &'a [Verdict],
}

impl Former<'_> {
    /// The coverage, which depends on the entered amounts and on what holds them.
    fn coverage(&self, closing: &Closing) -> Option<Coverage> {
        let CheckResults { relations, verdicts, .. } = &closing.results;
        let is_same = self.relations == relations && self.verdicts == verdicts;
        is_same.then(|| self.content.check_report.coverage.clone())
    }

    /// The data, which has the figures in the cells of tables beside the dataset.
    fn data(&self, closing: &Closing) -> Option<Data> {
        let in_cells = |used: &&FigureUse| used.cell.is_some();
        let (before, now) = (self.uses.iter().filter(in_cells), closing.presented.uses.iter().filter(in_cells));
        before.eq(now).then(|| self.content.document.data.clone())
    }
}

impl Edition<'_> {
    /// The path of one of its files in the release's folder: `en/index.html`.
    pub(super) fn path(&self, file: &str) -> String {
        if self.is_translation { format!("{}/{file}", self.document.language) } else { file.to_owned() }
    }

    /// The address of its folder, below that of the release's folder.
    pub(super) fn path_below(&self, base: &str) -> String {
        format!("{base}{}", self.path(""))
    }

    /// The way from its folder to the release's folder.
    pub(super) fn root(&self) -> &'static str {
        if self.is_translation { "../" } else { "" }
    }
}

impl ReleaseContent {
    /// The content of a closed release, and its findings; no content if parts of the dataset could not be read. With `draft`, a
    /// document with errors gets the draft label.
    pub(crate) fn new(closing: Closing, draft: bool) -> (Option<Self>, Findings) {
        let (content, findings, _) = Self::again(closing, draft, None);
        (content, findings)
    }

    /// The same, with what is the same as before: `former` is the content of the same dataset with other pages. Also returns what is
    /// left of the closing.
    pub(crate) fn again(
        closing: Closing,
        draft: bool,
        former: Option<&Former>,
    ) -> (Option<Self>, Findings, ClosedFigures) {
        let release = closing.book.release;
        if release.is_incomplete() {
            return (None, closing.findings, ClosedFigures::default());
        }
        let coverage = former.and_then(|former| former.coverage(&closing)).unwrap_or_else(|| Coverage::of(&closing));
        let data = former.and_then(|former| former.data(&closing));
        let (check_report, print) = (CheckReport::with_coverage(&closing, coverage), PrintSources::new(release));
        let Closing { loaded, book, presented, translations, results, filing, findings, .. } = closing;
        let draft = (draft && findings.has_errors()).then(|| findings.clone().sorted().len());
        let with_draft = |document: Document, words: &Words| Document {
            draft: draft.map(|findings| draft_mark(findings, words)),
            ..document
        };
        let data = data.unwrap_or_else(|| {
            let mut data = present_data(&book, &loaded.words, &presented.uses);
            for closing::Translation { book, words, presented } in &translations {
                data.add_labels(&presented.document.language, &present_data(book, words, &presented.uses));
            }
            data
        });
        let document = Document { data, ..with_draft(presented.document, &loaded.words) };
        let translations = translations.into_iter().map(|translation| {
            let document = with_draft(translation.presented.document, translation.words);
            let print = PrintSources::new(translation.book.release);
            (Translation { document, print }, translation.presented.uses)
        });
        let (translations, translated_uses) = translations.unzip();
        let CheckResults { relations, verdicts, .. } = results;
        let closed = ClosedFigures { uses: presented.uses, translated_uses, relations, verdicts };
        (Some(Self { document, check_report, print, filing, translations }), findings, closed)
    }

    /// The document in all its languages, for the formats that have one file for all.
    pub(super) fn all_languages(&self) -> Editions<'_> {
        Editions::new(&self.document, self.translations.iter().map(|translation| &translation.document))
    }

    /// The release in each of its languages, the original first.
    pub(super) fn editions(&self) -> Vec<Edition<'_>> {
        let original = Edition { document: &self.document, print: &self.print, is_translation: false };
        let translations = self.translations.iter();
        let translations =
            translations.map(|Translation { document, print }| Edition { document, print, is_translation: true });
        std::iter::once(original).chain(translations).collect()
    }
}

fn draft_mark(findings: usize, words: &Words) -> Draft {
    let key = if findings == 1 { "draft_one" } else { "draft" };
    let pattern = words.words.get(key).map_or("DRAFT", String::as_str);
    Draft { findings, mark: pattern.replace("{findings}", &findings.to_string()) }
}
