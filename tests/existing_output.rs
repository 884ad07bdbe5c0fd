//! Tests a build into an output that was changed since the last build: nobody's files are lost, orphaned releases are
//! reported, and an interrupted build is recovered from.

#[path = "support/disk.rs"]
mod disk;
#[path = "support/folder.rs"]
mod folder;
#[path = "support/tree.rs"]
mod tree;

use std::{
    fs::{self, Permissions},
    os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink},
    path::Path,
    process::{Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use disk::Disk;
use folder::{Folder, RunResult};
use snapbox::{assert_data_eq, str};

/// Two releases, built without the PDF.
fn build_releases(test: &str) -> Folder {
    let folder = Folder::with(test, &["a", "b"]);
    assert_eq!(build(&folder, &[]).code, Some(0));
    folder
}

fn build(folder: &Folder, args: &[&str]) -> RunResult {
    folder.run(&[&["build"], args, &["--format", "html,markdown"]].concat())
}

fn change(folder: &Folder, slug: &str) {
    folder.append(&folder.first_page(slug), "\nThat is all.\n");
}

/// Asserts that the output equals that of a build into an empty folder.
fn assert_clean(folder: &Folder) {
    drop(fs::remove_dir_all(folder.path("clean")));
    assert_eq!(build(folder, &["--output", "clean"]).code, Some(0));
    tree::assert_same(&tree::read(&folder.path("clean")), &tree::read(&folder.path("output")));
    fs::remove_dir_all(folder.path("clean")).unwrap();
}

/// Gives a folder and all below it to a user.
fn change_owner(path: &Path, user: u32) {
    chown(path, Some(user), Some(user)).unwrap();
    if path.is_dir() {
        fs::read_dir(path).unwrap().for_each(|entry| change_owner(&entry.unwrap().path(), user));
    }
}

/// Runs the program as a user who is subject to permissions: as another user if the test runs as root.
fn run_unprivileged(folder: &Folder, args: &[&str]) -> RunResult {
    const NOBODY: u32 = 65_534;
    if fs::metadata(&folder.0).unwrap().uid() != 0 {
        return folder.run(args);
    }
    change_owner(&folder.0, NOBODY);
    let user = NOBODY.to_string();
    let mut command = Command::new("setpriv");
    command.args(["--reuid", &user, "--regid", &user, "--clear-groups", env!("CARGO_BIN_EXE_kessan")]);
    let ran = command.args(args).current_dir(&folder.0).output().unwrap();
    change_owner(&folder.0, 0);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    RunResult { code: ran.status.code(), stdout: text(ran.stdout), stderr: text(ran.stderr) }
}

#[test]
fn a_release_that_is_write_protected_is_replaced_whole() {
    let folder = build_releases("protected");
    change(&folder, "a");
    for place in ["output/a/static", "output/a"] {
        fs::set_permissions(folder.path(place), Permissions::from_mode(0o555)).unwrap();
    }
    let ran = run_unprivileged(&folder, &["build", "--format", "html,markdown"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_data_eq!(
        ran.stderr,
        "kessan: a: built [..] files in output/a\nkessan: b: unchanged\nkessan: open output/index.html in a browser\n"
    );
    assert_eq!(folder.names("output").iter().filter(|name| name.ends_with("kessan")).count(), 0);
    assert_clean(&folder);
}

/// A disk that is mounted in a release's folder keeps the system from removing it. Only who may mount one can run this.
#[test]
fn what_cannot_be_removed_is_reported_and_does_not_block_later_builds() {
    let folder = build_releases("left");
    let Some(disk) = Disk::mount(&folder.path("output/a/static"), 1 << 20) else {
        eprintln!("skipped: a file system of a test's own cannot be mounted here");
        return;
    };
    for round in 0..2 {
        change(&folder, "a");
        let ran = build(&folder, &[]);
        assert_eq!(ran.code, Some(0), "{round}: {}", ran.stderr);
        if round == 0 {
            assert_data_eq!(
                ran.stderr,
                str![[r#"
warning[output]: cannot remove `output/.a.old-kessan`: [..]
 |
 = note: it is what `output/a` was before; a later build removes it when it may

kessan: a: built [..] files in output/a, 1 warning
kessan: b: unchanged
kessan: open output/index.html in a browser

"#]]
            );
        }
        assert!(folder.path("output/.a.old-kessan/static").exists());
        assert_eq!(folder.run(&["verify"]).code, Some(0));
    }
    drop(Disk(folder.path("output/.a.old-kessan/static")));
    std::mem::forget(disk);
    assert_eq!(build(&folder, &[]).stderr, "kessan: a: unchanged\nkessan: b: unchanged\n");
    assert_clean(&folder);
}

#[test]
fn an_orphaned_release_is_reported_until_it_is_removed() {
    let folder = build_releases("stale");
    fs::rename(folder.path("content/a"), folder.path("content/c")).unwrap();
    for args in [&[][..], &["b"]] {
        let ran = build(&folder, args);
        assert_eq!(ran.code, Some(0));
        assert!(
            ran.stderr.starts_with(
                "warning[orphaned]: `output/a` is still published, but there is no `content/a`
 |
 = note: a release that was removed or renamed stays in the output and in its list
 = help: `kessan build --prune` removes it

"
            ),
            "{}",
            ran.stderr
        );
    }
    assert_eq!(folder.run(&["verify"]).code, Some(1));

    folder.write("output/a/slides.txt", "mine");
    let ran = build(&folder, &["--prune"]);
    assert_eq!(ran.code, Some(2));
    assert_data_eq!(
        ran.stderr,
        str![[r#"
error[output]: `output/a/slides.txt` is not as kessan wrote it, so `output/a` is not removed
 |
 = help: remove the folder yourself

kessan: b: unchanged
kessan: c: unchanged

"#]]
    );
    fs::remove_file(folder.path("output/a/slides.txt")).unwrap();
    folder.write("output/a/.DS_Store", "looked");
    let ran = build(&folder, &["--prune"]);
    assert_data_eq!(ran.stderr, "kessan: b: unchanged\nkessan: c: unchanged\nkessan: a: removed output/a\n");
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), ""));
    assert!(!folder.read("output/index.html").contains("a/index.html"));
    assert_clean(&folder);
    assert_eq!(folder.run(&["verify"]).code, Some(0));
}

#[test]
fn an_orphaned_draft_is_reported_as_a_draft() {
    let folder = build_releases("stale-draft");
    folder.break_figure("a");
    assert_eq!(build(&folder, &["--draft"]).code, Some(1));
    fs::remove_dir_all(folder.path("content/a")).unwrap();
    let ran = build(&folder, &[]);
    assert_eq!(ran.code, Some(0));
    let warning = "warning[orphaned]: `output/a`, a draft, is still published, but there is no `content/a`\n";
    assert!(ran.stderr.starts_with(warning), "{}", ran.stderr);
}

#[test]
fn a_list_that_lost_its_manifest_is_known_by_what_it_says() {
    let folder = build_releases("lost-list");
    let whole = folder.read("output/manifest.json");
    for torn in [None, Some(""), Some(&whole[..whole.len() / 2])] {
        fs::remove_file(folder.path("output/manifest.json")).unwrap();
        torn.iter().for_each(|torn| folder.write("output/manifest.json", torn));
        let ran = folder.run(&["verify"]);
        assert_eq!(ran.code, Some(1));
        if torn.is_none() {
            assert_data_eq!(
                ran.stderr,
                str![[r#"
error[output-missing]: `output/manifest.json` is missing
 |
 = note: it was removed after the build

kessan: a: verified, [..] files
kessan: b: verified, [..] files
kessan: output: 1 difference

"#]]
            );
        }
        change(&folder, "b");
        let ran = build(&folder, &[]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        assert_clean(&folder);
        assert_eq!(folder.run(&["verify"]).code, Some(0));
    }
}

#[test]
fn a_list_without_a_manifest_that_says_something_else_is_not_replaced() {
    let folder = build_releases("unknown-list");
    fs::remove_file(folder.path("output/manifest.json")).unwrap();
    folder.write("output/index.html", "my home page");
    let ran = build(&folder, &["--force"]);
    assert_eq!(ran.code, Some(2));
    assert_data_eq!(
        ran.stderr,
        str![[r#"
error[output]: `output/manifest.json` is missing, so it is unknown whether kessan wrote `output/index.html`
 |
 = note: they are not what would be written now, and are not replaced
 = help: delete them if kessan wrote them, and they are rebuilt; if not, choose another folder with `--output`

kessan: a: nothing written
kessan: b: nothing written

"#]]
    );
    fs::remove_file(folder.path("output/index.html")).unwrap();
    assert_eq!(build(&folder, &[]).code, Some(0));
    assert_clean(&folder);
}

#[test]
fn a_release_that_lost_its_manifest_is_known_by_its_files() {
    let folder = build_releases("lost-release");
    fs::remove_file(folder.path("output/a/manifest.json")).unwrap();
    let ran = folder.run(&["verify"]);
    assert_eq!(ran.code, Some(1));
    assert_data_eq!(
        ran.stderr,
        str![[r#"
error[output-missing]: `output/a/manifest.json` is missing
 |
 = note: it was removed after the build

kessan: a: 1 difference
kessan: b: verified, [..] files
kessan: output: verified, [..] files

"#]]
    );
    assert_eq!(build(&folder, &[]).code, Some(0));
    assert_clean(&folder);

    fs::remove_file(folder.path("output/a/manifest.json")).unwrap();
    folder.append("output/a/full.html", "<!-- mine -->");
    let ran = build(&folder, &[]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("`output/a` was not written by kessan, so it is not replaced"), "{}", ran.stderr);
    assert!(folder.read("output/a/full.html").ends_with("<!-- mine -->"));
}

#[test]
fn pipes_are_not_waited_for() {
    let folder = build_releases("pipes");
    let pipes = ["output/pipe", "output/a/pipe", "output/b/full.html", "output/robots.txt", "output/404.html"];
    for pipe in pipes {
        drop(fs::remove_file(folder.path(pipe)));
        assert!(Command::new("mkfifo").arg(folder.path(pipe)).status().unwrap().success());
    }
    let ran = within_a_minute(&folder, &["verify"]);
    assert_eq!(ran.code, Some(1));
    for finding in [
        "error[output-extra]: `output/pipe` is not part of the site",
        "error[output-extra]: `output/a/pipe` is not part of the site",
        "error[output-changed]: `output/b/full.html` differs from what a build writes now",
        "error[output-changed]: `output/404.html` differs from what a build writes now",
    ] {
        assert!(ran.stderr.contains(finding), "{}", ran.stderr);
    }
    for foreign in ["pipe", "a/pipe", "robots.txt", "404.html"] {
        fs::remove_file(folder.path(&format!("output/{foreign}"))).unwrap();
    }
    let ran = within_a_minute(&folder, &["build", "--format", "html,markdown"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_clean(&folder);

    for place in ["elsewhere", "output/a/manifest.json", "output/manifest.json"] {
        drop(fs::remove_file(folder.path(place)));
        assert!(Command::new("mkfifo").arg(folder.path(place)).status().unwrap().success());
        for args in [&["verify"][..], &["build", "--format", "html"], &["build", "--output", "elsewhere"]] {
            within_a_minute(&folder, args);
        }
    }
}

fn within_a_minute(folder: &Folder, args: &[&str]) -> RunResult {
    let mut child = folder.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let began = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if began.elapsed() > Duration::from_secs(60) {
            child.kill().unwrap();
            panic!("{args:?} waits");
        }
        sleep(Duration::from_millis(10));
    }
    let ran = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    RunResult { code: ran.status.code(), stdout: text(ran.stdout), stderr: text(ran.stderr) }
}

#[test]
fn what_somebody_put_into_a_release_is_named_and_not_lost() {
    let folder = build_releases("added");
    change(&folder, "a");
    folder.write("output/a/slides.txt", "mine");
    folder.write("output/a/static/own/logo.txt", "mine");
    symlink("full.html", folder.path("output/a/link.md")).unwrap();
    let ran = build(&folder, &[]);
    assert_eq!(ran.code, Some(2));
    assert_data_eq!(
        ran.stderr,
        str![[r#"
error[output]: `output/a/link.md` is not kessan's, and would be lost: `output/a` is replaced whole
 |
 = note: so would `output/a/slides.txt`, `output/a/static/own/logo.txt`
 = help: move it away; what every release is to bring along stands in the project's `static/`

kessan: a: 1 error, nothing written
kessan: b: unchanged

"#]]
    );
    assert_eq!(folder.read("output/a/slides.txt"), "mine");
    ["link.md", "slides.txt", "static/own/logo.txt"]
        .iter()
        .for_each(|path| fs::remove_file(folder.path("output/a").join(path)).unwrap());
    // What a system puts there by itself when somebody looks is nobody's.
    folder.write("output/a/static/.DS_Store", "looked");
    assert_eq!(build(&folder, &[]).code, Some(0));
    assert_clean(&folder);
}

#[test]
fn what_an_interrupted_build_left_is_cleared_up() {
    let folder = build_releases("interrupted");
    folder.write("output/.a.old-kessan/index.html", "the former one");
    folder.write("output/.a.old-kessan.1/index.html", "one that could not be removed");
    folder.write("output/.c.gone-kessan/index.html", "one that was taken out");
    folder.write("output/.a.staging-kessan/index.html", "half");
    fs::rename(folder.path("output/b"), folder.path("output/.b.old-kessan")).unwrap();
    folder.write("output/.notes.old-kessan-mine", "somebody's");
    assert_eq!(build(&folder, &[]).stderr, "kessan: a: unchanged\nkessan: b: unchanged\n");
    let hidden: Vec<String> = folder.names("output").into_iter().filter(|name| name.starts_with('.')).collect();
    assert_eq!(hidden, [".notes.old-kessan-mine"]);
}
