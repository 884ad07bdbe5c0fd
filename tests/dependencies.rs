//! Every crate that is built has a licence that the program may carry, comes from the registry, and builds with the Rust
//! version that `Cargo.toml` promises. `deny.toml` says the same to cargo-deny.

use std::{collections::BTreeSet, process::Command};

use serde_json::Value;

/// Licences that ask for no more than their text and a notice.
const LICENCES: [&str; 5] = ["MIT", "Apache-2.0", "BSD-3-Clause", "Unicode-3.0", "Zlib"];

/// Every package that is built on this system, as `cargo metadata` knows it; this one first.
fn packages() -> Vec<Value> {
    let rustc = Command::new("rustc").arg("-vV").output().unwrap();
    let rustc = String::from_utf8(rustc.stdout).unwrap();
    let host = rustc.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    // Crates of other systems were not downloaded.
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", host]);
    cargo.current_dir(env!("CARGO_MANIFEST_DIR"));
    let output = cargo.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut packages = metadata["packages"].as_array().unwrap().clone();
    packages.sort_by_key(|package| package["name"] != "kessan");
    assert!(packages.len() > 50 && packages[0]["name"] == "kessan");
    packages
}

fn name(package: &Value) -> String {
    format!("{} {}", package["name"].as_str().unwrap(), package["version"].as_str().unwrap())
}

/// Whether one of the alternatives of an SPDX expression has allowed licences only.
fn is_allowed(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ");
    let parts = expression.split(" AND ").map(|part| part.trim_matches(['(', ')']).to_owned());
    let is_known = |part: String| part.split(" OR ").any(|licence| LICENCES.contains(&licence.trim()));
    parts.into_iter().all(is_known)
}

#[test]
fn every_licence_is_allowed() {
    assert!(is_allowed("(MIT OR Apache-2.0) AND Unicode-3.0") && !is_allowed("MIT AND GPL-3.0"));
    let packages = packages();
    let refused = packages.iter().filter(|package| !package["license"].as_str().is_some_and(is_allowed));
    let refused: Vec<_> = refused.map(|package| format!("{}: {}", name(package), package["license"])).collect();
    assert!(refused.is_empty(), "{refused:#?}");
}

#[test]
fn every_dependency_builds_with_the_promised_rust() {
    let packages = packages();
    let version = |package: &Value| -> Vec<u32> {
        let text = package["rust_version"].as_str().unwrap_or("1");
        text.split('.').map(|part| part.parse().unwrap()).collect()
    };
    let promised = version(&packages[0]);
    let newer: Vec<_> = packages.iter().filter(|package| version(package) > promised).map(name).collect();
    assert!(promised.len() > 1 && newer.is_empty(), "Cargo.toml promises {promised:?}: {newer:?}");
}

#[test]
fn every_dependency_comes_from_one_registry() {
    let packages = packages();
    let sources: BTreeSet<_> = packages[1..].iter().map(|package| package["source"].as_str().unwrap_or("")).collect();
    assert!(sources.len() == 1 && sources.first().unwrap().starts_with("registry+"), "{sources:?}");
}
