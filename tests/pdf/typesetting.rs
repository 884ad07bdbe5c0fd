//! Tests how Japanese is set: straight edges, marks close to one another, amounts that are never parted, and heads that break
//! between phrases, in a font with CFF outlines from a collection.

use kessan::{
    present::document::{Block, Document, Typesetting},
    render::pdf::{
        Face, Faces, FontRole, Layout, PrintAppearance, Style, built_in_templates, layout,
        page::{Page, TextRun},
    },
};

use crate::sample;

/// Some hundred characters of Noto Sans CJK JP, the first face of the collection (SIL Open Font License 1.1, `OFL.txt`).
const FACE: &[u8] = include_bytes!("../form/static/fonts/NotoSansCJK-Regular.subset.ttc");

const LEAD: &str = "当連結会計年度の売上高は14,266百万円となりました。これは、「主力製品」「（新規）保守サービス」の２，３４５百万円の増加によるものです。\
一方、原材料価格の上昇により、営業利益は－1,405百万円、経常利益は1,381百万円（前期比5ポイント増）となりました。";

fn lay_out(blocks: Vec<Block>, typesetting: Typesetting) -> Layout {
    let mut document: Document = sample::document();
    document.language = "ja".to_owned();
    document.typesetting = typesetting;
    document.pages.truncate(1);
    document.pages[0].blocks = blocks;
    let (style, templates) = (Style::default(), built_in_templates().expect("the templates parse"));
    let face = Face {
        name: "NotoSansCJKjp-Regular".to_owned(),
        font_role: FontRole::Regular,
        language: Some("ja".to_owned()),
        data: FACE.into(),
        index: 0,
    };
    let faces = Faces::built_in().with_face(face);
    let look = PrintAppearance {
        style: &style,
        faces: &faces,
        templates: &templates,
        places: None,
        attachments: &[],
        logo: None,
    };
    layout(&document, &look).expect("every character has a face")
}

fn japanese() -> Typesetting {
    Typesetting { justify: true, hang: "、。".to_owned(), note_mark: "※{number}".to_owned() }
}

/// The lines of text in the size of running text: their text, left and right edge.
fn body_lines(layout: &Layout) -> Vec<(String, f32, f32)> {
    let size = Style::default().body.size;
    let mut runs: Vec<&TextRun> = layout.pages.iter().flat_map(Page::runs).filter(|run| run.size == size).collect();
    runs.sort_by(|a, b| a.baseline.total_cmp(&b.baseline).then(a.x.total_cmp(&b.x)));
    let lines = runs.chunk_by(|a, b| a.baseline == b.baseline);
    lines
        .filter(|line| line.iter().any(|run| run.text.contains(|c: char| c > '\u{3000}')))
        .map(|line| {
            let text = line.iter().map(|run| run.text.as_str()).collect();
            let right = line.last().map_or(0.0, |run| run.x + run.width);
            (text, line.first().map_or(0.0, |run| run.x), right)
        })
        .collect()
}

#[test]
fn running_text_has_straight_edges_and_only_marks_hang() {
    let lines = body_lines(&lay_out(vec![sample::paragraph(&LEAD.repeat(3))], japanese()));
    assert!(lines.len() > 6, "{lines:?}");
    let (left, width) = (56.0, 595.28 - 112.0);
    let half = Style::default().body.size / 2.0;
    for (text, from, to) in &lines[..lines.len() - 1] {
        let lead = if text.starts_with(['（', '「']) { half } else { 0.0 };
        assert!((from + lead - left).abs() < 0.1, "{text} begins at {from}");
        // The square of a mark stands out by the half that it leaves free, and by all of it where it hangs.
        let out = if text.ends_with(['、', '。']) {
            vec![half, 2.0 * half]
        } else if text.ends_with(['）', '」']) {
            vec![half]
        } else {
            vec![0.0]
        };
        let over = to - (left + width);
        assert!(out.iter().any(|out| (over - out).abs() < 0.1), "{text} ends {over} beyond the edge");
    }
    let ragged = body_lines(&lay_out(vec![sample::paragraph(&LEAD.repeat(3))], Typesetting::default()));
    assert!(ragged.iter().any(|(_, _, to)| left + width - to > 2.0), "{ragged:?}");
}

#[test]
fn brackets_beside_brackets_are_as_wide_as_one() {
    let width = |typesetting| {
        body_lines(&lay_out(vec![sample::paragraph("は「主力製品」「（新規）保守」です")], typesetting))[0].2
    };
    let size = Style::default().body.size;
    let saved = width(Typesetting::default()) - width(japanese());
    // 」「 and 「（.
    assert!((saved - size).abs() < 0.1, "{saved}");
}

#[test]
fn amounts_are_never_parted() {
    for shift in 0..40 {
        let lines = body_lines(&lay_out(vec![sample::paragraph(&format!("{}{LEAD}", "の".repeat(shift)))], japanese()));
        for amount in ["14,266百万円", "２，３４５百万円", "－1,405百万円", "1,381百万円", "5ポイント"]
        {
            assert!(lines.iter().any(|(text, ..)| text.contains(amount)), "{amount} in {lines:?}");
        }
    }
}

/// The texts of the runs of the head, by their baselines.
fn head_lines(heads: &[&str]) -> Vec<String> {
    let rows = "I0\t売上高\t1\t2\t3\t4\t5\t6";
    let table = sample::table("t", "連結経営成績", heads, rows);
    let layout = lay_out(vec![Block::Table(Box::new(table))], japanese());
    let lines = layout.pages[0].lines();
    let from = lines.iter().position(|line| line.contains("連結経営成績")).expect("the caption");
    let to = lines.iter().rposition(|line| line.contains("売上高 |")).expect("the row");
    lines[from + 1..to].iter().flat_map(|line| line.split(" | ").map(str::to_owned)).collect()
}

#[test]
fn heads_break_between_phrases() {
    let long = "親会社株主に帰属する当期純利益";
    let found = head_lines(&[long, "売上高", "営業利益", "経常利益", "総資産", "純資産"]);
    let parts: Vec<&String> = found.iter().filter(|part| long.contains(part.as_str())).collect();
    assert!(!parts.is_empty(), "{found:?}");
    for part in parts {
        let ends = ["に", "する", "純利益"];
        assert!(ends.iter().any(|end| part.ends_with(end)), "{part} of {found:?}");
    }
    for whole in ["営業利益", "経常利益"] {
        assert!(found.iter().any(|part| part == whole), "{whole} in {found:?}");
    }
}

#[test]
fn text_of_a_language_is_in_its_font_signs_included() {
    let layout = lay_out(vec![sample::heading(1, "1株当たり△5.2％")], japanese());
    let runs = layout.pages[0].runs().find(|run| run.text.contains("株当たり")).expect("the heading");
    assert_eq!(runs.text, "1株当たり△5.2％");
}
