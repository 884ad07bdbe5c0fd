//! `kessan serve`: builds the releases in memory, serves them to this machine, and rebuilds them when files change.

use std::{
    io,
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
    thread,
    time::{Duration, Instant, SystemTime},
};

use super::handler::Preview;
use crate::{
    commands::Report,
    diag::Diagnostic,
    project::SOURCE_FOLDERS,
    server::{ChangeSignal, Handler, Server, Watch},
};

/// The request to serve a project.
#[derive(Debug)]
pub struct Serve<'a> {
    pub root: &'a Path,
    /// All releases when empty.
    pub slugs: &'a [String],
    /// The port; 0 takes a free one.
    pub port: u16,
    /// Whether to open a browser.
    pub open: bool,
}

/// An event while serving.
#[derive(Debug)]
pub enum ServeEvent<'a> {
    /// The releases were built; `changed` names the files whose change caused it.
    Built { changed: &'a [String], report: Report, duration: Duration },
    /// Pages are served at this address.
    Listening { address: &'a str },
    /// Something else failed.
    Failed(Diagnostic),
}

/// Serves until the program is stopped; every event is passed to `on_event`. Nothing is written to disk. Errors: the port is
/// not available.
pub fn serve(request: &Serve<'_>, on_event: &dyn Fn(ServeEvent<'_>)) -> Result<(), Diagnostic> {
    let server = Server::open(request.port)?;
    let address = server.address();
    // The watch starts before anything is read, so that no change is missed.
    let mut watch = Watch::new(request.root, &SOURCE_FOLDERS);
    let preview = Arc::new(Preview::new(request.root, request.slugs, first_edition())?);
    let signal = Arc::new(ChangeSignal::default());
    let build = |changed: &[String], build: &dyn Fn() -> Report| {
        let start = Instant::now();
        let report = build();
        signal.notify();
        on_event(ServeEvent::Built { changed, report, duration: start.elapsed() });
    };
    build(&[], &|| preview.build_all());
    let handler: Arc<dyn Handler> = Arc::<Preview>::clone(&preview);
    server.start(&handler, &signal);
    on_event(ServeEvent::Listening { address: &address });
    if request.open
        && let Err(error) = open_browser(&address)
    {
        on_event(ServeEvent::Failed(Diagnostic::warning("serve", format!("no browser could be opened: {error}"))));
    }
    loop {
        let changed = watch.wait();
        build(&changed, &|| preview.rebuild(&changed));
    }
}

/// Editions start at the current time, so that a page of an earlier run is recognised as outdated.
fn first_edition() -> u64 {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(now.as_millis()).unwrap_or_default()
}

/// The program that opens an address in the user's own browser.
const OPENER: &str = if cfg!(target_os = "macos") {
    "open"
} else if cfg!(windows) {
    "explorer"
} else {
    "xdg-open"
};

fn open_browser(address: &str) -> io::Result<()> {
    let mut opener = Command::new(OPENER);
    opener.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = opener.spawn()?;
    // The child may run as long as the browser.
    thread::spawn(move || child.wait());
    Ok(())
}
