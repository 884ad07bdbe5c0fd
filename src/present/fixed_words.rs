//! Fills the places of a fixed word: `{page}` of `Page {page} of {pages}`.

/// The pattern with each place replaced by its text. Texts are not searched for places.
pub fn fill_places(pattern: &str, fills: &[(&str, &str)]) -> String {
    let (mut filled, mut rest) = (String::new(), pattern);
    while let Some(start) = rest.find('{') {
        let (before, place) = rest.split_at(start);
        filled.push_str(before);
        let known = fills.iter().find_map(|(name, text)| {
            let after = place.strip_prefix('{')?.strip_prefix(name)?.strip_prefix('}')?;
            Some((*text, after))
        });
        let (text, after) = known.unwrap_or(("{", &place[1..]));
        filled.push_str(text);
        rest = after;
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_look_like_places_stay() {
        assert_eq!(fill_places("{a} of {b}: {c", &[("a", "{b}"), ("b", "two")]), "{b} of two: {c");
    }
}
