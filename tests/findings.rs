//! The gallery of findings: every `*.case` under `tests/findings/` is a small change to the sound release in `base/`,
//! and the `*.out` beside it is everything the program then prints. `tests/findings/README.md` explains how to add one.

#[path = "findings/case.rs"]
mod case;

use std::{
    env, fs,
    panic::{self, AssertUnwindSafe},
    path::{Path, PathBuf},
    process::Command,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use case::Case;
use snapbox::{
    Data,
    report::{Palette, write_diff},
};

#[test]
fn every_finding_reads_as_it_should() {
    let gallery = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/findings");
    let cases = selected(&gallery);
    assert!(!cases.is_empty(), "no case matches `CASE`");
    let failures = failures(&gallery, &cases);
    assert!(failures.is_empty(), "{} of {} cases differ\n\n{}", failures.len(), cases.len(), failures.join("\n"));
}

#[test]
fn every_expected_output_has_its_case() {
    let gallery = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/findings");
    let outputs = files(&gallery, "out");
    let orphans: Vec<_> = outputs.iter().filter(|path| !path.with_extension("case").exists()).collect();
    assert!(orphans.is_empty(), "no case writes {orphans:#?}");
}

/// The cases to run: those whose names hold what `CASE` says, or all.
fn selected(gallery: &Path) -> Vec<PathBuf> {
    let wanted = env::var("CASE").unwrap_or_default();
    let mut cases = files(gallery, "case");
    cases.retain(|path| name(gallery, path).contains(&wanted));
    cases
}

/// `relations/footing` for `tests/findings/relations/footing.case`.
fn name(gallery: &Path, path: &Path) -> String {
    path.strip_prefix(gallery).unwrap().with_extension("").to_string_lossy().into_owned()
}

/// Runs the cases in parallel; what differs in each that failed, in the order of the cases.
fn failures(gallery: &Path, cases: &[PathBuf]) -> Vec<String> {
    let next = AtomicUsize::new(0);
    let failures = Mutex::new(Vec::new());
    let work = || {
        while let Some(path) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
            let outcome = panic::catch_unwind(AssertUnwindSafe(|| difference(gallery, path)));
            // A case that cannot be read or run has printed why.
            let difference = outcome.unwrap_or_else(|_| Some(format!("{}: panicked, see above\n", path.display())));
            failures.lock().unwrap().extend(difference.map(|text| (path, text)));
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    let mut failures = failures.into_inner().unwrap();
    failures.sort();
    failures.into_iter().map(|(_, text)| text).collect()
}

/// How what a case prints differs from its `*.out`, which `SNAPSHOTS=overwrite` replaces.
fn difference(gallery: &Path, path: &Path) -> Option<String> {
    let expected_path = path.with_extension("out");
    let expected = fs::read_to_string(&expected_path).unwrap_or_default();
    let actual = run(gallery, path);
    if actual == expected {
        return None;
    }
    if env::var("SNAPSHOTS").is_ok_and(|action| action == "overwrite") {
        fs::write(expected_path, actual).unwrap();
        return None;
    }
    let mut text = String::new();
    let expected_name = format!("{}.out", name(gallery, path));
    let (expected, actual) = (Data::text(expected), Data::text(actual));
    write_diff(&mut text, &expected, &actual, Some(&expected_name), Some(&"printed now"), Palette::plain()).unwrap();
    Some(text)
}

/// The files below a folder whose names end so, sorted.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|end| end == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Everything the program prints for a case, after its exit code.
fn run(gallery: &Path, path: &Path) -> String {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("findings").join(name(gallery, path));
    let case = Case::read(path);
    case.write_project(&gallery.join(&case.base), &root);
    let mut command = Command::new(env!("CARGO_BIN_EXE_kessan"));
    let ran = command.args(&case.args).current_dir(&root).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let mut printed = format!("exit {}\n\n{}{}", ran.status.code().unwrap(), text(ran.stderr), text(ran.stdout));
    if ran.status.success() {
        // How many files a release has is not what a case is about.
        let count: String =
            printed.split("built ").nth(1).unwrap_or_default().chars().take_while(char::is_ascii_digit).collect();
        printed = printed.replace(&format!("built {count} files"), "built … files");
        // Nor how many rules there are.
        let looked = printed
            .split_once("no findings; ")
            .and_then(|(_, rest)| rest.split_once(" rules had"))
            .map(|(counts, _)| counts);
        if let Some(looked) = looked.map(str::to_owned) {
            printed = printed.replace(&format!("; {looked} rules had"), "; … rules had");
        }
        case.append_output_lines(&root, &mut printed);
    } else {
        let written = fs::read_dir(root.join("output")).map_or(0, Iterator::count);
        assert_eq!(written, 0, "{}: something was written", path.display());
    }
    printed
}
