//! Tests a project's own style: colours and fonts in `templates/theme.toml`, words, numbers and dates in `templates/words/`.

#[expect(dead_code, reason = "what other tests do with a folder is not done here")]
#[path = "support/folder.rs"]
mod folder;
#[path = "support/html.rs"]
mod html;

use std::fs;

use folder::Folder;
use kessan::{
    check::{Counted, rule_names},
    diag::Findings,
    model::Words,
    project::Project,
};
use lopdf::content::Content;

const SLUG: &str = "acme-1q2026";

#[test]
fn one_colour_of_the_theme_changes_pages_and_print() {
    let folder = Folder::with("theme", &[SLUG]);
    let page = |name: &str| folder.read(&format!("output/{SLUG}/static/{name}"));
    let inks = || pdf_colours(&fs::read(folder.path(&format!("output/{SLUG}/{SLUG}.pdf"))).unwrap());
    assert_eq!(folder.run(&["build"]).code, Some(0));
    let (css, icon, before) = (page("theme.css"), page("icon.svg"), inks());
    assert!(css.contains("--accent: #1B365D;") && icon.contains("#1B365D"));
    assert!(before.contains(&"0.106 0.212 0.365".to_owned()), "{before:?}");

    folder.write("templates/theme.toml", "colour.accent = \"#7A1F3D\"\n");
    assert_eq!(folder.run(&["build", "--format", "html"]).code, Some(0));
    let charts = "  --series-0: #7A1F3D;\n  --series-1: #AF788A;\n  --series-2: #B9832F;\n";
    assert_eq!(page("theme.css").matches(charts).count(), 1, "charts begin with the accent and a tint of it");

    folder.write("templates/theme.toml", "colour.accent = \"#7A1F3D\"\ncolour.series = [\"#7A1F3D\", \"#00FF00\"]\n");
    assert_eq!(folder.run(&["build"]).code, Some(0));
    let series = |css: &str| css.matches("--series-0: #7A1F3D;").count();
    assert_eq!(
        page("theme.css").replace("#7A1F3D", "#1B365D").split("--series-0").next(),
        css.split("--series-0").next(),
        "nothing but the accent changes"
    );
    assert_eq!((series(&page("theme.css")), page("icon.svg").contains("#7A1F3D")), (1, true));
    let after = inks();
    assert!(after.contains(&"0.478 0.122 0.239".to_owned()) && !after.contains(&"0.106 0.212 0.365".to_owned()));
    assert!(after.contains(&"0 1 0".to_owned()), "the second series is drawn in its colour: {after:?}");
}

/// Every colour that text or shapes of a PDF are filled with.
fn pdf_colours(bytes: &[u8]) -> Vec<String> {
    let document = lopdf::Document::load_mem(bytes).unwrap();
    let mut colours = Vec::new();
    for (_, page) in document.get_pages() {
        let content = Content::decode(&document.get_page_content(page)).unwrap();
        let fills = content.operations.iter().filter(|operation| operation.operator == "rg");
        colours.extend(fills.map(|fill| {
            let parts: Vec<String> = fill.operands.iter().map(|part| part.as_float().unwrap().to_string()).collect();
            parts.join(" ")
        }));
    }
    colours
}

/// The languages that the program has words of.
fn languages() -> Vec<String> {
    let folder = fs::read_dir(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/words")).unwrap();
    let names = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut languages: Vec<String> = names.map(|name| name.strip_suffix(".toml").unwrap().to_owned()).collect();
    languages.sort();
    assert!(languages.len() >= 2, "{languages:?}");
    languages
}

fn words(language: &str) -> Words {
    let mut findings = Findings::new();
    let words = Project::load(std::path::Path::new(env!("CARGO_MANIFEST_DIR"))).0.words_of(language, &mut findings);
    assert!(findings.is_empty(), "{language}: {:?}", findings.sorted());
    words.unwrap()
}

#[test]
fn every_language_has_every_word() {
    let english = words("en");
    for (language, words) in languages().iter().map(|language| (language, words(language))) {
        let keys = |words: &Words| {
            let places = |text: &String| text.matches('{').count();
            let fixed: Vec<_> = words.words.iter().map(|(key, text)| (key.clone(), places(text))).collect();
            let styles = |styles: &std::collections::BTreeMap<String, _>| styles.keys().cloned().collect::<Vec<_>>();
            (fixed, styles(&words.change), styles(&words.direction))
        };
        assert_eq!(keys(&words), keys(&english), "{language}");
        assert_eq!((words.months.len(), words.rounding.len()), (12, 3), "{language}");
        let lacks = ["thousand", "million", "trillion"].into_iter().find(|scale| !words.scale.contains_key(*scale));
        assert_eq!(lacks, None, "{language}: every language has words of its own for some scales, and for these");
        let dated = words.format_date(kessan::model::Date { year: 2026, month: 8, day: 6 });
        assert!(dated.contains("2026") && dated.contains('6') && !dated.contains('{'), "{dated}");
    }
}

#[test]
fn every_rule_and_what_it_looks_at_has_a_name_for_readers() {
    let english = words("en");
    let is_named = |prefix: &str, name: &str| {
        let name = name.replace('-', "_");
        english.words.contains_key(&format!("{prefix}_{name}"))
    };
    let is_rule = |rule: &str| is_named("rule", rule) || is_named("family", rule);
    let rules = rule_names().filter(|rule| !is_rule(rule));
    let subjects = Counted::NAMES.iter().map(|(_, name)| *name).filter(|name| !is_named("looked", name));
    assert_eq!(rules.chain(subjects).collect::<Vec<_>>(), [""; 0], "templates/words/en.toml");
}

#[test]
fn a_language_need_not_name_output_formats() {
    let folder = Folder::with("formats", &[SLUG]);
    let path = format!("content/{SLUG}/release.toml");
    folder.write(&path, folder.read(&path).replace("language = \"en\"", "language = \"xx\""));
    let english = include_str!("../templates/words/en.toml");
    let without = english.replace("format_xlsx = \"Excel\"\n", "").replace("\"Markdown\"", "\"Plain text\"");
    assert!(!without.contains("format_xlsx") && without.contains("Plain text"));
    folder.write("templates/words/xx.toml", without);
    let built = folder.run(&["build"]);
    assert_eq!((built.code, built.stderr.lines().count()), (Some(0), 2), "{}", built.stderr);
    let page = html::parse(&folder.read(&format!("output/{SLUG}/index.html")));
    let text = |extension: &str| {
        let file = format!("{SLUG}.{extension}");
        page.find(&|element| element.attribute("href") == file).first().map(|link| link.text())
    };
    assert_eq!(text("xlsx").as_deref(), Some("Excel"), "the title of the format");
    assert_eq!(text("md").as_deref(), Some("Plain text"), "the word of the language");
}

#[test]
fn a_release_in_japanese_has_its_numbers_dates_and_words() {
    let folder = Folder::with("japanese", &[SLUG]);
    let path = format!("content/{SLUG}/release.toml");
    let release = folder
        .read(&path)
        .replace("language = \"en\"", "language = \"ja\"")
        .replace("in_sentences = \"€{}\", scale", "in_sentences = \"{}ユーロ\", scale");
    folder.write(&path, release);
    let built = folder.run(&["build", "--format", "html,markdown"]);
    assert_eq!((built.code, built.stderr.lines().count()), (Some(0), 2), "{}", built.stderr);

    let file = |name: &str| folder.read(&format!("output/{SLUG}/{name}"));
    let full = html::parse(&file("full.html"));
    let text = full.text();
    assert!(text.contains("2026年8月6日"), "{text}");
    assert!([">目次</h2>", "aria-label=\"ダウンロード\""].iter().all(|word| file("full.html").contains(word)));
    assert!(text.contains("1,284百万ユーロ, 8.1％増"), "{text}");
    assert!(full.find(&|element| element.name == "html").iter().all(|html| html.attribute("lang") == "ja"));
    let negatives = full.find(&|element| element.name == "data" && element.attribute("value").starts_with('-'));
    let cells: Vec<String> = negatives.iter().map(|data| data.text()).filter(|text| text.starts_with('△')).collect();
    assert!(cells.len() > 30 && cells.iter().any(|text| text == "△7"), "{cells:?}");
    assert!(negatives.iter().all(|data| !data.text().contains(['(', '-'])), "no other sign is mixed in");
    let spoken = full.find(&|element| !element.attribute("data-spoken").is_empty());
    assert!(spoken.len() >= cells.len() && spoken.iter().all(|cell| cell.attribute("data-spoken") == "マイナス"));
    assert!(full.find(&|element| element.attribute("class") == "mark" && element.text() == "未定").len() == 1);

    let markdown = file(&format!("{SLUG}.md"));
    assert!(markdown.contains("2026年8月6日") && markdown.contains("△7"), "{markdown}");
}
