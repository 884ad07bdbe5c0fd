//! What every page says of itself in its head: language, title, address, and where it may load from.

use std::collections::BTreeMap;

use serde::Serialize;

/// What may be loaded: style sheets, scripts, pictures and faces of the page's own host, and nothing else.
pub const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; \
                          base-uri 'none'; form-action 'none'";

/// Where the pages stand, and what stands around them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Host<'a> {
    /// The folder of the static files, as a link from the page.
    pub assets: &'a str,
    /// The address of the output folder, `https://ir.example.com/releases/`, where it is known.
    pub base: Option<&'a str>,
    /// The feed of releases, as a link from the page.
    pub feed: Option<&'a str>,
    /// The Content-Security-Policy.
    pub policy: &'a str,
}

impl Default for Host<'_> {
    fn default() -> Self {
        Self { assets: "static", base: None, feed: None, policy: POLICY }
    }
}

impl Host<'_> {
    /// The address of a file by its path from the output folder; an `index.html` is its folder.
    pub fn address(&self, path: &str) -> Option<String> {
        let path = match path.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            _ => path,
        };
        self.base.map(|base| format!("{}/{path}", base.trim_end_matches('/')))
    }
}

/// The head of a page: what every template is given beside its own.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Head<'a> {
    pub language: &'a str,
    pub title: String,
    pub description: String,
    /// The page's own address, where it is known.
    pub canonical: Option<String>,
    pub assets: &'a str,
    pub feed: Option<&'a str>,
    pub policy: &'a str,
    pub words: &'a BTreeMap<String, String>,
}

impl<'a> Head<'a> {
    /// The head of the page at `path`, counted from the output folder.
    pub fn new(host: &Host<'a>, path: &str, language: &'a str, words: &'a BTreeMap<String, String>) -> Self {
        let (title, description, canonical) = (String::new(), String::new(), host.address(path));
        Self {
            language,
            title,
            description,
            canonical,
            assets: host.assets,
            feed: host.feed,
            policy: host.policy,
            words,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_one_address() {
        let at = |base| Host { base: Some(base), ..Host::default() };
        let address = |base, path| at(base).address(path).unwrap();
        assert_eq!(address("https://a.test/ir/", "acme/index.html"), "https://a.test/ir/acme/");
        assert_eq!(address("https://a.test/ir", "acme/income.html"), "https://a.test/ir/acme/income.html");
        assert_eq!(address("https://a.test", "index.html"), "https://a.test/");
        assert_eq!(address("https://a.test", "acme/sub-index.html"), "https://a.test/acme/sub-index.html");
        assert_eq!(Host::default().address("index.html"), None);
    }
}
