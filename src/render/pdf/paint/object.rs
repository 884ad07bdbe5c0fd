//! The few PDF values that every part of the pass writes.

use lopdf::{Dictionary, Object, StringFormat};

use crate::render::pdf::{frame::Spot, style::Pt};

/// A name.
pub fn name(text: &str) -> Object {
    Object::Name(text.as_bytes().to_vec())
}

/// A text string: ASCII as it is, anything else as UTF-16.
pub fn text(text: &str) -> Object {
    if text.is_ascii() {
        return Object::String(text.as_bytes().to_vec(), StringFormat::Literal);
    }
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    Object::String(units.flat_map(u16::to_be_bytes).collect(), StringFormat::Hexadecimal)
}

/// A dictionary of these entries.
pub fn dictionary<const N: usize>(entries: [(&str, Object); N]) -> Dictionary {
    entries.into_iter().collect()
}

/// An index as a PDF integer.
pub fn integer(index: usize) -> Object {
    Object::Integer(i64::try_from(index).unwrap_or(i64::MAX))
}

/// A length, to a hundredth of a point.
pub fn length(value: Pt) -> Object {
    Object::Real(round(value))
}

/// To a hundredth of a point: what no eye sees need not be written.
pub fn round(value: Pt) -> Pt {
    (value * 100.0).round() / 100.0
}

/// A destination on a page: its top edge at the spot, in the reader's own magnification.
pub fn destination(spot: Spot, page: lopdf::ObjectId, height: Pt) -> Object {
    let top = length((height - spot.y + 6.0).min(height));
    Object::Array(vec![Object::Reference(page), name("XYZ"), Object::Null, top, Object::Null])
}
