//! `kessan roll`: lays out the next release from an old one, with its periods moved, and what is not known yet pending.

mod edits;
mod periods;
mod removal;
mod rewording;

use std::{collections::BTreeMap, path::Path};

use serde::Serialize;

use super::new::write_folder;
use crate::{
    closing::{Closing, LoadedRelease},
    diag::{Diagnostic, Findings, Level, count, read_bytes},
    model::{Date, PeriodSpan, Release, Words},
    project::{Project, check_slug, release_folder, select_releases},
};
use edits::{EditedFile, RollEdits, edited};
use periods::{RolledPeriods, changed_texts};
use rewording::Rewording;

/// Files that say what was true of the old release only.
const LEFT: [&str; 2] = ["translated.toml", "signoff.toml"];

/// The request to roll a release.
#[derive(Debug)]
pub struct Roll<'a> {
    pub root: &'a Path,
    /// The slug of the release to lay out.
    pub new: &'a str,
    /// The slug of the release that it follows.
    pub from: &'a str,
    /// Whether a part of a year is followed by the same part of the next one, and not by the next part.
    pub is_by_year: bool,
    /// New ids of periods, `old=new`.
    pub names: &'a [(String, String)],
}

/// What a roll does, and what it leaves to do.
#[derive(Debug, Serialize)]
pub struct RollPlan {
    pub slug: String,
    pub from: String,
    /// The periods that become others.
    pub periods: Vec<PlannedPeriod>,
    /// The amounts that are pending, by statement.
    pub pending: Vec<PendingStatement>,
    /// Dates, texts and stated figures that are pending.
    pub texts: Vec<String>,
    /// Declarations and files that are not carried.
    pub dropped: Vec<String>,
    /// Declarations of periods that are still shown, which are carried as they are.
    pub kept: Vec<String>,
    /// Literals, which are kept: each is to be seen again.
    pub literals: Vec<String>,
    /// Standing texts, which are kept: each is to be seen again.
    pub standing: Vec<String>,
    #[serde(skip)]
    files: Vec<(String, Vec<u8>)>,
}

/// A period that becomes another.
#[derive(Debug, Serialize)]
pub struct PlannedPeriod {
    pub old: String,
    pub new: String,
    /// Its first day, unless it is a single day, and its last.
    pub from: Option<String>,
    pub to: String,
    /// Its label in each language, the original's first.
    pub labels: Vec<String>,
}

/// A statement with amounts to enter.
#[derive(Debug, Serialize)]
pub struct PendingStatement {
    pub id: String,
    pub amounts: usize,
}

impl RollPlan {
    /// The files that are written, by their paths from the root.
    pub fn paths(&self) -> impl Iterator<Item = String> {
        let folder = release_folder(&self.slug);
        self.files.iter().map(move |(path, _)| format!("{folder}/{path}"))
    }
}

/// Plans a roll. Errors: the new slug cannot be one or is taken, the old release has errors, or a period cannot be moved.
pub fn plan_roll(request: &Roll) -> Result<RollPlan, Vec<Diagnostic>> {
    check_new(request).map_err(|finding| vec![finding])?;
    let (project, mut findings) = Project::load(request.root);
    let old = select_releases(request.root, &[request.from.to_owned()], &mut findings);
    if findings.has_errors() || old.is_empty() {
        return Err(findings.sorted());
    }
    let loaded = LoadedRelease::load(request.root, &project, request.from).map_err(Findings::sorted)?;
    let closing = Closing::new(&loaded);
    check_for_errors(request.from, &closing)?;
    let rolled = RolledPeriods::of(&loaded.release, request.is_by_year, request.names)?;
    let editions =
        || [(&loaded.release, &loaded.words)].into_iter().chain(loaded.translations.iter().map(|(a, b)| (a, b)));
    let mut texts: Vec<_> = editions().flat_map(|(release, words)| changed_texts(&rolled, release, words)).collect();
    texts.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    texts.dedup_by(|(a, _), (b, _)| a == b);
    let shown = shown_figures(&closing);
    let days = typed_days(&loaded);
    let edits = RollEdits {
        rolled: &rolled,
        rewording: Rewording { rolled: &rolled, texts: &texts, days: &days },
        from: request.from,
        shown: &|figure| shown.get(figure).cloned(),
    };
    let mut plan = RollPlan {
        slug: request.new.to_owned(),
        from: request.from.to_owned(),
        periods: planned_periods(&rolled, editions().map(|(release, _)| release), &texts),
        pending: Vec::new(),
        texts: pending_texts(&loaded.release),
        dropped: Vec::new(),
        kept: Vec::new(),
        literals: loaded.release.literals.iter().map(|literal| literal.text.value.clone()).collect(),
        standing: loaded.release.standing.iter().map(|standing| standing.text.value.clone()).collect(),
        files: Vec::new(),
    };
    add_files(request, &loaded.release, &edits, &mut plan)?;
    Ok(plan)
}

/// Writes the release that a plan lays out, all of it or nothing. Errors: its folder exists by now, or a file cannot be written.
pub fn write_roll(root: &Path, plan: &RollPlan) -> Result<(), Diagnostic> {
    write_folder(root, &plan.slug, plan.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())))
}

fn check_new(request: &Roll) -> Result<(), Diagnostic> {
    check_slug(request.new)?;
    let folder = release_folder(request.new);
    if request.root.join(&folder).symlink_metadata().is_ok() {
        return Err(Diagnostic::io("output", format!("`{folder}` exists, so it is not replaced")));
    }
    Ok(())
}

/// The errors of the old release: what is wrong in it would be in both.
fn check_for_errors(slug: &str, closing: &Closing) -> Result<(), Vec<Diagnostic>> {
    let mut findings = closing.findings.clone().sorted();
    findings.retain(|finding| finding.level == Level::Error);
    let errors = count(&findings, Level::Error);
    if errors == 0 {
        return Ok(());
    }
    let errors = if errors == 1 { String::from("an error") } else { format!("{errors} errors") };
    let finding = Diagnostic::error("roll", format!("`{slug}` has {errors}, which the next release would have too"));
    findings.push(finding.help("correct it first"));
    Err(findings)
}

/// What the release shows of each figure, by name, in the first unit that it is shown in.
fn shown_figures(closing: &Closing) -> BTreeMap<String, String> {
    let mut shown = BTreeMap::new();
    for used in &closing.presented.uses {
        if let Ok(value) = used.derivation.rounded.displayed_value(&closing.book.values) {
            shown.entry(used.derivation.name.clone()).or_insert_with(|| value.to_string());
        }
    }
    shown
}

/// The days of events as they are typed in a sentence, and the call that says them.
fn typed_days(loaded: &LoadedRelease) -> Vec<(String, String)> {
    let words = [&loaded.words].into_iter().chain(loaded.translations.iter().map(|(_, words)| words));
    let events = &loaded.release.events;
    let days = events.iter().filter_map(|event| Some((event.id.value.as_str(), event.date?)));
    let days: Vec<_> = days.chain(loaded.release.date.map(|date| ("release", date))).collect();
    let said = |words: &Words| {
        let call = |(id, date): &(&str, Date)| (words.format_date(*date), format!("{{{{ \"{id}\" | date }}}}"));
        days.iter().map(call).collect::<Vec<_>>()
    };
    words.flat_map(said).collect()
}

fn pending_texts(release: &Release) -> Vec<String> {
    let mut texts = vec![String::from("the title")];
    texts.extend(release.description.as_ref().map(|_| String::from("the description")));
    texts.push(String::from("the date of the release"));
    texts.extend(release.events.iter().map(|event| format!("the date of `{}`", event.id.value)));
    texts
}

fn planned_periods<'r>(
    rolled: &RolledPeriods,
    editions: impl Iterator<Item = &'r Release> + Clone,
    texts: &[(String, String)],
) -> Vec<PlannedPeriod> {
    let texts: BTreeMap<&str, &str> = texts.iter().map(|(was, is)| (was.as_str(), is.as_str())).collect();
    let moved = rolled.all.iter().filter(|period| period.moves());
    let planned = moved.map(|period| {
        let labels = editions.clone().filter_map(|release| Some(release.period(&period.old)?.label.value.as_str()));
        let labels = labels.map(|label| texts.get(label).copied().unwrap_or(label).to_owned());
        PlannedPeriod {
            old: period.old.clone(),
            new: period.new.clone(),
            from: match period.span {
                PeriodSpan::Duration { from, .. } => Some(from.to_string()),
                PeriodSpan::Instant { .. } => None,
            },
            to: period.span.end().to_string(),
            labels: labels.collect(),
        }
    });
    planned.collect()
}

/// The files of the new release, and what the plan tells of them.
fn add_files(request: &Roll, old: &Release, edits: &RollEdits, plan: &mut RollPlan) -> Result<(), Vec<Diagnostic>> {
    let base = format!("{}/", release_folder(request.from));
    for source in &old.files {
        let Some(path) = source.path.strip_prefix(&base) else { continue };
        if LEFT.contains(&path) {
            plan.dropped.push(format!("`{path}`"));
        } else if let Some(page) = old.narrative.iter().find(|page| page.source.path == source.path) {
            plan.files.push((path.to_owned(), edits.rewording.page(&source.text, page.body).into_bytes()));
        } else if path.ends_with(".toml") {
            let Some(EditedFile { text, pending, dropped, kept, stated }) = edited(edits, &source.text) else {
                continue;
            };
            let statements = pending.into_iter().filter(|(_, amounts)| *amounts > 0);
            plan.pending.extend(statements.map(|(id, amounts)| PendingStatement { id, amounts }));
            plan.dropped.extend(dropped);
            plan.kept.extend(kept);
            plan.texts.extend(stated.into_iter().map(|figure| format!("the stated figure `{figure}`")));
            plan.files.push((path.to_owned(), text.into_bytes()));
        } else {
            // A page of a translation.
            let body = page_body(&source.text);
            plan.files.push((path.to_owned(), edits.rewording.page(&source.text, body).into_bytes()));
        }
    }
    for picture in &old.picture_files {
        let bytes = read_bytes(request.root, &picture.path).map_err(|finding| vec![finding])?;
        plan.files.extend(picture.path.strip_prefix(&base).map(|path| (path.to_owned(), bytes)));
    }
    plan.files.sort();
    Ok(())
}

/// Where the Markdown of a page begins, after its front matter.
fn page_body(text: &str) -> usize {
    let Some(rest) = text.strip_prefix("+++") else { return 0 };
    rest.find("\n+++").map_or(0, |end| 3 + end + 4)
}
