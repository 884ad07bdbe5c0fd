//! Collects the reading order of elements, and the owner of each marked content.

use std::collections::BTreeMap;

use crate::render::pdf::{
    page::{Page, TextRun},
    structure_tree::{NodeId, Role, Tree},
    style::Pt,
};

/// A direct child of an element.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Child {
    /// Another element.
    Element(u32),
    /// Marked content: page index and number on the page.
    Content(u32, u32),
}

/// The area of a link on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// The element of the link.
    pub node: NodeId,
    /// The index of the page.
    pub page: usize,
    /// Left, bottom, right and top, from the lower left corner.
    pub sides: [Pt; 4],
}

/// The reading order, which is the order in which items are placed.
#[derive(Debug)]
pub struct ReadingOrder<'t> {
    tree: &'t Tree,
    /// The children of each element. An element that was never placed has none and is no child.
    children: Vec<Vec<Child>>,
    placed: Vec<bool>,
    /// The element of each marked content, by page.
    pub owners: Vec<Vec<u32>>,
    /// The link areas of all pages.
    pub areas: Vec<Area>,
    /// The bounding box of each figure, like `Area::sides`.
    pub figures: BTreeMap<NodeId, [Pt; 4]>,
}

impl<'t> ReadingOrder<'t> {
    /// An empty reading order for `pages` pages.
    pub fn new(tree: &'t Tree, pages: usize) -> Self {
        let count = tree.nodes.len();
        let mut placed = vec![false; count];
        if let Some(root) = placed.get_mut(Tree::ROOT) {
            *root = true;
        }
        let (children, owners) = (vec![Vec::new(); count], vec![Vec::new(); pages]);
        Self { tree, children, placed, owners, areas: Vec::new(), figures: BTreeMap::new() }
    }

    /// Whether the element has been placed.
    pub fn is_placed(&self, node: NodeId) -> bool {
        self.placed.get(node).copied().unwrap_or(false)
    }

    /// The children of an element, in reading order.
    pub fn children(&self, node: NodeId) -> &[Child] {
        self.children.get(node).map_or(&[], Vec::as_slice)
    }

    /// Adds an element, and its parents, where it first appears.
    pub fn place(&mut self, node: NodeId) {
        match self.placed.get_mut(node) {
            Some(placed) if !*placed => *placed = true,
            _ => return,
        }
        let Some(parent) = self.tree.nodes.get(node).and_then(|node| node.parent) else { return };
        self.place(parent);
        if let Some(children) = self.children.get_mut(parent) {
            children.push(Child::Element(to_u32(node)));
        }
    }

    /// Adds marked content of an element and returns its number on the page.
    pub fn add_marked_content(&mut self, node: NodeId, page: usize) -> u32 {
        self.place(node);
        let Some(owners) = self.owners.get_mut(page) else { return 0 };
        owners.push(to_u32(node));
        let number = to_u32(owners.len() - 1);
        if let Some(children) = self.children.get_mut(node) {
            children.push(Child::Content(to_u32(page), number));
        }
        number
    }

    /// Extends the bounding box of a figure by points, measured from the top of the page.
    pub fn extend_figure(&mut self, node: Option<NodeId>, page: &Page, corners: impl IntoIterator<Item = [Pt; 2]>) {
        let Some(node) = node else { return };
        if !self.tree.nodes.get(node).is_some_and(|node| matches!(node.role, Role::Figure(_))) {
            return;
        }
        let nothing = [Pt::MAX, Pt::MAX, Pt::MIN, Pt::MIN];
        let [left, bottom, right, top] = self.figures.entry(node).or_insert(nothing);
        for [x, y] in corners {
            let y = page.height - y;
            (*left, *bottom) = (left.min(x), bottom.min(y));
            (*right, *top) = (right.max(x), top.max(y));
        }
    }

    /// Records the area of a run that is part of a link.
    pub fn add_link_area(&mut self, run: &TextRun, page: &Page, number: usize) {
        let Some(node) = run.tag else { return };
        if !self.tree.nodes.get(node).is_some_and(|node| matches!(node.role, Role::Link(..))) {
            return;
        }
        let y = page.height - run.baseline;
        let sides = [run.x, y - 0.25 * run.size, run.x + run.width, y + 0.85 * run.size];
        match self.areas.last_mut() {
            Some(last) if last.node == node && last.page == number && last.sides[1] == sides[1] => {
                last.sides[2] = sides[2];
            }
            _ => self.areas.push(Area { node, page: number, sides }),
        }
    }
}

/// Converts an index to `u32`, which halves the memory of large releases.
fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
