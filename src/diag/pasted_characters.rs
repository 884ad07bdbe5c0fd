//! Names the characters that office programs put in place of the signs of TOML, formulas and expressions.

/// A character of an office program, and the sign to write in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PastedCharacter {
    pub character: char,
    /// The sign to write.
    pub sign: char,
    name: &'static str,
}

/// Characters by what they are, with the sign to write.
const CHARACTERS: [(&str, char, &str); 9] = [
    ("U+2212 MINUS SIGN", '-', "−"),
    ("U+2013 EN DASH", '-', "–"),
    ("U+2014 EM DASH", '-', "—"),
    ("a hyphen of an office program", '-', "\u{2010}\u{2011}\u{2012}\u{ff0d}\u{fe63}"),
    ("a triangle for a negative amount", '-', "△▲"),
    ("a no-break space", ' ', "\u{a0}\u{202f}"),
    ("a space of a fixed width", ' ', "\u{2002}\u{2003}\u{2007}\u{2009}\u{3000}"),
    ("a curly quote", '"', "“”„‟‘’‚‛«»‹›＂"),
    ("an ideographic comma", ',', "、"),
];

impl PastedCharacter {
    /// What a character is, if an office program may have put it in place of a sign.
    pub fn find(c: char) -> Option<Self> {
        let known = CHARACTERS.iter().find(|(.., all)| all.contains(c));
        let full_width = matches!(c, '！'..='～').then(|| char::from_u32(u32::from(c) - 0xFEE0)).flatten();
        match (known, full_width) {
            (Some((name, sign, _)), _) => Some(Self { character: c, sign: *sign, name }),
            (None, Some(sign)) => Some(Self { character: c, sign, name: "a full-width sign" }),
            (None, None) => None,
        }
    }

    pub fn is_quote(self) -> bool {
        self.sign == '"'
    }

    pub fn is_space(self) -> bool {
        self.sign == ' '
    }

    /// What the character is and what to write, as a phrase.
    pub fn message(self) -> String {
        match self.sign {
            ' ' => self.message_with("a space"),
            sign => self.message_with(&format!("`{sign}`")),
        }
    }

    /// What the character is, and to write `instead`.
    pub fn message_with(self, instead: &str) -> String {
        let Self { character, name, .. } = self;
        let shown = if self.is_space() { String::new() } else { format!("`{character}` is ") };
        let number = format!("U+{:04X}", u32::from(character));
        match (name.starts_with(&number), self.is_space()) {
            (true, _) => format!("{shown}{name}: write {instead}"),
            (false, true) => format!("{number} is {name}: write {instead}"),
            (false, false) => format!("{shown}{number}, {name}: write {instead}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::PastedCharacter;

    #[test]
    fn the_message_names_the_character_and_the_sign() {
        let message = |c| PastedCharacter::find(c).map(PastedCharacter::message);
        assert_eq!(message('−').as_deref(), Some("`−` is U+2212 MINUS SIGN: write `-`"));
        assert_eq!(message('\u{a0}').as_deref(), Some("U+00A0 is a no-break space: write a space"));
        assert_eq!(message('“').as_deref(), Some("`“` is U+201C, a curly quote: write `\"`"));
        assert_eq!(message('１').as_deref(), Some("`１` is U+FF11, a full-width sign: write `1`"));
        assert_eq!(message('é'), None);
    }
}
