//! Every fact and measure at every unit: exact, rounded, adjusted. Numbers only; words come later.

pub mod adjust;
mod bind;
mod book;
mod display;
mod formula;
mod interval;
mod names;

pub use bind::Bound;
pub use book::{Book, Entered, Nothing, Value};
pub use display::{Applied, Ask, Moved, Recipe, Rounded, Shown};
pub use formula::{FactId, Fault, Formula, Shared};
pub use interval::{End, Interval};
