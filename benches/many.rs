//! Measures a site of many copies of one release: the time of a clean build and of a rebuild after one release was changed,
//! and whether memory grows with their number. `cargo bench --bench many`, or with numbers: `cargo bench --bench many -- 20`.
//!
//! Each build runs in a process of its own, this program again, which then says what it needed by `/proc` (Linux).

#[path = "../tests/support/tree.rs"]
mod tree;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
    time::Instant,
};

/// The release that all others are copies of.
const MODEL: &str = "content/iij-fy2009";
/// Tells this program that it is to build and to say what that needed.
const MEASURE: &str = "measure";
const NUMBERS: [usize; 2] = [50, 200];
/// KiB of memory that the list of releases may need for each more.
const LISTED: usize = 64;
/// KiB by which one build of many threads may need more than the next.
const CHANCE: usize = 8 << 10;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    if let Some((MEASURE, args)) = args.split_first().map(|(first, args)| (first.as_str(), args)) {
        return measure(args);
    }
    let numbers: Vec<usize> = args.iter().filter_map(|arg| arg.parse().ok()).collect();
    println!("{:>8}  {:<28}{:>10}{:>12}{:>10}", "releases", "build", "wall", "processor", "memory");
    let numbers = if numbers.is_empty() { NUMBERS.to_vec() } else { numbers };
    let needed: Vec<(usize, usize)> = numbers.into_iter().map(|number| (number, many(number))).collect();
    for ((few, least), (more, most)) in needed.iter().zip(needed.iter().skip(1)) {
        let listed = more.saturating_sub(*few) * LISTED + CHANCE;
        assert!(*most <= least + listed, "memory grows with the releases: {needed:?} KiB");
    }
    ExitCode::SUCCESS
}

/// Builds so many releases, then again after one of them was changed, then all of them into an empty folder. Gives the
/// memory of a clean build, in KiB.
fn many(number: usize) -> usize {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("many");
    remove(&root);
    (0..number).for_each(|release| lay_out(&root, release));
    let (first, clean) = (root.join("output"), root.join("clean"));
    let needed = build([number, 0], "clean", &root, &first);
    build([number, number], "nothing changed", &root, &first);
    let changed = root.join(content(number / 2)).join("release.toml");
    fs::write(&changed, with_title(&fs::read(&changed).unwrap(), "Corrected")).unwrap();
    build([number, number - 1], "one release changed", &root, &first);
    build([number, 0], "clean, to compare with", &root, &clean);
    tree::assert_same(&tree::read(&clean), &tree::read(&first));
    remove(&root);
    needed
}

fn remove(folder: &Path) {
    if folder.exists() {
        fs::remove_dir_all(folder).unwrap();
    }
}

fn content(release: usize) -> PathBuf {
    PathBuf::from(format!("content/release-{release:03}"))
}

/// Copies the model under another title, without what is filed: the forms that every release has.
fn lay_out(root: &Path, release: usize) {
    for (path, bytes) in tree::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(MODEL)) {
        let place = root.join(content(release)).join(&path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        match path.as_str() {
            "exchange.toml" => {}
            "release.toml" => fs::write(place, with_title(&bytes, &format!("Copy {release}"))).unwrap(),
            _ => fs::write(place, bytes).unwrap(),
        }
    }
}

/// The head of a release with words in front of its title.
fn with_title(head: &[u8], words: &str) -> String {
    String::from_utf8_lossy(head).replacen("title = \"", &format!("title = \"{words}: "), 1)
}

/// Builds so many releases, of which so many are to be found unchanged, in a process of its own, and prints what that
/// needed. Gives the memory, in KiB.
fn build([number, unchanged]: [usize; 2], what: &str, root: &Path, output: &Path) -> usize {
    let mut command = Command::new(std::env::current_exe().unwrap());
    let ran = command.args([MEASURE, "build", "--root"]).arg(root).arg("--output").arg(output).output().unwrap();
    let stderr = String::from_utf8(ran.stderr).unwrap();
    assert!(ran.status.success(), "{stderr}");
    let count = |what: &str| stderr.lines().filter(|line| line.contains(what)).count();
    assert_eq!([count(": built "), count(": unchanged")], [number - unchanged, unchanged], "{stderr}");
    let ran = String::from_utf8(ran.stdout).unwrap();
    let (needed, shown) = ran.split_once(' ').unwrap();
    print!("{number:>8}  {what:<28}{shown}");
    needed.parse().unwrap()
}

/// Runs the program, then prints the most memory that it took, in KiB, and to read: time, processor time, memory.
fn measure(args: &[String]) -> ExitCode {
    let start = Instant::now();
    let args = ["kessan".to_owned()].into_iter().chain(args.iter().cloned());
    let code = kessan::cli::run(args.map(Into::into));
    let wall = start.elapsed();
    let memory = memory();
    println!("{memory} {:>8.2} s{:>10.2} s{:>6} MiB", wall.as_secs_f64(), processor(), memory >> 10);
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
