//! Tests the checks on the published release: every detectable planted error is caught and blamed, and the fewest
//! adjustments that make its columns foot are those that were published.

use std::{path::Path, process::Command};

use kessan::commands::{self, Mutate, Tally};

fn home() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The primary statements: balance sheet, income, equity, cash flows, and their quarterly forms.
const PRIMARY: [&str; 6] = ["is", "isq", "bs", "eq", "cf", "cfq"];

#[test]
fn planted_errors_are_caught_and_blamed() {
    let slugs = ["iij-fy2009".to_owned()];
    let request = Mutate { root: home(), slugs: &slugs, seed: 7, limit: Some(900) };
    let (proofs, findings) = commands::mutate(&request, &|_, _| {});
    assert!(findings.is_empty(), "{findings:?}");
    let mut unit = Tally::default();
    let mut others = Tally::default();
    for (statement, (units, rest)) in &proofs[0].by_statement {
        if PRIMARY.contains(&statement.as_str()) {
            unit = unit.sum(units);
            others = others.sum(rest);
        }
    }
    assert!(unit.planted > 100 && others.planted > 300, "{unit:?} {others:?}");
    assert!(unit.caught * 100 >= unit.planted * 97, "{unit:?}");
    assert!(others.caught * 100 >= others.planted * 97, "{others:?}");
    assert_eq!(unit.class, unit.caught, "one unit cannot be told apart among the parts of a sum, but the class can");
    assert!(others.first * 100 >= others.caught * 90, "{others:?}");
    assert!(others.three * 100 >= others.caught * 97, "{others:?}");
}

#[test]
fn the_same_seed_plants_the_same_errors() {
    let run = || kessan(&["mutate", "iij-fy2009", "--limit", "60", "--seed", "3"]);
    assert_eq!(run(), run());
}

#[test]
fn nothing_is_left_to_adjust_and_afresh_finds_the_minimum() {
    assert_eq!(kessan(&["adjust", "iij-fy2009"]), "");
    let afresh = kessan(&["adjust", "iij-fy2009", "--afresh"]);
    let dollars = afresh.matches("unit = \"USD thousand\"").count();
    assert!((1..=16).contains(&dollars), "{dollars} moves in dollars\n{afresh}");
}

#[test]
fn a_figure_is_explained_down_to_the_line_of_its_entry() {
    let explanation = kessan(&["explain", "eps_basic@fy2009"]);
    for part in [
        "eps_basic@fy2009",
        "formula    eps_basic = is.net_income_iij / shares.basic",
        "is.toml:",
        "shares.toml:",
        "shown in   eps_fy/",
    ] {
        assert!(explanation.contains(part), "no {part} in\n{explanation}");
    }
}

fn kessan(args: &[&str]) -> String {
    let done = Command::new(env!("CARGO_BIN_EXE_kessan")).args(args).current_dir(home()).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}
