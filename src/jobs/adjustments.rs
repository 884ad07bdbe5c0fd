//! `kessan adjust`: the fewest one-unit moves that make every printed column add up, and the residuals that remain, as
//! TOML to paste into `relations.toml`.

use std::{collections::BTreeMap, fmt::Write, path::Path};

use super::{Project, Report, release::study, select::select};
use crate::{
    check::{CheckInput, CheckResults, Constraint, Facts, Relation, Verdict, plain},
    diag::Findings,
    figures::{
        AppliedDeclaration, Formula, RoundedFormula,
        adjust::{Cell, Column, Problem, Solution, solve},
    },
    model::{Decimal, Mode, ToPrimitive},
};

/// What to propose for.
#[derive(Debug)]
pub struct Adjust<'a> {
    pub root: &'a Path,
    /// All releases when empty.
    pub slugs: &'a [String],
    /// Whether to leave the release's own adjustments out of account and begin again.
    pub afresh: bool,
}

/// The proposals, ready to paste, and what else was found.
pub fn adjust(request: &Adjust) -> (String, Report) {
    let mut findings = Findings::new();
    let slugs = select(request.root, request.slugs, &mut findings);
    let (project, faults) = Project::load(request.root);
    findings.extend(faults);
    let mut text = String::new();
    for slug in &slugs {
        let (proposed, found) = study(request.root, &project, slug, |studied| {
            // Only where the books hold do columns that do not add up speak of rounding.
            let sound = studied.sound && only_rounding(&studied.checked, &studied.ledger);
            sound.then(|| propose(slug, &studied.checked, &studied.ledger, request.afresh))
        });
        match proposed.flatten() {
            Some(proposed) => {
                text.push_str(&proposed);
                findings.extend(found.into_iter().filter(|finding| !PROPOSED.contains(&finding.rule)));
            }
            None => findings.extend(found),
        }
    }
    (text, Report { findings: findings.sorted(), ..Report::default() })
}

/// A figure that may be moved: its name, the unit it is printed in, and its decimals.
type Figure = (String, String, u32);

/// What a proposal mends.
const PROPOSED: [&str; 4] = ["displayed", "footing", "cross_footing", "tie"];

/// Whether every relation of the books that does not hold is one that precision explains.
fn only_rounding(checked: &CheckInput, ledger: &CheckResults) -> bool {
    let facts = Facts::of(checked.book);
    let mut pairs = ledger.relations.iter().zip(&ledger.verdicts);
    pairs.all(|(relation, verdict)| {
        relation.family == "displayed" || !matches!(verdict, Verdict::Broken(_)) || relation.is_explained(&facts)
    })
}

fn propose(slug: &str, checked: &CheckInput, ledger: &CheckResults, afresh: bool) -> String {
    let mut out = String::new();
    let facts = Facts::of(checked.book);
    let mut table = Table { problem: Problem::default(), figures: BTreeMap::new(), relations: Vec::new() };
    for (relation, verdict) in ledger.relations.iter().zip(&ledger.verdicts) {
        let pinned = matches!(verdict, Verdict::Acknowledged(_) | Verdict::Waived(..));
        if relation.family == "displayed" && (afresh || !pinned) {
            table.column(relation, &facts, afresh);
        }
    }
    let solution = solve(&table.problem);
    let figures: BTreeMap<usize, &Figure> = table.figures.iter().map(|(figure, index)| (*index, figure)).collect();
    if !solution.moves.is_empty() || !solution.unmet.is_empty() {
        let moves = solution.moves.len();
        let plural = if moves == 1 { "" } else { "s" };
        _ = writeln!(out, "# {slug}: {moves} move{plural}{}", proof(&solution));
    }
    for (cell, by) in &solution.moves {
        if let Some((figure, unit, _)) = figures.get(cell) {
            let tables = table.totals_of(*cell);
            _ = write!(out, "\n[[adjust]]\nfigure = \"{figure}\"\nunit = \"{unit}\"\nby = {by}\n");
            let verb = if tables.len() == 1 { "adds" } else { "add" };
            _ = writeln!(out, "reason = \"so that {} {verb} up\"", tables.join(" and "));
        }
    }
    residuals(ledger, &facts, &table, &solution, &mut out);
    out
}

fn proof(solution: &Solution) -> &'static str {
    if solution.proved { "" } else { " (not proved to be the fewest)" }
}

/// Broken relations that precision explains and no move mends, as acknowledgements.
fn residuals(ledger: &CheckResults, facts: &Facts, table: &Table, solution: &Solution, out: &mut String) {
    for (relation, verdict) in ledger.relations.iter().zip(&ledger.verdicts) {
        let unmet = solution.unmet.iter().any(|column| table.relations[*column].0 == relation.name);
        let broken = matches!(verdict, Verdict::Broken(_)) && relation.family != "displayed";
        let Some(residual) = relation.residual(facts).ok().filter(|residual| !residual.is_zero()) else { continue };
        if (unmet || broken) && relation.is_explained(facts) {
            _ = write!(out, "\n[[acknowledge]]\nrelation = \"{}\"\nresidual = {}\n", relation.name, plain(residual));
        }
    }
}

/// Printed columns as a problem for the solver.
struct Table {
    problem: Problem,
    figures: BTreeMap<Figure, usize>,
    /// For each column, the relation's name and the total it adds up to.
    relations: Vec<(String, String)>,
}

impl Table {
    fn column(&mut self, relation: &Relation, facts: &Facts, afresh: bool) {
        let Constraint::Balance { total, parts } = &relation.test else { return };
        let mixed = parts.iter().any(|(part, _)| part.decimals != total.decimals);
        if total.mode == Mode::Truncate || mixed {
            return;
        }
        let unit = relation.scope.rsplit(", ").next().unwrap_or_default().to_owned();
        let rounded =
            std::iter::once((total, -1)).chain(parts.iter().map(|(part, cut)| (part, if *cut { -1 } else { 1 })));
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
    fn totals_of(&self, cell: usize) -> Vec<String> {
        let columns = self.problem.columns.iter().zip(&self.relations);
        let with = columns.filter(|(column, _)| column.terms.iter().any(|(index, _)| *index == cell));
        let mut totals: Vec<_> = with.map(|(_, (_, total))| total.clone()).collect();
        totals.dedup();
        totals.truncate(2);
        totals
    }
}

/// An amount printed to the place it was entered to is the book's own: moving it would change the books.
fn is_as_entered(term: &RoundedFormula, facts: &Facts) -> bool {
    let Formula::Fact(id) = &*term.formula else { return false };
    let printed = term.divisor.checked_mul(Decimal::new(1, term.decimals));
    printed == Some(facts.steps[*id].0)
}

fn cell(term: &RoundedFormula, facts: &Facts, afresh: bool) -> Option<Cell> {
    let scale = Decimal::from_i128_with_scale(10_i128.checked_pow(term.decimals)?, 0);
    let exact = term.formula.value(&facts.values).ok()?.checked_div(term.divisor)?.checked_mul(scale)?;
    let adjusted = matches!(term.applied, Some(AppliedDeclaration::Adjusted(_)));
    let shown = if adjusted && afresh { term.natural(&facts.values) } else { term.displayed(&facts.values) };
    let shown = shown.ok()?.checked_mul(scale)?.round().to_i128()?;
    let held = matches!(term.applied, Some(AppliedDeclaration::Waived(_) | AppliedDeclaration::Stated(_)))
        || (adjusted && !afresh);
    Some(Cell { exact, shown, movable: !held && !exact.is_zero() && !is_as_entered(term, facts) })
}
