//! Settings of the site: its address, title and publisher.

use std::{collections::BTreeMap, fmt, sync::Arc};

use crate::diag::Source;

/// The contents of `content/site.toml`; empty without the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SiteSettings {
    /// The address of the published output folder.
    pub url: Option<Address>,
    /// The title of the list of releases and of the feed.
    pub title: TextByLanguage,
    /// The publisher of the releases, if not their issuer.
    pub publisher: TextByLanguage,
    /// The file as it was read.
    pub file: Option<Arc<Source>>,
}

/// A text that may differ by language; none without the setting.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TextByLanguage {
    /// The text of all languages.
    pub all: Option<String>,
    /// The texts by BCP 47 language tag.
    pub by_language: BTreeMap<String, String>,
}

impl TextByLanguage {
    /// The text in a language; none if there is none.
    pub fn in_language(&self, language: &str) -> Option<&str> {
        self.by_language.get(language).or(self.all.as_ref()).map(String::as_str)
    }
}

/// The absolute address of a folder, as in `https://ir.example.com/results/`; the host is in lower case, and a slash is
/// at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    text: String,
    host: std::ops::Range<usize>,
}

impl Address {
    /// Parses an address. Errors: what was expected.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let (scheme, rest) = text.split_once("://").ok_or(SCHEME)?;
        let scheme = scheme.to_ascii_lowercase();
        if scheme != "https" && scheme != "http" {
            return Err(SCHEME);
        }
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let authority = authority.to_ascii_lowercase();
        let host = is_authority(&authority).then(|| authority.split(':').next()).flatten().ok_or(HOST)?;
        if !path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@%/".contains(&byte)) {
            return Err(PATH);
        }
        if !is_escaped(path) {
            return Err(ESCAPE);
        }
        if path.split('/').any(|part| part == "." || part == "..") || path.contains("//") {
            return Err("expected a path without `.`, `..` and empty parts");
        }
        let start = scheme.len() + "://".len();
        let slash = if path.ends_with('/') { "" } else { "/" };
        Ok(Self { host: start..start + host.len(), text: format!("{scheme}://{authority}{path}{slash}") })
    }

    /// The address, with a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The host, without a port.
    pub fn host(&self) -> &str {
        self.text.get(self.host.clone()).unwrap_or_default()
    }

    /// The path on the host, with a slash at both ends.
    pub fn path(&self) -> &str {
        let after = self.text.get(self.host.start..).unwrap_or_default();
        after.find('/').and_then(|slash| after.get(slash..)).unwrap_or("/")
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

const SCHEME: &str = "expected `https://` or `http://` at the start";
const HOST: &str = "expected a host such as `ir.example.com` after `//`, with a port if it needs one";
const PATH: &str = "expected the address of a folder, without `?` and `#`, and with other characters percent-encoded";

const ESCAPE: &str = "expected two hexadecimal digits after each `%`, as in `%20`";

/// Whether every `%` is followed by two hexadecimal digits (RFC 3986, 2.1).
fn is_escaped(path: &str) -> bool {
    let is_number = |digits: &[u8]| digits.len() == 2 && digits.iter().all(u8::is_ascii_hexdigit);
    path.split('%').skip(1).all(|rest| rest.as_bytes().get(..2).is_some_and(is_number))
}

/// Whether `text` is a host name or IPv4 address, with or without a port.
fn is_authority(text: &str) -> bool {
    let (host, port) = text.split_once(':').unwrap_or((text, "0"));
    let is_part = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !part.starts_with('-')
            && !part.ends_with('-')
    };
    host.len() <= 253 && host.split('.').all(is_part) && port.parse::<u16>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_ends_with_a_slash_and_its_host_is_in_lower_case() {
        for (text, address, host, path) in [
            ("https://ir.example.com", "https://ir.example.com/", "ir.example.com", "/"),
            ("HTTPS://IR.Example.com/", "https://ir.example.com/", "ir.example.com", "/"),
            ("http://10.0.0.1:8080/IR/a%20b", "http://10.0.0.1:8080/IR/a%20b/", "10.0.0.1", "/IR/a%20b/"),
            ("https://example.com/~ir/", "https://example.com/~ir/", "example.com", "/~ir/"),
        ] {
            let read = Address::parse(text).unwrap();
            assert_eq!((read.as_str(), read.host(), read.path()), (address, host, path));
        }
    }

    #[test]
    fn what_is_no_address_of_a_folder_is_refused() {
        for (text, fault) in [
            ("", SCHEME),
            ("ir.example.com", SCHEME),
            ("//ir.example.com/", SCHEME),
            ("ftp://ir.example.com/", SCHEME),
            ("javascript://ir.example.com/", SCHEME),
            ("https://", HOST),
            ("https:///a", HOST),
            ("https://user@ir.example.com/", HOST),
            ("https://ir.example.com:port/", HOST),
            ("https://決算.example/", HOST),
            ("https://a..b/", HOST),
            ("https://ir.example.com?a", HOST),
            ("https://ir.example.com/?a", PATH),
            ("https://ir.example.com/#a", PATH),
            ("https://ir.example.com/a b", PATH),
            ("https://ir.example.com/決算", PATH),
            ("https://ir.example.com/\"<", PATH),
            ("https://ir.example.com/%zz/", ESCAPE),
            ("https://ir.example.com/a%2", ESCAPE),
            ("https://ir.example.com/100%", ESCAPE),
        ] {
            assert_eq!(Address::parse(text), Err(fault), "{text}");
        }
        for text in ["https://a/..", "https://a/./b", "https://a//b"] {
            assert!(Address::parse(text).is_err(), "{text}");
        }
    }
}
