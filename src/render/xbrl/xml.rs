//! Text and attributes of XML.

/// The addresses of what is the same in every filing.
pub(super) const INSTANCE: &str = "http://www.xbrl.org/2003/instance";
pub(super) const LINKBASE: &str = "http://www.xbrl.org/2003/linkbase";
pub(super) const XLINK: &str = "http://www.w3.org/1999/xlink";
pub(super) const DIMENSIONS: &str = "http://xbrl.org/2005/xbrldt";

/// The first line of a file.
pub(super) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// Writes a text so that it holds no markup.
pub(super) fn escape(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"')) {
        let (plain, from) = rest.split_at(at);
        let (sign, behind) = from.split_at(1);
        out.push_str(plain);
        out.push_str(match sign {
            "&" => "&amp;",
            "<" => "&lt;",
            ">" => "&gt;",
            _ => "&quot;",
        });
        rest = behind;
    }
    out.push_str(rest);
}

/// Writes a tag with attributes up to its end, ` name="value"`; those without a value are left out.
pub(super) fn open(out: &mut String, tag: &str, attributes: &[(&str, Option<&str>)]) {
    out.push('<');
    out.push_str(tag);
    for (name, value) in attributes {
        if let Some(value) = value {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            escape(out, value);
            out.push('"');
        }
    }
}

/// An element of text.
pub(super) fn element(out: &mut String, tag: &str, attributes: &[(&str, Option<&str>)], text: &str) {
    open(out, tag, attributes);
    out.push('>');
    escape(out, text);
    out.push_str("</");
    out.push_str(tag);
    out.push('>');
}

/// An element without content, on its own line.
pub(super) fn empty(out: &mut String, tag: &str, attributes: &[(&str, Option<&str>)]) {
    open(out, tag, attributes);
    out.push_str("/>\n");
}
