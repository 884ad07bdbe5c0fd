//! The theme of the pages: custom properties for the style sheet, and the site's icon.

use std::fmt::Write;

/// Colours and faces of pages.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Theme {
    /// Colours on a light screen and in print.
    pub light: Palette,
    /// Colours on a dark screen.
    pub dark: Palette,
    /// Fonts served with the site.
    pub web: Vec<WebFace>,
    /// The fonts of pages.
    pub faces: Vec<ScreenFaces>,
}

/// A font that the site serves.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct WebFace {
    /// The font family.
    pub name: String,
    /// The font file, in the folder `fonts` beside the style sheet.
    pub file: String,
    /// CSS weight, 100 to 900.
    pub weight: u16,
    /// Whether the face is italic.
    pub italic: bool,
}

/// The font families of one font role.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ScreenFaces {
    /// The language of the pages that have them; `None`: those of all others.
    pub language: Option<String>,
    /// The font role: `plain` or `text`.
    pub style: &'static str,
    /// Most preferred first.
    pub names: Vec<String>,
}

/// CSS colours by name, and the colours of chart series.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Palette {
    /// Names of custom properties, without `--`, and their colours.
    pub named: Vec<(&'static str, String)>,
    /// CSS colours of chart series, in order.
    pub series: Vec<String>,
}

/// The number of custom properties for chart series; beyond it colours repeat.
pub(super) const SERIES_COLOURS: usize = 12;

/// Generic font families of CSS, which are written without quotes.
const GENERIC_FAMILIES: [&str; 11] = [
    "serif",
    "sans-serif",
    "monospace",
    "cursive",
    "fantasy",
    "system-ui",
    "ui-serif",
    "ui-sans-serif",
    "ui-monospace",
    "ui-rounded",
    "-apple-system",
];

impl Theme {
    /// The style sheet `theme.css`: custom properties for colours (`--ink`), series (`--series-0`) and font roles (`--text`).
    pub fn stylesheet(&self) -> String {
        let mut css = String::from("/* The theme, made from templates/theme.toml. */\n\n");
        css.extend(self.web.iter().map(WebFace::font_face_rule));
        css.push_str(":root {\n");
        css.push_str(&self.light.properties("  "));
        css.extend(self.faces.iter().filter(|faces| faces.language.is_none()).map(ScreenFaces::property));
        css.push_str("}\n\n");
        for faces in &self.faces {
            if let Some(language) = &faces.language {
                // Writing to a String cannot fail.
                let _ = write!(css, ":root:lang({language}) {{\n{}}}\n\n", faces.property());
            }
        }
        css.push_str("@media screen and (prefers-color-scheme: dark) {\n  :root {\n");
        css.push_str(&self.dark.properties("    "));
        css + "  }\n}\n"
    }

    /// The site icon as SVG: columns above a double rule, in the theme's colours.
    pub fn icon(&self) -> String {
        let (accent, paper) = (self.light.colour("accent"), self.light.colour("paper"));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\"><rect width=\"32\" height=\"32\" rx=\"6\" \
             fill=\"{accent}\"/><path fill=\"{paper}\" d=\"M7 13h4v7H7zm7-4h4v11h-4zm7-3h4v14h-4zM6 22.5h20V24H6zm0 \
             3h20V27H6z\"/></svg>\n"
        )
    }
}

impl ScreenFaces {
    fn property(&self) -> String {
        let names: Vec<String> = self.names.iter().map(|name| quote_family(name)).collect();
        format!("  --{}: {};\n", self.style, names.join(", "))
    }
}

impl WebFace {
    /// The `@font-face` rule. `swap` shows text in a fallback font until this one has loaded.
    fn font_face_rule(&self) -> String {
        let Self { name, file, weight, italic } = self;
        let style = if *italic { "italic" } else { "normal" };
        format!(
            "@font-face {{ font-family: \"{name}\"; src: url(\"fonts/{file}\"); font-weight: {weight}; font-style: {style}; \
             font-display: swap; }}\n\n"
        )
    }
}

impl Palette {
    fn properties(&self, indent: &str) -> String {
        let named = self.named.iter().map(|(name, colour)| format!("{indent}--{name}: {colour};\n"));
        let series = self.series.iter().cycle().take(if self.series.is_empty() { 0 } else { SERIES_COLOURS });
        let series = series.enumerate().map(|(i, colour)| format!("{indent}--series-{i}: {colour};\n"));
        named.chain(series).collect()
    }

    fn colour(&self, name: &str) -> &str {
        self.named.iter().find(|(known, _)| *known == name).map_or("#000", |(_, colour)| colour)
    }
}

fn quote_family(face: &str) -> String {
    if GENERIC_FAMILIES.contains(&face) { face.to_owned() } else { format!("\"{face}\"") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_and_faces_become_properties() {
        let palette = |ink: &str| Palette {
            named: vec![("ink", ink.to_owned())],
            series: vec!["#000001".to_owned(), "#000002".to_owned()],
        };
        let faces = |language: Option<&str>, name: &str| ScreenFaces {
            language: language.map(str::to_owned),
            style: "text",
            names: vec![name.to_owned(), "serif".to_owned()],
        };
        let faces = vec![faces(Some("ja"), "Yu Mincho"), faces(None, "Noto Serif")];
        let web = WebFace { name: "Acme".into(), file: "acme.woff2".into(), weight: 600, italic: true };
        let css = Theme { light: palette("#111111"), dark: palette("#EEEEEE"), faces, web: vec![web] }.stylesheet();
        let (light, dark) = css.split_once("@media screen and (prefers-color-scheme: dark)").unwrap();
        assert!(light.contains(
            "@font-face { font-family: \"Acme\"; src: url(\"fonts/acme.woff2\"); font-weight: 600; font-style: italic;"
        ));
        assert!(light.contains("  --ink: #111111;\n"), "{css}");
        assert!(light.contains("  --series-10: #000001;\n  --series-11: #000002;\n"), "{css}");
        assert!(light.contains("  --text: \"Noto Serif\", serif;\n}\n"), "{css}");
        assert!(light.contains(":root:lang(ja) {\n  --text: \"Yu Mincho\", serif;\n}\n"), "{css}");
        assert!(dark.contains("    --ink: #EEEEEE;\n"), "{css}");
    }
}
