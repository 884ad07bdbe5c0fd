//! Parses the output of the templates under `templates/print/` into items of the cover and of page furniture.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    faces::FontRole,
    style::{Colour, Pt, Style, TypeSize},
};
use crate::{
    diag::Diagnostic,
    merge::{SharedView, Templates},
    present::document::{Document, Inline, plain},
};

/// The values that all templates receive.
#[derive(Debug, Serialize)]
struct View<'d> {
    title: String,
    issuer: String,
    masthead: Vec<String>,
    date: &'d str,
    language: &'d str,
    /// The draft label, or empty.
    draft: &'d str,
    words: &'d BTreeMap<String, String>,
    /// The number of narrative pages.
    sections: usize,
}

/// What differs from page to page.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct PageNumber {
    /// The number of the page, from 1.
    pub page: usize,
    /// The number of pages; 0 before pagination.
    pub pages: usize,
}

impl<'d> View<'d> {
    /// The view of a document.
    fn new(document: &'d Document) -> Self {
        Self {
            title: single_line(&plain(&document.title)),
            issuer: single_line(&document.issuer),
            masthead: document.masthead.iter().map(|text| single_line(text)).collect(),
            date: &document.date.text,
            language: &document.language,
            draft: document.draft.as_ref().map_or("", |draft| &draft.mark),
            words: &document.words,
            sections: document.pages.len(),
        }
    }
}

/// Collapses white space, so that the text is on one line. Ideographic spaces are kept: they are part of the arrangement.
pub fn single_line(text: &str) -> String {
    let is_space = |c: char| c.is_whitespace() && c != '\u{3000}';
    text.split(is_space).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The alignment of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    Left,
    Centre,
    Right,
}

/// An item of the cover or of page furniture.
#[derive(Debug, Clone, PartialEq)]
pub enum TemplateItem {
    Line {
        alignment: Alignment,
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
    /// The logo, if the theme has one.
    Logo,
    /// The list of contents.
    Contents {
        type_size: TypeSize,
        colour: Colour,
    },
}

/// Renders the template `print/<name>.txt` and parses its lines; `plain` is the default type and colour. Errors: the template
/// fails, or a line has an unknown word.
pub fn template_items(
    templates: &Templates,
    name: &str,
    (view, page): (&SharedView, PageNumber),
    style: &Style,
    plain: (TypeSize, Colour),
) -> Result<Vec<TemplateItem>, Diagnostic> {
    let template = template_name(name);
    let text = templates.render_shared(&template, view, &page)?;
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let parse = |line| parse_line(line, style, plain).map_err(|word| unknown_word(&template, line, word));
    lines.map(parse).collect()
}

/// The values of a document for the template `print/<name>.txt` and others.
pub fn shared_view(templates: &Templates, name: &str, document: &Document) -> Result<SharedView, Diagnostic> {
    templates.share(&template_name(name), &View::new(document))
}

fn template_name(name: &str) -> String {
    format!("print/{name}.txt")
}

fn unknown_word(template: &str, line: &str, word: &str) -> Diagnostic {
    let message = format!("`templates/{template}` has the line `{line}` with the unknown word `{word}`");
    Diagnostic::error("template", message).help("write `left strong: text`, `rule`, `gap 12` or `contents`")
}

/// Parses one line. Errors: an unknown word, which is returned.
fn parse_line<'l>(
    line: &'l str,
    style: &Style,
    (mut type_size, mut colour): (TypeSize, Colour),
) -> Result<TemplateItem, &'l str> {
    let (words, text) = line.split_once(':').map_or((line, None), |(words, text)| (words, Some(text.trim())));
    if let Some(gap) = words.strip_prefix("gap ").filter(|_| text.is_none()) {
        return gap.trim().parse().map(TemplateItem::Gap).map_err(|_| gap);
    }
    if line == "logo" {
        return Ok(TemplateItem::Logo);
    }
    let (mut alignment, mut font_role, mut thickness) = (Alignment::Left, FontRole::Regular, style.hairline);
    let (mut is_rule, mut is_contents) = (false, false);
    for word in words.split_whitespace() {
        match word {
            "left" => alignment = Alignment::Left,
            "centre" => alignment = Alignment::Centre,
            "right" => alignment = Alignment::Right,
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
        Some(text) => Ok(TemplateItem::Line { alignment, font_role, type_size, colour, text: text.to_owned() }),
        None if is_rule => Ok(TemplateItem::Rule { thickness, colour }),
        None if is_contents => Ok(TemplateItem::Contents { type_size, colour }),
        None => Err(words),
    }
}

/// Inlines of a line of the cover, with web and mail addresses as links.
pub fn link_addresses(text: &str) -> Vec<Inline> {
    text.split_inclusive(' ')
        .flat_map(|word| match parse_address(word) {
            Some((href, address)) => {
                let (before, rest) = word.split_once(address).unwrap_or(("", ""));
                let link = Inline::Link { href, text: vec![Inline::Text { text: address.to_owned() }] };
                vec![Inline::Text { text: before.to_owned() }, link, Inline::Text { text: rest.to_owned() }]
            }
            None => vec![Inline::Text { text: word.to_owned() }],
        })
        .collect()
}

/// The link target and the displayed part of a word that is a web or mail address.
fn parse_address(word: &str) -> Option<(String, &str)> {
    let address = word.trim_matches(|c: char| c.is_whitespace() || "()<>[],;.:".contains(c));
    if address.starts_with("http://") || address.starts_with("https://") {
        return Some((address.to_owned(), address));
    }
    let (name, host) = address.split_once('@')?;
    (!name.is_empty() && host.contains('.') && !host.contains('@')).then(|| (format!("mailto:{address}"), address))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<TemplateItem, &str> {
        let style = Style::default();
        parse_line(line, &style, (style.furniture, style.quiet))
    }

    #[test]
    fn a_line_is_parsed() {
        let style = Style::default();
        let text = "Results: the year".to_owned();
        let line = TemplateItem::Line {
            alignment: Alignment::Right,
            font_role: FontRole::Strong,
            type_size: style.title,
            colour: style.accent,
            text,
        };
        assert_eq!(parse("right title accent strong: Results: the year"), Ok(line));
        assert_eq!(parse("gap 12.5"), Ok(TemplateItem::Gap(12.5)));
        assert_eq!(parse("rule"), Ok(TemplateItem::Rule { thickness: style.hairline, colour: style.quiet }));
    }

    #[test]
    fn addresses_are_links() {
        let links = |text: &str| -> Vec<(String, String)> {
            let link = |inline: &Inline| match inline {
                Inline::Link { href, text } => Some((href.clone(), plain(text))),
                _ => None,
            };
            link_addresses(text).iter().filter_map(link).collect()
        };
        let line = "E-mail: ir@example.com, URL: (https://example.com/ir/) or @home";
        let found =
            [("mailto:ir@example.com", "ir@example.com"), ("https://example.com/ir/", "https://example.com/ir/")];
        assert_eq!(links(line), found.map(|(href, text)| (href.to_owned(), text.to_owned())));
        assert_eq!(plain(&link_addresses(line)), line);
    }

    #[test]
    fn an_unknown_word_is_an_error() {
        assert_eq!(parse("left bold: x"), Err("bold"));
        assert_eq!(parse("gap wide"), Err("wide"));
        assert_eq!(parse("just text"), Err("just"));
    }
}
