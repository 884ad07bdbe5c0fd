//! The Document becomes files: each writer arranges what is already worded, and none of them knows where a figure came from.

pub mod chart;
pub mod csv;
pub mod defaults;
mod grid;
pub mod html;
pub mod json;
pub mod markdown;
pub mod pdf;
pub mod xlsx;
