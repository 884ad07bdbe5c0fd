//! Replies: a status, and a file with its media type; always with headers that keep it to this browser.

/// The statuses that the server uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Ok,
    Moved,
    BadRequest,
    Forbidden,
    NotFound,
    MethodNotAllowed,
    TimedOut,
    Misdirected,
    HeadTooLarge,
    Failed,
    Busy,
    UnknownVersion,
}

/// A reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub status: Status,
    /// The media type.
    pub kind: &'static str,
    pub body: Vec<u8>,
    /// Where it is found instead.
    pub location: Option<String>,
}

/// Media types by file extension.
const KINDS: [(&str, &str); 15] = [
    ("html", "text/html; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("md", "text/markdown; charset=utf-8"),
    ("txt", "text/plain; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("xml", "application/xml"),
    ("pdf", "application/pdf"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("ico", "image/x-icon"),
    ("woff2", "font/woff2"),
    ("ttf", "font/ttf"),
];

/// Sent with every reply: unpublished results must not be cached, nor read, framed or embedded by another page.
const GUARDS: &str = "Cache-Control: no-store\r\n\
    X-Content-Type-Options: nosniff\r\n\
    X-Frame-Options: DENY\r\n\
    Cross-Origin-Resource-Policy: same-origin\r\n\
    Cross-Origin-Opener-Policy: same-origin\r\n\
    Referrer-Policy: no-referrer\r\n";

impl Status {
    /// Its number and phrase.
    fn line(self) -> &'static str {
        match self {
            Self::Ok => "200 OK",
            Self::Moved => "307 Temporary Redirect",
            Self::BadRequest => "400 Bad Request",
            Self::Forbidden => "403 Forbidden",
            Self::NotFound => "404 Not Found",
            Self::MethodNotAllowed => "405 Method Not Allowed",
            Self::TimedOut => "408 Request Timeout",
            Self::Misdirected => "421 Misdirected Request",
            Self::HeadTooLarge => "431 Request Header Fields Too Large",
            Self::Failed => "500 Internal Server Error",
            Self::Busy => "503 Service Unavailable",
            Self::UnknownVersion => "505 HTTP Version Not Supported",
        }
    }
}

impl Reply {
    /// A file; its media type follows from its name.
    pub fn file(path: &str, body: Vec<u8>) -> Self {
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        let kind =
            KINDS.iter().find(|(known, _)| *known == ending).map_or("application/octet-stream", |(_, kind)| kind);
        Self { status: Status::Ok, kind, body, location: None }
    }

    /// A page with another status.
    pub fn page(status: Status, body: Vec<u8>) -> Self {
        Self { status, ..Self::file("page.html", body) }
    }

    /// A redirect to another path, which must be one of the site's own.
    pub fn moved(location: String) -> Self {
        Self { location: Some(location), ..Self::refusal(Status::Moved) }
    }

    /// A refusal: the status in words.
    pub(super) fn refusal(status: Status) -> Self {
        Self { status, ..Self::file("refusal.txt", format!("{}\n", status.line()).into_bytes()) }
    }

    /// The head of the reply as it is sent.
    pub(super) fn head(&self, keep_alive: bool) -> String {
        let methods = if self.status == Status::MethodNotAllowed { "Allow: GET, HEAD\r\n" } else { "" };
        let location = self.location.iter().map(|to| format!("Location: {to}\r\n")).collect::<String>();
        let length = format!("Content-Length: {}\r\n", self.body.len());
        head(self.status, self.kind, &[methods, &location, &length], keep_alive)
    }
}

/// The head of a stream of events, which ends with its connection.
pub(super) fn events_head() -> String {
    head(Status::Ok, "text/event-stream", &[], false)
}

fn head(status: Status, kind: &str, more: &[&str], keep_alive: bool) -> String {
    let connection = if keep_alive { "keep-alive" } else { "close" };
    let line = status.line();
    format!("HTTP/1.1 {line}\r\nContent-Type: {kind}\r\n{}{GUARDS}Connection: {connection}\r\n\r\n", more.concat())
}
