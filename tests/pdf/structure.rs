//! Tests the structure of the file as a screen reader uses it: every cell has its heads, and all content is tagged.

use std::collections::{BTreeMap, BTreeSet};

use kessan::{merge::Templates, present::document::Cell, render::pdf::PrintAppearance};
use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::{pdf, plain, sample};

/// An element of the structure tree, with what is below it.
#[derive(Debug, Default)]
struct Element {
    tag: String,
    entries: Dictionary,
    kids: Vec<Element>,
    /// Page and number of its own marked contents.
    contents: Vec<(ObjectId, i64)>,
    /// Annotations that are its own.
    objects: Vec<ObjectId>,
}

struct Walk<'d> {
    file: &'d Document,
}

impl Walk<'_> {
    fn root(&self) -> Element {
        let root = self.file.catalog().unwrap().get(b"StructTreeRoot").unwrap();
        let (_, root) = self.file.dereference(root).unwrap();
        self.element(root.as_dict().unwrap().get(b"K").unwrap(), None)
    }

    fn element(&self, object: &Object, above: Option<ObjectId>) -> Element {
        let entries = self.file.dereference(object).unwrap().1.as_dict().unwrap().clone();
        let page = entries.get(b"Pg").and_then(Object::as_reference).ok().or(above);
        let tag = String::from_utf8(entries.get(b"S").unwrap().as_name().unwrap().to_vec()).unwrap();
        let mut element = Element { tag, ..Element::default() };
        let kids = match entries.get(b"K") {
            Ok(Object::Array(kids)) => kids.clone(),
            Ok(kid) => vec![kid.clone()],
            Err(_) => Vec::new(),
        };
        for kid in kids {
            self.kid(&kid, page, &mut element);
        }
        element.entries = entries;
        element
    }

    fn kid(&self, kid: &Object, page: Option<ObjectId>, element: &mut Element) {
        if let Object::Integer(number) = kid {
            element.contents.push((page.unwrap(), *number));
            return;
        }
        let entries = self.file.dereference(kid).unwrap().1.as_dict().unwrap();
        let reference = |key: &[u8]| entries.get(key).and_then(Object::as_reference).unwrap();
        match entries.get(b"Type").and_then(Object::as_name) {
            Ok(b"MCR") => element.contents.push((reference(b"Pg"), entries.get(b"MCID").unwrap().as_i64().unwrap())),
            Ok(b"OBJR") => element.objects.push(reference(b"Obj")),
            _ => element.kids.push(self.element(kid, page)),
        }
    }
}

impl Element {
    fn all(&self) -> Vec<&Element> {
        std::iter::once(self).chain(self.kids.iter().flat_map(Element::all)).collect()
    }

    fn named<'e>(&'e self, tag: &str) -> Vec<&'e Element> {
        self.all().into_iter().filter(|element| element.tag == tag).collect()
    }

    /// An entry of its attributes.
    fn attribute(&self, key: &[u8]) -> Option<&Object> {
        self.entries.get(b"A").and_then(Object::as_dict).ok()?.get(key).ok()
    }

    fn span(&self, key: &[u8]) -> usize {
        self.attribute(key).map_or(1, |span| usize::try_from(span.as_i64().unwrap()).unwrap())
    }

    fn heads(&self, scope: &[u8]) -> bool {
        self.tag == "TH" && self.attribute(b"Scope").is_some_and(|known| known.as_name().unwrap() == scope)
    }
}

fn written() -> Document {
    let bytes = plain(|look| pdf(&sample::document(), look)).expect("the sample fits");
    Document::load_mem(&bytes).expect("it is a PDF")
}

/// The cells of a table by the rows and columns that they cover.
fn grid(table: &Element) -> BTreeMap<(usize, usize), &Element> {
    let mut grid = BTreeMap::new();
    for (row, cells) in table.named("TR").into_iter().enumerate() {
        let mut column = 0;
        for cell in &cells.kids {
            while grid.contains_key(&(row, column)) {
                column += 1;
            }
            for (down, right) in
                (0..cell.span(b"RowSpan")).flat_map(|down| (0..cell.span(b"ColSpan")).map(move |right| (down, right)))
            {
                assert!(grid.insert((row + down, column + right), cell).is_none(), "two cells in one place");
            }
            column += cell.span(b"ColSpan");
        }
    }
    grid
}

#[test]
fn every_figure_has_a_head_above_it_and_one_beside_it() {
    let file = written();
    let root = Walk { file: &file }.root();
    let mut figures = 0;
    for table in root.named("Table") {
        let grid = grid(table);
        let rows = grid.keys().map(|(row, _)| row + 1).max().unwrap();
        let columns = grid.keys().map(|(_, column)| column + 1).max().unwrap();
        assert_eq!(grid.len(), rows * columns, "a row is not as long as the others");
        for (&(row, column), cell) in grid.iter().filter(|(_, cell)| cell.tag == "TD") {
            let above = (0..row).filter_map(|row| grid.get(&(row, column)));
            let beside = (0..column).filter_map(|column| grid.get(&(row, column)));
            assert!(above.filter(|head| head.heads(b"Column")).count() > 0, "nothing heads column {column}");
            assert!(beside.filter(|head| head.heads(b"Row")).count() > 0, "nothing heads row {row}");
            figures += usize::from(cell.all().iter().any(|part| !part.contents.is_empty()));
        }
    }
    assert!(figures > 500, "{figures}");
}

/// A screen reader reads no parentheses. A replacement text (`ActualText`) would change what is copied.
#[test]
fn negative_figures_say_so_in_an_alternative_text() {
    let file = written();
    let document = sample::document();
    let cells = document.tables().into_iter().flat_map(|(_, table)| &table.rows).flat_map(|row| &row.cells);
    let mut wanted: Vec<String> = cells
        .filter_map(|cell| match cell {
            Cell::Number { negative: true, number, .. } => Some(format!("minus {}", number.size)),
            _ => None,
        })
        .collect();
    let root = Walk { file: &file }.root();
    let cells: Vec<&Element> = root.named("TD");
    let spans = || cells.iter().flat_map(|cell| &cell.kids).filter(|kid| kid.tag == "Span");
    let mut spoken: Vec<String> =
        spans().map(|span| lopdf::decode_text_string(span.entries.get(b"Alt").unwrap()).unwrap()).collect();
    wanted.sort();
    spoken.sort();
    assert!(wanted.len() > 20, "{wanted:?}");
    assert_eq!(spoken, wanted);
    assert!(spans().all(|span| !span.entries.has(b"ActualText") && !span.contents.is_empty()));
}

#[test]
fn content_belongs_to_one_element_or_only_to_the_page() {
    let file = written();
    let root = Walk { file: &file }.root();
    let mut owned: BTreeSet<(ObjectId, i64)> = BTreeSet::new();
    for content in root.all().into_iter().flat_map(|element| &element.contents) {
        assert!(owned.insert(*content), "{content:?} is in two elements");
    }
    for page in file.get_pages().into_values() {
        let operations = lopdf::content::Content::decode(&file.get_page_content(page)).unwrap().operations;
        let mut open: Vec<String> = Vec::new();
        for operation in operations {
            match operation.operator.as_str() {
                "BMC" => open.push("Artifact".to_owned()),
                "BDC" => {
                    let number = operation.operands[1].as_dict().unwrap().get(b"MCID").unwrap().as_i64().unwrap();
                    assert!(owned.remove(&(page, number)), "{number} on page {page:?} is in no element");
                    open.push(number.to_string());
                }
                "EMC" => _ = open.pop(),
                "TJ" | "f" | "S" => assert_eq!(open.len(), 1, "{operation:?} is in {open:?}"),
                _ => {}
            }
        }
        assert!(open.is_empty());
    }
    assert!(owned.is_empty(), "{owned:?} is nowhere");
}

#[test]
fn elements_come_in_the_order_of_reading() {
    let file = written();
    let pages: BTreeMap<ObjectId, u32> = file.get_pages().into_iter().map(|(number, id)| (id, number)).collect();
    let root = Walk { file: &file }.root();
    let notes: Vec<*const Element> =
        root.named("Note").into_iter().flat_map(Element::all).map(std::ptr::from_ref).collect();
    // A note stands where its mark is first met; the others follow each other down the pages.
    let text = root.all().into_iter().filter(|element| !notes.contains(&std::ptr::from_ref(*element)));
    let order: Vec<(u32, i64)> =
        text.flat_map(|element| &element.contents).map(|(page, number)| (pages[page], *number)).collect();
    // A link stands inside the text around it, whose own contents are told first.
    let turned = order.windows(2).filter(|pair| pair[0] > pair[1]).count();
    let links = root.named("Link").len() + root.named("Lbl").len();
    assert!(turned <= links, "{turned} steps back, {links} links");
}

fn levels(root: &Element) -> Vec<u8> {
    let level = |element: &Element| element.tag.strip_prefix('H')?.parse::<u8>().ok();
    root.all().into_iter().filter_map(level).collect()
}

#[test]
fn headings_begin_with_the_title_and_skip_no_level() {
    let file = written();
    let root = Walk { file: &file }.root();
    let levels = levels(&root);
    assert_eq!(levels[0], 1);
    assert_eq!(levels.iter().filter(|&&level| level == 1).count(), 1);
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
}

#[test]
fn links_are_annotations_that_lead_somewhere() {
    let file = written();
    let root = Walk { file: &file }.root();
    let pages: BTreeSet<ObjectId> = file.get_pages().into_values().collect();
    let links = root.named("Link");
    assert!(links.len() > 8, "{}", links.len());
    for link in links {
        assert!(!link.objects.is_empty(), "a link cannot be clicked");
        for annotation in &link.objects {
            let entries = file.get_dictionary(*annotation).unwrap();
            assert!(!entries.get(b"Contents").unwrap().as_str().unwrap().is_empty());
            match entries.get(b"Dest") {
                Ok(place) => assert!(pages.contains(&place.as_array().unwrap()[0].as_reference().unwrap())),
                Err(_) => assert!(entries.get(b"A").unwrap().as_dict().unwrap().get(b"URI").is_ok()),
            }
        }
    }
    let references = root.named("Reference");
    assert!(!references.is_empty() && references.iter().all(|reference| reference.kids[0].tag == "Link"));
    let names: Vec<&[u8]> =
        root.named("Note").iter().map(|note| note.entries.get(b"ID").unwrap().as_str().unwrap()).collect();
    assert_eq!(names.len(), 5);
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
}

#[test]
fn without_the_title_the_first_heading_is_the_highest() {
    let templates = ["cover", "head", "foot"].map(|name| (format!("print/{name}.txt"), "left: Words".to_owned()));
    let templates = Templates::new(templates.iter().map(|(name, text)| (name.as_str(), text.as_str()))).unwrap();
    let bytes = plain(|look| pdf(&sample::document(), &PrintAppearance { templates: &templates, ..*look })).unwrap();
    let file = Document::load_mem(&bytes).unwrap();
    let root = Walk { file: &file }.root();
    assert_eq!(levels(&root)[..3], [1, 2, 2]);
}
