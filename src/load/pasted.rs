//! Finds what was pasted from an office program into TOML, and repairs a copy of the text, so that one run reports all mistakes.

use std::ops::Range;

use crate::diag::PastedCharacter;

/// A text of which everything pasted was repaired.
pub struct Repaired {
    pub text: String,
    /// What was found, with its place in the original text.
    pub found: Vec<(String, Range<usize>)>,
    /// Where positions agree, `(repaired, original)`.
    alignment: Vec<(usize, usize)>,
}

impl Repaired {
    /// Repairs what is outside of strings and comments; strings between curly quotes get straight ones.
    pub fn new(original: &str) -> Self {
        let mut repair = Repair {
            original,
            at: 0,
            repaired: Self { text: String::with_capacity(original.len()), found: Vec::new(), alignment: Vec::new() },
        };
        while let Some(c) = repair.rest().chars().next() {
            repair.step(c);
        }
        repair.repaired
    }

    /// The range in the original text of a range of the repaired one.
    pub fn original_span(&self, span: &Range<usize>) -> Range<usize> {
        let back = |at: usize| {
            let after = self.alignment.partition_point(|(repaired, _)| *repaired <= at);
            let (repaired, original) =
                after.checked_sub(1).and_then(|last| self.alignment.get(last)).unwrap_or(&(0, 0));
            original + (at - repaired)
        };
        back(span.start)..back(span.end)
    }
}

struct Repair<'t> {
    original: &'t str,
    at: usize,
    repaired: Repaired,
}

impl<'t> Repair<'t> {
    fn rest(&self) -> &'t str {
        self.original.get(self.at..).unwrap_or_default()
    }

    fn copy(&mut self, length: usize) {
        self.repaired.text.extend(self.rest().get(..length));
        self.at += length;
    }

    fn replace(&mut self, length: usize, by: &str) {
        self.repaired.text.push_str(by);
        self.at += length;
        self.repaired.alignment.push((self.repaired.text.len(), self.at));
    }

    fn report(&mut self, message: String, length: usize) {
        self.repaired.found.push((message, self.at..self.at + length));
    }

    /// Copies or repairs what begins with `c`.
    fn step(&mut self, c: char) {
        let rest = self.rest();
        let line = rest.lines().next().unwrap_or_default();
        match c {
            '#' => self.copy(line.len()),
            '"' | '\'' => self.quoted(c, line),
            '(' => match negative_in_parentheses(line) {
                Some((length, digits)) => {
                    self.report(format!("a negative number is in parentheses: write `-{digits}`"), length);
                    self.replace(length, &format!("-{digits} "));
                }
                None => self.copy(1),
            },
            _ => match PastedCharacter::find(c) {
                Some(found) if found.is_quote() => self.curly(found, line),
                Some(found) if found.sign == '-' => self.dash(found),
                Some(found) => {
                    let follows = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
                    let between_digits = self.original[..self.at].ends_with(|c: char| c.is_ascii_digit())
                        && follows(&rest[c.len_utf8()..]);
                    let sign = if found.is_space() && between_digits { '_' } else { found.sign };
                    let message = if sign == '_' { found.message_with("`_`") } else { found.message() };
                    self.report(message, c.len_utf8());
                    self.replace(c.len_utf8(), &sign.to_string());
                }
                None => self.copy(c.len_utf8()),
            },
        }
    }

    /// A string that begins with a straight quote; a curly one may end it.
    fn quoted(&mut self, quote: char, line: &str) {
        let long = quote.to_string().repeat(3);
        if let Some(inside) = self.rest().strip_prefix(&long) {
            let end = inside.find(&long).map_or(self.rest().len(), |end| end + 2 * long.len());
            return self.copy(end);
        }
        if let Some(end) = end_of_string(line, quote) {
            return self.copy(end);
        }
        let is_curly = |c: char| PastedCharacter::find(c).is_some_and(PastedCharacter::is_quote);
        match line.char_indices().find(|(_, c)| is_curly(*c)) {
            Some((end, c)) => {
                self.copy(end);
                self.report(PastedCharacter::find(c).map(PastedCharacter::message).unwrap_or_default(), c.len_utf8());
                self.replace(c.len_utf8(), &quote.to_string());
            }
            None => self.copy(line.len()),
        }
    }

    /// A string that begins with a curly quote and ends with any.
    fn curly(&mut self, found: PastedCharacter, line: &str) {
        let opening = found.character.len_utf8();
        let is_single = |c: char| "‘’‚‛‹›'".contains(c);
        let is_quote = |c: char| c == '"' || PastedCharacter::find(c).is_some_and(PastedCharacter::is_quote);
        // An apostrophe is the same character as a single closing quote, so it does not end a text in double quotes.
        let ends = |c: char| if is_single(found.character) { is_single(c) } else { is_quote(c) && !is_single(c) };
        let end = line[opening..].find(ends).map(|end| opening + end);
        self.report(found.message(), opening);
        self.replace(opening, "\"");
        if let Some(end) = end {
            self.copy(end - opening);
            let closing = self.rest().chars().next().map_or(0, char::len_utf8);
            self.replace(closing, "\"");
        }
    }

    /// A dash: the sign of a number, or a nil mark.
    fn dash(&mut self, found: PastedCharacter) {
        let after = &self.rest()[found.character.len_utf8()..];
        let number = after.trim_start_matches([' ', '\u{a0}']);
        let length = found.character.len_utf8();
        if number.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '.' || c == '_') {
            self.report(found.message(), length);
            self.replace(length + after.len() - number.len(), "-");
        } else {
            self.report(found.message_with("`0` for nil, `\"\"` for blank"), length);
            self.replace(length, "0");
        }
    }
}

/// The length of a single-line string, its quotes included, if it has an end.
fn end_of_string(line: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in line.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' if quote == '"' => escaped = true,
            _ if c == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// `(34_432)`: its length, and the digits.
fn negative_in_parentheses(line: &str) -> Option<(usize, &str)> {
    let (digits, _) = line.strip_prefix('(')?.split_once(')')?;
    let is_number = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '_' | '.'));
    is_number.then_some((digits.len() + 2, digits))
}

#[cfg(test)]
mod tests {
    use super::Repaired;

    #[test]
    fn everything_pasted_is_found_and_repaired() {
        let text = "a = “it’s – 1” # “x”\nb = [−31_640, (34_432), 1\u{a0}234, —, ５]\nc\u{a0}= \"“kept”\"\nd = \"x”\n";
        let repaired = Repaired::new(text);
        assert_eq!(
            repaired.text,
            "a = \"it’s – 1\" # “x”\nb = [-31_640, -34_432 , 1_234, 0, 5]\nc = \"“kept”\"\nd = \"x\"\n"
        );
        let found: Vec<&str> = repaired.found.iter().map(|(_, span)| &text[span.clone()]).collect();
        assert_eq!(found, ["“", "−", "(34_432)", "\u{a0}", "—", "５", "\u{a0}", "”"]);
        let nil = repaired.text.find("0, 5").unwrap_or_default();
        assert_eq!(&text[repaired.original_span(&(nil + 3..nil + 4))], "５");
    }
}
