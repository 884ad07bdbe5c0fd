//! The program: the library's command line, and its exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    kessan::cli::run(std::env::args_os())
}
