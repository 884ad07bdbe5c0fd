//! Files that are embedded in the PDF, so that readers can extract the numbers.

/// An embedded file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// The file name; unique within the PDF.
    pub name: String,
    /// The media type, such as `text/csv`.
    pub media_type: &'static str,
    /// A description for readers.
    pub description: String,
    /// How it relates to the document.
    pub relation: Relation,
    /// The content.
    pub bytes: Vec<u8>,
}

/// How a file relates to the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// A file of the dataset that the document was rendered from.
    Source,
    /// The data of a table of the document.
    Data,
}
