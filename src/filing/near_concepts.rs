//! Finds concepts whose names have the words of a figure, for whoever looks for its concept.

use std::collections::BTreeSet;

use super::Builder;
use crate::model::{ConceptKind, Unit, UnitKind};

/// The most concepts that are named.
const MOST: usize = 3;
/// The fewest letters of a word that says something.
const MIN_LETTERS: usize = 3;

impl Builder<'_, '_> {
    /// The concepts of this form that a figure's unit allows and whose names have at least half of the words of its name or label, the
    /// most alike first.
    pub(super) fn near_concepts(&self, figure: &str) -> Vec<&str> {
        let Some((unit, names)) = self.unit_and_names(figure) else { return Vec::new() };
        let sets: Vec<_> = names.iter().map(|name| words(name)).filter(|words| !words.is_empty()).collect();
        let links = self.taxonomy.links_of(&self.spec.form.value);
        let own: BTreeSet<&str> = links.flat_map(|link| link.items.iter().map(|(_, name)| name.as_str())).collect();
        let own = own.into_iter().filter(|name| self.allows(name, unit));
        let mut near: Vec<(Likeness, &str)> = own.filter_map(|name| Some((likeness(&sets, name)?, name))).collect();
        near.sort();
        near.into_iter().take(MOST).map(|(_, name)| name).collect()
    }

    /// The unit, the id and the label of a figure that is a line or measure.
    fn unit_and_names(&self, figure: &str) -> Option<(&Unit, Vec<&str>)> {
        let release = self.book.release;
        if let Some((statement, line)) = release.line(figure) {
            return Some((statement.unit_of(line), vec![&line.id.value, &line.label.value]));
        }
        let measure = release.measure(figure)?;
        let label = measure.label.iter().map(|label| label.value.as_str());
        Some((&measure.unit.value, std::iter::once(measure.id.value.as_str()).chain(label).collect()))
    }

    /// Whether a concept is reported in a unit, and is not the growth of another.
    fn allows(&self, name: &str, unit: &Unit) -> bool {
        let rule = self.book.release.units.rule(&unit.base).map(|rule| rule.kind);
        let is_per_share = unit.base.contains(" per ");
        let kinds: &[ConceptKind] = match rule {
            _ if unit.base == Unit::PERCENT => &[ConceptKind::Percent],
            _ if is_per_share => &[ConceptKind::PerShare],
            Some(UnitKind::Money) => &[ConceptKind::Money],
            _ => &[ConceptKind::Shares, ConceptKind::Count],
        };
        let kind = self.taxonomy.concepts.get(name).map(|concept| concept.kind);
        kind.is_some_and(|kind| kinds.contains(&kind)) && !name.starts_with(&self.taxonomy.change_prefix)
    }
}

/// How unlike two names are: words of the figure that are missing, in per mille, then words that only the concept has.
type Likeness = (usize, usize);

/// The likeness of a concept to the nearest of the names; none if it has less than half of the words of each.
fn likeness(names: &[BTreeSet<String>], concept: &str) -> Option<Likeness> {
    let own = words(concept);
    let of = |name: &BTreeSet<String>| {
        let shared = name.intersection(&own).count();
        (shared * 2 >= name.len()).then(|| ((name.len() - shared) * 1000 / name.len(), own.len() - shared))
    };
    names.iter().filter_map(of).min()
}

/// The words of `operating_profit`, `OperatingProfit` or `Operating profit`, in small letters.
fn words(name: &str) -> BTreeSet<String> {
    let mut apart = String::with_capacity(name.len());
    let mut was_small = false;
    for letter in name.chars() {
        if letter.is_uppercase() && was_small {
            apart.push(' ');
        }
        was_small = letter.is_lowercase();
        apart.push(letter);
    }
    let words = apart.split(|letter: char| !letter.is_ascii_alphabetic()).filter(|word| word.len() >= MIN_LETTERS);
    words.map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_alike_by_their_words() {
        let names = [words("total_assets"), words("Assets, total")];
        assert_eq!(likeness(&names, "TotalAssets"), Some((0, 0)));
        assert_eq!(likeness(&names, "TotalAssetsUS"), Some((0, 0)));
        assert_eq!(likeness(&names, "TotalDividendPaidAnnual"), Some((500, 3)));
        assert_eq!(likeness(&names, "NetSales"), None);
        assert_eq!(likeness(&[], "NetSales"), None);
    }
}
