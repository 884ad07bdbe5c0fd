//! What a finding looks like, whole.

use std::{ops::Range, sync::Arc};

use snapbox::{assert_data_eq, str};

use super::{Diagnostic, Place, Source, human};

const INCOME: &str = "\
[[line]]
id = \"total_revenues\"
sum = [\"network\", \"equipment\"]
values = [69_730_730, 68_006_830]

[[line]]
id = \"network\"
values = [1, 2]
";

fn income() -> Arc<Source> {
    Source::new("content/acme/statements/income.toml", INCOME)
}

/// The place of the first `words` in the source.
fn place(source: &Arc<Source>, words: &str) -> Place {
    let start = source.text.find(words).unwrap();
    Place::new(source, start..start + words.len())
}

fn shown(finding: Diagnostic) -> String {
    human(&[finding], false)
}

/// What is shown for a place in a file of one's own.
fn shown_at(text: &str, span: Range<usize>) -> String {
    shown(Diagnostic::error("load", "here").at(&Place::new(&Source::new("a.toml", text), span), "this"))
}

#[test]
fn a_broken_footing() {
    let source = income();
    let finding = Diagnostic::error("footing", "the parts of `is.total_revenues` do not add up to it")
        .at(&place(&source, "68_006_830"), "fy2009: the parts make 68,006,380, stated is 68,006,830")
        .note("the difference, 450, is divisible by 9: are two digits swapped?")
        .note("6 relations break together;\nall hold again if this value is 68,006,380")
        .help("write `68_006_380`");
    assert_data_eq!(
        shown(finding),
        str![[r#"
error[footing]: the parts of `is.total_revenues` do not add up to it
 --> content/acme/statements/income.toml:4:23
  |
4 | values = [69_730_730, 68_006_830]
  |                       ^^^^^^^^^^ fy2009: the parts make 68,006,380, stated is 68,006,830
  |
  = note: the difference, 450, is divisible by 9: are two digits swapped?
  = note: 6 relations break together;
          all hold again if this value is 68,006,380
  = help: write `68_006_380`


"#]]
    );
}

#[test]
fn places_of_one_file_share_an_excerpt_and_other_files_follow() {
    let (source, other) = (income(), Source::new("content/acme/release.toml", "title = \"x\"\nperiod = 1\n"));
    let finding = Diagnostic::warning("unused", "line `network` is summed twice")
        .at(&place(&source, "values = [1, 2]"), "")
        .with(&place(&source, "\"network\""), "first summed here")
        .with(&place(&source, "\"equipment\""), "and beside it")
        .with(&place(&other, "period"), "declared here");
    assert_data_eq!(
        shown(finding),
        str![[r#"
warning[unused]: line `network` is summed twice
 --> content/acme/statements/income.toml:8:1
  |
3 | sum = ["network", "equipment"]
  |        ---------  ----------- and beside it
  |        |
  |        first summed here
...
8 | values = [1, 2]
  | ^^^^^^^^^^^^^^^
  |
 ::: content/acme/release.toml:2:1
  |
2 | period = 1
  | ------ declared here


"#]]
    );
}

#[test]
fn the_line_between_two_marked_ones_is_shown() {
    let source = income();
    let finding =
        Diagnostic::error("load", "two").at(&place(&source, "[[line]]"), "one").with(&place(&source, "sum"), "two");
    assert_data_eq!(
        shown(finding),
        str![[r#"
error[load]: two
 --> content/acme/statements/income.toml:1:1
  |
1 | [[line]]
  | ^^^^^^^^ one
2 | id = "total_revenues"
3 | sum = ["network", "equipment"]
  | --- two


"#]]
    );
}

#[test]
fn a_finding_without_a_place() {
    assert_data_eq!(
        shown(Diagnostic::io("input", "cannot read `content`: no such folder")),
        str![[r#"
error[input]: cannot read `content`: no such folder


"#]]
    );
    assert_data_eq!(
        shown(Diagnostic::error("slug", "no").help("do")),
        str![[r#"
error[slug]: no
 |
 = help: do


"#]]
    );
}

#[test]
fn full_width_text_is_aligned() {
    let source = Source::new("a.toml", "売上高 = [\"合計\", 12]\n");
    let finding =
        Diagnostic::error("load", "数").at(&place(&source, "12"), "億円").with(&place(&source, "\"合計\""), "");
    assert_data_eq!(
        shown(finding),
        str![[r#"
error[load]: 数
 --> a.toml:1:14
  |
1 | 売上高 = ["合計", 12]
  |           ------  ^^ 億円


"#]]
    );
}

#[test]
fn tabs_are_as_wide_as_they_are_drawn() {
    assert_data_eq!(
        shown_at("\tid\t= 1\n", 5..6),
        str![[r#"
error[load]: here
 --> a.toml:1:6
  |
1 |     id    = 1
  |            ^ this


"#]]
    );
}

#[test]
fn lines_may_end_as_windows_ends_them() {
    assert_data_eq!(
        shown_at("a = 1\r\nb = 2\r\nc = 3\r\n", 11..14),
        str![[r#"
error[load]: here
 --> a.toml:2:5
  |
2 | b = 2
  |     ^ this


"#]]
    );
}

#[test]
fn an_empty_file_has_a_place() {
    assert_data_eq!(
        shown_at("", 0..0),
        str![[r#"
error[load]: here
 --> a.toml:1:1
  |
1 |
  | ^ this


"#]]
    );
}

#[test]
fn the_end_of_a_file_has_a_place() {
    assert_data_eq!(
        shown_at("a = 1\nb = [", 11..11),
        str![[r#"
error[load]: here
 --> a.toml:2:6
  |
2 | b = [
  |      ^ this


"#]]
    );
    assert_data_eq!(
        shown_at("a = 1\nb = [\n", 12..12),
        str![[r#"
error[load]: here
 --> a.toml:3:1
  |
3 |
  | ^ this


"#]]
    );
}

#[test]
fn a_place_of_several_lines_is_shown_by_its_first() {
    assert_data_eq!(
        shown_at("a = \"\"\"\nb\nc\n", 4..12),
        str![[r#"
error[load]: here
 --> a.toml:1:5
  |
1 | a = """
  |     ^^^ this


"#]]
    );
}

#[test]
fn a_place_outside_the_file_or_within_a_character_is_moved_in() {
    assert_data_eq!(
        shown_at("a = 1\n", 90..99),
        str![[r#"
error[load]: here
 --> a.toml:2:1
  |
2 |
  | ^ this


"#]]
    );
    assert_data_eq!(
        shown_at("年 = 1\n", 1..2),
        str![[r#"
error[load]: here
 --> a.toml:1:1
  |
1 | 年 = 1
  | ^ this


"#]]
    );
    #[expect(clippy::reversed_empty_ranges, reason = "a span that ends before it begins must not panic")]
    let reversed = 4..1;
    assert_data_eq!(
        shown_at("a = 1\n", reversed),
        str![[r#"
error[load]: here
 --> a.toml:1:5
  |
1 | a = 1
  |     ^ this


"#]]
    );
}

#[test]
fn a_long_line_is_cut_to_what_matters() {
    let text = format!("values = [{}77, {}]\n", "1, ".repeat(3_000), "2, ".repeat(3_000));
    assert_data_eq!(
        shown_at(&text, 9_010..9_012),
        str![[r#"
error[load]: here
 --> a.toml:1:9011
  |
1 | ... 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 77, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2,...
  |                                                                 ^^ this


"#]]
    );
    assert_data_eq!(
        shown_at(&text, 9..18_000),
        str![[r#"
error[load]: here
 --> a.toml:1:10
  |
1 | values = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, ...
  |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this


"#]]
    );
}

#[test]
fn places_far_apart_on_a_long_line_stand_in_excerpts_of_their_own() {
    let source = Source::new("a.toml", format!("values = [{}77]\n", "1, ".repeat(3_000)));
    let finding =
        Diagnostic::error("load", "far").at(&place(&source, "77"), "here").with(&place(&source, "values"), "and here");
    assert_data_eq!(
        shown(finding),
        str![[r#"
error[load]: far
 --> a.toml:1:9011
  |
1 | ... 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 77]
  |                                                                 ^^ here
  |
 ::: a.toml:1:1
  |
1 | values = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, …
  | ------ and here


"#]]
    );
}

#[test]
fn control_characters_are_shown_as_pictures() {
    let source = Source::new("a\u{1b}[2J.toml", "a = \"\u{1b}[31m\u{9b}2J\u{202e}x\"\n");
    let finding = Diagnostic::error("load", "bad `\u{1b}]0;x\u{7}`\nsecond")
        .at(&place(&source, "x"), "\u{1b}[0m")
        .note("\u{9b}1m");
    assert_data_eq!(
        shown(finding),
        str![[r#"
error[load]: bad `␛]0;x␇` second
 --> a␛[2J.toml:1:15
  |
1 | a = "␛[31m�2J�x"
  |               ^ ␛[0m
  |
  = note: �1m


"#]]
    );
}

#[test]
fn colour_only_when_asked() {
    let finding = [Diagnostic::error("slug", "no")];
    assert!(!human(&finding, false).contains('\u{1b}'));
    assert!(human(&finding, true).contains('\u{1b}'));
}

#[test]
fn two_texts_under_one_path_are_two_excerpts() {
    let (long, brief) = (Source::new("a.toml", "one\ntwo\nthree\n"), Source::new("a.toml", "1"));
    let finding = Diagnostic::error("load", "two").at(&place(&long, "three"), "").with(&place(&brief, "1"), "other");
    assert_data_eq!(
        shown(finding),
        str![[r#"
error[load]: two
 --> a.toml:3:1
  |
3 | three
  | ^^^^^
  |
 ::: a.toml:1:1
  |
1 | 1
  | - other


"#]]
    );
}

#[test]
fn no_place_in_no_text_panics() {
    for text in ["", "\n", "\r\n\r\n", "a\r\n\tb", "年\u{301}\n\u{1b}[\u{200d}x\r", "\n\n\n売上 = 1\n\n"] {
        let source = Source::new("a.toml", text);
        for start in 0..text.len() + 3 {
            for end in 0..text.len() + 3 {
                let (one, other) = (Place::new(&source, start..end), Place::new(&source, end..start));
                let finding = Diagnostic::error("load", "x").at(&one, "one").with(&other, "other");
                assert!(shown(finding.clone()).contains("a.toml:"));
                assert!(super::short(std::slice::from_ref(&finding)).lines().count() == 1);
                assert!(super::json(&[finding], &[], &[""; 0]).ends_with("}\n"));
            }
        }
    }
}
