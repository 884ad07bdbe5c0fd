//! `kessan check`.

use std::{fmt::Write, io};

use super::{
    args::{MessageFormat, ProjectArgs, ReleaseArgs},
    closing_lines::{finding_counts, outcome_lines, percentage},
    exit::exit_code,
    print,
    rebuild::print_built,
};
use crate::{
    closing::{Coverage, ReleaseSummary, RuleCount},
    commands::{self, Report},
    preview,
};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    releases: ReleaseArgs,
    /// Also list what each rule looked at, and the entered amounts that could be wrong by one unit without any relation breaking
    #[arg(long)]
    coverage: bool,
    /// Check again whenever files change, until stopped: what `serve` prints, without a server
    #[arg(long, conflicts_with = "coverage")]
    watch: bool,
}

impl Args {
    /// With `--watch` it runs until the program is stopped.
    pub(super) fn run(&self) -> io::Result<u8> {
        let ReleaseArgs { slugs, project: ProjectArgs { root, message_format } } = &self.releases;
        if self.watch {
            // What cannot be printed once may be printed the next time.
            preview::watch(root, slugs, &|built| drop(print_built(&built, *message_format)));
        }
        let counts = self.coverage || *message_format == MessageFormat::Json;
        let report = commands::check(&commands::Check { root, slugs, counts, ends_process: true }, &print::progress);
        print::report(&report, *message_format)?;
        print::closing_lines(&check_lines(&report), *message_format)?;
        if self.coverage && *message_format != MessageFormat::Json {
            print::results(&(coverage_list(&report) + &looked_at_list(&report)))?;
        }
        Ok(exit_code(&report.findings))
    }
}

/// The closing lines of a check: `kessan: acme: 2 errors, 1 warning`. Where there is no finding, it says how many rules had
/// something to look at.
fn check_lines(report: &Report) -> String {
    outcome_lines(report, "", |outcome| {
        let found = finding_counts(outcome.errors, outcome.warnings);
        let rules = &outcome.looked_at;
        if outcome.errors + outcome.warnings > 0 || rules.is_empty() {
            return found;
        }
        let looked = rules.iter().filter(|rule| rule.count.is_some_and(|count| count > 0)).count();
        let others = if looked == rules.len() { "" } else { "; `--coverage` says what the others need" };
        format!("{found}; {looked} of {} rules had something to look at{others}", rules.len())
    })
}

/// How many things each rule looked at, a line for each rule.
fn looked_at_list(report: &Report) -> String {
    let mut out = String::new();
    for ReleaseSummary { slug, rules, .. } in report.outcomes.iter().filter_map(|outcome| outcome.summary.as_ref()) {
        _ = writeln!(out, "{slug}: what the rules looked at");
        let width = rules.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
        for RuleCount { name, looked_at, count } in rules {
            let looked_at = looked_at.replace('_', " ");
            let looked_at = looked_at.strip_suffix('s').filter(|_| *count == Some(1)).unwrap_or(&looked_at);
            _ = match count {
                Some(0) => writeln!(out, "  {name:width$}      - not checked: {}", ground(name, looked_at)),
                Some(count) => writeln!(out, "  {name:width$} {count:>6} {looked_at}"),
                None => writeln!(out, "  {name:width$}      - {looked_at}: the release could not be read completely"),
            };
        }
    }
    out
}

/// Why a rule had nothing to look at.
fn ground(rule: &str, looked_at: &str) -> String {
    match RuleCount::needs(rule) {
        Some(needs) => format!("needs {needs}"),
        None => format!("no {looked_at}"),
    }
}

fn amounts_are(count: usize) -> String {
    if count == 1 { String::from("1 amount is") } else { format!("{count} amounts are") }
}

/// The percentage of covered amounts, and a line for each uncovered amount.
fn coverage_list(report: &Report) -> String {
    let mut out = String::new();
    for outcome in &report.outcomes {
        let (slug, Some(coverage)) = (&outcome.slug, &outcome.coverage) else { continue };
        let Coverage { entered, covered, by_cell, pending, uncovered } = coverage;
        _ = writeln!(
            out,
            "{slug}: {covered} of {entered} entered amounts are covered ({})",
            percentage(*covered, *entered)
        );
        if *pending > 0 {
            _ = writeln!(out, "  {} pending, which nothing covers yet", amounts_are(*pending));
        }
        if *by_cell > 0 {
            _ = writeln!(out, "  and {by_cell} more are held to their cells ({})", percentage(*by_cell, *entered));
        }
        for amount in uncovered {
            let (line, _) = amount.place.source.line_column(amount.place.start);
            let why = match amount.coarse.as_slice() {
                [] => String::from("in no relation"),
                [relation] => format!("only in `{relation}`, which one unit does not break"),
                [relation, rest @ ..] => format!("`{relation}` and {} more are too coarse", rest.len()),
            };
            _ = writeln!(out, "  {}:{line}: `{}`: {why}", amount.place.source.path, amount.name);
        }
    }
    out
}
