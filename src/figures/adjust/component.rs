//! Splits a problem into components that share no movable cell, and groups interchangeable cells.

use std::collections::BTreeMap;

use super::{
    Cell, Column, Problem,
    move_set::{Cost, MoveSet},
};
use crate::model::{Decimal, ToPrimitive};

/// The number of steps in one unit of the last place shown, one for every digit that a `Decimal` can have.
pub const FINEST: i128 = 10_i128.pow(Decimal::MAX_SCALE);

/// The components, and the columns that no moves make foot.
pub struct Split {
    pub components: Vec<Component>,
    /// Columns that cannot foot whatever is moved.
    pub unsolvable: Vec<usize>,
}

/// Columns connected by movable cells.
pub struct Component {
    /// The columns, by their numbers in the problem.
    pub columns: Vec<usize>,
    /// The cells, by their numbers in the problem, ascending.
    pub cells: Vec<usize>,
    /// The residual of each column: the sum of its shown figures, zero if it foots.
    pub residuals: Vec<i64>,
    /// Groups of movable cells that are in several columns.
    pub groups: Vec<Group>,
    /// For each column, the group of cells that are in no other; they absorb what remains.
    pub slack: Vec<Option<Group>>,
}

/// Cells that are in the same columns with the same signs, or all reversed. Which of them move affects only the
/// distance; moving two of them against each other changes nothing.
pub struct Group {
    /// The change of each column by one step up, by column ascending.
    pub effect: Vec<(usize, i64)>,
    /// The moves for steps up, nearest first; `down` has those for steps down.
    up: Vec<Step>,
    down: Vec<Step>,
}

/// The move of one cell.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Step {
    added_distance: i128,
    /// The cell's number in the component.
    cell: usize,
    by: i8,
}

impl Group {
    /// The number of steps that the group can move either way.
    pub fn size(&self) -> i64 {
        i64::try_from(self.up.len()).unwrap_or(i64::MAX)
    }

    /// The best way to move the group by `steps`, in a component of `cells` cells; `None` beyond its size.
    pub fn steps(&self, steps: i64, cells: usize) -> Option<(Cost, MoveSet)> {
        let side = if steps > 0 { &self.up } else { &self.down };
        let taken = side.get(..usize::try_from(steps.unsigned_abs()).ok()?)?;
        let mut move_set = MoveSet::empty(cells);
        for step in taken {
            move_set.move_cell(step.cell, step.by);
        }
        let added_distance = taken.iter().map(|step| step.added_distance).sum();
        Some((Cost { unmet: 0, moves: taken.len(), added_distance }, move_set))
    }

    /// The least distance that a move of the group adds.
    pub fn nearest(&self) -> Option<i128> {
        self.up.iter().chain(&self.down).map(|step| step.added_distance).min()
    }

    /// Adds a cell; `by` is its move for a step up.
    fn add_cell(&mut self, own: usize, cell: &Cell, by: i8) {
        self.up.push(Step { added_distance: added_distance(cell, by), cell: own, by });
        self.down.push(Step { added_distance: added_distance(cell, -by), cell: own, by: -by });
    }
}

impl Component {
    /// The residual of each column after the moves.
    pub fn residuals_after(&self, move_set: &MoveSet) -> Vec<i64> {
        let mut left = self.residuals.clone();
        let slack = self.slack.iter().flatten();
        for group in self.groups.iter().chain(slack) {
            let up = group.up.iter().filter(|step| move_set.by(step.cell) == step.by).count();
            let down = group.down.iter().filter(|step| move_set.by(step.cell) == step.by).count();
            let steps = up as i64 - down as i64;
            for (column, by) in &group.effect {
                left[*column] += by * steps;
            }
        }
        left
    }
}

/// The distance from the exact value that a move adds, in `FINEST`ths of a unit.
fn added_distance(cell: &Cell, by: i8) -> i128 {
    let floor = cell.exact.floor();
    let fraction = cell.exact - floor;
    let fraction = fraction.mantissa() * 10_i128.pow(Decimal::MAX_SCALE - fraction.scale());
    // Whole steps from the shown to the exact value; beyond one, the fraction has no effect.
    let whole = floor.to_i128().unwrap_or_default().saturating_sub(cell.shown).clamp(-2, 2);
    let lack = (whole * FINEST + fraction) * i128::from(by);
    FINEST - 2 * lack.clamp(0, FINEST)
}

/// A column with its movable cells only, each once.
struct Equation {
    residual: i128,
    terms: BTreeMap<usize, i64>,
}

impl Equation {
    /// `None` if the column can never foot.
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

/// Splits a problem. Components without a residual are left out, because nothing needs to move there.
pub fn split(problem: &Problem) -> Split {
    let fixed = fixed_cells(problem);
    let (mut equations, mut unsolvable) = (BTreeMap::new(), Vec::new());
    for (number, column) in problem.columns.iter().enumerate() {
        match Equation::of(column, &problem.cells, &fixed) {
            Some(equation) => {
                equations.insert(number, equation);
            }
            None => unsolvable.push(number),
        }
    }
    let components = components(&equations, problem.cells.len());
    let broken = |columns: &Vec<usize>| columns.iter().any(|column| equations[column].residual != 0);
    let components =
        components.into_iter().filter(broken).map(|columns| component(columns, &equations, &problem.cells));
    Split { components: components.collect(), unsolvable }
}

/// Which cells must not move.
fn fixed_cells(problem: &Problem) -> Vec<bool> {
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

/// Groups the columns that share movable cells, each group ascending.
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

/// Builds a component with its own numbers for columns and cells.
fn component(columns: Vec<usize>, equations: &BTreeMap<usize, Equation>, cells: &[Cell]) -> Component {
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
        group.add_cell(own, &cells[number], if reversed { -1 } else { 1 });
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
    Component { columns, cells: numbers, residuals, groups: shared, slack }
}
