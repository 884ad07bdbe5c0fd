//! The exit codes.

use crate::diag::{Diagnostic, Level, count};

/// No findings at error level.
pub(super) const CLEAN: u8 = 0;
/// There are findings at error level.
const FINDINGS: u8 = 1;
/// The input could not be read, or the output not written.
pub(super) const UNREADABLE: u8 = 2;

/// The exit code for a command's findings.
pub(super) fn exit_code(findings: &[Diagnostic]) -> u8 {
    if findings.iter().any(|finding| finding.io) {
        UNREADABLE
    } else if count(findings, Level::Error) > 0 {
        FINDINGS
    } else {
        CLEAN
    }
}
