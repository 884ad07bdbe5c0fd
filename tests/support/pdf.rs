//! Finds the published rows and sentences in the text that `pdftotext` finds in the PDF.

use super::reading::{Table, is_figure, straighten};
use std::path::Path;
use std::process::Command;

/// The PDF's text; none when `pdftotext` is not installed.
pub fn text(file: &Path, layout: bool) -> Result<Option<String>, String> {
    let mut command = Command::new("pdftotext");
    command.args(["-enc", "UTF-8"]).args(layout.then_some("-layout")).arg(file).arg("-");
    match command.output() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("pdftotext: {error}")),
        Ok(output) if !output.status.success() => {
            Err(format!("pdftotext: {}", String::from_utf8_lossy(&output.stderr).trim()))
        }
        Ok(output) => Ok(Some(String::from_utf8_lossy(&output.stdout).into_owned())),
    }
}

/// The rows with figures that no line shows, in order: the end of the label (or its beginning), then exactly the row's figures.
pub fn missing_rows(tables: &[Table], text: &str) -> Vec<String> {
    let lines: Vec<Vec<String>> = text.lines().map(tokens).collect();
    let mut differences = Vec::new();
    let mut next = 0;
    for (index, table) in tables.iter().enumerate() {
        for row in table.rows.iter().filter(|row| row.cells.iter().any(|cell| is_figure(cell))) {
            let figures: Vec<String> =
                row.cells.iter().filter(|cell| *cell != "-?").flat_map(|cell| tokens(cell)).collect();
            let doubtful = row.cells.iter().any(|cell| cell == "-?");
            let shows = |line: &Vec<String>| {
                let line = if doubtful { line.strip_suffix(&["-".to_owned()][..]).unwrap_or(line) } else { line };
                line.strip_suffix(&figures[..]).is_some_and(|before| is_label(before, &row.label))
            };
            match lines.iter().skip(next).position(shows) {
                Some(ahead) => next += ahead + 1,
                None => {
                    let why = if lines.iter().any(shows) { "out of place" } else { "not on one line" };
                    differences.push(format!("{:02} / {}: {why}: `{}`", index + 1, row.label, figures.join(" ")));
                }
            }
        }
    }
    differences
}

fn tokens(line: &str) -> Vec<String> {
    straighten(line).split_whitespace().map(str::to_owned).collect()
}

/// Whether what stands before the figures is an end or a beginning of the label, a note mark after it aside.
fn is_label(before: &[String], label: &str) -> bool {
    let (before, label) = (before.concat(), compact(label));
    let unmarked = before.trim_end_matches(is_mark);
    let part = |text: &str| !text.is_empty() && (label.ends_with(text) || label.starts_with(text));
    part(&before) || part(unmarked)
}

/// Note marks are superior figures, which no number is set in.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{b9}' | '\u{b2}' | '\u{b3}' | '\u{2070}'..='\u{2079}')
}

fn compact(text: &str) -> String {
    straighten(text).split_whitespace().collect()
}

/// The sentences of the lines that the text does not hold; one may be parted once by the foot of a page.
pub fn missing_sentences(kind: &str, lines: &[String], text: &str) -> Vec<String> {
    let text = letters(text);
    let mut differences = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let lost = sentences(line).into_iter().filter(|sentence| !holds(&text, sentence));
        differences.extend(lost.map(|sentence| format!("{kind} line {}: not found: `{sentence}`", index + 1)));
    }
    differences
}

fn sentences(line: &str) -> Vec<&str> {
    line.split_inclusive(". ").map(str::trim).collect()
}

/// The most text that may stand between two parts of a sentence: the foot of one page and the head of the next.
const FOOT: usize = 1500;

/// Whether the sentence stands in the text whole, or in two parts with the end of a page between them.
fn holds(text: &str, sentence: &str) -> bool {
    let words: Vec<String> = sentence.split_whitespace().map(letters).collect();
    let parted = |count: usize| {
        let (beginning, rest) = (words[..count].concat(), words[count..].concat());
        text.match_indices(&beginning).any(|(at, _)| {
            let after = &text[at + beginning.len()..];
            after.find(&rest).is_some_and(|gap| gap < FOOT && after[..gap].contains(PAGE_END))
        })
    };
    text.contains(&words.concat()) || (1..words.len()).any(parted)
}

/// What `pdftotext` writes between pages.
const PAGE_END: char = '\u{c}';

/// The text without spaces and hyphens, which `pdftotext` drops at the end of a line, and without note marks; page ends stay.
fn letters(text: &str) -> String {
    straighten(text).chars().filter(|&c| c == PAGE_END || !(c.is_whitespace() || c == '-' || is_mark(c))).collect()
}

#[test]
fn rows_must_show_label_and_figures_on_one_line_in_order() {
    let row = |label: &str, cells: [&str; 3]| super::reading::Row {
        label: label.into(),
        cells: cells.map(String::from).to_vec(),
    };
    let table = Table {
        rows: vec![
            row("Depreciation and Amortization", ["(5,431)", "", "-"]),
            row("Accounts receivable, net of allowance, respectively", ["10,256,527", "1", "2"]),
            row("SI Gross Margin Ratio", ["26.2%", "27.8%", "-?"]),
            row("ASSETS", ["", "", ""]),
            row("TOTAL", ["530.5 Gbps", "650.4 Gbps", "3"]),
            row("OEM", ["1", "2", "3"]),
        ],
        ..Table::default()
    };
    let text = "  Depreciation and Amortization⁷   (5,431)      –\nAccounts receivable, net of\n   allowance, respectively  10,256,527 1 2\n\
                SI Gross Margin Ratio  26.2%  27.8%\nTOTAL 530.5 Gbps 650.4 Gbps 33\nOEM  1 2\n";
    let expected = snapbox::str![[r#"
01 / TOTAL: not on one line: `530.5 Gbps 650.4 Gbps 3`
01 / OEM: not on one line: `1 2 3`
"#]];
    snapbox::assert_data_eq!(missing_rows(&[table], text).join("\n"), expected);
}

#[test]
fn a_sentence_may_cross_a_page() {
    let text =
        "Revenues were JPY68,006\nmillion. Income was up 2%.\nCosts fell as a\n\n3 / 20\n\u{c}result of re-use.\n";
    let lines = [
        "Revenues were JPY68,006 million. Costs fell as a result of re-use.",
        "Revenues were JPY68,006 up 2%.",
        "Costs rose again.",
    ];
    let expected = snapbox::str![[r#"
narrative line 2: not found: `Revenues were JPY68,006 up 2%.`
narrative line 3: not found: `Costs rose again.`
"#]];
    snapbox::assert_data_eq!(missing_sentences("narrative", &lines.map(String::from), text).join("\n"), expected);
}
