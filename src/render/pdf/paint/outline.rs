//! Writes the outline: bookmarks of headings and tables as a tree.

use super::{
    file::File,
    syntax::{Dict, Id, Name, Text, destination},
};
use crate::render::pdf::page::{Bookmark, Layout};

/// Adds the outline and returns its root; `None` without bookmarks.
pub fn add(file: &mut File, layout: &Layout, pages: &[Id]) -> Option<Id> {
    if layout.outline.is_empty() {
        return None;
    }
    let root = file.reserve();
    let ids: Vec<Id> = layout.outline.iter().map(|_| file.reserve()).collect();
    let outline_tree = OutlineTree::new(&layout.outline);
    file.set(root, set_children(Dict::new().set("Type", Name("Outlines")), &outline_tree.roots, &ids, 1));
    for ((bookmark, branch), &id) in layout.outline.iter().zip(&outline_tree.nodes).zip(&ids) {
        let number = |item: Option<usize>| item.and_then(|item| ids.get(item));
        let item = Dict::new()
            .set("Title", Text(&bookmark.text))
            .set("Parent", number(branch.parent).unwrap_or(&root))
            .set_if_some("Dest", destination(layout, bookmark.position, pages))
            .set_if_some("Prev", number(branch.previous))
            .set_if_some("Next", number(branch.next));
        // A negative count means collapsed.
        file.set(id, set_children(item, &branch.children, &ids, -1));
    }
    Some(root)
}

/// Sets the first and last child, and their count.
fn set_children(entries: Dict, children: &[usize], ids: &[Id], sign: i64) -> Dict {
    let id = |child: Option<&usize>| child.and_then(|&child| ids.get(child));
    let (Some(first), Some(last)) = (id(children.first()), id(children.last())) else { return entries };
    entries.set("First", first).set("Last", last).set("Count", sign * children.len() as i64)
}

/// The bookmarks as a tree.
#[derive(Default)]
struct OutlineTree {
    roots: Vec<usize>,
    nodes: Vec<OutlineNode>,
}

#[derive(Default)]
struct OutlineNode {
    parent: Option<usize>,
    previous: Option<usize>,
    next: Option<usize>,
    children: Vec<usize>,
}

impl OutlineTree {
    /// The parent of a bookmark is the last one before it with a lower level number.
    fn new(outline: &[Bookmark]) -> Self {
        let mut outline_tree = Self::default();
        let mut above: Vec<usize> = Vec::new();
        for (i, bookmark) in outline.iter().enumerate() {
            while above.last().is_some_and(|&last| outline[last].level >= bookmark.level) {
                above.pop();
            }
            let parent = above.last().copied();
            let siblings = match parent {
                Some(parent) => &mut outline_tree.nodes[parent].children,
                None => &mut outline_tree.roots,
            };
            let previous = siblings.last().copied();
            siblings.push(i);
            if let Some(previous) = previous {
                outline_tree.nodes[previous].next = Some(i);
            }
            outline_tree.nodes.push(OutlineNode { parent, previous, ..OutlineNode::default() });
            above.push(i);
        }
        outline_tree
    }
}
