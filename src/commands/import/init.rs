//! Writes the statement that a sheet could be as TOML, for somebody to read and complete.

use std::{collections::BTreeSet, fmt::Write, path::Path};

use super::super::file_splice::quoted;
use crate::{
    diag::Diagnostic,
    import::{ProposedAmount, ProposedColumn, ProposedLine, propose},
    model::{Encoding, as_entered, column_letters},
};

/// The longest id that is made of a label.
const MAX_ID: usize = 40;

/// The request for a proposal.
#[derive(Debug)]
pub struct Init<'a> {
    pub root: &'a Path,
    /// The workbook, relative to the root.
    pub file: &'a str,
    /// Its only sheet, if none.
    pub sheet: Option<&'a str>,
    /// The unit of its amounts.
    pub unit: &'a str,
    /// Whether a CSV file is in Shift_JIS.
    pub is_shift_jis: bool,
}

/// A `[statement]` for a sheet, with its lines, as TOML. Errors: the workbook cannot be read, or has no amounts.
pub fn init(request: &Init) -> Result<String, Diagnostic> {
    let encoding = if request.is_shift_jis { Encoding::ShiftJis } else { Encoding::Utf8 };
    let proposal = propose(request.root, request.file, request.sheet, encoding)?;
    let mut ids = Ids::default();
    let stem = request.file.rsplit('/').next().unwrap_or_default().split('.').next().unwrap_or_default();
    let id = ids.made_of(&[&proposal.sheet, stem], "statement");
    let mut periods = Ids::default();
    let periods: Vec<String> =
        proposal.columns.iter().map(|column| periods.made_of(&[&column.head], "period")).collect();
    let unit = quoted(request.unit);
    let mut out = String::from(
        "# Proposed from a workbook. The ids of periods are those of release.toml; ids of lines are names for formulas and\n\
         # text. Totals need `kind` and `sum`.\n\n[statement]\n",
    );
    let list: Vec<String> = periods.iter().map(|period| quoted(period)).collect();
    _ = writeln!(out, "id = {}\nunit = {unit}\nperiods = [{}]\n", quoted(&id), list.join(", "));
    _ = writeln!(out, "[statement.source]\nfile = {}", quoted(&proposal.file));
    _ = writeln!(out, "sha256 = \"{}\"", proposal.sha256);
    if !proposal.sheet.is_empty() {
        _ = writeln!(out, "sheet = {}", quoted(&proposal.sheet));
    }
    if request.is_shift_jis {
        out.push_str("encoding = \"shift_jis\"\n");
    }
    let columns: Vec<String> =
        periods.iter().zip(&proposal.columns).map(|(period, column)| format!("{period} = {}", named(column))).collect();
    _ = writeln!(
        out,
        "key = \"{}\"\nunit = {unit}\ncolumns = {{ {} }}",
        column_letters(proposal.key),
        columns.join(", ")
    );
    let mut ids = Ids::default();
    proposal.lines.iter().for_each(|line| write_line(line, &mut ids, &mut out));
    Ok(out)
}

fn named(column: &ProposedColumn) -> String {
    match column.is_told_by_head {
        true => format!("{{ head = {} }}", quoted(&column.head)),
        false => format!("\"{}\"", column_letters(column.column)),
    }
}

fn write_line(line: &ProposedLine, ids: &mut Ids, out: &mut String) {
    let label = quoted(&line.label);
    if line.amounts.is_empty() {
        _ = write!(out, "\n[[line]]\nlabel = {label}\nkind = \"heading\"\n");
        return;
    }
    let key = line.key.as_deref().unwrap_or_default();
    _ = write!(out, "\n[[line]]\nid = {}\nlabel = {label}\n", quoted(&ids.made_of(&[&line.label, key], "line")));
    match &line.key {
        Some(key) => _ = writeln!(out, "from = {}", quoted(key)),
        None => out.push_str("# No key tells this row from the others.\n"),
    }
    let mut amounts = Vec::new();
    for amount in &line.amounts {
        amounts.push(match amount {
            ProposedAmount::Empty => String::from("\"\""),
            ProposedAmount::Number(number) => as_entered(*number),
            ProposedAmount::Refused(what) => {
                _ = writeln!(out, "# {}", what.replace(char::is_control, " "));
                String::from("\"undecided\"")
            }
        });
    }
    _ = writeln!(out, "values = [{}]", amounts.join(", "));
}

/// Ids that were made, each once.
#[derive(Default)]
struct Ids {
    used: BTreeSet<String>,
}

impl Ids {
    /// An id of the first text that has letters of ASCII, or else of `other`, with a number where it is used.
    fn made_of(&mut self, texts: &[&str], other: &str) -> String {
        let made = texts.iter().map(|text| id_of(text, other)).find(|id| !id.is_empty());
        let made = made.unwrap_or_else(|| other.to_owned());
        let numbered = (2..).map(|number| format!("{made}_{number}"));
        let id = [made.clone()].into_iter().chain(numbered).find(|id| !self.used.contains(id)).unwrap_or_default();
        self.used.insert(id.clone());
        id
    }
}

/// Lower-case letters and digits of a text, with `_` between its words; digits alone follow `other`.
fn id_of(text: &str, other: &str) -> String {
    let mut id = String::new();
    for letter in text.chars() {
        if letter.is_ascii_alphanumeric() {
            id.push(letter.to_ascii_lowercase());
        } else if !id.is_empty() && !id.ends_with('_') {
            id.push('_');
        }
        if id.len() > MAX_ID {
            // A word that does not fit is left out, unless it is the first.
            id.truncate(id.rfind('_').unwrap_or(MAX_ID));
            break;
        }
    }
    let id = id.trim_end_matches('_');
    if id.bytes().any(|letter| letter.is_ascii_alphabetic()) || id.is_empty() {
        return id.to_owned();
    }
    format!("{other}_{id}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_made_of_labels_and_are_not_used_twice() {
        let mut ids = Ids::default();
        let mut id = |text: &str| ids.made_of(&[text], "line");
        assert_eq!(id("Sales, net (of tax)"), "sales_net_of_tax");
        assert_eq!(id("Sales net of tax"), "sales_net_of_tax_2");
        assert_eq!(id("Selling, general and administrative expenses"), "selling_general_and_administrative");
        assert_eq!(id(&"a".repeat(60)), "a".repeat(40));
        assert_eq!(id("4000"), "line_4000");
        assert_eq!(id("売上高"), "line");
        assert_eq!(id("2026年3月期"), "line_2026_3");
    }
}
