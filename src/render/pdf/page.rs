//! Pages of placed items: what layout hands to the painter, and what tests read.

use std::{collections::BTreeMap, fmt::Write};

use super::{
    structure_tree::{Landmark, NodeId, Tree},
    style::{Colour, Pt},
};

/// A laid-out release.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Layout {
    pub pages: Vec<Page>,
    pub tree: Tree,
    /// Headings and tables in order.
    pub outline: Vec<Bookmark>,
    /// Where headings, tables, charts and narrative pages begin.
    pub landmarks: BTreeMap<Landmark, Position>,
}

/// A point that a link or bookmark leads to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    /// Page from 0, and distance from its top.
    pub page: usize,
    pub y: Pt,
}

/// A heading in the outline, or a table below it.
#[derive(Debug, Clone, PartialEq)]
pub struct Bookmark {
    /// From 1.
    pub level: u8,
    pub text: String,
    pub position: Position,
}

/// One page: items in reading order, measured from its top left corner.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    pub width: Pt,
    pub height: Pt,
    pub items: Vec<Item>,
    /// Where the page's copy of each note begins.
    pub notes: BTreeMap<usize, Pt>,
}

/// Something placed on a page.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    Text(TextRun),
    Rule(Rule),
    Shape(Shape),
    Watermark(Watermark),
    /// A page's number, before it is known.
    PageReference(PageReference),
    /// An element that shows nothing, such as a blank cell.
    Empty(NodeId),
}

/// Text of one face, size and element on one baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct TextRun {
    pub x: Pt,
    pub baseline: Pt,
    pub width: Pt,
    pub size: Pt,
    /// Which of the faces.
    pub face: usize,
    pub colour: Colour,
    pub text: String,
    pub glyphs: Vec<Glyph>,
    /// The element it belongs to; none for page furniture and repetitions.
    pub tag: Option<NodeId>,
}

/// A shape of a face, standing for the next `bytes` of its run's text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    pub id: u16,
    pub bytes: u8,
    /// How far the pen moves, in 1/1000 of the type size.
    pub advance: f32,
}

/// A word across the page, which is no part of the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Watermark {
    /// As it would stand upright.
    pub run: TextRun,
    /// How far it is turned about its beginning, counterclockwise, in radians.
    pub angle: f32,
}

/// Where the number of a page is to be: its last digit ends at `right`.
#[derive(Debug, Clone, PartialEq)]
pub struct PageReference {
    pub of: Landmark,
    pub right: Pt,
    pub baseline: Pt,
    pub size: Pt,
    pub colour: Colour,
    pub tag: Option<NodeId>,
}

/// A filled bar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    pub x: Pt,
    /// The middle of the bar.
    pub y: Pt,
    pub width: Pt,
    pub thickness: Pt,
    pub colour: Colour,
}

/// A path: a filled area, or a line of some thickness.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    pub points: Vec<[Pt; 2]>,
    /// None fills the area.
    pub thickness: Option<Pt>,
    pub colour: Colour,
    /// The element it belongs to.
    pub tag: Option<NodeId>,
}

impl Item {
    /// The same item, moved.
    pub fn translated(mut self, dx: Pt, dy: Pt) -> Self {
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

    /// The same item for a repetition: outside the structure tree. What shows nothing is not repeated.
    pub fn untagged(mut self) -> Option<Self> {
        match &mut self {
            Self::Text(run) => run.tag = None,
            Self::Shape(shape) => shape.tag = None,
            Self::PageReference(number) => number.tag = None,
            Self::Rule(_) | Self::Watermark(_) => {}
            Self::Empty(_) => return None,
        }
        Some(self)
    }
}

impl Page {
    /// The texts of the page.
    pub fn runs(&self) -> impl Iterator<Item = &TextRun> {
        self.items.iter().filter_map(|item| match item {
            Item::Text(run) => Some(run),
            _ => None,
        })
    }

    /// The same with what is across the page.
    pub fn all_runs(&self) -> impl Iterator<Item = &TextRun> {
        self.items.iter().filter_map(|item| match item {
            Item::Text(run) | Item::Watermark(Watermark { run, .. }) => Some(run),
            _ => None,
        })
    }

    /// The page as text, one placed run a line, for tests and for eyes.
    pub fn dump(&self) -> String {
        let mut out = format!("page {:.0} x {:.0}\n", self.width, self.height);
        for run in self.runs() {
            // Writing to a String cannot fail.
            let _ = writeln!(out, "{:7.2} {:7.2} {:5.2} {} {}", run.x, run.baseline, run.size, run.face, run.text);
        }
        out
    }

    /// The page as a reader sees it: one line of text a line, a bar where there is a gap.
    pub fn lines(&self) -> Vec<String> {
        let mut runs: Vec<&TextRun> = self.runs().collect();
        runs.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
        // Marks are higher than the text that they belong to, but less than half a line.
        let rows = runs.chunk_by_mut(|a, b| b.baseline - a.baseline < 4.2);
        rows.map(line).collect()
    }
}

/// Runs from left to right.
fn line(runs: &mut [&TextRun]) -> String {
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
