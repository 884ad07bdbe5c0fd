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

/// The site of a release of its own: a starter's, if there is one, with the files of a folder of `tests/filing/`.
fn site_of(name: &str, starter: Option<&kessan::Starter>) -> kessan::Site {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("filing-{name}"));
    drop(fs::remove_dir_all(&root));
    let folder = root.join("content/acme");
    match starter {
        Some(starter) => drop(kessan::new(&root, "acme", starter).unwrap()),
        None => fs::create_dir_all(&folder).unwrap(),
    }
    add_files(&home().join("tests/filing").join(name), &folder);
    let release = kessan::load(&root, "acme").unwrap_or_else(|findings| panic!("{findings:#?}"));
    kessan::build(kessan::check(&release), &kessan::Format::ALL).unwrap_or_else(|findings| panic!("{findings:#?}"))
}

/// Adds the files of a folder to another, each at the end of the file that is there.
fn add_files(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            add_files(&entry.path(), &target);
        } else {
            let before = fs::read_to_string(&target).unwrap_or_default();
            fs::write(target, before + &fs::read_to_string(entry.path()).unwrap()).unwrap();
        }
    }
}

/// The numbers of a filing, one a line: concept, days, members beside that of consolidation, value.
fn numbers(site: &kessan::Site, path: &str) -> Vec<String> {
    let page = read(std::str::from_utf8(site.get(path).unwrap()).unwrap());
    let facts = page.tables.iter().flatten().flatten().flat_map(|cell| &cell.facts);
    let line = |fact: &ReadFact| {
        let members = fact.members.values().filter(|member| !member.starts_with("Consolidated")).cloned();
        let value = fact.value.map_or_else(|| String::from("nil"), |value| value.to_string());
        format!("{} {} {} {value}", fact.concept, fact.days.join(".."), members.collect::<Vec<_>>().join(" "))
    };
    facts.map(line).collect()
}

/// The texts of a filing that have a concept: each with its days and members.
fn texts_of(site: &kessan::Site, path: &str, concept: &str) -> Vec<String> {
    let page = read(std::str::from_utf8(site.get(path).unwrap()).unwrap());
    let facts = page.others.iter().filter(|fact| fact.concept == concept);
    let line = |fact: &ReadFact| {
        let members = fact.members.values().cloned().collect::<Vec<_>>().join(" ");
        format!("{} {members} {}", fact.days.join(".."), fact.text.clone().unwrap_or_default())
    };
    facts.map(line).collect()
}

/// A quarter under IFRS whose forecast is a range and whose dividend is not decided, from the starter.
#[test]
fn a_quarter_has_its_periods_and_the_ends_of_its_forecast() {
    let site = site_of("quarter", Some(kessan::Starter::QUARTER));
    let path = "XBRLData/Summary/tse-qcedifsm-000A0-20260806000A20-ixbrl.htm";
    assert_eq!(
        numbers(&site, path),
        [
            "RevenueIFRS 2026-04-01..2026-06-30 ResultMember 1284000000",
            "RevenueIFRS 2025-04-01..2025-06-30 ResultMember 1188000000",
            "ChangeInRevenueIFRS 2026-04-01..2026-06-30 ResultMember 0.081",
            "OperatingIncomeIFRS 2026-04-01..2026-06-30 ResultMember 158000000",
            "OperatingIncomeIFRS 2025-04-01..2025-06-30 ResultMember 135000000",
            "ChangeInOperatingIncomeIFRS 2026-04-01..2026-06-30 ResultMember 0.165",
            "ProfitBeforeTaxIFRS 2026-04-01..2026-06-30 ResultMember 154000000",
            "ProfitBeforeTaxIFRS 2025-04-01..2025-06-30 ResultMember 130000000",
            "ChangeInProfitBeforeTaxIFRS 2026-04-01..2026-06-30 ResultMember 0.185",
            "ProfitIFRS 2026-04-01..2026-06-30 ResultMember 114000000",
            "ProfitIFRS 2025-04-01..2025-06-30 ResultMember 95000000",
            "ChangeInProfitIFRS 2026-04-01..2026-06-30 ResultMember 0.201",
            "ProfitAttributableToOwnersOfParentIFRS 2026-04-01..2026-06-30 ResultMember 111000000",
            "ProfitAttributableToOwnersOfParentIFRS 2025-04-01..2025-06-30 ResultMember 93000000",
            "ChangeInProfitAttributableToOwnersOfParentIFRS 2026-04-01..2026-06-30 ResultMember 0.2",
            "BasicEarningsPerShareIFRS 2026-04-01..2026-06-30 ResultMember 0.94",
            "BasicEarningsPerShareIFRS 2025-04-01..2025-06-30 ResultMember 0.78",
            "TotalAssetsIFRS 2026-06-30 ResultMember 4362000000",
            "TotalAssetsIFRS 2026-03-31 ResultMember 4323000000",
            "TotalEquityIFRS 2026-06-30 ResultMember 2394000000",
            "TotalEquityIFRS 2026-03-31 ResultMember 2312000000",
            "EquityAttributableToOwnersOfParentIFRS 2026-06-30 ResultMember 2351000000",
            "EquityAttributableToOwnersOfParentIFRS 2026-03-31 ResultMember 2271000000",
            "EquityAttributableToOwnersOfParentToTotalAssetsRatioIFRS 2026-06-30 ResultMember 0.539",
            "EquityAttributableToOwnersOfParentToTotalAssetsRatioIFRS 2026-03-31 ResultMember 0.525",
            "RevenueIFRS 2026-04-01..2027-03-31 LowerMember 5200000000",
            "RevenueIFRS 2026-04-01..2027-03-31 UpperMember 5400000000",
            "OperatingIncomeIFRS 2026-04-01..2027-03-31 LowerMember 620000000",
            "OperatingIncomeIFRS 2026-04-01..2027-03-31 UpperMember 660000000",
            "ProfitAttributableToOwnersOfParentIFRS 2026-04-01..2027-03-31 LowerMember 425000000",
            "ProfitAttributableToOwnersOfParentIFRS 2026-04-01..2027-03-31 UpperMember 455000000",
            "DividendPerShare 2026-04-01..2027-03-31 AnnualMember NonConsolidatedMember ForecastMember nil",
        ]
    );
    // Of the forecast, not of the quarter.
    let revised = "CorrectionOfConsolidatedFinancialForecastInThisQuarter";
    assert_eq!(texts_of(&site, path, revised), ["2026-04-01..2027-03-31 ConsolidatedMember ForecastMember false"]);
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

/// A revision has the forecast before, which is a range of one figure, beside that of now; its growth is from the one to the other.
#[test]
fn a_revision_tells_forecasts_before_from_those_of_now() {
    let site = site_of("revision", None);
    let path = "tse-rvfc-00000-20261105000020-ixbrl.htm";
    assert_eq!(
        numbers(&site, path),
        [
            "NetSales 2026-04-01..2026-09-30 PreviousMember ForecastMember 20000000000",
            "NetSales 2026-04-01..2027-03-31 PreviousMember ForecastMember 42000000000",
            "NetSales 2026-04-01..2026-09-30 CurrentMember ResultMember 21340000000",
            "NetSales 2026-04-01..2027-03-31 CurrentMember ForecastMember 45500000000",
            "AmountChangeNetSales 2026-04-01..2026-09-30 CurrentMember ResultMember 1340000000",
            "AmountChangeNetSales 2026-04-01..2027-03-31 CurrentMember ForecastMember 3500000000",
            "ChangeInNetSales 2026-04-01..2026-09-30 CurrentMember ResultMember 0.067",
            "ChangeInNetSales 2026-04-01..2027-03-31 CurrentMember ForecastMember 0.083",
            "OperatingIncome 2026-04-01..2027-03-31 PreviousMember LowerMember 2000000000",
            "OperatingIncome 2026-04-01..2027-03-31 PreviousMember UpperMember 2400000000",
            "OperatingIncome 2026-04-01..2027-03-31 CurrentMember ForecastMember 3000000000",
            "ProfitAttributableToOwnersOfParent 2026-04-01..2027-03-31 PreviousMember ForecastMember 1500000000",
            "ProfitAttributableToOwnersOfParent 2026-04-01..2027-03-31 CurrentMember ForecastMember -200000000",
            "AmountChangeProfitAttributableToOwnersOfParent 2026-04-01..2027-03-31 CurrentMember ForecastMember -1700000000",
        ]
    );
    let period =
        "2026-04-01..2027-03-31 NonConsolidatedMember CurrentMember ForecastMember April 1, 2026 to March 31, 2027";
    assert_eq!(texts_of(&site, path, "PreambleToForecasts"), [period]);
    assert_eq!(texts_of(&site, path, "ReportingDateOfFinancialForecastCorrection"), ["2027-03-31  2026-11-05"]);
    let text = String::from_utf8_lossy(site.get(path).unwrap()).into_owned();
    for id in [
        "CurrentYearDuration_ConsolidatedMember_PreviousMember_ForecastMember",
        "CurrentYearDuration_ConsolidatedMember_PreviousMember_UpperMember",
        "CurrentAccumulatedQ2Duration_ConsolidatedMember_CurrentMember_ResultMember",
    ] {
        assert!(text.contains(&format!("contextRef=\"{id}\"")), "{id}");
    }
}

/// A dividend that was not decided before, beside one that has been paid.
#[test]
fn a_revision_of_dividends_tells_record_dates() {
    let site = site_of("dividend", None);
    let path = "tse-rvdf-00000-20261105000020-ixbrl.htm";
    assert_eq!(
        numbers(&site, path),
        [
            "DividendPerShare 2026-04-01..2027-03-31 SecondQuarterMember NonConsolidatedMember CurrentMember ResultMember 20.00",
            "DividendPerShare 2026-04-01..2027-03-31 YearEndMember NonConsolidatedMember PreviousMember ForecastMember nil",
            "DividendPerShare 2026-04-01..2027-03-31 YearEndMember NonConsolidatedMember CurrentMember ForecastMember 25.00",
        ]
    );
    assert_eq!(texts_of(&site, path, "PreviousReportingDate"), ["2027-03-31  2026-05-13"]);
    let id = "CurrentYearDuration_YearEndMember_NonConsolidatedMember_CurrentMember_ForecastMember";
    assert!(String::from_utf8_lossy(site.get(path).unwrap()).contains(&format!("contextRef=\"{id}\"")));
}

/// A consolidated form has parts about the parent company alone, with the same concepts: they are not what its figures are of.
#[test]
fn figures_of_a_consolidated_form_are_consolidated() {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("filing-tanshin");
    drop(fs::remove_dir_all(&root));
    kessan::new(&root, "acme", kessan::Starter::by_name("tanshin").unwrap()).unwrap();
    let release = kessan::load(&root, "acme").unwrap();
    let site = kessan::build(kessan::check(&release), &[kessan::Format::by_name("xbrl").unwrap()]).unwrap();
    let path = "XBRLData/Summary/tse-acedjpsm-00000-20260513000020-ixbrl.htm";
    let page = read(std::str::from_utf8(site.get(path).unwrap()).unwrap());
    let facts: Vec<&ReadFact> = page.tables.iter().flatten().flatten().flat_map(|cell| &cell.facts).collect();
    assert!(facts.len() > 80, "{}", facts.len());
    // What is the parent company's own by convention.
    let of_shares = ["DividendPerShare", "TotalDividendPaidAnnual", "AverageNumberOfShares", "NumberOf"];
    for fact in facts.iter().filter(|fact| !fact.unit.is_empty()) {
        let is_own = of_shares.iter().any(|name| fact.concept.starts_with(name));
        let member = if is_own { "NonConsolidatedMember" } else { "ConsolidatedMember" };
        assert_eq!(fact.members.get("ConsolidatedNonconsolidatedAxis").map(String::as_str), Some(member), "{fact:?}");
    }
}
