//! Reads the appearance of a project's releases: theme and print style over the built-in ones, and their fonts.

use std::{collections::BTreeMap, sync::Arc};

use super::layers::Layers;
use crate::{
    diag::{Diagnostic, Findings, quoted_list},
    load,
    model::{
        self, At, Decimal, FontChoice, FontFile, Palette, Picture, PictureKind, PrintSheet, PrintStyle, Rgb,
        ScreenFaces, Theme, ToPrimitive, WebFace,
    },
    render::{
        html,
        pdf::{
            self, Face, FaceData, FaceProblem, Faces, FontRole, Sheet, Style,
            style::{Colour, Pt, TypeSize},
        },
    },
};

/// Static files by their path within `static/`.
type Assets = BTreeMap<String, Arc<Vec<u8>>>;

/// The files under `templates/` that define the appearance.
const THEME: &str = "theme.toml";
const STYLE: &str = "print/style.toml";

/// The appearance of print and of pages.
#[derive(Debug, Default)]
pub(super) struct Appearance {
    pub style: Style,
    pub faces: Faces,
    pub pages: html::Theme,
    pub logo: Option<Logo>,
}

/// The logo of the masthead.
#[derive(Debug, Clone)]
pub(crate) struct Logo {
    /// The file for pages, and the one for print.
    pub page: Picture,
    pub print: Picture,
    /// In points.
    pub height: u8,
}

/// Reads lengths, colours and fonts. Findings: errors in the files, and fonts that do not exist.
pub(super) fn read_appearance(layers: &Layers, assets: &Assets, findings: &mut Findings) -> Appearance {
    let read = |theme, source: &_| load::theme(source, theme, findings);
    let theme = layers.sources(THEME).iter().fold(Theme::default(), read);
    let read = |style, source: &_| load::print_style(source, style, findings);
    let print = layers.sources(STYLE).iter().fold(PrintStyle::default(), read);
    for face in &theme.web {
        findings.keep(find_font(&face.file, assets).ok_or_else(|| missing_font(&face.file)));
    }
    Appearance {
        style: print_style(&print, &theme.light),
        faces: faces(&theme, layers, assets, findings),
        pages: page_theme(&theme),
        logo: theme.logo.as_ref().and_then(|logo| read_logo(logo, assets, findings)),
    }
}

/// Reads the files of a logo. Findings: one is missing, or no picture that pages or print can show.
fn read_logo(logo: &model::Logo, assets: &Assets, findings: &mut Findings) -> Option<Logo> {
    let mut read = |file: &At<String>| {
        let path = format!("static/{}", file.value);
        let bytes = assets.get(&file.value).ok_or_else(|| format!("there is no file `{path}`"));
        let picture = bytes.and_then(|bytes| {
            load::picture(path.clone(), bytes.to_vec()).map_err(|reason| format!("`{path}` {reason}"))
        });
        findings.keep(picture.map_err(|message| Diagnostic::error("picture", message).at(&file.place, "")))
    };
    let page = read(&logo.file)?;
    let print = logo.print.as_ref().map_or(Some(page.clone()), &mut read)?;
    if print.kind == PictureKind::Svg {
        let place = logo.print.as_ref().map_or(&logo.file.place, |file| &file.place);
        let finding = Diagnostic::error("picture", "an SVG file cannot be printed").at(place, "");
        findings.push(finding.help("add `print = \"logo.png\"`, the logo as a PNG file"));
        return None;
    }
    Some(Logo { page, print, height: logo.height })
}

fn page_theme(theme: &Theme) -> html::Theme {
    let hex = |(red, green, blue): Rgb| format!("#{red:02X}{green:02X}{blue:02X}");
    let palette = |palette: &Palette| html::Palette {
        named: palette.named.iter().map(|(name, colour)| (*name, hex(*colour))).collect(),
        series: palette.series.iter().copied().map(hex).collect(),
    };
    html::Theme {
        light: palette(&theme.light),
        dark: palette(&theme.dark),
        web: theme.web.iter().map(web_face).collect(),
        faces: theme.screen.iter().map(screen_faces).collect(),
    }
}

fn screen_faces(faces: &ScreenFaces) -> html::ScreenFaces {
    html::ScreenFaces {
        language: faces.language.as_ref().map(|language| language.value.clone()),
        style: faces.style,
        names: faces.names.iter().map(|name| name.value.clone()).collect(),
    }
}

fn web_face(face: &WebFace) -> html::WebFace {
    let WebFace { name, file, weight, italic } = face;
    html::WebFace { name: name.value.clone(), file: file.value.clone(), weight: *weight, italic: *italic }
}

fn print_style(print: &PrintStyle, theme: &Palette) -> Style {
    let named = |name| colour(theme.colour(name));
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
        body: type_size(print.body),
        title: type_size(print.title),
        headings: print.headings.iter().copied().map(type_size).collect(),
        caption: type_size(print.caption),
        note: type_size(print.note),
        furniture: type_size(print.furniture),
        table: points(print.table),
        table_least: points(print.table_least),
        table_leading: points(print.table_leading),
        paragraph_gap: points(print.paragraph_gap),
        heading_gaps: print.heading_gaps.iter().copied().map(points).collect(),
        table_gap: points(print.table_gap),
        list_indent: points(print.list_indent),
        ink: named("ink"),
        accent: named("accent"),
        quiet: named("quiet"),
        alarm: named("alarm"),
        series: theme.series.iter().copied().map(colour).collect(),
        hairline: points(print.hairline),
        heavy_rule: points(print.heavy_rule),
        scale: 1.0,
        line_spacing: 1.0,
    }
}

fn points(length: Decimal) -> Pt {
    length.to_f32().unwrap_or_default()
}

fn type_size([size, leading]: [Decimal; 2]) -> TypeSize {
    TypeSize { size: points(size), leading: points(leading) }
}

fn colour((red, green, blue): Rgb) -> Colour {
    Colour(red, green, blue)
}

/// The fonts for print. Findings: those that do not exist or cannot be embedded, and fonts of a language without its letters.
fn faces(theme: &Theme, layers: &Layers, assets: &Assets, findings: &mut Findings) -> Faces {
    let mut list = Vec::new();
    for (font_role, style) in FontRole::ALL.into_iter().zip(FontRole::NAMES) {
        for faces in theme.print.iter().filter(|faces| faces.style == style) {
            let letters = faces.language.as_ref().map(|language| letters(language, layers));
            let letters = letters.map(|letters| findings.keep(letters).unwrap_or_default());
            for file in &faces.files {
                let Some(face) = findings.keep(face(file, font_role, assets)) else { continue };
                let language = faces.language.as_ref().map(|language| language.value.clone());
                if letters.as_ref().is_some_and(|letters| !letters.is_empty() && !face.has_any_of(letters)) {
                    let language = language.as_deref().unwrap_or_default();
                    let message = format!("`{}` has no letters of the language `{language}`", file.file.value);
                    findings.push(Diagnostic::error("font", message).at(&file.file.place, ""));
                }
                list.push(Face { language, ..face });
            }
        }
    }
    Faces::new(list)
}

/// The letters of a language beyond ASCII, as its fixed words have them. Errors: it has no words.
fn letters(language: &At<String>, layers: &Layers) -> Result<String, Diagnostic> {
    let sources = layers.sources(&format!("words/{}.toml", language.value));
    if sources.is_empty() {
        let message = format!("there are no words of the language `{}`", language.value);
        return Err(Diagnostic::error("words", message).at(&language.place, ""));
    }
    let is_letter = |c: &char| !c.is_ascii() && c.is_alphabetic();
    Ok(sources.iter().flat_map(|source| source.text.chars().filter(is_letter)).collect())
}

/// A font of the project, or a built-in one.
fn face(font: &FontFile, font_role: FontRole, assets: &Assets) -> Result<Face, Diagnostic> {
    let file = &font.file;
    let stem = file.value.rsplit_once('.').map_or(file.value.as_str(), |(stem, _)| stem).to_owned();
    let Some(bytes) = find_font(file, assets) else {
        let data = Faces::built_in_file(&stem).ok_or_else(|| missing_font(file))?;
        return Ok(Face { name: stem, font_role, language: None, data: data.into(), index: 0 });
    };
    let is_chosen = font.face.as_ref().map(|face| {
        move |index: u32, name: &str| match &face.value {
            FontChoice::Number(number) => index == *number,
            FontChoice::Name(wanted) => wanted == name,
        }
    });
    let is_chosen = is_chosen.as_ref().map(|is_chosen| is_chosen as pdf::IsChosen);
    let (index, name) = pdf::choose_face(bytes, is_chosen).map_err(|problem| font_problem(font, problem))?;
    let data = FaceData::Read(Arc::clone(bytes));
    Ok(Face { name: name.unwrap_or(stem), font_role, language: None, data, index })
}

fn find_font<'a>(file: &At<String>, assets: &'a Assets) -> Option<&'a Arc<Vec<u8>>> {
    assets.get(&format!("fonts/{}", file.value))
}

fn missing_font(file: &At<String>) -> Diagnostic {
    Diagnostic::error("font", format!("there is no font file `static/fonts/{}`", file.value)).at(&file.place, "")
}

/// The finding that a font file cannot be used.
fn font_problem(font: &FontFile, problem: FaceProblem) -> Diagnostic {
    let FontFile { file, face } = font;
    match problem {
        FaceProblem::NoOutlines => pdf::no_outlines(&file.value).at(&file.place, ""),
        FaceProblem::NoChoice(names) => {
            let message = format!("`{}` is a collection of {} fonts, and none is chosen", file.value, names.len());
            let finding =
                Diagnostic::error("font", message).at(&file.place, "").note(format!("they are {}", quoted_list(names)));
            finding.help(format!("write `{{ file = \"{}\", face = … }}`", file.value))
        }
        FaceProblem::NoSuchFace(names) => {
            let place = face.as_ref().map_or(&file.place, |face| &face.place);
            let message = format!("`{}` has no font {}", file.value, place.text());
            Diagnostic::error("font", message).at(place, "").note(format!("its fonts are {}", quoted_list(names)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn built_in_appearance() -> Appearance {
        let mut findings = Findings::new();
        let appearance = read_appearance(&Layers::default(), &BTreeMap::new(), &mut findings);
        assert!(findings.is_empty());
        appearance
    }

    #[test]
    fn the_files_say_what_the_writer_does_without_them() {
        let appearance = built_in_appearance();
        assert_eq!(appearance.style, Style::default());
        let names =
            |faces: &Faces| faces.list().iter().map(|face| (face.name.clone(), face.font_role)).collect::<Vec<_>>();
        assert_eq!(names(&appearance.faces), names(&Faces::built_in()));
    }

    /// WCAG's relative luminance of `#1B365D`.
    fn luminance(colour: &str) -> f64 {
        let part = |from| f64::from(u8::from_str_radix(&colour[from..from + 2], 16).unwrap()) / 255.0;
        let linear = |part: f64| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) };
        0.2126 * linear(part(1)) + 0.7152 * linear(part(3)) + 0.0722 * linear(part(5))
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
        (one / other).max(other / one)
    }

    /// WCAG 2.2 AA: 4.5 for text, 3 for graphics.
    #[test]
    fn text_and_charts_have_contrast_in_light_and_dark() {
        let pages = built_in_appearance().pages;
        for palette in [&pages.light, &pages.dark] {
            let of = |name| &palette.named.iter().find(|(known, _)| *known == name).unwrap().1;
            for (ground, inks) in [
                ("paper", ["ink", "quiet", "accent", "alarm"].as_slice()),
                ("panel", &["ink", "quiet", "accent"]),
                ("target", &["ink", "quiet", "accent"]),
                ("alarm", &["alarm_ink"]),
            ] {
                for ink in inks {
                    assert!(contrast(of(ground), of(ink)) >= 4.5, "{ink} on {ground} {}", of(ground));
                }
            }
            assert_eq!(palette.series.len(), 6);
            for colour in &palette.series {
                assert!(contrast(of("paper"), colour) >= 3.0, "{colour} on {}", of("paper"));
            }
        }
    }
}
