//! A sample document of a whole release: every kind of block and inline, and tables of realistic widths.

use kessan::present::document::{
    Block, Document, Draft, FormattedDate, Headline, Inline, Note, Page, PriorFigure, Table, Trend,
};

use super::build::{figure, heading, mark, paragraph, table, text};

/// The English words of the release, read out of the default file (the table holds one `key = "value"` a line).
pub fn words() -> std::collections::BTreeMap<String, String> {
    let (_, file) = kessan::render::built_in::FILES.iter().find(|(path, _)| path.ends_with("words/en.toml")).unwrap();
    let (_, table) = file.split_once("[words]").unwrap();
    let lines = table.lines().take_while(|line| !line.starts_with('[')).filter_map(|line| line.split_once(" = "));
    lines.map(|(key, value)| (key.to_owned(), value.trim_matches('"').to_owned())).collect()
}

/// The release.
pub fn release() -> Document {
    Document {
        slug: "iij-fy2009".into(),
        language: "en".into(),
        title: vec![
            text(
                "IIJ Announces Full Year and Fourth Quarter Financial Results for the Fiscal Year Ended March 31, 2010",
            ),
            mark(1, "gaap", 1),
        ],
        issuer: "Internet Initiative Japan Inc.".into(),
        lei: String::new(),
        covers: String::new(),
        masthead: vec![
            "For Immediate Release".into(),
            "Internet Initiative Japan Inc. E-mail: ir@iij.ad.jp Tel: +81-3-5259-6500 URL: http://www.iij.ad.jp/en/IR"
                .into(),
        ],
        date: FormattedDate { iso: "2010-05-14".into(), text: "May 14, 2010".into() },
        description: "Consolidated financial results for the fiscal year ended March 31, 2010.".into(),
        headlines: Vec::new(),
        pages: vec![highlights(), results(), balance(), income(), equity(), cash()],
        notes: notes(),
        draft: Some(Draft { findings: 3, mark: "DRAFT: 3 findings".into() }),
        words: words(),
        typesetting: Default::default(),
        data: Default::default(),
        untranslated: Default::default(),
    }
}

fn notes() -> Vec<Note> {
    let gaap = vec![
        text(
            "Unless otherwise stated, all financial figures are prepared in accordance with U.S. GAAP. The rate used for the translation was ",
        ),
        figure("JPY93.40", "93.40"),
        text(" per US$1.00."),
    ];
    let adopted = vec![text("Effective April 1, 2009, we have adopted ASC810, “Consolidations”.")];
    let rate = vec![text(
        "The U.S. dollar amounts represent translations of yen amounts at the noon buying rate in New York City.",
    )];
    let note = |number, id: &str, text, references| Note { id: id.into(), number, mark: None, text, references };
    vec![note(1, "gaap", gaap, 2), note(2, "asc810", adopted, 1), note(3, "rate", rate, 2)]
}

fn page(id: &str, title: &str, blocks: Vec<Block>) -> Page {
    Page { id: id.into(), title: title.into(), new_sheet: true, sheets: None, form: false, blocks }
}

fn item(inlines: Vec<Inline>) -> Vec<Block> {
    vec![paragraph(inlines)]
}

fn highlights() -> Page {
    let items = vec![
        item(vec![
            text("Revenues were "),
            figure("JPY68,006 million", "68006380000"),
            text(" ($728.1 million), down "),
            figure("2.5%", "-2.5"),
            text(
                " YoY. While connectivity and outsourcing service grew steadily, systems integration revenue was heavily affected by the decrease in IT related investments in Japan.",
            ),
        ]),
        item(vec![
            text("Operating income was "),
            figure("JPY3,412 million", "3411585000"),
            text(", up "),
            figure("16.9%", "16.9"),
            text(" YoY, mainly due to the increase in gross margin."),
        ]),
        item(vec![
            text("Net income attributable to IIJ"),
            mark(2, "asc810", 1),
            text(" was JPY2,234 million, up 57.4% YoY."),
        ]),
    ];
    let steps = vec![
        item(vec![text("First.")]),
        vec![
            paragraph(vec![text("Second, with more:")]),
            Block::List { start: None, items: vec![item(vec![text("inner")]), item(vec![text("inner too")])] },
        ],
    ];
    let quote = vec![paragraph(vec![
        text("“It has been truly a tough year for us with the drop in IT investments,” said the President. See "),
        Inline::Link { href: "#income".into(), text: vec![text("the statements of income")] },
        text(" and "),
        Inline::Link { href: "https://example.com/ir?a=1&b=2".into(), text: vec![text("our site")] },
        text("."),
    ])];
    page(
        "highlights",
        "Highlights",
        vec![
            paragraph(vec![
                Inline::Strong { text: vec![text("Tokyo, May 14, 2010")] },
                text(
                    " – Internet Initiative Japan Inc. (“IIJ”) today announced its full year and 4th quarter consolidated financial results.",
                ),
                mark(1, "gaap", 2),
            ]),
            heading(1, "highlights-of-full-fy2009", "Highlights of Full FY2009 Financial Results"),
            Block::List { start: None, items },
            heading(2, "overview", "Overview of Full FY2009 and Business Outlook"),
            Block::Quote { blocks: quote },
            Block::List { start: Some(3), items: steps },
            Block::Rule,
            paragraph(vec![
                Inline::Emphasis { text: vec![text("Tables follow.")] },
                Inline::LineBreak,
                Inline::Code { text: "code | bar".into() },
            ]),
        ],
    )
}

const MONEY: &[(&str, usize, usize)] = &[
    ("Thousands of JPY", 1, 1),
    ("% of total revenues", 1, 1),
    ("Thousands of U.S. Dollars", 1, 1),
    ("Thousands of JPY", 1, 1),
    ("% of total revenues", 1, 1),
];

fn results() -> Page {
    let head: &[&[(&str, usize, usize)]] = &[
        &[("", 1, 2), ("FY2008", 1, 1), ("FY2009", 1, 1), ("YoY % change", 1, 2)],
        &[("JPY millions", 1, 1), ("JPY millions", 1, 1)],
    ];
    let operating =
        table("operating_summary", "Operating Results Summary", "", head, include_str!("rows/operating.txt"));
    page(
        "results",
        "Full Year Results",
        vec![
            heading(1, "full-year-results", "Full FY2009 Financial Results Summary"),
            Block::Table(Box::new(operating)),
            heading(2, "revenues", "Revenues"),
            paragraph(vec![
                text("Revenues were "),
                figure("JPY68,006 million", "68006380000"),
                text(
                    ", down 2.5% YoY. Over 1Gbps IP reached 125 contracts at the end of FY2009 driven by demands for higher bandwidth; see ",
                ),
                Inline::Link { href: "#overview".into(), text: vec![text("the overview")] },
                text("."),
            ]),
        ],
    )
}

fn noted(mut table: Table, occurrence: usize) -> Block {
    table.head[0][2].text.push(mark(3, "rate", occurrence));
    Block::Table(Box::new(table))
}

fn balance() -> Page {
    let head: &[&[(&str, usize, usize)]] =
        &[&[("", 1, 2), ("As of March 31, 2009", 2, 1), ("As of March 31, 2010", 3, 1)], MONEY];
    let table = table(
        "balance",
        "Consolidated Balance Sheets (Unaudited)",
        "(As of March 31, 2009 and March 31, 2010)",
        head,
        include_str!("rows/balance.txt"),
    );
    page("balance-sheets", "Consolidated Balance Sheets", vec![noted(table, 1)])
}

fn income() -> Page {
    let head: &[&[(&str, usize, usize)]] =
        &[&[("", 1, 2), ("Fiscal Year Ended March 31, 2009", 2, 1), ("Fiscal Year Ended March 31, 2010", 3, 1)], MONEY];
    let table = table(
        "income",
        "Consolidated Statements of Income (Unaudited)",
        "(For the fiscal years ended March 31, 2009 and March 31, 2010)",
        head,
        include_str!("rows/income.txt"),
    );
    page(
        "statements-of-income",
        "Consolidated Statements of Income",
        vec![heading(1, "statements-of-income", "Consolidated Statements of Income"), noted(table, 2)],
    )
}

fn equity() -> Page {
    let head: &[&[(&str, usize, usize)]] = &[
        &[
            ("", 1, 3),
            ("Total equity", 1, 3),
            ("Internet Initiative Japan Inc. shareholders’ equity", 6, 1),
            ("Noncontrolling interests", 1, 3),
        ],
        &[
            ("Comprehensive income (loss)", 1, 2),
            ("Accumulated deficit", 1, 2),
            ("Accumulated other comprehensive income (loss)", 1, 2),
            ("Common stock", 2, 1),
            ("Additional paid-in capital", 1, 2),
        ],
        &[("Shares outstanding", 1, 1), ("Treasury stock", 1, 1)],
    ];
    let table = table(
        "equity",
        "Consolidated Statements of Shareholders’ Equity (Unaudited)",
        "(Thousands of JPY)",
        head,
        include_str!("rows/equity.txt"),
    );
    page(
        "statements-of-equity",
        "Consolidated Statements of Shareholders’ Equity",
        vec![
            heading(1, "statements-of-equity", "Consolidated Statements of Shareholders’ Equity"),
            Block::Table(Box::new(table)),
        ],
    )
}

fn cash() -> Page {
    let head: &[&[(&str, usize, usize)]] = &[
        &[("", 1, 2), ("Fiscal Year Ended March 31, 2009", 1, 1), ("Fiscal Year Ended March 31, 2010", 2, 1)],
        &[("Thousands of JPY", 1, 1), ("Thousands of U.S. Dollars", 1, 1), ("Thousands of JPY", 1, 1)],
    ];
    let table = table(
        "cash_flows",
        "Consolidated Statements of Cash Flows (Unaudited)",
        "(For the fiscal years ended March 31, 2009 and March 31, 2010)",
        head,
        include_str!("rows/cash.txt"),
    );
    page(
        "cash-flows",
        "Consolidated Statements of Cash Flows",
        vec![heading(1, "cash-flows", "Consolidated Statements of Cash Flows"), Block::Table(Box::new(table))],
    )
}

/// What a label, caption or sentence might hold that a format could take for its own.
pub const HOSTILE: &[&str] = &[
    "\u{202e}fdp.exe\u{202c} \u{2066}\u{5e9}\u{5dc}\u{5d5}\u{5dd}",
    "<script>alert('x')</script>",
    "a | b",
    "\\| a \\\\",
    "\\",
    "`code` ``",
    "*a* **b** _c_ __d__ a_b ~~e~~",
    "[x](y) ![x](y) [^gaap] [x]: y",
    "# a #",
    "- a",
    "1. a",
    "2010) a",
    "+",
    "=====",
    ":--",
    "> a",
    "&amp; R&D; &#65; A&B",
    "http://a.test/?b=c&d=e_f*g",
    "$1 and $2",
    "\u{202e}right to left\u{202c} עברית",
    "\"quoted\" 'single'",
    "<!-- comment",
    "&lt;b&gt;",
    "***",
    "```",
    "|",
];

/// One that fell, one that is not compared.
fn headlines() -> Vec<Headline> {
    let before = PriorFigure { period: "FY2008".into(), amount: vec![figure("JPY1,300 million", "1300000000")] };
    let revenues = Headline {
        label: vec![text("Revenues & more")],
        period: "FY2009".into(),
        amount: vec![figure("JPY1,233 million", "1233000000")],
        change: vec![text("down "), figure("5.2%", "-5.2")],
        direction: Some(Trend::Down),
        prior: Some(before),
    };
    let undecided = Headline {
        label: vec![text("Dividend")],
        period: "FY2010".into(),
        amount: vec![text("undecided")],
        change: Vec::new(),
        direction: None,
        prior: None,
    };
    vec![revenues, undecided]
}

/// Two short pages with one of everything.
pub fn small() -> Document {
    let head: &[&[(&str, usize, usize)]] = &[&[("", 1, 2), ("FY2009", 2, 1)], &[("JPY millions", 1, 1), ("%", 1, 1)]];
    let rows =
        "h0 REVENUES:\ni1 Sales | 1,234 | 5.4%\ni2 Other | (1) | n.m.\ns1 Total | 1,233 | -\nt0 Income | (12) | (0.5%)";
    let mut summary = table("summary", "Summary", "(Unaudited)", head, rows);
    summary.rows[2].label.push(mark(2, "other", 1));
    let note = |number, id: &str, words: &str, references| Note {
        id: id.into(),
        number,
        mark: None,
        text: vec![text(words)],
        references,
    };
    Document {
        slug: "example".into(),
        title: vec![text("Results of Example & Co."), mark(1, "basis", 1)],
        issuer: "Example & Co.".into(),
        lei: String::new(),
        covers: String::new(),
        masthead: vec!["For Immediate Release".into(), "1. First section".into()],
        date: FormattedDate { iso: "2030-05-14".into(), text: "May 14, 2030".into() },
        description: String::new(),
        headlines: headlines(),
        pages: vec![
            page(
                "cover",
                "Highlights",
                vec![
                    heading(1, "highlights", "Highlights"),
                    paragraph(vec![
                        text("Revenues were "),
                        figure("JPY1,233 million", "1233000000"),
                        text(", see "),
                        Inline::Link { href: "#summary".into(), text: vec![text("the table")] },
                        text("."),
                    ]),
                    Block::List {
                        start: None,
                        items: vec![
                            item(vec![text("One")]),
                            item(vec![Inline::Strong { text: vec![text("Two")] }, text("B")]),
                        ],
                    },
                    Block::List {
                        start: None,
                        items: vec![vec![
                            paragraph(vec![text("Three")]),
                            Block::Quote { blocks: item(vec![text("Four"), Inline::LineBreak, text("- five")]) },
                        ]],
                    },
                    Block::Rule,
                ],
            ),
            page(
                "tables",
                "Tables",
                vec![
                    heading(1, "tables", "Tables"),
                    Block::Table(Box::new(summary)),
                    heading(2, "more", "More"),
                    paragraph(vec![Inline::Code { text: "a|b".into() }, text(" "), mark(1, "basis", 2)]),
                ],
            ),
        ],
        notes: vec![note(1, "basis", "Under IFRS.", 2), note(2, "other", "Of which 1.", 1)],
        draft: None,
        ..release()
    }
}

/// A page of hostile text in every place that takes text.
pub fn hostile() -> Document {
    let mut rows = table("hostile", "", "", &[&[("", 1, 1), ("a | b", 1, 1)]], "");
    rows.caption = vec![text("a *b* | c")];
    rows.rows = HOSTILE
        .iter()
        .enumerate()
        .map(|(number, words)| {
            let cells = vec![kessan::present::document::Cell::of_mark(*words)];
            kessan::present::document::Row {
                id: format!("r{number}"),
                kind: kessan::present::document::RowKind::Item,
                indent: 0,
                label: vec![text(words)],
                cells,
                was: Default::default(),
            }
        })
        .collect();
    let mut blocks = vec![Block::Table(Box::new(rows))];
    blocks.extend(HOSTILE.iter().enumerate().map(|(number, words)| heading(1, &format!("h{number}"), words)));
    blocks.extend(HOSTILE.iter().map(|words| paragraph(vec![text(words)])));
    blocks.push(Block::List { start: None, items: HOSTILE.iter().map(|words| item(vec![text(words)])).collect() });
    let [turned, script] = [HOSTILE[0], HOSTILE[1]];
    let notes = vec![Note { id: "basis".into(), number: 1, mark: None, text: vec![text(turned)], references: 1 }];
    let mut headlines = headlines();
    headlines[0].label = vec![text(turned)];
    Document {
        title: vec![text(script)],
        issuer: turned.into(),
        lei: String::new(),
        covers: String::new(),
        masthead: vec![turned.into(), "</script></head>".into()],
        description: "\"><script>alert()</script>".into(),
        headlines,
        pages: vec![page("cover", turned, Vec::new()), page("hostile", "<b>Hostile</b>", blocks)],
        notes,
        ..small()
    }
}
