//! `kessan explain`: shows where a figure comes from, which relations guard it, and every place that shows it.

use std::{collections::BTreeSet, fmt, path::Path};

use serde::Serialize;

use crate::{
    check::{Verdict, format_number, in_entered_unit, name},
    closing::{Closing, LoadedRelease},
    diag::{Diagnostic, Findings, Place, Source},
    figures::{AppliedDeclaration, Book, Derivation, FactId},
    model::{Expr, Node, WaiverTarget, parse_formula},
    present::{FigureUse, Presentation},
    project::{Project, select_releases},
};

/// The request for an explanation.
#[derive(Debug)]
pub struct Explain<'a> {
    pub root: &'a Path,
    /// All releases when empty.
    pub slugs: &'a [String],
    /// A figure as formulas name it, or `table/row/column`: the column by its number from 1, or by its period.
    pub figure: &'a str,
}

/// The explanation of a figure. [`Display`](fmt::Display) gives the text for the terminal.
#[derive(Debug, Serialize)]
pub struct Explanation {
    /// The figure's name, `is.total_revenues@fy2009`.
    pub figure: String,
    /// The formulas it comes from, outermost first; none for an entered amount.
    pub formulas: Vec<UsedFormula>,
    /// None if there is no number.
    pub value: Option<Amount>,
    /// The number that the dataset states for it instead of deriving it.
    pub stated: Option<StatedValue>,
    pub entered: Vec<EnteredInput>,
    pub guards: Vec<Guard>,
    pub shown: Vec<FigureLocation>,
}

/// The formula of a measure.
#[derive(Debug, Serialize)]
pub struct UsedFormula {
    pub measure: String,
    pub formula: String,
    /// File, line and column, as every `at` below.
    pub at: String,
    /// 1 for the figure's own formula, 2 for those of the measures in it, and so on.
    pub depth: usize,
}

/// A number, exact to ten decimals, and its unit.
#[derive(Debug, Serialize)]
pub struct Amount {
    pub value: String,
    pub unit: String,
}

/// A stated figure.
#[derive(Debug, Serialize)]
pub struct StatedValue {
    pub value: String,
    pub at: String,
}

/// An entered amount that the figure depends on.
#[derive(Debug, Serialize)]
pub struct EnteredInput {
    pub name: String,
    pub value: String,
    pub unit: String,
    pub at: String,
}

/// A relation that a wrong input would break.
#[derive(Debug, Serialize)]
pub struct Guard {
    pub relation: String,
    /// `exact`, `acknowledged`, `waived` or `broken`.
    pub verdict: &'static str,
}

/// A place that shows the figure.
#[derive(Debug, Serialize)]
pub struct FigureLocation {
    /// `table/row/column`, or `page <id>`.
    pub place: String,
    /// The language of the page; none in a release with one language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    pub value: String,
    pub unit: String,
    /// What the dataset declares for it there: `adjusted: <reason>`, `waived: <reason>` or `stated`.
    pub declared: Option<String>,
    pub at: String,
}

/// The explanation from the first selected release that has the figure, or the findings if none has.
pub fn explain(request: &Explain) -> (Option<Explanation>, Vec<Diagnostic>) {
    let mut findings = Findings::new();
    let slugs = select_releases(request.root, request.slugs, &mut findings);
    let (project, project_findings) = Project::load(request.root);
    findings.extend(project_findings);
    for slug in &slugs {
        match LoadedRelease::load(request.root, &project, slug) {
            Ok(loaded) => match explain_figure(&Closing::new(&loaded), request.figure) {
                Ok(explanation) => return (Some(explanation), Vec::new()),
                Err(unknown) => findings.extend(unknown),
            },
            Err(found) => findings.extend(found),
        }
    }
    (None, findings.sorted())
}

/// Explains a figure, named as formulas name it or as `table/row/column`. Errors: there is no such figure or cell.
pub fn explain_figure(closing: &Closing, figure: &str) -> Result<Explanation, Vec<Diagnostic>> {
    let source = Source::new("figure", figure);
    let place = Place::new(&source, 0..figure.len());
    if figure.matches('/').count() == 2 && !figure.contains([' ', '(']) {
        return explain_cell(closing, figure, &place).map_err(|finding| vec![finding]);
    }
    let expr = parse_formula(figure, &place).map_err(|finding| vec![finding])?;
    let release = closing.book.release;
    let unknown = release.unknown_names(&expr);
    if !unknown.is_empty() {
        return Err(unknown);
    }
    let period = release.period.as_ref().map_or("", |period| period.value.as_str());
    explanation(closing, &expr, period).map_err(|finding| vec![finding])
}

fn explain_cell(closing: &Closing, path: &str, place: &Place) -> Result<Explanation, Diagnostic> {
    let parts: Vec<_> = path.split('/').collect();
    let is_requested = |used: &&FigureUse| {
        used.cell.as_ref().is_some_and(|cell| {
            let is_column =
                parts.get(2).is_some_and(|column| *column == cell.period || column.parse() == Ok(cell.column + 1));
            used.place == parts[0] && parts.get(1) == Some(&cell.row.as_str()) && is_column
        })
    };
    let used = closing.presented.uses.iter().find(is_requested).ok_or_else(|| {
        let message = format!("no cell `{path}` shows a figure");
        Diagnostic::error("unknown-row", message).at(place, "expected `table/row/column`")
    })?;
    explanation(closing, &parse_formula(used.name(), place)?, "")
}

fn explanation(closing: &Closing, expr: &Expr, period: &str) -> Result<Explanation, Diagnostic> {
    let book = &closing.book;
    let figure = book.name(expr, period, None);
    let own_period = figure.rsplit_once('@').map_or(period, |(_, period)| period);
    let facts = inputs(book, expr, period)?;
    let mut formulas = Vec::new();
    add_formulas(book, expr, own_period, 1, &mut formulas);
    let stated = book.stated(&figure);
    Ok(Explanation {
        value: value(book, expr, period)?,
        formulas,
        stated: stated.map(|(_, stated)| StatedValue {
            value: format_number(stated.shows.value),
            at: position(&stated.shows.place),
        }),
        entered: facts.iter().map(|fact| entered_input(book, *fact)).collect(),
        guards: guards(closing, &facts, &figure),
        shown: locations(closing, &figure),
        figure,
    })
}

fn value(book: &Book, expr: &Expr, period: &str) -> Result<Option<Amount>, Diagnostic> {
    let Ok(value) = book.value(expr, period, None)? else { return Ok(None) };
    let unit = book.unit_of(expr);
    let factor = unit.as_ref().map(|unit| unit.scale.factor()).unwrap_or_default();
    let in_unit = value.checked_div(factor).unwrap_or(value);
    let unit = unit.map(|unit| unit.to_string()).unwrap_or_default();
    Ok(Some(Amount { value: format_number(in_unit.round_dp(10)), unit }))
}

/// How many levels of formulas are listed.
const MAX_DEPTH: usize = 8;

/// Adds the formula of each measure in `expr`, and of the measures in those.
fn add_formulas(book: &Book, expr: &Expr, period: &str, depth: usize, formulas: &mut Vec<UsedFormula>) {
    if depth > MAX_DEPTH {
        return;
    }
    let mut names = BTreeSet::new();
    expr.walk(&mut |part| {
        if let Node::Line { name, .. } = &part.node {
            names.insert(name.clone());
        }
    });
    for name in names {
        let Some(measure) = book.release.measure(&name) else { continue };
        let own_formula = measure.formula_in.get(period).unwrap_or(&measure.formula);
        let (formula, at) = (own_formula.to_string(), position(&own_formula.place));
        formulas.push(UsedFormula { measure: name, formula, at, depth });
        add_formulas(book, own_formula, period, depth + 1, formulas);
    }
}

/// The entered amounts that a figure depends on.
fn inputs(book: &Book, expr: &Expr, period: &str) -> Result<BTreeSet<FactId>, Diagnostic> {
    let mut facts = BTreeSet::new();
    if let Ok((formula, _)) = book.bind_formula(expr, period, None)? {
        formula.facts(&mut |id| _ = facts.insert(id));
    }
    Ok(facts)
}

fn entered_input(book: &Book, fact: FactId) -> EnteredInput {
    let amount = &book.entered[fact];
    let value = format_number(in_entered_unit(book, fact, book.values[fact]));
    EnteredInput { name: name(book, fact), value, unit: amount.unit.to_string(), at: position(amount.place) }
}

fn guards(closing: &Closing, facts: &BTreeSet<FactId>, figure: &str) -> Vec<Guard> {
    let results = &closing.results;
    let pairs = results.relations.iter().zip(&results.verdicts);
    let guards = pairs.filter(|(relation, _)| {
        relation.terms.iter().any(|term| term == figure) || !relation.facts().is_disjoint(facts)
    });
    guards
        .map(|(relation, verdict)| {
            let verdict = match verdict {
                Verdict::Exact => "exact",
                Verdict::Acknowledged(_) => "acknowledged",
                Verdict::Waived(..) => "waived",
                Verdict::Broken(_) => "broken",
            };
            Guard { relation: relation.name.clone(), verdict }
        })
        .collect()
}

/// Every place that shows the figure: those of the original, then those of each translation.
fn locations(closing: &Closing, figure: &str) -> Vec<FigureLocation> {
    let translations = closing.translations.iter().map(|other| (&other.book, &other.presented));
    let editions = std::iter::once((&closing.book, &closing.presented)).chain(translations);
    editions.flat_map(|(book, presented)| locations_in(book, presented, figure)).collect()
}

fn locations_in(book: &Book, presented: &Presentation, figure: &str) -> Vec<FigureLocation> {
    let release = book.release;
    let language = (release.languages.len() > 1).then(|| release.language.value.clone());
    let uses = presented.uses.iter().filter(|used| used.name() == figure);
    let mut seen = BTreeSet::new();
    // The text of a row is in each of its cells.
    let uses = uses.filter(|used| used.cell.is_some() || seen.insert((&used.place, position(&used.at))));
    uses.map(|used| FigureLocation {
        place: match &used.cell {
            Some(cell) => format!("{}/{}/{}", used.place, cell.row, cell.column + 1),
            None => format!("page {}", used.place),
        },
        language: language.clone(),
        value: used.derivation.rounded.displayed_value(&book.values).map(|value| value.to_string()).unwrap_or_default(),
        unit: used.derivation.unit.to_string(),
        declared: declaration(book, &used.derivation),
        at: position(&used.at),
    })
    .collect()
}

fn declaration(book: &Book, derivation: &Derivation) -> Option<String> {
    match derivation.rounded.applied? {
        AppliedDeclaration::Adjusted(index) => {
            Some(format!("adjusted: {}", book.release.adjustments[index].reason.value))
        }
        AppliedDeclaration::Waived(index) => {
            let waiver = &book.release.waivers[index];
            matches!(waiver.of, WaiverTarget::Figure { .. }).then(|| format!("waived: {}", waiver.reason.value))
        }
        AppliedDeclaration::Stated(_) => Some("stated".to_owned()),
    }
}

/// A place as file, line and column, `content/acme/measures.toml:12:4`.
fn position(place: &Place) -> String {
    let (line, column) = place.source.line_column(place.start);
    format!("{}:{line}:{column}", place.source.path)
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.figure)?;
        for UsedFormula { measure, formula, at, depth } in &self.formulas {
            writeln!(f, "{}formula    {measure} = {formula}  {at}", "  ".repeat(*depth))?;
        }
        match &self.value {
            Some(Amount { value, unit }) => writeln!(f, "  value      {value} {unit}")?,
            None => writeln!(f, "  value      none")?,
        }
        if let Some(StatedValue { value, at }) = &self.stated {
            writeln!(f, "  stated     {value} at {at}")?;
        }
        for EnteredInput { name, value, unit, at } in &self.entered {
            writeln!(f, "  entered    {name} = {value} {unit}  {at}")?;
        }
        for Guard { relation, verdict } in &self.guards {
            writeln!(f, "  guarded by {relation} ({verdict})")?;
        }
        for FigureLocation { place, language, value, unit, declared, at } in &self.shown {
            let declared = declared.as_ref().map(|declared| format!(" ({declared})")).unwrap_or_default();
            let language = language.as_ref().map(|language| format!(" [{language}]")).unwrap_or_default();
            writeln!(f, "  shown in   {place}{language} as {value} {unit}{declared}  {at}")?;
        }
        Ok(())
    }
}
