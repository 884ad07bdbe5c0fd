//! The words around a figure in a language without spaces between words.

use super::{DIRECTION_HELP, Phrase};
use crate::{
    check::{
        CheckResults,
        clause::has_word,
        direction::{Amounts, Stated, amounts_of, contradicted},
        run_on::{Link, RunOnWords, Said, Spoken},
        sentences::text_before_in_sentence,
    },
    diag::Diagnostic,
    model::Decimal,
    present::{FigureUse, Writes},
};

const SIZE_HELP: &str = "write the figure without its sign: `size`";

impl Phrase<'_, '_, '_> {
    /// The checks of a language without spaces between words.
    pub(super) fn check_run_on(&self, words: &RunOnWords, sentence: &[&FigureUse], results: &mut CheckResults) {
        self.check_points(results);
        if self.writes == Writes::Movement {
            self.check_spoken(words, results);
        }
        if self.writes.is_bare() {
            let is_told = match &self.movement {
                Some(movement) => {
                    let amounts = Amounts::of(movement, self.input);
                    let word = || self.direction_after(words, sentence).or_else(|| self.direction_before(words));
                    amounts.is_some_and(|amounts| word().is_some_and(|word| self.hold(&word, &amounts, results)))
                }
                None => self.check_amount(words, sentence, results),
            };
            let is_told = is_told | self.check_sides(words, results);
            if self.filter == "size" && !is_told {
                self.check_hidden_signs(words, results);
            }
        }
    }

    /// A word for a direction behind the figure, or behind the last of several figures: "売掛金が{{ … }}、棚卸資産が{{ … }}増加".
    fn direction_after(&self, words: &RunOnWords, sentence: &[&FigureUse]) -> Option<Spoken> {
        let mut used = self.used;
        let position = sentence.iter().position(|other| other.at.start == used.at.start)?;
        for next in sentence[position + 1..].iter().map(Some).chain([None]) {
            if let Some(word) = words.after(used, is_direction).filter(|word| is_stated(words, used, word)) {
                return Some(word);
            }
            let next = next?;
            let between = used.at.source.text.get(used.at.end..next.at.start)?;
            let is_list = between.starts_with(['、', '，']) && words.find(between).next().is_none();
            let is_movement = next.call.as_ref().is_some_and(|call| Writes::of(call).is_bare());
            if !is_list || !is_movement || between.contains(['（', '(', '）', ')']) || words.has_topic(between) {
                return None;
            }
            used = next;
        }
        None
    }

    /// A word for a direction before the figure, of which the sentence says that the figure did so.
    fn direction_before(&self, words: &RunOnWords) -> Option<Spoken> {
        let label = self.label();
        let word = words.before(self.used, &[label], self.writes == Writes::Movement, is_direction)?;
        self.is_own(words, &word).then_some(word)
    }

    fn label(&self) -> &str {
        self.subject.label(self.input).unwrap_or_default()
    }

    /// Whether a word before the figure speaks of it, rather than of another subject or of a plan.
    fn is_own(&self, words: &RunOnWords, word: &Spoken) -> bool {
        let label = self.label();
        let of_label = |subject: &str| !subject.is_empty() && (label.contains(subject) || subject.contains(label));
        let has_own = words.own_subject(self.used, &word.place).is_none_or(of_label);
        has_own && words.compares_with_prior(self.used, &word.place)
    }

    /// Holds a word for a direction against two amounts. Gives whether there was one.
    fn hold(&self, word: &Spoken, amounts: &Amounts, results: &mut CheckResults) -> bool {
        let Said::Direction(stated) = word.said else { return false };
        let prose = &self.input.words.prose;
        let lists = [&prose.loss, &prose.outflow, &prose.cost];
        let is_loss = lists.iter().any(|list| has_word(self.label(), list));
        if let Some((what, did)) = contradicted(self.input, self.used, &self.subject, stated, is_loss, amounts) {
            let what = format!("stands beside {what} that {did}");
            self.report(&word.place, &what, Some(DIRECTION_HELP), results);
        }
        true
    }

    /// "に増加", "を上回る", and directions of lines that are changes themselves.
    fn check_amount(&self, words: &RunOnWords, sentence: &[&FigureUse], results: &mut CheckResults) -> bool {
        let is_stated = |word: &Spoken| is_stated(words, self.used, word);
        let after = words.after(self.used, is_direction).filter(is_stated);
        let after =
            after.or_else(|| words.after_brackets(self.used, is_direction).filter(|word| word.link != Link::Beside));
        let prose = &self.input.words.prose;
        if has_word(self.label(), &prose.movements) && after.as_ref().is_none_or(|word| word.link == Link::Beside) {
            let Some(word) = after.or_else(|| self.direction_before(words)) else { return false };
            // "（△は増加）": the sign is turned.
            let is_turned = words.find(self.label()).any(|(_, said)| said == Said::Direction(Stated::Up));
            let amounts = Amounts { newer: self.value, older: Decimal::ZERO };
            return !is_turned && self.hold_sign(&word, &amounts, results);
        }
        let word = match after {
            Some(word) if word.link != Link::Beside => Some(word),
            _ => self.direction_before(words).map(|word| Spoken { link: Link::Reach, ..word }),
        };
        let Some(word) = word else { return false };
        let amounts = amounts_of(self.input, self.used, &self.subject, sentence, word.link == Link::Reach);
        amounts.is_some_and(|amounts| self.hold(&word, &amounts, results))
    }

    /// Holds a word against the sign of a line that is a change.
    fn hold_sign(&self, word: &Spoken, amounts: &Amounts, results: &mut CheckResults) -> bool {
        let fell = amounts.newer < amounts.older;
        let is_wrong = match word.said {
            Said::Direction(Stated::Up) => fell,
            Said::Direction(Stated::Down) => !fell,
            Said::Direction(Stated::Unchanged) => true,
            _ => return false,
        };
        if is_wrong && !self.value.is_zero() {
            let did = if fell { "fell" } else { "rose" };
            self.report(&word.place, &format!("stands beside an amount that {did}"), Some(DIRECTION_HELP), results);
        }
        true
    }

    /// A word for a direction beside a figure that brings its own.
    fn check_spoken(&self, words: &RunOnWords, results: &mut CheckResults) {
        let after = words.after(self.used, is_direction).filter(|word| is_stated(words, self.used, word));
        for word in [self.direction_before(words), after].into_iter().flatten() {
            let Said::Direction(stated) = word.said else { continue };
            if word.is_direct && stated != Stated::Unchanged {
                let help = "remove the word, or use the figure alone: `\"change(…)\" | size`";
                self.report(
                    &word.place,
                    "stands beside a figure that already states its direction",
                    Some(help),
                    results,
                );
                return;
            }
            if stated == Stated::Unchanged && !self.value.is_zero() {
                self.report(&word.place, "stands beside a figure that states a change", None, results);
                return;
            }
            self.check_contradiction(stated, &word.place, results);
        }
    }

    /// Words for profit, loss and cash beside an amount. Gives whether there was one.
    fn check_sides(&self, words: &RunOnWords, results: &mut CheckResults) -> bool {
        if !self.is_plain() || self.movement.is_some() {
            return false;
        }
        let Some(word) = self.side(words) else { return false };
        let prose = &self.input.words.prose;
        let label = self.label();
        let is_named = |lists: &[&Vec<String>]| lists.iter().any(|list| has_word(label, list));
        let is_negative = self.value.is_sign_negative();
        let is_wrong = match word.said {
            Said::Profit | Said::Inflow => is_negative,
            // A line of either is above zero where it is a profit.
            Said::Loss => !is_negative && (!is_named(&[&prose.loss]) || is_named(&[&prose.profit])),
            Said::Spent => !is_negative && !is_named(&[&prose.loss, &prose.outflow, &prose.cost, &prose.spent]),
            _ => false,
        };
        if is_wrong && !self.value.is_zero() {
            let sign = if is_negative { "negative" } else { "positive" };
            self.report(&word.place, &format!("stands beside a {sign} amount"), None, results);
        } else if is_negative && self.filter != "size" && matches!(word.said, Said::Loss | Said::Spent) {
            self.report(
                &word.place,
                "stands beside an amount that is printed with a minus sign",
                Some(SIZE_HELP),
                results,
            );
        }
        true
    }

    /// The word for a side that the figure is on: behind it, before it, or at the end of what the sentence is about.
    fn side(&self, words: &RunOnWords) -> Option<Spoken> {
        let prose = &self.input.words.prose;
        let marks: Vec<&str> = prose.topic.iter().chain(&prose.subject).map(String::as_str).collect();
        let after = words.after(self.used, is_side).filter(|word| is_stated(words, self.used, word));
        let of_result = || [&prose.result, &prose.profit, &prose.loss].iter().any(|list| has_word(self.label(), list));
        let topic = || words.topic(self.used).filter(|word| is_side(word.said) && of_result());
        after.or_else(|| words.before(self.used, &marks, false, is_side)).or_else(topic)
    }

    /// `size` of a loss that no word calls one, and of a balance that has turned its sign.
    fn check_hidden_signs(&self, words: &RunOnWords, results: &mut CheckResults) {
        if !self.is_plain() || self.movement.is_some() || self.value.is_zero() {
            return;
        }
        let sentence = text_before_in_sentence(self.used);
        let says_so = |said| matches!(said, Said::Loss | Said::Spent | Said::Inflow);
        if words.find(sentence).any(|(_, said)| says_so(said)) || sentence.contains("| direction") {
            return;
        }
        let name = self.used.name();
        let prose = &self.input.words.prose;
        let is_result = [&prose.result, &prose.loss].iter().any(|list| has_word(self.label(), list));
        let what = if self.value.is_sign_negative() && is_result {
            "is negative"
        } else if self.has_turned() && !is_result {
            "turned its sign"
        } else {
            return;
        };
        let message = format!("`{name}` {what}, which `size` does not print");
        let finding = Diagnostic::error("wording", message).at(&self.used.at, "");
        results.push(finding.help("use `amount`, or a word that says which side the amount is on"));
    }
}

fn is_direction(said: Said) -> bool {
    matches!(said, Said::Direction(_))
}

fn is_side(said: Said) -> bool {
    matches!(said, Said::Profit | Said::Loss | Said::Spent | Said::Inflow)
}

/// Whether a word behind a figure goes on with its clause: no comma directly behind the figure or its brackets begins another.
fn is_stated(words: &RunOnWords, used: &FigureUse, word: &Spoken) -> bool {
    let between = used.at.source.text.get(used.at.end..word.place.start).unwrap_or_default();
    !words.begins_another(between)
}
