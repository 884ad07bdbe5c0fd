//! Reads workbooks and CSV files, and what they say of the amounts of a release.
//!
//! It is the only layer that sees a number in binary floating point that somebody entered: it leaves here as an exact decimal,
//! or as a finding.

mod archive;
mod binding;
mod csv;
pub mod csv_rows;
mod hidden_rows;
mod number;
mod ods;
mod proposal;
mod rows;
mod sheet;
mod text_file;
mod unit_mismatch;
mod workbook;
mod xlsx;

use std::{collections::BTreeMap, path::Path};

pub use proposal::{ProposedAmount, ProposedColumn, ProposedLine, propose};
pub use text_file::decode;

use binding::{OpenSheet, bind};
use csv::TextForm;
use rows::have_same_keys;
use sheet::{Sheet, SheetName};
use workbook::Workbook;

use crate::{
    diag::{Diagnostic, nearest},
    model::{Release, SourceReading, StatementSource},
};

/// Reads the sources of a release whose files are there, in the order of its statements.
pub fn read_sources(root: &Path, release: &Release) -> Vec<SourceReading> {
    let mut opened = Opened { root, workbooks: BTreeMap::new() };
    let mut readings = Vec::new();
    for (at, statement) in release.statements.iter().enumerate() {
        if let Some(source) = statement.source.as_ref().filter(|source| exists(root, source)) {
            readings.push(opened.read(release, at, source));
        }
    }
    share_keys(release, &mut readings);
    readings
}

/// Whether the file of a source is there, be it readable or not.
pub fn exists(root: &Path, source: &StatementSource) -> bool {
    root.join(&source.file.value).symlink_metadata().is_ok()
}

/// The files that were opened: several statements may come from one.
struct Opened<'a> {
    root: &'a Path,
    workbooks: BTreeMap<(String, bool, Option<char>), Result<OpenWorkbook, Diagnostic>>,
}

struct OpenWorkbook {
    workbook: Workbook,
    sheets: BTreeMap<String, Result<Sheet, Diagnostic>>,
}

impl Opened<'_> {
    fn read(&mut self, release: &Release, statement: usize, source: &StatementSource) -> SourceReading {
        let form = TextForm { encoding: source.encoding, separator: source.separator };
        let key = (source.file.value.clone(), form.encoding == Default::default(), form.separator);
        let root = self.root;
        let open = self.workbooks.entry(key).or_insert_with(|| {
            let workbook = Workbook::open(root, &source.file.value, form)?;
            Ok(OpenWorkbook { workbook, sheets: BTreeMap::new() })
        });
        let failed = |sha256: &str, finding: Diagnostic| SourceReading {
            statement,
            sha256: sha256.to_owned(),
            is_hidden: false,
            amounts: Vec::new(),
            findings: vec![finding],
            untaken: Vec::new(),
            hidden: Vec::new(),
        };
        let OpenWorkbook { workbook, sheets } = match open {
            Ok(open) => open,
            Err(finding) => return failed("", finding.clone().at(&source.file.place, "")),
        };
        let sha256 = workbook.sha256.clone();
        let name = match sheet_name(workbook, source) {
            Ok(name) => name,
            Err(finding) => return failed(&sha256, finding),
        };
        let sheet = sheets.entry(name.name.clone()).or_insert_with(|| workbook.sheet(&name));
        match sheet {
            Ok(sheet) => {
                let (names, is_hidden) = (&workbook.names, name.is_hidden);
                bind(release, statement, source, &OpenSheet { sheet, is_hidden, names, sha256: &sha256 })
            }
            Err(finding) => failed(&sha256, finding.clone().at(&source.file.place, "")),
        }
    }
}

/// The sheet of a source. Errors: the file has no such sheet, or several and none is named.
fn sheet_name(workbook: &Workbook, source: &StatementSource) -> Result<SheetName, Diagnostic> {
    let names = || workbook.sheets.iter().map(|sheet| sheet.name.as_str());
    let listed = || names().take(20).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match (&source.sheet, workbook.sheets.as_slice()) {
        (Some(wanted), _) if workbook.is_text() => {
            let finding = Diagnostic::error("source", "a text file has no sheets");
            Err(finding.at(&wanted.place, "remove it"))
        }
        (Some(wanted), sheets) => {
            let found = sheets.iter().find(|sheet| sheet.name == wanted.value).cloned();
            found.ok_or_else(|| {
                let message = format!("the source has no sheet `{}`", wanted.value);
                let label = nearest(&wanted.value, names()).map(|near| format!("did you mean `{near}`?"));
                let finding = Diagnostic::error("source", message).at(&wanted.place, label.unwrap_or_default());
                finding.note(format!("its sheets are {}", listed()))
            })
        }
        (None, [only]) => Ok(only.clone()),
        (None, []) => Err(Diagnostic::error("source", "the source has no sheets").at(&source.file.place, "")),
        (None, _) => {
            let finding = Diagnostic::error("source", "the source has several sheets").at(&source.file.place, "");
            Err(finding.note(format!("`sheet` names one of {}", listed())))
        }
    }
}

/// Keys that another statement takes from the same column of a sheet are not untaken; the others are told once.
fn share_keys(release: &Release, readings: &mut [SourceReading]) {
    let source = |reading: &SourceReading| release.statements.get(reading.statement)?.source.as_ref();
    for first in 0..readings.len() {
        let (before, rest) = readings.split_at_mut(first + 1);
        let Some(reading) = before.last_mut() else { continue };
        let Some(own) = source(reading) else { continue };
        for other in rest.iter_mut().filter(|other| source(other).is_some_and(|other| have_same_keys(own, other))) {
            if other.amounts.is_empty() && reading.amounts.is_empty() {
                continue;
            }
            reading.untaken.retain(|key| other.untaken.contains(key));
            other.untaken.clear();
        }
    }
}
