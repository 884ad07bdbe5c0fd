//! The names under which one figure is shown: a line, the lines that refer to it, and measures that are nothing but it.

use std::{borrow::Cow, collections::BTreeSet};

use crate::model::{Entry, Expr, Node, Release};

/// How often names are looked for that lead to names found before.
const MAX_STEPS: usize = 8;

/// The names of one figure in a dataset, whatever its sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureNames<'r>(BTreeSet<Cow<'r, str>>);

impl<'r> FigureNames<'r> {
    /// The names of the line or measure `name`: itself, what its `ref` leads to, the lines that refer to that, and the measures whose
    /// formula is one of these names or its opposite.
    pub fn of(release: &'r Release, name: &str) -> Self {
        Self::collect(release, name, false)
    }

    /// The same with the lines that a tie says are the same amount in every period. A line with members is one of them where it has
    /// amounts of the tied member alone, as the first line of a reconciliation has.
    pub fn with_ties(release: &'r Release, name: &str) -> Self {
        Self::collect(release, name, true)
    }

    /// Whether a name of the dataset is one of them.
    pub fn contains(&self, name: &str) -> bool {
        self.0.contains(name)
    }

    /// The names, in their alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(AsRef::as_ref)
    }

    fn collect(release: &'r Release, name: &str, with_ties: bool) -> Self {
        let mut names = Self(BTreeSet::from([Cow::Owned(name.to_owned())]));
        for _ in 0..MAX_STEPS {
            let known = names.0.len();
            names.add_lines(release);
            for measure in release.measures.iter().filter(|measure| measure.formula_in.is_empty()) {
                let id = measure.id.value.as_str();
                match single_name(&measure.formula) {
                    Some(other) if names.contains(other) => _ = names.0.insert(id.into()),
                    Some(other) if names.contains(id) => _ = names.0.insert(other.into()),
                    _ => {}
                }
            }
            for tie in release.ties.iter().filter(|_| with_ties) {
                let tied: Vec<_> = tie.same.iter().filter_map(|figure| tied_name(release, figure)).collect();
                if tied.iter().any(|name| names.contains(name)) {
                    names.0.extend(tied.into_iter().map(Cow::Borrowed));
                }
            }
            if names.0.len() == known {
                break;
            }
        }
        names
    }

    /// Adds the lines that refer to lines among the names, and those that these refer to.
    fn add_lines(&mut self, release: &'r Release) {
        for statement in &release.statements {
            for line in &statement.lines {
                let Some(reference) = line.reference.as_ref().map(|reference| reference.value.as_str()) else {
                    continue;
                };
                let own = statement.full_name(&line.id.value);
                match (self.contains(&own), self.contains(reference)) {
                    (true, false) => _ = self.0.insert(reference.into()),
                    (false, true) => _ = self.0.insert(own.into()),
                    _ => {}
                }
            }
        }
    }
}

/// The line or measure that a tied figure is; one with a member only if its line has no amounts of other members.
fn tied_name<'r>(release: &Release, figure: &'r Expr) -> Option<&'r str> {
    let Node::Line { name, member: Some(member) } = &figure.node else { return single_name(figure) };
    let (_, line) = release.target(name)?;
    let others = line.facts.iter().filter(|((_, of), _)| of != member);
    others.into_iter().all(|(_, fact)| fact.entry == Entry::Blank).then_some(name)
}

/// The line or measure that a formula is, whatever its sign; none of one with a member or a period.
fn single_name(formula: &Expr) -> Option<&str> {
    match &formula.node {
        Node::Line { name, member: None } => Some(name),
        Node::Negative(inner) => single_name(inner),
        _ => None,
    }
}
