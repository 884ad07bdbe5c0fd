//! What a second language costs: the release of `kessan new --starter tanshin` in both of its languages against each alone, and
//! its Japanese PDF against its English one. `cargo bench --bench languages [FACE]`; with a face of about 20 MB, such as Debian's
//! `/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc`, instead of the small one of the tests.
//!
//! Each run is a process of its own, this program again, which prints its processor time (Linux). It has one processor, so that no other
//! thread of the same core slows it. Runs alternate, and the medians are compared.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

const MEASURE: &str = "measure";
/// What the second language may cost, as a share of the first.
const MAX_SHARE: f64 = 0.6;
/// What the Japanese PDF may cost more than the English one, in seconds of processor time.
const MAX_FACE_COST: f64 = 0.060;
/// Runs of each release.
const RUNS: usize = 5;
/// Builds within a process.
const REPEATS: usize = 25;
const LANGUAGES: [&str; 2] = ["ja", "en"];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    match args.split_first() {
        Some((first, rest)) if first == MEASURE => measure(rest),
        _ => bench(args.first().map(Path::new)),
    }
}

fn bench(face: Option<&Path>) -> ExitCode {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("languages");
    drop(fs::remove_dir_all(&home));
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pdf/face/NotoSansJP-Regular.level1.ttf");
    let face = face.unwrap_or(&own);
    let [both, japanese, english] = [&LANGUAGES[..], &["ja"], &["en"]].map(|languages| project(&home, languages, face));
    let [two, one, _] = medians([&both, &japanese, &english], "build --force");
    let share = (two - one) / one;
    println!(
        "all formats in ja {one:.3} s, in ja and en {two:.3} s: the second language costs {share:.2} of the first"
    );
    let [_, of_japanese, of_english] = medians([&both, &japanese, &english], "build --force --format pdf");
    let more = of_japanese - of_english;
    println!("PDF in en {of_english:.3} s, in ja {of_japanese:.3} s: {:.0} ms more", more * 1000.0);
    let [two, one, _] = medians([&both, &japanese, &english], "check");
    println!("check in ja {one:.3} s, in ja and en {two:.3} s: {:.2} of the first", (two - one) / one);
    let is_good = share <= MAX_SHARE && more <= MAX_FACE_COST;
    if is_good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// A project with the starter in some of its languages.
fn project(home: &Path, languages: &[&str], face: &Path) -> PathBuf {
    let root = home.join(languages.join("-"));
    fs::create_dir_all(&root).unwrap();
    let args = ["kessan", "new", "acme", "--starter", "tanshin", "--root"].map(Into::into);
    kessan::cli::run(args.into_iter().chain([root.clone().into_os_string()]));
    write_face(&root, face);
    if let [language] = languages {
        keep_language(&root.join("content/acme"), language);
    }
    root
}

fn write_face(root: &Path, face: &Path) {
    let name = face.file_name().unwrap().to_str().unwrap();
    fs::create_dir_all(root.join("static/fonts")).unwrap();
    fs::create_dir_all(root.join("templates")).unwrap();
    fs::copy(face, root.join("static/fonts").join(name)).unwrap();
    let theme = format!("[face.print]\nregular = [\"SourceSans3-Regular.ttf\", \"{name}\"]\n");
    fs::write(root.join("templates/theme.toml"), theme).unwrap();
}

/// Takes all other languages out of a release.
fn keep_language(folder: &Path, language: &str) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let translated = name.strip_suffix(".md").and_then(|stem| stem.rsplit_once('.'));
        if path.is_dir() {
            keep_language(&path, language);
        } else if name.ends_with(".toml") {
            fs::write(&path, texts_in(&fs::read_to_string(&path).unwrap(), language)).unwrap();
        } else if let Some((stem, tag)) = translated {
            let original = path.with_file_name(format!("{stem}.md"));
            match tag == language {
                true => fs::rename(&path, original).unwrap(),
                false => fs::remove_file(&path).unwrap(),
            }
        }
    }
}

/// TOML with each text by language replaced by the text in one of them.
fn texts_in(toml: &str, language: &str) -> String {
    let list = LANGUAGES.map(|language| format!("{language:?}")).join(", ");
    let toml = toml.replace(&format!("language = [{list}]"), &format!("language = {language:?}"));
    let toml = match language {
        "en" => toml.replace("text.en = ", "text = "),
        // What only the translation needs.
        _ => toml
            .split("[[literal]]")
            .filter(|part| !part.contains("text.en = "))
            .collect::<Vec<_>>()
            .join("[[literal]]"),
    };
    let mut text = String::new();
    let mut rest = toml.as_str();
    while let Some((before, entries)) = rest.split_once("{ ") {
        let end = entries.starts_with("ja = ").then(|| end_of_table(entries)).flatten();
        let table = end.map(|end| (&entries[..end], &entries[end + 2..]));
        let Some((table, after)) = table else {
            text.push_str(before);
            text.push_str("{ ");
            rest = entries;
            continue;
        };
        let (japanese, english) = table.split_once(", en = ").unwrap_or((table, ""));
        let chosen = if language == "ja" { &japanese["ja = ".len()..] } else { english };
        text.push_str(before);
        text.push_str(chosen.trim());
        rest = after;
    }
    text + rest
}

/// Where an inline table ends, outside of its texts.
fn end_of_table(entries: &str) -> Option<usize> {
    let mut quote = None;
    let mut escaped = false;
    for (at, c) in entries.char_indices() {
        match quote {
            _ if escaped => escaped = false,
            Some('"') if c == '\\' => escaped = true,
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if c == '"' || c == '\'' => quote = Some(c),
            None if entries[at..].starts_with(" }") => return Some(at),
            None => {}
        }
    }
    None
}

/// The median seconds of processor time that a command takes for each project.
fn medians<const N: usize>(projects: [&PathBuf; N], args: &str) -> [f64; N] {
    let mut runs: [Vec<f64>; N] = std::array::from_fn(|_| Vec::new());
    for _ in 0..RUNS {
        for (runs, project) in runs.iter_mut().zip(projects) {
            runs.push(run(project, args));
        }
    }
    runs.map(|mut runs| {
        runs.sort_by(f64::total_cmp);
        runs[RUNS / 2]
    })
}

fn run(root: &Path, args: &str) -> f64 {
    let mut command = Command::new("taskset");
    let ran = command
        .args(["-c", "0"])
        .arg(std::env::current_exe().unwrap())
        .arg(MEASURE)
        .args(args.split(' '))
        .arg("--root")
        .arg(root)
        .output()
        .unwrap();
    let printed = String::from_utf8(ran.stdout).unwrap();
    let seconds = printed.lines().last().and_then(|line| line.strip_prefix(MEASURE)?.trim().parse().ok());
    seconds.unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&ran.stderr)))
}

/// Runs the program, then prints the processor time of all its threads for one run.
fn measure(args: &[String]) -> ExitCode {
    const TICKS: f64 = 100.0;
    let run = || kessan::cli::run(["kessan".to_owned()].into_iter().chain(args.iter().cloned()).map(Into::into));
    let code = (1..REPEATS).fold(run(), |_, _| run());
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let (_, fields) = stat.rsplit_once(") ").unwrap();
    let ticks: f64 = fields.split(' ').nth(11).unwrap().parse().unwrap();
    println!("{MEASURE} {}", ticks / TICKS / REPEATS as f64);
    code
}
