//! Composition: of which entered lines a figure is made, and with which sign, through sums, `ref`s and the formulas of measures.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use crate::model::{Expr, Node, Operator, Release, Tie};

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
    /// Figures that are taken as they are, by the names of [`Composition::canonical`].
    whole: BTreeSet<FigureKey>,
    known: RefCell<BTreeMap<FigureKey, Rc<Leaves>>>,
}

impl<'r> Composition<'r> {
    pub fn new(release: &'r Release) -> Self {
        Self::leaving_whole(release, BTreeSet::new())
    }

    /// Takes no figure apart that has one of these names of [`Composition::canonical`].
    pub fn leaving_whole(release: &'r Release, whole: BTreeSet<FigureKey>) -> Self {
        Self { release, whole, known: RefCell::default() }
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
        let own = self.canonical(figure);
        let is_taken_apart = depth < MAX_DEPTH && !self.whole.contains(&own);
        let addends = if is_taken_apart { self.addends(figure) } else { Vec::new() };
        let leaves = match addends.is_empty() {
            true => BTreeMap::from([(own, 1)]),
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

    /// The one name of a figure that has several: the line that its `ref` leads to, or that a measure is by its whole formula. It has
    /// a member only if that line has members, and none if it remains a measure.
    pub fn canonical(&self, figure: &FigureKey) -> FigureKey {
        let mut own = figure.clone();
        for _ in 0..MAX_DEPTH {
            if let Some((statement, line)) = self.release.target(&own.name) {
                let member = own.member.filter(|_| !statement.members.is_empty());
                return FigureKey { name: statement.full_name(&line.id.value), member };
            }
            let Some(measure) = self.release.measure(&own.name) else { break };
            own.member = None;
            match FigureKey::of(&measure.formula).filter(|_| measure.formula_in.is_empty()) {
                Some(other) => own = other,
                None => break,
            }
        }
        own
    }

    /// The figures that are always the same amount as one, as ties say and ties of these; each by its canonical name.
    pub fn same_as(&self, figure: &FigureKey) -> BTreeSet<FigureKey> {
        let tied = |tie: &Tie| -> BTreeSet<_> {
            tie.same.iter().filter_map(FigureKey::of).map(|tied| self.canonical(&tied)).collect()
        };
        let ties: Vec<_> = self.release.ties.iter().map(tied).collect();
        let mut ties_of: BTreeMap<&FigureKey, Vec<&BTreeSet<FigureKey>>> = BTreeMap::new();
        for tie in &ties {
            tie.iter().for_each(|figure| ties_of.entry(figure).or_default().push(tie));
        }
        let mut same = BTreeSet::new();
        let mut waiting = vec![self.canonical(figure)];
        while let Some(next) = waiting.pop() {
            if same.contains(&next) {
                continue;
            }
            // Each tie is followed once, from the first of its figures.
            for tie in ties_of.get(&next).into_iter().flatten().filter(|tie| tie.is_disjoint(&same)) {
                waiting.extend(tie.iter().cloned());
            }
            same.insert(next);
        }
        same
    }
}

/// The terms of a formula that adds and deducts lines and measures in the period that is asked for; none of another formula.
pub fn addends_of(formula: &Expr) -> Option<Vec<Addend>> {
    let mut addends = Vec::new();
    collect(formula, false, &mut addends).then_some(addends)
}

/// A formula without the numbers that it is multiplied or divided by.
pub fn unscaled(formula: &Expr) -> &Expr {
    match &formula.node {
        Node::Binary(Operator::Multiply, factor, inner) if matches!(factor.node, Node::Number(_)) => unscaled(inner),
        Node::Binary(Operator::Multiply | Operator::Divide, inner, factor)
            if matches!(factor.node, Node::Number(_)) =>
        {
            unscaled(inner)
        }
        _ => formula,
    }
}

/// The largest parts of a formula that add and deduct several lines or measures, each with its terms.
pub fn sums_in(formula: &Expr) -> Vec<(&Expr, Vec<Addend>)> {
    if let Some(addends) = addends_of(formula) {
        return if addends.len() > 1 { vec![(formula, addends)] } else { Vec::new() };
    }
    match &formula.node {
        Node::Number(_) | Node::Line { .. } => Vec::new(),
        Node::Negative(inner) | Node::In(inner, _) => sums_in(inner),
        Node::Binary(_, left, right) => [left, right].into_iter().flat_map(|part| sums_in(part)).collect(),
        Node::Call(_, arguments) => arguments.iter().flat_map(sums_in).collect(),
    }
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
