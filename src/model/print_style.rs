//! A style of print: sheet, sizes and spaces, as a designer writes them.

use super::Decimal;

/// What `templates/print/style.toml` says. Lengths are points, 1/72 inch.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PrintStyle {
    pub sheet: Sheet,
    /// Top, right, bottom and left.
    pub margins: [Decimal; 4],
    pub landscape_margins: [Decimal; 4],
    /// How far from the sheet's edge the running head, the foot and a draft's mark are.
    pub head: Decimal,
    pub foot: Decimal,
    pub banner: Decimal,
    /// Sizes of type, each with its leading.
    pub body: [Decimal; 2],
    pub title: [Decimal; 2],
    pub headings: Vec<[Decimal; 2]>,
    pub caption: [Decimal; 2],
    pub note: [Decimal; 2],
    pub furniture: [Decimal; 2],
    /// The size tables are set in, the smallest they may shrink to, and the leading in the type size.
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

/// A size of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sheet {
    #[default]
    A4,
    Letter,
}

impl Sheet {
    /// The words of the style file.
    pub const WORDS: [(&'static str, Self); 2] = [("A4", Self::A4), ("Letter", Self::Letter)];
}
