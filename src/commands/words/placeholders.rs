//! What a translation must keep of its original: expressions of the dataset, and the place of the number in a pattern.

use std::collections::BTreeMap;

/// The place of the number in the pattern of a unit.
const NUMBER: &str = "{}";

/// How often each placeholder stands in a text: `{{ … }}` with single spaces, and `{}`.
#[derive(Debug, PartialEq, Eq)]
pub struct Placeholders(BTreeMap<String, usize>);

impl Placeholders {
    /// The placeholders of a text. One without an end goes on to the end of the text.
    pub fn of(text: &str) -> Self {
        let mut found = Self(BTreeMap::new());
        let mut rest = text;
        while let Some(start) = rest.find("{{") {
            found.add_numbers(&rest[..start]);
            let end = rest[start..].find("}}").map_or(rest.len(), |len| start + len + 2);
            found.add(rest[start..end].split_whitespace().collect::<Vec<_>>().join(" "), 1);
            rest = &rest[end..];
        }
        found.add_numbers(rest);
        found
    }

    fn add_numbers(&mut self, text: &str) {
        self.add(NUMBER.to_owned(), text.matches(NUMBER).count());
    }

    fn add(&mut self, placeholder: String, count: usize) {
        if count > 0 {
            *self.0.entry(placeholder).or_default() += count;
        }
    }

    /// Those that stand more often here than in another text.
    pub fn beyond<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = &'a str> {
        let is_beyond = |(text, count): &(&String, &usize)| **count > other.0.get(*text).copied().unwrap_or_default();
        self.0.iter().filter(is_beyond).map(|(text, _)| text.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_counted_whatever_their_order_and_spaces() {
        let original = Placeholders::of("From {{ \"a\" | period }} to {{ \"b\" | period }}: {}");
        assert_eq!(original, Placeholders::of("{}、{{ \"b\"  | period }}から{{ \"a\" | period }}"));
        let lost = Placeholders::of("{{ \"a\" | period }} {{ b");
        assert_eq!(original.beyond(&lost).collect::<Vec<_>>(), ["{{ \"b\" | period }}", "{}"]);
        assert_eq!(lost.beyond(&original).collect::<Vec<_>>(), ["{{ b"]);
    }
}
