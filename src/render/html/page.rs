//! The view of a whole page that the templates receive: its content, and its links to the other pages.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{
    address::{COVER, FULL, canonical},
    anchors::{AnchorIndex, Anchors, anchor_index},
    block::{BlockView, Levels, blocks},
    chart::{ChartView, headline_charts},
    head::Head,
    headline::{HeadlineView, headlines},
    inline::{escape, inlines},
    link::LinkView,
    notes::{NoteIndex, NoteView, note_index, notes},
    options::{Download, Options},
    structured_data,
    summary::summary,
    words::filled_word,
};
use crate::{
    diag::Diagnostic,
    present::document::{Block, Document, FormattedDate, Page, plain},
};

/// Pages beyond which not every page lists all of them.
const MAX_LISTED: usize = 100;
/// The pages that are then listed before and after a page.
const NEAR: usize = 20;

/// A release and its file names.
pub(super) struct Site<'a> {
    document: &'a Document,
    options: &'a Options<'a>,
    files: Vec<String>,
    /// Links to all pages, in order.
    contents: Vec<LinkView>,
    anchor_index: AnchorIndex,
    notes: NoteIndex<'a>,
    downloads: Vec<LinkView>,
    /// Of the formats that each table has a file in, extension and name.
    table_formats: Vec<(String, String)>,
}

/// A page. `heading` is the page's title as HTML, where its blocks do not begin with it.
#[derive(Debug, Serialize)]
pub(super) struct PageView<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    draft: Option<&'a str>,
    issuer: &'a str,
    release: String,
    date: &'a FormattedDate,
    masthead: &'a [String],
    heading: Option<String>,
    /// On the first page alone: the figures that the release is known by, and charts that are on other pages.
    headlines: Vec<HeadlineView<'a>>,
    charts: Vec<ChartView>,
    blocks: Vec<BlockView>,
    notes: Vec<NoteView>,
    contents: Vec<LinkView>,
    full: LinkView,
    downloads: Vec<LinkView>,
    list: Option<&'a str>,
    checks: Option<&'a str>,
    previous: Option<LinkView>,
    next: Option<LinkView>,
}

impl<'a> Site<'a> {
    /// Names the files.
    pub(super) fn new(document: &'a Document, options: &'a Options<'a>) -> Result<Self, Diagnostic> {
        let label = |download: &Download| download.label(&document.words);
        let link = |file: &Download| LinkView::new(format!("{}.{}", document.slug, file.extension), label(file));
        let downloads = options.downloads.iter().map(link).collect();
        let table_format = |file: &Download| (file.extension.to_owned(), label(file));
        let table_formats = options.table_downloads.iter().map(table_format).collect();
        let files = file_names(&document.pages)?;
        let titles = document.pages.iter().map(|page| page.title.as_str());
        let contents = files.iter().zip(titles).map(|(file, title)| LinkView::new(file, title)).collect();
        let (anchor_index, notes) = (anchor_index(document), note_index(document));
        Ok(Self { document, options, files, contents, anchor_index, notes, downloads, table_formats })
    }

    /// The pages' files, the cover first.
    pub(super) fn files(&self) -> &[String] {
        &self.files
    }

    /// The page of a narrative file, counted from 0; the first is the cover.
    pub(super) fn page(&self, number: usize) -> Result<PageView<'a>, Diagnostic> {
        let anchors = Anchors::on_page(&self.anchor_index, &self.files, number).with_table_files(&self.table_formats);
        let file = self.files.get(number).map_or(COVER, String::as_str);
        let view = match self.document.pages.get(number) {
            Some(page) if number > 0 => self.section(page, file, &anchors)?,
            first => self.landing(first, &anchors)?,
        };
        let link = |number: usize| self.contents.get(number).cloned();
        let link_here = |at: usize| LinkView { current: at == number, ..self.contents[at].clone() };
        let contents = self.listed_on(number).map(link_here).collect();
        Ok(PageView { contents, previous: number.checked_sub(1).and_then(link), next: link(number + 1), ..view })
    }

    /// The whole release on one page.
    pub(super) fn full(&self) -> Result<PageView<'a>, Diagnostic> {
        let all: Vec<_> = self.document.pages.iter().map(|page| page.blocks.as_slice()).collect();
        let view =
            self.cover(FULL, &Anchors::default().with_table_files(&self.table_formats).without_chart_tables(), &all)?;
        let full = LinkView { current: true, ..view.full };
        let title = format!("{} – {}", filled_word(&self.document.words, "full_release", &[])?, view.release);
        Ok(PageView { head: Head { title, ..view.head }, full, contents: self.contents.clone(), ..view })
    }

    /// The first page: headlines before its text, charts of other pages after it.
    fn landing(&self, page: Option<&Page>, anchors: &Anchors) -> Result<PageView<'a>, Diagnostic> {
        let parts: Vec<&[Block]> = page.iter().map(|page| page.blocks.as_slice()).collect();
        Ok(PageView {
            headlines: headlines(self.document, anchors),
            charts: headline_charts(self.document, anchors),
            ..self.cover(COVER, anchors, &parts)?
        })
    }

    /// A page under the release's own title.
    fn cover(&self, file: &str, anchors: &Anchors, parts: &[&[Block]]) -> Result<PageView<'a>, Diagnostic> {
        let document = self.document;
        let mut levels = Levels { deeper: 1, last: 1 };
        Ok(PageView {
            heading: Some(inlines(&document.title, anchors)),
            blocks: parts.iter().flat_map(|part| blocks(part, &mut levels, anchors)).collect(),
            notes: notes(document, &self.notes, &document.title, parts, anchors)?,
            ..self.frame(file)
        })
    }

    /// A page under its own title.
    fn section(&self, page: &Page, file: &str, anchors: &Anchors) -> Result<PageView<'a>, Diagnostic> {
        let has_heading = begins_with_its_heading(&page.blocks);
        let top = u8::from(!has_heading);
        let frame = self.frame(file);
        let title = format!("{} – {}", page.title, frame.release);
        let json_ld = structured_data::part(self.document, self.options, &page.title, frame.head.canonical.as_deref());
        Ok(PageView {
            head: Head { title, description: summary(page), json_ld: Some(json_ld), ..frame.head },
            heading: (!has_heading).then(|| escape(&page.title)),
            blocks: blocks(&page.blocks, &mut Levels { deeper: top, last: top }, anchors),
            notes: notes(self.document, &self.notes, &[], &[&page.blocks], anchors)?,
            ..frame
        })
    }

    /// The page of a file without its content.
    fn frame(&self, file: &str) -> PageView<'a> {
        let (document, options) = (self.document, self.options);
        let release = plain(&document.title);
        let head = Head::new(&options.shell, &document.language, &document.words);
        let title = format!("{release} – {}", document.issuer);
        let first = || document.pages.first().map(summary).unwrap_or_default();
        let description = Some(&document.description).filter(|text| !text.is_empty()).cloned().unwrap_or_else(first);
        let canonical = options.base.map(|base| canonical(base, file));
        let json_ld = Some(structured_data::report(document, options));
        PageView {
            head: Head {
                title,
                description,
                canonical,
                feed: options.feed,
                site: document.issuer.clone(),
                json_ld,
                ..head
            },
            draft: document.draft.as_ref().map(|draft| draft.mark.as_str()),
            issuer: &document.issuer,
            release,
            date: &document.date,
            masthead: &document.masthead,
            heading: None,
            headlines: Vec::new(),
            charts: Vec::new(),
            blocks: Vec::new(),
            notes: Vec::new(),
            contents: Vec::new(),
            full: LinkView::new(FULL, ""),
            downloads: self.downloads.clone(),
            list: options.list,
            checks: options.checks,
            previous: None,
            next: None,
        }
    }

    /// The pages that a page lists. Of very many only the first page lists all, and the others those near them: every page with
    /// a link to every other would take more room than all texts.
    fn listed_on(&self, number: usize) -> impl Iterator<Item = usize> {
        let all = number == 0 || self.contents.len() <= MAX_LISTED;
        let near = move |at: &usize| all || at.abs_diff(number) <= NEAR;
        let from = if all { 0 } else { number.saturating_sub(NEAR) };
        let first = (from > 0).then_some(0);
        first.into_iter().chain((from..self.contents.len()).take_while(near))
    }
}

/// The cover, then each page under its own name. A release without pages has a cover too.
fn file_names(pages: &[Page]) -> Result<Vec<String>, Diagnostic> {
    let mut files = vec![COVER.to_owned()];
    let mut taken = BTreeSet::from([COVER.to_owned(), FULL.to_owned()]);
    for page in pages.iter().skip(1) {
        let file = format!("{}.html", page.id);
        if !taken.insert(file.clone()) {
            let message = format!("the page `{}` would be the file `{file}`, which another page is", page.id);
            return Err(Diagnostic::error("page", message));
        }
        files.push(file);
    }
    Ok(files)
}

/// Whether a page's heading is its first block and the only one of level 1.
fn begins_with_its_heading(blocks: &[Block]) -> bool {
    blocks.split_first().is_some_and(|(first, rest)| has_level_1(std::slice::from_ref(first)) && !has_level_1(rest))
}

fn has_level_1(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| matches!(block, Block::Heading { level: 1, .. }))
}
