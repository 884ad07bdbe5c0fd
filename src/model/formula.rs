//! Formulas of measures and figures.

use std::fmt;

use super::{Decimal, plain_digits};
use crate::diag::Place;

/// A formula or a part of one, with its place in the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    pub node: Node,
    pub place: Place,
}

/// A node of the syntax tree of a formula.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    Number(Decimal),
    /// A line `statement.line`, or a measure; `member` if one is named.
    Line {
        name: String,
        member: Option<String>,
    },
    Negative(Box<Expr>),
    Binary(Operator, Box<Expr>, Box<Expr>),
    Call(Function, Vec<Expr>),
    /// An expression in a named period, `expr@period`.
    In(Box<Expr>, String),
}

/// The arithmetic operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
}

impl Operator {
    fn sign(self) -> &'static str {
        match self {
            Self::Add => " + ",
            Self::Subtract => " - ",
            Self::Multiply => " * ",
            Self::Divide => " / ",
        }
    }

    fn binds_tighter_than_sums(self) -> bool {
        matches!(self, Self::Multiply | Self::Divide)
    }
}

/// The functions of the formula language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    Change,
    Difference,
    Percent,
    Prior,
    Opening,
    Average,
    Abs,
    /// Growth a year: the compound annual growth rate.
    Cagr,
    /// The number of days of the period.
    Days,
}

impl Function {
    /// Every function with its name, and the least and greatest number of its arguments.
    pub const ALL: [(&'static str, Self, [usize; 2]); 9] = [
        ("change", Self::Change, [1, 2]),
        ("difference", Self::Difference, [1, 2]),
        ("percent", Self::Percent, [2, 2]),
        ("prior", Self::Prior, [1, 1]),
        ("opening", Self::Opening, [1, 1]),
        ("average", Self::Average, [1, 1]),
        ("abs", Self::Abs, [1, 1]),
        ("cagr", Self::Cagr, [1, 2]),
        ("days", Self::Days, [0, 1]),
    ];

    /// The name in formulas.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, function, _)| *function == self).map_or("", |(name, ..)| name)
    }

    /// Whether it is growth in per cent, of its first argument over the second or over the prior period.
    pub fn is_growth(self) -> bool {
        matches!(self, Self::Change | Self::Cagr)
    }

    /// Whether its result is in per cent, whatever the unit of its arguments.
    pub fn gives_percent(self) -> bool {
        self.is_growth() || self == Self::Percent
    }

    /// Whether it compares its first argument with a second, which may be left out: that of the prior period.
    pub fn compares(self) -> bool {
        self.is_growth() || self == Self::Difference
    }
}

impl Expr {
    /// The placeholder for the line of a row, in the `show` of a column.
    pub const SELF: &str = "_";

    /// The formula of the same figure in the prior period.
    pub fn prior(&self) -> Self {
        Self { node: Node::Call(Function::Prior, vec![self.clone()]), place: self.place.clone() }
    }

    /// The names of lines and measures in it, in its order.
    pub fn names(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.walk(&mut |part| {
            if let Node::Line { name, .. } = &part.node {
                names.push(name.as_str());
            }
        });
        names
    }

    /// Calls `see` for every node, parents before children.
    pub fn walk<'a>(&'a self, see: &mut impl FnMut(&'a Expr)) {
        see(self);
        match &self.node {
            Node::Number(_) | Node::Line { .. } => {}
            Node::Negative(inner) | Node::In(inner, _) => inner.walk(see),
            Node::Binary(_, left, right) => {
                left.walk(see);
                right.walk(see);
            }
            Node::Call(_, arguments) => arguments.iter().for_each(|argument| argument.walk(see)),
        }
    }
}

/// The canonical text of a formula, for comparison and for messages.
impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text_with(&write_line))
    }
}

/// Writes a line as a formula names it, `eq.closing[total]`.
pub fn write_line(text: &mut String, name: &str, member: Option<&str>) {
    text.push_str(name);
    if let Some(member) = member {
        text.extend(["[", member, "]"]);
    }
}

impl Expr {
    /// The canonical text, with each line as `line` writes it. It is written for most figures, so it goes through no formatter.
    pub fn text_with(&self, line: &impl Fn(&mut String, &str, Option<&str>)) -> String {
        let mut text = String::new();
        self.write(&mut text, line);
        text
    }

    fn write(&self, text: &mut String, line: &impl Fn(&mut String, &str, Option<&str>)) {
        match &self.node {
            Node::Number(number) => text.push_str(&plain_digits(number.normalize())),
            Node::Line { name, member } => line(text, name, member.as_deref()),
            Node::Negative(inner) => {
                text.push('-');
                inner.write_operand(text, true, line);
            }
            Node::Binary(operator, left, right) => {
                let tight = operator.binds_tighter_than_sums();
                let left_is_sum = matches!(left.node, Node::Binary(inner, ..) if !inner.binds_tighter_than_sums());
                let right_is_sum = matches!(right.node, Node::Binary(inner, ..) if !inner.binds_tighter_than_sums());
                let right_grouped = tight || (*operator == Operator::Subtract && right_is_sum);
                left.write_operand(text, tight && left_is_sum, line);
                text.push_str(operator.sign());
                right.write_operand(text, right_grouped, line);
            }
            Node::Call(function, arguments) => {
                text.extend([function.name(), "("]);
                for (position, argument) in arguments.iter().enumerate() {
                    text.push_str(if position > 0 { ", " } else { "" });
                    argument.write(text, line);
                }
                text.push(')');
            }
            Node::In(inner, period) => {
                inner.write_operand(text, true, line);
                text.extend(["@", period]);
            }
        }
    }

    /// Writes an operand, in parentheses if it needs them.
    fn write_operand(&self, text: &mut String, is_grouped: bool, line: &impl Fn(&mut String, &str, Option<&str>)) {
        if is_grouped && matches!(self.node, Node::Binary(..) | Node::Negative(_)) {
            text.push('(');
            self.write(text, line);
            text.push(')');
        } else {
            self.write(text, line);
        }
    }
}
