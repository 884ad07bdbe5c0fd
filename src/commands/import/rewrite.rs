//! Makes the changed files in memory, and reads the dataset from them, so that nothing is written which would not be read as
//! meant.

use std::{path::Path, sync::Arc};

use super::{
    super::file_splice::{Splice, spliced},
    plan::{ImportPlan, PlannedStatement},
};
use crate::{
    diag::{Diagnostic, Findings, Source},
    load::{self, written_nodes},
    model::{Entry, Release, StatementSource},
};

/// A file of the dataset before and after the change.
#[derive(Debug)]
pub struct ChangedFile {
    pub before: Arc<Source>,
    pub after: Arc<Source>,
}

/// The files that a plan changes, in the order of its statements. Findings: the dataset does not take a change.
pub fn changed_files(root: &Path, release: &Release, plan: &ImportPlan, findings: &mut Findings) -> Vec<ChangedFile> {
    let mut changed: Vec<(Arc<Source>, Vec<Splice>)> = Vec::new();
    for (source, splice) in plan.statements.iter().flat_map(|statement| splices_of(release, statement)) {
        match changed.iter_mut().find(|(known, _)| known.path == source.path) {
            Some((_, splices)) => splices.push(splice),
            None => changed.push((source, vec![splice])),
        }
    }
    let files: Vec<ChangedFile> = changed
        .into_iter()
        .map(|(before, splices)| {
            let (text, _) = spliced(&before.text, splices.into_iter().map(|splice| (splice, ())).collect());
            ChangedFile { after: Source::new(before.path.clone(), text), before }
        })
        .collect();
    if !files.is_empty() {
        try_reading(root, release, plan, &files, findings);
    }
    files
}

/// The changes of a statement's file: its amounts, and the hash of their source.
fn splices_of(release: &Release, planned: &PlannedStatement) -> Vec<(Arc<Source>, Splice)> {
    let mut splices: Vec<_> = planned
        .changes
        .iter()
        .map(|change| {
            let splice = Splice { range: change.written_at.span(), with: change.becomes.clone() };
            (Arc::clone(&change.written_at.source), splice)
        })
        .collect();
    let source = release.statements.get(planned.statement).and_then(|statement| statement.source.as_ref());
    if let (Some(source), Some(hash)) = (source, &planned.hash) {
        splices.push((Arc::clone(&source.file.place.source), hash_splice(source, hash)));
    }
    splices
}

/// Records a hash: in the place of another, or else after the key `file`, in its form.
fn hash_splice(source: &StatementSource, hash: &str) -> Splice {
    let value = format!("\"{hash}\"");
    if let Some(recorded) = &source.sha256 {
        return Splice { range: recorded.place.span(), with: value };
    }
    let (key, file) = (&source.file_key, &source.file.place);
    let whole = &file.source.text;
    let before =
        whole[..key.start].trim_end_matches(|letter: char| letter.is_alphanumeric() || "._-\"' \t".contains(letter));
    let prefix = &whole[before.len()..key.start];
    if before.trim_end().ends_with(['{', ',']) || is_in_braces(whole) {
        return Splice { range: file.end..file.end, with: format!(", {}sha256 = {value}", prefix.trim_start()) };
    }
    let end = whole[file.end..].find('\n').map_or(whole.len(), |len| file.end + len);
    let line = whole[..end].strip_suffix('\r').unwrap_or(&whole[..end]);
    let line_end = if line.len() < end { "\r\n" } else { "\n" };
    Splice { range: line.len()..line.len(), with: format!("{line_end}{prefix}sha256 = {value}") }
}

/// Whether the source of a statement is written in braces, whatever comments are between them.
fn is_in_braces(text: &str) -> bool {
    let nodes = written_nodes(text).unwrap_or_default();
    let source = nodes.iter().find(|node| node.is_at(&["statement", "source"]));
    source.is_some_and(|node| text.get(node.range.clone()).is_some_and(|value| value.starts_with('{')))
}

/// Reports what reading the changed dataset finds, and every amount that is not read as meant.
fn try_reading(root: &Path, before: &Release, plan: &ImportPlan, files: &[ChangedFile], findings: &mut Findings) {
    let changed: Vec<_> = files.iter().map(|file| Arc::clone(&file.after)).collect();
    let (read, found) = load::release_with(root, &plan.slug, &changed);
    if found.has_errors() {
        findings.extend(found);
        return;
    }
    let Some(read) = read else { return };
    for planned in &plan.statements {
        let Some(statement) = read.statements.get(planned.statement) else { continue };
        for change in &planned.changes {
            let (line, period, member) = &change.fact;
            let line = statement.lines.get(*line);
            let fact = line.and_then(|line| line.facts.get(&(period.clone(), member.clone())));
            if !fact.is_some_and(|fact| fact.entry == Entry::Amount(change.amount)) {
                findings.push(not_as_meant(&change.name));
            }
        }
        let read = statement.source.as_ref().and_then(|source| source.sha256.as_ref()).map(|hash| &hash.value);
        if planned.hash.as_ref().is_some_and(|hash| read != Some(hash)) {
            findings.push(not_as_meant(&format!("{}: sha256", planned.id)));
        }
    }
    if read.statements.len() != before.statements.len() {
        findings.push(not_as_meant("statements"));
    }
}

fn not_as_meant(name: &str) -> Diagnostic {
    Diagnostic::error("source", format!("`{name}` cannot be written here")).help("write it by hand")
}
