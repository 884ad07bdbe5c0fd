//! The faces that a release uses, cut down to the glyphs that it uses.

use std::collections::BTreeMap;

use printpdf::{FontId, FontMetrics, FontType, ParsedFont, PdfDocument, PdfFont, PdfFontMetricsStub};
use rustybuzz::ttf_parser;
use subsetter::GlyphRemapper;

use crate::{
    diag::Diagnostic,
    render::pdf::{
        faces::{Face, Faces},
        frame::{Layout, Run},
    },
};

/// A face cut down to what is used of it.
pub struct Subset {
    name: String,
    data: Vec<u8>,
    glyphs: BTreeMap<u16, SubsetGlyph>,
    missing: SubsetGlyph,
    metrics: PdfFontMetricsStub,
    ascent: i16,
    descent: i16,
}

/// A glyph of a subset.
pub struct SubsetGlyph {
    /// Its number in the subset.
    pub id: u16,
    /// The text it stands for.
    pub text: String,
    /// How far it moves the pen, in 1/1000 of the type size.
    pub width: f32,
    /// The same in the font's own units.
    units: u16,
}

impl Subset {
    /// A glyph by its number in the whole face.
    pub fn glyph(&self, id: u16) -> &SubsetGlyph {
        self.glyphs.get(&id).unwrap_or(&self.missing)
    }

    /// The name that pages call it by.
    pub fn font_id(&self) -> FontId {
        FontId(self.name.replace('+', "-"))
    }
}

/// Cuts down every face that the layout uses; by the number of the face.
pub fn subsets(layout: &Layout, faces: &Faces) -> Result<Vec<Option<Subset>>, Vec<Diagnostic>> {
    let mut used: BTreeMap<usize, BTreeMap<u16, String>> = BTreeMap::new();
    for run in layout.pages.iter().flat_map(|page| page.runs()) {
        collect(run, used.entry(run.face).or_default());
    }
    let cut = |(i, face): (usize, &Face)| used.remove(&i).map(|glyphs| subset(face, glyphs)).transpose();
    faces.list().iter().enumerate().map(cut).collect()
}

/// Notes each glyph's text. Of several texts the plainest stands for the glyph, whatever comes first.
fn collect(run: &Run, glyphs: &mut BTreeMap<u16, String>) {
    let mut rest = run.text.as_str();
    for glyph in &run.glyphs {
        let (text, tail) = rest.split_at_checked(usize::from(glyph.bytes)).unwrap_or((rest, ""));
        rest = tail;
        let plainer =
            |known: &String| (known.is_empty(), known.len(), known.as_str()) <= (text.is_empty(), text.len(), text);
        if !glyphs.get(&glyph.id).is_some_and(plainer) {
            glyphs.insert(glyph.id, text.to_owned());
        }
    }
}

fn subset(face: &Face, used: BTreeMap<u16, String>) -> Result<Subset, Vec<Diagnostic>> {
    let unreadable =
        || vec![Diagnostic::error("font", format!("`{}` cannot be cut down to the glyphs used", face.name))];
    let parsed = ttf_parser::Face::parse(&face.data, 0).map_err(|_| unreadable())?;
    let ids: Vec<u16> = used.keys().copied().collect();
    let remapper = GlyphRemapper::new_from_glyphs_sorted(&ids);
    let data = subsetter::subset(&face.data, 0, &remapper).map_err(|_| unreadable())?;
    let scale = 1000.0 / f32::from(parsed.units_per_em());
    let glyph = |(old, text): (u16, String)| {
        let units = parsed.glyph_hor_advance(ttf_parser::GlyphId(old)).unwrap_or_default();
        // printpdf writes whole thousandths, cut off.
        let width = (f32::from(units) * scale).trunc();
        Some((old, SubsetGlyph { id: remapper.get(old)?, text, width, units }))
    };
    let glyphs: BTreeMap<u16, SubsetGlyph> = used.into_iter().filter_map(glyph).collect();
    Ok(Subset {
        name: format!("{}+{}", tag(&ids), face.name),
        data,
        glyphs,
        missing: SubsetGlyph { id: 0, text: "\u{fffd}".to_owned(), width: 0.0, units: 0 },
        metrics: metrics(&parsed),
        ascent: parsed.ascender(),
        descent: parsed.descender(),
    })
}

fn metrics(parsed: &ttf_parser::Face) -> PdfFontMetricsStub {
    let sides = parsed.global_bounding_box();
    let (caret_slope_rise, caret_slope_run) = if parsed.is_italic() { (1000, 194) } else { (1, 0) };
    PdfFontMetricsStub {
        units_per_em: parsed.units_per_em(),
        x_min: sides.x_min,
        y_min: sides.y_min,
        x_max: sides.x_max,
        y_max: sides.y_max,
        caret_slope_rise,
        caret_slope_run,
        us_weight_class: parsed.weight().to_number(),
    }
}

/// Six capitals that differ where the glyphs do.
fn tag(ids: &[u16]) -> String {
    let hash = super::metadata::hash(ids.iter().flat_map(|id| id.to_be_bytes()));
    let letter = |i: u32| char::from(b'A' + u8::try_from((hash >> (8 * i)) % 26).unwrap_or_default());
    (0..6).map(letter).collect()
}

/// Hands the subsets to the document.
pub fn embed(fonts: Vec<Option<Subset>>, pdf: &mut PdfDocument) {
    for font in fonts.into_iter().flatten() {
        let id = font.font_id();
        let widths = font.glyphs.values().map(|glyph| (glyph.id, glyph.units)).collect();
        let parsed = ParsedFont {
            original_bytes: font.data,
            font_index: 0,
            font_name: Some(font.name),
            codepoint_to_glyph: BTreeMap::new(),
            glyph_widths: widths,
            units_per_em: font.metrics.units_per_em,
            font_metrics: FontMetrics { ascent: font.ascent, descent: font.descent },
            font_type: FontType::TrueType,
            pdf_font_metrics: font.metrics,
        };
        pdf.resources.fonts.map.insert(id, PdfFont::new(parsed));
    }
}
