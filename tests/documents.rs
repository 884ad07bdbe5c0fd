//! Checks the documents against the program: builds the example of the guide, compares the outputs shown, and compares the
//! reference with the commands and options that the program has; `tests/schema.rs` does so with the keys.
//! `SNAPSHOTS=overwrite cargo test --test documents` rewrites the outputs.

#[path = "documents/block.rs"]
mod block;
#[path = "support/copy.rs"]
mod copy;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use block::{Block, blocks, replaced};
use copy::copy;

/// The release whose files the guide prints.
const EXAMPLE: &str = "harbour-h1";
/// The one in two languages.
const JAPANESE_EXAMPLE: &str = "kakuu-fy2026";

fn home() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The pages, by their paths from the root: the README, the other pages there, and those of `docs/`.
fn pages() -> Vec<String> {
    let (mut pages, mut folders) =
        (Vec::new(), vec![String::new(), "docs/".into(), "docs/guide/".into(), "docs/reference/".into()]);
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(home().join(&folder)).unwrap().map(|entry| entry.unwrap().file_name());
        let names = entries.map(|name| name.into_string().unwrap()).filter(|name| name.ends_with(".md"));
        pages.extend(names.map(|name| format!("{folder}{name}")));
    }
    pages.sort();
    assert!(pages.len() > 20, "{pages:?}");
    pages
}

fn text(page: &str) -> String {
    fs::read_to_string(home().join(page)).unwrap()
}

/// The reference as one text.
fn reference() -> String {
    let pages = pages().into_iter().filter(|page| page.starts_with("docs/reference/"));
    pages.map(|page| text(&page)).collect()
}

/// An empty folder of the test's own.
fn folder(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme").join(name);
    if root.exists() {
        fs::remove_dir_all(&root).unwrap();
    }
    fs::create_dir_all(&root).unwrap();
    root
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// What the program says, and its exit code.
fn run(root: &Path, args: &[&str]) -> (String, Option<i32>) {
    let ran = Command::new(env!("CARGO_BIN_EXE_kessan")).args(args).current_dir(root).output().unwrap();
    let output = [ran.stderr, ran.stdout].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    (output, ran.status.code())
}

/// Creates the files of a release that a chapter of the guide prints.
fn example(chapter: &str, name: &str) -> PathBuf {
    let root = folder(name);
    let files: Vec<Block> = blocks(&text(&format!("docs/guide/{chapter}.md")))
        .into_iter()
        .filter(|block| block.about.starts_with("content/"))
        .collect();
    assert!(files.len() >= 5, "{files:#?}");
    files.iter().for_each(|file| write(&root.join(&file.about), &file.text));
    root
}

/// A Markdown file of an output without its title.
fn below_title(path: &Path) -> String {
    let made = fs::read_to_string(path).unwrap();
    made.split_once("\n\n").unwrap().1.to_owned()
}

/// Compares every block about something with the real output, or replaces it.
fn hold(about: &str, real: &str) {
    let mut found = 0;
    for page in pages() {
        let whole = text(&page);
        for block in blocks(&whole).into_iter().filter(|block| block.about == about) {
            found += 1;
            if block.text == real {
                continue;
            }
            if std::env::var("SNAPSHOTS").is_ok_and(|mode| mode == "overwrite") {
                fs::write(home().join(&page), replaced(&whole, &block, real)).unwrap();
            } else {
                panic!("the block `{about}` of {page} is\n{}\nand should be\n{real}", block.text);
            }
        }
    }
    assert!(found > 0, "no page has a block `{about}`");
}

/// No page prints an output that no test compares.
#[test]
fn no_block_is_empty() {
    for page in pages() {
        assert!(blocks(&text(&page)).iter().all(|block| !block.text.is_empty()), "{page}");
    }
}

/// One test, so that only one writes to the pages.
#[test]
fn printed_outputs_are_what_the_program_gives() {
    let root = example("first-release", "first-build");
    fs::remove_file(root.join(format!("content/{EXAMPLE}/relations.toml"))).unwrap();
    let (output, code) = run(&root, &["build"]);
    assert_eq!(code, Some(1));
    hold("output: build, without relations.toml", &output);
    let (output, _) = run(&root, &["check", "--message-format", "json"]);
    hold("output: json", &with_one_rule(&output));
    let (output, _) = run(&root, &["adjust"]);
    hold("output: adjust", output.split_once("\n\n").unwrap().1);

    let root = example("first-release", "second-build");
    let (output, code) = run(&root, &["build"]);
    assert_eq!(code, Some(0), "{output}");
    let (output, _) = run(&root, &["explain", "results/cost_of_sales/2"]);
    hold("output: explain", &output);
    hold("output: markdown", &below_title(&root.join(format!("output/{EXAMPLE}/{EXAMPLE}.md"))));

    let root = example("japanese", "japanese");
    let (output, code) = run(&root, &["build", "--format", "markdown"]);
    assert_eq!(code, Some(0), "{output}");
    let output = root.join(format!("output/{JAPANESE_EXAMPLE}"));
    hold("output: japanese", &below_title(&output.join(format!("{JAPANESE_EXAMPLE}.md"))));
    hold("output: english", &below_title(&output.join(format!("en/{JAPANESE_EXAMPLE}.md"))));

    let real = broken_release();
    hold("output: a finding", &real);
    filing_outputs();
    outputs_of_rules();
}

/// The outputs of the chapter about filings.
fn filing_outputs() {
    let root = example("exchange", "exchange");
    let (output, code) = run(&root, &["forms", "acedjpsm", "dividend"]);
    assert_eq!(code, Some(0), "{output}");
    hold("output: forms", &output);
    let (output, code) = run(&root, &["build", "--format", "xbrl"]);
    assert_eq!(code, Some(0), "{output}");
    let made = root.join("output/kakuu-fy2026");
    let of = |folder: &str| {
        let entries = fs::read_dir(made.join(folder)).unwrap();
        let names = entries.map(|entry| format!("{folder}{}", entry.unwrap().file_name().into_string().unwrap()));
        names.filter(|name| name.ends_with(".zip") || !folder.is_empty()).collect::<Vec<_>>()
    };
    let mut files = [of(""), of("XBRLData/Summary/")].concat();
    files.sort();
    hold("output: filing", &(files.join("\n") + "\n"));
    let output = without(&root, "kakuu-fy2026/exchange.toml", "\"is.operating_profit\" = \"OperatingIncome\"\n");
    hold("output: a figure without a concept", &finding(&output, "exchange"));
}

/// What the rules of the chapters about forecasts and about measures find where a part of their releases is left out.
fn outputs_of_rules() {
    let root = example("forecasts", "forecasts");
    assert_eq!(run(&root, &["check"]).1, Some(0), "{:?}", run(&root, &["check"]));
    let notice = "[[notice]]\nof = \"forecast.sales@fy2027\"\ndate = 2027-11-11\n";
    let output = without(&root, "harbour-h1-2027/relations.toml", notice);
    hold("output: a forecast without its notice", &finding(&output, "forecast-revision"));

    let root = example("non-gaap", "non-gaap");
    let (output, _) = run(&root, &["check"]);
    assert!(output.contains("no findings"), "{output}");
    let output = without(&root, "harbour-fy2027/01-results.md", "{{ \"adjusted\" | table }}\n");
    hold("output: a measure without its reconciliation", &finding(&output, "non-gaap-reconciled"));
}

/// What `check` says of an example after a text was taken out of a file.
fn without(root: &Path, file: &str, text: &str) -> String {
    let path = root.join("content").join(file);
    let before = fs::read_to_string(&path).unwrap();
    assert_eq!(before.matches(text).count(), 1, "{file}");
    write(&path, &before.replace(text, ""));
    let (output, code) = run(root, &["check"]);
    assert_eq!(code, Some(1), "{output}");
    output
}

/// The only finding of a rule in an output.
fn finding(output: &str, rule: &str) -> String {
    let head = format!("error[{rule}]");
    let found: Vec<_> = output.split("\n\n").filter(|finding| finding.starts_with(&head)).collect();
    assert_eq!(found.len(), 1, "{output}");
    format!("{}\n", found[0])
}

/// An output with the first of the rules and what they looked at alone: the page says that there are more.
fn with_one_rule(output: &str) -> String {
    let (before, rules) = output.split_once("\"rules\": [\n").unwrap();
    let (first, rest) = rules.split_once("},\n").unwrap();
    let (_, after) = rest.split_once("\n        ],\n").unwrap();
    format!("{before}\"rules\": [\n{first}}}\n        ],\n{after}")
}

/// The finding about the changed figure when two digits of the published release are swapped.
fn broken_release() -> String {
    const SLUG: &str = "content/iij-fy2009";
    let root = folder("broken");
    copy(&home().join(SLUG), &root.join(SLUG));
    let file = root.join(SLUG).join("statements/is.toml");
    let text = fs::read_to_string(&file).unwrap();
    assert_eq!(text.matches("68_006_380").count(), 1);
    write(&file, &text.replace("68_006_380", "68_006_830"));
    let (output, code) = run(&root, &["check"]);
    assert_eq!(code, Some(1), "{output}");
    let finding = output.split("\n\n").find(|finding| finding.contains("68_006_830]") && finding.contains("[footing]"));
    format!("{}\n", finding.unwrap_or_else(|| panic!("no footing finding in\n{output}")))
}

#[test]
fn the_reference_has_every_command_and_option() {
    let text = reference();
    let root = folder("help");
    let (help, _) = run(&root, &["--help"]);
    let (_, commands) = help.split_once("Commands:\n").unwrap();
    let commands = commands.lines().take_while(|line| !line.is_empty());
    for command in commands.filter_map(|line| line.split_whitespace().next()).filter(|command| *command != "help") {
        assert!(text.contains(&format!("`kessan {command} ")), "the reference lacks `kessan {command}`");
        let (help, _) = run(&root, &[command, "--help"]);
        for option in help.split_whitespace().filter(|word| word.starts_with("--")) {
            let option = option.trim_end_matches([',', '.']);
            assert!(
                text.contains(&format!("`{option}")) || text.contains(&format!(" {option}`")),
                "{command} {option}"
            );
        }
    }
}

#[test]
fn every_link_has_a_target() {
    let mut broken = Vec::new();
    for page in pages() {
        let text = text(&page);
        let from = home().join(&page);
        // An example in a block of code is no link.
        let text: String = text.split("```").step_by(2).collect();
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
            if path.contains(':') {
                continue;
            }
            let file = if path.is_empty() { from.clone() } else { from.parent().unwrap().join(path) };
            if !file.exists() {
                broken.push(format!("{page}: {target}"));
            } else if !anchor.is_empty() {
                let text = fs::read_to_string(file).unwrap();
                let has = text.lines().filter(|line| line.starts_with('#')).any(|line| anchored(line) == anchor);
                broken.extend((!has).then(|| format!("{page}: {target}")));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

/// A heading's anchor, as GitHub makes it.
fn anchored(heading: &str) -> String {
    let text = heading.trim_start_matches('#').trim().to_lowercase();
    text.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c)).collect::<String>().replace(' ', "-")
}

#[test]
fn the_readme_is_short() {
    let lines = text("README.md").lines().count();
    assert!(lines <= 250, "{lines} lines");
}
