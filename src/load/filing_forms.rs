//! Reads `templates/filing/<name>.toml`: the forms of an exchange's taxonomy.

use std::sync::Arc;

use super::{
    files::File,
    toml_table::{self, TomlTable, parse_word},
};
use crate::{
    diag::{Findings, Source},
    model::{
        Axis, Concept, ConceptKind, ContextNames, DefinitionLink, DerivedValue, FilingFiles, FilingForm, FilingUnits,
        ForecastMembers, RevisionMembers, SchemaAddress, Taxonomy,
    },
};

/// Whether a concept is of a day, by the word of its period.
const PERIODS: [(&str, bool); 2] = [("instant", true), ("duration", false)];

/// The longest code of an issuer, in characters.
const MAX_CODE: u8 = 20;

/// Reads a table of forms, which is known to be sound, without the parts of other forms than `form`.
pub fn filing_form(source: &Source, form: &str) -> Taxonomy {
    let part = Source::new(&source.path, without_other_forms(&source.text, form));
    // A sound table has no findings.
    filing_forms(&part, &mut Findings::new())
}

/// The text of a table of forms without the parts that only other forms have. A part begins with `[[link]]` and names its forms on a
/// line of its own.
fn without_other_forms(text: &str, form: &str) -> String {
    let mut out = String::with_capacity(text.len() / 2);
    let mut parts = text.split(LINK);
    out.push_str(parts.next().unwrap_or_default());
    let quoted = format!("\"{form}\"");
    let is_of_form = |part: &&str| {
        let forms = part.lines().find(|line| line.starts_with("forms = "));
        forms.is_none_or(|forms| forms.contains(&quoted))
    };
    for part in parts.filter(is_of_form) {
        out.push_str(LINK);
        out.push_str(part);
    }
    out
}

/// The head of a part of forms.
const LINK: &str = "\n[[link]]\n";

/// Reads a table of forms.
pub fn filing_forms(source: &Arc<Source>, findings: &mut Findings) -> Taxonomy {
    let file = File { source: Arc::clone(source), stem: String::new() };
    let mut taxonomy = Taxonomy::default();
    toml_table::parse_file(&file, findings, &mut |keys, findings| {
        let mut reader = Reader { taxonomy: &mut taxonomy, findings };
        reader.read_addresses(keys);
        reader.read_files(keys);
        reader.read_contexts(keys);
        reader.read_conventions(keys);
        reader.read_concepts(keys);
        reader.read_links(keys);
    });
    taxonomy
}

struct Reader<'t> {
    taxonomy: &'t mut Taxonomy,
    findings: &'t mut Findings,
}

impl Reader<'_> {
    /// Reads a required table.
    fn read_section(&mut self, keys: &TomlTable, name: &'static str, read: impl FnOnce(&mut Self, &TomlTable)) {
        if let Some(part) = keys.require(name, self.findings).and_then(|value| value.table(self.findings)) {
            read(self, &part);
            part.finish(self.findings);
        }
    }

    fn text(&mut self, keys: &TomlTable, key: &'static str) -> String {
        keys.require_text(key, self.findings).map(|text| text.value).unwrap_or_default()
    }

    fn texts(&mut self, keys: &TomlTable, key: &'static str) -> Vec<String> {
        keys.texts(key, self.findings).into_iter().map(|text| text.value).collect()
    }

    fn read_addresses(&mut self, keys: &TomlTable) {
        self.read_section(keys, "taxonomy", |it, keys| {
            it.taxonomy.concepts_schema = it.schema(keys, "concepts");
            it.taxonomy.roles_schema = it.schema(keys, "roles");
            it.taxonomy.role_prefix = it.text(keys, "role");
            it.taxonomy.labels = it.texts(keys, "labels");
            it.taxonomy.change_prefix = it.text(keys, "change");
        });
    }

    fn schema(&mut self, keys: &TomlTable, key: &'static str) -> SchemaAddress {
        let mut address = SchemaAddress::default();
        self.read_section(keys, key, |it, keys| {
            let [prefix, namespace, file] = ["prefix", "namespace", "schema"].map(|key| it.text(keys, key));
            address = SchemaAddress { prefix, namespace, file };
        });
        address
    }

    fn read_files(&mut self, keys: &TomlTable) {
        self.read_section(keys, "files", |it, keys| {
            let names = ["folder", "name", "number", "namespace", "entity_scheme", "entity"];
            let [folder, name, number, namespace, entity_scheme, entity] = names.map(|key| it.text(keys, key));
            let code_length = usize::from(keys.count("code_length", MAX_CODE, it.findings).unwrap_or_default());
            it.taxonomy.files = FilingFiles { folder, name, number, namespace, entity_scheme, entity, code_length };
        });
        self.read_section(keys, "unit", |it, keys| {
            let names = ["money", "per_share", "shares", "number"];
            let [money, per_share, shares, number] = names.map(|key| it.text(keys, key));
            it.taxonomy.units = FilingUnits { money, per_share, shares, number };
        });
    }

    fn read_contexts(&mut self, keys: &TomlTable) {
        self.read_section(keys, "context", |it, keys| {
            let mut years = it.texts(keys, "years").into_iter();
            let parts = it.names(keys, "parts").into_iter();
            it.taxonomy.contexts = ContextNames {
                years: std::array::from_fn(|_| years.next().unwrap_or_default()),
                parts: parts.filter_map(|(months, name)| Some((months.parse().ok()?, name))).collect(),
                duration: it.text(keys, "duration"),
                instant: it.text(keys, "instant"),
                axes: it.texts(keys, "axes"),
            };
        });
        self.read_section(keys, "forecast", |it, keys| {
            let names = ["axis", "result", "forecast", "lower", "upper"];
            let [axis, result, forecast, lower, upper] = names.map(|key| it.text(keys, key));
            it.taxonomy.forecast = ForecastMembers { axis, result, forecast, lower, upper };
        });
        if let Some(keys) = keys.table("revision", self.findings) {
            let [axis, previous, current] = ["axis", "previous", "current"].map(|key| self.text(&keys, key));
            keys.finish(self.findings);
            self.taxonomy.revision = Some(RevisionMembers { axis, previous, current });
        }
    }

    /// A table of texts whose keys are names.
    fn names(&mut self, keys: &TomlTable, key: &'static str) -> Vec<(String, String)> {
        let entries = keys.table(key, self.findings).map(|table| table.entries()).unwrap_or_default();
        let entries = entries.into_iter();
        entries.filter_map(|(name, value)| Some((name.value, value.text(self.findings)?.value))).collect()
    }

    fn read_conventions(&mut self, keys: &TomlTable) {
        if let Some(table) = keys.table("derived", self.findings) {
            for (concept, value) in table.entries() {
                let word = value.text(self.findings);
                let derived = word.and_then(|word| self.findings.keep(parse_word(&word, &DerivedValue::WORDS)));
                self.taxonomy.derived.extend(derived.map(|derived| (concept.value, derived)));
            }
        }
        self.read_section(keys, "required", |it, keys| it.taxonomy.required = it.texts(keys, "concepts"));
        for (member, concepts) in keys.table("member", self.findings).map(|table| table.entries()).unwrap_or_default() {
            for concept in concepts.items(self.findings).unwrap_or_default() {
                let Some(concept) = concept.text(self.findings) else { continue };
                self.taxonomy.usual_members.entry(concept.value).or_default().push(member.value.clone());
            }
        }
        for (form, value) in keys.table("form", self.findings).map(|table| table.entries()).unwrap_or_default() {
            let Some(keys) = value.table(self.findings) else { continue };
            let path = self.text(&keys, "path");
            let folder = keys.text("folder", self.findings).map(|folder| folder.value);
            let title = keys.text("title", self.findings).map(|title| title.value).unwrap_or_default();
            let members = self.texts(&keys, "members");
            let months = keys.items("months", self.findings).into_iter().filter_map(|months| {
                let months = self.findings.keep(months.number())?;
                months.value.normalize().to_string().parse().ok()
            });
            let months = months.collect();
            keys.finish(self.findings);
            self.taxonomy.forms.insert(form.value, FilingForm { path, folder, title, months, members });
        }
    }

    fn read_concepts(&mut self, keys: &TomlTable) {
        for keys in keys.tables("concepts", self.findings) {
            let kind = keys.word("kind", &ConceptKind::WORDS, self.findings);
            let is_instant = keys.word("period", &PERIODS, self.findings);
            let names = self.text(&keys, "names");
            keys.finish(self.findings);
            if let (Some(kind), Some(is_instant)) = (kind, is_instant) {
                let named = names.split_whitespace().map(|name| (name.to_owned(), Concept { kind, is_instant }));
                self.taxonomy.concepts.extend(named);
            }
        }
    }

    fn read_links(&mut self, keys: &TomlTable) {
        for keys in keys.tables("link", self.findings) {
            let (role, heading) = (self.text(&keys, "role"), self.text(&keys, "heading"));
            let table = keys.text("table", self.findings).map(|table| table.value);
            let forms = self.texts(&keys, "forms");
            let mut axes = Vec::new();
            for keys in keys.tables("axes", self.findings) {
                axes.push(Axis { name: self.text(&keys, "name"), members: self.texts(&keys, "members") });
                keys.finish(self.findings);
            }
            let items = self.text(&keys, "items");
            keys.finish(self.findings);
            let items = items.lines().map(|line| (line.len() - line.trim_start().len(), line.trim().to_owned()));
            let link = DefinitionLink { role, forms, heading, table, axes, items: items.collect() };
            self.taxonomy.links.push(link);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_the_same_without_the_parts_of_others() {
        let tables = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/filing")).unwrap();
        for table in tables {
            let source = Source::new("forms.toml", std::fs::read_to_string(table.unwrap().path()).unwrap());
            let mut findings = Findings::new();
            let whole = filing_forms(&source, &mut findings);
            assert!(findings.is_empty() && whole.forms.len() > 1);
            for form in whole.forms.keys() {
                let links: Vec<DefinitionLink> = whole.links_of(form).cloned().collect();
                let part = filing_form(&source, form);
                assert!(!links.is_empty() && part.links.len() < whole.links.len());
                assert_eq!(part, Taxonomy { links, ..whole.clone() });
            }
        }
    }
}
