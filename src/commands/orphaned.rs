//! Reports or removes orphaned releases: they are in the output, but their dataset was removed or renamed.

use super::{Disposition, Outcome, OutputFolder, build_inputs::BuildInputs};
use crate::{
    diag::{Diagnostic, Findings},
    project::{release_folder, release_folders},
    site::{Output, ReleaseCard},
};

/// Reports each orphaned release or, with `prune`, removes it from the output. Returns the outcomes of those removed.
pub(super) fn report_orphaned(
    inputs: &BuildInputs,
    output: &Output,
    prune: bool,
    findings: &mut Findings,
) -> Vec<Outcome> {
    // If `content/` cannot be read, no release is known to be orphaned.
    let (Ok(published), Ok(known)) = (output.releases(), release_folders(inputs.root)) else { return Vec::new() };
    let orphans = published.into_iter().map(|(card, _)| card).filter(|card| !known.contains(&card.slug));
    if prune {
        return orphans.filter_map(|card| remove(output, &card.slug, findings)).collect();
    }
    findings.extend(orphans.map(|card| orphaned_warning(output, &card)));
    Vec::new()
}

fn orphaned_warning(output: &Output, card: &ReleaseCard) -> Diagnostic {
    let what = if card.draft.is_some() { ", a draft," } else { "" };
    let (shown, content) = (output.display_path(&card.slug), release_folder(&card.slug));
    Diagnostic::warning("orphaned", format!("`{shown}`{what} is still published, but there is no `{content}`"))
        .note("a release that was removed or renamed stays in the output and in its list")
        .help("`kessan build --prune` removes it")
}

fn remove(output: &Output, slug: &str, findings: &mut Findings) -> Option<Outcome> {
    let leftovers = findings.keep(output.remove_release(slug))?;
    findings.extend(leftovers);
    let written = OutputFolder { folder: output.display_path(slug), files: 0, disposition: Disposition::Removed };
    Some(Outcome { slug: slug.to_owned(), written: Some(written), ..Outcome::default() })
}
