//! The Document becomes files: each writer arranges what is already worded, and none of them knows where a figure came from.

pub mod built_in;
pub mod chart;
pub mod csv;
mod head_grid;
pub mod html;
pub mod json;
pub mod markdown;
pub mod pdf;
pub mod xlsx;
