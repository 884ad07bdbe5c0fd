//! Processor time and memory of a printed release of many pages: `cargo bench --bench pages`.
//!
//! Each size is laid out and painted in a process of its own, whose peak memory the system tells. Both are to grow as the
//! pages do, to less than 10 s and 500 MB for a thousand; more of either fails.

#[path = "../tests/support/phases.rs"]
mod phases;

use std::{env, fs, path::Path, process::Command};

use kessan::{
    figures::Book,
    present::{
        document::{Block, Cell, Document, Table},
        present,
    },
    project::Project,
    render::pdf,
};

const SLUG: &str = "iij-fy2009";
/// How many times the release is printed in one file; the last makes more than a thousand pages.
const TIMES: [usize; 4] = [1, 13, 26, 52];

fn main() {
    match env::args().nth(1).and_then(|times| times.parse().ok()) {
        Some(times) => print(times),
        None => TIMES.into_iter().for_each(measure),
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn measure(times: usize) {
    let program = env::current_exe().unwrap();
    assert!(Command::new(program).arg(times.to_string()).status().unwrap().success());
}

fn print(times: usize) {
    let (document, project) = (repeated(times), Project::load(root()).0);
    let templates = project.templates().unwrap();
    let look = pdf::PrintAppearance {
        style: &project.style,
        faces: &project.faces,
        templates,
        places: None,
        attachments: &[],
        logo: None,
    };
    let before = resident("VmRSS");
    let start = busy();
    let pages = pdf::layout(&document, &look).unwrap().pages.len();
    let laid = busy() - start;
    let start = busy();
    let bytes = pdf::pdf(&document, &look).unwrap().len();
    let all = busy() - start;
    let most = resident("VmHWM");
    println!(
        "{pages:5} pages: {all:5.2} s ({laid:.2} s for layout), {most:3.0} MB ({before:.0} MB before), file {} kB",
        bytes / 1000
    );
    assert!(all < 10.0 && most < 500.0, "too much for {pages} pages");
}

/// How long this thread has had a processor, in seconds, as the system tells it: a busy machine does not count.
fn busy() -> f64 {
    let stat = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    stat.split_whitespace().next().and_then(|nanos| nanos.parse::<f64>().ok()).unwrap_or(f64::NAN) / 1e9
}

/// What the system says of this process's memory, in MB.
fn resident(key: &str) -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':'));
    line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or(f64::NAN) / 1024.0
}

/// A document that says everything so many times, under names of their own.
fn repeated(times: usize) -> Document {
    let (release, words) = phases::load_release(root(), SLUG);
    let document = present(&Book::new(&release), &words).document;
    let mut long = document.clone();
    long.pages.clear();
    for time in 0..times {
        for (i, page) in document.pages.iter().enumerate() {
            let mut page = page.clone();
            page.id = format!("{}-{time}", page.id);
            page.new_sheet |= time > 0 && i == 0;
            for block in &mut page.blocks {
                match block {
                    Block::Heading { id, .. } => *id = format!("{id}-{time}"),
                    Block::Table(table) => {
                        table.id = format!("{}-{time}", table.id);
                        vary(table, time);
                    }
                    Block::Chart(chart) => chart.table.id = format!("{}-{time}", chart.table.id),
                    _ => {}
                }
            }
            long.pages.push(page);
        }
    }
    long
}

/// Gives a table other digits: a long document does not say the same again and again, and what was shaped once is remembered.
fn vary(table: &mut Table, time: usize) {
    for (i, cell) in table.rows.iter_mut().flat_map(|row| &mut row.cells).enumerate() {
        if let Cell::Number { figure, .. } = cell {
            let other = |(at, c): (usize, char)| match c.to_digit(10) {
                Some(digit) if time > 0 => char::from_digit((digit + (i + at) as u32 * time as u32) % 10, 10).unwrap(),
                _ => c,
            };
            figure.text = figure.text.chars().enumerate().map(other).collect();
        }
    }
}
