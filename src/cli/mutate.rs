//! `kessan mutate`.

use std::{fmt::Write, io};

use super::{
    args::{MessageFormat, Place},
    closing_lines::share,
    exit::exit_code,
    print,
};
use crate::commands::{self, MutationReport, Tally};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    place: Place,
    /// Seed for choosing digits and neighbours
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Plant at most this many errors, chosen by the seed [default: every kind at every amount]
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

impl Args {
    pub(super) fn run(&self) -> io::Result<u8> {
        let Place { root, slugs, message_format } = &self.place;
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

/// The share of planted errors that were caught, and blamed, by kind and by statement.
fn mutation_tables(reports: &[MutationReport]) -> String {
    let mut out = String::new();
    for report in reports {
        _ = writeln!(out, "{}: errors planted one at a time", report.slug);
        head(&mut out, "kind");
        for (kind, tally) in &report.by_kind {
            row(&mut out, kind, tally);
        }
        head(&mut out, "statement");
        for (statement, (unit, others)) in &report.by_statement {
            row(&mut out, &format!("{statement}, one unit"), unit);
            row(&mut out, &format!("{statement}, others"), others);
        }
    }
    out
}

fn head(out: &mut String, what: &str) {
    _ = writeln!(
        out,
        "\n{what:<28}{:>8}{:>8}{:>8}   of those: {:>9}{:>11}{:>10}",
        "planted", "caught", "", "blamed", "top class", "first 3"
    );
}

fn row(out: &mut String, what: &str, tally: &Tally) {
    let Tally { planted, caught, first, class, three } = *tally;
    _ = writeln!(
        out,
        "{what:<28}{planted:>8}{caught:>8}{:>8}             {:>9}{:>11}{:>10}",
        share(caught, planted),
        share(first, caught),
        share(class, caught),
        share(three, caught)
    );
}
