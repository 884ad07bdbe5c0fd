//! Plants wrong Japanese sentences, captions and heads into sound Japanese releases: the wrong ones are reported at their lines, and the
//! releases without them have no finding.

#[path = "support/copy.rs"]
mod copy;
#[path = "support/folder.rs"]
#[expect(dead_code, reason = "only the folder is needed here")]
mod folder;

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

use copy::copy;
use folder::Folder;

/// A release, and the file of what is planted into it.
const RELEASES: [(&str, &str); 2] = [("akebono-2026-03", "annual.txt"), ("akebono-2026-06", "quarter.txt")];

/// Wrong captions, heads and labels: a file of the annual release, what stands in it, and what it becomes.
const CELLS: [(&str, &str, &str, &str); 24] = [
    ("typed amount in a caption", "tables/statements.toml", "連結貸借対照表", "連結貸借対照表（総資産15,037百万円）"),
    ("typed amount in a caption", "tables/statements.toml", "連結貸借対照表", "連結貸借対照表（前期比5.9％増）"),
    (
        "typed amount in a caption",
        "tables/statements.toml",
        "連結損益計算書",
        "連結損益計算書（売上高１４，２６６百万円）",
    ),
    ("typed amount in a caption", "tables/statements.toml", "連結損益計算書", "連結損益計算書（従業員512名）"),
    ("typed amount in a caption", "tables/statements.toml", "連結損益計算書", "連結損益計算書（連結子会社5社）"),
    ("number in kanji in a caption", "tables/statements.toml", "連結損益計算書", "売上高百四十二億円の内訳"),
    ("number in kanji in a caption", "tables/statements.toml", "連結貸借対照表", "連結貸借対照表（三割増）"),
    ("wrong date in a caption", "tables/statements.toml", "（1）連結経営成績", "（1）2025年9月期の連結経営成績"),
    ("wrong date in a caption", "tables/statements.toml", "（1）連結経営成績", "（1）２０２２年３月期の連結経営成績"),
    ("typed amount in a head", "tables/statements.toml", "head = \"対前期増減率\"", "head = \"24.7％増\""),
    ("typed amount in a head", "tables/statements.toml", "\"当連結会計年度\"", "\"当連結会計年度（142億円）\""),
    ("number in kanji in a head", "tables/statements.toml", "head = \"対前期増減率\"", "head = \"二割五分の増加\""),
    (
        "wrong date in a head",
        "tables/statements.toml",
        "2025年4月1日から2026年3月31日まで",
        "2023年4月1日から2024年3月31日まで",
    ),
    ("wrong date in a head", "tables/statements.toml", "2025年4月1日から2026年3月31日まで", "２０２１年３月期"),
    ("typed amount in a label", "statements/income.toml", "label = \"営業外収益\"", "label = \"営業外収益61百万円\""),
    (
        "typed amount in a label",
        "statements/position.toml",
        "label = \"長期借入金\"",
        "label = \"長期借入金（利率１．５％）\"",
    ),
    (
        "number in kanji in a label",
        "statements/position.toml",
        "label = \"長期借入金\"",
        "label = \"長期借入金十九億円\"",
    ),
    ("wrong date in a label of a period", "release.toml", "label = \"2026年3月期\"", "label = \"2023年3月期\""),
    ("wrong date in a label of a period", "release.toml", "label = \"2026年3月31日\"", "label = \"2025年3月31日\""),
    ("era in a label of a period", "release.toml", "label = \"2026年3月31日\"", "label = \"令和9年3月31日\""),
    ("era in a label of a period", "release.toml", "label = \"2026年3月期\"", "label = \"令和9年3月期\""),
    ("year in words in a label of a period", "release.toml", "label = \"2026年3月期\"", "label = \"二〇二二年三月期\""),
    ("head of the other column", "tables/statements.toml", "\"当連結会計年度\"", "\"前連結会計年度（実績）\""),
    ("unit line of another scale", "tables/statements.toml", "（単位：千円）", "（単位：百万円）"),
];

fn home() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/planted_japanese")
}

/// Noto Sans JP (SIL Open Font License 1.1, `pdf/face/OFL.txt`): the program has no Japanese face of its own.
const JAPANESE_FACE: &[u8] = include_bytes!("pdf/face/NotoSansJP-Regular.level1.ttf");

/// A project with a release.
fn project(test: &str, slug: &str) -> Folder {
    let folder = Folder::new(test);
    copy(&home().join(slug), &folder.path(&format!("content/{slug}")));
    folder.write("static/fonts/NotoSansJP.ttf", JAPANESE_FACE);
    folder.write("templates/theme.toml", "[face.print.ja]\nregular = [\"NotoSansJP.ttf\"]\n");
    folder
}

/// The rules and messages found, by file and line.
type ByLine = BTreeMap<(String, u64), Vec<String>>;

fn check(folder: &Folder, slug: &str) -> ByLine {
    let output =
        folder.command(&["check", slug, "--message-format", "json"]).output().expect("the program runs").stdout;
    let report: serde_json::Value = serde_json::from_slice(&output).expect("JSON");
    let mut by_line = ByLine::new();
    for finding in report["findings"].as_array().expect("findings") {
        let place = (finding["file"].as_str().unwrap_or_default().to_owned(), finding["line"].as_u64().unwrap_or(0));
        let text = format!("{}: {}", finding["rule"].as_str().unwrap_or_default(), finding["message"]);
        by_line.entry(place).or_default().push(text);
    }
    by_line
}

/// The paragraphs of a file with their kinds.
fn paragraphs(file: &str) -> Vec<(String, String)> {
    let text = fs::read_to_string(home().join(file)).expect("the file");
    let mut kind = String::new();
    let mut all = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        match line.strip_prefix("## ") {
            Some(title) => kind = title.to_owned(),
            None if line.starts_with("# ") => {}
            None => all.push((kind.clone(), line.to_owned())),
        }
    }
    all
}

#[test]
fn sound_releases_have_no_finding() {
    for (slug, _) in RELEASES {
        let found = check(&project("sound", slug), slug);
        assert_eq!(found, ByLine::new(), "{slug}");
    }
}

#[test]
fn wrong_sentences_are_found() {
    let mut kinds: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    let (mut missed, mut messages) = (String::new(), String::new());
    for (slug, file) in RELEASES {
        let folder = project("wrong", slug);
        let page = format!("content/{slug}/99-planted.md");
        let paragraphs = paragraphs(file);
        let mut text = String::from("# 追加\n");
        paragraphs.iter().for_each(|(_, paragraph)| _ = write!(text, "\n{paragraph}\n"));
        folder.write(&page, &text);
        let by_line = check(&folder, slug);
        for (number, (kind, paragraph)) in paragraphs.iter().enumerate() {
            let found = by_line.get(&(page.clone(), 3 + 2 * number as u64));
            let count = kinds.entry(kind.clone()).or_default();
            count[0] += 1;
            count[1] += usize::from(found.is_some());
            match found {
                Some(found) => _ = writeln!(messages, "{kind}: {paragraph}\n    {}", found.join("\n    ")),
                None => _ = writeln!(missed, "{kind}: {paragraph}"),
            }
        }
    }
    println!("{messages}");
    println!("{:<32} planted  found", "kind");
    kinds.iter().for_each(|(kind, [planted, found])| println!("{kind:<32} {planted:>7}  {found:>5}"));
    let [all, found] = kinds.values().fold([0, 0], |sum, kind| [sum[0] + kind[0], sum[1] + kind[1]]);
    println!("{:<32} {all:>7}  {found:>5}\nmissed:\n{missed}", "all");
    assert!(all >= 150 && found * 100 >= all * 97, "{found} of {all} found; missed:\n{missed}");
}

#[test]
fn wrong_captions_heads_and_labels_are_found() {
    let mut missed = String::new();
    let slug = RELEASES[0].0;
    for (kind, file, right, wrong) in CELLS {
        let folder = project("cells", slug);
        let path = format!("content/{slug}/{file}");
        let text = folder.read(&path);
        assert!(text.contains(right), "{file} has no {right}");
        folder.write(&path, text.replacen(right, wrong, 1));
        if check(&folder, slug).is_empty() {
            _ = writeln!(missed, "{kind}: {wrong}");
        }
    }
    assert_eq!(missed, "");
}

#[test]
fn emphasis_beside_letters_is_set() {
    let slug = RELEASES[0].0;
    let folder = project("emphasis", slug);
    let run = folder.run(&["build", slug, "--format", "html"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let page = folder.read(&format!("output/{slug}/full.html"));
    let set = [
        "は<strong>「増収」</strong>となり",
        "（過去最高）</strong>と増加",
        "は<em>「黒字転換」</em>を",
        "は<strong>△から○</strong>へ",
    ];
    set.iter().for_each(|set| assert!(page.contains(set), "{set}"));
    assert!(!page.contains("**"), "raw asterisks");
}

/// Words of a language without spaces between words that puts a direction before its figure.
const THAI: &str = r#"
[prose]
up = ["เพิ่มขึ้น"]
down = ["ลดลง"]
joining = ["ร้อยละ"]
compounds = ["ไม่ลดลง"]
numerals = ["หนึ่งสอง"]
counters = ["บาท"]
"#;

#[test]
fn other_scripts_without_spaces_are_checked_too() {
    let slug = RELEASES[1].0;
    let folder = project("scripts", slug);
    let japanese = include_str!("../templates/words/ja.toml");
    let (fixed, _) = japanese.split_once("[prose]").expect("the words of a language");
    folder.write("templates/words/th.toml", format!("{fixed}{THAI}"));
    let release = format!("content/{slug}/release.toml");
    folder.write(&release, folder.read(&release).replace("language = \"ja\"", "language = \"th\""));
    folder.write(
        &format!("content/{slug}/01-overview.md"),
        "# ผล\n\n{{ \"income\" | table }}\n\nยอดขายลดลง{{ \"change(is.sales)\" | size }}\n\nยอดขายเพิ่มขึ้น{{ \"change(is.sales)\" | size }}\n\n\
         ราคา500บาท\n\n매출은 142억원\n\n营业收入3500万元\n\nยอดขายไม่ลดลง {{ \"is.sales\" | amount }}\n",
    );
    let page = format!("content/{slug}/01-overview.md");
    let found = check(&folder, slug);
    let of_page = found.iter().filter(|((file, _), _)| *file == page);
    let found: Vec<String> = of_page.map(|((_, line), found)| format!("{line} {}", found.join(", "))).collect();
    assert_eq!(
        found,
        [
            "7 wording: \"`เพิ่มขึ้น` stands beside an amount that fell\"",
            "9 prose: \"the number `500` is typed by hand\"",
            "11 prose: \"the number `142` is typed by hand\"",
            "13 prose: \"the number `3500` is typed by hand\"",
        ]
    );
}
