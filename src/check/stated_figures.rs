//! What a stretch of text states: its figures, and the periods that it names by calls.

use std::collections::{BTreeMap, BTreeSet};

use super::CheckInput;
use crate::{diag::Place, present::FigureUse};

/// The figures in the texts of a release, by where their calls are written.
pub struct StatedFigures<'a> {
    by_place: BTreeMap<(&'a str, usize), Vec<&'a FigureUse>>,
}

impl<'a> StatedFigures<'a> {
    pub fn new(input: &CheckInput<'a, '_>) -> Self {
        let mut by_place: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for used in input.presented.uses.iter().filter(|used| used.call.is_some()) {
            by_place.entry((used.at.source.path.as_str(), used.at.start)).or_default().push(used);
        }
        Self { by_place }
    }

    /// The figures whose calls are within a place.
    pub fn within(&self, place: &Place) -> Vec<&'a FigureUse> {
        let path = place.source.path.as_str();
        self.by_place.range((path, place.start)..(path, place.end)).flat_map(|(_, uses)| uses).copied().collect()
    }
}

/// The two figures of each `pair` among some figures: the subject and the option `with`.
pub fn pairs_of<'a>(uses: &[&'a FigureUse]) -> BTreeSet<[&'a str; 2]> {
    let calls = uses.iter().filter_map(|used| used.call.as_ref()).filter(|call| call.filter == "pair");
    calls.filter_map(|call| Some([call.subject.trim(), call.options.get("with")?.trim()])).collect()
}

/// The subjects of the calls of a filter in a text as it is written: of `period`, the periods that it names. Those that ask for
/// another day than the last are left out.
pub fn subjects_of<'t>(text: &'t str, filter: &str) -> BTreeSet<&'t str> {
    let calls = text.split("{{").skip(1).filter_map(|rest| rest.split("}}").next());
    let of_filter = |call: &&str| {
        let last = call.rsplit_once('|').map_or("", |(_, last)| last);
        last.split('(').next().is_some_and(|name| name.trim() == filter) && !last.contains("day")
    };
    let subject = |call: &'t str| call.trim().trim_start_matches('\\').get(1..)?.split(['"', '\'', '`', '\\']).next();
    calls.filter(of_filter).filter_map(subject).collect()
}

#[cfg(test)]
mod tests {
    use super::subjects_of;

    #[test]
    fn names_of_periods_are_found_in_calls() {
        let text =
            "{{ \"fy2025\" | period }}, {{'a'|period}} {{ \"is.sales\" | amount }} {{ \"x\" | date(style=\"y\") }}";
        assert_eq!(subjects_of(text, "period").into_iter().collect::<Vec<_>>(), ["a", "fy2025"]);
    }
}
