//! How a project's releases look in print: its style file over kessan's own, and the faces that it names.

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use crate::{
    diag::{Diagnostic, Findings, Source},
    load,
    model::{At, Decimal, PrintSheet, PrintStyle, Rgb, ToPrimitive},
    render::{
        defaults,
        pdf::{
            Face, Faces, Sheet, Style, Voice,
            style::{Colour, Pt, Type},
        },
    },
};

/// The style file's path under `templates/`.
const FILE: &str = "print/style.toml";

/// Measures and faces. Findings: what the style file says wrongly, and faces that are not there.
pub(super) fn look(
    files: &BTreeMap<String, Arc<Source>>,
    assets: &BTreeMap<String, Vec<u8>>,
    findings: &mut Findings,
) -> (Style, Faces) {
    let path = format!("templates/{FILE}");
    let own = defaults::FILES.iter().find(|(known, _)| *known == path);
    let base = own.map(|(path, text)| load::print_style(&Source::new(*path, *text), PrintStyle::default(), findings));
    let base = base.unwrap_or_default();
    let print = match files.get(FILE) {
        Some(source) => load::print_style(source, base, findings),
        None => base,
    };
    (style(&print), faces(&print, assets, findings))
}

fn style(print: &PrintStyle) -> Style {
    Style {
        sheet: match print.sheet {
            PrintSheet::A4 => Sheet::A4,
            PrintSheet::Letter => Sheet::Letter,
        },
        margins: print.margins.map(points),
        landscape_margins: print.landscape_margins.map(points),
        head: points(print.head),
        foot: points(print.foot),
        banner: points(print.banner),
        body: kind(print.body),
        title: kind(print.title),
        headings: print.headings.iter().copied().map(kind).collect(),
        caption: kind(print.caption),
        note: kind(print.note),
        furniture: kind(print.furniture),
        table: points(print.table),
        table_least: points(print.table_least),
        table_leading: points(print.table_leading),
        paragraph_gap: points(print.paragraph_gap),
        heading_gaps: print.heading_gaps.iter().copied().map(points).collect(),
        table_gap: points(print.table_gap),
        list_indent: points(print.list_indent),
        ink: colour(print.ink),
        accent: colour(print.accent),
        quiet: colour(print.quiet),
        alarm: colour(print.alarm),
        series: print.series.iter().copied().map(colour).collect(),
        hairline: points(print.hairline),
        heavy_rule: points(print.heavy_rule),
        scale: 1.0,
        tightness: 1.0,
    }
}

fn points(length: Decimal) -> Pt {
    length.to_f32().unwrap_or_default()
}

fn kind([size, leading]: [Decimal; 2]) -> Type {
    Type { size: points(size), leading: points(leading) }
}

fn colour((red, green, blue): Rgb) -> Colour {
    Colour(red, green, blue)
}

fn faces(print: &PrintStyle, assets: &BTreeMap<String, Vec<u8>>, findings: &mut Findings) -> Faces {
    let mut list = Vec::new();
    for (voice, word) in Voice::ALL.into_iter().zip(Voice::WORDS) {
        let files = print.faces.iter().filter(|(known, _)| *known == word).flat_map(|(_, files)| files);
        list.extend(files.filter_map(|file| findings.keep(face(file, voice, assets))));
    }
    Faces::of(list)
}

/// A face of the project, or one that the program carries.
fn face(file: &At<String>, voice: Voice, assets: &BTreeMap<String, Vec<u8>>) -> Result<Face, Diagnostic> {
    let name = file.value.trim_end_matches(".ttf").to_owned();
    let own = assets.get(&format!("fonts/{}", file.value)).map(|bytes| Cow::Owned(bytes.clone()));
    let data = own.or_else(|| Faces::carried(&name).map(Cow::Borrowed)).ok_or_else(|| {
        let finding = Diagnostic::error("font", format!("there is no face `static/fonts/{}`", file.value));
        finding.at(&file.place, "")
    })?;
    Ok(Face { name, voice, data })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_file_says_what_the_writer_does_without_one() {
        let mut findings = Findings::new();
        let (style, faces) = look(&BTreeMap::new(), &BTreeMap::new(), &mut findings);
        assert!(findings.is_empty());
        assert_eq!(style, Style::default());
        let names = |faces: &Faces| faces.list().iter().map(|face| (face.name.clone(), face.voice)).collect::<Vec<_>>();
        assert_eq!(names(&faces), names(&Faces::built_in()));
    }
}
