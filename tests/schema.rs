//! The schemas for editors, `docs/schema/`: they are what `tests/schema/shapes.toml` and the reference make, and have the keys that
//! the program reads and no other. `SNAPSHOTS=overwrite cargo test --test schema` writes them anew.

#[path = "schema/draft.rs"]
mod draft;
#[expect(dead_code, reason = "not all of it is needed here")]
#[path = "support/folder.rs"]
mod folder;
#[path = "schema/reference.rs"]
mod reference;
#[path = "schema/shapes.rs"]
mod shapes;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use draft::{Described, keys_of, schema};
use folder::Folder;
use reference::{Chapter, Row, chapters};
use serde::Serialize;
use shapes::{File, Key, Shapes, Table, Type};

const SHAPES: &str = include_str!("schema/shapes.toml");
const FOLDER: &str = "docs/schema";
/// What a release needs so that all of its files are read.
const RELEASE: &str = "[release]\ntitle = \"T\"\nissuer = \"I\"\nlanguage = \"en\"\ndate = 2026-01-01\n";

#[test]
fn the_schemas_are_what_the_reference_says() {
    let shapes = Shapes::read(SHAPES);
    let mut made: BTreeMap<String, String> = BTreeMap::new();
    for (name, file) in &shapes.files {
        let describe = |table: &str| described(&shapes, table);
        let schema = schema(&shapes, &file.paths.join(", "), &file.root, &describe);
        made.insert(format!("{FOLDER}/{name}.json"), lines(&schema));
    }
    // What a project gets, and what the files of this one are held to.
    made.insert(format!("{FOLDER}/taplo.toml"), taplo_settings(&shapes, ".taplo"));
    made.insert(".taplo.toml".to_owned(), taplo_settings(&shapes, FOLDER));
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let entries = fs::read_dir(home.join(FOLDER)).unwrap().map(|entry| entry.unwrap().file_name());
    let known: BTreeSet<String> = entries.map(|name| format!("{FOLDER}/{}", name.to_str().unwrap())).collect();
    let gone: Vec<_> = known.iter().filter(|path| !made.contains_key(*path)).collect();
    assert!(gone.is_empty(), "tests/schema/shapes.toml has no file for {gone:?}");
    made.retain(|path, text| !fs::read_to_string(home.join(path)).is_ok_and(|known| known == *text));
    if std::env::var("SNAPSHOTS").is_ok_and(|mode| mode == "overwrite") {
        made.iter().for_each(|(path, text)| fs::write(home.join(path), text).unwrap());
    } else {
        let differ: Vec<_> = made.keys().collect();
        assert!(differ.is_empty(), "`SNAPSHOTS=overwrite cargo test --test schema` writes {differ:?} anew");
    }
}

/// A schema with a line for each of its parts, without indents, because a part may be deep down.
fn lines(schema: &serde_json::Value) -> String {
    let mut text = Vec::new();
    let formatter = serde_json::ser::PrettyFormatter::with_indent(b"");
    schema.serialize(&mut serde_json::Serializer::with_formatter(&mut text, formatter)).unwrap();
    String::from_utf8(text).unwrap() + "\n"
}

/// Which files Taplo holds against which schema of a folder.
fn taplo_settings(shapes: &Shapes, folder: &str) -> String {
    let mut text = String::from(
        "# Written by `kessan schema`: Taplo, and editors that use it, complete and explain the keys of these files.\n\
         include = [\"content/**/*.toml\", \"templates/**/*.toml\"]\n",
    );
    for (name, File { paths, .. }) in &shapes.files {
        text += &format!(
            "\n[[rule]]\ninclude = {paths:?}\nschema = {{ path = \"{folder}/{name}.json\", enabled = true }}\n"
        );
    }
    text
}

#[test]
fn the_schemas_have_every_key_of_the_program_and_no_other() {
    let shapes = Shapes::read(SHAPES);
    let mut faults = Vec::new();
    for (name, table) in shapes.tables.iter().filter(|(_, table)| !table.probe.is_empty()) {
        let read = keys_read(name, table);
        let known: BTreeSet<String> = described(&shapes, name).into_iter().map(|known| known.key.name).collect();
        faults.extend(read.difference(&known).map(|key| {
            let (page, heading) = &table.reference;
            format!(
                "the program reads `{key}`: add `keys.{key} = \"TYPE\"` to [table.{name}] of tests/schema/shapes.toml, and a row \
                 to the table of keys below `{heading}` in docs/reference/{page}"
            )
        }));
        let gone = known.difference(&read);
        faults.extend(gone.map(|key| format!("the program does not read `{key}`: remove it from [table.{name}]")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_reference_has_no_other_key() {
    let shapes = Shapes::read(SHAPES);
    let known: BTreeSet<(&str, &str)> = shapes
        .tables
        .values()
        .flat_map(|table| keys_of(&shapes, table))
        .map(|(of, key)| (of.reference.0.as_str(), key.name.as_str()))
        .collect();
    let pages: BTreeSet<&str> = shapes.tables.values().map(|table| table.reference.0.as_str()).collect();
    let mut faults = Vec::new();
    // The rows of appearance.md are tables, of which the test above asks the keys.
    for page in pages.into_iter().filter(|page| *page != "appearance.md") {
        for row in chapters(page).into_iter().flat_map(|chapter| chapter.rows) {
            let other = row.names.iter().filter(|name| !known.contains(&(page, name.as_str())));
            faults.extend(other.map(|name| format!("{page}: `{name}`")));
        }
    }
    assert!(faults.is_empty(), "the reference has keys that the program does not know: {faults:#?}");
}

/// The keys that the program names when it finds one that it does not know.
fn keys_read(name: &str, table: &Table) -> BTreeSet<String> {
    let (file, probes) = table.probe.split_first().unwrap();
    let mut keys = BTreeSet::new();
    for (number, probe) in probes.iter().enumerate() {
        let folder = Folder::new(&format!("{name}-{number}"));
        folder.write("content/probe/release.toml", RELEASE);
        folder.write(&format!("content/probe/{file}"), format!("{probe}\n"));
        let stderr = folder.run(&["check"]).stderr;
        let findings = stderr
            .split("\n\n")
            .filter(|finding| finding.lines().next().is_some_and(|line| line.contains("`qqqqqqqq`")));
        let notes =
            findings.flat_map(str::lines).filter_map(|line| line.trim().strip_prefix("= note: the keys here are "));
        let found: Vec<String> = notes.flat_map(|line| line.split(", ").map(str::to_owned)).collect();
        assert!(!found.is_empty(), "[table.{name}]: the program finds no fault with\n{probe}\nbut\n{stderr}");
        keys.extend(found);
    }
    keys
}

/// The keys of a table with what the reference says of them.
fn described(shapes: &Shapes, name: &str) -> Vec<Described> {
    let table = &shapes.tables[name];
    if let Some(kind) = &table.all {
        let page = chapters(&table.reference.0);
        let chapter = chapter(&page, table);
        // Of tables with one list for all keys, only the rows of the list are keys by themselves.
        let rows = chapter
            .rows
            .iter()
            .filter(|row| row.names.iter().all(|name| !name.starts_with('[')) && row.text.contains("Checked by"));
        let each = rows.flat_map(|row| row.names.iter().map(move |name| (name, &row.text)));
        return each
            .map(|(name, text)| Described {
                key: Key { name: name.clone(), kind: kind.clone(), required: false },
                text: text.clone(),
            })
            .collect();
    }
    let keys = keys_of(shapes, table).into_iter();
    keys.map(|(of, key)| Described { key: key.clone(), text: text(name, of, key) }).collect()
}

fn chapter<'c>(page: &'c [Chapter], table: &Table) -> &'c Chapter {
    let (name, heading) = &table.reference;
    let found = page.iter().find(|chapter| chapter.heading == *heading);
    found.unwrap_or_else(|| panic!("docs/reference/{name} has no heading `{heading}`"))
}

/// What the reference says of a key. Only a table may lack a sentence, if there is a heading of it.
fn text(name: &str, table: &Table, key: &Key) -> String {
    let page = chapters(&table.reference.0);
    let chapter = chapter(&page, table);
    let (page_name, heading) = &table.reference;
    let is_table = matches!(&key.kind, Type::Table(_))
        || matches!(&key.kind, Type::List(kind) | Type::Map(kind) if matches!(**kind, Type::Table(_)));
    let found = match &table.row {
        Some(row) => of_row(chapter, row, &key.name),
        None => of_key(chapter, &key.name),
    };
    if let Some(row) = found {
        return row.text.clone();
    }
    let heads = [format!("[{}]", key.name), format!("[[{}]]", key.name)];
    if let Some(own) = page.iter().find(|chapter| heads.contains(&chapter.heading)) {
        return own.lead.clone();
    }
    assert!(
        is_table || table.row.is_none() && heading.ends_with(".toml"),
        "docs/reference/{page_name}: the table of keys below `{heading}` lacks a row for `{}` of [table.{name}]",
        key.name
    );
    String::new()
}

/// The row of a key: by its name, as a table `[key]`, or as one with keys of the user's, `[key.<style>]`.
fn of_key<'c>(chapter: &'c Chapter, key: &str) -> Option<&'c Row> {
    let named = |name: &String| {
        let bare = name.trim_start_matches('[').trim_end_matches(']');
        bare == key || bare.split_once(".<").is_some_and(|(table, _)| table == key)
    };
    chapter.rows.iter().find(|row| row.names.iter().any(named))
}

/// The row of a table that speaks of a key: one that begins with it, or mentions it.
fn of_row<'c>(chapter: &'c Chapter, row: &str, key: &str) -> Option<&'c Row> {
    let rows = || chapter.rows.iter().filter(|known| known.names.iter().any(|name| name == row));
    let quoted = format!("`{key}`");
    let begins = rows().find(|known| known.text.starts_with(&format!("{quoted}:")));
    let has_word = |text: &str| {
        text.split(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != '-').any(|word| word == key)
    };
    begins
        .or_else(|| rows().find(|known| known.text.contains(&quoted)))
        .or_else(|| rows().find(|known| has_word(&known.text)))
}
