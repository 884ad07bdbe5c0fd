//! Movements: which figures say how an amount changed, and in which direction.

use crate::{
    figures::Book,
    model::{Decimal, Expr, Function, Node, Operator},
};

/// How deep measures are followed.
const MAX_DEPTH: usize = 8;

/// How an amount changed over time, where a figure says so: the newer amount less the older one. The figure may be a
/// difference, growth, or either scaled, turned or without its sign; none for other figures.
pub fn movement(book: &Book, expr: &Expr, period: &str) -> Option<Expr> {
    find(book, expr, period, 0)
}

/// The amount that moves, and the movement's direction: positive if it (or the size of an
/// amount that is negative by declaration) rose, in base units or per cent.
pub fn direction(book: &Book, expr: &Expr, period: &str) -> Option<Decimal> {
    let moved = movement(book, expr, period)?;
    let value = book.value(&moved, period, None).ok()?.ok().filter(|value| !value.is_zero())?;
    // Costs that are entered as negative amounts rise when they become more negative.
    Some(if is_of_negative_line(book, &moved) { -value } else { value })
}

fn is_of_negative_line(book: &Book, moved: &Expr) -> bool {
    match &moved.node {
        Node::In(inner, _) => is_of_negative_line(book, inner),
        Node::Call(Function::Difference, arguments) => {
            arguments.first().is_some_and(|first| book.is_negative_line(first))
        }
        Node::Binary(_, left, _) => book.is_negative_line(dated(left, "").amount),
        _ => false,
    }
}

fn find(book: &Book, expr: &Expr, period: &str, depth: usize) -> Option<Expr> {
    if depth > MAX_DEPTH {
        return None;
    }
    let wrap = |node: Node| Expr { node, place: expr.place.clone() };
    let inner = |inner: &Expr, period: &str| find(book, inner, period, depth + 1);
    match &expr.node {
        Node::Number(_) => None,
        Node::Line { name, .. } => {
            let measure = book.release.measure(name).filter(|_| book.line(name).is_none())?;
            inner(measure.formula_in.get(period).unwrap_or(&measure.formula), period)
        }
        Node::Negative(of) => inner(of, period),
        Node::In(of, other) => Some(wrap(Node::In(Box::new(inner(of, other)?), other.clone()))),
        Node::Call(Function::Change | Function::Difference, _) => Some(expr.clone()),
        Node::Call(Function::Abs, arguments) => inner(arguments.first()?, period),
        Node::Call(..) => None,
        Node::Binary(Operator::Multiply | Operator::Divide, left, right) => match (&left.node, &right.node) {
            (_, Node::Number(_)) => inner(left, period),
            (Node::Number(_), _) => inner(right, period),
            _ => None,
        },
        Node::Binary(Operator::Subtract, left, right) => {
            let (from, other) = (dated(left, period), dated(right, period));
            if from.amount.to_string() != other.amount.to_string() {
                return None;
            }
            let newer = |a: &Dated, b: &Dated| match (end(book, a.period), end(book, b.period)) {
                (Some(a), Some(b)) if a != b => Some(a > b),
                _ => (a.is_prior != b.is_prior).then_some(b.is_prior),
            };
            match newer(&from, &other)? {
                true => Some(expr.clone()),
                false => Some(wrap(Node::Binary(Operator::Subtract, right.clone(), left.clone()))),
            }
        }
        Node::Binary(..) => None,
    }
}

/// An amount, and when.
struct Dated<'a> {
    amount: &'a Expr,
    period: &'a str,
    is_prior: bool,
}

fn dated<'a>(expr: &'a Expr, period: &'a str) -> Dated<'a> {
    match &expr.node {
        Node::In(inner, period) => dated(inner, period),
        Node::Call(Function::Prior | Function::Opening, arguments) if !arguments.is_empty() => {
            Dated { is_prior: true, ..dated(&arguments[0], period) }
        }
        _ => Dated { amount: expr, period, is_prior: false },
    }
}

fn end(book: &Book, period: &str) -> Option<crate::model::Date> {
    book.release.period(period).map(|period| period.span.end())
}
