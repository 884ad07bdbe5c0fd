//! `kessan mutate`.

use std::{fmt::Write, io};

use super::{
    args::{MessageFormat, ProjectArgs, ReleaseArgs},
    closing_lines::percentage,
    exit::exit_code,
    print,
};
use crate::commands::{self, MutationReport, Tally};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    releases: ReleaseArgs,
    /// Seed for choosing digits and neighbours
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Plant at most this many errors, chosen by the seed [default: every kind at every amount]
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

impl Args {
    pub(super) fn run(&self) -> io::Result<u8> {
        let ReleaseArgs { slugs, project: ProjectArgs { root, message_format } } = &self.releases;
        let request = commands::Mutate { root, slugs, seed: self.seed, limit: self.limit };
        let (reports, findings) = commands::mutate(&request, &print::progress);
        if *message_format == MessageFormat::Json && findings.is_empty() {
            print::json(&reports)?;
        } else {
            print::findings(&findings, *message_format)?;
            print::results(&mutation_tables(&reports))?;
        }
        Ok(exit_code(&findings))
    }
}

/// Tables of the planted errors that were caught and blamed, by kind and by statement.
fn mutation_tables(reports: &[MutationReport]) -> String {
    let mut out = String::new();
    for report in reports {
        _ = writeln!(out, "{}: errors planted one at a time", report.slug);
        write_head(&mut out, "kind");
        for (kind, tally) in &report.by_kind {
            write_row(&mut out, kind, tally);
        }
        write_head(&mut out, "statement");
        for (statement, (unit, others)) in &report.by_statement {
            write_row(&mut out, &format!("{statement}, one unit"), unit);
            write_row(&mut out, &format!("{statement}, others"), others);
        }
    }
    out
}

fn write_head(out: &mut String, what: &str) {
    _ = writeln!(
        out,
        "\n{what:<28}{:>8}{:>8}{:>8}   of those: {:>9}{:>11}{:>10}",
        "planted", "caught", "", "blamed", "top class", "first 3"
    );
}

fn write_row(out: &mut String, what: &str, tally: &Tally) {
    let Tally { planted, caught, first, class, three } = *tally;
    _ = writeln!(
        out,
        "{what:<28}{planted:>8}{caught:>8}{:>8}             {:>9}{:>11}{:>10}",
        percentage(caught, planted),
        percentage(first, caught),
        percentage(class, caught),
        percentage(three, caught)
    );
}
