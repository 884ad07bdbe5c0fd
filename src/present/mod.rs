//! Figures become words: narrative and tables become the one Document that every writer reads.

pub mod document;
