//! A line of text, and the widths that lines are filled to.

use crate::render::pdf::{
    page::{Item, TextRun},
    print_templates::Alignment,
    style::Pt,
};

/// A line of text; its runs begin at x = 0 on baseline 0.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// From left to right.
    pub runs: Vec<TextRun>,
    /// The width without trailing space.
    pub width: Pt,
    /// The numbers of the notes that its marks refer to.
    pub notes: Vec<usize>,
}

/// The maximum width of lines; later lines are narrower because of the hanging indent.
#[derive(Debug, Clone, Copy)]
pub struct LineWidths {
    /// The width of the first line.
    pub width: Pt,
    /// The hanging indent of later lines.
    pub hang: Pt,
}

impl From<Pt> for LineWidths {
    fn from(width: Pt) -> Self {
        Self { width, hang: 0.0 }
    }
}

impl LineWidths {
    /// The width of the first line, or of a later one.
    pub fn limit(self, is_first: bool) -> Pt {
        if is_first { self.width } else { self.width - self.hang }
    }
}

impl Line {
    /// Aligns the line within `width`.
    pub fn align(&mut self, side: Alignment, width: Pt) {
        let by = match side {
            Alignment::Left => 0.0,
            Alignment::Centre => (width - self.width) / 2.0,
            Alignment::Right => width - self.width,
        };
        self.runs.iter_mut().for_each(|run| run.x += by);
    }

    /// The line's items with its start at `x` and its baseline at `y`.
    pub fn into_items(self, x: Pt, y: Pt) -> impl Iterator<Item = Item> {
        self.runs.into_iter().map(move |run| Item::Text(run).translate(x, y))
    }
}
