//! Text and functions become text: the only folder that knows the template engine.

mod marks;
mod narrative;
mod pages;

pub use marks::{Call, Piece, pieces, without};
pub use narrative::Merger;
pub use pages::Templates;
