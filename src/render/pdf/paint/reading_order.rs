//! In which order a structure tree's elements come, and which marked content is whose.

use std::collections::BTreeMap;

use crate::render::pdf::{
    page::{Page, TextRun},
    structure_tree::{NodeId, Role, Tree},
    style::Pt,
};

/// What is directly in an element.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kid {
    Element(u32),
    /// Marked content: page and number on it.
    Content(u32, u32),
}

/// A link's area on a page: left, bottom, right and top, from the lower left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    pub node: NodeId,
    pub page: usize,
    pub sides: [Pt; 4],
}

/// The order of reading, which is the order of placing.
#[derive(Debug)]
pub struct ReadingOrder<'t> {
    tree: &'t Tree,
    /// By element. One that was never placed has no kids and is in no other's.
    kids: Vec<Vec<Kid>>,
    placed: Vec<bool>,
    /// By page: whose each marked content is.
    pub owners: Vec<Vec<u32>>,
    pub areas: Vec<Area>,
    /// Where each figure is on its page, as sides like those of an area.
    pub figures: BTreeMap<NodeId, [Pt; 4]>,
}

impl<'t> ReadingOrder<'t> {
    /// Nothing placed yet, on so many pages.
    pub fn new(tree: &'t Tree, pages: usize) -> Self {
        let count = tree.nodes.len();
        let mut placed = vec![false; count];
        if let Some(root) = placed.get_mut(Tree::ROOT) {
            *root = true;
        }
        let (kids, owners) = (vec![Vec::new(); count], vec![Vec::new(); pages]);
        Self { tree, kids, placed, owners, areas: Vec::new(), figures: BTreeMap::new() }
    }

    /// Whether the element is in the document.
    pub fn is_placed(&self, node: NodeId) -> bool {
        self.placed.get(node).copied().unwrap_or(false)
    }

    /// What is in an element, in the order of reading.
    pub fn kids(&self, node: NodeId) -> &[Kid] {
        self.kids.get(node).map_or(&[], Vec::as_slice)
    }

    /// An element's place in the order is where it first appears.
    pub fn place(&mut self, node: NodeId) {
        match self.placed.get_mut(node) {
            Some(placed) if !*placed => *placed = true,
            _ => return,
        }
        let Some(parent) = self.tree.nodes.get(node).and_then(|node| node.parent) else { return };
        self.place(parent);
        if let Some(kids) = self.kids.get_mut(parent) {
            kids.push(Kid::Element(to_u32(node)));
        }
    }

    /// Opens marked content of an element and gives its number on the page.
    pub fn mark(&mut self, node: NodeId, page: usize) -> usize {
        self.place(node);
        let Some(owners) = self.owners.get_mut(page) else { return 0 };
        owners.push(to_u32(node));
        let number = owners.len() - 1;
        if let Some(kids) = self.kids.get_mut(node) {
            kids.push(Kid::Content(to_u32(page), to_u32(number)));
        }
        number
    }

    /// Widens a figure by what is drawn of it, given by its corners, measured from the page's top.
    pub fn figure(&mut self, node: Option<NodeId>, page: &Page, corners: impl IntoIterator<Item = [Pt; 2]>) {
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

    /// Notes the area of a run that is part of a link.
    pub fn link(&mut self, run: &TextRun, page: &Page, number: usize) {
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

/// A number as it is kept: a release of a million pages has hundreds of millions of elements.
fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
