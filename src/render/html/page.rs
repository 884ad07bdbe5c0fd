//! The view of a whole page that the templates receive: its content, and its links to the other pages.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{
    address::{COVER_FILE, FULL_FILE, canonical_address},
    anchors::{AnchorIndex, Anchors},
    block::{BlockView, HeadingLevels, blocks},
    chart::{ChartView, headline_charts, repeated_charts},
    head::Head,
    headline::{HeadlineView, headlines},
    inline::{escape, inlines},
    languages::languages,
    link::LinkView,
    notes::{NoteIndex, NoteView, Shown, note_index, notes},
    options::{Download, LogoView, Options},
    structured_data,
    summary::summary,
    words::{format_word, word},
};
use crate::{
    diag::Diagnostic,
    present::document::{Block, Chart, Document, FormattedDate, Page, plain},
};

/// The most pages of a release of which every page lists all.
const MAX_FULL_CONTENTS: usize = 100;
/// In a longer release: how many pages before and after a page it lists.
const NEARBY_PAGES: usize = 20;

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
    /// The formats with a file for each table: extension and displayed name.
    table_formats: Vec<(String, String)>,
}

/// A page. `heading` is the page's title as HTML, unless its blocks begin with it.
#[derive(Debug, Serialize)]
pub(super) struct PageView<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    draft: Option<&'a str>,
    issuer: &'a str,
    logo: Option<LogoView<'a>>,
    release: String,
    date: &'a FormattedDate,
    masthead: &'a [String],
    heading: Option<String>,
    /// On the first page only: the headline figures, and the headline charts of other pages.
    headlines: Vec<HeadlineView<'a>>,
    charts: Vec<ChartView>,
    blocks: Vec<BlockView>,
    notes: Vec<NoteView>,
    contents: Vec<LinkView>,
    full: LinkView,
    downloads: Vec<LinkView>,
    list: Option<&'a str>,
    checks: Option<&'a str>,
    /// The language of the check report, where it is not that of the page.
    checks_language: Option<&'a str>,
    previous: Option<LinkView>,
    next: Option<LinkView>,
}

/// The page of a redline.
#[derive(Debug, Serialize)]
pub(super) struct RedlineView<'a> {
    #[serde(flatten)]
    page: PageView<'a>,
    /// CSS.
    stylesheet: &'a str,
}

impl<'a> Site<'a> {
    /// Prepares file names, links and indexes. Errors: two pages have the same file name.
    pub(super) fn new(document: &'a Document, options: &'a Options<'a>) -> Result<Self, Diagnostic> {
        let label = |download: &Download| download.label(&document.words);
        let folder = |file: &Download| if file.is_by_language { "" } else { options.root };
        let href = |file: &Download| format!("{}{}.{}", folder(file), document.slug, file.extension);
        let link = |file: &Download| LinkView::new(href(file), label(file));
        let downloads = options.downloads.iter().map(link).collect();
        let table_format = |file: &Download| (file.extension.to_owned(), label(file));
        let table_formats = options.table_downloads.iter().map(table_format).collect();
        let files = file_names(&document.pages)?;
        let titles = document.pages.iter().map(|page| page.title.as_str());
        let contents = files.iter().zip(titles).map(|(file, title)| LinkView::new(file, title)).collect();
        let (anchor_index, notes) = (document.anchors(), note_index(document));
        Ok(Self { document, options, files, contents, anchor_index, notes, downloads, table_formats })
    }

    /// The files of the pages, the cover first.
    pub(super) fn files(&self) -> &[String] {
        &self.files
    }

    /// The page of a narrative file, counted from 0; page 0 is the cover.
    pub(super) fn page(&self, number: usize) -> Result<PageView<'a>, Diagnostic> {
        let anchors = Anchors::for_page(&self.anchor_index, &self.files, number)
            .with_table_files(&self.table_formats, self.options.root)
            .with_figure_names(self.options.names_figures);
        let file = self.files.get(number).map_or(COVER_FILE, String::as_str);
        let view = match self.document.pages.get(number) {
            Some(page) if number > 0 => self.narrative_page(page, file, &anchors)?,
            first => self.first_page(first, &anchors)?,
        };
        let link = |number: usize| self.contents.get(number).cloned();
        let link_here = |at: usize| LinkView { current: at == number, ..self.contents[at].clone() };
        let contents = self.contents_pages(number).map(link_here).collect();
        Ok(PageView { contents, previous: number.checked_sub(1).and_then(link), next: link(number + 1), ..view })
    }

    /// The whole release on one page.
    pub(super) fn full(&self) -> Result<PageView<'a>, Diagnostic> {
        let all: Vec<_> = self.document.pages.iter().map(|page| page.blocks.as_slice()).collect();
        let view = self.release_page(
            FULL_FILE,
            &Anchors::default()
                .with_table_files(&self.table_formats, self.options.root)
                .with_figure_names(self.options.names_figures)
                .without_chart_tables(),
            &all,
            &[],
        )?;
        let full = LinkView { current: true, ..view.full };
        let title = self.title(&format_word(&self.document.words, "full_release", &[])?, &view.release)?;
        Ok(PageView { head: Head { title, ..view.head }, full, contents: self.contents.clone(), ..view })
    }

    /// The whole redline on one page, whose contents lead to its parts.
    pub(super) fn redline(&self, stylesheet: &'a str) -> Result<RedlineView<'a>, Diagnostic> {
        let document = self.document;
        let all: Vec<_> = document.pages.iter().map(|page| page.blocks.as_slice()).collect();
        let anchors = Anchors::default().with_embedded_pictures();
        let view = self.release_page(FULL_FILE, &anchors, &all, &[])?;
        let first_anchor = |page: &Page| {
            page.blocks.iter().find_map(|block| match block {
                Block::Heading { id, .. } => Some(format!("#{id}")),
                Block::Table(table) => Some(format!("#{}", table.id)),
                _ => None,
            })
        };
        let link = |page: &Page| Some(LinkView::new(first_anchor(page)?, &page.title));
        let contents = document.pages.iter().filter_map(link).collect();
        let head = Head { json_ld: None, site: String::new(), assets: None, canonical: None, ..view.head };
        Ok(RedlineView {
            page: PageView { head, contents, headlines: headlines(document, &anchors), ..view },
            stylesheet,
        })
    }

    /// The first page: headlines before its text, charts of other pages after it.
    fn first_page(&self, page: Option<&Page>, anchors: &Anchors) -> Result<PageView<'a>, Diagnostic> {
        let parts: Vec<&[Block]> = page.iter().map(|page| page.blocks.as_slice()).collect();
        Ok(PageView {
            headlines: headlines(self.document, anchors),
            charts: headline_charts(self.document, &self.notes, anchors),
            ..self.release_page(COVER_FILE, anchors, &parts, &repeated_charts(self.document).collect::<Vec<_>>())?
        })
    }

    /// A page titled with the title of the release, which shows blocks, and charts of other pages.
    fn release_page(
        &self,
        file: &str,
        anchors: &Anchors,
        parts: &[&[Block]],
        charts: &[&Chart],
    ) -> Result<PageView<'a>, Diagnostic> {
        let document = self.document;
        let mut levels = HeadingLevels { offset: 1, last: 1, heading: String::new() };
        Ok(PageView {
            heading: Some(inlines(&document.title, anchors)),
            blocks: parts.iter().flat_map(|part| blocks(part, &mut levels, &self.notes, anchors)).collect(),
            notes: notes(document, &self.notes, Shown { title: &document.title, blocks: parts, charts }, anchors)?,
            ..self.empty_page(file)?
        })
    }

    /// The title of a page, with that of what it belongs to.
    fn title(&self, title: &str, of: &str) -> Result<String, Diagnostic> {
        format_word(&self.document.words, "page_title", &[("title", title), ("of", of)])
    }

    /// A page with a title of its own.
    fn narrative_page(&self, page: &Page, file: &str, anchors: &Anchors) -> Result<PageView<'a>, Diagnostic> {
        let has_heading = begins_with_its_heading(&page.blocks);
        let offset = u8::from(!has_heading);
        let mut levels = HeadingLevels { offset, last: offset, heading: String::new() };
        let empty = self.empty_page(file)?;
        let title = self.title(&page.title, &empty.release)?;
        let json_ld =
            structured_data::page_json_ld(self.document, self.options, &page.title, empty.head.canonical.as_deref());
        Ok(PageView {
            head: Head {
                title,
                description: summary(page, word(&self.document.words, "between_titles")?),
                json_ld: Some(json_ld),
                ..empty.head
            },
            heading: (!has_heading).then(|| escape(&page.title)),
            blocks: blocks(&page.blocks, &mut levels, &self.notes, anchors),
            notes: notes(self.document, &self.notes, Shown { blocks: &[&page.blocks], ..Shown::default() }, anchors)?,
            ..empty
        })
    }

    /// The page of a file, without content.
    fn empty_page(&self, file: &str) -> Result<PageView<'a>, Diagnostic> {
        let (document, options) = (self.document, self.options);
        let release = plain(&document.title);
        let head = Head::new(&options.shell, &document.language, &document.words);
        let title = self.title(&release, &document.issuer)?;
        let between = word(&document.words, "between_titles")?;
        let first = || document.pages.first().map(|page| summary(page, between)).unwrap_or_default();
        let description = Some(&document.description).filter(|text| !text.is_empty()).cloned().unwrap_or_else(first);
        let canonical = options.base.map(|base| canonical_address(base, file));
        let json_ld = Some(structured_data::report_json_ld(document, options));
        Ok(PageView {
            head: Head {
                title,
                description,
                canonical,
                feed: options.feed,
                site: document.issuer.clone(),
                json_ld,
                languages: languages(document, options, file),
                ..head
            },
            draft: document.draft.as_ref().map(|draft| draft.mark.as_str()),
            issuer: &document.issuer,
            logo: options.logo,
            release,
            date: &document.date,
            masthead: &document.masthead,
            heading: None,
            headlines: Vec::new(),
            charts: Vec::new(),
            blocks: Vec::new(),
            notes: Vec::new(),
            contents: Vec::new(),
            full: LinkView::new(FULL_FILE, ""),
            downloads: self.downloads.clone(),
            list: options.list,
            checks: options.checks,
            checks_language: Some(options.checks_language).filter(|language| *language != document.language),
            previous: None,
            next: None,
        })
    }

    /// The numbers of the pages that page `number` lists. In a long release only the first page lists all, and the others list
    /// the first and those nearby: links from every page to every other would grow quadratically.
    fn contents_pages(&self, number: usize) -> impl Iterator<Item = usize> {
        let all = number == 0 || self.contents.len() <= MAX_FULL_CONTENTS;
        let near = move |at: &usize| all || at.abs_diff(number) <= NEARBY_PAGES;
        let from = if all { 0 } else { number.saturating_sub(NEARBY_PAGES) };
        let first = (from > 0).then_some(0);
        first.into_iter().chain((from..self.contents.len()).take_while(near))
    }
}

/// The file names of the cover and of each further page. A release without pages has a cover too.
pub(super) fn file_names(pages: &[Page]) -> Result<Vec<String>, Diagnostic> {
    let mut files = vec![COVER_FILE.to_owned()];
    let mut used = BTreeSet::from([COVER_FILE.to_owned(), FULL_FILE.to_owned()]);
    for page in pages.iter().skip(1) {
        let file = format!("{}.html", page.id);
        if !used.insert(file.clone()) {
            let message = format!("the page `{}` would be the file `{file}`, which another page is", page.id);
            return Err(Diagnostic::error("page", message));
        }
        files.push(file);
    }
    Ok(files)
}

/// Whether the first block is a heading of level 1, and the only one.
fn begins_with_its_heading(blocks: &[Block]) -> bool {
    blocks.split_first().is_some_and(|(first, rest)| has_level_1(std::slice::from_ref(first)) && !has_level_1(rest))
}

fn has_level_1(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| matches!(block, Block::Heading { level: 1, .. }))
}
