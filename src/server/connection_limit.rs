//! The limit on connections: a bounded number at a time, of which some are kept free for pages.

use std::{
    collections::BTreeMap,
    net::{Shutdown, TcpStream},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

/// How often, and after what time each, a permit is asked for that a closed connection gives back.
const MAX_TRIES: usize = 50;
const STEP: Duration = Duration::from_millis(1);

/// The most connections at a time: more than programs of one machine open by mistake.
const MAX_CONNECTIONS: usize = 512;

/// The most of them that may be streams of changes; the others stay free for pages.
const MAX_STREAMS: usize = 32;

/// How many connections there are, and how many of them are streams.
#[derive(Debug, Default)]
pub(super) struct ConnectionLimit {
    connections: AtomicUsize,
    streams: AtomicUsize,
    /// Connections that wait for a request, by age.
    waiting: Mutex<BTreeMap<u64, TcpStream>>,
    next: AtomicU64,
}

/// A connection that waits for a request, as long as this value lives.
pub(super) struct Waiting<'a> {
    limit: &'a ConnectionLimit,
    number: u64,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.limit.waiting().remove(&self.number);
    }
}

/// A permit for one connection, given back when it is dropped.
pub(super) struct ConnectionPermit {
    pub(super) limit: Arc<ConnectionLimit>,
}

/// A permit for one stream, given back when it is dropped.
pub(super) struct StreamPermit<'a>(&'a AtomicUsize);

impl ConnectionLimit {
    /// A permit for a connection, while there are any.
    pub(super) fn take(self: &Arc<Self>) -> Option<ConnectionPermit> {
        take(&self.connections, MAX_CONNECTIONS).then(|| ConnectionPermit { limit: Arc::clone(self) })
    }

    /// A permit for a connection; if there are none, that of the connection that has waited longest for a request, which is
    /// closed: connections that are opened and kept silent do not keep a page from its reader.
    pub(super) fn take_or_close_waiting(self: &Arc<Self>) -> Option<ConnectionPermit> {
        if let Some(permit) = self.take() {
            return Some(permit);
        }
        let (_, oldest) = self.waiting().pop_first()?;
        drop(oldest.shutdown(Shutdown::Both));
        (0..MAX_TRIES).find_map(|_| {
            thread::sleep(STEP);
            self.take()
        })
    }

    /// Notes that a connection waits for a request.
    pub(super) fn wait(&self, stream: &TcpStream) -> Option<Waiting<'_>> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        self.waiting().insert(number, stream.try_clone().ok()?);
        Some(Waiting { limit: self, number })
    }

    fn waiting(&self) -> MutexGuard<'_, BTreeMap<u64, TcpStream>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A permit for a stream, while there are any.
    pub(super) fn take_stream(&self) -> Option<StreamPermit<'_>> {
        take(&self.streams, MAX_STREAMS).then_some(StreamPermit(&self.streams))
    }
}

fn take(count: &AtomicUsize, most: usize) -> bool {
    count.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |taken| (taken < most).then_some(taken + 1)).is_ok()
}

impl Drop for ConnectionPermit {
    fn drop(&mut self) {
        self.limit.connections.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Drop for StreamPermit<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
