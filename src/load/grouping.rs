//! Reads `grouping`: how many digits stand between separators.

use super::toml_table::TomlTable;
use crate::{
    diag::{Diagnostic, Findings},
    model::ToPrimitive,
};

/// The longest list of sizes.
const MAX_SIZES: usize = 3;

/// The key `grouping` of a unit or a language: the sizes of groups from the point on, the last of which repeats.
pub fn grouping(keys: &TomlTable, findings: &mut Findings) -> Option<Vec<u8>> {
    let value = keys.value("grouping")?;
    let items = value.items(findings)?;
    let sizes: Option<Vec<u8>> = items
        .iter()
        .map(|item| {
            let number = item.number().ok().filter(|number| number.value.scale() == 0);
            number.and_then(|number| number.value.to_u8()).filter(|size| (1..=9).contains(size))
        })
        .collect();
    let sizes = sizes.filter(|sizes| (1..=MAX_SIZES).contains(&sizes.len()));
    if sizes.is_none() {
        let finding = Diagnostic::error("wrong-type", "expected the sizes of groups of digits, each from 1 to 9");
        let finding = finding.at(&value.place(), format!("a list of one to {MAX_SIZES} numbers"));
        findings.push(finding.help("`[3]` gives 12,345,678, `[3, 2]` gives 1,23,45,678"));
    }
    sizes
}
