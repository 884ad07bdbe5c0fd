//! Reads `templates/print/style.toml`.

use std::sync::Arc;

use super::{
    files::File,
    toml_table::{self, TomlTable, Value},
};
use crate::{
    diag::{Diagnostic, Findings, Source},
    model::{Decimal, PrintSheet, PrintStyle},
};

/// Reads a style over `base`: values that the file omits are unchanged.
pub fn print_style(source: &Arc<Source>, base: PrintStyle, findings: &mut Findings) -> PrintStyle {
    let file = File { source: Arc::clone(source), stem: String::new() };
    let mut style = base;
    toml_table::parse_file(&file, findings, &mut |keys, findings| {
        let mut reader = Reader { style: &mut style, findings };
        reader.read_sheet(keys);
        reader.read_type_sizes(keys);
        reader.read_spaces(keys);
    });
    style
}

struct Reader<'s> {
    style: &'s mut PrintStyle,
    findings: &'s mut Findings,
}

impl Reader<'_> {
    /// Reads a table of the file, if present.
    fn read_section(&mut self, keys: &TomlTable, name: &'static str, read: impl FnOnce(&mut Self, &TomlTable)) {
        if let Some(part) = keys.table(name, self.findings) {
            read(self, &part);
            part.finish(self.findings);
        }
    }

    fn read_sheet(&mut self, keys: &TomlTable) {
        self.read_section(keys, "sheet", |it, keys| {
            let style = &mut *it.style;
            style.sheet = keys.word("size", &PrintSheet::WORDS, it.findings).unwrap_or(style.sheet);
            set_length_list(keys, "margins", &mut style.margins, it.findings);
            set_length_list(keys, "landscape_margins", &mut style.landscape_margins, it.findings);
            let places = [("head", &mut style.head), ("foot", &mut style.foot), ("banner", &mut style.banner)];
            set_lengths(keys, places, it.findings);
        });
    }

    fn read_type_sizes(&mut self, keys: &TomlTable) {
        self.read_section(keys, "type", |it, keys| {
            let style = &mut *it.style;
            set_length_list(keys, "body", &mut style.body, it.findings);
            set_length_list(keys, "title", &mut style.title, it.findings);
            set_length_list(keys, "caption", &mut style.caption, it.findings);
            set_length_list(keys, "note", &mut style.note, it.findings);
            set_length_list(keys, "furniture", &mut style.furniture, it.findings);
            let headings = keys.items("headings", it.findings);
            let headings: Vec<_> = headings.iter().filter_map(|value| parse_lengths(value, it.findings)).collect();
            if !headings.is_empty() {
                style.headings = headings;
            }
        });
    }

    fn read_spaces(&mut self, keys: &TomlTable) {
        self.read_section(keys, "table", |it, keys| {
            let style = &mut *it.style;
            let (size, least) = (&mut style.table, &mut style.table_least);
            let places = [("size", size), ("least", least), ("leading", &mut style.table_leading)];
            set_lengths(keys, places, it.findings);
        });
        self.read_section(keys, "space", |it, keys| {
            let style = &mut *it.style;
            let (paragraph, table) = (&mut style.paragraph_gap, &mut style.table_gap);
            set_lengths(
                keys,
                [("paragraph", paragraph), ("table", table), ("list", &mut style.list_indent)],
                it.findings,
            );
            let gaps = keys.items("headings", it.findings);
            let gaps: Vec<_> = gaps.iter().filter_map(|value| parse_length(value, it.findings)).collect();
            if !gaps.is_empty() {
                style.heading_gaps = gaps;
            }
        });
        self.read_section(keys, "rule", |it, keys| {
            let style = &mut *it.style;
            set_lengths(keys, [("thin", &mut style.hairline), ("heavy", &mut style.heavy_rule)], it.findings);
        });
    }
}

fn set_lengths<const N: usize>(keys: &TomlTable, places: [(&'static str, &mut Decimal); N], findings: &mut Findings) {
    for (key, place) in places {
        *place = keys.value(key).and_then(|value| parse_length(&value, findings)).unwrap_or(*place);
    }
}

fn set_length_list<const N: usize>(
    keys: &TomlTable,
    key: &'static str,
    place: &mut [Decimal; N],
    findings: &mut Findings,
) {
    *place = keys.value(key).and_then(|value| parse_lengths(&value, findings)).unwrap_or(*place);
}

/// A list of exactly `N` lengths.
fn parse_lengths<const N: usize>(value: &Value, findings: &mut Findings) -> Option<[Decimal; N]> {
    let items = value.items(findings)?;
    let lengths: Vec<Decimal> = items.iter().filter_map(|item| parse_length(item, findings)).collect();
    let is_whole = lengths.len() == items.len();
    match lengths.try_into() {
        Ok(lengths) => Some(lengths),
        Err(_) if is_whole => {
            findings.push(value.wrong_type(&format!("a list of {N} lengths")));
            None
        }
        Err(_) => None,
    }
}

/// A length from 0 to 1000 points.
fn parse_length(value: &Value, findings: &mut Findings) -> Option<Decimal> {
    let number = findings.keep(value.number())?;
    if number.value < Decimal::ZERO || number.value > Decimal::ONE_THOUSAND {
        let finding = Diagnostic::error("style", "a length must be from 0 to 1000 points").at(&number.place, "");
        findings.push(finding);
        return None;
    }
    Some(number.value)
}
