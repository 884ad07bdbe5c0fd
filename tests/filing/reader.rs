//! Reads an inline XBRL page without the program: values from text, sign, scale and decimals, contexts and units from the header.

use std::collections::BTreeMap;

use kessan::model::Decimal;
use roxmltree::{Document, Node};

/// A fact as a reader of the page sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadFact {
    /// Without its prefix.
    pub concept: String,
    /// First and last day, or one day.
    pub days: Vec<String>,
    /// Axes with their members, without prefixes.
    pub members: BTreeMap<String, String>,
    pub entity: String,
    /// The measures above and below the line; empty for texts.
    pub unit: Vec<String>,
    pub decimals: Option<i32>,
    /// None for nil and for texts.
    pub value: Option<Decimal>,
    /// Of a text, as its format says.
    pub text: Option<String>,
}

/// A cell of a table: its visible text and its facts.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadCell {
    pub shown: String,
    pub facts: Vec<ReadFact>,
}

/// What a page has.
pub struct ReadPage {
    /// Tables, rows and cells, row labels left out.
    pub tables: Vec<Vec<Vec<ReadCell>>>,
    /// The facts outside of cells.
    pub others: Vec<ReadFact>,
}

type Contexts = BTreeMap<String, (Vec<String>, BTreeMap<String, String>, String)>;
type UnitMeasures = BTreeMap<String, Vec<String>>;

/// Reads a page. Panics where it is no XML; facts that cannot be read are left out.
pub fn read(page: &str) -> ReadPage {
    let document = Document::parse(page).unwrap();
    let (contexts, units) = (contexts(&document), units(&document));
    let named = |name: &'static str| document.descendants().filter(move |node| node.tag_name().name() == name);
    let facts_in = |node: Node| -> Vec<ReadFact> {
        let facts = node.descendants().filter(|node| node.tag_name().name().starts_with("non"));
        facts.filter_map(|fact| read_fact(&fact, &contexts, &units)).collect()
    };
    let children =
        |node: Node, name: &str| -> usize { node.children().filter(|child| child.tag_name().name() == name).count() };
    let tables = named("tbody").map(|body| {
        let rows = body.children().filter(|row| row.tag_name().name() == "tr" && children(*row, "td") > 0);
        let cells = rows.map(|row| {
            let cells = row.children().filter(|cell| cell.tag_name().name() == "td");
            cells.map(|cell| ReadCell { shown: shown(&cell), facts: facts_in(cell) }).collect()
        });
        cells.collect()
    });
    let is_in_cell = |node: &Node| node.ancestors().any(|above| above.tag_name().name() == "td");
    let others = document.descendants().filter(|node| node.tag_name().name().starts_with("non") && !is_in_cell(node));
    let others = others.filter_map(|fact| read_fact(&fact, &contexts, &units)).collect();
    ReadPage { tables: tables.collect(), others }
}

fn shown(node: &Node) -> String {
    node.descendants().filter(Node::is_text).filter_map(|text| text.text()).collect()
}

fn contexts(document: &Document) -> Contexts {
    let contexts = document.descendants().filter(|node| node.tag_name().name() == "context");
    let read = contexts.map(|context| {
        let text_of = |name: &str| {
            let found = context.descendants().filter(|node| node.tag_name().name() == name);
            found.map(|node| shown(&node)).collect::<Vec<_>>()
        };
        let days = ["startDate", "endDate", "instant"].into_iter().flat_map(text_of).collect();
        let members = context.descendants().filter(|node| node.tag_name().name() == "explicitMember");
        let members =
            members.map(|member| (local(member.attribute("dimension").unwrap_or_default()), local(&shown(&member))));
        let entity = text_of("identifier").concat();
        (context.attribute("id").unwrap_or_default().to_owned(), (days, members.collect(), entity))
    });
    read.collect()
}

fn units(document: &Document) -> UnitMeasures {
    let units = document.descendants().filter(|node| node.tag_name().name() == "unit");
    let read = units.map(|unit| {
        let measures = unit.descendants().filter(|node| node.tag_name().name() == "measure");
        (unit.attribute("id").unwrap_or_default().to_owned(), measures.map(|measure| shown(&measure)).collect())
    });
    read.collect()
}

fn read_fact(fact: &Node, contexts: &Contexts, units: &UnitMeasures) -> Option<ReadFact> {
    let (days, members, entity) = contexts.get(fact.attribute("contextRef")?)?.clone();
    let is_number = fact.tag_name().name() == "nonFraction";
    let is_nil = fact.attributes().any(|attribute| attribute.name() == "nil");
    let text = shown(fact);
    Some(ReadFact {
        concept: local(fact.attribute("name")?),
        days,
        members,
        entity,
        unit: fact.attribute("unitRef").and_then(|unit| units.get(unit)).cloned().unwrap_or_default(),
        decimals: fact.attribute("decimals").and_then(|decimals| decimals.parse().ok()),
        value: if is_number && !is_nil { Some(number(fact, &text)?) } else { None },
        text: if is_number { None } else { Some(said(&text, fact.attribute("format"))) },
    })
}

/// The value of a number: its digits, times ten to its scale, with its sign.
fn number(fact: &Node, text: &str) -> Option<Decimal> {
    let digits: Decimal = match fact.attribute("format")? {
        "ixt:numdotdecimal" => text.replace(',', "").parse().ok()?,
        "ixt:zerodash" => Decimal::ZERO,
        _ => return None,
    };
    let scale: i32 = fact.attribute("scale")?.parse().ok()?;
    let ten = Decimal::TEN;
    let scaled = (0..scale.unsigned_abs()).fold(digits, |value, _| if scale < 0 { value / ten } else { value * ten });
    Some(if fact.attribute("sign") == Some("-") { -scaled } else { scaled })
}

/// What a text says, by its format: dates as `2026-05-14`.
fn said(text: &str, format: Option<&str>) -> String {
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let numbers = || text.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse::<u32>().ok());
    match (format, numbers().collect::<Vec<_>>().as_slice()) {
        (Some("ixt:datemonthdayyearen"), [day, year]) => {
            let month = MONTHS.find(&text[..3]).map_or(0, |at| at / 3 + 1);
            format!("{year:04}-{month:02}-{day:02}")
        }
        (Some("ixt:dateyearmonthdaycjk"), [year, month, day]) => format!("{year:04}-{month:02}-{day:02}"),
        (Some("ixt:booleantrue"), _) => String::from("true"),
        (Some("ixt:booleanfalse"), _) => String::from("false"),
        _ => text.to_owned(),
    }
}

fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or_default().to_owned()
}
