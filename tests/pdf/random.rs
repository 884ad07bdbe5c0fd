//! Tests random tables: the properties of pages hold for all numbers and labels, or there is a finding.

use std::collections::{BTreeMap, BTreeSet};

use kessan::{
    present::document::{Block, Cell, RowKind, Table},
    render::pdf::{Layout, structure_tree::NodeId},
};

use super::{findings, japanese, promises, release, sample};

/// A small generator of numbers that look random; the same seed gives the same table on every machine.
struct Dice(u64);

impl Dice {
    /// A number below `most`.
    fn below(&mut self, most: usize) -> usize {
        // Knuth's constants of a linear congruence; the high bits are the good ones.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % most.max(1)
    }

    fn of<'t>(&mut self, list: &[&'t str]) -> &'t str {
        list[self.below(list.len())]
    }
}

const WORDS: [&str; 16] = [
    "Revenue",
    "from",
    "connectivity",
    "and",
    "outsourcing—net",
    "WWWWWWWW",
    "(loss)",
    "Ä",
    "non-controlling",
    "½",
    "reclassification",
    "of",
    "売上高",
    "販売費及び一般管理費",
    "接続サービスおよびアウトソーシング・サービス売上高、",
    "（１）２０１０年",
];
const HEADS: [&str; 7] =
    ["", "%", "FY2009", "Thousands of dollars", "Fiscal Year Ended March 31, 2010", "¥", "当連結会計年度"];
const GROUPS: [&str; 3] = ["", "Fiscal Year Ended March 31, 2010", "前連結会計年度"];
/// The last is huge, and stands in few tables.
const FIGURES: [&str; 10] =
    ["", "-", "7", "(2.5%)", "1,234", "(567)", "n.m.", "△10.6％", "(18,549,142)", "999,999,999,999,999,999"];

/// A table of up to so many columns and rows.
fn table(dice: &mut Dice, columns: usize, rows: usize) -> Table {
    let heads: Vec<String> = (0..=dice.below(columns)).map(|_| dice.of(&HEADS).to_owned()).collect();
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let mut source = Vec::new();
    let figures = match dice.below(8) {
        0 => &FIGURES[..],
        1 => &FIGURES[..9],
        _ => &FIGURES[..8],
    };
    for row in 0..=dice.below(rows) {
        let kind = dice.of(&["I", "I", "I", "I", "I", "H", "S", "T"]);
        let length = if dice.below(9) == 0 { 40 } else { 5 };
        let cells: Vec<&str> = heads.iter().map(|_| if kind == "H" { "" } else { dice.of(figures) }).collect();
        source.push(format!("{kind}{}\trow{row}x {}\t{}", dice.below(4), words(dice, length), cells.join("\t")));
    }
    // A head of one row, or groups of up to three columns under a head of their own.
    let mut table = match dice.below(3) {
        0 => {
            let groups: Vec<(&str, &[&str])> = heads.chunks(3).map(|heads| (dice.of(&GROUPS), heads)).collect();
            sample::grouped("any", "Any table", &groups, &source.join("\n"))
        }
        _ => sample::table("any", "Any table", &heads, &source.join("\n")),
    };
    table.landscape = dice.below(4) == 0;
    table
}

fn words(dice: &mut Dice, most: usize) -> String {
    (0..=dice.below(most)).map(|_| dice.of(&WORDS)).collect::<Vec<_>>().join(" ")
}

/// How many tables are tried.
const TABLES: u64 = 96;

#[test]
fn random_tables_lose_nothing_and_keep_within_their_pages() {
    let mut wide: u64 = 0;
    for seed in 0..TABLES {
        let mut dice = Dice(seed);
        let rows = if seed % 16 == 0 { 400 } else { 40 };
        let table = table(&mut dice, 12, rows);
        let document = release(vec![sample::paragraph("PriorFigure."), Block::Table(Box::new(table.clone()))]);
        match japanese::look(|look| kessan::render::pdf::layout(&document, look)) {
            Ok(layout) => holds(&layout, &table, seed),
            Err(found) => {
                assert!(found.iter().all(|finding| finding.rule == "layout"), "seed {seed}: {found:?}");
                assert!(
                    found[0].message.starts_with("the table `any` is too wide for a landscape sheet"),
                    "seed {seed}: {found:?}"
                );
                wide += 1;
            }
        }
    }
    assert!(wide < TABLES / 3, "{wide} of {TABLES} tables do not fit");
}

fn holds(layout: &Layout, table: &Table, seed: u64) {
    promises::inside_the_margins(layout, [50.0, 50.0, 50.0, 50.0]);
    promises::nothing_overlaps(layout);
    let mut lost: BTreeSet<String> = (0..table.rows.len()).map(|row| format!("row{row}x")).collect();
    // A figure of several faces is several runs of one cell.
    let mut figures: BTreeMap<NodeId, String> = BTreeMap::new();
    for run in layout.pages.iter().flat_map(|page| page.runs()) {
        if run.tag.is_some() {
            run.text.split_whitespace().for_each(|word| _ = lost.remove(word));
        }
        if let Some(cell) = promises::cell_of(layout, run) {
            figures.entry(cell).or_default().push_str(&run.text);
        }
    }
    assert!(lost.is_empty(), "seed {seed}: lost {lost:?}");
    let wanted = table.rows.iter().flat_map(|row| &row.cells).map(Cell::text).filter(|text| !text.is_empty());
    assert!(figures.values().map(|text| text.trim()).eq(wanted), "seed {seed}: not every figure is all_runs in order");
    totals_below_their_parts(layout, table, seed);
}

/// No page of a table begins with a total that has lost all its parts, unless they are whole pages.
fn totals_below_their_parts(layout: &Layout, table: &Table, seed: u64) {
    let row_of = |text: &str| text.strip_prefix("row")?.split('x').next()?.parse::<usize>().ok();
    for page in layout.pages.iter().skip(1) {
        let mut rows = page.runs().filter(|run| run.tag.is_some()).filter_map(|run| row_of(&run.text));
        let (Some(first), Some(second)) = (rows.next(), rows.next()) else { continue };
        assert!(first < second, "seed {seed}: rows are out of order");
        let parted = matches!(table.rows[first].kind, RowKind::Total | RowKind::Subtotal)
            && first > 0
            && table.rows[first - 1].kind == RowKind::Item
            && first > 3
            && (first - 4..first).all(|row| table.rows[row].kind == RowKind::Item);
        assert!(!parted, "seed {seed}: row {first} is parted from what it adds up");
    }
}

#[test]
fn characters_of_no_face_are_findings_with_their_place() {
    let table = sample::table("wide", "Wide", &["百万円"], "I0\t営業利益\t1\nI0\tＦＵＬＬ\t2");
    let found: Vec<String> =
        findings(&release(vec![Block::Table(Box::new(table))])).into_iter().map(|finding| finding.message).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("no font has 10 characters found in table `wide`: `万` (U+4E07), "), "{found:?}");
}

#[test]
fn a_number_wider_than_the_page_is_a_finding() {
    let number = "999,".repeat(80) + "999";
    let table = sample::table("huge", "Huge", &["A"], &format!("I0\tLabel\t{number}"));
    let found = findings(&release(vec![Block::Table(Box::new(table))]));
    assert_eq!(found.len(), 1);
    assert!(found[0].message.starts_with("the table `huge` is too wide for a landscape sheet"), "{}", found[0].message);
}
