//! Chapters: narrative pages that share sheets. A chapter is set in smaller type if that avoids a sparse sheet; sizes are tried
//! without drawing.

use std::{collections::BTreeSet, ops::Range};

use super::{
    blocks,
    layout_context::LayoutContext,
    page::{Layout, Position},
    pagination::{PaginatedPages, paginate},
    print_templates::TemplateItem,
    running_heads, source_places,
    style::Style,
    table::TableFamilies,
};
use crate::{diag::Diagnostic, merge::Templates, present::document::Page};

/// A sheet filled less than this share is sparse.
const SPARSE_SHEET: f32 = 0.6;
/// How much type may be reduced to avoid a sheet; type sizes of chapters should not differ visibly.
const MAX_REDUCTION: f32 = 0.1;
/// An allowance for the estimate of the type size: smaller type also needs fewer lines.
const FEWER_LINES: f32 = 0.08;
/// In chapters with more sheets than this, a sparse sheet is accepted.
const LONG_CHAPTER: usize = 12;

/// Lays out all chapters in order, without page furniture.
pub fn lay_out(context: &mut LayoutContext, templates: &Templates) -> Layout {
    let cover = running_heads::cover_template(context, templates);
    let families = TableFamilies::of(context);
    let mut layout = Layout::default();
    let mut tagged_notes = BTreeSet::new();
    for pages in chapters(&context.document.pages) {
        let chapter = Chapter { families: &families, cover: &cover, pages, tagged_notes };
        let mut paginated = lay_out_chapter(context, &chapter);
        tagged_notes = std::mem::take(&mut paginated.tagged_notes);
        append_chapter(&mut layout, paginated);
    }
    layout.tree = std::mem::take(&mut context.tree);
    layout
}

/// The ranges of narrative pages between new sheets. There is at least one chapter, which has the cover.
fn chapters(pages: &[Page]) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut all: Vec<Range<usize>> = Vec::new();
    for (i, page) in pages.iter().enumerate().skip(1) {
        if page.new_sheet {
            all.push(start..i);
            start = i;
        }
    }
    all.push(start..pages.len());
    all
}

fn append_chapter(layout: &mut Layout, paginated: PaginatedPages) {
    let before = layout.pages.len();
    let shifted = |position: Position| Position { page: position.page + before, ..position };
    layout.pages.extend(paginated.pages);
    layout.outline.extend(paginated.outline.into_iter().map(|mut bookmark| {
        bookmark.position = shifted(bookmark.position);
        bookmark
    }));
    for (landmark, position) in paginated.landmarks {
        layout.landmarks.entry(landmark).or_insert(shifted(position));
    }
}

/// Lays out one chapter, in the largest type that meets its sheet target.
fn lay_out_chapter(context: &mut LayoutContext, chapter: &Chapter) -> PaginatedPages {
    let first_page = context.document.pages.get(chapter.pages.start);
    let requested = first_page.and_then(|page| page.sheets).map(usize::from);
    let first = chapter.tried(context, 0);
    let target =
        first.and_then(|first| Some((sheet_target(&first, requested)?, first.fill_ratios.iter().sum::<f32>())));
    let Some(((most, least), filled)) = target else { return chapter.laid_out(context, 0) };
    // An upper bound of the line height that can meet the target; steps with more are not tried.
    let max_line_height = most as f32 / filled + FEWER_LINES;
    let height = |style: &Style| style.scale * style.line_spacing;
    let is_candidate =
        |&step: &usize| context.styles[step].scale >= least && height(&context.styles[step]) <= max_line_height;
    for step in (1..context.styles.len()).filter(is_candidate).collect::<Vec<_>>() {
        if chapter.tried(context, step).is_some_and(|smaller| smaller.pages.len() <= most) {
            return chapter.laid_out(context, step);
        }
    }
    let laid_out = chapter.laid_out(context, 0);
    if let (Some(requested), Some(page)) = (requested, first_page) {
        let part = source_places::DocumentPart::Page(&page.id).to_string();
        let message = format!("{part} does not fit {requested} sheets, not even in the smallest type");
        context.report(&part, Diagnostic::error("layout", message));
    }
    laid_out
}

/// The most sheets that a chapter should take, and the least type scale for that; `None` if the first layout is fine.
fn sheet_target(first: &PaginatedPages, requested: Option<usize>) -> Option<(usize, f32)> {
    let count = first.pages.len();
    match requested {
        Some(requested) => (count > requested).then_some((requested, 0.0)),
        None if !(2..=LONG_CHAPTER).contains(&count) || first.fill_ratios.iter().all(|share| *share > SPARSE_SHEET) => {
            None
        }
        None => Some((count - 1, 1.0 - MAX_REDUCTION)),
    }
}

/// A chapter to lay out, and what its layout depends on.
struct Chapter<'c> {
    families: &'c TableFamilies,
    cover: &'c [TemplateItem],
    pages: Range<usize>,
    /// The numbers of the notes that earlier chapters have in the structure tree.
    tagged_notes: BTreeSet<usize>,
}

impl Chapter<'_> {
    fn laid_out(&self, context: &mut LayoutContext, step: usize) -> PaginatedPages {
        context.use_style(step);
        let flow_items = blocks::compose(context, self.families, self.cover, self.pages.clone());
        let paginated = paginate(context, flow_items, self.tagged_notes.clone());
        context.use_style(0);
        paginated
    }

    /// The pages in a type size, without what is drawn on them; nothing is left in the context. None if there are findings.
    fn tried(&self, context: &mut LayoutContext, step: usize) -> Option<PaginatedPages> {
        let (mark, findings) = (context.checkpoint(), context.findings.len());
        context.is_trial = true;
        let tried = self.laid_out(context, step);
        context.is_trial = false;
        context.rewind(mark);
        let is_sound = context.findings.len() == findings;
        context.findings.truncate(findings);
        is_sound.then_some(tried)
    }
}
