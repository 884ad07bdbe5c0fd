//! The limit on connections: a bounded number at a time, of which some are kept free for pages.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

/// The most connections at a time.
const MOST: usize = 64;

/// The most of them that may be streams of changes; the others stay free for pages.
const MOST_STREAMS: usize = 32;

/// How many connections there are, and how many of them are streams.
#[derive(Debug, Default)]
pub(super) struct ConnectionLimit {
    connections: AtomicUsize,
    streams: AtomicUsize,
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
        take(&self.connections, MOST).then(|| ConnectionPermit { limit: Arc::clone(self) })
    }

    /// A permit for a stream, while there are any.
    pub(super) fn take_stream(&self) -> Option<StreamPermit<'_>> {
        take(&self.streams, MOST_STREAMS).then_some(StreamPermit(&self.streams))
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
