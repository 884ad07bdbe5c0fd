//! Displayed footing: the figures of every printed table add up as printed, so that a reader with a calculator gets the
//! printed totals.
//!
//! **What it checks.** If a table prints a total and all of its parts in the same column, the printed figures must add
//! up, in the unit and scale of the table and for percentages too. The parts come from the `sum` of the line, the formula
//! of a measure, the members, the `sum` of the row, or the periods that make up the period (`periods`). A difference beside
//! both of its figures, in a row or in a sentence, must be the difference of the printed figures, and the ends of a range in
//! a sentence ("between … and …") must not print alike. Parts and totals of one column that are printed in several units of
//! one base (thousands beside millions) add up if they do at the coarsest of these units. Truncated columns are exempt: truncated amounts often do not add
//! up, and a release that declares truncation says so. Their underlying amounts are still checked by `footing`.
//!
//! **Why.** Each figure is rounded separately, so a printed column can miss its total by a unit. Preparers adjust printed
//! columns until they foot, and readers check them; a difference needs a reason.
//!
//! **Example.** `relations/displayed`
//!
//! **How to fix it.** Fix other findings first: a wrong amount breaks the entered amounts as well as the printed ones.
//! What remains comes from rounding. Either move one figure by one unit with `[[adjust]]` (`kessan adjust` proposes the
//! fewest moves), or accept the difference: `[[acknowledge]]` the relation with the residual from the note.

use super::super::{
    CheckInput, CheckResults,
    relation::{Constraint, Relation},
};
use crate::{
    diag::Diagnostic,
    figures::{Formula, SharedFormula},
    model::{Decimal, Operator, RoundingMode, Unit},
    present::{
        FigureUse, Writes,
        document::{Addend, Cell, Sum, SumBy, Table},
    },
};

/// Every printed total whose parts are printed beside it: what the document says adds up.
pub fn relations(input: &CheckInput, results: &mut CheckResults) {
    let mut tables: Vec<&Table> = input.presented.document.tables().into_iter().map(|(_, table)| table).collect();
    tables.sort_by(|a, b| a.id.cmp(&b.id));
    for table in tables {
        let printed = Printed::new(input, table);
        for row in 0..table.rows.len() {
            results.relations.extend(printed.sums(row));
        }
    }
    for sentence in &input.sentences {
        results.relations.extend(sentence.iter().filter_map(|used| difference(used, sentence)));
        check_equal_ends(input, sentence, results);
    }
}

/// A difference in a sentence that has both of its figures, in the same unit and with the same decimals.
fn difference(used: &FigureUse, sentence: &[&FigureUse]) -> Option<Relation> {
    let rounded = &used.derivation.rounded;
    let Formula::Binary(Operator::Subtract, new, old, _) = &*rounded.formula else { return None };
    if rounded.mode == RoundingMode::Truncate {
        return None;
    }
    let figure = |formula: &SharedFormula| {
        let alike = |other: &&&FigureUse| {
            let other = &other.derivation.rounded;
            other.formula == *formula && other.divisor == rounded.divisor && other.decimals == rounded.decimals
        };
        sentence.iter().find(alike).copied()
    };
    let (new, old) = (figure(new)?, figure(old)?);
    let unit = used.derivation.unit.to_string();
    Some(Relation {
        name: format!("displayed:{}/{}/{unit}", used.place, used.name()),
        family: "displayed",
        message: String::from("the printed figures of a sentence do not give the difference printed beside them"),
        place: used.at.clone(),
        scope: unit,
        terms: [used, new, old].map(|term| term.name().to_owned()).to_vec(),
        constraint: Constraint::Balance {
            total: rounded.clone(),
            parts: vec![(new.derivation.rounded.clone(), false), (old.derivation.rounded.clone(), true)],
        },
        report_scale: Decimal::ONE,
        pin: None,
    })
}

/// "Between 105 and 105": two different figures that print alike, with only a word between them.
fn check_equal_ends(input: &CheckInput, sentence: &[&FigureUse], results: &mut CheckResults) {
    for pair in sentence.windows(2) {
        let [low, high] = pair else { continue };
        let between = low.at.source.text.get(low.at.end..high.at.start).unwrap_or_default();
        let word = between.trim().to_lowercase();
        let is_amount = |used: &FigureUse| used.call.as_ref().is_some_and(|call| Writes::of(call).is_bare());
        let alike = low.derivation.unit == high.derivation.unit && low.displayed == high.displayed;
        if input.words.prose.range.contains(&word)
            && is_amount(low)
            && is_amount(high)
            && alike
            && low.exact != high.exact
        {
            let message = format!("`{}` and `{}` differ, but print alike", low.name(), high.name());
            let finding = Diagnostic::error("displayed", message).at(&high.at, "").with(&low.at, "");
            results.push(finding.help("give both more `decimals`, or a smaller unit"));
        }
    }
}

/// A printed table, and how its figures are made.
struct Printed<'a, 'c, 'r> {
    input: &'a CheckInput<'c, 'r>,
    table: &'a Table,
    /// The figures of its cells, by row and column.
    figures: Vec<Vec<Option<&'a FigureUse>>>,
}

impl<'a, 'c, 'r> Printed<'a, 'c, 'r> {
    fn new(input: &'a CheckInput<'c, 'r>, table: &'a Table) -> Self {
        let mut figures: Vec<_> = table.rows.iter().map(|row| vec![None; row.cells.len()]).collect();
        for used in input.by_place.get(table.id.as_str()).into_iter().flatten() {
            if let Some(cell) = &used.cell
                && let Some(figure) = figures.get_mut(cell.row_number).and_then(|row| row.get_mut(cell.column))
            {
                *figure = Some(*used);
            }
        }
        Self { input, table, figures }
    }

    /// The relations of a row's cells.
    fn sums(&self, row: usize) -> Vec<Relation> {
        let mut relations = Vec::new();
        for (column, cell) in self.table.rows[row].cells.iter().enumerate() {
            if let Cell::Number { number, .. } = cell {
                relations.extend(number.sums.iter().filter_map(|sum| self.relation(row, column, sum)));
            }
        }
        relations
    }

    fn figure_use(&self, row: usize, column: usize) -> Option<&'a FigureUse> {
        let found = *self.figures.get(row)?.get(column)?;
        found.filter(|used| used.derivation.rounded.mode != RoundingMode::Truncate)
    }

    fn relation(&self, row: usize, column: usize, sum: &Sum) -> Option<Relation> {
        let used = self.figure_use(row, column)?;
        let (row, cell) = (self.table.rows.get(row)?, used.cell.as_ref()?);
        let part = |part: &Addend| Some((self.figure_use(part.row, part.column)?, part.deducted));
        let parts: Vec<(&FigureUse, bool)> = sum.parts.iter().map(part).collect::<Option<_>>()?;
        // Printed as entered, the column is the footing itself.
        let as_entered = |used: &FigureUse| {
            used.derivation.is_fact && used.derivation.rounded.declared_change.is_none() && self.is_own_unit(used)
        };
        let all = || std::iter::once(used).chain(parts.iter().map(|(part, _)| *part));
        if !matches!(sum.by, SumBy::Row | SumBy::Difference) && all().all(as_entered) {
            return None;
        }
        let unit = &used.derivation.unit;
        let unit = if unit.base == Unit::PERCENT { String::from("%") } else { unit.text() };
        let periods = || parts.iter().filter_map(|(part, _)| Some(part.cell.as_ref()?.period.as_str()));
        let how = match sum.by {
            SumBy::Member => String::from(" across"),
            SumBy::Period => format!(" = {}", periods().collect::<Vec<_>>().join(" + ")),
            SumBy::Row | SumBy::Line | SumBy::Difference => String::new(),
        };
        let what = match sum.by {
            SumBy::Row | SumBy::Line | SumBy::Member => {
                format!("the printed parts of `{}` do not add up to it", row.id)
            }
            SumBy::Period => format!("the printed periods of `{}` do not add up", row.id),
            SumBy::Difference => format!("the printed figures of `{}` do not give the difference beside them", row.id),
        };
        let is_mixed = parts.iter().any(|(part, _)| {
            let (own, part) = (&used.derivation.unit, &part.derivation.unit);
            own.base == part.base && own.scale != part.scale
        });
        let terms = all().map(|term| term.name().to_owned()).collect();
        let total = used.derivation.rounded.clone();
        let parts = parts.iter().map(|(part, deducted)| (part.derivation.rounded.clone(), *deducted)).collect();
        Some(Relation {
            name: format!("displayed:{}/{}/{unit}{how}", self.table.id, used.name()),
            family: "displayed",
            message: format!("in the table `{}`, {what}", self.table.id),
            place: used.at.clone(),
            scope: format!("{}, {unit}", cell.period),
            terms,
            constraint: if is_mixed {
                Constraint::MixedBalance { total, parts }
            } else {
                Constraint::Balance { total, parts }
            },
            report_scale: Decimal::ONE,
            pin: None,
        })
    }

    fn is_own_unit(&self, used: &FigureUse) -> bool {
        let line = used.cell.as_ref().and_then(|cell| self.input.book.line(&cell.line));
        line.is_some_and(|(statement, line)| {
            let unit = statement.unit_of(line);
            unit.base == used.derivation.unit.base && unit.scale == used.derivation.unit.scale
        })
    }
}
