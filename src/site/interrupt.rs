//! An interruption by the user or the system: a build that is writing removes what it has begun before the program ends.

use std::{
    io,
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread::park,
};
#[cfg(unix)]
use std::{process::exit, thread::sleep, time::Duration};

/// Added to a signal's number: the exit code of a program that it ended, as shells give it.
#[cfg(unix)]
const BY_SIGNAL: i32 = 128;
/// How long to wait for a build to remove what it has begun, in steps of a few milliseconds.
#[cfg(unix)]
const MAX_WAIT: Duration = Duration::from_secs(5);
#[cfg(unix)]
const STEP: Duration = Duration::from_millis(2);

static REQUESTED: AtomicBool = AtomicBool::new(false);
static WRITING: AtomicUsize = AtomicUsize::new(0);

/// From now on SIGINT, SIGTERM and SIGHUP end the program with the exit code that shells give (130, 143 and 129), after
/// half-written folders are removed. Signals that are ignored stay so: a program that was started with `nohup` goes on when its
/// terminal is closed. On Windows nothing changes.
#[cfg(unix)]
pub fn clean_up_when_interrupted() {
    use signal_hook::{
        consts::{SIGHUP, SIGINT, SIGTERM},
        iterator::Signals,
    };
    let ignored = ignored_signals();
    let wanted = [SIGINT, SIGTERM, SIGHUP].into_iter().filter(|signal| ignored & (1 << (signal - 1)) == 0);
    // Without a handler a signal ends the program as ever, and the next build cleans up.
    if let Ok(mut signals) = Signals::new(wanted) {
        std::thread::spawn(move || {
            if let Some(signal) = signals.forever().next() {
                end(signal);
            }
        });
    }
}

#[cfg(not(unix))]
pub fn clean_up_when_interrupted() {}

#[cfg(unix)]
fn end(signal: i32) -> ! {
    REQUESTED.store(true, Ordering::SeqCst);
    let mut waited = Duration::ZERO;
    while WRITING.load(Ordering::SeqCst) > 0 && waited < MAX_WAIT {
        sleep(STEP);
        waited += STEP;
    }
    exit(BY_SIGNAL + signal)
}

/// The signals that the program ignores, as a mask, where the system tells it: on Linux.
#[cfg(unix)]
fn ignored_signals() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}

/// Held while something is written that must be removed if it stays unfinished. Once the program is to end, the thread that held
/// it stops: what would follow, such as a report that writing failed, concerns nobody.
pub(super) struct Writing(());

impl Writing {
    pub(super) fn begin() -> Self {
        WRITING.fetch_add(1, Ordering::SeqCst);
        Self(())
    }

    /// To be asked before each step. Errors: the program is to end.
    pub(super) fn go_on(&self) -> io::Result<()> {
        if REQUESTED.load(Ordering::SeqCst) { Err(io::ErrorKind::Interrupted.into()) } else { Ok(()) }
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        WRITING.fetch_sub(1, Ordering::SeqCst);
        while REQUESTED.load(Ordering::SeqCst) {
            park();
        }
    }
}
