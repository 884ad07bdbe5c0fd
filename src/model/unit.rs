//! Units: scales, rounding, display and translation.

use std::{collections::BTreeMap, fmt};

use super::{Decimal, RoundingStrategy};

/// The scale of a unit, in the order of size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Scale {
    #[default]
    One,
    Thousand,
    TenThousand,
    Lakh,
    Million,
    Crore,
    HundredMillion,
    Billion,
    Trillion,
    LakhCrore,
}

impl Scale {
    /// Every scale but one, with its word in a dataset and the power of ten of its factor.
    const TABLE: [(&'static str, Self, u32); 9] = [
        ("thousand", Self::Thousand, 3),
        ("ten thousand", Self::TenThousand, 4),
        ("lakh", Self::Lakh, 5),
        ("million", Self::Million, 6),
        ("crore", Self::Crore, 7),
        ("hundred million", Self::HundredMillion, 8),
        ("billion", Self::Billion, 9),
        ("trillion", Self::Trillion, 12),
        ("lakh crore", Self::LakhCrore, 12),
    ];

    /// Every scale with its word in a dataset.
    pub const WORDS: [(&'static str, Self); Self::TABLE.len()] = {
        let mut words = [("", Self::One); Self::TABLE.len()];
        let mut row = 0;
        while row < words.len() {
            words[row] = (Self::TABLE[row].0, Self::TABLE[row].1);
            row += 1;
        }
        words
    };

    /// The word in a dataset; `None` for [`Scale::One`].
    pub fn word(self) -> Option<&'static str> {
        Self::WORDS.iter().find(|(_, scale)| *scale == self).map(|(name, _)| *name)
    }

    /// The number of base units in one unit of this scale.
    pub fn factor(self) -> Decimal {
        let exponent = Self::TABLE.iter().find(|(_, scale, _)| *scale == self).map_or(0, |(_, _, exponent)| *exponent);
        Decimal::from_i128_with_scale(10_i128.pow(exponent), 0)
    }

    /// The base and the scale of a unit whose text ends with the words of a scale: the longest that fit.
    fn split(text: &str) -> Option<(&str, Self)> {
        let ends = Self::WORDS.iter().filter_map(|(word, scale)| {
            let base = text.strip_suffix(word)?.strip_suffix(' ')?.trim_end();
            (!base.is_empty()).then_some((base, *scale))
        });
        ends.min_by_key(|(base, _)| base.len())
    }
}

/// A unit as written: a base (`JPY`, `JPY per share`) and a scale.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unit {
    pub base: String,
    pub scale: Scale,
    /// Whether a scale was written; `USD` without one keeps the scale of the line that is translated.
    pub scaled: bool,
}

impl Unit {
    /// The unit of percentages, which every release has.
    pub const PERCENT: &'static str = "%";

    /// Parses `JPY thousand`, `JPY per share` or `%`.
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        match Scale::split(text) {
            Some((base, scale)) => Self { base: base.to_owned(), scale, scaled: true },
            None => Self::base(text),
        }
    }

    /// A unit at scale one.
    pub fn base(name: &str) -> Self {
        Self { base: name.to_owned(), scale: Scale::One, scaled: false }
    }

    /// The unit as written. Its formatter gives the same.
    pub fn text(&self) -> String {
        match self.scale.word() {
            Some(word) => [&self.base, " ", word].concat(),
            None => self.base.clone(),
        }
    }

    /// The same base at another scale.
    pub fn at(&self, scale: Scale) -> Self {
        Self { base: self.base.clone(), scale, scaled: scale != Scale::One }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.base)?;
        self.scale.word().map_or(Ok(()), |word| write!(f, " {word}"))
    }
}

/// What a unit measures; rounding is declared for each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnitKind {
    Money,
    Percent,
    Number,
}

impl UnitKind {
    /// Every kind with its word in a dataset.
    pub const WORDS: [(&'static str, Self); 3] =
        [("money", Self::Money), ("percent", Self::Percent), ("number", Self::Number)];
}

/// How a value is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RoundingMode {
    /// Half away from zero.
    #[default]
    HalfUp,
    HalfEven,
    /// Toward zero.
    Truncate,
}

impl RoundingMode {
    /// Every mode with its word in a dataset.
    pub const WORDS: [(&'static str, Self); 3] =
        [("half-up", Self::HalfUp), ("half-even", Self::HalfEven), ("truncate", Self::Truncate)];

    /// Rounds `value` to `decimals`.
    pub fn round(self, value: Decimal, decimals: u32) -> Decimal {
        // Most amounts are entered as they are shown.
        if value.scale() == decimals {
            return value;
        }
        let strategy = match self {
            Self::HalfUp => RoundingStrategy::MidpointAwayFromZero,
            Self::HalfEven => RoundingStrategy::MidpointNearestEven,
            Self::Truncate => RoundingStrategy::ToZero,
        };
        let mut rounded = value.round_dp_with_strategy(decimals, strategy);
        rounded.rescale(decimals);
        rounded
    }
}

/// A part of a unit that sentences say by a name of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subunit {
    /// The pattern of its number, `{}銭`.
    pub in_sentences: String,
    /// How many decimals of the unit it counts: 2 for a hundredth.
    pub decimals: u32,
}

/// What a table prints for an amount of zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NilMark {
    /// The number: `0.00`.
    Digits,
    Mark(String),
}

/// The declaration of a unit.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitRule {
    pub kind: UnitKind,
    /// The number of decimals shown.
    pub decimals: u32,
    /// The pattern in table cells; `{}` is the number.
    pub in_tables: String,
    /// The pattern of negative numbers in table cells, if it is not that of the language around `in_tables`.
    pub negative_in_tables: Option<String>,
    /// The pattern in table cells that bear the currency sign, if only some do.
    pub currency_sign: Option<String>,
    /// The pattern in sentences.
    pub in_sentences: String,
    /// Whether sentences write it in the pattern of the language for percentages instead.
    pub says_as_language: bool,
    /// The pattern of one unit in sentences, `{} year`, if it differs.
    pub one_in_sentences: Option<String>,
    /// The scale in sentences.
    pub scale: Option<Scale>,
    /// The scales of an amount that sentences say in parts, `142億66百万円`, the largest first; the last is `scale`.
    pub parts: Vec<Scale>,
    /// How sentences say the decimals of an amount at scale one, `92銭`, if not behind a decimal point.
    pub subunit: Option<Subunit>,
    /// Whether thousands are separated.
    pub group: bool,
    /// The sizes of groups of digits, if not those of the language.
    pub grouping: Option<Vec<u8>>,
    /// What tables print for zero, if it is not the language's mark.
    pub nil: Option<NilMark>,
    /// What tables print for an amount that there is not, if it is not the language's mark.
    pub not_applicable: Option<String>,
    /// Convenience translation: the source unit and the rate.
    pub from: Option<(String, Decimal)>,
}

impl UnitRule {
    /// The defaults for an undeclared unit.
    pub fn plain(kind: UnitKind) -> Self {
        let plain = String::from("{}");
        Self {
            kind,
            decimals: 0,
            in_tables: plain.clone(),
            negative_in_tables: None,
            currency_sign: None,
            in_sentences: plain,
            says_as_language: false,
            one_in_sentences: None,
            scale: None,
            parts: Vec::new(),
            subunit: None,
            group: true,
            grouping: None,
            nil: None,
            not_applicable: None,
            from: None,
        }
    }
}

/// The declared units of a release and the rounding of each kind.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Units {
    pub rules: BTreeMap<String, UnitRule>,
    pub rounding: BTreeMap<UnitKind, RoundingMode>,
}

impl Units {
    /// The declaration of a base; `X per Y` uses that of `X` if it has none.
    pub fn rule(&self, base: &str) -> Option<&UnitRule> {
        self.rules.get(base).or_else(|| self.rules.get(base.split_once(" per ")?.0))
    }

    /// The rounding of amounts of a kind.
    pub fn rounding_mode(&self, kind: UnitKind) -> RoundingMode {
        self.rounding.get(&kind).copied().unwrap_or_default()
    }

    /// The number of `from` units in one `to` unit: 1 for the same base, the rate for a declared translation, otherwise
    /// `None`.
    pub fn rate(&self, from: &str, to: &str) -> Option<Decimal> {
        if from == to {
            return Some(Decimal::ONE);
        }
        let (from_base, from_per) = split_per(from);
        let (to_base, to_per) = split_per(to);
        let (source, rate) = self.rules.get(to_base)?.from.as_ref()?;
        (source == from_base && from_per == to_per).then_some(*rate)
    }

    /// The unit in which a line in unit `line` is shown if a column asks for `wanted`; `None` if the line is neither in
    /// that base nor can be translated into it.
    pub fn display_unit(&self, line: &Unit, wanted: &Unit) -> Option<Unit> {
        let (_, per) = split_per(&line.base);
        let base = match per {
            Some(per) if split_per(&wanted.base).1.is_none() => format!("{} per {per}", wanted.base),
            _ => wanted.base.clone(),
        };
        self.rate(&line.base, &base)?;
        let scale = if per.is_some() || !wanted.scaled { line.scale } else { wanted.scale };
        Some(Unit { base, scale, scaled: scale != Scale::One })
    }
}

fn split_per(base: &str) -> (&str, Option<&str>) {
    // Few have it, and to know that is quicker than to look where.
    if !base.contains(" per ") {
        return (base, None);
    }
    base.split_once(" per ").map_or((base, None), |(base, per)| (base, Some(per)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units() -> Units {
        let mut units = Units::default();
        let money = UnitRule::plain(UnitKind::Money);
        units.rules.insert("AAA".into(), money.clone());
        units.rules.insert("BBB".into(), UnitRule { from: Some(("AAA".into(), Decimal::new(9340, 2))), ..money });
        units
    }

    #[test]
    fn the_longest_words_that_fit_are_the_scale() {
        let parsed = |text| {
            let unit = Unit::parse(text);
            (unit.base, unit.scale, unit.scale.factor().to_string())
        };
        assert_eq!(parsed("AAA million"), ("AAA".into(), Scale::Million, "1000000".into()));
        assert_eq!(parsed("AAA hundred million"), ("AAA".into(), Scale::HundredMillion, "100000000".into()));
        assert_eq!(parsed("BBB lakh crore"), ("BBB".into(), Scale::LakhCrore, "1000000000000".into()));
        assert_eq!(parsed("million"), ("million".into(), Scale::One, "1".into()));
    }

    #[test]
    fn a_translation_holds_per_share_too_and_keeps_the_scale_of_the_line() {
        let shown =
            |line, wanted| units().display_unit(&Unit::parse(line), &Unit::parse(wanted)).map(|unit| unit.to_string());
        assert_eq!(shown("AAA thousand", "BBB").as_deref(), Some("BBB thousand"));
        assert_eq!(shown("AAA thousand", "AAA million").as_deref(), Some("AAA million"));
        assert_eq!(shown("AAA per share", "BBB thousand").as_deref(), Some("BBB per share"));
        assert_eq!(shown("share", "BBB thousand"), None);
    }

    #[test]
    fn halves_go_away_from_zero_to_even_or_are_cut() {
        let halves =
            |mode: RoundingMode| [25, -25, 35].map(|tenths| mode.round(Decimal::new(tenths, 1), 0).to_string());
        assert_eq!(halves(RoundingMode::HalfUp), ["3", "-3", "4"]);
        assert_eq!(halves(RoundingMode::HalfEven), ["2", "-2", "4"]);
        assert_eq!(halves(RoundingMode::Truncate), ["2", "-2", "3"]);
    }
}
