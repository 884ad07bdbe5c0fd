//! A series of edits: after each, a server that has followed all of them shows what one shows that has just started.

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

use kessan::preview::{Serve, ServeEvent, Work, serve};

use super::{Served, attribute, bilingual, files, kessan, project, wait_until};

/// What an edit does to a file of the project.
enum Edit {
    /// The first text is replaced by the second.
    Change(&'static str, &'static str),
    /// The file gets this text; it may be new.
    Write(&'static str),
    /// The file is a picture that ends with this byte.
    Paint(u8),
    Remove,
    /// The file is as it was at first.
    Restore,
}
use Edit::{Change, Paint, Remove, Restore, Write};

const EXTRA: &str = "# Outlook\n\nRevenue was {{ \"is.revenue@q1_2026\" | amount }}.[^extra]\n\n[^extra]: A note.\n";
/// Of the starter of a quarter.
const EDITS: [(&str, &str, Edit); 25] = [
    ("a sentence", "content/acme/03-outlook.md", Change("components.", "components and of clay.")),
    (
        "a figure in a sentence",
        "content/acme/03-outlook.md",
        Change("components and", "{{ \"is.revenue\" | amount }} and"),
    ),
    ("a heading that another page has too", "content/acme/02-business-review.md", Change("# ", "# Outlook\n\n## ")),
    ("a new page, with a note", "content/acme/021-extra.md", Write(EXTRA)),
    ("a number that breaks sums", "content/acme/statements/income.toml", Change("values = [", "values = [1_000_")),
    ("a sentence while sums are broken", "content/acme/01-highlights.md", Change("per share.\n", "per share. More.\n")),
    ("the number mended", "content/acme/statements/income.toml", Restore),
    ("a page removed", "content/acme/021-extra.md", Remove),
    ("a remark in the dataset", "content/acme/statements/income.toml", Change("\nline = [", "\n# A remark.\nline = [")),
    ("a label", "content/acme/tables/review.toml", Change("Revenue by Region", "Revenue, by Region")),
    ("a table that no page has", "content/acme/02-business-review.md", Change("{{ \"segments\" | table }}", "")),
    ("the table back", "content/acme/02-business-review.md", Restore),
    (
        "a new line of a table",
        "content/acme/tables/review.toml",
        Change(
            "  { line = \"seg.profit\", period = \"q1_2025\", id = \"profit_prior\" },",
            "  { line = \"seg.profit\", period = \"q1_2025\", id = \"profit_prior\" },\n  { line = \"seg.profit\", period = \"q1_2025\", id = \"again\" },",
        ),
    ),
    ("a file of tables removed", "content/acme/tables/summary.toml", Remove),
    ("a sentence without these tables", "content/acme/03-outlook.md", Restore),
    ("the file back", "content/acme/tables/summary.toml", Restore),
    (
        "a template",
        "templates/html/page.html",
        Write(
            "<!DOCTYPE html><html lang=\"{{ language }}\"><head><title>{{ title }}</title></head><body>{{ release }}</body></html>\n",
        ),
    ),
    ("a sentence under that template", "content/acme/03-outlook.md", Change("components.", "wood.")),
    ("the template removed", "templates/html/page.html", Remove),
    ("the words", "templates/words/en.toml", Write("[words]\ncontents = \"What is here\"\n")),
    ("the words removed", "templates/words/en.toml", Remove),
    (
        "the settings of the site",
        "content/site.toml",
        Write("[site]\ntitle = \"Results of Acme\"\nurl = \"https://acme.example/results\"\n"),
    ),
    ("the style sheet", "static/style.css", Write("p { color: teal }\n")),
    ("the units", "content/acme/release.toml", Change("[rounding]\n", "[rounding]\npercent = \"truncate\"\n")),
    ("the units back", "content/acme/release.toml", Restore),
];

const OUTLOOK: &str = "content/acme/03-outlook.md";
const INCOME: &str = "content/acme/statements/income.toml";
/// Of two releases and a workbook: what a release reads beside its own texts and dataset.
const EDITS_BESIDE: [(&str, &str, Edit); 15] = [
    (
        "a prior release",
        "content/acme/release.toml",
        Change("period = \"q1_2026\"", "prior = \"before\"\nperiod = \"q1_2026\""),
    ),
    ("a number of it", "content/before/statements/income.toml", Change("[1_188_402,", "[1_188_412,")),
    ("a sentence beside it", OUTLOOK, Change("components.", "components and of clay.")),
    ("a sentence of the prior release", "content/before/03-outlook.md", Change("components.", "wood.")),
    ("its number back", "content/before/statements/income.toml", Restore),
    ("a workbook", "sources/books.csv", Write("Code,2025,2026\n4000,1188402000,1284736000\n")),
    (
        "a statement that is taken from it",
        INCOME,
        Change(
            "periods = [\"q1_2025\", \"q1_2026\"] }",
            "periods = [\"q1_2025\", \"q1_2026\"], source = { file = \"sources/books.csv\", key = \"A\", unit = \"EUR\", columns = { q1_2025 = \"B\", q1_2026 = \"C\" } } }",
        ),
    ),
    ("a line of it", INCOME, Change("label = \"Revenue\",", "label = \"Revenue\", from = \"4000\",")),
    ("a cell of the workbook", "sources/books.csv", Write("Code,2025,2026\n4000,1188402000,1284737000\n")),
    ("a sentence while it differs", OUTLOOK, Change("of clay.", "of wood.")),
    ("a picture that is not there", OUTLOOK, Change("# Outlook\n", "# Outlook\n\n![The works](works.png)\n")),
    ("the picture", PICTURE, Paint(0)),
    ("a sentence of another page", "content/acme/01-highlights.md", Change("per share.\n", "per share. More.\n")),
    ("another picture", PICTURE, Paint(1)),
    ("the picture removed", PICTURE, Remove),
];
const PICTURE: &str = "content/acme/pictures/works.png";

/// What is done to files, with their first contents.
struct Files<'a> {
    root: &'a Path,
    first: BTreeMap<&'static str, String>,
}

impl Files<'_> {
    fn edit(&mut self, path: &'static str, edit: &Edit) {
        let place = self.root.join(path);
        let now = fs::read_to_string(&place).unwrap_or_default();
        let first = self.first.entry(path).or_insert_with(|| now.clone());
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        let text = match edit {
            Change(from, to) => {
                assert!(now.contains(from), "{path} has no `{from}`");
                now.replacen(from, to, 1)
            }
            Write(text) => (*text).to_owned(),
            Restore => first.clone(),
            Paint(end) => {
                let picture = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/picture.png");
                return fs::write(place, [fs::read(picture).unwrap(), vec![*end]].concat()).unwrap();
            }
            Remove => return fs::remove_file(place).unwrap(),
        };
        fs::write(place, text).unwrap();
    }
}

/// Everything that a server shows of a release, panels of findings included; the numbers of editions are others in each run.
fn shown(served: &Served, slug: &str, languages: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let pages = fs::read_dir(served.root.join("content").join(slug)).unwrap();
    let pages =
        pages.map(|entry| entry.unwrap().file_name().into_string().unwrap()).filter(|name| name.ends_with(".md"));
    let pages = pages.map(|name| name.split_once('-').unwrap().1.split('.').next().unwrap().to_owned() + ".html");
    let files = ["index.html", "full.html", "checks.html", "checks.json", "static/style.css", "pictures/works.png"];
    let documents = ["md", "csv", "json"].map(|extension| format!("{slug}.{extension}"));
    let names: Vec<String> = pages.chain(files.map(str::to_owned)).chain(documents).collect();
    let paths = languages.iter().flat_map(|folder| names.iter().map(move |name| format!("/{slug}/{folder}{name}")));
    let paths = paths.chain(["/", "/sitemap.xml", "/feed.xml"].map(str::to_owned));
    let body = |path: String| {
        let bytes = served.get(&path).body;
        // Also what is not there is told on a page.
        let page = String::from_utf8_lossy(&bytes);
        if !page.contains("data-edition") {
            return (path, bytes);
        }
        let numbers = ["data-edition", "data-files"].map(|name| format!("{name}=\"{}\"", attribute(&page, name)));
        (path, numbers.iter().fold(page.into_owned(), |page, number| page.replace(number, "")).into_bytes())
    };
    paths.map(body).collect()
}

/// Waits until both show the same, and says which files differ if they never do.
fn wait_for_the_same(what: &str, served: &Served, fresh: &Served, slug: &str, languages: &[&str]) {
    let expected = shown(fresh, slug, languages);
    assert!(expected.len() > 8);
    let mut found = BTreeMap::new();
    let is_same = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        wait_until(what, || {
            found = shown(served, slug, languages);
            found == expected
        });
    }));
    let differing: Vec<_> = expected.iter().filter(|(path, bytes)| found.get(*path) != Some(bytes)).collect();
    for (path, bytes) in &differing {
        let found = found.get(*path).map(|bytes| String::from_utf8_lossy(bytes));
        eprintln!("{path}, fresh:\n{}\nfollowed:\n{}\n", String::from_utf8_lossy(bytes), found.unwrap_or_default());
    }
    assert!(is_same.is_ok(), "after {what}: {:?}", differing.iter().map(|(path, _)| path).collect::<Vec<_>>());
}

#[test]
fn after_every_edit_all_pages_are_those_of_a_fresh_start() {
    let root = project("edits", &["acme"]);
    let served = Served::start(root.clone());
    let mut files = Files { root: &root, first: BTreeMap::new() };
    for (what, path, edit) in &EDITS {
        files.edit(path, edit);
        let fresh = Served::start(root.clone());
        wait_for_the_same(what, &served, &fresh, "acme", &[""]);
    }
    assert_built(&served, "acme");
}

#[test]
fn after_every_edit_beside_a_release_its_pages_are_those_of_a_fresh_start() {
    let root = project("edits-beside", &["acme", "before"]);
    let served = Served::start(root.clone());
    let mut files = Files { root: &root, first: BTreeMap::new() };
    for (what, path, edit) in &EDITS_BESIDE {
        files.edit(path, edit);
        let fresh = Served::start(root.clone());
        wait_for_the_same(what, &served, &fresh, "acme", &[""]);
    }
}

/// While a file cannot be read, the last good pages are shown, which a fresh start does not have; afterwards all is as ever.
#[test]
fn after_a_syntax_error_all_pages_are_those_of_a_fresh_start() {
    let root = project("torn", &["acme"]);
    let served = Served::start(root.clone());
    let mut files = Files { root: &root, first: BTreeMap::new() };
    let outlook = "content/acme/03-outlook.md";
    for (torn, from, to) in [
        ("content/acme/relations.toml", "\n", "\n= 1\n"),
        ("content/acme/tables/review.toml", "id = ", "id == "),
        ("content/acme/release.toml", "[release]", "[release"),
        (outlook, "title = ", "title == "),
    ] {
        let before = attribute(&served.page("/acme/index.html"), "data-errors");
        assert_eq!(before, "0", "before {torn}");
        files.edit(torn, &Change(from, to));
        wait_until(torn, || attribute(&served.page("/acme/index.html"), "data-errors") != "0");
        if torn != outlook {
            files.edit(outlook, &Change("components", "components and so on"));
            files.edit(outlook, &Change("so on", "the rest"));
        }
        files.edit(torn, &Restore);
        let fresh = Served::start(root.clone());
        wait_for_the_same(torn, &served, &fresh, "acme", &[""]);
    }
    assert_built(&served, "acme");
}

#[test]
fn after_every_edit_all_languages_are_those_of_a_fresh_start() {
    let root = bilingual("edits-in-languages");
    let served = Served::start(root.clone());
    let mut files = Files { root: &root, first: BTreeMap::new() };
    let tables = "content/minato-fy2026/tables/summary.toml";
    for (what, path, edit) in [
        ("a sentence of the translation", "content/minato-fy2026/01-summary.en.md", Change("\n\n", "\n\nMore.\n\n")),
        ("a text of one language", tables, Change("Consolidated results", "Results of the group")),
        (
            "a text that a language lacks",
            tables,
            Change("{ ja = \"連結経営成績\", en = \"Results of the group\" }", "\"連結経営成績\""),
        ),
        ("a sentence beside it", "content/minato-fy2026/01-summary.en.md", Change("More.", "Much more.")),
        ("the text back", tables, Restore),
    ] {
        files.edit(path, &edit);
        let fresh = Served::start(root.clone());
        wait_for_the_same(what, &served, &fresh, "minato-fy2026", &["", "en/"]);
    }
}

/// Two files of one length that are saved within the resolution of their times look the same to whoever compares these.
#[test]
fn the_last_of_saves_that_follow_at_once_is_shown() {
    let served = Served::start(project("at-once", &["acme"]));
    let page = served.root.join("content/acme/03-outlook.md");
    let text = fs::read_to_string(&page).unwrap();
    for round in 0..12 {
        for letter in ["x", "y", "z"] {
            fs::write(&page, format!("{text}\nOf edition {letter}{}.\n", ["a", "b"][round % 2])).unwrap();
            thread::sleep(Duration::from_millis(round as u64 % 4));
        }
        let words = format!("Of edition z{}", ["a", "b"][round % 2]);
        wait_until(&words, || served.page("/acme/outlook.html").contains(&words));
    }
}

/// What is shown in the end is what a build writes.
fn assert_built(served: &Served, slug: &str) {
    let root = &served.root;
    drop(fs::remove_dir_all(root.join("built")));
    let built = kessan(root, &["build", slug, "--output", "built", "--draft"]).output().unwrap();
    assert!(root.join("built").join(slug).exists(), "{}", String::from_utf8_lossy(&built.stderr));
    for (path, bytes) in files(&root.join("built").join(slug)) {
        let body = served.get(&format!("/{slug}/{path}")).body;
        if path.ends_with(".html") {
            let (page, built) = (String::from_utf8(body).unwrap(), String::from_utf8(bytes).unwrap());
            assert_eq!(super::without_policy(&super::without_preview(&page)), super::without_policy(&built), "{path}");
        } else if path != "manifest.json" {
            assert!(body == bytes, "{path} differs from what build writes");
        }
    }
}

/// Only what depends on an edit is worked out again.
#[test]
fn work_is_what_an_edit_asks_for() {
    let root = project("work", &["acme", "zenith"]);
    let (built, address) = follow(root.clone());
    let first = built.recv().unwrap();
    assert_eq!((first.datasets, first.pages), (2, 0), "{first:?}");
    let get = |path: &str| {
        use std::io::{Read, Write};
        let host = address.trim_start_matches("http://").trim_end_matches('/');
        let mut stream = std::net::TcpStream::connect(host).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    };
    let mut files = Files { root: &root, first: BTreeMap::new() };
    let mut edit = |path: &'static str, edit: Edit| {
        files.edit(path, &edit);
        built.recv().unwrap()
    };

    // A sentence: no table, its own page, and of the pages only the one that was looked at had been written.
    get("/acme/outlook.html");
    let sentence = edit("content/acme/03-outlook.md", Change("components.", "components and of clay."));
    assert_eq!(sentence, Work { datasets: 0, tables: 0, presented: 1, pages: 1 });
    get("/acme/outlook.html");
    get("/acme/index.html");
    get("/acme/outlook.html");
    let sentence = edit("content/acme/03-outlook.md", Change("of clay.", "of wood."));
    assert_eq!(sentence, Work { datasets: 0, tables: 0, presented: 1, pages: 2 });
    let sentence = edit("content/acme/01-highlights.md", Change("per share.\n", "per share. More.\n"));
    assert_eq!(sentence, Work { datasets: 0, tables: 0, presented: 1, pages: 0 });
    // A heading that another page has too: also the page behind it, whose heading gets another address.
    let heading = edit("content/acme/02-business-review.md", Change("# ", "# Outlook\n\n## "));
    assert_eq!(heading, Work { datasets: 0, tables: 0, presented: 2, pages: 0 });

    // A remark in the dataset: it is read again, and with it what is made of it.
    get("/acme/outlook.html");
    let remark = edit("content/acme/tables/review.toml", Change("# A row's `id`", "# The row's `id`"));
    assert_eq!((remark.datasets, remark.tables > 5, remark.pages), (1, true, 1), "{remark:?}");

    // A number: the tables of that release, not those of the other.
    let number = edit("content/acme/statements/shares.toml", Change("values = [", "values = [1_"));
    assert_eq!(number, Work { pages: 0, ..remark });
    assert!(first.tables > number.tables, "{first:?}");
}

/// Serves in this process: what each build took, and the address.
fn follow(root: std::path::PathBuf) -> (Receiver<Work>, String) {
    let ((sender, built), listening) = (channel(), channel());
    thread::spawn(move || {
        let request = Serve { root: &root, slugs: &[], port: 0, open: false };
        serve(&request, &|served| match served {
            ServeEvent::Built(built) => drop(sender.send(built.work)),
            ServeEvent::Listening { address } => listening.0.send(address.to_owned()).unwrap(),
            ServeEvent::Failed(finding) => panic!("{finding:?}"),
        })
    });
    (built, listening.1.recv().unwrap())
}
