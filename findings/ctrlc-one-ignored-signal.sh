#!/usr/bin/env bash
# Guess: `ctrlc::try_set_handler` with the feature `termination` handles SIGINT, SIGTERM and SIGHUP, and leaves alone one that is
# ignored already, as `nohup` ignores SIGHUP.
# Finding: if one of the three is ignored, it fails with `MultipleHandlers` and handles none. `set_handler` handles all, and so ends
# a program at the hang-up that `nohup` was to protect it from.
# Why it matters: releases are built at night, started with `nohup` or by a scheduler. There a build that is stopped with SIGTERM
# leaves half-written folders, and nowhere else.
# Reference: documentation of `ctrlc::try_set_handler`; nohup(1), POSIX.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/src"
cat >"$work/Cargo.toml" <<'TOML'
[package]
name = "signals"
version = "0.0.0"
edition = "2021"

[dependencies]
ctrlc = { version = "=3.5.2", features = ["termination"] }
TOML
cat >"$work/src/main.rs" <<'RUST'
fn main() {
    println!("{:?}", ctrlc::try_set_handler(|| ()));
}
RUST
cargo build --quiet --manifest-path "$work/Cargo.toml"
program=$work/target/debug/signals
# A shell's background job may ignore signals itself: begin with the defaults.
usual() { env --default-signal=INT,TERM,HUP "$@"; }
{
  echo "usual: $(usual "$program")"
  echo "nohup: $(usual nohup "$program" 2>/dev/null)"
} >"$work/seen"
echo "ctrlc 3.5.2:"
cat "$work/seen"
cat >"$work/expected" <<'TEXT'
usual: Ok(())
nohup: Err(MultipleHandlers)
TEXT
diff "$work/expected" "$work/seen"
