//! Tests that no input makes the program panic: the starter release is damaged in many ways, checked and reported.

#[path = "robustness/damage.rs"]
mod damage;

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use damage::{Random, damaged};
use kessan::{
    commands::{Check, Starter, check, new},
    diag::{Diagnostic, human, json, short},
};

const SLUG: &str = "acme";

/// The rounds of a run; more with `KESSAN_ROUNDS=20000`.
const ROUNDS: u64 = 60;

/// An empty project with the starter release.
fn project(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("robustness").join(name);
    if root.exists() {
        fs::remove_dir_all(&root).unwrap();
    }
    fs::create_dir_all(&root).unwrap();
    new(&root, SLUG, Starter::QUARTER).unwrap();
    root
}

/// The files below a folder, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

/// Checks the project and tells what was found in every form.
fn check_findings(root: &Path) -> Vec<Diagnostic> {
    let findings = check(&Check { root, slugs: &[], counts: false, ends_process: false }, &|_, _| ()).findings;
    assert!(!json(&findings, &[], &[""; 0]).is_empty());
    for text in [human(&findings, false), short(&findings)] {
        assert_eq!(text.is_empty(), findings.is_empty());
    }
    assert!(findings.iter().all(|finding| !finding.message.is_empty()));
    findings
}

#[test]
fn damaged_files_are_reported() {
    let root = project("damaged");
    let home = root.join("content").join(SLUG);
    let whole: Vec<(PathBuf, Vec<u8>)> =
        files(&home).into_iter().map(|path| (path.clone(), fs::read(path).unwrap())).collect();
    assert_eq!(check_findings(&root), []);
    let rounds = std::env::var("KESSAN_ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(ROUNDS);
    for round in 0..rounds {
        let mut random = Random::new(round);
        let hurt: Vec<_> = (0..=random.below(3)).map(|_| random.below(whole.len())).collect();
        for &file in &hurt {
            fs::write(&whole[file].0, damaged(&whole[file].1, &mut random)).unwrap();
        }
        let done = std::panic::catch_unwind(|| check_findings(&root));
        assert!(
            done.is_ok(),
            "round {round} panics: {:?}",
            hurt.iter().map(|&file| &whole[file].0).collect::<Vec<_>>()
        );
        hurt.iter().for_each(|&file| fs::write(&whole[file].0, &whole[file].1).unwrap());
    }
}

/// One dataset of the starter replaced by, or one page continued with, a text without measure.
fn extreme(name: &str, path: &str, text: &str) -> Vec<Diagnostic> {
    let root = project(name);
    let file = root.join("content").join(SLUG).join(path);
    let before = fs::read_to_string(&file).ok().filter(|_| path.ends_with(".md")).unwrap_or_default();
    fs::write(&file, before + "\n" + text).unwrap();
    if path == "measures.toml" {
        let used = ["deep", "m12", "m40", "m999"].map(|id| format!("\n{{{{ \"{id}\" | amount }}}}\n"));
        fs::write(root.join("content").join(SLUG).join("01-highlights.md"), used.concat()).unwrap();
    }
    let begun = Instant::now();
    let found = check_findings(&root);
    println!("{name}: {} findings in {:?}", found.len(), begun.elapsed());
    assert!(begun.elapsed() < Duration::from_secs(60), "{name} takes {:?}", begun.elapsed());
    found
}

#[test]
fn nothing_nests_too_deeply() {
    let many = |text: &str| text.repeat(10_000);
    let pages = [
        ("quotes", many(">")),
        ("quotes_apart", many("> ")),
        ("lists", (0..500).map(|depth| format!("{}- x\n", "  ".repeat(depth))).collect()),
        ("emphasis", format!("{}x{}", many("*a "), many("*"))),
        ("links", format!("{}x{}", "[".repeat(2_000), "](x)".repeat(2_000))),
        ("images", format!("{}x{}", many("!["), many("](x)"))),
        ("footnotes", "[^x]: ".repeat(300)),
        ("tags", many("{{")),
        ("blocks", many("{% if true %}")),
        ("parentheses", format!("{{{{ {}1{} }}}}", many("("), many(")"))),
        ("lists_in_tags", format!("{{{{ {}1{} }}}}", many("["), many("]"))),
        ("nots", format!("{{{{ {}1 }}}}", many("not "))),
        ("minuses", format!("{{{{ {}1 }}}}", many("- "))),
        ("sums", format!("{{{{ 1{} }}}}", many("+1"))),
        ("pipes", format!("{{{{ \"a\"{} }}}}", many("|amount"))),
        ("formula", format!("{{{{ \"{}is.revenue{}\" | amount }}}}", many("("), many(")"))),
        ("word", "abcdefghij".repeat(1_000)),
        ("backticks", many("`a")),
        ("pipe_table", many("|")),
        ("digits", many("9")),
        ("html", "<div>".repeat(1_000)),
    ];
    for (name, text) in pages {
        extreme(&format!("page_{name}"), "01-highlights.md", &text);
    }
}

#[test]
fn no_dataset_is_too_deep() {
    let many = |text: &str| text.repeat(10_000);
    let measure = |formula: &str| format!("[[measure]]\nid = \"deep\"\nunit = \"%\"\nformula = \"{formula}\"\n");
    let datasets = [
        ("lists", "measures.toml", format!("x = {}{}", many("["), many("]"))),
        ("tables", "measures.toml", format!("x = {}{}", many("{a="), many("}"))),
        ("dots", "measures.toml", format!("x{} = 1", many(".a"))),
        ("headers", "measures.toml", format!("[x{}]", many(".a"))),
        ("open_lists", "measures.toml", (0..2_000).map(|n| format!("a{n} = [\n")).collect()),
        ("parentheses", "measures.toml", measure(&many("("))),
        ("minuses", "measures.toml", measure(&format!("{}1", "-".repeat(3_000)))),
        ("sum", "measures.toml", measure(&format!("1{}", "+1".repeat(1_900)))),
        ("products", "measures.toml", measure(&format!("9{}", "*9".repeat(90)))),
        ("calls", "measures.toml", measure(&format!("{}1", "abs(".repeat(900)))),
        ("at", "measures.toml", measure(&format!("is.revenue{}", "@q1_2026".repeat(400)))),
        ("word", "measures.toml", measure(&many("abcdefghij"))),
        (
            "id",
            "measures.toml",
            format!("[[measure]]\nid = \"{}\"\nunit = \"%\"\nformula = \"1\"\n", many("abcdefghij")),
        ),
    ];
    for (name, path, text) in datasets {
        assert!(extreme(&format!("toml_{name}"), path, &text).len() < 5_000, "{name}");
    }
}

/// Measures that refer to one another in a chain, doubling at every step, or one step deeper each.
#[test]
fn chains_of_measures_do_not_blow_up() {
    let page: String = (0..400).map(|n| format!("{{{{ \"m{n}\" | amount }}}}\n")).collect();
    for (name, step) in [("chain_adds", "m{} + 1"), ("chain_turns", "-m{}"), ("chain_prior", "prior(m{})")] {
        let root = project(name);
        let home = root.join("content").join(SLUG);
        let measure =
            |n: usize, formula: &str| format!("[[measure]]\nid = \"m{n}\"\nunit = \"%\"\nformula = \"{formula}\"\n");
        let chain = (1..400).map(|n| measure(n, &step.replace("{}", &(n - 1).to_string())));
        fs::write(home.join("measures.toml"), chain.fold(measure(0, "1"), |all, one| all + &one)).unwrap();
        fs::write(home.join("01-highlights.md"), &page).unwrap();
        assert!(!check_findings(&root).is_empty());
    }
    let mut text = String::from("[[measure]]\nid = \"m0\"\nunit = \"%\"\nformula = \"1\"\n");
    for n in 1..1_000 {
        let before = n - 1;
        text += &format!("[[measure]]\nid = \"m{n}\"\nunit = \"%\"\nformula = \"m{before} - m{before}\"\n");
    }
    text += "[[stated]]\nfigure = \"m999@q1_2026\"\nshows = 1\n";
    text += "[[stated]]\nfigure = \"(m40 * 2)@q1_2026\"\nshows = 1\n";
    extreme("measures", "measures.toml", &text);
}

/// A statement of lines that each add up to the next.
fn long_statement(lines: usize, value: impl Fn(usize) -> usize) -> String {
    let mut text = String::from("[statement]\nid = \"long\"\nunit = \"EUR\"\nperiods = [\"q1_2026\"]\n");
    for n in 0..lines {
        let sum = if n == 0 { String::new() } else { format!("sum = [\"l{}\"]\n", n - 1) };
        text += &format!("[[line]]\nid = \"l{n}\"\nlabel = \"L\"\n{sum}values = [{}]\n", value(n));
    }
    text
}

#[test]
fn ten_thousand_lines_are_checked_in_seconds() {
    let found = extreme("lines", "statements/long.toml", &long_statement(10_000, |_| 1));
    assert_eq!(found, []);
}

#[test]
fn a_thousand_broken_footings_are_reported_in_seconds() {
    assert!(!extreme("broken", "statements/long.toml", &long_statement(1_000, |n| n)).is_empty());
}
