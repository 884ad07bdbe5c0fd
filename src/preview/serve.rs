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

/// What to serve, and where.
#[derive(Debug)]
pub struct Serve<'a> {
    pub root: &'a Path,
    /// All releases when empty.
    pub slugs: &'a [String],
    /// Any free port for 0.
    pub port: u16,
    /// Whether to open a browser.
    pub open: bool,
}

/// What happens while serving.
#[derive(Debug)]
pub enum ServeEvent<'a> {
    /// The releases were built; `changed` names the files whose change caused it.
    Built { changed: &'a [String], report: Report, took: Duration },
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
        let began = Instant::now();
        let report = build();
        signal.notify();
        on_event(ServeEvent::Built { changed, report, took: began.elapsed() });
    };
    build(&[], &|| preview.build_all());
    let handler: Arc<dyn Handler> = Arc::<Preview>::clone(&preview);
    server.start(&handler, &signal);
    on_event(ServeEvent::Listening { address: &address });
    if request.open
        && let Err(error) = open(&address)
    {
        on_event(ServeEvent::Failed(Diagnostic::warning("serve", format!("no browser could be opened: {error}"))));
    }
    loop {
        let changed = watch.wait();
        build(&changed, &|| preview.rebuild(&changed));
    }
}

/// Editions are numbered from the time of day, so that a page of an earlier run knows that it is one.
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

fn open(address: &str) -> io::Result<()> {
    let mut opener = Command::new(OPENER);
    opener.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = opener.spawn()?;
    // It may stay as long as the browser does.
    thread::spawn(move || child.wait());
    Ok(())
}
