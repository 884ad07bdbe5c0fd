//! Validates JSON against as much of JSON Schema 2020-12 as the release's schema uses. It rejects unknown keywords, so
//! that none is ignored.

use std::collections::BTreeSet;

use serde_json::Value;

/// A schema, and which of its properties were met.
pub struct Schema {
    root: Value,
    pub met: BTreeSet<String>,
}

/// Keywords that say nothing about values.
const REMARKS: [&str; 5] = ["$schema", "$id", "$defs", "title", "description"];

impl Schema {
    pub fn new(text: &str) -> Self {
        Self { root: serde_json::from_str(text).unwrap(), met: BTreeSet::new() }
    }

    /// What is wrong with a value under the definition of that name, or under the whole schema.
    pub fn faults(&mut self, value: &Value, definition: Option<&str>) -> Vec<String> {
        let root = self.root.clone();
        let schema = definition.map_or(&root, |name| &root["$defs"][name]);
        let mut faults = Vec::new();
        self.check(value, schema, definition.unwrap_or_default(), "", &mut faults);
        faults
    }

    /// Every property as `definition/name`, with what it says.
    pub fn properties(&self) -> Vec<(String, Value)> {
        let mut found = Vec::new();
        let definitions = self.root["$defs"].as_object().unwrap().iter().map(|(name, schema)| (name.as_str(), schema));
        for (name, schema) in definitions.chain([("", &self.root)]) {
            let properties = schema["properties"].as_object().into_iter().flatten();
            found.extend(properties.map(|(key, schema)| (format!("{name}/{key}"), schema.clone())));
        }
        found
    }

    fn check(&mut self, value: &Value, schema: &Value, name: &str, at: &str, faults: &mut Vec<String>) {
        for (keyword, rule) in schema.as_object().unwrap() {
            let holds = match keyword.as_str() {
                known if REMARKS.contains(&known) => true,
                "$ref" => {
                    let name = rule.as_str().unwrap().strip_prefix("#/$defs/").unwrap();
                    let schema = self.root["$defs"][name].clone();
                    self.check(value, &schema, name, at, faults);
                    true
                }
                "type" => is(value, rule.as_str().unwrap()),
                "const" => value == rule,
                "enum" => rule.as_array().unwrap().contains(value),
                "minimum" => value.as_i64().is_none_or(|value| value >= rule.as_i64().unwrap()),
                "maximum" => value.as_i64().is_none_or(|value| value <= rule.as_i64().unwrap()),
                "pattern" => value.as_str().is_none_or(|text| matches(text, name)),
                "required" => {
                    let keys = || rule.as_array().unwrap().iter().filter_map(Value::as_str);
                    value.as_object().is_none_or(|object| keys().all(|key| object.contains_key(key)))
                }
                "properties" => {
                    for (key, schema) in rule.as_object().unwrap() {
                        if let Some(value) = value.get(key) {
                            self.met.insert(format!("{name}/{key}"));
                            self.check(value, schema, "", &format!("{at}/{key}"), faults);
                        }
                    }
                    true
                }
                "additionalProperties" => {
                    let known = schema["properties"].as_object();
                    let others = value.as_object().into_iter().flatten();
                    let others = others.filter(|(key, _)| !known.is_some_and(|known| known.contains_key(*key)));
                    let others: Vec<_> = others.collect();
                    if rule.is_object() {
                        others.iter().for_each(|(_, value)| self.check(value, rule, "", at, faults));
                    }
                    rule.is_object() || others.is_empty()
                }
                "items" => {
                    for (number, value) in value.as_array().into_iter().flatten().enumerate() {
                        self.check(value, rule, "", &format!("{at}/{number}"), faults);
                    }
                    true
                }
                "anyOf" => self.fitting(value, rule) > 0,
                "oneOf" => self.fitting(value, rule) == 1,
                "not" => self.fitting(value, &Value::Array(vec![rule.clone()])) == 0,
                other => panic!("the schema says `{other}`"),
            };
            if !holds {
                faults.push(format!("{at}: {keyword} {rule}, but is {value}"));
            }
        }
    }

    fn fitting(&mut self, value: &Value, schemas: &Value) -> usize {
        let schemas = schemas.as_array().unwrap().iter();
        let fits = schemas.filter(|schema| {
            let mut faults = Vec::new();
            self.check(value, schema, "", "", &mut faults);
            faults.is_empty()
        });
        fits.count()
    }
}

fn is(value: &Value, kind: &str) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("the schema knows the type `{other}`"),
    }
}

/// The patterns of the schema, by the definition they stand in.
fn matches(text: &str, definition: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match definition {
        "decimal" | "printed" => {
            let size = text.strip_prefix('-').unwrap_or(text);
            let (whole, fraction) = size.split_once('.').map_or((size, None), |(whole, rest)| (whole, Some(rest)));
            let is_zero = !size.contains(|digit: char| ('1'..='9').contains(&digit));
            digits(whole)
                && fraction.is_none_or(digits)
                && (whole == "0" || !whole.starts_with('0'))
                && (definition == "printed" || !(is_zero && text.starts_with('-')))
        }
        "day" => {
            let parts: Vec<&str> = text.split('-').collect();
            parts.iter().all(|part| digits(part)) && parts.iter().map(|part| part.len()).eq([4, 2, 2])
        }
        "lei" => text.len() == 20 && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()),
        other => panic!("a pattern in `{other}`"),
    }
}
