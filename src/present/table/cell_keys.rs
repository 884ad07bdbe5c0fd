//! Joins the keys of a cell with those of its row, its column and its table.

use crate::{
    figures::Book,
    model::{At, CellKeys, CellWords, Expr, Function, NilMark, Node, Unit},
};

/// The keys of one cell.
pub(super) struct CellSpec<'a> {
    pub line: &'a At<String>,
    pub period: Option<&'a At<String>>,
    pub member: Option<&'a At<String>>,
    pub show: Option<&'a Expr>,
    pub compare_with: Option<&'a At<String>>,
    /// Whether the line is shown with the opposite sign.
    pub negated: bool,
    pub decimals: Option<u32>,
    pub bare: bool,
    pub currency_sign: Option<bool>,
    /// What the cell, its row, its column or its table prints for zero.
    pub nil: Option<&'a NilMark>,
}

impl<'a> CellSpec<'a> {
    /// Whether it shows the growth of a percentage, which is its difference in points.
    pub fn is_in_points(&self, book: &Book) -> bool {
        self.shows_of_percentage(Function::Change, book)
    }

    /// Whether it would show the growth a year of a percentage, which has no meaning.
    pub fn is_rate_of_percentage(&self, book: &Book) -> bool {
        self.shows_of_percentage(Function::Cagr, book)
    }

    fn shows_of_percentage(&self, function: Function, book: &Book) -> bool {
        let shown = self.show.is_some_and(|show| matches!(show.node, Node::Call(own, _) if own == function));
        shown && book.release.unit_of(&self.line.value).is_some_and(|unit| unit.base == Unit::PERCENT)
    }

    /// Each key from the first level that has it; none without a line, as in a heading.
    pub fn of(levels: &Levels<'a>) -> Option<Self> {
        Some(Self {
            line: first(levels, |keys| keys.line.as_ref())?,
            period: first(levels, |keys| keys.period.as_ref()),
            member: first(levels, |keys| keys.member.as_ref()),
            show: first(levels, |keys| keys.show.as_ref()),
            compare_with: first(levels, |keys| keys.compare_with.as_ref()),
            negated: first(levels, |keys| keys.line.as_ref().map(|_| keys.negated)).unwrap_or(false),
            decimals: of_amounts(levels, |keys| keys.decimals),
            bare: first(levels, |keys| keys.bare).unwrap_or(false),
            currency_sign: first(levels, |keys| keys.currency_sign),
            nil: of_amounts(levels, |keys| keys.nil.as_ref()),
        })
    }
}

/// The keys of a cell, those that count more first: its own, its row's, its column's and its table's.
pub(super) type Levels<'a> = [&'a CellKeys; 4];

/// A key of the first level that has it.
pub(super) fn first<'a, T>(levels: &[&'a CellKeys], key: impl Fn(&'a CellKeys) -> Option<T>) -> Option<T> {
    levels.iter().find_map(|keys| key(keys))
}

/// The words of a cell, unless a level before them names a line.
pub(super) fn words_of<'a>(levels: &Levels<'a>) -> Option<&'a CellWords> {
    let says = levels.iter().find(|keys| keys.line.is_some() || keys.words.is_some())?;
    says.words.as_ref()
}

/// A key of a cell that is about numbers. That of a row is about its amounts: a column that shows percentages of them keeps
/// its own.
fn of_amounts<'a, T>(levels: &Levels<'a>, key: impl Fn(&'a CellKeys) -> Option<T>) -> Option<T> {
    let [own, row, column, table] = levels;
    let is_percentage = |show: &Expr| matches!(show.node, Node::Call(function, _) if function.gives_percent());
    let is_other = row.show.is_none() && column.show.as_ref().is_some_and(is_percentage);
    let of_own = if std::ptr::eq(*own, *row) { None } else { key(own) };
    of_own.or_else(|| if is_other { None } else { key(row) }).or_else(|| key(column)).or_else(|| key(table))
}
