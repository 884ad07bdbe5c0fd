//! Helpers that build the parts of a document.

use kessan::present::document::{Block, Cell, Column, Figure, HeadCell, Inline, Row, RowKind, Table};

pub fn text(text: &str) -> Inline {
    Inline::Text { text: text.to_owned() }
}

pub fn figure(text: &str, value: &str) -> Inline {
    Inline::Figure(Figure { text: text.to_owned(), value: value.to_owned(), source: "is.line@fy2009".to_owned() })
}

pub fn mark(number: usize, id: &str, occurrence: usize) -> Inline {
    Inline::NoteMark { number, id: id.to_owned(), occurrence, mark: None }
}

pub fn heading(level: u8, id: &str, words: &str) -> Block {
    Block::Heading { level, id: id.to_owned(), text: vec![text(words)] }
}

pub fn paragraph(text: Vec<Inline>) -> Block {
    Block::Paragraph { text }
}

/// A table whose `head` cells are (text, colspan, rowspan), and whose `rows` are lines `i1 label | cell | cell`:
/// the kind's letter (h, i, s, t) and the indent, then the label.
pub fn table(id: &str, caption: &str, unit: &str, head: &[&[(&str, usize, usize)]], rows: &str) -> Table {
    let head: Vec<Vec<HeadCell>> = head.iter().map(|row| row.iter().copied().map(head_cell).collect()).collect();
    let columns = columns(&head);
    let lines = rows.lines().map(str::trim).filter(|line| !line.is_empty());
    let rows = lines.enumerate().map(|(number, line)| row(number, line, columns.len())).collect();
    let unit_line = if unit.is_empty() { Vec::new() } else { vec![text(unit)] };
    Table {
        id: id.to_owned(),
        caption: vec![text(caption)],
        unit_line,
        head,
        columns,
        rows,
        landscape: false,
        boxed: false,
    }
}

fn head_cell((words, colspan, rowspan): (&str, usize, usize)) -> HeadCell {
    let text = if words.is_empty() { Vec::new() } else { vec![text(words)] };
    HeadCell { text, colspan, rowspan, group: colspan > 1 }
}

/// The texts over each column, from a grid filled cell by cell.
fn columns(head: &[Vec<HeadCell>]) -> Vec<Column> {
    let width = head[0].iter().map(|cell| cell.colspan).sum();
    let mut grid = vec![vec![None; width]; head.len()];
    for (depth, cells) in head.iter().enumerate() {
        for cell in cells {
            let start = (0..width).find(|column| grid[depth][*column].is_none()).unwrap();
            for (down, row) in grid.iter_mut().enumerate().skip(depth).take(cell.rowspan) {
                let words = if down == depth { kessan::present::document::plain(&cell.text) } else { String::new() };
                row[start..start + cell.colspan].fill(Some(words));
            }
        }
    }
    let path = |column: usize| grid.iter().filter_map(move |row| row[column].clone()).filter(|text| !text.is_empty());
    (1..width).map(|column| Column { path: path(column).collect() }).collect()
}

fn row(number: usize, line: &str, width: usize) -> Row {
    let mut parts = line.split('|').map(str::trim);
    let label = parts.next().unwrap();
    let (mode, label) = label.split_once(' ').unwrap_or((label, ""));
    let kind = match mode.chars().next() {
        Some('h') => RowKind::Heading,
        Some('s') => RowKind::Subtotal,
        Some('t') => RowKind::Total,
        _ => RowKind::Item,
    };
    let mut cells: Vec<_> = parts.map(cell).collect();
    cells.resize(width, Cell::Blank);
    Row {
        id: format!("r{number}"),
        kind,
        indent: mode[1..].parse().unwrap(),
        label: vec![text(label)],
        cells,
        was: Default::default(),
    }
}

fn cell(text: &str) -> Cell {
    if text.is_empty() {
        return Cell::Blank;
    }
    let has_digits = text.contains(|letter: char| letter.is_ascii_digit());
    let digits: String = text.chars().filter(|letter| letter.is_ascii_digit() || *letter == '.').collect();
    let negative = text.starts_with('(');
    let value = match (!has_digits, negative) {
        (true, _) if text != "-" => return Cell::of_mark(text),
        (true, _) => "0".to_owned(),
        (false, true) => format!("-{digits}"),
        (false, false) => digits,
    };
    let figure = Figure { text: text.to_owned(), value, source: "is.line@fy2009".to_owned() };
    Cell::Number { figure, unit: "JPY million".to_owned(), negative, number: Box::default(), marks: Vec::new() }
}
