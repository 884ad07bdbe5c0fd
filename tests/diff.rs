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
fn what_a_measure_is_declared_to_be_is_told() {
    let folder = Folder::twice("declared");
    folder.edit("measures.toml", "non_gaap = \"capex_purchase\"", "non_gaap = \"capex_purchase_q\"");
    let (told, code) = folder.told();
    assert_eq!(code, Some(1));
    assert_data_eq!(
        told,
        str![[r#"
entered   non_gaap of capex   capex_purchase → capex_purchase_q   content/draft/measures.toml:128

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

/// The words that a filter writes turn with the figure; the text around them has not changed.
#[test]
fn words_that_turned_are_told_apart_from_text() {
    let folder = Folder::twice("turned");
    folder.edit("statements/is.toml", "[13_142_393, 13_847_116]", "[13_142_393, 13_000_116]");
    let (told, code) = folder.told();
    assert_eq!(code, Some(1));
    assert_data_eq!(
        told,
        str![[r#"
entered   is.corporate@fy2009   13_847_116 → 13_000_116   -847_000 (-6.1%)   content/draft/statements/is.toml:24
  makes   change(is.corporate)@fy2009   5.4% → 1.1%
  seen in results ¶2   services_fy/corporate/2, 3   income_fy/corporate/3, 4      5 places
words     results ¶2: "increased" → "decreased" (change(is.corporate)@fy2009)

"#]]
    );
}

#[test]
fn programs_get_one_object() {
    let folder = Folder::twice("json");
    folder.edit("statements/targets.toml", "32_300, 71_000", "32_300, 71_500");
    let ran = folder.diff(&[SLUG, "draft", "--message-format", "json"]);
    assert_eq!(ran.code, Some(1));
    assert_data_eq!(
        ran.stdout,
        str![[r#"
{
  "old": "iij-fy2009",
  "new": "draft",
  "entered": [
    {
      "kind": "amount",
      "name": "targets.revenues@fy2010",
      "old": "71_000",
      "new": "71_500",
      "unit": "JPY million",
      "difference": "+500",
      "percent": "+0.7%",
      "at": "content/draft/statements/targets.toml:12",
      "makes": [
        {
          "figure": "change(targets.revenues)@fy2010",
          "old": "4.4%",
          "new": "5.1%"
        }
      ],
      "seen": [
        {
          "place": "highlights ¶9",
          "figure": "targets.revenues@fy2010",
          "old": "JPY71.0 billion",
          "new": "JPY71.5 billion"
        },
        {
          "place": "targets/fy2010/1",
          "figure": "targets.revenues@fy2010",
          "old": "71,000",
          "new": "71,500"
        },
        {
          "place": "targets ¶2",
          "figure": "targets.revenues@fy2010",
          "old": "JPY71,000 million",
          "new": "JPY71,500 million"
        },
        {
          "place": "targets ¶2",
          "figure": "change(targets.revenues)@fy2010",
          "old": "4.4%",
          "new": "5.1%"
        },
        {
          "place": "tse_targets/fy2010/1",
          "figure": "targets.revenues@fy2010",
          "old": "71,000",
          "new": "71,500"
        },
        {
          "place": "tse_targets/fy2010/2",
          "figure": "change(targets.revenues)@fy2010",
          "old": "4.4",
          "new": "5.1"
        }
      ]
    }
  ],
  "moved": [],
  "languages": [
    {
      "language": "en",
      "words": [],
      "text": [],
      "labels": [],
      "notes": [],
      "layout": []
    }
  ],
  "written": []
}

"#]]
    );
}

#[test]
fn a_built_release_is_compared_by_its_data() {
    let folder = Folder::twice("built");
    assert_eq!(folder.run(&["build", SLUG, "--format", "json"]).code, Some(0));
    let built = format!("output/{SLUG}/{SLUG}.json");
    let ran = folder.diff(&[&built, SLUG]);
    assert_eq!((ran.stdout.as_str(), ran.code), ("", Some(0)), "{}", ran.stderr);
    let text = folder.read(&built);
    folder.write("changed.json", text.replacen("\"71000\"", "\"70000\"", 1));
    let ran = folder.diff(&["changed.json", SLUG]);
    assert!(ran.code == Some(1) && ran.stdout.starts_with("entered   targets.revenues@fy2010   70_000 → 71_000"));
    folder.write("version.json", text.replacen("kessan-release-1", "kessan-release-9", 1));
    folder.write("keys.json", "{\"format\": \"kessan-release-1\"}");
    folder.write("other.json", "{}");
    for (args, says) in [
        (vec!["version.json", SLUG], "has the format `kessan-release-9`, expected `kessan-release-1`"),
        (vec!["keys.json", SLUG], "but not its keys"),
        (vec!["other.json", SLUG], "is no built release"),
        (vec!["none.json", SLUG], "cannot read `none.json`"),
        (vec!["content", SLUG], "is no release"),
        (vec![SLUG, &built, "--html", "r.html"], "has no pages"),
        (vec![SLUG, SLUG, "--html", "other.json"], "`other.json` exists"),
        (vec![SLUG, SLUG, "--html", "r.html", "--pdf", "none/r.pdf"], "cannot write `none/r.pdf`"),
    ] {
        let ran = folder.diff(&args);
        assert!(ran.code == Some(2) && ran.stderr.contains(says), "{args:?}: {}", ran.stderr);
    }
    assert!(!folder.path("r.html").exists());
}

#[test]
fn a_broken_version_and_one_of_something_else_are_findings() {
    let folder = Folder::twice("broken");
    assert_eq!(folder.run(&["new", "acme"]).code, Some(0));
    let ran = folder.diff(&["acme", SLUG]);
    assert!(
        ran.code == Some(2) && ran.stderr.contains("have almost no line, table or page in common"),
        "{}",
        ran.stderr
    );
    folder.edit("statements/targets.toml", "values = [32_300", "values = [[32_300");
    let ran = folder.diff(&[SLUG, "draft"]);
    assert!(ran.code == Some(2) && ran.stdout.is_empty() && ran.stderr.contains("targets.toml:"), "{}", ran.stderr);
    let ran = folder.command(&["diff", "HEAD", SLUG]).env("PATH", "").output().unwrap();
    let stderr = String::from_utf8(ran.stderr).unwrap();
    assert!(ran.status.code() == Some(2) && stderr.contains("git is not installed"), "{stderr}");
}

#[test]
fn a_redline_has_the_pages_with_the_list_in_front() {
    let folder = Folder::twice("redline");
    folder.edit("statements/targets.toml", "32_300, 71_000", "32_300, 71_500");
    folder.edit("tables/year.toml", "    \"contracts.oem\",\n", "");
    let ran = folder.diff(&[SLUG, "draft", "--html", "r.html", "--pdf", "r.pdf"]);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    let page = folder.read("r.html");
    let place = |text: &str| page.find(text).unwrap_or_else(|| panic!("no {text}"));
    let cell = "changed\"><del>71,000</del> <ins><data value=\"71500000000\">71,500</data></ins></td>";
    assert!(place(">What changed</h2>") < place(cell));
    place("<del>JPY71.0 billion</del><ins><data value=\"71500000000\">JPY71.5 billion</data></ins>");
    place("<th scope=\"row\" dir=\"auto\"><a href=\"#contracts.oem\"><del>OEM</del></a></th>");
    assert!(!page.contains("src=\"") && !page.contains("<link") && !page.contains("<script"));
    assert!(std::fs::read(folder.path("r.pdf")).unwrap().starts_with(b"%PDF-"));
}
