//! Reads the inline XBRL of the first release back and compares every fact with the dataset and with what the other outputs
//! print; then plants faults that a validator does not see.

#[path = "filing/reader.rs"]
mod reader;

use std::{collections::BTreeMap, fs, path::Path, sync::OnceLock};

use kessan::model::Decimal;
use reader::{ReadCell, ReadFact, read};
use serde_json::Value;

const SLUG: &str = "iij-fy2009";
const PAGE: &str = "XBRLData/Summary/tse-acedussm-37740-20100514377420-ixbrl.htm";

/// The site of the first release, in memory.
fn site() -> &'static kessan::Site {
    static SITE: OnceLock<kessan::Site> = OnceLock::new();
    SITE.get_or_init(|| {
        let release = kessan::load(home(), SLUG).unwrap();
        kessan::build(kessan::check(&release), &kessan::Format::ALL).unwrap()
    })
}

fn home() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn file(path: &str) -> String {
    String::from_utf8(site().get(path).unwrap_or_else(|| panic!("no {path}")).to_vec()).unwrap()
}

/// What the dataset and the other outputs say of the filing.
struct Expected {
    /// The tables of the page, as JSON.
    tables: Vec<Value>,
    concepts: toml::Table,
    texts: toml::Table,
    /// First and last day of periods, or one day.
    periods: BTreeMap<String, Vec<String>>,
    events: BTreeMap<String, String>,
}

impl Expected {
    fn of_first_release() -> Self {
        let toml = |name: &str| -> toml::Table {
            fs::read_to_string(home().join("content").join(SLUG).join(name)).unwrap().parse().unwrap()
        };
        let (release, exchange) = (toml("release.toml"), toml("exchange.toml"));
        let whole: Value = serde_json::from_str(&file(&format!("{SLUG}.json"))).unwrap();
        let tables = whole["tables"].as_array().unwrap().iter().filter(|table| table["page"] == "exchange-form");
        let days = |period: &toml::Value| -> Vec<String> {
            ["from", "to", "at"].iter().filter_map(|key| Some(period.get(key)?.to_string())).collect()
        };
        let periods = release["period"].as_table().unwrap().iter().map(|(id, period)| (id.clone(), days(period)));
        let events = release["event"].as_table().unwrap().iter().map(|(id, date)| (id.clone(), date.to_string()));
        let section = |key: &str| exchange["exchange"][key].as_table().unwrap().clone();
        Self {
            tables: tables.cloned().collect(),
            concepts: section("concept"),
            texts: section("text"),
            periods: periods.collect(),
            events: events.collect(),
        }
    }

    /// The declared concept of a figure, or that of its growth, and its members.
    fn concept(&self, figure: &str) -> (String, Vec<String>) {
        let grown = figure.strip_prefix("change(").and_then(|inner| inner.strip_suffix(')'));
        let declared = &self.concepts[grown.unwrap_or(figure)];
        let name = declared.as_str().or_else(|| declared["concept"].as_str()).unwrap();
        let members = declared.get("members").and_then(|members| members.as_array()).cloned().unwrap_or_default();
        let members = members.iter().map(|member| member.as_str().unwrap().to_owned()).collect();
        (if grown.is_some() { format!("ChangeIn{name}") } else { name.to_owned() }, members)
    }

    /// What is wrong with a page.
    fn faults(&self, page: &str) -> Vec<String> {
        let read = read(page);
        let mut faults = Vec::new();
        if read.tables.len() != self.tables.len() {
            faults.push(format!("{} tables", read.tables.len()));
        }
        for (table, cells) in self.tables.iter().zip(&read.tables) {
            let rows = table["rows"].as_array().unwrap();
            for (row, cells) in rows.iter().zip(cells) {
                let wanted = row["cells"].as_array().unwrap();
                for (wanted, cell) in wanted.iter().zip(cells) {
                    faults.extend(self.cell_faults(wanted, cell));
                }
            }
        }
        faults.extend(self.text_faults(&read.others));
        let facts = read.tables.iter().flatten().flatten().flat_map(|cell| &cell.facts).chain(&read.others);
        let mut values: BTreeMap<String, &ReadFact> = BTreeMap::new();
        for fact in facts {
            if fact.entity != "37740" {
                faults.push(format!("{}: entity {}", fact.concept, fact.entity));
            }
            let key = format!("{} {:?} {:?}", fact.concept, fact.days, fact.members);
            let first = values.entry(key.clone()).or_insert(fact);
            if (first.value, &first.text) != (fact.value, &fact.text) {
                faults.push(format!("{key} has two values"));
            }
        }
        faults
    }

    fn cell_faults(&self, wanted: &Value, cell: &ReadCell) -> Option<String> {
        let (figure, text) = (wanted["figure"].as_str(), wanted["text"].as_str().unwrap_or_default());
        let facts = cell.facts.as_slice();
        let Some(figure) = figure else {
            // A mark is a fact too: that there is no number.
            let is_right = match facts {
                [] => text.is_empty(),
                [fact] => !text.is_empty() && fact.value.is_none() && fact.decimals.is_none() && cell.shown == text,
                _ => false,
            };
            return (!is_right).then(|| format!("{wanted} has {facts:?}"));
        };
        let [fact] = facts else { return Some(format!("{wanted} has {} facts", facts.len())) };
        let (name, period) = figure.rsplit_once('@').unwrap();
        let (concept, members) = self.concept(name);
        let unit = wanted["unit"].as_str().unwrap();
        let printed: Decimal = wanted["printed"].as_str().unwrap().parse().unwrap();
        let (power, measures): (i32, &[&str]) = match unit {
            "JPY million" => (6, &["iso4217:JPY"]),
            "JPY per share" => (0, &["iso4217:JPY", "xbrli:shares"]),
            "%" => (-2, &["xbrli:pure"]),
            "share" => (0, &["xbrli:shares"]),
            other => panic!("unit {other}"),
        };
        let decimals = i32::try_from(printed.scale()).unwrap() - power;
        let factor = |value: Decimal| {
            if power < 0 {
                value / Decimal::ONE_HUNDRED
            } else {
                value * Decimal::from(10_i64.pow(power.unsigned_abs()))
            }
        };
        let days = &self.periods[period];
        let last = days.last().unwrap();
        let is_day = fact.days.len() == 1;
        let outlook = if last.as_str() > "2010-05-14" { "ForecastMember" } else { "ResultMember" };
        let has = |member: &str| fact.members.values().any(|own| own == member);
        let dividends = ["DividendPerShare", "TotalDividendPaidAnnual", "NumberOf", "AverageNumber"];
        let is_own = dividends.iter().any(|start| concept.starts_with(start));
        let consolidation = if is_own { "NonConsolidatedMember" } else { "ConsolidatedMember" };
        let checks = [
            ("text", cell.shown == wanted["text"].as_str().unwrap()),
            ("concept", fact.concept == concept),
            ("value", fact.value == Some(factor(printed))),
            ("decimals", fact.decimals == Some(decimals)),
            ("unit", fact.unit == measures),
            ("days", if is_day { fact.days[0] == *last } else { fact.days == *days }),
            ("outlook", has(outlook)),
            ("consolidation", has(consolidation)),
            ("members", members.iter().all(|member| has(member))),
        ];
        let wrong: Vec<&str> = checks.iter().filter(|(_, is_right)| !is_right).map(|(what, _)| *what).collect();
        (!wrong.is_empty()).then(|| format!("{figure}: {wrong:?} of {fact:?}"))
    }

    fn text_faults(&self, facts: &[ReadFact]) -> Vec<String> {
        let mut faults = Vec::new();
        for (concept, value) in &self.texts {
            let said = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let dated = self.events.get(&said).or_else(|| self.periods.get(&said)?.last());
            let wanted = dated.unwrap_or(&said);
            let found: Vec<_> = facts.iter().filter(|fact| fact.concept == *concept).collect();
            if !matches!(found.as_slice(), [fact] if fact.text.as_ref() == Some(wanted)) {
                faults.push(format!("{concept} should be {wanted}: {found:?}"));
            }
        }
        let derived = [
            ("FilingDate", "2010-05-14"),
            ("CompanyName", "Internet Initiative Japan Inc."),
            ("NoteToFractionProcessingMethod", "(Amounts of less than JPY one million are rounded)"),
        ];
        let is_said = |concept: &str, text: &str| {
            facts.iter().any(|fact| fact.concept == concept && fact.text.as_deref() == Some(text))
        };
        faults.extend(
            derived.iter().filter(|(concept, text)| !is_said(concept, text)).map(|(concept, _)| (*concept).to_owned()),
        );
        faults
    }
}

#[test]
fn every_fact_is_what_the_release_says() {
    let faults = Expected::of_first_release().faults(&file(PAGE));
    assert!(faults.is_empty(), "{faults:#?}");
    let page = read(&file(PAGE));
    let in_cells = page.tables.iter().flatten().flatten().map(|cell| cell.facts.len()).sum::<usize>();
    let in_text = page.others.iter().filter(|fact| fact.value.is_some()).count();
    assert_eq!((in_cells, in_text), (90, 2), "numbers in cells and in sentences");
}

/// Faults that a validator of schemas and dimensions does not see first: what is replaced, and by what.
const FAULTS: [(&str, &str, &str); 23] = [
    ("two digits are swapped", ">68,006<", ">68,060<"),
    ("a digit is lost", ">68,006<", ">8,006<"),
    ("a decimal point is lost", ">11,030.38<", ">1,103,038<"),
    ("a sign is lost", "sign=\"-\" format=\"ixt:numdotdecimal\">3,788", "format=\"ixt:numdotdecimal\">3,788"),
    ("a sign is added", "format=\"ixt:numdotdecimal\">9,621", "sign=\"-\" format=\"ixt:numdotdecimal\">9,621"),
    (
        "thousands for millions",
        "decimals=\"-6\" scale=\"6\" format=\"ixt:numdotdecimal\">68,006",
        "decimals=\"-6\" scale=\"3\" format=\"ixt:numdotdecimal\">68,006",
    ),
    (
        "a percentage as a number",
        "decimals=\"3\" scale=\"-2\" format=\"ixt:numdotdecimal\">16.9",
        "decimals=\"3\" scale=\"0\" format=\"ixt:numdotdecimal\">16.9",
    ),
    (
        "more decimals than are known",
        "decimals=\"-6\" scale=\"6\" format=\"ixt:numdotdecimal\">68,006",
        "decimals=\"0\" scale=\"6\" format=\"ixt:numdotdecimal\">68,006",
    ),
    (
        "money for money per share",
        "unitRef=\"JPYPerShares\" decimals=\"2\" scale=\"0\" format=\"ixt:numdotdecimal\">11,030.38",
        "unitRef=\"JPY\" decimals=\"2\" scale=\"0\" format=\"ixt:numdotdecimal\">11,030.38",
    ),
    ("another currency", "iso4217:JPY<", "iso4217:USD<"),
    ("a dividend as consolidated", "tse-ed-t:NonConsolidatedMember<", "tse-ed-t:ConsolidatedMember<"),
    ("a forecast as a result", "tse-ed-t:ForecastMember<", "tse-ed-t:ResultMember<"),
    (
        "a dividend of another quarter",
        "DividendPerShare\" contextRef=\"CurrentYearDuration_SecondQuarterMember",
        "DividendPerShare\" contextRef=\"CurrentYearDuration_YearEndMember",
    ),
    (
        "the year before for this one",
        "TotalRevenuesUS\" contextRef=\"CurrentYearDuration",
        "TotalRevenuesUS\" contextRef=\"PriorYearDuration",
    ),
    (
        "every context a year off",
        "<xbrli:startDate>2009-04-01</xbrli:startDate><xbrli:endDate>2010-03-31<",
        "<xbrli:startDate>2008-04-01</xbrli:startDate><xbrli:endDate>2009-03-31<",
    ),
    ("a day a year off", "<xbrli:instant>2010-03-31<", "<xbrli:instant>2011-03-31<"),
    ("an amount under its growth", "ChangeInTotalRevenuesUS", "TotalRevenuesUS"),
    ("another line's concept", "\"tse-ed-t:OperatingIncomeUS\"", "\"tse-ed-t:IncomeBeforeIncomeTaxesUS\""),
    (
        "a dividend that is not there as zero",
        " xsi:nil=\"true\"/>-",
        " decimals=\"2\" scale=\"0\" format=\"ixt:zerodash\">-</ix:nonFraction>",
    ),
    (
        "a dividend that is there as nil",
        " decimals=\"2\" scale=\"0\" format=\"ixt:numdotdecimal\">1,000.00<",
        " xsi:nil=\"true\">1,000.00<",
    ),
    ("a date a month off", ">June 25, 2010<", ">July 25, 2010<"),
    (
        "yes for no",
        "NagoyaStockExchange\" contextRef=\"CurrentYearInstant\" format=\"ixt:booleanfalse\"",
        "NagoyaStockExchange\" contextRef=\"CurrentYearInstant\" format=\"ixt:booleantrue\"",
    ),
    ("another issuer", ">37740<", ">37750<"),
];

#[test]
fn planted_faults_are_seen() {
    let (expected, page) = (Expected::of_first_release(), file(PAGE));
    let mut unseen = Vec::new();
    for (name, right, wrong) in FAULTS {
        assert!(page.contains(right), "{name}: the page has no {right}");
        if expected.faults(&page.replacen(right, wrong, 1)).is_empty()
            && expected.faults(&page.replace(right, wrong)).is_empty()
        {
            unseen.push(name);
        }
    }
    assert!(unseen.is_empty(), "{unseen:#?}");
}

#[test]
fn a_fact_without_its_tag_is_seen() {
    let (expected, page) = (Expected::of_first_release(), file(PAGE));
    let (before, rest) = page.split_once("<ix:nonFraction name=\"tse-ed-t:TotalAssetsUS\"").unwrap();
    let (_, after) = rest.split_once('>').unwrap();
    let untagged = format!("{before}<b>{}", after.replacen("</ix:nonFraction>", "</b>", 1));
    assert!(!expected.faults(&untagged).is_empty());
}

#[test]
fn the_archive_has_the_three_files() {
    let bytes = site().get(&format!("{SLUG}.zip")).unwrap().to_vec();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    assert_eq!(archive.len(), 3);
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut entry, &mut text).unwrap();
        let name = entry.name().unwrap().into_owned();
        assert_eq!(text, file(&name), "{name}");
    }
}

/// A quarter under IFRS whose forecast is a range and whose dividend is not decided, from the starter.
#[test]
fn a_quarter_has_its_periods_and_the_ends_of_its_forecast() {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("filing-quarter");
    drop(fs::remove_dir_all(&root));
    kessan::new(&root, "acme", kessan::Starter::QUARTER).unwrap();
    let folder = root.join("content/acme");
    let append = |name: &str, text: &str| {
        let path = folder.join(name);
        let before = fs::read_to_string(&path).unwrap_or_default();
        fs::write(path, before + text).unwrap();
    };
    append(
        "measures.toml",
        "\n[[range]]\nid = \"revenue_forecast\"\nlabel = \"Revenue\"\nlow = \"forecast.revenue_low\"\nhigh = \"forecast.revenue_high\"\n",
    );
    append(
        "tables/filed.toml",
        "[[table]]\nid = \"filed\"\nunit = \"EUR million\"\ncolumns = [{ head = \"Amount\" }]\nrows = [\n\
         { line = \"is.revenue\", period = \"q1_2026\", id = \"now\" },\n{ line = \"is.revenue\", period = \"q1_2025\", id = \"before\" },\n\
         { line = \"bs.total_assets\", period = \"jun2026\", id = \"assets_now\" },\n\
         { line = \"bs.total_assets\", period = \"mar2026\", id = \"assets_before\" },\n\
         { line = \"revenue_forecast\", period = \"fy2026\" },\n{ line = \"forecast.dividend\", period = \"fy2026\", unit = \"EUR per share\" },\n]\n",
    );
    append("05-filed.md", "# Filed\n\n{{ \"filed\" | table }}\n");
    append(
        "exchange.toml",
        "[exchange]\nform = \"qcedifsm\"\ncode = \"000A\"\npage = \"filed\"\n[exchange.concept]\n\"is.revenue\" = \"RevenueIFRS\"\n\
         \"bs.total_assets\" = \"TotalAssetsIFRS\"\n\"forecast.revenue_low\" = \"RevenueIFRS\"\n\"forecast.revenue_high\" = \"RevenueIFRS\"\n\
         \"forecast.dividend\" = { concept = \"DividendPerShare\", members = [\"AnnualMember\"] }\n[exchange.text]\nSecuritiesCode = \"000A\"\n\
         TitleRepresentative = \"CEO\"\nNameRepresentative = \"A. Example\"\nTitleInquiries = \"CFO\"\nNameInquiries = \"B. Example\"\n\
         Tel = \"000\"\nQuarterlyPeriod = 1\n",
    );
    let checked = kessan::load(&root, "acme").unwrap();
    let site = kessan::build(kessan::check(&checked), &kessan::Format::ALL).unwrap();
    let path = "XBRLData/Summary/tse-qcedifsm-000A0-20260806000A20-ixbrl.htm";
    let page = read(std::str::from_utf8(site.get(path).unwrap()).unwrap());
    let facts = page.tables.iter().flatten().flatten().flat_map(|cell| &cell.facts);
    let shown: Vec<String> = facts
        .map(|fact| {
            let members = fact.members.values().filter(|member| !member.starts_with("Consolidated")).cloned();
            let value = fact.value.map_or_else(|| String::from("nil"), |value| value.to_string());
            format!("{} {} {} {value}", fact.concept, fact.days.join(".."), members.collect::<Vec<_>>().join(" "))
        })
        .collect();
    assert_eq!(
        shown,
        [
            "RevenueIFRS 2026-04-01..2026-06-30 ResultMember 1284000000",
            "RevenueIFRS 2025-04-01..2025-06-30 ResultMember 1188000000",
            "TotalAssetsIFRS 2026-06-30 ResultMember 4362000000",
            "TotalAssetsIFRS 2026-03-31 ResultMember 4323000000",
            "RevenueIFRS 2026-04-01..2027-03-31 LowerMember 5200000000",
            "RevenueIFRS 2026-04-01..2027-03-31 UpperMember 5400000000",
            "DividendPerShare 2026-04-01..2027-03-31 AnnualMember NonConsolidatedMember ForecastMember nil",
        ]
    );
    let text = String::from_utf8_lossy(site.get(path).unwrap()).into_owned();
    for id in [
        "CurrentAccumulatedQ1Duration_",
        "PriorAccumulatedQ1Duration_",
        "CurrentAccumulatedQ1Instant_",
        "PriorYearInstant_",
        "CurrentYearDuration_ConsolidatedMember_LowerMember",
    ] {
        assert!(text.contains(&format!("contextRef=\"{id}")), "{id}");
    }
}
