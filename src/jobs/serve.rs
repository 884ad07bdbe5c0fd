//! Serving: the releases are made in memory and shown to a browser on this machine, again after every change.

use std::{
    io,
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
    thread,
    time::{Duration, Instant, SystemTime},
};

use super::{
    Report,
    preview::{FOLDERS, Preview},
};
use crate::{
    diag::Diagnostic,
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

/// What there is to tell while serving.
#[derive(Debug)]
pub enum ServeEvent<'a> {
    /// The releases were made, again if files had changed, in some time.
    Made { changed: &'a [String], report: Report, took: Duration },
    /// Pages are answered at this address.
    Listening { address: &'a str },
    /// Something else that is wrong.
    Failed(Diagnostic),
}

/// Serves until the program is stopped, and tells what happens. Nothing is written. Errors: the port cannot be had.
pub fn serve(request: &Serve<'_>, tell: &dyn Fn(ServeEvent<'_>)) -> Result<(), Diagnostic> {
    let server = Server::open(request.port)?;
    let address = server.address();
    // Before anything is read: what changes from now on is seen.
    let mut watch = Watch::new(request.root, &FOLDERS);
    let preview = Arc::new(Preview::new(request.root, request.slugs, first_edition())?);
    let bell = Arc::new(ChangeSignal::default());
    let made = |changed: &[String], make: &dyn Fn() -> Report| {
        let began = Instant::now();
        let report = make();
        bell.ring();
        tell(ServeEvent::Made { changed, report, took: began.elapsed() });
    };
    made(&[], &|| preview.make());
    let answers: Arc<dyn Handler> = Arc::<Preview>::clone(&preview);
    server.start(&answers, &bell);
    tell(ServeEvent::Listening { address: &address });
    if request.open
        && let Err(error) = open(&address)
    {
        tell(ServeEvent::Failed(Diagnostic::warning("serve", format!("no browser could be opened: {error}"))));
    }
    loop {
        let changed = watch.wait();
        made(&changed, &|| preview.follow(&changed));
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
