//! What each placed text is to a reader who cannot see the page: the structure tree.

/// An element's place in its `Tree`.
pub type NodeId = usize;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// An address outside the file.
    Uri(String),
    /// The copy of a note on the same page.
    Note(usize),
    /// A place in the release.
    Landmark(Landmark),
}

/// What a link or the outline can lead to in the release, by its id. A page and a heading may have the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Landmark {
    Page(String),
    /// A heading, table or chart.
    Block(String),
}

/// Which way a head cell heads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    Row,
    Column,
}

/// What an element is.
#[derive(Debug, Clone, PartialEq)]
pub enum Role {
    Document,
    Section,
    /// From 1, the title.
    Heading(u8),
    Paragraph,
    Quote,
    /// The list of contents.
    Contents,
    ContentsItem,
    /// Whether its items are numbered.
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
    /// What it shows, in words.
    Figure(String),
    Note(usize),
    NoteLabel,
    /// The mark of a note.
    Reference,
    /// Where it leads, and what that is in words.
    Link(Target, String),
}

/// An element. Its children are those whose `parent` it is, in the order in which they are first placed.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    pub role: Role,
    pub parent: Option<NodeId>,
}

/// All elements of a release; the first is the document itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    pub nodes: Vec<Node>,
}

impl Tree {
    /// The document, still without parts.
    pub fn new() -> Self {
        Self { nodes: vec![Node { role: Role::Document, parent: None }] }
    }

    /// The document's own element.
    pub const ROOT: NodeId = 0;

    /// Adds an element below `parent`.
    pub fn add(&mut self, parent: NodeId, role: Role) -> NodeId {
        self.nodes.push(Node { role, parent: Some(parent) });
        self.nodes.len() - 1
    }

    /// Adds an element below `parent`, if there is one: what is set without a parent stays untagged.
    pub fn below(&mut self, parent: Option<NodeId>, role: Role) -> Option<NodeId> {
        parent.map(|parent| self.add(parent, role))
    }
}

impl Default for Tree {
    fn default() -> Self {
        Self::new()
    }
}
