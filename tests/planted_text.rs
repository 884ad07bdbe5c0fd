//! Plants wrong sentences, heads and labels into the first release and the starter, each beside a right one: the wrong ones are
//! reported at their lines, the right ones are not.

#[path = "support/copy.rs"]
mod copy;
#[path = "support/folder.rs"]
#[expect(dead_code, reason = "only the folder is needed here")]
mod folder;

use std::{collections::BTreeMap, fmt::Write as _, path::Path};

use copy::copy;
use folder::Folder;

/// A paragraph with an error, or the same kind of paragraph without one.
struct Planted {
    kind: &'static str,
    is_wrong: bool,
    text: String,
}

/// The line, the period of the page and the direction of amounts of a release.
struct Subject {
    /// A formula in the period of the release.
    name: &'static str,
    rose: bool,
}

const fn subject(name: &'static str, rose: bool) -> Subject {
    Subject { name, rose }
}

/// A release, and what is planted into it.
struct Host {
    slug: &'static str,
    amounts: &'static [Subject],
    percentages: &'static [Subject],
    /// A sentence's names for the period, for the one before, and for one that does not exist.
    own_period: &'static str,
    prior_period: &'static str,
    unknown_names: &'static [&'static str],
    /// Words for lengths: of the figures, and of other periods.
    own_length: &'static str,
    other_lengths: &'static [&'static str],
    currency: &'static str,
}

const IIJ: Host = Host {
    slug: "iij-fy2009",
    amounts: &[
        subject("bs.cash@mar2010", false),
        subject("bs.receivables@mar2010", true),
        subject("bs.inventories@mar2010", true),
        subject("bs.total_liabilities@mar2010", false),
        subject("bs.total_equity@mar2010", true),
        subject("cf.net_income", true),
        subject("cf.depreciation", false),
        subject("adjusted_ebitda", true),
        subject("capex", false),
        subject("backlog.maintenance@mar2010", false),
    ],
    percentages: &[subject("equity_ratio@mar2010", true), subject("operating_margin", true)],
    own_period: "fy2009",
    prior_period: "fy2008",
    unknown_names: &["FY2099", "3Q25", "4Q12"],
    own_length: "full year",
    other_lengths: &["third quarter", "six months", "nine months"],
    currency: "JPY",
};

const STARTER: Host = Host {
    slug: "acme-1q2026",
    amounts: &[
        subject("is.revenue", true),
        subject("is.cost_of_sales", true),
        subject("is.gross_profit", true),
        subject("is.other_income", false),
        subject("is.finance_costs", true),
        subject("is.profit", true),
        subject("bs.cash@jun2026", false),
        subject("bs.receivables@jun2026", false),
        subject("bs.inventories@jun2026", true),
    ],
    percentages: &[subject("gross_margin", true), subject("operating_margin", true)],
    own_period: "q1_2026",
    prior_period: "q1_2025",
    unknown_names: &["FY2099", "3Q2031", "1H2019"],
    own_length: "first quarter",
    other_lengths: &["full year", "six months", "second quarter"],
    currency: "EUR",
};

/// Both sentences of every pair: the first is right where the amount rose.
fn directions(subjects: &[Subject], out: &mut Vec<Planted>) {
    let prior = |name: &str| match name.split_once('@') {
        Some((line, period)) => format!("prior({line})@{period}"),
        None => format!("prior({name})"),
    };
    for Subject { name, rose } in subjects {
        let mut pair = |kind, up: String, down: String| {
            out.push(Planted { kind, is_wrong: !rose, text: up });
            out.push(Planted { kind, is_wrong: *rose, text: down });
        };
        let call = |function: &str| match name.split_once('@') {
            Some((line, period)) => format!("{function}({line})@{period}"),
            None => format!("{function}({name})"),
        };
        let (difference, change, written) = (call("difference"), call("change"), format!("{name} - {}", prior(name)));
        pair(
            "direction of a difference",
            format!("It increased by {{{{ \"{difference}\" | size(decimals=3) }}}}."),
            format!("It decreased by {{{{ \"{difference}\" | size(decimals=3) }}}}."),
        );
        pair(
            "direction of growth",
            format!("It rose {{{{ \"{change}\" | size(decimals=3) }}}}."),
            format!("It declined {{{{ \"{change}\" | size(decimals=3) }}}}."),
        );
        pair(
            "direction of a difference written out",
            format!("The figure was higher by {{{{ \"{written}\" | size(decimals=3) }}}}."),
            format!("The figure was lower by {{{{ \"{written}\" | size(decimals=3) }}}}."),
        );
        pair(
            "direction after the figure",
            format!("There was a {{{{ \"abs({difference})\" | amount(decimals=3) }}}} increase."),
            format!("There was a {{{{ \"abs({difference})\" | amount(decimals=3) }}}} decrease."),
        );
        pair(
            "direction before an amount and its growth",
            format!(
                "It rose to {{{{ \"{name}\" | amount(decimals=3) }}}} ({{{{ \"{name}\" | change(decimals=3) }}}})."
            ),
            format!(
                "It fell to {{{{ \"{name}\" | amount(decimals=3) }}}} ({{{{ \"{name}\" | change(decimals=3) }}}})."
            ),
        );
    }
}

fn planted(host: &Host) -> Vec<Planted> {
    let mut out = Vec::new();
    directions(host.amounts, &mut out);
    let mut both = |kind, wrong: String, right: String| {
        out.push(Planted { kind, is_wrong: true, text: wrong });
        out.push(Planted { kind, is_wrong: false, text: right });
    };
    let amount = |options: &str| format!("{{{{ \"{}\" | amount{options} }}}}", host.amounts[0].name);
    for Subject { name, .. } in host.percentages {
        both(
            "growth of a percentage",
            format!("The ratio is {{{{ \"{name}\" | change(decimals=3) }}}}."),
            format!("The ratio is {{{{ \"{name}\" | difference(decimals=3) }}}}."),
        );
        both(
            "unit twice",
            format!("The ratio is {{{{ \"{name}\" | amount }}}} percent."),
            format!("The ratio is {{{{ \"{name}\" | amount }}}} as before."),
        );
        both(
            "unit twice",
            format!("The ratio is {{{{ \"{name}\" | amount }}}}%."),
            format!("The ratio is ({{{{ \"{name}\" | amount }}}})."),
        );
    }
    for Subject { name, .. } in host.amounts {
        both(
            "unit twice",
            format!("The amount is {} {{{{ \"{name}\" | amount(decimals=3) }}}}.", host.currency),
            format!("The amount is {{{{ \"{name}\" | amount(decimals=3) }}}}."),
        );
        both(
            "scale twice",
            format!("The amount is {{{{ \"{name}\" | amount(decimals=3) }}}} million."),
            format!("The amount is {{{{ \"{name}\" | amount(decimals=3) }}}} in all."),
        );
        both(
            "sign twice",
            format!("The amount is -{{{{ \"{name}\" | amount(decimals=3) }}}}."),
            format!("The amount - {{{{ \"{name}\" | amount(decimals=3) }}}} - is this."),
        );
        both(
            "rounded away",
            format!("The amount is {{{{ \"{name}\" | amount(unit=\"{} trillion\") }}}}.", host.currency),
            format!("The amount is {{{{ \"{name}\" | amount(unit=\"{} trillion\", decimals=6) }}}}.", host.currency),
        );
        let figure = |options: &str| format!("{{{{ \"{name}\" | amount({options}) }}}}");
        both(
            "ends of a range that print alike",
            format!(
                "It is between {} and {{{{ \"{name} * 1.000001\" | amount(unit=\"{} billion\") }}}}.",
                figure(&format!("unit=\"{} billion\"", host.currency)),
                host.currency
            ),
            format!(
                "It is between {} and {{{{ \"{name} * 2\" | amount(unit=\"{} million\") }}}}.",
                figure(&format!("unit=\"{} million\"", host.currency)),
                host.currency
            ),
        );
    }
    for name in host.unknown_names {
        both("name of no period", format!("In {name} it was so."), String::from("In time it was so."));
    }
    let flow = host.amounts.iter().find(|amount| !amount.name.contains('@')).expect("a flow").name;
    for length in host.other_lengths {
        both(
            "words for another period",
            format!("In the {length}, it was {{{{ \"{flow}\" | amount }}}}."),
            format!("In the {}, it was {{{{ \"{flow}\" | amount }}}}.", host.own_length),
        );
    }
    let named = |id: &str| format!("{{{{ \"{id}\" | period }}}}");
    for words in ["from", "over", "compared with"] {
        both(
            "name of another period",
            format!("It was {{{{ \"{flow}\" | change }}}} {words} {}.", named(host.own_period)),
            format!("It was {{{{ \"{flow}\" | change }}}} {words} {}.", named(host.prior_period)),
        );
    }
    both(
        "name of another period",
        format!("It was {{{{ \"{flow}\" | amount }}}} in {}.", named(host.prior_period)),
        format!("It was {{{{ \"{flow}\" | amount }}}} in {}.", named(host.own_period)),
    );
    for words in
        ["nine percent", "four point seven million", "twenty-five per cent", "two hundred euros", "doubled", "halved"]
    {
        both("number in words", format!("It was {words} of it."), String::from("It was much of it."));
    }
    for number in ["12.3", "1,234", "５６７", "½"] {
        both("typed number", format!("It was {number} of it."), format!("It was {} of it.", amount("(decimals=3)")));
    }
    both("typed date", String::from("It was so on May 5, 1999."), String::from("It was so in May."));
    for word in ["loss", "losses"] {
        both(
            "loss of a positive amount",
            format!("There was a {word} of {{{{ \"{flow}\" | amount }}}}."),
            format!("There was {{{{ \"{flow}\" | amount }}}}, no {word}."),
        );
    }
    out
}

/// Wrong heads, unit lines and labels: what stands in a file, what it becomes, and what is wrong about it.
const CELLS: [(&str, &str, &str, &str, &str); 12] = [
    (
        "iij-fy2009",
        "tables/statements.toml",
        "Fiscal Year Ended March 31, 2009\", head = \"Thousands of JPY",
        "Fiscal Year Ended March 31, 2010\", head = \"Thousands of JPY",
        "head of another period",
    ),
    (
        "iij-fy2009",
        "tables/quarter.toml",
        "group = \"4Q08\", head = \"JPY millions\"",
        "group = \"4Q09\", head = \"JPY millions\"",
        "head of another period",
    ),
    (
        "iij-fy2009",
        "tables/exchange-form.toml",
        "As of March 31, 2009",
        "As of March 31, 2007",
        "head of another period",
    ),
    (
        "iij-fy2009",
        "tables/quarter.toml",
        "Three Months Ended March 31, 2009",
        "Three Months Ended December 2009",
        "head of another period",
    ),
    (
        "iij-fy2009",
        "tables/quarter.toml",
        "group = \"4Q09\", head = \"JPY millions\"",
        "group = \"4Q08 (actual)\", head = \"JPY millions\"",
        "head of the period before",
    ),
    ("iij-fy2009", "release.toml", "label = \"4Q08\"", "label = \"4Q09\"", "label of two periods"),
    (
        "iij-fy2009",
        "release.toml",
        "at = 2009-03-31, label = \"March 31, 2009\"",
        "at = 2009-03-31, label = \"March 31, 2006\"",
        "label of another day",
    ),
    ("acme-1q2026", "release.toml", "label = \"Q1 FY2026\"", "label = \"Q1 FY2019\"", "label of another year"),
    ("acme-1q2026", "release.toml", "label = \"March 31, 2026\"", "label = \"June 30, 2026\"", "label of another day"),
    ("acme-1q2026", "release.toml", "prior = \"q1_2025\"", "prior = \"fy2025\"", "prior period of another length"),
    ("acme-1q2026", "release.toml", "prior = \"fy2025\"", "prior = \"q1_2025\"", "prior period of another length"),
    ("acme-1q2026", "tables/*", "(EUR in millions)", "(EUR in thousands)", "unit line of another scale"),
];

/// A project with the first release or the starter.
fn project(test: &str, slug: &str) -> Folder {
    if slug != IIJ.slug {
        return Folder::with(test, &[slug]);
    }
    let folder = Folder::new(test);
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"), &folder.path("content"));
    folder
}

/// The rules found, by file and line.
type ByLine = BTreeMap<(String, u64), Vec<String>>;

fn check(folder: &Folder, slug: &str) -> ByLine {
    let output =
        folder.command(&["check", slug, "--message-format", "json"]).output().expect("the program runs").stdout;
    let report: serde_json::Value = serde_json::from_slice(&output).expect("JSON");
    let mut by_line = ByLine::new();
    for finding in report["findings"].as_array().expect("findings") {
        let place = (finding["file"].as_str().unwrap_or_default().to_owned(), finding["line"].as_u64().unwrap_or(0));
        by_line.entry(place).or_default().push(finding["rule"].as_str().unwrap_or_default().to_owned());
    }
    by_line
}

#[test]
fn wrong_sentences_are_found_and_right_ones_are_not() {
    let (mut all, mut found, mut missed, mut false_alarms) = (0, 0, String::new(), String::new());
    let mut kinds: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for host in [IIJ, STARTER] {
        let folder = project("sentences", host.slug);
        let page = format!("content/{}/99-planted.md", host.slug);
        let planted = planted(&host);
        let mut text = String::from("# Planted\n");
        planted.iter().for_each(|planted| _ = write!(text, "\n{}\n", planted.text));
        folder.write(&page, &text);
        let by_line = check(&folder, host.slug);
        for (number, planted) in planted.iter().enumerate() {
            let rules = by_line.get(&(page.clone(), 3 + 2 * number as u64));
            match (planted.is_wrong, rules) {
                (true, found_rules) => {
                    let count = kinds.entry(planted.kind).or_default();
                    count[0] += 1;
                    count[1] += usize::from(found_rules.is_some());
                    all += 1;
                    found += usize::from(found_rules.is_some());
                    if found_rules.is_none() {
                        _ = writeln!(missed, "{}: {}", planted.kind, planted.text);
                    }
                }
                (false, Some(rules)) => _ = writeln!(false_alarms, "{} {rules:?}: {}", planted.kind, planted.text),
                (false, None) => {}
            }
        }
    }
    println!("{kinds:#?}");
    assert_eq!(false_alarms, "", "right sentences that are reported");
    assert!(all >= 150 && found * 100 >= all * 95, "{found} of {all} found; missed:\n{missed}");
}

#[test]
fn wrong_heads_labels_and_units_are_found() {
    for slug in ["iij-fy2009", "acme-1q2026"] {
        let sound = project("cells", slug);
        assert_eq!(check(&sound, slug), ByLine::new(), "the release is sound");
        for (_, file, right, wrong, kind) in CELLS.iter().filter(|(of, ..)| of == &slug) {
            let folder = project("cells", slug);
            let files: Vec<String> = match file.strip_suffix('*') {
                Some(within) => {
                    let names = folder.names(&format!("content/{slug}/{within}"));
                    names.iter().map(|name| format!("{within}{name}")).collect()
                }
                None => vec![(*file).to_owned()],
            };
            let path = files
                .iter()
                .map(|file| format!("content/{slug}/{file}"))
                .find(|path| folder.read(path).contains(right));
            let path = path.unwrap_or_else(|| panic!("{file} has no {right}"));
            let text = folder.read(&path).replacen(right, wrong, 1);
            folder.write(&path, &text);
            assert!(!check(&folder, slug).is_empty(), "{kind}: {wrong}");
        }
    }
}
