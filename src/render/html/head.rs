//! The metadata in the head of every page: language, title, address and content security policy.

use std::collections::BTreeMap;

use serde::Serialize;

/// The default policy: style sheets, scripts, images and fonts from the page's own host only. `connect-src` lets tools that
/// run within the page, such as Lighthouse, read `robots.txt`.
pub const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; \
                          connect-src 'self'; base-uri 'none'; form-action 'none'";

/// Settings that all pages share.
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

/// A link to the feed of releases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct FeedLink<'a> {
    /// Relative to the page's folder.
    pub href: &'a str,
    /// The name that a feed reader shows.
    pub title: &'a str,
}

/// A language of the release, as templates receive it.
#[derive(Debug, Clone, Serialize)]
pub struct LanguageView<'a> {
    /// BCP 47 language tag.
    pub(super) language: &'a str,
    /// The name of the language in itself.
    pub(super) name: &'a str,
    /// The same page, or the first page where it is not translated; relative to the page's folder.
    pub(super) href: String,
    /// Whether it is the language of the page itself.
    pub(super) current: bool,
    /// The address of the same page, absolute if the site's is known; none where it is not translated.
    pub(super) alternate: Option<String>,
}

/// The values that every page template receives.
#[derive(Debug, Clone, Serialize)]
pub struct Head<'a> {
    /// BCP 47 language tag.
    pub language: &'a str,
    /// Plain text.
    pub title: String,
    /// One sentence of plain text; may be empty.
    pub description: String,
    /// The page's own address, if known.
    pub canonical: Option<String>,
    /// The feed of releases, if there is one.
    pub feed: Option<FeedLink<'a>>,
    /// The publisher's or issuer's name.
    pub site: String,
    /// The languages of the release; empty if there is only one.
    pub languages: Vec<LanguageView<'a>>,
    /// JSON-LD that describes the page in schema.org's vocabulary.
    pub json_ld: Option<String>,
    /// The folder of the static files, if it can be linked to.
    pub assets: Option<String>,
    /// The Content-Security-Policy.
    pub policy: &'a str,
    /// The fixed words of the language.
    pub words: &'a BTreeMap<String, String>,
}

impl<'a> Head<'a> {
    /// A head with language, words, assets and policy; title and the rest are empty.
    pub fn new(shell: &Shell<'a>, language: &'a str, words: &'a BTreeMap<String, String>) -> Self {
        Self {
            language,
            title: String::new(),
            description: String::new(),
            canonical: None,
            feed: None,
            site: String::new(),
            languages: Vec::new(),
            json_ld: None,
            assets: Some(shell.assets.to_owned()),
            policy: shell.policy,
            words,
        }
    }
}
