//! `kessan sign`: a signature holds as long as what was signed is the same, says what has changed otherwise, and a command that
//! cannot be right changes nothing.

#[expect(dead_code, reason = "not all of it is needed here")]
#[path = "support/folder.rs"]
mod folder;

use folder::{Folder, RunResult};

const SLUG: &str = "acme";
const FILE: &str = "content/acme/signoff.toml";

impl Folder {
    fn signed(test: &str) -> Self {
        let folder = Self::with(test, &[SLUG]);
        folder.edit(
            "release.toml",
            "period = \"q1_2026\"",
            "period = \"q1_2026\"\nsigned = [\"statement:*\", \"page:*\"]",
        );
        folder
    }

    fn edit(&self, file: &str, from: &str, to: &str) {
        let path = format!("content/{SLUG}/{file}");
        let text = self.read(&path);
        assert!(text.contains(from), "{path} has no {from}");
        self.write(&path, text.replacen(from, to, 1));
    }

    fn sign(&self, parts: &[&str], args: &[&str]) -> RunResult {
        self.run(&[&["sign", SLUG], parts, args].concat())
    }

    fn check(&self) -> RunResult {
        self.run(&["check", SLUG])
    }
}

#[test]
fn a_release_is_built_once_it_is_signed() {
    let folder = Folder::signed("once_signed");
    let ran = folder.run(&["build", "--format", "json"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("`statement:*` names is signed"), "{}", ran.stderr);
    assert_eq!(folder.sign(&["statement:*"], &["--by", "A. Controller"]).code, Some(0));
    assert_eq!(folder.sign(&["page:*"], &["--by", "H. Chief", "--date", "2026-08-05"]).code, Some(0));
    let ran = folder.run(&["build", "--format", "html,json"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let checks = folder.read("output/acme/checks.json");
    assert!(checks.contains("\"by\": \"A. Controller\"") && checks.contains("\"holds\": true"), "{checks}");
    assert!(
        folder
            .read("output/acme/checks.html")
            .contains("<td>H. Chief</td><td><time datetime=\"2026-08-05\">2026-08-05</time></td><td>Yes</td>")
    );
}

#[test]
fn what_is_not_signed_may_change() {
    let folder = Folder::signed("may_change");
    assert_eq!(folder.sign(&["statement:*", "page:*", "table:*"], &["--by", "Rei"]).code, Some(0));
    let statement = folder.read("content/acme/statements/income.toml");
    let edited = statement.replace(" = ", "   =  ").replace("\n[[line]]", "\n# A comment.\n[[line]]");
    folder.write("content/acme/statements/income.toml", edited);
    let ran = folder.check();
    assert_eq!((ran.code, ran.stderr.contains("signoff")), (Some(0), false), "{}", ran.stderr);
}

#[test]
fn a_change_is_told_until_all_have_signed_again() {
    let folder = Folder::signed("signed_again");
    assert_eq!(folder.sign(&["statement:*", "page:*"], &["--by", "A. Controller"]).code, Some(0));
    assert_eq!(folder.sign(&["statement:is"], &["--by", "H. Chief"]).code, Some(0));
    let written = folder.read(FILE);
    assert_eq!(written.matches("of = \"statement:is\"").count(), 2);
    folder.edit("statements/income.toml", "label = \"Revenue\"", "label = \"Sales\"");
    let ran = folder.check();
    assert_eq!(ran.code, Some(1));
    let told =
        "`statement:is` is not as A. Controller and H. Chief signed it: `is.revenue label` was `Revenue`, is `Sales`";
    assert!(ran.stderr.contains(told), "{}", ran.stderr);
    // One signs the statement again, the other one withdraws.
    assert_eq!(folder.sign(&["statement:*", "page:*"], &["--by", "A. Controller"]).code, Some(0));
    let ran = folder.check();
    assert!(ran.stderr.contains("is not as H. Chief signed it"), "{}", ran.stderr);
    assert!(ran.stderr.contains("A. Controller signed it as it is"), "{}", ran.stderr);
    assert_eq!(folder.sign(&["statement:*"], &["--by", "H. Chief", "--withdraw"]).code, Some(0));
    assert_eq!(folder.check().code, Some(0));
    assert!(!folder.read(FILE).contains("is.revenue label: Revenue"), "what nobody signs any more is not kept");
}

#[test]
fn what_a_measure_is_declared_to_be_is_signed() {
    let folder = Folder::signed("declared");
    assert_eq!(folder.sign(&["measure:*"], &["--by", "A. Controller"]).code, Some(0));
    folder.edit(
        "measures.toml",
        "formula = \"percent(is.operating_profit, is.revenue)\"",
        "formula = \"percent(is.operating_profit, is.revenue)\", non_gaap = \"gross_margin\"",
    );
    let ran = folder.check();
    let told = "`measure:operating_margin` is not as A. Controller signed it: `non_gaap` is new: `gross_margin`";
    assert!(ran.stderr.contains(told), "{}", ran.stderr);
}

#[test]
fn a_translation_is_part_of_what_is_signed() {
    let folder = Folder::new("translation");
    assert_eq!(folder.run(&["new", SLUG, "--starter", "tanshin"]).code, Some(0));
    let ran = folder.sign(&["page:*"], &["--by", "Rei"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    folder.edit("02-overview.en.md", "1. Overview of", "1. The overview of");
    let ran = folder.check();
    assert!(
        ran.stderr.contains("`heading (en)` was `1. Overview of") && ran.stderr.contains("is `1. The overview"),
        "{}",
        ran.stderr
    );
}

#[test]
fn the_last_signature_takes_its_file_along() {
    let folder = Folder::with("last_one", &[SLUG]);
    assert_eq!(folder.sign(&["statement:is"], &["--by", "Rei"]).code, Some(0));
    assert_eq!(folder.sign(&["statement:is"], &["--by", "Rei", "--withdraw"]).code, Some(0));
    assert!(!folder.path(FILE).exists());
}

#[test]
fn a_name_among_others_that_is_wrong_signs_nothing() {
    let folder = Folder::with("nothing_signed", &[SLUG]);
    assert_eq!(folder.sign(&["statement:is", "page:sumary"], &["--by", "Rei"]).code, Some(1));
    assert!(!folder.path(FILE).exists());
    assert_eq!(folder.sign(&["statement:is"], &["--by", "Rei"]).code, Some(0));
    let written = folder.read(FILE);
    assert_eq!(folder.sign(&["page:sumary"], &["--by", "Rei"]).code, Some(1));
    // A file that cannot be read is not replaced.
    folder.write(FILE, format!("{written}\n["));
    assert_eq!(folder.sign(&["statement:is"], &["--by", "Rei"]).code, Some(1));
    assert_eq!(folder.sign(&["statement:is"], &["--by", "Rei", "--withdraw"]).code, Some(1));
    assert_eq!(folder.read(FILE), format!("{written}\n["));
}
