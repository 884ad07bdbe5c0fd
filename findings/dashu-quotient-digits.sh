#!/usr/bin/env bash
# Guess: an arbitrary-precision decimal divides to a generous number of digits (28 in rust_decimal and in Python, 100
# in bigdecimal), or rejects a quotient that does not terminate.
# Finding: dashu gives a quotient as many digits as the longer operand has. 2 / 3 is 0.7 and 12 / 7 is 1.7. The error
# is therefore largest for the shortest amounts.
# Why it matters: Growth, margins and per-share amounts divide short numbers. From 7 to 12 is growth of 71.4%, and
# this quotient gives 70%. Tests with easy numbers (99 / 100) pass. Call `with_precision` on an operand first.
# Reference: precision of `dashu_float::Context`, compared with the context precision of Python's `decimal`.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/src"
cat >"$work/Cargo.toml" <<'TOML'
[package]
name = "quotient"
version = "0.0.0"
edition = "2021"

[dependencies]
dashu-float = "=0.4.5"
TOML
cat >"$work/src/main.rs" <<'RUST'
use dashu_float::DBig;

fn decimal(text: &str) -> DBig {
    text.parse().unwrap()
}

fn main() {
    for (now, before) in [("2", "3"), ("12", "7"), ("14266", "11439"), ("99", "100")] {
        let short = decimal(now) / decimal(before);
        let long = decimal(now).with_precision(28).value() / decimal(before);
        let growth = (short.clone() - DBig::ONE) * decimal("100");
        println!("{now} / {before} = {short}, with 28 digits {long}; growth of the first {growth}%");
    }
}
RUST
cargo run --quiet --manifest-path "$work/Cargo.toml" >"$work/seen"
echo "dashu-float 0.4.5:"
cat "$work/seen"
diff - "$work/seen" <<'TEXT'
2 / 3 = 0.7, with 28 digits 0.6666666666666666666666666667; growth of the first -30%
12 / 7 = 1.7, with 28 digits 1.714285714285714285714285714; growth of the first 70%
14266 / 11439 = 1.2471, with 28 digits 1.247136987498907247136987499; growth of the first 24.71%
99 / 100 = 0.99, with 28 digits 0.99; growth of the first -1%
TEXT
