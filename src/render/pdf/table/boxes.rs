//! The rules of boxed tables: around the table, between its columns, and below its heads.

use crate::render::{
    head_grid::{Grid, GridCell},
    pdf::{
        layout_context::LayoutContext,
        line_box::LineBox,
        page::{Item, Rule},
        style::Pt,
    },
};

/// The space between a rule and the text beside it, in the type size.
pub const BOX_PADDING: f32 = 0.45;

/// The places of the rules between columns, in points from the left edge of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Boxes {
    /// The left edge of the table, the right edge of each column, that of the labels first.
    pub edges: Vec<Pt>,
    /// For each edge, the first row of the head that it divides; `None` where there is no rule.
    divided_from: Vec<Option<usize>>,
}

impl Boxes {
    /// The rules of a table whose columns end at these `edges`.
    pub fn new(grid: &Grid, edges: Vec<Pt>) -> Self {
        let last = edges.len().saturating_sub(1);
        let from = |edge: usize| if edge == 0 || edge == last { Some(0) } else { grid.first_divided_row(edge) };
        let divided_from = (0..edges.len()).map(from).collect();
        Self { edges, divided_from }
    }

    /// The left and right edge of a head cell.
    pub fn extent(&self, cell: &GridCell) -> (Pt, Pt) {
        let edge = |number: usize| self.edges.get(number).or(self.edges.last()).copied().unwrap_or_default();
        (edge(cell.column), edge(cell.column + cell.columns))
    }

    /// Adds the rules beside the cells of a row of the table.
    pub fn divide_row(&self, context: &LayoutContext, line_box: &mut LineBox) {
        let tops = self.divided_from.iter().map(|from| from.map(|_| 0.0)).collect::<Vec<_>>();
        self.divide(context, &tops, line_box);
    }

    /// Adds the rules around and between the cells of a head, whose rows end at `bottoms`.
    pub fn divide_head(&self, context: &LayoutContext, grid: &Grid, bottoms: &[Pt], line_box: &mut LineBox) {
        let top = |row: usize| row.checked_sub(1).and_then(|above| bottoms.get(above)).copied().unwrap_or_default();
        let tops: Vec<Option<Pt>> = self.divided_from.iter().map(|from| from.map(top)).collect();
        self.divide(context, &tops, line_box);
        let width = self.edges.last().copied().unwrap_or_default();
        line_box.items.push(across(context, 0.0, width, 0.0));
        for cell in grid.cells.iter().filter(|cell| cell.row + cell.rows < grid.rows) {
            let (left, right) = self.extent(cell);
            line_box.items.push(across(context, left, right, top(cell.row + cell.rows)));
        }
        if grid.rows > 0 && !grid.ends_with_units() {
            line_box.items.push(across(context, 0.0, width, top(grid.rows)));
        }
    }

    fn divide(&self, context: &LayoutContext, tops: &[Option<Pt>], line_box: &mut LineBox) {
        let height = line_box.height;
        let thickness = context.style.hairline;
        for (edge, top) in self.edges.iter().zip(tops) {
            let Some(top) = *top else { continue };
            let rule = Rule {
                x: edge - thickness / 2.0,
                y: (top + height) / 2.0,
                width: thickness,
                thickness: height - top,
                colour: context.style.ink,
            };
            line_box.items.push(Item::Rule(rule));
        }
    }
}

/// A rule across cells.
pub fn across(context: &LayoutContext, left: Pt, right: Pt, y: Pt) -> Item {
    let style = context.style;
    Item::Rule(Rule { x: left, y, width: right - left, thickness: style.hairline, colour: style.ink })
}
