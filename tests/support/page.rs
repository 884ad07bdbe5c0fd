//! Reads a built HTML page: its tables with their heads resolved, and its text without them.

use super::html::{Element, Node, parse};
use super::reading::{Reading, Row, Table, tidy, tidy_cell};

const BLOCKS: [&str; 28] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "caption",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "time",
    "ul",
];

/// Reads the page in document order.
pub fn read(page: &str) -> Reading {
    let mut reading = Reading::default();
    let mut text = String::new();
    walk(&parse(page), &mut text, false, &mut reading);
    reading.push(&text, false);
    reading
}

fn walk(element: &Element, text: &mut String, in_title: bool, reading: &mut Reading) {
    let heading = matches!(element.name.as_str(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
    let title = in_title || heading || element.name == "caption";
    let block = heading || is_unit(element) || BLOCKS.contains(&element.name.as_str());
    if block {
        flush(text, in_title, reading);
    }
    // A chart shows again what the tables beside it say.
    if element.name == "figure" {
        return;
    }
    if element.name == "table" {
        for caption in element.elements().filter(|child| child.name == "caption") {
            walk(caption, text, false, reading);
        }
        reading.tables.push(table(element));
        return;
    }
    for child in &element.children {
        match child {
            Node::Text(part) => text.push_str(part),
            Node::Element(child) if !child.is_silent() => walk(child, text, title, reading),
            Node::Element(_) => {}
        }
    }
    if block {
        flush(text, title, reading);
    }
}

fn flush(text: &mut String, title: bool, reading: &mut Reading) {
    reading.push(text, title);
    text.clear();
}

fn is_unit(element: &Element) -> bool {
    element.attribute("class").contains("unit")
}

fn table(element: &Element) -> Table {
    let caption = element.elements().find(|child| child.name == "caption").map(caption);
    let columns = element.elements().find(|child| child.name == "thead").map(columns).unwrap_or_default();
    let bodies = element.elements().filter(|child| matches!(child.name.as_str(), "tbody" | "tfoot"));
    let rows = bodies.flat_map(|body| body.elements().filter(|child| child.name == "tr"));
    let rows = rows.map(|element| row(element, columns.len())).collect();
    Table { caption, columns, rows }
}

/// The caption without its unit line.
fn caption(element: &Element) -> String {
    let mut text = String::new();
    for child in &element.children {
        match child {
            Node::Element(child) if is_unit(child) => break,
            Node::Element(child) if child.is_silent() => {}
            Node::Element(child) => text.push_str(&child.text()),
            Node::Text(part) => text.push_str(part),
        }
    }
    tidy(&text)
}

/// The paths over the columns of figures: the grid of head cells read downwards, a spanning cell once.
fn columns(head: &Element) -> Vec<String> {
    let rows: Vec<&Element> = head.elements().filter(|child| child.name == "tr").collect();
    let mut grid: Vec<Vec<Option<String>>> = vec![Vec::new(); rows.len()];
    for (top, row) in rows.iter().enumerate() {
        let mut left = 0;
        for cell in row.elements() {
            while grid[top].get(left).is_some_and(Option::is_some) {
                left += 1;
            }
            let width = span(cell, "colspan");
            for (down, line) in grid.iter_mut().skip(top).take(span(cell, "rowspan")).enumerate() {
                line.resize(line.len().max(left + width), None);
                let text = if down == 0 { tidy(&cell.text()) } else { String::new() };
                line[left..left + width].fill(Some(text));
            }
            left += width;
        }
    }
    let width = grid.iter().map(Vec::len).max().unwrap_or_default();
    (1..width).map(|column| path(&grid, column)).collect()
}

fn path(grid: &[Vec<Option<String>>], column: usize) -> String {
    let texts = grid.iter().filter_map(|line| line.get(column)?.as_deref());
    texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" / ")
}

fn span(cell: &Element, attribute: &str) -> usize {
    cell.attribute(attribute).parse().unwrap_or(1).max(1)
}

fn row(element: &Element, width: usize) -> Row {
    let mut texts = Vec::new();
    for cell in element.elements() {
        texts.push(cell.text());
        texts.resize(texts.len() + span(cell, "colspan") - 1, String::new());
    }
    let mut texts = texts.into_iter();
    let label = tidy(&texts.next().unwrap_or_default());
    let mut cells: Vec<String> = texts.map(|text| tidy_cell(&text)).collect();
    cells.resize(cells.len().max(width), String::new());
    Row { label, cells }
}

#[cfg(test)]
const SAMPLE: &str = r##"<html><head><title>no</title></head><body><nav>Contents</nav><h2 id="x">Balance<br>Sheets</h2>
<p><em>Cash</em> rose<a role="doc-noteref" href="#n">1</a>.</p><ul><li>One</li><li>Two</li></ul>
<table><caption>Balance <b>Sheets</b> <span class="unit-line">(Thousands of JPY)</span></caption>
<thead><tr><th rowspan="2"></th><th colspan="2">As of March 31, 2009</th><th rowspan="2">Total equity</th></tr>
<tr><th>Thousands of JPY</th><th>%</th></tr></thead>
<tbody><tr><th colspan="4">ASSETS</th></tr>
<tr><th>Cash <sup><a role="doc-noteref">2</a></sup></th><td><data value="-1">(1,000)</data></td><td></td><td>—</td></tr></tbody>
</table><p>End</p></body></html>"##;

#[test]
fn heads_with_spans_become_paths() {
    let reading = read(SAMPLE);
    let expected = Table {
        caption: Some("Balance Sheets".into()),
        columns: vec![
            "As of March 31, 2009 / Thousands of JPY".into(),
            "As of March 31, 2009 / %".into(),
            "Total equity".into(),
        ],
        rows: vec![
            Row { label: "ASSETS".into(), cells: vec![String::new(), String::new(), String::new()] },
            Row { label: "Cash".into(), cells: vec!["(1,000)".into(), String::new(), "-".into()] },
        ],
    };
    assert_eq!(reading.tables, [expected]);
}

#[test]
fn text_is_read_in_blocks_and_without_cells() {
    let blocks: Vec<String> = read(SAMPLE)
        .blocks
        .into_iter()
        .map(|block| format!("{}{}", if block.title { "# " } else { "" }, block.text))
        .collect();
    let expected =
        ["# Balance", "# Sheets", "Cash rose.", "One", "Two", "# Balance Sheets", "# (Thousands of JPY)", "End"];
    assert_eq!(blocks, expected);
}
