//! Sign-off: what has to be signed is signed, and is as it was when it was signed.
//!
//! **What it checks.** `[release] signed` names what needs a signature: `"statement:is"`, or `"page:*"` for all of a kind.
//! `kessan sign` records a signature in `signoff.toml`, with what was signed: the amounts and formulas of a statement, what a
//! table or a page prints in each language. A signature no longer holds once any of that is another; comments, white space and
//! the order of keys are no part of it. Where `signed` does not ask for the signature, this is a warning.
//!
//! **Why.** Between the approval of a release and its publication, files are edited once more. A hash proves that what is
//! published is what was signed. It does not prove who signed: whoever can write the file can write a name into it, and the
//! history of the repository says who did.
//!
//! **Example.** `signoff/changed`
//!
//! **How to fix it.** Show the change to those who signed. They sign again with `kessan sign`, or withdraw their signatures with
//! `kessan sign --withdraw`.

use std::collections::BTreeMap;

use super::super::{
    CheckInput, CheckResults,
    input::SignatureState,
    signable::{KINDS, Signable, content_hash, is_kind, names, signables},
    signed_change::signed_changes,
};
use crate::{
    diag::{Diagnostic, Level, nearest, quoted_list},
    model::{At, Release, Signature},
};

/// The most names or changes in a finding.
const SHOWN: usize = 6;

/// Compares what is signed with what it is now. Nothing is asked of a release that has no signatures and needs none.
pub fn check(original: &CheckInput, translations: &[CheckInput], results: &mut CheckResults) -> usize {
    let release = original.book.release;
    if release.signed.is_empty() && release.signatures.is_empty() && release.signed_contents.is_empty() {
        return 0;
    }
    let parts = signables(original, translations);
    let by_name: BTreeMap<&str, &Signable> = parts.iter().map(|part| (part.name.as_str(), part)).collect();
    for part in &parts {
        check_part(release, part, results);
    }
    for signature in release.signatures.iter().filter(|signature| !by_name.contains_key(signature.of.value.as_str())) {
        results.push(signature_of_nothing(&signature.of, &parts));
        results.signatures.push(SignatureState { signature: signature.clone(), holds: false });
    }
    for pattern in &release.signed {
        results.findings.extend(missing(release, pattern, &parts));
    }
    check_record(release, results);
    let is_signed = |part: &&Signable| release.signatures.iter().any(|signature| signature.of.value == part.name);
    parts.iter().filter(|part| is_needed(release, &part.name) || is_signed(part)).count()
}

/// Compares the signatures of a part with what it is now.
fn check_part(release: &Release, part: &Signable, results: &mut CheckResults) {
    let signatures: Vec<_> = release.signatures.iter().filter(|signature| signature.of.value == part.name).collect();
    if signatures.is_empty() {
        return;
    }
    let hash = content_hash(&part.written());
    let (holding, broken): (Vec<&Signature>, Vec<&Signature>) =
        signatures.iter().copied().partition(|signature| signature.sha256 == hash);
    let states = signatures
        .iter()
        .map(|signature| SignatureState { signature: (*signature).clone(), holds: signature.sha256 == hash });
    results.signatures.extend(states);
    let mut by_content: Vec<(&str, Vec<&Signature>)> = Vec::new();
    for signature in broken {
        match by_content.iter_mut().find(|(known, _)| *known == signature.sha256) {
            Some((_, same)) => same.push(signature),
            None => by_content.push((&signature.sha256, vec![signature])),
        }
    }
    for (_, same) in by_content {
        let finding = changed(release, part, &same);
        let finding = match holding.as_slice() {
            [] => finding,
            held => finding.note(format!("{} signed it as it is", signers(held))),
        };
        results.push(finding);
    }
}

/// The finding that a part is not what these signers signed.
fn changed(release: &Release, part: &Signable, signatures: &[&Signature]) -> Diagnostic {
    let recorded = signatures
        .first()
        .and_then(|signature| release.signed_contents.iter().find(|known| known.sha256.value == signature.sha256));
    let changes = recorded.map(|recorded| signed_changes(&recorded.lines, &part.lines)).unwrap_or_default();
    let what = match (changes.first(), recorded) {
        (Some(change), _) => change.describe(),
        (None, Some(_)) => String::from("its lines are in another order"),
        (None, None) => String::from("`signoff.toml` does not say what it was"),
    };
    let message = format!("`{}` is not as {} signed it: {what}", part.name, signers(signatures));
    let place = changes.first().and_then(|change| change.place).unwrap_or(&part.place);
    let level = if is_needed(release, &part.name) { Level::Error } else { Level::Warning };
    let mut finding = Diagnostic { level, ..Diagnostic::error("signoff", message) }.at(place, "");
    if let Some(signature) = signatures.first() {
        finding = finding.with(&signature.of.place, "the signature");
    }
    for change in changes.iter().skip(1).take(SHOWN) {
        finding = finding.note(change.describe());
    }
    if let Some(more) = changes.len().checked_sub(SHOWN + 1).filter(|more| *more > 0) {
        finding = finding.note(format!("{more} more lines differ"));
    }
    let by = signatures.first().map_or("", |signature| signature.by.as_str());
    finding.help(format!("once it is approved again: `kessan sign {} {} --by \"{by}\"`", release.slug, part.name))
}

/// The finding that something has no signature which a pattern asks for.
fn missing(release: &Release, pattern: &At<String>, parts: &[Signable]) -> Option<Diagnostic> {
    let asked: Vec<&str> =
        parts.iter().map(|part| part.name.as_str()).filter(|name| names(&pattern.value, name)).collect();
    if asked.is_empty() && !is_kind(&pattern.value) {
        return Some(unknown(pattern, parts, "there is nothing to sign called"));
    }
    let is_signed = |name: &str| release.signatures.iter().any(|signature| signature.of.value == name);
    let unsigned: Vec<&str> = asked.iter().copied().filter(|name| !is_signed(name)).collect();
    let first = unsigned.first()?;
    let message = match (asked.len(), unsigned.len()) {
        (1, _) => format!("`{first}` is not signed"),
        (asked, unsigned) if asked == unsigned => {
            format!("none of {asked} parts that `{}` names is signed", pattern.value)
        }
        (asked, unsigned) => format!("{unsigned} of {asked} parts that `{}` names are not signed", pattern.value),
    };
    let finding = Diagnostic::error("signoff", message).at(&pattern.place, "");
    let finding = match unsigned.len() {
        _ if asked.len() == 1 => finding,
        count if count > SHOWN => {
            finding.note(format!("{} and {} more", quoted_list(&unsigned[..SHOWN]), count - SHOWN))
        }
        _ => finding.note(quoted_list(&unsigned)),
    };
    let named = if unsigned.len() == asked.len() { &pattern.value } else { *first };
    let named = if named.contains('*') { format!("'{named}'") } else { named.to_owned() };
    Some(finding.help(format!("`kessan sign {} {named} --by \"…\"`; `build --draft` needs no signature", release.slug)))
}

fn signature_of_nothing(of: &At<String>, parts: &[Signable]) -> Diagnostic {
    unknown(of, parts, "this is a signature of what is not there:").help("`kessan sign --withdraw` removes it")
}

/// The finding that a name is that of nothing, with the nearest one.
fn unknown(name: &At<String>, parts: &[Signable], what: &str) -> Diagnostic {
    let finding = Diagnostic::error("signoff", format!("{what} `{}`", name.value));
    let near = nearest(&name.value, parts.iter().map(|part| part.name.as_str()));
    match near {
        Some(near) => finding.at(&name.place, format!("did you mean `{near}`?")),
        None => finding.at(&name.place, "").note(format!("expected a name after one of {}", quoted_list(kinds()))),
    }
}

fn kinds() -> impl Iterator<Item = String> {
    KINDS.iter().map(|kind| format!("{kind}:"))
}

/// Reports recorded lines that are not those of their hash: somebody edited them.
fn check_record(release: &Release, results: &mut CheckResults) {
    for content in &release.signed_contents {
        if content_hash(&content.lines) != content.sha256.value {
            let finding = Diagnostic::error("signoff", "the lines recorded here are not those of this hash");
            let help = "take the file from where it was signed, or sign again";
            results.push(finding.at(&content.sha256.place, "").help(help));
        }
    }
}

/// Whether a release needs the signature of a part.
fn is_needed(release: &Release, name: &str) -> bool {
    release.signed.iter().any(|pattern| names(&pattern.value, name))
}

/// `A`, `A and B`, `A, B and C`.
fn signers(signatures: &[&Signature]) -> String {
    let names: Vec<&str> = signatures.iter().map(|signature| signature.by.as_str()).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
