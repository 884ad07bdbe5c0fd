//! Wording: the words around a figure agree with the figure.
//!
//! **What it checks.** A word for up or down, at most three words before a figure that says how an amount changed (or
//! directly after it), must match the direction of the change. Such figures are `change(…)`, `difference(…)`, `x -
//! prior(x)`, `x - x@period`, and measures made of them, also scaled. After a word for loss, as in "net loss decreased",
//! the direction is that of the loss. A word for profit must not precede a negative amount, nor `size` hide that an amount
//! of profit is negative or that a balance has turned its sign. A word for loss must not precede a positive amount, unless
//! the label of the line contains a word for loss. A difference of percentages is written in points; with
//! `points=false`, the page needs an `[[erratum]]`. `[prose]` in the words of the language lists the words.
//!
//! **Why.** Text is often copied from the previous quarter, and `size` prints a figure without its sign: "increased by
//! JPY553 million" reads well even if the amount decreased. A ratio that rises from 30% to 35.3% does not rise by "5.3%"
//! but by 5.3 points.
//!
//! **Example.** `narrative/wording`
//!
//! **How to fix it.** Let the filter write the word: `{{ "is.sales" | change(style="verb") }}` gives "increased by 14.9%"
//! or "decreased by 14.9%"; `difference` and `movement` write the direction too. If the text was published with "%"
//! instead of points, keep it and record the `[[erratum]]`.

use super::super::{
    CheckInput, CheckResults,
    clause::{Word, has_word, words_after, words_before, words_of},
    movement,
    sentences::text_before_in_sentence,
    subject::Subject,
};
use crate::{
    diag::{Diagnostic, Place},
    model::{Decimal, Expr, Function, Node, Unit},
    present::FigureUse,
};

/// How many words may be between a word and its figure.
const MAX_WORDS_BETWEEN: usize = 3;
/// The filters that leave the words to the text.
const BARE: [&str; 3] = ["amount", "size", "number"];
/// The filters that bring the word with them.
const SPOKEN: [&str; 3] = ["change", "difference", "movement"];

/// Looks at every figure in text.
pub fn check(input: &CheckInput, results: &mut CheckResults) {
    for used in &input.presented.uses {
        let Some(call) = &used.call else { continue };
        let in_percent = call.options.get("points").is_some_and(|points| points == "false");
        if call.filter == "difference" && in_percent && used.derivation.unit.base == Unit::PERCENT {
            check_points(input, used, results);
        }
        let Some(phrase) = Phrase::new(input, used) else { continue };
        if SPOKEN.contains(&call.filter.as_str()) {
            phrase.check_repeated_direction(results);
        }
        if BARE.contains(&call.filter.as_str()) {
            phrase.check_direction(results);
            phrase.check_side(results);
        }
        if call.filter == "size" {
            phrase.check_hidden_sign(results);
        }
    }
}

fn check_points(input: &CheckInput, used: &FigureUse, results: &mut CheckResults) {
    if !input.book.release.errata.iter().any(|erratum| erratum.place_in_release.value == used.place) {
        let finding = Diagnostic::error("wording", "a difference of percentages is written in %, expected points");
        let finding = finding.at(&used.at, "");
        results.push(
            finding.help("leave `points=false` out; if it was published so, record an `[[erratum]]` of the page"),
        );
    }
}

/// A figure in text, with its formula and its value as printed.
struct Phrase<'a, 'c, 'r> {
    input: &'a CheckInput<'c, 'r>,
    used: &'a FigureUse,
    subject: Subject<'c>,
    /// As printed.
    value: Decimal,
}

impl<'a, 'c, 'r> Phrase<'a, 'c, 'r> {
    fn new(input: &'a CheckInput<'c, 'r>, used: &'a FigureUse) -> Option<Self> {
        let value = used.derivation.rounded.displayed_value(&input.book.values).ok()?;
        Some(Self { input, used, subject: Subject::of(input, used)?, value })
    }

    /// Where the nearest word of two sets is, at most [`MAX_WORDS_BETWEEN`] words before the figure: whether it is of the
    /// first set, and the words before it.
    fn word_before(&self, first: &[String], second: &[String]) -> Option<(bool, Word, Vec<Word>)> {
        let mut words = words_before(self.used);
        let near = words.iter().take(MAX_WORDS_BETWEEN + 1);
        let at = near.into_iter().position(|word| word.is_in(first) || word.is_in(second))?;
        let rest = words.split_off(at + 1);
        let word = words.pop()?;
        Some((word.is_in(first), word, rest))
    }

    /// The word for a direction: whether it says up, whether it is that of a loss, and where it is.
    fn stated_direction(&self) -> Option<(bool, bool, Place)> {
        let prose = &self.input.words.prose;
        let Some((is_up, word, rest)) = self.word_before(&prose.up, &prose.down) else {
            // "A 5% increase".
            let mut after = words_after(self.used).into_iter().take(2);
            let word = after.find(|word| word.is_in(&prose.up) || word.is_in(&prose.down))?;
            return Some((word.is_in(&prose.up), false, word.place));
        };
        // A loss that decreased is an amount that rose, where losses are negative.
        let of_loss = rest.iter().any(|word| word.is_in(&prose.loss)) && self.moves_below_zero();
        Some((is_up, of_loss, word.place))
    }

    /// Whether the amount that moves was negative and still is.
    fn moves_below_zero(&self) -> bool {
        let Some(Expr { node, place }) = movement::movement(self.input.book, &self.subject.expr, self.subject.period)
        else {
            return false;
        };
        let (node, period) = match node {
            Node::In(inner, period) => (inner.node, period),
            node => (node, self.subject.period.to_owned()),
        };
        let amounts = match node {
            Node::Call(_, arguments) if arguments.len() == 1 => {
                let prior = Node::Call(Function::Prior, arguments.clone());
                vec![arguments[0].clone(), Expr { node: prior, place }]
            }
            Node::Binary(_, left, right) => vec![*left, *right],
            _ => return false,
        };
        amounts.iter().all(
            |amount| matches!(self.input.book.value(amount, &period, None), Ok(Ok(value)) if value < Decimal::ZERO),
        )
    }

    /// "Increased by" before a decrease, or the other way round.
    fn check_direction(&self, results: &mut CheckResults) {
        let Some(direction) = movement::direction(self.input.book, &self.subject.expr, self.subject.period) else {
            return;
        };
        let Some((is_up, of_loss, place)) = self.stated_direction() else { return };
        let fell = direction.is_sign_negative() != of_loss;
        if fell == is_up {
            let what = if of_loss { "a loss" } else { "an amount" };
            let direction = if fell { "fell" } else { "rose" };
            let message = format!("`{}` stands beside the change of {what} that {direction}", place.text());
            let finding = Diagnostic::error("wording", message).at(&place, "").with(&self.used.at, self.used.name());
            results
                .push(finding.help("remove the word and use `change(style=\"verb\")` or `difference`, which write it"));
        }
    }

    /// A direction word before a figure that brings its own: "fell by up 16.5%"; or one that contradicts it: "fell to
    /// JPY5 million (up 16.5%)".
    fn check_repeated_direction(&self, results: &mut CheckResults) {
        let prose = &self.input.words.prose;
        if let Some((_, word, _)) = self.word_before(&prose.up, &prose.down) {
            let between = self.used.at.source.text.get(word.place.end..self.used.at.start).unwrap_or_default();
            // "increased, up 5%" says it twice on purpose; "increased by up 5%" cannot be meant.
            if words_of(between).len() <= 1 {
                let message =
                    format!("`{}` stands before a figure that already states its direction", word.place.text());
                let finding =
                    Diagnostic::error("wording", message).at(&word.place, "").with(&self.used.at, self.used.name());
                results.push(finding.help("remove the word, or use the figure alone: `\"change(…)\" | size`"));
            }
            return;
        }
        if let Some((is_up, place)) = self.word_before_amount()
            && !self.value.is_zero()
            && self.value.is_sign_negative() == is_up
        {
            let way = if self.value.is_sign_negative() { "down" } else { "up" };
            let message = format!("`{}` stands before a figure that says {way}", place.text());
            results.push(Diagnostic::error("wording", message).at(&place, "").with(&self.used.at, self.used.name()));
        }
    }

    /// A direction word before the amount that this change is beside: nothing but the amount and the small words that join
    /// them stand between.
    fn word_before_amount(&self) -> Option<(bool, Place)> {
        let prose = &self.input.words.prose;
        let before = self.used.at.source.text.get(..self.used.at.start)?;
        let before = before.trim_end_matches(|c: char| c.is_whitespace() || ",(–—".contains(c));
        let amount = before.strip_suffix("}}")?.rfind("{{")?;
        let words = words_of(&before[..amount]);
        let (at, word) = words.into_iter().rev().take(2).find(|(_, word)| {
            let lower = word.to_lowercase();
            prose.up.contains(&lower) || prose.down.contains(&lower)
        })?;
        let between = before[at + word.len()..amount].trim();
        let joins = between.len() < 8 && between.chars().all(char::is_alphabetic);
        let place = Place::new(&self.used.at.source, at..at + word.len());
        joins.then(|| (prose.up.contains(&word.to_lowercase()), place))
    }

    /// "Profit of" before a negative amount, "loss of" before a positive one.
    fn check_side(&self, results: &mut CheckResults) {
        let prose = &self.input.words.prose;
        let Some((is_profit, word, _)) = self.word_before(&prose.profit, &prose.loss) else { return };
        let Some(label) = self.label() else { return };
        let is_negative = self.value.is_sign_negative();
        let contradicts = if is_profit { is_negative } else { !is_negative && !has_word(label, &prose.loss) };
        if contradicts && !self.value.is_zero() {
            let sign = if is_negative { "negative" } else { "positive" };
            let message = format!("`{}` stands before a {sign} amount", word.place.text());
            results
                .push(Diagnostic::error("wording", message).at(&word.place, "").with(&self.used.at, self.used.name()));
        }
    }

    /// `size` of a loss that is called profit, and of a balance that has turned its sign.
    fn check_hidden_sign(&self, results: &mut CheckResults) {
        let prose = &self.input.words.prose;
        let Some(label) = self.label() else { return };
        let before = words_before(self.used);
        let says_so = before.iter().any(|word| word.is_in(&prose.loss) || word.is_in(&prose.outflow))
            || text_before_in_sentence(self.used).contains("| direction");
        if says_so
            || self.value.is_zero()
            || movement::movement(self.input.book, &self.subject.expr, self.subject.period).is_some()
        {
            return;
        }
        // "Income before income taxes" is a result, "income taxes paid" is not.
        let is_result = |label: &str| {
            let label = label.to_lowercase();
            let words: Vec<_> = words_of(&label).into_iter().map(|(_, word)| word.to_owned()).collect();
            let is_cost = |at: usize| words.get(at + 1).is_some_and(|next| prose.cost.contains(next));
            words.iter().enumerate().any(|(at, word)| prose.result.contains(word) && !is_cost(at))
        };
        let mut near = before.iter().take(MAX_WORDS_BETWEEN + 1);
        let named_result = near.find(|word| word.is_in(&prose.result) || word.is_in(&prose.cost));
        let named_result = named_result.is_some_and(|word| word.is_in(&prose.result));
        let message =
            if self.value.is_sign_negative() && !has_word(label, &prose.loss) && (is_result(label) || named_result) {
                format!("`size` hides that `{}` is negative", self.used.name())
            } else if self.has_turned() && !is_result(label) {
                let [was, is] =
                    if self.value.is_sign_negative() { ["positive", "negative"] } else { ["negative", "positive"] };
                format!("`size` hides that `{}` turned from {was} to {is}", self.used.name())
            } else {
                return;
            };
        let finding = Diagnostic::error("wording", message).at(&self.used.at, "");
        results.push(finding.help("use `amount`, or a word that says it, such as \"a loss of\" or \"cash used\""));
    }

    /// Whether the amount had the opposite sign in the prior period.
    fn has_turned(&self) -> bool {
        let (expr, period) = match &self.subject.expr.node {
            Node::In(inner, period) => (&**inner, period.as_str()),
            _ => (&self.subject.expr, self.subject.period),
        };
        let prior = Expr { node: Node::Call(Function::Prior, vec![expr.clone()]), place: expr.place.clone() };
        let prior = self.input.book.value(&prior, period, None);
        let turned = |prior: Decimal| !prior.is_zero() && prior.is_sign_negative() != self.value.is_sign_negative();
        matches!(prior, Ok(Ok(prior)) if turned(prior))
    }

    /// The label of a figure that is a line or measure as it is; a formula may have turned its sign.
    fn label(&self) -> Option<&'r str> {
        let id = self.used.name().split(['@', '[']).next()?;
        if let Some((_, line)) = self.input.book.line(id) {
            return Some(&line.label.value);
        }
        let measure = self.input.book.release.measure(id)?;
        Some(measure.label.as_ref().map_or(&measure.id.value, |label| &label.value))
    }
}
