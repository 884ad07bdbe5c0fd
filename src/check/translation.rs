//! The input of rules that compare a translation with its original.

use std::collections::BTreeSet;

use super::{CheckInput, CheckResults, stated_figures::StatedFigures, translated_blocks::TranslatedPage};
use crate::{
    diag::{Diagnostic, Place, nearest},
    model::Date,
};

/// A release in two of its languages.
pub struct TranslationInput<'a, 'i, 'r> {
    pub original: &'i CheckInput<'a, 'r>,
    pub translation: &'i CheckInput<'a, 'r>,
    /// The pages that the translation has.
    pub pages: Vec<TranslatedPage<'i>>,
    /// The figures of the original and of the translation.
    pub figures: [StatedFigures<'i>; 2],
    /// The declared dates, each as the original and as the translation write it in full.
    pub dates: Vec<(Date, [String; 2])>,
}

impl<'a, 'i, 'r> TranslationInput<'a, 'i, 'r> {
    pub fn new(original: &'i CheckInput<'a, 'r>, translation: &'i CheckInput<'a, 'r>) -> Self {
        let dates: BTreeSet<Date> = original.book.release.dates().collect();
        let written = |date: Date| [original, translation].map(|input| input.words.format_date(date));
        let dates = dates.into_iter().map(|date| (date, written(date))).collect();
        let figures = [original, translation].map(|input| StatedFigures::new(input));
        Self { original, translation, figures, pages: TranslatedPage::all(original, translation), dates }
    }

    /// The number of the declaration that a page differs in a figure, or without one in its blocks.
    pub fn declared_difference(&self, page: &str, figure: Option<&str>) -> Option<usize> {
        let differences = &self.translation.book.release.differences;
        differences.iter().position(|known| {
            let named = known.figure.as_ref().map(ToString::to_string);
            known.page.value == page && named.as_deref() == figure
        })
    }

    /// Whether the literal declared at a place has a text in both languages.
    pub fn is_literal_of_both(&self, place: &Place) -> bool {
        [self.original, self.translation].iter().all(|input| {
            let literals = &input.book.release.literals;
            literals.iter().any(|literal| literal.place == *place)
        })
    }

    /// Reports declared differences of pages that do not differ, or that are not there.
    pub fn report_unused_differences(&self, results: &mut CheckResults) {
        let release = self.translation.book.release;
        let unused = release.differences.iter().enumerate();
        let used = std::mem::take(&mut results.used_differences);
        for (_, known) in unused.filter(|(index, _)| !used.contains(index)) {
            let page = &known.page.value;
            let pages = || self.pages.iter().map(|page| page.id);
            let finding = if !pages().any(|id| id == page) {
                let near = nearest(page, pages()).map(|near| format!("did you mean `{near}`?"));
                let message = format!("`{}` has no page `{page}`", release.language.value);
                Diagnostic::error("unused", message).at(&known.page.place, near.unwrap_or_default())
            } else {
                let message = match &known.figure {
                    Some(figure) => format!("the page `{page}` and its translation do not differ in `{figure}`"),
                    None => format!("the page `{page}` and its translation have the same blocks"),
                };
                Diagnostic::error("unused", message).at(&known.place, "").help("remove the declaration")
            };
            results.push(finding);
        }
    }
}
