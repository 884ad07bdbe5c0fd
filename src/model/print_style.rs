//! The print style: sheet, sizes and spaces.

use super::Decimal;

/// The contents of `templates/print/style.toml`. Lengths are in points, 1/72 inch.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PrintStyle {
    pub sheet: Sheet,
    /// Top, right, bottom and left.
    pub margins: [Decimal; 4],
    pub landscape_margins: [Decimal; 4],
    /// The distance of the running head, the foot and the draft banner from the edge of the sheet.
    pub head: Decimal,
    pub foot: Decimal,
    pub banner: Decimal,
    /// Type sizes, each with its leading.
    pub body: [Decimal; 2],
    pub title: [Decimal; 2],
    pub headings: Vec<[Decimal; 2]>,
    pub caption: [Decimal; 2],
    pub note: [Decimal; 2],
    pub furniture: [Decimal; 2],
    /// The type size of tables, the smallest size to which they may shrink, and their leading as a multiple of the
    /// size.
    pub table: Decimal,
    pub table_least: Decimal,
    pub table_leading: Decimal,
    pub paragraph_gap: Decimal,
    pub heading_gaps: Vec<Decimal>,
    pub table_gap: Decimal,
    pub list_indent: Decimal,
    pub hairline: Decimal,
    pub heavy_rule: Decimal,
}

/// A paper size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sheet {
    #[default]
    A4,
    Letter,
}

impl Sheet {
    /// Each size with its word in the style file.
    pub const WORDS: [(&'static str, Self); 2] = [("A4", Self::A4), ("Letter", Self::Letter)];
}
