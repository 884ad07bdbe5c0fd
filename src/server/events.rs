//! Change events: a stream for each open page, and the signal that wakes all streams.

use std::{
    io::{self, Write},
    net::TcpStream,
    sync::{Condvar, Mutex, PoisonError},
    time::{Duration, Instant},
};

use super::{Handler, reply};

/// The signal that something has changed.
#[derive(Debug, Default)]
pub struct ChangeSignal {
    rung: Mutex<u64>,
    heard: Condvar,
}

/// How often a stream checks that its page is still open.
const LOOK: Duration = Duration::from_millis(250);
/// How often an idle stream sends a sign of life.
const BEAT: Duration = Duration::from_secs(10);
/// How long a page may take to read a few bytes.
const PATIENCE: Duration = Duration::from_secs(2);

impl ChangeSignal {
    /// Wakes every stream.
    pub fn notify(&self) {
        *self.rung.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.heard.notify_all();
    }

    fn count(&self) -> u64 {
        *self.rung.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until there were more than `count` notifications, or until a short time has passed.
    fn wait(&self, count: u64) {
        let rung = self.rung.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.heard.wait_timeout_while(rung, LOOK, |rung| *rung == count));
    }
}

/// Sends a page every new edition of its part until the page is closed.
pub(super) fn stream_events(
    mut stream: &TcpStream,
    query: &str,
    answers: &dyn Handler,
    bell: &ChangeSignal,
) -> io::Result<()> {
    let (part, mut known) = (value(query, "of"), value(query, "edition").parse::<u64>().ok());
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.write_all(reply::events_head().as_bytes())?;
    stream.write_all(b"retry: 500\n\n")?;
    let mut spoke = Instant::now();
    while is_connected(stream)? {
        let rung = bell.count();
        let edition = answers.edition(part);
        if known != Some(edition) {
            stream.write_all(format!("event: change\ndata: {edition}\n\n").as_bytes())?;
            (known, spoke) = (Some(edition), Instant::now());
        } else if spoke.elapsed() > BEAT {
            stream.write_all(b": still here\n\n")?;
            spoke = Instant::now();
        }
        bell.wait(rung);
    }
    Ok(())
}

/// The value of a name in a query; names of parts need no decoding.
fn value<'a>(query: &'a str, name: &str) -> &'a str {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.filter(|(known, _)| *known == name).map(|(_, value)| value).next().unwrap_or_default()
}

/// Whether the page is still connected. What it sends is ignored.
fn is_connected(stream: &TcpStream) -> io::Result<bool> {
    stream.set_nonblocking(true)?;
    let peeked = stream.peek(&mut [0]);
    stream.set_nonblocking(false)?;
    Ok(match peeked {
        Ok(read) => read > 0,
        Err(error) => error.kind() == io::ErrorKind::WouldBlock,
    })
}
