//! The explanation of a figure, for programs and for the terminal.

use std::fmt;

use serde::Serialize;

/// The explanation of a figure. [`Display`](fmt::Display) gives the text for the terminal.
#[derive(Debug, Serialize)]
pub struct Explanation {
    /// The figure's name, `is.total_revenues@fy2009`.
    pub figure: String,
    /// The formulas it comes from, outermost first; none for an entered amount.
    pub formulas: Vec<UsedFormula>,
    /// None if there is no number.
    pub value: Option<Amount>,
    /// The number that the dataset states for it instead of deriving it.
    pub stated: Option<StatedValue>,
    pub entered: Vec<EnteredInput>,
    pub guards: Vec<Guard>,
    pub shown: Vec<FigureLocation>,
}

/// The formula of a measure.
#[derive(Debug, Serialize)]
pub struct UsedFormula {
    pub measure: String,
    pub formula: String,
    /// File, line and column, as every `at` below.
    pub at: String,
    /// 1 for the figure's own formula, 2 for those of the measures in it, and so on.
    pub depth: usize,
}

/// A number, exact to ten decimals, and its unit.
#[derive(Debug, Serialize)]
pub struct Amount {
    pub value: String,
    pub unit: String,
}

/// A stated figure.
#[derive(Debug, Serialize)]
pub struct StatedValue {
    pub value: String,
    pub at: String,
}

/// An entered amount that the figure depends on.
#[derive(Debug, Serialize)]
pub struct EnteredInput {
    pub name: String,
    pub value: String,
    pub unit: String,
    pub at: String,
}

/// A relation that a wrong input would break.
#[derive(Debug, Serialize)]
pub struct Guard {
    pub relation: String,
    /// `exact`, `acknowledged`, `waived` or `broken`.
    pub verdict: &'static str,
}

/// A place that shows the figure.
#[derive(Debug, Serialize)]
pub struct FigureLocation {
    /// `table/row/column`, or `page <id>`.
    pub place: String,
    /// The language of the page; none in a release with one language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    pub value: String,
    pub unit: String,
    /// How it is rounded to that: `half-up to 0 decimals`.
    pub rounding: String,
    /// What the dataset declares for it there: `adjusted: <reason>`, `waived: <reason>` or `stated`.
    pub declared: Option<String>,
    pub at: String,
    /// The number of the language, the original first, and that of the use in it.
    #[serde(skip)]
    pub(crate) used: (usize, usize),
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.figure)?;
        for UsedFormula { measure, formula, at, depth } in &self.formulas {
            writeln!(f, "{}formula    {measure} = {formula}  {at}", "  ".repeat(*depth))?;
        }
        match &self.value {
            Some(Amount { value, unit }) => writeln!(f, "  value      {value} {unit}")?,
            None => writeln!(f, "  value      none")?,
        }
        if let Some(StatedValue { value, at }) = &self.stated {
            writeln!(f, "  stated     {value} at {at}")?;
        }
        for EnteredInput { name, value, unit, at } in &self.entered {
            writeln!(f, "  entered    {name} = {value} {unit}  {at}")?;
        }
        for Guard { relation, verdict } in &self.guards {
            writeln!(f, "  guarded by {relation} ({verdict})")?;
        }
        for FigureLocation { place, language, value, unit, declared, at, .. } in &self.shown {
            let declared = declared.as_ref().map(|declared| format!(" ({declared})")).unwrap_or_default();
            let language = language.as_ref().map(|language| format!(" [{language}]")).unwrap_or_default();
            writeln!(f, "  shown in   {place}{language} as {value} {unit}{declared}  {at}")?;
        }
        Ok(())
    }
}
