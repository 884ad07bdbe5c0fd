//! What a release declares for IFRS 18: the categories of its income and expenses, its subtotals and the measures that management
//! defines.

use super::{At, Expr};
use crate::diag::Place;

/// The categories of income and expenses in the statement of profit or loss (IFRS 18.47).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Category {
    /// What is in no other category (IFRS 18.52).
    Operating,
    Investing,
    Financing,
    IncomeTaxes,
    Discontinued,
}

impl Category {
    /// Every category with its word in a dataset.
    pub const WORDS: [(&'static str, Self); 5] = [
        ("operating", Self::Operating),
        ("investing", Self::Investing),
        ("financing", Self::Financing),
        ("income taxes", Self::IncomeTaxes),
        ("discontinued", Self::Discontinued),
    ];

    /// The word in a dataset.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, category)| *category == self).map_or("", |(word, _)| word)
    }
}

/// A total or subtotal that IFRS 18 requires (IFRS 18.69) or lists as none that management defines (IFRS 18.118).
#[derive(Debug, PartialEq, Eq)]
pub struct Subtotal {
    /// Its key in a dataset.
    pub key: &'static str,
    /// The categories of which it has all income and expenses.
    pub whole: &'static [Category],
    /// The categories of which it has some.
    pub partly: &'static [Category],
    /// Whether it may add amounts back that are parts of several lines of profit, such as depreciation by function.
    pub adds_back: bool,
}

/// What a subtotal has all income and expenses of, from the first to the last of them.
const OPERATING: &[Category] = &[Category::Operating];
const BEFORE_FINANCING: &[Category] = &[Category::Operating, Category::Investing];
const BEFORE_TAXES: &[Category] = &[Category::Operating, Category::Investing, Category::Financing];
const CONTINUING: &[Category] = &[Category::Operating, Category::Investing, Category::Financing, Category::IncomeTaxes];
const EVERY_CATEGORY: &[Category] =
    &[Category::Operating, Category::Investing, Category::Financing, Category::IncomeTaxes, Category::Discontinued];

impl Subtotal {
    /// Every subtotal, those that are required first, in the order of the statement.
    pub const ALL: &[Self] = &[
        Self { key: Self::OPERATING_PROFIT, whole: OPERATING, partly: &[], adds_back: false },
        Self { key: Self::BEFORE_FINANCING, whole: BEFORE_FINANCING, partly: &[], adds_back: false },
        Self { key: Self::PROFIT, whole: EVERY_CATEGORY, partly: &[], adds_back: false },
        Self { key: "gross_profit", whole: &[], partly: OPERATING, adds_back: false },
        Self { key: "operating_profit_before_depreciation", whole: &[], partly: OPERATING, adds_back: true },
        Self {
            key: "operating_profit_and_equity_method",
            whole: OPERATING,
            partly: &[Category::Investing],
            adds_back: false,
        },
        Self { key: "profit_before_income_taxes", whole: BEFORE_TAXES, partly: &[], adds_back: false },
        Self { key: "profit_from_continuing_operations", whole: CONTINUING, partly: &[], adds_back: false },
    ];

    /// The keys of those that are required.
    pub const OPERATING_PROFIT: &str = "operating_profit";
    pub const BEFORE_FINANCING: &str = "profit_before_financing_and_income_taxes";
    pub const PROFIT: &str = "profit";

    /// The subtotals that are required, in the order of the statement.
    pub fn required() -> impl Iterator<Item = &'static Self> {
        const KEYS: [&str; 3] = [Subtotal::OPERATING_PROFIT, Subtotal::BEFORE_FINANCING, Subtotal::PROFIT];
        Self::ALL.iter().filter(|subtotal| KEYS.contains(&subtotal.key))
    }
}

/// The declarations of `[profit_or_loss]`.
#[derive(Debug, Clone, PartialEq)]
pub struct ProfitOrLoss {
    /// The subtotals with the lines or measures that they are, in the order of [`Subtotal::ALL`].
    pub subtotals: Vec<(&'static Subtotal, At<String>)>,
    /// Why profit before financing and income taxes is not there (IFRS 18.73).
    pub without_profit_before_financing: Option<At<String>>,
    pub place: Place,
}

impl ProfitOrLoss {
    /// The line or measure that a subtotal is.
    pub fn subtotal(&self, key: &str) -> Option<&At<String>> {
        self.subtotals.iter().find(|(subtotal, _)| subtotal.key == key).map(|(_, name)| name)
    }

    /// Whether all subtotals that are required have a name, or a reason for having none.
    pub fn names_required(&self) -> bool {
        let excused = usize::from(self.without_profit_before_financing.is_some());
        Subtotal::required().filter(|subtotal| self.subtotal(subtotal.key).is_none()).count() <= excused
            && self.subtotal(Subtotal::OPERATING_PROFIT).is_some()
            && self.subtotal(Subtotal::PROFIT).is_some()
    }
}

/// A figure that is, or could be taken for, a management-defined performance measure (IFRS 18.117).
#[derive(Debug, Clone, PartialEq)]
pub struct Mpm {
    /// A line, with its member if it has one, or a measure.
    pub figure: Expr,
    pub is: MpmKind,
}

/// Whether it is one.
#[derive(Debug, Clone, PartialEq)]
pub enum MpmKind {
    Measure(Box<MpmDisclosure>),
    /// It is none, for this reason.
    Not(At<String>),
    /// It was one in a release before; the note that says why it is dropped.
    Dropped(At<String>),
}

/// Where a release discloses what is asked of such a measure.
#[derive(Debug, Clone, PartialEq)]
pub struct MpmDisclosure {
    /// The subtotal that it is reconciled with.
    pub from: Expr,
    /// The table of the reconciliation.
    pub table: At<String>,
    /// The member with the income tax effect of each item.
    pub tax: At<String>,
    /// The member with the effect of each item on non-controlling interests.
    pub nci: At<String>,
    /// The note that says why it is calculated in another way than before, or is new.
    pub changed: Option<At<String>>,
}
