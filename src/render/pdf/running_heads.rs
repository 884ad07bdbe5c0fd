//! Page furniture: running heads, page numbers, the draft banner and the watermark.

use super::{
    faces::FontRole,
    layout_context::{LayoutContext, TextFormat},
    page::{Item, Layout, Page, Rule, Watermark},
    print_templates::{self, Alignment, PageNumber, TemplateItem},
    style::Pt,
    text,
};
use crate::{diag::Diagnostic, merge::Templates};

/// The gap between two texts with the same alignment, in the type size.
const TEXT_GAP: f32 = 0.95;
/// The distance of a rule below the baseline of the running head.
const RULE_DISTANCE: Pt = 5.0;

/// The items of the cover; an error of the template is reported as a finding.
pub fn cover_template(context: &mut LayoutContext, templates: &Templates) -> Vec<TemplateItem> {
    let default_format = (context.style.body, context.style.ink);
    // Before pagination the number of pages is not known.
    let number = PageNumber { page: 1, pages: 0 };
    let parts = print_templates::shared_view(templates, "cover", context.document).and_then(|view| {
        print_templates::template_items(templates, "cover", (&view, number), context.style, default_format)
    });
    parts_or_report(context, parts)
}

/// Adds furniture to every page, outside the structure tree.
pub fn add_furniture(context: &mut LayoutContext, layout: &mut Layout, templates: &Templates) {
    let view = print_templates::shared_view(templates, "head", context.document);
    let Some(view) = view.map_err(|finding| context.findings.push(finding)).ok() else { return };
    let pages = layout.pages.len();
    for (i, page) in layout.pages.iter_mut().enumerate() {
        let landscape = page.width > page.height;
        let [_, right, _, left] = context.style.margins(landscape);
        let sides = (left, page.width - right);
        let number = PageNumber { page: i + 1, pages };
        let (head, foot) = (context.style.head, page.height - context.style.foot);
        for (name, baseline) in [("head", head), ("foot", foot)].into_iter().skip(usize::from(i == 0)) {
            let default_format = (context.style.furniture, context.style.quiet);
            let parts =
                print_templates::template_items(templates, name, (&view, number), context.style, default_format);
            let Some(parts) = parts.map_err(|finding| context.findings.push(finding)).ok() else { return };
            place_line(context, page, &parts, sides, baseline);
        }
        add_watermark(context, page);
        add_draft_banner(context, page, sides);
    }
}

fn parts_or_report(context: &mut LayoutContext, parts: Result<Vec<TemplateItem>, Diagnostic>) -> Vec<TemplateItem> {
    parts.map_err(|finding| context.findings.push(finding)).unwrap_or_default()
}

fn furniture_format(context: &LayoutContext, font_role: FontRole) -> TextFormat<'static> {
    context
        .text_format(context.style.furniture, "the running head")
        .with_font(font_role)
        .with_colour(context.style.quiet)
}

/// Places one line of furniture: right-aligned texts, then centred and left-aligned texts in the remaining room. A text that is
/// too long ends in an ellipsis.
fn place_line(
    context: &mut LayoutContext,
    page: &mut Page,
    parts: &[TemplateItem],
    (mut left, mut right): (Pt, Pt),
    baseline: Pt,
) {
    let (start, end) = (left, right);
    for wanted in [Alignment::Right, Alignment::Centre, Alignment::Left] {
        for part in parts {
            let TemplateItem::Line { alignment, font_role, type_size, colour, text } = part else { continue };
            if *alignment != wanted || text.is_empty() {
                continue;
            }
            let format =
                TextFormat { type_size: *type_size, ..furniture_format(context, *font_role).with_colour(*colour) };
            let text = text::truncate(context, text, format, right - left);
            let width = context.width(format.font_role, &text, type_size.size, format.place);
            let x = match alignment {
                Alignment::Left => left,
                Alignment::Centre => (start + end - width) / 2.0,
                Alignment::Right => right - width,
            };
            place_text(context, page, &text, format, x, baseline);
            match alignment {
                Alignment::Left => left += width + TEXT_GAP * type_size.size,
                Alignment::Centre => right = right.min(x - TEXT_GAP * type_size.size),
                Alignment::Right => right -= width + TEXT_GAP * type_size.size,
            }
        }
    }
    for part in parts {
        if let TemplateItem::Rule { thickness, colour } = part {
            let (y, width) = (baseline + RULE_DISTANCE, end - start);
            page.items.push(Item::Rule(Rule { x: start, y, width, thickness: *thickness, colour: *colour }));
        }
    }
}

/// The maximum length of the watermark, as a share of the diagonal of the page.
const WATERMARK_LENGTH: f32 = 0.7;
/// The tint of the alarm colour, which keeps text over the watermark readable.
const WATERMARK_TINT: f32 = 0.11;

/// Adds a watermark to a page of a draft, behind all other items.
fn add_watermark(context: &mut LayoutContext, page: &mut Page) {
    if context.document.draft.is_none() {
        return;
    }
    let word = context.word("draft_across", "DRAFT");
    let (diagonal, angle) = (page.width.hypot(page.height), (page.height / page.width).atan());
    let wide = context.width(FontRole::Strong, word, 1.0, "the mark of a draft").max(0.1);
    let size = (WATERMARK_LENGTH * diagonal / wide).min(page.width.min(page.height) * 0.4);
    let mut format = furniture_format(context, FontRole::Strong).with_colour(context.style.alarm.tint(WATERMARK_TINT));
    format.type_size.size = size;
    // The centre of the word is at the centre of the page: half its length back, a third of its height down.
    let (back, down) = (wide * size / 2.0, size * 0.33);
    let x = page.width / 2.0 - back * angle.cos() + down * angle.sin();
    let y = page.height / 2.0 + back * angle.sin() + down * angle.cos();
    let runs =
        text::break_plain_text(context, word, format, Pt::MAX).into_iter().flat_map(|line| line.into_items(x, y));
    let watermarks = runs.filter_map(|item| {
        if let Item::Text(run) = item { Some(Item::Watermark(Watermark { run, angle })) } else { None }
    });
    page.items.splice(0..0, watermarks);
}

/// Adds the draft label at the top of a page.
fn add_draft_banner(context: &mut LayoutContext, page: &mut Page, (left, right): (Pt, Pt)) {
    let Some(draft) = &context.document.draft else { return };
    let mut strong = furniture_format(context, FontRole::Strong).with_colour(context.style.alarm);
    strong.type_size.size *= 1.25;
    let mark = text::truncate(context, &draft.mark, strong, right - left);
    let width = context.width(FontRole::Strong, &mark, strong.type_size.size, strong.place);
    place_text(context, page, &mark, strong, (left + right - width) / 2.0, context.style.banner);
    let rule = |x: Pt, width: Pt| {
        let (y, thickness, colour) = (context.style.banner - 3.2, 1.2, context.style.alarm);
        Item::Rule(Rule { x, y, width: width.max(0.0), thickness, colour })
    };
    let rule_width = (right - left - width) / 2.0 - 8.0;
    page.items.extend([rule(left, rule_width), rule(right - rule_width, rule_width)]);
}

/// Places one line of text on the page.
fn place_text(context: &mut LayoutContext, page: &mut Page, words: &str, format: TextFormat, x: Pt, y: Pt) {
    for line in text::break_plain_text(context, words, format, Pt::MAX) {
        page.items.extend(line.into_items(x, y));
    }
}
