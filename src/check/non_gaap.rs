//! The measures of a release that its accounting standard does not define (`non_gaap`), and where it shows them and the lines that
//! they are compared with.

use std::collections::BTreeSet;

use super::{
    FigureLinks, FigureNames,
    reconciliation::{Reconciliation, ReconciliationSearch},
    showing::{Showing, settled_period, showings},
};
use crate::{
    figures::Book,
    model::{At, Expr, Function, Measure, NameMap, Node, Operator, Release},
    present::{FigureUse, Presentation},
};

/// How many measures are followed from a ratio to what it is made of.
const MAX_MEASURES: usize = 64;

/// A line or measure with `non_gaap`.
pub struct NonGaapMeasure<'a> {
    /// Its name in the dataset, `adjusted_ebitda` or `recon.adjusted_ebitda`.
    pub name: String,
    /// The line or measure that it is compared with.
    pub base: &'a At<String>,
    /// Its formula, if it is a measure.
    pub measure: Option<&'a Measure>,
    pub names: FigureNames<'a>,
    pub base_names: FigureNames<'a>,
    /// Where it is shown, and where its base is.
    pub shown: Vec<Showing<'a>>,
    pub base_shown: Vec<Showing<'a>>,
    /// The tables that lead from its base to it, with their periods.
    pub reconciliations: Vec<Reconciliation<'a>>,
}

impl<'a> NonGaapMeasure<'a> {
    /// All of a release.
    pub fn all(book: &'a Book, presented: &'a Presentation, by_place: &NameMap<&str, Vec<&'a FigureUse>>) -> Vec<Self> {
        let mut measures = declared(book.release);
        if measures.is_empty() {
            return measures;
        }
        let search = ReconciliationSearch::new(book.release, presented, by_place);
        let names: Vec<_> = measures.iter().flat_map(|measure| [&measure.names, &measure.base_names]).collect();
        let mut shown = showings(book, presented, &names).into_iter();
        for measure in &mut measures {
            measure.shown = shown.next().unwrap_or_default();
            // A ratio to the base is no presentation of it.
            let base_names = &measure.base_names;
            let is_principal = |showing: &Showing| match showing.used.subject.as_deref() {
                Some(subject) => principal_name(subject).is_some_and(|name| base_names.contains(name)),
                None => true,
            };
            measure.reconciliations = search.between(&measure.names, base_names);
            measure.base_shown = shown.next().unwrap_or_default().into_iter().filter(is_principal).collect();
        }
        measures
    }

    /// The first place that shows it in each period, in the order of the document.
    pub fn first_shown(&self) -> Vec<Showing<'a>> {
        let mut first: Vec<Showing> = Vec::new();
        for showing in &self.shown {
            if !first.iter().any(|known| known.period == showing.period) {
                first.push(*showing);
            }
        }
        first
    }

    /// Whether a table leads from its base to it in a period.
    pub fn is_reconciled(&self, book: &Book, period: &str) -> bool {
        self.reconciliations.iter().any(|found| settled_period(book, &self.name, found.period) == period)
    }

    /// Those of `all` that it is made of, also through other measures, if it is a ratio.
    pub fn parts_of_ratio<'m>(&self, release: &Release, all: &'m [Self]) -> Vec<&'m Self> {
        let (mut parts, mut seen): (Vec<&Self>, _) = (Vec::new(), BTreeSet::new());
        let formula = self.measure.filter(|_| self.is_ratio()).map(|measure| &measure.formula);
        let mut waiting = formula.map(Expr::names).unwrap_or_default();
        while let Some(name) = waiting.pop() {
            if seen.len() > MAX_MEASURES || !seen.insert(name) {
                continue;
            }
            match all.iter().find(|known| known.names.contains(name)) {
                Some(known) => parts.push(known),
                None => waiting.extend(release.measure(name).into_iter().flat_map(|measure| measure.formula.names())),
            }
        }
        parts
    }

    /// Whether it is a quotient or a product of others, which no sum leads to.
    pub fn is_ratio(&self) -> bool {
        self.measure.is_some_and(|measure| is_ratio(&measure.formula))
    }
}

/// Every line and measure with `non_gaap`, as yet without the places that show it.
fn declared(release: &Release) -> Vec<NonGaapMeasure<'_>> {
    let lines = release.statements.iter().flat_map(|statement| {
        statement.lines.iter().filter_map(|line| {
            let base = line.non_gaap.as_ref()?;
            Some((statement.full_name(&line.id.value), base, None))
        })
    });
    let measures = release
        .measures
        .iter()
        .filter_map(|measure| Some((measure.id.value.clone(), measure.non_gaap.as_ref()?, Some(measure))));
    let (all, links) = (measures.chain(lines), FigureLinks::new(release));
    all.map(|(name, base, measure)| NonGaapMeasure {
        names: links.names(&name),
        base_names: links.names_with_ties(&base.value),
        name,
        base,
        measure,
        shown: Vec::new(),
        base_shown: Vec::new(),
        reconciliations: Vec::new(),
    })
    .collect()
}

/// Whether a formula is a quotient or a product.
pub fn is_ratio(formula: &Expr) -> bool {
    match &formula.node {
        Node::Binary(operator, ..) => matches!(operator, Operator::Divide | Operator::Multiply),
        Node::Call(function, _) => *function == Function::Percent,
        Node::Negative(inner) | Node::In(inner, _) => is_ratio(inner),
        Node::Number(_) | Node::Line { .. } => false,
    }
}

/// The line or measure that a figure says something of: itself, or what it is the growth, the difference or a share of.
fn principal_name(figure: &Expr) -> Option<&str> {
    match &figure.node {
        Node::Line { name, .. } => Some(name),
        Node::Negative(inner) | Node::In(inner, _) => principal_name(inner),
        Node::Call(_, arguments) => principal_name(arguments.first()?),
        Node::Binary(operator, left, _) => (*operator == Operator::Subtract).then(|| principal_name(left))?,
        Node::Number(_) => None,
    }
}
