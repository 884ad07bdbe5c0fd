//! Compares two texts word by word. Figures that moved are no change of text, and words for a direction that turned are told
//! apart.

use super::{
    align::{Stretch, add, align},
    atoms::{Atom, Key, TextWriter, atoms},
    changes::{How, Moved, Run, TextChange, TurnedWord},
    dates::ChangedDate,
    directions::Directions,
};
use crate::present::document::{Figure, Inline, Revision};

/// What differs between two texts.
#[derive(Debug, Default)]
pub struct TextDifference {
    /// The new text with what was deleted and inserted.
    pub marked: Vec<Inline>,
    /// Figures at the same place of both texts that are printed otherwise.
    pub figures: Vec<(Figure, Figure)>,
    /// The dates, by their numbers, that are written otherwise.
    pub dates: Vec<usize>,
    pub runs: Vec<Run>,
    pub words: usize,
}

/// Compares two texts; `None` if they say the same. Dates that changed are told apart from what else did.
pub fn compare(old: &[Inline], new: &[Inline], dates: &[ChangedDate]) -> Option<TextDifference> {
    if old == new {
        return None;
    }
    let [before, now] = [|date: &ChangedDate| date.old.clone(), |date: &ChangedDate| date.new.clone()];
    let [before, now] = [dates.iter().map(before).collect::<Vec<_>>(), dates.iter().map(now).collect()];
    let (old, new) = (atoms(old, &before), atoms(new, &now));
    let keys = |atoms: &[Atom]| atoms.iter().map(|atom| atom.key.clone()).collect::<Vec<_>>();
    let stretches = join_words(align(&keys(&old), &keys(&new)), &old);
    let mut found = TextDifference::default();
    let mut writer = TextWriter::default();
    for stretch in &stretches {
        let (before, now) = (&old[stretch.old.clone()], &new[stretch.new.clone()]);
        if stretch.is_same {
            before.iter().zip(now).for_each(|(before, now)| found.add_same(before, now, &mut writer));
        } else {
            found.add_run(before, now, nearest_figure(&new, stretch), &mut writer);
        }
    }
    found.marked = writer.finish();
    (!found.figures.is_empty() || !found.dates.is_empty() || !found.runs.is_empty()).then_some(found)
}

/// Joins stretches that only a space parts, so that a changed phrase is one run.
fn join_words(stretches: Vec<Stretch>, old: &[Atom]) -> Vec<Stretch> {
    let last = stretches.len().saturating_sub(1);
    let mut joined = Vec::new();
    for (number, stretch) in stretches.into_iter().enumerate() {
        let is_space = stretch.is_same && old[stretch.old.clone()].iter().all(Atom::is_space);
        let is_same = stretch.is_same && !(is_space && number > 0 && number < last);
        add(&mut joined, Stretch { is_same, ..stretch });
    }
    joined
}

/// The figure behind a stretch of a text, or before it, in the same sentence.
fn nearest_figure(new: &[Atom], stretch: &Stretch) -> Option<String> {
    let ends = |at: usize| new[at].ends_sentence(new.get(at + 1));
    let behind = (stretch.new.start..new.len()).take_while(|at| !ends(*at)).find_map(|at| new[at].figure());
    let before = || (0..stretch.new.start).rev().take_while(|at| !ends(*at)).find_map(|at| new[at].figure());
    behind.or_else(before).map(|figure| figure.source.clone())
}

impl TextDifference {
    fn add_same(&mut self, before: &Atom, now: &Atom, writer: &mut TextWriter) {
        match (before.figure(), now.figure(), &now.key) {
            (Some(old), Some(new), _) if old.text != new.text => self.figures.push((old.clone(), new.clone())),
            (_, _, Key::Date(date)) if before.text() != now.text() => self.dates.push(*date),
            _ => return writer.push(std::slice::from_ref(now), None),
        }
        writer.push(std::slice::from_ref(before), Some(Revision::Deleted));
        writer.push(std::slice::from_ref(now), Some(Revision::Inserted));
    }

    fn add_run(&mut self, before: &[Atom], now: &[Atom], figure: Option<String>, writer: &mut TextWriter) {
        writer.push(before, Some(Revision::Deleted));
        writer.push(now, Some(Revision::Inserted));
        let text = |atoms: &[Atom]| atoms.iter().map(Atom::text).collect::<String>().trim().to_owned();
        let words = |atoms: &[Atom]| atoms.iter().filter(|atom| atom.is_word() || atom.key == Key::Figure).count();
        let run = Run { old: text(before), new: text(now), figure };
        if run.old != run.new {
            self.words += words(before).max(words(now));
            self.runs.push(run);
        }
    }

    /// The figures and dates that moved, at a place.
    pub fn moved<'a>(&'a self, place: &'a str, dates: &'a [ChangedDate]) -> impl Iterator<Item = Moved> + 'a {
        let figures = self.figures.iter().map(move |(old, new)| Moved {
            figure: new.source.clone(),
            instead_of: (old.source != new.source).then(|| old.source.clone()),
            old: old.text.clone(),
            new: new.text.clone(),
            place: place.to_owned(),
        });
        let dates = self.dates.iter().filter_map(|date| dates.get(*date)).map(move |date| Moved {
            figure: date.name.clone(),
            instead_of: None,
            old: date.old.clone(),
            new: date.new.clone(),
            place: place.to_owned(),
        });
        figures.chain(dates)
    }

    /// The words that turned, and the change of text that remains.
    pub fn told(&self, place: &str, directions: &Directions) -> (Vec<TurnedWord>, Option<TextChange>) {
        let (turned, rest): (Vec<&Run>, Vec<&Run>) =
            self.runs.iter().partition(|run| directions.turned(&run.old, &run.new));
        let words = |run: &&Run| TurnedWord {
            place: place.to_owned(),
            old: run.old.clone(),
            new: run.new.clone(),
            figure: run.figure.clone(),
        };
        let change = TextChange {
            place: place.to_owned(),
            how: How::Changed,
            words: self.words.saturating_sub(turned.len()).max(1),
            runs: rest.iter().map(|run| (*run).clone()).collect(),
        };
        (turned.iter().map(words).collect(), (!rest.is_empty()).then_some(change))
    }
}

/// How much two texts have in common, from 0 to 1: the share of their words.
pub fn likeness(old: &[Inline], new: &[Inline]) -> f32 {
    let words = |inlines: &[Inline]| {
        let words = atoms(inlines, &[]).into_iter().filter(|atom| !atom.is_space());
        words.map(|atom| atom.key).collect::<Vec<_>>()
    };
    let (old, new) = (words(old), words(new));
    let same = align(&old, &new).into_iter().filter(|stretch| stretch.is_same).map(|stretch| stretch.old.len());
    let all = old.len() + new.len();
    if all == 0 { 1.0 } else { 2.0 * same.sum::<usize>() as f32 / all as f32 }
}

/// A whole text as deleted or inserted.
pub fn revised(text: &[Inline], how: Revision) -> Vec<Inline> {
    let mut writer = TextWriter::default();
    writer.push(&atoms(text, &[]), Some(how));
    writer.finish()
}

/// How many words a text has, figures among them.
pub fn count_words(text: &[Inline]) -> usize {
    atoms(text, &[]).iter().filter(|atom| atom.is_word() || atom.key == Key::Figure).count()
}
