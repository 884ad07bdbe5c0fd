//! Legal entity identifiers, ISO 17442.

/// The number of characters, of which the last two are check digits.
const LENGTH: usize = 20;

/// What is wrong with a legal entity identifier; none if it is one. Its letters count from 10, and the whole number leaves 1 when it
/// is divided by 97.
pub fn lei_fault(text: &str) -> Option<String> {
    let is_shaped = text.len() == LENGTH
        && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        && text.bytes().skip(LENGTH - 2).all(|byte| byte.is_ascii_digit());
    if !is_shaped {
        return Some(format!("expected {LENGTH} capital letters and digits, the last two of them digits"));
    }
    (remainder(text) != 1).then(|| {
        let check = 98 - remainder(&format!("{}00", &text[..LENGTH - 2]));
        format!("its check digits are `{}`; those of its other characters are `{check:02}`", &text[LENGTH - 2..])
    })
}

/// What the number of an identifier leaves when it is divided by 97.
fn remainder(text: &str) -> u32 {
    text.chars().filter_map(|c| c.to_digit(36)).fold(0, |rest, value| {
        let shift = if value > 9 { 100 } else { 10 };
        (rest * shift + value) % 97
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_are_those_of_the_standard() {
        assert_eq!(lei_fault("EXAMPLE00000ACME0048"), None);
        let fault = lei_fault("EXAMPLE00000ACME0084").unwrap();
        assert!(fault.ends_with("are `48`"), "{fault}");
        assert!(lei_fault("EXAMPLE00000ACME004").is_some() && lei_fault("example00000acme0048").is_some());
    }
}
