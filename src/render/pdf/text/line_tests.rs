//! Tests of line breaking.

use std::collections::BTreeMap;

use super::{Line, LineWidths, break_lines, break_lines_evenly, break_plain_text};
use crate::{
    present::document::{Document, FormattedDate, Inline, Note},
    render::pdf::{
        faces::Faces,
        layout_context::LayoutContext,
        shaping::read_fonts,
        style::{Pt, Style},
    },
};

fn document() -> Document {
    let text = vec![Inline::Text { text: "A note.".to_owned() }];
    Document {
        slug: String::new(),
        language: "en".to_owned(),
        title: Vec::new(),
        issuer: String::new(),
        lei: String::new(),
        covers: String::new(),
        masthead: Vec::new(),
        date: FormattedDate { iso: String::new(), text: String::new() },
        description: String::new(),
        headlines: Vec::new(),
        pages: Vec::new(),
        notes: vec![Note { id: "n".to_owned(), number: 1, mark: None, text, references: 1 }],
        draft: None,
        words: BTreeMap::new(),
        typesetting: Default::default(),
        data: Default::default(),
        untranslated: Default::default(),
    }
}

/// Breaks a text in 10-point type and returns the text of its lines.
fn lines(break_text: impl Fn(&mut LayoutContext) -> Vec<Line>) -> Vec<String> {
    let (document, styles, faces) = (document(), [Style::default()], Faces::built_in());
    let fonts = read_fonts(&faces, "en").expect("the built-in faces are fonts");
    let mut context =
        LayoutContext::new(&document, [&styles, &styles], &faces, &fonts, None).expect("there is a style");
    let line = |line: Line| line.runs.iter().map(|run| run.text.as_str()).collect::<String>();
    break_text(&mut context).into_iter().map(line).collect()
}

fn plain(text: &str, measure: impl Into<LineWidths> + Copy) -> Vec<String> {
    lines(|context| {
        let format = context.text_format(context.style.body, "a test");
        break_plain_text(context, text, format, measure)
    })
}

fn inlines(parts: &[Inline], width: Pt, balanced: bool) -> Vec<String> {
    lines(|context| {
        let format = context.text_format(context.style.body, "a test");
        if balanced {
            break_lines_evenly(context, parts, format, width)
        } else {
            break_lines(context, parts, format, width)
        }
    })
}

fn text(text: &str) -> Inline {
    Inline::Text { text: text.to_owned() }
}

#[test]
fn lines_break_at_spaces_and_keep_them_for_extraction() {
    assert_eq!(plain("the quick brown fox", 50.0), ["the quick ", "brown fox"]);
}

#[test]
fn later_lines_are_shorter_by_the_hang() {
    let measure = LineWidths { width: 60.0, hang: 30.0 };
    assert_eq!(plain("the quick brown fox", measure), ["the quick ", "brown ", "fox"]);
}

#[test]
fn a_word_wider_than_the_line_is_cut() {
    assert_eq!(plain("to unbreakable", 30.0), ["to ", "unbrea", "kable"]);
}

#[test]
fn a_line_break_breaks() {
    assert_eq!(inlines(&[text("one"), Inline::LineBreak, text("two")], 500.0, false), ["one", "two"]);
}

#[test]
fn a_note_mark_stays_with_its_word() {
    let mark = Inline::NoteMark { number: 1, id: "n".to_owned(), occurrence: 1, mark: None };
    assert_eq!(inlines(&[text("the end)"), mark], 36.0, false), ["the ", "end)¹"]);
}

#[test]
fn a_mark_behind_a_year_is_not_read_as_part_of_it() {
    let mark = || Inline::NoteMark { number: 1, id: "n".to_owned(), occurrence: 1, mark: None };
    assert_eq!(inlines(&[text("2010"), mark(), mark()], 500.0, false), ["2010¹ ¹"]);
}

#[test]
fn heads_break_into_lines_of_about_one_length() {
    let head = [text("Fiscal Year Ended March 31, 2009")];
    assert_eq!(inlines(&head, 120.0, false), ["Fiscal Year Ended ", "March 31, 2009"]);
    assert_eq!(inlines(&head, 120.0, true), ["Fiscal Year Ended ", "March 31, 2009"]);
}
