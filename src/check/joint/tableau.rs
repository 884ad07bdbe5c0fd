//! Amounts and relations as the simplex method sees them: which variables follow from which.
//!
//! Every relation's sum is a variable of its own that must be zero. As many variables as there are relations are
//! dependent: each follows, by a combination of relations, from the independent ones. At first those are the sums;
//! a pivot lets a dependent and an independent variable change places. Independent ones always keep their bounds.

use std::collections::{BTreeMap, BTreeSet};

use dashu_int::IBig;

use super::{
    Problem,
    rational::Point,
    row::{Row, Terms, factor},
    variable::Variable,
    work::{OutOfWork, Work},
};

/// The relations that are asked for, and the amounts in them, each with a value.
pub struct Tableau {
    /// The numbers of the relations, ascending; elsewhere a relation is told by its position here.
    pub(super) relations: Vec<usize>,
    /// The terms of each relation.
    pub(super) sums: Vec<Terms>,
    /// For each amount, the relations that it is in.
    pub(super) uses: Vec<Terms>,
    /// The amounts, then the relations' sums.
    pub(super) variables: Vec<Variable>,
    pub(super) rows: Vec<Row>,
    /// The row of each variable that is dependent.
    pub(super) row_of: Vec<Option<usize>>,
    /// For each relation, the rows that take it.
    rows_of: Vec<BTreeSet<usize>>,
    /// Dependent variables out of their bounds.
    pub(super) out_of_bounds: BTreeSet<usize>,
}

impl Tableau {
    /// The relations of these numbers, and the amounts in them, where they are published to be.
    pub fn of(problem: &Problem, relations: &BTreeSet<usize>) -> Self {
        let relations: Vec<_> = relations.iter().copied().filter(|&number| number < problem.relations.len()).collect();
        let mut sums: Vec<_> = relations.iter().map(|&number| combine_terms(&problem.relations[number])).collect();
        let used: BTreeSet<_> = sums.iter().flatten().map(|&(amount, _)| amount).collect();
        let numbers: BTreeMap<_, _> = used.iter().enumerate().map(|(number, &amount)| (amount, number)).collect();
        let mut uses = vec![Terms::new(); used.len()];
        for (position, sum) in sums.iter_mut().enumerate() {
            for (amount, coefficient) in sum {
                *amount = numbers[amount];
                uses[*amount].push((position, coefficient.clone()));
            }
        }
        let amounts = used.iter().map(|&amount| Variable::amount(problem.amounts.get(amount)));
        let mut tableau = Self {
            variables: amounts.chain(sums.iter().map(|_| Variable::sum())).collect(),
            rows: (0..sums.len()).map(|position| Row::sum(position, used.len() + position)).collect(),
            row_of: used.iter().map(|_| None).chain((0..sums.len()).map(Some)).collect(),
            rows_of: (0..sums.len()).map(|position| BTreeSet::from([position])).collect(),
            out_of_bounds: BTreeSet::new(),
            relations,
            sums,
            uses,
        };
        tableau.add_up();
        tableau
    }

    /// No longer asks for a relation to hold.
    pub fn release(&mut self, relation: usize) {
        self.set_bounds(relation, None);
    }

    /// Asks again for a relation to hold.
    pub fn require(&mut self, relation: usize) {
        self.set_bounds(relation, Some(Point::ZERO));
    }

    fn set_bounds(&mut self, relation: usize, value: Option<Point>) {
        if let Ok(position) = self.relations.binary_search(&relation) {
            let sum = self.uses.len() + position;
            self.variables[sum].low.clone_from(&value);
            self.variables[sum].high = value;
            self.update_out_of_bounds(sum);
        }
    }

    /// Computes the sums from the amounts, as long as no amount is dependent.
    pub(super) fn add_up(&mut self) {
        for (position, sum) in self.sums.iter().enumerate() {
            let mut total = Point::ZERO;
            sum.iter().for_each(|(amount, factor)| total.add(&self.variables[*amount].value.times(factor)));
            self.variables[self.uses.len() + position].value = total;
        }
        (self.uses.len()..self.variables.len()).for_each(|sum| self.update_out_of_bounds(sum));
    }

    /// Keeps count of a dependent variable that has left its bounds, or come back.
    fn update_out_of_bounds(&mut self, variable: usize) {
        if self.row_of[variable].is_some() && self.variables[variable].violated_bound().is_some() {
            self.out_of_bounds.insert(variable);
        } else {
            self.out_of_bounds.remove(&variable);
        }
    }

    /// The steps that it takes to read the terms of a row.
    pub(super) fn row_size(&self, row: usize) -> usize {
        let Row { factors, .. } = &self.rows[row];
        let terms: usize = factors.iter().map(|(position, _)| self.sums[*position].len()).sum();
        terms * self.rows[row].words()
    }

    /// The coefficients of the independent variables in a row.
    pub(super) fn terms(&self, row: usize) -> BTreeMap<usize, IBig> {
        let mut terms = BTreeMap::<_, IBig>::new();
        for (position, factor) in &self.rows[row].factors {
            for (amount, coefficient) in &self.sums[*position] {
                if self.row_of[*amount].is_none() {
                    *terms.entry(*amount).or_default() += factor * coefficient;
                }
            }
            let sum = self.uses.len() + position;
            if self.row_of[sum].is_none() {
                terms.insert(sum, -factor);
            }
        }
        terms.retain(|_, coefficient| !coefficient.is_zero());
        terms
    }

    /// The coefficients of an independent variable in the rows.
    fn column(&self, variable: usize) -> BTreeMap<usize, IBig> {
        let own = [(variable.saturating_sub(self.uses.len()), IBig::NEG_ONE)];
        let mut column = BTreeMap::<_, IBig>::new();
        for (position, coefficient) in self.uses.get(variable).map_or(&own[..], Vec::as_slice) {
            for &row in &self.rows_of[*position] {
                if let Some(factor) = factor(&self.rows[row].factors, *position) {
                    *column.entry(row).or_default() += factor * coefficient;
                }
            }
        }
        column.retain(|_, coefficient| !coefficient.is_zero());
        column
    }

    /// Moves an independent variable, and lets it change places with the dependent one of a row in which it occurs.
    pub(super) fn pivot(&mut self, row: usize, entering: usize, way: &Point, work: &mut Work) -> Result<(), OutOfWork> {
        let mut column = self.column(entering);
        self.variables[entering].value.add(way);
        for (&row, coefficient) in &column {
            let Row { dependent, scale, .. } = &self.rows[row];
            let dependent = *dependent;
            self.variables[dependent].value.add(&way.times(&-coefficient).over(scale));
            self.update_out_of_bounds(dependent);
        }
        let Some(coefficient) = column.remove(&row) else { return Ok(()) };
        let leaving = self.rows[row].dependent;
        self.row_of[leaving] = None;
        self.row_of[entering] = Some(row);
        self.rows[row].solve_for(entering, &coefficient);
        self.update_out_of_bounds(leaving);
        self.update_out_of_bounds(entering);
        for (other, coefficient) in column {
            work.spend(self.rows[other].steps() + self.rows[row].steps())?;
            self.cancel(other, &coefficient, row);
        }
        Ok(())
    }

    /// Cancels the dependent variable of one row out of another.
    fn cancel(&mut self, row: usize, coefficient: &IBig, other: usize) {
        let Ok([row_, other_]) = self.rows.get_disjoint_mut([row, other]) else { return };
        row_.cancel(coefficient, other_);
        for (position, _) in &other_.factors {
            if factor(&row_.factors, *position).is_some() {
                self.rows_of[*position].insert(row);
            } else {
                self.rows_of[*position].remove(&row);
            }
        }
    }

    /// The relations that are combined in a row.
    pub(super) fn relations_in_row(&self, row: usize) -> BTreeSet<usize> {
        self.rows[row].factors.iter().map(|(position, _)| self.relations[*position]).collect()
    }
}

/// The terms of a relation, each amount once.
fn combine_terms(terms: &[(usize, i64)]) -> Terms {
    let mut sum = BTreeMap::<_, IBig>::new();
    for &(amount, coefficient) in terms {
        *sum.entry(amount).or_default() += coefficient;
    }
    sum.into_iter().filter(|(_, coefficient)| !coefficient.is_zero()).collect()
}
