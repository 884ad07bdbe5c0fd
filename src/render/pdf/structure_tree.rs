//! The structure tree, which tells screen readers the role of each placed item.

/// The index of a node in its `Tree`.
pub type NodeId = usize;

/// The target of a link.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// An address outside the file.
    Uri(String),
    /// The copy of a note on the same page.
    Note(usize),
    /// A place in the release.
    Landmark(Landmark),
}

/// A place in the release that links and bookmarks can target, by id. A page and a block may have the same id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Landmark {
    /// A narrative page.
    Page(String),
    /// A heading, table or chart.
    Block(String),
}

/// Whether a head cell is the head of its row or of its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    Row,
    Column,
}

/// The role of an element.
#[derive(Debug, Clone, PartialEq)]
pub enum Role {
    Document,
    Section,
    /// A heading, with its level from 1.
    Heading(u8),
    Paragraph,
    Quote,
    /// The list of contents.
    Contents,
    ContentsItem,
    /// A list; true if its items are numbered.
    List(bool),
    Item,
    ItemLabel,
    ItemBody,
    Table,
    Caption,
    Head,
    Body,
    Row,
    HeadCell {
        scope: Scope,
        columns: usize,
        rows: usize,
    },
    Cell,
    /// Text that is read out differently from how it is printed, with the words to read.
    Spoken(String),
    /// A figure, with its alternative text.
    Figure(String),
    /// A note, with its number.
    Note(usize),
    NoteLabel,
    /// A note mark or an entry of the contents.
    Reference,
    /// A link, with its target and a description.
    Link(Target, String),
}

/// An element. Its children are the nodes with it as `parent`, in the order in which they are first placed.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Its role.
    pub role: Role,
    /// `None` only for the root.
    pub parent: Option<NodeId>,
}

/// All elements of a release; the first is the root.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    /// In the order of layout.
    pub nodes: Vec<Node>,
}

impl Tree {
    /// A tree with only the root.
    pub fn new() -> Self {
        Self { nodes: vec![Node { role: Role::Document, parent: None }] }
    }

    /// The element of the document.
    pub const ROOT: NodeId = 0;

    /// Adds an element below `parent`.
    pub fn add(&mut self, parent: NodeId, role: Role) -> NodeId {
        self.nodes.push(Node { role, parent: Some(parent) });
        self.nodes.len() - 1
    }

    /// Adds an element below `parent`. Without a parent it adds nothing, and the content is untagged.
    pub fn add_below(&mut self, parent: Option<NodeId>, role: Role) -> Option<NodeId> {
        parent.map(|parent| self.add(parent, role))
    }
}

impl Default for Tree {
    fn default() -> Self {
        Self::new()
    }
}
