//! Finds the sections of a TOML file: between braces, or from one `[[header]]` to the next.

use crate::diag::{Place, Source, Span};

/// The section of its file that contains a place.
pub(super) fn enclosing_section(place: &Place) -> Place {
    let Source { text, .. } = &*place.source;
    let (before, after) = text.split_at_checked(place.start).unwrap_or((text, ""));
    let start = if after.starts_with('[') { place.start } else { before.rfind("\n[").map_or(0, |at| at + 1) };
    let rest = text.get(start + 1..).unwrap_or_default();
    let end = rest.find("\n[").map_or(text.len(), |at| start + 1 + at);
    let (start, end) = enclosing_braces(text, start..end, place.start).unwrap_or((start, end));
    Place { start, end, ..place.clone() }
}

/// The innermost pair of braces around a place. Braces within strings are nearly always in pairs too.
fn enclosing_braces(text: &str, within: Span, at: usize) -> Option<(usize, usize)> {
    let open = find_unmatched(text.get(within.start..at)?.bytes().rev(), b'{', b'}')?;
    let close = find_unmatched(text.get(at..within.end)?.bytes(), b'}', b'{')?;
    Some((at - open - 1, at + close + 1))
}

/// The number of bytes before the first `wanted` that is not matched by an `other` before it.
fn find_unmatched(mut bytes: impl Iterator<Item = u8>, wanted: u8, other: u8) -> Option<usize> {
    let mut depth = 0_usize;
    bytes.position(|byte| {
        let is_match = byte == wanted && depth == 0;
        match byte {
            _ if byte == other => depth += 1,
            _ if byte == wanted => depth = depth.saturating_sub(1),
            _ => {}
        }
        is_match
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section_at(text: &str, word: &str) -> String {
        let source = Source::new("a.toml", text);
        let at = text.find(word).unwrap();
        enclosing_section(&Place::new(&source, at..at + word.len())).text().to_owned()
    }

    #[test]
    fn a_section_goes_from_one_head_to_the_next() {
        let text = "a = 1\n[[line]]\nid = \"x\"\n\n[[line]]\nid = \"y\"\n";
        assert_eq!(section_at(text, "a"), "a = 1");
        assert_eq!(section_at(text, "[[line]]"), "[[line]]\nid = \"x\"\n");
        assert_eq!(section_at(text, "x"), "[[line]]\nid = \"x\"\n");
        assert_eq!(section_at(text, "y"), "[[line]]\nid = \"y\"\n");
    }

    #[test]
    fn a_line_between_braces_is_a_section_of_its_own() {
        let text = "line = [\n  { id = \"x\", label = \"{{ a }} b\", values = [1] },\n  { id = \"y\" },\n]\nz = 1";
        assert_eq!(section_at(text, "x"), "{ id = \"x\", label = \"{{ a }} b\", values = [1] }");
        assert_eq!(section_at(text, "values"), "{ id = \"x\", label = \"{{ a }} b\", values = [1] }");
        assert_eq!(section_at(text, "y"), "{ id = \"y\" }");
        assert_eq!(section_at(text, "z"), text);
    }
}
