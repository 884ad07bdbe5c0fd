//! Writes the structure tree as PDF objects, for screen readers.

use std::fmt::{self, Display, Formatter};

use super::{
    file::File,
    link_annotations::Links,
    reading_order::{Child, ReadingOrder},
    syntax::{Dict, Id, Length, Name, Text, array},
};
use crate::render::pdf::structure_tree::{NodeId, Role, Scope, Tree};

/// Adds the structure tree and returns its root.
pub fn add(file: &mut File, tree: &Tree, order: &ReadingOrder, pages: &[Id], links: &Links) -> Id {
    let root = file.reserve();
    let ids: Vec<Option<Id>> =
        (0..tree.nodes.len()).map(|node| order.is_placed(node).then(|| file.reserve())).collect();
    let writer = StructureWriter { tree, order, pages, ids: &ids, links };
    let mut named = Vec::new();
    for (node, &id) in ids.iter().enumerate() {
        let Some(id) = id else { continue };
        file.set(id, writer.element(node, root));
        if let Role::Note(number) = tree.nodes[node].role {
            named.push((note_id(number), id));
        }
    }
    let parents = writer.add_parent_tree(file);
    let names = file.add(id_tree(named));
    let entries = Dict::new()
        .set("Type", Name("StructTreeRoot"))
        .set_if_some("K", ids.first().copied().flatten())
        .set("ParentTree", parents)
        .set("ParentTreeNextKey", pages.len() + links.owners.len())
        .set("IDTree", names);
    file.set(root, entries);
    root
}

struct StructureWriter<'a> {
    tree: &'a Tree,
    order: &'a ReadingOrder<'a>,
    pages: &'a [Id],
    ids: &'a [Option<Id>],
    links: &'a Links,
}

impl StructureWriter<'_> {
    fn id(&self, node: NodeId) -> Option<Id> {
        self.ids.get(node).copied().flatten()
    }

    fn element(&self, node: NodeId, root: Id) -> Dict {
        let Some(known) = self.tree.nodes.get(node) else { return Dict::new() };
        let children = self.order.children(node);
        let page =
            children.iter().find_map(|child| if let Child::Content(page, _) = child { Some(*page) } else { None });
        let parent = known.parent.and_then(|parent| self.id(parent)).unwrap_or(root);
        let element = Dict::new()
            .set("S", Name(structure_type(&known.role)))
            .set("P", parent)
            .set_if_some("Pg", page.and_then(|page| self.pages.get(page as usize)));
        let areas = self.links.by_node.get(&node).map_or(&[][..], Vec::as_slice);
        let areas = areas.iter().map(|&area| Kid::Object(self.object_reference(area)));
        let mut kids = children.iter().filter_map(|child| self.kid(child, page)).chain(areas);
        let element = match (kids.next(), kids.next()) {
            (None, _) => element,
            (Some(only), None) => element.set("K", only),
            (Some(first), Some(second)) => element.set("K", array([first, second].into_iter().chain(kids))),
        };
        self.with_attributes(element, node, &known.role)
    }

    /// A child of an element whose content is on `page`.
    fn kid(&self, child: &Child, page: Option<u32>) -> Option<Kid> {
        Some(match *child {
            Child::Element(node) => Kid::Element(self.id(node as usize)?),
            Child::Content(on, number) if Some(on) == page => Kid::Content(number),
            Child::Content(on, number) => {
                let page = self.pages.get(on as usize)?;
                Kid::Object(Dict::new().set("Type", Name("MCR")).set("Pg", page).set("MCID", number))
            }
        })
    }

    fn object_reference(&self, (page, annotation): (usize, Id)) -> Dict {
        Dict::new().set("Type", Name("OBJR")).set_if_some("Pg", self.pages.get(page)).set("Obj", annotation)
    }

    /// Adds the attributes of an element: scope and spans, list numbering, alternative text, note id.
    fn with_attributes(&self, element: Dict, node: NodeId, role: &Role) -> Dict {
        match role {
            Role::HeadCell { scope, columns, rows } => {
                let scope = Name(if *scope == Scope::Row { "Row" } else { "Column" });
                let many = |count: &usize| Some(*count).filter(|&count| count > 1);
                let cell = Dict::new().set("O", Name("Table")).set("Scope", scope);
                element.set("A", cell.set_if_some("ColSpan", many(columns)).set_if_some("RowSpan", many(rows)))
            }
            Role::List(numbered) => {
                let numbering = Name(if *numbered { "Decimal" } else { "Disc" });
                element.set("A", Dict::new().set("O", Name("List")).set("ListNumbering", numbering))
            }
            Role::Figure(words) => {
                let sides = self.order.figures.get(&node).map(|sides| array(sides.map(Length)));
                let layout = Dict::new().set("O", Name("Layout")).set("Placement", Name("Block"));
                element.set("Alt", Text(words)).set("A", layout.set_if_some("BBox", sides))
            }
            Role::Spoken(words) => element.set("Alt", Text(words)),
            Role::Note(number) => element.set("ID", Text(&note_id(*number))),
            _ => element,
        }
    }

    /// Adds the parent tree, which maps marked content and link annotations to elements.
    fn add_parent_tree(&self, file: &mut File) -> Id {
        let mut numbers: Vec<Id> = Vec::new();
        for owners in &self.order.owners {
            numbers.push(file.add(array(owners.iter().filter_map(|&node| self.id(node as usize)))));
        }
        numbers.extend(self.links.owners.iter().filter_map(|&node| self.id(node)));
        let numbers = numbers.iter().enumerate().map(|(i, id)| format!("{i} {id}"));
        file.add(Dict::new().set("Nums", array(numbers)))
    }
}

/// A child of an element, as it is written.
enum Kid {
    Element(Id),
    /// Marked content of the element's page, by its number.
    Content(u32),
    /// Marked content of another page, or a link annotation.
    Object(Dict),
}

impl Display for Kid {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        match self {
            Self::Element(id) => id.fmt(f),
            Self::Content(number) => number.fmt(f),
            Self::Object(object) => object.fmt(f),
        }
    }
}

/// The id of the element of a note.
fn note_id(number: usize) -> String {
    format!("note-{number}")
}

/// The tree of elements by their ids.
fn id_tree(mut named: Vec<(String, Id)>) -> Dict {
    named.sort();
    Dict::new().set("Names", array(named.iter().map(|(name, id)| format!("{} {id}", Text(name)))))
}

fn structure_type(role: &Role) -> &'static str {
    const HEADINGS: [&str; 6] = ["H1", "H2", "H3", "H4", "H5", "H6"];
    match role {
        Role::Document => "Document",
        Role::Section => "Sect",
        Role::Heading(level) => HEADINGS[usize::from((*level).clamp(1, 6)) - 1],
        Role::Paragraph => "P",
        Role::Quote => "BlockQuote",
        Role::Contents => "TOC",
        Role::ContentsItem => "TOCI",
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
        Role::Spoken(_) => "Span",
        Role::Figure(_) => "Figure",
        Role::Note(_) => "Note",
        Role::Reference => "Reference",
        Role::Link(..) => "Link",
    }
}
