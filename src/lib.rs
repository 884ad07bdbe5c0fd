//! Turns one TOML dataset into one earnings release, three times over: a static site, a Markdown document and a printable PDF.
//!
//! The folders are layers; each may name only those in its row, and an outside crate is named
//! behind one door. `tests/architecture.rs` reads this table and holds it.
//!
//! | layer   | may use                            | door to                                            |
//! |---------|------------------------------------|----------------------------------------------------|
//! | diag    |                                    | annotate_snippets                                  |
//! | model   | diag                               | rust_decimal                                       |
//! | load    | diag, model                        | toml, strsim                                       |
//! | figures | diag, model                        |                                                    |
//! | merge   | diag                               | tera                                               |
//! | present | diag, model, figures, merge        | pulldown_cmark                                     |
//! | check   | diag, model, figures, present      |                                                    |
//! | render  | diag, merge, present               | printpdf, lopdf, subsetter, rustybuzz, unicode_linebreak |
//! | site    | diag, present, render              | sha2                                               |
//! | jobs    | diag, model, load, figures, merge, present, check, render, site |                       |
//! | cli     | diag, jobs                         | clap                                               |

pub mod diag;
pub mod present;
pub mod render;
