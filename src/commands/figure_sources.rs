//! What explanations are made from: the figures, uses and relations of a closed release.

use std::collections::BTreeSet;

use crate::{
    check::{Relation, Verdict},
    closing::{ClosedFigures, Closing, LoadedRelease},
    figures::{Book, FactId},
    present::{FigureUse, Presentation, present_texts},
};

/// The figures, uses and relations of a closed release.
pub struct FigureSources<'a, 'r> {
    pub(super) book: &'a Book<'r>,
    pub(super) uses: &'a [FigureUse],
    /// Book and uses of each translation.
    translations: Vec<(&'a Book<'r>, &'a [FigureUse])>,
    pub(super) relations: &'a [Relation],
    /// One for each relation.
    pub(super) verdicts: &'a [Verdict],
}

impl<'a, 'r> FigureSources<'a, 'r> {
    /// The sources of a closed release.
    pub fn of(closing: &'a Closing<'r>) -> Self {
        let translations = closing.translations.iter().map(|other| (&other.book, other.presented.uses.as_slice()));
        Self {
            book: &closing.book,
            uses: &closing.presented.uses,
            translations: translations.collect(),
            relations: &closing.results.relations,
            verdicts: &closing.results.verdicts,
        }
    }

    /// Book and uses in each language, the original first.
    pub(super) fn editions(&self) -> impl Iterator<Item = (&'a Book<'r>, &'a [FigureUse])> {
        std::iter::once((self.book, self.uses)).chain(self.translations.iter().copied())
    }

    /// Where a figure is shown that no relation guards: the cell as `table/row/column`, outside of tables the figure's name.
    pub fn unguarded(&self) -> BTreeSet<String> {
        let facts: BTreeSet<FactId> = self.relations.iter().flat_map(Relation::facts).collect();
        let terms: BTreeSet<&str> =
            self.relations.iter().flat_map(|relation| &relation.terms).map(String::as_str).collect();
        let is_guarded = |used: &FigureUse| {
            let mut has_guarded = terms.contains(used.name());
            used.derivation.rounded.formula.facts(&mut |fact| has_guarded |= facts.contains(&fact));
            has_guarded
        };
        let shown = |used: &FigureUse| match &used.cell {
            Some(cell) => format!("{}/{}/{}", used.place, cell.row, cell.column + 1),
            None => used.name().to_owned(),
        };
        let uses = self.editions().flat_map(|(_, uses)| uses);
        uses.filter(|used| !is_guarded(used)).map(shown).collect()
    }
}

/// The sources of a release whose closing is gone, as an owned value.
#[derive(Debug)]
pub struct KeptFigures {
    loaded: LoadedRelease,
    closed: ClosedFigures,
}

impl KeptFigures {
    /// Joins what was closed with its release. Prior releases are dropped, because no figure is made of theirs.
    pub fn new(mut loaded: LoadedRelease, closed: ClosedFigures) -> Self {
        loaded.prior = Vec::new();
        Self { loaded, closed }
    }

    /// The uses of figures in the original.
    pub fn uses(&self) -> &[FigureUse] {
        &self.closed.uses
    }

    /// The relations, and the verdict on each.
    pub fn relations(&self) -> (&[Relation], &[Verdict]) {
        (&self.closed.relations, &self.closed.verdicts)
    }

    /// What `read` makes of the release, presented again in each of its languages, the original first.
    pub fn present<T>(&self, read: impl FnOnce(&[(Book<'_>, Presentation)]) -> T) -> T {
        let LoadedRelease { release, words, translations, .. } = &self.loaded;
        let translations = translations.iter().map(|(release, words)| (release, words));
        let editions = [(release, words)].into_iter().chain(translations).map(|(release, words)| {
            let book = Book::new(release);
            let presented = present_texts(&book, words);
            (book, presented)
        });
        read(&editions.collect::<Vec<_>>())
    }

    /// What `read` makes of the sources.
    pub fn read<T>(&self, read: impl FnOnce(&FigureSources) -> T) -> T {
        let Self { loaded, closed } = self;
        let book = Book::new(&loaded.release);
        let books: Vec<Book> = loaded.translations.iter().map(|(release, _)| Book::new(release)).collect();
        read(&FigureSources {
            book: &book,
            uses: &closed.uses,
            translations: books.iter().zip(closed.translated_uses.iter().map(Vec::as_slice)).collect(),
            relations: &closed.relations,
            verdicts: &closed.verdicts,
        })
    }
}
