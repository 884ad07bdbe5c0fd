//! `"pending"`: what is not known yet prints as a mark in every format, is part of no relation, and is built only as a draft.

#[expect(dead_code, reason = "not all of it is needed here")]
#[path = "support/folder.rs"]
mod folder;

use calamine::{Data, Reader, Xlsx};
use folder::Folder;
use kessan::Starter;

/// Every amount of these statements in their second period, the title and the dates are pending.
const STATEMENTS: [&str; 3] = ["income", "position", "cash-flows"];

fn pending(test: &str) -> Folder {
    let folder = Folder::new(test);
    assert_eq!(folder.run(&["new", "acme", "--starter", Starter::QUARTER.name]).code, Some(0));
    for statement in STATEMENTS {
        let path = format!("content/acme/statements/{statement}.toml");
        let text = folder.read(&path);
        let lines: Vec<String> = text.lines().map(second_pending).collect();
        folder.write(&path, lines.join("\n"));
    }
    let path = "content/acme/release.toml";
    let text = folder.read(path);
    let text = text.replace("title = \"Acme Instruments Announces First-Quarter Results\"", "title = \"pending\"");
    let text = text.replace("date = 2026-08-06", "date = \"pending\"").replace("= 2026-11-05", "= \"pending\"");
    folder.write(path, text);
    folder
}

/// `values = [1, 2]` as `values = [1, "pending"]`.
fn second_pending(line: &str) -> String {
    let Some((head, rest)) = line.split_once("values = [") else { return line.to_owned() };
    let (values, tail) = rest.split_once(']').unwrap();
    let (first, second) = values.split_once(", ").unwrap();
    assert!(!second.contains(','), "{line}");
    format!("{head}values = [{first}, \"pending\"]{tail}")
}

#[test]
fn what_is_pending_is_all_that_is_found() {
    let folder = pending("only_pending");
    let check = folder.run(&["check", "--message-format", "short"]);
    assert_eq!(check.code, Some(1));
    let findings: Vec<&str> = check.stderr.lines().filter(|line| line.contains("[")).collect();
    assert_eq!(findings.iter().filter(|line| line.contains("amounts of `")).count(), 3, "{}", check.stderr);
    assert_eq!(findings.len(), 6, "{}", check.stderr);
    assert!(findings.iter().all(|line| line.contains("error[pending]")), "{}", check.stderr);
    assert!(check.stderr.contains("16 amounts of `is` are pending"), "{}", check.stderr);
    let coverage = folder.run(&["check", "--coverage"]).stdout;
    assert!(coverage.contains("\n  65 amounts are pending, which nothing covers yet\n"), "{coverage}");
    let build = folder.run(&["build"]);
    assert_eq!(build.code, Some(1));
    assert!(build.stderr.contains("amounts are pending in 3 statements"), "{}", build.stderr);
    assert!(!folder.path("output/acme").exists());
}

#[test]
fn what_is_pending_prints_as_a_mark_in_every_format() {
    let folder = pending("marks");
    let build = folder.run(&["build", "--draft"]);
    assert_eq!(build.code, Some(1), "{}", build.stderr);
    let page = folder.read("output/acme/full.html");
    assert!(page.contains(">…<") && page.contains("<p class=\"date\">…</p>"), "no marks in the page");
    assert!(!page.contains("datetime=\"\"") && !page.contains("content=\"\""), "an empty date in the page");
    let markdown = folder.read("output/acme/acme.md");
    assert!(markdown.contains("| Revenue | 1,188 | … | … |"), "{markdown}");
    assert!(markdown.contains("Revenue was …"), "{markdown}");
    // Neither zero nor the growth of something that is not there.
    let row = markdown.lines().find(|line| line.starts_with("| Gross profit |")).unwrap();
    assert_eq!(row, "| Gross profit | 487 | … | … |");
    let csv = folder.read("output/acme/acme.csv");
    assert!(csv.contains("…"), "{csv}");
    let json = folder.read("output/acme/acme.json");
    assert!(json.contains("\"text\": \"…\"") && json.contains("\"title\": \"…\""), "no marks in the data");
    assert!(!json.contains("is.revenue@q1_2026"), "an amount that nobody entered is in the data");
    let mut book: Xlsx<_> = calamine::open_workbook(folder.path("output/acme/acme.xlsx")).unwrap();
    let marked = book.worksheets().iter().flat_map(|(_, range)| range.used_cells()).any(|(.., cell)| is_mark(cell));
    assert!(marked, "no marks in the workbook");
    assert!(folder.path("output/acme/acme.pdf").is_file());
}

fn is_mark(cell: &Data) -> bool {
    matches!(cell, Data::String(text) if text == "…")
}
