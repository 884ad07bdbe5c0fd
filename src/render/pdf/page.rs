//! Pages of placed items: the result of layout, which `paint` writes and tests read.

use std::{collections::BTreeMap, fmt::Write};

use super::{
    picture::PrintPicture,
    structure_tree::{Landmark, NodeId, Tree},
    style::{Colour, Pt},
};
use crate::present::document::Revision;

/// A laid-out release.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Layout {
    /// The sheets in order.
    pub pages: Vec<Page>,
    /// The structure tree of all pages.
    pub tree: Tree,
    /// Bookmarks of headings and tables, in order.
    pub outline: Vec<Bookmark>,
    /// The pictures, each once.
    pub pictures: Vec<PrintPicture>,
    /// The positions of headings, tables, charts and narrative pages.
    pub landmarks: BTreeMap<Landmark, Position>,
}

/// The target of a link or bookmark.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    /// The index of the page, from 0.
    pub page: usize,
    /// The distance from the top of the page.
    pub y: Pt,
}

/// An entry of the outline: a heading, or a table below it.
#[derive(Debug, Clone, PartialEq)]
pub struct Bookmark {
    /// The level, from 1.
    pub level: u8,
    /// The displayed text.
    pub text: String,
    /// Its target.
    pub position: Position,
}

/// One page: items in reading order, positioned relative to the top left corner, with y pointing down.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The width of the sheet.
    pub width: Pt,
    /// The height of the sheet.
    pub height: Pt,
    /// In reading order.
    pub items: Vec<Item>,
    /// The top of the page's copy of each note, by note number.
    pub notes: BTreeMap<usize, Pt>,
}

/// Something placed on a page.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A run of text.
    Text(TextRun),
    /// A horizontal rule.
    Rule(Rule),
    /// A shape of a chart.
    Shape(Shape),
    /// A picture.
    Picture(PlacedPicture),
    /// The word across a draft.
    Watermark(Watermark),
    /// A placeholder for a page number.
    PageReference(PageReference),
    /// An element without visible content, such as a blank cell.
    Empty(NodeId),
}

/// A run of text on one baseline, with the same face, size, colour and element.
#[derive(Debug, Clone, PartialEq)]
pub struct TextRun {
    /// The left end.
    pub x: Pt,
    /// The distance of the baseline from the top.
    pub baseline: Pt,
    /// The sum of all advances.
    pub width: Pt,
    /// The type size.
    pub size: Pt,
    /// The index of the face.
    pub face: usize,
    /// The colour of the glyphs.
    pub colour: Colour,
    /// The text, for extraction.
    pub text: String,
    /// The glyphs, which cover `text` in order.
    pub glyphs: Vec<Glyph>,
    /// The element it belongs to; `None` for page furniture and repeated heads.
    pub tag: Option<NodeId>,
    /// What became of it, in a redline.
    pub revision: Option<Revision>,
}

/// A glyph of a face, which represents the next `bytes` of the text of its run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// The glyph id in the face.
    pub id: u16,
    /// How many bytes of the text it represents.
    pub bytes: u8,
    /// How far the pen moves, in 1/1000 of the type size.
    pub advance: f32,
}

/// A word across the page, which is not part of the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Watermark {
    /// The run without rotation.
    pub run: TextRun,
    /// The rotation about its left end, counterclockwise, in radians.
    pub angle: f32,
}

/// A placeholder for a right-aligned page number.
#[derive(Debug, Clone, PartialEq)]
pub struct PageReference {
    /// The landmark whose page number is shown.
    pub landmark: Landmark,
    /// The right end of the number.
    pub right: Pt,
    /// The distance of the baseline from the top.
    pub baseline: Pt,
    /// The type size.
    pub size: Pt,
    /// The colour of the digits.
    pub colour: Colour,
    /// The element it belongs to.
    pub tag: Option<NodeId>,
}

/// A picture at its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlacedPicture {
    /// The index in `Layout::pictures`.
    pub index: usize,
    /// The left and upper edge.
    pub x: Pt,
    pub y: Pt,
    pub width: Pt,
    pub height: Pt,
    /// The element it belongs to; `None` for a logo beside the name it stands for.
    pub tag: Option<NodeId>,
}

/// A horizontal rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// The left end.
    pub x: Pt,
    /// The vertical centre.
    pub y: Pt,
    /// The length.
    pub width: Pt,
    /// The height of the filled bar.
    pub thickness: Pt,
    /// The fill colour.
    pub colour: Colour,
}

/// A path: a filled polygon, or a polyline.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// The points as x and y.
    pub points: Vec<[Pt; 2]>,
    /// The thickness of a polyline; `None` for a filled polygon.
    pub thickness: Option<Pt>,
    /// The fill or stroke colour.
    pub colour: Colour,
    /// The element it belongs to.
    pub tag: Option<NodeId>,
}

impl Item {
    /// Moves the item by an offset.
    pub fn translate(mut self, dx: Pt, dy: Pt) -> Self {
        match &mut self {
            Self::Text(run) => {
                run.x += dx;
                run.baseline += dy;
            }
            Self::Rule(rule) => {
                rule.x += dx;
                rule.y += dy;
            }
            Self::Shape(shape) => shape.points.iter_mut().for_each(|[x, y]| {
                *x += dx;
                *y += dy;
            }),
            Self::Picture(picture) => {
                picture.x += dx;
                picture.y += dy;
            }
            Self::Watermark(Watermark { run, .. }) => {
                run.x += dx;
                run.baseline += dy;
            }
            Self::PageReference(number) => {
                number.right += dx;
                number.baseline += dy;
            }
            Self::Empty(_) => {}
        }
        self
    }

    /// The item outside the structure tree, for a repeated head; `None` if it has no visible content.
    pub fn without_tag(mut self) -> Option<Self> {
        match &mut self {
            Self::Text(run) => run.tag = None,
            Self::Shape(shape) => shape.tag = None,
            Self::Picture(picture) => picture.tag = None,
            Self::PageReference(number) => number.tag = None,
            Self::Rule(_) | Self::Watermark(_) => {}
            Self::Empty(_) => return None,
        }
        Some(self)
    }
}

impl Page {
    /// The runs of text on the page, without watermarks.
    pub fn runs(&self) -> impl Iterator<Item = &TextRun> {
        self.items.iter().filter_map(|item| match item {
            Item::Text(run) => Some(run),
            _ => None,
        })
    }

    /// The runs of text on the page, with watermarks.
    pub fn all_runs(&self) -> impl Iterator<Item = &TextRun> {
        self.items.iter().filter_map(|item| match item {
            Item::Text(run) | Item::Watermark(Watermark { run, .. }) => Some(run),
            _ => None,
        })
    }

    /// The page as text for debugging: each run with its position, size and face on a line.
    pub fn dump(&self) -> String {
        let mut out = format!("page {:.0} x {:.0}\n", self.width, self.height);
        for run in self.runs() {
            // Writing to a String cannot fail.
            let _ = writeln!(out, "{:7.2} {:7.2} {:5.2} {} {}", run.x, run.baseline, run.size, run.face, run.text);
        }
        out
    }

    /// The lines of text on the page from top to bottom, with ` | ` for a gap between runs.
    pub fn lines(&self) -> Vec<String> {
        let mut runs: Vec<&TextRun> = self.runs().collect();
        runs.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
        // The baselines of note marks differ from that of the text by less than this.
        let rows = runs.chunk_by_mut(|a, b| b.baseline - a.baseline < 4.2);
        rows.map(line_text).collect()
    }
}

/// The text of the runs of a line from left to right.
fn line_text(runs: &mut [&TextRun]) -> String {
    runs.sort_by(|a, b| a.x.total_cmp(&b.x));
    let mut line = String::new();
    let mut end = None;
    for run in runs {
        let gap = if end.is_some_and(|end: Pt| run.x - end > 3.0) { " | " } else { "" };
        line = format!("{}{gap}{}", if gap.is_empty() { &line } else { line.trim_end() }, run.text);
        end = Some(run.x + run.width);
    }
    line.trim_end().to_owned()
}
