//! `kessan roll`.

use std::{
    fmt::Write,
    io::{self, IsTerminal},
};

use super::{
    args::{MessageFormat, ProjectArgs},
    closing_lines::plural,
    exit::exit_code,
    print,
};
use crate::{
    commands::{self, PlannedPeriod, Roll, RollPlan},
    diag::Diagnostic,
};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The name of the new release: its folder under content/
    new: String,
    /// The release that it follows
    #[arg(long, value_name = "SLUG")]
    from: String,
    /// The id of a period in the new release, where it cannot be told from that in the old one; can be repeated
    #[arg(long = "map", value_name = "OLD=NEW", value_parser = pair)]
    names: Vec<(String, String)>,
    /// Move all periods by a year: the first quarter of last year becomes that of this year
    #[arg(long)]
    year: bool,
    /// Write the release without asking
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    project: ProjectArgs,
}

/// An old and a new id. Errors: there is no `=`.
fn pair(text: &str) -> Result<(String, String), String> {
    let parts = text.split_once('=').map(|(old, new)| (old.trim().to_owned(), new.trim().to_owned()));
    parts.ok_or_else(|| String::from("expected the old and the new id of a period, `q1_2026=h1_2026`"))
}

impl Args {
    pub(super) fn run(&self) -> io::Result<u8> {
        let request = Roll {
            root: &self.project.root,
            new: &self.new,
            from: &self.from,
            is_by_year: self.year,
            names: &self.names,
        };
        match commands::plan_roll(&request) {
            Ok(plan) => {
                if self.project.message_format == MessageFormat::Json {
                    print::json(&plan)?;
                } else {
                    print::results(&plan_lines(&plan))?;
                }
                if self.yes || self.is_agreed(&plan)? { self.write(&plan) } else { self.decline() }
            }
            Err(findings) => self.fail(&findings),
        }
    }

    /// Asks at a terminal; elsewhere nobody can answer.
    fn is_agreed(&self, plan: &RollPlan) -> io::Result<bool> {
        if !io::stdin().is_terminal() || self.project.message_format == MessageFormat::Json {
            return Ok(false);
        }
        print::to_stderr(&format!("Write content/{}/? [y/N] ", plan.slug))?;
        let mut answer = String::new();
        io::stdin().read_line(&mut answer)?;
        Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
    }

    fn write(&self, plan: &RollPlan) -> io::Result<u8> {
        match commands::write_roll(&self.project.root, plan) {
            Ok(()) => {
                let files = plural(plan.paths().count(), "file");
                print::to_stderr(&format!("kessan: {}: {files} written to content/{}\n", plan.slug, plan.slug))?;
                Ok(exit_code(&[]))
            }
            Err(finding) => self.fail(&[finding]),
        }
    }

    fn decline(&self) -> io::Result<u8> {
        print::to_stderr(&format!("kessan: {}: nothing written; `--yes` writes it\n", self.new))?;
        Ok(exit_code(&[]))
    }

    fn fail(&self, findings: &[Diagnostic]) -> io::Result<u8> {
        print::findings(findings, self.project.message_format)?;
        Ok(exit_code(findings))
    }
}

/// What the roll does, and what it leaves to do.
fn plan_lines(plan: &RollPlan) -> String {
    let mut out = format!("{} follows {}\n", plan.slug, plan.from);
    _ = writeln!(out, "\nperiods:");
    for PlannedPeriod { old, new, from, to, labels } in &plan.periods {
        let days = from.as_ref().map_or_else(|| to.clone(), |from| format!("{from} to {to}"));
        _ = writeln!(out, "  {old} → {new}   {days}   {}", labels.join(" / ").replace('\n', " "));
    }
    let amounts = plan.pending.iter().map(|statement| statement.amounts).sum();
    _ = writeln!(out, "\npending: {} in {}", plural(amounts, "amount"), plural(plan.pending.len(), "statement"));
    for statement in &plan.pending {
        _ = writeln!(out, "  {}: {}", statement.id, plural(statement.amounts, "amount"));
    }
    plan.texts.iter().for_each(|text| _ = writeln!(out, "  {text}"));
    let lists = [
        ("not carried", &plan.dropped),
        ("carried as they are", &plan.kept),
        ("literals, kept: see whether each still holds", &plan.literals),
        ("standing texts, kept: see whether each still holds", &plan.standing),
    ];
    for (head, list) in lists {
        if !list.is_empty() {
            _ = writeln!(out, "\n{head}:");
            list.iter().for_each(|entry| _ = writeln!(out, "  {}", entry.replace('\n', " ")));
        }
    }
    out
}
