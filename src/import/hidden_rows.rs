//! Finds the rows that a workbook in the form of Excel does not show, which calamine leaves out.

use std::collections::BTreeSet;

use roxmltree::Document;

use super::{archive, sheet::MAX_ROWS};

/// The part of a workbook that lists its sheets, and the one that says where these are.
const WORKBOOK: &str = "xl/workbook.xml";
const RELATIONS: &str = "xl/_rels/workbook.xml.rels";
/// The namespace of references to other parts ends so, in both editions of the standard.
const REFERENCES: &str = "/relationships";

/// The rows of a sheet, from 0, that are hidden by hand or by a filter; none where the parts of the workbook have other names than
/// usual. Errors: why the archive cannot be read.
pub fn hidden_rows(bytes: &[u8], sheet: &str) -> Result<BTreeSet<u32>, String> {
    let part = match part_of(bytes, sheet)? {
        Some(part) => archive::file(bytes, &part)?,
        None => None,
    };
    Ok(part.map(|xml| hidden_in(&xml)).unwrap_or_default())
}

/// The name of the part that a sheet is in.
fn part_of(bytes: &[u8], sheet: &str) -> Result<Option<String>, String> {
    let [book, relations] = [WORKBOOK, RELATIONS].map(|name| archive::file(bytes, name));
    let (Some(book), Some(relations)) = (book?, relations?) else { return Ok(None) };
    let texts = [book, relations].map(String::from_utf8);
    let [Ok(book), Ok(relations)] = texts else { return Ok(None) };
    Ok(target(&book, &relations, sheet))
}

fn target(book: &str, relations: &str, sheet: &str) -> Option<String> {
    let book = Document::parse(book).ok()?;
    let found =
        book.descendants().find(|node| node.tag_name().name() == "sheet" && node.attribute("name") == Some(sheet))?;
    let id = found
        .attributes()
        .find(|key| key.name() == "id" && key.namespace().is_some_and(|of| of.ends_with(REFERENCES)))?;
    let relations = Document::parse(relations).ok()?;
    let target = relations.descendants().find(|node| node.attribute("Id") == Some(id.value()))?.attribute("Target")?;
    Some(target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned))
}

/// The hidden rows in the XML of a sheet. Only the tags of rows are read: a sheet may have a million cells.
fn hidden_in(xml: &[u8]) -> BTreeSet<u32> {
    const ROW: &[u8] = b"<row";
    let mut hidden = BTreeSet::new();
    let (mut at, mut next) = (0, 0);
    while let Some(found) = xml[at..].iter().position(|byte| *byte == b'<').map(|found| at + found) {
        at = found + 1;
        let rest = &xml[found..];
        if !rest.starts_with(ROW)
            || !rest.get(ROW.len()).is_some_and(|byte| byte.is_ascii_whitespace() || b"/>".contains(byte))
        {
            continue;
        }
        let end = rest.iter().position(|byte| *byte == b'>').unwrap_or(rest.len());
        let tag = String::from_utf8_lossy(&rest[ROW.len()..end]);
        let row = attribute(&tag, "r").and_then(|row| row.parse::<u32>().ok()?.checked_sub(1)).unwrap_or(next);
        if matches!(attribute(&tag, "hidden"), Some("1" | "true")) && row < MAX_ROWS {
            hidden.insert(row);
        }
        next = row.saturating_add(1);
        at = found + end;
    }
    hidden
}

/// The value of an attribute of a tag.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    tag.match_indices(name).find_map(|(at, _)| {
        let is_name = tag[..at].ends_with(|c: char| c.is_ascii_whitespace());
        let value = tag[at + name.len()..].trim_start().strip_prefix('=').filter(|_| is_name)?.trim_start();
        let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        value[1..].split_once(quote).map(|(value, _)| value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_hidden_by_their_attribute() {
        let xml = b"<sheetData><row r=\"2\" spans=\"1:2\" hidden=\"1\"><c r=\"A2\"/></row><row hidden='true'/><row r=\"9\" hidden=\"0\"/>\
            <rowBreaks hidden=\"1\"/><row xhidden=\"1\"/><row r=\"12\" hidden=\"1\"";
        assert_eq!(hidden_in(xml), BTreeSet::from([1, 2, 11]));
    }

    #[test]
    fn the_part_of_a_sheet_is_found_by_its_name() {
        let book = r#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>
            <sheet name="A &amp; B" sheetId="1" r:id="rId3"/></sheets></workbook>"#;
        let relations = |target: &str| {
            format!(
                r#"<Relationships><Relationship Id="rId1"/><Relationship Id="rId3" Target="{target}"/></Relationships>"#
            )
        };
        assert_eq!(target(book, &relations("worksheets/s.xml"), "A & B").as_deref(), Some("xl/worksheets/s.xml"));
        assert_eq!(target(book, &relations("/x/s.xml"), "A & B").as_deref(), Some("x/s.xml"));
        assert_eq!(target(book, &relations("s.xml"), "C"), None);
        assert_eq!(target("<", "", "C"), None);
    }
}
