//! The command line: arguments in, printed text and an exit code out. The only layer that prints.

mod args;
mod closing_lines;
mod print;
mod tables;

use std::{ffi::OsString, io, path::Path, process::ExitCode};

use clap::Parser;

use crate::{
    commands::{self, Disposition},
    diag::{Diagnostic, Level, count},
    preview,
};
use args::{
    AdjustArgs, Args, BuildArgs, CheckArgs, Command, ExplainArgs, MutateArgs, NewArgs, Place, ServeArgs, VerifyArgs,
};

/// No findings at error level.
const CLEAN: u8 = 0;
/// There are findings at error level.
const FINDINGS: u8 = 1;
/// The input could not be read, or the output not written.
const UNREADABLE: u8 = 2;
/// The first page that a build writes.
const INDEX: &str = "index.html";

/// Runs the program on its arguments, its name first. Gives the exit code: 0 clean, 1 findings at error level, 2 the
/// input could not be read or the output not written.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let said = match Args::try_parse_from(args) {
        Ok(args) => match args.command {
            Command::Build(args) => build(&args),
            Command::Check(args) => check(&args),
            Command::Serve(args) => serve(&args),
            Command::Verify(args) => verify(&args),
            Command::Explain(args) => explain(&args),
            Command::Adjust(args) => adjust(&args),
            Command::Mutate(args) => mutate(&args),
            Command::New(args) => new(&args),
        },
        Err(usage) => Ok(print::usage(&usage)),
    };
    ExitCode::from(said.unwrap_or(UNREADABLE))
}

fn build(args: &BuildArgs) -> io::Result<u8> {
    let root = &args.place.root;
    let output = root.join(&args.output);
    let shown = args.output.to_string_lossy();
    let request = commands::Build {
        root,
        output: &output,
        output_shown: &shown,
        slugs: &args.place.slugs,
        formats: &args.formats(),
        draft: args.draft,
        force: args.force,
        prune: args.prune,
    };
    let report = commands::build(&request, &print::progress);
    let code = exit_code(&report.findings);
    print::report(&report, args.place.message_format)?;
    print::closing_lines(&closing_lines::build_lines(&report), args.place.message_format)?;
    let mut written = report.outcomes.iter().filter_map(|outcome| outcome.written.as_ref());
    if written.any(|written| written.disposition == Disposition::Written) && output.join(INDEX).is_file() {
        print::closing_lines(&closing_lines::open_line(&shown, INDEX), args.place.message_format)?;
    }
    Ok(code)
}

fn check(args: &CheckArgs) -> io::Result<u8> {
    let report =
        commands::check(&commands::Check { root: &args.place.root, slugs: &args.place.slugs }, &print::progress);
    print::report(&report, args.place.message_format)?;
    print::closing_lines(&closing_lines::check_lines(&report), args.place.message_format)?;
    if args.coverage && args.place.message_format != args::MessageFormat::Json {
        print::results(&tables::coverage_list(&report))?;
    }
    Ok(exit_code(&report.findings))
}

fn verify(args: &VerifyArgs) -> io::Result<u8> {
    let VerifyArgs { output, root, message_format } = args;
    let shown = output.to_string_lossy();
    let request = commands::Verify { root, output: &root.join(output), output_shown: &shown };
    let report = commands::verify(&request, &print::progress);
    print::report(&report, *message_format)?;
    print::closing_lines(&closing_lines::verify_lines(&report), *message_format)?;
    Ok(exit_code(&report.findings))
}

/// Returns only when the port is not available: the user stops the program as a whole.
fn serve(args: &ServeArgs) -> io::Result<u8> {
    let Place { root, slugs, message_format } = &args.place;
    let request = preview::Serve { root, slugs, port: args.port, open: args.open };
    // What cannot be printed is still on the page.
    let served = preview::serve(&request, &|served| drop(print::event(&served, *message_format)));
    let findings = served.err().map(|finding| vec![finding]).unwrap_or_default();
    print::findings(&findings, *message_format)?;
    Ok(exit_code(&findings))
}

fn explain(args: &ExplainArgs) -> io::Result<u8> {
    let Place { root, slugs, message_format } = &args.place;
    let (explanation, findings) = commands::explain(&commands::Explain { root, slugs, figure: &args.figure });
    if !findings.is_empty() {
        print::findings(&findings, *message_format)?;
    }
    if let Some(explanation) = explanation {
        match message_format {
            args::MessageFormat::Json => print::json(&explanation)?,
            _ => print::results(&explanation.to_string())?,
        }
    }
    Ok(exit_code(&findings))
}

fn adjust(args: &AdjustArgs) -> io::Result<u8> {
    let Place { root, slugs, message_format } = &args.place;
    let (proposals, report) = commands::adjust(&commands::Adjust { root, slugs, afresh: args.afresh });
    if !report.findings.is_empty() {
        print::findings(&report.findings, *message_format)?;
    }
    match message_format {
        args::MessageFormat::Json if report.findings.is_empty() => print::json(&proposals)?,
        args::MessageFormat::Json => {}
        _ => print::results(&proposals.iter().map(ToString::to_string).collect::<String>())?,
    }
    Ok(exit_code(&report.findings))
}

fn mutate(args: &MutateArgs) -> io::Result<u8> {
    let Place { root, slugs, message_format } = &args.place;
    let request = commands::Mutate { root, slugs, seed: args.seed, limit: args.limit };
    let (proofs, findings) = commands::mutate(&request, &print::progress);
    if *message_format == args::MessageFormat::Json && findings.is_empty() {
        print::json(&proofs)?;
    } else {
        print::findings(&findings, *message_format)?;
        print::results(&tables::mutation_tables(&proofs))?;
    }
    Ok(exit_code(&findings))
}

fn new(args: &NewArgs) -> io::Result<u8> {
    let laid = create(&args.root, args);
    let findings = laid.as_ref().err().map_or(&[][..], Vec::as_slice);
    print::findings(findings, args::MessageFormat::Human)?;
    if let Ok(laid) = &laid {
        print::results(&closing_lines::created_lines(laid))?;
    }
    Ok(exit_code(findings))
}

fn create(root: &Path, args: &NewArgs) -> Result<Vec<commands::CreatedFiles>, Vec<Diagnostic>> {
    let mut laid = Vec::new();
    if let Some(slug) = &args.slug {
        laid.push(commands::new(root, slug).map_err(|finding| vec![finding])?);
    }
    if args.templates {
        laid.push(commands::templates(root)?);
    }
    Ok(laid)
}

fn exit_code(findings: &[Diagnostic]) -> u8 {
    let errors = count(findings, Level::Error);
    match findings.iter().any(|finding| finding.io) {
        true => UNREADABLE,
        false if errors > 0 => FINDINGS,
        false => CLEAN,
    }
}
