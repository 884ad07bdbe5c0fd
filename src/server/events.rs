//! Server-sent events: a stream of changes for each open page, and the signal that wakes all streams.

use std::{
    io::{self, Write},
    net::TcpStream,
    sync::{Condvar, Mutex, PoisonError},
    time::{Duration, Instant},
};

use super::{Handler, reply};

/// A signal that something has changed.
#[derive(Debug, Default)]
pub struct ChangeSignal {
    count: Mutex<u64>,
    changed: Condvar,
}

/// How often a stream checks whether its page is still open.
const POLL_INTERVAL: Duration = Duration::from_millis(250);
/// How often an idle stream sends a keep-alive comment.
const KEEP_ALIVE_INTERVAL: Duration = Duration::from_secs(10);
/// How long a write to a stream may take.
const MAX_WRITE_TIME: Duration = Duration::from_secs(2);

impl ChangeSignal {
    /// Wakes every stream.
    pub fn notify(&self) {
        *self.count.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.changed.notify_all();
    }

    fn count(&self) -> u64 {
        *self.count.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until the number of notifications differs from `count`, or until `POLL_INTERVAL` has passed.
    fn wait(&self, count: u64) {
        let current = self.count.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.changed.wait_timeout_while(current, POLL_INTERVAL, |current| *current == count));
    }
}

/// Sends a page the edition of its part whenever it changes, until the page is closed.
pub(super) fn stream_events(
    mut stream: &TcpStream,
    query: &str,
    handler: &dyn Handler,
    change_signal: &ChangeSignal,
) -> io::Result<()> {
    let (part, mut known) = (query_value(query, "of"), query_value(query, "edition").parse::<u64>().ok());
    stream.set_write_timeout(Some(MAX_WRITE_TIME))?;
    stream.write_all(reply::events_head().as_bytes())?;
    stream.write_all(b"retry: 500\n\n")?;
    let mut last_sent = Instant::now();
    while is_connected(stream)? {
        let count = change_signal.count();
        let edition = handler.edition(part);
        if known != Some(edition) {
            stream.write_all(format!("event: change\ndata: {edition}\n\n").as_bytes())?;
            (known, last_sent) = (Some(edition), Instant::now());
        } else if last_sent.elapsed() > KEEP_ALIVE_INTERVAL {
            stream.write_all(b": still here\n\n")?;
            last_sent = Instant::now();
        }
        change_signal.wait(count);
    }
    Ok(())
}

/// The value of a name in a query string, without decoding, which names of parts do not need.
fn query_value<'a>(query: &'a str, name: &str) -> &'a str {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.filter(|(known, _)| *known == name).map(|(_, value)| value).next().unwrap_or_default()
}

/// Whether the client is still connected. Input is ignored.
fn is_connected(stream: &TcpStream) -> io::Result<bool> {
    stream.set_nonblocking(true)?;
    let peeked = stream.peek(&mut [0]);
    stream.set_nonblocking(false)?;
    Ok(match peeked {
        Ok(read) => read > 0,
        Err(error) => error.kind() == io::ErrorKind::WouldBlock,
    })
}
