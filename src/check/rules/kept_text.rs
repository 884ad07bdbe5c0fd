//! Kept text: a paragraph of the release before that nobody edited, and that speaks of time or cause.
//!
//! **What it checks.** Every heading, paragraph, list item and note of the narrative is compared with those of the `prior` releases, in every
//! language. One with the same words is a warning if they speak of a time ("first quarter", "compared with", a month) or of a cause ("due to",
//! "reflecting"), which `[prose]` in the words of the language lists. Figures, numbers, dates and labels of periods do not count: they
//! move by themselves, or `kessan roll` moves them.
//!
//! **Why.** The text of a release is begun from that of the last one. Its figures are new, so that it reads well, and why sales rose
//! is still told as it was three months ago.
//!
//! **Example.** `earlier/kept_text`
//!
//! **How to fix it.** Edit the paragraph. If it says the same in every release, as a basis of preparation does, declare a phrase of it as
//! `[[standing]]` text with the reason.

use std::{ops::Range, sync::Arc};

use super::super::{
    CheckInput, CheckResults,
    clause::{is_whole, lower_case_in_place},
    phrase_search::PhraseSearch,
    written_blocks::{outside_calls, words_in, written_blocks},
};
use crate::{
    diag::{Diagnostic, Place, Source},
    model::{NameMap, NarrativePage, Release, StandingText, Words},
};

/// Compares every paragraph with those of the prior releases. Returns how many there are.
pub fn check(input: &CheckInput, results: &mut CheckResults) -> usize {
    let release = input.book.release;
    let mut looked_at = 0;
    let mut used = vec![false; release.standing.len()];
    if !input.earlier.is_empty() {
        let known = Known::of(input);
        let search = TimeOrCause::new(input);
        for page in &release.narrative {
            looked_at += check_page(page, &known, &search, &release.standing, &mut used, results);
        }
    }
    // One that could not be read may be the one that has the text.
    let is_complete = input.earlier.len() == release.prior.len();
    let standing = release.standing.iter().zip(used);
    results.standing.extend(standing.map(|(standing, used)| (standing.text.clone(), used || !is_complete)));
    looked_at
}

/// Reports the paragraphs of a page that a prior release has too. Returns how many the page has.
fn check_page(
    page: &NarrativePage,
    known: &Known,
    search: &TimeOrCause,
    standing: &[StandingText],
    used: &mut [bool],
    results: &mut CheckResults,
) -> usize {
    let body = page.source.text.get(page.body..).unwrap_or_default();
    let blocks = written_blocks(body);
    let count = blocks.len();
    for block in blocks {
        let text = &body[block.clone()];
        let Some((slug, prior)) = known.place(text) else { continue };
        let Some(said) = search.find(text) else { continue };
        let of_block = standing.iter().position(|standing| squeezed(text).contains(&squeezed(&standing.text.value)));
        if let Some(index) = of_block {
            used[index] = true;
            continue;
        }
        let start = page.body + block.start;
        let message = format!("a paragraph is word for word one of `{slug}`, and says `{}`", &text[said.clone()]);
        let place = Place::new(&page.source, start + said.start..start + said.end);
        let finding = Diagnostic::warning("kept-text", message).at(&place, "").with(prior, "the same paragraph");
        results.push(finding.help("edit it, or declare a phrase of it as `[[standing]]` if every release says it"));
    }
    count
}

/// A text without white space, so that it may be broken anywhere.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The paragraphs of the prior releases.
struct Known<'a> {
    /// By their words: the release, and where it has them.
    blocks: NameMap<Vec<String>, (&'a str, Place)>,
    /// What is no word in any of them: labels of periods and names of months, in lower case.
    names: Vec<String>,
}

impl<'a> Known<'a> {
    fn of(input: &CheckInput<'a, '_>) -> Self {
        let releases = || input.earlier.iter().chain([input.book.release]);
        let labels = releases().flat_map(|release| &release.periods).map(|period| period.label.value.to_lowercase());
        let months = input.words.months.iter().map(|month| month.to_lowercase());
        let mut names: Vec<String> = labels.chain(months).filter(|name| !name.is_empty()).collect();
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        let mut blocks = NameMap::default();
        for release in input.earlier {
            for (source, block) in blocks_of(release) {
                let words = words_in(&source.text[block.clone()], &names);
                blocks.entry(words).or_insert_with(|| (release.slug.as_str(), Place::new(source, block)));
            }
        }
        Self { blocks, names }
    }

    /// The prior release that has the words of a text, and where.
    fn place(&self, text: &str) -> Option<(&'a str, &Place)> {
        let (slug, place) = self.blocks.get(&words_in(text, &self.names))?;
        Some((slug, place))
    }
}

/// The paragraphs of a release in all its languages.
fn blocks_of(release: &Release) -> impl Iterator<Item = (&Arc<Source>, Range<usize>)> {
    let pages = release.files.iter().filter(|file| file.path.ends_with(".md"));
    pages.flat_map(|page| written_blocks(&page.text).into_iter().map(move |block| (page, block)))
}

/// The words of a language that speak of time or cause.
struct TimeOrCause<'a> {
    search: PhraseSearch,
    months: &'a [String],
}

impl<'a> TimeOrCause<'a> {
    fn new(input: &CheckInput<'a, '_>) -> Self {
        let Words { prose, months, .. } = input.words;
        Self { search: PhraseSearch::longest(prose.time.iter().chain(&prose.cause)), months }
    }

    /// The first such word that is typed in a text.
    fn find(&self, text: &str) -> Option<Range<usize>> {
        let lower = lower_case_in_place(text);
        let typed = outside_calls(text);
        let is_typed =
            |part: &Range<usize>| typed.iter().any(|typed| typed.start <= part.start && part.end <= typed.end);
        let words = self.search.find(&lower).map(|(part, _)| part).filter(|part| is_whole(&lower, part));
        let months = self.months.iter().flat_map(|month| month_in(text, month));
        words.chain(months).filter(is_typed).min_by_key(|part| part.start)
    }
}

/// Where a text names a month that is no part of a date.
fn month_in<'t>(text: &'t str, month: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
    let found = text.match_indices(month).map(|(at, _)| at..at + month.len());
    // An empty name would be everywhere.
    found.filter(|part| !part.is_empty() && is_whole(text, part) && !is_in_date(text, part))
}

/// Whether a number stands beside a part of a text.
fn is_in_date(text: &str, part: &Range<usize>) -> bool {
    let before = text[..part.start].trim_end().chars().next_back();
    let after = text[part.end..].trim_start_matches([' ', ',']).chars().next();
    [before, after].into_iter().flatten().any(char::is_numeric)
}
