//! Every value of a TOML file with its path and where it is written, for commands that change a dataset in place.

use std::ops::Range;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// A value of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenNode {
    /// The keys and numbers that lead to it: `["line", "3", "values", "0"]`.
    pub path: Vec<String>,
    /// Where its own key is written; an item of a list has none.
    pub key: Option<Range<usize>>,
    pub range: Range<usize>,
    /// Its text, if it is one.
    pub text: Option<String>,
    /// Whether it is a list or a table.
    pub has_parts: bool,
}

impl WrittenNode {
    /// Whether the path is this one; `*` is any key or number.
    pub fn is_at(&self, path: &[&str]) -> bool {
        self.path.len() == path.len() && self.begins_with(path)
    }

    /// Whether the path begins with this one; `*` is any key or number.
    pub fn begins_with(&self, path: &[&str]) -> bool {
        self.path.len() >= path.len() && self.path.iter().zip(path).all(|(own, wanted)| *wanted == "*" || own == wanted)
    }

    /// The last key or number of the path.
    pub fn name(&self) -> &str {
        self.path.last().map_or("", String::as_str)
    }
}

/// The values of a text in TOML, each before its parts, by path. `None` if its syntax is wrong.
pub fn written_nodes(text: &str) -> Option<Vec<WrittenNode>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut nodes = Vec::new();
    add_table(table.get_ref(), &mut Vec::new(), &mut nodes);
    errors.is_empty().then_some(nodes)
}

fn add_table(table: &DeTable, path: &mut Vec<String>, nodes: &mut Vec<WrittenNode>) {
    for (key, value) in table.iter() {
        path.push(key.get_ref().to_string());
        add(value, Some(key.span()), path, nodes);
        path.pop();
    }
}

fn add(value: &Spanned<DeValue>, key: Option<Range<usize>>, path: &mut Vec<String>, nodes: &mut Vec<WrittenNode>) {
    let (inner, range) = (value.get_ref(), value.span());
    let has_parts = matches!(inner, DeValue::Array(_) | DeValue::Table(_));
    nodes.push(WrittenNode { path: path.clone(), key, range, text: inner.as_str().map(str::to_owned), has_parts });
    match inner {
        DeValue::Table(table) => add_table(table, path, nodes),
        DeValue::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                path.push(index.to_string());
                add(item, None, path, nodes);
                path.pop();
            }
        }
        _ => {}
    }
}
