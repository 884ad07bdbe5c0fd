//! Turns one TOML dataset into one earnings release, three times over: a static site, a Markdown document and a printable PDF.
//!
//! The folders are layers; each may name only those in its row, and an outside crate is named
//! behind its doors. `tests/architecture.rs` reads this table and holds it.
//!
//! | layer    | may use                            | door to                                            |
//! |----------|------------------------------------|----------------------------------------------------|
//! | diag     |                                    | annotate_snippets, serde_json, strsim              |
//! | model    | diag                               | rust_decimal                                       |
//! | load     | diag, model                        | toml                                               |
//! | figures  | diag, model                        |                                                    |
//! | merge    | diag                               | tera                                               |
//! | present  | diag, model, figures, merge        | pulldown_cmark                                     |
//! | check    | diag, model, figures, present      | dashu_int, dashu_ratio                             |
//! | render   | diag, merge, present               | serde_json, printpdf, lopdf, flate2, subsetter, rustybuzz, unicode_linebreak, rust_xlsxwriter |
//! | site     | diag                               | sha2, serde_json                                   |
//! | server   | diag                               |                                                    |
//! | project  | diag, model, load, merge, render, site |                                                |
//! | closing  | diag, model, load, figures, present, check, project |                                   |
//! | formats  | diag, model, merge, present, render, site, project, closing |                           |
//! | commands | diag, model, load, figures, present, check, render, site, project, closing, formats | |
//! | preview  | diag, model, figures, merge, present, site, server, project, closing, formats, commands | |
//! | cli      | diag, closing, formats, commands, preview | clap                                        |

pub mod check;
pub mod cli;
pub mod closing;
pub mod commands;
pub mod diag;
pub mod figures;
pub mod formats;
pub mod load;
pub mod merge;
pub mod model;
pub mod present;
pub mod preview;
pub mod project;
pub mod render;
pub mod server;
pub mod site;
