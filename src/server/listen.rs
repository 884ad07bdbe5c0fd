//! Listening: on the loopback addresses and no other, to a bounded number of connections.

use std::{
    io,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use super::{
    ChangeSignal, Handler, Status,
    connection::{converse, refuse},
};
use crate::diag::Diagnostic;

/// The most connections at a time.
const MOST: usize = 64;
/// The most of them that wait for word of changes; the others stay free for pages.
const MOST_STREAMS: usize = 32;
/// How long to wait when the system gives no connection.
const PAUSE: Duration = Duration::from_millis(50);

/// A server that has its port.
#[derive(Debug)]
pub struct Server {
    listeners: Vec<TcpListener>,
    port: u16,
}

impl Server {
    /// Takes the port, or any free one for 0. Errors: it is taken, or may not be used.
    pub fn open(port: u16) -> Result<Self, Diagnostic> {
        let first = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| cannot_listen(port, &error))?;
        let port = first.local_addr().as_ref().map_or(port, SocketAddr::port);
        // Not every machine has the newer protocol; browsers that try it first come back to the older one.
        let second = TcpListener::bind((Ipv6Addr::LOCALHOST, port)).ok();
        Ok(Self { listeners: [Some(first), second].into_iter().flatten().collect(), port })
    }

    /// The address to give to a browser.
    pub fn address(&self) -> String {
        format!("http://{}:{}/", Ipv4Addr::LOCALHOST, self.port)
    }

    /// Answers from now on, in threads of its own.
    pub fn start(self, answers: &Arc<dyn Handler>, bell: &Arc<ChangeSignal>) {
        let seats = Arc::new(Seats::default());
        for listener in self.listeners {
            let (answers, bell, seats) = (Arc::clone(answers), Arc::clone(bell), Arc::clone(&seats));
            thread::spawn(move || accept(&listener, self.port, &answers, &bell, &seats));
        }
    }
}

fn cannot_listen(port: u16, error: &io::Error) -> Diagnostic {
    let why = match error.kind() {
        io::ErrorKind::AddrInUse => "another program has it",
        io::ErrorKind::PermissionDenied => "the system does not allow it",
        _ => "the system refuses it",
    };
    Diagnostic::io("serve", format!("cannot listen on port {port}: {why}"))
        .help("choose another with `--port N`; `--port 0` takes one that is free")
}

fn accept(listener: &TcpListener, port: u16, answers: &Arc<dyn Handler>, bell: &Arc<ChangeSignal>, seats: &Arc<Seats>) {
    loop {
        let Ok((stream, _)) = listener.accept() else {
            thread::sleep(PAUSE);
            continue;
        };
        let Some(seat) = seats.take() else {
            turn_away(&stream);
            continue;
        };
        let (answers, bell) = (Arc::clone(answers), Arc::clone(bell));
        let spawned = thread::Builder::new().spawn(move || {
            // Waiting for more to send would only delay what is sent.
            drop(stream.set_nodelay(true));
            converse(&stream, port, &*answers, &bell, &seat.seats);
        });
        // Without a thread the connection is dropped with its seat: it may try again.
        drop(spawned);
    }
}

/// Refuses a connection without waiting for it.
fn turn_away(stream: &TcpStream) {
    if stream.set_nonblocking(true).is_ok() {
        refuse(stream, Status::Busy);
    }
}

/// How many connections there are, and how many of them are streams.
#[derive(Debug, Default)]
pub(super) struct Seats {
    connections: AtomicUsize,
    streams: AtomicUsize,
}

/// A seat among the connections, free again when it is dropped.
struct Seat {
    seats: Arc<Seats>,
}

/// A seat among the streams, free again when it is dropped.
pub(super) struct StreamSeat<'a>(&'a AtomicUsize);

impl Seats {
    fn take(self: &Arc<Self>) -> Option<Seat> {
        take(&self.connections, MOST).then(|| Seat { seats: Arc::clone(self) })
    }

    /// A seat for a stream, while there are any.
    pub(super) fn take_stream(&self) -> Option<StreamSeat<'_>> {
        take(&self.streams, MOST_STREAMS).then_some(StreamSeat(&self.streams))
    }
}

fn take(count: &AtomicUsize, most: usize) -> bool {
    count.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |taken| (taken < most).then_some(taken + 1)).is_ok()
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.seats.connections.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Drop for StreamSeat<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
