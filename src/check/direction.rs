//! Directions: what the words around a figure say of how an amount moved, and how it did move.

use super::{
    CheckInput,
    clause::{self, Word, has_word, words_after, words_before},
    movement::{Movement, without_periods},
    subject::Subject,
};
use crate::{model::Decimal, present::FigureUse};

/// How many words may be between a word for a direction and its figure.
const MAX_WORDS_BETWEEN: usize = 5;

/// The same where a comma or another figure is between them.
const MAX_WORDS_ACROSS_CLAUSES: usize = 2;

/// What a word says of a movement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stated {
    Up,
    Down,
    /// For an amount up, for a loss or a cost down.
    Better,
    /// For an amount down, for a loss or a cost up.
    Worse,
    Unchanged,
}

/// A statement of a direction that the figures contradict.
pub struct Contradiction {
    pub word: Word,
    /// What moved: "an amount", "a loss".
    pub what: &'static str,
    /// What it did: "rose", "fell", "changed".
    pub did: &'static str,
}

/// What a word says, if it says a direction.
pub fn stated_by(input: &CheckInput, word: &Word) -> Option<Stated> {
    let prose = &input.words.prose;
    let lists = [
        (&prose.up, Stated::Up),
        (&prose.down, Stated::Down),
        (&prose.better, Stated::Better),
        (&prose.worse, Stated::Worse),
        (&prose.unchanged, Stated::Unchanged),
    ];
    lists.into_iter().find(|(list, _)| word.is_in(list)).map(|(_, stated)| stated)
}

/// The nearest word for a direction before a figure, and the other words of the clause: at most [`MAX_WORDS_BETWEEN`] words away, in the
/// same clause and on this side of a word of contrast.
fn word_before(input: &CheckInput, used: &FigureUse) -> Option<(Stated, Word, Vec<Word>)> {
    let prose = &input.words.prose;
    let mut words = words_before(used, &prose.joining);
    let end = words.iter().position(|word| word.is_in(&prose.contrast)).unwrap_or(words.len());
    let skipped = words.iter().take_while(|word| word.is_in(&prose.joining)).count();
    let near = words.iter().take(end.min(skipped + MAX_WORDS_BETWEEN + 1));
    let at = near.into_iter().position(|word| stated_by(input, word).is_some())?;
    let between = used.at.source.text.get(words[at].place.end..used.at.start).unwrap_or_default();
    if between.contains([',', ':', '}']) && at > skipped + MAX_WORDS_ACROSS_CLAUSES {
        return None;
    }
    let word = words.remove(at);
    words.truncate(end.saturating_sub(1).max(at));
    Some((stated_by(input, &word)?, word, words))
}

/// A word beside a figure that says how an amount changed, where the amount changed otherwise.
pub fn contradiction_of_movement(
    input: &CheckInput,
    used: &FigureUse,
    subject: &Subject,
    movement: &Movement,
) -> Option<Contradiction> {
    let amounts = Amounts::of(movement, input)?;
    // "A 5% increase".
    let after = || {
        let mut words = words_after(used).into_iter().take(2);
        let word = words.find(|word| stated_by(input, word).is_some())?;
        Some((stated_by(input, &word)?, word, Vec::new()))
    };
    let (stated, word, others) = word_before(input, used).or_else(after)?;
    contradiction(input, used, subject, stated, word, &others, &amounts)
}

/// "Fell to", "up from": a direction between two amounts of the same figure, or between one and that of its prior period.
pub fn contradiction_of_amount(
    input: &CheckInput,
    used: &FigureUse,
    subject: &Subject,
    sentence: &[&FigureUse],
) -> Option<Contradiction> {
    let prose = &input.words.prose;
    let preposition = clause::word_before(used)?;
    let (reaches, leaves) = (preposition.is_in(&prose.reach), preposition.is_in(&prose.leave));
    if !reaches && !leaves {
        return None;
    }
    let (stated, word, others) = word_before(input, used)?;
    let amounts = amounts_of(input, used, subject, sentence, reaches)?;
    contradiction(input, used, subject, stated, word, &others, &amounts)
}

/// The two amounts that words link to a figure: its own, which it reached, and that of the same figure beside it in the sentence or of
/// the prior period; or, which it left, its own as the older one.
pub fn amounts_of(
    input: &CheckInput,
    used: &FigureUse,
    subject: &Subject,
    sentence: &[&FigureUse],
    reaches: bool,
) -> Option<Amounts> {
    let own = subject.value(input)?;
    let core = without_periods(&subject.expr);
    let position = sentence.iter().position(|other| other.at.start == used.at.start)?;
    let same =
        |other: &&&FigureUse| Subject::of(input, other).is_some_and(|other| without_periods(&other.expr) == core);
    let other_value = |other: &FigureUse| Subject::of(input, other).and_then(|other| other.value(input));
    let after = sentence[position + 1..].iter().find(same).copied();
    let before = sentence[..position].iter().rev().find(same).copied();
    if !reaches {
        return Some(Amounts { newer: other_value(after.or(before)?)?, older: own });
    }
    let older = match after.or(before) {
        Some(other) => other_value(other)?,
        None => subject.prior_value(input)?,
    };
    Some(Amounts { newer: own, older })
}

/// Two amounts of one figure.
pub struct Amounts {
    pub newer: Decimal,
    pub older: Decimal,
}

impl Amounts {
    pub fn of(movement: &Movement, input: &CheckInput) -> Option<Self> {
        let [newer, older] = movement.ends(input.book)?;
        Some(Self { newer, older })
    }
}

fn contradiction(
    input: &CheckInput,
    used: &FigureUse,
    subject: &Subject,
    stated: Stated,
    word: Word,
    others: &[Word],
    amounts: &Amounts,
) -> Option<Contradiction> {
    let prose = &input.words.prose;
    let label = subject.label(input).unwrap_or_default();
    let reverses = |word: &Word| word.is_in(&prose.loss) || word.is_in(&prose.outflow) || word.is_in(&prose.cost);
    let is_loss = others.iter().any(reverses)
        || words_after(used).iter().take(4).any(reverses)
        || [&prose.loss, &prose.outflow, &prose.cost].iter().any(|list| has_word(label, list));
    let (what, did) = contradicted(input, used, subject, stated, is_loss, amounts)?;
    Some(Contradiction { word, what, did })
}

/// What moved and what it did, where a word says otherwise. `is_loss`: the words speak of a loss or a cost.
pub fn contradicted(
    input: &CheckInput,
    used: &FigureUse,
    subject: &Subject,
    stated: Stated,
    is_loss: bool,
    amounts: &Amounts,
) -> Option<(&'static str, &'static str)> {
    let label = subject.label(input).unwrap_or_default();
    let below_zero = amounts.newer < Decimal::ZERO && amounts.older < Decimal::ZERO;
    let by_size = below_zero && (is_loss || input.book.is_negative_line(&subject.expr));
    let hides_sign = used.call.as_ref().is_some_and(|call| call.filter == "size");
    if below_zero && !by_size && hides_sign && !has_word(label, &input.words.prose.result) {
        // Nothing tells whether the words speak of the amount or of its size.
        return None;
    }
    let (newer, older) =
        if by_size { (amounts.newer.abs(), amounts.older.abs()) } else { (amounts.newer, amounts.older) };
    let rose = newer > older;
    // A profit after a loss, or a loss after a profit, is no loss that grew.
    let has_turned = !by_size && (amounts.newer < Decimal::ZERO || amounts.older < Decimal::ZERO);
    let is_loss = is_loss && !has_turned;
    let is_so = match stated {
        Stated::Unchanged => newer == older,
        _ if newer == older => true,
        Stated::Up => rose,
        Stated::Down => !rose,
        Stated::Better => rose != is_loss,
        Stated::Worse => rose == is_loss,
    };
    let did = match (stated, rose) {
        (Stated::Unchanged, _) => "changed",
        (_, true) => "rose",
        (_, false) => "fell",
    };
    let what = if by_size { "a loss or cost" } else { "an amount" };
    (!is_so).then_some((what, did))
}
