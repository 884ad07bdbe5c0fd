//! One connection: requests read and answered in turn, each within bounded time and space.

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

/// The longest head of a request.
const MAX_HEAD: usize = 8 * 1024;
/// How long a connection may be idle between requests.
const MAX_IDLE: Duration = Duration::from_secs(5);
/// How long a request's head may take from its first byte to its last.
const MAX_HEAD_TIME: Duration = Duration::from_secs(2);
/// How long the other side may take to read a reply.
const MAX_WRITE_TIME: Duration = Duration::from_secs(20);
/// How much is still read of a refused request, so that the refusal arrives.
const MAX_DISCARDED: usize = 64 * 1024;

/// Answers every request of a connection.
pub(super) fn serve_connection(
    stream: &TcpStream,
    port: u16,
    answers: &dyn Handler,
    bell: &ChangeSignal,
    limit: &ConnectionLimit,
) {
    let mut incoming = Incoming { stream, bytes: Vec::new() };
    loop {
        let waiting = limit.wait(stream);
        let head = incoming.head();
        drop(waiting);
        let request = match head.and_then(|head| parse(&head, port).map_err(End::Refused)) {
            Ok(request) => request,
            Err(End::Gone) => return,
            Err(End::Refused(status)) => return refuse(stream, status),
        };
        if request.path == EVENTS && !request.head_only {
            return match limit.take_stream() {
                // An error means that the page was closed.
                Some(_permit) => drop(stream_events(stream, &request.query, answers, bell)),
                None => refuse(stream, Status::Busy),
            };
        }
        let reply = answers.answer(&request.path);
        if send(stream, &reply, &request).is_err() || !request.keep_alive {
            return;
        }
    }
}

/// Why no request follows.
enum End {
    /// The other side closed the connection.
    Gone,
    Refused(Status),
}

/// Bytes that have arrived and were not parsed yet.
struct Incoming<'a> {
    stream: &'a TcpStream,
    bytes: Vec<u8>,
}

impl Incoming<'_> {
    /// The next request's head, its empty line included.
    fn head(&mut self) -> Result<Vec<u8>, End> {
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
                _ => return Err(End::Refused(Status::HeadTooLarge)),
            }
            self.read_more(deadline)?;
            // The deadline counts from the first byte, even that of an empty line.
            if std::mem::take(&mut was_silent) {
                deadline = Instant::now() + MAX_HEAD_TIME;
            }
        }
    }

    fn read_more(&mut self, deadline: Instant) -> Result<(), End> {
        let mut chunk = [0; 2048];
        let left = deadline.saturating_duration_since(Instant::now());
        let late = if self.bytes.is_empty() { End::Gone } else { End::Refused(Status::TimedOut) };
        if left.is_zero() {
            return Err(late);
        }
        self.stream.set_read_timeout(Some(left)).map_err(|_| End::Gone)?;
        match self.stream.read(&mut chunk) {
            Ok(0) => Err(End::Gone),
            Ok(read) if chunk[..read].iter().any(|byte| byte.is_ascii_control() && !b"\r\n\t".contains(byte)) => {
                Err(End::Refused(Status::BadRequest))
            }
            Ok(read) => {
                self.bytes.extend_from_slice(&chunk[..read]);
                Ok(())
            }
            Err(error) => match error.kind() {
                io::ErrorKind::Interrupted => Ok(()),
                io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => Err(late),
                _ => Err(End::Gone),
            },
        }
    }
}

fn send(stream: &TcpStream, reply: &Reply, request: &Request) -> io::Result<()> {
    let deadline = Instant::now() + MAX_WRITE_TIME;
    let body = if request.head_only { &[][..] } else { &reply.body };
    write(stream, &[reply.head(request.keep_alive).as_bytes(), body].concat(), deadline)
}

/// Sends a refusal and waits a moment for the other side to read it: closing at once, with input unread, would discard the
/// refusal.
pub(super) fn refuse(mut stream: &TcpStream, status: Status) {
    let reply = Reply::refusal(status);
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
