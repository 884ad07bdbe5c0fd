//! Tests the release and its tables as JSON against their schema, and for consistency.

use std::collections::BTreeSet;

use kessan::{present::document::Cell, render::json, site};
use serde_json::Value;

use crate::{RELEASES, hostile, languages, noted, schema::Schema};

fn release(document: &kessan::present::document::Document) -> Value {
    serde_json::from_slice(&site::to_json(&json::release(&document.into()))).unwrap()
}

fn names<'a>(list: &'a Value, key: &str) -> BTreeSet<&'a str> {
    list.as_array().unwrap().iter().filter_map(|item| item[key].as_str()).collect()
}

fn texts(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().map(|item| item.as_str().unwrap())
}

#[test]
fn releases_and_tables_fit_the_schema_and_meet_all_of_it() {
    let mut schema = Schema::new(json::SCHEMA);
    let mut draft = hostile();
    draft.draft = Some(kessan::present::document::Draft { findings: 1, mark: "DRAFT".into() });
    draft.lei = "EXAMPLE00000ACME0048".into();
    draft.covers = "2026-03-31".into();
    for document in RELEASES.iter().chain([&draft, &noted()]) {
        assert_eq!(schema.faults(&release(document), None), Vec::<String>::new());
        for (page, table) in document.tables() {
            let table = serde_json::from_slice(&site::to_json(&json::table(&document.into(), page, table))).unwrap();
            assert_eq!(schema.faults(&table, Some("table_file")), Vec::<String>::new());
        }
    }
    assert_eq!(schema.faults(&languages::release(), None), Vec::<String>::new());
    for table in languages::tables() {
        assert_eq!(schema.faults(&table, Some("table_file")), Vec::<String>::new());
    }
    let unmet: Vec<String> =
        schema.properties().into_iter().map(|(key, _)| key).filter(|key| !schema.met.contains(key)).collect();
    assert!(unmet.is_empty(), "keys that no release has: {unmet:?}");
}

#[test]
fn every_key_is_described() {
    for (key, schema) in Schema::new(json::SCHEMA).properties() {
        let description = schema["description"].as_str().unwrap_or_default();
        assert!(description.len() > 10 && description.ends_with('.'), "{key}: {description}");
    }
}

#[test]
fn a_value_that_does_not_fit_is_found() {
    let mut value = release(&RELEASES[0]);
    let mut faults = |change: &dyn Fn(&mut Value)| {
        let before = value.clone();
        change(&mut value);
        let faults = Schema::new(json::SCHEMA).faults(&value, None);
        value = before;
        faults.len()
    };
    assert_eq!(faults(&|_| {}), 0);
    assert_eq!(faults(&|value| value["facts"][0]["value"] = 1.into()), 1);
    assert_eq!(faults(&|value| value["facts"][0]["value"] = "-0".into()), 1);
    assert_eq!(faults(&|value| value["facts"][0]["extra"] = "x".into()), 1);
    assert_eq!(faults(&|value| value["periods"][0]["at"] = "2010-03-31".into()), 1);
    assert_eq!(faults(&|value| _ = value.as_object_mut().unwrap().remove("units")), 1);
    assert_eq!(faults(&|value| value["tables"][0]["rows"][0]["cells"][0] = serde_json::json!({"text": 1})), 1);
}

#[test]
fn every_name_leads_somewhere() {
    for document in RELEASES.iter() {
        let value = release(document);
        let (facts, figures) = (names(&value["facts"], "name"), names(&value["figures"], "name"));
        let (units, periods, notes) =
            (names(&value["units"], "id"), names(&value["periods"], "id"), names(&value["notes"], "id"));
        let lines =
            value["statements"].as_array().unwrap().iter().flat_map(|statement| names(&statement["lines"], "id"));
        let lines: BTreeSet<&str> = lines.chain(names(&value["measures"], "id")).collect();
        assert_eq!(facts.len(), value["facts"].as_array().unwrap().len(), "names are unique");
        for fact in value["facts"].as_array().unwrap() {
            assert!(periods.contains(fact["period"].as_str().unwrap()), "{fact}");
            assert!(units.contains(fact["unit"].as_str().unwrap()), "{fact}");
            assert!(lines.contains(fact["line"].as_str().unwrap()), "{fact}");
        }
        for figure in value["figures"].as_array().unwrap() {
            assert!(texts(&figure["facts"]).all(|fact| facts.contains(fact)), "{figure}");
            assert!(lines.contains(figure["of"].as_str().unwrap()), "{figure}");
            // A figure that is a fact is made of itself.
            if facts.contains(figure["name"].as_str().unwrap()) {
                assert_eq!(figure["facts"], serde_json::json!([figure["name"]]));
            }
        }
        let rows = value["tables"].as_array().unwrap().iter().flat_map(|table| table["rows"].as_array().unwrap());
        for row in rows {
            assert!(texts(&row["notes"]).all(|note| notes.contains(note)), "{row}");
            for cell in row["cells"].as_array().unwrap().iter().filter(|cell| cell.get("figure").is_some()) {
                assert!(figures.contains(cell["figure"].as_str().unwrap()), "{cell}");
                assert!(units.contains(cell["unit"].as_str().unwrap()), "{cell}");
            }
        }
    }
}

#[test]
fn facts_are_as_entered_and_say_how_finely_they_are_known() {
    let value = release(&RELEASES[0]);
    let fact = |name: &str| {
        let facts = value["facts"].as_array().unwrap();
        facts.iter().find(|fact| fact["name"] == name).unwrap().clone()
    };
    let revenues = serde_json::json!({
        "name": "is.total_revenues@fy2009", "line": "is.total_revenues", "label": "Total revenues", "period": "fy2009",
        "value": "68006380", "unit": "JPY thousand", "precision": "1",
    });
    assert_eq!(fact("is.total_revenues@fy2009"), revenues);
    assert_eq!(fact("eq.closing[total]@fy2009")["member"], "total");
}

#[test]
fn cells_are_those_of_the_document() {
    for document in RELEASES.iter() {
        let value = release(document);
        let written = value["tables"].as_array().unwrap().iter().flat_map(|table| table["rows"].as_array().unwrap());
        let written: Vec<&Value> = written.flat_map(|row| row["cells"].as_array().unwrap()).collect();
        let cells = crate::cells(document);
        assert_eq!(written.len(), cells.len());
        for (written, (.., cell)) in written.into_iter().zip(cells) {
            match cell {
                Cell::Blank => assert!(written.is_null()),
                Cell::Mark { text, .. } => assert_eq!(*written, serde_json::json!({ "text": text })),
                Cell::Text { plain, .. } => assert_eq!(*written, serde_json::json!({ "kind": "text", "text": plain })),
                Cell::Number { figure, number, .. } => {
                    let keys = ["text", "printed", "exact", "figure"].map(|key| written[key].as_str().unwrap());
                    assert_eq!(keys, [&figure.text, &number.printed, &number.exact, &figure.source]);
                }
            }
        }
    }
}
