//! Tests `kessan verify`: an output that equals a new build is confirmed, and every difference is reported.

#[path = "support/folder.rs"]
mod folder;

use std::fs;

use folder::{Folder, RunResult};
use snapbox::{assert_data_eq, str};

/// Two releases, built.
fn built(test: &str) -> Folder {
    let folder = Folder::with(test, &["a", "b"]);
    assert_eq!(folder.run(&["build", "--format", "html,markdown"]).code, Some(0));
    folder
}

/// What verifying says, a line for a finding.
fn verify(folder: &Folder, args: &[&str]) -> RunResult {
    folder.run(&[&["verify", "--message-format", "short"], args].concat())
}

#[test]
fn what_was_built_is_verified() {
    let folder = built("sound");
    let ran = verify(&folder, &[]);
    assert_eq!(ran.code, Some(0));
    assert_data_eq!(
        ran.stderr,
        str![[r#"
kessan: a: verified, [..] files
kessan: b: verified, [..] files
kessan: output: verified, [..] files

"#]]
    );
    for place in ["output/b", "output/b/", "./output/b"] {
        let ran = verify(&folder, &[place]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        assert_data_eq!(ran.stderr, "kessan: b: verified, [..] files\n");
    }
    // Files that begin with a dot are the server's.
    folder.write("output/.htaccess", "ErrorDocument 404 /404.html\n");
    assert_eq!(verify(&folder, &[]).code, Some(0));
}

#[test]
fn a_folder_that_moved_is_verified_where_it_is() {
    let folder = built("moved");
    fs::rename(folder.path("output"), folder.path("published")).unwrap();
    assert_eq!(verify(&folder, &["published"]).code, Some(0));
    assert_eq!(verify(&folder, &["published/a"]).code, Some(0));
    let above = Folder(folder.path(".."));
    assert_eq!(verify(&above, &["--root", "moved", "published"]).code, Some(0));
}

#[test]
fn a_copy_under_another_name_is_not_taken_for_the_release() {
    let folder = built("copied");
    fs::rename(folder.path("output/a"), folder.path("output/a-old")).unwrap();
    folder.append("output/a-old/full.html", "<!-- mine -->");
    let ran = verify(&folder, &["output/a-old"]);
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
    let whole = verify(&folder, &[]);
    assert_eq!(whole.code, Some(1));
    assert!(whole.stderr.contains("`output/a` is missing"), "{}", whole.stderr);
    assert!(whole.stderr.contains("`output/a-old/full.html` is not part of the site"), "{}", whole.stderr);
}

#[test]
fn empty_folders_that_do_not_belong_are_named() {
    let folder = built("empty-folders");
    for path in ["empty", "a/empty", "a/static/deep/empty", "static/empty"] {
        fs::create_dir_all(folder.path(&format!("output/{path}"))).unwrap();
    }
    let ran = verify(&folder, &[]);
    assert_eq!(ran.code, Some(1));
    assert_data_eq!(
        ran.stderr,
        str![[r#"
error[output-extra]: `output/a/empty/` is not part of the site
error[output-extra]: `output/a/static/deep/empty/` is not part of the site
error[output-extra]: `output/empty/` is not part of the site
error[output-extra]: `output/static/empty/` is not part of the site
kessan: a: 2 differences
kessan: b: verified, 13 files
kessan: output: 2 differences

"#]]
    );
    // There is nothing to be lost in them.
    fs::remove_dir_all(folder.path("content/a")).unwrap();
    let pruned = folder.run(&["build", "--prune"]);
    assert!(!folder.path("output/a").exists(), "{}", pruned.stderr);
}

#[test]
fn what_was_done_to_the_output_is_named() {
    let folder = built("touched");
    folder.append("output/a/full.html", "<!-- mine -->");
    fs::remove_file(folder.path("output/a/a.md")).unwrap();
    folder.write("output/b/static/extra.css", "mine");
    folder.append("output/index.html", "<!-- mine -->");
    folder.write("output/mine.txt", "mine");
    let ran = folder.run(&["verify"]);
    assert_eq!(ran.code, Some(1));
    assert_data_eq!(
        ran.stderr,
        str![[r#"
error[output-changed]: `output/a/full.html` differs from what a build writes now
 |
 = note: it was changed after the build

error[output-changed]: `output/index.html` differs from what a build writes now
 |
 = note: it was changed after the build

error[output-extra]: `output/b/static/extra.css` is not part of the site
 |
 = note: kessan did not write it

error[output-extra]: `output/mine.txt` is not part of the site
 |
 = note: kessan did not write it

error[output-missing]: `output/a/a.md` is missing
 |
 = note: it was removed after the build

kessan: a: 2 differences
kessan: b: 1 difference
kessan: output: 2 differences

"#]]
    );
    let one = verify(&folder, &["output/b"]);
    assert_eq!(one.code, Some(1));
    assert_data_eq!(
        one.stderr,
        "error[output-extra]: `output/b/static/extra.css` is not part of the site\nkessan: b: 1 difference\n"
    );
}

#[test]
fn what_changed_since_it_was_built_is_named_with_the_files_that_it_changes() {
    let folder = built("outdated");
    let outlook = folder.read("content/a/03-outlook.md");
    folder.write("content/a/03-outlook.md", outlook.replacen("\n# ", "\n# The ", 1));
    folder.append("content/a/measures.toml", "# a remark\n");
    folder.write("static/logo.txt", "logo");
    let ran = folder.run(&["verify", "output/a"]);
    assert_eq!(ran.code, Some(1));
    assert_data_eq!(
        ran.stderr,
        str![[r#"
error[outdated]: `content/a/03-outlook.md` has changed since `output/a` was built

error[outdated]: `content/a/measures.toml` has changed since `output/a` was built

error[outdated]: `static/logo.txt` is new since `output/a` was built

error[output-changed]: `output/a/a.md` differs from what a build writes now
 |
 = note: `content/a/03-outlook.md` has changed, `content/a/measures.toml` has changed, `static/logo.txt` is new

error[output-changed]: `output/a/full.html` differs from what a build writes now
 |
 = note: `content/a/03-outlook.md` has changed, `content/a/measures.toml` has changed, `static/logo.txt` is new

error[output-changed]: `output/a/outlook.html` differs from what a build writes now
 |
 = note: `content/a/03-outlook.md` has changed, `content/a/measures.toml` has changed, `static/logo.txt` is new

error[output-missing]: `output/a/static/logo.txt` is missing
 |
 = note: `content/a/03-outlook.md` has changed, `content/a/measures.toml` has changed, `static/logo.txt` is new

kessan: a: 7 differences

"#]]
    );
}

#[test]
fn a_remark_in_the_dataset_is_named_though_no_page_shows_it() {
    let folder = built("remark");
    folder.append("content/a/measures.toml", "# a remark\n");
    let ran = verify(&folder, &[]);
    assert_eq!(ran.code, Some(1));
    assert_data_eq!(
        ran.stderr,
        str![[r#"
error[outdated]: `content/a/measures.toml` has changed since `output/a` was built
error[output-changed]: `output/manifest.json` differs from what a build writes now
kessan: a: 1 difference
kessan: b: verified, [..] files
kessan: output: 1 difference

"#]]
    );
}

#[test]
fn a_file_and_its_hash_changed_together_are_found_out() {
    let folder = built("forged");
    let (page, manifest) = (folder.read("output/a/full.html"), folder.read("output/a/manifest.json"));
    let forged = page.replacen("1,284", "1,384", 1);
    assert_ne!(page, forged);
    let hash = |text: &str| kessan::site::sha256(text.as_bytes());
    folder.write("output/a/manifest.json", manifest.replace(&hash(&page), &hash(&forged)));
    folder.write("output/a/full.html", forged);
    let ran = folder.run(&["verify", "output/a"]);
    assert_eq!(ran.code, Some(1));
    assert_data_eq!(
        ran.stderr,
        str![[r#"
error[output-changed]: `output/a/full.html` differs from what a build writes now
 |
 = note: its manifest was changed with it

error[output-changed]: `output/a/manifest.json` differs from what a build writes now
 |
 = note: it was changed after the build

kessan: a: 2 differences

"#]]
    );
}

#[test]
fn a_manifest_that_was_changed_alone_is_found_out() {
    let folder = built("manifest");
    let manifest = folder.read("output/a/manifest.json");
    folder.write("output/a/manifest.json", manifest.replace("Acme Instruments Inc.", "Acme Inc."));
    folder.append("output/manifest.json", " ");
    let ran = folder.run(&["verify"]);
    assert_eq!(ran.code, Some(1));
    assert_data_eq!(
        ran.stderr,
        str![[r#"
error[output-changed]: `output/a/manifest.json` differs from what a build writes now
 |
 = note: it was changed after the build

error[output-changed]: `output/manifest.json` differs from what a build writes now
 |
 = note: it was changed after the build

kessan: a: 1 difference
kessan: b: verified, [..] files
kessan: output: 1 difference

"#]]
    );
}

#[test]
fn another_version_of_kessan_is_a_warning_if_it_wrote_the_same() {
    let folder = built("program");
    for path in ["output/a/manifest.json", "output/manifest.json"] {
        let manifest = folder.read(path);
        let program = manifest.split("\"program\": \"").nth(1).unwrap().split('"').next().unwrap();
        folder.write(path, manifest.replace(program, &"0123456789abcdef".repeat(2)));
    }
    let ran = folder.run(&["verify", "output/a"]);
    assert_eq!(ran.code, Some(0));
    assert_data_eq!(
        ran.stderr,
        str![[r#"
warning[program]: `output/a` was built by another version of kessan
 |
 = note: by 0.1.0 (0123456789ab); this is 0.1.0 ([..])

kessan: a: verified, [..] files

"#]]
    );
}

#[test]
fn releases_without_output_and_output_without_a_release_are_named() {
    let folder = built("unpaired");
    assert_eq!(folder.run(&["new", "c"]).code, Some(0));
    fs::remove_dir_all(folder.path("content/a")).unwrap();
    let ran = verify(&folder, &[]);
    assert_eq!(ran.code, Some(1));
    assert_data_eq!(
        ran.stderr,
        str![[r#"
error[outdated]: `output/a` has no dataset: there is no folder `content/a`
error[output-missing]: `output/c` is missing: `content/c` has not been built
kessan: a: 1 difference
kessan: b: verified, [..] files
kessan: c: 1 difference
kessan: output: verified, [..] files

"#]]
    );
}

#[test]
fn a_release_that_cannot_be_published_any_more_is_reported_with_the_reason() {
    let folder = built("broken");
    folder.break_figure("a");
    folder.append("output/a/full.html", "<!-- mine -->");
    let ran = verify(&folder, &["output/a"]);
    assert_eq!(ran.code, Some(1));
    assert_data_eq!(
        ran.stderr,
        str![[r#"
error[outdated]: `output/a` is not compared with `content/a`, which cannot be published now
error[output-changed]: `output/a/full.html` differs from what a build writes now
content/a/01-highlights.md:26:13: error[unknown-line]: there is no line or measure `no.such`
kessan: a: 3 differences

"#]]
    );
}

#[test]
fn a_draft_is_verified_as_the_draft_that_it_is() {
    let folder = built("draft");
    folder.break_figure("a");
    assert_eq!(folder.run(&["build", "--draft", "a"]).code, Some(1));
    let ran = verify(&folder, &["output/a"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_data_eq!(ran.stderr, "kessan: a: verified, [..] files\n");
}

#[test]
fn what_is_not_kessans_cannot_be_verified() {
    let folder = Folder::with("foreign", &["a"]);
    let ran = verify(&folder, &[]);
    assert_eq!(ran.code, Some(2));
    assert_data_eq!(
        ran.stderr,
        "error[read]: cannot read `output`: no such file or directory\nkessan: 1 error, nothing verified\n"
    );
    folder.write("output/index.html", "my home page");
    let ran = folder.run(&["verify"]);
    assert_eq!(ran.code, Some(2));
    assert_data_eq!(
        ran.stderr,
        str![[r#"
error[output]: `output` was not written by kessan: nothing in it has a manifest
 |
 = help: `kessan build` writes it

kessan: 1 error, nothing verified

"#]]
    );
}

#[test]
fn a_program_can_read_what_differs() {
    let folder = built("json");
    folder.append("output/a/full.html", "<!-- mine -->");
    let ran = folder.run(&["verify", "--message-format", "json", "output/a"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(1), ""));
    assert_data_eq!(
        ran.stdout,
        str![[r#"
{
  "findings": [
    {
      "rule": "output-changed",
      "level": "error",
      "message": "`output/a/full.html` differs from what a build writes now",
      "io": false,
      "context": [],
      "notes": [
        "it was changed after the build"
      ],
      "helps": []
    }
  ],
  "suspects": [],
  "summary": {
    "errors": 1,
    "warnings": 0,
    "releases": []
  }
}

"#]]
    );
}

/// What a disk or a person can do to a manifest ends in findings, never in a panic.
#[test]
fn torn_manifests_are_findings() {
    let folder = built("torn");
    let manifest = folder.read("output/a/manifest.json");
    for torn in [&manifest[..manifest.len() / 2], "", "null", "{\"tool\": \"kessan\"}", "{\"tool\": 1}"] {
        folder.write("output/a/manifest.json", torn);
        for place in ["output", "output/a"] {
            let ran = verify(&folder, &[place]);
            assert!(matches!(ran.code, Some(1 | 2)), "{torn}: {}", ran.stderr);
            assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
        }
    }
}
