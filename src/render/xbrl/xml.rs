//! Text and attributes of XML.

use std::fmt::Write;

/// The addresses of what is the same in every filing.
pub(super) const INSTANCE: &str = "http://www.xbrl.org/2003/instance";
pub(super) const LINKBASE: &str = "http://www.xbrl.org/2003/linkbase";
pub(super) const XLINK: &str = "http://www.w3.org/1999/xlink";
pub(super) const DIMENSIONS: &str = "http://xbrl.org/2005/xbrldt";

/// The first line of a file.
pub(super) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// A text that holds no markup.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Writes a tag with attributes up to its end, ` name="value"`; those without a value are left out.
pub(super) fn open(out: &mut String, tag: &str, attributes: &[(&str, Option<&str>)]) {
    _ = write!(out, "<{tag}");
    for (name, value) in attributes {
        if let Some(value) = value {
            _ = write!(out, " {name}=\"{}\"", escape(value));
        }
    }
}

/// An element of text.
pub(super) fn element(out: &mut String, tag: &str, attributes: &[(&str, Option<&str>)], text: &str) {
    open(out, tag, attributes);
    _ = write!(out, ">{}</{tag}>", escape(text));
}

/// An element without content, on its own line.
pub(super) fn empty(out: &mut String, tag: &str, attributes: &[(&str, Option<&str>)]) {
    open(out, tag, attributes);
    out.push_str("/>\n");
}
