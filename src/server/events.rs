//! Word of changes: a stream that lasts as long as its page is open, and the bell that wakes all of them.

use std::{
    io::{self, Write},
    net::TcpStream,
    sync::{Condvar, Mutex, PoisonError},
    time::{Duration, Instant},
};

use super::{Handler, reply};

/// Rung whenever something has changed.
#[derive(Debug, Default)]
pub struct ChangeSignal {
    rung: Mutex<u64>,
    heard: Condvar,
}

/// How often a stream looks whether its page is still there.
const LOOK: Duration = Duration::from_millis(250);
/// How often a stream that has nothing to say shows that it is alive.
const BEAT: Duration = Duration::from_secs(10);
/// How long a page may take to read a few bytes.
const PATIENCE: Duration = Duration::from_secs(2);

impl ChangeSignal {
    /// Wakes every stream.
    pub fn ring(&self) {
        *self.rung.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.heard.notify_all();
    }

    fn count(&self) -> u64 {
        *self.rung.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until the bell has been rung more than `count` times, or for a moment.
    fn wait(&self, count: u64) {
        let rung = self.rung.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.heard.wait_timeout_while(rung, LOOK, |rung| *rung == count));
    }
}

/// Tells a page of every edition of its part other than the one it knows, until it goes away.
pub(super) fn tell(mut stream: &TcpStream, query: &str, answers: &dyn Handler, bell: &ChangeSignal) -> io::Result<()> {
    let (part, mut known) = (value(query, "of"), value(query, "edition").parse::<u64>().ok());
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.write_all(reply::events_head().as_bytes())?;
    stream.write_all(b"retry: 500\n\n")?;
    let mut spoke = Instant::now();
    while is_there(stream)? {
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

/// Whether the page has not hung up. What it says meanwhile is not listened to.
fn is_there(stream: &TcpStream) -> io::Result<bool> {
    stream.set_nonblocking(true)?;
    let peeked = stream.peek(&mut [0]);
    stream.set_nonblocking(false)?;
    Ok(match peeked {
        Ok(read) => read > 0,
        Err(error) => error.kind() == io::ErrorKind::WouldBlock,
    })
}
