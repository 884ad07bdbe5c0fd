//! A release in two languages: `tests/data/bilingual/` has a Japanese original whose summary and statements are translated into
//! English.

#[expect(dead_code, reason = "what other tests do with a folder is not done here")]
#[path = "support/folder.rs"]
mod folder;

use std::{fs, path::Path};

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

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() { copy(&entry.path(), &to) } else { _ = fs::copy(entry.path(), &to).unwrap() }
    }
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
