//! What a release declares of its forecasts: what they are of, where a text says that they were revised, and the notices of it.

use super::{At, Date, Decimal, Expr};
use crate::diag::Place;

/// A forecast that is compared with the one published before.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// A line, a measure or a range.
    pub figure: Expr,
    pub kind: ForecastKind,
    /// What the days bring in the end, where another line has it.
    pub actual: Option<Expr>,
    /// The forecast published before, as this release has it.
    pub previous: Option<Expr>,
    /// Its name in releases before, if it has another one now.
    pub was: Option<Expr>,
    /// From how many per cent on a difference needs a notice of its own.
    pub margin: Margin,
}

/// From which difference on a notice is due.
#[derive(Debug, Clone, PartialEq)]
pub enum Margin {
    /// In per cent of what was forecast before.
    PerCent(At<Decimal>),
    /// None is due by declaration.
    None,
    /// The release does not say so.
    Unsaid,
}

impl Margin {
    /// The word for none in a dataset.
    pub const NONE: &str = "none";

    /// The number of per cent, if there is one.
    pub fn per_cent(&self) -> Option<Decimal> {
        match self {
            Self::PerCent(margin) => Some(margin.value),
            Self::None | Self::Unsaid => None,
        }
    }
}

/// What a forecast is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForecastKind {
    /// Sales and profits of a period.
    Results,
    /// The dividend of a record date.
    Dividend,
}

impl ForecastKind {
    /// Each kind with its word in a dataset.
    pub const WORDS: [(&'static str, Self); 2] = [("results", Self::Results), ("dividend", Self::Dividend)];
}

/// What a release says of whether its forecasts of a kind differ from those published before.
#[derive(Debug, Clone, PartialEq)]
pub struct RevisionNote {
    pub kind: ForecastKind,
    /// The words that say that they differ, and that they do not; none where this language has none.
    pub yes: Option<At<String>>,
    pub no: Option<At<String>>,
    /// The concept of the filing that says so.
    pub concept: Option<At<String>>,
    pub place: Place,
}

/// A notice of a revision that was published by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// The figures that it revises, with or without a period.
    pub of: Vec<Expr>,
    /// Its day; none if there is no notice, which has a reason.
    pub date: Option<At<Date>>,
    pub reason: Option<At<String>>,
    pub place: Place,
}
