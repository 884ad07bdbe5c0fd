//! Puts the templates, the static files with their hashes, and the starter release into the binary, and names the program by the hash of
//! everything it is built from, so that a manifest can say which program wrote a folder. The same sources give the same name on
//! every machine.

use std::{env, fmt::Write, fs, io, path::Path};

use sha2::{Digest, Sha256};

/// What a build's outputs depend on.
const PARTS: [&str; 6] = ["Cargo.lock", "docs/release.schema.json", "docs/schema", "src", "static", "templates"];
/// The folder of the schemas for editors.
const SCHEMAS: &str = "docs/schema/";
/// The folder of the releases that `kessan new` lays out.
const STARTER: &str = "src/commands/starter/";

fn main() -> io::Result<()> {
    let mut files = Vec::new();
    for part in PARTS {
        println!("cargo:rerun-if-changed={part}");
        collect(Path::new(part), &mut files)?;
    }
    files.sort();
    let is_own = |path: &str| path.starts_with("templates/") || path.starts_with("static/");
    let is_built_in = |path: &str| is_own(path) && !path.contains("/fonts/");
    write_table("built_in_files.rs", &files, |path| is_built_in(path).then_some(path))?;
    write_hashes("built_in_hashes.rs", files.iter().filter(|(path, _)| is_own(path)))?;
    write_table("starter_files.rs", &files, |path| path.strip_prefix(STARTER))?;
    write_table("schema_files.rs", &files, |path| path.strip_prefix(SCHEMAS))?;
    let mut hash = Fnv::new();
    for (path, bytes) in files {
        hash.add(path.as_bytes());
        hash.add(&bytes);
    }
    println!("cargo:rustc-env=KESSAN_PROGRAM={:032x}", hash.0);
    Ok(())
}

/// Writes a Rust table of file names and texts: of the files that `name` gives a name to, in the order of their paths.
fn write_table(table: &str, files: &[(String, Vec<u8>)], name: impl Fn(&str) -> Option<&str>) -> io::Result<()> {
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let mut code = String::from("&[\n");
    for (path, _) in files {
        if let Some(name) = name(path) {
            let file = Path::new(&root).join(path);
            writeln!(code, "    ({name:?}, include_str!({:?})),", file.display().to_string())
                .map_err(io::Error::other)?;
        }
    }
    code.push_str("]\n");
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&out).join(table), code)
}

/// Writes a Rust table of file names and the SHA-256 of each file.
fn write_hashes<'f>(table: &str, files: impl Iterator<Item = &'f (String, Vec<u8>)>) -> io::Result<()> {
    let mut code = String::from("&[\n");
    for (path, bytes) in files {
        let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        writeln!(code, "    ({path:?}, {hash:?}),").map_err(io::Error::other)?;
    }
    code.push_str("]\n");
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&out).join(table), code)
}

/// Every file at or below a path, by its name with `/` between folders.
fn collect(path: &Path, files: &mut Vec<(String, Vec<u8>)>) -> io::Result<()> {
    if !path.is_dir() {
        files.push((path.to_string_lossy().replace('\\', "/"), fs::read(path)?));
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        // Files that editors leave behind are no part of the program.
        if !name.starts_with('.') && !name.ends_with('~') {
            collect(&entry.path(), files)?;
        }
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
