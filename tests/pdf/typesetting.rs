//! Tests how Japanese is set: straight edges, marks close to one another, amounts that are never parted, and heads that break
//! between phrases, in a font with CFF outlines from a collection.

use kessan::{
    present::document::{Block, Document, Inline, Pair, Typesetting},
    render::pdf::{
        Face, Faces, FontRole, Layout, PrintAppearance, Style, built_in_templates, layout,
        page::{Item, Page, TextRun},
    },
};

use crate::sample;

/// Some hundred characters of Noto Sans CJK JP, the first face of the collection (SIL Open Font License 1.1, `OFL.txt`).
const FACE: &[u8] = include_bytes!("../form/static/fonts/NotoSansCJK-Regular.subset.ttc");

const LEAD: &str = "当連結会計年度の売上高は14,266百万円となりました。これは、「主力製品」「（新規）保守サービス」の２，３４５百万円の増加によるものです。\
一方、原材料価格の上昇により、営業利益は－1,405百万円、経常利益は1,381百万円（前期比5ポイント増）となりました。";

fn lay_out(blocks: Vec<Block>, typesetting: Typesetting) -> Layout {
    let mut document = sample::document();
    document.pages.truncate(1);
    document.pages[0].blocks = blocks;
    print(document, typesetting)
}

fn print(mut document: Document, typesetting: Typesetting) -> Layout {
    document.language = "ja".to_owned();
    document.typesetting = typesetting;
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

/// The left edges of the vertical rules of a page, each with its top and bottom.
fn vertical_rules(page: &Page) -> Vec<(f32, f32, f32)> {
    let rule = |item: &Item| match item {
        Item::Rule(rule) if rule.thickness > 3.0 * rule.width => {
            Some((rule.x, rule.y - rule.thickness / 2.0, rule.y + rule.thickness / 2.0))
        }
        _ => None,
    };
    page.items.iter().filter_map(rule).collect()
}

#[test]
fn boxed_tables_have_one_width_and_rules_from_head_to_foot() {
    let boxed = |id: &str, heads: &[&str], rows: &str| {
        let mut table = sample::table(id, "連結経営成績", heads, rows);
        table.boxed = true;
        Block::Table(Box::new(table))
    };
    let wide = boxed("wide", &["売上高", "営業利益", "経常利益"], "I0\t2026年\t1\t2\t3\nI0\t2025年\t4\t5\t6");
    // It begins like the wide one, and is as wide all the same.
    let narrow = boxed("narrow", &["売上高"], "I0\t2026年\t1\nI0\t2025年\t4");
    let page = &lay_out(vec![wide, narrow], japanese()).pages[0];
    let mut edges: Vec<i32> = vertical_rules(page).iter().map(|(x, ..)| (x * 10.0).round() as i32).collect();
    edges.sort_unstable();
    // A head and two rows of each table: five edges of the wide one, three of the narrow one, of which they share two.
    let count = |edge: &i32| edges.iter().filter(|other| *other == edge).count();
    let (first, last) = (edges[0], edges[edges.len() - 1]);
    assert_eq!((count(&first), count(&last), edges.len()), (6, 6, 3 * 5 + 3 * 3));
    assert!(((last - first) as f32 / 10.0 - (595.28 - 112.0)).abs() < 0.2, "{edges:?}");
    // Rules of one column touch each other.
    let mut left: Vec<_> =
        vertical_rules(page).into_iter().filter(|(x, ..)| (x * 10.0).round() as i32 == first).collect();
    left.sort_by(|a, b| a.1.total_cmp(&b.1));
    let gaps: Vec<f32> = left.windows(2).map(|pair| pair[1].1 - pair[0].2).collect();
    assert_eq!(gaps.iter().filter(|gap| **gap > 0.1).count(), 1, "{gaps:?}");
}

#[test]
fn names_stand_before_their_values_two_on_a_line() {
    let pair = |name: &str, value: &str| Pair { name: vec![sample::text(name)], value: vec![sample::paragraph(value)] };
    let long = "（役職名）代表取締役社長　（氏名）山田　太郎　（役職名）取締役管理本部長";
    let pairs = vec![pair("上場会社名", "株式会社例示製作所"), pair("コード番号", "1234"), pair("代表者", long)];
    let lines = lay_out(vec![Block::Pairs { pairs }], japanese()).pages[0].lines();
    let at = lines.iter().position(|line| line.contains("上場会社名")).expect("the first name");
    assert_eq!(lines[at], "上場会社名 | 株式会社例示製作所 | コード番号 | 1234");
    assert_eq!(lines[at + 1], format!("代表者 | {long}"));
}

#[test]
fn ideographic_spaces_of_the_masthead_are_printed() {
    let line = "上場会社名　株式会社例示製作所　　上場取引所　東";
    let mut document = sample::document();
    document.masthead = vec![line.to_owned()];
    document.language = "ja".to_owned();
    let lines = print(document, japanese()).pages[0].lines();
    assert!(lines.iter().any(|printed| printed == line), "{lines:?}");
}

#[test]
fn notes_have_the_marks_of_the_language() {
    let mark = Some("※1".to_owned());
    let mut document = sample::document();
    document.pages.truncate(1);
    document.notes[0].mark = mark.clone();
    let reference = Inline::NoteMark { number: 1, id: document.notes[0].id.clone(), occurrence: 1, mark };
    let text = vec![sample::text("売上高"), reference, sample::text("の増加")];
    document.pages[0].blocks = vec![Block::Paragraph { text }];
    let lines = print(document, japanese()).pages[0].lines();
    assert!(lines.iter().any(|line| line.contains("売上高※1の増加")), "{lines:?}");
    assert!(lines.iter().any(|line| line.starts_with("※1 |")), "{lines:?}");
}
