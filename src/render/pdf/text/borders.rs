//! Borders of phrases in scripts without spaces between words, at which heads and titles are broken.

/// Whether a phrase ends before a byte of a text.
pub fn is_phrase_end(text: &str, at: usize) -> bool {
    let Some((before, after)) = text.split_at_checked(at) else { return true };
    let (Some(last), Some(next)) = (before.chars().next_back(), after.chars().next()) else { return true };
    if last.is_whitespace() {
        return true;
    }
    match (Script::of(last), Script::of(next)) {
        (Script::Mark, _) | (Script::Other, Script::Other) => true,
        // A particle ends a phrase: 株主に｜帰属する｜当期純利益.
        (Script::Hiragana, next) => next != Script::Hiragana,
        (Script::Katakana, next) => matches!(next, Script::Kanji | Script::Mark),
        (_, Script::Mark) => true,
        (Script::Kanji, next) => next == Script::Katakana,
        (Script::Other, _) => false,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Hiragana,
    Katakana,
    Kanji,
    /// A mark between or around phrases.
    Mark,
    Other,
}

impl Script {
    fn of(c: char) -> Self {
        match c {
            'ぁ'..='ゟ' => Self::Hiragana,
            'ァ'..='ヺ' | 'ー' | '\u{ff66}'..='\u{ff9f}' => Self::Katakana,
            '々' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' => Self::Kanji,
            '\u{3000}'..='\u{303f}'
            | '・'
            | '（'
            | '）'
            | '［'
            | '］'
            | '｛'
            | '｝'
            | '：'
            | '；'
            | '，'
            | '．'
            | '／' => Self::Mark,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrases(text: &str) -> String {
        let bar = |(at, c): (usize, char)| match at > 0 && is_phrase_end(text, at) {
            true => format!("|{c}"),
            false => c.to_string(),
        };
        text.char_indices().map(bar).collect()
    }

    #[test]
    fn phrases_end_behind_particles_and_at_marks() {
        assert_eq!(phrases("親会社株主に帰属する当期純利益"), "親会社株主に|帰属する|当期純利益");
        assert_eq!(phrases("キャッシュ・フローの状況"), "キャッシュ|・|フローの|状況");
        assert_eq!(phrases("売上高営業利益率"), "売上高営業利益率");
        assert_eq!(phrases("第三四半期（連結）"), "第三四半期|（|連結|）");
    }
}
