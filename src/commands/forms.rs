//! `kessan forms`: lists the forms that a release can file with an exchange, and the concepts of a form.

use std::path::Path;

use crate::{
    diag::{Diagnostic, Findings, nearest, quoted_list},
    model::{Axis, Concept, ConceptKind, DefinitionLink, Taxonomy},
    project::Project,
};

/// The request for the concepts of a form.
#[derive(Debug)]
pub struct Forms<'a> {
    pub root: &'a Path,
    /// The form.
    pub form: &'a str,
    /// What a concept's name must contain, in any case; all concepts when empty.
    pub words: &'a [String],
}

/// A form, as its table names and describes it.
#[derive(Debug, PartialEq, Eq)]
pub struct ListedForm {
    pub name: String,
    /// What it is, in a phrase; may be empty.
    pub title: String,
}

/// A part of a form.
#[derive(Debug, PartialEq, Eq)]
pub struct FormPart {
    pub heading: String,
    /// What its figures can be: the members that tell results from forecasts. Empty if nothing tells them.
    pub outlooks: Vec<String>,
    /// In the order of the form.
    pub concepts: Vec<ListedConcept>,
}

/// A concept that can be reported.
#[derive(Debug, PartialEq, Eq)]
pub struct ListedConcept {
    pub name: String,
    /// What it is reported by: `money`, `per share`.
    pub kind: String,
    /// Whether it is of a day, not of a period.
    pub is_instant: bool,
    /// The members of which `members` must name one, for each axis where none follows.
    pub choices: Vec<Vec<String>>,
}

/// The forms of a project's tables, in the order of their names. Errors: a table cannot be read.
pub fn list_forms(root: &Path) -> Result<Vec<ListedForm>, Vec<Diagnostic>> {
    let forms = read_tables(root)?.into_iter().flat_map(|table| table.forms);
    let mut forms: Vec<ListedForm> = forms.map(|(name, form)| ListedForm { name, title: form.title }).collect();
    forms.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(forms)
}

/// The parts of a form with the concepts that have the words in their names. Errors: a table cannot be read, there is no such
/// form, or no concept has the words.
pub fn list_concepts(request: &Forms) -> Result<Vec<FormPart>, Vec<Diagnostic>> {
    let tables = read_tables(request.root)?;
    let Some(table) = tables.iter().find(|table| table.forms.contains_key(request.form)) else {
        let known = tables.iter().flat_map(|table| table.forms.keys().map(String::as_str));
        return Err(vec![unknown_form(request.form, known)]);
    };
    let words: Vec<String> = request.words.iter().map(|word| word.to_lowercase()).collect();
    let parts = table.links_of(request.form).map(|link| part(table, link, &words));
    let parts: Vec<FormPart> = parts.filter(|part| !part.concepts.is_empty()).collect();
    if parts.is_empty() && !words.is_empty() {
        let words = quoted_list(request.words.iter().map(String::as_str));
        let message = format!("the form `{}` has no concept whose name contains {words}", request.form);
        return Err(vec![Diagnostic::error("exchange", message)]);
    }
    Ok(parts)
}

fn read_tables(root: &Path) -> Result<Vec<Taxonomy>, Vec<Diagnostic>> {
    let (project, _) = Project::load(root);
    let mut findings = Findings::new();
    let tables = project.taxonomies(&mut findings);
    if findings.has_errors() { Err(findings.sorted()) } else { Ok(tables) }
}

fn unknown_form<'a>(form: &str, known: impl Iterator<Item = &'a str> + Clone) -> Diagnostic {
    let finding = Diagnostic::error("exchange", format!("there is no form `{form}`"));
    match nearest(form, known.clone()) {
        Some(near) => finding.note(format!("did you mean `{near}`?")),
        None => finding.note(format!("the forms are {}", quoted_list(known))),
    }
}

fn part(table: &Taxonomy, link: &DefinitionLink, words: &[String]) -> FormPart {
    let outlooks = link.axes.iter().find(|axis| axis.name == table.forecast.axis);
    let concepts = link.items.iter().filter_map(|(_, name)| {
        let Concept { kind, is_instant } = *table.concepts.get(name)?;
        let lower = name.to_lowercase();
        let choices = link.axes.iter().filter(|axis| needs_member(table, axis, name));
        let choices = choices.map(|axis| axis.members.clone()).collect();
        let is_asked_for = words.iter().all(|word| lower.contains(word));
        is_asked_for.then(|| ListedConcept { name: name.clone(), kind: kind_word(kind), is_instant, choices })
    });
    FormPart {
        heading: link.heading.clone(),
        outlooks: outlooks.map(|axis| axis.members.clone()).unwrap_or_default(),
        concepts: concepts.collect(),
    }
}

fn kind_word(kind: ConceptKind) -> String {
    let word = ConceptKind::WORDS.iter().find(|(_, known)| *known == kind).map_or("", |(word, _)| word);
    word.replace('_', " ")
}

/// Whether the dataset has to name the member of an axis: there are several, and none of them is usual.
fn needs_member(table: &Taxonomy, axis: &Axis, concept: &str) -> bool {
    let usual = table.usual_members.get(concept);
    let is_usual = usual.is_some_and(|usual| usual.iter().any(|member| axis.members.contains(member)));
    axis.name != table.forecast.axis && axis.members.len() > 1 && !is_usual
}
