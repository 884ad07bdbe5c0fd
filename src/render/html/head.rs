//! What every page says of itself in its head: language, title, address, and where it may load from.

use std::collections::BTreeMap;

use serde::Serialize;

use super::COVER;

/// What may be loaded: style sheets, scripts, pictures and faces of the page's own host, and nothing else.
pub const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; \
                          base-uri 'none'; form-action 'none'";

/// Where the pages stand, and what stands around them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Host<'a> {
    /// The folder of the static files, as a link from the page.
    pub assets: &'a str,
    /// The address at which the page's folder is published, with a slash at its end, where it is known.
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
    /// The address of a file of the page's folder; the folder's `index.html` is the folder.
    pub fn address(&self, file: &str) -> Option<String> {
        let file = if file == COVER { "" } else { file };
        self.base.map(|base| format!("{base}{file}"))
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
    /// The head of the page that is this file of its folder.
    pub fn new(host: &Host<'a>, file: &str, language: &'a str, words: &'a BTreeMap<String, String>) -> Self {
        let (title, description, canonical) = (String::new(), String::new(), host.address(file));
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
