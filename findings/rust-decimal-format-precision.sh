#!/usr/bin/env bash
# Guess: `format!("{:.1}", d)` rounds a decimal to one place, as it does for f64. Decimal crates differ at most on a
# tie.
# Finding: rust_decimal truncates: 0.29 prints as 0.2 and 1.99 prints as 1.9. bigdecimal rounds a tie to even (0.25
# prints as 0.2), dashu rounds it away from zero (0.3). The value itself is fine: `round_dp(1)` of 0.29 is 0.3. Only
# the printed text is wrong.
# Why it matters: A margin of 29.97% is published as 29.9%. Every figure can be low by one unit of its last place, and
# a column of printed figures no longer adds up. No error is raised, and tests with round amounts pass. Round first,
# then format.
# Reference: precision in `std::fmt`; `Display` of rust_decimal, bigdecimal and dashu-float.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/src"
cat >"$work/Cargo.toml" <<'TOML'
[package]
name = "precision"
version = "0.0.0"
edition = "2021"

[dependencies]
rust_decimal = { version = "=1.43.0", default-features = false }
bigdecimal = "=0.4.11"
dashu-float = "=0.4.5"
TOML
cat >"$work/src/main.rs" <<'RUST'
fn main() {
    for text in ["0.29", "1.99", "29.97", "0.25", "-0.04"] {
        let rust: rust_decimal::Decimal = text.parse().unwrap();
        let big: bigdecimal::BigDecimal = text.parse().unwrap();
        let dashu: dashu_float::DBig = text.parse().unwrap();
        println!("{text:>5}: rust_decimal {rust:.1} (round_dp {}), bigdecimal {big:.1}, dashu {dashu:.1}", rust.round_dp(1));
    }
}
RUST
cargo run --quiet --manifest-path "$work/Cargo.toml" >"$work/seen"
echo "rust_decimal 1.43.0, bigdecimal 0.4.11, dashu-float 0.4.5, \`{:.1}\`:"
cat "$work/seen"
diff - "$work/seen" <<'TEXT'
 0.29: rust_decimal 0.2 (round_dp 0.3), bigdecimal 0.3, dashu 0.3
 1.99: rust_decimal 1.9 (round_dp 2.0), bigdecimal 2.0, dashu 2.0
29.97: rust_decimal 29.9 (round_dp 30.0), bigdecimal 30.0, dashu 30.0
 0.25: rust_decimal 0.2 (round_dp 0.2), bigdecimal 0.2, dashu 0.3
-0.04: rust_decimal -0.0 (round_dp 0.0), bigdecimal -0.0, dashu -0.0
TEXT
