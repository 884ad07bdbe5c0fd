//! Files that the PDF carries inside, for those who want the numbers rather than their print.

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// As a reader would save it; unique.
    pub name: String,
    /// `text/csv`.
    pub media_type: &'static str,
    /// What it is, for people.
    pub description: String,
    pub relation: Relation,
    pub bytes: Vec<u8>,
}

/// What a file is to the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// The document was made from it.
    Source,
    /// It is what a table shows.
    Data,
}
