//! A line of text, and the measure that it is set to.

use crate::render::pdf::{
    page::{Item, TextRun},
    print_templates::Alignment,
    style::Pt,
};

/// A line of text; its runs start at 0 and are on baseline 0.
#[derive(Debug, Clone, Default)]
pub struct Line {
    pub runs: Vec<TextRun>,
    /// Without the space at its end.
    pub width: Pt,
    /// The notes that it has marks of.
    pub notes: Vec<usize>,
}

/// How wide lines may be: the first, and those after it, which hang in by the difference.
#[derive(Debug, Clone, Copy)]
pub struct Measure {
    pub width: Pt,
    pub hang: Pt,
}

impl From<Pt> for Measure {
    fn from(width: Pt) -> Self {
        Self { width, hang: 0.0 }
    }
}

impl Line {
    /// Moves it to a side of its measure.
    pub fn align(&mut self, side: Alignment, width: Pt) {
        let by = match side {
            Alignment::Left => 0.0,
            Alignment::Centre => (width - self.width) / 2.0,
            Alignment::Right => width - self.width,
        };
        self.runs.iter_mut().for_each(|run| run.x += by);
    }

    /// The line's items with its start at `x` and its baseline at `y`.
    pub fn at(self, x: Pt, y: Pt) -> impl Iterator<Item = Item> {
        self.runs.into_iter().map(move |run| Item::Text(run).translated(x, y))
    }
}
