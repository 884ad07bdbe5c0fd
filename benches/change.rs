//! Measures the processor time of a change while a release is served (load, check and rebuild of all pages), and of a click on a
//! figure.
//! `cargo bench --bench change`. Linux tells the time by thread.

#[path = "../tests/support/tree.rs"]
#[expect(dead_code, reason = "nothing is compared here")]
mod tree;

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
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
            ServeEvent::Listening { address } => listening.0.send(address.to_owned()).unwrap(),
            ServeEvent::Failed(finding) => panic!("{finding:?}"),
        })
    });
    let address = listening.1.recv().unwrap();
    assert!(made.recv().unwrap());
    println!("{:<28}{:>10}{:>10}{:>10}", "changed", "median", "least", "most");
    for file in CHANGED {
        change(&root.join(MODEL).join(file), file, &made);
    }
    click(&address, "iij-fy2009", "is.total_revenues@fy2009");
    fs::remove_dir_all(root).unwrap();
}

/// Asks for the panel of a figure again and again, over one connection: the time of a thread that has ended is not told.
fn click(address: &str, slug: &str, figure: &str) {
    let host = address.trim_start_matches("http://").trim_end_matches('/');
    let mut stream = TcpStream::connect(host).unwrap();
    let mut get = |path: &str| {
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        let mut chunk = [0; 65536];
        loop {
            let read = stream.read(&mut chunk).unwrap();
            assert!(read > 0, "{path} is answered by half");
            answer.extend_from_slice(&chunk[..read]);
            let text = String::from_utf8_lossy(&answer);
            let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
            let length = head.lines().find_map(|line| line.strip_prefix("Content-Length: ")).unwrap();
            if body.len() >= length.parse::<usize>().unwrap() {
                return text.into_owned();
            }
        }
    };
    let page = get(&format!("/{slug}/income.html"));
    let edition = page.split("data-edition=\"").nth(1).unwrap().split('"').next().unwrap();
    let path = format!("/_preview/figure/{slug}/{edition}/{figure}");
    assert!(get(&path).contains("Guarded by"));
    let mut took: Vec<f64> = (0..TIMES)
        .map(|_| {
            thread::sleep(REST);
            let before = processor();
            get(&path);
            thread::sleep(REST);
            processor() - before
        })
        .collect();
    took.sort_by(f64::total_cmp);
    println!("{:<28}{:>7.1} ms{:>7.1} ms{:>7.1} ms", "a click on a figure", took[TIMES / 2], took[0], took[TIMES - 1]);
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
