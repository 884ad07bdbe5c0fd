//! Handles signals: a build that is writing removes its unfinished folder before the program exits.

use std::{
    io,
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread::park,
};
#[cfg(unix)]
use std::{process::exit, thread::sleep, time::Duration};

/// Added to the number of a signal, the exit code of a program that the signal ended, as in shells.
#[cfg(unix)]
const SIGNAL_EXIT_CODE: i32 = 128;
/// How long to wait for a build to clean up.
#[cfg(unix)]
const MAX_WAIT: Duration = Duration::from_secs(5);
#[cfg(unix)]
const POLL_INTERVAL: Duration = Duration::from_millis(2);

static REQUESTED: AtomicBool = AtomicBool::new(false);
static WRITING: AtomicUsize = AtomicUsize::new(0);

/// Installs handlers for SIGINT, SIGTERM and SIGHUP, which remove unfinished folders and exit with 130, 143 and 129. Ignored
/// signals are still ignored, so that `nohup` works. Does nothing on Windows.
#[cfg(unix)]
pub fn clean_up_when_interrupted() {
    use signal_hook::{
        consts::{SIGHUP, SIGINT, SIGTERM},
        iterator::Signals,
    };
    let ignored = ignored_signals();
    let wanted = [SIGINT, SIGTERM, SIGHUP].into_iter().filter(|signal| ignored & (1 << (signal - 1)) == 0);
    // Without a handler a signal ends the program at once, and the next build cleans up.
    if let Ok(mut signals) = Signals::new(wanted) {
        std::thread::spawn(move || {
            if let Some(signal) = signals.forever().next() {
                exit_by_signal(signal);
            }
        });
    }
}

#[cfg(not(unix))]
pub fn clean_up_when_interrupted() {}

#[cfg(unix)]
fn exit_by_signal(signal: i32) -> ! {
    REQUESTED.store(true, Ordering::SeqCst);
    let mut waited = Duration::ZERO;
    while WRITING.load(Ordering::SeqCst) > 0 && waited < MAX_WAIT {
        sleep(POLL_INTERVAL);
        waited += POLL_INTERVAL;
    }
    exit(SIGNAL_EXIT_CODE + signal)
}

/// The signals that the program ignores, as a bit mask; 0 on systems other than Linux.
#[cfg(unix)]
fn ignored_signals() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}

/// A guard that is held while an unfinished folder exists. After a signal, dropping it blocks the thread until the program exits,
/// so that no error is reported for the interrupted write.
#[derive(Debug)]
pub(crate) struct WriteGuard(());

impl WriteGuard {
    pub(crate) fn begin() -> Self {
        WRITING.fetch_add(1, Ordering::SeqCst);
        Self(())
    }

    /// Checks for a signal; call it before each step. Errors: the program must exit.
    pub(super) fn check(&self) -> io::Result<()> {
        if REQUESTED.load(Ordering::SeqCst) { Err(io::ErrorKind::Interrupted.into()) } else { Ok(()) }
    }
}

impl Drop for WriteGuard {
    fn drop(&mut self) {
        WRITING.fetch_sub(1, Ordering::SeqCst);
        while REQUESTED.load(Ordering::SeqCst) {
            park();
        }
    }
}
