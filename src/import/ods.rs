//! Reads workbooks in the form of OpenDocument, from the XML of their contents.
//!
//! calamine reads them too, but it does not end where a table does not, makes a cell of every repetition, and leaves out which
//! cells are merged.

use std::collections::BTreeSet;

use roxmltree::{Document, Node, ParsingOptions};

use super::{
    archive,
    sheet::{Cell, CellRange, CellValue, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Position, Sheet, SheetName},
};

/// The most elements and texts of the contents.
const MAX_NODES: u32 = 10_000_000;

/// What a workbook has.
pub struct Contents {
    pub sheets: Vec<SheetName>,
    /// The defined names, each with what it is defined as.
    pub names: Vec<(String, String)>,
}

/// The contents of an archive that was checked. Errors: why it cannot be read.
pub fn contents(bytes: &[u8]) -> Result<Contents, String> {
    with_contents(bytes, |root| {
        let hidden: Vec<&str> = descendants(root, "style")
            .filter(|style| {
                style
                    .children()
                    .any(|child| is(child, "table-properties") && attribute(child, "display") == Some("false"))
            })
            .filter_map(|style| attribute(style, "name"))
            .collect();
        let sheets = tables(root).map(|table| SheetName {
            name: attribute(table, "name").unwrap_or_default().to_owned(),
            is_hidden: attribute(table, "style-name").is_some_and(|style| hidden.contains(&style)),
        });
        let names = descendants(root, "named-range");
        let names = names.filter_map(|name| {
            let address = attribute(name, "cell-range-address")?;
            Some((attribute(name, "name")?.to_owned(), cell_reference(address)))
        });
        Ok(Contents { sheets: sheets.collect(), names: names.collect() })
    })
}

/// Reads a sheet of an archive that was checked. Errors: why it cannot be read.
pub fn sheet(bytes: &[u8], sheet: &SheetName) -> Result<Sheet, String> {
    with_contents(bytes, |root| {
        let table = tables(root).find(|table| attribute(*table, "name") == Some(&sheet.name));
        let table = table.ok_or_else(|| format!("it has no sheet `{}`", sheet.name))?;
        read_table(table, sheet)
    })
}

/// Parses the contents, and gives their root to `then`.
fn with_contents<T>(bytes: &[u8], then: impl FnOnce(Node) -> Result<T, String>) -> Result<T, String> {
    let xml = |name: &str| match archive::file(bytes, name)? {
        Some(xml) => String::from_utf8(xml).map(Some).map_err(|_| format!("it is damaged (`{name}` is not UTF-8)")),
        None => Ok(None),
    };
    let damaged = |name: &str, error: &dyn std::error::Error| format!("it is damaged (`{name}`: {error})");
    const MANIFEST: &str = "META-INF/manifest.xml";
    if let Some(manifest) = xml(MANIFEST)? {
        let parsed = parse(&manifest).map_err(|error| damaged(MANIFEST, &error))?;
        if descendants(parsed.root(), "encryption-data").next().is_some() {
            return Err(String::from("it is encrypted; save it without a password"));
        }
    }
    const CONTENT: &str = "content.xml";
    let content = xml(CONTENT)?.ok_or_else(|| format!("it is no workbook (there is no `{CONTENT}`)"))?;
    let parsed = parse(&content).map_err(|error| damaged(CONTENT, &error))?;
    then(parsed.root())
}

fn parse(xml: &str) -> Result<Document<'_>, roxmltree::Error> {
    Document::parse_with_options(xml, ParsingOptions { nodes_limit: MAX_NODES, ..ParsingOptions::default() })
}

/// The sheets; not those that a sheet keeps within itself, of a database or a change.
fn tables<'a, 'i>(root: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    descendants(root, "spreadsheet").flat_map(|sheets| sheets.children().filter(|child| is(*child, "table")))
}

fn read_table(table: Node, sheet: &SheetName) -> Result<Sheet, String> {
    let (mut cells, mut merged, mut hidden) = (Vec::new(), Vec::new(), BTreeSet::new());
    let mut row = 0_u32;
    for element in descendants(table, "table-row") {
        let repeated = count(element, "number-rows-repeated");
        let found = read_row(element);
        let is_hidden = matches!(attribute(element, "visibility"), Some("collapse" | "filter"));
        for at in row..row.saturating_add(repeated).min(MAX_ROWS) {
            if found.is_empty() {
                break;
            }
            if is_hidden {
                hidden.insert(at);
            }
            for (column, cell, spans) in &found {
                cells.push(((at, *column), cell.clone()));
                merged.extend(merged_range((at, *column), *spans));
            }
            if cells.len() > MAX_CELLS {
                return Err(format!("the sheet `{}` has more than {MAX_CELLS} cells", sheet.name));
            }
        }
        row = row.saturating_add(repeated);
    }
    Ok(Sheet::new(&sheet.name, cells, merged).hiding(hidden))
}

/// The rows and columns that a cell spans.
type Spans = (u32, u32);

fn merged_range(first: Position, (rows, columns): Spans) -> Option<CellRange> {
    let last = (first.0.saturating_add(rows - 1), first.1.saturating_add(columns - 1));
    (rows > 1 || columns > 1).then_some(CellRange { first, last })
}

/// The cells of a row that are not empty, each with its column and what it spans.
fn read_row(row: Node) -> Vec<(u32, Cell, Spans)> {
    let (mut found, mut column) = (Vec::new(), 0_u32);
    for element in row.children().filter(|child| is(*child, "table-cell") || is(*child, "covered-table-cell")) {
        let repeated = count(element, "number-columns-repeated");
        let spans = (count(element, "number-rows-spanned"), count(element, "number-columns-spanned"));
        if let Some(cell) = cell(element) {
            let last = column.saturating_add(repeated).min(MAX_COLUMNS);
            found.extend((column..last).map(|column| (column, cell.clone(), spans)));
        }
        column = column.saturating_add(repeated);
    }
    found
}

/// A count of at least 1.
fn count(element: Node, name: &str) -> u32 {
    attribute(element, name).and_then(|text| text.parse().ok()).unwrap_or(1).max(1)
}

/// A cell; none if it is empty.
fn cell(element: Node) -> Option<Cell> {
    let formula = attribute(element, "formula").map(str::to_owned);
    let text = || {
        let lines: Vec<String> = element.children().filter(|child| is(*child, "p")).map(text_of).collect();
        lines.join("\n")
    };
    // An error has its own type where LibreOffice wrote it, and the form of a text or number beside it.
    let is_error = element.attributes().any(|found| found.name() == "value-type" && found.value() == "error");
    let value = match attribute(element, "value-type") {
        _ if is_error => Some(CellValue::Error(text())),
        Some("float" | "percentage" | "currency") => attribute(element, "value").map(number),
        Some("date") => attribute(element, "date-value").map(|date| CellValue::Date(date.to_owned())),
        Some("boolean") => attribute(element, "boolean-value").map(|is| CellValue::Truth(is == "true")),
        Some(_) => Some(CellValue::Text(attribute(element, "string-value").map_or_else(text, str::to_owned))),
        None => None,
    };
    let value = value.filter(|value| !matches!(value, CellValue::Text(text) if text.is_empty()));
    (value.is_some() || formula.is_some()).then(|| Cell { value: value.unwrap_or(CellValue::None), formula })
}

/// A number: LibreOffice writes only 15 digits of one with an exponent, and all of others.
fn number(text: &str) -> CellValue {
    match text.parse::<f64>() {
        Ok(number)
            if number.abs() < 1e15 || text.trim_start_matches('-').bytes().all(|digit| digit.is_ascii_digit()) =>
        {
            CellValue::Number(number)
        }
        Ok(_) => CellValue::Inexact(text.to_owned()),
        Err(_) => CellValue::Error(text.to_owned()),
    }
}

/// The text of a paragraph, without notes of cells.
fn text_of(paragraph: Node) -> String {
    let mut text = String::new();
    for node in paragraph.descendants() {
        match node.tag_name().name() {
            _ if node.is_text() => text.push_str(node.text().unwrap_or_default()),
            "s" => text.push(' '),
            "tab" => text.push('\t'),
            "line-break" => text.push('\n'),
            _ => {}
        }
    }
    text
}

/// `$PL.$E$12` in the form of Excel, `PL!$E$12`.
fn cell_reference(address: &str) -> String {
    let one = |part: &str| {
        let (sheet, cell) = part.rsplit_once('.').unwrap_or(("", part));
        (sheet.trim_start_matches('$').to_owned(), cell.to_owned())
    };
    let (first, last) = address.rsplit_once(':').unwrap_or((address, ""));
    let (sheet, cell) = one(first);
    let last = one(last).1;
    if last.is_empty() { format!("{sheet}!{cell}") } else { format!("{sheet}!{cell}:{last}") }
}

fn descendants<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.descendants().filter(move |node| is(*node, name))
}

/// Whether an element has this name, in whatever namespace.
fn is(node: Node, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

/// The first attribute of this name, in whatever namespace.
fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}
