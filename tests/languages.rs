//! A release in two languages: `tests/data/bilingual/` has a Japanese original whose summary and statements are translated into
//! English.

#[path = "support/copy.rs"]
mod copy;
#[expect(dead_code, reason = "what other tests do with a folder is not done here")]
#[path = "support/folder.rs"]
mod folder;

use std::{collections::BTreeMap, path::Path};

use copy::copy;
use folder::Folder;

const SLUG: &str = "minato-fy2026";
/// Noto Sans JP (SIL Open Font License 1.1, `pdf/face/OFL.txt`): the program has no Japanese face of its own.
const JAPANESE_FACE: &[u8] = include_bytes!("pdf/face/NotoSansJP-Regular.level1.ttf");

/// A project with the release and a face for print.
fn project(test: &str) -> Folder {
    let folder = Folder::new(test);
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/bilingual"), &folder.0);
    folder.write("static/fonts/NotoSansJP.ttf", JAPANESE_FACE);
    folder.write("templates/theme.toml", "[face.print]\nregular = [\"SourceSans3-Regular.ttf\", \"NotoSansJP.ttf\"]\n");
    folder
}

impl Folder {
    /// Replaces what a file of the release has exactly once.
    fn replace(&self, file: &str, from: &str, to: &str) {
        let path = format!("content/{SLUG}/{file}");
        let text = self.read(&path);
        assert_eq!(text.matches(from).count(), 1, "{from} in {path}");
        self.write(&path, text.replace(from, to));
    }

    fn build(&self, args: &[&str], code: i32) {
        let built = self.run(&[&["build"], args].concat());
        assert_eq!(built.code, Some(code), "{}", built.stderr);
    }

    /// A file of the built release.
    fn output(&self, file: &str) -> String {
        self.read(&format!("output/{SLUG}/{file}"))
    }
}

// One set of data for all languages.

/// A text that is still to be translated is blank in a draft, although the pages of the draft show that of the original.
#[test]
fn a_draft_has_no_text_of_the_original_among_the_translations() {
    let folder = project("draft");
    folder.replace("statements/income.toml", "{ ja = \"売上高\", en = \"Net sales\" }", "\"売上高\"");
    folder.build(&["--draft", "--format", "html,csv,json"], 1);
    assert!(folder.output("en/index.html").contains("売上高"));
    let table = folder.output("tables/results.csv");
    let sales = table.lines().find(|line| line.starts_with("sales,")).unwrap();
    assert!(sales.ends_with("change(is.sales)@fy2026,,\"11,439\",\"14,266\",24.7%"), "{sales}");
    assert!(!folder.output(&format!("{SLUG}.json")).contains("\"en\": \"売上高\""));
}

/// The tables attached to a PDF, by name.
fn attachments(pdf: &Path) -> Vec<(String, String)> {
    let file = lopdf::Document::load(pdf).unwrap();
    let specs = file.objects.values().filter_map(|object| object.as_dict().ok());
    let specs =
        specs.filter(|dict| dict.get(b"Type").and_then(lopdf::Object::as_name).is_ok_and(|name| name == b"Filespec"));
    let attached = specs.map(|spec| {
        let stream = spec.get(b"EF").unwrap().as_dict().unwrap().get(b"F").unwrap().as_reference().unwrap();
        let bytes = file.get_object(stream).unwrap().as_stream().unwrap().decompressed_content().unwrap();
        let name = String::from_utf8_lossy(spec.get(b"F").unwrap().as_str().unwrap()).into_owned();
        (name, String::from_utf8(bytes).unwrap())
    });
    attached.collect()
}

#[test]
fn a_pdf_has_the_tables_of_its_language() {
    let folder = project("attached");
    folder.replace("release.toml", "[release]\n", "[release]\nattach = [\"tables\"]\n");
    folder.build(&["--format", "pdf"], 0);
    let of = |file: &str| attachments(&folder.path(&format!("output/{SLUG}/{file}{SLUG}.pdf")));
    let (original, translation) = (of(""), of("en/"));
    assert_eq!([original.len(), translation.len()], [6, 5]);
    let income = |tables: &[(String, String)]| tables.iter().find(|(name, _)| name == "income.csv").unwrap().1.clone();
    assert!(income(&original).contains("\nsales,売上高,is.sales,"), "{}", income(&original));
    assert!(income(&translation).contains("\nsales,Net sales,is.sales,\"11,439\""), "{}", income(&translation));
    assert!(!income(&translation).contains("label_"));
}

// The list of releases, feeds and sitemap.

#[test]
fn each_language_has_a_list_and_a_feed() {
    let folder = project("lists");
    folder.write(
        "content/site.toml",
        "[site]\nurl = \"https://ir.example.com/\"\ntitle = { ja = \"決算短信等\", en = \"Results\" }\npublisher = \"IR\"\n",
    );
    folder.build(&["--format", "html"], 0);
    let lists =
        ["404.html", "feed.en.xml", "feed.xml", "index.en.html", "index.html", "manifest.json", SLUG, "robots.txt"];
    assert_eq!(folder.names("output"), [&lists[..], &["sitemap.xml", "static"]].concat());
    let [japanese, english] = ["index.html", "index.en.html"].map(|file| folder.read(&format!("output/{file}")));
    assert!(japanese.contains("<h1 dir=\"auto\">決算短信等</h1>") && japanese.contains("minato-fy2026/index.html"));
    assert!(english.contains("<h1 dir=\"auto\">Results</h1>") && english.contains("minato-fy2026/en/index.html"));
    assert!(english.contains("Minato Instruments Co., Ltd.") && !english.contains("港計器"), "{english}");
    for page in [&japanese, &english] {
        assert!(page.contains("<link rel=\"alternate\" hreflang=\"ja\" href=\"https://ir.example.com/\">"), "{page}");
        let other = "<link rel=\"alternate\" hreflang=\"en\" href=\"https://ir.example.com/index.en.html\">";
        assert!(page.contains(other), "{page}");
    }
    let feed = folder.read("output/feed.en.xml");
    assert!(feed.contains("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">"), "{feed}");
    assert!(feed.contains("<id>tag:ir.example.com,2026:minato-fy2026/en</id>"), "{feed}");
    assert!(folder.read("output/feed.xml").contains("<id>tag:ir.example.com,2026:minato-fy2026</id>"));
    let page = folder.output("en/index.html");
    assert!(page.contains("href=\"../../index.en.html\"") && page.contains("href=\"../../feed.en.xml\""), "{page}");
    let page = folder.output("index.html");
    assert!(page.contains("href=\"../index.html\"") && page.contains("href=\"../feed.xml\""), "{page}");
    assert_eq!(folder.run(&["verify"]).code, Some(0));
}

#[test]
fn the_sitemap_says_where_a_page_is_in_other_languages() {
    let folder = project("sitemap");
    folder.build(&["--format", "html"], 0);
    let text = folder.read("output/sitemap.xml");
    let sitemap = roxmltree::Document::parse(&text).unwrap();
    let pages = sitemap.root_element().children().filter(roxmltree::Node::is_element).map(|page| {
        let link =
            |node: roxmltree::Node| Some((node.attribute("hreflang")?.to_owned(), node.attribute("href")?.to_owned()));
        let address = page.first_element_child().unwrap().text().unwrap().trim_start_matches("https://ir.example.com/");
        (address.to_owned(), page.children().filter_map(link).collect::<BTreeMap<_, _>>())
    });
    let pages: BTreeMap<_, _> = pages.collect();
    let release = format!("{SLUG}/");
    let names = ["", "en/", "en/full.html", "en/statements.html", "full.html", "outlook.html", "statements.html"];
    let expected =
        ["".to_owned(), "index.en.html".to_owned()].into_iter().chain(names.map(|name| format!("{release}{name}")));
    assert_eq!(pages.keys().cloned().collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    assert!(pages[&format!("{release}outlook.html")].is_empty());
    for (address, alternates) in pages.iter().filter(|(_, alternates)| !alternates.is_empty()) {
        let own = format!("https://ir.example.com/{address}");
        assert!(alternates.len() == 2 && alternates.values().any(|known| *known == own), "{address}: {alternates:?}");
        // What is the other for one is the other for the other.
        for other in alternates.values() {
            assert_eq!(&pages[other.trim_start_matches("https://ir.example.com/")], alternates, "{address}");
        }
    }
}

#[test]
fn a_list_in_the_language_of_index_html_leads_to_it() {
    let folder = project("later");
    assert_eq!(folder.run(&["new", "later"]).code, Some(0));
    folder.build(&["--format", "html"], 0);
    let [main, english, japanese] =
        ["index.html", "index.en.html", "index.ja.html"].map(|file| folder.read(&format!("output/{file}")));
    assert!(main.contains("<html lang=\"en\">") && english.contains("<html lang=\"en\">"));
    assert!(english.contains("<link rel=\"canonical\" href=\"https://ir.example.com/\">"), "{english}");
    // A translation is listed in the language of the list, and a release without the language is not.
    for list in [&main, &english] {
        assert!(list.contains("minato-fy2026/en/index.html") && list.contains("later/index.html"), "{list}");
    }
    assert!(japanese.contains("minato-fy2026/index.html") && !japanese.contains("later/"), "{japanese}");
    assert!(japanese.contains("href=\"index.html\" lang=\"en\" hreflang=\"en\""), "{japanese}");
}

#[test]
fn a_translation_that_is_published_later_says_so_in_its_title() {
    let folder = project("delayed");
    folder.replace("release.toml", "[release.en]\n", "[release.en]\ndelayed = true\n");
    folder.build(&["--format", "html,pdf,markdown"], 0);
    let title = "[Delayed] Financial Results for the Fiscal Year Ended March 31, 2026";
    for file in ["en/index.html", "en/full.html"] {
        assert!(folder.output(file).contains(&format!("<h1 class=\"title\" dir=\"auto\">{title}</h1>")), "{file}");
    }
    assert!(folder.read("output/index.en.html").contains(title));
    assert!(folder.output(&format!("en/{SLUG}.md")).contains("Delayed"));
    let pdf = lopdf::Document::load(folder.path(&format!("output/{SLUG}/en/{SLUG}.pdf"))).unwrap();
    assert!(pdf.extract_text(&[1]).unwrap().contains("[Delayed]"));
    assert!(!folder.read("output/index.html").contains("Delayed") && !folder.output("index.html").contains("Delayed"));
}

#[test]
fn the_check_report_is_linked_to_in_its_own_language() {
    let folder = project("checks");
    folder.replace("release.toml", "[release]\n", "[release]\npublish_checks = true\n");
    folder.build(&["--format", "html"], 0);
    assert!(folder.output("en/index.html").contains("<a href=\"../checks.html\" hreflang=\"ja\">Check report</a>"));
    assert!(folder.output("index.html").contains("<a href=\"checks.html\">検算報告</a>"));
    assert!(folder.output("checks.html").contains("<html lang=\"ja\">"));
}

// Explanations.

#[test]
fn a_figure_is_explained_in_every_language() {
    let folder = project("explain");
    let explained = folder.run(&["explain", "is.sales@fy2026", SLUG]);
    assert_eq!(explained.code, Some(0), "{}", explained.stderr);
    let shown: Vec<_> = explained.stdout.lines().filter(|line| line.starts_with("  shown in   page ")).collect();
    assert!(shown.iter().any(|line| line.contains("page summary [ja] as 14266 JPY million")), "{shown:?}");
    let english = shown.iter().find(|line| line.contains("page summary [en] as 14266 JPY million")).unwrap();
    assert!(english.contains("content/minato-fy2026/01-summary.en.md:"), "{english}");
    assert!(
        explained.stdout.contains("  shown in   results/sales/2 [en] as 14266 JPY million"),
        "{}",
        explained.stdout
    );
}

#[test]
fn coverage_counts_an_amount_once() {
    let folder = project("coverage");
    let checked = folder.run(&["check", "--coverage"]);
    assert!(checked.stdout.starts_with("minato-fy2026: 22 of 30 entered amounts are covered"), "{}", checked.stdout);
}
