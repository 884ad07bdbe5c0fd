//! Reads `signoff.toml`: who signed which part of the release, and what it was then.

use super::toml_table::TomlTable;
use crate::{
    diag::{Diagnostic, Findings},
    model::{At, Release, Signature, SignedContent},
};

/// Reads the signatures, and what was signed, into the original.
pub fn read(keys: &TomlTable, release: &mut Release, findings: &mut Findings) {
    for keys in keys.tables("signature", findings) {
        release.signatures.extend(signature(&keys, findings));
    }
    for keys in keys.tables("content", findings) {
        let sha256 = hash(&keys, findings);
        keys.require_items("lines", findings);
        let lines = keys.texts("lines", findings).into_iter().map(|line| line.value).collect();
        keys.finish(findings);
        release.signed_contents.extend(sha256.map(|sha256| SignedContent { sha256, lines }));
    }
}

fn signature(keys: &TomlTable, findings: &mut Findings) -> Option<Signature> {
    let of = keys.require_text("of", findings);
    let by = keys.require_text("by", findings);
    let date = keys.date("date", findings);
    let sha256 = hash(keys, findings);
    keys.finish(findings);
    Some(Signature { of: of?, by: by?.value, date, sha256: sha256?.value })
}

/// A SHA-256 in hexadecimal.
fn hash(keys: &TomlTable, findings: &mut Findings) -> Option<At<String>> {
    let hash = keys.require_text("sha256", findings)?;
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if hash.value.len() == 64 && hash.value.bytes().all(is_digit) {
        return Some(hash);
    }
    let finding = Diagnostic::error("signoff", "`sha256` is not a hash of 64 hexadecimal digits");
    findings.push(finding.at(&hash.place, "").help("`kessan sign` writes it"));
    None
}
