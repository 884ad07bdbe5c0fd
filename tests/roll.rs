//! `kessan roll`: the next release needs only amounts and words, the old one stays as it is, and a roll that cannot be right writes
//! nothing.

#[expect(dead_code, reason = "not all of it is needed here")]
#[path = "support/folder.rs"]
mod folder;
#[path = "support/copy.rs"]
mod support;

use std::path::Path;

use folder::{Folder, RunResult};

/// A project with the starter as release `old`.
fn started(test: &str, starter: &str) -> Folder {
    let folder = Folder::new(test);
    assert_eq!(folder.run(&["new", "old", "--starter", starter]).code, Some(0));
    folder
}

impl Folder {
    fn roll(&self, new: &str, from: &str) -> RunResult {
        let roll = self.run(&["roll", new, "--from", from, "--yes"]);
        assert_eq!(roll.code, Some(0), "{}", roll.stderr);
        roll
    }

    /// The findings of a release that are about something else than what is pending, and text to be edited.
    fn other_findings(&self, slug: &str) -> Vec<String> {
        let check = self.run(&["check", slug, "--message-format", "short"]);
        assert!(check.stderr.contains("error[pending]"), "{}", check.stderr);
        let lines = check.stderr.lines().filter(|line| line.contains("error[") || line.contains("warning["));
        // The built-in fonts have no Japanese letters.
        let known = ["error[pending]", "warning[kept-text]", "warning[glyph]"];
        let lines = lines.filter(|line| !known.iter().any(|known| line.contains(known)));
        lines.map(str::to_owned).collect()
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} has no {from}");
        self.write(path, text.replacen(from, to, 1));
    }

    /// Fills what is pending in a rolled quarter with what the old release had in the same place, whose amounts agree with one
    /// another, and edits the words that are of the quarter.
    fn fill(&self, new: &str, old: &str, period: &str) {
        for folder in ["", "statements/"] {
            for name in self.names(&format!("content/{new}/{folder}")).iter().filter(|name| name.ends_with(".toml")) {
                let [old, new] = [old, new].map(|slug| format!("content/{slug}/{folder}{name}"));
                self.write(&new, filled(&self.read(&new), &self.read(&old)));
            }
        }
        let settings = format!("content/{new}/release.toml");
        for (from, to) in
            [("title = \"pending\"", "title = \"Results\""), ("description = \"pending\"", "description = \"Results\"")]
        {
            self.edit(&settings, from, to);
        }
        self.edit(&settings, "\ndate = \"pending\"", "\ndate = 2027-06-01");
        self.edit(&settings, "_results = \"pending\"", "_results = 2027-08-05");
        // With the prior release, the check would tell that the amounts are copied.
        self.write(
            &settings,
            self.read(&settings).lines().filter(|line| !line.starts_with("prior = ")).collect::<Vec<_>>().join("\n"),
        );
        self.edit(
            &format!("content/{new}/statements/regions.toml"),
            "ref = \"is.revenue\", sum",
            "ref = \"is.revenue\", residual = [1, 2], sum",
        );
        self.append(
            &format!("content/{new}/relations.toml"),
            &format!("\n[[acknowledge]]\nrelation = \"displayed:income/percent(is.profit, is.revenue)@{period}/%\"\nresidual = -0.1\n"),
        );
        let page = format!("content/{new}/01-highlights.md");
        self.write(&page, self.read(&page).replace("from the first quarter of last year", "from last year"));
    }
}

/// A file in which every `"pending"` in a list of values or in `shows` is what the old file has there.
fn filled(new: &str, old: &str) -> String {
    let of = |line: &str, key: &str| line.contains(key).then(|| line.to_owned());
    let has_values = |line: &str| of(line, "values = [").is_some() || line.starts_with("values.");
    let mut values = old.lines().filter(|line| has_values(line));
    let mut shows = old.lines().filter(|line| line.contains("shows = "));
    let mut out = String::new();
    for line in new.lines() {
        let line = match (has_values(line), line.contains("shows = ")) {
            (true, _) => with_values(line, values.next().unwrap()),
            (_, true) => {
                let shown = shows.next().unwrap().split_once("shows = ").unwrap().1;
                let shown = shown.split([',', ' ']).next().unwrap();
                line.replace("\"pending\"", shown)
            }
            _ => line.to_owned(),
        };
        out.push_str(&line);
        out.push('\n');
    }
    out
}

fn with_values(new: &str, old: &str) -> String {
    let parts = |line: &str| {
        let (head, rest) = line
            .split_once(" = [")
            .filter(|(head, _)| head.starts_with("values"))
            .unwrap_or_else(|| line.split_once("values = [").unwrap());
        let (list, tail) = rest.split_once(']').unwrap();
        (head.to_owned(), list.split(", ").map(str::to_owned).collect::<Vec<_>>(), tail.to_owned())
    };
    let ((head, values, tail), (_, known, _)) = (parts(new), parts(old));
    let values: Vec<_> =
        values.iter().zip(&known).map(|(new, old)| if new == "\"pending\"" { old } else { new }).cloned().collect();
    let key = if head.starts_with("values.") { " = [" } else { "values = [" };
    format!("{head}{key}{}]{tail}", values.join(", "))
}

#[test]
fn a_quarter_becomes_a_half_then_nine_months_then_a_year() {
    let folder = started("quarters", "quarter");
    let roll = folder.roll("half", "old");
    assert!(roll.stdout.contains("  q1_2026 → h1_2026   2026-04-01 to 2026-09-30   H1 FY2026\n"), "{}", roll.stdout);
    assert!(roll.stdout.contains("  jun2026 → sep2026   2026-09-30   September 30, 2026\n"), "{}", roll.stdout);
    assert_eq!(folder.other_findings("half"), Vec::<String>::new());
    let position = folder.read("content/half/statements/position.toml");
    // The end of the last year is still compared with.
    assert!(position.contains("periods = [\"mar2026\", \"sep2026\"]"), "{position}");
    assert!(position.contains("indent = 1, values = [612_480, \"pending\"]"), "{position}");
    let income = folder.read("content/half/statements/income.toml");
    assert!(income.contains("values = [\"pending\", \"pending\"]"), "{income}");
    for (old, new, next, period) in [("old", "half", "nine", "h1_2026"), ("half", "nine", "year", "m9_2026")] {
        folder.fill(new, old, period);
        let check = folder.run(&["check", new]);
        assert_eq!(check.code, Some(0), "{}", check.stderr);
        folder.roll(next, new);
        assert_eq!(folder.other_findings(next), Vec::<String>::new());
    }
    let settings = folder.read("content/year/release.toml");
    assert!(settings.contains("period = \"fy2026\""), "{settings}");
    // What was forecast is reported, and the next year is forecast.
    assert_eq!(settings.matches("\nfy2026 = {").count(), 1, "{settings}");
    let forecast = folder.read("content/year/statements/forecast.toml");
    assert!(
        forecast.contains("periods = [\"fy2027\"]") && forecast.contains("{{ \"fy2027\" | period }}"),
        "{forecast}"
    );
}

#[test]
fn text_of_the_old_release_is_told_until_it_is_edited_or_declared() {
    let folder = started("kept-text", "quarter");
    folder.append("content/old/02-business-review.md", "\nOrders rose on account of two new customers.\n");
    folder.roll("half", "old");
    let told = |folder: &Folder| {
        let check = folder.run(&["check", "half", "--message-format", "short"]);
        check.stderr.lines().filter(|line| line.contains("`on account of`")).count()
    };
    assert_eq!(told(&folder), 1);
    folder.append("content/half/release.toml", "\n[[standing]]\ntext = \"Orders rose\"\nreason = \"always\"\n");
    assert_eq!(told(&folder), 0);
    folder.edit("content/half/release.toml", "\n[[standing]]\ntext = \"Orders rose\"\nreason = \"always\"\n", "");
    folder.edit("content/half/02-business-review.md", "Orders rose", "Orders fell");
    assert_eq!(told(&folder), 0);
}

#[test]
fn a_year_follows_a_year_in_two_languages() {
    let folder = started("tanshin", "tanshin");
    let before = folder.read("content/old/release.toml");
    let roll = folder.roll("next", "old");
    assert!(roll.stdout.contains("2027年3月期 / Fiscal year ending March 31, 2027"), "{}", roll.stdout);
    assert_eq!(folder.other_findings("next"), Vec::<String>::new());
    assert_eq!(folder.read("content/old/release.toml"), before);
    // The amounts of the year are the comparatives of the next.
    let sum = |slug: &str| folder.read(&format!("content/{slug}/statements/equity.toml"));
    let line = |text: String, key: &str| text.lines().find(|line| line.starts_with(key)).unwrap().to_owned();
    assert_eq!(line(sum("next"), "values.fy2026"), line(sum("old"), "values.fy2026"));
    assert!(folder.path("content/next/01-summary.en.md").is_file());
}

/// A release of the year before, whose adjusted profit leaves out other items.
const BEFORE: &str = r#"
[release]
title = "Full-year results"
issuer = "Acme Waterworks N.V."
language = "en"
date = 2027-02-25
period = "year"

[unit]
EUR = { kind = "money" }

[period]
year = { from = 2026-01-01, to = 2026-12-31, label = "2026" }
"#;
const ADJUSTED_BEFORE: &str = r#"
line = [
  { id = "start", label = "Operating profit", values.year = [108_490, "", ""] },
  { id = "closures", label = "Closures", values.year = [23_545, -5_651, -594] },
  { id = "operating_profit", label = "Adjusted operating profit", sum = ["start", "closures"], values.year = [132_035, -5_651, -594] },
]

[statement]
id = "adjusted"
unit = "EUR thousand"
periods = ["year"]
members = ["amount", "tax", "nci"]
"#;

#[test]
fn a_change_of_calculation_is_not_declared_again() {
    let folder = started("changed", "annual");
    folder.write("content/before/release.toml", BEFORE);
    folder.write("content/before/statements/adjusted.toml", ADJUSTED_BEFORE);
    folder.edit("content/old/release.toml", "period = \"fy2027\"", "prior = \"before\"\nperiod = \"fy2027\"");
    folder.edit("content/old/measures.toml", "nci = \"nci\"", "changed = \"mpm\"\nnci = \"nci\"");
    let roll = folder.roll("next", "old");
    assert!(roll.stdout.contains("changed of the mpm `adjusted.operating_profit[amount]`"), "{}", roll.stdout);
    let measures = folder.read("content/next/measures.toml");
    assert!(!measures.contains("changed") && measures.contains("nci = \"nci\""), "{measures}");
    assert_eq!(folder.other_findings("next"), Vec::<String>::new());
}

#[test]
fn the_first_release_is_followed_by_the_next_year() {
    let folder = Folder::new("first");
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/iij-fy2009");
    support::copy(&own, &folder.path("content/iij-fy2009"));
    let roll = folder.roll("iij-fy2010", "iij-fy2009");
    assert!(roll.stdout.contains("adjust `svc.home@fy2008`"), "{}", roll.stdout);
    assert_eq!(folder.other_findings("iij-fy2010"), Vec::<String>::new());
    let income = folder.read("content/iij-fy2010/statements/is.toml");
    assert!(income.contains("values = [68_006_380, \"pending\"]"), "{income}");
    let settings = folder.read("content/iij-fy2010/release.toml");
    assert!(settings.contains("prior = [\"iij-fy2009\"]"), "{settings}");
}

#[test]
fn comments_order_and_line_ends_are_kept() {
    let folder = started("line_ends", "quarter");
    let path = "content/old/statements/income.toml";
    folder.write(path, folder.read(path).replace('\n', "\r\n"));
    folder.roll("half", "old");
    let (old, new) = (folder.read(path), folder.read("content/half/statements/income.toml"));
    assert_eq!(new.matches("\r\n").count(), old.matches('\n').count());
    let comments =
        |text: &str| text.lines().filter(|line| line.starts_with('#')).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(comments(&new), comments(&old));
}

#[test]
fn without_an_answer_nothing_is_written() {
    let folder = started("plan_only", "quarter");
    let roll = folder.run(&["roll", "half", "--from", "old"]);
    assert_eq!(roll.code, Some(0));
    assert!(roll.stderr.contains("nothing written; `--yes` writes it"), "{}", roll.stderr);
    assert!(!folder.path("content/half").exists());
}

#[test]
fn what_cannot_be_right_writes_nothing() {
    let folder = started("bad_input", "quarter");
    let fails = |args: &[&str], code: i32, words: &str| {
        let roll = folder.run(&[&["roll"], args, &["--yes"]].concat());
        assert_eq!(roll.code, Some(code), "{args:?}: {}", roll.stderr);
        assert!(roll.stderr.contains(words), "{args:?}: {}", roll.stderr);
        assert_eq!(folder.names("content"), ["old", "site.toml"], "{args:?}");
    };
    fails(&["old", "--from", "old"], 2, "`content/old` exists, so it is not replaced");
    fails(&["A b", "--from", "old"], 1, "`A b` cannot be a release's slug");
    fails(&["half", "--from", "elder"], 1, "no release is called `elder`");
    fails(&["half", "--from", "old", "--map", "q2_2026=h1"], 1, "names no period of `old`");
    fails(&["half", "--from", "old", "--map", "q1_2026=fy2026"], 1, "names a period that `old` has already");
    fails(&["half", "--from", "old", "--map", "q1_2026=H 1"], 1, "cannot be the id of a period");
    let settings = "content/old/release.toml";
    let sound = folder.read(settings);
    folder.write(settings, sound.replace("q1_2026", "spring"));
    for path in ["tables/review.toml", "tables/summary.toml", "tables/statements.toml"] {
        let path = format!("content/old/{path}");
        folder.write(&path, folder.read(&path).replace("q1_2026", "spring"));
    }
    fails(&["half", "--from", "old"], 1, "errors, which the next release would have too");
    folder.write(settings, sound.replace("period = \"q1_2026\"", ""));
    fails(&["half", "--from", "old"], 1, "has");
}

#[test]
fn a_release_without_a_period_or_about_a_day_has_nothing_that_grows() {
    let folder = Folder::new("no_period");
    let settings = |period: &str| {
        format!(
            "[release]\ntitle = \"Results\"\nissuer = \"Acme\"\nlanguage = \"en\"\ndate = 2026-05-14\n{period}\n[unit]\n\
             JPY = {{ kind = \"money\" }}\n[period]\nmar2026 = {{ at = 2026-03-31, label = \"March\" }}\n\
             week = {{ from = 2026-03-01, to = 2026-03-07, label = \"Week\" }}\n"
        )
    };
    let fails = |period: &str, words: &str| {
        folder.write("content/old/release.toml", settings(period));
        let roll = folder.run(&["roll", "new", "--from", "old", "--yes"]);
        assert_eq!(roll.code, Some(1), "{}", roll.stderr);
        assert!(roll.stderr.contains(words), "{}", roll.stderr);
        assert_eq!(folder.names("content"), ["old"]);
    };
    fails("", "error[roll]: `old` names no period to roll");
    fails("period = \"mar2026\"", "error[roll]: the period `mar2026` is a day, which grows by nothing");
    fails("period = \"week\"", "error[roll]: the period `week` is not three, six, nine or twelve months long");
}

#[test]
fn a_period_whose_name_tells_nothing_is_named() {
    let folder = started("map", "quarter");
    for path in ["", "statements", "tables"] {
        for name in folder.names(&format!("content/old/{path}")).iter().filter(|name| name.contains('.')) {
            let path = format!("content/old/{path}/{name}");
            folder.write(&path, folder.read(&path).replace("q1_2026", "spring"));
        }
    }
    assert_eq!(folder.run(&["check", "old"]).code, Some(0));
    let roll = folder.run(&["roll", "half", "--from", "old", "--yes"]);
    assert_eq!(roll.code, Some(1), "{}", roll.stdout);
    assert!(roll.stderr.contains("--map spring="), "{}", roll.stderr);
    let roll = folder.run(&["roll", "half", "--from", "old", "--map", "spring=summer", "--yes"]);
    assert_eq!(roll.code, Some(0), "{}", roll.stderr);
    assert!(roll.stdout.contains("  spring → summer   2026-04-01 to 2026-09-30"), "{}", roll.stdout);
    assert_eq!(folder.other_findings("half"), Vec::<String>::new());
    assert!(folder.read("content/half/release.toml").contains("period = \"summer\""));
}

#[test]
fn a_first_quarter_follows_from_that_of_last_year() {
    let folder = started("first_quarter", "quarter");
    let roll = folder.run(&["roll", "next", "--from", "old", "--year", "--yes"]);
    assert_eq!(roll.code, Some(0), "{}", roll.stderr);
    assert!(roll.stdout.contains("  q1_2026 → q1_2027   2027-04-01 to 2027-06-30   Q1 FY2027\n"), "{}", roll.stdout);
    assert_eq!(folder.other_findings("next"), Vec::<String>::new());
    // What was this year's is last year's.
    let income = folder.read("content/next/statements/income.toml");
    assert!(income.contains("values = [1_284_736, \"pending\"]"), "{income}");
}
