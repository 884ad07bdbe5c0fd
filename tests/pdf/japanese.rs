//! Tests a release in Japanese: line breaks are valid, wide glyphs do not overlap, and digits are aligned.

use kessan::{
    present::document::{Block, Document},
    render::pdf::{
        Face, FaceData, Faces, FontRole, PrintAppearance, Style, built_in_templates, layout, page::Page, pdf,
    },
};

use crate::{promises, sample};

/// A few hundred characters of Noto Sans JP (SIL Open Font License 1.1, `face/OFL.txt`).
const FACE: &[u8] = include_bytes!("face/NotoSansJP-Regular.subset.ttf");

const LEAD: &str = "当連結会計年度の売上高は、システム構築に対する企業の投資抑制の影響を受け、前連結会計年度比2.5％減の68,006百万円となりました。\
一方、接続サービスおよびアウトソーシング・サービスは堅調に推移し、「IIJモバイル」の契約数は32,315件（前年同期末比64.1％増）となりました。\
営業利益は、売上総利益率の改善と販売費及び一般管理費の減少により、前連結会計年度比16.9％増の3,412百万円となりました。";

const ROWS: &str = "\
T0\t売上高\t69,731\t68,006\t△2.5％
I1\t接続サービスおよびアウトソーシング・サービス売上高\t35,076\t36,972\t5.4％
I1\tシステム構築（SI）売上高\t33,647\t30,071\t△10.6％
I1\t機器販売売上高\t985\t756\t△23.2％
S0\t営業利益\t2,917\t3,412\t16.9％
I0\t法人税等、持分法による投資損益考慮前の当期純利益^1\t2,034\t2,859\t40.5％
T0\t当社株主に帰属する当期純利益\t1,419\t2,234\t57.4％";

fn document() -> Document {
    let mut document = sample::document();
    document.language = "ja".to_owned();
    document.issuer = "株式会社インターネットの例".to_owned();
    document.title = vec![sample::text("平成22年３月期　決算短信〔米国基準〕（連結）")];
    document.masthead = vec!["上場取引所：東京".to_owned()];
    document.date.text = "平成22年5月14日".to_owned();
    let words = [("page_of", "{page}／{pages}頁"), ("continued", "（続き）")];
    document.words.extend(words.map(|(key, word)| (key.to_owned(), word.to_owned())));
    document.notes.truncate(1);
    document.notes[0].text = vec![sample::text("営業利益から持分法による投資損益を除いた利益です。")];
    let mut table =
        sample::table("results", "（１）連結経営成績", &["前連結会計年度", "当連結会計年度", "増減率"], ROWS);
    table.unit_line = vec![sample::text("（単位：百万円）")];
    document.pages.truncate(1);
    document.pages[0].blocks = vec![
        sample::heading(1, "当期の経営成績に関する分析"),
        sample::paragraph(LEAD),
        Block::Table(Box::new(table)),
        sample::paragraph(LEAD),
    ];
    document
}

fn face(name: &str, data: FaceData) -> Face {
    Face { name: name.to_owned(), font_role: FontRole::Regular, language: None, data, index: 0 }
}

/// The style of a release with a Japanese face behind the built-in ones.
pub fn look<T>(write: impl FnOnce(&PrintAppearance) -> T) -> T {
    let (style, templates) = (Style::default(), built_in_templates().expect("the templates parse"));
    let face = face("NotoSansJP-Regular", FACE.into());
    let faces = Faces::built_in().with_face(face);
    write(&PrintAppearance {
        style: &style,
        faces: &faces,
        templates: &templates,
        places: None,
        attachments: &[],
        logo: None,
    })
}

#[test]
fn a_japanese_release_is_set_in_the_face_that_has_its_characters() {
    let layout = look(|look| layout(&document(), look)).expect("every character has a face");
    let text: Vec<String> = layout.pages.iter().map(|page| page.lines().join("\n")).collect();
    snapbox::assert_data_eq!(text.join("\n\n=====\n\n") + "\n", snapbox::file!["japanese.txt"]);
    promises::inside_the_margins(&layout, [50.0, 50.0, 50.0, 50.0]);
    promises::nothing_overlaps(&layout);
    promises::notes_where_their_marks_are(&layout);
}

/// The rules of JIS X 4051 that Unicode's line breaking keeps: no closing mark begins a line, no opening mark ends one.
#[test]
fn lines_break_where_japanese_may() {
    let layout = look(|look| layout(&document(), look)).expect("every character has a face");
    let lines: Vec<String> = layout.pages.iter().flat_map(Page::lines).collect();
    let text: Vec<&String> = lines.iter().filter(|line| line.chars().count() > 30).collect();
    assert!(text.len() >= 6, "{text:?}");
    for line in text {
        assert!(!line.starts_with(['、', '。', '）', '」', '％', '・', 'ー', 'ょ']), "{line}");
        assert!(!line.ends_with(['（', '「']), "{line}");
    }
}

/// The file stays in `target/tmp` for outside validators and for eyes.
#[test]
fn a_japanese_release_is_written() {
    let bytes = look(|look| pdf(&document(), look)).expect("every character has a face");
    assert!(bytes.len() < 200_000, "{} bytes", bytes.len());
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("japanese.pdf");
    std::fs::write(path, bytes).expect("the target folder can be written");
}

#[test]
fn a_face_without_outlines_is_a_finding() {
    let mut outlines = FACE.to_vec();
    let table = outlines.windows(4).position(|tag| tag == b"glyf").expect("the face has outlines");
    outlines[table..table + 4].copy_from_slice(b"CFF ");
    for data in [outlines, b"no font".to_vec()] {
        let faces = Faces::new(vec![face("Other", data.into())]);
        let found = look(|look| layout(&document(), &PrintAppearance { faces: &faces, ..*look })).unwrap_err();
        let messages: Vec<&str> = found.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(messages, ["`Other` has neither TrueType nor CFF outlines"]);
    }
}
