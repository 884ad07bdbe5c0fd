//! The gallery of findings: every `*.case` under `tests/findings/` is a small change to the sound release in `base/`,
//! and the `*.out` beside it everything the program then says. `tests/findings/README.md` tells how to add one.

#[path = "findings/case.rs"]
mod case;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use case::Case;
use snapbox::{Data, assert_data_eq};

#[test]
fn every_finding_reads_as_it_should() {
    let gallery = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/findings");
    let mut cases = Vec::new();
    collect(&gallery, &mut cases);
    assert!(!cases.is_empty());
    for path in cases {
        let said = run(&gallery, &path);
        assert_data_eq!(said, Data::read_from(&path.with_extension("out"), None).raw());
    }
}

/// The cases below a folder, sorted.
fn collect(folder: &Path, cases: &mut Vec<PathBuf>) {
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, cases);
        } else if path.extension().is_some_and(|end| end == "case") {
            cases.push(path);
        }
    }
}

/// Everything the program says about a case, and its exit code.
fn run(gallery: &Path, path: &Path) -> String {
    let name = path.strip_prefix(gallery).unwrap().with_extension("");
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("findings").join(name);
    let case = Case::read(path);
    case.lay_out(&gallery.join("base"), &root);
    let mut command = Command::new(env!("CARGO_BIN_EXE_kessan"));
    let ran = command.args(&case.args).current_dir(&root).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let mut said = format!("exit {}\n\n{}{}", ran.status.code().unwrap(), text(ran.stderr), text(ran.stdout));
    if ran.status.success() {
        // How many files a release has is not what a case is about.
        let count: String =
            said.split("built ").nth(1).unwrap_or_default().chars().take_while(char::is_ascii_digit).collect();
        said = said.replace(&format!("built {count} files"), "built … files");
        case.show(&root, &mut said);
    } else {
        assert_eq!(written(&root.join("output")), 0, "{}: something was written", path.display());
    }
    said
}

/// How many files and folders stand in the output.
fn written(output: &Path) -> usize {
    fs::read_dir(output).map_or(0, Iterator::count)
}
