//! `kessan adjust`: proposes the fewest one-unit adjustments that make every printed column add up, and the acknowledgements
//! of the residuals that remain, as TOML to paste into `relations.toml`.

use std::{collections::BTreeMap, fmt, path::Path};

use serde::Serialize;

use super::Report;
use crate::{
    check::{Constraint, Facts, Relation, Verdict, format_number},
    closing::{Closing, LoadedRelease},
    diag::Findings,
    figures::{
        AppliedDeclaration, Formula, RoundedFormula,
        adjust::{Cell, Column, Problem, Solution, solve},
    },
    model::{Decimal, RoundingMode, ToPrimitive},
    project::{Project, select_releases},
};

/// The request for proposals.
#[derive(Debug)]
pub struct Adjust<'a> {
    pub root: &'a Path,
    /// All releases when empty.
    pub slugs: &'a [String],
    /// Whether to ignore the release's own adjustments and propose all of them again.
    pub afresh: bool,
}

/// The proposal for one release. [`Display`](fmt::Display) gives TOML to paste.
#[derive(Debug, Default, Serialize)]
pub struct Proposal {
    pub slug: String,
    pub adjustments: Vec<Adjustment>,
    /// Whether the number of adjustments is proved to be minimal; `false` if the search was cut short.
    pub is_proved: bool,
    /// Whether some columns still do not add up.
    #[serde(skip)]
    has_unmet: bool,
    /// Residuals that remain and that declared precision explains.
    pub acknowledgements: Vec<Acknowledgement>,
}

/// A figure to be moved by one unit.
#[derive(Debug, Serialize)]
pub struct Adjustment {
    pub figure: String,
    pub unit: String,
    /// 1 or -1.
    pub by: i8,
    /// Up to two totals that it helps to add up.
    pub totals: Vec<String>,
}

/// A residual to be acknowledged.
#[derive(Debug, Serialize)]
pub struct Acknowledgement {
    pub relation: String,
    pub residual: String,
}

/// Proposes adjustments for the selected releases, and reports all other findings.
pub fn adjust(request: &Adjust) -> (Vec<Proposal>, Report) {
    let mut findings = Findings::new();
    let slugs = select_releases(request.root, request.slugs, &mut findings);
    let (project, project_findings) = Project::load(request.root);
    findings.extend(project_findings);
    let mut proposals = Vec::new();
    for slug in &slugs {
        let loaded = match LoadedRelease::load(request.root, &project, slug) {
            Ok(loaded) => loaded,
            Err(found) => {
                findings.extend(found);
                continue;
            }
        };
        let closing = Closing::new(&loaded);
        // A column that does not add up is a matter of rounding only if the relations of the books hold.
        if closing.is_sound() && differs_by_rounding_only(&closing) {
            proposals.push(propose(slug, &closing, request.afresh));
            findings.extend(closing.findings.into_iter().filter(|finding| !ADJUSTABLE_RULES.contains(&finding.rule)));
        } else {
            findings.extend(closing.findings);
        }
    }
    (proposals, Report { findings: findings.sorted(), ..Report::default() })
}

/// A figure that may be moved: its name, the unit it is printed in, and its decimals.
type Figure = (String, String, u32);

/// The rules whose findings a proposal resolves.
const ADJUSTABLE_RULES: [&str; 4] = ["displayed", "footing", "cross-footing", "tie"];

/// Whether declared precision explains every relation of the books that does not hold.
fn differs_by_rounding_only(closing: &Closing) -> bool {
    let facts = Facts::of(&closing.book);
    let results = &closing.results;
    let mut pairs = results.relations.iter().zip(&results.verdicts);
    pairs.all(|(relation, verdict)| {
        relation.family == "displayed" || !matches!(verdict, Verdict::Broken(_)) || relation.is_explained(&facts)
    })
}

fn propose(slug: &str, closing: &Closing, afresh: bool) -> Proposal {
    let facts = Facts::of(&closing.book);
    let results = &closing.results;
    let mut columns = Columns { problem: Problem::default(), figures: BTreeMap::new(), relations: Vec::new() };
    for (relation, verdict) in results.relations.iter().zip(&results.verdicts) {
        let is_pinned = matches!(verdict, Verdict::Acknowledged(_) | Verdict::Waived(..));
        if relation.family == "displayed" && (afresh || !is_pinned) {
            columns.add(relation, &facts, afresh);
        }
    }
    let solution = solve(&columns.problem);
    let figures: BTreeMap<usize, &Figure> = columns.figures.iter().map(|(figure, index)| (*index, figure)).collect();
    let adjustment = |(cell, by): &(usize, i8)| {
        let (figure, unit, _) = figures.get(cell)?;
        Some(Adjustment { figure: figure.clone(), unit: unit.clone(), by: *by, totals: columns.totals_with(*cell) })
    };
    Proposal {
        slug: slug.to_owned(),
        adjustments: solution.moves.iter().filter_map(adjustment).collect(),
        is_proved: solution.proved,
        has_unmet: !solution.unmet.is_empty(),
        acknowledgements: acknowledgements(closing, &facts, &columns, &solution),
    }
}

/// The broken relations that declared precision explains and no adjustment resolves.
fn acknowledgements(closing: &Closing, facts: &Facts, columns: &Columns, solution: &Solution) -> Vec<Acknowledgement> {
    let results = &closing.results;
    let pairs = results.relations.iter().zip(&results.verdicts);
    let remaining = pairs.filter_map(|(relation, verdict)| {
        let is_unmet = solution.unmet.iter().any(|column| columns.relations[*column].0 == relation.name);
        let is_broken = matches!(verdict, Verdict::Broken(_)) && relation.family != "displayed";
        let residual = relation.residual(facts).ok().filter(|residual| !residual.is_zero())?;
        let residual = ((is_unmet || is_broken) && relation.is_explained(facts)).then(|| format_number(residual))?;
        Some(Acknowledgement { relation: relation.name.clone(), residual })
    });
    remaining.collect()
}

impl fmt::Display for Proposal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { slug, adjustments, is_proved, has_unmet, acknowledgements } = self;
        if !adjustments.is_empty() || *has_unmet {
            let (moves, proof) = (adjustments.len(), if *is_proved { "" } else { " (not proved to be the fewest)" });
            let plural = if moves == 1 { "" } else { "s" };
            writeln!(f, "# {slug}: {moves} move{plural}{proof}")?;
        }
        for Adjustment { figure, unit, by, totals } in adjustments {
            let verb = if totals.len() == 1 { "adds" } else { "add" };
            let reason = format!("so that {} {verb} up", totals.join(" and "));
            writeln!(f, "\n[[adjust]]\nfigure = \"{figure}\"\nunit = \"{unit}\"\nby = {by}\nreason = \"{reason}\"")?;
        }
        for Acknowledgement { relation, residual } in acknowledgements {
            writeln!(f, "\n[[acknowledge]]\nrelation = \"{relation}\"\nresidual = {residual}")?;
        }
        Ok(())
    }
}

/// Printed columns as a problem for the solver.
struct Columns {
    problem: Problem,
    figures: BTreeMap<Figure, usize>,
    /// For each column, the relation's name and the total it adds up to.
    relations: Vec<(String, String)>,
}

impl Columns {
    fn add(&mut self, relation: &Relation, facts: &Facts, afresh: bool) {
        let Constraint::Balance { total, parts } = &relation.constraint else { return };
        let has_mixed_decimals = parts.iter().any(|(part, _)| part.decimals != total.decimals);
        if total.mode == RoundingMode::Truncate || has_mixed_decimals {
            return;
        }
        let unit = relation.scope.rsplit(", ").next().unwrap_or_default().to_owned();
        let rounded = std::iter::once((total, -1))
            .chain(parts.iter().map(|(part, is_deducted)| (part, if *is_deducted { -1 } else { 1 })));
        let mut terms = Vec::new();
        for ((term, sign), name) in rounded.zip(&relation.terms) {
            let Some(cell) = cell(term, facts, afresh) else { return };
            let next = self.problem.cells.len();
            let index = *self.figures.entry((name.clone(), unit.clone(), term.decimals)).or_insert(next);
            if index == next {
                self.problem.cells.push(cell);
            }
            terms.push((index, sign));
        }
        self.problem.columns.push(Column { terms });
        self.relations.push((relation.name.clone(), relation.terms.first().cloned().unwrap_or_default()));
    }

    /// The totals that a moved cell helps to add up.
    fn totals_with(&self, cell: usize) -> Vec<String> {
        let columns = self.problem.columns.iter().zip(&self.relations);
        let with = columns.filter(|(column, _)| column.terms.iter().any(|(index, _)| *index == cell));
        let mut totals: Vec<_> = with.map(|(_, (_, total))| total.clone()).collect();
        totals.dedup();
        totals.truncate(2);
        totals
    }
}

/// Whether a figure is an amount printed with all the digits it was entered with. Adjusting it would change the books.
fn is_as_entered(term: &RoundedFormula, facts: &Facts) -> bool {
    let Formula::Fact(id) = &*term.formula else { return false };
    let printed = term.divisor.checked_mul(Decimal::new(1, term.decimals));
    printed == Some(facts.steps[*id].0)
}

fn cell(term: &RoundedFormula, facts: &Facts, afresh: bool) -> Option<Cell> {
    let scale = Decimal::from_i128_with_scale(10_i128.checked_pow(term.decimals)?, 0);
    let exact = term.formula.value(&facts.values).ok()?.checked_div(term.divisor)?.checked_mul(scale)?;
    let adjusted = matches!(term.applied, Some(AppliedDeclaration::Adjusted(_)));
    let shown =
        if adjusted && afresh { term.unadjusted_value(&facts.values) } else { term.displayed_value(&facts.values) };
    let shown = shown.ok()?.checked_mul(scale)?.round().to_i128()?;
    let is_fixed = matches!(term.applied, Some(AppliedDeclaration::Waived(_) | AppliedDeclaration::Stated(_)))
        || (adjusted && !afresh);
    Some(Cell { exact, shown, movable: !is_fixed && !exact.is_zero() && !is_as_entered(term, facts) })
}
