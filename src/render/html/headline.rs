//! The view of the headline figures that the templates receive: cards at the top of the first page.

use serde::Serialize;

use super::{anchors::Anchors, inline::inlines};
use crate::present::document::{Document, Headline, Trend};

/// A card. Texts are HTML; `change` is empty without a comparison, and `direction` is `None` where the change has no sign.
#[derive(Debug, Serialize)]
pub(super) struct HeadlineView<'a> {
    label: String,
    period: &'a str,
    amount: String,
    change: String,
    direction: Option<Trend>,
    prior: Option<PriorView<'a>>,
}

/// The same figure in the prior period.
#[derive(Debug, Serialize)]
struct PriorView<'a> {
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
        direction: headline.direction,
        prior: headline
            .prior
            .as_ref()
            .map(|prior| PriorView { period: &prior.period, amount: inlines(&prior.amount, anchors) }),
    };
    document.headlines.iter().map(view).collect()
}
