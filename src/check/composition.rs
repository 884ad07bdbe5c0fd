//! Composition: of which entered lines a figure is made, and with which sign, through sums, `ref`s and the formulas of measures.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use crate::model::{Expr, Node, Operator, Release};

/// How deep sums lie within sums before a line is taken as it is.
const MAX_DEPTH: usize = 64;

/// A line, with its member if one is named, or a measure: `is.revenue`, `eq.closing[total]`, `eps`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FigureKey {
    pub name: String,
    pub member: Option<String>,
}

impl FigureKey {
    /// The figure that an expression is, if it is a line or measure and no formula.
    pub fn of(expr: &Expr) -> Option<Self> {
        match &expr.node {
            Node::Line { name, member } => Some(Self { name: name.clone(), member: member.clone() }),
            _ => None,
        }
    }

    /// A line without a member, or a measure.
    pub fn named(name: &str) -> Self {
        Self { name: name.to_owned(), member: None }
    }

    /// As a formula names it.
    pub fn text(&self) -> String {
        let member = self.member.as_ref().map_or(String::new(), |member| format!("[{member}]"));
        format!("{}{member}", self.name)
    }
}

/// A term of a sum.
#[derive(Debug, Clone, PartialEq)]
pub struct Addend {
    pub figure: FigureKey,
    pub deducted: bool,
}

/// How often each line is in a figure; negative where it is deducted.
pub type Leaves = BTreeMap<FigureKey, i64>;

/// Takes the figures of a release apart. What was found is kept.
pub struct Composition<'r> {
    release: &'r Release,
    known: RefCell<BTreeMap<FigureKey, Rc<Leaves>>>,
}

impl<'r> Composition<'r> {
    pub fn new(release: &'r Release) -> Self {
        Self { release, known: RefCell::default() }
    }

    /// The terms of a figure's own sum or formula; empty for one that is entered by itself, or that is no sum.
    pub fn addends(&self, figure: &FigureKey) -> Vec<Addend> {
        if let Some((statement, line)) = self.release.target(&figure.name) {
            let of = |part: &crate::model::Part| Addend {
                figure: FigureKey { name: statement.full_name(&part.name), member: figure.member.clone() },
                deducted: part.deducted,
            };
            return line.sum.iter().map(of).collect();
        }
        let measure = self.release.measure(&figure.name);
        measure.and_then(|measure| addends_of(&measure.formula)).unwrap_or_default()
    }

    /// The entered lines that a figure is made of; a line that is no sum is made of itself, and so is a measure.
    pub fn leaves(&self, figure: &FigureKey) -> Rc<Leaves> {
        self.leaves_within(figure, 0)
    }

    /// The entered lines that some terms are made of.
    pub fn leaves_of(&self, addends: &[Addend]) -> Leaves {
        self.added_up(addends, 0)
    }

    fn leaves_within(&self, figure: &FigureKey, depth: usize) -> Rc<Leaves> {
        if let Some(known) = self.known.borrow().get(figure) {
            return Rc::clone(known);
        }
        let addends = if depth < MAX_DEPTH { self.addends(figure) } else { Vec::new() };
        let leaves = match addends.is_empty() {
            true => BTreeMap::from([(self.canonical(figure), 1)]),
            false => self.added_up(&addends, depth + 1),
        };
        let leaves = Rc::new(leaves);
        self.known.borrow_mut().insert(figure.clone(), Rc::clone(&leaves));
        leaves
    }

    fn added_up(&self, addends: &[Addend], depth: usize) -> Leaves {
        let mut leaves = Leaves::new();
        for addend in addends {
            for (leaf, count) in self.leaves_within(&addend.figure, depth).iter() {
                let sum = leaves.entry(leaf.clone()).or_default();
                *sum = if addend.deducted { sum.saturating_sub(*count) } else { sum.saturating_add(*count) };
            }
        }
        leaves.retain(|_, count| *count != 0);
        leaves
    }

    /// The line that a `ref` leads to.
    fn canonical(&self, figure: &FigureKey) -> FigureKey {
        let name = self.release.target(&figure.name).map(|(statement, line)| statement.full_name(&line.id.value));
        FigureKey { name: name.unwrap_or_else(|| figure.name.clone()), member: figure.member.clone() }
    }

    /// The figures that are always the same amount as one: what its `ref` leads to, and those that ties name beside it.
    pub fn same_as(&self, figure: &FigureKey) -> BTreeSet<FigureKey> {
        let own = self.canonical(figure);
        let mut same = BTreeSet::from([figure.clone(), own.clone()]);
        for tie in &self.release.ties {
            let tied: Vec<_> = tie.same.iter().filter_map(FigureKey::of).map(|tied| self.canonical(&tied)).collect();
            if tied.contains(&own) {
                same.extend(tied);
            }
        }
        same
    }
}

/// The terms of a formula that adds and deducts lines and measures in the period that is asked for; none of another formula.
pub fn addends_of(formula: &Expr) -> Option<Vec<Addend>> {
    let mut addends = Vec::new();
    collect(formula, false, &mut addends).then_some(addends)
}

fn collect(formula: &Expr, deducted: bool, addends: &mut Vec<Addend>) -> bool {
    match &formula.node {
        Node::Line { .. } => {
            addends.extend(FigureKey::of(formula).map(|figure| Addend { figure, deducted }));
            true
        }
        Node::Negative(inner) => collect(inner, !deducted, addends),
        Node::Binary(Operator::Add, left, right) => {
            collect(left, deducted, addends) && collect(right, deducted, addends)
        }
        Node::Binary(Operator::Subtract, left, right) => {
            collect(left, deducted, addends) && collect(right, !deducted, addends)
        }
        Node::Number(_) | Node::Binary(..) | Node::Call(..) | Node::In(..) => false,
    }
}
