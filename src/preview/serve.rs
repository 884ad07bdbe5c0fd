//! `kessan serve` and `kessan check --watch`: builds the releases in memory, and again when files change; `serve` shows them to
//! this machine.

use std::{
    io,
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
    thread,
    time::{Duration, Instant, SystemTime},
};

use super::{handler::Preview, kept::Work, snapshot::Snapshot};
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

/// The releases were built.
#[derive(Debug)]
pub struct Built<'a> {
    /// The files whose change caused it; empty the first time.
    pub changed: &'a [String],
    pub report: Report,
    pub work: Work,
    pub duration: Duration,
}

/// An event while serving.
#[derive(Debug)]
pub enum ServeEvent<'a> {
    Built(Built<'a>),
    /// Pages are served at this address.
    Listening {
        address: &'a str,
    },
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
    let on_built = |built: Built| {
        signal.notify();
        on_event(ServeEvent::Built(built));
    };
    on_built(timed(&[], || preview.build_all()));
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
        on_built(timed(&changed, || preview.rebuild(&changed)));
    }
}

/// Builds all releases when `slugs` is empty, or these, in memory, and again those that a change concerns, until the program is
/// stopped: what `serve` does, without a server.
pub fn watch(root: &Path, slugs: &[String], on_built: &dyn Fn(Built<'_>)) -> ! {
    let mut watch = Watch::new(root, &SOURCE_FOLDERS);
    let mut snapshot = Snapshot::default();
    on_built(timed(&[], || rebuild(&mut snapshot, |old| old.rebuild_all(root, slugs))));
    loop {
        let changed = watch.wait();
        on_built(timed(&changed, || rebuild(&mut snapshot, |old| old.rebuild_changed(&changed, root, slugs))));
    }
}

/// Replaces a snapshot by the one built from it.
fn rebuild(snapshot: &mut Snapshot, build: impl FnOnce(&Snapshot) -> (Snapshot, Report)) -> (Report, Work) {
    let (next, report) = build(snapshot);
    *snapshot = next;
    (report, snapshot.work)
}

/// What a build gave, and how long it took.
fn timed(changed: &[String], build: impl FnOnce() -> (Report, Work)) -> Built<'_> {
    let start = Instant::now();
    let (report, work) = build();
    Built { changed, report, work, duration: start.elapsed() }
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
