//! Listens on the loopback addresses only, for a bounded number of connections.

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
const PAUSE: Duration = Duration::from_millis(50);

/// A server bound to its port.
#[derive(Debug)]
pub struct Server {
    listeners: Vec<TcpListener>,
    port: u16,
}

impl Server {
    /// Binds the port, or any free one for 0. Errors: it is in use, or not permitted.
    pub fn open(port: u16) -> Result<Self, Diagnostic> {
        let first = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| cannot_listen(port, &error))?;
        let port = first.local_addr().as_ref().map_or(port, SocketAddr::port);
        // Not every machine has IPv6; browsers that try it first fall back to IPv4.
        let second = TcpListener::bind((Ipv6Addr::LOCALHOST, port)).ok();
        Ok(Self { listeners: [Some(first), second].into_iter().flatten().collect(), port })
    }

    /// The address for a browser.
    pub fn address(&self) -> String {
        format!("http://{}:{}/", Ipv4Addr::LOCALHOST, self.port)
    }

    /// Starts to answer, in threads of its own.
    pub fn start(self, answers: &Arc<dyn Handler>, bell: &Arc<ChangeSignal>) {
        let limit = Arc::new(ConnectionLimit::default());
        for listener in self.listeners {
            let (answers, bell, limit) = (Arc::clone(answers), Arc::clone(bell), Arc::clone(&limit));
            thread::spawn(move || accept(&listener, self.port, &answers, &bell, &limit));
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

fn accept(
    listener: &TcpListener,
    port: u16,
    answers: &Arc<dyn Handler>,
    bell: &Arc<ChangeSignal>,
    limit: &Arc<ConnectionLimit>,
) {
    loop {
        let Ok((stream, _)) = listener.accept() else {
            thread::sleep(PAUSE);
            continue;
        };
        let Some(permit) = limit.take_or_close_waiting() else {
            refuse_busy(&stream);
            continue;
        };
        let (answers, bell) = (Arc::clone(answers), Arc::clone(bell));
        let spawned = thread::Builder::new().spawn(move || {
            // Collecting small packets would only delay replies.
            drop(stream.set_nodelay(true));
            serve_connection(&stream, port, &*answers, &bell, &permit.limit);
        });
        // Without a thread the connection is dropped with its permit; the client may try again.
        drop(spawned);
    }
}

/// Refuses a connection without waiting for it.
fn refuse_busy(stream: &TcpStream) {
    if stream.set_nonblocking(true).is_ok() {
        refuse(stream, Status::Busy);
    }
}
