//! Makes anchors from text: lower-case words joined with hyphens.

/// An anchor from a text, cut after about 60 bytes; `fallback` when the text has no letter or digit.
pub fn anchor_id(text: &str, fallback: &str) -> String {
    let mut anchor = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            anchor.push(c);
        } else if !anchor.is_empty() && !anchor.ends_with('-') {
            anchor.push('-');
        }
        if anchor.len() > 60 {
            break;
        }
    }
    let trimmed = anchor.trim_end_matches('-');
    if trimmed.is_empty() { fallback.to_owned() } else { trimmed.to_owned() }
}
