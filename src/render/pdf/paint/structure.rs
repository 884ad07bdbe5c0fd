//! The structure tree as PDF objects: what a screen reader walks.

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::{
    annotate::Link,
    object::{dictionary, integer, length, name, text},
    order::{Kid, Order},
};
use crate::render::pdf::tree::{NodeId, Role, Scope, Tree};

/// Adds the structure tree and gives its root.
pub fn add(out: &mut Document, tree: &Tree, order: &Order, pages: &[ObjectId], links: &[Link]) -> ObjectId {
    let root = out.new_object_id();
    let ids: Vec<ObjectId> = tree.nodes.iter().map(|_| out.new_object_id()).collect();
    let writer = Writer { tree, order, pages, ids: &ids, links };
    let mut named = Vec::new();
    for (node, &id) in ids.iter().enumerate().filter(|&(node, _)| order.is_placed(node)) {
        let element = writer.element(node, root);
        if let (Ok(key), true) = (element.get(b"ID"), element.has(b"ID")) {
            named.push((key.clone(), id));
        }
        out.set_object(id, element);
    }
    let parents = out.add_object(writer.parents());
    let names = out.add_object(names(named));
    let first = ids.first().copied().unwrap_or(root);
    out.set_object(
        root,
        dictionary([
            ("Type", name("StructTreeRoot")),
            ("K", Object::Reference(first)),
            ("ParentTree", Object::Reference(parents)),
            ("ParentTreeNextKey", integer(pages.len() + links.len())),
            ("IDTree", Object::Reference(names)),
        ]),
    );
    root
}

struct Writer<'a> {
    tree: &'a Tree,
    order: &'a Order<'a>,
    pages: &'a [ObjectId],
    ids: &'a [ObjectId],
    links: &'a [Link],
}

impl Writer<'_> {
    fn reference(&self, node: NodeId) -> Object {
        self.ids.get(node).map_or(Object::Null, |&id| Object::Reference(id))
    }

    fn element(&self, node: NodeId, root: ObjectId) -> Dictionary {
        let Some(known) = self.tree.nodes.get(node) else { return Dictionary::new() };
        let parent = known.parent.map_or(Object::Reference(root), |parent| self.reference(parent));
        let mut element = dictionary([("S", name(&tag(&known.role))), ("P", parent)]);
        let kids = self.order.kids.get(node).map_or(&[][..], Vec::as_slice);
        let page = kids.iter().find_map(|kid| if let Kid::Content(page, _) = kid { Some(*page) } else { None });
        if let Some(&id) = page.and_then(|page| self.pages.get(page)) {
            element.set("Pg", id);
        }
        let mut objects: Vec<Object> = kids.iter().map(|kid| self.kid(kid, page)).collect();
        if matches!(known.role, Role::Link(..)) {
            objects.extend(self.links.iter().filter(|link| link.node == node).map(|link| self.area(link)));
        }
        match objects.len() {
            0 => {}
            1 => element.set("K", objects.swap_remove(0)),
            _ => element.set("K", objects),
        }
        attributes(&known.role, &mut element);
        if let Some(sides) = self.order.figures.get(&node) {
            let sides = Object::Array(sides.iter().map(|&side| length(side)).collect());
            element.set("A", dictionary([("O", name("Layout")), ("Placement", name("Block")), ("BBox", sides)]));
        }
        element
    }

    fn kid(&self, kid: &Kid, page: Option<usize>) -> Object {
        match *kid {
            Kid::Element(node) => self.reference(node),
            Kid::Content(on, number) if Some(on) == page => integer(number),
            Kid::Content(on, number) => Object::Dictionary(dictionary([
                ("Type", name("MCR")),
                ("Pg", self.pages.get(on).map_or(Object::Null, |&id| Object::Reference(id))),
                ("MCID", integer(number)),
            ])),
        }
    }

    fn area(&self, link: &Link) -> Object {
        Object::Dictionary(dictionary([
            ("Type", name("OBJR")),
            ("Pg", self.pages.get(link.page).map_or(Object::Null, |&id| Object::Reference(id))),
            ("Obj", Object::Reference(link.annotation)),
        ]))
    }

    /// Whose each page's marked contents are, and whose each link area is.
    fn parents(&self) -> Dictionary {
        let owners = |owners: &Vec<NodeId>| Object::Array(owners.iter().map(|&node| self.reference(node)).collect());
        let pages = self.order.owners.iter().map(owners);
        let areas = self.links.iter().map(|link| self.reference(link.node));
        let numbers = pages.chain(areas).enumerate().flat_map(|(i, object)| [integer(i), object]);
        dictionary([("Nums", Object::Array(numbers.collect()))])
    }
}

/// Elements by their names, sorted.
fn names(mut named: Vec<(Object, ObjectId)>) -> Dictionary {
    named.sort_by(|(a, _), (b, _)| a.as_str().unwrap_or_default().cmp(b.as_str().unwrap_or_default()));
    let list = named.into_iter().flat_map(|(key, id)| [key, Object::Reference(id)]);
    dictionary([("Names", Object::Array(list.collect()))])
}

fn tag(role: &Role) -> String {
    let tag = match role {
        Role::Document => "Document",
        Role::Section => "Sect",
        Role::Heading(level) => return format!("H{}", (*level).clamp(1, 6)),
        Role::Paragraph => "P",
        Role::Quote => "BlockQuote",
        Role::List(_) => "L",
        Role::Item => "LI",
        Role::ItemLabel | Role::NoteLabel => "Lbl",
        Role::ItemBody => "LBody",
        Role::Table => "Table",
        Role::Caption => "Caption",
        Role::Head => "THead",
        Role::Body => "TBody",
        Role::Row => "TR",
        Role::HeadCell { .. } => "TH",
        Role::Cell => "TD",
        Role::Figure(_) => "Figure",
        Role::Note(_) => "Note",
        Role::Link(..) => "Link",
    };
    tag.to_owned()
}

fn attributes(role: &Role, element: &mut Dictionary) {
    match role {
        Role::HeadCell { scope, columns, rows } => {
            let scope = name(if *scope == Scope::Row { "Row" } else { "Column" });
            let mut cell = dictionary([("O", name("Table")), ("Scope", scope)]);
            if *columns > 1 {
                cell.set("ColSpan", integer(*columns));
            }
            if *rows > 1 {
                cell.set("RowSpan", integer(*rows));
            }
            element.set("A", cell);
        }
        Role::List(numbered) => {
            let numbering = name(if *numbered { "Decimal" } else { "Disc" });
            element.set("A", dictionary([("O", name("List")), ("ListNumbering", numbering)]));
        }
        Role::Figure(words) => element.set("Alt", text(words)),
        Role::Note(number) => element.set("ID", text(&format!("note-{number}"))),
        _ => {}
    }
}
