//! Chapters: narrative pages that follow each other on the same sheets, set a little smaller where that spares a sparse sheet.

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

/// A sheet filled less than this is sparse.
const SPARSE_SHEET: f32 = 0.6;
/// How much smaller type may be in order to spare a sheet: a reader should not see a statement in another size than the next.
const MAX_REDUCTION: f32 = 0.1;
/// How much larger type may be than the space alone allows, because its lines and heads are fewer.
const FEWER_LINES: f32 = 0.08;
/// In a longer chapter a sparse sheet does not matter so much.
const LONG_CHAPTER: usize = 12;

/// Lays out all chapters, one behind the other; page furniture is still missing.
pub fn lay_out(context: &mut LayoutContext, templates: &Templates) -> Layout {
    let cover = running_heads::cover(context, templates);
    let families = TableFamilies::of(context);
    let mut layout = Layout::default();
    let mut tagged_notes = BTreeSet::new();
    for pages in chapters(&context.document.pages) {
        let mut paginated = lay_out_chapter(context, &families, &cover, pages, &tagged_notes);
        tagged_notes = std::mem::take(&mut paginated.tagged_notes);
        append(&mut layout, paginated);
    }
    layout.tree = std::mem::take(&mut context.tree);
    layout
}

/// The narrative pages from each new sheet to the next. There is always one chapter: it bears the title.
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

fn append(layout: &mut Layout, paginated: PaginatedPages) {
    let before = layout.pages.len();
    let moved = |position: Position| Position { page: position.page + before, ..position };
    layout.pages.extend(paginated.pages);
    layout.outline.extend(paginated.outline.into_iter().map(|mut bookmark| {
        bookmark.position = moved(bookmark.position);
        bookmark
    }));
    for (landmark, position) in paginated.landmarks {
        layout.landmarks.entry(landmark).or_insert(moved(position));
    }
}

/// Lays out one chapter, in the largest type that makes good use of its sheets.
fn lay_out_chapter(
    context: &mut LayoutContext,
    families: &TableFamilies,
    cover: &[TemplateItem],
    pages: Range<usize>,
    tagged_notes: &BTreeSet<usize>,
) -> PaginatedPages {
    let (mark, findings) = (context.mark(), context.findings.len());
    let first = lay_out_in_style(context, families, cover, pages.clone(), tagged_notes, 0);
    let asked = context.document.pages.get(pages.start).and_then(|page| page.sheets).map(usize::from);
    let Some((most, least)) = sheet_target(&first, asked).filter(|_| context.findings.len() == findings) else {
        return first;
    };
    let own = context.rewind(mark);
    // What is set smaller takes less space, and by so many fewer lines even less; larger steps need not be tried.
    let guess = most as f32 / first.fill_ratios.iter().sum::<f32>() + FEWER_LINES;
    let height = |style: &Style| style.scale * style.line_spacing;
    let tried = |&step: &usize| context.styles[step].scale >= least && height(&context.styles[step]) <= guess;
    for step in (1..context.styles.len()).filter(tried).collect::<Vec<_>>() {
        let smaller = lay_out_in_style(context, families, cover, pages.clone(), tagged_notes, step);
        if smaller.pages.len() <= most {
            return smaller;
        }
        context.rewind(mark);
    }
    context.restore(own);
    if let (Some(asked), Some(page)) = (asked, context.document.pages.get(pages.start)) {
        let part = source_places::DocumentPart::Page(&page.id).to_string();
        let message = format!("{part} does not fit {asked} sheets, not even in the smallest type");
        context.report(&part, Diagnostic::error("layout", message));
    }
    first
}

/// How many sheets a chapter should take, and how small its type may be for that; none when it is well as it is.
fn sheet_target(first: &PaginatedPages, asked: Option<usize>) -> Option<(usize, f32)> {
    let count = first.pages.len();
    match asked {
        Some(asked) => (count > asked).then_some((asked, 0.0)),
        None if !(2..=LONG_CHAPTER).contains(&count) || first.fill_ratios.iter().all(|share| *share > SPARSE_SHEET) => {
            None
        }
        None => Some((count - 1, 1.0 - MAX_REDUCTION)),
    }
}

fn lay_out_in_style(
    context: &mut LayoutContext,
    families: &TableFamilies,
    cover: &[TemplateItem],
    pages: Range<usize>,
    tagged_notes: &BTreeSet<usize>,
    step: usize,
) -> PaginatedPages {
    context.use_style(step);
    let flow_items = blocks::compose(context, families, cover, pages);
    let paginated = paginate(context, flow_items, tagged_notes.clone());
    context.use_style(0);
    paginated
}
