//! Anchors made of text: lower-case, joined with hyphens.

/// An anchor from a text; `otherwise` when the text has no letter or digit.
pub fn anchor(text: &str, otherwise: &str) -> String {
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
    if trimmed.is_empty() { otherwise.to_owned() } else { trimmed.to_owned() }
}
