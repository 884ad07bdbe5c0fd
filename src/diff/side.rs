//! One of two versions that are compared: its entries, its documents, and what its figures come from.

use std::collections::BTreeSet;

use super::entries::Entries;
use crate::{
    figures::Book,
    model::Words,
    present::{
        FigureUse,
        document::{Data, Document},
    },
};

/// A version of a release.
pub struct Side<'a> {
    /// As the user named it.
    pub name: &'a str,
    pub entries: Entries,
    /// The original first.
    pub editions: Vec<Edition<'a>>,
    pub origins: Origins<'a>,
}

/// A version in a language.
#[derive(Clone, Copy)]
pub struct Edition<'a> {
    pub document: &'a Document,
    /// None where only the data are known.
    pub words: Option<&'a Words>,
}

/// What figures come from.
pub enum Origins<'a> {
    /// A dataset.
    Book { book: &'a Book<'a>, uses: &'a [FigureUse] },
    /// The data of a built release: it has the figures of tables, and no texts.
    Data,
}

impl Side<'_> {
    /// Whether it is a dataset, and not the data of a built release.
    pub fn is_dataset(&self) -> bool {
        matches!(self.origins, Origins::Book { .. })
    }

    fn data(&self) -> Option<&Data> {
        self.editions.first().map(|edition| &edition.document.data)
    }

    /// The names of the amounts that a shown figure is calculated from.
    pub fn inputs(&self, figure: &str) -> BTreeSet<String> {
        match self.origins {
            Origins::Book { book, uses } => {
                let mut facts = BTreeSet::new();
                for used in uses.iter().filter(|used| used.name() == figure) {
                    used.derivation.rounded.formula.facts(&mut |id| _ = facts.insert(id));
                }
                facts.into_iter().filter_map(|id| book.entered.get(id)).map(|fact| fact.name()).collect()
            }
            Origins::Data => {
                let origin = self.data().and_then(|data| data.origin(figure));
                origin.into_iter().flat_map(|origin| origin.facts.iter().cloned()).collect()
            }
        }
    }

    /// The measures that a figure's name says, and those in their formulas.
    pub fn measures(&self, figure: &str) -> BTreeSet<String> {
        let Some(data) = self.data() else { return BTreeSet::new() };
        let mut found = BTreeSet::new();
        let mut pending: Vec<String> = names(figure).map(str::to_owned).collect();
        while let Some(name) = pending.pop() {
            let Some(measure) = data.measures.iter().find(|measure| measure.id == name) else { continue };
            if found.insert(name) {
                let formulas = std::iter::once(&measure.formula).chain(measure.formula_in.values());
                pending.extend(formulas.flat_map(|formula| names(formula)).map(str::to_owned));
            }
        }
        found
    }
}

/// The names in a formula, functions among them.
fn names(formula: &str) -> impl Iterator<Item = &str> {
    formula.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '.').filter(|name| !name.is_empty())
}
