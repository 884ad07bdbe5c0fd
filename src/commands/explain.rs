//! `kessan explain`: shows where a figure comes from, which relations guard it, and every place that shows it.

use std::{collections::BTreeSet, path::Path};

use super::{
    explanation::{Amount, EnteredInput, Explanation, FigureLocation, Guard, StatedValue, UsedFormula},
    figure_sources::FigureSources,
};
use crate::{
    check::{Verdict, format_number, in_entered_unit, name},
    closing::{Closing, LoadedRelease},
    diag::{Diagnostic, Findings, Place, Source},
    figures::{AppliedDeclaration, Book, Derivation, FactId, RoundedFormula},
    model::{Expr, Node, RoundingMode, WaiverTarget, parse_formula},
    present::FigureUse,
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

/// The explanation from the first selected release that has the figure, or the findings if none has.
pub fn explain(request: &Explain) -> (Option<Explanation>, Vec<Diagnostic>) {
    let mut findings = Findings::new();
    let slugs = select_releases(request.root, request.slugs, &mut findings);
    let (project, project_findings) = Project::load(request.root);
    findings.extend(project_findings);
    for slug in &slugs {
        match LoadedRelease::load(request.root, &project, slug) {
            Ok(loaded) => match explain_figure(&FigureSources::of(&Closing::new(&loaded)), request.figure) {
                Ok(explanation) => return (Some(explanation), Vec::new()),
                Err(unknown) => findings.extend(unknown),
            },
            Err(found) => findings.extend(found),
        }
    }
    (None, findings.sorted())
}

/// Explains a figure, named as formulas name it or as `table/row/column`. Errors: there is no such figure or cell.
pub fn explain_figure(sources: &FigureSources, figure: &str) -> Result<Explanation, Vec<Diagnostic>> {
    let source = Source::new("figure", figure);
    let place = Place::new(&source, 0..figure.len());
    if figure.matches('/').count() == 2 && !figure.contains([' ', '(']) {
        return explain_cell(sources, figure, &place).map_err(|finding| vec![finding]);
    }
    let expr = parse_formula(figure, &place).map_err(|finding| vec![finding])?;
    let release = sources.book.release;
    let unknown = release.unknown_names(&expr);
    if !unknown.is_empty() {
        return Err(unknown);
    }
    let period = release.period.as_ref().map_or("", |period| period.value.as_str());
    explanation(sources, &expr, period).map_err(|finding| vec![finding])
}

fn explain_cell(sources: &FigureSources, path: &str, place: &Place) -> Result<Explanation, Diagnostic> {
    let parts: Vec<_> = path.split('/').collect();
    let is_requested = |used: &&FigureUse| {
        used.cell.as_ref().is_some_and(|cell| {
            let is_column =
                parts.get(2).is_some_and(|column| *column == cell.period || column.parse() == Ok(cell.column + 1));
            *used.place == *parts[0] && parts.get(1) == Some(&&*cell.row) && is_column
        })
    };
    let used = sources.uses.iter().find(is_requested).ok_or_else(|| {
        let message = format!("no cell `{path}` shows a figure");
        Diagnostic::error("unknown-row", message).at(place, "expected `table/row/column`")
    })?;
    explanation(sources, &parse_formula(used.name(), place)?, "")
}

fn explanation(sources: &FigureSources, expr: &Expr, period: &str) -> Result<Explanation, Diagnostic> {
    let book = sources.book;
    let figure = book.name(expr, period, None);
    let own_period = figure.rsplit_once('@').map_or(period, |(_, period)| period);
    let stated = book.stated(&figure);
    // What is stated may have no prior period, or anything else that its formula needs.
    let (facts, value) = match (inputs(book, expr, period), value(book, expr, period)) {
        (Ok(facts), Ok(value)) => (facts, value),
        _ if stated.is_some() => (BTreeSet::new(), None),
        (Err(finding), _) | (_, Err(finding)) => return Err(finding),
    };
    let mut formulas = Vec::new();
    add_formulas(book, expr, own_period, 1, &mut formulas);
    Ok(Explanation {
        value,
        formulas,
        stated: stated.map(|(_, stated)| StatedValue {
            value: format_number(stated.shows.value),
            at: position(&stated.shows.place),
        }),
        entered: facts.iter().map(|fact| entered_input(book, *fact)).collect(),
        guards: guards(sources, &facts, &figure),
        shown: locations(sources, &figure),
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

fn guards(sources: &FigureSources, facts: &BTreeSet<FactId>, figure: &str) -> Vec<Guard> {
    let pairs = sources.relations.iter().zip(sources.verdicts);
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
fn locations(sources: &FigureSources, figure: &str) -> Vec<FigureLocation> {
    let editions = sources.editions().enumerate();
    editions.flat_map(|(edition, (book, uses))| locations_in(edition, book, uses, figure)).collect()
}

fn locations_in(edition: usize, book: &Book, uses: &[FigureUse], figure: &str) -> Vec<FigureLocation> {
    let release = book.release;
    let language = (release.languages.len() > 1).then(|| release.language.value.clone());
    let uses = uses.iter().enumerate().filter(|(_, used)| used.name() == figure);
    let mut seen = BTreeSet::new();
    // The text of a row is in each of its cells.
    let uses = uses.filter(|(_, used)| used.cell.is_some() || seen.insert((&used.place, position(&used.at))));
    uses.map(|(index, used)| FigureLocation {
        place: match &used.cell {
            Some(cell) => format!("{}/{}/{}", used.place, cell.row, cell.column + 1),
            None => format!("page {}", used.place),
        },
        language: language.clone(),
        value: used.derivation.rounded.displayed_value(&book.values).map(|value| value.to_string()).unwrap_or_default(),
        unit: used.derivation.unit.to_string(),
        rounding: rounding(&used.derivation),
        declared: declaration(book, &used.derivation),
        at: position(&used.at),
        used: (edition, index),
    })
    .collect()
}

fn rounding(derivation: &Derivation) -> String {
    let RoundedFormula { mode, decimals, .. } = &derivation.rounded;
    let word = RoundingMode::WORDS.iter().find(|(_, known)| known == mode).map_or("", |(word, _)| *word);
    format!("{word} to {decimals} decimal{}", if *decimals == 1 { "" } else { "s" })
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
