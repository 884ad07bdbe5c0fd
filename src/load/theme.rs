//! Reads `templates/theme.toml`: colours and fonts.

use std::sync::Arc;

use super::{
    files::File,
    languages::is_language_tag,
    toml_table::{self, TomlTable, Value},
};
use crate::{
    diag::{Diagnostic, Findings, Source},
    model::{At, FontChoice, FontFile, Logo, Palette, PrintFaces, Rgb, ScreenFaces, Theme, ToPrimitive, WebFace},
};

/// The height of a logo, in points, and the greatest.
const LOGO_HEIGHT: u8 = 28;
const MAX_LOGO_HEIGHT: u8 = 120;

/// Reads a theme over `base`: values that the file omits are unchanged.
pub fn theme(source: &Arc<Source>, base: Theme, findings: &mut Findings) -> Theme {
    let file = File { source: Arc::clone(source), stem: String::new() };
    let mut theme = base;
    toml_table::parse_file(&file, findings, &mut |keys, findings| {
        if let Some(colours) = keys.table("colour", findings) {
            palette(&colours, &mut theme.light, findings);
            if let Some(dark) = colours.table("dark", findings) {
                palette(&dark, &mut theme.dark, findings);
                dark.finish(findings);
            }
            colours.finish(findings);
        }
        if let Some(faces) = keys.table("face", findings) {
            if let Some(print) = faces.table("print", findings) {
                read_print_faces(&print, None, &mut theme.print, findings);
                for (language, keys) in print.named_tables(findings) {
                    read_print_faces(&keys, Some(&language), &mut theme.print, findings);
                    keys.finish(findings);
                }
                print.finish(findings);
            }
            if let Some(screen) = faces.table("screen", findings) {
                read_font_names(&screen, None, &mut theme.screen, findings);
                for (language, keys) in screen.named_tables(findings) {
                    if findings.keep(check_language(&language)).is_some() {
                        read_font_names(&keys, Some(&language), &mut theme.screen, findings);
                        keys.finish(findings);
                    }
                }
                screen.finish(findings);
            }
            let web = faces.tables("web", findings);
            theme.web.extend(web.iter().filter_map(|keys| web_face(keys, findings)));
            faces.finish(findings);
        }
        if let Some(keys) = keys.table("logo", findings) {
            let (file, print) = (keys.require_text("file", findings), keys.text("print", findings));
            let height = keys.count("height", MAX_LOGO_HEIGHT, findings).filter(|height| *height > 0);
            keys.finish(findings);
            let height = height.unwrap_or(LOGO_HEIGHT);
            theme.logo = file.map(|file| Logo { file, print, height }).or(theme.logo.take());
        }
    });
    theme
}

fn palette(keys: &TomlTable, palette: &mut Palette, findings: &mut Findings) {
    for name in Theme::COLOURS {
        let text = keys.text(name, findings);
        if let Some(colour) = text.and_then(|text| findings.keep(colour(&text))) {
            set(&mut palette.named, name, colour);
        }
    }
    let series = keys.texts("series", findings);
    let series: Vec<_> = series.iter().filter_map(|text| findings.keep(colour(text))).collect();
    if !series.is_empty() {
        palette.series = series;
    } else if keys.raw_text("accent").is_some() {
        palette.derive_series();
    }
}

/// Reads the fonts for print of a language, or of all.
fn read_print_faces(
    keys: &TomlTable,
    language: Option<&At<String>>,
    all: &mut Vec<PrintFaces>,
    findings: &mut Findings,
) {
    for style in Theme::PRINT {
        let files: Vec<_> = keys.items(style, findings).iter().filter_map(|file| font_file(file, findings)).collect();
        if files.is_empty() {
            continue;
        }
        let code = |language: Option<&At<String>>| language.map(|language| language.value.clone());
        all.retain(|known| known.style != style || code(known.language.as_ref()) != code(language));
        all.push(PrintFaces { language: language.cloned(), style, files });
    }
}

/// A file, `"Acme.ttf"`, or a font of a collection, `{ file = "Acme.ttc", face = "Acme JP" }`.
fn font_file(value: &Value, findings: &mut Findings) -> Option<FontFile> {
    if !value.is_table() {
        return Some(FontFile { file: value.text(findings)?, face: None });
    }
    let keys = value.table(findings)?;
    let (file, face) = (keys.require_text("file", findings), keys.value("face"));
    keys.finish(findings);
    let face = match face {
        Some(face) => Some(font_choice(&face, findings)?),
        None => None,
    };
    Some(FontFile { file: file?, face })
}

fn font_choice(value: &Value, findings: &mut Findings) -> Option<At<FontChoice>> {
    if value.as_text().is_some() {
        let name = value.text(findings)?;
        return Some(At::new(FontChoice::Name(name.value), name.place));
    }
    let number =
        value.number().ok().and_then(|number| number.value.to_u32().filter(|_| number.value.fract().is_zero()));
    let number = findings.keep(number.ok_or_else(|| value.wrong_type("the name of a face, or its number from 0")))?;
    Some(At::new(FontChoice::Number(number), value.place()))
}

/// Reads the fonts for pages of a language, or of all; these take the place of all that were read before.
fn read_font_names(
    keys: &TomlTable,
    language: Option<&At<String>>,
    all: &mut Vec<ScreenFaces>,
    findings: &mut Findings,
) {
    for style in Theme::SCREEN {
        let mut names = keys.texts(style, findings);
        names.retain(|name| findings.keep(check_font_name(name)).is_some());
        if names.is_empty() {
            continue;
        }
        let same = |known: &ScreenFaces| match (language, &known.language) {
            (Some(language), Some(known)) => known.value == language.value,
            (Some(_), None) => false,
            (None, _) => true,
        };
        all.retain(|known| known.style != style || !same(known));
        all.push(ScreenFaces { language: language.cloned(), style, names });
    }
}

/// Checks the name of a language, which is written into the style sheet.
fn check_language(language: &At<String>) -> Result<(), Diagnostic> {
    if is_language_tag(&language.value) {
        return Ok(());
    }
    let message = format!("`{}` is not a language tag such as `ja`", language.value);
    Err(Diagnostic::error("style", message).at(&language.place, ""))
}

fn web_face(keys: &TomlTable, findings: &mut Findings) -> Option<WebFace> {
    let (name, file) = (keys.require_text("name", findings), keys.require_text("file", findings));
    let weight = keys.value("weight").map_or(Some(400), |value| weight(&value, findings));
    let italic = keys.flag("italic", findings).unwrap_or(false);
    keys.finish(findings);
    let (name, file) = (name?, file?);
    findings.keep(check_font_name(&name).and_then(|()| check_font_name(&file)))?;
    Some(WebFace { name, file, weight: weight?, italic })
}

fn weight(value: &Value, findings: &mut Findings) -> Option<u16> {
    let number = findings.keep(value.number())?;
    let weight = number.value.to_u16().filter(|weight| (1..=1000).contains(weight) && number.value.fract().is_zero());
    findings.keep(weight.ok_or_else(|| value.wrong_type("a weight from 1 to 1000")))
}

/// Sets the value of a name, or adds it.
fn set<T>(list: &mut Vec<(&'static str, T)>, name: &'static str, value: T) {
    match list.iter_mut().find(|(known, _)| *known == name) {
        Some((_, place)) => *place = value,
        None => list.push((name, value)),
    }
}

/// `#1B365D`.
fn colour(text: &At<String>) -> Result<Rgb, Diagnostic> {
    let part = |from: usize| u8::from_str_radix(text.value.get(from..from + 2)?, 16).ok();
    let parts = (text.value.len() == 7 && text.value.starts_with('#')).then(|| Some((part(1)?, part(3)?, part(5)?)));
    parts.flatten().ok_or_else(|| {
        Diagnostic::error("style", format!("`{}` is not a colour", text.value)).at(&text.place, "write it as `#1B365D`")
    })
}

/// Checks the name of a font, which is written into the style sheet and must not end its string.
fn check_font_name(text: &At<String>) -> Result<(), Diagnostic> {
    let plain = |c: char| c.is_alphanumeric() || " -_.".contains(c);
    if !text.value.trim().is_empty() && text.value.chars().all(plain) {
        return Ok(());
    }
    Err(Diagnostic::error("style", format!("`{}` is not the name of a font", text.value)).at(&text.place, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Theme, Vec<String>) {
        let mut findings = Findings::new();
        let theme = theme(&Source::new("theme.toml", text), Theme::default(), &mut findings);
        (theme, findings.sorted().into_iter().map(|finding| finding.message).collect())
    }

    #[test]
    fn a_theme_says_only_what_differs() {
        let source = Source::new("theme.toml", "colour.accent = \"#010203\"\ncolour.dark.ink = \"#FFFFFF\"\n");
        let base = read("colour = { accent = \"#AAAAAA\", ink = \"#111111\" }").0;
        let theme = theme(&source, base, &mut Findings::new());
        assert_eq!((theme.light.colour("accent"), theme.light.colour("ink")), ((1, 2, 3), (17, 17, 17)));
        assert_eq!(theme.dark.colour("ink"), (255, 255, 255));
    }

    #[test]
    fn what_is_no_colour_and_no_name_is_told() {
        let (theme, messages) = read("colour.ink = \"#12é4\"\nface.screen.text = [\"x; } body { \", \"Noto Serif\"]\n");
        assert_eq!(messages, ["`#12é4` is not a colour", "`x; } body { ` is not the name of a font"]);
        assert_eq!(theme.screen[0].names[0].value, "Noto Serif");
    }

    #[test]
    fn fonts_for_all_languages_replace_those_of_each_that_were_set_before() {
        let base = read("[face.screen]\ntext = [\"A\"]\nja.text = [\"B\"]\nja.plain = [\"C\"]\n").0;
        let named = |theme: &Theme| {
            let one = |faces: &ScreenFaces| {
                let language = faces.language.as_ref().map_or("-", |language| language.value.as_str());
                format!("{language} {} {}", faces.style, faces.names[0].value)
            };
            theme.screen.iter().map(one).collect::<Vec<_>>()
        };
        assert_eq!(named(&base), ["- text A", "ja plain C", "ja text B"]);
        let own = Source::new("theme.toml", "[face.screen]\ntext = [\"D\"]\n");
        assert_eq!(named(&theme(&own, base, &mut Findings::new())), ["ja plain C", "- text D"]);
    }

    #[test]
    fn fonts_of_what_is_no_language_are_told() {
        let (theme, messages) = read("[face.screen.\"x) { body\"]\ntext = [\"A\"]\n");
        assert_eq!(
            (theme.screen.len(), messages),
            (0, vec!["`x) { body` is not a language tag such as `ja`".to_owned()])
        );
    }
}
