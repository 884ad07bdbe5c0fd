//! Print furniture: what the templates under `templates/print/` say becomes lines to set.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    faces::FontRole,
    style::{Colour, Pt, Style, TypeSize},
};
use crate::{
    diag::Diagnostic,
    merge::Templates,
    present::document::{Document, Inline, plain},
};

/// What a template may say of the release; `page` and `pages` where it is of one page.
#[derive(Debug, Serialize)]
pub struct View<'d> {
    title: String,
    issuer: String,
    masthead: Vec<String>,
    date: &'d str,
    language: &'d str,
    /// A draft's mark, or nothing.
    draft: &'d str,
    words: &'d BTreeMap<String, String>,
    /// How many pages of narrative there are.
    sections: usize,
    pub page: usize,
    pub pages: usize,
}

impl<'d> View<'d> {
    /// The view of a document's first page; nobody knows yet how many there are.
    pub fn new(document: &'d Document) -> Self {
        Self {
            title: line(&plain(&document.title)),
            issuer: line(&document.issuer),
            masthead: document.masthead.iter().map(|text| line(text)).collect(),
            date: &document.date.text,
            language: &document.language,
            draft: document.draft.as_ref().map_or("", |draft| &draft.mark),
            words: &document.words,
            sections: document.pages.len(),
            page: 1,
            pages: 0,
        }
    }
}

/// A text on one line, as templates have it.
pub fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    Left,
    Centre,
    Right,
}

/// A piece of furniture.
#[derive(Debug, Clone, PartialEq)]
pub enum TemplateItem {
    Line {
        side: Alignment,
        font_role: FontRole,
        type_size: TypeSize,
        colour: Colour,
        text: String,
    },
    Rule {
        thickness: Pt,
        colour: Colour,
    },
    Gap(Pt),
    /// The list of contents.
    Contents {
        type_size: TypeSize,
        colour: Colour,
    },
}

/// Fills the template `print/<name>.txt` and reads its lines. What they do not say is as in `plain`, a type and a colour.
pub fn parts(
    templates: &Templates,
    name: &str,
    view: &View,
    style: &Style,
    plain: (TypeSize, Colour),
) -> Result<Vec<TemplateItem>, Diagnostic> {
    let template = format!("print/{name}.txt");
    let text = templates.render(&template, view)?;
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let read = |line| part(line, style, plain).map_err(|word| unknown_word(&template, line, word));
    lines.map(read).collect()
}

fn unknown_word(template: &str, line: &str, word: &str) -> Diagnostic {
    let message =
        format!("`templates/{template}` makes the line `{line}`, and `{word}` is no word for how it is type_size");
    Diagnostic::error("template", message).help("write `left strong: text`, `rule`, `gap 12` or `contents`")
}

/// Reads one line; a word that means nothing is the error.
fn part<'l>(
    line: &'l str,
    style: &Style,
    (mut type_size, mut colour): (TypeSize, Colour),
) -> Result<TemplateItem, &'l str> {
    let (words, text) = line.split_once(':').map_or((line, None), |(words, text)| (words, Some(text.trim())));
    if let Some(gap) = words.strip_prefix("gap ").filter(|_| text.is_none()) {
        return gap.trim().parse().map(TemplateItem::Gap).map_err(|_| gap);
    }
    let (mut side, mut font_role, mut thickness) = (Alignment::Left, FontRole::Regular, style.hairline);
    let (mut is_rule, mut is_contents) = (false, false);
    for word in words.split_whitespace() {
        match word {
            "left" => side = Alignment::Left,
            "centre" => side = Alignment::Centre,
            "right" => side = Alignment::Right,
            "strong" => font_role = FontRole::Strong,
            "italic" => font_role = FontRole::Italic,
            "title" => type_size = style.title,
            "body" => type_size = style.body,
            "caption" => type_size = style.caption,
            "note" => type_size = style.note,
            "furniture" => type_size = style.furniture,
            "ink" => colour = style.ink,
            "accent" => colour = style.accent,
            "quiet" => colour = style.quiet,
            "alarm" => colour = style.alarm,
            "heavy" => (thickness, colour) = (style.heavy_rule, style.accent),
            "rule" if text.is_none() => is_rule = true,
            "contents" if text.is_none() => is_contents = true,
            _ => return Err(word),
        }
    }
    match text {
        Some(text) => Ok(TemplateItem::Line { side, font_role, type_size, colour, text: text.to_owned() }),
        None if is_rule => Ok(TemplateItem::Rule { thickness, colour }),
        None if is_contents => Ok(TemplateItem::Contents { type_size, colour }),
        None => Err(words),
    }
}

/// A line of the cover with its addresses as links.
pub fn linked(text: &str) -> Vec<Inline> {
    text.split_inclusive(' ')
        .flat_map(|word| match address(word) {
            Some((href, shown)) => {
                let (before, rest) = word.split_once(shown).unwrap_or(("", ""));
                let link = Inline::Link { href, text: vec![Inline::Text { text: shown.to_owned() }] };
                vec![Inline::Text { text: before.to_owned() }, link, Inline::Text { text: rest.to_owned() }]
            }
            None => vec![Inline::Text { text: word.to_owned() }],
        })
        .collect()
}

/// Where a word leads that is an address of the web or of a mailbox, and what of it is the address.
fn address(word: &str) -> Option<(String, &str)> {
    let shown = word.trim_matches(|c: char| c.is_whitespace() || "()<>[],;.:".contains(c));
    if shown.starts_with("http://") || shown.starts_with("https://") {
        return Some((shown.to_owned(), shown));
    }
    let (name, host) = shown.split_once('@')?;
    (!name.is_empty() && host.contains('.') && !host.contains('@')).then(|| (format!("mailto:{shown}"), shown))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<TemplateItem, &str> {
        let style = Style::default();
        part(line, &style, (style.furniture, style.quiet))
    }

    #[test]
    fn a_line_says_how_and_what() {
        let style = Style::default();
        let text = "Results: the year".to_owned();
        let line = TemplateItem::Line {
            side: Alignment::Right,
            font_role: FontRole::Strong,
            type_size: style.title,
            colour: style.accent,
            text,
        };
        assert_eq!(read("right title accent strong: Results: the year"), Ok(line));
        assert_eq!(read("gap 12.5"), Ok(TemplateItem::Gap(12.5)));
        assert_eq!(read("rule"), Ok(TemplateItem::Rule { thickness: style.hairline, colour: style.quiet }));
    }

    #[test]
    fn addresses_are_links() {
        let links = |text: &str| -> Vec<(String, String)> {
            let link = |inline: &Inline| match inline {
                Inline::Link { href, text } => Some((href.clone(), plain(text))),
                _ => None,
            };
            linked(text).iter().filter_map(link).collect()
        };
        let line = "E-mail: ir@example.com, URL: (https://example.com/ir/) or @home";
        let found =
            [("mailto:ir@example.com", "ir@example.com"), ("https://example.com/ir/", "https://example.com/ir/")];
        assert_eq!(links(line), found.map(|(href, text)| (href.to_owned(), text.to_owned())));
        assert_eq!(plain(&linked(line)), line);
    }

    #[test]
    fn a_word_that_means_nothing_is_told() {
        assert_eq!(read("left bold: x"), Err("bold"));
        assert_eq!(read("gap wide"), Err("wide"));
        assert_eq!(read("just text"), Err("just"));
    }
}
