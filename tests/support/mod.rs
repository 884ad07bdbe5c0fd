//! Example documents for the writers' tests.

pub mod build;
pub mod sample;
