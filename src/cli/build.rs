//! `kessan build`.

use std::{io, path::PathBuf, time::Instant};

use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::{
    args::{MessageFormat, ProjectArgs, ReleaseArgs},
    closing_lines::{file_count, finding_counts, outcome_lines},
    exit::exit_code,
    print,
};
use crate::{
    closing::Stopwatch,
    commands::{self, Disposition, Report, Timings},
    formats::Format,
};

/// The first page that a build writes.
const INDEX: &str = "index.html";

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    releases: ReleaseArgs,
    /// The output folder, relative to the root
    #[arg(long, value_name = "DIR", default_value = "output")]
    output: PathBuf,
    /// The output formats to write; all of them by default
    #[arg(
        long,
        value_name = "FORMAT",
        value_delimiter = ',',
        default_values = Format::ALL.map(|format| format.name),
        hide_default_value = true,
        value_parser = PossibleValuesParser::new(Format::ALL.map(|format| format.name)).try_map(|word| Format::by_name(&word))
    )]
    format: Vec<&'static Format>,
    /// Build releases with findings too, marked as drafts
    #[arg(long)]
    draft: bool,
    /// Rebuild releases that are unchanged
    #[arg(long)]
    force: bool,
    /// Remove orphaned releases from the output: those without a dataset, if nobody changed their files
    #[arg(long)]
    prune: bool,
    /// Also print how long each phase took: for each release, and in all
    #[arg(long)]
    timings: bool,
}

impl Args {
    pub(super) fn run(&self) -> io::Result<u8> {
        let ReleaseArgs { slugs, project: ProjectArgs { root, message_format } } = &self.releases;
        let output = root.join(&self.output);
        let shown = self.output.to_string_lossy();
        let request = commands::Build {
            root,
            output: &output,
            output_shown: &shown,
            slugs,
            formats: &self.formats(),
            draft: self.draft,
            force: self.force,
            prune: self.prune,
            summaries: *message_format == MessageFormat::Json,
        };
        let (began, mut stopwatch) = (Instant::now(), Stopwatch::stopped());
        if self.timings {
            stopwatch = Stopwatch::started();
        }
        let report = commands::build_timed(&request, &print::progress, &mut stopwatch);
        let timings = self.timings.then(|| Timings::new(&report, &stopwatch.into_phases(), began.elapsed()));
        print::report_with_timings(&report, *message_format, timings.as_ref())?;
        print::closing_lines(&build_lines(&report), *message_format)?;
        let mut written = report.outcomes.iter().filter_map(|outcome| outcome.written.as_ref());
        if written.any(|written| written.disposition == Disposition::Written) && output.join(INDEX).is_file() {
            print::closing_lines(&format!("kessan: open {shown}/{INDEX} in a browser\n"), *message_format)?;
        }
        if let Some(timings) = timings.filter(|_| *message_format != MessageFormat::Json) {
            print::results(&timings.to_string())?;
        }
        Ok(exit_code(&report.findings))
    }

    /// The requested output formats, in the order of [`Format::ALL`], each once.
    fn formats(&self) -> Vec<&'static Format> {
        Format::ALL.into_iter().filter(|format| self.format.contains(format)).collect()
    }
}

/// The closing lines of a build: `kessan: acme: built 24 files in output/acme`.
fn build_lines(report: &Report) -> String {
    outcome_lines(report, ", nothing written", |outcome| match &outcome.written {
        Some(written) if written.disposition == Disposition::Unchanged => String::from("unchanged"),
        Some(written) if written.disposition == Disposition::Removed => format!("removed {}", written.folder),
        Some(written) if outcome.errors > 0 => {
            let found = finding_counts(outcome.errors, outcome.warnings);
            format!("built {} in {}, a draft with {found}", file_count(written.files), written.folder)
        }
        Some(written) if outcome.warnings > 0 => {
            format!(
                "built {} in {}, {}",
                file_count(written.files),
                written.folder,
                finding_counts(0, outcome.warnings)
            )
        }
        Some(written) => format!("built {} in {}", file_count(written.files), written.folder),
        None if outcome.errors == 0 => "nothing written".to_owned(),
        None => format!("{}, nothing written", finding_counts(outcome.errors, outcome.warnings)),
    })
}
