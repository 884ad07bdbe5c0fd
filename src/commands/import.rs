//! `kessan import`: compares the amounts of statements with the workbooks that they come from, and takes over what changed.

mod init;
mod plan;
mod rewrite;

use std::path::Path;

use super::swap_files;
use crate::{
    diag::{Diagnostic, Findings, nearest},
    import::{exists, read_sources},
    load,
    model::{Release, SourceReading, Statement},
    project::select_releases,
};
pub use init::{Init, init};
pub use plan::{ImportPlan, PlannedAmount, PlannedStatement};

/// The request for an import.
#[derive(Debug)]
pub struct Import<'a> {
    pub root: &'a Path,
    /// All releases that have sources, if none.
    pub slug: Option<&'a str>,
    /// The ids of statements; all that have a source, if empty.
    pub statements: &'a [String],
    /// Whether to change the files, and not only to plan to.
    pub is_written: bool,
}

/// Plans what the sources change in each release, and changes the files if that is asked for. A release with a finding at error
/// level is not changed.
pub fn import(request: &Import) -> (Vec<ImportPlan>, Vec<Diagnostic>) {
    let mut findings = Findings::new();
    let named: Vec<String> = request.slug.into_iter().map(str::to_owned).collect();
    let mut plans = Vec::new();
    for slug in select_releases(request.root, &named, &mut findings) {
        plans.extend(import_release(request, &slug, &mut findings));
    }
    if plans.is_empty() && findings.is_empty() {
        let finding = Diagnostic::error("source", "no statement has a source");
        findings.push(finding.help("`[statement.source]` names the workbook of a statement"));
    }
    (plans, findings.sorted())
}

/// The plan of one release; none without sources, and where the release cannot be read.
fn import_release(request: &Import, slug: &str, findings: &mut Findings) -> Option<ImportPlan> {
    let mut own = Findings::new();
    let (release, found) = load::release(request.root, slug);
    let release = own.keep_release(release, found);
    let plan = release.and_then(|release| {
        let selected = selected(request, &release, &mut own);
        if selected.is_empty() {
            return None;
        }
        let readings = read_sources(request.root, &release);
        let readings: Vec<&SourceReading> =
            readings.iter().filter(|reading| selected.contains(&reading.statement)).collect();
        let mut plan = plan::plan(&release, &readings, &mut own);
        let files = rewrite::changed_files(request.root, &release, &plan, &mut own);
        plan.files = files.iter().map(|file| file.before.path.clone()).collect();
        if request.is_written && !own.has_errors() && !files.is_empty() {
            let files: Vec<_> = files.iter().map(|file| (&file.before, &file.after)).collect();
            plan.is_written = own.keep(swap_files::replace(request.root, &files)).is_some();
        }
        Some(plan)
    });
    findings.extend(own);
    plan
}

impl Findings {
    /// Keeps what makes the amounts of a release unreadable: they are what is compared.
    fn keep_release(&mut self, release: Option<Release>, found: Self) -> Option<Release> {
        let is_sound = !found.has_errors();
        if !is_sound {
            self.extend(found);
        }
        release.filter(|_| is_sound)
    }
}

/// The positions of the statements to import. Findings: names of no statement, statements without a source, files that are not
/// there.
fn selected(request: &Import, release: &Release, findings: &mut Findings) -> Vec<usize> {
    for name in request.statements {
        let mut ids = release.statements.iter().map(|statement| statement.id.value.as_str());
        if !ids.clone().any(|id| id == name) && request.slug.is_some() {
            let finding = Diagnostic::error("source", format!("`{}` has no statement `{name}`", release.slug));
            let near = nearest(name, &mut ids).map(|near| format!("did you mean `{near}`?"));
            findings.push(near.into_iter().fold(finding, Diagnostic::help));
        }
    }
    let is_named =
        |statement: &Statement| request.statements.is_empty() || request.statements.contains(&statement.id.value);
    let mut selected = Vec::new();
    for (at, statement) in release.statements.iter().enumerate().filter(|(_, statement)| is_named(statement)) {
        match &statement.source {
            Some(source) if exists(request.root, source) => selected.push(at),
            Some(source) => {
                let message = format!("cannot read `{}`: there is no such file", source.file.value);
                findings.push(Diagnostic::io("read", message).at(&source.file.place, ""));
            }
            None if request.statements.is_empty() => {}
            None => {
                let message = format!("`{}` has no source", statement.id.value);
                let finding = Diagnostic::error("source", message).at(&statement.id.place, "");
                findings.push(finding.help("`[statement.source]` names its workbook"));
            }
        }
    }
    selected
}
