//! Text and functions become text: the only folder that knows the template engine.

mod limits;
mod narrative;
mod placeholders;
mod templates;

pub use narrative::Merger;
pub use placeholders::{Call, Piece, joints, pieces, without};
pub use templates::Templates;
