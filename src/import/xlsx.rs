//! Reads workbooks in the form of Excel, by calamine.
//!
//! Cells are taken one by one: calamine's ranges would make a cell of every position between the first and the last.

use std::{io::Cursor, sync::Arc};

use calamine::{DataRef, Dimensions, Reader, SheetType, SheetVisible, Xlsx, XlsxError, XlsxFormulaMetadata};

use super::{
    hidden_rows::hidden_rows,
    sheet::{Cell, CellRange, CellValue, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Position, Sheet, SheetName},
};

/// A workbook whose sheets are read when they are asked for.
pub struct ExcelFile {
    reader: Xlsx<Cursor<Arc<[u8]>>>,
    bytes: Arc<[u8]>,
}

impl ExcelFile {
    /// Opens an archive that was checked. Errors: why it cannot be read.
    pub fn open(bytes: Vec<u8>) -> Result<Self, String> {
        let bytes: Arc<[u8]> = bytes.into();
        let reader = Xlsx::new(Cursor::new(Arc::clone(&bytes)));
        reader.map(|reader| Self { reader, bytes }).map_err(|error| reason(&error))
    }

    /// The sheets of cells, in the order of the workbook.
    pub fn sheets(&self) -> Vec<SheetName> {
        let sheets = self.reader.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
        sheets
            .map(|sheet| SheetName { name: sheet.name.clone(), is_hidden: sheet.visible != SheetVisible::Visible })
            .collect()
    }

    /// The defined names, each with what it is defined as: `PL!$E$12`.
    pub fn names(&self) -> Vec<(String, String)> {
        self.reader.defined_names().to_vec()
    }

    /// Reads a sheet. Errors: why it cannot be read.
    pub fn sheet(&mut self, sheet: &SheetName) -> Result<Sheet, String> {
        let merged = self.reader.merge_cells_by_sheet_name(&sheet.name).map_err(|error| reason(&error))?;
        let mut reader = self.reader.worksheet_cells_reader(&sheet.name).map_err(|error| reason(&error))?;
        let mut cells: Vec<(Position, Cell)> = Vec::new();
        while let Some(record) = reader.next_cell_with_formula_metadata().map_err(|error| reason(&error))? {
            if record.pos.0 >= MAX_ROWS || record.pos.1 >= MAX_COLUMNS {
                return Err(format!(
                    "it is damaged (the sheet `{}` has a cell beyond its last row or column)",
                    sheet.name
                ));
            }
            let value = value(record.value);
            let formula = record.formula.map(formula_text);
            if value != CellValue::None || formula.is_some() {
                cells.push((record.pos, Cell { value, formula }));
            }
            if cells.len() > MAX_CELLS {
                return Err(format!("the sheet `{}` has more than {MAX_CELLS} cells", sheet.name));
            }
        }
        let merged = merged.into_iter().map(range).collect();
        Ok(Sheet::new(&sheet.name, cells, merged).hiding(hidden_rows(&self.bytes, &sheet.name)?))
    }
}

fn range(range: Dimensions) -> CellRange {
    CellRange { first: range.start, last: range.end }
}

fn value(value: DataRef) -> CellValue {
    match value {
        DataRef::Empty => CellValue::None,
        DataRef::Int(number) => CellValue::Number(number as f64),
        DataRef::Float(number) => CellValue::Number(number),
        DataRef::String(text) if text.is_empty() => CellValue::None,
        DataRef::SharedString("") => CellValue::None,
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => CellValue::Text(text),
        DataRef::SharedString(text) => CellValue::Text(text.to_owned()),
        DataRef::Bool(is) => CellValue::Truth(is),
        DataRef::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            CellValue::Date(format!("{year:04}-{month:02}-{day:02}"))
        }
        DataRef::Error(error) => CellValue::Error(error.to_string()),
    }
}

/// The text of a formula; a cell that shares the formula of another has none of its own.
fn formula_text(formula: XlsxFormulaMetadata) -> String {
    match formula {
        XlsxFormulaMetadata::Normal { formula } | XlsxFormulaMetadata::Shared { formula, .. } => formula,
        XlsxFormulaMetadata::SharedDerived { .. } | _ => String::from("…"),
    }
}

/// Why calamine refuses a workbook, as a phrase.
fn reason(error: &XlsxError) -> String {
    match error {
        XlsxError::Password => String::from("it is encrypted"),
        error => format!("it is damaged ({error})"),
    }
}
