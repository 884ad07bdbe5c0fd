//! Tests rebuilds: only what changed is rebuilt, the output equals that of a clean build, and nothing is half-written.

#[path = "support/disk.rs"]
mod disk;
#[path = "support/folder.rs"]
mod folder;
#[path = "support/tree.rs"]
mod tree;

use std::{collections::BTreeMap, fs, os::unix::fs::MetadataExt, process::Command};

use disk::Disk;
use folder::{Folder, RunResult};
use kessan::site::Output;

/// Print takes most of a build's time, and is a file like others here.
const FORMS: [&str; 2] = ["--format", "html,markdown"];

/// Builds, without print.
fn build(folder: &Folder, args: &[&str]) -> RunResult {
    folder.run(&[&["build"], args, &FORMS].concat())
}

/// Three sound releases of different titles and days, all of them built.
fn built(test: &str) -> Folder {
    let folder = Folder::with(test, &["a", "b", "c"]);
    for (day, slug) in ["a", "b", "c"].iter().enumerate() {
        edit(&folder, slug, "release.toml", "2026-08-06", &format!("2026-08-0{}", day + 1));
        edit(&folder, slug, "release.toml", "First-Quarter Results\"", &format!("First-Quarter Results: {slug}\""));
    }
    assert_eq!(messages(&build(&folder, &[])), ["a: built", "b: built", "c: built"]);
    folder
}

/// Replaces the first `old` in a file of a release.
fn edit(folder: &Folder, slug: &str, file: &str, old: &str, new: &str) {
    let path = format!("content/{slug}/{file}");
    let text = folder.read(&path);
    assert!(text.contains(old), "{path} has no `{old}`");
    folder.write(&path, text.replacen(old, new, 1));
}

/// The closing lines about releases, without how many files there were.
fn messages(ran: &RunResult) -> Vec<String> {
    let lines = ran.stderr.lines().filter_map(|line| line.strip_prefix("kessan: "));
    let lines = lines.filter(|line| !line.starts_with("open "));
    lines.map(|line| line.find(" built ").map_or(line, |at| &line[..at + " built".len()]).to_owned()).collect()
}

fn tree(folder: &Folder, path: &str) -> BTreeMap<String, Vec<u8>> {
    tree::read(&folder.path(path))
}

/// Holds the output to what a build into an empty folder gives.
fn assert_clean(folder: &Folder) {
    let clean = folder.path("clean");
    if clean.exists() {
        fs::remove_dir_all(&clean).unwrap();
    }
    let ran = build(folder, &["--output", "clean"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    tree::assert_same(&tree(folder, "clean"), &tree(folder, "output"));
}

#[test]
fn only_the_changed_release_is_rebuilt_and_the_output_is_that_of_a_clean_build() {
    let folder = built("one-changed");
    let place = |slug: &str| fs::metadata(folder.path("output").join(slug)).unwrap().ino();
    let before = [place("a"), place("b"), place("c")];
    edit(&folder, "b", "release.toml", "First-Quarter", "Corrected First-Quarter");
    assert_eq!(messages(&build(&folder, &[])), ["a: unchanged", "b: built", "c: unchanged"]);
    let after = [place("a"), place("b"), place("c")];
    assert_eq!((after[0], after[2]), (before[0], before[2]));
    assert_ne!(after[1], before[1]);
    assert!(folder.read("output/index.html").contains("Corrected First-Quarter"));
    assert_clean(&folder);

    assert_eq!(messages(&build(&folder, &[])), ["a: unchanged", "b: unchanged", "c: unchanged"]);
    assert_eq!(messages(&build(&folder, &["--force", "a"])), ["a: built"]);
    assert_clean(&folder);
}

/// Everything that a release is made from, one after another; the output is that of a clean build after each.
#[test]
fn a_change_of_any_input_rebuilds_a_release() {
    let folder = built("inputs");
    let template = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/html/table.html")).unwrap();
    let all = ["a: built", "b: built", "c: built"];
    let only_a = ["a: built", "b: unchanged", "c: unchanged"];
    let appended = |path: &str, text: &str| (path.to_owned(), folder.read(path) + text);
    let changes = [
        (appended("content/a/statements/income.toml", "# a remark\n"), only_a),
        (appended("content/a/01-highlights.md", "\nThat is all.\n"), only_a),
        (("content/a/05-more.md".to_owned(), "# More\n\nA new page.\n".to_owned()), only_a),
        (("templates/html/table.html".to_owned(), template + "<!-- mine -->\n"), all),
        (("templates/words/en.toml".to_owned(), "[words]\ncontents = \"What is here\"\n".to_owned()), all),
        (("static/logo.txt".to_owned(), "logo".to_owned()), all),
        (("content/site.toml".to_owned(), "[site]\nurl = \"https://ir.example.com/\"\n".to_owned()), all),
    ];
    for ((path, text), expected) in changes {
        folder.write(&path, text);
        assert_eq!(messages(&build(&folder, &[])), expected, "{path}");
        assert_eq!(messages(&build(&folder, &[])), ["a: unchanged", "b: unchanged", "c: unchanged"], "{path}");
        assert_clean(&folder);
    }
    for path in ["content/a/05-more.md", "static/logo.txt"] {
        fs::remove_file(folder.path(path)).unwrap();
        let expected = if path.starts_with("static") { all } else { only_a };
        assert_eq!(messages(&build(&folder, &[])), expected, "{path} removed");
        assert_clean(&folder);
    }
    assert_eq!(messages(&folder.run(&["build"])), all);
    assert_eq!(messages(&folder.run(&["build"])), ["a: unchanged", "b: unchanged", "c: unchanged"]);
    assert_eq!(messages(&build(&folder, &[])), all);
    assert_clean(&folder);
}

/// A program that copies a site by the times of its files sends only what has changed.
#[test]
fn a_file_that_is_the_same_keeps_its_time() {
    let folder = built("times");
    let before = tree(&folder, "output/a");
    // Each file's number, by which the system knows it.
    let numbers = || -> BTreeMap<&String, u64> {
        let metadata = |path: &String| fs::metadata(folder.path("output/a").join(path)).unwrap();
        before
            .keys()
            .map(|path| (path, metadata(path)))
            .inspect(|(path, found)| assert_eq!(found.nlink(), 1, "{path}"))
            .map(|(path, found)| (path, found.ino()))
            .collect()
    };
    let was = numbers();
    edit(&folder, "a", "01-highlights.md", "the", "The");
    // Somebody has changed a letter of one file, and has put a link in place of another, to a file with the same bytes.
    let (changed, linked) = ("output/a/static/style.css", "output/a/checks.json");
    folder.write(changed, folder.read(changed).replacen('a', "b", 1));
    fs::rename(folder.path(linked), folder.path("checks.json")).unwrap();
    std::os::unix::fs::symlink(folder.path("checks.json"), folder.path(linked)).unwrap();
    assert_eq!(messages(&build(&folder, &[]))[0], "a: built");
    assert_clean(&folder);

    let (now, after) = (numbers(), tree(&folder, "output/a"));
    for (path, bytes) in &before {
        let is_kept = after[path] == *bytes && !changed.ends_with(path) && !linked.ends_with(path);
        assert_eq!(was[&path] == now[&path], is_kept, "{path}");
    }
    assert!(fs::symlink_metadata(folder.path(linked)).unwrap().is_file());
    assert!(was.iter().filter(|(path, ino)| now[*path] == **ino).count() > 5);
}

#[test]
fn another_program_rebuilds_everything() {
    let folder = built("program");
    let manifest = folder.read("output/a/manifest.json");
    let program = manifest.split("\"program\": \"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(program.len(), 32);
    folder.write("output/a/manifest.json", manifest.replace(program, &"0".repeat(32)));
    assert_eq!(messages(&build(&folder, &[])), ["a: built", "b: unchanged", "c: unchanged"]);
    assert_eq!(folder.read("output/a/manifest.json"), manifest);
}

#[test]
fn a_change_of_a_prior_release_rebuilds_the_later_one() {
    let folder = built("prior");
    edit(&folder, "b", "release.toml", "language = \"en\"", "language = \"en\"\nprior = \"a\"");
    assert_eq!(messages(&build(&folder, &[])), ["a: unchanged", "b: built", "c: unchanged"]);
    let manifest = folder.read("output/b/manifest.json");
    assert!(manifest.contains("content/a/statements/income.toml"), "{manifest}");
    edit(&folder, "a", "statements/income.toml", "# An amount", "# One amount");
    assert_eq!(messages(&build(&folder, &[])), ["a: built", "b: built", "c: unchanged"]);
    assert_clean(&folder);

    edit(&folder, "a", "statements/income.toml", "1_188_402", "1_188_403");
    let ran = build(&folder, &["b"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("error[comparatives]"), "{}", ran.stderr);
}

#[test]
fn warnings_are_reported_again() {
    let folder = built("warnings");
    folder.write("content/a/notes.txt", "not read");
    for _ in 0..2 {
        let ran = build(&folder, &[]);
        assert_eq!(ran.code, Some(0));
        assert!(ran.stderr.starts_with("warning[unused-file]: `content/a/notes.txt` is not read\n"), "{}", ran.stderr);
        assert_eq!(messages(&ran), ["a: built", "b: unchanged", "c: unchanged"]);
    }
    fs::remove_file(folder.path("content/a/notes.txt")).unwrap();
    assert_eq!(messages(&build(&folder, &[]))[0], "a: built");
    assert_eq!(messages(&build(&folder, &[]))[0], "a: unchanged");
}

#[test]
fn a_draft_and_what_is_broken_are_made_again() {
    let folder = built("draft");
    folder.break_figure("a");
    for _ in 0..2 {
        let ran = build(&folder, &["--draft"]);
        assert_eq!(
            (ran.code, messages(&ran)),
            (Some(1), ["a: built", "b: unchanged", "c: unchanged"].map(String::from).to_vec())
        );
    }
    assert_eq!(build(&folder, &[]).code, Some(1));
}

#[test]
fn a_changed_output_is_rebuilt() {
    let folder = built("touched");
    let before = tree(&folder, "output");
    let touches: [&dyn Fn(); 5] = [
        &|| folder.append("output/a/full.html", "<!-- mine -->"),
        &|| fs::remove_file(folder.path("output/a/a.md")).unwrap(),
        &|| folder.append("output/a/manifest.json", "\n"),
        &|| fs::remove_dir_all(folder.path("output/a")).unwrap(),
        &|| fs::remove_file(folder.path("output/robots.txt")).unwrap(),
    ];
    for (number, touch) in touches.iter().enumerate() {
        touch();
        let expected = if number < 4 { "a: built" } else { "a: unchanged" };
        assert_eq!(messages(&build(&folder, &[]))[0], expected, "{number}");
        tree::assert_same(&before, &tree(&folder, "output"));
    }
}

#[test]
fn a_changed_page_of_the_list_is_not_replaced() {
    let folder = built("list-changed");
    folder.append("output/index.html", "<!-- mine -->");
    let ran = build(&folder, &[]);
    assert!(
        ran.stderr.contains("`output/index.html` is not as kessan wrote it, so it is not replaced"),
        "{}",
        ran.stderr
    );
    assert!(folder.read("output/index.html").ends_with("<!-- mine -->"));
    fs::remove_file(folder.path("output/index.html")).unwrap();
    assert_eq!(build(&folder, &[]).code, Some(0));
}

#[test]
fn a_release_that_is_taken_out_of_the_output_leaves_the_list() {
    let folder = built("taken-out");
    fs::remove_dir_all(folder.path("output/c")).unwrap();
    assert_eq!(messages(&build(&folder, &["a"])), ["a: unchanged"]);
    assert!(!folder.read("output/index.html").contains("c/index.html"));
}

#[test]
fn all_at_once_gives_what_one_by_one_gives() {
    let slugs = ["a", "b", "c", "d", "e"];
    let folder = Folder::with("at-once", &slugs);
    folder.break_figure("b");
    folder.break_figure("d");
    let together = build(&folder, &[]);
    let mut messages_one_by_one = Vec::new();
    for slug in slugs {
        messages_one_by_one.extend(messages(&build(&folder, &[slug, "--output", "one-by-one"])));
    }
    assert_eq!(messages(&together), messages_one_by_one);
    tree::assert_same(&tree(&folder, "output"), &tree(&folder, "one-by-one"));
    for _ in 0..5 {
        let again = build(&folder, &["--force"]);
        assert_eq!((again.code, &again.stderr), (together.code, &together.stderr));
        tree::assert_same(&tree(&folder, "output"), &tree(&folder, "one-by-one"));
    }
}

#[test]
fn the_summary_of_an_unchanged_release_is_that_of_a_built_one() {
    let folder = built("summary");
    let first = build(&folder, &["--force", "--message-format", "json"]);
    let second = build(&folder, &["--message-format", "json"]);
    assert!(first.stdout.contains("\"slug\": \"c\""), "{}", first.stdout);
    assert_eq!(first.stdout, second.stdout);
}

#[test]
fn two_builds_at_once_into_one_output_do_not_meet() {
    let folder = built("locked");
    let before = tree(&folder, "output");
    edit(&folder, "b", "release.toml", "First-Quarter", "Corrected First-Quarter");
    // Stands for a build that is at work: what it stages must not be cleared up under its hands.
    let other = Output::open(&folder.path("output"), "output").unwrap();
    folder.write("output/.b.staging-kessan/index.html", "half");
    for args in [&["build", FORMS[0], FORMS[1]][..], &["verify"]] {
        let ran = folder.run(args);
        assert_eq!(ran.code, Some(2), "{}", ran.stderr);
        assert!(
            ran.stderr.contains("`output` is in use: another kessan writes to it or verifies it"),
            "{}",
            ran.stderr
        );
    }
    assert!(folder.path("output/.b.staging-kessan/index.html").exists());
    drop(other);
    fs::remove_dir_all(folder.path("output/.b.staging-kessan")).unwrap();
    tree::assert_same(&before, &tree(&folder, "output"));
    assert_eq!(build(&folder, &[]).code, Some(0));
    assert_clean(&folder);
}

/// The system refuses to make a file larger than this: what does not fit is not written at all.
#[test]
fn a_file_that_cannot_be_written_whole_leaves_everything_as_it_was() {
    let folder = built("too-large");
    let before = tree(&folder, "output");
    edit(&folder, "b", "release.toml", "First-Quarter", "Corrected First-Quarter");
    let kessan = env!("CARGO_BIN_EXE_kessan");
    for blocks in [0, 8, 32] {
        let limited = format!("trap '' XFSZ; ulimit -f {blocks}; exec {kessan} build {}", FORMS.join(" "));
        let ran = Command::new("sh").args(["-c", &limited]).current_dir(&folder.0).output().unwrap();
        let stderr = String::from_utf8(ran.stderr).unwrap();
        assert_eq!(ran.status.code(), Some(2), "{blocks}: {stderr}");
        assert!(stderr.contains("error[output]: cannot write `output/b/"), "{stderr}");
        assert!(stderr.contains("kessan: b: 1 error, nothing written\n"), "{stderr}");
        tree::assert_same(&before, &tree(&folder, "output"));
    }
    assert_eq!(build(&folder, &[]).code, Some(0));
    assert_clean(&folder);
}

/// On a disk with room for only one output. Without the permission to mount a disk, the test is skipped with a message.
#[test]
fn a_full_disk_leaves_everything_as_it_was() {
    let folder = built("full-disk");
    let size: usize = tree(&folder, "output").values().map(|bytes| bytes.len().next_multiple_of(4096)).sum();
    let Some(_disk) = Disk::mount(&folder.path("disk"), size + size / 8) else {
        eprintln!("skipped: a file system of a test's own cannot be mounted here");
        return;
    };
    let onto_disk = ["--output", "disk/output"];
    let ran = build(&folder, &onto_disk);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let before = tree(&folder, "disk/output");
    // All three are to be made anew, so that there is no room for them beside the old ones.
    folder.write("static/logo.txt", vec![b'x'; size / 4]);
    let ran = build(&folder, &onto_disk);
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
    assert!(ran.stderr.contains("no space left on device") || ran.stderr.contains("storage full"), "{}", ran.stderr);
    tree::assert_same(&before, &tree(&folder, "disk/output"));
    fs::remove_file(folder.path("static/logo.txt")).unwrap();
    assert_eq!(messages(&build(&folder, &onto_disk)), ["a: unchanged", "b: unchanged", "c: unchanged"]);
}

#[test]
fn an_output_that_may_not_be_written_to_is_a_finding() {
    let folder = Folder::with("read-only", &["a"]);
    let Some(disk) = Disk::mount(&folder.path("output"), 1 << 20) else {
        eprintln!("skipped: a file system of a test's own cannot be mounted here");
        return;
    };
    let remount = |mode: &str| Command::new("mount").args(["-o", &format!("remount,{mode}")]).arg(&disk.0).output();
    assert!(remount("ro").unwrap().status.success());
    let ran = build(&folder, &[]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("cannot write `output/a`: read-only file"), "{}", ran.stderr);
}
