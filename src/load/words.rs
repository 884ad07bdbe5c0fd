//! `templates/words/<lang>.toml`: a release's language.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    files::File,
    keys::{self, Keys},
};
use crate::{
    diag::{Findings, Source},
    model::{Direction, NumberStyle, ProseWords, Words},
};

/// Reads a language's file; none when a part of it is missing.
pub fn words(source: &Arc<Source>, findings: &mut Findings) -> Option<Words> {
    let file = File { source: Arc::clone(source), stem: String::new() };
    let mut words = None;
    keys::read(&file, findings, &mut |keys, findings| words = language(keys, findings));
    words
}

fn language(keys: &Keys, findings: &mut Findings) -> Option<Words> {
    let number = keys.need("number", findings)?.keys(findings)?;
    let mut need = |key| number.need_text(key, findings).map(|text| text.value);
    let style = NumberStyle {
        group: need("group")?,
        point: need("point")?,
        negative: need("negative")?,
        sentence_negative: need("sentence_negative")?,
        nil: need("nil")?,
        not_meaningful: need("not_meaningful")?,
        not_applicable: need("not_applicable")?,
        undecided: need("undecided")?,
    };
    number.finish(findings);
    let date = keys.need("date", findings)?.keys(findings)?;
    let pattern = date.need_text("pattern", findings)?.value;
    let months = date.texts("months", findings).into_iter().map(|month| month.value).collect();
    date.finish(findings);
    Some(Words {
        words: texts(keys, "words", findings),
        number: style,
        scale: texts(keys, "scale", findings),
        date: pattern,
        months,
        points: keys.need_text("points", findings)?.value,
        change: directions(keys, "change", findings),
        direction: directions(keys, "direction", findings),
        rounding: texts(keys, "rounding", findings),
        prose: keys.table("prose", findings).map(|table| prose(&table, findings)).unwrap_or_default(),
    })
}

fn prose(keys: &Keys, findings: &mut Findings) -> ProseWords {
    let mut list = |key| keys.texts(key, findings).into_iter().map(|word| word.value.to_lowercase()).collect();
    let words = ProseWords { up: list("up"), down: list("down"), profit: list("profit"), loss: list("loss") };
    keys.finish(findings);
    words
}

fn texts(keys: &Keys, key: &'static str, findings: &mut Findings) -> BTreeMap<String, String> {
    let Some(table) = keys.table(key, findings) else { return BTreeMap::new() };
    let text = |(key, value): (crate::model::At<String>, keys::Value)| Some((key.value, value.text(findings)?.value));
    table.entries().into_iter().filter_map(text).collect()
}

fn directions(keys: &Keys, key: &'static str, findings: &mut Findings) -> BTreeMap<String, Direction> {
    let Some(table) = keys.table(key, findings) else { return BTreeMap::new() };
    let mut all = BTreeMap::new();
    for (style, value) in table.entries() {
        let Some(keys) = value.keys(findings) else { continue };
        let mut need = |key| keys.need_text(key, findings).map(|text| text.value).unwrap_or_default();
        all.insert(style.value, Direction { up: need("up"), down: need("down"), flat: need("flat") });
        keys.finish(findings);
    }
    all
}
