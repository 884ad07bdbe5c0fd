//! Tests the program from outside: exit codes, messages, and the files written.

#[path = "support/folder.rs"]
mod folder;

use std::{
    fs,
    process::{Command, Stdio},
};

use folder::Folder;

use snapbox::{assert_data_eq, str};

/// Makes a release that cannot be loaded.
fn break_syntax(folder: &Folder, slug: &str) {
    folder.append(&format!("content/{slug}/release.toml"), "\n= 1\n");
}

#[test]
fn a_starter_release_builds_and_checks() {
    let folder = Folder::new("starter");
    let new = folder.run(&["new", "acme-1q2026"]);
    let next = "kessan: acme-1q2026: next, `kessan serve --open` shows it in a browser, again after every change\n";
    assert_eq!((new.code, new.stderr.as_str()), (Some(0), next));
    assert!(new.stdout.contains("wrote content/acme-1q2026/release.toml\n"), "{}", new.stdout);

    let check = folder.run(&["check"]);
    assert_eq!((check.code, check.stdout.as_str()), (Some(0), ""));
    assert_data_eq!(check.stderr, "kessan: acme-1q2026: no findings; [..] rules had something to look at[..]\n");
    assert!(!folder.path("output").exists());

    let build = folder.run(&["build"]);
    assert_eq!((build.code, build.stdout.as_str()), (Some(0), ""));
    assert_data_eq!(
        build.stderr,
        str![[r#"
kessan: acme-1q2026: built [..] files in output/acme-1q2026
kessan: open output/index.html in a browser

"#]]
    );
    for path in ["index.html", "manifest.json", "acme-1q2026.md", "acme-1q2026.pdf"] {
        assert!(folder.path("output/acme-1q2026").join(path).is_file(), "{path}");
    }
    assert!(folder.read("output/index.html").contains("acme-1q2026/index.html"));
}

#[test]
fn a_build_gives_the_same_bytes_again() {
    let folder = Folder::with("same-bytes", &["acme"]);
    assert_eq!(folder.run(&["build"]).code, Some(0));
    assert_eq!(folder.run(&["build", "--output", "again"]).code, Some(0));
    for path in ["acme/manifest.json", "index.html", "manifest.json"] {
        assert_eq!(folder.read(&format!("output/{path}")), folder.read(&format!("again/{path}")), "{path}");
    }
}

/// The phases of a part of the timings, each with its time on the clock in microseconds.
fn phases(part: &serde_json::Value) -> Vec<(&str, u64)> {
    let phases = part.as_array().unwrap().iter();
    phases.map(|phase| (phase["name"].as_str().unwrap(), phase["wall"].as_u64().unwrap())).collect()
}

#[test]
fn timings_are_told_of_each_release_and_in_all() {
    let folder = Folder::with("timings", &["acme", "zenith"]);
    let build = folder.run(&["build", "--timings", "--message-format", "json"]);
    assert_eq!(build.code, Some(0), "{}", build.stderr);
    let told: serde_json::Value = serde_json::from_str(&build.stdout).unwrap();
    let (timings, expected) =
        (&told["timings"], "compare load present check data html pdf markdown xlsx csv json xbrl hash write");
    let names = |phases: &[(&str, u64)]| phases.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(" ");
    let releases: Vec<_> = timings["releases"].as_array().unwrap().iter().map(|one| phases(&one["phases"])).collect();
    assert_eq!(releases.len(), 2);
    for release in &releases {
        assert_eq!(names(release), expected);
    }
    let (project, all) = (phases(&timings["project"]), phases(&timings["all"]));
    assert_eq!((names(&project), names(&all)), ("project list".to_owned(), format!("{expected} project list")));
    for (number, (name, sum)) in all.iter().take(releases[0].len()).enumerate() {
        assert_eq!(releases[0][number].1 + releases[1][number].1, *sum, "{name}");
    }
    // What one release takes is no longer than the command.
    let whole = timings["wall"].as_u64().unwrap();
    assert!(
        whole > 0 && releases.iter().all(|phases| phases.iter().map(|(_, time)| time).sum::<u64>() <= whole),
        "{timings}"
    );

    // Nothing has changed: that is found by comparing.
    let again = folder.run(&["build", "--timings", "zenith"]);
    assert_data_eq!(
        again.stdout,
        str![[r#"
zenith                      wall clock     processor
  compare[..] ms[..]
  sum[..] ms[..]
for all releases            wall clock     processor
  project[..] ms[..]
  list[..] ms[..]
  sum[..] ms[..]
all together                wall clock     processor
  compare[..] ms[..]
  project[..] ms[..]
  list[..] ms[..]
  sum[..] ms[..]
from start to end[..] ms

"#]]
    );
    assert!(!folder.run(&["build", "--message-format", "json"]).stdout.contains("timings"));
}

#[test]
fn the_root_may_be_elsewhere_and_output_is_below_it() {
    let folder = Folder::with("root", &["acme"]);
    let above = Folder(folder.path(".."));
    assert_eq!(above.run(&["build", "--root", "root"]).code, Some(0));
    assert!(folder.path("output/acme/index.html").is_file());
}

#[test]
fn only_the_forms_asked_for_are_written() {
    let folder = Folder::with("forms", &["acme"]);
    assert_eq!(folder.run(&["build", "--format", "markdown,pdf"]).code, Some(0));
    assert_eq!(folder.names("output/acme"), ["acme.md", "acme.pdf", "checks.json", "manifest.json"]);
    assert_eq!(folder.names("output"), ["acme"]);
    assert_eq!(folder.run(&["build", "--format", "docx"]).code, Some(2));

    assert_eq!(folder.run(&["build"]).code, Some(0));
    assert!(folder.read("output/index.html").contains("acme/index.html"));
    assert_eq!(folder.run(&["build", "--format", "pdf"]).code, Some(0));
    assert!(!folder.read("output/index.html").contains("acme/index.html"));
}

#[test]
fn a_broken_release_is_not_written_and_a_sound_one_is() {
    let folder = Folder::with("one-broken", &["broken", "sound"]);
    folder.break_figure("broken");
    let build = folder.run(&["build"]);
    assert_eq!(build.code, Some(1));
    assert!(build.stderr.starts_with("error["), "{}", build.stderr);
    assert!(build.stderr.contains(&format!("--> {}:", folder.first_page("broken"))), "{}", build.stderr);
    assert!(build.stderr.contains(", nothing written\n"), "{}", build.stderr);
    assert!(build.stderr.contains("kessan: sound: built "), "{}", build.stderr);
    assert_eq!(folder.names("output"), ["404.html", "index.html", "manifest.json", "robots.txt", "sound", "static"]);
}

#[test]
fn a_broken_release_leaves_its_earlier_build_alone() {
    let folder = Folder::with("earlier", &["acme"]);
    assert_eq!(folder.run(&["build"]).code, Some(0));
    let before = folder.read("output/acme/manifest.json");
    folder.break_figure("acme");
    assert_eq!(folder.run(&["build"]).code, Some(1));
    assert_eq!(folder.read("output/acme/manifest.json"), before);
}

#[test]
fn a_draft_is_written_in_spite_of_findings_but_not_of_bad_syntax() {
    let folder = Folder::with("draft", &["acme", "unreadable"]);
    folder.break_figure("acme");
    break_syntax(&folder, "unreadable");
    let build = folder.run(&["build", "--draft"]);
    assert_eq!(build.code, Some(1));
    assert!(build.stderr.contains("kessan: acme: built "), "{}", build.stderr);
    assert!(build.stderr.contains(" in output/acme, a draft with "), "{}", build.stderr);
    assert!(build.stderr.contains(", nothing written\n"), "{}", build.stderr);
    assert!(folder.read("output/acme/manifest.json").contains("\"draft\": "));
    assert!(!folder.path("output/unreadable").exists());
}

#[test]
fn releases_built_earlier_stay_in_the_list() {
    let folder = Folder::with("list", &["a", "b"]);
    assert_eq!(folder.run(&["build", "a"]).code, Some(0));
    assert_eq!(folder.run(&["build", "b", "b"]).code, Some(0));
    let list = folder.read("output/index.html");
    assert!(list.contains("a/index.html") && list.contains("b/index.html"), "{list}");
}

#[test]
fn a_folder_that_is_not_kessans_is_refused() {
    let folder = Folder::with("foreign", &["acme"]);
    folder.write("output/acme/thesis.txt", "years of work");
    folder.write("output/acme/manifest.json", "{\"tool\": \"webpack\"}");
    let build = folder.run(&["build"]);
    assert_eq!(build.code, Some(2));
    assert_data_eq!(
        build.stderr,
        str![[r#"
error[output]: `output/acme` was not written by kessan, so it is not replaced
 |
 = note: kessan recognises its own files by `manifest.json`
 = help: move it away, or choose another folder with `--output`

kessan: acme: 1 error, nothing written

"#]]
    );
    assert_eq!(folder.names("output/acme"), ["manifest.json", "thesis.txt"]);
    assert_eq!(folder.names("output"), ["acme"]);
}

#[test]
fn a_list_that_is_not_kessans_is_refused() {
    let folder = Folder::with("foreign-list", &["acme"]);
    folder.write("output/index.html", "my home page");
    assert_eq!(folder.run(&["build"]).code, Some(2));
    assert_eq!(folder.names("output"), ["index.html"]);
    assert_eq!(folder.read("output/index.html"), "my home page");
}

#[cfg(unix)]
#[test]
fn a_link_in_place_of_a_releases_folder_is_refused() {
    let folder = Folder::with("linked-output", &["acme"]);
    assert_eq!(folder.run(&["build"]).code, Some(0));
    fs::rename(folder.path("output/acme"), folder.path("elsewhere")).unwrap();
    std::os::unix::fs::symlink("../elsewhere", folder.path("output/acme")).unwrap();
    assert_eq!(folder.run(&["build"]).code, Some(2));
    assert!(folder.path("output/acme").is_symlink());
}

#[test]
fn errors_in_templates_and_in_content_are_reported_in_one_run() {
    let folder = Folder::with("templates-broken", &["acme"]);
    folder.write("templates/html/page.html", "{% if %}\n");
    folder.break_figure("acme");
    for command in ["check", "build"] {
        let ran = folder.run(&[command, "--message-format", "short"]);
        assert_eq!(ran.code, Some(1));
        assert!(ran.stderr.contains("templates/html/page.html:1:"), "{}", ran.stderr);
        assert!(ran.stderr.contains(&folder.first_page("acme")), "{}", ran.stderr);
    }
    assert_eq!(folder.run(&["build", "--draft"]).code, Some(1));
    assert!(!folder.path("output/acme").exists());
}

#[test]
fn a_language_without_words_is_a_finding() {
    let folder = Folder::with("language", &["acme"]);
    let settings = folder.read("content/acme/release.toml").replace("language = \"en\"", "language = \"tlh\"");
    folder.write("content/acme/release.toml", settings);
    let check = folder.run(&["check"]);
    assert_eq!(check.code, Some(1));
    assert_data_eq!(
        check.stderr,
        str![[r#"
error[words]: there are no words of the language `tlh`
 --> content/acme/release.toml:[..]
  |
[..] | language = "tlh"
  |            ^^^^^
  |
  = note: expected `templates/words/tlh.toml`; known languages are `en`, `ja`

kessan: acme: 1 error

"#]]
    );
}

#[test]
fn an_output_that_cannot_be_written_ends_with_2() {
    let folder = Folder::with("unwritable", &["acme"]);
    folder.write("output", "a file where the folder should be");
    let build = folder.run(&["build"]);
    assert_eq!(build.code, Some(2));
    assert_data_eq!(
        build.stderr,
        str![[r#"
error[output]: cannot write `output`: not a directory

kessan: acme: nothing written

"#]]
    );

    folder.write("deep/file", "");
    assert_eq!(folder.run(&["build", "--output", "deep/file/output"]).code, Some(2));
}

#[test]
fn an_interrupted_build_is_cleared_up() {
    let folder = Folder::with("interrupted", &["acme"]);
    assert_eq!(folder.run(&["build"]).code, Some(0));
    folder.write("output/.acme.staging-kessan/index.html", "half");
    folder.write("output/.gone.staging-kessan/index.html", "half");
    folder.write("output/.index.html.staging-kessan", "half");
    folder.write("output/.acme.old-kessan/index.html", "old");
    assert_eq!(folder.run(&["build"]).code, Some(0));
    assert_eq!(folder.names("output"), ["404.html", "acme", "index.html", "manifest.json", "robots.txt", "static"]);
    assert!(!folder.names("output/acme").contains(&"half".to_owned()));
}

#[cfg(unix)]
#[test]
fn a_signal_leaves_nothing_half_written() {
    let folder = Folder::with("signalled", &["a", "b", "c"]);
    let program = env!("CARGO_BIN_EXE_kessan");
    let mut interrupted = 0;
    let signals = [("-TERM", 143), ("-INT", 130), ("-TERM", 143), ("-HUP", 129)];
    for (round, (signal, by_signal)) in signals.into_iter().cycle().take(24).enumerate() {
        let mut command = std::process::Command::new(program);
        command.args(["build", "--force", "--root"]).arg(folder.path("")).stderr(std::process::Stdio::null());
        let mut child = command.spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(20 * round as u64));
        std::process::Command::new("kill")
            .args([signal, &child.id().to_string()])
            .stderr(std::process::Stdio::null())
            .status()
            .unwrap();
        let code = child.wait().unwrap().code();
        // Before the program has set its handler, a signal ends it as ever.
        assert!(code.is_none_or(|code| code == 0 || code == by_signal), "{signal}: {code:?}");
        interrupted += usize::from(code == Some(by_signal));
        if folder.path("output").exists() {
            let names = folder.names("output");
            assert!(names.iter().all(|name| !name.contains("kessan")), "{signal}: {names:?}");
        }
    }
    assert!(interrupted > 0);
}

#[cfg(unix)]
#[test]
fn files_and_folders_have_the_modes_of_the_umask() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with("umask", &["acme"]);
    for (umask, of_folders, of_files) in [("022", 0o755, 0o644), ("027", 0o750, 0o640), ("002", 0o775, 0o664)] {
        let build = format!("umask {umask} && exec \"$0\" build --root \"$1\" --output \"out-{umask}\"");
        let mut command = std::process::Command::new("sh");
        command.args(["-c", &build, env!("CARGO_BIN_EXE_kessan")]).arg(folder.path(""));
        assert!(command.output().unwrap().status.success());
        let mode = |path: &str| {
            let path = folder.path(&format!("out-{umask}/{path}"));
            fs::metadata(path).unwrap().permissions().mode() & 0o777
        };
        for path in ["", "acme", "acme/static", "acme/tables", "static"] {
            assert_eq!(mode(path), of_folders, "{umask}: {path}");
        }
        for path in ["index.html", "manifest.json", "acme/index.html", "acme/manifest.json", "static/style.css"] {
            assert_eq!(mode(path), of_files, "{umask}: {path}");
        }
    }
}

/// A project that comes from elsewhere with links in its output, and with a manifest that lists the files behind them.
#[cfg(unix)]
#[test]
fn a_build_touches_nothing_behind_a_link() {
    use std::os::unix::fs::symlink;
    let elsewhere = Folder::new("behind-a-link-elsewhere");
    let release = "{\"slug\":\"SLUG\",\"title\":\"\",\"issuer\":\"\",\"language\":\"en\",\"date\":\"2010-05-14\",\
        \"date_text\":\"\",\"pages\":[]}";
    let manifest = |release: &str, file: &str| {
        format!(
            "{{\"tool\":\"kessan\",\"version\":\"0.1.0\",\"program\":\"x\",{release}\"files\":{{\"{file}\":\"0\"}}}}"
        )
    };
    let links = [
        ("evil", "."),
        ("static", "."),
        ("acme", "."),
        ("gone", "."),
        ("acme/static", "."),
        ("gone/deep", "."),
        (".acme.staging-kessan", "."),
        (".gone.old-kessan", "."),
        (".acme.gone-kessan", "."),
        ("index.html", "key"),
        ("404.html", "nothing"),
        ("manifest.json", "key"),
    ];
    for (link, target) in links {
        let folder = Folder::with("behind-a-link", &["acme"]);
        elsewhere.write("key", "theirs");
        elsewhere.write("style.css", "theirs");
        elsewhere.write("manifest.json", manifest("", "key"));
        let before = elsewhere.names("");
        fs::create_dir_all(folder.path("output")).unwrap();
        if link != "manifest.json" {
            folder.write("output/manifest.json", manifest("", &format!("{link}/key")));
        }
        if let Some((slug, below)) = link.split_once('/') {
            let release = format!("\"release\":{},", release.replace("SLUG", slug));
            folder.write(&format!("output/{slug}/manifest.json"), manifest(&release, &format!("{below}/key")));
        }
        symlink(elsewhere.path(target), folder.path(&format!("output/{link}"))).unwrap();
        for arguments in [&["build"][..], &["build", "--prune"], &["build", "--force"], &["verify"]] {
            let ran = folder.run(arguments);
            assert_eq!(elsewhere.names(""), before, "{link} {arguments:?}: {}", ran.stderr);
            for file in ["key", "style.css"] {
                assert_eq!(elsewhere.read(file), "theirs", "{link} {arguments:?}: {}", ran.stderr);
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn an_output_that_a_link_leads_out_of_the_project_is_refused() {
    let folder = Folder::with("led-out", &["acme"]);
    let outside = folder.path("").with_file_name("led-out-elsewhere");
    drop(fs::remove_dir_all(&outside));
    fs::create_dir_all(&outside).unwrap();
    for link in ["output", "below"] {
        std::os::unix::fs::symlink(&outside, folder.path(link)).unwrap();
        let output = if link == "output" { "output" } else { "below/output" };
        let ran = folder.run(&["build", "--output", output]);
        assert_eq!(ran.code, Some(2), "{}", ran.stderr);
        assert!(ran.stderr.contains(&format!("`{output}` leads out of the project's folder")), "{}", ran.stderr);
        assert!(fs::read_dir(&outside).unwrap().next().is_none());
    }
    let named = folder.run(&["build", "--output", outside.to_str().unwrap()]);
    assert_eq!(named.code, Some(0), "{}", named.stderr);
}

#[test]
fn an_interrupted_swap_is_taken_back() {
    let folder = Folder::with("taken-back", &["acme", "other"]);
    assert_eq!(folder.run(&["build"]).code, Some(0));
    let before = folder.read("output/acme/manifest.json");
    fs::rename(folder.path("output/acme"), folder.path("output/.acme.old-kessan")).unwrap();
    folder.write("output/.acme.staging-kessan/index.html", "half");
    assert_eq!(folder.run(&["build", "other"]).code, Some(0));
    assert_eq!(
        folder.names("output"),
        ["404.html", "acme", "index.html", "manifest.json", "other", "robots.txt", "static"]
    );
    assert_eq!(folder.read("output/acme/manifest.json"), before);
    assert!(folder.read("output/index.html").contains("acme/index.html"));
}

#[test]
fn a_folder_without_content_has_nothing_to_build() {
    let folder = Folder::new("no-content");
    let build = folder.run(&["build"]);
    assert_eq!(build.code, Some(2));
    assert_data_eq!(
        build.stderr,
        str![[r#"
error[read]: cannot read `content`: no such file or directory
 |
 = help: `kessan new SLUG` starts a release

kessan: 1 error, nothing written

"#]]
    );
    fs::create_dir(folder.path("content")).unwrap();
    assert_data_eq!(
        folder.run(&["check"]).stderr,
        str![[r#"
error[read]: no release under `content`
 |
 = help: `kessan new SLUG` starts a release

kessan: 1 error

"#]]
    );
}

#[test]
fn an_unknown_release_is_named_with_the_nearest_one() {
    let folder = Folder::with("unknown", &["acme-1q2026", "acme-2q2026"]);
    let check = folder.run(&["check", "acme-1q2025", "acme-2q2026"]);
    assert_eq!(check.code, Some(1));
    assert_data_eq!(
        check.stderr,
        str![[r#"
error[slug]: no release is called `acme-1q2025`
 |
 = help: there is one called `acme-1q2026`

kessan: acme-2q2026: no findings; [..] rules had something to look at[..]

"#]]
    );
    assert_data_eq!(
        folder.run(&["check", "zebra"]).stderr,
        str![[r#"
error[slug]: no release is called `zebra`
 |
 = note: releases are the folders under `content`: `acme-1q2026`, `acme-2q2026`

kessan: 1 error

"#]]
    );
}

#[test]
fn a_slug_that_is_a_path_is_refused() {
    let folder = Folder::with("paths", &["acme"]);
    for slug in ["../paths", "a/b", "..", ".hidden", "Acme", ""] {
        for args in [vec!["build", slug], vec!["check", slug], vec!["new", slug]] {
            let ran = folder.run(&args);
            assert_eq!(ran.code, Some(1), "{args:?} {}", ran.stderr);
            assert!(ran.stderr.starts_with("error[slug]: "), "{args:?} {}", ran.stderr);
        }
    }
    assert_data_eq!(
        folder.run(&["new", "../acme"]).stderr,
        str![[r#"
error[slug]: `../acme` cannot be a release's slug
 |
 = note: a slug is the name of one folder, not a path


"#]]
    );
    assert_eq!(folder.names("content"), ["acme", "site.toml"]);
}

#[test]
fn a_folder_of_content_with_a_name_that_is_no_slug_is_a_finding() {
    let folder = Folder::with("bad-folder", &["acme"]);
    folder.write("content/First Quarter/release.toml", "");
    folder.write("content/.hidden/release.toml", "");
    folder.write("content/README.md", "");
    let check = folder.run(&["check"]);
    assert_eq!(check.code, Some(1));
    assert_data_eq!(
        check.stderr,
        str![[r#"
error[slug]: `First Quarter` cannot be a release's slug
 |
 = note: a slug is of the letters a to z, digits, `.`, `_` and `-`, and begins and ends with a letter or digit

kessan: acme: no findings; [..] rules had something to look at[..]

"#]]
    );
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_project_is_refused() {
    let folder = Folder::with("linked-content", &["acme"]);
    let outside = Folder::with("linked-content-outside", &["secret"]);
    std::os::unix::fs::symlink(outside.path("content/secret"), folder.path("content/secret")).unwrap();
    fs::create_dir(folder.path("static")).unwrap();
    std::os::unix::fs::symlink("/etc/hostname", folder.path("static/name.txt")).unwrap();
    let build = folder.run(&["build"]);
    assert_eq!(build.code, Some(2));
    assert_data_eq!(
        build.stderr,
        str![[r#"
error[read]: cannot read `content/secret`: it is a link that leads out of the project

error[read]: cannot read `static/name.txt`: it is a link that leads out of the project

kessan: acme: nothing written

"#]]
    );
    assert!(!folder.path("output/acme").exists());
}

#[test]
fn a_file_that_is_not_utf8_ends_with_2() {
    let folder = Folder::with("utf8", &["acme"]);
    folder.write("templates/page.html", b"<p>\n\xff\n");
    let build = folder.run(&["build"]);
    assert_eq!(build.code, Some(2));
    assert_data_eq!(
        build.stderr,
        str![[r#"
error[read]: `templates/page.html` is not UTF-8
 --> templates/page.html:2:1
  |
2 | �
  | ^ this byte does not belong to any character

kessan: acme: nothing written

"#]]
    );

    let folder = Folder::with("utf8-content", &["acme"]);
    folder.write("content/acme/release.toml", b"title = \"\xe9\"\n");
    let check = folder.run(&["check"]);
    assert_eq!(check.code, Some(2));
    assert!(
        check
            .stderr
            .contains("error[read]: `content/acme/release.toml` is not UTF-8\n --> content/acme/release.toml:1:10\n")
    );
}

#[test]
fn findings_in_short_are_one_line_each() {
    let folder = Folder::with("short", &["acme"]);
    break_syntax(&folder, "acme");
    let check = folder.run(&["check", "--message-format", "short"]);
    assert_eq!((check.code, check.stdout.as_str()), (Some(1), ""));
    assert_data_eq!(
        check.stderr,
        str![[r#"
content/acme/release.toml:[..]:1: error[syntax]: [..]
kessan: acme: 1 error

"#]]
    );
}

#[test]
fn findings_in_json_are_one_object_on_standard_output() {
    let folder = Folder::with("json", &["acme"]);
    let check = folder.run(&["check", "--message-format", "json"]);
    assert_eq!((check.code, check.stderr.as_str()), (Some(0), ""));
    assert_data_eq!(
        check.stdout,
        str![[r#"
{
  "findings": [],
  "suspects": [],
  "summary": {
    "errors": 0,
    "warnings": 0,
    "releases": [
      {
        "slug": "acme",
        "relations": [
          {
            "name": "footing",
            "exact": 50,
            "acknowledged": 2,
            "waived": 0,
            "broken": 0
          },
          {
            "name": "cross-footing",
            "exact": 8,
            "acknowledged": 0,
            "waived": 0,
            "broken": 0
          },
          {
            "name": "tie",
            "exact": 20,
            "acknowledged": 0,
            "waived": 0,
            "broken": 0
          },
          {
            "name": "stated",
            "exact": 4,
            "acknowledged": 0,
            "waived": 0,
            "broken": 0
          },
          {
            "name": "displayed",
            "exact": 9,
            "acknowledged": 1,
            "waived": 0,
            "broken": 0
          }
        ],
        "rules": [
          {
            "name": "footing",
            "looked_at": "relations",
            "count": 52
          },
          {
            "name": "cross-footing",
            "looked_at": "relations",
            "count": 8
          },
          {
            "name": "tie",
            "looked_at": "relations",
            "count": 20
          },
          {
            "name": "order",
            "looked_at": "relations",
            "count": 0
          },
          {
            "name": "periods",
            "looked_at": "relations",
            "count": 0
          },
          {
            "name": "comparatives",
            "looked_at": "relations",
            "count": 0
          },
          {
            "name": "year-to-date",
            "looked_at": "relations",
            "count": 0
          },
          {
            "name": "stated",
            "looked_at": "relations",
            "count": 4
          },
          {
            "name": "pinned",
            "looked_at": "relations",
            "count": 0
          },
          {
            "name": "displayed",
            "looked_at": "relations",
            "count": 10
          },
          {
            "name": "joint",
            "looked_at": "relations",
            "count": 80
          },
          {
            "name": "sign",
            "looked_at": "amounts",
            "count": 2
          },
          {
            "name": "source",
            "looked_at": "amounts",
            "count": 0
          },
          {
            "name": "split",
            "looked_at": "amounts",
            "count": 0
          },
          {
            "name": "lines",
            "looked_at": "lines",
            "count": 90
          },
          {
...
            "name": "pending",
            "looked_at": "amounts",
            "count": 203
          },
          {
            "name": "prose",
            "looked_at": "texts",
            "count": 117
          },
          {
            "name": "literal",
            "looked_at": "literals",
            "count": 1
          },
          {
...
            "name": "wording",
            "looked_at": "figures",
            "count": 55
          },
          {
            "name": "like-for-like",
            "looked_at": "comparisons",
            "count": 4
          },
          {
            "name": "period-words",
            "looked_at": "texts",
            "count": 145
          },
          {
            "name": "number-words",
            "looked_at": "texts",
            "count": 83
          },
          {
            "name": "labels",
            "looked_at": "labels",
            "count": 47
          },
          {
            "name": "rounded-away",
            "looked_at": "figures",
            "count": 55
          },
          {
            "name": "repeated-unit",
            "looked_at": "figures",
            "count": 55
          },
          {
...
            "name": "structure",
            "looked_at": "blocks",
            "count": 0
          },
          {
            "name": "parity",
            "looked_at": "blocks",
            "count": 0
          },
          {
            "name": "stale-translation",
            "looked_at": "texts",
            "count": 0
          },
          {
            "name": "signoff",
            "looked_at": "signed_parts",
            "count": 0
          },
          {
            "name": "declared",
            "looked_at": "declarations",
            "count": 6
          }
        ],
        "coverage": {
          "entered": 202,
          "covered": 190
        }
      }
    ]
  }
}

"#]]
    );

    break_syntax(&folder, "acme");
    let check = folder.run(&["build", "--message-format", "json"]);
    assert_eq!((check.code, check.stderr.as_str()), (Some(1), ""));
    assert_data_eq!(
        check.stdout,
        str![[r#"
{
  "findings": [
    {
      "rule": "syntax",
      "level": "error",
      "message": "[..]",
      "io": false,
      "file": "content/acme/release.toml",
      "line": [..],
      "column": 1,
      "end": {
        "line": [..],
        "column": 1
      },
      "label": "",
      "context": [],
      "notes": [],
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

#[test]
fn a_reader_that_leaves_does_not_make_it_panic() {
    let folder = Folder::with("pipe", &["acme"]);
    break_syntax(&folder, "acme");
    let mut command = folder.command(&["check", "--message-format", "json"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr), (Some(1), Vec::new()));
}

#[test]
fn new_does_not_touch_what_exists() {
    let folder = Folder::with("new-twice", &["acme"]);
    folder.write("content/acme/release.toml", "mine");
    folder.write("content/.acme.staging-kessan/release.toml", "half");
    let again = folder.run(&["new", "acme"]);
    assert_eq!(again.code, Some(2));
    assert_data_eq!(
        again.stderr,
        str![[r#"
error[output]: `content/acme` exists, so it is not replaced


"#]]
    );
    assert_eq!(folder.read("content/acme/release.toml"), "mine");

    folder.write("content/.other.staging-kessan/left.toml", "half");
    assert_eq!(folder.run(&["new", "other"]).code, Some(0));
    assert!(!folder.names("content/other").contains(&"left.toml".to_owned()));
}

#[test]
fn templates_are_copied_out_and_yours_are_kept() {
    let folder = Folder::new("templates");
    let first = folder.run(&["new", "--templates"]);
    assert_eq!((first.code, first.stderr.as_str()), (Some(0), ""));
    assert!(first.stdout.lines().all(|line| line.starts_with("wrote ")), "{}", first.stdout);
    let path = first.stdout.lines().next().unwrap().strip_prefix("wrote ").unwrap();
    folder.write(path, "mine");
    let again = folder.run(&["new", "--templates"]);
    assert_eq!(again.code, Some(0));
    assert_eq!(again.stdout, first.stdout.replace("wrote ", "kept "));
    assert_eq!(folder.read(path), "mine");
}

#[cfg(unix)]
#[test]
fn templates_are_not_copied_through_a_link_out_of_the_project() {
    let (folder, outside) = (Folder::new("templates-link"), Folder::new("templates-outside"));
    std::os::unix::fs::symlink(outside.path(""), folder.path("templates")).unwrap();
    assert_eq!(folder.run(&["new", "--templates"]).code, Some(2));
    assert!(outside.names("").is_empty());
}

#[test]
fn a_project_overrides_a_static_file() {
    let folder = Folder::with("override", &["acme"]);
    let listed = folder.run(&["new", "--templates"]).stdout;
    let asset = listed.lines().find_map(|line| line.strip_prefix("wrote static/")).unwrap();
    folder.write(&format!("static/{asset}"), "mine");
    assert_eq!(folder.run(&["build"]).code, Some(0));
    assert_eq!(folder.read(&format!("output/acme/static/{asset}")), "mine");
}

#[test]
fn arguments_that_mean_nothing_end_with_2() {
    let folder = Folder::new("usage");
    for args in [vec![], vec!["biuld"], vec!["new"], vec!["build", "--no-such"]] {
        assert_eq!(folder.run(&args).code, Some(2), "{args:?}");
    }
    for args in [["--help"], ["--version"]] {
        assert_eq!(folder.run(&args).code, Some(0), "{args:?}");
    }
}

/// `script` lends the program a terminal: that of util-linux, which not every system has.
#[test]
fn a_terminal_is_shown_how_far_it_is_and_a_file_is_not() {
    let folder = Folder::with("progress", &["a", "b"]);
    let version = Command::new("script").arg("--version").output();
    if !version.is_ok_and(|ran| String::from_utf8_lossy(&ran.stdout).contains("util-linux")) {
        eprintln!("skipped: there is no `script` of util-linux here");
        return;
    }
    let build = format!("{} build --format markdown", env!("CARGO_BIN_EXE_kessan"));
    let mut script = Command::new("script");
    let ran = script.args(["--quiet", "--return", "--command", &build, "/dev/null"]).current_dir(&folder.0).output();
    let shown = String::from_utf8(ran.unwrap().stdout).unwrap();
    let bar = |filled: usize, done: usize| format!("\r[{:<40}] {done}/2", "#".repeat(filled));
    let lines = "kessan: a: built 3 files in output/a\r\nkessan: b: built 3 files in output/b\r\n";
    assert_eq!(shown, [&bar(0, 0), &bar(20, 1), &bar(40, 2), "\r\x1b[K", lines].concat());
    assert!(!folder.run(&["build", "--force", "--format", "markdown"]).stderr.contains("1/2"));
}

#[test]
fn shells_and_manuals_know_every_command() {
    let folder = Folder::new("described");
    let help = folder.run(&["--help"]).stdout;
    let (_, commands) = help.split_once("Commands:\n").unwrap();
    let commands: Vec<&str> =
        commands.lines().map_while(|line| line.split_whitespace().next()).filter(|name| *name != "help").collect();
    assert!(commands.len() > 10, "{commands:?}");
    let page = folder.run(&["man"]).stdout;
    for command in &commands {
        assert!(page.contains(&format!("kessan\\-{command}(1)")), "{command}");
        let page = folder.run(&["man", command]).stdout;
        assert!(page.contains(&format!(".SH NAME\nkessan\\-{command} \\- ")), "{page}");
    }
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = folder.run(&["completions", shell]).stdout;
        assert!(commands.iter().all(|command| script.contains(command)), "{script}");
        assert!(script.contains("message-format"), "{script}");
    }
}
