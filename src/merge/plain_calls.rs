//! Reads calls in their plain form, `{{ "is.sales" | amount(unit="USD million") }}`, for which no template engine is needed.

use std::collections::BTreeMap;

use super::placeholders::{encode_call, encode_place};

/// The text with every expression replaced by the placeholders of its place and its call, as the engine would; none unless all
/// of them are plain calls of `filters`. `base` is where the text begins in its file.
pub(super) fn replace_plain_calls(text: &str, base: usize, filters: &[&str]) -> Option<String> {
    if text.contains("{%") || text.contains("{#") {
        return None;
    }
    let mut merged = String::new();
    let mut rest = text;
    while let Some((before, opened)) = rest.split_once("{{") {
        let (expression, behind) = opened.split_once("}}")?;
        let [start, end] = [expression.len() + "{{}}".len(), 0].map(|length| base + text.len() - behind.len() - length);
        let (filter, subject, options) = plain_call(expression, filters)?;
        merged.push_str(before);
        merged.push_str(&encode_place(&(start..end)));
        merged.push_str(&encode_call(filter, subject, &options));
        rest = behind;
    }
    merged.push_str(rest);
    Some(merged)
}

/// The filter, the subject and the options of a call in its plain form: a quoted name and a filter.
fn plain_call<'t>(expression: &'t str, filters: &[&str]) -> Option<(&'t str, &'t str, BTreeMap<String, String>)> {
    let (subject, rest) = quoted(expression.trim_ascii())?;
    let (filter, rest) = name(rest.trim_ascii_start().strip_prefix('|')?.trim_ascii_start());
    let list = match rest.trim_ascii_start() {
        "" => "",
        list => list.strip_prefix('(')?.strip_suffix(')')?.trim_ascii(),
    };
    filters.contains(&filter).then_some((filter, subject, options(list)?))
}

/// The options in a list: texts in quotes, whole numbers and truth values.
fn options(list: &str) -> Option<BTreeMap<String, String>> {
    let mut options = BTreeMap::new();
    let mut rest = list;
    while !rest.is_empty() {
        let (key, value) = name(rest);
        let value = value.trim_ascii_start().strip_prefix('=')?.trim_ascii_start();
        let (value, after) = match quoted(value) {
            Some((text, after)) => (text.to_owned(), after),
            None => {
                let (word, after) = name(value);
                let number = || Some(word.parse::<u32>().ok()?.to_string());
                (if matches!(word, "true" | "false") { word.to_owned() } else { number()? }, after)
            }
        };
        // The engine says what is wrong with an option that is given twice.
        if key.is_empty() || options.insert(key.to_owned(), value).is_some() {
            return None;
        }
        rest = after.trim_ascii_start();
        if !rest.is_empty() {
            rest = Some(rest.strip_prefix(',')?.trim_ascii_start()).filter(|next| !next.is_empty())?;
        }
    }
    Some(options)
}

/// The text in quotes at the beginning of another, without escapes, and what is behind it.
fn quoted(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix('"')?.split_once('"').filter(|(inner, _)| !inner.contains('\\'))
}

/// The letters, digits and underscores at the beginning of a text, and what is behind them.
fn name(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILTERS: [&str; 2] = ["amount", "change"];

    #[test]
    fn all_else_is_left_to_the_engine() {
        for expression in [
            "\"a\" | grow",
            "\"a\" | amount | change",
            "\"a\\n\" | amount",
            "'a' | amount",
            "a | amount",
            "- \"a\" | amount -",
            "\"a\" | amount(unit=b)",
            "\"a\" | amount(unit=1.5)",
            "\"a\" | amount(unit=\"b\",)",
            "\"a\" | amount(unit=\"b\" unit=\"c\")",
            "\"a\" | amount(unit=\"b\", unit=\"c\")",
            "\"a\" ~ \"b\" | amount",
        ] {
            assert_eq!(replace_plain_calls(&format!("{{{{{expression}}}}}"), 0, &FILTERS), None, "{expression}");
        }
        assert_eq!(replace_plain_calls("{{ \"a\" | amount", 0, &FILTERS), None);
        assert_eq!(replace_plain_calls("{% if true %}a{% endif %}", 0, &FILTERS), None);
    }
}
