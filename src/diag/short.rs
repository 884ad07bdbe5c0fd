//! Findings for editors and scripts that read lines: one line each.

use super::{Diagnostic, Level, sanitize};

/// One line per finding: `path:line:column: error[rule]: message`; without the place where there is none.
pub fn short(findings: &[Diagnostic]) -> String {
    findings.iter().map(|finding| sanitize::one_line(&line(finding)) + "\n").collect()
}

fn line(finding: &Diagnostic) -> String {
    let Diagnostic { rule, message, .. } = finding;
    let level = finding.level.name();
    match &finding.place {
        Some((place, _)) => {
            let (line, column) = place.source.line_column(place.start);
            format!("{}:{line}:{column}: {level}[{rule}]: {message}", place.source.path)
        }
        None => format!("{level}[{rule}]: {message}"),
    }
}

impl Level {
    /// The word for it in every form of a finding.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}
