//! The changes of a TOML file that give a text a translation: only its own bytes change, and whatever stands around them, with
//! its comments, order, digits and line ends, is kept.

use super::{
    super::file_splice::{Splice, quoted},
    changes::Change,
};
use crate::load::{ALL, Entry};

/// The splices of a change, in a release in these languages, the original's first.
pub fn splices(change: &Change, languages: &[&str], language: &str) -> Vec<Splice> {
    let entries = &change.text.entries;
    let own = entries.iter().find(|entry| entry.key.as_ref().is_some_and(|key| key.value == language));
    let last = entries.iter().max_by_key(|entry| entry.text.place.start);
    match (own, last) {
        (Some(own), _) => {
            let with = encoded(&change.translation, own.is_list);
            vec![Splice { range: own.text.place.span(), with }]
        }
        (None, Some(last)) if last.key.is_none() => vec![by_language(last, change, languages, language)],
        (None, Some(last)) if last.is_of_all() => divided(last, change, languages, language),
        (None, Some(last)) => vec![added(last, change, &[(language, translation_beside(last, change))])],
        (None, None) => Vec::new(),
    }
}

/// The translation, as a list where the original is one.
fn translation_beside(entry: &Entry, change: &Change) -> String {
    encoded(&change.translation, entry.is_list)
}

/// A text that becomes a table by language. A translation that is the same makes it the text of all languages if there is no
/// third one, of which nobody has said so.
fn by_language(entry: &Entry, change: &Change, languages: &[&str], language: &str) -> Splice {
    let place = &entry.text.place;
    let raw = place.text();
    let table = if change.translation == entry.text.value && languages.len() == 2 {
        format!("{{ {ALL} = {raw} }}")
    } else {
        let others = languages.iter().enumerate().filter(|(index, _)| *index == 0 || change.text.is_shared);
        let mut keys: Vec<String> =
            others.filter(|(_, other)| **other != language).map(|(_, other)| format!("{other} = {raw}")).collect();
        keys.push(format!("{language} = {}", translation_beside(entry, change)));
        format!("{{ {} }}", keys.join(", "))
    };
    Splice { range: place.span(), with: table }
}

/// The text of all languages that becomes that of the others, beside the translation.
fn divided(entry: &Entry, change: &Change, languages: &[&str], language: &str) -> Vec<Splice> {
    let (Some(key), [original, others @ ..]) = (&entry.key, languages) else { return Vec::new() };
    let raw = entry.text.place.text();
    let mut keys: Vec<(&str, String)> =
        others.iter().filter(|other| **other != language).map(|other| (*other, raw.to_owned())).collect();
    keys.push((language, translation_beside(entry, change)));
    let renamed = Splice { range: key.place.span(), with: (*original).to_owned() };
    vec![renamed, added(entry, change, &keys)]
}

/// Entries after the last one of a table by language, in its form: in braces or with dotted keys in the same line, or else in
/// lines of their own.
fn added(last: &Entry, change: &Change, keys: &[(&str, String)]) -> Splice {
    let place = &last.text.place;
    let whole = &place.source.text;
    let key_start = last.key.as_ref().map_or(place.start, |key| key.place.start);
    let before =
        whole[..key_start].trim_end_matches(|letter: char| letter.is_alphanumeric() || "._-\"' \t".contains(letter));
    let prefix = &whole[before.len()..key_start];
    if change.text.place.text().starts_with('{') || before.ends_with(['{', ',']) {
        let with = keys.iter().map(|(key, text)| format!(", {}{key} = {text}", prefix.trim_start())).collect();
        return Splice { range: place.end..place.end, with };
    }
    let end = whole[place.end..].find('\n').map_or(whole.len(), |len| place.end + len);
    let line = whole[..end].strip_suffix('\r').unwrap_or(&whole[..end]);
    let line_end = if line.len() < end { "\r\n" } else { "\n" };
    let with = keys.iter().map(|(key, text)| format!("{line_end}{prefix}{key} = {text}")).collect();
    Splice { range: line.len()..line.len(), with }
}

/// A text as a value of TOML; as a list of its lines if it is one.
fn encoded(text: &str, is_list: bool) -> String {
    if is_list {
        return format!("[{}]", text.split('\n').map(quoted).collect::<Vec<_>>().join(", "));
    }
    quoted(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_is_written_with_the_fewest_escapes() {
        assert_eq!(quoted("売上高"), "\"売上高\"");
        assert_eq!(quoted("{{ \"fy\" | period }} \\"), "'{{ \"fy\" | period }} \\'");
        assert_eq!(quoted("a \"b\" 'c'\n\u{85}"), "\"a \\\"b\\\" 'c'\\n\\u0085\"");
        assert_eq!(encoded("a\nb", true), "[\"a\", \"b\"]");
    }
}
