//! Writes the shapes as JSON Schema, as Taplo understands it: draft 7 without references, and unknown keys refused at their place.

use serde_json::{Map, Value, json};

use super::shapes::{Key, Shapes, Table, Type};

/// The scales, as the reference names them.
const SCALES: [&str; 9] =
    ["thousand", "ten thousand", "million", "hundred million", "billion", "trillion", "lakh", "crore", "lakh crore"];

/// A key of a table with what the reference says of it.
pub struct Described {
    pub key: Key,
    pub text: String,
}

/// The keys of a table with those of the tables that it takes over, each once.
pub fn keys_of<'s>(shapes: &'s Shapes, table: &'s Table) -> Vec<(&'s Table, &'s Key)> {
    let mut keys: Vec<(&Table, &Key)> = table.keys.iter().map(|key| (table, key)).collect();
    for name in &table.with {
        for (of, key) in keys_of(shapes, &shapes.tables[name]) {
            if !keys.iter().any(|(_, known)| known.name == key.name) && !table.without.contains(&key.name) {
                keys.push((of, key));
            }
        }
    }
    keys
}

/// The schema of a file; `describe` gives the keys of a table with their texts.
pub fn schema(shapes: &Shapes, title: &str, root: &str, describe: &dyn Fn(&str) -> Vec<Described>) -> Value {
    let mut schema = Draft { shapes, describe }.table(root);
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    schema["title"] = json!(title);
    help_hover(&mut schema);
    schema
}

/// Makes the language server of Taplo find what it looks for in lists: it takes two steps into a list instead of one (the issues
/// 278 and 788 of its repository). Items get the text of their list, and those that are tables the texts of their keys once more,
/// one step further down. Where a table is expected, JSON Schema passes over `items`.
fn help_hover(schema: &mut Value) {
    let parts = match schema {
        Value::Object(parts) => parts,
        _ => return,
    };
    parts.values_mut().for_each(help_hover);
    for name in ["properties", "anyOf"] {
        match parts.get_mut(name) {
            Some(Value::Object(inside)) => inside.values_mut().for_each(help_hover),
            Some(Value::Array(inside)) => inside.iter_mut().for_each(help_hover),
            _ => {}
        }
    }
    let text = parts.get("description").cloned();
    let describe = |part: &mut Value| {
        if let Some(text) = text.as_ref().filter(|_| part.is_object() && part["description"].is_null()) {
            part["description"] = text.clone();
        }
    };
    if let Some(Value::Array(kinds)) = parts.get_mut("anyOf") {
        kinds.iter_mut().for_each(describe);
    }
    if let Some(items) = parts.get_mut("items") {
        describe(items);
        if has_properties(items) && items.get("items").is_none() {
            items["items"] = texts_of(items);
        }
    }
}

/// The texts and types of a schema, with lists a step further down.
fn texts_of(schema: &Value) -> Value {
    let mut texts = Map::new();
    for name in ["description", "type", "enum"] {
        texts.extend(schema.get(name).map(|value| (name.to_owned(), value.clone())));
    }
    if let Some(properties) = schema["properties"].as_object() {
        let properties: Map<_, _> = properties.iter().map(|(name, value)| (name.clone(), texts_of(value))).collect();
        texts.insert("properties".to_owned(), json!(properties));
    }
    if let Some(kinds) = schema["anyOf"].as_array() {
        texts.insert("anyOf".to_owned(), kinds.iter().map(texts_of).collect());
    }
    if let Some(items) = schema.get("items") {
        let mut steps = json!({"description": schema["description"]});
        if has_properties(items) {
            steps["items"] = items.get("items").cloned().unwrap_or_else(|| texts_of(items));
        }
        texts.insert("items".to_owned(), steps);
    }
    Value::Object(texts)
}

/// Whether a schema is that of a table, or may be one.
fn has_properties(schema: &Value) -> bool {
    schema["properties"].is_object() || schema["anyOf"].as_array().is_some_and(|kinds| kinds.iter().any(has_properties))
}

struct Draft<'s> {
    shapes: &'s Shapes,
    describe: &'s dyn Fn(&str) -> Vec<Described>,
}

impl Draft<'_> {
    fn table(&self, name: &str) -> Value {
        let table = &self.shapes.tables[name];
        let described = (self.describe)(name);
        let mut properties = Map::new();
        for Described { key, text } in &described {
            let mut value = self.value(&key.kind);
            if !text.is_empty() {
                value["description"] = json!(text);
            }
            properties.insert(key.name.clone(), value);
        }
        // `false` would mark every line of the table as wrong, and not the unknown key.
        let others = table.others.as_ref().map_or(json!({"not": {"title": "an unknown key"}}), |kind| self.value(kind));
        let mut schema = json!({"type": "object", "properties": properties, "additionalProperties": others});
        let required: Vec<&str> =
            described.iter().filter(|known| known.key.required).map(|known| known.key.name.as_str()).collect();
        if !required.is_empty() {
            schema["required"] = json!(required);
        }
        schema
    }

    fn value(&self, kind: &Type) -> Value {
        match kind {
            Type::Word(word) => json!({"type": "string", "enum": [word]}),
            Type::List(kind) => json!({"type": "array", "items": self.value(kind)}),
            Type::Map(kind) => json!({"type": "object", "additionalProperties": self.value(kind)}),
            Type::Table(name) => self.table(name),
            Type::Any(kinds) => self.any(kinds),
            Type::Named(name, most) => named(name, *most),
        }
    }

    /// Several types; words are one of them together.
    fn any(&self, kinds: &[Type]) -> Value {
        let words: Vec<&str> = kinds.iter().filter_map(word).collect();
        let others = kinds.iter().filter(|kind| word(kind).is_none()).map(|kind| self.value(kind));
        let mut all: Vec<Value> = others.collect();
        if !words.is_empty() {
            all.push(json!({"type": "string", "enum": words}));
        }
        merged(&all).unwrap_or_else(|| if all.len() == 1 { all.remove(0) } else { json!({"anyOf": all}) })
    }
}

/// One schema for values of different types, where no list of words is among them: every keyword is about one type.
fn merged(all: &[Value]) -> Option<Value> {
    let mut types = Vec::new();
    let mut whole = Map::new();
    for parts in all {
        types.push(parts.get("type")?.as_str()?);
        let others = parts.as_object()?.iter().filter(|(name, _)| *name != "type");
        for (name, value) in others {
            if name == "enum" || whole.insert(name.clone(), value.clone()).is_some() {
                return None;
            }
        }
    }
    whole.insert("type".to_owned(), json!(types));
    (types.len() > 1).then_some(Value::Object(whole))
}

fn word(kind: &Type) -> Option<&str> {
    match kind {
        Type::Word(word) => Some(word),
        _ => None,
    }
}

fn named(name: &str, most: Option<u64>) -> Value {
    let text = || json!({"type": "string"});
    let localized = || json!({"type": ["string", "object"], "additionalProperties": text()});
    let lines = || json!({"type": ["string", "array"], "items": text()});
    match name {
        "text" => text(),
        "localized" => localized(),
        "lines" => lines(),
        "localized_lines" => {
            json!({"type": ["string", "array", "object"], "items": localized(), "additionalProperties": lines()})
        }
        "flag" => json!({"type": "boolean"}),
        "number" => json!({"type": "number"}),
        "count" => json!({"type": "integer", "minimum": 0, "maximum": most}),
        "size" => json!({"type": "integer", "minimum": 1, "maximum": 9}),
        "length" => json!({"type": "number", "minimum": 0, "maximum": 1000}),
        "date" => json!({"type": "string", "format": "date"}),
        "id" => json!({"type": "string", "pattern": "^[a-z0-9_]+$"}),
        "colour" => json!({"type": "string", "pattern": "^#[0-9A-Fa-f]{6}$"}),
        "hash" => json!({"type": "string", "pattern": "^[0-9a-f]{64}$"}),
        "entry" => {
            json!({"anyOf": [{"type": "number"}, {"type": "string", "enum": ["", "n/a", "undecided", "pending"]}]})
        }
        "scale" => json!({"type": "string", "enum": SCALES}),
        _ => panic!("shapes.toml: there is no type `{name}`"),
    }
}
