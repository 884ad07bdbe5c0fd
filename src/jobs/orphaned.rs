//! Releases that stand in the output though there is no dataset of them any more: removed ones, and renamed ones under
//! their former names.

use super::{
    Disposition, Outcome, Written,
    fingerprint::BuildInputs,
    select::{content, folders},
};
use crate::{
    diag::{Diagnostic, Findings},
    site::{Output, ReleaseCard},
};

/// Tells of each, or takes them out of the output. Gives those that were taken out.
pub(super) fn stale(recipe: &BuildInputs, output: &Output, prune: bool, findings: &mut Findings) -> Vec<Outcome> {
    // Where the folder of content cannot be read, nothing is known to be gone.
    let (Ok(standing), Ok(known)) = (output.releases(), folders(recipe.root)) else { return Vec::new() };
    let gone = standing.into_iter().map(|(card, _)| card).filter(|card| !known.contains(&card.slug));
    if prune {
        return gone.filter_map(|card| take_out(output, &card.slug, findings)).collect();
    }
    findings.extend(gone.map(|card| told(output, &card)));
    Vec::new()
}

fn told(output: &Output, card: &ReleaseCard) -> Diagnostic {
    let what = if card.draft.is_some() { ", a draft," } else { "" };
    let (shown, content) = (output.shown(&card.slug), content(&card.slug));
    Diagnostic::warning("stale", format!("`{shown}`{what} is still published, but there is no `{content}`"))
        .note("a release that was removed or renamed stays in the output and in its list")
        .help("`kessan build --prune` takes it out")
}

fn take_out(output: &Output, slug: &str, findings: &mut Findings) -> Option<Outcome> {
    let left = findings.keep(output.take_out(slug))?;
    findings.extend(left);
    let written = Written { folder: output.shown(slug), files: 0, became: Disposition::Removed };
    Some(Outcome { slug: slug.to_owned(), written: Some(written), ..Outcome::default() })
}
