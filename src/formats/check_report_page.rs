//! Renders the check report as the page `checks.html`.

use serde::Serialize;

use crate::{
    closing::{CheckReport, RelationFamily, RuleCount},
    diag::Diagnostic,
    merge::Templates,
    present::{
        document::{Document, plain},
        fill_places,
    },
    render::html::{Head, Shell},
};

/// The values that the template receives.
#[derive(Serialize)]
struct View<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    release: String,
    issuer: &'a str,
    draft: Option<&'a str>,
    relations: usize,
    /// The rules by name, each with the names of the rule and of what it looked at in the language, and how many.
    looked_at: Vec<[String; 3]>,
    checks: &'a CheckReport,
}

/// The HTML of the page. Errors: the template fails.
pub(super) fn page(
    checks: &CheckReport,
    document: &Document,
    templates: &Templates,
    shell: &Shell,
) -> Result<String, Diagnostic> {
    let release = plain(&document.title);
    let name = document.words.get("checks_title").map_or("", String::as_str);
    let word =
        |key: &str, fills: &[(&str, &str)]| fill_places(document.words.get(key).map_or("", String::as_str), fills);
    let title = word("page_title", &[("title", name), ("of", &release)]);
    let description =
        word("checks_description", &[("title", name), ("issuer", &document.issuer), ("release", &release)]);
    let head = Head { title, description, ..Head::new(shell, &document.language, &document.words) };
    let count = |family: &RelationFamily| family.exact + family.acknowledged + family.waived + family.broken;
    templates.render(
        "html/checks.html",
        &View {
            head,
            release,
            issuer: &document.issuer,
            draft: document.draft.as_ref().map(|draft| draft.mark.as_str()),
            relations: checks.families.iter().map(count).sum(),
            looked_at: checks.rules.iter().map(|rule| looked_at(rule, document)).collect(),
            checks,
        },
    )
}

/// A rule, what it looked at and how many, in the words of the language.
fn looked_at(rule: &RuleCount, document: &Document) -> [String; 3] {
    let word = |prefix: &str, name: &str| document.words.get(&format!("{prefix}_{}", name.replace('-', "_")));
    let name = word("family", &rule.name).or_else(|| word("rule", &rule.name)).unwrap_or(&rule.name);
    let what = word("looked", &rule.looked_at).unwrap_or(&rule.looked_at);
    [name.clone(), what.clone(), rule.count.map_or_else(|| String::from("–"), |count| count.to_string())]
}
