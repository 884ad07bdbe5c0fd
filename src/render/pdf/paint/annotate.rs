//! Links become areas to click, each tied to its element.

use lopdf::{Document, Object, ObjectId};

use super::{
    object::{destination, dictionary, integer, length, name, text},
    order::{Area, Order},
};
use crate::render::pdf::{
    frame::{Layout, Spot},
    tree::{NodeId, Role, Target},
};

/// An area to click.
pub struct Link {
    pub node: NodeId,
    pub page: usize,
    pub annotation: ObjectId,
}

/// Adds the annotations to their pages, and gives them in the order of their numbers in the parent tree,
/// where they stand behind the pages.
pub fn links(out: &mut Document, layout: &Layout, order: &Order, pages: &[ObjectId]) -> Vec<Link> {
    let mut links = Vec::new();
    for area in &order.areas {
        let Some(mut entries) = annotation(layout, area, pages) else { continue };
        entries.set("StructParent", integer(pages.len() + links.len()));
        links.push(Link { node: area.node, page: area.page, annotation: out.add_object(entries) });
    }
    for (number, &page) in pages.iter().enumerate() {
        let on_page = links.iter().filter(|link| link.page == number);
        let annotations: Vec<Object> = on_page.map(|link| Object::Reference(link.annotation)).collect();
        let Ok(page) = out.get_dictionary_mut(page) else { continue };
        page.remove(b"Annots");
        if !annotations.is_empty() {
            page.set("Annots", annotations);
        }
        page.set("StructParents", integer(number));
        page.set("Tabs", name("S"));
    }
    links
}

fn annotation(layout: &Layout, area: &Area, pages: &[ObjectId]) -> Option<lopdf::Dictionary> {
    let Role::Link(target, words) = &layout.tree.nodes.get(area.node)?.role else { return None };
    let words = if words.is_empty() { "link" } else { words };
    let mut entries = dictionary([
        ("Type", name("Annot")),
        ("Subtype", name("Link")),
        ("Rect", Object::Array(area.sides.iter().map(|&side| length(side)).collect())),
        ("Border", Object::Array(vec![0.into(), 0.into(), 0.into()])),
        ("F", Object::Integer(4)),
        ("Contents", text(words)),
    ]);
    let (key, value) = match target {
        Target::Uri(address) => ("A", Object::Dictionary(dictionary([("S", name("URI")), ("URI", text(address))]))),
        Target::Note(number) => {
            let y = *layout.pages.get(area.page)?.notes.get(number)?;
            ("Dest", spot(layout, Spot { page: area.page, y }, pages)?)
        }
        Target::Anchor(id) => ("Dest", spot(layout, *layout.anchors.get(id)?, pages)?),
    };
    entries.set(key, value);
    Some(entries)
}

fn spot(layout: &Layout, spot: Spot, pages: &[ObjectId]) -> Option<Object> {
    Some(destination(spot, *pages.get(spot.page)?, layout.pages.get(spot.page)?.height))
}
