//! The view of the headlines that the templates receive: cards at the head of the first page.

use serde::Serialize;

use super::{anchors::Anchors, inline::inlines};
use crate::present::document::{Document, Headline, Trend};

/// A card. Texts are HTML; `change` is empty where nothing is compared, and `way` where it leads nowhere.
#[derive(Debug, Serialize)]
pub(super) struct HeadlineView<'a> {
    label: String,
    period: &'a str,
    amount: String,
    change: String,
    way: Option<Trend>,
    before: Option<BeforeView<'a>>,
}

/// What it was in the prior period.
#[derive(Debug, Serialize)]
struct BeforeView<'a> {
    period: &'a str,
    amount: String,
}

/// The cards of a release.
pub(super) fn headlines<'a>(document: &'a Document, anchors: &Anchors) -> Vec<HeadlineView<'a>> {
    let view = |headline: &'a Headline| HeadlineView {
        label: inlines(&headline.label, anchors),
        period: &headline.period,
        amount: inlines(&headline.amount, anchors),
        change: inlines(&headline.change, anchors),
        way: headline.way,
        before: headline
            .before
            .as_ref()
            .map(|before| BeforeView { period: &before.period, amount: inlines(&before.amount, anchors) }),
    };
    document.headlines.iter().map(view).collect()
}
