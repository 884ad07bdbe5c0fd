//! Builds a table's head: columns with the same groups share spanning cells.

use super::document::{Column, HeadCell, Inline, plain};

/// The head of columns given by their texts from the outermost group down, over a label column headed `stub`.
pub fn build_head(stub: Vec<Inline>, columns: &[Vec<Vec<Inline>>]) -> (Vec<Vec<HeadCell>>, Vec<Column>) {
    let depth = columns.iter().map(Vec::len).max().unwrap_or(1).max(1);
    let mut rows: Vec<Vec<HeadCell>> = vec![Vec::new(); depth];
    rows[0].push(HeadCell { text: stub, colspan: 1, rowspan: depth, group: false });
    fill_head_rows(columns, 0, depth, &mut rows);
    let paths = columns.iter().map(|path| Column { path: path.iter().map(|text| plain(text)).collect() });
    (rows, paths.collect())
}

/// Fills the rows from `level` down, for adjacent columns that share everything above it.
fn fill_head_rows(columns: &[Vec<Vec<Inline>>], level: usize, depth: usize, rows: &mut [Vec<HeadCell>]) {
    let mut rest = columns;
    while let Some(first) = rest.first() {
        let is_leaf = first.len() <= level + 1;
        let shared =
            rest.iter().take_while(|path| path.len() > level + 1 && path.get(level) == first.get(level)).count();
        let span = if is_leaf { 1 } else { shared.max(1) };
        let text = first.get(level).cloned().unwrap_or_default();
        let rowspan = if is_leaf { depth - level } else { 1 };
        rows[level].push(HeadCell { text, colspan: span, rowspan, group: !is_leaf });
        if !is_leaf {
            fill_head_rows(&rest[..span], level + 1, depth, rows);
        }
        rest = &rest[span..];
    }
}

/// The cells of a head, by their row and their position in it: from left to right, and those above each other from the top.
pub fn from_left_to_right(head: &[Vec<HeadCell>]) -> Vec<[usize; 2]> {
    columns_of_cells(head).into_iter().map(|(_, place)| place).collect()
}

/// The texts of the head above a column, from the top; column 0 is that of the labels.
pub fn above_column(head: &[Vec<HeadCell>], column: usize) -> impl Iterator<Item = &[Inline]> {
    let cells =
        columns_of_cells(head).into_iter().filter_map(|(first, [row, at])| Some((first, head.get(row)?.get(at)?)));
    let above = cells.filter(move |(first, cell)| (*first..first + cell.colspan).contains(&column));
    above.map(|(_, cell)| cell.text.as_slice())
}

/// The first column of each cell, with its row and its position in it, in the order of reading.
fn columns_of_cells(head: &[Vec<HeadCell>]) -> Vec<(usize, [usize; 2])> {
    let mut found = Vec::new();
    // How many rows are taken in each column.
    let mut taken: Vec<usize> = Vec::new();
    for (row, cells) in head.iter().enumerate() {
        for (at, cell) in cells.iter().enumerate() {
            let column = taken.iter().position(|rows| *rows <= row).unwrap_or(taken.len());
            taken.resize(taken.len().max(column + cell.colspan), 0);
            taken[column..column + cell.colspan].fill(row + cell.rowspan);
            found.push((column, [row, at]));
        }
    }
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_share_their_group_and_lone_heads_reach_down() {
        let path = |texts: &[&str]| texts.iter().map(|text| vec![Inline::Text { text: (*text).into() }]).collect();
        let columns = [path(&["All"]), path(&["Group", "A"]), path(&["Group", "B"])];
        let (rows, paths) = build_head(Vec::new(), &columns);
        let shape: Vec<Vec<_>> = rows
            .iter()
            .map(|row| row.iter().map(|cell| (plain(&cell.text), cell.colspan, cell.rowspan)).collect())
            .collect();
        assert_eq!(shape[0], [(String::new(), 1, 2), ("All".into(), 1, 2), ("Group".into(), 2, 1)]);
        assert_eq!(shape[1], [("A".into(), 1, 1), ("B".into(), 1, 1)]);
        assert_eq!(paths[2].path, ["Group", "B"]);
        assert_eq!(from_left_to_right(&rows), [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1]]);
        let above = |column| above_column(&rows, column).map(plain).collect::<Vec<_>>();
        assert_eq!([above(0), above(1), above(3)].concat(), ["", "All", "Group", "B"]);
    }
}
