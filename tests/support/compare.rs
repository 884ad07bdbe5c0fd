//! Compares the published tables with built ones and describes every difference.

use super::align::align;
use super::reading::{Row, Table, is_figure};

/// All differences between two sets of tables, and how much was held side by side.
#[derive(Debug, Default)]
pub struct Comparison {
    pub differences: Vec<String>,
    pub rows: usize,
    pub figures: usize,
}

/// Compares table by table, in order.
pub fn tables(published: &[Table], built: &[Table]) -> Comparison {
    let mut comparison = Comparison::default();
    if published.len() != built.len() {
        comparison.differ("tables", &published.len().to_string(), &built.len().to_string());
    }
    for pair in align(published.len(), built.len(), |p, b| likeness(&published[p], &built[b])) {
        match pair {
            (Some(p), Some(b)) => comparison.table(&name(published, p), &published[p], &built[b]),
            (Some(p), None) => comparison.differ(&name(published, p), "a table", "nothing"),
            (None, Some(b)) => comparison.differ(&name(built, b), "nothing", "a table"),
            (None, None) => {}
        }
    }
    comparison
}

/// A table's number and caption, or that of the last caption above it.
fn name(tables: &[Table], index: usize) -> String {
    let caption = tables[..=index].iter().rev().find_map(|table| table.caption.as_deref()).unwrap_or("no caption");
    format!("{:02} {caption}", index + 1)
}

/// How many rows have a namesake, and a little for the caption.
fn likeness(published: &Table, built: &Table) -> usize {
    let shared = published.rows.iter().filter(|row| built.rows.iter().any(|other| other.label == row.label)).count();
    4 * shared + usize::from(published.caption == built.caption)
}

impl Comparison {
    fn differ(&mut self, place: &str, published: &str, built: &str) {
        self.differences.push(format!("{place}: published `{published}`, built `{built}`"));
    }

    fn expect(&mut self, place: &str, published: &str, built: &str) {
        if published != built {
            self.differ(place, published, built);
        }
    }

    fn table(&mut self, name: &str, published: &Table, built: &Table) {
        let caption = built.caption.as_deref().unwrap_or_default();
        // Two tables under one heading need names of their own, so a caption may say more than the print, never less.
        if let Some(printed) = published.caption.as_deref().filter(|printed| !caption.starts_with(printed)) {
            self.differ(&format!("{name} / caption"), printed, caption);
        }
        let columns = published.columns.len();
        if columns != built.columns.len() {
            let place = format!("{name} / columns, cells not compared");
            return self.differ(&place, &published.columns.join(" | "), &built.columns.join(" | "));
        }
        for (index, (printed, head)) in published.columns.iter().zip(&built.columns).enumerate() {
            self.expect(&format!("{name} / head of column {}", index + 1), printed, head);
        }
        let (left, right) = (&published.rows, &built.rows);
        for pair in align(left.len(), right.len(), |l, r| usize::from(left[l].label == right[r].label)) {
            match pair {
                (Some(l), Some(r)) => self.row(name, &published.columns, &left[l], &right[r]),
                (Some(l), None) => self.differ(&format!("{name} / row {}", l + 1), &left[l].label, "nothing"),
                (None, Some(r)) => self.differ(&format!("{name} / row {}", r + 1), "nothing", &right[r].label),
                (None, None) => {}
            }
        }
    }

    fn row(&mut self, table: &str, columns: &[String], published: &Row, built: &Row) {
        self.rows += 1;
        self.expect(&format!("{table} / label"), &published.label, &built.label);
        for (index, (printed, column)) in published.cells.iter().zip(columns).enumerate() {
            let cell = built.cells.get(index).map_or("no cell", String::as_str);
            self.figures += usize::from(is_figure(printed));
            if !(printed == "-?" && matches!(cell, "" | "-")) {
                self.expect(&format!("{table} / {} / {column}", published.label), printed, cell);
            }
        }
        if let Some(extra) = built.cells.get(columns.len()..).filter(|extra| !extra.is_empty()) {
            self.differ(&format!("{table} / {} / beyond the last column", published.label), "", &extra.join(" | "));
        }
    }
}

#[cfg(test)]
fn sample(caption: &str, rows: &[(&str, &str)]) -> Table {
    let rows = rows.iter().map(|(label, cell)| Row { label: (*label).into(), cells: vec![(*cell).into()] }).collect();
    Table { caption: Some(caption.into()), columns: vec!["FY2009".into()], rows }
}

#[test]
fn every_difference_is_worded() {
    let published = [
        sample("Balance Sheets", &[("Cash", "(1,000)"), ("TOTAL", "2"), ("Ratio", "-?")]),
        sample("CAPEX", &[("CAPEX", "5,584")]),
        sample("Dividends", &[("2010", "456"), ("2011", "")]),
    ];
    let built = [
        sample("Balance Sheets: assets", &[("Cash", "-1,000"), ("Total", "2"), ("Ratio", "")]),
        sample("Dividends", &[("2009", "1"), ("2010", "456"), ("2011", "")]),
    ];
    let comparison = tables(&published, &built);
    let expected = snapbox::str![[r#"
tables: published `3`, built `2`
01 Balance Sheets / Cash / FY2009: published `(1,000)`, built `-1,000`
01 Balance Sheets / label: published `TOTAL`, built `Total`
02 CAPEX: published `a table`, built `nothing`
03 Dividends / row 1: published `nothing`, built `2009`
"#]];
    snapbox::assert_data_eq!(comparison.differences.join("\n"), expected);
    assert_eq!((comparison.rows, comparison.figures), (5, 3));
}
