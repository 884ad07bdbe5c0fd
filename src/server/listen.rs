//! Listening: on the loopback addresses and no other, to a bounded number of connections.

use std::{
    io,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream},
    sync::Arc,
    thread,
    time::Duration,
};

use super::{
    ChangeSignal, Handler, Status,
    connection::{converse, refuse},
    connection_limit::ConnectionLimit,
};
use crate::diag::Diagnostic;

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
        let Some(permit) = limit.take() else {
            turn_away(&stream);
            continue;
        };
        let (answers, bell) = (Arc::clone(answers), Arc::clone(bell));
        let spawned = thread::Builder::new().spawn(move || {
            // Waiting for more to send would only delay what is sent.
            drop(stream.set_nodelay(true));
            converse(&stream, port, &*answers, &bell, &permit.limit);
        });
        // Without a thread the connection is dropped with its permit: it may try again.
        drop(spawned);
    }
}

/// Refuses a connection without waiting for it.
fn turn_away(stream: &TcpStream) {
    if stream.set_nonblocking(true).is_ok() {
        refuse(stream, Status::Busy);
    }
}
