//! Words that say how revenue or profit moved, apart from any figure: "lower revenue and lower profit", 減収減益.

use std::{ops::Range, sync::Arc};

use crate::{
    check::{
        CheckInput, CheckResults,
        clause::{find_phrase, has_word, lower_case_in_place, words_of},
        direction::Amounts,
        literals::is_literal,
        movement::Movement,
        phrase_search::PhraseSearch,
        sentences::{text_after_in_sentence_at, text_before_in_sentence_at},
        subject::Subject,
    },
    diag::{Diagnostic, Place},
    model::{Decimal, ProseWords, UnitKind, parse_formula},
    present::{FigureUse, TypedText},
};

/// What a word speaks of, and which way.
#[derive(Clone, Copy, PartialEq)]
struct Claim {
    is_revenue: bool,
    is_up: bool,
}

const CLAIMS: [Claim; 4] = [
    Claim { is_revenue: true, is_up: true },
    Claim { is_revenue: true, is_up: false },
    Claim { is_revenue: false, is_up: true },
    Claim { is_revenue: false, is_up: false },
];

/// Looks for such words in everything that was typed, and at the figures of every `pair`.
pub fn check(input: &CheckInput, sentences: &[Vec<&FigureUse>], results: &mut CheckResults) {
    check_pairs(input, sentences, results);
    let prose = &input.words.prose;
    let lists = [&prose.revenue_up, &prose.revenue_down, &prose.earnings_up, &prose.earnings_down];
    if lists.iter().all(|list| list.is_empty()) {
        return;
    }
    let (words, claims): (Vec<&String>, Vec<Claim>) =
        lists.iter().zip(CLAIMS).flat_map(|(list, claim)| list.iter().map(move |word| (word, claim))).unzip();
    // Longer words that hold one of them, but not those that are made of nothing else.
    let others = prose.compounds.iter().filter(|compound| {
        let rest = words.iter().fold((*compound).clone(), |rest, word| rest.replace(word.as_str(), ""));
        rest.len() < compound.len() && !rest.is_empty()
    });
    let search = PhraseSearch::longest(words.iter().copied().chain(others));
    for typed in input.presented.typed_texts.iter().filter(|typed| !typed.is_label) {
        let text = lower_case_in_place(&typed.text);
        for (range, word) in search.find(&text) {
            if let Some(claim) = claims.get(word) {
                check_claim(input, sentences, (typed, &text, range), *claim, results);
            }
        }
    }
}

/// Holds a word against the figures of its sentence; where that has none, against those of its paragraph, then of its page.
fn check_claim(
    input: &CheckInput,
    sentences: &[Vec<&FigureUse>],
    (typed, text, range): (&TypedText, &str, Range<usize>),
    claim: Claim,
    results: &mut CheckResults,
) {
    let place = Place { start: typed.at.start + range.start, end: typed.at.start + range.end, ..typed.at.clone() };
    let is_as_written = place.text().eq_ignore_ascii_case(&text[range.clone()]);
    if !is_as_written || is_literal(input, &typed.text, range.clone()) {
        return;
    }
    let prose = &input.words.prose;
    let before = text_before_in_sentence_at(&place);
    let after = text_after_in_sentence_at(&place);
    let of_file = || sentences.iter().filter(|sentence| sentence[0].at.source.path == place.source.path);
    let sentence_range = place.start - before.len()..place.end + after.len();
    let own: Vec<&FigureUse> =
        of_file().flatten().copied().filter(|used| sentence_range.contains(&used.at.start)).collect();
    let is_own = match prose.is_run_on() {
        true => speaks_of_figures(input, before, after, &own),
        false => is_statement(prose, &text[range], before, after),
    };
    if !is_own {
        return;
    }
    let mut known = movements(input, &own, claim);
    let says_when = || {
        prose.plan.iter().chain(&prose.next).any(|word| before.contains(word.as_str()) || after.contains(word.as_str()))
    };
    if known.is_empty() && prose.is_run_on() && !says_when() {
        let paragraph = input
            .presented
            .passages
            .iter()
            .map(|passage| &passage.at)
            .find(|at| at.source.path == place.source.path && at.start <= place.start && place.end <= at.end);
        let inside =
            |at: &Place| paragraph.is_some_and(|paragraph| paragraph.start <= at.start && at.end <= paragraph.end);
        let near: Vec<&FigureUse> = of_file().flatten().copied().filter(|used| inside(&used.at)).collect();
        known = movements(input, &near, claim);
        if known.is_empty() {
            let all: Vec<&FigureUse> = of_file().flatten().copied().collect();
            known = movements(input, &all, claim);
        }
    }
    let contradicts = |(amounts, _): &&(Amounts, &FigureUse)| {
        amounts.newer != amounts.older && (amounts.newer > amounts.older) != claim.is_up
    };
    if let Some((_, used)) = known.first().filter(|_| known.iter().all(|known| contradicts(&known))) {
        let (what, did) =
            (if claim.is_revenue { "revenue" } else { "profit" }, if claim.is_up { "fell" } else { "rose" });
        let message = format!("`{}` speaks of {what} that {did}", place.text());
        let finding = Diagnostic::error("wording", message).at(&place, "").with(&used.at, used.name());
        let help = "correct the word, or let `pair` write it: `{{ \"is.sales\" | pair(with=\"is.profit\") }}`";
        results.push(finding.help(help));
    }
}

/// The amounts of revenue or profit among some figures, each with that of the period before, where both are known and no loss.
fn movements<'u>(input: &CheckInput, uses: &[&'u FigureUse], claim: Claim) -> Vec<(Amounts, &'u FigureUse)> {
    let prose = &input.words.prose;
    let of_kind = |used: &&&FigureUse| {
        let label = Subject::of(input, used).and_then(|subject| subject.label(input).map(str::to_lowercase));
        let has = |list: &[String]| {
            label.as_ref().is_some_and(|label| list.iter().any(|word| find_phrase(label, word).next().is_some()))
        };
        let is_earnings = has(&prose.earnings);
        let is_other =
            label.as_ref().is_none_or(|label| has_word(label, &prose.movements) || has_word(label, &prose.cost));
        !is_other && if claim.is_revenue { has(&prose.revenue) && !is_earnings } else { is_earnings }
    };
    let amounts = |used: &'u FigureUse| {
        let subject = Subject::of(input, used)?;
        let unit = input.book.unit_of(&subject.expr);
        let is_money = unit.and_then(|unit| input.book.release.units.rule(&unit.base).map(|rule| rule.kind))
            == Some(UnitKind::Money);
        let is_compared = used.call.as_ref().is_some_and(|call| call.options.contains_key("compare_with"));
        let amounts = match Movement::of(input.book, &subject.expr, subject.period) {
            Some(movement) => Amounts::of(&movement, input)?,
            None => Amounts { newer: subject.value(input)?, older: subject.prior_value(input)? },
        };
        let is_loss = amounts.newer < Decimal::ZERO || amounts.older < Decimal::ZERO;
        (is_money && !is_compared && !is_loss).then_some((amounts, used))
    };
    uses.iter().filter(of_kind).filter_map(|used| amounts(used)).collect()
}

/// Whether a word in a language without spaces speaks of the figures of its sentence: of no other subject, period or plan.
fn speaks_of_figures(input: &CheckInput, before: &str, after: &str, uses: &[&FigureUse]) -> bool {
    let prose = &input.words.prose;
    let clause_end = after.find(['、', '。', '，']).unwrap_or(after.len());
    let rest = &after[..clause_end];
    let starts = |list: &[String]| list.iter().any(|word| rest.starts_with(word.as_str()));
    if starts(&prose.leave) || contains_any(rest, &prose.plan) || contains_any(rest, &prose.previous) {
        return false;
    }
    let marks = ['、', '。', '，', '}', '（', '(', '\n'];
    let clause = before.rfind(marks).map_or(before, |at| before[at..].trim_start_matches(marks));
    let speaks_of_other_period = prose.previous.iter().any(|word| {
        let compares =
            |rest: &str| prose.joining.iter().any(|known| known.len() > word.len() && rest.starts_with(known.as_str()));
        clause.match_indices(word.as_str()).any(|(at, _)| !compares(&clause[at..]))
    });
    let labels: Vec<String> =
        uses.iter().filter_map(|used| Subject::of(input, used)?.label(input).map(str::to_owned)).collect();
    let is_known = |topic: &str| {
        let topic = topic.trim();
        let of_label = |label: &String| label.contains(topic) || topic.contains(label.as_str());
        let ends = |list: &[String]| list.iter().any(|word| topic.ends_with(word.as_str()));
        !topic.is_empty() && (labels.iter().any(of_label) || ends(&prose.current) || ends(&prose.company))
    };
    let topics = before.split(marks).flat_map(|part| {
        let ends = prose.topic.iter().filter_map(|mark| part.rfind(mark.as_str()));
        ends.max().map(|end| &part[..end])
    });
    let subject = prose.subject.iter().filter_map(|mark| clause.rfind(mark.as_str())).max().map(|end| &clause[..end]);
    !speaks_of_other_period && topics.chain(subject).all(is_known)
}

fn contains_any(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.contains(word.as_str()))
}

/// Whether words of a language with spaces are a statement of their own: "lower revenue and", but not "lower sales of cars"; "revenue
/// fell", but not "online revenue fell".
fn is_statement(prose: &ProseWords, phrase: &str, before: &str, after: &str) -> bool {
    let is_joint = |word: &str| {
        let word = word.to_lowercase();
        [&prose.joining, &prose.contrast, &prose.within].iter().any(|list| list.contains(&word))
    };
    let first = words_of(phrase).first().map(|(_, word)| (*word).to_owned()).unwrap_or_default();
    let begins_with_direction = [&prose.up, &prose.down].iter().any(|list| list.contains(&first));
    let clause = before.rsplit([',', ';', ':', '}', '\n']).next().unwrap_or_default();
    let begins = begins_with_direction || words_of(clause).last().is_none_or(|(_, word)| is_joint(word));
    let next = after.trim_start();
    let is_end = |c: char| !c.is_alphanumeric() && !"{(-".contains(c);
    // "And" joins words and the ends of a range; "of" and "by" say more of the word before.
    let joins =
        |word: &&str| prose.joining.iter().filter(|known| prose.range.contains(known)).any(|known| known == word);
    let goes_on =
        words_of(next).first().is_some_and(|(_, word)| joins(word) || prose.contrast.iter().any(|known| known == word));
    begins && (next.is_empty() || next.starts_with(is_end) || goes_on)
}

/// The figures of `pair`: two, of which the second is a profit or a loss.
fn check_pairs(input: &CheckInput, sentences: &[Vec<&FigureUse>], results: &mut CheckResults) {
    let prose = &input.words.prose;
    let mut last = None;
    for used in sentences.iter().flatten() {
        let Some(call) = used.call.as_ref().filter(|call| call.filter == "pair") else { continue };
        // Each of its figures is recorded.
        if last.replace((&used.at.source.path, used.at.start)) == Some((&used.at.source.path, used.at.start)) {
            continue;
        }
        let Some(with) = call.options.get("with") else { continue };
        let Ok(second) = parse_formula(with, &used.at) else { continue };
        let subject = Subject { expr: Arc::new(second), period: "" };
        let label = subject.label(input).unwrap_or_default();
        let is_result = [&prose.result, &prose.profit, &prose.loss, &prose.earnings].iter().any(|list| {
            has_word(label, list) || list.iter().any(|word| find_phrase(&label.to_lowercase(), word).next().is_some())
        });
        let message = if with.trim() == call.subject.trim() {
            format!("`pair` has `{}` twice, expected two figures", with.trim())
        } else if input.book.is_negative_line(&subject.expr) || has_word(label, &prose.cost) && !is_result {
            format!("`{}` is a cost, but `pair` speaks of a profit or loss", with.trim())
        } else {
            continue;
        };
        results.push(Diagnostic::error("wording", message).at(&used.at, ""));
    }
}
