//! The preview: releases built in memory, shown to a browser on this machine with their findings, and rebuilt on change.

mod beside;
mod explained;
mod handler;
mod inject;
mod kept;
mod last_good;
mod page_target;
mod panel;
mod release_state;
mod serve;
mod snapshot;
mod source_map;
mod source_map_builder;
mod toml_section;

pub use kept::Work;
pub use serve::{Built, Serve, ServeEvent, serve, watch};
