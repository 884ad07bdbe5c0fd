//! Builds each starter of `kessan new` as it is laid out: no finding in any format, and nearly every entered amount is covered.

#[expect(dead_code, reason = "what other tests do with a folder is not done here")]
#[path = "support/folder.rs"]
mod folder;

use folder::Folder;
use kessan::Starter;
use snapbox::{assert_data_eq, str};

/// Noto Sans JP (SIL Open Font License 1.1, `pdf/face/OFL.txt`) with the letters, kana and kanji of rows 1 to 47 of JIS X 0208:
/// the program has no Japanese face of its own.
const JAPANESE_FACE: &[u8] = include_bytes!("pdf/face/NotoSansJP-Regular.level1.ttf");

/// A project for one test with the starter as release `acme`, and a face for print that has its letters.
fn started(test: &str, starter: &Starter) -> Folder {
    let folder = Folder::new(&format!("{test}-{}", starter.name));
    let new = folder.run(&["new", "acme", "--starter", starter.name]);
    assert_eq!(new.code, Some(0), "{}", new.stderr);
    assert!(new.stdout.contains("wrote content/acme/release.toml\n"), "{}", new.stdout);
    folder.write("static/fonts/NotoSansJP.ttf", JAPANESE_FACE);
    folder.write("templates/theme.toml", "[face.print]\nregular = [\"SourceSans3-Regular.ttf\", \"NotoSansJP.ttf\"]\n");
    folder
}

#[test]
fn every_starter_builds_in_every_format_without_a_finding() {
    for starter in Starter::ALL {
        let folder = started("formats", starter);
        let build = folder.run(&["build"]);
        assert_eq!((build.code, build.stdout.as_str()), (Some(0), ""), "{}: {}", starter.name, build.stderr);
        assert_data_eq!(
            build.stderr,
            str![[r#"
kessan: acme: built [..] files in output/acme
kessan: open output/index.html in a browser

"#]]
        );
        for path in ["index.html", "acme.md", "acme.pdf", "acme.xlsx", "acme.csv", "acme.json"] {
            assert!(folder.path("output/acme").join(path).is_file(), "{}: {path}", starter.name);
        }
        // Every place of a pattern is filled.
        assert!(!folder.read("output/acme/acme.md").contains('{'), "{}", starter.name);
        let is_translated = folder.path("content/acme/01-summary.en.md").is_file();
        for path in ["index.html", "full.html", "acme.md", "acme.pdf"] {
            assert_eq!(folder.path("output/acme/en").join(path).is_file(), is_translated, "{}: {path}", starter.name);
        }
    }
}

/// A text that a writer takes from the original instead of its translation would be Japanese on an English page.
#[test]
fn translated_pages_have_no_text_of_the_original() {
    let folder = started("translated", Starter::by_name("tanshin").unwrap());
    assert_eq!(folder.run(&["build", "--format", "html,markdown"]).code, Some(0));
    let is_japanese =
        |c: &char| matches!(*c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}');
    let files = folder.names("output/acme/en");
    assert!(files.len() > 5, "{files:?}");
    for file in files.iter().filter(|file| file.ends_with(".html") || file.ends_with(".md")) {
        // The name of the other language is written in that language, and anchors are those of the original.
        let text = folder.read(&format!("output/acme/en/{file}")).replace("日本語", "");
        let text = text.replace(" href=\"#", " id=\"");
        let texts = text.split(" id=\"").map(|part| part.split_once('"').map_or(part, |(_, rest)| rest));
        let found: String = texts.flat_map(str::chars).filter(is_japanese).collect();
        assert_eq!(found, "", "{file}");
    }
}

#[test]
fn nearly_every_amount_of_a_starter_is_covered() {
    for (starter, least) in [("quarter", 85.0), ("tanshin", 98.0), ("annual", 98.0)] {
        let starter = Starter::by_name(starter).unwrap();
        let folder = started("coverage", starter);
        let check = folder.run(&["check", "--coverage"]);
        assert_data_eq!(check.stderr, "kessan: acme: no findings; [..] rules had something to look at[..]\n");
        let (_, percent) = check.stdout.split_once(" are covered (").unwrap();
        let percent: f64 = percent.split_once('%').unwrap().0.parse().unwrap();
        assert!(percent >= least, "{}", check.stdout);
    }
}

#[test]
fn a_release_starts_as_a_quarter_unless_another_starter_is_named() {
    let folder = Folder::new("default");
    assert_eq!(folder.run(&["new", "unnamed"]).code, Some(0));
    assert_eq!(folder.run(&["new", "named", "--starter", "quarter"]).code, Some(0));
    assert_eq!(folder.run(&["new", "other", "--starter", "tanshin"]).code, Some(0));
    assert_eq!(folder.names("content/unnamed"), folder.names("content/named"));
    let release = |slug| folder.read(&format!("content/{slug}/release.toml"));
    assert_eq!(release("unnamed"), release("named"));
    assert_ne!(release("unnamed"), release("other"));
}

#[test]
fn an_unknown_starter_is_an_error_that_names_the_known_ones() {
    let folder = Folder::new("unknown");
    let new = folder.run(&["new", "acme", "--starter", "anual"]);
    assert_eq!((new.code, new.stdout.as_str()), (Some(2), ""));
    assert_data_eq!(
        new.stderr,
        str![[r#"
error: invalid value 'anual' for '--starter <NAME>'
  [possible values: quarter, tanshin, annual]

  tip: a similar value exists: 'annual'

For more information, try '--help'.

"#]]
    );
    assert!(!folder.path("content").exists());
}

#[test]
fn a_starter_without_a_name_for_the_release_is_an_error() {
    let folder = Folder::new("nameless");
    let new = folder.run(&["new", "--starter", "tanshin"]);
    assert_eq!(new.code, Some(2));
    assert!(new.stderr.contains("<SLUG>"), "{}", new.stderr);
    assert_eq!(folder.run(&["new", "--templates"]).code, Some(0));
}

#[test]
fn help_tells_what_each_starter_is() {
    let help = Folder::new("help").run(&["new", "--help"]).stdout;
    let in_one_line = help.split_whitespace().collect::<Vec<_>>().join(" ");
    for starter in Starter::ALL {
        assert!(in_one_line.contains(&format!("- {}: {}", starter.name, starter.title())), "{help}");
    }
}
