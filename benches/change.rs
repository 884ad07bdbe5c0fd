//! Measures the processor time of a change while a release is served: load, check and rebuild of all pages.
//! `cargo bench --bench change`. Linux tells the time by thread.

#[path = "../tests/support/tree.rs"]
#[expect(dead_code, reason = "nothing is compared here")]
mod tree;

use std::{
    fs,
    path::Path,
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

use kessan::preview::{Serve, ServeEvent, serve};

/// The release that is served, below the project's folder.
const MODEL: &str = "content/iij-fy2009";
/// How often each file is changed.
const TIMES: usize = 31;
/// What an issuer changes: a sentence, an amount's file, a rule, a table.
const CHANGED: [&str; 4] = ["02-overview.md", "statements/is.toml", "relations.toml", "tables/year.toml"];
/// The server's threads sleep by then, and what they took is stat exactly.
const REST: Duration = Duration::from_millis(30);

fn main() {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("change");
    for (path, bytes) in tree::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(MODEL)) {
        let place = root.join(MODEL).join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, bytes).unwrap();
    }
    let (sender, made) = channel();
    let (served, listening) = (root.clone(), channel());
    thread::spawn(move || {
        let request = Serve { root: &served, slugs: &[], port: 0, open: false };
        serve(&request, &|served| match served {
            ServeEvent::Built(built) => sender.send(built.report.findings.is_empty()).unwrap(),
            ServeEvent::Listening { .. } => listening.0.send(()).unwrap(),
            ServeEvent::Failed(finding) => panic!("{finding:?}"),
        })
    });
    listening.1.recv().unwrap();
    assert!(made.recv().unwrap());
    println!("{:<28}{:>10}{:>10}{:>10}", "changed", "median", "least", "most");
    for file in CHANGED {
        change(&root.join(MODEL).join(file), file, &made);
    }
    fs::remove_dir_all(root).unwrap();
}

/// Changes a file again and again, by a line that leaves the release sound.
fn change(path: &Path, shown: &str, made: &Receiver<bool>) {
    let text = fs::read_to_string(path).unwrap();
    let mut took: Vec<f64> = (0..TIMES)
        .map(|time| {
            let line = if shown.ends_with(".md") { "That is all, and more." } else { "# A remark, and more." };
            thread::sleep(REST);
            let before = processor();
            fs::write(path, format!("{text}\n{}\n", &line[..line.len() - time % 8])).unwrap();
            assert!(made.recv().unwrap(), "{shown} is not sound any more");
            thread::sleep(REST);
            processor() - before
        })
        .collect();
    took.sort_by(f64::total_cmp);
    println!("{shown:<28}{:>7.1} ms{:>7.1} ms{:>7.1} ms", took[TIMES / 2], took[0], took[TIMES - 1]);
}

/// Milliseconds that all threads of this process have run.
fn processor() -> f64 {
    let tasks = fs::read_dir("/proc/self/task").unwrap();
    let ran = tasks.filter_map(|task| {
        let stat = fs::read_to_string(task.unwrap().path().join("schedstat")).ok()?;
        stat.split(' ').next()?.parse::<f64>().ok()
    });
    ran.sum::<f64>() / 1e6
}
