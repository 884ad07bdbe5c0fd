//! Compares `docs/templates.md` with the templates: it lists every block, component and name, and no other.
//!
//! The program itself says what it gives: a project's own templates print their whole context.

#[path = "support/copy.rs"]
mod copy;
#[expect(dead_code, reason = "what other tests do with a folder is not done here")]
#[path = "support/folder.rs"]
mod folder;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use copy::copy;
use folder::Folder;

const SLUG: &str = "acme-1q2026";
/// A release whose check report has something of everything.
const LARGE: &str = "iij-fy2009";
/// A release in two languages.
const BILINGUAL: &str = "minato-fy2026";
/// Names that stand for structures which hold them again, however deep.
const SAME: [(&str, &str); 4] = [
    ("blocks[list].items[][]", "blocks[]"),
    ("blocks[quote].blocks[]", "blocks[]"),
    ("blocks[chart].table", "blocks[table]"),
    ("charts[].table", "blocks[table]"),
];

/// Names of a structure, by where it stands: `` for the template's own, `date`, `blocks[table].rows[]`.
type Names = BTreeMap<String, BTreeSet<String>>;

#[test]
fn every_block_and_component_is_documented() {
    let manual = read("docs/templates.md");
    let (mut blocks, mut components) = (BTreeSet::new(), BTreeSet::new());
    for name in ["html", "site"].iter().flat_map(|folder| listing(&format!("templates/{folder}"))) {
        let text = read(&format!("templates/{name}"));
        let defined = ["{% block ", "{%- block "].into_iter().flat_map(|open| text.split(open).skip(1));
        blocks.extend(defined.filter_map(|rest| rest.split([' ', '%']).next()).map(str::to_owned));
        let made = text.split("{%- component ").skip(1).filter_map(|rest| rest.split_once(')'));
        components.extend(made.map(|(head, _)| format!("{head})")));
    }
    assert_eq!(first_cells(&manual, "| block |"), blocks);
    assert_eq!(first_cells(&manual, "| component |"), components);
}

#[test]
fn every_file_of_the_templates_is_documented() {
    let manual = read("docs/templates.md");
    let files = ["html", "site", "print"].iter().flat_map(|folder| listing(&format!("templates/{folder}")));
    let missing: Vec<_> = files.filter(|name| !manual.contains(&format!("`{name}`"))).collect();
    assert!(missing.is_empty(), "docs/templates.md lacks {missing:?}");
}

#[test]
fn every_name_that_a_template_is_given_is_documented() {
    let manual = read("docs/templates.md");
    let (given, (shared, chapters)) = (given(), documented(&manual));
    let mut faults = Vec::new();
    for (templates, known) in &chapters {
        let (mut names, mut known) = (Names::new(), known.clone());
        templates.iter().for_each(|template| add(&mut names, &given[template]));
        if templates.iter().any(|template| template.ends_with(".html")) {
            shared.iter().filter(|(place, _)| names.contains_key(*place)).for_each(|name| add(&mut known, [name]));
        }
        let none = BTreeSet::new();
        for place in names.keys().chain(known.keys()).collect::<BTreeSet<_>>() {
            let (names, known) = (names.get(place).unwrap_or(&none), known.get(place).unwrap_or(&none));
            let (missing, gone): (Vec<_>, Vec<_>) =
                (names.difference(known).collect(), known.difference(names).collect());
            if !missing.is_empty() || !gone.is_empty() {
                faults.push(format!("{templates:?}, `{place}`: not documented {missing:?}, not given {gone:?}"));
            }
        }
    }
    let documented: BTreeSet<_> = chapters.iter().flat_map(|(templates, _)| templates).collect();
    assert_eq!(documented, given.keys().collect());
    faults.extend(shared.keys().filter(|place| !given.values().any(|names| names.contains_key(*place))).cloned());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn add<'n>(names: &mut Names, more: impl IntoIterator<Item = (&'n String, &'n BTreeSet<String>)>) {
    more.into_iter().for_each(|(place, more)| names.entry(place.clone()).or_default().extend(more.iter().cloned()));
}

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The files of a folder under `templates/`, by their names there.
fn listing(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.map(|name| format!("{}/{name}", folder.trim_start_matches("templates/"))).collect();
    names.sort();
    names
}

/// What stands between backticks in the first cells of the tables with this head.
fn first_cells(text: &str, head: &str) -> BTreeSet<String> {
    let mut inside = false;
    let mut found = BTreeSet::new();
    for line in text.lines() {
        inside = line.starts_with(head) || inside && line.starts_with('|');
        if inside && let Some(cell) = line.split('|').nth(1) {
            found.extend(quoted(cell));
        }
    }
    found
}

/// The names in the manual: those of `## Every page`, and of every chapter `## \`html/page.html\`, …`, which says what these
/// templates are given together. The chapters `### \`date\`, …` below it say what is in a structure.
fn documented(manual: &str) -> (Names, Vec<(Vec<String>, Names)>) {
    let mut shared = Names::new();
    let mut chapters = Vec::new();
    for chapter in manual.split("\n## ").skip(1) {
        let (head, names) = (chapter.lines().next().unwrap(), chapter_names(chapter));
        let templates: Vec<_> = quoted(head).filter(|name| name.contains('/')).collect();
        if head == "Every page" {
            shared = names;
        } else if !templates.is_empty() {
            chapters.push((templates, names));
        }
    }
    (shared, chapters)
}

fn chapter_names(chapter: &str) -> Names {
    let mut names = Names::new();
    for (at, part) in chapter.split("\n### ").enumerate() {
        let head = part.lines().next().unwrap().split(": ").next().unwrap();
        let places = if at == 0 { vec![String::new()] } else { quoted(head).collect() };
        places.into_iter().for_each(|place| names.entry(place).or_default().extend(first_cells(part, "| name |")));
    }
    names
}

/// What stands between backticks.
fn quoted(text: &str) -> impl Iterator<Item = String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned)
}

/// What the program gives to each template.
fn given() -> BTreeMap<String, Names> {
    let folder = Folder::with("given", &[SLUG]);
    let release = format!("content/{SLUG}");
    let settings = folder.read(&format!("{release}/release.toml"));
    folder.write(
        &format!("{release}/release.toml"),
        settings.replace("[release]\n", "[release]\npublish_checks = true\n"),
    );
    folder.write("content/site.toml", "[site]\nurl = \"https://ir.example.com/\"\n");
    folder.write(
        &format!("{release}/09-more.md"),
        "# More\n\n> Quoted.\n\n---\n\n1. One\n2. Two\n\nName\n: value\n\n![Pages](picture.png \"Some\")\n",
    );
    folder.write("templates/theme.toml", "[logo]\nfile = \"picture.png\"\n");
    fs::create_dir_all(folder.path("static")).unwrap();
    for place in [&release, "static"] {
        let picture = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/picture.png");
        fs::copy(picture, folder.path(&format!("{place}/picture.png"))).unwrap();
    }
    let files = [
        ("html/release.html", format!("{SLUG}/index.html")),
        ("html/release.html", format!("{LARGE}/index.html")),
        ("html/release.html", format!("{BILINGUAL}/en/index.html")),
        ("html/page.html", format!("{SLUG}/business-review.html")),
        ("html/page.html", format!("{SLUG}/more.html")),
        ("html/full.html", format!("{SLUG}/full.html")),
        ("html/checks.html", format!("{LARGE}/checks.html")),
        ("html/redline.html", "redline.html".to_owned()),
        ("html/index.html", "index.html".to_owned()),
        ("site/404.html", "404.html".to_owned()),
        ("site/feed.xml", "feed.xml".to_owned()),
        ("site/sitemap.xml", "sitemap.xml".to_owned()),
        ("site/robots.txt", "robots.txt".to_owned()),
    ];
    for (from, slug) in [("content", LARGE), ("tests/data/bilingual/content", BILINGUAL)] {
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join(from).join(slug), &folder.path(&format!("content/{slug}")));
    }
    assert_eq!(folder.run(&["sign", LARGE, "statement:is", "--by", "Rei"]).code, Some(0));
    for (template, _) in &files {
        // What an XML template gives must be XML.
        let dump = if template.ends_with(".xml") {
            "<dump><![CDATA[{{ __tera_context | safe }}]]></dump>"
        } else {
            "{{ __tera_context | safe }}"
        };
        folder.write(&format!("templates/{template}"), dump);
    }
    // The built-in faces of print have no Japanese letters.
    let built = folder.run(&["build", "--format", "html,markdown,csv,json,xlsx"]);
    assert_eq!(built.code, Some(0), "{}", built.stderr);
    let compared = folder.run(&["diff", SLUG, SLUG, "--html", "output/redline.html"]);
    assert_eq!(compared.code, Some(0), "{}", compared.stderr);
    let mut all: BTreeMap<String, Names> = BTreeMap::new();
    for (template, file) in &files {
        let text = folder.read(&format!("output/{file}"));
        let text = text.trim_start_matches("<dump><![CDATA[").trim_end_matches("]]></dump>");
        collect("", &Reader { rest: text }.value(), all.entry((*template).to_owned()).or_default());
    }
    for template in ["print/cover.txt", "print/head.txt", "print/foot.txt"] {
        all.insert(template.to_owned(), asked(&folder, template));
    }
    all
}

/// What a print template is given: the finding about a name that is not there tells those that are.
fn asked(folder: &Folder, template: &str) -> Names {
    let path = format!("templates/{template}");
    folder.write(&path, "left: {{ qqqq }}\n");
    let stderr = folder.run(&["build", SLUG, "--format", "pdf"]).stderr;
    fs::remove_file(folder.path(&path)).unwrap();
    let (_, known) = stderr.split_once("available variables: ").unwrap_or_else(|| panic!("{stderr}"));
    let known = known.lines().next().unwrap().split(", ").map(str::to_owned).collect();
    Names::from([(String::new(), known)])
}

/// A value of a context.
enum Value {
    Map(BTreeMap<String, Value>),
    List(Vec<Value>),
    Text(String),
    Other,
}

/// Adds the names in a value that stands at `place`.
fn collect(place: &str, value: &Value, names: &mut Names) {
    match value {
        Value::List(items) => {
            let place = SAME.iter().fold(format!("{place}[]"), |place, (long, short)| place.replace(long, short));
            items.iter().for_each(|item| collect(&place, item, names));
        }
        // The words stand in their own file.
        Value::Map(_) if place == "words" => {}
        Value::Map(map) => {
            let place = match (place.strip_suffix("blocks[]"), map.get("kind")) {
                (Some(before), Some(Value::Text(kind))) => format!("{before}blocks[{kind}]"),
                _ => SAME.iter().fold(place.to_owned(), |place, (long, short)| place.replace(long, short)),
            };
            names.entry(place.clone()).or_default().extend(map.keys().cloned());
            for (key, value) in map {
                let inside = if place.is_empty() { key.clone() } else { format!("{place}.{key}") };
                collect(&inside, value, names);
            }
        }
        Value::Text(_) | Value::Other => {}
    }
}

/// Reads a context as the template engine prints it: like JSON, with strings as Rust writes them, and nothing where there
/// is no value.
struct Reader<'t> {
    rest: &'t str,
}

impl Reader<'_> {
    fn value(&mut self) -> Value {
        if self.skip("{") {
            let mut map = BTreeMap::new();
            while !self.skip("}") {
                let Value::Text(key) = self.value() else { panic!("no key before {}", self.rest) };
                assert!(self.skip(": "));
                let value = self.value();
                self.skip(", ");
                map.insert(key, value);
            }
            Value::Map(map)
        } else if self.skip("[") {
            let mut list = Vec::new();
            while !self.skip("]") {
                list.push(self.value());
                self.skip(", ");
            }
            Value::List(list)
        } else if self.skip("\"") {
            Value::Text(self.text())
        } else {
            self.rest = self.rest.trim_start_matches(|c| !",]}".contains(c));
            Value::Other
        }
    }

    /// Up to the closing quote; escapes stay as they are.
    fn text(&mut self) -> String {
        let mut is_escaped = false;
        let end = self.rest.find(|c| {
            let ends = c == '"' && !is_escaped;
            is_escaped = c == '\\' && !is_escaped;
            ends
        });
        let (text, rest) = self.rest.split_at(end.unwrap());
        self.rest = &rest[1..];
        text.to_owned()
    }

    fn skip(&mut self, mark: &str) -> bool {
        let rest = self.rest.strip_prefix(mark);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }
}
