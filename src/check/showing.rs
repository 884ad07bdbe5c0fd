//! Where figures are shown: the cells of tables, the sentences and the headlines that show a line or measure, each with its period.

use super::FigureNames;
use crate::{
    figures::Book,
    model::{Expr, Function, NameMap, Node, Release},
    present::{FigureUse, Presentation},
};

/// How many names are followed to find the period of a figure.
const MAX_NAMES: usize = 64;

/// A place where a figure is shown, as an amount or by its growth or share.
#[derive(Clone, Copy)]
pub struct Showing<'a> {
    pub used: &'a FigureUse,
    /// The id of the period; of balances the day on which it ends.
    pub period: &'a str,
}

/// Where each of several figures is shown, in the order of `figures` and of the document. A sentence shows every figure that its
/// formula names.
pub fn showings<'a>(book: &'a Book, presented: &'a Presentation, figures: &[&FigureNames]) -> Vec<Vec<Showing<'a>>> {
    let mut numbers: NameMap<&str, Vec<usize>> = NameMap::default();
    for (number, names) in figures.iter().enumerate() {
        names.iter().for_each(|name| numbers.entry(name).or_default().push(number));
    }
    let mut found = vec![Vec::new(); figures.len()];
    if numbers.is_empty() {
        return found;
    }
    for used in &presented.uses {
        let mut add = |name: &str, period: &'a str| {
            for number in numbers.get(name).into_iter().flatten() {
                let showing = Showing { used, period: settled_period(book, name, period) };
                found[*number].push(showing);
            }
        };
        match (&used.cell, used.subject.as_deref()) {
            (Some(cell), _) => add(&cell.line, &cell.period),
            (None, Some(subject)) if names_any(subject, &numbers) => {
                let period = page_period(book.release, used);
                each_line(book.release, subject, period, &mut add);
            }
            (None, _) => {}
        }
    }
    found
}

/// The id of the period that the page of a figure in text is about; empty if there is none.
pub fn page_period<'a>(release: &'a Release, used: &FigureUse) -> &'a str {
    let page = release.narrative.iter().find(|page| *page.id == *used.place);
    // A headline is of the release's period, whatever its page is about.
    let page = page.filter(|page| used.at.source.path == page.source.path);
    let period = page.and_then(|page| page.period.as_ref()).or(release.period.as_ref());
    period.map_or("", |period| period.value.as_str())
}

fn names_any(expr: &Expr, numbers: &NameMap<&str, Vec<usize>>) -> bool {
    let mut found = false;
    expr.walk(&mut |part| {
        found |= matches!(&part.node, Node::Line { name, .. } if numbers.contains_key(name.as_str()))
    });
    found
}

/// Calls `see` for every line and measure that a formula names, with the period that it is of.
fn each_line<'a>(release: &'a Release, expr: &'a Expr, period: &'a str, see: &mut impl FnMut(&str, &'a str)) {
    match &expr.node {
        Node::Number(_) => {}
        Node::Line { name, .. } => see(name, period),
        Node::In(inner, period) => each_line(release, inner, period, see),
        Node::Negative(inner) => each_line(release, inner, period, see),
        Node::Binary(_, left, right) => {
            each_line(release, left, period, see);
            each_line(release, right, period, see);
        }
        Node::Call(function, arguments) => {
            let prior = || release.period(period).and_then(|period| period.prior.as_ref());
            let period = match function {
                Function::Prior | Function::Opening => prior().map_or(period, |prior| &prior.value),
                _ => period,
            };
            arguments.iter().for_each(|argument| each_line(release, argument, period, see));
        }
    }
}

/// The period that a line or measure is of where `period` is asked for: of balances alone, the day on which it ends.
pub fn settled_period<'a>(book: &'a Book, name: &str, period: &'a str) -> &'a str {
    let mut waiting = vec![name.to_owned()];
    let mut instant = None;
    let mut count = 0;
    while let Some(name) = waiting.pop() {
        count += 1;
        if count > MAX_NAMES {
            return period;
        }
        if let Some((statement, _)) = book.line(&name) {
            match book.period_in(statement, period) {
                Some(found) if found != period && instant.is_none_or(|known| known == found) => instant = Some(found),
                _ => return period,
            }
        } else if let Some(measure) = book.release.measure(&name) {
            measure.formula.walk(&mut |part| {
                if let Node::Line { name, .. } = &part.node {
                    waiting.push(name.clone());
                }
            });
        }
    }
    instant.unwrap_or(period)
}
