//! Wording: the words around a figure agree with the figure.
//!
//! **What it checks.** A word for up or down, before or directly after a figure that says how an amount changed, must match
//! the direction of the change. Such figures are `change(…)`, `difference(…)`, `x - prior(x)`, `x - x@period`, and measures
//! made of them, also scaled. "Fell to" and "up from" must match the amount and the other amount of the same figure in the
//! sentence, or that of its `prior` period; "unchanged" says that both are equal. Of losses and costs that are entered as
//! negative amounts, the words speak of their size. A word for profit must not precede a negative amount, nor `size` hide
//! that an amount of profit is negative or that a balance has turned its sign. A word for loss must not precede a positive
//! amount, unless the label of the line contains a word for loss; "cash used" must not precede cash provided. A difference
//! of percentages is written in points; with `points=false`, the page needs an `[[erratum]]`. `[prose]` in the words of the
//! language lists the words.
//!
//! In a language without spaces between words, such a word is looked for behind the figure first, as in `24.7％増` and
//! `に増加`, then before it; nothing but the joining words of the list may stand between. Of words within one another, the longest
//! counts: `増減` is no `減`. A word for loss must not stand beside a figure that is printed with a minus sign.
//!
//! Words that say how revenue or profit moved as a whole ("lower revenue", 減収減益) are held against the revenue and profit that the
//! sentence states, in a language without spaces between words also against those of the paragraph or page. They must agree with one of
//! them. A sentence about another subject or period, or about a plan, is passed over. The second figure of `pair` is no cost, and not
//! the first one again.
//!
//! **Why.** Text is often copied from the previous quarter, and `size` prints a figure without its sign: "increased by
//! JPY553 million" reads well even if the amount decreased. A ratio that rises from 30% to 35.3% does not rise by "5.3%"
//! but by 5.3 points.
//!
//! **Example.** `narrative/wording`
//!
//! **How to fix it.** Let the filter write the word: `{{ "is.sales" | change(style="verb") }}` gives "increased by 14.9%"
//! or "decreased by 14.9%"; `difference` and `movement` write the direction too. A line of costs that is entered as negative
//! amounts needs `balance = "negative"`. If the text was published with "%" instead of points, keep it and record the
//! `[[erratum]]`.

mod pairs;
mod run_on;

use super::super::{
    CheckInput, CheckResults,
    clause::{Word, has_word, words_before, words_of},
    direction::{self, Contradiction, Stated},
    movement::Movement,
    run_on::RunOnWords,
    sentences::text_before_in_sentence,
    subject::Subject,
};
use crate::{
    diag::{Diagnostic, Place},
    model::{Decimal, Node, Unit},
    present::{FigureUse, Writes},
};

/// How many words may be between a word for profit or loss and its figure.
const MAX_WORDS_BETWEEN: usize = 3;

/// Looks at every figure in text.
pub fn check(input: &CheckInput, results: &mut CheckResults) -> usize {
    let run_on = RunOnWords::new(&input.words.prose);
    pairs::check(input, &input.sentences, results);
    let mut looked_at = 0;
    for sentence in &input.sentences {
        for phrase in sentence.iter().filter_map(|used| Phrase::new(input, used)) {
            looked_at += 1;
            match &run_on {
                Some(words) => phrase.check_run_on(words, sentence, results),
                None => phrase.check(sentence, results),
            }
        }
    }
    looked_at
}

/// A figure in text, with its formula and its value as printed.
struct Phrase<'a, 'c, 'r> {
    input: &'a CheckInput<'c, 'r>,
    used: &'a FigureUse,
    filter: &'a str,
    writes: Writes,
    subject: Subject<'c>,
    movement: Option<Movement>,
    /// As printed.
    value: Decimal,
}

impl<'a, 'c, 'r> Phrase<'a, 'c, 'r> {
    fn new(input: &'a CheckInput<'c, 'r>, used: &'a FigureUse) -> Option<Self> {
        let subject = Subject::of(input, used)?;
        let movement = Movement::of(input.book, &subject.expr, subject.period);
        let call = used.call.as_ref()?;
        Some(Self {
            input,
            used,
            filter: &call.filter,
            writes: Writes::of(call),
            subject,
            movement,
            value: used.displayed,
        })
    }

    fn check(&self, sentence: &[&FigureUse], results: &mut CheckResults) {
        self.check_points(results);
        if self.writes == Writes::Movement {
            self.check_repeated_direction(results);
        }
        if self.writes.is_bare() {
            let contradiction = match &self.movement {
                Some(movement) => direction::contradiction_of_movement(self.input, self.used, &self.subject, movement),
                None => direction::contradiction_of_amount(self.input, self.used, &self.subject, sentence),
            };
            if let Some(Contradiction { word, what, did }) = contradiction {
                self.report(&word.place, &format!("stands beside {what} that {did}"), Some(DIRECTION_HELP), results);
            }
            self.check_side(results);
        }
        if self.filter == "size" {
            self.check_hidden_sign(results);
        }
    }

    fn report(&self, place: &Place, what: &str, help: Option<&str>, results: &mut CheckResults) {
        let message = format!("`{}` {what}", place.text());
        let finding = Diagnostic::error("wording", message).at(place, "").with(&self.used.at, self.used.name());
        results.push(match help {
            Some(help) => finding.help(help),
            None => finding,
        });
    }

    /// A difference of percentages that is written in per cent.
    fn check_points(&self, results: &mut CheckResults) {
        let call = self.used.call.as_ref();
        let in_percent = call.and_then(|call| call.options.get("points")).is_some_and(|points| points == "false");
        let is_bare = self.writes.is_bare() && self.movement.as_ref().is_some_and(|movement| !movement.is_growth);
        let is_difference = self.filter == "difference" && in_percent || is_bare;
        if !is_difference || self.used.derivation.unit.base != Unit::PERCENT {
            return;
        }
        let errata = &self.input.book.release.errata;
        if !errata.iter().any(|erratum| *erratum.place_in_release.value == *self.used.place) {
            let finding = Diagnostic::error("wording", "a difference of percentages is written in %, expected points");
            let finding = finding.at(&self.used.at, "");
            results.push(finding.help(
                "use `difference` without `points=false`; if it was published so, record an `[[erratum]]` of the page",
            ));
        }
    }

    /// A direction word before a figure that brings its own: "fell by up 16.5%"; or one that contradicts it: "fell to
    /// JPY5 million (up 16.5%)".
    fn check_repeated_direction(&self, results: &mut CheckResults) {
        let prose = &self.input.words.prose;
        let words = words_before(self.used, &prose.joining);
        let near = words.iter().take(MAX_WORDS_BETWEEN + 2).take_while(|word| !word.is_in(&prose.contrast));
        let said = near.filter_map(|word| Some((direction::stated_by(self.input, word)?, word.place.clone()))).next();
        if let Some((stated, place)) = said {
            let between = self.used.at.source.text.get(place.end..self.used.at.start).unwrap_or_default();
            // "increased, up 5%" says it twice on purpose; "increased by up 5%" cannot be meant.
            let is_direct = words_of(between).len() <= 1 && !between.contains([',', ':', '(', '}']);
            if is_direct && stated != Stated::Unchanged {
                let help = "remove the word, or use the figure alone: `\"change(…)\" | size`";
                return self.report(
                    &place,
                    "stands before a figure that already states its direction",
                    Some(help),
                    results,
                );
            }
            return self.check_contradiction(stated, &place, results);
        }
        if let Some((stated, place)) = self.word_in_clause_before() {
            self.check_contradiction(stated, &place, results);
        }
    }

    fn check_contradiction(&self, stated: Stated, place: &Place, results: &mut CheckResults) {
        let fell = self.value.is_sign_negative();
        let contradicts = stated == Stated::Up && fell || stated == Stated::Down && !fell;
        if contradicts && !self.value.is_zero() {
            let way = if fell { "down" } else { "up" };
            self.report(place, &format!("stands before a figure that says {way}"), None, results);
        }
    }

    /// A direction word before the comma or parenthesis that this change follows, as in "fell to JPY5 million (up 16.5%)" and
    /// "ballooned: up 5%": nothing but an amount and the small words that join them stand between.
    fn word_in_clause_before(&self) -> Option<(Stated, Place)> {
        let before = self.used.at.source.text.get(..self.used.at.start)?;
        let before = before.trim_end_matches(|c: char| c.is_whitespace() || ",:(–—".contains(c));
        let end = match before.strip_suffix("}}") {
            Some(call) => call.rfind("{{")?,
            None => before.len(),
        };
        // The last clause is enough: no mark of a clause may stand between.
        let from = before[..end].rfind([',', '.', '(', ':', ';', '}', '\n']).map_or(0, |at| at + 1);
        let words = words_of(&before[from..end]).into_iter().map(|(at, word)| (from + at, word));
        let words: Vec<_> = words.collect();
        let (at, word) = words.into_iter().rev().take(2).find(|(at, word)| {
            let place = Place::new(&self.used.at.source, *at..at + word.len());
            direction::stated_by(self.input, &Word { text: word.to_lowercase(), place }).is_some()
        })?;
        let between = before[at + word.len()..end].trim();
        let place = Place::new(&self.used.at.source, at..at + word.len());
        let stated = direction::stated_by(self.input, &Word { text: word.to_lowercase(), place: place.clone() })?;
        (between.len() < 8 && between.chars().all(char::is_alphabetic)).then_some((stated, place))
    }

    /// "Profit of" before a negative amount, "loss of" or "cash used" before a positive one.
    fn check_side(&self, results: &mut CheckResults) {
        let prose = &self.input.words.prose;
        let words = words_before(self.used, &[]);
        // "Profit after losses at a subsidiary was …" speaks of the profit.
        let excepted = |at: usize| words.get(at + 1).is_some_and(|word| word.is_in(&prose.contrast));
        let far = |word: &Word| word.is_in(&prose.spent) || word.is_in(&prose.benefit);
        let lists = [&prose.profit, &prose.loss, &prose.negative, &prose.spent, &prose.inflow, &prose.benefit];
        let is_side = |(at, word): &(usize, &Word)| {
            let most = if far(word) { MAX_WORDS_BETWEEN + 2 } else { MAX_WORDS_BETWEEN };
            *at <= most && lists.iter().any(|list| word.is_in(list)) && !excepted(*at)
        };
        let Some((_, word)) = words.iter().enumerate().find(is_side) else { return };
        let is_negative = self.value.is_sign_negative();
        let label = self.subject.label(self.input).filter(|_| self.is_plain());
        let is_named = |list: &[String]| label.is_some_and(|label| has_word(label, list));
        let contradicts = if word.is_in(&prose.negative) {
            !is_negative
        } else if label.is_none() {
            false
        } else if word.is_in(&prose.profit) {
            is_negative
        } else if word.is_in(&prose.inflow) {
            is_negative && self.filter == "size"
        } else if word.is_in(&prose.benefit) {
            !is_negative && is_named(&prose.cost)
        } else if word.is_in(&prose.loss) {
            !is_negative && !is_named(&prose.loss)
        } else {
            !is_negative && ![&prose.loss, &prose.outflow, &prose.cost, &prose.spent].iter().any(|list| is_named(list))
        };
        if contradicts && !self.value.is_zero() {
            let sign = if is_negative { "negative" } else { "positive" };
            self.report(&word.place, &format!("stands before a {sign} amount"), None, results);
        }
    }

    /// Whether the figure is a line or measure as it is: a formula may have turned its sign.
    fn is_plain(&self) -> bool {
        let mut expr = &*self.subject.expr;
        while let Node::In(inner, _) = &expr.node {
            expr = inner;
        }
        matches!(expr.node, Node::Line { .. })
    }

    /// `size` of a loss that is called profit, and of a balance that has turned its sign.
    fn check_hidden_sign(&self, results: &mut CheckResults) {
        let prose = &self.input.words.prose;
        let Some(label) = self.subject.label(self.input).filter(|_| self.is_plain()) else { return };
        let before = words_before(self.used, &[]);
        let says_so = [&prose.loss, &prose.outflow, &prose.spent, &prose.inflow]
            .iter()
            .any(|list| before.iter().any(|word| word.is_in(list)));
        let sentence = text_before_in_sentence(self.used);
        let near_cost = has_word(sentence, &prose.cost) && !has_word(sentence, &prose.result);
        let has_direction = sentence.contains("| direction");
        if says_so || near_cost || has_direction || self.value.is_zero() || self.movement.is_some() {
            return;
        }
        // "Income before income taxes" is a result, "income taxes paid" is not.
        let is_result = |text: &str| {
            let text = text.to_lowercase();
            let words: Vec<_> = words_of(&text).into_iter().map(|(_, word)| word.to_owned()).collect();
            let is_cost = |at: usize| words.get(at + 1).is_some_and(|next| prose.cost.contains(next));
            words.iter().enumerate().any(|(at, word)| prose.result.contains(word) && !is_cost(at))
        };
        let said: Vec<&str> = before.iter().rev().map(|word| word.text.as_str()).collect();
        let is_result = is_result(label) || is_result(&said.join(" "));
        let name = self.used.name();
        let message = if self.value.is_sign_negative() && !has_word(label, &prose.loss) && is_result {
            format!("`{name}` is negative, which `size` does not print")
        } else if self.has_turned() && !is_result {
            let [was, is] =
                if self.value.is_sign_negative() { ["positive", "negative"] } else { ["negative", "positive"] };
            format!("`{name}` turned from {was} to {is}, which `size` does not print")
        } else {
            return;
        };
        let finding = Diagnostic::error("wording", message).at(&self.used.at, "");
        results.push(finding.help("use `amount`, or a word that says it, such as \"a loss of\" or \"cash used\""));
    }

    /// Whether the amount had the opposite sign in the prior period.
    fn has_turned(&self) -> bool {
        let turned = |prior: Decimal| !prior.is_zero() && prior.is_sign_negative() != self.value.is_sign_negative();
        self.subject.prior_value(self.input).is_some_and(turned)
    }
}

/// How to mend a word for a direction.
const DIRECTION_HELP: &str = "correct the word, or let the filter write it: `change(style=\"verb\")`, `difference`";
