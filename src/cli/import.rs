//! `kessan import`.

use std::{fmt::Write, io};

use super::{
    args::{MessageFormat, ProjectArgs},
    closing_lines::plural,
    exit::exit_code,
    print,
};
use crate::{
    commands::{self, Import, ImportPlan, Init, PlannedAmount, PlannedStatement},
    diag::{self, Diagnostic},
};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The release, by its folder under content/; all that have sources, without it
    slug: Option<String>,
    /// Only these statements, by their ids
    statements: Vec<String>,
    /// Change the files
    #[arg(long)]
    write: bool,
    /// Propose a statement with lines, keys and amounts from this workbook, relative to the project's folder, as TOML
    #[arg(long, value_name = "WORKBOOK", requires = "unit", conflicts_with_all = ["slug", "write"])]
    init: Option<String>,
    /// The sheet of the proposal, if the workbook has several
    #[arg(long, value_name = "NAME", requires = "init")]
    sheet: Option<String>,
    /// The unit of the workbook's amounts, as in a statement
    #[arg(long, value_name = "UNIT", requires = "init")]
    unit: Option<String>,
    /// The workbook is a CSV file in Shift_JIS
    #[arg(long, requires = "init")]
    shift_jis: bool,
    #[command(flatten)]
    project: ProjectArgs,
}

impl Args {
    pub(super) fn run(&self) -> io::Result<u8> {
        let Self { slug, statements, write, project: ProjectArgs { root, message_format }, .. } = self;
        if let (Some(file), Some(unit)) = (&self.init, &self.unit) {
            return self.propose(file, unit);
        }
        let request = Import { root, slug: slug.as_deref(), statements, is_written: *write };
        let (plans, findings) = commands::import(&request);
        if *message_format == MessageFormat::Json {
            print::results(&diag::json(&findings, &[], &plans))?;
            return Ok(exit_code(&findings));
        }
        print::findings(&findings, *message_format)?;
        for plan in &plans {
            print::results(&plan_lines(plan))?;
            print::to_stderr(&summary(plan, &findings))?;
        }
        Ok(exit_code(&findings))
    }
}

impl Args {
    /// Prints a statement for a workbook.
    fn propose(&self, file: &str, unit: &str) -> io::Result<u8> {
        let Self { sheet, project: ProjectArgs { root, .. }, shift_jis: is_shift_jis, .. } = self;
        let init = Init { root, file, sheet: sheet.as_deref(), unit, is_shift_jis: *is_shift_jis };
        match commands::propose_statement(&init) {
            Ok(text) => print::results(&text).map(|()| exit_code(&[])),
            Err(finding) => {
                let findings = [finding];
                print::findings(&findings, self.project.message_format)?;
                Ok(exit_code(&findings))
            }
        }
    }
}

/// What changes, one amount a line, and what the workbook has besides.
fn plan_lines(plan: &ImportPlan) -> String {
    let mut out = String::new();
    for statement in &plan.statements {
        out.push_str(&changes(&statement.changes));
        out.push_str(&besides(statement));
    }
    out
}

/// The changes in columns: name, was, becomes, cell, place.
fn changes(changes: &[PlannedAmount]) -> String {
    let width = |text: fn(&PlannedAmount) -> &str| {
        changes.iter().map(|change| text(change).chars().count()).max().unwrap_or_default()
    };
    let [name, was, becomes, cells] =
        [width(|it| &it.name), width(|it| &it.was), width(|it| &it.becomes), width(|it| &it.cells)];
    let mut out = String::new();
    for change in changes {
        _ = writeln!(
            out,
            "{:name$}  {:>was$} → {:>becomes$}  {:cells$}  {}",
            change.name, change.was, change.becomes, change.cells, change.place
        );
        for note in &change.notes {
            _ = writeln!(out, "  {note}");
        }
    }
    out
}

/// The notes of a statement, and the keys that no line takes.
fn besides(statement: &PlannedStatement) -> String {
    let PlannedStatement { id, source, is_hidden, notes, untaken, hidden_rows, .. } = statement;
    let mut out = String::new();
    if *is_hidden {
        _ = writeln!(out, "{id}: the sheet is hidden in `{source}`");
    }
    for note in notes {
        _ = writeln!(out, "{id}: {note}");
    }
    let lists = [("that no line takes", untaken), ("in hidden rows", hidden_rows)];
    for (what, keys) in lists.into_iter().filter(|(_, keys)| !keys.is_empty()) {
        _ = writeln!(out, "{id}: {} of `{source}` {what}:", plural(keys.len(), "key"));
        for (key, beside, cell) in keys {
            _ = writeln!(out, "{}", format!("  {cell}  {key}  {beside}").trim_end());
        }
    }
    out
}

fn summary(plan: &ImportPlan, findings: &[Diagnostic]) -> String {
    let count = |of: fn(&PlannedStatement) -> usize| plan.statements.iter().map(of).sum::<usize>();
    let (changes, same) = (count(|statement| statement.changes.len()), count(|statement| statement.same));
    let has_hash = plan.statements.iter().any(|statement| statement.hash.is_some());
    let what = match changes {
        0 if has_hash => format!("a hash to record, {} as they are", plural(same, "amount")),
        0 => format!("nothing to change, {} as they are", plural(same, "amount")),
        _ => format!("{} to change, {same} as they are", plural(changes, "amount")),
    };
    let end = match exit_code(findings) {
        _ if plan.is_written => format!("; {} changed", plural(plan.files.len(), "file")),
        0 if plan.files.is_empty() => String::new(),
        0 if changes == 0 => String::from("; `--write` records it"),
        0 => String::from("; `--write` changes them"),
        _ => String::from("; with these errors nothing is written"),
    };
    format!("kessan: {}: {what}{end}\n", plan.slug)
}
