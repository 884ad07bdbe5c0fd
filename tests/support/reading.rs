//! The content of a release, published or built, as tests compare it: tables, and blocks of text around them.

/// A table as read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// The heading over it; none when the print gives it none of its own.
    pub caption: Option<String>,
    /// One path per column of figures, head texts from the top down joined by ` / `.
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
}

/// A row as read: as many cells as the table has columns.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    pub label: String,
    pub cells: Vec<String>,
}

/// A paragraph, list item, heading or caption.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    pub text: String,
    /// Whether it is a heading or caption, which may say more than the printed one.
    pub title: bool,
}

/// Everything read from one output.
#[derive(Debug, Default)]
pub struct Reading {
    pub tables: Vec<Table>,
    pub blocks: Vec<Block>,
}

impl Reading {
    /// Adds a block unless it is empty.
    pub fn push(&mut self, text: &str, title: bool) {
        let text = tidy(text);
        if !text.is_empty() {
            self.blocks.push(Block { text, title });
        }
    }
}

/// Whether a cell counts as a figure: it contains a digit.
pub fn is_figure(cell: &str) -> bool {
    cell.contains(|c: char| c.is_ascii_digit())
}

/// Text with one kind of quote and dash, single spaces, and none around a dash or before a colon.
pub fn tidy(text: &str) -> String {
    let mut tidied = straighten(text).split_whitespace().collect::<Vec<_>>().join(" ");
    for (spaced, close) in [(" -", "-"), ("- ", "-"), (" :", ":")] {
        tidied = tidied.replace(spaced, close);
    }
    tidied
}

/// A cell exactly as printed, but for the spaces around it and the kind of dash that stands for nil.
pub fn tidy_cell(text: &str) -> String {
    let cell = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let dash = straighten(&cell);
    if dash == "-" { dash } else { cell }
}

/// Typographic quotes and dashes as typewriter ones.
pub fn straighten(text: &str) -> String {
    text.chars()
        .filter(|&c| c != '\u{ad}')
        .map(|c| match c {
            '\u{2018}' | '\u{2019}' => '\'',
            '\u{201c}' | '\u{201d}' => '"',
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            other => other,
        })
        .collect()
}

#[test]
fn typography_is_not_a_difference_but_digits_and_brackets_are() {
    assert_eq!(tidy("Other\u{a0}expense — net :"), "Other expense-net:");
    assert_eq!(tidy("IIJ’s “GIO”"), "IIJ's \"GIO\"");
    assert_eq!(tidy_cell(" – "), "-");
    assert_ne!(tidy_cell("(2.5%)"), tidy_cell("−2.5%"));
}
