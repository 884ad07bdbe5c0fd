//! Findings as a person reads them: the message, the user's own line with carets, notes and helps.

use annotate_snippets::{Annotation, AnnotationKind, Element, Group, Level as Mood, Message, Renderer, Snippet, Title};

use super::{
    Diagnostic, Level,
    excerpt::{Excerpt, excerpts},
    sanitize,
};

/// The width that long lines are cut to, whatever the terminal: the same findings give the same text.
const WIDTH: usize = 140;

/// The findings one after the other, an empty line after each; with colour codes only when `colour` asks for them.
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
    // The renderer counts columns in the text that it is given.
    columns.iter().fold(text, |text, (shown, meant)| text.replacen(shown, meant, 1))
}

fn group(finding: &Diagnostic, excerpts: Vec<Excerpt>) -> Group<'_> {
    let excerpts = excerpts.into_iter().map(|excerpt| Element::from(snippet(excerpt)));
    let notes = finding.notes.iter().map(|note| message(Mood::NOTE, note));
    let helps = finding.helps.iter().map(|help| message(Mood::HELP, help));
    Group::with_title(title(finding)).elements(excerpts).elements(notes).elements(helps)
}

fn title(finding: &Diagnostic) -> Title<'_> {
    let mood = match finding.level {
        Level::Error => Mood::ERROR,
        Level::Warning => Mood::WARNING,
    };
    mood.primary_title(sanitize::one_line(&finding.message)).id(finding.rule)
}

fn message<'a>(mood: Mood<'a>, text: &str) -> Message<'a> {
    mood.message(sanitize::lines(text))
}

fn snippet(excerpt: Excerpt) -> Snippet<'static, Annotation<'static>> {
    let marks = excerpt.marks.into_iter().map(|mark| {
        let kind = if mark.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
        kind.span(mark.span).label(Some(mark.label).filter(|label| !label.is_empty()))
    });
    Snippet::source(excerpt.text).path(excerpt.path).line_start(excerpt.first_line).annotations(marks)
}
