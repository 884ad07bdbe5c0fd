//! Output formats: each module renders the finished Document as the content of files.

mod amount;
pub mod built_in;
pub mod chart;
pub mod csv;
pub mod editions;
mod head_grid;
pub mod html;
pub mod json;
pub mod markdown;
pub mod pdf;
pub mod xbrl;
pub mod xlsx;
