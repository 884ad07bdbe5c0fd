//! Calculates every fact and measure in every unit: exact, rounded and adjusted. Text is added later.

mod additive;
pub mod adjust;
mod bind;
mod book;
mod display;
mod figure_name;
mod formula;
mod growth_periods;
mod growth_rate;
mod interval;
mod missing_fact;

pub use book::{Book, EnteredAmount};
pub use display::{AppliedDeclaration, DeclaredChange, Derivation, DisplayedFigure, FigureRequest, RoundedFormula};
pub use formula::{Absent, BoundFormula, EvalError, FactId, Formula, SharedFormula, Value};
pub use interval::{Endpoint, Interval};
