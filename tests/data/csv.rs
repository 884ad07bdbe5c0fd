//! Tests the CSV files, read back by a parser of RFC 4180.

use kessan::{
    present::document::{Cell, plain},
    render::csv,
};
use snapbox::{assert_data_eq, file};

use crate::{FORMULAS, RELEASES, cells, hostile, table};

/// The records of a file.
pub fn read(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = std::str::from_utf8(bytes).unwrap().strip_prefix('\u{feff}').expect("a byte order mark");
    let (mut records, mut record, mut field) = (Vec::new(), Vec::new(), String::new());
    let mut letters = text.chars().peekable();
    let mut quoted = false;
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.next_if_eq(&'"').is_some() => field.push('"'),
            '"' if quoted || field.is_empty() => quoted = !quoted,
            ',' if !quoted => record.push(std::mem::take(&mut field)),
            '\r' if !quoted => {
                assert_eq!(letters.next(), Some('\n'), "a line ends with both");
                record.push(std::mem::take(&mut field));
                records.push(std::mem::take(&mut record));
            }
            '\n' | '"' if !quoted => panic!("a bare {letter:?}"),
            letter => field.push(letter),
        }
    }
    assert!(field.is_empty() && record.is_empty() && !quoted, "the last line ends too");
    records
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap().replace('\r', "")
}

#[test]
fn a_small_table_as_it_is_printed() {
    let (document, table) = table("other_q4");
    assert_data_eq!(text(csv::table(&document.into(), table)), file!["other_q4.csv": Text].raw());
}

#[test]
fn a_table_with_marks_for_numbers_that_are_not_there() {
    let (document, table) = table("forecast");
    assert_data_eq!(text(csv::table(&document.into(), table)), file!["forecast.csv": Text].raw());
}

#[test]
fn every_table_has_its_columns_five_times() {
    for document in RELEASES.iter() {
        for (_, table) in document.tables() {
            let records = read(&csv::table(&document.into(), table));
            let columns = table.columns.len();
            assert_eq!(records.len(), table.rows.len() + 1);
            for (record, row) in records[1..].iter().zip(&table.rows) {
                assert_eq!(record.len(), 3 + 5 * columns);
                assert_eq!(record[..2], [row.id.clone(), plain(&row.label)]);
                for (column, cell) in row.cells.iter().enumerate() {
                    let block = |number: usize| record[3 + number * columns + column].as_str();
                    let numbers = match cell {
                        Cell::Number { figure, unit, number, .. } => {
                            [&*number.printed, &*number.exact, &**unit, &*figure.source]
                        }
                        Cell::Blank | Cell::Mark { .. } | Cell::Text { .. } => [""; 4],
                    };
                    assert_eq!(block(0), cell.text());
                    assert_eq!([block(1), block(2), block(3), block(4)], numbers);
                }
            }
            let mut names = records[0].clone();
            names.sort();
            names.dedup();
            assert_eq!(names.len(), records[0].len(), "names of columns in {}", table.id);
        }
    }
}

#[test]
fn the_release_has_every_cell_once() {
    for document in RELEASES.iter() {
        let records = read(&csv::release(&document.into()));
        let printing: Vec<_> = cells(document).into_iter().filter(|(.., cell)| !cell.text().is_empty()).collect();
        assert_eq!(records.len(), printing.len() + 1);
        for (record, (table, row, column, cell)) in records[1..].iter().zip(printing) {
            assert_eq!(record.len(), records[0].len());
            let row = &table.rows[row];
            assert_eq!([&record[0], &record[2], &record[5]], [&table.id, &row.id, &(column + 1).to_string()]);
            assert_eq!(record[7], cell.text());
            if let Cell::Number { figure, unit, number, .. } = cell {
                assert_eq!(record[8..12], [&number.printed, &number.exact, unit, &figure.source].map(String::clone));
                let origin = document.data.origin(&figure.source).unwrap();
                assert_eq!([&record[12], &record[13]], [&origin.of, &origin.period]);
                assert!(record[8..10].iter().all(|number| number.parse::<f64>().is_ok()), "{record:?}");
            }
        }
    }
}

#[test]
fn no_label_becomes_a_formula() {
    let document = hostile();
    let (_, table) = document.tables()[0];
    for bytes in [csv::table(&(&document).into(), table), csv::release(&(&document).into())] {
        let records = read(&bytes);
        assert!(records.len() > FORMULAS.len());
        for field in records.iter().flatten() {
            let is_safe = field.len() == 1 || !field.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝']);
            assert!(is_safe, "{field:?}");
        }
        for formula in FORMULAS {
            assert!(records.iter().flatten().any(|field| *field == format!("'{formula}")), "{formula:?}");
        }
    }
}
