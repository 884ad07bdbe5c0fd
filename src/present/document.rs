//! The document of a release: headings, paragraphs, lists, notes, tables and charts, with every figure formatted.
//!
//! Writers only arrange it: they format no number, look up no word and compute nothing.

mod cell;
mod data;
mod inline_text;
mod parts;

pub use cell::Cell;
pub use data::{
    Addend, Data, Fact, Groups, Labels, Line, Measure, Number, NumberFormat, Origin, Part, Period, StatedFigure,
    Statement, Sum, SumBy, Translation, Unit,
};
pub use inline_text::{note_marks, plain, superscript};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model;
pub use crate::model::{PictureKind, Typesetting};

/// A whole release, ready to be written.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Document {
    /// The release's folder name, the stem of its files.
    pub slug: String,
    /// BCP 47 language tag, `en`.
    pub language: String,
    /// The release's title, as printed.
    pub title: Vec<Inline>,
    /// The issuer's name.
    pub issuer: String,
    /// The issuer's legal entity identifier; may be empty.
    pub lei: String,
    /// The days that it reports on, as an ISO 8601 interval, `2009-04-01/2010-03-31`; empty without a period.
    pub covers: String,
    /// Lines above the title: "For Immediate Release", contacts.
    pub masthead: Vec<String>,
    /// Date of publication: ISO (`2010-05-14`) and as the language writes it (`May 14, 2010`).
    pub date: FormattedDate,
    /// What the release is, in one sentence; for page descriptions and document information. May be empty.
    pub description: String,
    /// The figures at the top of the first page. Only the HTML pages show them.
    pub headlines: Vec<Headline>,
    /// One per narrative file, in order. The first is the landing page.
    pub pages: Vec<Page>,
    /// Every note that is referred to, in the order of first reference; `Note::number` is its mark.
    pub notes: Vec<Note>,
    /// Set when the release is a draft with findings.
    pub draft: Option<Draft>,
    /// Fixed words of the release's language, by key (`page_of` = "Page {page} of {pages}", `contents`, `notes`, ...).
    pub words: BTreeMap<String, String>,
    /// How the language of the release is set.
    pub typesetting: Typesetting,
    /// The data behind the tables, for the formats that programs read. A translation has only the labels in it.
    pub data: Data,
    /// The texts of a translation that are in the language of the original; empty if it is complete.
    #[serde(skip)]
    pub untranslated: std::collections::BTreeSet<String>,
}

/// A date, for programs and for readers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FormattedDate {
    /// `2010-05-14`.
    pub iso: String,
    /// As the language writes it: `May 14, 2010`.
    pub text: String,
}

/// A figure at the head of the first page, compared with the prior period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Headline {
    pub label: Vec<Inline>,
    /// The period it is of, as printed; may be empty.
    pub period: String,
    /// As in a sentence: `JPY68,006 million`, or the mark for a figure that is not there.
    pub amount: Vec<Inline>,
    /// `up 16.9%`; empty where it is not compared.
    pub change: Vec<Inline>,
    /// The direction of the change, if it is a number.
    pub direction: Option<Trend>,
    pub prior: Option<PriorFigure>,
}

/// A headline's figure in the prior period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PriorFigure {
    pub period: String,
    pub amount: Vec<Inline>,
}

/// The direction of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Trend {
    Up,
    Down,
    Flat,
}

/// What a draft shows on every page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Draft {
    /// How many findings there are.
    pub findings: usize,
    /// The text to show: "Draft, not for publication: 3 findings are open".
    pub mark: String,
}

/// One narrative file: one HTML page, one part of the Markdown document and of the PDF.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Page {
    /// File stem without its number, `balance-sheets`; unique in the release. The HTML file is `<id>.html` (the first page's is `index.html`).
    pub id: String,
    /// Name in navigation and page titles, plain text.
    pub title: String,
    /// Whether the PDF starts it on a new sheet.
    pub new_sheet: bool,
    /// The most sheets that the PDF may take from here up to the next new sheet.
    pub sheets: Option<u8>,
    /// Whether it is set as a form, with little space between blocks.
    pub form: bool,
    pub blocks: Vec<Block>,
}

/// A block of a page.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// `level` 1 is a page's own heading (the release's title is above it), 2 below it, and so on. `id` is unique in the release.
    Heading {
        level: u8,
        id: String,
        text: Vec<Inline>,
    },
    Paragraph {
        text: Vec<Inline>,
    },
    /// Each item is blocks. `start` is the first number of an ordered list.
    List {
        start: Option<u64>,
        items: Vec<Vec<Block>>,
    },
    Quote {
        blocks: Vec<Block>,
    },
    /// Names, each with its value beside it.
    Pairs {
        pairs: Vec<Pair>,
    },
    Rule,
    Table(Box<Table>),
    Chart(Box<Chart>),
    Picture(Box<Picture>),
}

/// A name and its value: `Stock code number` and `3774`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pair {
    pub name: Vec<Inline>,
    /// Paragraphs.
    pub value: Vec<Block>,
}

/// A picture of the narrative.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Picture {
    pub page: PictureFile,
    /// The file for print, which is no SVG file.
    pub print: PictureFile,
    /// What it shows, in words.
    pub alt: String,
    /// The text below it; may be empty.
    pub caption: Vec<Inline>,
}

/// A file of a picture.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PictureFile {
    /// In the release's output folder, `pictures/plant.png`.
    pub path: String,
    #[serde(skip)]
    pub kind: PictureKind,
    /// In pixels.
    pub width: u32,
    pub height: u32,
    #[serde(skip)]
    pub bytes: std::sync::Arc<[u8]>,
}

impl From<&model::Picture> for PictureFile {
    fn from(picture: &model::Picture) -> Self {
        let model::Picture { path, kind, width, height, bytes } = picture.clone();
        Self { path, kind, width, height, bytes }
    }
}

/// A run of text within a block.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Inline {
    Text {
        text: String,
    },
    /// A figure in a sentence or label.
    Figure(Figure),
    Strong {
        text: Vec<Inline>,
    },
    Emphasis {
        text: Vec<Inline>,
    },
    Code {
        text: String,
    },
    /// Raised or lowered text: the 2 of m².
    Script {
        position: ScriptPosition,
        text: String,
    },
    Link {
        href: String,
        text: Vec<Inline>,
    },
    /// A mark that refers to `Document::notes[number - 1]`. `occurrence` counts the references to that note from 1, for unique
    /// anchors; `mark` is as in the note.
    NoteMark {
        number: usize,
        id: String,
        occurrence: usize,
        mark: Option<String>,
    },
    LineBreak,
    /// Text that another version of the release has not, or only it has. Only a redline has such text.
    Revised {
        how: Revision,
        text: Vec<Inline>,
    },
}

/// What became of a text between two versions of a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Revision {
    Deleted,
    Inserted,
}

/// Where raised or lowered text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ScriptPosition {
    Superscript,
    Subscript,
}

/// A number as the reader sees it, with what it is exactly.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// As printed: `(2.5%)`, `JPY68,006 million`.
    pub text: String,
    /// The number before rounding as a plain decimal, in the unit without its scale: `68006380000`, `-2.4722203971`.
    pub value: String,
    /// The figure's name, `is.total_revenues@fy2009`.
    pub source: String,
}

/// A note's text; referred to by `Inline::NoteMark`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Note {
    /// The dataset's name for it, usable in an anchor.
    pub id: String,
    /// From 1, in order of first reference in the document.
    pub number: usize,
    /// Its mark as the language writes it; `None` for a raised number.
    pub mark: Option<String>,
    pub text: Vec<Inline>,
    /// How many marks refer to it.
    pub references: usize,
}

/// A table, formatted: a grid of head cells over a label column and columns of cells.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Table {
    /// Unique in the release; rows are anchored at `<table>.<row>`.
    pub id: String,
    pub caption: Vec<Inline>,
    /// A line under the caption, "(Thousands of JPY)"; may be empty.
    pub unit_line: Vec<Inline>,
    /// Head rows, top to bottom. Each row lists the cells that begin in it, left to right, the label column included
    /// (its cell begins in the first row and spans all head rows).
    pub head: Vec<Vec<HeadCell>>,
    /// For each money or number column (the label column is not one): the texts above it, top to bottom, without repeats of a spanning cell.
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// Whether the PDF should turn the sheet for it.
    pub landscape: bool,
    /// Whether its cells are in boxes, over the whole width of the page.
    pub boxed: bool,
}

/// A chart, with its numbers. The writer draws it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Chart {
    /// Serialized as `drawn`, because `kind` is the tag of a block.
    #[serde(rename = "drawn")]
    pub kind: ChartKind,
    /// The numbers as a table; its id, caption and unit line are the chart's.
    pub table: Table,
    /// The labels along the axis, one for each point of a series, with the numbers of their notes.
    pub categories: Vec<String>,
    pub series: Vec<Series>,
    /// Whether the first page shows it too.
    pub headline: bool,
    /// The whole chart in words.
    pub alt: String,
    /// The name of the table of its numbers: "Figures".
    pub numbers: String,
    /// The notes of its labels.
    #[serde(skip)]
    pub notes: ChartNotes,
}

/// The ids of the notes that the labels of a chart refer to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ChartNotes {
    /// For each category.
    pub categories: Vec<Vec<String>>,
    /// For each series.
    pub series: Vec<Vec<String>>,
}

/// How a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChartKind {
    /// Columns beside each other.
    Bar,
    /// Columns on top of each other.
    Stacked,
    Line,
}

/// A series of a chart: as many points as there are categories.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Series {
    /// With the numbers of its notes.
    pub label: String,
    /// As many as the chart has categories.
    pub points: Vec<Cell>,
    /// Whether it is the total of the others. It is in the table, but not drawn.
    pub total: bool,
}

/// A cell of a table's head.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HeadCell {
    pub text: Vec<Inline>,
    /// How many grid columns and head rows it covers.
    pub colspan: usize,
    pub rowspan: usize,
    /// Whether it heads a group of columns (HTML `scope="colgroup"`) rather than one.
    pub group: bool,
}

/// A column of cells.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Column {
    /// The head texts over it, from the outermost group down; plain text.
    pub path: Vec<String>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// Unique in its table.
    pub id: String,
    pub kind: RowKind,
    /// 0 for none.
    pub indent: u8,
    pub label: Vec<Inline>,
    /// As many as the table has columns.
    pub cells: Vec<Cell>,
    /// In a redline: what changed cells showed before, by column; empty text for nothing.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub was: BTreeMap<usize, String>,
}

/// The kind of a row. It decides on rules and font weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowKind {
    Heading,
    Item,
    Subtotal,
    Total,
}
