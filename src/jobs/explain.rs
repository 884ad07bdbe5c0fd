//! `kessan explain`: where a number comes from, what guards it, and everywhere it is shown.

use std::{collections::BTreeSet, fmt::Write, path::Path};

use super::{
    Project,
    release::{Studied, study},
    select::select,
};
use crate::{
    check::{Verdict, entered_as, name, plain},
    diag::{Diagnostic, Findings, Place, Source},
    figures::{AppliedDeclaration, Book, Derivation, FactId},
    model::{Expr, Node, WaiverOf, expression},
    present::FigureUse,
};

/// What to explain.
#[derive(Debug)]
pub struct Explain<'a> {
    pub root: &'a Path,
    /// All releases when empty.
    pub slugs: &'a [String],
    /// A figure as formulas name it, or `table/row/column`: the column by its number from 1, or by its period.
    pub figure: &'a str,
}

/// The explanation, from the first release that knows the figure, and what was wrong with the question.
pub fn explain(request: &Explain) -> (String, Vec<Diagnostic>) {
    let mut findings = Findings::new();
    let slugs = select(request.root, request.slugs, &mut findings);
    let (project, faults) = Project::load(request.root);
    findings.extend(faults);
    for slug in &slugs {
        let (told, found) = study(request.root, &project, slug, |studied| asked(&studied, request.figure));
        match told {
            Some(Ok(text)) => return (text, Vec::new()),
            Some(Err(unknown)) => findings.extend(unknown),
            None => findings.extend(found),
        }
    }
    (String::new(), findings.sorted())
}

fn asked(studied: &Studied, figure: &str) -> Result<String, Vec<Diagnostic>> {
    let source = Source::new("figure", figure);
    let place = Place::new(&source, 0..figure.len());
    if figure.matches('/').count() == 2 && !figure.contains([' ', '(']) {
        return cell(studied, figure, &place).map_err(|finding| vec![finding]);
    }
    let expr = expression(figure, &place).map_err(|finding| vec![finding])?;
    let release = studied.checked.book.release;
    let unknown = release.unknown_names(&expr);
    if !unknown.is_empty() {
        return Err(unknown);
    }
    let period = release.period.as_ref().map_or("", |period| period.value.as_str());
    told(studied, &expr, period, None).map_err(|finding| vec![finding])
}

/// The figure in a cell.
fn cell(studied: &Studied, path: &str, place: &Place) -> Result<String, Diagnostic> {
    let parts: Vec<_> = path.split('/').collect();
    let here = |used: &&FigureUse| {
        used.cell.as_ref().is_some_and(|cell| {
            let column =
                parts.get(2).is_some_and(|column| *column == cell.period || column.parse() == Ok(cell.column + 1));
            used.place == parts[0] && parts.get(1) == Some(&cell.row.as_str()) && column
        })
    };
    let found = studied.checked.presented.uses.iter().find(here);
    let used = found.ok_or_else(|| {
        let message = format!("no cell `{path}` shows a figure");
        Diagnostic::error("unknown-row", message).at(place, "expected `table/row/column`")
    })?;
    let expr = expression(used.name(), place)?;
    told(studied, &expr, "", None)
}

fn told(studied: &Studied, expr: &Expr, period: &str, member: Option<&str>) -> Result<String, Diagnostic> {
    let book = studied.checked.book;
    let name = book.name(expr, period, member);
    let mut out = format!("{name}\n");
    let asked = name.rsplit_once('@').map_or(period, |(_, period)| period);
    formula(book, expr, asked, 1, &mut out);
    let facts = inputs(book, expr, period, member)?;
    match book.value(expr, period, member)? {
        Ok(value) => {
            let unit = book.unit_of(expr);
            let factor = unit.as_ref().map(|unit| unit.scale.factor()).unwrap_or_default();
            let in_unit = value.checked_div(factor).unwrap_or(value);
            let unit = unit.map(|unit| unit.to_string()).unwrap_or_default();
            _ = writeln!(out, "  value      {} {unit}", plain(in_unit.round_dp(10)));
        }
        Err(_) => out.push_str("  value      none\n"),
    }
    if let Some((_, stated)) = book.stated(&name) {
        _ = writeln!(out, "  stated     {} at {}", plain(stated.shows.value), at(&stated.shows.place));
    }
    for fact in &facts {
        let entered = &book.entered[*fact];
        let value = plain(entered_as(book, *fact, book.values[*fact]));
        _ = writeln!(out, "  entered    {} = {value} {}  {}", self::name(book, *fact), entered.unit, at(entered.place));
    }
    guards(studied, &facts, &name, &mut out);
    places(studied, &name, &mut out);
    Ok(out)
}

/// The formula of a measure, and of the measures it is made of.
fn formula(book: &Book, expr: &Expr, period: &str, depth: usize, out: &mut String) {
    if depth > 8 {
        return;
    }
    let mut named = BTreeSet::new();
    expr.walk(&mut |part| {
        if let Node::Line { name, .. } = &part.node {
            named.insert(name.clone());
        }
    });
    for name in named {
        let Some(measure) = book.release.measure(&name) else { continue };
        let indent = "  ".repeat(depth);
        let used = measure.formula_in.get(period).unwrap_or(&measure.formula);
        _ = writeln!(out, "{indent}formula    {name} = {used}  {}", at(&used.place));
        formula(book, used, period, depth + 1, out);
    }
}

fn inputs(book: &Book, expr: &Expr, period: &str, member: Option<&str>) -> Result<BTreeSet<FactId>, Diagnostic> {
    let mut facts = BTreeSet::new();
    if let Ok((formula, _)) = book.bind_formula(expr, period, member)? {
        formula.facts(&mut |id| _ = facts.insert(id));
    }
    Ok(facts)
}

/// The relations that a wrong input would break.
fn guards(studied: &Studied, facts: &BTreeSet<FactId>, name: &str, out: &mut String) {
    let ledger = &studied.ledger;
    for (relation, verdict) in ledger.relations.iter().zip(&ledger.verdicts) {
        let own = relation.terms.iter().any(|term| term == name);
        if !own && relation.facts().is_disjoint(facts) {
            continue;
        }
        let verdict = match verdict {
            Verdict::Exact => "exact",
            Verdict::Acknowledged(_) => "acknowledged",
            Verdict::Waived(..) => "waived",
            Verdict::Broken(_) => "broken",
        };
        _ = writeln!(out, "  guarded by {} ({verdict})", relation.name);
    }
}

/// Every place that shows the figure, with what moved it there.
fn places(studied: &Studied, name: &str, out: &mut String) {
    let book = studied.checked.book;
    for used in studied.checked.presented.uses.iter().filter(|used| used.name() == name) {
        let shown = used.recipe.rounded.displayed(&book.values).map(|shown| shown.to_string()).unwrap_or_default();
        let place = match &used.cell {
            Some(cell) => format!("{}/{}/{}", used.place, cell.row, cell.column + 1),
            None => format!("page {}", used.place),
        };
        let moved = moved(book, &used.recipe);
        _ = writeln!(out, "  shown in   {place} as {shown} {}{moved}  {}", used.recipe.unit, at(&used.at));
    }
}

fn moved(book: &Book, recipe: &Derivation) -> String {
    let reason = match recipe.rounded.applied {
        Some(AppliedDeclaration::Adjusted(index)) => Some(("adjusted", &book.release.adjustments[index].reason.value)),
        Some(AppliedDeclaration::Waived(index)) => match &book.release.waivers[index].of {
            WaiverOf::Figure { .. } => Some(("waived", &book.release.waivers[index].reason.value)),
            WaiverOf::Relation { .. } => None,
        },
        Some(AppliedDeclaration::Stated(_)) => return String::from(" (stated)"),
        None => None,
    };
    reason.map_or(String::new(), |(what, reason)| format!(" ({what}: {reason})"))
}

fn at(place: &Place) -> String {
    let (line, column) = place.source.line_column(place.start);
    format!("{}:{line}:{column}", place.source.path)
}
