//! An interruption by the user or the system: a build that is writing removes what it has begun before the program ends.

use std::{
    io,
    process::exit,
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread::sleep,
    time::Duration,
};

/// The exit code of a program that was interrupted, as shells give it.
const INTERRUPTED: i32 = 130;
/// How long to wait for a build to remove what it has begun, in steps of a few milliseconds.
const MAX_WAIT: Duration = Duration::from_secs(5);
const STEP: Duration = Duration::from_millis(2);

static REQUESTED: AtomicBool = AtomicBool::new(false);
static WRITING: AtomicUsize = AtomicUsize::new(0);

/// From now on SIGINT, SIGTERM and SIGHUP (on Windows Ctrl-C and the closing of the console) end the program with exit code
/// 130, after half-written folders are removed. Where there is already a handler, or none can be set, nothing changes.
pub fn clean_up_when_interrupted() {
    let end = || {
        REQUESTED.store(true, Ordering::SeqCst);
        let mut waited = Duration::ZERO;
        while WRITING.load(Ordering::SeqCst) > 0 && waited < MAX_WAIT {
            sleep(STEP);
            waited += STEP;
        }
        exit(INTERRUPTED);
    };
    drop(ctrlc::try_set_handler(end));
}

/// Held while something is written that must be removed if it stays unfinished.
pub(super) struct Writing(());

impl Writing {
    pub(super) fn begin() -> Self {
        WRITING.fetch_add(1, Ordering::SeqCst);
        Self(())
    }

    /// Errors: the program is to end.
    pub(super) fn go_on(&self) -> io::Result<()> {
        if REQUESTED.load(Ordering::SeqCst) { Err(io::ErrorKind::Interrupted.into()) } else { Ok(()) }
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        WRITING.fetch_sub(1, Ordering::SeqCst);
    }
}
