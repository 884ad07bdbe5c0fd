//! What a release files with an exchange: the figures and texts of one of its pages as facts of a form, each with its concept,
//! context and unit.

mod concept;
mod context;
mod fact;
mod figures;
mod near_concepts;
mod page;
mod spans;
mod statements;
mod timing;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

pub use fact::{Context, ContextPeriod, Fact, FactValue, NumberForm, Span, TextForm, UnitMeasure};
pub use page::{Block, HeadCell, Row, Table};

use crate::{
    diag::{Diagnostic, Findings, nearest, quoted_list},
    figures::Book,
    model::{At, Decimal, FilingForm, FilingSpec, Release, Taxonomy, Words},
    present::{
        Presentation,
        document::{self, Document},
    },
};

/// The rule of all findings here.
const RULE: &str = "exchange";

/// A filing, ready to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct Filing {
    pub taxonomy: Arc<Taxonomy>,
    pub form: String,
    /// The folder of its files, empty for none, and what their names begin with.
    pub folder: String,
    pub name: String,
    /// The namespace of its own schema.
    pub namespace: String,
    /// The entity that files it.
    pub entity: String,
    /// BCP 47 language tag of its texts.
    pub language: String,
    pub title: String,
    /// By id.
    pub contexts: BTreeMap<String, Context>,
    /// By id.
    pub units: BTreeMap<String, UnitMeasure>,
    pub blocks: Vec<Block>,
    /// The facts that the page does not show.
    pub hidden: Vec<Fact>,
}

/// The filing of a release, if it declares one and its form is known. Findings: figures without a concept, concepts that do not
/// fit, facts that are missing or contradict each other, and, where the whole dataset could be read (`is_sound`), what is declared
/// for figures that are not shown.
pub fn file(
    book: &Book,
    words: &Words,
    presented: &Presentation,
    taxonomy: &Arc<Taxonomy>,
    is_sound: bool,
) -> (Option<Filing>, Findings) {
    let mut findings = Findings::new();
    let release = book.release;
    // A filing has no place for what is not known yet, and a release without a day is reported.
    let is_pending = book.has_pending || !release.pending.is_empty();
    let is_dated = release.date.is_some();
    let Some(spec) = release.filing.as_ref().filter(|_| !is_pending && is_dated) else { return (None, findings) };
    let form = findings.keep(find_form(spec, taxonomy));
    let is_code = findings.keep(check_code(spec, taxonomy)).is_some();
    let page = findings.keep(find_page(spec, &presented.document));
    let year = findings.keep(context::FiscalYear::of(release, spec));
    let is_in_months = form.zip(year).is_none_or(|(form, year)| {
        findings.keep(year.check_months(form, release, spec));
        year.has_whole_months()
    });
    let (Some(form), Some(page), Some(year), true) = (form, page, year, is_code && is_in_months) else {
        return (None, findings);
    };
    let document = &presented.document;
    let mut builder = Builder {
        title: document::plain(&document.title),
        book,
        words,
        spec,
        taxonomy,
        is_sound,
        year,
        uses: figures::FigureIndex::new(&presented.uses),
        previous: concept::previous_figures(release),
        pending: Vec::new(),
        contexts: BTreeMap::new(),
        units: BTreeMap::new(),
        hidden: Vec::new(),
        values: BTreeMap::new(),
        contradicted: BTreeSet::new(),
        stated: BTreeSet::new(),
        used: vec![false; spec.figures.len() + spec.untagged.len()],
        wrong: BTreeSet::new(),
        missing: BTreeMap::new(),
        findings,
    };
    builder.read_statements(page);
    let mut blocks = Vec::new();
    if document.pages.first() == Some(page) {
        blocks.extend(builder.head(document));
    }
    blocks.extend(builder.blocks(&page.blocks, &page.id));
    builder.hide_pending();
    builder.report_missing();
    if is_sound {
        builder.report_unused();
    }
    let Builder { title, contexts, units, hidden, findings, .. } = builder;
    let files = &taxonomy.files;
    let named = |pattern: &str| fill(pattern, spec, form, taxonomy, release);
    let filing = Filing {
        taxonomy: Arc::clone(taxonomy),
        form: spec.form.value.clone(),
        folder: named(form.folder.as_ref().unwrap_or(&files.folder)),
        name: named(&files.name),
        namespace: named(&files.namespace),
        entity: named(&files.entity),
        language: document.language.clone(),
        title,
        contexts,
        units,
        blocks,
        hidden,
    };
    (Some(filing), findings)
}

/// Collects the facts of a page.
struct Builder<'b, 'r> {
    book: &'b Book<'r>,
    words: &'b Words,
    /// The title of the release.
    title: String,
    spec: &'b FilingSpec,
    taxonomy: &'b Taxonomy,
    /// Whether the whole dataset could be read.
    is_sound: bool,
    year: context::FiscalYear,
    uses: figures::FigureIndex<'b>,
    /// The figures that say what was forecast before.
    previous: BTreeSet<String>,
    /// The texts that were not found on the page yet, with their facts.
    pending: Vec<(String, Fact)>,
    contexts: BTreeMap<String, Context>,
    units: BTreeMap<String, UnitMeasure>,
    hidden: Vec<Fact>,
    /// The value of each number so far, by concept and context, with its decimals and figure.
    values: BTreeMap<(String, String), (Option<Decimal>, i32, String)>,
    /// The concepts whose facts contradict each other, each reported once.
    contradicted: BTreeSet<String>,
    /// The concepts and contexts of statements.
    stated: BTreeSet<(String, String)>,
    /// Which declared figures, then which of those without a concept, were met.
    used: Vec<bool>,
    /// The figures whose concept does not fit.
    wrong: BTreeSet<String>,
    /// The figures without a concept, with the place that asks for them.
    missing: BTreeMap<String, Diagnostic>,
    findings: Findings,
}

impl Builder<'_, '_> {
    /// Reports the figures of the page that have no concept.
    fn report_missing(&mut self) {
        // The growth of a figure gets its concept with the figure's.
        let follows = |figure: &str| {
            let grown = figure.strip_prefix("change(").and_then(|inner| inner.strip_suffix(')'));
            grown.is_some_and(|grown| self.missing.contains_key(grown) || self.wrong.contains(grown))
        };
        let own = self.missing.iter().filter(|(figure, _)| !follows(figure));
        self.findings.extend(own.map(|(_, finding)| finding.clone()));
    }

    /// Reports what is declared for figures that the page does not show.
    fn report_unused(&mut self) {
        let declared = self.spec.figures.iter().map(|figure| &figure.figure);
        let declared = declared.chain(self.spec.untagged.iter().map(|(figure, _)| figure));
        for (figure, _) in declared.zip(&self.used).filter(|(_, used)| !**used) {
            let message = format!("the page `{}` shows no figure `{}`", self.spec.page.value, figure.value);
            let near = nearest(&figure.value, self.missing.keys().map(String::as_str));
            let near = near.map(|near| format!("did you mean `{near}`?"));
            self.findings.push(Diagnostic::warning(RULE, message).at(&figure.place, near.unwrap_or_default()));
        }
    }
}

/// Fills the places of a pattern.
fn fill(pattern: &str, spec: &FilingSpec, form: &FilingForm, taxonomy: &Taxonomy, release: &Release) -> String {
    let date = release.date.map(|date| date.to_string().replace('-', "")).unwrap_or_default();
    let fill = |pattern: &str| {
        let filled = pattern.replace("{form}", &spec.form.value).replace("{path}", &form.path);
        filled.replace("{code}", &spec.code.value).replace("{date}", &date)
    };
    let number = spec.number.as_ref().map_or_else(|| fill(&taxonomy.files.number), |number| number.value.clone());
    fill(pattern).replace("{number}", &number)
}

fn find_form<'t>(spec: &FilingSpec, taxonomy: &'t Taxonomy) -> Result<&'t FilingForm, Diagnostic> {
    if let Some(form) = taxonomy.forms.get(&spec.form.value) {
        return Ok(form);
    }
    let forms = taxonomy.forms.keys().map(String::as_str);
    let finding = Diagnostic::error(RULE, format!("there is no form `{}`", spec.form.value));
    Err(match nearest(&spec.form.value, forms.clone()) {
        Some(near) => finding.at(&spec.form.place, format!("did you mean `{near}`?")),
        None => finding.at(&spec.form.place, "").note(format!("the forms are {}", quoted_list(forms))),
    })
}

/// A code becomes part of file names and addresses.
fn check_code(spec: &FilingSpec, taxonomy: &Taxonomy) -> Result<(), Diagnostic> {
    let is_code = |text: &str, length: Option<usize>| {
        let is_plain = text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        is_plain && !text.is_empty() && length.is_none_or(|length| text.len() == length)
    };
    let check = |text: &At<String>, length, expected: String| {
        let message = format!("`{}` is not {expected}", text.value);
        let finding = || Diagnostic::error(RULE, message).at(&text.place, "only digits and capital letters");
        if is_code(&text.value, length) { Ok(()) } else { Err(finding()) }
    };
    let length = taxonomy.files.code_length;
    check(&spec.code, Some(length), format!("a code of {length} characters"))?;
    spec.number.as_ref().map_or(Ok(()), |number| check(number, None, String::from("the number of a filing")))
}

fn find_page<'d>(spec: &FilingSpec, document: &'d Document) -> Result<&'d document::Page, Diagnostic> {
    let ids = || document.pages.iter().map(|page| page.id.as_str());
    document.pages.iter().find(|page| page.id == spec.page.value).ok_or_else(|| {
        let finding = Diagnostic::error(RULE, format!("there is no page `{}`", spec.page.value));
        match nearest(&spec.page.value, ids()) {
            Some(near) => finding.at(&spec.page.place, format!("did you mean `{near}`?")),
            None => finding.at(&spec.page.place, "").note(format!("the pages are {}", quoted_list(ids()))),
        }
    })
}
