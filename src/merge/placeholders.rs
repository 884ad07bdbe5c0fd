//! Placeholders that carry calls through templates and Markdown, encoded in private-use characters, which input must
//! not contain.

use std::{collections::BTreeMap, ops::Range};

const CALL: char = '\u{E000}';
const PLACE: char = '\u{E001}';
const END: char = '\u{E002}';
/// A payload byte `b` is the character `BYTE + b`, which no parser treats as a letter, space or punctuation.
const BYTE: u32 = 0xE100;

/// A filter call in a text: `{{ "is.total_revenues" | amount(unit="USD million") }}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    pub filter: String,
    /// The text before the `|`.
    pub subject: String,
    pub options: BTreeMap<String, String>,
    /// The byte range of the expression in the user's text, if known.
    pub span: Option<Range<usize>>,
}

/// A piece of merged text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'a> {
    Text(&'a str),
    Call(Call),
    /// The byte range of an expression without one of our filters; its result follows as text.
    Bare(Range<usize>),
}

impl<'a> Piece<'a> {
    /// The text, if it is one.
    pub fn text(&self) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Call(_) | Self::Bare(_) => None,
        }
    }
}

/// The placeholder of a call.
pub(super) fn encode_call(filter: &str, subject: &str, options: &BTreeMap<String, String>) -> String {
    let mut fields = vec![filter.to_owned(), subject.to_owned()];
    fields.extend(options.iter().flat_map(|(key, value)| [key.clone(), value.clone()]));
    encode(CALL, &fields)
}

/// The placeholder for the place of the next expression.
pub(super) fn encode_place(span: &Range<usize>) -> String {
    encode(PLACE, &[span.start.to_string(), span.end.to_string()])
}

fn encode(kind: char, fields: &[String]) -> String {
    let mut mark = String::from(kind);
    for (position, field) in fields.iter().enumerate() {
        let separator = (position > 0).then_some(0_u8);
        mark.extend(
            separator.into_iter().chain(field.bytes()).filter_map(|byte| char::from_u32(BYTE + u32::from(byte))),
        );
    }
    mark.push(END);
    mark
}

/// Splits merged text into pieces; a place is joined with the call after it.
pub fn split_pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let mut span = None;
    while let Some(start) = rest.find([CALL, PLACE]) {
        if start > 0 {
            pieces.push(Piece::Text(&rest[..start]));
        }
        let Some(end) = rest[start..].find(END).map(|end| start + end) else { break };
        let fields = fields(&rest[start + CALL.len_utf8()..end]);
        if rest[start..].starts_with(PLACE) {
            span = range(&fields);
            if !rest[end + END.len_utf8()..].starts_with(CALL) {
                pieces.extend(span.take().map(Piece::Bare));
            }
        } else {
            pieces.push(Piece::Call(decode_call(fields, span.take())));
        }
        rest = &rest[end + END.len_utf8()..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

/// The text without placeholders.
pub fn strip_placeholders(text: &str) -> String {
    split_pieces(text).iter().filter_map(Piece::text).collect()
}

/// Whether a text begins with a call.
pub fn begins_with_call(text: &str) -> bool {
    text.starts_with([CALL, PLACE])
}

/// The positions after each call at which merged text and user's text are aligned again, as (bytes of merged text,
/// bytes of user's text), in order.
pub fn alignment_points(text: &str) -> Vec<(usize, usize)> {
    let mut joints = Vec::new();
    let mut at = 0;
    let mut span = None;
    while let Some(start) = text[at..].find([CALL, PLACE]).map(|found| at + found) {
        let Some(end) = text[start..].find(END).map(|end| start + end) else { break };
        at = end + END.len_utf8();
        if text[start..].starts_with(PLACE) {
            span = range(&fields(&text[start + PLACE.len_utf8()..end]));
        } else if let Some(span) = span.take() {
            joints.push((at, span.end));
        }
    }
    joints
}

fn fields(payload: &str) -> Vec<String> {
    let bytes: Vec<u8> = payload.chars().filter_map(|c| u8::try_from(u32::from(c).checked_sub(BYTE)?).ok()).collect();
    bytes.split(|byte| *byte == 0).map(|field| String::from_utf8_lossy(field).into_owned()).collect()
}

fn range(fields: &[String]) -> Option<Range<usize>> {
    Some(fields.first()?.parse().ok()?..fields.get(1)?.parse().ok()?)
}

fn decode_call(fields: Vec<String>, span: Option<Range<usize>>) -> Call {
    let mut fields = fields.into_iter();
    let (filter, subject) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default());
    let mut options = BTreeMap::new();
    while let (Some(key), Some(value)) = (fields.next(), fields.next()) {
        options.insert(key, value);
    }
    Call { filter, subject, options, span }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_survives_with_its_place() {
        let options = BTreeMap::from([("unit".to_owned(), "円 million".to_owned())]);
        let text = format!("was {}{} high", encode_place(&(3..9)), encode_call("amount", "is.x", &options));
        let call = Call { filter: "amount".into(), subject: "is.x".into(), options, span: Some(3..9) };
        assert_eq!(split_pieces(&text), [Piece::Text("was "), Piece::Call(call), Piece::Text(" high")]);
    }
}
