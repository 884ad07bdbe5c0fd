//! The file names of the site's pages and their canonical addresses.

/// The file of the first page.
pub(super) const COVER_FILE: &str = "index.html";
/// The file of the whole release on one page.
pub(super) const FULL_FILE: &str = "full.html";
/// The file of the feed in the language of the list of releases, relative to the output folder.
pub(super) const FEED_FILE: &str = "feed.xml";

/// The address of a page whose folder is published at `base`. The first page has the folder's own address.
pub(super) fn canonical_address(base: &str, file: &str) -> String {
    let mut address = base.to_owned();
    for byte in file.bytes().filter(|_| file != COVER_FILE) {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => address.push(char::from(byte)),
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}
