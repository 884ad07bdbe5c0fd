//! The structure tree as PDF objects: what a screen reader walks.

use super::{
    file::File,
    link_annotations::Links,
    reading_order::{Kid, ReadingOrder},
    syntax::{Dict, Id, Length, Name, Text, array},
};
use crate::render::pdf::structure_tree::{NodeId, Role, Scope, Tree};

/// Adds the structure tree and gives its root.
pub fn add(file: &mut File, tree: &Tree, order: &ReadingOrder, pages: &[Id], links: &Links) -> Id {
    let root = file.reserve();
    let ids: Vec<Option<Id>> =
        (0..tree.nodes.len()).map(|node| order.is_placed(node).then(|| file.reserve())).collect();
    let writer = Writer { tree, order, pages, ids: &ids, links };
    let mut named = Vec::new();
    for (node, &id) in ids.iter().enumerate() {
        let Some(id) = id else { continue };
        file.set(id, writer.element(node, root));
        if let Role::Note(number) = tree.nodes[node].role {
            named.push((note(number), id));
        }
    }
    let parents = writer.parents(file);
    let names = file.add(names(named));
    let entries = Dict::new()
        .set("Type", Name("StructTreeRoot"))
        .set_if_some("K", ids.first().copied().flatten())
        .set("ParentTree", parents)
        .set("ParentTreeNextKey", pages.len() + links.owners.len())
        .set("IDTree", names);
    file.set(root, entries);
    root
}

struct Writer<'a> {
    tree: &'a Tree,
    order: &'a ReadingOrder<'a>,
    pages: &'a [Id],
    ids: &'a [Option<Id>],
    links: &'a Links,
}

impl Writer<'_> {
    fn id(&self, node: NodeId) -> Option<Id> {
        self.ids.get(node).copied().flatten()
    }

    fn element(&self, node: NodeId, root: Id) -> Dict {
        let Some(known) = self.tree.nodes.get(node) else { return Dict::new() };
        let kids = self.order.kids(node);
        let page = kids.iter().find_map(|kid| if let Kid::Content(page, _) = kid { Some(*page) } else { None });
        let parent = known.parent.and_then(|parent| self.id(parent)).unwrap_or(root);
        let mut objects: Vec<String> = kids.iter().filter_map(|kid| self.kid(kid, page)).collect();
        let areas = self.links.of_nodes.get(&node).map_or(&[][..], Vec::as_slice);
        objects.extend(areas.iter().map(|&area| self.area(area).to_string()));
        let element = Dict::new()
            .set("S", Name(tag(&known.role)))
            .set("P", parent)
            .set_if_some("Pg", page.and_then(|page| self.pages.get(page as usize)))
            .set_if_some("K", if objects.len() > 1 { Some(array(objects)) } else { objects.pop() });
        self.described(element, node, &known.role)
    }

    fn kid(&self, kid: &Kid, page: Option<u32>) -> Option<String> {
        Some(match *kid {
            Kid::Element(node) => self.id(node as usize)?.to_string(),
            Kid::Content(on, number) if Some(on) == page => number.to_string(),
            Kid::Content(on, number) => {
                let page = self.pages.get(on as usize)?;
                Dict::new().set("Type", Name("MCR")).set("Pg", page).set("MCID", number).to_string()
            }
        })
    }

    fn area(&self, (page, annotation): (usize, Id)) -> Dict {
        Dict::new().set("Type", Name("OBJR")).set_if_some("Pg", self.pages.get(page)).set("Obj", annotation)
    }

    /// What a reader is told of an element beside its text.
    fn described(&self, element: Dict, node: NodeId, role: &Role) -> Dict {
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
            Role::Note(number) => element.set("ID", Text(&note(*number))),
            _ => element,
        }
    }

    /// Whose each page's marked contents are, and whose each link area is.
    fn parents(&self, file: &mut File) -> Id {
        let mut numbers: Vec<Id> = Vec::new();
        for owners in &self.order.owners {
            numbers.push(file.add(array(owners.iter().filter_map(|&node| self.id(node as usize)))));
        }
        numbers.extend(self.links.owners.iter().filter_map(|&node| self.id(node)));
        let numbers = numbers.iter().enumerate().map(|(i, id)| format!("{i} {id}"));
        file.add(Dict::new().set("Nums", array(numbers)))
    }
}

/// The name of a note's element.
fn note(number: usize) -> String {
    format!("note-{number}")
}

/// Elements by their names, sorted.
fn names(mut named: Vec<(String, Id)>) -> Dict {
    named.sort();
    Dict::new().set("Names", array(named.iter().map(|(name, id)| format!("{} {id}", Text(name)))))
}

fn tag(role: &Role) -> &'static str {
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
        Role::Figure(_) => "Figure",
        Role::Note(_) => "Note",
        Role::Reference => "Reference",
        Role::Link(..) => "Link",
    }
}
