//! Text and functions become text: the only folder that knows the template engine.

mod pages;

pub use pages::Templates;
