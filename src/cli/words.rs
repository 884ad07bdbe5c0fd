//! `kessan words`.

use std::{fmt::Write, io};

use super::{
    args::{MessageFormat, ProjectArgs},
    exit::exit_code,
    print,
};
use crate::{
    commands::{self, PlannedFile, TextList, Words, WordsPlan},
    diag::Diagnostic,
};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The release, by its folder under content/
    slug: String,
    /// The language of the translation, one of the release's
    #[arg(long, value_name = "LANGUAGE")]
    language: String,
    /// Write the texts to this new file, relative to the project's folder, instead of standard output
    #[arg(long, value_name = "FILE", conflicts_with = "read")]
    output: Option<String>,
    /// Write only the texts that have no translation
    #[arg(long, conflicts_with = "read")]
    missing: bool,
    /// Read translations from this file, relative to the project's folder, and say which files they would change
    #[arg(long, value_name = "FILE")]
    read: Option<String>,
    /// Change these files
    #[arg(long, requires = "read")]
    write: bool,
    #[command(flatten)]
    project: ProjectArgs,
}

impl Args {
    pub(super) fn run(&self) -> io::Result<u8> {
        let request = Words { root: &self.project.root, slug: &self.slug, language: &self.language };
        let done = match &self.read {
            Some(path) => commands::read_translations(&request, path, self.write).map(|plan| self.print_plan(&plan)),
            None => commands::list_texts(&request, self.missing).and_then(|list| self.print_list(&list)),
        };
        match done {
            Ok(printed) => printed.map(|()| exit_code(&[])),
            Err(findings) => {
                print::findings(&findings, self.project.message_format)?;
                Ok(exit_code(&findings))
            }
        }
    }

    /// Writes the list to its file, or prints it.
    fn print_list(&self, list: &TextList) -> Result<io::Result<()>, Vec<Diagnostic>> {
        if let Some(path) = &self.output {
            commands::write_list(&self.project.root, path, list).map_err(|finding| vec![finding])?;
        }
        let printed = if self.output.is_none() { print::bytes(&list.csv) } else { Ok(()) };
        Ok(printed.and_then(|()| print::closing_lines(&self.list_summary(list), self.project.message_format)))
    }

    fn list_summary(&self, TextList { texts, translated, .. }: &TextList) -> String {
        let Self { slug, language, missing, .. } = self;
        let texts = counted(*texts, "text");
        match missing {
            true => format!("kessan: {slug}: {texts} not translated into `{language}`\n"),
            false => format!("kessan: {slug}: {texts}, {translated} of them translated into `{language}`\n"),
        }
    }

    fn print_plan(&self, plan: &WordsPlan) -> io::Result<()> {
        match self.project.message_format {
            MessageFormat::Json => print::json(plan),
            _ => {
                print::results(&plan_lines(plan))?;
                print::to_stderr(&plan_summary(plan))
            }
        }
    }
}

/// The files that change, one a line: `content/acme/release.toml: 2 texts translated, 1 translation replaced`.
fn plan_lines(plan: &WordsPlan) -> String {
    let mut out = String::new();
    for PlannedFile { path, added, replaced } in &plan.files {
        let parts = [(added, "text", "translated"), (replaced, "translation", "replaced")];
        let parts = parts.into_iter().filter(|(count, ..)| **count > 0);
        let parts: Vec<_> = parts.map(|(count, what, done)| format!("{} {done}", counted(*count, what))).collect();
        _ = writeln!(out, "{path}: {}", parts.join(", "));
    }
    out
}

fn plan_summary(plan: &WordsPlan) -> String {
    let WordsPlan { slug, files, written, .. } = plan;
    let end = match (files.is_empty(), written) {
        (true, _) => String::from("nothing to change"),
        (false, true) => format!("{} changed", counted(files.len(), "file")),
        (false, false) => format!("{} to change; `--write` changes them", counted(files.len(), "file")),
    };
    format!("kessan: {slug}: {end}\n")
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
