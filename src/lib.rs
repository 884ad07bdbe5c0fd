//! Turns one dataset in TOML into a company's earnings release: a static site, a Markdown document, a printable PDF, a workbook
//! and data files. It refuses to publish numbers that do not hold together.
//!
//! The program `kessan` is the usual way to use it. As a library it takes three steps: [`load`] a release, [`check`] it,
//! [`build`] it.
//!
//! ```
//! # fn main() -> Result<(), Vec<kessan::Diagnostic>> {
//! # let root = std::env::temp_dir().join(format!("kessan-example-{}", std::process::id()));
//! // The starter release of an invented company, as `kessan new acme-1q2026` creates it.
//! kessan::new(&root, "acme-1q2026", kessan::Starter::QUARTER).map_err(|finding| vec![finding])?;
//!
//! let release = kessan::load(&root, "acme-1q2026")?;
//! let checked = kessan::check(&release);
//! assert!(!checked.has_errors());
//!
//! // Where does a figure come from?
//! let revenue = checked.explain("is.revenue@q1_2026")?;
//! assert_eq!(revenue.entered.len(), 1);
//!
//! // Every output format, in memory: nothing is written to disk.
//! let site = kessan::build(checked, &kessan::Format::ALL)?;
//! assert!(site.get("index.html").is_some());
//! assert!(site.get("acme-1q2026.pdf").is_some());
//! # std::fs::remove_dir_all(&root).ok();
//! # Ok(())
//! # }
//! ```
//!
//! A mistake is a [`Diagnostic`]: a rule, a phrase, and the place in the user's file. [`human()`], [`short()`] and [`json()`] print
//! them.
//!
//! # Inside
//!
//! Only what this page lists is stable. The modules below it are the layers of the program, hidden here;
//! `cargo doc --document-private-items` shows them, and `ARCHITECTURE.md` walks through them. Each layer may name only those in
//! its row, and an outside crate is named behind its doors. `tests/architecture.rs` reads this table and holds it.
//!
//! | layer    | may use                            | door to                                            |
//! |----------|------------------------------------|----------------------------------------------------|
//! | parallel |                                    |                                                    |
//! | diag     |                                    | annotate_snippets, serde_json, strsim              |
//! | model    | diag                               | rust_decimal, foldhash, unicode_normalization      |
//! | load     | diag, model                        | toml                                               |
//! | import   | diag, model                        | calamine, encoding_rs, roxmltree, sha2, zip        |
//! | figures  | diag, model                        |                                                    |
//! | merge    | diag                               | roxmltree, tera                                    |
//! | present  | diag, model, figures, merge        | pulldown_cmark                                     |
//! | check    | diag, model, figures, present      | aho_corasick, dashu_int, dashu_ratio, sha2         |
//! | filing   | diag, model, figures, present      |                                                    |
//! | render   | diag, model, merge, present, filing | serde_json, printpdf, lopdf, flate2, subsetter, foldhash, harfrust, read_fonts, unicode_linebreak, rust_xlsxwriter, zip |
//! | diff     | diag, model, figures, present, check | similar                                           |
//! | site     | parallel, diag, model              | cap_fs_ext, cap_std, rustix, signal_hook, sha2, serde_json |
//! | server   | diag                               | rustix                                             |
//! | project  | diag, model, load, merge, render, site |                                                |
//! | closing  | diag, model, load, import, figures, present, check, filing, project | rustix                            |
//! | formats  | parallel, diag, model, merge, present, check, filing, render, site, project, closing |                    |
//! | commands | parallel, diag, model, load, import, figures, present, check, render, diff, site, project, closing, formats | |
//! | preview  | parallel, diag, model, load, figures, merge, present, site, server, project, closing, formats, commands | |
//! | cli      | diag, diff, closing, formats, commands, preview | clap, clap_complete, clap_mangen            |

mod library;

pub use closing::{CheckReport, Coverage, CoverageCounts, RelationFamily, ReleaseSummary, RuleCount, UncoveredAmount};
pub use commands::{CreatedFiles, Explanation, Starter, new};
pub use diag::{Diagnostic, Level, Place, Source, Span, Suspect, human, json, short};
pub use formats::Format;
pub use library::{Checked, Release, build, check, load, releases};
pub use site::Site;

#[doc(hidden)]
pub mod check;
#[doc(hidden)]
pub mod cli;
#[doc(hidden)]
pub mod closing;
#[doc(hidden)]
pub mod commands;
#[doc(hidden)]
pub mod diag;
#[doc(hidden)]
pub mod diff;
#[doc(hidden)]
pub mod figures;
#[doc(hidden)]
pub mod filing;
#[doc(hidden)]
pub mod formats;
#[doc(hidden)]
pub mod import;
#[doc(hidden)]
pub mod load;
#[doc(hidden)]
pub mod merge;
#[doc(hidden)]
pub mod model;
#[doc(hidden)]
pub mod parallel;
#[doc(hidden)]
pub mod present;
#[doc(hidden)]
pub mod preview;
#[doc(hidden)]
pub mod project;
#[doc(hidden)]
pub mod render;
mod server;
#[doc(hidden)]
pub mod site;
