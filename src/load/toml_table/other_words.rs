//! Recognises keys that are written in words of their own, and names the key that is meant.

/// Words that are written for a key though they are not spelt like it: the word, the key, and what the key does.
const OTHER_WORDS: [(&str, &str, &str); 8] = [
    ("shows", "currency_sign", SIGN_HELP),
    ("symbol", "currency_sign", SIGN_HELP),
    ("sign", "currency_sign", SIGN_HELP),
    ("against", "compare_with", COMPARE_HELP),
    ("versus", "compare_with", COMPARE_HELP),
    ("base", "compare_with", COMPARE_HELP),
    ("says", "in_sentences", "`in_sentences` is the pattern of an amount in text, with `{}` for the number"),
    ("shows", "in_tables", "`in_tables` is the pattern of an amount in tables, with `{}` for the number"),
];
const SIGN_HELP: &str = "`currency_sign = true` prints the sign of the unit; `currency_sign_on` of the table prints it on the first row \
                         and on totals";
const COMPARE_HELP: &str = "`compare_with` names the period that a change or difference compares with";

/// The key that is meant by a word, and what it does; none unless it is one of the keys here.
pub(super) fn meant_by(word: &str, keys: &[&str]) -> Option<(&'static str, &'static str)> {
    let found = OTHER_WORDS.iter().find(|(other, key, _)| *other == word && keys.contains(key))?;
    Some((found.1, found.2))
}
