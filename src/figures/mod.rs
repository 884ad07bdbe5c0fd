//! Every fact and measure at every unit: exact, rounded, adjusted. Numbers only; words come later.

pub mod adjust;
mod bind;
mod book;
mod display;
mod formula;
mod interval;
mod names;

pub use bind::BoundFormula;
pub use book::{Absent, Book, EnteredAmount, Value};
pub use display::{AppliedDeclaration, DeclaredChange, Derivation, DisplayedFigure, FigureRequest, RoundedFormula};
pub use formula::{EvalError, FactId, Formula, SharedFormula};
pub use interval::{Endpoint, Interval};
