//! The changes of a release as lines for the terminal.

use std::fmt::Write;

use crate::{
    diag::visible,
    diff::{Changes, Entered, How, LanguageChanges, Made, Moved, Run, Seen, TextChange, TurnedWord},
};

/// The most places, and the most changed figures, that are listed under an entry.
const MAX_PLACES: usize = 12;
const MAX_MADE: usize = 20;
/// The most characters of a text that are quoted.
const MAX_QUOTED: usize = 60;

/// The changes, causes first. Languages are named if there are several.
pub(super) fn change_lines(changes: &Changes) -> String {
    let mut out = String::new();
    changes.entered.iter().for_each(|entered| write_entered(&mut out, entered));
    for Moved { figure, instead_of, old, new, place } in &changes.moved {
        let instead = instead_of.as_ref().map(|figure| format!(" (was {figure})")).unwrap_or_default();
        line(&mut out, "moved", &format!("{figure}{instead}   {}   {place}", arrow(Some(old), Some(new))));
    }
    for language in &changes.languages {
        let tag = if changes.languages.len() > 1 { format!(" [{}]", language.language) } else { String::new() };
        write_language(&mut out, language, &tag);
    }
    out.chars().map(|c| if c == '\n' { c } else { visible(c) }).collect()
}

fn line(out: &mut String, head: &str, text: &str) {
    _ = writeln!(out, "{head:<10}{}", text.trim_end());
}

fn write_entered(out: &mut String, entered: &Entered) {
    let Entered { name, old, new, difference, percent, at, makes, seen, .. } = entered;
    let mut text = format!("{name}   {}", arrow(old.as_deref(), new.as_deref()));
    if let Some(difference) = difference {
        let percent = percent.as_ref().map(|percent| format!(" ({percent})")).unwrap_or_default();
        _ = write!(text, "   {difference}{percent}");
    }
    if let Some(at) = at {
        _ = write!(text, "   {at}");
    }
    line(out, "entered", &text);
    for Made { figure, old, new, with } in makes.iter().take(MAX_MADE) {
        let with = if with.is_empty() { String::new() } else { format!("   with {}", with.join(", ")) };
        line(out, "  makes", &format!("{figure}   {}{with}", arrow(Some(old), Some(new))));
    }
    if makes.len() > MAX_MADE {
        line(out, "  makes", &format!("… and {} more", makes.len() - MAX_MADE));
    }
    if !seen.is_empty() {
        line(out, "  seen in", &places(seen));
    }
}

/// `71_000 → 71_500`; what was added or removed has one of both.
fn arrow(old: Option<&str>, new: Option<&str>) -> String {
    let shown = |text: &str| if text.is_empty() { String::from("(blank)") } else { text.to_owned() };
    match (old, new) {
        (Some(old), Some(new)) => format!("{} → {}", shown(old), shown(new)),
        (None, Some(new)) => format!("added: {}", shown(new)),
        (Some(old), None) => format!("removed: {}", shown(old)),
        (None, None) => String::new(),
    }
}

/// Places of the same row or page side by side, and how many there are: `tse/fy2010/1, 2   targets ¶2      3 places`.
fn places(seen: &[Seen]) -> String {
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for Seen { place, .. } in seen {
        let cut =
            place.rfind(['/', '¶']).map_or(place.len(), |at| at + place[at..].chars().next().map_or(0, char::len_utf8));
        let (of, at) = place.split_at(cut);
        match groups.iter_mut().find(|(known, _)| *known == of && !at.is_empty()) {
            Some((_, list)) if list.contains(&at) => {}
            Some((_, list)) => list.push(at),
            None => groups.push((of, vec![at])),
        }
    }
    let count = groups.iter().map(|(_, list)| list.len()).sum::<usize>();
    let listed = groups.iter().take(MAX_PLACES).map(|(of, list)| format!("{of}{}", list.join(", ")));
    let more = if groups.len() > MAX_PLACES { "   …" } else { "" };
    let listed = listed.collect::<Vec<_>>().join("   ");
    format!("{listed}{more}      {count} place{}", if count == 1 { "" } else { "s" })
}

fn write_language(out: &mut String, changes: &LanguageChanges, tag: &str) {
    for TurnedWord { place, old, new, figure } in &changes.words {
        let figure = figure.as_ref().map(|figure| format!(" ({figure})")).unwrap_or_default();
        line(out, "words", &format!("{place}{tag}: \"{old}\" → \"{new}\"{figure}"));
    }
    let lists = [("text", &changes.text), ("labels", &changes.labels), ("notes", &changes.notes)];
    for (head, list) in lists {
        list.iter().for_each(|change| line(out, head, &text_line(change, tag)));
    }
    changes.layout.iter().for_each(|change| line(out, "layout", &format!("{change}{tag}")));
}

/// `overview ¶2 (12 words): "a" → "b"`.
fn text_line(TextChange { place, how, words, runs }: &TextChange, tag: &str) -> String {
    let count = format!("{words} word{}", if *words == 1 { "" } else { "s" });
    let how = match how {
        How::Changed => "",
        How::Added => "added, ",
        How::Removed => "removed, ",
    };
    let run = |Run { old, new, .. }: &Run| match (old.is_empty(), new.is_empty()) {
        (true, _) => format!("+\"{}\"", shortened(new)),
        (_, true) => format!("-\"{}\"", shortened(old)),
        _ => format!("\"{}\" → \"{}\"", shortened(old), shortened(new)),
    };
    let quoted = runs.first().map(|first| format!(": {}", run(first))).unwrap_or_default();
    let more = if runs.len() > 1 { " …" } else { "" };
    format!("{place}{tag} ({how}{count}){quoted}{more}")
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(MAX_QUOTED) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
