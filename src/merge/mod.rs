//! Merges templates and narrative text; the only module that uses the template engine.

mod limits;
mod narrative;
mod pasted;
mod placeholders;
mod plain_calls;
mod templates;

pub use narrative::Merger;
pub use placeholders::{Call, Piece, alignment_points, begins_with_call, split_pieces, strip_placeholders};
pub use templates::{SharedView, Templates};
