//! `kessan import`: amounts are compared with the workbooks that they come from, and taken over exactly or not at all; a file that
//! cannot be right changes nothing. The workbooks are written by other programs (`tests/import/make.py`).

#[path = "import/bomb.rs"]
mod bomb;
#[expect(dead_code, reason = "only the folder is needed here")]
#[path = "support/folder.rs"]
mod folder;

use std::{fs, path::Path};

use folder::{Folder, RunResult};
use snapbox::{assert_data_eq, str};

const SLUG: &str = "acme";
const STATEMENT: &str = "content/acme/statements/is.toml";

const RELEASE: &str = r#"[release]
title = "Results"
issuer = "Acme"
language = "en"
date = 2026-05-14
period = "fy2025"

[unit]
JPY = { kind = "money", in_sentences = "JPY{}", scale = "million" }

[period]
fy2024 = { from = 2024-04-01, to = 2025-03-31, label = "FY2024" }
fy2025 = { from = 2025-04-01, to = 2026-03-31, label = "FY2025", prior = "fy2024" }
"#;

/// A statement of the sheet that `ledger` of `make.py` writes.
const LEDGER: &str = r#"# The books.
[statement]
id = "is"
unit = "JPY thousand"
periods = ["fy2024", "fy2025"]

[statement.source] # where it comes from
file = "sources/ledger.xlsx" # of the group
sheet = "P & L"
key = "B"
unit = "JPY"
columns = { fy2024 = "D", fy2025 = { head = "FY2025" } }

[[line]]
id = "sales"
label = "Sales"
from = "4000"
values = [7_310_250, 8_402_031] # not final

[[line]]
id = "costs"
label = "Costs"
from = ["5000", "-5100"]
values = [6_110_041, 6951870]

[[line]]
id = "profit"
label = "Profit"
from = "=Profit"
values = [1, 2]
"#;

impl Folder {
    /// A project with one release, one statement, and the files of `make.py`.
    fn project(test: &str, statement: &str) -> Self {
        let folder = Self::new(test);
        folder.write("content/acme/release.toml", RELEASE);
        folder.write(STATEMENT, statement);
        let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/files");
        for entry in fs::read_dir(files).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            folder.write(&format!("sources/{name}"), fs::read(&path).unwrap());
        }
        folder
    }

    fn import(&self, args: &[&str]) -> RunResult {
        self.run(&[&["import", SLUG], args].concat())
    }

    /// Findings in short form, one a line.
    fn findings(&self) -> String {
        let ran = self.import(&["--message-format", "short"]);
        assert_eq!(ran.code, Some(1), "{}{}", ran.stdout, ran.stderr);
        ran.stderr
    }
}

/// A statement in units, with one line for each key of `traps`, whose amount is 1.
fn traps(file: &str, keys: &[&str]) -> String {
    let mut text = format!(
        "[statement]\nid = \"is\"\nunit = \"JPY\"\nperiods = [\"fy2025\"]\n\n[statement.source]\nfile = \"sources/{file}\"\n\
         key = \"A\"\nunit = \"JPY\"\ncolumns.fy2025 = \"B\"\n"
    );
    for key in keys {
        text += &format!("\n[[line]]\nid = \"{key}\"\nlabel = \"L\"\nfrom = \"{key}\"\nvalues = [1]\n");
    }
    text
}

#[test]
fn a_plan_says_what_was_and_what_becomes() {
    for (file, name) in [("ledger.xlsx", "xlsx"), ("ledger.ods", "ods")] {
        let folder = Folder::project(&format!("plan_{name}"), &LEDGER.replace("ledger.xlsx", file));
        let before = folder.read(STATEMENT);
        let ran = folder.import(&[]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        assert_data_eq!(
            ran.stdout.replace(file, "[FILE]"),
            str![[r#"
is.sales@fy2025   8_402_031 → 8_402_130  'P & L'!E5               content/acme/statements/is.toml:18
is.costs@fy2025     6951870 →   6951872  'P & L'!E6 - 'P & L'!E7  content/acme/statements/is.toml:24
  read from the text `６,９５１,８７０,０００`
  read from the text `△2,000`
is.profit@fy2024          1 → 1_200_210  'P & L'!D8               content/acme/statements/is.toml:30
is.profit@fy2025          2 → 1_450_260  'P & L'!E8               content/acme/statements/is.toml:30
is: 'P & L'!D6 - 'P & L'!D7: read from the text `6,110,040,000`
is: 'P & L'!D6 - 'P & L'!D7: read from the text `(1,000)`
is: 3 keys of `sources/[FILE]` that no line takes:
  'P & L'!B9  7000  Per share
  'P & L'!B10  8000  Nil
  'P & L'!B11  9999  Suspense
is: 1 key of `sources/[FILE]` in hidden rows:
  'P & L'!B7  5100  Discounts

"#]]
        );
        assert_data_eq!(
            ran.stderr,
            str![[r#"
kessan: acme: 4 amounts to change, 2 as they are; `--write` changes them

"#]]
        );
        assert_eq!(folder.read(STATEMENT), before);
    }
}

#[test]
fn writing_changes_amounts_and_the_hash_and_nothing_else() {
    for line_end in ["\n", "\r\n"] {
        let folder = Folder::project("write", &LEDGER.replace('\n', line_end));
        let ran = folder.import(&["--write"]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        let after = folder.read(STATEMENT);
        let hash = after.lines().find_map(|line| line.strip_prefix("sha256 = ")).expect("a hash").trim_matches('"');
        let expected = LEDGER
            .replace("8_402_031", "8_402_130")
            .replace("6_110_041, 6951870", "6_110_041, 6951872")
            .replace("[1, 2]", "[1_200_210, 1_450_260]")
            .replace("# of the group\n", &format!("# of the group\nsha256 = \"{hash}\"\n"))
            .replace('\n', line_end);
        assert_eq!(after, expected);
        let again = folder.import(&["--write"]);
        assert_data_eq!(
            again.stderr,
            str![[r#"
kessan: acme: nothing to change, 6 amounts as they are

"#]]
        );
        assert_eq!(folder.read(STATEMENT), expected);
        assert_eq!(folder.names("content/acme/statements"), ["is.toml"]);
    }
}

#[test]
fn the_hash_is_written_within_the_braces_of_a_source() {
    let (_, lines) = LEDGER.split_once("\n[[line]]").unwrap();
    for (open, close) in
        [("", ""), ("\n  ", ""), (" # the group\n  ", "\n"), ("\n  sheet = \"P & L\",\n  # the group\n  ", ",\n")]
    {
        let sheet = if open.contains("sheet") { "" } else { "sheet = \"P & L\", " };
        let source = format!(
            "{{{open}file = \"sources/ledger.xlsx\", {sheet}key = \"B\", unit = \"JPY\", columns = {{ fy2024 = \"D\", fy2025 = \"E\" }}{close} }}"
        );
        let statement = format!(
            "statement = {{ id = \"is\", unit = \"JPY thousand\", periods = [\"fy2024\", \"fy2025\"], source = {source} }}\n\n[[line]]{lines}"
        );
        let folder = Folder::project("braces", &statement);
        let ran = folder.import(&["--write"]);
        assert_eq!(ran.code, Some(0), "{}\n{statement}", ran.stderr);
        let after = folder.read(STATEMENT);
        assert!(after.contains("file = \"sources/ledger.xlsx\", sha256 = \""), "{after}");
        assert!(folder.import(&[]).stderr.contains("nothing to change, 6 amounts"));
    }
}

#[test]
fn a_check_holds_amounts_to_their_cells_and_tells_another_file() {
    let folder = Folder::project("check", LEDGER);
    assert_eq!(folder.import(&["--write"]).code, Some(0));
    let imported = folder.read(STATEMENT);
    folder.write(STATEMENT, imported.replace("8_402_130", "8_402_310"));
    let ran = folder.run(&["check"]);
    assert_eq!(ran.code, Some(1));
    assert_data_eq!(
        ran.stderr,
        str![[r#"
error[unused-line]: no table, sum, tie or text uses `is.sales`
  --> content/acme/statements/is.toml:16:6
   |
16 | id = "sales"
   |      ^^^^^^^
   |
   = help: show it, add it to a sum or a tie, or remove it

error[source]: `is.sales@fy2025` is not what its source says
  --> content/acme/statements/is.toml:19:22
   |
19 | values = [7_310_250, 8_402_310] # not final
   |                      ^^^^^^^^^ the workbook says 8_402_130, cell 'P & L'!E5

error[unused-line]: no table, sum, tie or text uses `is.costs`
  --> content/acme/statements/is.toml:22:6
   |
22 | id = "costs"
   |      ^^^^^^^
   |
   = help: show it, add it to a sum or a tie, or remove it

error[unused-line]: no table, sum, tie or text uses `is.profit`
  --> content/acme/statements/is.toml:28:6
   |
28 | id = "profit"
   |      ^^^^^^^^
   |
   = help: show it, add it to a sum or a tie, or remove it

kessan: acme: 4 errors

"#]]
    );
    folder.write(STATEMENT, &imported);
    folder.write("sources/ledger.xlsx", fs::read(folder.path("sources/uncalculated.xlsx")).unwrap());
    assert_data_eq!(
        folder.run(&["check", "--message-format", "short"]).stderr,
        str![[r#"
content/acme/statements/is.toml:16:6: error[unused-line]: no table, sum, tie or text uses `is.sales`
content/acme/statements/is.toml:22:6: error[unused-line]: no table, sum, tie or text uses `is.costs`
content/acme/statements/is.toml:28:6: error[unused-line]: no table, sum, tie or text uses `is.profit`
content/acme/statements/is.toml:31:11: error[source]: the cell `'P & L'!D8` has the formula `D5-6110040000` without a value: it was never calculated
content/acme/statements/is.toml:31:22: error[source]: the cell `'P & L'!E8` has the formula `E5-6951870000` without a value: it was never calculated
content/acme/statements/is.toml:9:10: warning[source]: `sources/ledger.xlsx` is not the file that the amounts were taken from
kessan: acme: 5 errors, 1 warning

"#]]
    );
    fs::remove_dir_all(folder.path("sources")).unwrap();
    assert_data_eq!(
        folder.run(&["check", "--message-format", "short"]).stderr,
        str![[r#"
content/acme/statements/is.toml:16:6: error[unused-line]: no table, sum, tie or text uses `is.sales`
content/acme/statements/is.toml:22:6: error[unused-line]: no table, sum, tie or text uses `is.costs`
content/acme/statements/is.toml:28:6: error[unused-line]: no table, sum, tie or text uses `is.profit`
kessan: acme: 3 errors

"#]]
    );
    let ran = folder.import(&[]);
    assert_eq!(ran.code, Some(2));
    assert_data_eq!(
        ran.stderr,
        str![[r#"
error[read]: cannot read `sources/ledger.xlsx`: there is no such file
 --> content/acme/statements/is.toml:8:8
  |
8 | file = "sources/ledger.xlsx" # of the group
  |        ^^^^^^^^^^^^^^^^^^^^^


"#]]
    );
}

#[test]
fn what_is_no_amount_is_a_finding() {
    let keys = [
        "cached_zero",
        "beyond",
        "fraction",
        "division",
        "date",
        "truth",
        "text",
        "merged_below",
        "twice",
        "empty",
        "separators",
        "percent",
        "gone",
    ];
    for (file, name) in [("traps.xlsx", "xlsx"), ("traps.ods", "ods")] {
        let folder = Folder::project(&format!("traps_{name}"), &traps(file, &keys));
        let found = folder.findings();
        if name == "xlsx" {
            assert_data_eq!(
                found,
                str![[r#"
content/acme/statements/is.toml:16:11: error[source]: the cell `Traps!B2` has the formula `SUM(B20:B30)` with the value 0, as one that was never calculated
content/acme/statements/is.toml:22:11: error[source]: the cell `Traps!B3` has `9.007199254740994e15`, beyond the whole numbers that a workbook holds exactly (2^53)
content/acme/statements/is.toml:28:11: error[source]: the source says `68006380.5` in `Traps!B4`, which is no whole number of `JPY`
content/acme/statements/is.toml:34:11: error[source]: the cell `Traps!B5` has the error `#DIV/0!`, expected a number
content/acme/statements/is.toml:40:11: error[source]: the cell `Traps!B7` has the date `2026-03-31`, expected a number
content/acme/statements/is.toml:46:11: error[source]: the cell `Traps!B8` has the truth value `true`, expected a number
content/acme/statements/is.toml:52:11: error[source]: the cell `Traps!B9` has the text `n.m.`, expected a number
content/acme/statements/is.toml:58:11: error[source]: the cell `Traps!B11` is merged with others (`Traps!B10:B11`), of which only the first has a value
content/acme/statements/is.toml:63:8: error[source]: the source has the key `twice` 2 times
content/acme/statements/is.toml:70:11: error[source]: the source says nothing in `Traps!B14`
content/acme/statements/is.toml:76:11: error[source]: the cell `Traps!B16` has the text `1.234,56`, expected a number
content/acme/statements/is.toml:82:11: error[source]: the cell `Traps!B17` has the text `7.4%`, expected a number
content/acme/statements/is.toml:87:8: error[source]: the source has no key `gone` in column A
kessan: acme: a hash to record, 0 amounts as they are; with these errors nothing is written

"#]]
            );
        } else {
            assert_data_eq!(
                found,
                str![[r#"
content/acme/statements/is.toml:16:11: error[source]: the cell `Traps!B2` has the formula `of:=SUM([.B20:.B30])` with the value 0, as one that was never calculated
content/acme/statements/is.toml:22:11: error[source]: the cell `Traps!B3` has `9.00719925474099E+015`, beyond the digits that such a file keeps
content/acme/statements/is.toml:28:11: error[source]: the source says `68006380.5` in `Traps!B4`, which is no whole number of `JPY`
content/acme/statements/is.toml:34:11: error[source]: the cell `Traps!B5` has the error `#DIV/0!`, expected a number
content/acme/statements/is.toml:40:11: error[source]: the cell `Traps!B7` has the date `2026-03-31`, expected a number
content/acme/statements/is.toml:52:11: error[source]: the cell `Traps!B9` has the text `n.m.`, expected a number
content/acme/statements/is.toml:58:11: error[source]: the cell `Traps!B11` is merged with others (`Traps!B10:B11`), of which only the first has a value
content/acme/statements/is.toml:63:8: error[source]: the source has the key `twice` 2 times
content/acme/statements/is.toml:70:11: error[source]: the source says nothing in `Traps!B14`
content/acme/statements/is.toml:76:11: error[source]: the cell `Traps!B16` has the text `1.234,56`, expected a number
content/acme/statements/is.toml:82:11: error[source]: the cell `Traps!B17` has the text `7.4%`, expected a number
content/acme/statements/is.toml:87:8: error[source]: the source has no key `gone` in column A
kessan: acme: a hash to record, 1 amount as they are; with these errors nothing is written

"#]]
            );
        }
    }
}

#[test]
fn what_somebody_should_know_of_a_cell_is_told() {
    let statement = traps("traps.xlsx", &["other_workbook", "noise"]).replace("values = [1]", "values = [0.0]");
    let folder = Folder::project("notes", &statement);
    assert_data_eq!(
        folder.import(&[]).stdout,
        str![[r#"
is.other_workbook@fy2025  0.0 → 8_402_130.0  Traps!B6   content/acme/statements/is.toml:16
  taken from another workbook by `'[ledger.xlsx]P & L'!E5`
is.noise@fy2025           0.0 →         3.3  Traps!B15  content/acme/statements/is.toml:22
is: 5 keys of `sources/traps.xlsx` that no line takes:
  Traps!A2  cached_zero
  Traps!A4  fraction
  Traps!A10  merged
  Traps!A12  twice
  Traps!A13  twice

"#]]
    );
}

#[test]
fn heads_and_names_that_tell_no_column_or_row_are_findings() {
    let heads = ["Merged head", "Head", "Haed"];
    let columns = heads.map(|head| format!("{{ head = \"{head}\" }}"));
    for (at, column) in columns.iter().enumerate() {
        let statement = traps("traps.xlsx", &["truth"]).replace("\"B\"", column);
        let folder = Folder::project(&format!("heads_{at}"), &statement);
        let found = folder.findings();
        match at {
            0 => assert_data_eq!(
                found,
                str![[r#"
content/acme/statements/is.toml:10:27: error[source]: the head `Merged head` is merged over several columns, expected one
kessan: acme: nothing to change, 0 amounts as they are; with these errors nothing is written

"#]]
            ),
            1 => assert_data_eq!(
                found,
                str![[r#"
content/acme/statements/is.toml:10:27: error[source]: several columns of the source have the head `Head`
kessan: acme: nothing to change, 0 amounts as they are; with these errors nothing is written

"#]]
            ),
            _ => assert_data_eq!(
                found,
                str![[r#"
content/acme/statements/is.toml:10:27: error[source]: the source has no cell `Haed`
kessan: acme: nothing to change, 0 amounts as they are; with these errors nothing is written

"#]]
            ),
        }
    }
    let names = LEDGER.replace("\"4000\"", "\"=Elsewhere\"").replace("[\"5000\", \"-5100\"]", "\"=Both\"");
    let folder = Folder::project("names", &names.replace("=Profit", "=Porfit"));
    assert_data_eq!(
        folder.findings(),
        str![[r#"
content/acme/statements/is.toml:17:8: error[source]: the name `Elsewhere` is of the sheet `Hidden`, expected `P & L`
content/acme/statements/is.toml:23:8: error[source]: the name `Both` is defined as `'P & L'!$D$5:$E$6`, expected cells of one row
content/acme/statements/is.toml:29:8: error[source]: the source defines no name `Porfit`
kessan: acme: nothing to change, 0 amounts as they are; with these errors nothing is written

"#]]
    );
}

#[test]
fn a_file_that_cannot_be_read_is_refused() {
    let folder = Folder::project("refused", "");
    let whole = fs::read(folder.path("sources/ledger.xlsx")).unwrap();
    folder.write("sources/cut.xlsx", &whole[..whole.len() / 2]);
    folder.write("sources/renamed.xlsx", "Code,Amount\n4000,1\n");
    folder.write("sources/archive.xlsx", bomb::archive("readme.txt", b"\x03\x00", 1, 0));
    folder.write("sources/bomb.xlsx", bomb::archive("xl/workbook.xml", &bomb::deflated_zeros(1 << 20), 300, 300 << 20));
    fs::File::create(folder.path("sources/large.xlsx")).unwrap().set_len(200 << 20).unwrap();
    folder.write("sources/utf16.csv", b"\xff\xfea\0,\0b\0");
    folder.write("sources/quotes.csv", "a,b\n\"4000,1\n");
    let files = [
        "cut.xlsx",
        "renamed.xlsx",
        "archive.xlsx",
        "bomb.xlsx",
        "large.xlsx",
        "encrypted.xlsx",
        "ledger.xls",
        "balance.csv",
        "utf16.csv",
        "quotes.csv",
        "missing.csv",
    ];
    let mut found = String::new();
    for file in files {
        folder.write(STATEMENT, traps(file, &["4000"]));
        found += &folder.import(&["--message-format", "short"]).stderr;
    }
    assert_data_eq!(
        found,
        str![[r#"
content/acme/statements/is.toml:7:8: error[source]: `sources/cut.xlsx` cannot be read: it is damaged or was cut off (invalid Zip archive: Could not find EOCD)
kessan: acme: nothing to change, 0 amounts as they are; with these errors nothing is written
kessan: acme: a hash to record, 1 amount as they are; `--write` records it
content/acme/statements/is.toml:7:8: error[source]: `sources/archive.xlsx` cannot be read: it is damaged (File not found '_rels/.rels')
kessan: acme: nothing to change, 0 amounts as they are; with these errors nothing is written
content/acme/statements/is.toml:7:8: error[source]: `sources/bomb.xlsx` cannot be read: it unpacks to more than 256 MiB
kessan: acme: nothing to change, 0 amounts as they are; with these errors nothing is written
content/acme/statements/is.toml:7:8: error[source]: `sources/large.xlsx` cannot be read: it has more than 64 MiB
kessan: acme: nothing to change, 0 amounts as they are; with these errors nothing is written
content/acme/statements/is.toml:7:8: error[source]: `sources/encrypted.xlsx` cannot be read: it is encrypted; save it without a password
kessan: acme: nothing to change, 0 amounts as they are; with these errors nothing is written
content/acme/statements/is.toml:7:8: error[source]: `sources/ledger.xls` cannot be read: it is a workbook of an old form (.xls); save it as .xlsx
kessan: acme: nothing to change, 0 amounts as they are; with these errors nothing is written
content/acme/statements/is.toml:7:8: error[source]: `sources/balance.csv` cannot be read: it is Shift_JIS, expected UTF-8
kessan: acme: nothing to change, 0 amounts as they are; with these errors nothing is written
content/acme/statements/is.toml:7:8: error[source]: `sources/utf16.csv` cannot be read: it is UTF-16 (Excel: “Unicode Text”)
kessan: acme: nothing to change, 0 amounts as they are; with these errors nothing is written
content/acme/statements/is.toml:7:8: error[source]: `sources/quotes.csv` cannot be read: line 2 has a quote that is never closed
kessan: acme: nothing to change, 0 amounts as they are; with these errors nothing is written
content/acme/statements/is.toml:7:8: error[read]: cannot read `sources/missing.csv`: there is no such file

"#]]
    );
}

#[test]
fn text_files_are_read_in_their_encoding_with_their_separator() {
    let balance = traps("balance.csv", &["4000", "5000"]).replace("\"B\"", "\"C\"");
    let encoded = balance.replace("unit = \"JPY\"\ncolumns", "unit = \"JPY\"\nencoding = \"shift_jis\"\ncolumns");
    let by_head = encoded.replace("columns.fy2025 = \"C\"", "columns.fy2025 = { head = \"金額\" }");
    let folder = Folder::project("text", &encoded);
    let plan = folder.import(&[]).stdout;
    assert_data_eq!(
        &plan,
        str![[r#"
is.4000@fy2025  1 →  8_402_130  C2  content/acme/statements/is.toml:17
is.5000@fy2025  1 → -6_951_870  C3  content/acme/statements/is.toml:23

"#]]
    );
    folder.write(STATEMENT, by_head);
    assert_eq!(folder.import(&[]).stdout.replace(":19", ":18"), plan.replace(":19", ":18"));
    folder.write("sources/balance.csv", "\u{feff}Code;Name;Amount\r\n\r\n4000;\"Sales; net\";8 402\r\n5000;;-1\r\n");
    folder.write(STATEMENT, &balance);
    assert_data_eq!(
        folder.findings(),
        str![[r#"
content/acme/statements/is.toml:16:11: error[source]: the cell `C3` has the text `8 402`, expected a number
kessan: acme: 1 amount to change, 0 as they are; with these errors nothing is written

"#]]
    );
    folder.write(STATEMENT, encoded);
    assert_data_eq!(
        folder.findings(),
        str![[r#"
content/acme/statements/is.toml:7:8: error[source]: `sources/balance.csv` cannot be read: it is UTF-8, expected Shift_JIS
kessan: acme: nothing to change, 0 amounts as they are; with these errors nothing is written

"#]]
    );
}

#[test]
fn a_statement_with_members_takes_a_column_for_each() {
    let statement = r#"[statement]
id = "seg"
unit = "JPY thousand"
periods = ["fy2025"]
members = ["a", "b"]
source = { file = "sources/ledger.xlsx", sheet = "P & L", key = "B", unit = "JPY", columns.fy2025 = { a = "D", b = "E" } }

[[line]]
id = "sales"
label = "Sales"
from = "4000"
values.fy2025 = [1, "undecided"]
"#;
    let folder = Folder::project("members", statement);
    let ran = folder.import(&["--write"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let after = folder.read(STATEMENT);
    assert!(after.contains("[7_310_250, 8_402_130]"), "{after}");
    assert!(after.contains("file = \"sources/ledger.xlsx\", sha256 = \""), "{after}");
}

#[test]
fn wrong_declarations_are_findings_at_their_place() {
    let statement = LEDGER
        .replace("sources/ledger.xlsx", "../ledger.xlsx")
        .replace("key = \"B\"", "key = \"B2\"")
        .replace("fy2024 = \"D\"", "fy2023 = \"D\"")
        .replace("[\"5000\", \"-5100\"]", "[\"5000\", \"-5000\", \"-\"]");
    let folder = Folder::project("declarations", &statement);
    assert_data_eq!(
        folder.findings(),
        str![[r#"
content/acme/statements/is.toml:8:8: error[source]: `../ledger.xlsx` cannot be a source
content/acme/statements/is.toml:10:7: error[wrong-type]: expected the letters of a column, found `B2`
content/acme/statements/is.toml:12:13: error[unknown-period]: `is` has no period `fy2023`
content/acme/statements/is.toml:23:17: error[source]: a row is in this sum twice
content/acme/statements/is.toml:23:26: error[missing-key]: `from` is empty

"#]]
    );
    let without = LEDGER.replace("[statement.source]", "[[line]]\n[statement.other]");
    folder.write(
        STATEMENT,
        without.split("[statement.other]").next().unwrap().replace("[[line]]", "")
            + "[[line]]\nid = \"a\"\nlabel = \"A\"\nfrom = \"4000\"\nvalues = [1, 2]\n",
    );
    assert_data_eq!(
        folder.findings(),
        str![[r#"
content/acme/statements/is.toml:11:8: error[source]: a line comes `from` a source that the statement does not have

"#]]
    );
}

#[test]
fn units_are_converted_or_refused() {
    let folder = Folder::project("units", &LEDGER.replace("unit = \"JPY\"", "unit = \"JPY million\""));
    // Two amounts are not known yet: the others tell.
    assert_data_eq!(
        folder.findings(),
        str![[r#"
content/acme/statements/is.toml:11:8: error[source]: 4 of 6 amounts are entered 1_000_000 times smaller than the sheet says in `JPY million`
kessan: acme: nothing to change, 0 amounts as they are; with these errors nothing is written

"#]]
    );
    assert_eq!(folder.run(&["check", SLUG, "--message-format", "short"]).stderr.matches("error[source]").count(), 1);
    folder.write(STATEMENT, LEDGER.replace("unit = \"JPY\"", "unit = \"USD\""));
    assert_data_eq!(
        folder.findings(),
        str![[r#"
content/acme/statements/is.toml:11:8: error[source]: the statement is in `JPY thousand`, its source in `USD`
kessan: acme: nothing to change, 0 amounts as they are; with these errors nothing is written

"#]]
    );
    let million = LEDGER.replace("JPY thousand", "JPY million");
    folder.write(STATEMENT, million);
    assert_data_eq!(
        folder.findings(),
        str![[r#"
content/acme/statements/is.toml:11:8: error[source]: 4 of 6 amounts are entered 1_000 times larger than the sheet says in `JPY`
kessan: acme: nothing to change, 0 amounts as they are; with these errors nothing is written

"#]]
    );
    let unknown = LEDGER
        .replace("JPY thousand", "JPY million")
        .replace("7_310_250, 8_402_031", "1, 2")
        .replace("6_110_041, 6951870", "3, 4");
    folder.write(STATEMENT, unknown);
    assert_data_eq!(
        folder.run(&["import", SLUG]).stderr,
        str![[r#"
error[source]: 6 of 6 amounts of the sheet have more decimals in `JPY million` than the statement
  --> content/acme/statements/is.toml:11:8
   |
11 | unit = "JPY"
   |        ^^^^^ the unit of the sheet
   |
   = note: the first: the source says `7310250000` in `'P & L'!D5`, which is no whole number of `JPY million`

kessan: acme: nothing to change, 0 amounts as they are; with these errors nothing is written

"#]]
    );
}

#[test]
fn a_file_that_cannot_be_replaced_stays() {
    let folder = Folder::project("protected", LEDGER);
    let path = folder.path(STATEMENT);
    let mut rights = fs::metadata(&path).unwrap().permissions();
    rights.set_readonly(true);
    fs::set_permissions(&path, rights).unwrap();
    let ran = folder.import(&["--write"]);
    assert_eq!(ran.code, Some(2));
    assert_data_eq!(
        ran.stderr,
        str![[r#"
error[output]: cannot write `content/acme/statements/is.toml`: it is write-protected

kessan: acme: 4 amounts to change, 2 as they are; with these errors nothing is written

"#]]
    );
    assert_eq!(folder.read(STATEMENT), LEDGER);
    assert_eq!(folder.names("content/acme/statements"), ["is.toml"]);
}

#[test]
fn programs_get_the_plan_as_json() {
    let folder = Folder::project("json", LEDGER);
    let ran = folder.import(&["--message-format", "json"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert_data_eq!(
        ran.stdout,
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
        "statements": [
          {
            "id": "is",
            "source": "sources/ledger.xlsx",
            "hidden": false,
            "changes": [
              {
                "name": "is.sales@fy2025",
                "was": "8_402_031",
                "becomes": "8_402_130",
                "cells": "'P & L'!E5",
                "notes": [],
                "place": "content/acme/statements/is.toml:18"
              },
              {
                "name": "is.costs@fy2025",
                "was": "6951870",
                "becomes": "6951872",
                "cells": "'P & L'!E6 - 'P & L'!E7",
                "notes": [
                  "read from the text `６,９５１,８７０,０００`",
                  "read from the text `△2,000`"
                ],
                "place": "content/acme/statements/is.toml:24"
              },
              {
                "name": "is.profit@fy2024",
                "was": "1",
                "becomes": "1_200_210",
                "cells": "'P & L'!D8",
                "notes": [],
                "place": "content/acme/statements/is.toml:30"
              },
              {
                "name": "is.profit@fy2025",
                "was": "2",
                "becomes": "1_450_260",
                "cells": "'P & L'!E8",
                "notes": [],
                "place": "content/acme/statements/is.toml:30"
              }
            ],
            "same": 2,
            "notes": [
              "'P & L'!D6 - 'P & L'!D7: read from the text `6,110,040,000`",
              "'P & L'!D6 - 'P & L'!D7: read from the text `(1,000)`"
            ],
            "untaken": [
              [
                "7000",
                "Per share",
                "'P & L'!B9"
              ],
              [
                "8000",
                "Nil",
                "'P & L'!B10"
              ],
              [
                "9999",
                "Suspense",
                "'P & L'!B11"
              ]
            ],
            "hidden_rows": [
              [
                "5100",
                "Discounts",
                "'P & L'!B7"
              ]
            ]
          }
        ],
        "files": [
          "content/acme/statements/is.toml"
        ],
        "written": false
      }
    ]
  }
}

"#]]
    );
}

#[test]
fn a_sheet_without_a_statement_gets_a_proposal() {
    for (file, name) in [("ledger.xlsx", "xlsx"), ("ledger.ods", "ods")] {
        let folder = Folder::project(&format!("init_{name}"), "");
        let file = format!("sources/{file}");
        let ran = folder.run(&["import", "--init", &file, "--sheet", "P & L", "--unit", "JPY"]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        let hash = ran.stdout.lines().find(|line| line.starts_with("sha256")).unwrap();
        let shown = ran.stdout.replace(hash, "sha256 = \"[HASH]\"").replace(&file, "[FILE]");
        assert_data_eq!(
            shown,
            str![[r##"
# Proposed from a workbook. The ids of periods are those of release.toml; ids of lines are names for formulas and
# text. Totals need `kind` and `sum`.

[statement]
id = "p_l"
unit = "JPY"
periods = ["fy2024", "fy2025"]

[statement.source]
file = "[FILE]"
sha256 = "[HASH]"
sheet = "P & L"
key = "B"
unit = "JPY"
columns = { fy2024 = { head = "FY2024" }, fy2025 = { head = "FY2025" } }

[[line]]
id = "sales"
label = "Sales"
from = "4000"
values = [7_310_250_000, 8_402_130_000]

[[line]]
id = "cost_of_sales"
label = "Cost of sales"
from = "5000"
values = [6_110_040_000, 6_951_870_000]

[[line]]
id = "discounts"
label = "Discounts"
from = "5100"
values = [-1_000, -2_000]

[[line]]
id = "operating_profit"
label = "Operating profit"
from = "6000"
values = [1_200_210_000, 1_450_260_000]

[[line]]
id = "per_share"
label = "Per share"
from = "7000"
values = [92.45, 0.3]

[[line]]
id = "nil"
label = "Nil"
from = "8000"
values = [0, 0]

[[line]]
id = "suspense"
label = "Suspense"
from = "9999"
values = [5_000, ""]

"##]]
        );
        // It is a statement of a release, and is what its source says.
        folder.write(STATEMENT, &ran.stdout);
        let ran = folder.import(&[]);
        assert_data_eq!(
            ran.stderr,
            str![[r#"
kessan: acme: nothing to change, 14 amounts as they are

"#]]
        );
    }
    let folder = Folder::project("init_text", "");
    let ran = folder.run(&["import", "--init", "sources/balance.csv", "--unit", "JPY", "--shift-jis"]);
    let hash = ran.stdout.lines().find(|line| line.starts_with("sha256")).expect(&ran.stderr);
    assert_data_eq!(
        ran.stdout.replace(hash, "sha256 = \"[HASH]\""),
        str![[r##"
# Proposed from a workbook. The ids of periods are those of release.toml; ids of lines are names for formulas and
# text. Totals need `kind` and `sum`.

[statement]
id = "balance"
unit = "JPY"
periods = ["period"]

[statement.source]
file = "sources/balance.csv"
sha256 = "[HASH]"
encoding = "shift_jis"
key = "A"
unit = "JPY"
columns = { period = { head = "金額" } }

[[line]]
id = "line_4000"
label = "売上高"
from = "4000"
values = [8_402_130]

[[line]]
id = "line_5000"
label = "売上原価"
from = "5000"
values = [-6_951_870]

"##]]
    );
    let ran = folder.run(&["import", "--init", "sources/traps.xlsx", "--unit", "JPY"]);
    assert_data_eq!(
        ran.stdout.lines().filter(|line| line.starts_with("# Traps")).collect::<Vec<_>>().join("\n"),
        str![[r#"
# Traps!B2 has a formula with the value 0, as one that was never calculated
# Traps!B3 has `9.007199254740994e15`, beyond the whole numbers that a workbook holds exactly (2^53)
# Traps!B5 has the error `#DIV/0!`, expected a number
# Traps!B7 has the date `2026-03-31`, expected a number
# Traps!B8 has the truth value `true`, expected a number
# Traps!B9 has the text `n.m.`, expected a number
# Traps!B16 has the text `1.234,56`, expected a number
# Traps!B17 has the text `7.4%`, expected a number
"#]]
    );
}

#[test]
fn a_proposal_that_cannot_be_made_is_a_finding() {
    let folder = Folder::project("no_init", "");
    folder.write("sources/numbers.csv", "1,2\n3,4\n");
    let mut found = String::new();
    for args in [["ledger.xlsx", "P&L"], ["ledger.xlsx", ""], ["numbers.csv", ""], ["missing.xlsx", ""]] {
        let file = format!("sources/{}", args[0]);
        let mut command = vec!["import", "--message-format", "short", "--init", &file, "--unit", "JPY"];
        if !args[1].is_empty() {
            command.extend(["--sheet", args[1]]);
        }
        let ran = folder.run(&command);
        assert!(ran.code != Some(0) && ran.stdout.is_empty());
        found += &ran.stderr;
    }
    assert_data_eq!(
        found,
        str![[r#"
error[source]: `sources/ledger.xlsx` has no sheet `P&L`
error[source]: `sources/ledger.xlsx` has 2 sheets
error[source]: `sources/numbers.csv` has no column of amounts to the right of a column of texts
error[read]: cannot read `sources/missing.xlsx`: no such file or directory

"#]]
    );
}

#[test]
fn coverage_counts_amounts_that_only_their_cells_hold_and_no_workbook_is_published() {
    let folder = Folder::project("coverage", LEDGER);
    let before = folder.run(&["check", "--coverage"]).stdout;
    assert_data_eq!(before.lines().next().unwrap_or_default(), str!["acme: 0 of 6 entered amounts are covered (0.0%)"]);
    assert_eq!(folder.import(&["--write"]).code, Some(0));
    let after = folder.run(&["check", "--coverage"]).stdout;
    assert_data_eq!(
        &after,
        str![[r#"
acme: 0 of 6 entered amounts are covered (0.0%)
  and 6 more are held to their cells (100.0%)
acme: what the rules looked at
...
"#]]
    );
    // It does not depend on the file, but without it there is nothing to compare.
    let row =
        after.lines().find(|line| line.split_whitespace().eq(["source", "6", "amounts"])).expect("a row of the rule");
    fs::rename(folder.path("sources"), folder.path("elsewhere")).unwrap();
    let without = folder.run(&["check", "--coverage"]).stdout;
    let not_checked =
        "  source                    - not checked: needs `[statement.source]`, and the workbook that it names";
    assert_eq!(without, after.replace(row, not_checked));
    fs::rename(folder.path("elsewhere"), folder.path("sources")).unwrap();
    folder.run(&["build", "--draft"]);
    let report = folder.read("output/acme/checks.json");
    assert!(report.contains("\"by_cell\": 6"), "{report}");
    assert!(report.contains("\"looked_at\": \"amounts\",\n      \"count\": null"), "{report}");
    assert!(folder.read("output/acme/checks.html").contains("6 more are held to the cells of the workbook"));
    let mut folders = vec![folder.path("output")];
    while let Some(path) = folders.pop() {
        for entry in fs::read_dir(path).unwrap() {
            let path = entry.unwrap().path();
            assert!(!path.to_string_lossy().contains("ledger"), "{}", path.display());
            folders.extend(path.is_dir().then_some(path));
        }
    }
}
