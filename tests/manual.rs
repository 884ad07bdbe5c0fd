//! The manual of the rules, `docs/rules.md`: its chapters are the comments at the head of the rules' files, its examples
//! come from the gallery of findings, and no name of a finding is missing.
//! `SNAPSHOTS=overwrite cargo test --test manual` writes the chapters anew.

#[path = "support/rust.rs"]
mod rust;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use rust::Source;

const START: &str = "<!-- rules -->\n";
const END: &str = "<!-- end of rules -->\n";
const TABLE: &str = "src/check/rules/mod.rs";
/// What comes before the name of a finding.
const BEFORE: [&str; 6] =
    ["Diagnostic::error(", "Diagnostic::warning(", "Diagnostic::io(", "Self::io(", "unknown_name(", "RULE: &str ="];

fn home() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(home().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn the_manual_is_what_the_rules_say() {
    let page = read("docs/rules.md");
    let (head, rest) = page.split_once(START).unwrap();
    let (chapters, tail) = rest.split_once(END).unwrap();
    let real: String = rules().iter().map(|rule| chapter(rule)).collect();
    if chapters == real {
        return;
    }
    assert!(std::env::var("SNAPSHOTS").is_ok_and(|mode| mode == "overwrite"), "docs/rules.md should have\n{real}");
    fs::write(home().join("docs/rules.md"), [head, START, &real, END, tail].concat()).unwrap();
}

#[test]
fn every_name_of_a_finding_is_in_the_manual() {
    let page = read("docs/rules.md");
    let mut names: BTreeSet<String> = rules().into_iter().collect();
    for file in sources(&home().join("src")) {
        names.extend(named(&fs::read_to_string(file).unwrap()));
    }
    assert!(names.len() > 40, "{names:?}");
    let listed: BTreeSet<String> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| `").or(line.strip_prefix("| [`"))?.split('`').next())
        .map(str::to_owned)
        .collect();
    let missing: Vec<_> =
        names.difference(&listed).filter(|name| !["declared", "lines"].contains(&name.as_str())).collect();
    assert!(missing.is_empty(), "docs/rules.md lacks {missing:?}");
    let gone: Vec<_> = listed.difference(&names).collect();
    assert!(gone.is_empty(), "no finding is called {gone:?}");
}

/// The rules, in the order of their table.
fn rules() -> Vec<String> {
    let table = read(TABLE);
    let (_, tables) = table.split_once("const FAMILIES").unwrap();
    let (tables, _) = tables.split_once("\n#[cfg(test)]").unwrap();
    let code = Source::new(tables).code_and_texts;
    code.split("(\"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

/// A rule's chapter: the comment at the head of its file, with the example that it names.
fn chapter(rule: &str) -> String {
    let source = read(&format!("src/check/rules/{}.rs", rule.replace('-', "_")));
    let comment = source.lines().map_while(|line| line.strip_prefix("//!")).map(str::trim);
    let mut chapter = format!("## {rule}\n\n");
    for line in comment {
        match line.strip_prefix("**Example.** `") {
            Some(example) => chapter += &shown(rule, example),
            None => chapter += &format!("{line}\n"),
        }
    }
    for part in ["**What it checks.**", "**Why.**", "**Example.**", "**How to fix it.**"] {
        assert!(chapter.contains(part), "src/check/rules/{rule}.rs: its comment lacks {part}");
    }
    chapter + "\n"
}

/// The first finding of a rule in a case of the gallery: `` relations/footing` `` or `` declared/unused`, reported as `unused` ``.
fn shown(rule: &str, example: &str) -> String {
    let (case, description) = example.split_once('`').unwrap();
    let name = description.split('`').nth(1).unwrap_or(rule);
    let output = read(&format!("tests/findings/{case}.out"));
    let heads = ["error", "warning"].map(|level| format!("{level}[{name}]"));
    let finding = output.split("\n\n").find(|finding| heads.iter().any(|head| finding.starts_with(head)));
    let finding = finding.unwrap_or_else(|| panic!("{case}.out has no finding of `{name}`"));
    let description =
        if description.is_empty() { String::new() } else { format!(" It is{}:", description.trim_start_matches(',')) };
    format!("**Example.**{description}\n\n```text\n{}\n```\n", finding.trim_end())
}

/// Every source below a folder, apart from those that hold tests alone.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.to_string_lossy().into_owned();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if name.ends_with(".rs") && !name.ends_with("tests.rs") {
            found.push(path);
        }
    }
    found
}

/// The names of findings in a source.
fn named(source: &str) -> Vec<String> {
    let code = Source::new(source).code_and_texts;
    let code = code.split("#[cfg(test)]").next().unwrap_or_default();
    let after = |mark: &'static str| code.split(mark).skip(1);
    let texts = BEFORE.iter().flat_map(|mark| after(mark)).filter_map(|rest| rest.trim_start().strip_prefix('"'));
    texts.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}
