//! Formats findings for editors and scripts, one line each.

use super::{Diagnostic, Level, sanitize};

/// One line for each finding, `path:line:column: error[rule]: message`; without a place only `error[rule]: message`.
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
    /// The word for the level in all output formats.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}
