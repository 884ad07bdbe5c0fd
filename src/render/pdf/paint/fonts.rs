//! Subsets the faces to the glyphs that a release uses, and embeds them.

use std::{collections::BTreeMap, io};

use printpdf::{
    Codepoint, FontId, FontMetrics, FontType, Mm, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle,
    PdfFontMetricsStub, PdfPage, PdfSaveOptions, Pt, TextItem,
};
use read_fonts::{FontRef, TableProvider, tables::os2::SelectionFlags, types::GlyphId};
use subsetter::GlyphRemapper;

use super::{file::File, object_import::ObjectImporter, syntax::Dict};
use crate::{
    diag::Diagnostic,
    render::pdf::{
        faces::{Face, Faces},
        page::{Layout, TextRun},
    },
};

/// A subset of a face.
pub struct Subset {
    name: String,
    resource: String,
    data: Vec<u8>,
    /// In the order of their ids, in the subset as in the complete face.
    glyphs: Vec<SubsetGlyph>,
    /// For each id in the complete face, the place among `glyphs`; beyond them, where it is not in the subset.
    places: Vec<u16>,
    missing: SubsetGlyph,
    metrics: PdfFontMetricsStub,
    ascent: i16,
    descent: i16,
}

/// A glyph of a subset.
pub struct SubsetGlyph {
    /// The glyph id in the subset.
    pub id: u16,
    /// The text that it represents.
    pub text: String,
    /// The advance, in 1/1000 of the type size.
    pub width: f32,
    /// The advance in font units.
    units: u16,
}

impl Subset {
    /// A glyph by its id in the complete face.
    pub fn glyph(&self, id: u16) -> &SubsetGlyph {
        let place = self.places.get(usize::from(id)).copied().unwrap_or(u16::MAX);
        self.glyphs.get(usize::from(place)).unwrap_or(&self.missing)
    }

    /// The name of the font resource in content streams.
    pub fn resource(&self) -> &str {
        &self.resource
    }

    /// The font as printpdf's type.
    fn to_parsed_font(&self) -> ParsedFont {
        ParsedFont {
            original_bytes: self.data.clone(),
            font_index: 0,
            font_name: Some(self.name.clone()),
            codepoint_to_glyph: BTreeMap::new(),
            glyph_widths: self.glyphs.iter().map(|glyph| (glyph.id, glyph.units)).collect(),
            units_per_em: self.metrics.units_per_em,
            font_metrics: FontMetrics { ascent: self.ascent, descent: self.descent },
            font_type: FontType::TrueType,
            pdf_font_metrics: self.metrics.clone(),
        }
    }
}

/// Subsets every face that the layout uses, by face index; `None` for unused faces. Errors: a font cannot be read.
pub fn subsets(layout: &Layout, faces: &Faces) -> Result<Vec<Option<Subset>>, Vec<Diagnostic>> {
    let mut used: BTreeMap<usize, GlyphTexts> = BTreeMap::new();
    for run in layout.pages.iter().flat_map(|page| page.all_runs()) {
        collect_glyph_texts(run, used.entry(run.face).or_default());
    }
    let cut = |(i, face): (usize, &Face)| used.remove(&i).map(|texts| subset(face, i, &texts)).transpose();
    faces.list().iter().enumerate().map(cut).collect()
}

/// The text of each glyph of a face that is used, by its id.
type GlyphTexts<'l> = Vec<Option<&'l str>>;

/// Records the text of each glyph. If a glyph represents several texts, the plainest is chosen, regardless of order.
fn collect_glyph_texts<'l>(run: &'l TextRun, texts: &mut GlyphTexts<'l>) {
    let mut rest = run.text.as_str();
    for glyph in &run.glyphs {
        let (text, tail) = rest.split_at_checked(usize::from(glyph.bytes)).unwrap_or((rest, ""));
        rest = tail;
        let id = usize::from(glyph.id);
        if texts.len() <= id {
            texts.resize(id + 1, None);
        }
        let is_plainer = |known: &str| (known.is_empty(), known.len(), known) <= (text.is_empty(), text.len(), text);
        if !texts[id].is_some_and(is_plainer) {
            texts[id] = Some(text);
        }
    }
}

fn subset(face: &Face, number: usize, texts: &GlyphTexts) -> Result<Subset, Vec<Diagnostic>> {
    let unreadable =
        || vec![Diagnostic::error("font", format!("`{}` cannot be cut down to the glyphs used", face.name))];
    let font = FontRef::from_index(&face.data, face.index).map_err(|_| unreadable())?;
    let metrics = FontTables::read(&font).ok_or_else(unreadable)?;
    let used: Vec<(u16, &str)> = (0..=u16::MAX).zip(texts).filter_map(|(id, text)| Some((id, (*text)?))).collect();
    let ids: Vec<u16> = used.iter().map(|(id, _)| *id).collect();
    let remapper = GlyphRemapper::new_from_glyphs_sorted(&ids);
    let data = subsetter::subset(&face.data, face.index, &remapper).map_err(|_| unreadable())?;
    let advances = font.hmtx().map_err(|_| unreadable())?;
    let scale = 1000.0 / f32::from(metrics.units_per_em);
    let mut places = vec![u16::MAX; texts.len()];
    let glyph = |(place, (old, text)): (u16, (u16, &str))| {
        let units = advances.advance(GlyphId::from(old)).unwrap_or_default();
        // printpdf truncates advances to whole thousandths.
        let width = (f32::from(units) * scale).trunc();
        places[usize::from(old)] = place;
        SubsetGlyph { id: remapper.get(old).unwrap_or_default(), text: text.to_owned(), width, units }
    };
    let glyphs = (0..).zip(used).map(glyph).collect();
    Ok(Subset {
        name: format!("{}+{}", subset_tag(&ids), face.name),
        resource: format!("F{number}"),
        data,
        glyphs,
        places,
        missing: SubsetGlyph { id: 0, text: "\u{fffd}".to_owned(), width: 0.0, units: 0 },
        metrics: metrics.to_printpdf(),
        ascent: metrics.ascent,
        descent: metrics.descent,
    })
}

/// Metrics for the font descriptor, from the tables of a font.
struct FontTables {
    units_per_em: u16,
    /// The bounding box of all glyphs: left, bottom, right and top.
    bounds: [i16; 4],
    ascent: i16,
    descent: i16,
    is_italic: bool,
    weight: u16,
}

impl FontTables {
    /// `None` if a required table is missing.
    fn read(font: &FontRef) -> Option<Self> {
        let (head, hhea, os2) = (font.head().ok()?, font.hhea().ok()?, font.os2().ok());
        // The typographic heights of OS/2 apply if the font selects them, or if `hhea` has none.
        let typographic = os2.as_ref().filter(|os2| {
            os2.fs_selection().contains(SelectionFlags::USE_TYPO_METRICS) || hhea.ascender().to_i16() == 0
        });
        let hhea_heights = (hhea.ascender().to_i16(), hhea.descender().to_i16());
        let (ascent, descent) = typographic.map_or(hhea_heights, |os2| (os2.s_typo_ascender(), os2.s_typo_descender()));
        let is_slanted = font.post().is_ok_and(|post| post.italic_angle().to_f64() != 0.0);
        let is_italic = os2.as_ref().is_some_and(|os2| os2.fs_selection().contains(SelectionFlags::ITALIC));
        Some(Self {
            units_per_em: head.units_per_em(),
            bounds: [head.x_min(), head.y_min(), head.x_max(), head.y_max()],
            ascent,
            descent,
            is_italic: is_italic || is_slanted,
            weight: os2.as_ref().map_or(400, |os2| os2.us_weight_class()),
        })
    }

    fn to_printpdf(&self) -> PdfFontMetricsStub {
        let [x_min, y_min, x_max, y_max] = self.bounds;
        let (caret_slope_rise, caret_slope_run) = if self.is_italic { (1000, 194) } else { (1, 0) };
        PdfFontMetricsStub {
            units_per_em: self.units_per_em,
            x_min,
            y_min,
            x_max,
            y_max,
            caret_slope_rise,
            caret_slope_run,
            us_weight_class: self.weight,
        }
    }
}

/// The subset tag: six capital letters derived from the glyph ids.
fn subset_tag(ids: &[u16]) -> String {
    let hash = super::metadata::hash(ids.iter().flat_map(|id| id.to_be_bytes()));
    let letter = |i: u32| char::from(b'A' + u8::try_from((hash >> (8 * i)) % 26).unwrap_or_default());
    (0..6).map(letter).collect()
}

/// Adds the subsets to the file, and returns the font resource dictionary.
pub fn embed(fonts: &[Option<Subset>], file: &mut File) -> io::Result<Dict> {
    let mut pdf = PdfDocument::new("");
    // printpdf embeds the glyphs that pages use; this page uses all of them.
    let mut ops = vec![Op::StartTextSection];
    for font in fonts.iter().flatten() {
        let glyphs = font.glyphs.iter().map(|glyph| Codepoint::with_cid(glyph.id, 0.0, glyph.text.clone()));
        let font_id = FontId(font.resource.clone());
        ops.push(Op::SetFont { font: PdfFontHandle::External(font_id.clone()), size: Pt(1.0) });
        ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(glyphs.collect())] });
        pdf.resources.fonts.map.insert(font_id, PdfFont::new(font.to_parsed_font()));
    }
    ops.push(Op::EndTextSection);
    pdf.pages.push(PdfPage::new(Mm(0.0), Mm(0.0), ops));
    let converted = pdf.to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new());
    let page = converted.get_pages().into_values().next().ok_or_else(|| io::Error::other("there is no page"))?;
    let mut importer = ObjectImporter::new(&converted);
    let mut names = Dict::new();
    for (name, font) in converted.get_page_fonts(page).map_err(io::Error::other)? {
        let entries = importer.import_dictionary(file, font)?;
        names = names.set(&String::from_utf8_lossy(&name), file.add(entries));
    }
    Ok(names)
}
