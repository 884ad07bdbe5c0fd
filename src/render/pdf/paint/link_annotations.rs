//! Writes link annotations, and connects each with its element in the structure tree.

use std::collections::BTreeMap;

use super::{
    file::File,
    reading_order::{Area, ReadingOrder},
    syntax::{Dict, Id, Length, Name, Text, array, destination},
};
use crate::render::pdf::{
    page::{Layout, Position},
    structure_tree::{NodeId, Role, Target},
};

/// The link annotations of all pages.
#[derive(Debug, Default)]
pub struct Links {
    /// The element of each annotation, in the order of the parent tree, where they follow the pages.
    pub owners: Vec<NodeId>,
    /// Page and annotation of each area, by element.
    pub by_node: BTreeMap<NodeId, Vec<(usize, Id)>>,
    /// The annotations of each page.
    pub by_page: BTreeMap<usize, Vec<Id>>,
}

/// Adds the annotations.
pub fn add(file: &mut File, layout: &Layout, order: &ReadingOrder, pages: &[Id]) -> Links {
    let mut links = Links::default();
    for area in &order.areas {
        let Some(entries) = annotation(layout, area, pages) else { continue };
        let annotation = file.add(entries.set("StructParent", pages.len() + links.owners.len()));
        links.owners.push(area.node);
        links.by_node.entry(area.node).or_default().push((area.page, annotation));
        links.by_page.entry(area.page).or_default().push(annotation);
    }
    links
}

/// Percent-encodes non-ASCII bytes, because a PDF requires 7-bit URIs.
fn percent_encode(address: &str) -> String {
    let encode = |byte: u8| if byte.is_ascii() { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    address.bytes().map(encode).collect()
}

fn annotation(layout: &Layout, area: &Area, pages: &[Id]) -> Option<Dict> {
    let Role::Link(target, description) = &layout.tree.nodes.get(area.node)?.role else { return None };
    let description = if description.is_empty() { "link" } else { description };
    let entries = Dict::new()
        .set("Type", Name("Annot"))
        .set("Subtype", Name("Link"))
        .set("Rect", array(area.sides.map(Length)))
        .set("Border", array([0, 0, 0]))
        .set("F", 4)
        .set("Contents", Text(description));
    Some(match target {
        Target::Uri(address) => {
            entries.set("A", Dict::new().set("S", Name("URI")).set("URI", Text(&percent_encode(address))))
        }
        Target::Note(number) => {
            let y = *layout.pages.get(area.page)?.notes.get(number)?;
            entries.set("Dest", destination(layout, Position { page: area.page, y }, pages)?)
        }
        Target::Landmark(at) => entries.set("Dest", destination(layout, *layout.landmarks.get(at)?, pages)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_seven_bits() {
        assert_eq!(percent_encode("https://example.com/決?a=1"), "https://example.com/%E6%B1%BA?a=1");
    }
}
