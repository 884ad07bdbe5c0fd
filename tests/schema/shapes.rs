//! Reads `shapes.toml`: the tables of the dataset, and the types of their keys.

use std::collections::BTreeMap;

use toml::Value;

/// What a value may be.
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// A type that `draft.rs` knows, with the number in its parentheses.
    Named(String, Option<u64>),
    Word(String),
    List(Box<Type>),
    Map(Box<Type>),
    Table(String),
    Any(Vec<Type>),
}

#[derive(Debug, Clone)]
pub struct Key {
    pub name: String,
    pub kind: Type,
    pub required: bool,
}

/// A table of the dataset.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// The file of the probe, and each text that is tried in it; empty where only other tables have these keys.
    pub probe: Vec<String>,
    /// The page of the reference, and the heading above the rows of its keys.
    pub reference: (String, String),
    /// The row that speaks of all keys, if they have none of their own.
    pub row: Option<String>,
    pub with: Vec<String>,
    pub without: Vec<String>,
    pub keys: Vec<Key>,
    /// The type of keys that the user names.
    pub others: Option<Type>,
    /// The type of every key that the reference lists.
    pub all: Option<Type>,
}

/// A file, and the name of the table that it is.
pub struct File {
    pub paths: Vec<String>,
    pub root: String,
}

pub struct Shapes {
    pub files: BTreeMap<String, File>,
    pub tables: BTreeMap<String, Table>,
}

impl Shapes {
    pub fn read(text: &str) -> Self {
        let all: toml::Table = text.parse().unwrap();
        let part = |name: &str| all[name].as_table().unwrap().clone().into_iter();
        let file = |(name, file): (String, Value)| {
            (name, File { paths: texts(file.get("paths")), root: file["root"].as_str().unwrap().to_owned() })
        };
        Self {
            files: part("file").map(file).collect(),
            tables: part("table").map(|(name, table)| (name.clone(), read_table(&name, &table))).collect(),
        }
    }
}

fn texts(value: Option<&Value>) -> Vec<String> {
    let list = value.and_then(Value::as_array).cloned().unwrap_or_default();
    list.iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

fn read_table(name: &str, table: &Value) -> Table {
    let reference = table["reference"].as_str().and_then(|text| text.split_once(": "));
    let (page, heading) = reference.unwrap_or_else(|| panic!("[table.{name}]: `reference` is `PAGE: HEADING`"));
    let keys = table.get("keys").and_then(Value::as_table).cloned().unwrap_or_default();
    let key = |(name, text): (String, Value)| {
        let text = text.as_str().unwrap();
        let plain = text.trim_end_matches('!');
        Key { name, kind: parse(plain), required: plain != text }
    };
    let kind = |key: &str| table.get(key).map(|text| parse(text.as_str().unwrap()));
    Table {
        probe: texts(table.get("probe")),
        reference: (page.to_owned(), heading.to_owned()),
        row: table.get("row").and_then(Value::as_str).map(str::to_owned),
        with: texts(table.get("with")),
        without: texts(table.get("without")),
        keys: keys.into_iter().map(key).collect(),
        others: kind("others"),
        all: kind("all"),
    }
}

fn parse(text: &str) -> Type {
    let mut rest = text;
    let parsed = alternatives(&mut rest);
    assert!(rest.is_empty(), "`{text}`: what is `{rest}`?");
    parsed
}

fn alternatives(rest: &mut &str) -> Type {
    let mut all = vec![item(rest)];
    while let Some(next) = rest.strip_prefix(" or ") {
        *rest = next;
        all.push(item(rest));
    }
    if all.len() == 1 { all.remove(0) } else { Type::Any(all) }
}

fn item(rest: &mut &str) -> Type {
    if let Some(word) = rest.strip_prefix('"') {
        let (word, next) = word.split_once('"').unwrap();
        *rest = next;
        return Type::Word(word.to_owned());
    }
    let end = rest.find([' ', '(', ')']).unwrap_or(rest.len());
    let (name, next) = rest.split_at(end);
    let Some(inside) = next.strip_prefix('(') else {
        *rest = next;
        return Type::Named(name.to_owned(), None);
    };
    let table = |inside: &str| Type::Table(inside.split(')').next().unwrap().to_owned());
    let skip = |inside: &str| inside.split_once(')').unwrap().1.to_owned();
    let (made, next) = match name {
        "table" => (table(inside), skip(inside)),
        "tables" => (Type::List(Box::new(table(inside))), skip(inside)),
        "list" | "map" => {
            let mut inner = inside;
            let kind = Box::new(alternatives(&mut inner));
            (if name == "list" { Type::List(kind) } else { Type::Map(kind) }, inner[1..].to_owned())
        }
        _ => {
            let number = inside.split(')').next().unwrap().parse().unwrap();
            (Type::Named(name.to_owned(), Some(number)), skip(inside))
        }
    };
    *rest = &rest[rest.len() - next.len()..];
    made
}
