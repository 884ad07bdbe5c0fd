//! A problem taken apart into parts that share no movable cell, each with its interchangeable cells grouped.

use std::collections::BTreeMap;

use super::{
    Cell, Column, Problem,
    choice::{Choice, Cost},
};
use crate::model::{Decimal, ToPrimitive};

/// Steps in one unit of the last place shown: every digit that a `Decimal` can have.
pub const FINEST: i128 = 10_i128.pow(Decimal::MAX_SCALE);

/// The parts, and what none of them can mend.
pub struct Split {
    pub parts: Vec<Part>,
    /// Columns that no moves make foot, whatever becomes of the others.
    pub hopeless: Vec<usize>,
}

/// Columns tied together by movable cells.
pub struct Part {
    /// The problem's numbers of the columns here.
    pub columns: Vec<usize>,
    /// The problem's numbers of the cells here, ascending.
    pub cells: Vec<usize>,
    /// What each column's shown figures make; zero where they foot.
    pub residuals: Vec<i64>,
    /// Cells that are in several columns; the movable ones, those that are together as one.
    pub groups: Vec<Group>,
    /// For each column its cells that are in no other: they take up what the others leave.
    pub slack: Vec<Option<Group>>,
}

/// Cells that are in the same columns with the same signs, or all reversed: which of them move is a matter of
/// distance alone, and two that move against each other would be two moves for nothing.
pub struct Group {
    /// What one step up does to which columns, ascending.
    pub effect: Vec<(usize, i64)>,
    /// The moves that make steps up, nearest first; and those that make steps down.
    up: Vec<Step>,
    down: Vec<Step>,
}

/// One cell moved.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Step {
    farther: i128,
    /// The part's number of the cell.
    cell: usize,
    by: i8,
}

impl Group {
    /// How far it can be moved either way.
    pub fn size(&self) -> i64 {
        i64::try_from(self.up.len()).unwrap_or(i64::MAX)
    }

    /// The best way to move it so many steps, among so many cells of the part; none beyond its size.
    pub fn steps(&self, steps: i64, cells: usize) -> Option<(Cost, Choice)> {
        let side = if steps > 0 { &self.up } else { &self.down };
        let taken = side.get(..usize::try_from(steps.unsigned_abs()).ok()?)?;
        let mut choice = Choice::none(cells);
        for step in taken {
            choice.add(step.cell, step.by);
        }
        let farther = taken.iter().map(|step| step.farther).sum();
        Some((Cost { unmet: 0, moves: taken.len(), farther }, choice))
    }

    /// The least that any move of it adds to the distance.
    pub fn nearest(&self) -> Option<i128> {
        self.up.iter().chain(&self.down).map(|step| step.farther).min()
    }

    /// Of one cell, `by` being what a step up does to it.
    fn put(&mut self, own: usize, cell: &Cell, by: i8) {
        self.up.push(Step { farther: farther(cell, by), cell: own, by });
        self.down.push(Step { farther: farther(cell, -by), cell: own, by: -by });
    }
}

impl Part {
    /// What each column's figures make after some moves.
    pub fn left_over(&self, choice: &Choice) -> Vec<i64> {
        let mut left = self.residuals.clone();
        let slack = self.slack.iter().flatten();
        for group in self.groups.iter().chain(slack) {
            let up = group.up.iter().filter(|step| choice.by(step.cell) == step.by).count();
            let down = group.down.iter().filter(|step| choice.by(step.cell) == step.by).count();
            let steps = up as i64 - down as i64;
            for (column, by) in &group.effect {
                left[*column] += by * steps;
            }
        }
        left
    }
}

/// How much farther from its exact value a cell is when moved, in `FINEST`ths: one minus twice what it lacked that way.
fn farther(cell: &Cell, by: i8) -> i128 {
    let floor = cell.exact.floor();
    let fraction = cell.exact - floor;
    let fraction = fraction.mantissa() * 10_i128.pow(Decimal::MAX_SCALE - fraction.scale());
    // Whole steps from the shown to the exact value; beyond one the fraction does not matter.
    let whole = floor.to_i128().unwrap_or_default().saturating_sub(cell.shown).clamp(-2, 2);
    let lack = (whole * FINEST + fraction) * i128::from(by);
    FINEST - 2 * lack.clamp(0, FINEST)
}

/// A column with each cell once, and only those that move.
struct Equation {
    residual: i128,
    terms: BTreeMap<usize, i64>,
}

impl Equation {
    /// None when the column can never foot.
    fn of(column: &Column, cells: &[Cell], fixed: &[bool]) -> Option<Self> {
        let (mut residual, mut terms) = (0_i128, BTreeMap::new());
        for (number, coefficient) in &column.terms {
            let product = cells.get(*number)?.shown.checked_mul(i128::from(*coefficient))?;
            residual = residual.checked_add(product)?;
            if !fixed[*number] {
                *terms.entry(*number).or_insert(0) += coefficient;
            }
        }
        terms.retain(|_, coefficient| *coefficient != 0);
        let reach: i128 = terms.values().map(|coefficient| i128::from(coefficient.unsigned_abs())).sum();
        (residual.unsigned_abs() <= reach.unsigned_abs()).then_some(Self { residual, terms })
    }
}

/// Takes a problem apart. Parts without a residual are left out: nothing is to be moved there.
pub fn split(problem: &Problem) -> Split {
    let fixed = fixed(problem);
    let (mut equations, mut hopeless) = (BTreeMap::new(), Vec::new());
    for (number, column) in problem.columns.iter().enumerate() {
        match Equation::of(column, &problem.cells, &fixed) {
            Some(equation) => {
                equations.insert(number, equation);
            }
            None => hopeless.push(number),
        }
    }
    let parts = components(&equations, problem.cells.len());
    let broken = |columns: &Vec<usize>| columns.iter().any(|column| equations[column].residual != 0);
    let parts = parts.into_iter().filter(broken).map(|columns| part(columns, &equations, &problem.cells));
    Split { parts: parts.collect(), hopeless }
}

/// Which cells stay where they are.
fn fixed(problem: &Problem) -> Vec<bool> {
    let mut fixed: Vec<bool> = problem.cells.iter().map(|cell| !cell.movable).collect();
    for (number, coefficient) in problem.columns.iter().flat_map(|column| &column.terms) {
        if i32::try_from(*coefficient).is_err()
            && let Some(fixed) = fixed.get_mut(*number)
        {
            *fixed = true;
        }
    }
    fixed
}

/// The columns that shared cells tie together, each component ascending.
fn components(equations: &BTreeMap<usize, Equation>, cells: usize) -> Vec<Vec<usize>> {
    let mut of_cell: Vec<Vec<usize>> = vec![Vec::new(); cells];
    for (column, equation) in equations {
        for cell in equation.terms.keys() {
            of_cell[*cell].push(*column);
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    let mut components = Vec::new();
    for start in equations.keys() {
        let (mut component, mut ahead) = (Vec::new(), vec![*start]);
        while let Some(column) = ahead.pop() {
            if seen.insert(column) {
                component.push(column);
                ahead.extend(equations[&column].terms.keys().flat_map(|cell| &of_cell[*cell]));
            }
        }
        if !component.is_empty() {
            component.sort_unstable();
            components.push(component);
        }
    }
    components
}

/// One component, renumbered.
fn part(columns: Vec<usize>, equations: &BTreeMap<usize, Equation>, cells: &[Cell]) -> Part {
    let mut effects: BTreeMap<usize, Vec<(usize, i64)>> = BTreeMap::new();
    for (own, column) in columns.iter().enumerate() {
        for (cell, coefficient) in &equations[column].terms {
            effects.entry(*cell).or_default().push((own, *coefficient));
        }
    }
    let mut groups: BTreeMap<Vec<(usize, i64)>, Group> = BTreeMap::new();
    let numbers: Vec<usize> = effects.keys().copied().collect();
    for (own, (number, mut effect)) in effects.into_iter().enumerate() {
        let reversed = effect.first().is_some_and(|(_, coefficient)| *coefficient < 0);
        if reversed {
            effect.iter_mut().for_each(|(_, coefficient)| *coefficient = -*coefficient);
        }
        let empty = || Group { effect: effect.clone(), up: Vec::new(), down: Vec::new() };
        let group = groups.entry(effect.clone()).or_insert_with(empty);
        group.put(own, &cells[number], if reversed { -1 } else { 1 });
    }
    let mut slack: Vec<Option<Group>> = columns.iter().map(|_| None).collect();
    let mut shared = Vec::new();
    for mut group in groups.into_values() {
        group.up.sort_unstable();
        group.down.sort_unstable();
        match group.effect[..] {
            [(column, 1)] => slack[column] = Some(group),
            _ => shared.push(group),
        }
    }
    let residuals = columns.iter().map(|column| equations[column].residual as i64).collect();
    Part { columns, cells: numbers, residuals, groups: shared, slack }
}
