#!/usr/bin/env bash
# Guess: a folder that cap-std holds open can be brought to the disk, as `std::fs::File::open(folder)?.sync_all()` does on
# Linux: publishing by rename needs it, or the new name may be lost with the power.
# Finding: cap-std opens folders with O_PATH. `sync_all` on the handle fails with "Bad file descriptor"; opened again by its
# own name, `.`, for reading, the same folder can be brought to the disk.
# Why it matters: a site of results is written beside its place and renamed. Code that ignores the error of the sync, as
# much does, believes that the names are safe.
# Reference: fsync(2), EBADF; open(2), O_PATH.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/src" "$work/folder"
cat >"$work/Cargo.toml" <<'TOML'
[package]
name = "sync"
version = "0.0.0"
edition = "2021"

[dependencies]
cap-std = "=4.0.3"
rustix = { version = "=1.1.6", features = ["fs"] }
TOML
cat >"$work/src/main.rs" <<'RUST'
use cap_std::{ambient_authority, fs::Dir};
use rustix::fs::{openat, Mode, OFlags};

fn main() {
    let path = std::env::args().nth(1).unwrap();
    println!("std: {:?}", std::fs::File::open(&path).unwrap().sync_all().map_err(|error| error.to_string()));
    let dir = Dir::open_ambient_dir(&path, ambient_authority()).unwrap();
    let file = dir.try_clone().unwrap().into_std_file();
    println!("cap-std: {:?}", file.sync_all().map_err(|error| error.to_string()));
    let again = openat(&dir, ".", OFlags::RDONLY | OFlags::DIRECTORY, Mode::empty()).unwrap();
    println!("cap-std, opened again: {:?}", std::fs::File::from(again).sync_all().map_err(|error| error.to_string()));
}
RUST
cargo run --quiet --manifest-path "$work/Cargo.toml" -- "$work/folder" >"$work/seen"
echo "cap-std 4.0.3, rustix 1.1.6, $(uname -s):"
cat "$work/seen"
cat >"$work/expected" <<'TEXT'
std: Ok(())
cap-std: Err("Bad file descriptor (os error 9)")
cap-std, opened again: Ok(())
TEXT
diff "$work/expected" "$work/seen"
