//! Finds what was pasted from an office program into expressions, and repairs it, so that the rest is still evaluated.

use crate::diag::{Diagnostic, PastedCharacter, Place};

/// The text at `place`, with straight quotes, plain spaces and plain signs in its expressions. Each repair is reported. It
/// has the length of the text.
pub(super) fn repair_expressions(place: &Place, findings: &mut Vec<Diagnostic>) -> String {
    let text = place.text();
    // Every sign that is repaired is outside ASCII.
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut repaired = String::with_capacity(text.len());
    let mut done = 0;
    while let Some(start) = next_expression(&text[done..]).map(|at| done + at) {
        let close = if text[start..].starts_with("{{") { "}}" } else { "%}" };
        let end = text[start..].find(close).map_or(text.len(), |length| start + length);
        repaired.push_str(&text[done..start]);
        match &text[start..end] {
            plain if plain.is_ascii() => repaired.push_str(plain),
            _ => {
                let at = Place::new(&place.source, place.start + start..place.start + end);
                repair(&at, &mut repaired, findings);
            }
        }
        done = end;
    }
    repaired.push_str(&text[done..]);
    repaired
}

fn next_expression(text: &str) -> Option<usize> {
    [text.find("{{"), text.find("{%")].into_iter().flatten().min()
}

fn repair(expression: &Place, repaired: &mut String, findings: &mut Vec<Diagnostic>) {
    let mut straight = None;
    let mut curly = false;
    for (at, c) in expression.text().char_indices() {
        let pasted = PastedCharacter::find(c).filter(|found| straight.is_none() && (!curly || found.is_quote()));
        match (pasted, c) {
            (Some(found), _) => {
                let padding = " ".repeat(c.len_utf8() - 1);
                // A pair of quotes is one mistake. Spaces must not get into the text between them.
                if curly {
                    repaired.extend([found.sign.to_string(), padding]);
                } else {
                    let at = expression.start + at..expression.start + at + c.len_utf8();
                    let at = Place::new(&expression.source, at);
                    findings.push(Diagnostic::error("template", found.message()).at(&at, ""));
                    repaired.extend([padding, found.sign.to_string()]);
                }
                curly = found.is_quote() && !curly;
            }
            (None, '"' | '\'' | '`') if curly => {
                repaired.push('"');
                curly = false;
            }
            (None, '"' | '\'' | '`') => {
                repaired.push(c);
                straight = match straight {
                    None => Some(c),
                    Some(open) => (open != c).then_some(open),
                };
            }
            (None, c) => repaired.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::repair_expressions;
    use crate::diag::{Place, Source};

    #[test]
    fn pasted_signs_are_repaired_in_expressions_only() {
        let text = "“x” {{ “is.sales”\u{a0}| amount(unit=‘AAA – m’) }} and {{ \"“\" | date }}";
        let source = Source::new("a.md", text);
        let mut findings = Vec::new();
        let repaired = repair_expressions(&Place::new(&source, 0..text.len()), &mut findings);
        assert_eq!(repaired.len(), text.len());
        assert_eq!(
            repaired.replace("  ", ""),
            "“x” {{ \"is.sales\"| amount(unit=\"AAA – m\") }} and {{ \"“\" | date }}"
        );
        assert_eq!(findings.len(), 3, "{findings:#?}");
    }
}
