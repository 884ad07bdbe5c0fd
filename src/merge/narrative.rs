//! Evaluates the template expressions in narrative text: every `{{ … }}` becomes a placeholder, or is reported with its
//! line.

use std::{collections::BTreeMap, ops::Range, sync::Arc};

use tera::{Context, ErrorKind, Kwargs, State, Tera, TeraResult};

use super::{
    limits::{RenderError, new_engine, render_with_limits},
    pasted::repair_expressions,
    placeholders,
    plain_calls::replace_plain_calls,
};
use crate::diag::{Diagnostic, Place, nearest};

/// The maximum number of errors reported in one text.
const MAX_ERRORS: usize = 100;

/// Evaluates texts with a fixed set of filters.
pub struct Merger {
    tera: Arc<Tera>,
    filters: Vec<&'static str>,
}

impl Merger {
    /// `filters` are the filters that are available after `|`, in addition to those of the template engine.
    pub fn new(filters: &[&'static str]) -> Self {
        let mut tera = new_engine();
        for name in filters.iter().copied() {
            tera.register_filter(name, move |subject: &str, options: Kwargs, _: &State| {
                call_placeholder(name, subject, &options)
            });
        }
        Self { tera: Arc::new(tera), filters: filters.to_vec() }
    }

    /// The engine's error as a finding at the word it refers to.
    fn finding(&self, message: String, at: &Place) -> Diagnostic {
        let at = extend_to_word(at);
        let finding = Diagnostic::error("template", message);
        if finding.message.starts_with("variable ") {
            return finding.at(&at, "").help("write a figure's name in quotes: `{{ \"is.sales\" | amount }}`");
        }
        let is_filter = finding.message.starts_with("unknown filter");
        let near = nearest(at.text(), self.filters.iter().copied()).filter(|_| is_filter);
        finding.at(&at, near.map_or(String::new(), |near| format!("did you mean `{near}`?")))
    }

    /// Evaluates the text at `place`; each filter call becomes a placeholder. A failing expression is reported and
    /// blanked, so that all errors of a text are reported at once.
    pub fn merge(&self, place: &Place, findings: &mut Vec<Diagnostic>) -> String {
        let text = place.text();
        if !text.contains("{{") && !text.contains("{%") && !text.contains("{#") {
            return text.to_owned();
        }
        report_comments(place, findings);
        let text = repair_expressions(place, findings);
        if let Some(merged) = replace_plain_calls(&text, place.start, &self.filters) {
            return merged;
        }
        let mut marked = insert_places(&text, place.start);
        for _ in 0..MAX_ERRORS {
            let (tera, text) = (Arc::clone(&self.tera), marked.text.clone());
            let merged = render_with_limits(move |out| tera.render_str_to(&text, &Context::new(), false, out));
            let errors = match merged {
                Ok(merged) => return merged,
                Err(RenderError::Engine(error)) => engine_errors(&error, &marked.text),
                Err(RenderError::Limit(message)) => {
                    findings.push(Diagnostic::error("template", message).at(place, ""));
                    break;
                }
            };
            let mut blanked = marked.blanked.clone();
            for (message, span) in errors {
                let original = span.map(|span| marked.original_span(&span));
                let at = original.clone().map_or_else(
                    || place.clone(),
                    |span| Place::new(&place.source, place.start + span.start..place.start + span.end),
                );
                findings.push(self.finding(message, &at));
                if let Some(tag) = original.and_then(|span| tag_around(&marked.blanked, &span)) {
                    blanked = blank_out(&blanked, &tag);
                }
            }
            if blanked == marked.blanked {
                break;
            }
            marked = insert_places(&blanked, place.start);
        }
        String::new()
    }
}

/// Reports comments of the template engine, which it removes.
fn report_comments(place: &Place, findings: &mut Vec<Diagnostic>) {
    let text = place.text();
    let mut done = 0;
    while let Some(start) = text[done..].find("{#").map(|at| done + at) {
        let Some(end) = text[start..].find("#}").map(|length| start + length + 2) else { break };
        let at = Place::new(&place.source, place.start + start..place.start + end);
        let finding = Diagnostic::error("template", "a text between `{#` and `#}` is not published").at(&at, "");
        findings.push(finding.help("write a note for colleagues as a comment of the file: `# …` in TOML, `<!-- … -->` as a paragraph of its own in the narrative"));
        done = end;
    }
}

fn call_placeholder(name: &str, subject: &str, options: &Kwargs) -> TeraResult<String> {
    let options: BTreeMap<_, _> = options.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect();
    Ok(placeholders::encode_call(name, subject, &options))
}

/// Extends a place to the end of the word that it is in.
fn extend_to_word(at: &Place) -> Place {
    let rest = at.source.text.get(at.start..).unwrap_or_default();
    let word = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
    Place { end: at.end.max(at.start + word), ..at.clone() }
}

/// A text with a place placeholder before each expression, and the positions of these placeholders.
struct MarkedText {
    text: String,
    blanked: String,
    /// (offset in the text without placeholders, length of the placeholder)
    insertions: Vec<(usize, usize)>,
}

fn insert_places(text: &str, base: usize) -> MarkedText {
    let mut marked = MarkedText { text: String::new(), blanked: text.to_owned(), insertions: Vec::new() };
    let mut done = 0;
    while let Some(start) = text[done..].find("{{").map(|at| done + at) {
        let end = text[start..].find("}}").map_or(text.len(), |len| start + len + 2);
        marked.text.push_str(&text[done..start]);
        let mark = placeholders::encode_place(&(base + start..base + end));
        marked.insertions.push((start, mark.len()));
        marked.text.push_str(&mark);
        marked.text.push_str(&text[start..end]);
        done = end;
    }
    marked.text.push_str(&text[done..]);
    marked
}

impl MarkedText {
    /// Translates a range of the marked text to the text without placeholders.
    fn original_span(&self, span: &Range<usize>) -> Range<usize> {
        let back = |at: usize| {
            let mut shift = 0;
            for (offset, len) in &self.insertions {
                if offset + shift + len <= at {
                    shift += len;
                } else {
                    break;
                }
            }
            at.saturating_sub(shift).min(self.blanked.len())
        };
        back(span.start)..back(span.end)
    }
}

/// The `{{ }}` or `{% %}` around a range.
fn tag_around(text: &str, span: &Range<usize>) -> Option<Range<usize>> {
    let upto = text.get(..(span.start + 2).min(text.len()))?;
    let start = upto.rfind("{{").max(upto.rfind("{%"))?;
    let rest = &text[start..];
    let close = if rest.starts_with("{{") { "}}" } else { "%}" };
    let len = rest.find(close).map_or(rest.len(), |len| len + 2);
    Some(start..start + len)
}

/// Replaces a range by letters; blanks would be code in Markdown at the start of a line.
fn blank_out(text: &str, span: &Range<usize>) -> String {
    let blanks: String = text[span.clone()].bytes().map(|byte| if byte == b'\n' { '\n' } else { 'x' }).collect();
    format!("{}{blanks}{}", &text[..span.start], &text[span.end..])
}

/// The messages of the engine's error, with their ranges in the text.
fn engine_errors(error: &tera::Error, text: &str) -> Vec<(String, Option<Range<usize>>)> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            vec![(to_phrase(report.message()), Some(report.span().range.clone()))]
        }
        ErrorKind::Msg(reports) => parse_drawn_reports(reports, text),
        _ => vec![(to_phrase(&error.to_string()), None)],
    }
}

/// Parses the engine's formatted reports of unknown names: `error: message`, then `--> name:line:column`.
fn parse_drawn_reports(reports: &str, text: &str) -> Vec<(String, Option<Range<usize>>)> {
    let mut found = Vec::new();
    let mut lines = reports.lines().peekable();
    while let Some(line) = lines.next() {
        let Some(message) = line.strip_prefix("error: ") else { continue };
        let place =
            lines.peek().and_then(|next| next.trim().strip_prefix("--> ")).and_then(|place| offset(place, text));
        found.push((to_phrase(message), place.map(|at| at..at)));
    }
    if found.is_empty() {
        found.push((to_phrase(reports), None));
    }
    found
}

/// The byte offset of `name:line:column`; both count from 1, the column in characters.
fn offset(place: &str, text: &str) -> Option<usize> {
    let mut parts = place.rsplit(':');
    let (column, line): (usize, usize) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let before: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let chars = text.get(before..)?.chars().take(column.checked_sub(1)?);
    Some(before + chars.map(char::len_utf8).sum::<usize>())
}

/// An engine's message as a phrase: lower case, without a full stop.
fn to_phrase(message: &str) -> String {
    let message = placeholders::strip_placeholders(message.lines().next().unwrap_or_default());
    let message = message.replace("`&str`", "a text").replace("`i64`", "a number").replace("`f64`", "a number");
    let mut chars = message.trim_end_matches('.').chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Source;

    #[test]
    fn every_failing_expression_is_told_with_its_own_place() {
        let source =
            Source::new("a.md", "x {{ \"a\" | amount }}\n{{ nothing }} and {{ \"b\" | grows }}\n{{ \"c\" | amount");
        let mut findings = Vec::new();
        let place = Place::new(&source, 0..source.text.len());
        Merger::new(&["amount"]).merge(&place, &mut findings);
        let engine_errors: Vec<_> = findings
            .iter()
            .filter_map(|finding| finding.place.as_ref())
            .map(|(place, _)| source.line_column(place.start))
            .collect();
        assert_eq!(engine_errors.len(), 3, "{findings:#?}");
        assert!(engine_errors.contains(&(2, 4)), "{engine_errors:?}");
    }

    #[test]
    fn plain_calls_become_what_the_engine_makes_of_them() {
        let merge = |text: &str| {
            let source = Source::new("a.md", text);
            let mut findings = Vec::new();
            let place = Place::new(&source, 0..source.text.len());
            let merged = Merger::new(&["amount", "change"]).merge(&place, &mut findings);
            assert!(findings.is_empty(), "{findings:#?}");
            merged
        };
        for text in [
            "売上高は{{ \"is.sales\" | amount }}。\n\n{{\"a\"|change(unit=\"百万円\", decimals=1 ,points = false)}}\n",
            "{{ \"a.b@c\" | amount() }}{{\n\"x + y\" | change( style=\"of {} it\" )\n}} } {",
        ] {
            let by_engine = merge(&format!("{text}\n{{% if false %}}{{% endif %}}"));
            assert_eq!(merge(text) + "\n", by_engine, "{text}");
        }
    }
}
