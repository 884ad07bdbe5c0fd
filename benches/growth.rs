//! How the program's work grows with the size of a release: for each kind of size, a release and one of twice that size are
//! checked and built, and the bench fails if the second costs more than 2.4 times as much. `cargo bench --bench growth`, or
//! with parts of names: `cargo bench --bench growth -- notes headings`.
//!
//! Each run is a process of its own, this program again, which prints its processor time (Linux).

use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
    time::{Duration, Instant},
};

/// Tells this program to run `kessan` and to print what that cost.
const MEASURE: &str = "measure";
/// What twice the size may cost.
const MAX_GROWTH: f64 = 2.4;
/// Pairs of processes, one for each size, when a first measurement looks slow.
const RETRIES: [u8; 3] = [3, 4, 6];
/// Runs within a process. So the sizes can be small: what no longer fits the processor's caches takes longer for that reason.
const REPEATS: usize = 4;
/// Seconds below which a run is not worth comparing.
const LEAST: f64 = 0.004;
/// Kinds that come later than this are not measured, and named.
const MAX_TIME: Duration = Duration::from_secs(120);

/// A kind of size: its name, the smaller size, the arguments of the run, and the release of a size.
type Kind = (&'static str, usize, &'static str, fn(usize) -> Release);

const KINDS: [Kind; 24] = [
    ("lines", 2_500, "check", lines),
    ("rows", 1_000, "build --force", rows),
    ("columns", 30, "build --force --format html,markdown,csv,json,xlsx", columns),
    ("periods", 120, "check", periods),
    ("tables", 200, "build --force", tables),
    ("pages", 500, "build --force --format html", pages),
    ("headings", 1_500, "build --force", headings),
    ("paragraphs", 1_500, "build --force", paragraphs),
    ("notes", 800, "build --force", notes),
    ("references to one note", 4_000, "build --force --format html,markdown", references_to_one_note),
    ("figures in one paragraph", 1_500, "build --force", figures_in_one_paragraph),
    ("figures in sentences", 1_500, "check", figures_in_sentences),
    ("characters of the title", 400_000, "check", characters_of_the_title),
    ("characters of a label", 10_000, "build --force --format html,markdown,csv,json,xlsx", characters_of_a_label),
    ("parts of a sum", 2_000, "check", parts_of_a_sum),
    ("sums over the same parts", 150, "check", sums_over_the_same_parts),
    ("ties", 1_500, "check", ties),
    ("stated percentages", 1_000, "check", stated_percentages),
    ("declared literals", 3_000, "check", declared_literals),
    ("findings in many lines", 600, "check", findings_in_many_lines),
    ("findings in one line", 2_000, "check", findings_in_one_line),
    ("unknown names", 1_500, "check", unknown_names),
    ("totals broken by one entry", 200, "check", totals_broken_by_one_entry),
    ("groups of rounded sums", 50, "check", groups_of_rounded_sums),
];

/// A release by its name, and the seconds that its check may take.
type Limit = (&'static str, f64, fn() -> Release);

/// What may take no more than so many seconds, twice to five times what it takes on two quiet cores, although its work may grow
/// faster than its size.
const LIMITS: [Limit; 4] = [
    ("200 rounded sums of half of 200 amounts", 1.0, || rounded_sums(1, 200)),
    ("sums of 30 rows and 30 columns", 1.0, || grid_of_rounded_sums(30)),
    ("one wrong entry in 400 totals of the same 400 parts", 2.0, || totals_of_the_same_parts(400)),
    ("one wrong entry in 200 totals, each of 200 parts", 2.0, || totals_with_one_part_in_common(200, 200)),
];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    match args.split_first() {
        Some((first, rest)) if first == MEASURE => measure(rest),
        _ => {
            bench(&args);
            ExitCode::SUCCESS
        }
    }
}

fn bench(names: &[String]) {
    let start = Instant::now();
    println!("{:<32}{:>8}{:>10}{:>10}{:>8}{:>10}", "twice as many", "from", "first", "second", "times", "memory");
    let mut slow = Vec::new();
    for (name, size, args, release) in KINDS {
        if !names.is_empty() && !names.iter().any(|wanted| name.contains(wanted.as_str())) {
            continue;
        }
        if start.elapsed() > MAX_TIME {
            println!("{name:<32}{size:>8}  not measured: the time is over");
            continue;
        }
        let (small_release, large_release) = (release(size), release(size * 2));
        let pairs = if start.elapsed() < MAX_TIME / 2 { 2 } else { 1 };
        let mut growth = Growth::of(&small_release, &large_release, args, pairs);
        // A busy machine now and then disturbs all pairs of one of them; work that grows faster is seen every time.
        for pairs in RETRIES {
            if growth.times() > MAX_GROWTH {
                growth = Growth::of(&small_release, &large_release, args, pairs);
            }
        }
        let (times, Growth { small, large, memory }) = (growth.times(), growth);
        println!("{name:<32}{size:>8}{small:>8.3} s{large:>8.3} s{times:>8.2}{:>6} MiB", memory >> 10);
        if times > MAX_GROWTH {
            slow.push(name);
        }
    }
    for (name, limit, release) in LIMITS {
        if names.is_empty() || names.iter().any(|wanted| name.contains(wanted.as_str())) {
            let (seconds, memory) = cost(&release(), "check");
            println!("{name:<50}{seconds:>8.2} s{:>8}{:>6} MiB", "", memory >> 10);
            if seconds > limit {
                slow.push(name);
            }
        }
    }
    let took = start.elapsed();
    println!("{} kinds in {:.0} s", KINDS.len(), took.as_secs_f64());
    assert!(
        slow.is_empty(),
        "these take too long, or more than {MAX_GROWTH} times as long for twice the size: {slow:?}"
    );
}

/// Seconds of processor time for both sizes, and KiB of memory.
struct Growth {
    small: f64,
    large: f64,
    memory: usize,
}

impl Growth {
    /// Measured in turn, so that what disturbs one disturbs the other.
    fn of(small_release: &Release, large_release: &Release, args: &str, pairs: u8) -> Self {
        let mut growth = Self { small: 0.0, large: 0.0, memory: 0 };
        for _ in 0..pairs {
            growth.small += cost(small_release, args).0.max(LEAST) / f64::from(pairs);
            let (seconds, memory) = cost(large_release, args);
            growth.large += seconds / f64::from(pairs);
            growth.memory = growth.memory.max(memory);
        }
        growth
    }

    fn times(&self) -> f64 {
        self.large / self.small
    }
}

/// Seconds of processor time and KiB of memory that a release costs.
fn cost(release: &Release, args: &str) -> (f64, usize) {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("growth");
    release.write(&root);
    let cost = run(&root, args);
    fs::remove_dir_all(root).unwrap();
    cost
}

fn run(root: &Path, args: &str) -> (f64, usize) {
    drop(fs::remove_dir_all(root.join("output")));
    let mut command = Command::new(std::env::current_exe().unwrap());
    let ran = command.arg(MEASURE).args(args.split(' ')).arg("--root").arg(root).output().unwrap();
    let printed = String::from_utf8(ran.stdout).unwrap();
    let cost = printed.lines().last().and_then(|line| line.strip_prefix(MEASURE)?.trim().split_once(' '));
    let (seconds, memory) = cost.unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&ran.stderr)));
    (seconds.parse().unwrap(), memory.parse().unwrap())
}

/// Runs the program, then prints the processor time of all its threads and the most memory that it held, in KiB.
fn measure(args: &[String]) -> ExitCode {
    const TICKS: f64 = 100.0;
    let run = || kessan::cli::run(["kessan".to_owned()].into_iter().chain(args.iter().cloned()).map(Into::into));
    let code = (1..REPEATS).fold(run(), |_, _| run());
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let (_, fields) = stat.rsplit_once(") ").unwrap();
    // Of the program itself: what the system needs for files and memory depends on the machine.
    let ticks: f64 = fields.split(' ').nth(11).unwrap().parse().unwrap();
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap().trim().trim_end_matches(" kB");
    println!("{MEASURE} {} {peak}", ticks / TICKS / REPEATS as f64);
    code
}

/// A release in the making.
struct Release {
    title: String,
    periods: String,
    rest: String,
    lines: String,
    tables: String,
    relations: String,
    measures: String,
    pages: Vec<String>,
}

impl Release {
    fn new() -> Self {
        let periods = "fy2024 = { from = 2024-04-01, to = 2025-03-31, label = \"FY2024\" }\n\
                       fy2025 = { from = 2025-04-01, to = 2026-03-31, label = \"FY2025\", prior = \"fy2024\" }\n";
        Self {
            title: String::from("Results"),
            periods: periods.to_owned(),
            rest: String::new(),
            lines: String::new(),
            tables: String::new(),
            relations: String::new(),
            measures: String::new(),
            pages: Vec::new(),
        }
    }

    fn line(&mut self, id: &str, amount: usize) {
        let Self { lines, .. } = self;
        writeln!(lines, "[[line]]\nid = \"{id}\"\nlabel = \"Line {id}\"\nvalues = [{amount}, {}]\n", amount + 7)
            .unwrap();
    }

    fn sum(&mut self, id: &str, parts: &[String], amounts: [usize; 2]) {
        let Self { lines, .. } = self;
        let [first, second] = amounts;
        writeln!(
            lines,
            "[[line]]\nid = \"{id}\"\nlabel = \"Sum {id}\"\nsum = {parts:?}\nvalues = [{first}, {second}]\n"
        )
        .unwrap();
    }

    /// A table of both periods.
    fn table(&mut self, id: &str, unit: &str, rows: impl IntoIterator<Item = String>) {
        let rows: String = rows.into_iter().map(|row| format!("  {row},\n")).collect();
        let columns = "[{ period = \"fy2024\" }, { period = \"fy2025\" }]";
        let head = format!("id = \"{id}\"\ncaption = \"Table {id}\"\nunit = \"{unit}\"\ncolumns = {columns}");
        writeln!(self.tables, "[[table]]\n{head}\nrows = [\n{rows}]\n").unwrap();
    }

    fn write(&self, root: &Path) {
        let Self { title, periods, rest, lines, tables, relations, measures, pages } = self;
        let folder = root.join("content/release");
        let write = |path: &str, text: &str| {
            let place: PathBuf = folder.join(path);
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            fs::write(place, text).unwrap();
        };
        let head = format!(
            "title = \"{title}\"\nissuer = \"Example\"\nlanguage = \"en\"\ndate = 2026-05-14\nperiod = \"fy2025\""
        );
        let unit = "EUR = { kind = \"money\", in_sentences = \"EUR {}\", scale = \"thousand\" }";
        write("release.toml", &format!("[release]\n{head}\n\n[unit]\n{unit}\n\n[period]\n{periods}\n{rest}"));
        let names: Vec<&str> = periods.lines().filter_map(|line| line.split(' ').next()).collect();
        let names = if lines.contains("every = true") { names } else { vec!["fy2024", "fy2025"] };
        let lines = lines.replace("every = true\n", "");
        write(
            "statements/is.toml",
            &format!("[statement]\nid = \"is\"\nunit = \"EUR thousand\"\nperiods = {names:?}\n\n{lines}"),
        );
        if !tables.is_empty() {
            write("tables/all.toml", tables);
        }
        if !relations.is_empty() {
            write("relations.toml", relations);
        }
        if !measures.is_empty() {
            write("measures.toml", measures);
        }
        write("01-results.md", "# Results\n\nResults.\n");
        for (number, page) in pages.iter().enumerate() {
            write(&format!("{:05}-page-{number}.md", number + 2), page);
        }
    }
}

fn id(number: usize) -> String {
    format!("x{number}")
}

/// Lines in sections of ten, each with a total.
fn lines(size: usize) -> Release {
    let mut release = Release::new();
    for section in 0..size / 10 {
        let parts: Vec<String> = (0..9).map(|part| id(section * 10 + part)).collect();
        parts.iter().for_each(|part| release.line(part, 100 + section));
        release.sum(&format!("t{section}"), &parts, [(100 + section) * 9, (107 + section) * 9]);
    }
    release
}

fn rows(size: usize) -> Release {
    let mut release = Release::new();
    (0..size).for_each(|line| release.line(&id(line), 1_000 + line));
    release.table("rows", "EUR thousand", (0..size).map(|line| format!("\"is.{}\"", id(line))));
    release.pages.push("# Rows\n\n{{ \"rows\" | table }}\n".to_owned());
    release
}

fn many_periods(release: &mut Release, size: usize) {
    for period in 0..size {
        let (year, month) = (1950 + period / 12, 1 + period % 12);
        writeln!(release.periods, "p{period} = {{ at = {year}-{month:02}-28, label = \"P{period}\" }}").unwrap();
    }
}

fn every_period(release: &mut Release, size: usize, lines: usize) {
    release.lines.push_str("every = true\n");
    for line in 0..lines {
        let values: Vec<usize> = (0..size + 2).map(|period| 10_000 + period * 3 + line).collect();
        writeln!(release.lines, "[[line]]\nid = \"{}\"\nlabel = \"Line {line}\"\nvalues = {values:?}\n", id(line))
            .unwrap();
    }
}

fn columns(size: usize) -> Release {
    let mut release = Release::new();
    many_periods(&mut release, size);
    every_period(&mut release, size, 100);
    let columns: Vec<String> = (0..size).map(|period| format!("{{ period = \"p{period}\" }}")).collect();
    let rows: Vec<String> = (0..100).map(|line| format!("is.{}", id(line))).collect();
    let head = "id = \"columns\"\ncaption = \"Columns\"\nunit = \"EUR thousand\"";
    writeln!(release.tables, "[[table]]\n{head}\ncolumns = [{}]\nrows = {rows:?}\n", columns.join(", ")).unwrap();
    release.pages.push("# Columns\n\n{{ \"columns\" | table }}\n".to_owned());
    release
}

fn periods(size: usize) -> Release {
    let mut release = Release::new();
    many_periods(&mut release, size);
    every_period(&mut release, size, 100);
    release
}

fn tables(size: usize) -> Release {
    let mut release = Release::new();
    let mut page = String::from("# Tables\n\n");
    for table in 0..size {
        let lines: Vec<String> = (0..5).map(|line| id(table * 5 + line)).collect();
        lines.iter().for_each(|line| release.line(line, 1_000 + table));
        release.table(&format!("t{table}"), "EUR thousand", lines.iter().map(|line| format!("\"is.{line}\"")));
        writeln!(page, "{{{{ \"t{table}\" | table }}}}\n").unwrap();
    }
    release.pages.push(page);
    release
}

fn pages(size: usize) -> Release {
    let mut release = Release::new();
    release.pages = (0..size).map(|page| format!("# Page {}\n\nText.\n", word(page))).collect();
    release
}

/// Letters for a number, as numbers in text are findings.
fn word(number: usize) -> String {
    format!("{number}").bytes().map(|digit| char::from(digit - b'0' + b'a')).collect()
}

fn headings(size: usize) -> Release {
    let mut release = Release::new();
    let headings = (0..size).map(|heading| format!("## Heading {}\n\nText.\n\n", word(heading)));
    release.pages.push(format!("# Headings\n\n{}", headings.collect::<String>()));
    release
}

fn paragraphs(size: usize) -> Release {
    let mut release = Release::new();
    let text = "Revenue grew, and so did the costs of the business in the regions that we report.";
    let paragraphs = (0..size).map(|paragraph| format!("{text} {}\n\n", word(paragraph)));
    release.pages.push(format!("# Paragraphs\n\n{}", paragraphs.collect::<String>()));
    release
}

fn notes(size: usize) -> Release {
    let mut release = Release::new();
    let mut page = String::from("# Notes\n\n");
    for note in 0..size {
        writeln!(page, "A sentence with a note.[^n{note}]\n").unwrap();
    }
    for note in 0..size {
        writeln!(page, "[^n{note}]: The note {}.\n", word(note)).unwrap();
    }
    release.pages.push(page);
    release
}

fn references_to_one_note(size: usize) -> Release {
    let mut release = Release::new();
    let marks: String = (0..size).map(|_| String::from("Again.[^n]\n\n")).collect();
    release.pages.push(format!("# Notes\n\n{marks}[^n]: The note.\n"));
    release
}

fn figures_in_one_paragraph(size: usize) -> Release {
    let mut release = Release::new();
    (0..size).for_each(|line| release.line(&id(line), 1_000_000 + line * 1_000));
    let figures: Vec<String> = (0..size).map(|line| format!("{{{{ \"is.{}\" | amount }}}}", id(line))).collect();
    release.pages.push(format!("# Figures\n\nThese are {}.\n", figures.join(", ")));
    release
}

fn figures_in_sentences(size: usize) -> Release {
    let mut release = Release::new();
    (0..size).for_each(|line| release.line(&id(line), 1_000_000 + line * 1_000));
    let figures = (0..size).map(|line| format!("The figure was {{{{ \"is.{}\" | amount }}}}.\n\n", id(line)));
    release.pages.push(format!("# Figures\n\n{}", figures.collect::<String>()));
    release
}

fn characters_of_the_title(size: usize) -> Release {
    Release { title: "Results of a Year ".repeat(size / 18), ..Release::new() }
}

fn characters_of_a_label(size: usize) -> Release {
    let mut release = rows(50);
    let label = "Label of a line ".repeat(size / 16);
    release.lines = release.lines.replace("label = \"Line", &format!("label = \"{label}Line"));
    release
}

fn parts_of_a_sum(size: usize) -> Release {
    let mut release = Release::new();
    let parts: Vec<String> = (0..size).map(id).collect();
    parts.iter().for_each(|part| release.line(part, 100));
    release.sum("total", &parts, [100 * size, 107 * size]);
    release
}

/// As many sums, each of the same hundred lines.
fn sums_over_the_same_parts(size: usize) -> Release {
    let mut release = Release::new();
    let parts: Vec<String> = (0..50).map(id).collect();
    parts.iter().for_each(|part| release.line(part, 100));
    (0..size).for_each(|sum| release.sum(&format!("t{sum}"), &parts, [5_000, 5_350]));
    release
}

fn ties(size: usize) -> Release {
    let mut release = Release::new();
    (0..size).for_each(|line| release.line(&id(line), 100));
    for line in 0..size - 1 {
        writeln!(release.relations, "[[tie]]\nsame = [\"is.{}\", \"is.{}\"]\n", id(line), id(line + 1)).unwrap();
    }
    release
}

fn stated_percentages(size: usize) -> Release {
    let mut release = Release::new();
    (0..size).for_each(|line| release.line(&id(line), 100));
    for line in 0..size {
        let figure = format!("change(is.{})@fy2025", id(line));
        writeln!(release.measures, "[[stated]]\nfigure = \"{figure}\"\nshows = 7.1\n").unwrap();
    }
    let columns = "[{ period = \"fy2025\", show = \"change\", head = \"Change\" }]";
    let rows: Vec<String> = (0..size).map(|line| format!("is.{}", id(line))).collect();
    let head = "id = \"changes\"\ncaption = \"Changes\"\nunit = \"EUR thousand\"";
    writeln!(release.tables, "[[table]]\n{head}\ncolumns = {columns}\nrows = {rows:?}\n").unwrap();
    release.pages.push("# Changes\n\n{{ \"changes\" | table }}\n".to_owned());
    release
}

fn declared_literals(size: usize) -> Release {
    let mut release = Release::new();
    let mut page = String::from("# Literals\n\n");
    for literal in 0..size {
        writeln!(release.rest, "[[literal]]\ntext = \"Standard {literal}\"\nreason = \"a name\"\n").unwrap();
        writeln!(page, "We apply Standard {literal}, as before.\n").unwrap();
    }
    release.pages.push(page);
    release
}

fn findings_in_many_lines(size: usize) -> Release {
    let mut release = Release::new();
    for sum in 0..size {
        let parts = [id(sum * 2), id(sum * 2 + 1)];
        parts.iter().for_each(|part| release.line(part, 100));
        release.sum(&format!("t{sum}"), &parts, [203, 214]);
    }
    release
}

fn findings_in_one_line(size: usize) -> Release {
    let mut release = Release::new();
    release.pages.push(format!("# Typed\n\nTyped are {}.\n", "1,234 and then ".repeat(size)));
    release
}

fn unknown_names(size: usize) -> Release {
    let mut release = Release::new();
    (0..size).for_each(|line| release.line(&id(line), 100));
    let figures = (0..size).map(|line| format!("The figure was {{{{ \"is.y{line}\" | amount }}}}.\n\n"));
    release.pages.push(format!("# Figures\n\n{}", figures.collect::<String>()));
    release
}

fn totals_broken_by_one_entry(size: usize) -> Release {
    totals_with_one_part_in_common(size, 10)
}

/// Totals that all have the first line as a part, which is wrong, beside parts of their own.
fn totals_with_one_part_in_common(totals: usize, parts: usize) -> Release {
    let mut release = Release::new();
    release.line("cause", 109);
    for total in 0..totals {
        let own: Vec<String> = (0..parts - 1).map(|part| id(total * parts + part)).collect();
        own.iter().for_each(|part| release.line(part, 100));
        let all: Vec<String> = [String::from("cause")].into_iter().chain(own).collect();
        release.sum(&format!("t{total}"), &all, [100 * parts, 107 * parts]);
    }
    release
}

/// Totals that each add up all lines, one of which is wrong.
fn totals_of_the_same_parts(size: usize) -> Release {
    let mut release = Release::new();
    let parts: Vec<String> = (0..size).map(id).collect();
    parts.iter().for_each(|part| release.line(part, 100));
    release.lines = release.lines.replacen("[100, 107]", "[109, 107]", 1);
    (0..size).for_each(|total| release.sum(&format!("t{total}"), &parts, [100 * size, 107 * size]));
    release
}

/// Groups of ten amounts and ten sums.
fn groups_of_rounded_sums(size: usize) -> Release {
    rounded_sums(size, 10)
}

/// Groups of amounts, and as many sums of about half of the group, as rounding the same exact amounts gives them.
fn rounded_sums(groups: usize, size: usize) -> Release {
    let mut release = Release::new();
    let exact = |line: usize| 10_000 + line * 7_919 % 9_973;
    for group in 0..groups {
        let first = group * size;
        for line in first..first + size {
            writeln!(release.lines, "[[line]]\nid = \"{}\"\nlabel = \"Line {line}\"", id(line)).unwrap();
            writeln!(release.lines, "values = [{0}, {0}]\n", (exact(line) + 5) / 10).unwrap();
        }
        for sum in first..first + size {
            let chosen =
                (first..first + size).filter(|line| (line * line * 31 + sum * 104_729 + line * sum * 17) % 97 < 48);
            rounded_sum(&mut release, &format!("t{sum}"), chosen.map(|line| (id(line), exact(line))));
        }
    }
    release
}

/// The sum of exact amounts in tenths, rounded, with what rounding leaves over.
fn rounded_sum(release: &mut Release, name: &str, parts: impl Iterator<Item = (String, usize)>) {
    let (ids, exact): (Vec<String>, Vec<usize>) = parts.unzip();
    let total = (exact.iter().sum::<usize>() + 5) / 10;
    let residual = total as i64 - exact.iter().map(|tenths| (tenths + 5) / 10).sum::<usize>() as i64;
    writeln!(release.lines, "[[line]]\nid = \"{name}\"\nlabel = \"Sum {name}\"\nsum = {ids:?}").unwrap();
    if residual != 0 {
        writeln!(release.lines, "residual = [{residual}, {residual}]").unwrap();
    }
    writeln!(release.lines, "values = [{total}, {total}]\n").unwrap();
}

/// A square of amounts, with the sums of its rows and columns.
fn grid_of_rounded_sums(size: usize) -> Release {
    let mut release = Release::new();
    let exact = |row: usize, column: usize| 1_000 + (row * 7_919 + column * 1_299_709) % 1_013;
    let cell = |row: usize, column: usize| (format!("c{row}_{column}"), exact(row, column));
    for (name, tenths) in (0..size * size).map(|at| cell(at / size, at % size)) {
        writeln!(release.lines, "[[line]]\nid = \"{name}\"\nlabel = \"Line {name}\"").unwrap();
        writeln!(release.lines, "values = [{0}, {0}]\n", (tenths + 5) / 10).unwrap();
    }
    for at in 0..size {
        rounded_sum(&mut release, &format!("r{at}"), (0..size).map(|column| cell(at, column)));
        rounded_sum(&mut release, &format!("s{at}"), (0..size).map(|row| cell(row, at)));
    }
    release
}
