//! A language: fixed words, and the format of numbers, dates and changes.

use std::collections::{BTreeMap, BTreeSet};

use super::{Date, UnitRule, is_run_on};

/// The contents of `templates/words/<lang>.toml`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Words {
    /// Fixed words by key, for the templates.
    pub words: BTreeMap<String, String>,
    pub number: NumberStyle,
    /// Scale words, `{} million`, by the dataset's word.
    pub scale: BTreeMap<String, String>,
    /// `{month} {day}, {year}`; `{m}` is the month's number, `{era}` and `{era_year}` those of the day.
    pub date: String,
    /// Further patterns of dates, by style.
    pub date_styles: BTreeMap<String, String>,
    /// The eras in the order of time.
    pub eras: Vec<Era>,
    /// The first year of an era, if it is not its number.
    pub first_era_year: Option<String>,
    /// The names of the twelve months.
    pub months: Vec<String>,
    /// A difference of percentages, `{} points`.
    pub points: String,
    /// The same in tables.
    pub points_in_tables: String,
    /// A percentage in a sentence, `{}%`, if the language says how.
    pub percent: Option<String>,
    /// Patterns of changes by style, with the size of the change.
    pub change: BTreeMap<String, Direction>,
    pub direction: BTreeMap<String, Direction>,
    /// The words for what a change is compared with, by the kinds of [`Comparison`](super::Comparison).
    pub compared: BTreeMap<String, String>,
    /// The words for the movements of two figures by style, and by both movements: `up_down`.
    pub pair: BTreeMap<String, BTreeMap<String, String>>,
    /// The words for kinds of rounding, by their word in a dataset.
    pub rounding: BTreeMap<String, String>,
    /// Patterns of ranges by style, with `{low}` and `{high}`.
    pub range: BTreeMap<String, String>,
    pub prose: ProseWords,
    pub typesetting: Typesetting,
}

/// How a language is set.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct Typesetting {
    /// Whether both edges of running text are straight in print, where lines may end between any two letters, and marks that
    /// fill half of their square are set close to one another and to the edges.
    pub justify: bool,
    /// The marks that may stand outside the right edge.
    pub hang: String,
    /// The pattern of the marks of notes, with `{number}`; empty for a raised number.
    pub note_mark: String,
}

impl Typesetting {
    /// The mark of a note; `None` where it is a raised number.
    pub fn mark(&self, number: usize) -> Option<String> {
        (!self.note_mark.is_empty()).then(|| self.note_mark.replace("{number}", &number.to_string()))
    }
}

/// Declares [`ProseWords`]: each list once, as its field and its key in a file of words.
macro_rules! prose_words {
    ($($(#[$doc:meta])* $list:ident,)*) => {
        /// Words, in lower case, that say something about the figure beside them.
        #[derive(Debug, Clone, PartialEq, Default)]
        pub struct ProseWords {
            $($(#[$doc])* pub $list: Vec<String>,)*
        }

        impl ProseWords {
            /// The words with each list replaced; `replace` takes its key and its words so far.
            pub fn map_lists(self, mut replace: impl FnMut(&'static str, Vec<String>) -> Vec<String>) -> Self {
                Self { $($list: replace(stringify!($list), self.$list),)* }
            }
        }
    };
}

prose_words! {
    /// Words for up.
    up,
    /// Words for down.
    down,
    /// Words that compare two amounts.
    compare,
    /// Words between a figure and its own period.
    within,
    /// Words for a quarter.
    quarter,
    /// Words for half a year.
    half,
    /// Words for nine months.
    nine_months,
    /// Words for a whole year.
    year,
    /// Words for first, second, third and fourth.
    ordinals,
    /// Names of periods, with `#` for each digit: `fy####`.
    period_names,
    /// Words for numbers.
    numbers,
    /// Words for multiples and fractions: doubled, halved.
    multiples,
    /// Words for units of money, after a number in words.
    money,
    /// Words for up of amounts, and for down of losses and costs.
    better,
    /// Words for down of amounts, and for up of losses and costs.
    worse,
    /// Words for no change.
    unchanged,
    /// Words that join figures to the clause before them: by, and.
    joining,
    /// Words behind which another statement begins: while, but.
    contrast,
    /// Words before the amount that something rose or fell to.
    reach,
    /// Words before the amount that something rose or fell from.
    leave,
    /// Words that say that cash went out.
    spent,
    /// Words that say that cash came in.
    inflow,
    /// Words that say that a cost is an income.
    benefit,
    /// Words that say that an amount is negative.
    negative,
    /// Words for the minus sign.
    minus,
    /// Fractions in words: half of, a third of.
    fractions,
    /// Phrases that compare with a year before.
    on_year,
    /// Phrases that compare with the quarter before.
    on_quarter,
    /// Words for per cent and for points of per cent.
    percent,
    /// Words between the two ends of a range.
    range,
    /// Words of labels of averages, which do not add up over time.
    average,
    /// Words for an amount above zero.
    profit,
    /// Words for an amount below zero.
    loss,
    /// Words of labels of profit, whose sign `size` must not hide.
    result,
    /// Words that make a cost of a word of profit before them: "income taxes".
    cost,
    /// Words that say that an amount is spent, repaid or owed.
    outflow,
    /// Words of labels of revenue.
    revenue,
    /// Words of labels of profit and loss.
    earnings,
    /// Words that say that revenue rose.
    revenue_up,
    /// Words that say that revenue fell.
    revenue_down,
    /// Words that say that profit rose.
    earnings_up,
    /// Words that say that profit fell.
    earnings_down,
    /// Words for the issuer and its results as what a sentence is about.
    company,
    /// Words that say that something is expected.
    plan,
    /// Digits in words, in a script without spaces between words: 一, 二.
    numerals,
    /// Tens and powers of ten in words: 十, 億.
    multipliers,
    /// What follows a number in such words: 円, 名.
    counters,
    /// Words that hold a number, `#`, or a numeral, and state no number: 一部, #株当たり.
    not_numbers,
    /// Marks of items of a list and of notes, with `#` for the number: （#）.
    item_marks,
    /// Dates of some parts: {year}年{m}月.
    date_parts,
    /// Names of financial years by their last day: {year}年{m}月期.
    year_ends,
    /// Names of quarters by their number: 第#四半期.
    nth_quarter,
    /// Names of the months from the beginning of a year up to the end of a quarter: 第#四半期連結累計期間.
    year_to_date,
    /// Words that hold a word of another list and do not state it: 増減, 減価償却.
    compounds,
    /// Words of labels of lines that are changes themselves: 増減.
    movements,
    /// Words behind what a sentence is about: は.
    topic,
    /// Words behind the subject of a statement within a sentence: が.
    subject,
    /// Words for the period of a release.
    current,
    /// Words for the period before it.
    previous,
    /// Words for the period after it.
    next,
    /// Names of the parts of a year that reports are of, in fours: after three, six, nine and twelve months.
    stages,
    /// Phrases that compare with the same part of the year before: 前年同期比.
    on_same_period,
    /// Phrases that compare with the period before: 前期比.
    on_previous,
    /// Phrases that compare with the end of the year before: 前期末比.
    on_year_end,
    /// Words of labels of measures that management defines: adjusted.
    adjusted,
    /// Words that say that a measure shows management's view.
    management_view,
    /// Words that say that a measure may not be comparable with that of others.
    not_comparable,
    /// Words that say how a measure is calculated.
    calculated,
    /// Words for the tax effect of an item.
    tax_effect,
    /// Words that say that something is useful to know.
    informative,
    /// Words for those whom it is useful to.
    investors,
    /// Words that speak of a time, so that they may not be true of the next release: first quarter, recently.
    time,
    /// Words that say why something is so: due to, reflecting.
    cause,
}

/// The format of numbers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct NumberStyle {
    /// The thousands separator.
    pub group: String,
    /// The sizes of groups of digits from the point on, the last of which repeats; groups of three if the language says nothing.
    pub grouping: Vec<u8>,
    /// The decimal point.
    pub point: String,
    /// A negative number in a table, `({})`.
    pub negative: String,
    /// A negative number in a sentence, `-{}`.
    pub sentence_negative: String,
    /// Zero in a table.
    pub nil: String,
    pub not_meaningful: String,
    pub not_applicable: String,
    /// The same in tables, if it differs.
    pub not_applicable_in_tables: Option<String>,
    pub undecided: String,
    /// What stands for an amount, a date or a text that is not known yet; `…` if the language says nothing.
    pub pending: Option<String>,
    /// What stands between the parts of an amount, `142億66百万円`; a space if the language says nothing.
    pub between_parts: Option<String>,
}

impl NumberStyle {
    /// What stands for an amount, a date or a text that is not known yet.
    pub fn pending_mark(&self) -> &str {
        self.pending.as_deref().unwrap_or("…")
    }

    /// The sizes of the groups of a unit's digits: its own, or those of the language.
    pub fn grouping_of<'a>(&'a self, rule: &'a UnitRule) -> &'a [u8] {
        match (&rule.grouping, self.grouping.as_slice()) {
            (Some(own), _) => own,
            (None, []) => &[3],
            (None, sizes) => sizes,
        }
    }
}

/// A numbered sequence of years, `令和`, with its first day.
#[derive(Debug, Clone, PartialEq)]
pub struct Era {
    pub name: String,
    pub from: Date,
}

/// The text for an increase, a decrease and no change; `{}` is the size of the change.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Direction {
    pub up: String,
    pub down: String,
    pub flat: String,
}

impl ProseWords {
    /// Whether the language puts no spaces between words, by its words for directions.
    pub fn is_run_on(&self) -> bool {
        let directions = [&self.up, &self.down, &self.better, &self.worse];
        directions.into_iter().flatten().any(|word| word.starts_with(is_run_on))
    }

    /// Whether a character writes a number: a digit of any script, or a numeral of the language.
    pub fn is_numeral(&self, c: char) -> bool {
        let mut words = self.numerals.iter().chain(&self.multipliers);
        c.is_numeric() || !c.is_ascii() && words.any(|letters| letters.contains(c))
    }
}

impl Words {
    /// The style of dates that say none.
    pub const PLAIN_DATE: &'static str = "plain";

    /// The words that say a scale, by the dataset's word: those of its pattern around the number.
    fn scale_words(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.scale.iter().map(|(scale, pattern)| (scale.as_str(), pattern.as_str()));
        all.flat_map(|(scale, pattern)| pattern_words(pattern).map(move |word| (scale, word)))
    }

    /// The scales that a text names, by the dataset's words, which do not begin within another: `vermillion`. Of words that begin at one place, the longest counts, and
    /// what is within it does not: `百万` is no `万`.
    pub fn scales_in(&self, text: &str) -> BTreeSet<&str> {
        let lower: String = text.chars().map(|c| c.to_lowercase().next().unwrap_or(c)).collect();
        let words: Vec<_> = self.scale_words().map(|(scale, word)| (scale, word.to_lowercase())).collect();
        let (mut named, mut rest) = (BTreeSet::new(), lower.as_str());
        // Whether the letter before is a small one; a currency may stand before a scale, `USDmillion`.
        let mut before = std::iter::once(false).chain(text.chars().map(char::is_lowercase));
        while let Some(letter) = rest.chars().next() {
            let is_within = before.next().unwrap_or(false) && letter.is_lowercase();
            let here = words.iter().filter(|(_, word)| !is_within && rest.starts_with(word.as_str()));
            let longest = here.max_by_key(|(_, word)| word.len());
            named.extend(longest.map(|(scale, _)| *scale));
            let skipped = longest.map_or(0, |(_, word)| word.chars().count() - 1);
            before.by_ref().take(skipped).for_each(drop);
            rest = &rest[longest.map_or(letter.len_utf8(), |(_, word)| word.len())..];
        }
        named
    }

    /// The pattern of a unit in sentences: its own, or that of the language for percentages.
    pub fn sentence_pattern<'a>(&'a self, rule: &'a UnitRule) -> &'a str {
        let of_language = self.percent.as_ref().filter(|_| rule.says_as_language);
        of_language.unwrap_or(&rule.in_sentences)
    }

    /// The pattern of dates of a style; that of the language itself is `plain`.
    pub fn date_pattern(&self, style: &str) -> Option<&str> {
        let own = || self.date_styles.get(style).map(String::as_str);
        if style == Self::PLAIN_DATE { Some(&self.date) } else { own() }
    }

    /// The styles of dates.
    pub fn date_style_names(&self) -> Vec<&str> {
        [Self::PLAIN_DATE].into_iter().chain(self.date_styles.keys().map(String::as_str)).collect()
    }

    /// Formats a date.
    pub fn format_date(&self, date: Date) -> String {
        self.format_date_as(&self.date, date)
    }

    /// Formats a date, or some of its parts, in a pattern such as `{era}{era_year}年{m}月`. A day before the first era has the
    /// year of the calendar and no era.
    pub fn format_date_as(&self, pattern: &str, date: Date) -> String {
        let era = self.eras.iter().rev().find(|era| era.from <= date);
        let era_year = era.map_or(date.year, |era| date.year - era.from.year + 1);
        let first = self.first_era_year.clone().filter(|_| era.is_some() && era_year == 1);
        let month = usize::from(date.month).checked_sub(1).and_then(|index| self.months.get(index));
        pattern
            .replace("{era}", era.map_or("", |era| era.name.as_str()))
            .replace("{era_year}", &first.unwrap_or_else(|| era_year.to_string()))
            .replace("{month}", month.map_or("", String::as_str))
            .replace("{m}", &date.month.to_string())
            .replace("{day}", &date.day.to_string())
            .replace("{year}", &date.year.to_string())
    }
}

/// The words of a pattern around its number, without signs around them: `m` of `{} m.`, but `'000` of `{}'000`.
fn pattern_words(pattern: &str) -> impl Iterator<Item = &str> {
    let words = pattern.split("{}").map(|part| match part.trim_matches(|letter: char| !letter.is_alphabetic()) {
        "" => part.trim(),
        word => word,
    });
    words.filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_has_the_year_of_its_era() {
        let day = |year, month, day| Date { year, month, day };
        let era = |name: &str, from| Era { name: name.to_owned(), from };
        let words = Words {
            date: "{era}{era_year}.{m}.{day}".into(),
            eras: vec![era("平成", day(1989, 1, 8)), era("令和", day(2019, 5, 1))],
            first_era_year: Some("元".into()),
            ..Words::default()
        };
        let written = |year, month, of_month| words.format_date(day(year, month, of_month));
        assert_eq!(written(2019, 4, 30), "平成31.4.30");
        assert_eq!(written(2019, 5, 1), "令和元.5.1");
        assert_eq!(written(2026, 3, 31), "令和8.3.31");
        assert_eq!(written(1989, 1, 7), "1989.1.7");
        assert_eq!(words.format_date_as("{era_year}", day(1989, 1, 8)), "元");
    }

    #[test]
    fn the_longest_word_for_a_scale_counts() {
        let scale =
            [("ten thousand", "{}万"), ("million", "{}百万"), ("lakh", "{} lakh"), ("lakh crore", "{} lakh crore")];
        let scale = scale.map(|(word, pattern)| (word.to_owned(), pattern.to_owned())).into();
        let words = Words { scale, ..Words::default() };
        let named = |text| words.scales_in(text).into_iter().collect::<Vec<_>>().join(", ");
        assert_eq!(named("（単位：百万円）"), "million");
        assert_eq!(named("万円、百万円"), "million, ten thousand");
        assert_eq!(named("AAA Lakh Crore"), "lakh crore");
        assert_eq!(named("shares"), "");
        assert_eq!(named("in lakhs of INR, INRlakh"), "lakh");
        assert_eq!(named("blakh, polakhed"), "");
    }
}
