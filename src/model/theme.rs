//! A theme: the colours and faces that a release's pages and its print share, as a designer writes them.

use super::At;

/// What `templates/theme.toml` says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Theme {
    /// On paper and on light screens.
    pub light: Palette,
    /// On dark screens.
    pub dark: Palette,
    /// Files of `static/fonts/` for print, most wanted first, by voice.
    pub print: Vec<(&'static str, Vec<At<String>>)>,
    /// Faces that the pages bring with them.
    pub web: Vec<WebFace>,
    /// Names of faces for pages, most wanted first, by voice: what the reader's system has, or the pages bring.
    pub screen: Vec<(&'static str, Vec<At<String>>)>,
}

/// Colours by what they are for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Palette {
    pub named: Vec<(&'static str, Rgb)>,
    /// Of a chart's series.
    pub series: Vec<Rgb>,
}

/// A face that the pages bring with them: a file of `static/fonts/`.
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
    /// What a colour can be for.
    pub const COLOURS: [&'static str; 10] =
        ["paper", "panel", "ink", "quiet", "accent", "line", "rule", "target", "alarm", "alarm_ink"];
    /// The voices of print, and those of pages.
    pub const PRINT: [&'static str; 6] = ["regular", "strong", "italic", "text", "text_strong", "text_italic"];
    pub const SCREEN: [&'static str; 2] = ["plain", "text"];
}

impl Palette {
    /// A colour by its name; black where nothing names it.
    pub fn colour(&self, name: &str) -> Rgb {
        self.named.iter().find(|(known, _)| *known == name).map_or((0, 0, 0), |(_, colour)| *colour)
    }

    /// Charts begin with the accent and with a tint of it.
    pub fn follow_accent(&mut self) {
        let (accent, paper) = (self.colour("accent"), self.colour("paper"));
        let tint = |accent: u8, paper: u8| u8::try_from((u16::from(accent) * 3 + u16::from(paper) * 2) / 5);
        let tint = |a: u8, p: u8| tint(a, p).unwrap_or(a);
        let tinted = (tint(accent.0, paper.0), tint(accent.1, paper.1), tint(accent.2, paper.2));
        for (colour, follows) in self.series.iter_mut().zip([accent, tinted]) {
            *colour = follows;
        }
    }
}
