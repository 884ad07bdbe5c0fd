//! Numbers in scripts without spaces between words: which of their characters are never parted by the end of a line.

/// The most characters of a unit that are looked at: 百万円, ポイント.
const MAX_UNIT: usize = 10;

/// Whether the characters before and after a byte belong to one number with its unit: `－１，２３４`, `14,266百万円`, `5ポイント`.
/// Text in ASCII has none, because Unicode's rules keep its numbers together.
pub fn is_within_amount(text: &str, at: usize) -> bool {
    let Some((before, after)) = text.split_at_checked(at) else { return false };
    let (Some(last), Some(next)) = (before.chars().next_back(), after.chars().next()) else { return false };
    if last.is_ascii() && next.is_ascii() {
        return false;
    }
    if is_digit(next) {
        let earlier = before.chars().rev().nth(1);
        return is_digit(last) || is_sign(last) || is_separator(last) && earlier.is_some_and(is_digit);
    }
    if is_separator(next) {
        return is_digit(last) && after.chars().nth(1).is_some_and(is_digit);
    }
    if is_digit(last) {
        return is_unit(next);
    }
    // A unit of several characters: a numeral such as 百万 and what follows it, or a word in katakana.
    let same = |c: char| if is_katakana(next) { is_katakana(c) } else { is_numeral(c) };
    let unit = before.chars().rev().take(MAX_UNIT).take_while(|c| same(*c)).count();
    unit > 0 && is_unit(next) && before.chars().rev().nth(unit).is_some_and(is_digit)
}

/// The parts of a text, in order, and whether each is a number with its unit that is not to be broken.
pub fn split_amounts(text: &str) -> Vec<(&str, bool)> {
    let mut parts = Vec::new();
    let (mut start, mut amount) = (0, None);
    if text.is_ascii() || !text.contains(|c: char| is_digit(c) || is_sign(c)) {
        return vec![(text, false)];
    }
    for (at, c) in text.char_indices() {
        let is_ascii_number = |part: &str| part.ends_with(is_ascii_of_number) && is_ascii_of_number(c);
        let continues = is_within_amount(text, at)
            || amount.is_some_and(|from: usize| text.get(from..at).is_some_and(is_ascii_number));
        match (continues, amount) {
            (true, _) => {}
            (false, from) => {
                let begin = from.unwrap_or(at);
                push(&mut parts, text.get(start..begin), false);
                push(&mut parts, text.get(begin..at), true);
                start = at;
                amount = (is_digit(c) || is_sign(c)).then_some(at);
            }
        }
    }
    let begin = amount.unwrap_or(text.len());
    push(&mut parts, text.get(start..begin), false);
    push(&mut parts, text.get(begin..), true);
    parts
}

/// Adds a part. An amount in ASCII needs no care, and joins the text before it.
fn push<'t>(parts: &mut Vec<(&'t str, bool)>, part: Option<&'t str>, is_amount: bool) {
    if let Some(part) = part.filter(|part| !part.is_empty()) {
        parts.push((part, is_amount && !part.is_ascii() && part.chars().nth(1).is_some()));
    }
}

fn is_ascii_of_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, ',' | '.')
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// A sign that is written before a number.
fn is_sign(c: char) -> bool {
    matches!(c, '－' | '−' | '＋' | '△' | '▲' | '±' | '￥' | '¥' | '＄')
}

/// A separator of digits in full width; those in ASCII are kept by Unicode's rules.
fn is_separator(c: char) -> bool {
    matches!(c, '，' | '．' | ',' | '.')
}

/// A numeral that scales: 千, 万, 億.
fn is_numeral(c: char) -> bool {
    matches!(c, '十' | '百' | '千' | '万' | '億' | '兆' | '萬' | '亿')
}

fn is_katakana(c: char) -> bool {
    ('ァ'..='ヺ').contains(&c) || matches!(c, 'ー' | '\u{ff66}'..='\u{ff9f}')
}

/// A letter or sign of a script without spaces between words, with which a unit may begin or go on.
fn is_unit(c: char) -> bool {
    matches!(c, '％' | '‰' | '℃' | '々' | '㌫' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}') || is_katakana(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with a bar wherever a line may end between two letters of it.
    fn parted(text: &str) -> String {
        let bar = |(at, c): (usize, char)| if is_within_amount(text, at) { c.to_string() } else { format!("|{c}") };
        text.char_indices().map(bar).collect()
    }

    #[test]
    fn a_number_stays_with_its_sign_and_unit() {
        assert_eq!(parted("は－１，２３４円"), "|は|－１，２３４円");
        assert_eq!(parted("を△5％減"), "|を|△5％|減");
        assert_eq!(parted("2億66百万円の"), "|2億|6|6百万円|の");
        assert_eq!(parted("5ポイント減"), "|5ポイント|減");
        assert_eq!(parted("第2四半期"), "|第|2四|半|期");
        assert_eq!(parted("（１）売上，高"), "|（|１|）|売|上|，|高");
    }

    #[test]
    fn amounts_are_found_in_a_text() {
        let found = |text: &'static str| -> Vec<&str> {
            split_amounts(text).into_iter().filter(|(_, is_amount)| *is_amount).map(|(part, _)| part).collect()
        };
        assert_eq!(found("売上高は14,266百万円（５．２％増）と"), ["14,266百万円", "５．２％"]);
        assert_eq!(found("－1,234と１，２３４"), ["－1,234", "１，２３４"]);
        assert_eq!(found("sales of 1,234 million – up 2.5%"), [""; 0]);
        let text = "前期比△3％、2026年3月期";
        assert_eq!(split_amounts(text).into_iter().map(|(part, _)| part).collect::<String>(), text);
    }
}
