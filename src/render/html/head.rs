//! What every page says of itself in its head: language, title, address, and what it may load.

use std::collections::BTreeMap;

use serde::Serialize;

/// What may be loaded: style sheets, scripts, pictures and faces of the page's own host, and nothing else. What
/// looks at a page from within it, as Lighthouse does for robots.txt, may ask that host too.
pub const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; \
                          connect-src 'self'; base-uri 'none'; form-action 'none'";

/// What all pages share, whatever they say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shell<'a> {
    /// The folder of the static files, as a link from the page's folder.
    pub assets: &'a str,
    /// The Content-Security-Policy.
    pub policy: &'a str,
}

impl Default for Shell<'_> {
    fn default() -> Self {
        Self { assets: "static", policy: POLICY }
    }
}

/// The way to the feed of releases, and the name that a reader may take it under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct FeedLink<'a> {
    pub href: &'a str,
    pub title: &'a str,
}

/// The head of a page: what every template is given beside its own.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Head<'a> {
    pub language: &'a str,
    pub title: String,
    pub description: String,
    /// The page's own address, where it is known.
    pub canonical: Option<String>,
    /// The feed of releases, if there is one.
    pub feed: Option<FeedLink<'a>>,
    /// Whose pages these are.
    pub site: String,
    /// What the page is in schema.org's terms: JSON-LD.
    pub linked: Option<String>,
    /// The folder of the static files, where there is a way to it.
    pub assets: Option<String>,
    pub policy: &'a str,
    pub words: &'a BTreeMap<String, String>,
}

impl<'a> Head<'a> {
    /// The head of a page that has no title yet.
    pub fn new(shell: &Shell<'a>, language: &'a str, words: &'a BTreeMap<String, String>) -> Self {
        Self {
            language,
            title: String::new(),
            description: String::new(),
            canonical: None,
            feed: None,
            site: String::new(),
            linked: None,
            assets: Some(shell.assets.to_owned()),
            policy: shell.policy,
            words,
        }
    }
}
