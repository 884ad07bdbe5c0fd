//! `kessan forms`.

use std::{fmt::Write, io, path::PathBuf};

use super::{args::MessageFormat, exit::exit_code, print};
use crate::{
    commands::{self, FormPart, Forms, ListedConcept, ListedForm},
    diag::Diagnostic,
};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The form whose concepts are listed, `acedjpsm` [default: lists the forms]
    form: Option<String>,
    /// Words that the names of the concepts contain, in any case: `dividend` [default: all concepts]
    #[arg(value_name = "WORD")]
    words: Vec<String>,
    /// The project's folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
}

impl Args {
    pub(super) fn run(&self) -> io::Result<u8> {
        match self.list() {
            Ok(list) => {
                print::results(&list)?;
                Ok(exit_code(&[]))
            }
            Err(findings) => {
                print::findings(&findings, MessageFormat::Human)?;
                Ok(exit_code(&findings))
            }
        }
    }

    fn list(&self) -> Result<String, Vec<Diagnostic>> {
        let Self { form, words, root } = self;
        match form {
            None => commands::list_forms(root).map(|forms| form_lines(&forms)),
            Some(form) => commands::list_concepts(&Forms { root, form, words }).map(|parts| part_lines(&parts)),
        }
    }
}

/// The forms, one a line.
fn form_lines(forms: &[ListedForm]) -> String {
    let mut out = String::new();
    for ListedForm { name, title } in forms {
        _ = writeln!(out, "{}", format!("{name}  {title}").trim_end());
    }
    out
}

/// The parts of a form, each with its concepts, one a line: kind, day or period, name, and the members to choose from.
fn part_lines(parts: &[FormPart]) -> String {
    let mut out = String::new();
    for FormPart { heading, outlooks, concepts } in parts {
        out.push_str(if out.is_empty() { "" } else { "\n" });
        _ = match outlooks.is_empty() {
            true => writeln!(out, "{heading}"),
            false => writeln!(out, "{heading}: {}", outlooks.join(", ")),
        };
        for ListedConcept { name, kind, is_instant, choices } in concepts {
            let days = if *is_instant { "day" } else { "period" };
            let choices = choices.iter().map(|members| format!("; one of {}", members.join(", ")));
            let choices: String = choices.collect();
            _ = writeln!(out, "  {kind:9}  {days:6}  {name}{choices}");
        }
    }
    out
}
