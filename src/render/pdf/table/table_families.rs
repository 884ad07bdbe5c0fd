//! Groups tables with the same heads into families, whose columns have the same widths.

use std::collections::HashMap;

use super::column_measure::{ColumnMeasures, measure_columns};
use crate::render::head_grid::Grid;
use crate::{
    present::document::{Block, Document, Table},
    render::pdf::layout_context::LayoutContext,
};

/// The column measures of each family of tables.
#[derive(Debug, Default)]
pub struct TableFamilies {
    measures: HashMap<Family, ColumnMeasures>,
    /// The family of each table, by table id.
    families: HashMap<String, Family>,
}

/// What the tables of a family have in common: the lowest head of each column, and whether a column group begins with it. Heads
/// above, such as years, may differ.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Family {
    landscape: bool,
    heads: Vec<(bool, String)>,
}

impl TableFamilies {
    /// The families of a document.
    pub fn of(context: &mut LayoutContext) -> Self {
        let document: &Document = context.document;
        let mut families = Self::default();
        for page in &document.pages {
            let tables: Vec<&Table> = page.blocks.iter().filter_map(table).collect();
            for table in &tables {
                let family = Family::of(widest(table, &tables));
                let own = measure_columns(context, table, &Grid::new(table));
                families.families.insert(table.id.clone(), family.clone());
                families.measures.entry(family).and_modify(|known| known.widen_to(&own)).or_insert(own);
            }
        }
        families
    }

    /// The column measures of a table's family.
    pub fn measures(&self, context: &mut LayoutContext, table: &Table, grid: &Grid) -> ColumnMeasures {
        let known = self.families.get(&table.id).and_then(|family| self.measures.get(family));
        known.cloned().unwrap_or_else(|| measure_columns(context, table, grid))
    }
}

fn table(block: &Block) -> Option<&Table> {
    if let Block::Table(table) = block { Some(table) } else { None }
}

/// The table with the most columns among those on the page that begin with the same columns. A boxed table takes all of the width
/// with its own columns.
fn widest<'t>(table: &'t Table, page: &[&'t Table]) -> &'t Table {
    if table.boxed {
        return table;
    }
    let begins = |other: &&&Table| other.landscape == table.landscape && other.columns.starts_with(&table.columns);
    page.iter().filter(begins).max_by_key(|other| other.columns.len()).copied().unwrap_or(table)
}

impl Family {
    fn of(table: &Table) -> Self {
        let grid = Grid::new(table);
        let head = |(i, column): (usize, &crate::present::document::Column)| {
            (grid.group_begins(i + 1), column.path.last().cloned().unwrap_or_default())
        };
        Self { landscape: table.landscape, heads: table.columns.iter().enumerate().map(head).collect() }
    }
}
