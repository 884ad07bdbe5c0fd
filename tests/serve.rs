//! Tests `kessan serve` from outside: what it shows, how it follows changes, and which requests it refuses.

#[path = "serve/client.rs"]
mod client;
#[path = "support/copy.rs"]
mod copy;
#[path = "serve/edits.rs"]
mod edits;
#[path = "serve/figures.rs"]
mod figures;

use std::{
    collections::BTreeMap,
    fs,
    io::{Read, Write},
    net::Shutdown,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use client::{Answer, Served, attribute, kessan, project, wait_until};
use copy::copy;

/// A file of the starter with a number that others must add up to, the number, and the row that shows it.
const INCOME: &str = "content/acme/statements/income.toml";
const PAGE: &str = "/acme/financial-statements.html";

#[test]
fn what_is_shown_is_what_build_writes() {
    let root = project("shown", &["acme", "zenith"]);
    assert!(kessan(&root, &["build", "--output", "built"]).output().unwrap().status.success());
    let served = Served::start(root);
    let built = files(&served.root.join("built"));
    assert!(built.len() > 20, "{:?}", built.keys());
    for (path, bytes) in built.iter().filter(|(path, _)| !path.ends_with("manifest.json")) {
        let answer = served.get(&format!("/{path}"));
        assert_eq!(answer.status, 200, "{path}");
        if path.ends_with(".html") {
            let page = String::from_utf8(bytes.clone()).unwrap();
            assert_eq!(without_policy(&without_preview(&answer.text())), without_policy(&page), "{path}");
        } else {
            assert!(answer.body == *bytes, "{path} differs from what build writes");
        }
    }
}

/// The paragraph was once copied for each of its figures: 475 MiB for 5,000 of them, and 16 times that for four times as many.
#[test]
fn a_paragraph_with_thousands_of_figures_takes_little_memory() {
    let root = project("many-figures", &["acme"]);
    let page = root.join("content/acme/03-outlook.md");
    let figures = vec!["{{ \"is.revenue@q1_2026\" | amount }}"; 5_000].join(", ");
    fs::write(&page, format!("{}\nRevenue was {figures}.\n", fs::read_to_string(&page).unwrap())).unwrap();
    let served = Served::start(root);
    assert_eq!(attribute(&served.page("/acme/outlook.html"), "data-errors"), "0");
    if let Some(peak) = served.peak_memory() {
        assert!(peak < 150, "{peak} MiB");
    }
}

#[test]
fn a_file_says_what_it_is_and_is_kept_to_this_browser() {
    let served = Served::start(project("kinds", &["acme"]));
    for (path, kind) in [
        ("/", "text/html; charset=utf-8"),
        (PAGE, "text/html; charset=utf-8"),
        ("/acme/static/style.css", "text/css; charset=utf-8"),
        ("/acme/checks.json", "application/json"),
        ("/acme/acme.md", "text/markdown; charset=utf-8"),
        ("/acme/acme.pdf", "application/pdf"),
        ("/_preview/preview.js", "text/javascript; charset=utf-8"),
    ] {
        let answer = served.get(path);
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.says(&format!("Content-Type: {kind}")), "{path}: {}", answer.head);
        assert!(answer.says(&format!("Content-Length: {}", answer.body.len())), "{path}: {}", answer.head);
        for field in [
            "Cache-Control: no-store",
            "X-Content-Type-Options: nosniff",
            "X-Frame-Options: DENY",
            "Cross-Origin-Resource-Policy: same-origin",
        ] {
            assert!(answer.says(field), "{path}: {}", answer.head);
        }
        let head = served.ask(served.request("HEAD", path));
        assert_eq!((head.status, head.head.as_str(), head.body.len()), (200, answer.head.as_str(), 0), "{path}");
    }
    let moved = served.get("/acme");
    assert!(moved.status == 307 && moved.says("Location: /acme/"), "{}", moved.head);
    assert_eq!(served.get("/acme/nothing.html").status, 404);
    assert_eq!(served.get("/nothing").status, 404);
}

#[test]
fn a_finding_is_shown_over_its_place_until_it_is_fixed() {
    let served = Served::start(project("finding", &["acme"]));
    let sound = served.page(PAGE);
    assert_eq!(attribute(&sound, "data-errors"), "0");
    let number = first_value(&served.root.join(INCOME), "revenue");

    served.change(INCOME, &number, "999_999_999");
    served.wait_for_change(&sound);
    let broken = served.page(PAGE);
    assert_ne!(attribute(&broken, "data-errors"), "0");
    assert!(broken.contains("&quot;id&quot;: &quot;income.revenue&quot;"), "{broken}");
    assert!(broken.contains(&format!("{INCOME}:")) && broken.contains("999_999_999"), "{broken}");
    assert!(broken.contains("999,999"), "the page shows the number as it is");
    assert!(broken.contains("href=\"/acme/financial-statements.html#kessan-at-"), "{broken}");
    served.wait_for("error");
    served.wait_for(&format!("kessan: acme: {INCOME} changed, built in "));

    served.change(INCOME, "999_999_999", &number);
    served.wait_for_change(&broken);
    let mended = served.page(PAGE);
    assert_eq!(without_preview(&mended), without_preview(&sound));
    assert_eq!(attribute(&mended, "data-errors"), "0");
}

#[test]
fn a_finding_of_the_narrative_is_over_its_paragraph() {
    let served = Served::start(project("narrative", &["acme"]));
    let sound = served.page("/acme/outlook.html");
    let path = "content/acme/03-outlook.md";
    served.change(path, "may differ materially", "may differ by 17 percent");
    served.wait_for_change(&sound);
    let page = served.page("/acme/outlook.html");
    assert!(page.contains("&quot;page&quot;: &quot;outlook&quot;"), "{page}");
    assert!(page.contains("Actual results may differ by 17 percent, among other reasons"), "{page}");
    assert!(page.contains("href=\"/acme/outlook.html#kessan-at-1\""), "{page}");
}

#[test]
fn a_release_that_cannot_be_read_keeps_its_last_good_pages() {
    let served = Served::start(project("torn", &["acme"]));
    let sound = served.page(PAGE);
    let text = fs::read_to_string(served.root.join(INCOME)).unwrap();
    served.write(INCOME, &format!("{text}\nthis is no TOML"));
    served.wait_for_change(&sound);
    let torn = served.page(PAGE);
    assert_eq!(without_preview(&torn), without_preview(&sound));
    assert!(torn.contains("from the last build that worked"), "{torn}");
    assert!(torn.contains("this is no TOML"), "{torn}");
    assert_eq!(served.get("/acme/acme.pdf").status, 200);

    // What is above the line is as it was, so the line is still known by its place.
    served.write(INCOME, &text.replacen("id = \"revenue\"", "id = revenue", 1));
    served.wait_for_change(&torn);
    let torn = served.page(PAGE);
    assert!(torn.contains("&quot;id&quot;: &quot;income.revenue&quot;"), "{torn}");
    served.write(INCOME, &text);
    served.wait_for_change(&torn);
    assert_eq!(attribute(&served.page(PAGE), "data-errors"), "0");
}

#[test]
fn a_missing_content_folder_is_reported_over_the_last_good_pages() {
    let served = Served::start(project("gone", &["acme"]));
    let sound = served.page(PAGE);
    fs::rename(served.root.join("content"), served.root.join("mislaid")).unwrap();
    served.wait_for_change(&sound);
    let gone = served.page(PAGE);
    assert_eq!(without_preview(&gone), without_preview(&sound));
    assert_eq!(attribute(&gone, "data-errors"), "1");
    assert!(gone.contains("from the last build that worked"), "{gone}");
    assert!(gone.contains("cannot read <code>content</code>: no such file or directory"), "{gone}");
    fs::rename(served.root.join("mislaid"), served.root.join("content")).unwrap();
    served.wait_for_change(&gone);
    assert_eq!(attribute(&served.page(PAGE), "data-errors"), "0");
}

#[test]
fn findings_are_shown_alone_before_there_is_a_page() {
    let root = project("never", &["acme"]);
    let text = fs::read_to_string(root.join(INCOME)).unwrap();
    fs::write(root.join(INCOME), "this is no TOML").unwrap();
    let served = Served::start(root);
    let alone = served.page(PAGE);
    assert!(alone.contains("There is no page yet") && alone.contains("this is no TOML"), "{alone}");
    assert!(served.page("/").contains("<a href=\"/acme/index.html\">acme</a>"));
    served.write(INCOME, &text);
    served.wait_for_change(&alone);
    assert!(served.page(PAGE).contains("id=\"income.revenue\""));
}

#[test]
fn templates_and_new_releases_are_followed() {
    let served = Served::start(project("followed", &["acme"]));
    let list = served.page("/");
    let pdf = served.get("/acme/acme.pdf").body;
    assert!(kessan(&served.root, &["new", "zenith"]).output().unwrap().status.success());
    served.wait_for_change(&list);
    wait_until("the new release", || served.get("/zenith/index.html").status == 200);
    assert!(served.page("/").contains("zenith/index.html"));

    let page = served.page(PAGE);
    fs::create_dir_all(served.root.join("static")).unwrap();
    fs::write(served.root.join("static/style.css"), "p { color: teal }").unwrap();
    served.wait_for_change(&page);
    assert_eq!(served.page("/acme/static/style.css"), "p { color: teal }");
    assert!(served.get("/acme/acme.pdf").body == pdf);

    let list = served.page("/");
    fs::remove_dir_all(served.root.join("content/zenith")).unwrap();
    served.wait_for_change(&list);
    wait_until("the release to be gone", || served.get("/zenith/index.html").status == 404);
}

#[test]
fn a_broken_template_is_reported_over_the_last_good_page() {
    let served = Served::start(project("template", &["acme"]));
    let page = served.page(PAGE);
    fs::create_dir_all(served.root.join("templates/html")).unwrap();
    fs::write(served.root.join("templates/html/page.html"), "{{ nothing_of_the_kind }}").unwrap();
    served.wait_for_change(&page);
    let broken = served.page(PAGE);
    assert_eq!(without_preview(&broken), without_preview(&page));
    assert!(broken.contains("templates/html/page.html:1:4"), "{broken}");
}

#[test]
fn nothing_is_written() {
    let served = Served::start(project("written", &["acme"]));
    let before = files(&served.root);
    for path in ["/", "/acme/", "/acme/acme.pdf", "/acme/acme.md"] {
        assert_eq!(served.get(path).status, 200);
    }
    assert_eq!(files(&served.root), before);
}

#[test]
fn what_is_no_plain_request_is_refused() {
    let served = Served::start(project("refused", &["acme"]));
    let host = format!("Host: localhost:{}", served.port);
    for (refused, head) in [
        (405, format!("POST / HTTP/1.1\r\n{host}\r\nContent-Length: 3\r\n\r\na=b")),
        (405, format!("OPTIONS * HTTP/1.1\r\n{host}\r\n\r\n")),
        (421, "GET / HTTP/1.1\r\nHost: rebound.example\r\n\r\n".to_owned()),
        (421, format!("GET / HTTP/1.1\r\nHost: rebound.example:{}\r\n\r\n", served.port)),
        (400, "GET / HTTP/1.1\r\n\r\n".to_owned()),
        (403, format!("GET / HTTP/1.1\r\n{host}\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n\r\n")),
        (431, format!("GET / HTTP/1.1\r\n{host}\r\nA: {}\r\n\r\n", "b".repeat(9_000))),
        (431, format!("GET /{} HTTP/1.1\r\n", "a".repeat(100_000))),
        (505, format!("GET / HTTP/3\r\n{host}\r\n\r\n")),
        (400, "GET\r\n\r\n".to_owned()),
        (400, "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0".to_owned()),
    ] {
        let answer = served.ask(&head);
        assert_eq!(answer.status, refused, "{head:.60}");
        assert!(answer.says("Connection: close"), "{}", answer.head);
        assert_eq!(answer.says("Allow: GET, HEAD"), refused == 405, "{}", answer.head);
    }
    assert_eq!(served.get("/acme/").status, 200);
}

#[test]
fn whatever_is_sent_the_next_request_is_answered() {
    let served = Served::start(project("garbage", &["acme"]));
    let valid = served.request("GET", PAGE).into_bytes();
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % below
    };
    for _ in 0..300 {
        let mut bytes = valid.clone();
        for _ in 0..=next(6) {
            let at = next(bytes.len());
            match next(3) {
                0 => bytes[at] = u8::try_from(next(256)).unwrap(),
                1 => bytes.truncate(at + 1),
                _ => bytes.extend_from_within(at..),
            }
        }
        let mut stream = served.connect();
        drop(stream.write_all(&bytes));
        // Nothing more comes: an unfinished request is given up at once.
        drop(stream.shutdown(Shutdown::Write));
        let mut answer = Vec::new();
        drop(stream.read_to_end(&mut answer));
        assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 "), "{}", String::from_utf8_lossy(&answer));
    }
    assert_eq!(served.get(PAGE).status, 200);
}

#[test]
fn no_path_leads_out_of_the_site() {
    let root = project("paths", &["acme"]);
    fs::write(root.join("secret.txt"), "SECRET").unwrap();
    let served = Served::start(root);
    for path in [
        "/../secret.txt",
        "/acme/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/acme/%2e%2e/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "/acme/..\\secret.txt",
        "/%252e%252e/secret.txt",
        "//secret.txt",
        "/secret.txt%00.html",
        "/secret.txt",
        "/acme/release.toml",
        "/content/acme/release.toml",
        "/%c0%ae%c0%ae/secret.txt",
        "/./secret.txt",
        "secret.txt",
        "file:///etc/passwd",
    ] {
        let answer = served.get(path);
        assert!([400, 404].contains(&answer.status), "{path}: {}", answer.status);
        let body = String::from_utf8_lossy(&answer.body);
        assert!(!body.contains("SECRET") && !body.contains("root:") && !body.contains("periods"), "{path}");
    }
}

#[test]
fn a_slow_request_is_cut_and_a_kept_connection_is_used_again() {
    let served = Served::start(project("slow", &["acme"]));
    let mut slow = served.connect();
    slow.write_all(b"GET / HT").unwrap();

    let mut kept = served.connect();
    let request = format!("GET /acme/checks.json HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", served.port);
    let last = served.request("GET", "/acme/checks.json");
    kept.write_all(format!("{request}{request}{last}").as_bytes()).unwrap();
    let answers = Answer::read(&mut kept).text();
    assert_eq!(answers.matches("HTTP/1.1 200 OK\r\n").count(), 2, "two more follow on the same connection");

    let began = Instant::now();
    assert_eq!(Answer::read(&mut slow).status, 408);
    assert!(began.elapsed() < Duration::from_secs(8));

    // Empty lines before a request do not keep a connection either.
    let mut dripping = served.connect();
    let began = Instant::now();
    while dripping.write_all(b"\r\n").is_ok() && began.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(500));
    }
    assert!(began.elapsed() < Duration::from_secs(8), "{:?}", began.elapsed());
}

#[test]
fn connections_are_bounded() {
    let served = Served::start(project("bounded", &["acme"]));
    let streams: Vec<_> = (0..32).map(|_| served.listen("acme", "0")).collect();
    assert!(streams.iter().all(|(_, status)| status == "200"));
    assert_eq!(served.listen("acme", "0").1, "503", "no more streams");
    assert_eq!(served.get("/acme/").status, 200, "but pages");

    // Connections that are opened again and again, some with half a request, keep no page from its reader.
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                    let mut idle: Vec<_> = (0..50).map(|_| served.connect()).collect();
                    idle.iter_mut().step_by(2).for_each(|stream| drop(stream.write_all(b"GET /acme/ HT")));
                    std::thread::sleep(Duration::from_millis(50));
                }
            });
        }
        std::thread::sleep(Duration::from_millis(100));
        let seen: Vec<_> = (0..30)
            .map(|_| {
                let began = Instant::now();
                (served.try_get("/acme/"), began.elapsed())
            })
            .collect();
        // Before anything is asserted: a failure must not leave the others running.
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
        // On a busy machine connections that were closed may still be counted, and a page may be asked for again.
        let answered = seen.iter().filter(|(status, _)| *status == Some(200)).count();
        assert!(answered >= 24, "{seen:?}");
        let slowest = seen.iter().map(|(_, took)| *took).max().unwrap();
        assert!(slowest < Duration::from_secs(10), "{slowest:?}");
    });
    drop(streams);
    wait_until("a page again", || served.get("/acme/").status == 200);
    wait_until("a stream again", || served.listen("acme", "0").1 == "200");
}

#[test]
fn a_check_that_watches_prints_what_serve_prints() {
    let root = project("watched", &["acme", "zenith"]);
    let watching =
        Served::watch(root.clone(), &mut kessan(&root, &["check", "--watch", "acme", "--message-format", "short"]));
    watching.wait_for("acme: built in");
    let number = first_value(&root.join(INCOME), "revenue");
    watching.change(INCOME, &number, "999_999_999");
    let output = watching.wait_for(&format!("kessan: acme: {INCOME} changed, built in "));
    assert!(output.contains(&format!("{INCOME}:")) && output.contains("error[footing]"), "{output}");
    watching.change(INCOME, "999_999_999", &number);
    wait_until("two builds without findings", || watching.wait_for("no findings").matches("no findings").count() == 2);
    assert!(!watching.wait_for("acme").contains("zenith"));
    assert!(!root.join("output").exists());
}

#[test]
fn a_port_in_use_is_reported() {
    let served = Served::start(project("taken", &["acme"]));
    let port = served.port.to_string();
    let second = kessan(&served.root, &["serve", "--port", &port]).output().unwrap();
    assert_eq!(second.status.code(), Some(2));
    let stderr = String::from_utf8(second.stderr).unwrap();
    assert!(stderr.contains(&format!("cannot listen on port {port}: another program has it")), "{stderr}");
}

#[cfg(unix)]
#[test]
fn a_program_that_is_stopped_leaves_its_port_free() {
    let mut served = Served::start(project("stopped", &["acme"]));
    // Whoever runs the tests in a shell's background has Ctrl-C ignored, by this program too: SIGTERM it is, and SIGKILL.
    for signal in ["-TERM", "-KILL"] {
        let page = served.page(PAGE);
        let (mut waiting, status) = served.listen("acme", &attribute(&page, "data-edition"));
        assert_eq!(status, "200");
        let (root, port) = (served.root.clone(), served.port);
        served.signal(signal);
        assert!(waiting.read_to_end(&mut Vec::new()).is_ok(), "the stream ends");
        served = Served::run(root.clone(), &mut kessan(&root, &["serve", "--port", &port.to_string()]));
        assert_eq!(served.port, port);
        served.wait_for_change(&page);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_browser_is_opened_without_a_shell() {
    use std::os::unix::fs::PermissionsExt;

    let root = project("open", &["acme"]);
    let opener = root.join("bin/xdg-open");
    fs::create_dir_all(root.join("bin")).unwrap();
    fs::write(&opener, "#!/bin/sh\necho \"$@\" >\"$OPENED\"\n").unwrap();
    fs::set_permissions(&opener, fs::Permissions::from_mode(0o755)).unwrap();
    let opened = root.join("opened");
    let mut command = kessan(&root, &["serve", "--port", "0", "--open"]);
    let served = Served::run(root.clone(), command.env("PATH", root.join("bin")).env("OPENED", &opened));
    let address = format!("http://127.0.0.1:{}/\n", served.port);
    wait_until("the browser", || fs::read_to_string(&opened).is_ok_and(|text| text == address));
}

/// Every file below a folder, by its path from there.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            found.extend(files(&path).into_iter().map(|(below, bytes)| (format!("{name}/{below}"), bytes)));
        } else {
            found.insert(name, fs::read(&path).unwrap());
        }
    }
    found
}

/// The page without what the preview put into it.
fn without_preview(page: &str) -> String {
    const ASSETS: &str = "<link rel=\"stylesheet\" href=\"/_preview/preview.css\">\n<script src=\"/_preview/preview.js\" defer></script>\n<script src=\"/_preview/figures.js\" defer></script>\n";
    assert_eq!(page.matches(ASSETS).count(), 1, "{page}");
    let page = page.replace(ASSETS, "");
    let (before, rest) = page.split_once("<aside class=\"kessan\"").unwrap();
    let (_, after) = rest.split_once("</aside>").unwrap();
    without_names(&format!("{before}{}", after.trim_start()))
}

/// The page without the names of figures, which only the preview writes.
fn without_names(page: &str) -> String {
    let mut parts = page.split(" data-figure=\"");
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |page, part| page + part.split_once('"').unwrap().1)
}

/// The page without its policy, which allows the preview more.
fn without_policy(page: &str) -> String {
    let is_policy = |line: &&str| !line.starts_with("<meta http-equiv=\"Content-Security-Policy\"");
    page.lines().filter(is_policy).collect::<Vec<_>>().join("\n")
}

/// The first amount of a line, as it is written.
fn first_value(path: &Path, line: &str) -> String {
    let text = fs::read_to_string(path).unwrap();
    let (_, rest) = text.split_once(&format!("id = \"{line}\"")).unwrap();
    let (_, rest) = rest.split_once("values = [").unwrap();
    rest.split([',', ']']).next().unwrap().trim().to_owned()
}

/// A project with a Japanese release whose summary and statements are translated into English.
fn bilingual(test: &str) -> PathBuf {
    let root = project(test, &[]);
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/bilingual"), &root);
    root
}

/// The pages that findings link to.
fn linked(page: &str) -> Vec<&str> {
    let links = page.split("<a href=\"/minato-fy2026/").skip(1).filter_map(|rest| rest.split_once("#kessan-at-"));
    let mut links: Vec<&str> = links.map(|(file, _)| file).collect();
    links.sort_unstable();
    links.dedup();
    links
}

#[test]
fn all_languages_are_shown_as_build_writes_them() {
    let root = bilingual("languages");
    let formats = "html,markdown,csv,json,xlsx";
    assert!(kessan(&root, &["build", "--output", "built", "--format", formats]).output().unwrap().status.success());
    let served = Served::start(root);
    for (path, bytes) in files(&served.root.join("built")) {
        // The pages of the preview link to the PDF too.
        if path.ends_with(".html") && path.starts_with("minato") {
            assert_eq!(served.get(&format!("/{path}")).status, 200, "{path}");
        } else if !path.ends_with("manifest.json") && !path.ends_with(".html") {
            assert!(served.get(&format!("/{path}")).body == bytes, "{path}");
        }
    }
    let page = served.page("/minato-fy2026/en/");
    assert!(page.contains("<html lang=\"en\">"), "{page}");
    assert_eq!(attribute(&page, "data-language"), "en");
    assert_eq!(attribute(&served.page("/minato-fy2026/"), "data-language"), "ja");
}

#[test]
fn a_finding_is_on_the_pages_of_the_language_that_it_concerns() {
    let served = Served::start(bilingual("concerned"));
    let release = "content/minato-fy2026";
    let english = "/minato-fy2026/en/index.html";
    // Changes a file, and waits until the findings link to these pages alone.
    let links_to = |file: &str, from: &str, to: &str, files: &[&str]| {
        served.change(&format!("{release}/{file}"), from, to);
        wait_until(&format!("{to} leads to {files:?}"), || linked(&served.page(english)) == files);
        served.page(english)
    };

    let [sound, typed] = ["- The operating margin was", "- The operating margin of 1,234 people was"];
    let page = links_to("01-summary.en.md", sound, typed, &["en/index.html"]);
    assert!(page.contains("of 1,234 people") && page.contains("01-summary.en.md:"), "{page}");
    assert!(page.contains("<a href=\"/minato-fy2026/en/index.html#kessan-at-1\" lang=\"en\">Summary</a>"), "{page}");
    links_to("01-summary.en.md", typed, sound, &[]);

    // A text of one language within a table of texts, and one that a language lacks.
    let tables = "tables/summary.toml";
    let both = "{ ja = \"連結経営成績\", en = \"Consolidated results\" }";
    let typed = "{ ja = \"連結経営成績\", en = \"Consolidated results of 1,234 people\" }";
    links_to(tables, both, typed, &["en/index.html"]);
    links_to(tables, typed, "\"連結経営成績\"", &["en/index.html"]);
    links_to(tables, "\"連結経営成績\"", both, &[]);

    // An amount is the same in all languages.
    let page =
        links_to("statements/position.toml", "4_120_500", "4_120_999", &["en/statements.html", "statements.html"]);
    for language in ["ja", "en"] {
        assert!(page.contains(&format!("&quot;language&quot;: &quot;{language}&quot;")), "{page}");
    }
}

#[test]
fn a_page_is_shown_in_all_languages_beside_each_other() {
    let served = Served::start(bilingual("beside"));
    let beside = "/_preview/beside/minato-fy2026/";
    for page in ["", "en/"] {
        let page = served.page(&format!("/minato-fy2026/{page}statements.html"));
        assert!(page.contains(&format!("<a href=\"{beside}statements.html\">Languages side by side</a>")), "{page}");
    }
    assert!(!served.page("/minato-fy2026/checks.html").contains(beside));
    let page = served.get(&format!("{beside}statements.html"));
    assert!(page.status == 200 && page.says("X-Frame-Options: DENY"), "{}", page.head);
    let panes = ["/_preview/pane/minato-fy2026/statements.html", "/_preview/pane/minato-fy2026/en/statements.html"];
    for src in panes {
        assert!(page.text().contains(&format!("<iframe src=\"{src}\"")), "{}", page.text());
        let pane = served.get(src);
        assert!(pane.status == 200 && pane.says("X-Frame-Options: SAMEORIGIN"), "{}", pane.head);
        assert!(pane.text().contains("id=\"kessan-panel\"") && !pane.text().contains("Languages side by side"));
    }
    assert_eq!(served.get("/_preview/pane/minato-fy2026/static/style.css").status, 200);
    let untranslated = served.get(&format!("{beside}outlook.html")).text();
    assert_eq!(untranslated.matches("<iframe").count(), 1);
    assert!(untranslated.contains("This page is not translated."), "{untranslated}");
    for missing in ["checks.html", "nothing.html", "en/statements.html.css", "../index.html"] {
        assert_ne!(served.get(&format!("{beside}{missing}")).status, 200, "{missing}");
    }
    assert!(!served.page("/minato-fy2026/").contains("target=\"_top\""));
}
