//! What the reference says of a key: the row of its table, or the text below its heading, without Markdown's links.

use std::{fs, path::Path};

/// A row of a table of keys.
#[derive(Debug, Clone)]
pub struct Row {
    /// What stands between back-ticks in its first cell, or in that of the row above it.
    pub names: Vec<String>,
    /// What it says, with its default.
    pub text: String,
}

/// A chapter of a page: its heading, its first paragraph, and the rows of its tables of keys.
#[derive(Debug)]
pub struct Chapter {
    pub heading: String,
    pub lead: String,
    pub rows: Vec<Row>,
}

/// The chapters of a page of the reference.
pub fn chapters(page: &str) -> Vec<Chapter> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reference").join(page);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut found: Vec<(String, Vec<&str>)> = Vec::new();
    let mut in_code = false;
    for line in text.lines() {
        in_code ^= line.starts_with("```");
        match line.strip_prefix('#').filter(|_| !in_code) {
            Some(heading) => {
                found.push((heading.trim_start_matches('#').trim().replace(['\\', '`'], ""), Vec::new()));
            }
            None => found.last_mut().into_iter().for_each(|(_, lines)| lines.push(line)),
        }
    }
    found.into_iter().map(|(heading, lines)| Chapter { heading, lead: lead(&lines), rows: rows(&lines) }).collect()
}

/// The first paragraph, if it is one.
fn lead(lines: &[&str]) -> String {
    let lines = lines.iter().skip_while(|line| line.is_empty()).take_while(|line| !line.is_empty());
    let text = lines.copied().collect::<Vec<_>>().join(" ");
    let is_text = !text.starts_with(['|', '`', '-']) || text.starts_with("`.");
    if is_text { plain(&text) } else { String::new() }
}

fn rows(lines: &[&str]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut head: Option<Vec<String>> = None;
    for line in lines {
        if !line.starts_with('|') {
            head = None;
        } else if line.starts_with("| key ") {
            head = Some(cells(line));
        } else if let Some(head) = head.as_ref().filter(|_| !line.starts_with("|---")) {
            let cells = cells(line);
            let mut names: Vec<String> = cells[0].split('`').skip(1).step_by(2).map(str::to_owned).collect();
            if names.is_empty() {
                names = rows.last().map(|row| row.names.clone()).unwrap_or_default();
            }
            rows.push(Row { names, text: sentences(head, &cells) });
        }
    }
    rows
}

/// The cells of a row; `\|` is no border.
fn cells(line: &str) -> Vec<String> {
    let line = line.trim().trim_matches('|').replace("\\|", "\u{0}");
    line.split('|').map(|cell| plain(&cell.replace('\u{0}', "|"))).collect()
}

/// The meaning of a key as a sentence, then its default or the rule that reads it.
fn sentences(head: &[String], cells: &[String]) -> String {
    let mut text = sentence(&cells[1]);
    let (name, value) = (head.get(2).map_or("", String::as_str), cells.get(2).map_or("", String::as_str));
    match (name, value) {
        (_, "") => {}
        ("default", "required") => text.push_str(" Required."),
        ("default" | "built-in", _) => text.push_str(&format!(" Default: {value}.")),
        ("checked by", _) => text.push_str(&format!(" Checked by {value}.")),
        _ => panic!("a table of keys has a column `{name}`"),
    }
    text
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    let end = if text.ends_with(['.', ':']) { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}

/// A text of Markdown with the words of its links alone.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text.trim();
    while let Some((before, link)) = rest.split_once('[') {
        let words = link.split_once("](").filter(|(words, _)| !words.contains('['));
        // What stands between back-ticks is no link.
        let is_code = (out.matches('`').count() + before.matches('`').count()) % 2 == 1;
        match words.and_then(|(words, target)| Some((words, target.split_once(')')?.1))).filter(|_| !is_code) {
            Some((words, next)) => {
                out.push_str(&format!("{before}{words}"));
                rest = next;
            }
            None => {
                out.push_str(&format!("{before}["));
                rest = link;
            }
        }
    }
    out + rest
}
