//! `kessan diff`: changes planted in copies of releases are told once, causes first, and nothing else is told.

#[path = "support/copy.rs"]
mod copy;
#[expect(dead_code, reason = "only the folder is needed here")]
#[path = "support/folder.rs"]
mod folder;

use std::{path::Path, process::Command};

use copy::copy;
use folder::{Folder, RunResult};
use snapbox::{assert_data_eq, str};

const SLUG: &str = "iij-fy2009";

impl Folder {
    /// A project with the first release, twice: as it is, and `draft`, to be changed.
    fn twice(test: &str) -> Self {
        let folder = Self::new(test);
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"), &folder.path("content"));
        copy(&folder.path(&format!("content/{SLUG}")), &folder.path("content/draft"));
        folder
    }

    fn edit(&self, file: &str, from: &str, to: &str) {
        let path = format!("content/draft/{file}");
        let text = self.read(&path);
        assert!(text.contains(from), "{path} has no {from}");
        self.write(&path, text.replacen(from, to, 1));
    }

    fn diff(&self, args: &[&str]) -> RunResult {
        self.run(&[&["diff"], args].concat())
    }

    /// What is printed of the changes of the draft.
    fn told(&self) -> (String, Option<i32>) {
        let ran = self.diff(&[SLUG, "draft"]);
        (ran.stdout, ran.code)
    }
}

#[test]
fn nothing_changed() {
    let folder = Folder::twice("same");
    for versions in [[SLUG, SLUG], [SLUG, "draft"]] {
        let ran = folder.diff(&versions);
        assert_eq!((ran.stdout.as_str(), ran.code), ("", Some(0)), "{}", ran.stderr);
        assert!(ran.stderr.ends_with("nothing changed\n"), "{}", ran.stderr);
    }
}

#[test]
fn an_amount_is_told_once_with_all_that_it_moved() {
    let folder = Folder::twice("amount");
    folder.edit("statements/targets.toml", "32_300, 71_000", "32_300, 71_500");
    let (told, code) = folder.told();
    assert_eq!(code, Some(1));
    assert_data_eq!(
        told,
        str![[r#"
entered   targets.revenues@fy2010   71_000 → 71_500   +500 (+0.7%)   content/draft/statements/targets.toml:12
  makes   change(targets.revenues)@fy2010   4.4% → 5.1%
  seen in highlights ¶9   targets/fy2010/1   targets ¶2   tse_targets/fy2010/1, 2      5 places

"#]]
    );
}

#[test]
fn texts_labels_notes_and_layout_are_told_apart() {
    let folder = Folder::twice("texts");
    folder.edit("04-results.md", "Heavily affected by the weak", "Affected by the sluggish");
    folder.edit("04-results.md", "Contracts for mobile data communication service reached over 40,000 contracts compared to approximately 23,000 contracts as of March 2009.\n", "");
    folder.edit(
        "01-highlights.md",
        "The translation of Japanese yen",
        "All of them are unaudited. The translation of Japanese yen",
    );
    folder.edit("tables/year.toml", "label = \"Total Revenues\"", "label = \"Revenues, total\"");
    folder.edit("tables/year.toml", "    \"contracts.oem\",\n", "");
    folder.edit("03-results-summary.md", "{{ \"segments\" | table }}\n", "");
    folder.edit("tables/year.toml", "id = \"segments\"", "id = \"parts\"");
    folder.edit(
        "03-results-summary.md",
        "{{ \"results_fy\" | table }}\n",
        "{{ \"results_fy\" | table }}\n\n{{ \"parts\" | table }}\n",
    );
    folder.edit(
        "04-results.md",
        "revenues for IP connectivity service slightly decreased",
        "revenues for IP connectivity service slightly increased",
    );
    let (told, code) = folder.told();
    assert_eq!(code, Some(0));
    assert_data_eq!(
        told,
        str![[r#"
words     results ¶2: "decreased" → "increased" (contracts.ip_1g@mar2010)
text      results after ¶4 (removed, 21 words): -"Contracts for mobile data communication service reached over…"
text      results ¶5 (3 words): "Heavily affected" → "Affected" …
labels    results_fy/total_revenues (2 words): -"Total" …
notes     note `gaap` (5 words): +"All of them are unaudited."
layout    table `parts` added to `results-summary`
layout    table `segments` removed from `results-summary`
layout    table `contracts`: row `oem` removed

"#]]
    );
}

#[test]
fn a_revision_is_the_release_as_it_was() {
    let folder = Folder::twice("revision");
    let git = |args: &[&str]| {
        let about = ["-c", "user.name=a", "-c", "user.email=a@b.test", "-c", "commit.gpgsign=false"];
        let ran = Command::new("git").current_dir(folder.path("")).args(about).args(args).output().unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    };
    git(&["init", "--quiet"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "one"]);
    folder.edit("statements/targets.toml", "32_300, 71_000", "32_300, 71_500");
    let with_folder = folder.told().0;
    for versions in [vec!["HEAD", "draft"], vec!["HEAD:draft"], vec!["HEAD:content/draft/", "draft"]] {
        let ran = folder.diff(&versions);
        assert_eq!((ran.stdout, ran.code), (with_folder.clone(), Some(1)), "{}", ran.stderr);
    }
    for (versions, says) in [
        (["HEAD", "HEAD"], "write `HEAD:<release>`"),
        (["HEAD:other", "draft"], "`HEAD:other` has no release `content/other`"),
        (["v9", "draft"], "`v9` is no release, no file and no revision"),
        (["--output=x", "draft"], "unexpected argument"),
    ] {
        let ran = folder.diff(&versions);
        assert!(ran.code == Some(2) && ran.stdout.is_empty() && ran.stderr.contains(says), "{}", ran.stderr);
    }
}
