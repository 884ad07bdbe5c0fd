//! The outline that readers show beside the pages: headings under headings.

use super::{
    file::File,
    syntax::{Dict, Id, Name, Text, destination},
};
use crate::render::pdf::page::{Bookmark, Layout};

/// Adds the outline and gives its root; none without headings.
pub fn add(file: &mut File, layout: &Layout, pages: &[Id]) -> Option<Id> {
    if layout.outline.is_empty() {
        return None;
    }
    let root = file.reserve();
    let ids: Vec<Id> = layout.outline.iter().map(|_| file.reserve()).collect();
    let outline_tree = OutlineTree::of(&layout.outline);
    file.set(root, ends(Dict::new().set("Type", Name("Outlines")), &outline_tree.top, &ids, 1));
    for ((bookmark, branch), &id) in layout.outline.iter().zip(&outline_tree.list).zip(&ids) {
        let number = |item: Option<usize>| item.and_then(|item| ids.get(item));
        let item = Dict::new()
            .set("Title", Text(&bookmark.text))
            .set("Parent", number(branch.parent).unwrap_or(&root))
            .set_if_some("Dest", destination(layout, bookmark.position, pages))
            .set_if_some("Prev", number(branch.before))
            .set_if_some("Next", number(branch.after));
        // A negative count: closed until the reader opens it.
        file.set(id, ends(item, &branch.children, &ids, -1));
    }
    Some(root)
}

/// Names the first and last child, and how many there are.
fn ends(entries: Dict, children: &[usize], ids: &[Id], sign: i64) -> Dict {
    let id = |child: Option<&usize>| child.and_then(|&child| ids.get(child));
    let (Some(first), Some(last)) = (id(children.first()), id(children.last())) else { return entries };
    entries.set("First", first).set("Last", last).set("Count", sign * children.len() as i64)
}

/// How headings hang together.
#[derive(Default)]
struct OutlineTree {
    top: Vec<usize>,
    list: Vec<OutlineNode>,
}

#[derive(Default)]
struct OutlineNode {
    parent: Option<usize>,
    before: Option<usize>,
    after: Option<usize>,
    children: Vec<usize>,
}

impl OutlineTree {
    /// A heading is under the last one before it of a higher rank.
    fn of(outline: &[Bookmark]) -> Self {
        let mut outline_tree = Self::default();
        let mut above: Vec<usize> = Vec::new();
        for (i, bookmark) in outline.iter().enumerate() {
            while above.last().is_some_and(|&last| outline[last].level >= bookmark.level) {
                above.pop();
            }
            let parent = above.last().copied();
            let siblings = match parent {
                Some(parent) => &mut outline_tree.list[parent].children,
                None => &mut outline_tree.top,
            };
            let before = siblings.last().copied();
            siblings.push(i);
            if let Some(before) = before {
                outline_tree.list[before].after = Some(i);
            }
            outline_tree.list.push(OutlineNode { parent, before, ..OutlineNode::default() });
            above.push(i);
        }
        outline_tree
    }
}
