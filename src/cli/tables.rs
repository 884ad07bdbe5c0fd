//! The tables of `mutate` and `check --coverage`.

use std::fmt::Write;

use crate::{
    closing::Coverage,
    commands::{MutationReport, Report, Tally},
};

/// The share of planted errors that were caught, and blamed, by kind and by statement.
pub(super) fn mutation_tables(proofs: &[MutationReport]) -> String {
    let mut out = String::new();
    for proof in proofs {
        _ = writeln!(out, "{}: errors planted one at a time", proof.slug);
        head(&mut out, "kind");
        for (kind, tally) in &proof.by_kind {
            row(&mut out, kind, tally);
        }
        head(&mut out, "statement");
        for (statement, (unit, others)) in &proof.by_statement {
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

/// `98.5%`; a dash where the whole is zero.
fn share(part: usize, whole: usize) -> String {
    if whole == 0 {
        return String::from("-");
    }
    let tenths = part * 1000 / whole;
    format!("{}.{}%", tenths / 10, tenths % 10)
}

/// The share of entered amounts whose change by one unit breaks a relation, and the others by name.
pub(super) fn coverage_list(report: &Report) -> String {
    let mut out = String::new();
    for outcome in &report.outcomes {
        let (slug, Some(coverage)) = (&outcome.slug, &outcome.coverage) else { continue };
        let Coverage { entered, covered, uncovered } = coverage;
        _ = writeln!(out, "{slug}: {covered} of {entered} entered amounts are covered ({})", share(*covered, *entered));
        for amount in uncovered {
            let (line, _) = amount.place.source.line_column(amount.place.start);
            let why = match amount.coarse.as_slice() {
                [] => String::from("in no relation"),
                [one] => format!("only in `{one}`, which one unit does not break"),
                [one, rest @ ..] => format!("`{one}` and {} more are too coarse", rest.len()),
            };
            _ = writeln!(out, "  {}:{line}: `{}`: {why}", amount.place.source.path, amount.name);
        }
    }
    out
}
