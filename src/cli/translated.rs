//! `kessan translated`.

use std::io;

use super::{
    args::{MessageFormat, ProjectArgs, ReleaseArgs},
    exit::exit_code,
    print,
};
use crate::commands::{self, TranslationRecord};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    releases: ReleaseArgs,
}

impl Args {
    pub(super) fn run(&self) -> io::Result<u8> {
        let ReleaseArgs { slugs, project: ProjectArgs { root, message_format } } = &self.releases;
        let (records, report) = commands::record_translations(&commands::Translated { root, slugs });
        if !report.findings.is_empty() || *message_format == MessageFormat::Json {
            print::findings(&report.findings, *message_format)?;
        }
        if *message_format != MessageFormat::Json {
            let line = |TranslationRecord { path, paragraphs }: &_| format!("wrote {path}: {paragraphs} paragraphs\n");
            print::results(&records.iter().map(line).collect::<String>())?;
        }
        Ok(exit_code(&report.findings))
    }
}
