//! Parses the head of a request strictly, and refuses anything unusual.

use super::Status;

/// A valid request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Request {
    /// Decoded, beginning with `/`, without `.` or `..`.
    pub path: String,
    /// The query string without `?`, not decoded.
    pub query: String,
    /// Whether only the head of the reply is requested.
    pub head_only: bool,
    /// Whether the connection can be used for another request.
    pub keep_alive: bool,
}

/// The host names of the loopback addresses.
const LOOPBACK: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];
/// The most header fields.
const MAX_FIELDS: usize = 100;

/// Parses the head of a request to `port`, its empty line included. Errors: the status of the refusal.
pub(super) fn parse(head: &[u8], port: u16) -> Result<Request, Status> {
    let text = std::str::from_utf8(head).map_err(|_| Status::BadRequest)?;
    let text = text.strip_suffix("\r\n\r\n").ok_or(Status::BadRequest)?;
    let mut lines = text.split("\r\n");
    let [method, target, version] = parse_request_line(lines.next().unwrap_or_default())?;
    let fields = Fields::read(lines)?;
    let is_current = match version {
        "HTTP/1.1" => true,
        "HTTP/1.0" => false,
        _ if version.starts_with("HTTP/") => return Err(Status::UnknownVersion),
        _ => return Err(Status::BadRequest),
    };
    let (authority, target) = match target.strip_prefix("http://") {
        Some(rest) => rest.split_at(rest.find('/').ok_or(Status::BadRequest)?),
        None => (fields.host()?, target),
    };
    if !is_loopback(authority, port) || !is_loopback(fields.host()?, port) {
        return Err(Status::Misdirected);
    }
    if fields.is_cross_site() {
        return Err(Status::Forbidden);
    }
    if !["GET", "HEAD"].contains(&method) {
        return Err(Status::MethodNotAllowed);
    }
    if fields.has_body() {
        return Err(Status::BadRequest);
    }
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    Ok(Request {
        path: percent_decode(path).filter(|path| is_valid_path(path)).ok_or(Status::BadRequest)?,
        query: query.to_owned(),
        head_only: method == "HEAD",
        keep_alive: is_current && !fields.has_token("connection", "close"),
    })
}

/// Method, target and version, separated by single spaces.
fn parse_request_line(line: &str) -> Result<[&str; 3], Status> {
    let words: Vec<&str> = line.split(' ').collect();
    let [method, target, version] = words[..] else { return Err(Status::BadRequest) };
    let is_target = !target.is_empty() && target.bytes().all(|byte| byte.is_ascii_graphic() && !b"\\#".contains(&byte));
    let is_valid = is_token(method) && is_target && version.bytes().all(|byte| byte.is_ascii_graphic());
    if is_valid { Ok([method, target, version]) } else { Err(Status::BadRequest) }
}

fn is_token(name: &str) -> bool {
    let mark = |byte: u8| b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || mark(byte))
}

/// Header fields: names in lower case, and values.
struct Fields<'a>(Vec<(String, &'a str)>);

impl<'a> Fields<'a> {
    fn read(lines: impl Iterator<Item = &'a str>) -> Result<Self, Status> {
        let mut fields = Vec::new();
        for line in lines {
            let (name, value) = line.split_once(':').ok_or(Status::BadRequest)?;
            if !is_token(name) || value.chars().any(|c| c.is_control() && c != '\t') {
                return Err(Status::BadRequest);
            }
            fields.push((name.to_ascii_lowercase(), value.trim_matches([' ', '\t'])));
            if fields.len() > MAX_FIELDS {
                return Err(Status::HeadTooLarge);
            }
        }
        Ok(Self(fields))
    }

    fn values(&self, name: &str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| *value)
    }

    /// Whether a comma-separated field has a token, ignoring case.
    fn has_token(&self, name: &str, word: &str) -> bool {
        self.values(name).flat_map(|value| value.split(',')).any(|token| token.trim().eq_ignore_ascii_case(word))
    }

    /// The host. Errors: there is none, or more than one.
    fn host(&self) -> Result<&'a str, Status> {
        let mut hosts = self.values("host");
        match (hosts.next(), hosts.next()) {
            (Some(host), None) => Ok(host),
            _ => Err(Status::BadRequest),
        }
    }

    /// Whether a page of another site made the request, according to the `Sec-Fetch` fields of browsers. Following a link from
    /// another site is allowed.
    fn is_cross_site(&self) -> bool {
        let own = |site: &str| ["same-origin", "none"].contains(&site);
        let follows = self.has_token("sec-fetch-mode", "navigate") && self.has_token("sec-fetch-dest", "document");
        !follows && !self.values("sec-fetch-site").all(own)
    }

    fn has_body(&self) -> bool {
        self.values("transfer-encoding").next().is_some() || self.values("content-length").any(|length| length != "0")
    }
}

/// Whether a host is a loopback name with `port`. Other names that resolve to this machine are not accepted.
fn is_loopback(host: &str, port: u16) -> bool {
    LOOPBACK.iter().any(|name| {
        let is_here = |rest: &str| rest == format!(":{port}") || (rest.is_empty() && port == 80);
        host.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)) && is_here(&host[name.len()..])
    })
}

/// Percent-decodes a path; `None` if a percent sign is not followed by two hexadecimal digits, or if the result is not UTF-8.
fn percent_decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let high = char::from(rest.next()?).to_digit(16)?;
                let low = char::from(rest.next()?).to_digit(16)?;
                u8::try_from(high * 16 + low).ok()?
            }
            _ => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

/// Whether a path is absolute, and has no `.`, `..`, empty components, backslashes or control characters.
fn is_valid_path(path: &str) -> bool {
    let Some(parts) = path.strip_prefix('/') else { return false };
    let strange = |c: char| c.is_control() || c == '\\';
    !parts.contains(strange) && !path.contains("//") && !parts.split('/').any(|part| part == "." || part == "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PORT: u16 = 5377;
    const VALID: &str = "GET /acme/index.html?a=b HTTP/1.1\r\nHost: localhost:5377\r\nAccept: */*\r\n\r\n";

    fn status(head: &str) -> Result<String, Status> {
        parse(head.as_bytes(), PORT).map(|request| request.path)
    }

    fn get(target: &str) -> Result<String, Status> {
        status(&format!("GET {target} HTTP/1.1\r\nHost: 127.0.0.1:5377\r\n\r\n"))
    }

    #[test]
    fn a_plain_request_is_read() {
        let expected =
            Request { path: "/acme/index.html".into(), query: "a=b".into(), head_only: false, keep_alive: true };
        assert_eq!(parse(VALID.as_bytes(), PORT), Ok(expected));
    }

    #[test]
    fn a_path_is_decoded_once_and_leads_straight_down() {
        assert_eq!(get("/a%20b/%E8%A1%A8.html"), Ok("/a b/表.html".into()));
        assert_eq!(get("/a%2Fb"), Ok("/a/b".into()));
        assert_eq!(get("/%252e%252e/a"), Ok("/%2e%2e/a".into()));
        assert_eq!(get("http://localhost:5377/a"), Ok("/a".into()));
        for target in [
            "/..",
            "/../a",
            "/a/../b",
            "/%2e%2e/a",
            "/a/%2E./b",
            "/.",
            "/./a",
            "/a%5cb",
            "/a\\b",
            "/a%00",
            "/%",
            "/%1",
            "/%zz",
            "/%ff",
            "//a",
            "/a%0d%0a",
            "a",
            "*",
            "?",
            "/a#b",
            "http://localhost:5377",
            "/%2f%2e%2e%2f",
        ] {
            assert_eq!(get(target), Err(Status::BadRequest), "{target}");
        }
    }

    #[test]
    fn only_the_names_of_this_machine_are_answered() {
        let host = |host: &str| status(&format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n"));
        for own in ["127.0.0.1:5377", "localhost:5377", "LOCALHOST:5377", "[::1]:5377"] {
            assert_eq!(host(own), Ok("/".into()), "{own}");
        }
        for other in
            ["evil.example:5377", "127.0.0.1", "127.0.0.1:80", "localhost.evil.example:5377", "0.0.0.0:5377", ""]
        {
            assert_eq!(host(other), Err(Status::Misdirected), "{other}");
        }
        assert_eq!(get("http://evil.example/"), Err(Status::Misdirected));
        assert_eq!(status("GET / HTTP/1.1\r\n\r\n"), Err(Status::BadRequest));
        assert_eq!(host("localhost:5377\r\nHost: localhost:5377"), Err(Status::BadRequest));
    }

    #[test]
    fn another_sites_page_may_lead_here_but_not_read() {
        let from = |site: &str, how: &str| {
            let says = format!("Sec-Fetch-Site: {site}\r\nSec-Fetch-Mode: {how}\r\nSec-Fetch-Dest: document");
            status(&format!("GET / HTTP/1.1\r\nHost: localhost:5377\r\n{says}\r\n\r\n"))
        };
        assert_eq!(from("same-origin", "cors"), Ok("/".into()));
        assert_eq!(from("none", "navigate"), Ok("/".into()));
        assert_eq!(from("cross-site", "navigate"), Ok("/".into()));
        assert_eq!(from("cross-site", "no-cors"), Err(Status::Forbidden));
        assert_eq!(from("same-site", "cors"), Err(Status::Forbidden));
    }

    #[test]
    fn what_is_not_plainly_right_is_refused() {
        let head = |first: &str, more: &str| status(&format!("{first}\r\nHost: localhost:5377\r\n{more}\r\n"));
        for (first, more, refused) in [
            ("POST / HTTP/1.1", "", Status::MethodNotAllowed),
            ("get / HTTP/1.1", "", Status::MethodNotAllowed),
            ("GET / HTTP/2", "", Status::UnknownVersion),
            ("GET / http/1.1", "", Status::BadRequest),
            ("GET /", "", Status::BadRequest),
            ("GET  / HTTP/1.1", "", Status::BadRequest),
            ("GET / HTTP/1.1 ", "", Status::BadRequest),
            ("G@T / HTTP/1.1", "", Status::BadRequest),
            ("GET /\u{e9} HTTP/1.1", "", Status::BadRequest),
            ("GET / HTTP/1.1", "A : b\r\n", Status::BadRequest),
            ("GET / HTTP/1.1", " folded\r\n", Status::BadRequest),
            ("GET / HTTP/1.1", "A: b\nC: d\r\n", Status::BadRequest),
            ("GET / HTTP/1.1", "A: \0\r\n", Status::BadRequest),
            ("GET / HTTP/1.1", "nothing\r\n", Status::BadRequest),
            ("GET / HTTP/1.1", "Content-Length: 5\r\n", Status::BadRequest),
            ("GET / HTTP/1.1", "Transfer-Encoding: chunked\r\n", Status::BadRequest),
        ] {
            assert_eq!(head(first, more), Err(refused), "{first} {more}");
        }
        assert_eq!(head("GET / HTTP/1.1", &"A: b\r\n".repeat(200)), Err(Status::HeadTooLarge));
    }

    #[test]
    fn a_connection_is_kept_where_both_know_how() {
        let keeps = |version: &str, more: &str| {
            let head = format!("GET / {version}\r\nHost: localhost:5377\r\n{more}\r\n");
            parse(head.as_bytes(), PORT).unwrap().keep_alive
        };
        assert!(keeps("HTTP/1.1", ""));
        assert!(!keeps("HTTP/1.0", ""));
        assert!(!keeps("HTTP/1.1", "Connection: foo, Close\r\n"));
    }

    /// Randomly cut and changed requests are refused, or have a valid path.
    #[test]
    fn no_bytes_do_harm() {
        let valid = VALID.as_bytes();
        let is_harmless =
            |head: &[u8]| parse(head, PORT).is_err() || parse(head, PORT).is_ok_and(|r| is_valid_path(&r.path));
        assert!((0..valid.len()).all(|cut| parse(&valid[..cut], PORT).is_err()));
        let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
        let mut next = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(seed >> 33).unwrap() % below
        };
        const STRANGE: [&[u8]; 12] =
            [b"\0", b"\r", b"\n", b"\r\n\r\n", b" ", b"%", b"%2e%2e/", b"..", b"\xff", b":", b"\\", b"Host: a\r\n"];
        for _ in 0..20_000 {
            let mut head = valid.to_vec();
            for _ in 0..=next(4) {
                let at = next(head.len());
                match next(4) {
                    0 => head[at] = u8::try_from(next(256)).unwrap(),
                    1 => drop(head.drain(at..(at + 1 + next(9)).min(head.len()))),
                    2 => drop(head.splice(at..at, STRANGE[next(STRANGE.len())].iter().copied())),
                    _ => head.truncate(at + 1),
                }
                if head.is_empty() {
                    head.push(b'G');
                }
            }
            assert!(is_harmless(&head), "{}", String::from_utf8_lossy(&head));
        }
    }
}
