//! The style of a printed release: sheet, margins, type sizes, colours and rules.

/// A length in PDF points, 1/72 inch.
pub type Pt = f32;

/// A colour as red, green and blue, 0 to 255.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// The colour of a number such as `0x1B365D`.
    fn from_rgb(number: u32) -> Self {
        let [_, red, green, blue] = number.to_be_bytes();
        Self(red, green, blue)
    }

    /// Mixes the colour with white; `share` is its own part, 0 to 1.
    pub fn tint(self, share: f32) -> Self {
        let Self(red, green, blue) = self;
        // Between 0 and 255.
        let [red, green, blue] =
            [red, green, blue].map(|part| (255.0 - (255.0 - f32::from(part)) * share).round() as u8);
        Self(red, green, blue)
    }
}

/// Paper sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    A4,
    Letter,
}

impl Sheet {
    /// Width and height in portrait.
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
    /// The type size.
    pub size: Pt,
    /// The distance between baselines.
    pub leading: Pt,
}

impl TypeSize {
    /// The type size multiplied by a factor.
    pub fn scale(self, by: f32) -> Self {
        Self { size: self.size * by, leading: self.leading * by }
    }

    /// The distance of the baseline from the top of its line.
    pub fn baseline(self) -> Pt {
        (self.leading - self.size) / 2.0 + self.size * 0.80
    }
}

/// The measures of a printed release. `Style::default()` is the plain A4 release.
#[derive(Debug, Clone, PartialEq)]
pub struct Style {
    /// The paper size.
    pub sheet: Sheet,
    /// Top, right, bottom and left of a portrait sheet.
    pub margins: [Pt; 4],
    /// Top, right, bottom and left of a landscape sheet.
    pub landscape_margins: [Pt; 4],
    /// The distance of the running head's baseline from the upper edge.
    pub head: Pt,
    /// The distance of the foot's baseline from the lower edge.
    pub foot: Pt,
    /// The distance of the draft label's baseline from the upper edge.
    pub banner: Pt,
    /// Running text.
    pub body: TypeSize,
    /// The title on the cover.
    pub title: TypeSize,
    /// Headings by level, from 1; deeper levels use the last.
    pub headings: Vec<TypeSize>,
    /// Captions of tables and charts.
    pub caption: TypeSize,
    /// Notes and unit lines.
    pub note: TypeSize,
    /// Running heads and feet.
    pub furniture: TypeSize,
    /// The type size of tables that fit.
    pub table: Pt,
    /// The smallest type size of tables.
    pub table_least: Pt,
    /// The leading of tables, in their type size.
    pub table_leading: f32,
    /// Space above a paragraph.
    pub paragraph_gap: Pt,
    /// Space above a heading, by level, from 1.
    pub heading_gaps: Vec<Pt>,
    /// Space above and below a table.
    pub table_gap: Pt,
    /// The indent of list items and quotes.
    pub list_indent: Pt,
    /// The colour of text.
    pub ink: Colour,
    /// The colour of headings, links and heavy rules.
    pub accent: Colour,
    /// The colour of furniture and unit lines.
    pub quiet: Colour,
    /// The colour of the draft label.
    pub alarm: Colour,
    /// The colours of chart series.
    pub series: Vec<Colour>,
    /// The thickness of thin rules.
    pub hairline: Pt,
    /// The thickness of the rule above a table.
    pub heavy_rule: Pt,
    /// The factor by which type was scaled; 1 for the release's own style.
    pub scale: f32,
    /// A further factor for the leading; 1 for the release's own style.
    pub line_spacing: f32,
}

/// The steps of type scale and line spacing to try in order to avoid a sheet. Lines get closer before type becomes small.
const SCALE_STEPS: [(f32, f32); 15] = [
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

/// The sizes of type and the spaces of a form, as shares of those of other pages; of the leading, what exceeds the type size.
const FORM_SCALE: f32 = 0.85;
const FORM_SPACE: f32 = 0.4;
const FORM_LEADING: f32 = 0.75;

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
            series: [0x1B365D, 0x3D74C0, 0xB9832F, 0x3F9A8E, 0x5A2134, 0x74735A].map(Colour::from_rgb).to_vec(),
            hairline: 0.4,
            heavy_rule: 0.9,
            scale: 1.0,
            line_spacing: 1.0,
        }
    }
}

impl Style {
    /// The style, then copies with ever smaller text, headings, tables and notes, but not below the least size.
    pub fn scaled_styles(&self) -> Vec<Self> {
        SCALE_STEPS.iter().map(|&(by, line_spacing)| self.scale_by(by, line_spacing)).collect()
    }

    fn scale_by(&self, by: f32, line_spacing: f32) -> Self {
        let min_size = self.table_least;
        let of = |type_size: TypeSize| {
            let size = (type_size.size * by).max(min_size.min(type_size.size));
            TypeSize { size, leading: type_size.leading * size / type_size.size * line_spacing }
        };
        Self {
            body: of(self.body),
            headings: self.headings.iter().copied().map(of).collect(),
            caption: of(self.caption),
            note: of(self.note),
            table: (self.table * by).max(min_size),
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

    /// The style for pages that are forms: little space, and headings no larger than a caption.
    pub fn form(&self) -> Self {
        let close =
            |TypeSize { size, leading }: TypeSize| TypeSize { size, leading: size + (leading - size) * FORM_LEADING };
        let small = |type_size: TypeSize| close(type_size.scale(FORM_SCALE));
        let headings = self.headings.iter().enumerate();
        Self {
            body: small(self.body),
            headings: headings.map(|(i, size)| if i == 0 { small(*size) } else { small(self.body) }).collect(),
            caption: small(self.caption),
            note: close(self.note),
            paragraph_gap: self.paragraph_gap * FORM_SPACE,
            heading_gaps: self.heading_gaps.iter().map(|gap| gap * FORM_SPACE).collect(),
            table_gap: self.table_gap * FORM_SPACE,
            ..self.clone()
        }
    }

    /// The type size of a heading of this level.
    pub fn heading(&self, level: u8) -> TypeSize {
        level_value(&self.headings, level).unwrap_or(self.body)
    }

    /// The space above a heading of this level.
    pub fn heading_gap(&self, level: u8) -> Pt {
        level_value(&self.heading_gaps, level).unwrap_or(self.paragraph_gap)
    }

    /// Width and height of a sheet.
    pub fn sheet(&self, landscape: bool) -> (Pt, Pt) {
        let (width, height) = self.sheet.size();
        if landscape { (height, width) } else { (width, height) }
    }

    /// The margins of a sheet: top, right, bottom and left.
    pub fn margins(&self, landscape: bool) -> [Pt; 4] {
        if landscape { self.landscape_margins } else { self.margins }
    }

    /// The height of the text area of a sheet.
    pub fn text_height(&self, landscape: bool) -> Pt {
        let [top, _, bottom, _] = self.margins(landscape);
        self.sheet(landscape).1 - top - bottom
    }

    /// The width of the text area of a sheet.
    pub fn text_width(&self, landscape: bool) -> Pt {
        let [_, right, _, left] = self.margins(landscape);
        self.sheet(landscape).0 - left - right
    }
}

fn level_value<T: Copy>(of_levels: &[T], level: u8) -> Option<T> {
    of_levels.get(usize::from(level.max(1)) - 1).or(of_levels.last()).copied()
}
