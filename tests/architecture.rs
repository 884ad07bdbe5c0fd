//! Checks the sources against the table of layers in `src/lib.rs` and against the conventions of the whole project.
//!
//! Every test collects all breaches before it fails.

#[path = "support/imports.rs"]
mod imports;
#[path = "support/rust.rs"]
mod rust;

use imports::{Module, circles, imports};
use rust::{Source, children, identifiers, words};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The one crate that may be named everywhere: its derives are how a value is shown to a template or as JSON.
const EVERYWHERE: &str = "serde";
/// The layer that may print.
const PRINTS: &str = "cli";
/// Layers that work with exact numbers.
const EXACT: [&str; 6] = ["model", "load", "figures", "merge", "present", "check"];

/// What no source may know: companies, currencies, exchanges, countries, accounting standards. These are data.
const PARTICULARS: [&str; 42] = [
    "iij",
    "internet",
    "initiative",
    "jpy",
    "yen",
    "usd",
    "dollar",
    "dollars",
    "eur",
    "euro",
    "euros",
    "gbp",
    "sterling",
    "cny",
    "rmb",
    "yuan",
    "krw",
    "chf",
    "tokyo",
    "tse",
    "tdnet",
    "edinet",
    "nasdaq",
    "nyse",
    "euronext",
    "jpx",
    "lse",
    "japan",
    "japanese",
    "america",
    "american",
    "germany",
    "german",
    "british",
    "gaap",
    "jgaap",
    "usgaap",
    "ifrs",
    "ias",
    "asbj",
    "fasb",
    "hgb",
];
/// The general name for measures that no accounting standard defines, whichever it is: a key of the dataset, and rules of its name.
const OF_NO_STANDARD: [&str; 3] = ["non_gaap", "non-gaap", "NonGaap"];
/// What not even a comment may name; the others may be an example or an authority there.
const COMPANIES: [&str; 1] = ["iij"];

/// A row of the table.
struct Layer {
    name: String,
    may_use: Vec<String>,
    doors: BTreeSet<String>,
}

#[test]
fn the_table_is_of_the_folders_and_each_row_uses_rows_above() {
    let table = table();
    let named: BTreeSet<String> = table.iter().map(|layer| layer.name.clone()).collect();
    let folders = fs::read_dir(root().join("src")).unwrap().map(|entry| entry.unwrap());
    let folders = folders.filter(|entry| entry.path().is_dir()).map(|entry| entry.file_name().into_string().unwrap());
    assert_eq!(named, folders.collect());
    for (row, layer) in table.iter().enumerate() {
        for used in &layer.may_use {
            assert!(table[..row].iter().any(|above| above.name == *used), "{} uses {used}, not above it", layer.name);
        }
    }
}

#[test]
fn layers_name_only_those_in_their_row() {
    let table = table();
    let mut breaches = Vec::new();
    for file in sources() {
        let Some(layer) = table.iter().find(|layer| layer.name == file.layer) else { continue };
        let named = children(&file.source.code, "crate").into_iter().chain(children(&file.source.code, "kessan"));
        let strange = named.filter(|(_, name)| *name != layer.name && !layer.may_use.iter().any(|used| used == name));
        breaches.extend(strange.map(|(line, name)| format!("{}:{line}: names `{name}`", file.path)));
        breaches.extend(climbs(&file).map(|line| format!("{}:{line}: leaves its layer by `super`", file.path)));
    }
    report(&breaches);
}

#[test]
fn no_files_of_a_layer_import_from_one_another_in_a_circle() {
    let modules = sources().into_iter().filter(|file| !file.is_test).map(|file| {
        let path = file.path.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
        let path = if path == "lib" { Vec::new() } else { path.split('/').map(str::to_owned).collect() };
        Module { path, code: file.source.code_without_tests(), file: file.path }
    });
    let edges = imports(&modules.collect::<Vec<_>>());
    assert!(edges.len() > 100, "imports were not found");
    report(&circles(&edges).into_iter().map(|files| files.join(", ")).collect::<Vec<_>>());
}

#[test]
fn each_row_of_the_table_names_only_what_its_layer_uses() {
    let files = sources();
    let mut breaches = Vec::new();
    for layer in table() {
        let own: Vec<&File> = files.iter().filter(|file| file.layer == layer.name).collect();
        let uses = |used: &String| {
            own.iter().any(|file| children(&file.source.code, "crate").iter().any(|(_, name)| name == used))
        };
        breaches.extend(layer.may_use.iter().filter(|used| !uses(used)).map(|used| format!("{}: {used}", layer.name)));
    }
    report(&breaches);
}

#[test]
fn the_program_is_only_the_command_line() {
    let main = sources().into_iter().find(|file| file.path == "src/main.rs").unwrap();
    let named: Vec<&str> = children(&main.source.code, "kessan").into_iter().map(|(_, name)| name).collect();
    assert_eq!(named, [PRINTS]);
}

#[test]
fn every_dependency_is_imported_only_by_its_layers() {
    let doors = doors_in_manifest();
    let mut layers: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, folders) in doors.iter().filter(|(name, _)| *name != EVERYWHERE) {
        let folders = folders.iter().map(|folder| folder.split('/').next().unwrap_or_default().to_owned());
        layers.insert(name.clone(), folders.collect());
    }
    let mut table_doors: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for layer in table() {
        for door in layer.doors {
            table_doors.entry(door).or_default().insert(layer.name.clone());
        }
    }
    assert_eq!(table_doors, layers, "left the table of src/lib.rs, right Cargo.toml");

    let mut breaches = Vec::new();
    for file in sources() {
        for (name, folders) in doors.iter().filter(|(name, _)| *name != EVERYWHERE) {
            let is_behind = folders.iter().any(|folder| {
                let path = file.path.strip_prefix("src/").unwrap_or_default();
                path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with(['/', '.']))
            });
            let strange = crate_uses(&file.source.code, name).filter(|_| !is_behind);
            breaches.extend(strange.map(|line| format!("{}:{line}: names the crate `{name}`", file.path)));
        }
    }
    report(&breaches);
}

#[test]
fn every_dependency_is_used() {
    let sources = sources();
    for name in doors_in_manifest().keys() {
        assert!(sources.iter().any(|file| crate_uses(&file.source.code, name).next().is_some()), "{name} is not used");
    }
}

#[test]
fn only_the_command_line_prints() {
    let prints = ["println!", "print!", "eprintln!", "eprint!", "stdout()", "stderr()"];
    report(&lines_with(&prints, |file| !file.is_test && ![PRINTS, "main"].contains(&file.layer.as_str())));
}

#[test]
fn nothing_panics() {
    let panics = [
        ".unwrap()",
        ".unwrap_err()",
        ".expect(",
        ".expect_err(",
        "panic!",
        "todo!",
        "unimplemented!",
        "unreachable!",
        "dbg!",
    ];
    report(&lines_with(&panics, |file| !file.is_test));
}

#[test]
fn nothing_is_unsafe_and_no_lint_is_silenced_without_a_reason() {
    let mut breaches = Vec::new();
    for file in sources() {
        let code = &file.source.code;
        for (line, range) in identifiers(code) {
            let attribute = code[..range.start].trim_end().ends_with('[');
            let reasoned = || code[range.end..].split_once(']').is_some_and(|(inner, _)| inner.contains("reason"));
            match &code[range.clone()] {
                "unsafe" => breaches.push(format!("{}:{line}: is unsafe", file.path)),
                "allow" if attribute => breaches.push(format!("{}:{line}: allows instead of expecting", file.path)),
                "expect" if attribute && !reasoned() => breaches.push(format!("{}:{line}: gives no reason", file.path)),
                _ => {}
            }
        }
    }
    report(&breaches);
}

#[test]
fn amounts_never_pass_through_binary_floating_point() {
    let mut breaches = Vec::new();
    // The joint decision may guess in floating point: exact arithmetic decides.
    let decides = |file: &&File| !file.path.ends_with("check/joint/least_squares.rs");
    for file in sources().iter().filter(|file| EXACT.contains(&file.layer.as_str())).filter(decides) {
        let code = &file.source.code;
        let floats = identifiers(code)
            .filter(|(_, range)| ["f32", "f64"].iter().any(|float| code[range.clone()].ends_with(float)));
        breaches.extend(floats.map(|(line, range)| format!("{}:{line}: `{}`", file.path, &code[range])));
    }
    report(&breaches);
}

#[test]
fn no_source_knows_a_company_a_currency_an_exchange_a_country_or_a_standard() {
    let mut breaches = Vec::new();
    let mut look = |path: &str, text: &str, listed: &[&str]| {
        for (number, line) in text.lines().enumerate() {
            let line = OF_NO_STANDARD.iter().fold(line.to_owned(), |line, general| line.replace(general, ""));
            let found = words(&line).into_iter().filter(|word| listed.contains(&word.as_str()));
            breaches.extend(found.map(|word| format!("{path}:{}: `{word}`", number + 1)));
        }
    };
    for file in sources() {
        look(&file.path, &file.source.code_and_texts, &PARTICULARS);
        look(&file.path, &file.source.comments, &COMPANIES);
    }
    report(&breaches);
}

#[test]
fn every_file_says_first_what_it_is_for() {
    let silent = sources().into_iter().filter(|file| !file.source.comments.starts_with("//! "));
    report(&silent.map(|file| format!("{}: begins without `//!`", file.path)).collect::<Vec<_>>());
}

/// Files, types and functions in back-ticks, and every layer.
#[test]
fn what_the_page_on_architecture_names_is_there() {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let code: String = sources().iter().map(|file| file.source.code.as_str()).collect::<Vec<_>>().join("\n");
    let is_defined = |name: &str| {
        ["struct", "enum", "trait", "type", "fn"].iter().any(|kind| {
            code.match_indices(&format!("{kind} {name}"))
                .any(|(at, found)| code[at + found.len()..].starts_with(|c: char| !c.is_alphanumeric() && c != '_'))
        })
    };
    let mut breaches = Vec::new();
    for name in page.split('`').skip(1).step_by(2).filter(|name| !name.contains([' ', '\n', '<', '*', '='])) {
        let item = name.split("::").next().unwrap_or_default();
        let is_item = item.starts_with(char::is_uppercase) && !item.contains(['.', '/']);
        let is_path = name.contains('/') || name.ends_with(".rs");
        let is_there = match (is_path, is_item) {
            (true, _) => root().join(name).exists(),
            // Types of other crates and variants are named as well.
            (_, true) => is_defined(item) || identifiers(&code).any(|(_, range)| &code[range] == item),
            _ => true,
        };
        breaches.extend((!is_there).then(|| format!("`{name}`")));
    }
    let layers = table().into_iter().map(|layer| format!("\n| `{}` |", layer.name));
    breaches.extend(layers.filter(|row| !page.contains(row)).map(|row| format!("no row{row}")));
    report(&breaches);
}

/// A file of `src/`.
struct File {
    /// From the root, `src/diag/json.rs`.
    path: String,
    /// The folder of `src/` it is in; the file's stem where it is in none.
    layer: String,
    /// Whether all of it is for tests.
    is_test: bool,
    source: Source,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file under `src/`, sorted by path.
fn sources() -> Vec<File> {
    let (mut found, mut folders) = (Vec::new(), vec![root().join("src")]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                found.push(file(&path));
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(found.len() > 50, "the sources were not found");
    found
}

fn file(path: &Path) -> File {
    let text = fs::read_to_string(path).unwrap();
    let shown = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
    let layer = shown.split('/').nth(1).unwrap_or_default().trim_end_matches(".rs").to_owned();
    File {
        is_test: shown.ends_with("tests.rs") || shown.contains("/tests/"),
        layer,
        source: Source::new(&text),
        path: shown,
    }
}

/// The rows of the table in the doc comment of `src/lib.rs`.
fn table() -> Vec<Layer> {
    let text = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let rows = text.lines().filter_map(|line| line.strip_prefix("//! |")?.strip_suffix('|'));
    let list =
        |cell: &str| cell.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
    let layers = rows.skip(2).map(|row| {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [name, may_use, doors] = cells[..] else { panic!("a row of the table has three cells: {row}") };
        let doors: Vec<String> = list(doors);
        Layer { name: name.to_owned(), may_use: list(may_use), doors: doors.into_iter().collect() }
    });
    layers.collect()
}

/// The dependencies as they are named in code, each with the folders that the comment above it opens to it:
/// `# render/pdf: why`.
fn doors_in_manifest() -> BTreeMap<String, Vec<String>> {
    let text = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let section = text.split_once("\n[dependencies]\n").unwrap().1;
    let mut lines = section.split("\n[").next().unwrap().lines();
    let (mut out, mut comment) = (BTreeMap::new(), "");
    for line in lines.by_ref() {
        match line.strip_prefix("# ") {
            Some(text) => comment = text,
            None => {
                let Some((name, _)) = line.split_once('=') else { continue };
                let doors = comment.split_once(": ").map_or("", |(doors, _)| doors);
                let doors: Vec<String> = doors.split(", ").map(str::to_owned).collect();
                assert!(!comment.is_empty(), "{name} says neither why nor where");
                out.insert(name.trim().replace('-', "_"), doors);
                comment = "";
            }
        }
    }
    assert!(!out.is_empty());
    out
}

/// The lines of a code that name an outside crate: `toml::…`, `use toml;`, but not `x::toml::…`.
fn crate_uses(code: &str, name: &str) -> impl Iterator<Item = usize> {
    identifiers(code).filter_map(move |(line, range)| {
        let (before, after) = (code[..range.start].trim_end(), code[range.end..].trim_start());
        let is_root = !before.ends_with("::") && !before.ends_with('.');
        let is_path = after.starts_with("::") || (before.ends_with("use") && after.starts_with([';', 'a']));
        (&code[range] == name && is_root && is_path).then_some(line)
    })
}

/// The lines where a chain of `super` leads out of the file's layer.
fn climbs(file: &File) -> impl Iterator<Item = usize> {
    let parts: Vec<&str> = file.path.trim_end_matches(".rs").trim_end_matches("/mod").split('/').skip(1).collect();
    let depth = parts.len();
    let code = file.source.code_without_tests();
    let names: Vec<(usize, String, bool)> = identifiers(&code)
        .map(|(line, range)| (line, code[range.clone()].to_owned(), code[..range.start].trim_end().ends_with("::")))
        .collect();
    let mut chain = 0;
    let climbs = names.into_iter().filter_map(move |(line, name, continues)| {
        chain = if name != "super" {
            0
        } else if continues {
            chain + 1
        } else {
            1
        };
        (chain >= depth).then_some(line)
    });
    climbs.collect::<Vec<_>>().into_iter()
}

/// The places outside tests where one of the texts stands in a file that is looked at.
fn lines_with(texts: &[&str], is_looked_at: impl Fn(&File) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for file in sources().iter().filter(|file| is_looked_at(file)) {
        for (number, line) in file.source.code_without_tests().lines().enumerate() {
            let stands = |text: &&&str| {
                line.match_indices(**text)
                    .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
            };
            found.extend(texts.iter().filter(stands).map(|text| format!("{}:{}: `{text}`", file.path, number + 1)));
        }
    }
    found
}

fn report(breaches: &[String]) {
    let list: String = breaches.iter().map(|breach| format!("\n  {breach}")).collect();
    assert!(breaches.is_empty(), "{} breaches{list}", breaches.len());
}
