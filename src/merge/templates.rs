//! Templates of pages, parsed once and rendered with the data of each page.

use std::{collections::BTreeMap, sync::Arc};

use roxmltree::Document;
use serde::Serialize;
use tera::{Context, ErrorKind, ReportError, Tera};

use super::limits::{RenderError, RenderThreads, new_engine};
use crate::diag::{Diagnostic, Place, Source};

const RULE: &str = "template";

/// A parsed set of templates. Values in `*.html` and `*.xml` are escaped unless the template uses `safe`.
#[derive(Debug)]
pub struct Templates {
    tera: Arc<Tera>,
    sources: BTreeMap<String, Arc<Source>>,
    threads: RenderThreads,
}

/// The values of a view as the engine takes them.
#[derive(Debug)]
pub struct SharedView(Context);

impl Templates {
    /// Parses `files`: names under `templates/` (`html/page.html`) and their texts. A later file replaces an earlier one of the same name.
    pub fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Diagnostic> {
        let sources: BTreeMap<_, _> = files
            .into_iter()
            .map(|(name, text)| (name.to_owned(), Source::new(format!("templates/{name}"), text)))
            .collect();
        let mut tera = new_engine();
        tera.autoescape_on([".html", ".xml"]);
        let texts = sources.iter().map(|(name, source)| (name.as_str(), source.text.as_str()));
        match tera.add_raw_templates(texts) {
            Ok(()) => Ok(Self { tera: Arc::new(tera), sources, threads: RenderThreads::default() }),
            Err(error) => Err(finding(&error, &sources, None)),
        }
    }

    /// Renders the template `name` with `view`, which must serialize as a map with text keys.
    pub fn render(&self, name: &str, view: &impl Serialize) -> Result<String, Diagnostic> {
        self.render_values(name, self.context(name, view)?)
    }

    /// Converts a view for [`Templates::render_shared`], for a template that is rendered many times.
    pub fn share(&self, name: &str, view: &impl Serialize) -> Result<SharedView, Diagnostic> {
        self.context(name, view).map(SharedView)
    }

    /// Renders the template `name` with a view that was converted before, and with `view`, whose values come first.
    pub fn render_shared(&self, name: &str, shared: &SharedView, view: &impl Serialize) -> Result<String, Diagnostic> {
        let mut context = shared.0.clone();
        context.extend(self.context(name, view)?);
        self.render_values(name, context)
    }

    fn context(&self, name: &str, view: &impl Serialize) -> Result<Context, Diagnostic> {
        Context::from_serialize(view).map_err(|error| finding(&error, &self.sources, Some(name)))
    }

    fn render_values(&self, name: &str, context: Context) -> Result<String, Diagnostic> {
        let (tera, template) = (Arc::clone(&self.tera), name.to_owned());
        let rendered = self.threads.render(move |out| tera.render_to(&template, &context, out));
        let text = rendered.map_err(|error| match error {
            RenderError::Engine(error) => finding(&error, &self.sources, Some(name)),
            RenderError::Limit(message) => finding_at_start(message, name, &self.sources),
        })?;
        match name.ends_with(".xml").then(|| Document::parse(&text)) {
            Some(Err(error)) => {
                Err(finding_at_start(format!("the template does not give XML: {error}"), name, &self.sources))
            }
            _ => Ok(text),
        }
    }
}

/// The engine's error as a finding in its template; `rendered` names the template if the error does not.
fn finding(error: &tera::Error, sources: &BTreeMap<String, Arc<Source>>, rendered: Option<&str>) -> Diagnostic {
    let finding_at_start = |message: String, name: &str| finding_at_start(message, name, sources);
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => finding_at_span(report, sources),
        ErrorKind::TemplateNotFound(name) => Diagnostic::error(RULE, format!("the template `{name}` is missing")),
        ErrorKind::MissingParent { current, parent } => {
            finding_at_start(format!("the template extends `{parent}`, which does not exist"), current)
        }
        ErrorKind::CircularExtend { tpl, .. } => finding_at_start("the template extends itself".to_owned(), tpl),
        ErrorKind::CircularInclude { tpl, .. } => finding_at_start("the template includes itself".to_owned(), tpl),
        other => finding_at_start(to_phrase(&other.to_string()).0, rendered.unwrap_or_default()),
    }
}

/// A finding at the start of a template.
fn finding_at_start(message: String, name: &str, sources: &BTreeMap<String, Arc<Source>>) -> Diagnostic {
    match sources.get(name) {
        Some(source) => Diagnostic::error(RULE, message).at(&Place::new(source, 0..0), ""),
        None => Diagnostic::error(RULE, message),
    }
}

/// A finding for an error with a place.
fn finding_at_span(report: &ReportError, sources: &BTreeMap<String, Arc<Source>>) -> Diagnostic {
    let (message, note) = to_phrase(report.message());
    let mut finding = Diagnostic::error(RULE, message);
    if let Some(source) = sources.get(report.filename()) {
        finding = finding.at(&Place::new(source, report.span().range.clone()), "");
    }
    match note {
        Some(note) => finding.note(note),
        None => finding,
    }
}

/// The engine's message as a finding: the first sentence becomes the phrase, the rest a note.
fn to_phrase(message: &str) -> (String, Option<String>) {
    let (first, rest) = message.split_once(". ").unwrap_or((message, ""));
    (lower_first(first.trim_end_matches('.')), (!rest.is_empty()).then(|| lower_first(rest)))
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(files: &[(&str, &str)]) -> Diagnostic {
        let view = BTreeMap::from([("name", "<b>")]);
        Templates::new(files.iter().copied()).and_then(|templates| templates.render("a.html", &view)).unwrap_err()
    }

    #[test]
    fn what_is_printed_is_escaped() {
        let view = BTreeMap::from([("name", "<b>")]);
        let templates = Templates::new([("a.html", "{{ name }} {{ name | safe }}")]).unwrap();
        assert_eq!(templates.render("a.html", &view).unwrap(), "&lt;b&gt; <b>");
    }

    #[test]
    fn an_undefined_name_points_at_itself() {
        let found = failure(&[("a.html", "<p>\n{{ nme }}")]);
        let (place, _) = found.place.unwrap();
        assert_eq!(found.message, "variable `nme` is not defined");
        assert_eq!(found.notes, ["available variables: name"]);
        assert_eq!((format!("{place:?}").as_str(), place.text()), ("templates/a.html:2:4", "nme"));
    }

    #[test]
    fn an_xml_template_gives_xml() {
        let none: BTreeMap<String, String> = BTreeMap::new();
        for (text, is_xml) in [("<a/>", true), ("<a><b></a>", false), ("<a>&nbsp;</a>", false), ("<a>\0</a>", false)] {
            let templates = Templates::new([("site/feed.xml", text)]).unwrap();
            let found = templates.render("site/feed.xml", &none);
            assert_eq!(found.is_ok(), is_xml, "{text:?}");
            let place = found.err().and_then(|found| found.place);
            assert!(is_xml || place.is_some_and(|(place, _)| place.source.path == "templates/site/feed.xml"));
        }
    }

    #[test]
    fn a_syntax_error_points_at_itself() {
        let found = failure(&[("a.html", "ok"), ("b.html", "{% if %}")]);
        assert_eq!(format!("{:?}", found.place.unwrap().0), "templates/b.html:1:7");
    }

    #[test]
    fn a_missing_parent_and_a_missing_template_are_named() {
        let found = failure(&[("a.html", "{% extends \"base.html\" %}")]);
        assert_eq!(found.message, "the template extends `base.html`, which does not exist");
        assert!(found.place.is_some());
        assert_eq!(failure(&[]).message, "the template `a.html` is missing");
    }
}
