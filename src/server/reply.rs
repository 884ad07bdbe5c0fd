//! HTTP replies: status, body and media type, with security headers.

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
    Conflict,
    Misdirected,
    HeadTooLarge,
    Failed,
    Busy,
    UnknownVersion,
}

/// A reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The status.
    pub status: Status,
    /// The media type.
    pub media_type: &'static str,
    /// The content.
    pub body: Vec<u8>,
    /// The target path of a redirect.
    pub location: Option<String>,
    /// Whether pages of the same address may show it in a frame.
    pub may_be_framed: bool,
}

/// Media types by file extension.
const MEDIA_TYPES: [(&str, &str); 15] = [
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

/// Headers of every reply: unpublished results must not be cached, nor be read or embedded by other sites.
const SECURITY_HEADERS: &str = "Cache-Control: no-store\r\n\
    X-Content-Type-Options: nosniff\r\n\
    Cross-Origin-Resource-Policy: same-origin\r\n\
    Cross-Origin-Opener-Policy: same-origin\r\n\
    Referrer-Policy: no-referrer\r\n";

/// The header that keeps a reply out of frames, of all sites or of others.
const NOT_FRAMED: &str = "X-Frame-Options: DENY\r\n";
const FRAMED_BY_ITSELF: &str = "X-Frame-Options: SAMEORIGIN\r\n";

impl Status {
    /// The status code and reason phrase.
    fn status_line(self) -> &'static str {
        match self {
            Self::Ok => "200 OK",
            Self::Moved => "307 Temporary Redirect",
            Self::BadRequest => "400 Bad Request",
            Self::Forbidden => "403 Forbidden",
            Self::NotFound => "404 Not Found",
            Self::MethodNotAllowed => "405 Method Not Allowed",
            Self::TimedOut => "408 Request Timeout",
            Self::Conflict => "409 Conflict",
            Self::Misdirected => "421 Misdirected Request",
            Self::HeadTooLarge => "431 Request Header Fields Too Large",
            Self::Failed => "500 Internal Server Error",
            Self::Busy => "503 Service Unavailable",
            Self::UnknownVersion => "505 HTTP Version Not Supported",
        }
    }
}

impl Reply {
    /// A file, with the media type of its extension.
    pub fn file(path: &str, body: Vec<u8>) -> Self {
        let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
        let media_type = MEDIA_TYPES
            .iter()
            .find(|(known, _)| *known == extension)
            .map_or("application/octet-stream", |(_, media_type)| media_type);
        Self { status: Status::Ok, media_type, body, location: None, may_be_framed: false }
    }

    /// An HTML page with a status.
    pub fn page(status: Status, body: Vec<u8>) -> Self {
        Self { status, ..Self::file("page.html", body) }
    }

    /// A redirect to another path of the site.
    pub fn redirect(location: String) -> Self {
        Self { location: Some(location), ..Self::error(Status::Moved) }
    }

    /// An error reply, with the status as text.
    pub(super) fn error(status: Status) -> Self {
        Self { status, ..Self::file("refusal.txt", format!("{}\n", status.status_line()).into_bytes()) }
    }

    /// The status line and headers.
    pub(super) fn head(&self, keep_alive: bool) -> String {
        let methods = if self.status == Status::MethodNotAllowed { "Allow: GET, HEAD\r\n" } else { "" };
        let location = self.location.iter().map(|to| format!("Location: {to}\r\n")).collect::<String>();
        let length = format!("Content-Length: {}\r\n", self.body.len());
        let frames = if self.may_be_framed { FRAMED_BY_ITSELF } else { NOT_FRAMED };
        head(self.status, self.media_type, &[methods, &location, &length, frames], keep_alive)
    }
}

/// The status line and headers of an event stream, which ends with its connection.
pub(super) fn events_head() -> String {
    head(Status::Ok, "text/event-stream", &[NOT_FRAMED], false)
}

fn head(status: Status, media_type: &str, more: &[&str], keep_alive: bool) -> String {
    let connection = if keep_alive { "keep-alive" } else { "close" };
    let line = status.status_line();
    format!(
        "HTTP/1.1 {line}\r\nContent-Type: {media_type}\r\n{}{SECURITY_HEADERS}Connection: {connection}\r\n\r\n",
        more.concat()
    )
}
