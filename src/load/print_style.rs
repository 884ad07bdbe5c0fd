//! `templates/print/style.toml`: how a printed release is set.

use std::sync::Arc;

use super::{
    files::File,
    keys::{self, TomlTable, Value},
};
use crate::{
    diag::{Diagnostic, Findings, Source},
    model::{Decimal, PrintSheet, PrintStyle},
};

/// Reads a style over another: what the file does not say stays as it is.
pub fn print_style(source: &Arc<Source>, base: PrintStyle, findings: &mut Findings) -> PrintStyle {
    let file = File { source: Arc::clone(source), stem: String::new() };
    let mut style = base;
    keys::read(&file, findings, &mut |keys, findings| {
        let mut reader = Reader { style: &mut style, findings };
        reader.sheet(keys);
        reader.kinds(keys);
        reader.measures(keys);
    });
    style
}

struct Reader<'s> {
    style: &'s mut PrintStyle,
    findings: &'s mut Findings,
}

impl Reader<'_> {
    /// Reads a part of the file, if it is there.
    fn part(&mut self, keys: &TomlTable, name: &'static str, read: impl FnOnce(&mut Self, &TomlTable)) {
        if let Some(part) = keys.table(name, self.findings) {
            read(self, &part);
            part.finish(self.findings);
        }
    }

    fn sheet(&mut self, keys: &TomlTable) {
        self.part(keys, "sheet", |it, keys| {
            let style = &mut *it.style;
            style.sheet = keys.word("size", &PrintSheet::WORDS, it.findings).unwrap_or(style.sheet);
            lengths(keys, "margins", &mut style.margins, it.findings);
            lengths(keys, "landscape_margins", &mut style.landscape_margins, it.findings);
            let places = [("head", &mut style.head), ("foot", &mut style.foot), ("banner", &mut style.banner)];
            each(keys, places, it.findings);
        });
    }

    fn kinds(&mut self, keys: &TomlTable) {
        self.part(keys, "type", |it, keys| {
            let style = &mut *it.style;
            lengths(keys, "body", &mut style.body, it.findings);
            lengths(keys, "title", &mut style.title, it.findings);
            lengths(keys, "caption", &mut style.caption, it.findings);
            lengths(keys, "note", &mut style.note, it.findings);
            lengths(keys, "furniture", &mut style.furniture, it.findings);
            let headings = keys.items("headings", it.findings);
            let headings: Vec<_> = headings.iter().filter_map(|value| exactly(value, it.findings)).collect();
            if !headings.is_empty() {
                style.headings = headings;
            }
        });
    }

    fn measures(&mut self, keys: &TomlTable) {
        self.part(keys, "table", |it, keys| {
            let style = &mut *it.style;
            let (size, least) = (&mut style.table, &mut style.table_least);
            let places = [("size", size), ("least", least), ("leading", &mut style.table_leading)];
            each(keys, places, it.findings);
        });
        self.part(keys, "space", |it, keys| {
            let style = &mut *it.style;
            let (paragraph, table) = (&mut style.paragraph_gap, &mut style.table_gap);
            each(keys, [("paragraph", paragraph), ("table", table), ("list", &mut style.list_indent)], it.findings);
            let gaps = keys.items("headings", it.findings);
            let gaps: Vec<_> = gaps.iter().filter_map(|value| length(value, it.findings)).collect();
            if !gaps.is_empty() {
                style.heading_gaps = gaps;
            }
        });
        self.part(keys, "rule", |it, keys| {
            let style = &mut *it.style;
            each(keys, [("thin", &mut style.hairline), ("heavy", &mut style.heavy_rule)], it.findings);
        });
    }
}

fn each<const N: usize>(keys: &TomlTable, places: [(&'static str, &mut Decimal); N], findings: &mut Findings) {
    for (key, place) in places {
        *place = keys.value(key).and_then(|value| length(&value, findings)).unwrap_or(*place);
    }
}

fn lengths<const N: usize>(keys: &TomlTable, key: &'static str, place: &mut [Decimal; N], findings: &mut Findings) {
    *place = keys.value(key).and_then(|value| exactly(&value, findings)).unwrap_or(*place);
}

/// A list of so many lengths.
fn exactly<const N: usize>(value: &Value, findings: &mut Findings) -> Option<[Decimal; N]> {
    let items = value.items(findings)?;
    let lengths: Vec<Decimal> = items.iter().filter_map(|item| length(item, findings)).collect();
    let is_whole = lengths.len() == items.len();
    match lengths.try_into() {
        Ok(lengths) => Some(lengths),
        Err(_) if is_whole => {
            findings.push(value.wrong(&format!("a list of {N} lengths")));
            None
        }
        Err(_) => None,
    }
}

/// A length that a sheet of paper can have.
fn length(value: &Value, findings: &mut Findings) -> Option<Decimal> {
    let number = findings.keep(value.number())?;
    if number.value < Decimal::ZERO || number.value > Decimal::ONE_THOUSAND {
        let finding = Diagnostic::error("style", "a length must be from 0 to 1000 points").at(&number.place, "");
        findings.push(finding);
        return None;
    }
    Some(number.value)
}
