//! The names under which one figure is shown: a line, the lines that refer to it, and measures that are nothing but it.

use std::{borrow::Cow, collections::BTreeSet};

use crate::model::{Entry, Expr, NameMap, Node, Release};

/// The names of one figure in a dataset, whatever its sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureNames<'r>(BTreeSet<Cow<'r, str>>);

impl FigureNames<'_> {
    /// Whether a name of the dataset is one of them.
    pub fn contains(&self, name: &str) -> bool {
        self.0.contains(name)
    }

    /// The names, in their alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(AsRef::as_ref)
    }
}

/// Which names of a dataset are those of one figure.
#[derive(Debug, Default)]
pub struct FigureLinks<'r> {
    groups: Vec<Group<'r>>,
    /// The groups that a name is in.
    of_name: NameMap<Cow<'r, str>, Vec<usize>>,
}

/// Names of one figure that one entry of the dataset says are the same.
#[derive(Debug)]
struct Group<'r> {
    names: Vec<Cow<'r, str>>,
    is_tie: bool,
}

impl<'r> FigureLinks<'r> {
    /// Those of a release: lines with a `ref`, measures whose formula is one name or its opposite, and ties.
    pub fn new(release: &'r Release) -> Self {
        let mut links = Self::default();
        for statement in &release.statements {
            for line in &statement.lines {
                if let Some(reference) = &line.reference {
                    let own = statement.full_name(&line.id.value);
                    links.add(vec![own.into(), Cow::Borrowed(reference.value.as_str())], false);
                }
            }
        }
        for measure in release.measures.iter().filter(|measure| measure.formula_in.is_empty()) {
            if let Some(other) = single_name(&measure.formula) {
                links.add(vec![measure.id.value.as_str().into(), other.into()], false);
            }
        }
        for tie in &release.ties {
            let tied = tie.same.iter().filter_map(|figure| tied_name(release, figure));
            links.add(tied.map(Cow::Borrowed).collect(), true);
        }
        links
    }

    /// The names of the line or measure `name`: itself, what its `ref` leads to, the lines that refer to that, and the measures whose
    /// formula is one of these names or its opposite.
    pub fn names(&self, name: &str) -> FigureNames<'r> {
        self.collect(name, false)
    }

    /// The same with the lines that a tie says are the same amount in every period. A line with members is one of them where it has
    /// amounts of the tied member alone, as the first line of a reconciliation has.
    pub fn names_with_ties(&self, name: &str) -> FigureNames<'r> {
        self.collect(name, true)
    }

    fn add(&mut self, names: Vec<Cow<'r, str>>, is_tie: bool) {
        for name in &names {
            self.of_name.entry(name.clone()).or_default().push(self.groups.len());
        }
        self.groups.push(Group { names, is_tie });
    }

    fn collect(&self, name: &str, with_ties: bool) -> FigureNames<'r> {
        let first: Cow<str> = Cow::Owned(name.to_owned());
        let (mut names, mut waiting) = (BTreeSet::from([first.clone()]), vec![first]);
        while let Some(name) = waiting.pop() {
            let groups = self.of_name.get(&name).into_iter().flatten().map(|group| &self.groups[*group]);
            for other in groups.filter(|group| with_ties || !group.is_tie).flat_map(|group| &group.names) {
                if names.insert(other.clone()) {
                    waiting.push(other.clone());
                }
            }
        }
        FigureNames(names)
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
