//! Finds web addresses in a text: one thing to a reader, whatever digits they have.

use std::ops::Range;

/// How an address begins.
const BEGINNINGS: [&str; 3] = ["https://", "http://", "www."];

/// The web addresses that a text spells out, each up to the space, quote or bracket after it, without the marks that end a
/// sentence.
pub fn web_addresses(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    for (start, _) in text.match_indices(['h', 'w']) {
        let rest = &text[start..];
        if start < at || !BEGINNINGS.iter().any(|begins| rest.starts_with(begins)) {
            continue;
        }
        let is_outside = |c: char| c.is_whitespace() || "<>\"\u{201c}\u{201d}|".contains(c) || is_wide(c);
        let length = rest.find(is_outside).unwrap_or(rest.len());
        let end = start + without_marks(&rest[..length]).len();
        let begins_within = text[..start].ends_with(|c: char| c.is_ascii_alphanumeric());
        if !begins_within {
            found.push(start..end);
        }
        at = start + length;
    }
    found
}

/// Whether it is a character of East Asian text or its punctuation, which may follow without a space.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}')
}

/// An address without the marks after it: a full stop, a comma, a closing bracket that it does not open.
fn without_marks(address: &str) -> &str {
    let mut unopened = address.matches(')').count().saturating_sub(address.matches('(').count());
    let is_mark = |c: char| {
        let is_bracket = c == ')' && unopened > 0;
        unopened -= usize::from(is_bracket);
        is_bracket || ".,;:!?'*_]".contains(c)
    };
    address.trim_end_matches(is_mark)
}

#[cfg(test)]
mod tests {
    use super::web_addresses;

    fn found(text: &str) -> Vec<&str> {
        web_addresses(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn an_address_ends_before_the_marks_of_its_sentence() {
        assert_eq!(found("See https://example.com/2024/q3, or 5."), ["https://example.com/2024/q3"]);
        assert_eq!(found("(www.example.com/ir?y=2025&q=3)."), ["www.example.com/ir?y=2025&q=3"]);
        assert_eq!(
            found("http://e.example/a_(b)_2 and https://e.example:8080/."),
            ["http://e.example/a_(b)_2", "https://e.example:8080/"]
        );
        assert_eq!(found("詳細はhttps://e.example/2024をご覧ください。"), ["https://e.example/2024"]);
        assert_eq!(found("12 sites, awww.b 3"), [""; 0]);
        assert_eq!(found("https://"), ["https://"]);
    }
}
