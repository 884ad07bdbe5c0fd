//! `kessan words`: the texts of a dataset go to a translator as CSV and come back into the TOML files, which change in nothing
//! else; and a file that cannot be right changes nothing.

#[expect(dead_code, reason = "only the folder is needed here")]
#[path = "support/folder.rs"]
mod folder;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use folder::{Folder, RunResult};
use kessan::commands::{Words, read_translations};
use snapbox::{assert_data_eq, str};

const SLUG: &str = "acme";

impl Folder {
    /// The starter as a release in English and Japanese.
    fn bilingual(test: &str) -> Self {
        let folder = Self::with(test, &[SLUG]);
        folder.edit("release.toml", "language = \"en\"", "language = [\"en\", \"ja\"]");
        folder
    }

    /// A project with a small dataset: its settings, and one statement.
    fn small(test: &str, settings: &str, statement: &str) -> Self {
        let folder = Self::new(test);
        folder.write(&format!("content/{SLUG}/release.toml"), settings);
        folder.write(&format!("content/{SLUG}/statements/a.toml"), statement);
        folder
    }

    fn edit(&self, file: &str, from: &str, to: &str) {
        let path = format!("content/{SLUG}/{file}");
        let text = self.read(&path);
        assert!(text.contains(from), "{path} has no {from}");
        self.write(&path, text.replacen(from, to, 1));
    }

    fn words(&self, args: &[&str]) -> RunResult {
        self.run(&[&["words", SLUG, "--language", "ja"], args].concat())
    }

    /// The rows of the file that is written for translators, below its head.
    fn rows(&self) -> Vec<[String; 3]> {
        let ran = self.words(&[]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        let rows = parse(ran.stdout.strip_prefix('\u{feff}').expect("a byte order mark"));
        assert_eq!(rows[0], ["id", "en", "ja"]);
        rows[1..].to_vec()
    }

    /// Every file of the content, with its bytes.
    fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let (mut found, mut folders) = (BTreeMap::new(), vec![self.path("content")]);
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    found.insert(path.clone(), fs::read(path).unwrap());
                }
            }
        }
        found
    }

    /// Reads a file of translations that must be refused with an exit code, and returns what is said of it.
    fn refused(&self, csv: impl AsRef<[u8]>, code: i32) -> String {
        self.write("ja.csv", csv);
        let before = self.files();
        let ran = self.words(&["--read", "ja.csv", "--write"]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(code), ""), "{}", ran.stderr);
        assert!(self.files() == before, "a file was changed");
        ran.stderr
    }

    /// Reads a file of translations into the dataset.
    fn accepted(&self, csv: impl AsRef<[u8]>) {
        self.write("ja.csv", csv);
        let ran = self.words(&["--read", "ja.csv", "--write"]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    }
}

/// The rows of a CSV file; a small reader of the test's own.
fn parse(csv: &str) -> Vec<[String; 3]> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = csv.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => cell.extend(letters.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row).try_into().unwrap());
            }
            _ => cell.push(letter),
        }
    }
    rows
}

/// A CSV file of rows, every cell in quotes.
fn csv(rows: &[[String; 3]]) -> String {
    let line = |row: &[String; 3]| {
        let cells: Vec<_> = row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
        cells.join(",") + "\r\n"
    };
    let head = ["id", "en", "ja"].map(str::to_owned);
    [head].iter().chain(rows).map(line).collect()
}

fn plain(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell)
}

/// Rows in which every text without a translation has one, which no other has.
fn translated(rows: &[[String; 3]]) -> Vec<[String; 3]> {
    let translation = |number: usize, original: &str| {
        let expressions =
            original.match_indices("{{").map(|(at, _)| &original[at..at + original[at..].find("}}").unwrap() + 2]);
        let expressions: String = expressions.map(|expression| format!("「{expression}」")).collect();
        let number_place = if original.contains("{}") { "{}" } else { "" };
        format!("訳{number}\\{expressions}{number_place}")
    };
    let row = |(number, [id, original, known]): (usize, &[String; 3])| {
        let new = if known.is_empty() { translation(number, original) } else { known.clone() };
        [id.clone(), original.clone(), new]
    };
    rows.iter().enumerate().map(row).collect()
}

/// A file without the translations that were put into it as `{ en = …, ja = 'translation' }`.
fn without_translations(text: &str, rows: &[[String; 3]]) -> String {
    let mut text = text.to_owned();
    for [_, _, translation] in rows {
        let end = format!(", ja = '{translation}' }}");
        if let Some(at) = text.find(&end) {
            let start = text[..at].rfind("{ en = ").expect("the original before its translation");
            text.replace_range(at..at + end.len(), "");
            text.replace_range(start..start + "{ en = ".len(), "");
        }
    }
    text
}

/// What goes out comes back without a change; and translations are all that is put into the files.
fn check_round_trip(folder: &Folder) -> Vec<[String; 3]> {
    let (rows, before) = (folder.rows(), folder.files());
    folder.accepted(csv(&rows));
    assert!(folder.files() == before, "texts that come back as they went changed a file");

    let rows = translated(&rows);
    folder.accepted(csv(&rows));
    assert_eq!(folder.rows(), rows);
    for (path, text) in folder.files() {
        let text = without_translations(&String::from_utf8(text).unwrap(), &rows);
        assert_eq!(text, String::from_utf8_lossy(&before[&path]), "{}", path.display());
    }
    folder.accepted(csv(&rows));
    let ran = folder.words(&["--missing"]);
    assert_eq!(ran.stdout, "\u{feff}id,en,ja\r\n");
    assert_eq!(ran.stderr, "kessan: acme: 0 texts not translated into `ja`\n");
    rows
}

#[test]
fn the_starter_changes_in_nothing_but_its_translations() {
    let rows = check_round_trip(&Folder::bilingual("starter"));
    assert!(rows.len() > 150, "{}", rows.len());
}

#[test]
fn line_ends_and_a_byte_order_mark_are_kept() {
    let folder = Folder::bilingual("line_ends");
    for (path, text) in folder.files() {
        let text = String::from_utf8(text).unwrap();
        fs::write(path, format!("\u{feff}{}", text.trim_end().replace('\n', "\r\n"))).unwrap();
    }
    check_round_trip(&folder);
}

#[test]
fn the_first_release_changes_in_nothing_but_its_translations() {
    let folder = Folder::new("first_release");
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/iij-fy2009");
    let mut folders = vec![home.clone()];
    while let Some(place) = folders.pop() {
        for entry in fs::read_dir(place).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let below = path.strip_prefix(&home).unwrap().to_str().unwrap();
                folder.write(&format!("content/{SLUG}/{below}"), fs::read(&path).unwrap());
            }
        }
    }
    folder.edit("release.toml", "language = \"en\"", "language = [\"en\", \"ja\"]");
    let rows = check_round_trip(&folder);
    assert!(rows.len() > 400, "{}", rows.len());
}

/// The original is in Japanese, and nearly all texts are tables by language.
#[test]
fn translations_of_the_tanshin_starter_are_replaced() {
    let folder = Folder::new("tanshin");
    assert_eq!(folder.run(&["new", SLUG, "--starter", "tanshin"]).code, Some(0));
    let words = |args: &[&str]| folder.run(&[&["words", SLUG, "--language", "en"], args].concat());
    let (list, before) = (words(&[]).stdout, folder.files());
    folder.write("en.csv", &list);
    let ran = words(&["--read", "en.csv", "--write"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), "kessan: acme: nothing to change\n"));
    assert!(folder.files() == before);

    let rows = parse(list.trim_start_matches('\u{feff}'));
    assert!(rows.len() > 300, "{}", rows.len());
    let mark = |row: &[String; 3]| {
        let [id, original, translation] = row.clone();
        let is_new = id != "id" && !translation.is_empty();
        [id, original, if is_new { format!("{translation} §") } else { translation }]
    };
    let marked: Vec<_> = rows.iter().map(mark).collect();
    folder.write("en.csv", csv(&marked).split_once("\r\n").unwrap().1);
    let ran = words(&["--read", "en.csv", "--write"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let unmarked =
        |path: &PathBuf, text: Vec<u8>| (path.clone(), String::from_utf8(text).unwrap().replace(" §", "").into_bytes());
    let after: BTreeMap<_, _> = folder.files().into_iter().map(|(path, text)| unmarked(&path, text)).collect();
    let differing: Vec<_> = after.iter().filter(|(path, text)| before[*path] != **text).map(|(path, _)| path).collect();
    assert!(differing.is_empty(), "{differing:?}");
}

#[test]
fn a_translation_that_was_read_is_checked_and_published() {
    let folder = Folder::bilingual("published");
    folder.edit("release.toml", "\n[rounding]", "\n[release.ja]\npages = [\"outlook\"]\n\n[rounding]");
    folder.write(&format!("content/{SLUG}/03-outlook.ja.md"), "# 見通し\n\n{{ \"forecast\" | table }}\n");
    assert!(folder.run(&["check"]).stderr.contains("error[untranslated]"));
    folder.accepted(csv(&translated(&folder.rows())));
    let checked = folder.run(&["check"]);
    assert!(!checked.stderr.contains("untranslated"), "{}", checked.stderr);
    folder.run(&["build", "--draft", "--format", "markdown"]);
    let page = folder.read(&format!("output/{SLUG}/ja/{SLUG}.md"));
    let caption = folder.rows().into_iter().find(|[id, ..]| id.ends_with("table.forecast.caption")).unwrap();
    let (number, _) = caption[2].split_once('\\').unwrap();
    assert!(page.contains(number), "{page}");
}

#[test]
fn the_plan_comes_before_the_change() {
    let folder = Folder::bilingual("plan");
    folder.accepted("id,en,ja\nrelease.toml:headline.eps.label,Basic earnings per share,一株利益\n");
    let before = folder.files();
    let rows = [
        "release.toml:headline.eps.label,Basic earnings per share,1株当たり利益",
        "release.toml:release.title,Acme Instruments Announces First-Quarter Results,第1四半期決算",
        "statements/income.toml:line.revenue.label,Revenue,売上収益",
        "statements/income.toml:line.other_income.label,Other income,",
    ];
    let title = folder.rows().into_iter().find(|[id, ..]| id == "release.toml:release.title").unwrap();
    let rows =
        rows.join("\n").replace("Acme Instruments Announces First-Quarter Results", &format!("\"{}\"", title[1]));
    folder.write("ja.csv", format!("id,en,ja\n{rows}"));
    let ran = folder.words(&["--read", "ja.csv"]);
    assert_data_eq!(
        ran.stdout + &ran.stderr,
        str![[r#"
content/acme/release.toml: 1 text translated, 1 translation replaced
content/acme/statements/income.toml: 1 text translated
kessan: acme: 2 files to change; `--write` changes them

"#]]
    );
    assert!(folder.files() == before);
    let ran = folder.words(&["--read", "ja.csv", "--message-format", "json"]);
    assert_data_eq!(
        ran.stdout,
        str![[r#"
{
  "slug": "acme",
  "language": "ja",
  "files": [
    {
      "path": "content/acme/release.toml",
      "added": 1,
      "replaced": 1
    },
    {
      "path": "content/acme/statements/income.toml",
      "added": 1,
      "replaced": 0
    }
  ],
  "written": false
}

"#]]
    );
    let ran = folder.words(&["--read", "ja.csv", "--write"]);
    assert_data_eq!(
        ran.stdout + &ran.stderr,
        str![[r#"
content/acme/release.toml: 1 text translated, 1 translation replaced
content/acme/statements/income.toml: 1 text translated
kessan: acme: 2 files changed

"#]]
    );
    let ran = folder.words(&["--read", "ja.csv", "--write"]);
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("", "kessan: acme: nothing to change\n"));
}

#[test]
fn every_form_of_a_text_takes_a_translation() {
    let folder = Folder::small(
        "forms",
        r#"# Every form.
[release]
language = ["en", "ja"]
date = 2026-08-06
title.en = "Results"  # dotted
issuer = { all = "Acme" }
masthead = ["For release", { en = "IR" }]
description = { en = '''
Long
text''' }

[release.ja]
pages = []

[unit.EUR]
kind = "money"
  [unit.EUR.in_sentences]
  all = "EUR {}"   # in a table of its own

[period]
a = { at = 2026-03-31, label = {
  en = "March",
} }
b = { at = 2026-06-30, label.en = "June", prior = "a" }

[[literal]]
text = "IAS 34"
reason = "a 'standard' of \"IFRS\""
"#,
        "statement = { id = \"s\", unit = \"EUR\", periods = [\"a\", \"b\"] }\nline = [\n  { label = \"Assets:\", kind = \"heading\" },\n  { id = \"x\", label = \"X ray\", values = [1_000, -2_0] }, # kept\n]\n",
    );
    folder.write(
        "content/acme/tables/t.toml",
        "[[table]]\nid = \"t\"\ncaption = \"T\"\nlines = \"s\"\nunit_line = { en = [\"One\", \"Two\"] }\ncolumns = [{ period = \"a\" }, { period = \"a\", group = [\"G\", { en = \"H\", ja = \"h\" }] }]\n",
    );
    let rows = folder.rows();
    let ids: Vec<_> = rows.iter().map(|[id, original, _]| format!("{id} = {original:?}\n")).collect();
    assert_data_eq!(
        ids.concat(),
        str![[r#"
release.toml:release.title = "Results"
release.toml:release.issuer = "Acme"
release.toml:release.masthead.1 = "For release"
release.toml:release.masthead.2 = "IR"
release.toml:release.description = "Long/ntext"
release.toml:unit.EUR.in_sentences = "EUR {}"
release.toml:period.a.label = "March"
release.toml:period.b.label = "June"
release.toml:literal.IAS 34.text = "IAS 34"
release.toml:literal.IAS 34.reason = "a 'standard' of /"IFRS/""
statements/a.toml:line.heading.label = "Assets:"
statements/a.toml:line.x.label = "X ray"
tables/t.toml:table.t.caption = "T"
tables/t.toml:table.t.unit_line = "One/nTwo"
tables/t.toml:table.t.columns.a#2.group.1 = "G"
tables/t.toml:table.t.columns.a#2.group.2 = "H"

"#]]
    );
    let rows: Vec<_> = rows
        .into_iter()
        .map(|[id, original, _]| {
            let new = match original.as_str() {
                "Assets:" => original.clone(),
                "One\nTwo" => String::from("一\n二"),
                _ if original.contains("{}") => String::from("{}ユーロ"),
                _ => format!("訳 {}", plain(&original)),
            };
            [id, original, new]
        })
        .collect();
    folder.accepted(csv(&rows));
    assert_data_eq!(
        folder.read("content/acme/release.toml"),
        str![[r##"
# Every form.
[release]
language = ["en", "ja"]
date = 2026-08-06
title.en = "Results"  # dotted
title.ja = "訳 Results"
issuer = { en = "Acme", ja = "訳 Acme" }
masthead = [{ en = "For release", ja = "訳 For release" }, { en = "IR", ja = "訳 IR" }]
description = { en = '''
Long
text''', ja = "訳 Long/ntext" }

[release.ja]
pages = []

[unit.EUR]
kind = "money"
  [unit.EUR.in_sentences]
  en = "EUR {}"   # in a table of its own
  ja = "{}ユーロ"

[period]
a = { at = 2026-03-31, label = {
  en = "March", ja = "訳 March",
} }
b = { at = 2026-06-30, label.en = "June", label.ja = "訳 June", prior = "a" }

[[literal]]
text = { en = "IAS 34", ja = "訳 IAS 34" }
reason = { en = "a 'standard' of /"IFRS/"", ja = "訳 a 'standard' of /"IFRS/"" }

"##]]
    );
    assert_data_eq!(
        folder.read("content/acme/statements/a.toml"),
        str![[r#"
statement = { id = "s", unit = "EUR", periods = ["a", "b"] }
line = [
  { label = { all = "Assets:" }, kind = "heading" },
  { id = "x", label = { en = "X ray", ja = "訳 X ray" }, values = [1_000, -2_0] }, # kept
]

"#]]
    );
    assert_data_eq!(
        folder.read("content/acme/tables/t.toml"),
        str![[r#"
[[table]]
id = "t"
caption = { en = "T", ja = "訳 T" }
lines = "s"
unit_line = { en = ["One", "Two"], ja = ["一", "二"] }
columns = [{ period = "a" }, { period = "a", group = [{ en = "G", ja = "訳 G" }, { en = "H", ja = "訳 H" }] }]

"#]]
    );
    assert_eq!(folder.rows(), rows);
}

#[test]
fn a_third_language_keeps_its_texts() {
    let folder = Folder::small(
        "third",
        "[release]\nlanguage = [\"en\", \"fr\", \"ja\"]\ndate = 2026-08-06\ntitle = \"Results\"\nissuer = { all = \"Acme\" }\n\n[[literal]]\ntext = \"IAS 34\"\nreason = \"a standard\"\n",
        "statement = { id = \"s\", unit = \"EUR\", periods = [] }\nline = []\n",
    );
    folder.accepted(
        "id,en,ja\nrelease.toml:release.title,Results,Results\nrelease.toml:release.issuer,Acme,アクメ\nrelease.toml:literal.IAS 34.text,IAS 34,IAS第34号\n",
    );
    assert_data_eq!(
        folder.read("content/acme/release.toml"),
        str![[r#"
[release]
language = ["en", "fr", "ja"]
date = 2026-08-06
title = { en = "Results", ja = "Results" }
issuer = { en = "Acme", fr = "Acme", ja = "アクメ" }

[[literal]]
text = { en = "IAS 34", fr = "IAS 34", ja = "IAS第34号" }
reason = "a standard"

"#]]
    );
}

#[test]
fn a_literal_of_one_language_lacks_nothing() {
    let folder = Folder::small(
        "literals",
        "[release]\nlanguage = [\"en\", \"ja\"]\ndate = 2026-08-06\ntitle = \"Results\"\nissuer = { all = \"Acme\" }\n\n[[literal]]\ntext = { en = \"IAS 34\" }\nreason = { all = \"IAS\" }\n\n[[literal]]\ntext = { ja = \"第34号\" }\nreason = { all = \"IAS\" }\n",
        "statement = { id = \"s\", unit = \"EUR\", periods = [] }\nline = []\n",
    );
    let ids: Vec<_> = folder.rows().into_iter().map(|[id, ..]| id).collect();
    let [title, issuer] = ["title", "issuer"].map(|key| format!("release.toml:release.{key}"));
    let literals = ["IAS 34.text", "IAS 34.reason", "1.reason"].map(|name| format!("release.toml:literal.{name}"));
    assert_eq!(ids, [&[title, issuer][..], &literals].concat());
    let missing = folder.words(&["--missing"]).stdout;
    assert_eq!(missing, "\u{feff}id,en,ja\r\nrelease.toml:release.title,Results,\r\n");
    folder.accepted("id,en,ja\nrelease.toml:literal.IAS 34.text,IAS 34,IAS第34号\n");
    let text = folder.read("content/acme/release.toml");
    assert!(text.contains("text = { en = \"IAS 34\", ja = \"IAS第34号\" }"), "{text}");
}

#[test]
fn other_separators_and_line_ends_are_read() {
    for (test, separator, line_end) in [("semicolons", ";", "\r\n"), ("tabs", "\t", "\n"), ("old_line_ends", ",", "\r")]
    {
        let folder = Folder::bilingual(test);
        let row = ",収益,statements/income.toml:line.revenue.label,Revenue,";
        let lines = ["comment,ja,id,en", row, "a comment alone,,,", ",,,", ""];
        let text = lines.map(|line| line.replace(',', separator)).join(line_end);
        folder.accepted(format!("\u{feff}{text}"));
        let line = folder.read("content/acme/statements/income.toml");
        assert!(line.contains("{ id = \"revenue\", label = { en = \"Revenue\", ja = \"収益\" }, values"), "{line}");
    }
}

#[test]
fn every_mistake_in_the_rows_is_told_in_one_run() {
    let folder = Folder::bilingual("rows");
    let said = folder.refused(
        "id,en,ja\n\
         statements/income.toml:line.revenu.label,Revenue,売上収益\n\
         ,Revenue,売上収益\n\
         statements/income.toml:line.cost_of_sales.label,Cost of sales,売上原価\n\
         statements/income.toml:line.cost_of_sales.label,Cost of sales,原価\n\
         statements/income.toml:line.selling.label,Selling expenses,販売費\n\
         statements/forecast.toml:line.dividend.label,\"{{ \"\"fy2026\"\" | period }} forecast\",\"{{ \"\"fy2025\"\" | period }}予想\"\n\
         statements/forecast.toml:line.revenue_low.label,\"{{ \"\"fy2026\"\" | period }} forecast, low\",予想\n\
         statements/income.toml:line.other_income.label,Other income,{{ x }}収益\n\
         statements/income.toml:line.research.label,Research and development expenses,????\n\
         statements/income.toml:line.income_tax.label,Income tax expense,税\u{e000}\n\
         statements/income.toml:line.finance_income.label,Finance income,a, b\n",
        1,
    );
    assert_data_eq!(
        said,
        str![[r#"
error[csv]: no text of the release has the id `statements/income.toml:line.revenu.label`
 --> ja.csv:2:1
  |
2 | statements/income.toml:line.revenu.label,Revenue,売上収益
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ did you mean `statements/income.toml:line.revenue.label`?

error[csv]: a row without an id
 --> ja.csv:3:1
  |
3 | ,Revenue,売上収益
  | ^

error[csv]: `statements/income.toml:line.cost_of_sales.label` stands twice
 --> ja.csv:5:1
  |
4 | statements/income.toml:line.cost_of_sales.label,Cost of sales,売上原価
  | ----------------------------------------------- first here
5 | statements/income.toml:line.cost_of_sales.label,Cost of sales,原価
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

error[csv]: the original of `statements/income.toml:line.selling.label` is not that of the dataset
  --> ja.csv:6:43
   |
 6 | statements/income.toml:line.selling.label,Selling expenses,販売費
   |                                           ^^^^^^^^^^^^^^^^ the dataset has `Selling, general and administrative expenses`
   |
  ::: content/acme/statements/income.toml:12:29
   |
12 |   { id = "selling", label = "Selling, general and administrative expenses", values = [251_368, 268_940] },
   |                             ---------------------------------------------- written here
   |
   = note: it was changed in one of the two since the file was written

error[csv]: the translation has `{{ "fy2025" | period }}` instead of `{{ "fy2026" | period }}`
 --> ja.csv:7:83
  |
7 | statements/forecast.toml:line.dividend.label,"{{ ""fy2026"" | period }} forecast","{{ ""fy2025"" | period }}予想"
  |                                                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: keep what stands in braces as it is; its place may change

error[csv]: the translation lacks `{{ "fy2026" | period }}`
 --> ja.csv:8:91
  |
8 | statements/forecast.toml:line.revenue_low.label,"{{ ""fy2026"" | period }} forecast, low",予想
  |                                                                                           ^^^^
  |
  = help: keep what stands in braces as it is; its place may change

error[csv]: the translation has `{{ x }}`, which the original lacks
 --> ja.csv:9:61
  |
9 | statements/income.toml:line.other_income.label,Other income,{{ x }}収益
  |                                                             ^^^^^^^^^^^
  |
  = help: keep what stands in braces as it is; its place may change

error[csv]: `??` stands for letters that were lost
  --> ja.csv:10:78
   |
10 | statements/income.toml:line.research.label,Research and development expenses,????
   |                                                                              ^^^^
   |
   = note: the file was saved in an encoding that does not have them

error[reserved]: U+E000 is a private-use character
  --> ja.csv:11:65
   |
11 | statements/income.toml:line.income_tax.label,Income tax expense,税
   |                                                                 ^^^ private-use characters are reserved; write the character itself

error[csv]: the row has 4 cells, its head 3
  --> ja.csv:12:67
   |
12 | statements/income.toml:line.finance_income.label,Finance income,a, b
   |                                                                   ^^
   |
   = help: write a text with `,` in quotes


"#]]
    );
}

#[test]
fn what_the_dataset_does_not_take_is_told_at_its_row() {
    let folder = Folder::small(
        "not_taken",
        "[release]\nlanguage = [\"en\", \"ja\"]\ndate = 2026-08-06\ntitle = \"Results\"\nissuer = \"Acme\"\n\n[unit]\nEUR = { kind = \"money\", negative_in_tables = \"minus {}-\" }\n",
        "statement = { id = \"s\", unit = \"EUR\", periods = [] }\nline = []\n",
    );
    let said = folder.refused("id,en,ja\nrelease.toml:unit.EUR.negative_in_tables,minus {}-,{}ユーロ\n", 1);
    assert_data_eq!(
        said,
        str![[r#"
error[unit]: a negative number would look like a positive one
 --> ja.csv:2:52
  |
2 | release.toml:unit.EUR.negative_in_tables,minus {}-,{}ユーロ
  |                                                    ^^^^^^^^ the dataset does not take this translation


"#]]
    );
}

#[test]
fn broken_quotes_are_told_where_they_begin() {
    let folder = Folder::bilingual("quotes");
    let said = folder.refused(
        "id,en,ja\n\
         statements/income.toml:line.revenue.label,\"Revenue,売上収益\n\
         statements/income.toml:line.cost_of_sales.label,\"Cost of sales\",売上原価\n\
         statements/income.toml:line.selling.label,The \"selling\" expenses,販売費\n\
         statements/income.toml:line.nothing.label,Nothing,無\n\
         statements/income.toml:line.research.label,Research,\"研究\n",
        1,
    );
    assert_data_eq!(
        said,
        str![[r#"
error[csv]: the cell goes on after its closing quote
 --> ja.csv:3:49
  |
2 | statements/income.toml:line.revenue.label,"Revenue,売上収益
  |                                           - the cell begins here
3 | statements/income.toml:line.cost_of_sales.label,"Cost of sales",売上原価
  |                                                 ^ expected the end of the cell
  |
  = note: a quote within a cell is written twice: `""`

error[csv]: a quote in a cell that does not begin with one
 --> ja.csv:4:47
  |
4 | statements/income.toml:line.selling.label,The "selling" expenses,販売費
  |                                               ^
  |
  = help: write the whole cell in quotes, and a quote in it twice: `"…""…"`

error[csv]: no text of the release has the id `statements/income.toml:line.nothing.label`
 --> ja.csv:5:1
  |
5 | statements/income.toml:line.nothing.label,Nothing,無
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ did you mean `statements/income.toml:line.profit.label`?

error[csv]: a quote that is never closed
 --> ja.csv:6:53
  |
6 | statements/income.toml:line.research.label,Research,"研究
  |                                                     ^ the cell begins here


"#]]
    );
}

#[test]
fn columns_are_named() {
    let folder = Folder::bilingual("columns");
    assert_data_eq!(
        folder.refused("id,en,fr\nx,y,z\n", 1),
        str![[r#"
error[csv]: there is no column `ja`
 --> ja.csv:1:1
  |
1 | id,en,fr
  | ^^^^^^^^
  |
  = note: the columns are `id`, `en`, `fr`


"#]]
    );
    assert_data_eq!(
        folder.refused("Id;en;ja;ja\nx;y;z\n", 1),
        str![[r#"
error[csv]: there is no column `id`
 --> ja.csv:1:1
  |
1 | Id;en;ja;ja
  | ^^^^^^^^^^^
  |
  = note: the columns are `Id`, `en`, `ja`, `ja`

error[csv]: the column `ja` stands twice
 --> ja.csv:1:10
  |
1 | Id;en;ja;ja
  |       -- ^^
  |       |
  |       first here


"#]]
    );
    assert_data_eq!(
        folder.refused("", 1),
        str![[r#"
error[csv]: `ja.csv` is empty, expected the columns `id`, `en`, `ja`


"#]]
    );
    assert_data_eq!(
        folder.refused("id,en,ja\n\"x,\"\"y\"\",z\"\n", 1),
        str![[r#"
error[csv]: the row is one cell, expected 3
 --> ja.csv:2:1
  |
2 | "x,""y"",z"
  | ^^^^^^^^^^^
  |
  = note: the spreadsheet program did not divide the rows when it opened the file


"#]]
    );
}

#[test]
fn other_encodings_are_named() {
    let folder = Folder::bilingual("encodings");
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let marked = [&b"\xff\xfe"[..], &wide("id\ten\tja\r\n")].concat();
    assert_data_eq!(
        folder.refused(marked, 2),
        str![[r#"
error[read]: `ja.csv` is UTF-16 (Excel: “Unicode Text”), expected CSV in UTF-8
 |
 = help: save it as CSV in UTF-8 (Excel: “CSV UTF-8 (Comma delimited)”)


"#]]
    );
    assert!(folder.refused(wide("id\ten\tja\r\n"), 2).contains("is UTF-16"));
    let shift_jis = b"id,en,ja\r\nstatements/income.toml:line.revenue.label,Revenue,\x94\x84\x8f\xe3\x8d\x82\r\n";
    assert_data_eq!(
        folder.refused(shift_jis, 2),
        str![[r#"
error[read]: `ja.csv` is Shift_JIS, expected UTF-8
 --> ja.csv:2:51
  |
2 | statements/income.toml:line.revenue.label,Revenue,���㍂
  |                                                   ^ the first letter that is not in UTF-8
  |
  = help: save it as CSV in UTF-8 (Excel: “CSV UTF-8 (Comma delimited)”)


"#]]
    );
    let latin = b"id,en,ja\r\nstatements/income.toml:line.revenue.label,Revenue,B\xe9n\xe9fice\r\n";
    assert!(folder.refused(latin, 2).contains("`ja.csv` is not UTF-8"));
    assert!(folder.refused(b"PK\x03\x04\x14\0\x06\0", 2).contains("is a workbook or another archive"));
    assert!(folder.words(&["--read", "no.csv"]).stderr.contains("cannot read `no.csv`"));
    assert!(folder.words(&["--read", "content"]).stderr.contains("it is no file"));
}

#[test]
fn a_large_file_is_refused() {
    let folder = Folder::bilingual("large");
    let said = folder.refused(vec![b'a'; 16 * 1024 * 1024 + 1], 2);
    assert_eq!(said, "error[read]: cannot read `ja.csv`: it has more than 16 MiB\n\n");
}

/// Thousands of open quotes and unknown ids take no more than a moment.
#[test]
fn a_file_without_sense_is_read_in_bounded_time() {
    let folder = Folder::bilingual("bounded");
    let rows = "statements/income.toml:line.unknown.label,\"open\n".repeat(2_000);
    let unknown = "statements/income.toml:line.unknown.label,a,b\n".repeat(2_000);
    let said = folder.refused(format!("id,en,ja\n{rows}{unknown}"), 1);
    assert!(said.contains("error[csv]"));
}

/// Whatever a file holds, it is either read or refused with findings; what is planned can be written and is read as planned.
#[test]
fn a_damaged_file_is_read_or_refused() {
    let folder = Folder::bilingual("damaged");
    let rows = translated(&folder.rows()[..40]);
    let request = Words { root: &folder.0, slug: SLUG, language: "ja" };
    let signs = ['"', ',', ';', '\n', '\r', '\t', '\'', '\\', '{', '}', '=', '#', '\0', '訳'];
    let (mut seed, mut read, mut refused) = (1_u64, 0, 0);
    let mut random = |limit: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % limit
    };
    let mut damaged = |text: &str| {
        let mut letters: Vec<char> = text.chars().collect();
        let at = random(letters.len());
        match random(3) {
            0 => _ = letters.remove(at),
            1 => letters.insert(at, signs[random(signs.len())]),
            _ => letters[at] = signs[random(signs.len())],
        }
        letters.into_iter().collect::<String>()
    };
    for round in 0..150 {
        let mut rows = rows.clone();
        let cell = &mut rows[round % 40][2];
        *cell = damaged(cell);
        let text = csv(&rows);
        folder.write("ja.csv", if round % 3 == 0 { damaged(&text) } else { text });
        match read_translations(&request, "ja.csv", false) {
            Ok(plan) => read += usize::from(!plan.files.is_empty()),
            Err(findings) => {
                assert!(findings.iter().all(|finding| finding.place.is_some()), "{findings:#?}");
                refused += 1;
            }
        }
    }
    assert!(read > 10 && refused > 10, "{read} read, {refused} refused");
}

#[test]
fn a_dataset_that_cannot_be_read_gives_no_texts() {
    let folder = Folder::bilingual("unreadable");
    folder.edit("statements/income.toml", "label = \"Cost of sales\"", "lable = \"Cost of sales\"");
    let ran = folder.words(&[]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""));
    assert!(ran.stderr.contains("there is no key `lable` here"), "{}", ran.stderr);
    folder.refused("id,en,ja\n", 1);
}

#[test]
fn a_language_is_one_of_the_translations() {
    let folder = Folder::bilingual("language");
    for (language, said) in [("en", "is the language of the original"), ("fr", "is not a language of the release")] {
        let ran = folder.run(&["words", SLUG, "--language", language]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""));
        assert!(ran.stderr.contains(said), "{}", ran.stderr);
    }
    assert!(folder.run(&["words", "acmee", "--language", "ja"]).stderr.contains("there is one called `acme`"));
}

#[test]
fn the_list_replaces_no_file() {
    let folder = Folder::bilingual("list");
    assert_eq!(folder.words(&["--output", "ja.csv"]).code, Some(0));
    let list = folder.read("ja.csv");
    assert!(list.starts_with("\u{feff}id,en,ja\r\n"));
    let ran = folder.words(&["--output", "ja.csv", "--missing"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(2), "error[output]: `ja.csv` exists, so it is not replaced\n\n"));
    assert_eq!(folder.read("ja.csv"), list);
}

#[test]
fn if_one_file_cannot_be_written_none_is() {
    let folder = Folder::bilingual("unwritable");
    let all = csv(&translated(&folder.rows()));
    // A folder stands where the new file would wait.
    let staging = folder.path("content/acme/tables/.summary.toml.staging-kessan");
    fs::create_dir(&staging).unwrap();
    let said = folder.refused(&all, 2);
    assert!(said.starts_with("error[output]: cannot write `content/acme/tables/summary.toml`"), "{said}");
    fs::remove_dir(&staging).unwrap();

    let protected = folder.path("content/acme/tables/summary.toml");
    let mut rights = protected.metadata().unwrap().permissions();
    rights.set_readonly(true);
    fs::set_permissions(&protected, rights).unwrap();
    let said = folder.refused(&all, 2);
    assert_eq!(said, "error[output]: cannot write `content/acme/tables/summary.toml`: it is write-protected\n\n");
    assert!(folder.names("content/acme/statements").iter().all(|name| !name.starts_with('.')));
}

/// A new file that an interrupted run left is replaced.
#[test]
fn a_file_keeps_its_rights_and_a_file_left_waiting_is_replaced() {
    let folder = Folder::bilingual("rights");
    folder.write("content/acme/statements/.income.toml.staging-kessan", "left");
    let path = folder.path("content/acme/statements/income.toml");
    #[cfg(unix)]
    fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o640)).unwrap();
    let rights = path.metadata().unwrap().permissions();
    folder.accepted("id,en,ja\nstatements/income.toml:line.revenue.label,Revenue,売上収益\n");
    assert_eq!(path.metadata().unwrap().permissions(), rights);
    assert!(folder.names("content/acme/statements").iter().all(|name| !name.starts_with('.')));
}
