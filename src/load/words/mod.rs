//! Reads `templates/words/<lang>.toml`: the words of a language.

mod dates;
mod layer;
mod places;

use std::{collections::BTreeMap, sync::Arc};

use super::{
    files::File,
    grouping::grouping,
    toml_table::{self, TomlTable},
};
use crate::{
    diag::{Diagnostic, Findings, Source, nearest},
    model::{Comparison, Direction, NumberStyle, ProseWords, RoundingMode, Scale, Typesetting, Words},
};
pub use layer::FixedWords;
use layer::Layer;
use places::{CHANGE, NOTE_MARK, NUMBER, RANGE, check_places, places};
pub(super) use places::{Sign, fault_of_pattern};

/// Reads the files of a language in order, each over the one before: values that a file omits are unchanged. `None` if
/// the first file lacks a part.
pub fn words(layers: &[Arc<Source>], fixed: &FixedWords, findings: &mut Findings) -> Option<Words> {
    let mut words = None;
    for source in layers {
        let file = File { source: Arc::clone(source), stem: String::new() };
        let base = words.take();
        let mut read = None;
        toml_table::parse_file(&file, findings, &mut |keys, findings| {
            read = Layer { base: base.as_ref(), fixed, findings }.language(keys);
        });
        words = read.or(base);
    }
    words
}

/// How the first figure of a pair moves, and how the second one does, a profit or loss.
const FIRST_MOVEMENTS: [&str; 3] = ["up", "down", "flat"];
const SECOND_MOVEMENTS: [&str; 8] =
    ["up", "down", "flat", "to_loss", "to_profit", "wider_loss", "narrower_loss", "same_loss"];

impl Layer<'_> {
    /// Reads all parts before it returns `None` for a missing one, so that all mistakes are reported.
    fn language(&mut self, keys: &TomlTable) -> Option<Words> {
        let number = self.part(keys, "number").and_then(|keys| self.number(keys.as_ref()));
        let date = self.part(keys, "date").and_then(|keys| self.dates(keys.as_ref()));
        let points = self.pattern(Some(keys), "points", |words| &words.points);
        let in_tables =
            keys.value("points_in_tables").is_some() || self.base.is_some_and(|base| !base.points_in_tables.is_empty());
        let points_in_tables = match in_tables {
            true => self.pattern(Some(keys), "points_in_tables", |words| &words.points_in_tables),
            false => points.clone(),
        };
        let words = Words {
            points_in_tables: points_in_tables.unwrap_or_default(),
            percent: self.optional_pattern(keys, "percent", |words| &words.percent),
            words: self.fixed_words(keys),
            scale: self.known_texts(keys, "scale", &Scale::WORDS.map(|(word, _)| word), |words| &words.scale),
            change: self.directions(keys, "change", true, |words| &words.change),
            direction: self.directions(keys, "direction", false, |words| &words.direction),
            compared: self
                .known_texts(keys, "compared", &Comparison::WORDS.map(|(word, _)| word), |words| &words.compared),
            pair: self.pairs(keys),
            range: self.ranges(keys),
            rounding: self
                .known_texts(keys, "rounding", &RoundingMode::WORDS.map(|(word, _)| word), |words| &words.rounding),
            prose: self.prose(keys),
            typesetting: self.typesetting(keys),
            ..Words::default()
        };
        let date = date?;
        Some(Words {
            number: number?,
            points: points?,
            date: date.pattern,
            date_styles: date.styles,
            months: date.months,
            eras: date.eras,
            first_era_year: date.first_era_year,
            ..words
        })
    }

    fn typesetting(&mut self, keys: &TomlTable) -> Typesetting {
        let base = self.base.map(|base| base.typesetting.clone()).unwrap_or_default();
        let Some(keys) = keys.table("typesetting", self.findings) else { return base };
        let mark = keys.value("note_mark").and_then(|value| {
            check_places(&value, NOTE_MARK, self.findings);
            let mark = value.text(self.findings)?;
            let has_number = mark.value.contains("{number}");
            let finding = Diagnostic::error("words", "the mark of a note has no place `{number}`").at(&mark.place, "");
            self.findings.keep(has_number.then_some(mark).ok_or(finding))
        });
        let typesetting = Typesetting {
            justify: keys.flag("justify", self.findings).unwrap_or(base.justify),
            hang: keys.text("hang", self.findings).map_or(base.hang, |marks| marks.value),
            note_mark: mark.map_or(base.note_mark, |mark| mark.value),
        };
        keys.finish(self.findings);
        typesetting
    }

    /// A table of the file; required in the first file.
    fn part<'k>(&mut self, keys: &TomlTable<'k>, key: &'static str) -> Option<Option<TomlTable<'k>>> {
        match self.base {
            None => keys.require(key, self.findings)?.table(self.findings).map(Some),
            Some(_) => Some(keys.table(key, self.findings)),
        }
    }

    fn number(&mut self, keys: Option<&TomlTable>) -> Option<NumberStyle> {
        let style = NumberStyle {
            group: self.text(keys, "group", |words| &words.number.group)?,
            grouping: keys
                .and_then(|keys| grouping(keys, self.findings))
                .unwrap_or_else(|| self.base.map(|words| words.number.grouping.clone()).unwrap_or_default()),
            point: self.text(keys, "point", |words| &words.number.point)?,
            negative: self.pattern(keys, "negative", |words| &words.number.negative)?,
            sentence_negative: self.pattern(keys, "sentence_negative", |words| &words.number.sentence_negative)?,
            nil: self.text(keys, "nil", |words| &words.number.nil)?,
            not_meaningful: self.text(keys, "not_meaningful", |words| &words.number.not_meaningful)?,
            not_applicable: self.text(keys, "not_applicable", |words| &words.number.not_applicable)?,
            not_applicable_in_tables: self
                .optional_text(keys, "not_applicable_in_tables", |words| &words.number.not_applicable_in_tables),
            undecided: self.text(keys, "undecided", |words| &words.number.undecided)?,
            pending: self.optional_text(keys, "pending", |words| &words.number.pending),
            between_parts: self.optional_text(keys, "between_parts", |words| &words.number.between_parts),
        };
        if let Some(keys) = keys {
            self.check_number_style(keys, &style);
            keys.finish(self.findings);
        }
        Some(style)
    }

    /// Reports styles that make a number ambiguous: digits or signs around it, or equal separators.
    fn check_number_style(&mut self, keys: &TomlTable, style: &NumberStyle) {
        let alters = |text: &str| text.contains(|c: char| c.is_numeric() || "+-−".contains(c));
        let bare = |pattern: &str| pattern.replace("{}", "").trim().to_owned();
        let faults = [
            ("group", alters(&style.group), "the thousands separator cannot contain a digit or a sign"),
            ("group", style.group == style.point, "the thousands separator and the decimal point are the same"),
            (
                "point",
                alters(&style.point) || style.point.is_empty(),
                "the decimal point cannot be empty or contain a digit or a sign",
            ),
            (
                "nil",
                style.nil.contains(char::is_numeric) && style.nil != "0",
                "the mark for zero would look like a number",
            ),
            ("negative", !is_negative(&bare(&style.negative)), "a negative number would look like a positive one"),
            (
                "sentence_negative",
                !is_negative(&bare(&style.sentence_negative)),
                "a negative number would look like a positive one",
            ),
        ];
        for (key, _, message) in faults.into_iter().filter(|(_, is_so, _)| *is_so) {
            let place = keys.value(key).map_or_else(|| keys.place.clone(), |value| value.place());
            self.findings.push(Diagnostic::error("words", message).at(&place, ""));
        }
    }

    /// A table of texts by words of a dataset, over those below. The other keys are reported.
    fn known_texts(
        &mut self,
        keys: &TomlTable,
        key: &'static str,
        known: &[&str],
        below: impl Fn(&Words) -> &BTreeMap<String, String>,
    ) -> BTreeMap<String, String> {
        for (name, _) in self.entries(keys, key) {
            if !known.contains(&name.value.as_str()) {
                let near = nearest(&name.value, known.iter().copied());
                let label = near.map_or(String::new(), |near| format!("did you mean `{near}`?"));
                let finding = Diagnostic::error("unknown-key", format!("`{key}` has no word for `{}`", name.value));
                let finding = finding.at(&name.place, label);
                self.findings.push(match near {
                    Some(_) => finding,
                    None => finding.note(format!("the keys here are {}", known.join(", "))),
                });
            }
        }
        let places = if key == "scale" { NUMBER } else { &[] };
        let mut texts = self.texts(keys, key, places, below);
        texts.retain(|name, _| known.contains(&name.as_str()));
        texts
    }

    /// The patterns of ranges, each with both of its ends.
    fn ranges(&mut self, keys: &TomlTable) -> BTreeMap<String, String> {
        for (_, value) in self.entries(keys, "range") {
            let has_both = |text: &str| {
                let ends = text.find("{low}").zip(text.find("{high}"));
                ends.is_some_and(|(low, high)| low < high)
            };
            if value.as_text().is_some_and(|text| !has_both(text)) {
                let finding = Diagnostic::error("words", "a range needs `{low}`, and `{high}` behind it");
                self.findings.push(finding.at(&value.place(), ""));
            }
        }
        self.texts(keys, "range", RANGE, |words| &words.range)
    }

    /// The fixed words. One that nothing asks for is misspelt; those of the program have its places.
    fn fixed_words(&mut self, keys: &TomlTable) -> BTreeMap<String, String> {
        let mut words = self.base.map(|words| words.words.clone()).unwrap_or_default();
        for (key, value) in self.entries(keys, "words") {
            if let Some(text) = self.fixed.built_in.get(&key.value) {
                check_places(&value, &places(text).collect::<Vec<_>>(), self.findings);
            } else if !(self.fixed.is_used)(&key.value) {
                let near = nearest(&key.value, self.base.iter().flat_map(|base| base.words.keys().map(String::as_str)));
                let near = near.map_or(String::new(), |near| format!("did you mean `{near}`?"));
                let finding = Diagnostic::error("unknown-key", format!("no template uses the word `{}`", key.value));
                self.findings.push(finding.at(&key.place, near));
            }
            words.extend(value.text(self.findings).map(|text| (key.value, text.value)));
        }
        words
    }

    /// The words for two movements, by style.
    fn pairs(&mut self, keys: &TomlTable) -> BTreeMap<String, BTreeMap<String, String>> {
        let mut all = self.base.map(|words| words.pair.clone()).unwrap_or_default();
        for (style, value) in self.entries(keys, "pair") {
            let Some(texts) = value.table(self.findings) else { continue };
            let own = all.entry(style.value).or_default();
            for (key, value) in texts.entries() {
                check_places(&value, &[], self.findings);
                let is_known = key.value.split_once('_').is_some_and(|(first, second)| {
                    FIRST_MOVEMENTS.contains(&first) && SECOND_MOVEMENTS.contains(&second)
                });
                if !is_known {
                    let finding = Diagnostic::error("unknown-key", format!("`{}` is no pair of movements", key.value));
                    let [first, second] = [FIRST_MOVEMENTS.join(", "), SECOND_MOVEMENTS.join(", ")];
                    self.findings.push(
                        finding.at(&key.place, "").note(format!("a pair is one of {first}, `_`, and one of {second}")),
                    );
                }
                own.extend(value.text(self.findings).map(|text| (key.value, text.value)));
            }
        }
        all
    }

    /// A table of directions, over those below; `patterns` hold a number each, where anything moves.
    fn directions(
        &mut self,
        keys: &TomlTable,
        key: &'static str,
        patterns: bool,
        below: impl Fn(&Words) -> &BTreeMap<String, Direction>,
    ) -> BTreeMap<String, Direction> {
        let mut all = self.base.map(|words| below(words).clone()).unwrap_or_default();
        for (style, value) in self.entries(keys, key) {
            let Some(keys) = value.table(self.findings) else { continue };
            let base = all.get(&style.value);
            let mut text = |key: &'static str, below: fn(&Direction) -> &String| {
                let own = match base {
                    None => keys.require_text(key, self.findings),
                    Some(_) => keys.text(key, self.findings),
                };
                own.map(|text| text.value).or_else(|| base.map(|base| below(base).clone())).unwrap_or_default()
            };
            let direction = Direction {
                up: text("up", |it| &it.up),
                down: text("down", |it| &it.down),
                flat: text("flat", |it| &it.flat),
            };
            let places = if patterns { CHANGE } else { &[] };
            for (key, moves) in [("up", true), ("down", true), ("flat", false)] {
                let Some(value) = keys.value(key) else { continue };
                check_places(&value, places, self.findings);
                if patterns && moves {
                    self.check_pattern(&value, Sign::Own);
                }
            }
            if direction.up == direction.down && !direction.up.is_empty() {
                let finding = Diagnostic::error("words", "the words for up and for down are the same");
                self.findings.push(finding.at(&keys.place, ""));
            }
            keys.finish(self.findings);
            all.insert(style.value, direction);
        }
        all
    }

    fn prose(&mut self, keys: &TomlTable) -> ProseWords {
        let base = self.base.map(|words| words.prose.clone()).unwrap_or_default();
        let Some(keys) = keys.table("prose", self.findings) else { return base };
        let words = base.map_lists(|key, below| {
            let own = keys.texts(key, self.findings);
            if own.is_empty() {
                return below;
            }
            // An empty word would be found everywhere.
            let (own, empty): (Vec<_>, Vec<_>) = own.into_iter().partition(|word| !word.value.trim().is_empty());
            for word in empty {
                self.findings
                    .push(Diagnostic::error("words", format!("`{key}` has an empty word")).at(&word.place, ""));
            }
            own.into_iter().map(|word| word.value.to_lowercase()).collect()
        });
        keys.finish(self.findings);
        words
    }
}

/// Whether the text around a number marks it as negative.
fn is_negative(marks: &str) -> bool {
    !marks.is_empty() && !marks.contains(|c: char| c.is_numeric() || c == '+')
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOWER: &str = r#"
points = "{} points"
words = { contents = "Contents", notes = "Notes" }
number = { group = ",", point = ".", negative = "({})", sentence_negative = "-{}", nil = "-", not_meaningful = "n.m.", not_applicable = "n/a", undecided = "undecided" }
scale = { million = "{} million" }
date = { pattern = "{month} {day}, {year}", months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"] }
change.plain = { up = "up {}", down = "down {}", flat = "unchanged" }
"#;

    fn read(texts: &[&str]) -> (Option<Words>, Vec<String>) {
        let layers: Vec<_> = texts.iter().map(|text| Source::new("words.toml", *text)).collect();
        let mut findings = Findings::new();
        let fixed = FixedWords { built_in: &BTreeMap::new(), is_used: &|key| key != "nots" };
        let words = words(&layers, &fixed, &mut findings);
        (words, findings.sorted().into_iter().map(|finding| finding.message).collect())
    }

    #[test]
    fn an_upper_file_says_only_what_differs() {
        let upper = "words.notes = \"Footnotes\"\nnumber.negative = \"△{}\"\nchange.plain.up = \"+{}\"\n";
        let (both, messages) = read(&[LOWER, upper]);
        let (below, both) = (read(&[LOWER]).0.unwrap(), both.unwrap());
        assert_eq!(messages, [""; 0]);
        let mut expected = below;
        expected.words.insert("notes".into(), "Footnotes".into());
        expected.number.negative = "△{}".into();
        expected.change.get_mut("plain").unwrap().up = "+{}".into();
        assert_eq!(both, expected);
    }

    #[test]
    fn a_word_that_nothing_asks_for_is_told() {
        let (words, messages) = read(&[LOWER, "words.nots = \"Footnotes\"\n"]);
        assert_eq!(words.unwrap().words["notes"], "Notes");
        assert_eq!(messages, ["no template uses the word `nots`"]);
    }

    #[test]
    fn an_empty_word_of_prose_is_reported() {
        let (words, messages) = read(&[LOWER, "prose.quarter = [\"\", \"Quarter\"]\n"]);
        assert_eq!(words.unwrap().prose.quarter, ["quarter"]);
        assert_eq!(messages, ["`quarter` has an empty word"]);
    }

    #[test]
    fn the_lowest_file_says_everything() {
        let (words, messages) = read(&["points = \"{} points\"\n"]);
        assert!(words.is_none());
        assert_eq!(messages, ["`date` is missing", "`number` is missing"]);
    }

    #[test]
    fn a_pattern_has_a_place_for_its_number_and_a_year_twelve_months() {
        let upper = "points = \"points\"\nnumber.negative = \"()\"\nscale.million = \"M\"\nchange.plain.down = \"less\"\n\
                     date.months = [\"January\"]\n";
        let (_, messages) = read(&[LOWER, upper]);
        let pattern = "a number pattern needs exactly one `{}`";
        assert_eq!(messages, [pattern, pattern, pattern, pattern, "expected a list of twelve names, found a list"]);
    }

    #[test]
    fn places_that_nothing_fills_are_told() {
        let upper = "points = \"{} of {total}\"\ndate.pattern = \"{yaer}年{m}月\"\ndate.style.era = \"{era_year}\"\n\
                     range.plain = \"{low} to {high} {unit}\"\nchange.plain.flat = \"no {change\"\nnumber.nil = \"{nil}\"\n";
        let (_, messages) = read(&[LOWER, upper]);
        let told = |place| format!("there is no place `{place}` here");
        assert_eq!(
            messages,
            [
                told("{total}"),
                String::from("a date needs `{year}`"),
                told("{yaer}"),
                String::from("the year of an era needs `{era}` before it"),
                told("{unit}"),
                told("{change"),
                told("{nil}")
            ]
        );
    }

    #[test]
    fn eras_follow_one_another() {
        let eras = "[[date.era]]\nname = \"B\"\nfrom = 2019-05-01\n[[date.era]]\nname = \"A\"\nfrom = 1989-01-08\n";
        let (words, messages) = read(&[LOWER, eras]);
        assert_eq!(words.unwrap().eras.len(), 2);
        assert_eq!(messages, ["the era `A` does not begin after the one before it"]);
    }

    #[test]
    fn a_number_does_not_come_to_read_as_another() {
        let numbers = |lines: &str| read(&[LOWER, &format!("[number]\n{lines}")]).1;
        assert_eq!(numbers("negative = \"△{}\"\ngroup = \"’\""), [""; 0]);
        let digit = "the thousands separator cannot contain a digit or a sign";
        assert_eq!(numbers("group = \"1\""), [digit]);
        assert_eq!(numbers("group = \".\""), ["the thousands separator and the decimal point are the same"]);
        assert_eq!(numbers("point = \"\""), ["the decimal point cannot be empty or contain a digit or a sign"]);
        assert_eq!(numbers("negative = \"{}\""), ["a negative number would look like a positive one"]);
        assert_eq!(numbers("negative = \"+{}\""), ["a negative number would look like a positive one"]);
    }
}
