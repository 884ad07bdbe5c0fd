//! Reads the appearance of a project's releases: theme and print style over the built-in ones, and their fonts.

use std::{borrow::Cow, collections::BTreeMap};

use super::layers::Layers;
use crate::{
    diag::{Diagnostic, Findings},
    load,
    model::{
        self, At, Decimal, Palette, Picture, PictureKind, PrintSheet, PrintStyle, Rgb, Theme, ToPrimitive, WebFace,
    },
    render::{
        html,
        pdf::{
            Face, Faces, FontRole, Sheet, Style,
            style::{Colour, Pt, TypeSize},
        },
    },
};

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
pub(super) fn read_appearance(
    layers: &Layers,
    assets: &BTreeMap<String, Vec<u8>>,
    findings: &mut Findings,
) -> Appearance {
    let read = |theme, source: &_| load::theme(source, theme, findings);
    let theme = layers.sources(THEME).iter().fold(Theme::default(), read);
    let read = |style, source: &_| load::print_style(source, style, findings);
    let print = layers.sources(STYLE).iter().fold(PrintStyle::default(), read);
    for face in &theme.web {
        findings.keep(find_font(&face.file, assets).ok_or_else(|| missing_font(&face.file)));
    }
    Appearance {
        style: print_style(&print, &theme.light),
        faces: faces(&theme, assets, findings),
        pages: page_theme(&theme),
        logo: theme.logo.as_ref().and_then(|logo| read_logo(logo, assets, findings)),
    }
}

/// Reads the files of a logo. Findings: one is missing, or no picture that pages or print can show.
fn read_logo(logo: &model::Logo, assets: &BTreeMap<String, Vec<u8>>, findings: &mut Findings) -> Option<Logo> {
    let mut read = |file: &At<String>| {
        let path = format!("static/{}", file.value);
        let bytes = assets.get(&file.value).ok_or_else(|| format!("there is no file `{path}`"));
        let picture = bytes.and_then(|bytes| {
            load::picture(path.clone(), bytes.clone()).map_err(|reason| format!("`{path}` {reason}"))
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
    let names = |names: &[At<String>]| names.iter().map(|name| name.value.clone()).collect();
    html::Theme {
        light: palette(&theme.light),
        dark: palette(&theme.dark),
        web: theme.web.iter().map(web_face).collect(),
        faces: theme.screen.iter().map(|(font_role, faces)| (*font_role, names(faces))).collect(),
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

fn faces(theme: &Theme, assets: &BTreeMap<String, Vec<u8>>, findings: &mut Findings) -> Faces {
    let mut list = Vec::new();
    for (font_role, word) in FontRole::ALL.into_iter().zip(FontRole::NAMES) {
        let files = theme.print.iter().filter(|(known, _)| *known == word).flat_map(|(_, files)| files);
        list.extend(files.filter_map(|file| findings.keep(face(file, font_role, assets))));
    }
    Faces::new(list)
}

/// A font of the project, or a built-in one.
fn face(file: &At<String>, font_role: FontRole, assets: &BTreeMap<String, Vec<u8>>) -> Result<Face, Diagnostic> {
    let name = file.value.trim_end_matches(".ttf").to_owned();
    let own = find_font(file, assets).map(|bytes| Cow::Owned(bytes.clone()));
    let data = own.or_else(|| Faces::built_in_file(&name).map(Cow::Borrowed)).ok_or_else(|| missing_font(file))?;
    Ok(Face { name, font_role, data })
}

fn find_font<'a>(file: &At<String>, assets: &'a BTreeMap<String, Vec<u8>>) -> Option<&'a Vec<u8>> {
    assets.get(&format!("fonts/{}", file.value))
}

fn missing_font(file: &At<String>) -> Diagnostic {
    Diagnostic::error("font", format!("there is no font file `static/fonts/{}`", file.value)).at(&file.place, "")
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
