//! Every fact and measure at every unit: exact, rounded, adjusted. Numbers only; words come later.

pub mod adjust;
mod book;
mod interval;
mod reach;
mod shown;

pub use book::{Amount, Book, Nothing, Value};
pub use interval::{Bound, Interval};
pub use shown::{Applied, Ask, Shown};
