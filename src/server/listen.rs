//! Listens on the loopback addresses, and starts a thread for each connection.

use std::{
    io,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream},
    sync::Arc,
    thread,
    time::Duration,
};

use super::{
    ChangeSignal, Handler, Status,
    connection::{refuse, serve_connection},
    connection_limit::ConnectionLimit,
};
use crate::diag::Diagnostic;

/// How long to wait after the system failed to accept a connection.
const RETRY_DELAY: Duration = Duration::from_millis(50);

/// A server bound to its port.
#[derive(Debug)]
pub struct Server {
    listeners: Vec<TcpListener>,
    port: u16,
}

impl Server {
    /// Binds the port, or any free port for 0. Errors: it is in use, or not permitted.
    pub fn open(port: u16) -> Result<Self, Diagnostic> {
        let first = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| cannot_listen(port, &error))?;
        let port = first.local_addr().as_ref().map_or(port, SocketAddr::port);
        // Not every machine has IPv6; browsers that try it first fall back to IPv4.
        let second = TcpListener::bind((Ipv6Addr::LOCALHOST, port)).ok();
        Ok(Self { listeners: [Some(first), second].into_iter().flatten().collect(), port })
    }

    /// The URL for a browser.
    pub fn address(&self) -> String {
        format!("http://{}:{}/", Ipv4Addr::LOCALHOST, self.port)
    }

    /// Starts answering requests in background threads.
    pub fn start(self, handler: &Arc<dyn Handler>, change_signal: &Arc<ChangeSignal>) {
        let limit = Arc::new(ConnectionLimit::default());
        for listener in self.listeners {
            let (handler, change_signal, limit) = (Arc::clone(handler), Arc::clone(change_signal), Arc::clone(&limit));
            thread::spawn(move || accept_connections(&listener, self.port, &handler, &change_signal, &limit));
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

fn accept_connections(
    listener: &TcpListener,
    port: u16,
    handler: &Arc<dyn Handler>,
    change_signal: &Arc<ChangeSignal>,
    limit: &Arc<ConnectionLimit>,
) {
    loop {
        let Ok((stream, _)) = listener.accept() else {
            thread::sleep(RETRY_DELAY);
            continue;
        };
        let Some(permit) = limit.acquire_or_close_waiting() else {
            refuse_busy(&stream);
            continue;
        };
        let (handler, change_signal) = (Arc::clone(handler), Arc::clone(change_signal));
        let spawned = thread::Builder::new().spawn(move || {
            // Nagle's algorithm would delay replies.
            drop(stream.set_nodelay(true));
            serve_connection(&stream, port, &*handler, &change_signal, &permit.limit);
        });
        // If no thread can be started, the connection is dropped with its permit.
        drop(spawned);
    }
}

/// Refuses a connection without blocking.
fn refuse_busy(stream: &TcpStream) {
    if stream.set_nonblocking(true).is_ok() {
        refuse(stream, Status::Busy);
    }
}
