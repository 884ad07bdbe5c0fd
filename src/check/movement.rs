//! Movements: which figures say how an amount changed, and in which direction.

use crate::{
    figures::Book,
    model::{Date, Decimal, Expr, Function, Node, Operator},
};

/// How deep measures are followed.
const MAX_DEPTH: usize = 8;

/// How an amount changed over time: the newer and the older amount, both read in `period`.
pub struct Movement {
    pub newer: Expr,
    pub older: Expr,
    pub period: String,
    /// Whether it is growth in per cent rather than a difference.
    pub is_growth: bool,
}

impl Movement {
    /// The movement that a figure says. The figure may be a difference, growth, or either scaled, turned or without its sign;
    /// none for other figures.
    pub fn of(book: &Book, expr: &Expr, period: &str) -> Option<Self> {
        find(book, expr, period, 0)
    }

    /// The values of the newer and the older amount.
    pub fn ends(&self, book: &Book) -> Option<[Decimal; 2]> {
        let value = |expr: &Expr| book.value(expr, &self.period, None).ok()?.ok();
        Some([value(&self.newer)?, value(&self.older)?])
    }
}

fn find(book: &Book, expr: &Expr, period: &str, depth: usize) -> Option<Movement> {
    if depth > MAX_DEPTH {
        return None;
    }
    let inner = |inner: &Expr, period: &str| find(book, inner, period, depth + 1);
    let between = |newer: &Expr, older: Expr, is_growth: bool| {
        Some(Movement { newer: newer.clone(), older, period: period.to_owned(), is_growth })
    };
    match &expr.node {
        Node::Number(_) => None,
        Node::Line { name, .. } => {
            let measure = book.release.measure(name).filter(|_| book.line(name).is_none())?;
            inner(measure.formula_in.get(period).unwrap_or(&measure.formula), period)
        }
        Node::Negative(of) => inner(of, period),
        Node::In(of, other) => inner(of, other),
        Node::Call(function, arguments) if function.compares() => {
            let first = arguments.first()?;
            let older = arguments.get(1).cloned().unwrap_or_else(|| first.prior());
            between(first, older, function.is_growth())
        }
        Node::Call(Function::Abs, arguments) => inner(arguments.first()?, period),
        Node::Call(..) => None,
        Node::Binary(Operator::Multiply | Operator::Divide, left, right) => match (&left.node, &right.node) {
            (_, Node::Number(_)) => inner(left, period),
            (Node::Number(_), _) => inner(right, period),
            _ => None,
        },
        Node::Binary(Operator::Subtract, left, right) => {
            let (from, other) = (Dated::of(left, period), Dated::of(right, period));
            if from.amount.to_string() != other.amount.to_string() {
                return None;
            }
            match from.is_newer_than(&other, book)? {
                true => between(left, (**right).clone(), false),
                false => between(right, (**left).clone(), false),
            }
        }
        Node::Binary(..) => None,
    }
}

/// An amount, and when.
pub struct Dated<'a> {
    pub amount: &'a Expr,
    period: &'a str,
    is_prior: bool,
}

impl<'a> Dated<'a> {
    /// An amount without the period, `prior` or `opening` around it.
    pub fn of(expr: &'a Expr, period: &'a str) -> Self {
        match &expr.node {
            Node::In(inner, period) => Self::of(inner, period),
            Node::Call(Function::Prior | Function::Opening, arguments) if !arguments.is_empty() => {
                Self { is_prior: true, ..Self::of(&arguments[0], period) }
            }
            _ => Self { amount: expr, period, is_prior: false },
        }
    }

    fn is_newer_than(&self, other: &Self, book: &Book) -> Option<bool> {
        match (end(book, self.period), end(book, other.period)) {
            (Some(own), Some(other)) if own != other => Some(own > other),
            _ => (self.is_prior != other.is_prior).then_some(other.is_prior),
        }
    }
}

fn end(book: &Book, period: &str) -> Option<Date> {
    book.release.period(period).map(|period| period.span.end())
}

/// A formula without the periods of its amounts, for comparison.
pub fn without_periods(expr: &Expr) -> String {
    strip(expr).to_string()
}

fn strip(expr: &Expr) -> Expr {
    let boxed = |inner: &Expr| Box::new(strip(inner));
    let node = match &expr.node {
        Node::In(inner, _) => return strip(inner),
        Node::Call(Function::Prior | Function::Opening, arguments) if arguments.len() == 1 => {
            return strip(&arguments[0]);
        }
        Node::Negative(inner) => Node::Negative(boxed(inner)),
        Node::Binary(operator, left, right) => Node::Binary(*operator, boxed(left), boxed(right)),
        Node::Call(function, arguments) => Node::Call(*function, arguments.iter().map(strip).collect()),
        node => node.clone(),
    };
    Expr { node, place: expr.place.clone() }
}
