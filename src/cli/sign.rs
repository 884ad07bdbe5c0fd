//! `kessan sign`.

use std::{fmt::Write, io};

use super::{
    args::{MessageFormat, ProjectArgs},
    exit::exit_code,
    print,
};
use crate::commands::{self, Date, Sign, SignedParts};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The release, by its folder under content/
    slug: String,
    /// What to sign: `statement:is`, `measure:margin`, `table:results`, `page:summary`, or all of a kind, `'page:*'`
    #[arg(required = true, value_name = "PART")]
    parts: Vec<String>,
    /// Who signs
    #[arg(long, value_name = "NAME")]
    by: String,
    /// The day of the signature, as 2026-03-31; none is recorded otherwise
    #[arg(long, value_name = "DATE", value_parser = day, conflicts_with = "withdraw")]
    date: Option<Date>,
    /// Withdraw the signer's signatures of these parts
    #[arg(long)]
    withdraw: bool,
    #[command(flatten)]
    project: ProjectArgs,
}

/// A day as it is written in a dataset. Errors: it is none.
fn day(text: &str) -> Result<Date, String> {
    let date = Date::parse(text).filter(|date| date.year >= 1900);
    date.ok_or_else(|| String::from("expected a date such as 2026-03-31"))
}

impl Args {
    pub(super) fn run(&self) -> io::Result<u8> {
        let Self { slug, parts, by, date, withdraw, project: ProjectArgs { root, message_format } } = self;
        let request = Sign { root, slug, parts, by, date: *date };
        let done = if *withdraw { commands::withdraw(&request) } else { commands::sign(&request) };
        match done {
            Ok(signed) => {
                if *message_format == MessageFormat::Json {
                    print::findings(&[], *message_format)?;
                } else {
                    print::results(&self.lines(&signed))?;
                }
                Ok(exit_code(&[]))
            }
            Err(findings) => {
                print::findings(&findings, *message_format)?;
                Ok(exit_code(&findings))
            }
        }
    }

    /// What was done, one part a line, with the beginning of the hash.
    fn lines(&self, SignedParts { path, parts }: &SignedParts) -> String {
        let mut out = String::new();
        for (name, sha256) in parts {
            _ = match self.withdraw {
                true => writeln!(out, "withdrawn: {name}"),
                false => writeln!(out, "signed {name} ({:.12})", sha256),
            };
        }
        _ = writeln!(out, "wrote {path}");
        out
    }
}
