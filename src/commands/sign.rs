//! `kessan sign`: records who signed which parts of a release, and what they were, so that a later change is reported.

use std::{fmt::Write as _, path::Path};

use super::record_file::{quote, remove_record, write_record};
use crate::{
    check::{KINDS, Signable, content_hash, is_kind, names, signables},
    closing::{Closing, LoadedRelease},
    diag::{Diagnostic, Findings, Level, nearest, quoted_list},
    load::{self, SIGNED},
    model::{Date, Release, Signature},
    project::{Project, release_folder, select_releases},
};

/// The request to sign parts of a release, or to withdraw signatures.
#[derive(Debug)]
pub struct Sign<'a> {
    pub root: &'a Path,
    pub slug: &'a str,
    /// What is signed: `statement:is`, `page:*`.
    pub parts: &'a [String],
    /// Who signs.
    pub by: &'a str,
    /// The day that the signer gives, if any.
    pub date: Option<Date>,
}

/// The parts that were signed, or whose signatures were withdrawn.
#[derive(Debug, PartialEq, Eq)]
pub struct SignedParts {
    /// The file of signatures, by its path from the root.
    pub path: String,
    /// Names and, of parts that were signed, the hash of what was signed.
    pub parts: Vec<(String, String)>,
}

/// A signature that is to be written, and what is signed by it.
struct Entry {
    of: String,
    by: String,
    date: Option<Date>,
    sha256: String,
}

/// Signs the parts as they are now. An earlier signature of the same part by the same signer is replaced. Errors: the release
/// has errors other than about signatures, a name is that of nothing, or the signer's name is blank; then nothing is written.
pub fn sign(request: &Sign) -> Result<SignedParts, Vec<Diagnostic>> {
    let by = signer(request)?;
    let (project, findings) = Project::load(request.root);
    let slug = selected(request, findings)?;
    let loaded = LoadedRelease::load(request.root, &project, &slug).map_err(Findings::sorted)?;
    let closing = Closing::new(&loaded);
    check_for_errors(&slug, &closing)?;
    let translations: Vec<_> =
        closing.translations.iter().map(|translation| closing.translation_input(translation)).collect();
    let parts = signables(&closing.check_input(), &translations);
    let known: Vec<&str> = parts.iter().map(|part| part.name.as_str()).collect();
    let asked = select(request.parts, &known, "there is nothing to sign called")?;
    let asked: Vec<&Signable> = parts.iter().filter(|part| asked.contains(&part.name.as_str())).collect();
    write_signatures(request, closing.book.release, by, &asked)
}

/// Withdraws the signer's signatures of the parts. Errors: there is no such signature, or the file of signatures cannot be read;
/// then nothing is written.
pub fn withdraw(request: &Sign) -> Result<SignedParts, Vec<Diagnostic>> {
    let by = signer(request)?;
    let slug = selected(request, Findings::new())?;
    let (release, findings) = load::release(request.root, &slug);
    let file = format!("{}/{SIGNED}", release_folder(&slug));
    let is_of_file = |finding: &Diagnostic| {
        finding.place.as_ref().is_none_or(|(place, _)| place.source.path == file) && finding.level == Level::Error
    };
    let torn: Vec<Diagnostic> = findings.iter().filter(|finding| is_of_file(finding)).cloned().collect();
    let Some(release) = release.filter(|_| torn.is_empty()) else { return Err(torn) };
    let own = release.signatures.iter().filter(|signature| signature.by == by);
    let known: Vec<&str> = own.map(|signature| signature.of.value.as_str()).collect();
    let asked = select(request.parts, &known, &format!("{by} has not signed"))?;
    let kept: Vec<Entry> = release
        .signatures
        .iter()
        .filter(|signature| signature.by != by || !asked.contains(&signature.of.value.as_str()))
        .map(entry)
        .collect();
    let folder = release_folder(&slug);
    let written = match kept.is_empty() {
        true => remove_record(request.root, &folder, SIGNED),
        false => write_record(request.root, &folder, SIGNED, &to_toml(&kept, &recorded(&release))),
    };
    written.map_err(|finding| vec![finding])?;
    let parts = asked.into_iter().map(|name| (name.to_owned(), String::new())).collect();
    Ok(SignedParts { path: file, parts })
}

/// The signer's name without spaces around it. Errors: it is blank, or holds characters that no name has.
fn signer<'a>(request: &Sign<'a>) -> Result<&'a str, Vec<Diagnostic>> {
    let by = request.by.trim();
    let message = match by {
        "" => "the name of the signer is empty",
        _ if by.contains(char::is_control) || crate::model::ReservedCharacter::find(by).is_some() => {
            "the name of the signer has characters that are not printed"
        }
        _ => return Ok(by),
    };
    Err(vec![Diagnostic::error("signoff", message)])
}

/// The release that is asked for. Errors: those of the project, or there is no such release.
fn selected(request: &Sign, mut findings: Findings) -> Result<String, Vec<Diagnostic>> {
    let slug = select_releases(request.root, &[request.slug.to_owned()], &mut findings).pop();
    slug.filter(|_| !findings.has_errors()).ok_or_else(|| findings.sorted())
}

/// Reports the errors of a release, which is then not signed; apart from those that a signature answers.
fn check_for_errors(slug: &str, closing: &Closing) -> Result<(), Vec<Diagnostic>> {
    let is_answered = |finding: &Diagnostic| closing.is_sound() && finding.rule == "signoff";
    let mut errors = Findings::new();
    let all = closing.findings.iter().filter(|finding| finding.level == Level::Error && !is_answered(finding));
    all.cloned().for_each(|error| errors.push(error));
    if errors.is_empty() {
        return Ok(());
    }
    let mut errors = errors.sorted();
    errors.push(Diagnostic::error("signoff", format!("`{slug}` has errors, so that nothing of it is signed")));
    Err(errors)
}

/// The known names that were asked for. Errors: every name that is not known.
fn select<'k>(asked: &[String], known: &[&'k str], what: &str) -> Result<Vec<&'k str>, Vec<Diagnostic>> {
    let mut found = Vec::new();
    let mut unknown = Vec::new();
    for name in asked {
        let of_name: Vec<&str> = known.iter().copied().filter(|known| names(name, known)).collect();
        if of_name.is_empty() {
            unknown.push(nothing_called(name, known, what));
        }
        of_name.into_iter().for_each(|name| {
            if !found.contains(&name) {
                found.push(name)
            }
        });
    }
    if unknown.is_empty() { Ok(found) } else { Err(unknown) }
}

fn nothing_called(name: &str, known: &[&str], what: &str) -> Diagnostic {
    let finding = Diagnostic::error("signoff", format!("{what} `{name}`"));
    if let Some(near) = nearest(name, known.iter().copied()).filter(|_| !is_kind(name)) {
        return finding.help(format!("did you mean `{near}`?"));
    }
    match known {
        [] => finding,
        _ if known.len() <= 12 => finding.note(format!("expected one of {}", quoted_list(known))),
        _ => {
            let kinds = KINDS.iter().map(|kind| format!("{kind}:"));
            finding.note(format!("expected a name after one of {}", quoted_list(kinds)))
        }
    }
}

/// Adds the signatures to those of the file, and writes it.
fn write_signatures(
    request: &Sign,
    release: &Release,
    by: &str,
    parts: &[&Signable],
) -> Result<SignedParts, Vec<Diagnostic>> {
    let mut entries: Vec<Entry> = release.signatures.iter().map(entry).collect();
    let mut contents = recorded(release);
    let mut signed = Vec::new();
    for part in parts {
        let lines = part.written();
        let sha256 = content_hash(&lines);
        let new = Entry { of: part.name.clone(), by: by.to_owned(), date: request.date, sha256: sha256.clone() };
        match entries.iter().position(|entry| entry.of == new.of && entry.by == new.by) {
            Some(index) => entries[index] = new,
            None => entries.push(new),
        }
        if !contents.iter().any(|(known, _)| *known == sha256) {
            contents.push((sha256.clone(), lines));
        }
        signed.push((part.name.clone(), sha256));
    }
    let folder = release_folder(&release.slug);
    let text = to_toml(&entries, &contents);
    write_record(request.root, &folder, SIGNED, &text).map_err(|finding| vec![finding])?;
    Ok(SignedParts { path: format!("{folder}/{SIGNED}"), parts: signed })
}

fn entry(Signature { of, by, date, sha256 }: &Signature) -> Entry {
    Entry { of: of.value.clone(), by: by.clone(), date: *date, sha256: sha256.clone() }
}

/// What the file records, with the hashes; lines that somebody edited are not taken over.
fn recorded(release: &Release) -> Vec<(String, Vec<String>)> {
    let contents = release.signed_contents.iter();
    let sound = contents.filter(|content| content_hash(&content.lines) == content.sha256.value);
    sound.map(|content| (content.sha256.value.clone(), content.lines.clone())).collect()
}

/// The file: the signatures, then what was signed, as far as a signature is of it.
fn to_toml(entries: &[Entry], contents: &[(String, Vec<String>)]) -> String {
    let mut text = String::from(
        "# Written by `kessan sign`: who signed which part of the release, then what it was, line by line.\n",
    );
    for Entry { of, by, date, sha256 } in entries {
        let date = date.map(|date| format!("date = {date}\n")).unwrap_or_default();
        let [of, by, sha256] = [of, by, sha256].map(|text| quote(text));
        _ = write!(text, "\n[[signature]]\nof = {of}\nby = {by}\n{date}sha256 = {sha256}\n");
    }
    for (sha256, lines) in contents.iter().filter(|(hash, _)| entries.iter().any(|entry| entry.sha256 == *hash)) {
        _ = write!(text, "\n[[content]]\nsha256 = {}\nlines = [\n", quote(sha256));
        lines.iter().for_each(|line| _ = writeln!(text, "  {},", quote(line)));
        text.push_str("]\n");
    }
    text
}
