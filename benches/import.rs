//! Measures `kessan import` of a sheet of many rows: time, processor time and memory. `cargo bench --bench import`, or with a number
//! of rows: `cargo bench --bench import -- 20000`. It fails above 0.4 s or 100 MB.
//!
//! Each import runs in a process of its own, this program again, which then says what it needed by `/proc` (Linux).

use std::{
    fmt::Write,
    fs,
    path::Path,
    process::{Command, ExitCode},
    time::Instant,
};

use rust_xlsxwriter::Workbook;

/// Tells this program that it is to import and to say what that needed.
const MEASURE: &str = "measure";
const ROWS: u32 = 20_000;
/// Columns of amounts beside codes and labels.
const COLUMNS: u16 = 6;
/// The lines of the statement, spread over the rows.
const LINES: u32 = 500;
const MAX_SECONDS: f64 = 0.4;
const MAX_KIB: usize = 100_000_000 / 1024;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    if let Some((MEASURE, args)) = args.split_first().map(|(first, args)| (first.as_str(), args)) {
        return measure(args);
    }
    let rows = args.iter().find_map(|arg| arg.parse().ok()).unwrap_or(ROWS);
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("import");
    if root.exists() {
        fs::remove_dir_all(&root).unwrap();
    }
    lay_out(&root, rows);
    // The best of five: what else the machine does is not measured.
    let runs: Vec<(f64, f64, usize)> = (0..5).map(|_| import(&root)).collect();
    let least = |of: fn(&(f64, f64, usize)) -> f64| runs.iter().map(of).fold(f64::INFINITY, f64::min);
    let (wall, processor) = (least(|run| run.0), least(|run| run.1));
    let memory = runs.iter().map(|run| run.2).max().unwrap_or_default();
    println!(
        "{rows} rows, {COLUMNS} columns, {LINES} lines: {wall:.3} s, {processor:.3} s of processor time, {} MiB",
        memory >> 10
    );
    assert!(processor < MAX_SECONDS && memory < MAX_KIB, "the limits are {MAX_SECONDS} s and {MAX_KIB} KiB");
    ExitCode::SUCCESS
}

/// A project with one release, and a workbook of so many rows, in which one amount differs.
fn lay_out(root: &Path, rows: u32) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for row in 0..rows {
        sheet.write(row, 0, (100_000 + row).to_string()).unwrap();
        sheet.write(row, 1, format!("Account {row}")).unwrap();
        for column in 0..COLUMNS {
            sheet.write(row, column + 2, amount(row, column) * 1000.0).unwrap();
        }
    }
    fs::create_dir_all(root.join("sources")).unwrap();
    fs::create_dir_all(root.join("content/acme/statements")).unwrap();
    book.save(root.join("sources/ledger.xlsx")).unwrap();
    let release = "[release]\ntitle = \"Results\"\nissuer = \"Acme\"\nlanguage = \"en\"\ndate = 2026-05-14\nperiod = \"fy2025\"\n\n\
                   [unit]\nJPY = { kind = \"money\", in_sentences = \"JPY{}\", scale = \"million\" }\n\n[period]\n\
                   fy2024 = { from = 2024-04-01, to = 2025-03-31, label = \"FY2024\" }\n\
                   fy2025 = { from = 2025-04-01, to = 2026-03-31, label = \"FY2025\", prior = \"fy2024\" }\n";
    fs::write(root.join("content/acme/release.toml"), release).unwrap();
    let mut statement = String::from(
        "[statement]\nid = \"is\"\nunit = \"JPY thousand\"\nperiods = [\"fy2024\", \"fy2025\"]\n\
         [statement.source]\nfile = \"sources/ledger.xlsx\"\nkey = \"A\"\nunit = \"JPY\"\ncolumns = { fy2024 = \"C\", fy2025 = \"D\" }\n",
    );
    for line in 0..LINES {
        let row = line * (rows / LINES);
        let differs = f64::from(u8::from(line == 7));
        _ = write!(
            statement,
            "\n[[line]]\nid = \"a{line}\"\nlabel = \"Account {row}\"\nfrom = \"{}\"\nvalues = [{}, {}]\n",
            100_000 + row,
            amount(row, 0) + differs,
            amount(row, 1),
        );
    }
    fs::write(root.join("content/acme/statements/is.toml"), statement).unwrap();
}

fn amount(row: u32, column: u16) -> f64 {
    f64::from(row * 37 + u32::from(column) * 1_000_003 % 999_983)
}

/// Imports in a process of its own: seconds, seconds of the processor, KiB.
fn import(root: &Path) -> (f64, f64, usize) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    let ran = command.args([MEASURE, "import", "acme", "--root"]).arg(root).output().unwrap();
    let stdout = String::from_utf8(ran.stdout).unwrap();
    assert!(ran.status.success() && stdout.contains("is.a7@fy2024"), "{}", String::from_utf8_lossy(&ran.stderr));
    let mut needed = stdout.lines().last().unwrap().split(' ');
    let mut next = || needed.next().unwrap();
    (next().parse().unwrap(), next().parse().unwrap(), next().parse().unwrap())
}

/// Runs the program, then prints the seconds, the seconds of the processor and the most memory, in KiB, that it took.
fn measure(args: &[String]) -> ExitCode {
    let start = Instant::now();
    let args = ["kessan".to_owned()].into_iter().chain(args.iter().cloned());
    let code = kessan::cli::run(args.map(Into::into));
    println!("{:.4} {:.4} {}", start.elapsed().as_secs_f64(), processor(), memory());
    code
}

/// Seconds of user and system time of all threads.
fn processor() -> f64 {
    const TICKS: f64 = 100.0;
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let (_, fields) = stat.rsplit_once(") ").unwrap();
    let ticks = fields.split(' ').skip(11).take(2).map(|ticks| ticks.parse::<f64>().unwrap());
    ticks.sum::<f64>() / TICKS
}

/// The most memory that was held at a time, in KiB.
fn memory() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    peak.trim().trim_end_matches(" kB").parse().unwrap()
}
