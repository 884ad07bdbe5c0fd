//! Every fact and measure at every unit: exact, rounded, adjusted. Numbers only; words come later.

pub mod adjust;
mod bind;
mod book;
mod formula;
mod interval;
mod names;
mod shown;

pub use bind::Bound;
pub use book::{Book, Entered, Nothing, Value};
pub use formula::{FactId, Fault, Formula, Shared};
pub use interval::{End, Interval};
pub use shown::{Applied, Ask, Moved, Recipe, Rounded, Shown};
