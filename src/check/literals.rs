//! Whether a literal covers a part of a text, so that what stands there is meant.

use std::ops::Range;

use super::CheckInput;
use crate::diag::Place;

/// Whether a `[[literal]]` covers a place of a file.
pub fn is_literal_at(input: &CheckInput, place: &Place) -> bool {
    is_literal(input, &place.source.text, place.start..place.end)
}

/// Whether a `[[literal]]` covers a part of a text.
pub fn is_literal(input: &CheckInput, text: &str, part: Range<usize>) -> bool {
    input.book.release.literals.iter().any(|literal| {
        let literal = literal.text.value.as_str();
        // The text may be long: only where the literal would cover the part.
        let mut starts = part.end.saturating_sub(literal.len())..=part.start;
        starts.any(|at| text.get(at..).is_some_and(|text| text.starts_with(literal)))
    })
}
