//! How a printed release looks: sheet, margins, type sizes, colours and rules.

/// A length in PDF points, 1/72 inch.
pub type Pt = f32;

/// A colour as red, green and blue, 0 to 255.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// The colour that a number such as `0x1B365D` stands for.
    fn hex(number: u32) -> Self {
        let [_, red, green, blue] = number.to_be_bytes();
        Self(red, green, blue)
    }

    /// The colour on white, so much of it.
    pub fn tint(self, share: f32) -> Self {
        let Self(red, green, blue) = self;
        // Between 0 and 255.
        let [red, green, blue] =
            [red, green, blue].map(|part| (255.0 - (255.0 - f32::from(part)) * share).round() as u8);
        Self(red, green, blue)
    }
}

/// The sheets a release is printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    A4,
    Letter,
}

impl Sheet {
    /// Width and height, upright.
    pub fn size(self) -> (Pt, Pt) {
        match self {
            Self::A4 => (595.28, 841.89),
            Self::Letter => (612.0, 792.0),
        }
    }
}

/// A size of type with the distance between its baselines.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TypeSize {
    pub size: Pt,
    pub leading: Pt,
}

impl TypeSize {
    /// How far the baseline is below the top of its line.
    pub fn baseline(self) -> Pt {
        (self.leading - self.size) / 2.0 + self.size * 0.80
    }
}

/// The measures of a printed release. `Style::default()` is the plain A4 release.
#[derive(Debug, Clone, PartialEq)]
pub struct Style {
    pub sheet: Sheet,
    /// Top, right, bottom and left of an upright sheet.
    pub margins: [Pt; 4],
    /// Top, right, bottom and left of a landscape sheet.
    pub landscape_margins: [Pt; 4],
    /// How far from the sheet's edge the running head, the foot and a draft's mark are.
    pub head: Pt,
    pub foot: Pt,
    pub banner: Pt,
    pub body: TypeSize,
    pub title: TypeSize,
    /// Headings by level, from 1; deeper levels use the last.
    pub headings: Vec<TypeSize>,
    pub caption: TypeSize,
    pub note: TypeSize,
    pub furniture: TypeSize,
    /// The size tables are set in when they fit, and the smallest they may shrink to.
    pub table: Pt,
    pub table_least: Pt,
    /// Leading of a table, in its type size.
    pub table_leading: f32,
    pub paragraph_gap: Pt,
    /// Space above a heading, by level, from 1.
    pub heading_gaps: Vec<Pt>,
    pub table_gap: Pt,
    pub list_indent: Pt,
    pub ink: Colour,
    pub accent: Colour,
    pub quiet: Colour,
    pub alarm: Colour,
    /// The colours of a chart's series.
    pub series: Vec<Colour>,
    pub hairline: Pt,
    pub heavy_rule: Pt,
    /// What its type was scaled by, and what the distance of its lines beyond that; 1 for the release's own.
    pub scale: f32,
    pub line_spacing: f32,
}

/// How type may be set smaller, and its lines closer, to spare a sheet: lines first come closer where type would become
/// small.
const STEPS: [(f32, f32); 15] = [
    (1.0, 1.0),
    (0.98, 1.0),
    (0.96, 1.0),
    (0.94, 1.0),
    (0.92, 1.0),
    (0.9, 1.0),
    (0.9, 0.96),
    (0.9, 0.92),
    (0.88, 0.92),
    (0.86, 0.92),
    (0.84, 0.92),
    (0.82, 0.92),
    (0.8, 0.92),
    (0.78, 0.92),
    (0.76, 0.92),
];

impl Default for Style {
    fn default() -> Self {
        let of = |size, leading| TypeSize { size, leading };
        Self {
            sheet: Sheet::A4,
            margins: [64.0, 56.0, 58.0, 56.0],
            landscape_margins: [58.0, 50.0, 50.0, 50.0],
            head: 34.0,
            foot: 30.0,
            banner: 18.0,
            body: of(10.0, 14.0),
            title: of(18.0, 22.0),
            headings: vec![of(13.5, 17.0), of(11.5, 15.0), of(10.0, 14.0)],
            caption: of(10.0, 13.5),
            note: of(8.0, 10.4),
            furniture: of(7.5, 10.0),
            table: 8.5,
            table_least: 6.5,
            table_leading: 1.25,
            paragraph_gap: 6.0,
            heading_gaps: vec![18.0, 14.0, 10.0],
            table_gap: 12.0,
            list_indent: 14.0,
            ink: Colour(26, 26, 26),
            accent: Colour(27, 54, 93),
            quiet: Colour(95, 99, 104),
            alarm: Colour(176, 0, 32),
            series: [0x1B365D, 0x3D74C0, 0xB9832F, 0x3F9A8E, 0x5A2134, 0x74735A].map(Colour::hex).to_vec(),
            hairline: 0.4,
            heavy_rule: 0.9,
            scale: 1.0,
            line_spacing: 1.0,
        }
    }
}

impl Style {
    /// The style, and the same in ever smaller type: text, headings, tables and notes, but never below the least size.
    pub fn scaled_down(&self) -> Vec<Self> {
        STEPS.iter().map(|&(by, line_spacing)| self.scaled(by, line_spacing)).collect()
    }

    fn scaled(&self, by: f32, line_spacing: f32) -> Self {
        let least = self.table_least;
        let of = |type_size: TypeSize| {
            let size = (type_size.size * by).max(least.min(type_size.size));
            TypeSize { size, leading: type_size.leading * size / type_size.size * line_spacing }
        };
        Self {
            body: of(self.body),
            headings: self.headings.iter().copied().map(of).collect(),
            caption: of(self.caption),
            note: of(self.note),
            table: (self.table * by).max(least),
            table_leading: self.table_leading * line_spacing,
            paragraph_gap: self.paragraph_gap * by * line_spacing,
            heading_gaps: self.heading_gaps.iter().map(|gap| gap * by * line_spacing).collect(),
            table_gap: self.table_gap * by * line_spacing,
            list_indent: self.list_indent * by,
            scale: by,
            line_spacing,
            ..self.clone()
        }
    }

    /// The measures of a heading's type.
    pub fn heading(&self, level: u8) -> TypeSize {
        for_level(&self.headings, level).unwrap_or(self.body)
    }

    /// The space above a heading.
    pub fn heading_gap(&self, level: u8) -> Pt {
        for_level(&self.heading_gaps, level).unwrap_or(self.paragraph_gap)
    }

    /// Width and height of a sheet, turned or not.
    pub fn sheet(&self, landscape: bool) -> (Pt, Pt) {
        let (width, height) = self.sheet.size();
        if landscape { (height, width) } else { (width, height) }
    }

    /// Top, right, bottom and left of a sheet, turned or not.
    pub fn margins(&self, landscape: bool) -> [Pt; 4] {
        if landscape { self.landscape_margins } else { self.margins }
    }

    /// How high text may be on a sheet, turned or not.
    pub fn text_height(&self, landscape: bool) -> Pt {
        let [top, _, bottom, _] = self.margins(landscape);
        self.sheet(landscape).1 - top - bottom
    }

    /// How wide text may run on a sheet, turned or not.
    pub fn text_width(&self, landscape: bool) -> Pt {
        let [_, right, _, left] = self.margins(landscape);
        self.sheet(landscape).0 - left - right
    }
}

fn for_level<T: Copy>(of_levels: &[T], level: u8) -> Option<T> {
    of_levels.get(usize::from(level.max(1)) - 1).or(of_levels.last()).copied()
}
