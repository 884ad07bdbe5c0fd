//! Limits the number of concurrent connections and event streams.

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

/// How often, and at which interval, to try for the permit of a connection that was closed.
const MAX_ATTEMPTS: usize = 50;
const RETRY_DELAY: Duration = Duration::from_millis(1);

/// The most concurrent connections.
const MAX_CONNECTIONS: usize = 512;

/// The most concurrent event streams; the other connections are reserved for pages.
const MAX_STREAMS: usize = 32;

/// The current numbers of connections and of event streams.
#[derive(Debug, Default)]
pub(super) struct ConnectionLimit {
    connections: AtomicUsize,
    streams: AtomicUsize,
    /// Connections that wait for a request, by age.
    waiting: Mutex<BTreeMap<u64, TcpStream>>,
    next: AtomicU64,
}

/// Registers a connection as waiting for a request until it is dropped.
pub(super) struct Waiting<'a> {
    limit: &'a ConnectionLimit,
    number: u64,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.limit.waiting().remove(&self.number);
    }
}

/// A permit for one connection, released when it is dropped.
pub(super) struct ConnectionPermit {
    pub(super) limit: Arc<ConnectionLimit>,
}

/// A permit for one event stream, released when it is dropped.
pub(super) struct StreamPermit<'a>(&'a AtomicUsize);

impl ConnectionLimit {
    /// A permit for a connection, if one is available.
    pub(super) fn acquire(self: &Arc<Self>) -> Option<ConnectionPermit> {
        try_increment(&self.connections, MAX_CONNECTIONS).then(|| ConnectionPermit { limit: Arc::clone(self) })
    }

    /// A permit for a connection. If none is available, it closes the connection that has waited longest for a request, so that idle
    /// connections cannot block the server.
    pub(super) fn acquire_or_close_waiting(self: &Arc<Self>) -> Option<ConnectionPermit> {
        if let Some(permit) = self.acquire() {
            return Some(permit);
        }
        let (_, oldest) = self.waiting().pop_first()?;
        drop(oldest.shutdown(Shutdown::Both));
        (0..MAX_ATTEMPTS).find_map(|_| {
            thread::sleep(RETRY_DELAY);
            self.acquire()
        })
    }

    /// Registers that a connection waits for a request.
    pub(super) fn wait(&self, stream: &TcpStream) -> Option<Waiting<'_>> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        self.waiting().insert(number, stream.try_clone().ok()?);
        Some(Waiting { limit: self, number })
    }

    fn waiting(&self) -> MutexGuard<'_, BTreeMap<u64, TcpStream>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A permit for an event stream, if one is available.
    pub(super) fn acquire_stream(&self) -> Option<StreamPermit<'_>> {
        try_increment(&self.streams, MAX_STREAMS).then_some(StreamPermit(&self.streams))
    }
}

fn try_increment(count: &AtomicUsize, most: usize) -> bool {
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
