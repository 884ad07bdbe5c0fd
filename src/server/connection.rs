//! Serves one connection: reads and answers requests in order, each within limits of time and size.

use std::{
    io::{self, Read, Write},
    net::{Shutdown, TcpStream},
    time::{Duration, Instant},
};

use super::{
    ChangeSignal, EVENTS, Handler, Reply, Status,
    connection_limit::ConnectionLimit,
    events::stream_events,
    request::{Request, parse},
};

/// The longest head of a request, in bytes.
const MAX_HEAD: usize = 8 * 1024;
/// How long a connection may be idle between requests.
const MAX_IDLE: Duration = Duration::from_secs(5);
/// How long a request's head may take from its first byte to its last.
const MAX_HEAD_TIME: Duration = Duration::from_secs(2);
/// How long the other side may take to read a reply.
const MAX_WRITE_TIME: Duration = Duration::from_secs(20);
/// How many bytes are read after an error reply, so that the reply arrives.
const MAX_DISCARDED: usize = 64 * 1024;

/// Answers all requests of a connection until it ends.
pub(super) fn serve_connection(
    stream: &TcpStream,
    port: u16,
    handler: &dyn Handler,
    change_signal: &ChangeSignal,
    limit: &ConnectionLimit,
) {
    let mut incoming = Incoming { stream, bytes: Vec::new() };
    loop {
        let waiting = limit.wait(stream);
        let head = incoming.read_head();
        drop(waiting);
        let request = match head.and_then(|head| parse(&head, port).map_err(RequestError::Refused)) {
            Ok(request) => request,
            Err(RequestError::Closed) => return,
            Err(RequestError::Refused(status)) => return refuse(stream, status),
        };
        if request.path == EVENTS && !request.head_only {
            return match limit.acquire_stream() {
                // An error means that the page was closed.
                Some(_permit) => drop(stream_events(stream, &request.query, handler, change_signal)),
                None => refuse(stream, Status::Busy),
            };
        }
        let reply = handler.answer(&request.path);
        if send(stream, &reply, &request).is_err() || !request.keep_alive {
            return;
        }
    }
}

/// Why no request could be read.
enum RequestError {
    /// The other side closed the connection.
    Closed,
    Refused(Status),
}

/// Bytes that have arrived and were not parsed yet.
struct Incoming<'a> {
    stream: &'a TcpStream,
    bytes: Vec<u8>,
}

impl Incoming<'_> {
    /// Reads the head of the next request, its empty line included.
    fn read_head(&mut self) -> Result<Vec<u8>, RequestError> {
        let mut was_silent = self.bytes.is_empty();
        let mut deadline = Instant::now() + if was_silent { MAX_IDLE } else { MAX_HEAD_TIME };
        loop {
            while self.bytes.starts_with(b"\r\n") {
                self.bytes.drain(..2);
            }
            let end = self.bytes.windows(4).position(|window| window == b"\r\n\r\n").map(|at| at + 4);
            match end {
                Some(end) if end <= MAX_HEAD => return Ok(self.bytes.drain(..end).collect()),
                None if self.bytes.len() <= MAX_HEAD => {}
                _ => return Err(RequestError::Refused(Status::HeadTooLarge)),
            }
            self.read_more(deadline)?;
            // The deadline counts from the first byte, even that of an empty line.
            if std::mem::take(&mut was_silent) {
                deadline = Instant::now() + MAX_HEAD_TIME;
            }
        }
    }

    fn read_more(&mut self, deadline: Instant) -> Result<(), RequestError> {
        let mut chunk = [0; 2048];
        let left = deadline.saturating_duration_since(Instant::now());
        let timeout =
            if self.bytes.is_empty() { RequestError::Closed } else { RequestError::Refused(Status::TimedOut) };
        if left.is_zero() {
            return Err(timeout);
        }
        self.stream.set_read_timeout(Some(left)).map_err(|_| RequestError::Closed)?;
        match self.stream.read(&mut chunk) {
            Ok(0) => Err(RequestError::Closed),
            Ok(read) if chunk[..read].iter().any(|byte| byte.is_ascii_control() && !b"\r\n\t".contains(byte)) => {
                Err(RequestError::Refused(Status::BadRequest))
            }
            Ok(read) => {
                self.bytes.extend_from_slice(&chunk[..read]);
                Ok(())
            }
            Err(error) => match error.kind() {
                io::ErrorKind::Interrupted => Ok(()),
                io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => Err(timeout),
                _ => Err(RequestError::Closed),
            },
        }
    }
}

fn send(stream: &TcpStream, reply: &Reply, request: &Request) -> io::Result<()> {
    let deadline = Instant::now() + MAX_WRITE_TIME;
    let body = if request.head_only { &[][..] } else { &reply.body };
    write(stream, &[reply.head(request.keep_alive).as_bytes(), body].concat(), deadline)
}

/// Sends an error reply and waits briefly for the client to read it: closing at once, with unread input, would discard the reply.
pub(super) fn refuse(mut stream: &TcpStream, status: Status) {
    let reply = Reply::error(status);
    let deadline = Instant::now() + MAX_HEAD_TIME / 4;
    let bytes = [reply.head(false).into_bytes(), reply.body].concat();
    if write(stream, &bytes, deadline).is_err() || stream.shutdown(Shutdown::Write).is_err() {
        return;
    }
    let (mut chunk, mut read) = ([0; 2048], 0);
    while read < MAX_DISCARDED {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() || stream.set_read_timeout(Some(left)).is_err() {
            return;
        }
        match stream.read(&mut chunk) {
            Ok(0) | Err(_) => return,
            Ok(more) => read += more,
        }
    }
}

fn write(mut stream: &TcpStream, mut bytes: &[u8], deadline: Instant) -> io::Result<()> {
    while !bytes.is_empty() {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        stream.set_write_timeout(Some(left))?;
        match stream.write(bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => bytes = &bytes[written..],
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
