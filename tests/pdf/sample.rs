//! A release with everything that makes a page hard: notes, long labels, wide and long tables.

use kessan::present::document::*;

/// Plain text.
pub fn text(text: &str) -> Inline {
    Inline::Text { text: text.to_owned() }
}

/// A mark of a note.
pub fn mark(number: usize, occurrence: usize) -> Inline {
    Inline::NoteMark { number, id: format!("n{number}"), occurrence, mark: None }
}

/// Text with note marks written `^1`.
pub fn marked(source: &str) -> Vec<Inline> {
    let mut out = Vec::new();
    for (i, part) in source.split('^').enumerate() {
        let (number, rest) = if i == 0 { ("", part) } else { part.split_at(1) };
        if let Ok(number) = number.parse() {
            out.push(mark(number, 1));
        }
        if !rest.is_empty() {
            out.push(text(rest));
        }
    }
    out
}

pub fn heading(level: u8, words: &str) -> Block {
    Block::Heading { level, id: words.to_lowercase().replace(' ', "-"), text: marked(words) }
}

pub fn paragraph(words: &str) -> Block {
    Block::Paragraph { text: marked(words) }
}

fn cell(shown: &str) -> Cell {
    if shown.is_empty() {
        return Cell::Blank;
    }
    let figure = Figure { text: shown.to_owned(), value: "0".to_owned(), source: "is.line".to_owned() };
    let size = shown.trim_matches(['(', ')']).to_owned();
    let number = Box::new(Number { size, ..Number::default() });
    Cell::Number { figure, unit: String::new(), negative: shown.starts_with('('), number, marks: Vec::new() }
}

/// Rows written `T0 <tab> label <tab> figure <tab> …`: kind, indent, label, figures.
pub fn rows(source: &str) -> Vec<Row> {
    let row = |(i, line): (usize, &str)| {
        let mut parts = line.split('\t');
        let (kind, indent) = parts.next().unwrap_or("I0").split_at(1);
        let kind = match kind {
            "H" => RowKind::Heading,
            "S" => RowKind::Subtotal,
            "T" => RowKind::Total,
            _ => RowKind::Item,
        };
        let label = marked(parts.next().unwrap_or_default());
        let indent = indent.parse().unwrap_or_default();
        Row { id: format!("row{i}"), kind, indent, label, cells: parts.map(cell).collect(), was: Default::default() }
    };
    source.lines().enumerate().map(row).collect()
}

fn head(words: &str, colspan: usize, rowspan: usize) -> HeadCell {
    HeadCell { text: marked(words), colspan, rowspan, group: colspan > 1 }
}

/// A table with a head of one row.
pub fn table(id: &str, caption: &str, heads: &[&str], source: &str) -> Table {
    let mut first = vec![head("", 1, 1)];
    first.extend(heads.iter().map(|words| head(words, 1, 1)));
    Table {
        id: id.to_owned(),
        caption: marked(caption),
        unit_line: Vec::new(),
        head: vec![first],
        columns: heads.iter().map(|words| Column { path: vec![(*words).to_owned()] }).collect(),
        rows: rows(source),
        landscape: false,
        boxed: false,
    }
}

/// A table with groups of columns: (group, its heads); a group of one without a name is a head of two rows.
pub fn grouped(id: &str, caption: &str, groups: &[(&str, &[&str])], source: &str) -> Table {
    let (mut top, mut below, mut columns) = (vec![head("", 1, 2)], Vec::new(), Vec::new());
    for (group, heads) in groups {
        if group.is_empty() {
            top.extend(heads.iter().map(|words| head(words, 1, 2)));
        } else {
            top.push(head(group, heads.len(), 1));
            below.extend(heads.iter().map(|words| head(words, 1, 1)));
        }
        columns.extend(heads.iter().map(|words| Column { path: vec![(*group).to_owned(), (*words).to_owned()] }));
    }
    Table { head: vec![top, below], columns, ..table(id, caption, &[], source) }
}

const SUMMARY: &str = "\
T0\tTotal revenues\t69,731\t68,006\t(2.5%)
I1\tConnectivity and outsourcing services\t35,076\t36,972\t5.4%
I1\tSystems integration\t33,647\t30,071\t(10.6%)
I1\tEquipment sales\t985\t756\t(23.2%)
I1\tATM operation business\t23\t207\t781.2%
T0\tOperating income\t2,917\t3,412\t16.9%
I0\tIncome before income tax expense\t2,034\t2,859\t40.5%
I0\tNet income attributable to the Company^2\t1,419\t2,234\t57.4%";

const CONTRACTS: &str = "\
S0\tConnectivity services (corporate use)\t48,802\t63,998\t15,196
I1\tIP service (-99Mbps)\t938\t926\t(12)
I1\tIP service (100Mbps-999Mbps)\t225\t254\t29
I1\tMobile service^3^4\t19,698\t32,315\t12,617
I1\tOthers\t1,526\t1,400\t(126)
I0\tTotal contracted bandwidth\t530.5 Gbps\t650.4 Gbps\t119.9 Gbps";

const CAPEX: &str = "\
T0\tCapital expenditure, including capital leases\t7,006\t5,584
I1\tAcquisition of assets by entering into capital leases\t4,015\t2,330
I1\tPurchase of property and equipment\t2,991\t3,254";

const LONG: &str = "Revenues were 68,006 million, down 2.5% from the year before. While connectivity and outsourcing services grew \
steadily, systems integration was heavily affected by the weak economy, as customers postponed construction projects that \
they had planned for the first half of the year; revenues from operation and maintenance, which recur, were firm.";

fn summary_page() -> Page {
    let mut outlook = vec![text("The targets are in "), Inline::Strong { text: vec![text("one place")] }];
    outlook.extend([
        text(", on "),
        Inline::Link { href: "https://example.com/ir/".to_owned(), text: vec![text("our investors’ page")] },
    ]);
    outlook.extend([
        text(" and in the "),
        Inline::Link { href: "#cash".to_owned(), text: vec![text("statement of cash flows")] },
    ]);
    outlook.extend([text("; see "), Inline::Emphasis { text: vec![text("Risk Factors")] }, text(".")]);
    let item = |words: &str| vec![paragraph(words)];
    let mut nested = item("Full year cash dividend of 2,250 per share, up from 2,000.^1");
    nested.push(Block::List { start: None, items: vec![item("Interim 1,000"), item("Year-end 1,250")] });
    let mut blocks = vec![
        heading(1, "Highlights of the full year"),
        Block::List {
            start: None,
            items: vec![
                item(LONG),
                item("Operating income was 3,412 million, up 16.9%.^1"),
                item("Net income was 2,234 million.^2"),
                nested,
            ],
        },
        heading(2, "Targets"),
        Block::Paragraph { text: outlook },
        Block::List {
            start: Some(9),
            items: vec![item("First of all, connectivity."), item("Then, systems integration.")],
        },
        heading(2, "Operating results summary"),
    ];
    let mut summary = table("summary", "Operating results summary", &["FY2008", "FY2009", "Change"], SUMMARY);
    summary.unit_line = vec![text("(Millions of yen)")];
    blocks.push(Block::Table(Box::new(summary)));
    blocks.push(heading(3, "Revenues"));
    blocks.push(paragraph(LONG));
    blocks.push(Block::Quote {
        blocks: vec![paragraph("It has been a tough year for us, with investment falling everywhere.")],
    });
    blocks.extend([paragraph(LONG), Block::Rule, paragraph(LONG)]);
    blocks.push(Block::Table(Box::new(table(
        "contracts",
        "Number of contracts",
        &["as of March 31, 2009", "as of March 31, 2010", "Change"],
        CONTRACTS,
    ))));
    blocks.extend([heading(2, "Capital expenditure^1"), paragraph(LONG)]);
    blocks.push(Block::Table(Box::new(table("capex", "", &["FY2008", "FY2009"], CAPEX))));
    blocks.extend((0..3).map(|_| paragraph(LONG)));
    Page { id: "summary".to_owned(), title: "Summary".to_owned(), new_sheet: false, sheets: None, form: false, blocks }
}

fn statement(id: &str, title: &str, table: Table) -> Page {
    let blocks = vec![heading(1, title), Block::Table(Box::new(table))];
    Page { id: format!("{id}-page"), title: title.to_owned(), new_sheet: true, sheets: None, form: false, blocks }
}

/// The whole release.
pub fn document() -> Document {
    let with = |mut table: Table| {
        table.unit_line = marked("(Unaudited; thousands)");
        table
    };
    let years: [(&str, &[&str]); 2] = [
        ("Fiscal Year Ended March 31, 2009", &["Thousands of JPY", "% of total revenues"]),
        (
            "Fiscal Year Ended March 31, 2010^5",
            &["Thousands of U.S. Dollars", "Thousands of JPY", "% of total revenues"],
        ),
    ];
    let flows: [(&str, &[&str]); 2] = [
        ("Fiscal Year Ended March 31, 2009", &["Thousands of JPY"]),
        ("Fiscal Year Ended March 31, 2010^5", &["Thousands of U.S. Dollars", "Thousands of JPY"]),
    ];
    let equity: [(&str, &[&str]); 3] = [
        ("", &["Total equity", "Comprehensive income (loss)"]),
        (
            "The Company’s shareholders’ equity",
            &[
                "Accumulated deficit",
                "Accumulated other comprehensive income (loss)",
                "Shares of common stock outstanding",
                "Treasury stock",
                "Additional paid-in capital",
            ],
        ),
        ("", &["Noncontrolling interests"]),
    ];
    let mut wide = with(grouped("equity", "Statements of shareholders’ equity", &equity, include_str!("equity.txt")));
    wide.landscape = true;
    let note = |number: usize, words: &str| Note {
        id: format!("n{number}"),
        number,
        mark: None,
        text: vec![text(words)],
        references: 1,
    };
    Document {
        slug: "fy2009".to_owned(),
        language: "en".to_owned(),
        title: vec![text(
            "Example Networks Announces Full Year and Fourth Quarter Financial Results for the Fiscal Year Ended March 31, 2010",
        )],
        issuer: "Example Networks Inc.".to_owned(),
        lei: String::new(),
        covers: String::new(),
        masthead: vec!["For Immediate Release".to_owned(), "E-mail: ir@example.com  Tel: +81-3-0000-0000".to_owned()],
        date: FormattedDate { iso: "2010-05-14".to_owned(), text: "May 14, 2010".to_owned() },
        description: "Consolidated results & outlook".to_owned(),
        headlines: Vec::new(),
        pages: vec![
            summary_page(),
            statement(
                "balance",
                "Consolidated balance sheets",
                with(grouped("balance", "Consolidated balance sheets", &years, include_str!("balance.txt"))),
            ),
            statement(
                "income",
                "Consolidated statements of income",
                with(grouped("income", "Consolidated statements of income", &years, include_str!("income.txt"))),
            ),
            statement("equity", "Shareholders’ equity", wide),
            statement(
                "cash",
                "Consolidated statements of cash flows",
                with(grouped("cash", "Consolidated statements of cash flows", &flows, include_str!("cash.txt"))),
            ),
        ],
        notes: vec![
            note(
                1,
                "Unless otherwise stated, all financial figures discussed in this announcement are prepared in accordance with generally accepted accounting principles. All figures are unaudited and consolidated, and were rounded to the nearest million.",
            ),
            note(2, "Net income attributable to the Company excludes noncontrolling interests."),
            note(3, "Contracts of the mobile service are of mobile data communication for corporate use."),
            note(
                4,
                "The contract number as of December was miscalculated by including the contract number for home use, and has been corrected here.",
            ),
            note(
                5,
                "The U.S. dollar amounts represent translations at the rate of 93.40, the noon buying rate in New York City for cable transfers as of March 31, 2010.",
            ),
        ],
        draft: None,
        words: [("minus", "minus"), ("page_of", "Page {page} of {pages}"), ("continued", "(continued)")]
            .map(|(key, word)| (key.to_owned(), word.to_owned()))
            .into(),
        typesetting: Default::default(),
        data: Default::default(),
        untranslated: Default::default(),
    }
}
