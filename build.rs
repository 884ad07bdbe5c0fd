//! Gives the program a name for what it is made of, so that a manifest can say which one wrote a folder: the hash of every
//! source and of what is built in, and of the versions of all crates. The same sources give the same name on every machine.

use std::{fs, io, path::Path};

/// What a build's outputs depend on.
const PARTS: [&str; 5] = ["Cargo.lock", "docs/release.schema.json", "src", "static", "templates"];

fn main() -> io::Result<()> {
    let mut files = Vec::new();
    for part in PARTS {
        println!("cargo:rerun-if-changed={part}");
        collect(Path::new(part), &mut files)?;
    }
    files.sort();
    let mut hash = Fnv::new();
    for (path, bytes) in files {
        hash.add(path.as_bytes());
        hash.add(&bytes);
    }
    println!("cargo:rustc-env=KESSAN_PROGRAM={:032x}", hash.0);
    Ok(())
}

/// Every file at or below a path, by its name with `/` between folders.
fn collect(path: &Path, files: &mut Vec<(String, Vec<u8>)>) -> io::Result<()> {
    if !path.is_dir() {
        files.push((path.to_string_lossy().replace('\\', "/"), fs::read(path)?));
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        collect(&entry?.path(), files)?;
    }
    Ok(())
}

/// FNV-1a with 128 bits: it tells versions apart, which is all that is asked of it, and needs no crate.
struct Fnv(u128);

impl Fnv {
    fn new() -> Self {
        Self(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }

    /// Adds bytes, and how many they are, so that the end of one file is not the beginning of the next.
    fn add(&mut self, bytes: &[u8]) {
        for byte in (bytes.len() as u64).to_le_bytes().iter().chain(bytes) {
            self.0 = (self.0 ^ u128::from(*byte)).wrapping_mul(0x0100_0000_0000_0000_0000_013b);
        }
    }
}
