//! `kessan new`.

use std::{fmt::Write, io, path::PathBuf};

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::{args::MessageFormat, exit::exit_code, print};
use crate::{
    commands::{self, CreatedFiles, Starter},
    diag::Diagnostic,
};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The release's name: its folder under content/
    #[arg(required_unless_present = "templates")]
    slug: Option<String>,
    /// The release to start from
    #[arg(
        long,
        value_name = "NAME",
        default_value = Starter::QUARTER.name,
        requires = "slug",
        value_parser = PossibleValuesParser::new(Starter::ALL.map(|starter| PossibleValue::new(starter.name).help(starter.title())))
            .try_map(|name| Starter::by_name(&name))
    )]
    starter: &'static Starter,
    /// Copy the built-in templates/ and static/ into the project; existing files are kept
    #[arg(long)]
    templates: bool,
    /// The project's folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
}

impl Args {
    pub(super) fn run(&self) -> io::Result<u8> {
        match self.create() {
            Ok(created) => {
                print::results(&created_lines(&created))?;
                print::to_stderr(&self.next_step())?;
                Ok(exit_code(&[]))
            }
            Err(findings) => {
                print::findings(&findings, MessageFormat::Human)?;
                Ok(exit_code(&findings))
            }
        }
    }

    /// What to do with a new release; nothing if there is none.
    fn next_step(&self) -> String {
        let Some(slug) = &self.slug else { return String::new() };
        let root = match self.root.to_str() {
            Some(".") | None => String::new(),
            Some(root) => format!(" --root {root}"),
        };
        format!("kessan: {slug}: next, `kessan serve --open{root}` shows it in a browser, again after every change\n")
    }

    fn create(&self) -> Result<Vec<CreatedFiles>, Vec<Diagnostic>> {
        let mut created = Vec::new();
        if let Some(slug) = &self.slug {
            created.push(commands::new(&self.root, slug, self.starter).map_err(|finding| vec![finding])?);
        }
        if self.templates {
            created.push(commands::copy_templates(&self.root)?);
        }
        Ok(created)
    }
}

/// The files that were created, one a line.
pub(super) fn created_lines(created: &[CreatedFiles]) -> String {
    let mut out = String::new();
    for files in created {
        files.written.iter().for_each(|path| _ = writeln!(out, "wrote {path}"));
        files.kept.iter().for_each(|path| _ = writeln!(out, "kept {path}"));
    }
    out
}
