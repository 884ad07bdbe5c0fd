//! Links become areas to click, each tied to its element.

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

/// The areas to click.
#[derive(Debug, Default)]
pub struct Links {
    /// In the order of their numbers in the parent tree, where they are behind the pages.
    pub owners: Vec<NodeId>,
    /// By element, and by page: page and annotation.
    pub of_nodes: BTreeMap<NodeId, Vec<(usize, Id)>>,
    pub of_pages: BTreeMap<usize, Vec<Id>>,
}

/// Adds the annotations.
pub fn links(file: &mut File, layout: &Layout, order: &ReadingOrder, pages: &[Id]) -> Links {
    let mut links = Links::default();
    for area in &order.areas {
        let Some(entries) = annotation(layout, area, pages) else { continue };
        let annotation = file.add(entries.set("StructParent", pages.len() + links.owners.len()));
        links.owners.push(area.node);
        links.of_nodes.entry(area.node).or_default().push((area.page, annotation));
        links.of_pages.entry(area.page).or_default().push(annotation);
    }
    links
}

/// An address in the seven bits that it has in a PDF.
fn ascii(address: &str) -> String {
    let encoded = |byte: u8| if byte.is_ascii() { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    address.bytes().map(encoded).collect()
}

fn annotation(layout: &Layout, area: &Area, pages: &[Id]) -> Option<Dict> {
    let Role::Link(target, words) = &layout.tree.nodes.get(area.node)?.role else { return None };
    let words = if words.is_empty() { "link" } else { words };
    let entries = Dict::new()
        .set("Type", Name("Annot"))
        .set("Subtype", Name("Link"))
        .set("Rect", array(area.sides.map(Length)))
        .set("Border", array([0, 0, 0]))
        .set("F", 4)
        .set("Contents", Text(words));
    Some(match target {
        Target::Uri(address) => entries.set("A", Dict::new().set("S", Name("URI")).set("URI", Text(&ascii(address)))),
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
        assert_eq!(ascii("https://example.com/決?a=1"), "https://example.com/%E6%B1%BA?a=1");
    }
}
