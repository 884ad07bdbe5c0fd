//! Slugs: names of release folders that are valid on every system and in every address.

use crate::{diag::Diagnostic, model::portability_problem};

/// Names in the output folder, or under `content/`, that no release may have.
const RESERVED: &[&str] =
    &["404.html", "feed.xml", "index.html", "manifest.json", "robots.txt", "sitemap.xml", "site.toml", "static"];
const MAX_SLUG: usize = 100;

/// Checks that `slug` is a valid name of a release.
pub(crate) fn check_slug(slug: &str) -> Result<(), Diagnostic> {
    let fault = if slug.contains("..") || slug.contains(['/', '\\']) {
        "a slug is the name of one folder, not a path"
    } else if RESERVED.contains(&slug) || is_list_in_a_language(slug) {
        "kessan needs that name for a file of its own"
    } else if slug.len() > MAX_SLUG {
        "a slug has at most 100 characters"
    } else if !has_allowed_characters(slug) {
        "a slug is of the letters a to z, digits, `.`, `_` and `-`, and begins and ends with a letter or digit"
    } else if let Some(why) = portability_problem(slug) {
        why
    } else {
        return Ok(());
    };
    Err(Diagnostic::error("slug", format!("`{slug}` cannot be a release's slug")).note(fault))
}

/// Whether it is a file of the list of releases in a language: `index.en.html`, `feed.en.xml`.
fn is_list_in_a_language(slug: &str) -> bool {
    let is_file = |begin: &str, end: &str| slug.starts_with(begin) && slug.ends_with(end);
    is_file("index.", ".html") || is_file("feed.", ".xml")
}

fn has_allowed_characters(slug: &str) -> bool {
    let is_letter = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let bytes = slug.as_bytes();
    bytes.first().is_some_and(is_letter)
        && bytes.last().is_some_and(is_letter)
        && bytes.iter().all(|byte| is_letter(byte) || b"._-".contains(byte))
}

#[cfg(test)]
mod tests {
    use super::check_slug;

    #[test]
    fn a_slug_is_a_plain_name() {
        for slug in ["acme-1q2026", "a", "2026.q1_final"] {
            assert!(check_slug(slug).is_ok(), "{slug}");
        }
        for slug in [
            "",
            ".",
            "..",
            "a..b",
            "a/b",
            "/a",
            "a\\b",
            ".a",
            "a.",
            "-a",
            "Acme",
            "決算",
            "a b",
            "a\n",
            "static",
            "index.en.html",
            "feed.en.xml",
        ] {
            assert!(check_slug(slug).is_err(), "{slug}");
        }
        assert!(check_slug(&"a".repeat(101)).is_err());
    }
}
