//! Parses formulas by recursive descent and records the place of every part.

use super::{Decimal, Expr, Function, Node, Operator};
use crate::diag::{Diagnostic, PastedCharacter, Place, nearest};

/// The maximum nesting depth of parentheses and signs.
const MAX_DEPTH: usize = 64;
/// The maximum number of operations; chained operations nest as well.
const MAX_OPERATIONS: usize = 100;
/// The maximum length, in bytes.
const MAX_LENGTH: usize = 4_000;

/// Parses `text`, which is written inside `place` (a quoted string or a range of a narrative).
pub fn parse_formula(text: &str, place: &Place) -> Result<Expr, Diagnostic> {
    let written = place.text();
    // Most are the whole place, or all of it but its quotes.
    let is_at = |at: &usize| written.get(*at..).is_some_and(|written| written.starts_with(text));
    let offset = (0..=1).find(is_at).or_else(|| written.find(text)).filter(|_| !text.is_empty());
    if text.len() > MAX_LENGTH {
        return Err(
            Diagnostic::error("formula", format!("a formula has at most {MAX_LENGTH} characters")).at(place, "")
        );
    }
    let mut parser = Parser { text, at: 0, depth: 0, operations: 0, place, offset };
    let expr = parser.sum()?;
    parser.skip_space();
    if parser.at < text.len() {
        return Err(parser.expected("an operator or the end"));
    }
    Ok(expr)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    operations: usize,
    place: &'a Place,
    /// The offset of the text within the place; `None` if escapes make them differ.
    offset: Option<usize>,
}

impl Parser<'_> {
    fn sum(&mut self) -> Result<Expr, Diagnostic> {
        self.chain(Self::product, &[('+', Operator::Add), ('-', Operator::Subtract)])
    }

    fn product(&mut self) -> Result<Expr, Diagnostic> {
        self.chain(Self::signed, &[('*', Operator::Multiply), ('/', Operator::Divide)])
    }

    fn chain(
        &mut self,
        operand: fn(&mut Self) -> Result<Expr, Diagnostic>,
        operators: &[(char, Operator)],
    ) -> Result<Expr, Diagnostic> {
        let start = self.start();
        let mut left = operand(self)?;
        while let Some((_, operator)) = operators.iter().find(|(sign, _)| self.eat(*sign)) {
            self.operations += 1;
            if self.operations > MAX_OPERATIONS {
                return Err(self.error(start, "more than 100 operations: move a part into a measure of its own"));
            }
            let right = operand(self)?;
            left =
                Expr { node: Node::Binary(*operator, Box::new(left), Box::new(right)), place: self.place_from(start) };
        }
        Ok(left)
    }

    fn signed(&mut self) -> Result<Expr, Diagnostic> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.expected("a formula with less nesting"));
        }
        let start = self.start();
        let expr = if self.eat('-') {
            let inner = self.signed()?;
            Expr { node: Node::Negative(Box::new(inner)), place: self.place_from(start) }
        } else {
            self.with_period()?
        };
        self.depth -= 1;
        Ok(expr)
    }

    fn with_period(&mut self) -> Result<Expr, Diagnostic> {
        let start = self.start();
        let mut expr = self.atom()?;
        while self.eat('@') {
            let period = self.identifier();
            if period.is_empty() {
                return Err(self.expected("a period after `@`"));
            }
            expr = Expr { node: Node::In(Box::new(expr), period), place: self.place_from(start) };
        }
        Ok(expr)
    }

    fn atom(&mut self) -> Result<Expr, Diagnostic> {
        let start = self.start();
        if self.eat('(') {
            let inner = self.sum()?;
            self.require_sign(')')?;
            return Ok(inner);
        }
        let word = self.identifier();
        if word.is_empty() {
            return Err(self.expected("a figure, a number or `(`"));
        }
        if word.starts_with(|c: char| c.is_ascii_digit()) && !word.contains(char::is_alphabetic) {
            let number = Decimal::from_str_exact(&word.replace('_', ""));
            let number = number.map_err(|_| self.error(start, "expected a number of at most 28 digits"))?;
            return Ok(Expr { node: Node::Number(number), place: self.place_from(start) });
        }
        if self.eat('(') {
            return self.call(&word, start);
        }
        let member = if self.eat('[') {
            let member = self.identifier();
            self.require_sign(']')?;
            Some(member)
        } else {
            None
        };
        Ok(Expr { node: Node::Line { name: word, member }, place: self.place_from(start) })
    }

    fn call(&mut self, name: &str, start: usize) -> Result<Expr, Diagnostic> {
        let Some((_, function, [least, most])) = Function::ALL.iter().find(|(known, ..)| *known == name) else {
            let known = Function::ALL.map(|(known, ..)| known);
            let error = self.error(start, &format!("there is no function `{name}`"));
            return Err(match nearest(name, known) {
                Some(near) => error.help(format!("did you mean `{near}`?")),
                None => error.note(format!("the functions are {}", known.join(", "))),
            });
        };
        let mut arguments = Vec::new();
        if !(*least == 0 && self.eat(')')) {
            arguments.push(self.sum()?);
            while self.eat(',') {
                arguments.push(self.sum()?);
            }
            self.require_sign(')')?;
        }
        if !(*least..=*most).contains(&arguments.len()) {
            let (given, count) =
                (arguments.len(), if least == most { least.to_string() } else { format!("{least} or {most}") });
            return Err(self.error(start, &format!("`{name}` takes {count} arguments, {given} given")));
        }
        match function {
            Function::Days => self.days(arguments, start),
            _ => Ok(Expr { node: Node::Call(*function, arguments), place: self.place_from(start) }),
        }
    }

    /// `days()` is of the period asked for, `days(fy2009)` of a named one.
    fn days(&self, arguments: Vec<Expr>, start: usize) -> Result<Expr, Diagnostic> {
        let asked = |place| Expr { node: Node::Call(Function::Days, Vec::new()), place };
        match arguments.into_iter().next() {
            None => Ok(asked(self.place_from(start))),
            Some(Expr { node: Node::Line { name, member: None }, place }) => {
                Ok(Expr { node: Node::In(Box::new(asked(place.clone())), name), place })
            }
            Some(_) => Err(self.error(start, "`days` takes the name of a period, or nothing")),
        }
    }

    fn identifier(&mut self) -> String {
        self.skip_space();
        let rest = &self.text[self.at..];
        let len = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.')).unwrap_or(rest.len());
        self.at += len;
        rest[..len].to_owned()
    }

    fn eat(&mut self, sign: char) -> bool {
        self.skip_space();
        let taken = self.text[self.at..].starts_with(sign);
        if taken {
            self.at += sign.len_utf8();
        }
        taken
    }

    fn require_sign(&mut self, sign: char) -> Result<(), Diagnostic> {
        if self.eat(sign) { Ok(()) } else { Err(self.expected(&format!("`{sign}`"))) }
    }

    fn skip_space(&mut self) {
        self.at += self.text[self.at..].len() - self.text[self.at..].trim_start().len();
    }

    fn start(&mut self) -> usize {
        self.skip_space();
        self.at
    }

    fn place_from(&self, start: usize) -> Place {
        match self.offset {
            Some(offset) => {
                let base = self.place.start + offset;
                Place::new(&self.place.source, base + start..base + self.at.max(start))
            }
            None => self.place.clone(),
        }
    }

    fn expected(&mut self, what: &str) -> Diagnostic {
        let start = self.start();
        let next = self.text[self.at..].chars().next();
        self.at += next.map_or(0, char::len_utf8);
        let found = next.map_or_else(|| String::from("the end"), |c| format!("`{c}`"));
        let finding = self.error(start, &format!("expected {what}, found {found}"));
        match next.and_then(PastedCharacter::find) {
            Some(pasted) => finding.help(pasted.message()),
            None => finding,
        }
    }

    fn error(&self, start: usize, label: &str) -> Diagnostic {
        let message = match self.text.len() {
            0..=100 => format!("the formula `{}` cannot be read", self.text),
            _ => String::from("the formula cannot be read"),
        };
        Diagnostic::error("formula", message).at(&self.place_from(start), label)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Source;

    fn read(text: &str) -> Result<String, String> {
        let source = Source::new("x.toml", format!("\"{text}\""));
        let place = Place::new(&source, 0..source.text.len());
        parse_formula(text, &place).map(|expr| expr.to_string()).map_err(|error| {
            let (place, label) = error.place.expect("formula errors have a place");
            format!("{}: {label}", place.start)
        })
    }

    #[test]
    fn formulas_are_written_the_one_way() {
        assert_eq!(read("a.b*(c+ d)/2").as_deref(), Ok("a.b * (c + d) / 2"));
        assert_eq!(read("change( is.x )@fy").as_deref(), Ok("change(is.x)@fy"));
        assert_eq!(read("-eq.closing[total]@fy").as_deref(), Ok("-eq.closing[total]@fy"));
        assert_eq!(read("a - (b - c)").as_deref(), Ok("a - (b - c)"));
        assert_eq!(read("(a - b) - c").as_deref(), Ok("a - b - c"));
        assert_eq!(read("a / b * days( fy )").as_deref(), Ok("a / b * days()@fy"));
        assert_eq!(read("days()").as_deref(), Ok("days()"));
    }

    #[test]
    fn errors_point_into_the_string() {
        assert_eq!(read("a +").unwrap_err(), "4: expected a figure, a number or `(`, found the end");
        assert_eq!(read("grow(a)").unwrap_err(), "1: there is no function `grow`");
        assert_eq!(read("a b").unwrap_err(), "3: expected an operator or the end, found `b`");
        assert_eq!(read("percent(a)").unwrap_err(), "1: `percent` takes 2 arguments, 1 given");
        assert_eq!(read("days(a[b])").unwrap_err(), "1: `days` takes the name of a period, or nothing");
        assert_eq!(read("abs()").unwrap_err(), "5: expected a figure, a number or `(`, found `)`");
        assert!(read(&"(".repeat(100_000)).is_err());
    }
}
