//! The theme: colours and typefaces of pages and print.

use super::At;

/// The contents of `templates/theme.toml`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Theme {
    /// The colours for print and light screens.
    pub light: Palette,
    /// The colours for dark screens.
    pub dark: Palette,
    /// The fonts for print.
    pub print: Vec<PrintFaces>,
    /// Web fonts.
    pub web: Vec<WebFace>,
    /// The logo of the masthead.
    pub logo: Option<Logo>,
    /// The fonts for pages.
    pub screen: Vec<ScreenFaces>,
}

/// The fonts of one style for print, in order of preference.
#[derive(Debug, Clone, PartialEq)]
pub struct PrintFaces {
    /// The language whose releases they are for, where they are preferred to those of all languages.
    pub language: Option<At<String>>,
    /// The style, one of [`Theme::PRINT`].
    pub style: &'static str,
    pub files: Vec<FontFile>,
}

/// The fonts of one style for pages, in order of preference.
#[derive(Debug, Clone, PartialEq)]
pub struct ScreenFaces {
    /// The language whose pages have them in place of those of all languages.
    pub language: Option<At<String>>,
    /// The style, one of [`Theme::SCREEN`].
    pub style: &'static str,
    /// Font families, of the reader's system or of web fonts.
    pub names: Vec<At<String>>,
}

/// A font file in `static/fonts/`.
#[derive(Debug, Clone, PartialEq)]
pub struct FontFile {
    pub file: At<String>,
    /// Which of the fonts of a collection.
    pub face: Option<At<FontChoice>>,
}

/// Which of the fonts of a collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FontChoice {
    /// Counted from 0.
    Number(u32),
    /// Its family, full or PostScript name.
    Name(String),
}

/// A logo: files in `static/`.
#[derive(Debug, Clone, PartialEq)]
pub struct Logo {
    pub file: At<String>,
    /// The file for print, if it is another one.
    pub print: Option<At<String>>,
    /// In points of print; a page has a third more pixels.
    pub height: u8,
}

/// Colours by their purpose.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Palette {
    pub named: Vec<(&'static str, Rgb)>,
    /// The colours of the series of a chart.
    pub series: Vec<Rgb>,
}

/// A web font: a file in `static/fonts/`.
#[derive(Debug, Clone, PartialEq)]
pub struct WebFace {
    pub name: At<String>,
    pub file: At<String>,
    /// 1 to 1000; 400 is regular.
    pub weight: u16,
    pub italic: bool,
}

/// Red, green and blue.
pub type Rgb = (u8, u8, u8);

impl Theme {
    /// The names of the colours.
    pub const COLOURS: [&'static str; 10] =
        ["paper", "panel", "ink", "quiet", "accent", "line", "rule", "target", "alarm", "alarm_ink"];
    /// The font styles of print, and those of pages.
    pub const PRINT: [&'static str; 6] = ["regular", "strong", "italic", "text", "text_strong", "text_italic"];
    pub const SCREEN: [&'static str; 2] = ["plain", "text"];
}

impl Palette {
    /// The colour of this name, or black.
    pub fn colour(&self, name: &str) -> Rgb {
        self.named.iter().find(|(known, _)| *known == name).map_or((0, 0, 0), |(_, colour)| *colour)
    }

    /// Sets the first colours of chart series to the accent and a tint of it.
    pub fn derive_series(&mut self) {
        let (accent, paper) = (self.colour("accent"), self.colour("paper"));
        let tint = |accent: u8, paper: u8| u8::try_from((u16::from(accent) * 3 + u16::from(paper) * 2) / 5);
        let tint = |a: u8, p: u8| tint(a, p).unwrap_or(a);
        let tinted = (tint(accent.0, paper.0), tint(accent.1, paper.1), tint(accent.2, paper.2));
        for (colour, follows) in self.series.iter_mut().zip([accent, tinted]) {
            *colour = follows;
        }
    }
}
