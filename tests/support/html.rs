//! A small tolerant HTML reader: a tree of elements and text, entities decoded, comments dropped.

/// An element and what it contains.
#[derive(Debug, Default)]
pub struct Element {
    /// Lower case; empty for the document itself.
    pub name: String,
    attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
}

#[derive(Debug)]
pub enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// An attribute's value; empty when it is absent.
    pub fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// The child elements.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// Whether a reader of the text passes over it: scripts, navigation, marks that lead to notes and back, and what only a
    /// screen reader says.
    pub fn is_silent(&self) -> bool {
        matches!(self.name.as_str(), "head" | "script" | "style" | "nav" | "svg" | "template")
            || matches!(self.attribute("role"), "doc-noteref" | "doc-backlink")
            || self.attribute("class") == "spoken"
            || self.attributes.iter().any(|(key, _)| key == "hidden")
    }

    /// Every element in it that is wanted, itself included.
    pub fn find(&self, wanted: &dyn Fn(&Self) -> bool) -> Vec<&Self> {
        let below = self.elements().flat_map(|child| child.find(wanted));
        wanted(self).then_some(self).into_iter().chain(below).collect()
    }

    /// The text a reader sees; a line break is a space.
    pub fn text(&self) -> String {
        let mut out = String::new();
        self.add_text(&mut out);
        out
    }

    fn add_text(&self, out: &mut String) {
        if self.name == "br" {
            out.push(' ');
        }
        for child in &self.children {
            match child {
                Node::Text(text) => out.push_str(text),
                Node::Element(element) if !element.is_silent() => element.add_text(out),
                Node::Element(_) => {}
            }
        }
    }
}

const VOID: [&str; 10] = ["area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr"];

/// Reads a page. A closing tag without its opening one is passed over; what is left open ends with the page.
pub fn parse(page: &str) -> Element {
    let mut open = vec![Element::default()];
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        add(&mut open, Node::Text(decode(&rest[..start])));
        rest = &rest[start..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let end = tag_end(rest);
        let tag = &rest[1..end];
        rest = rest.get(end + 1..).unwrap_or_default();
        if let Some(name) = tag.strip_prefix('/') {
            close(&mut open, &name.trim().to_lowercase());
        } else if !tag.starts_with(['!', '?']) {
            let element = opening(tag.trim_end_matches('/'));
            if matches!(element.name.as_str(), "script" | "style") {
                rest = rest.find(&format!("</{}", element.name)).map_or("", |at| &rest[at..]);
            }
            if VOID.contains(&element.name.as_str()) {
                add(&mut open, Node::Element(element));
            } else {
                open.push(element);
            }
        }
    }
    add(&mut open, Node::Text(decode(rest)));
    while open.len() > 1 {
        close_last(&mut open);
    }
    open.swap_remove(0)
}

/// Where the tag's `>` stands, quoted ones passed over.
fn tag_end(rest: &str) -> usize {
    let mut quote = None;
    for (at, c) in rest.char_indices() {
        match (quote, c) {
            (None, '>') => return at,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    rest.len()
}

fn opening(tag: &str) -> Element {
    let (name, mut rest) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        let length = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        if length == 0 {
            return Element { name: name.to_lowercase(), attributes, children: Vec::new() };
        }
        let key = rest[..length].to_lowercase();
        rest = rest[length..].trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
            (value, rest) = match quote {
                Some(quote) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
                None => after.split_once(char::is_whitespace).unwrap_or((after, "")),
            };
        }
        attributes.push((key, decode(value)));
    }
}

fn add(open: &mut [Element], node: Node) {
    if let Some(element) = open.last_mut() {
        element.children.push(node);
    }
}

fn close(open: &mut Vec<Element>, name: &str) {
    if let Some(depth) = open.iter().rposition(|element| element.name == name).filter(|&depth| depth > 0) {
        while open.len() > depth {
            close_last(open);
        }
    }
}

fn close_last(open: &mut Vec<Element>) {
    if let Some(element) = open.pop() {
        add(open, Node::Element(element));
    }
}

const ENTITIES: [(&str, char); 14] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("mdash", '—'),
    ("ndash", '–'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("minus", '−'),
    ("shy", '\u{ad}'),
];

/// Text with its character references resolved; an unknown one stays as it is.
fn decode(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        match rest.split_once(';').and_then(|(name, after)| Some((character(name)?, after))) {
            Some((c, after)) => {
                out.push(c);
                rest = after;
            }
            None => out.push('&'),
        }
    }
    out + rest
}

fn character(name: &str) -> Option<char> {
    let code = match name.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => number.parse().ok(),
        },
        None => return ENTITIES.iter().find(|(key, _)| *key == name).map(|&(_, c)| c),
    };
    code.and_then(char::from_u32)
}

#[test]
fn entities_comments_quotes_and_note_marks() {
    let page = parse(
        "<!doctype html><p title='a > b'>R&amp;D &#8212; <!-- <b> --><em>up</em>&bogus; 2%<sup><a role=doc-noteref \
         href=#n1>1</a></sup><br/>x</p><script>if (a<b) {}</script></div>y",
    );
    assert_eq!(page.text(), "R&D — up&bogus; 2% xy");
}
