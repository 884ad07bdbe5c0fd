//! Every fact and measure at every unit: exact, rounded, adjusted. Numbers only; words come later.

pub mod adjust;
mod bind;
mod book;
mod display;
mod formula;
mod interval;
mod names;

pub use book::{Book, EnteredAmount};
pub use display::{AppliedDeclaration, DeclaredChange, Derivation, DisplayedFigure, FigureRequest, RoundedFormula};
pub use formula::{Absent, BoundFormula, EvalError, FactId, Formula, SharedFormula, Value};
pub use interval::{Endpoint, Interval};
