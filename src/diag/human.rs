//! Formats findings for people: the message, the lines of the file with carets, notes and help.

use annotate_snippets::{
    Annotation, AnnotationKind, Element, Group, Level as SnippetLevel, Message, Renderer, Snippet, Title,
};

use super::{
    Diagnostic, Level,
    excerpt::{Excerpt, excerpts},
    sanitize,
};

/// The width at which long lines are cut. It does not depend on the terminal, so that output is reproducible.
const WIDTH: usize = 140;

/// Formats findings, each followed by an empty line; with colour codes only if `colour` is true.
pub fn human(findings: &[Diagnostic], colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(WIDTH);
    findings.iter().map(|finding| render(finding, &renderer) + "\n\n").collect()
}

fn render(finding: &Diagnostic, renderer: &Renderer) -> String {
    let excerpts = excerpts(finding);
    let mut columns = Vec::new();
    for excerpt in &excerpts {
        if let Some((line, column)) = excerpt.origin {
            let at = |column: usize| format!("{}:{line}:{column}", excerpt.path);
            columns.push((at(excerpt.main_column()), at(column)));
        }
    }
    let text = renderer.render(&[group(finding, excerpts)]);
    // The renderer counts columns in the shortened text: restore the columns of the file.
    columns.iter().fold(text, |text, (shown, meant)| text.replacen(shown, meant, 1))
}

fn group(finding: &Diagnostic, excerpts: Vec<Excerpt>) -> Group<'_> {
    let excerpts = excerpts.into_iter().map(|excerpt| Element::from(snippet(excerpt)));
    let notes = finding.notes.iter().map(|note| message(SnippetLevel::NOTE, note));
    let helps = finding.helps.iter().map(|help| message(SnippetLevel::HELP, help));
    Group::with_title(title(finding)).elements(excerpts).elements(notes).elements(helps)
}

fn title(finding: &Diagnostic) -> Title<'_> {
    let level = match finding.level {
        Level::Error => SnippetLevel::ERROR,
        Level::Warning => SnippetLevel::WARNING,
    };
    level.primary_title(sanitize::one_line(&finding.message)).id(finding.rule)
}

fn message<'a>(level: SnippetLevel<'a>, text: &str) -> Message<'a> {
    level.message(sanitize::lines(text))
}

fn snippet(excerpt: Excerpt) -> Snippet<'static, Annotation<'static>> {
    let marks = excerpt.marks.into_iter().map(|mark| {
        let kind = if mark.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
        kind.span(mark.span).label(Some(mark.label).filter(|label| !label.is_empty()))
    });
    Snippet::source(excerpt.text).path(excerpt.path).line_start(excerpt.first_line).annotations(marks)
}
