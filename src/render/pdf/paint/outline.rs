//! The outline that readers show beside the pages: headings under headings.

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::object::{destination, dictionary, name, text};
use crate::render::pdf::frame::{Bookmark, Layout};

/// Adds the outline and gives its root; none without headings.
pub fn add(out: &mut Document, layout: &Layout, pages: &[ObjectId]) -> Option<ObjectId> {
    if layout.outline.is_empty() {
        return None;
    }
    let root = out.new_object_id();
    let ids: Vec<ObjectId> = layout.outline.iter().map(|_| out.new_object_id()).collect();
    let parents = parents(&layout.outline);
    let writer = Writer { layout, pages, root, ids: &ids, parents: &parents };
    let mut entries = dictionary([("Type", name("Outlines"))]);
    writer.ends(&mut entries, None, 1);
    out.set_object(root, entries);
    for (i, &id) in ids.iter().enumerate() {
        out.set_object(id, writer.item(i));
    }
    Some(root)
}

struct Writer<'a> {
    layout: &'a Layout,
    pages: &'a [ObjectId],
    root: ObjectId,
    ids: &'a [ObjectId],
    parents: &'a [Option<usize>],
}

impl Writer<'_> {
    fn children(&self, parent: Option<usize>) -> Vec<usize> {
        self.parents.iter().enumerate().filter(|&(_, &above)| above == parent).map(|(i, _)| i).collect()
    }

    fn reference(&self, item: usize) -> Object {
        self.ids.get(item).map_or(Object::Null, |&id| Object::Reference(id))
    }

    fn item(&self, i: usize) -> Dictionary {
        let Some(bookmark) = self.layout.outline.get(i) else { return Dictionary::new() };
        let parent = self.parents.get(i).copied().flatten();
        let above = parent.map_or(Object::Reference(self.root), |parent| self.reference(parent));
        let mut item = dictionary([("Title", text(&bookmark.text)), ("Parent", above)]);
        let spot = bookmark.spot;
        if let (Some(&page), Some(frame)) = (self.pages.get(spot.page), self.layout.pages.get(spot.page)) {
            item.set("Dest", destination(spot, page, frame.height));
        }
        let siblings = self.children(parent);
        if let Some(&before) = siblings.iter().rev().find(|&&sibling| sibling < i) {
            item.set("Prev", self.reference(before));
        }
        if let Some(&after) = siblings.iter().find(|&&sibling| sibling > i) {
            item.set("Next", self.reference(after));
        }
        // A negative count: closed until the reader opens it.
        self.ends(&mut item, Some(i), -1);
        item
    }

    /// Names the first and last child, and how many there are.
    fn ends(&self, entries: &mut Dictionary, parent: Option<usize>, sign: i64) {
        let children = self.children(parent);
        if let (Some(&first), Some(&last)) = (children.first(), children.last()) {
            entries.set("First", self.reference(first));
            entries.set("Last", self.reference(last));
            entries.set("Count", sign * i64::try_from(children.len()).unwrap_or_default());
        }
    }
}

/// Under which heading each heading stands: the last one before it of a higher rank.
fn parents(outline: &[Bookmark]) -> Vec<Option<usize>> {
    let mut above: Vec<usize> = Vec::new();
    let mut parents = Vec::with_capacity(outline.len());
    for (i, bookmark) in outline.iter().enumerate() {
        while above.last().and_then(|&last| outline.get(last)).is_some_and(|last| last.level >= bookmark.level) {
            above.pop();
        }
        parents.push(above.last().copied());
        above.push(i);
    }
    parents
}
