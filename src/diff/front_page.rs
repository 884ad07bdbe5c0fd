//! The page in front of a redline: what changed, with links to where it shows.

use std::collections::BTreeMap;

use super::changes::{Changes, Entered, How, LanguageChanges, Moved, Run, Seen, TextChange, TurnedWord};
use crate::model::Release;
use crate::present::{
    document::{Block, Document, Inline, Page, Revision, Table, plain},
    fill_places,
};

/// The id of the page and of its heading.
const ID: &str = "_changes";

/// The page that lists the changes of a document's language. `document` is the redline without it.
pub fn front_page(changes: &Changes, language: &LanguageChanges, document: &Document, names: [&str; 2]) -> Page {
    let tables = document.tables().into_iter().map(|(_, table)| (table.id.as_str(), table)).collect();
    let list = List {
        document,
        tables,
        languages: changes.languages.iter().map(|changes| changes.language.as_str()).collect(),
    };
    let [old, new] = names;
    let mut blocks = vec![list.heading(1, "redline_title", 0)];
    blocks.push(paragraph(vec![text(&list.word("redline_lead", &[("old", old), ("new", new)]))]));
    if changes.is_empty() {
        blocks.push(paragraph(vec![text(&list.word("redline_none", &[]))]));
    }
    let moved = |item: &&Moved| list.own_place(&item.place).is_some();
    let sections: [(&str, Vec<Vec<Block>>); 7] = [
        ("redline_entered", changes.entered.iter().map(|entered| list.entered(entered)).collect()),
        ("redline_moved", changes.moved.iter().filter(moved).map(|moved| vec![list.moved(moved)]).collect()),
        ("redline_words", language.words.iter().map(|word| vec![list.turned(word)]).collect()),
        ("redline_text", language.text.iter().map(|change| vec![list.text_change(change)]).collect()),
        ("redline_labels", language.labels.iter().map(|change| vec![list.text_change(change)]).collect()),
        ("redline_notes", language.notes.iter().map(|change| vec![list.text_change(change)]).collect()),
        ("redline_layout", language.layout.iter().map(|line| vec![paragraph(coded(line))]).collect()),
    ];
    for (number, (word, items)) in sections.into_iter().enumerate().filter(|(_, (_, items))| !items.is_empty()) {
        blocks.push(list.heading(2, word, number + 1));
        blocks.push(Block::List { start: None, items });
    }
    blocks.push(Block::Rule);
    let title = list.word("redline_title", &[]);
    Page { id: ID.to_owned(), title, new_sheet: true, sheets: None, form: false, blocks }
}

struct List<'a> {
    document: &'a Document,
    tables: BTreeMap<&'a str, &'a Table>,
    /// All languages, the original first; places of the others are marked.
    languages: Vec<&'a str>,
}

impl List<'_> {
    fn word(&self, key: &str, fills: &[(&str, &str)]) -> String {
        fill_places(self.document.words.get(key).map_or(key, String::as_str), fills)
    }

    fn heading(&self, level: u8, word: &str, number: usize) -> Block {
        let id = if number == 0 { ID.to_owned() } else { format!("{ID}-{number}") };
        Block::Heading { level, id, text: vec![text(&self.word(word, &[]))] }
    }

    /// A place without its mark of the language; `None` if it is of another language.
    fn own_place<'p>(&self, place: &'p str) -> Option<&'p str> {
        match place.strip_suffix(']').and_then(|place| place.rsplit_once(" [")) {
            Some((place, marked)) if self.languages.contains(&marked) => {
                (marked == self.document.language).then_some(place)
            }
            _ => (self.languages.first() == Some(&self.document.language.as_str())).then_some(place),
        }
    }

    /// An entry with its old and new value, and below it each place that shows it.
    fn entered(&self, entered: &Entered) -> Vec<Block> {
        let Entered { name, old, new, unit, difference, percent, at, seen, .. } = entered;
        let mut line = vec![Inline::Strong { text: vec![text(&self.label(name))] }, text(": ")];
        line.extend(self.values(old.as_deref(), new.as_deref()));
        line.extend((!unit.is_empty()).then(|| text(&format!(" {unit}"))));
        if let Some(difference) = difference {
            let percent = percent.as_ref().map(|percent| format!(", {percent}")).unwrap_or_default();
            line.push(text(&format!(" ({}{percent})", grouped(difference))));
        }
        line.push(Inline::LineBreak);
        let at = at.as_ref().map(|at| format!("{name}, {at}")).unwrap_or_else(|| name.clone());
        line.push(Inline::Code { text: at });
        let mut blocks = vec![paragraph(line)];
        let places = seen.iter().filter_map(|seen| Some((self.own_place(&seen.place)?, seen)));
        let place = |(place, Seen { old, new, .. }): (&str, &Seen)| {
            let mut line = self.place(place);
            line.push(text(": "));
            line.extend(self.values(Some(old), Some(new)));
            vec![paragraph(line)]
        };
        let items: Vec<_> = places.map(place).collect();
        blocks.extend((!items.is_empty()).then_some(Block::List { start: None, items }));
        blocks
    }

    fn moved(&self, Moved { figure, instead_of, old, new, place }: &Moved) -> Block {
        let mut line = self.place(self.own_place(place).unwrap_or(place));
        line.push(text(": "));
        line.extend(self.values(Some(old), Some(new)));
        let names = instead_of.iter().map(|figure| format!("{figure} → ")).chain([figure.clone()]).collect();
        line.extend([text(" "), Inline::Code { text: names }]);
        paragraph(line)
    }

    fn turned(&self, TurnedWord { place, old, new, .. }: &TurnedWord) -> Block {
        let mut line = self.place(place);
        line.push(text(": "));
        line.extend(self.values(Some(old), Some(new)));
        paragraph(line)
    }

    fn text_change(&self, TextChange { place, how, runs, .. }: &TextChange) -> Block {
        let mut line = self.place(place);
        let word = match how {
            How::Changed => None,
            How::Added => Some("redline_added"),
            How::Removed => Some("redline_removed"),
        };
        line.push(text(": "));
        line.extend(word.map(|word| text(&format!("{} ", self.word(word, &[])))));
        for (number, Run { old, new, .. }) in runs.iter().enumerate() {
            line.extend((number > 0).then(|| text("; ")));
            let part = |how, words: &String| (!words.is_empty()).then(|| revised(how, words));
            let (before, now) = (part(Revision::Deleted, old), part(Revision::Inserted, new));
            let space = before.is_some() && now.is_some();
            line.extend(before);
            line.extend(space.then(|| text(" → ")));
            line.extend(now);
        }
        paragraph(line)
    }

    /// The old value as deleted, the new one as inserted.
    fn values(&self, old: Option<&str>, new: Option<&str>) -> Vec<Inline> {
        let shown = |value: &str| match value {
            "" => self.word("redline_blank", &[]),
            value => grouped(value),
        };
        let old = old.map(|old| revised(Revision::Deleted, &shown(old)));
        let new = new.map(|new| revised(Revision::Inserted, &shown(new)));
        let space = (old.is_some() && new.is_some()).then(|| text(" → "));
        old.into_iter().chain(space).chain(new).collect()
    }

    /// The label of an entry with its period, `Revenues, FY2010`; its name if it has none.
    fn label(&self, name: &str) -> String {
        if name == Release::SELF {
            return self.word("redline_date", &[]);
        }
        let data = &self.document.data;
        let (line, period) = name.split_once('@').unwrap_or((name, ""));
        let lines = data.statements.iter().flat_map(|statement| &statement.lines);
        let plain_line = line.split('[').next().unwrap_or(line);
        let label =
            lines.filter(|known| known.id.as_deref() == Some(plain_line)).map(|known| known.label.as_str()).next();
        let measure = || data.measures.iter().find(|measure| measure.id == line)?.label.as_deref();
        let period = data.periods.iter().find(|known| known.id == period).map(|period| period.label.as_str());
        match (label.or_else(measure).filter(|label| !label.is_empty()), period.filter(|label| !label.is_empty())) {
            (Some(label), Some(period)) => format!("{label}, {period}"),
            (Some(label), None) => label.to_owned(),
            _ => name.to_owned(),
        }
    }

    /// A place in words, linked to it.
    fn place(&self, place: &str) -> Vec<Inline> {
        if let Some((page, number)) = place.split_once(" after ¶").or_else(|| place.split_once(" ¶")) {
            let Some(page) = self.document.pages.iter().find(|known| known.id == page) else { return coded(place) };
            let label = self.word("redline_paragraph", &[("page", &page.title), ("number", number)]);
            return match page.blocks.iter().find_map(heading_id) {
                Some(id) => vec![link(&format!("#{id}"), &label)],
                None => vec![text(&label)],
            };
        }
        let mut parts = place.split('/');
        let found = parts.next().and_then(|table| self.tables.get(table).copied());
        let Some((table, row)) = found.zip(parts.next()) else { return coded(place) };
        let label = table.rows.iter().find(|known| known.id == row).map(|row| without_deleted(&row.label));
        let caption = without_deleted(&table.caption);
        let caption = if caption.is_empty() { table.id.clone() } else { caption };
        let column = parts.next().and_then(|column| column.parse::<usize>().ok()?.checked_sub(1));
        let column = column.and_then(|column| table.columns.get(column)).map(|column| column.path.join(" "));
        let (row_label, column) = (label.unwrap_or_else(|| row.to_owned()), column.unwrap_or_default());
        let fills = [("table", caption.as_str()), ("row", &row_label), ("column", &column)];
        let label = self.word("redline_cell", &fills);
        vec![link(&format!("#{}.{row}", table.id), label.trim_end_matches([',', '、', ' ']))]
    }
}

fn heading_id(block: &Block) -> Option<&String> {
    match block {
        Block::Heading { id, .. } => Some(id),
        _ => None,
    }
}

/// The text as it is now.
fn without_deleted(inlines: &[Inline]) -> String {
    let kept = |inline: &Inline| match inline {
        Inline::Revised { how: Revision::Deleted, .. } => None,
        inline => Some(inline.clone()),
    };
    plain(&inlines.iter().filter_map(kept).collect::<Vec<_>>())
}

/// A number with commas between thousands, as readers know them.
fn grouped(value: &str) -> String {
    let is_number = value.chars().all(|c| c.is_ascii_digit() || "+-_.".contains(c));
    if is_number { value.replace('_', ",") } else { value.to_owned() }
}

/// A text whose names in back-ticks are code.
fn coded(line: &str) -> Vec<Inline> {
    let part = |(number, part): (usize, &str)| match number % 2 {
        0 => text(part),
        _ => Inline::Code { text: part.to_owned() },
    };
    line.split('`').enumerate().filter(|(_, part)| !part.is_empty()).map(part).collect()
}

fn text(text: &str) -> Inline {
    Inline::Text { text: text.to_owned() }
}

fn link(href: &str, label: &str) -> Inline {
    Inline::Link { href: href.to_owned(), text: vec![text(label)] }
}

fn revised(how: Revision, words: &str) -> Inline {
    Inline::Revised { how, text: vec![text(words)] }
}

fn paragraph(text: Vec<Inline>) -> Block {
    Block::Paragraph { text }
}
