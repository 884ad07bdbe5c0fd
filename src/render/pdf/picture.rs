//! Prepares pictures for print: photographs as they are, PNG files as pixels on white, without transparency.

use std::io::{self, Read, Write};

use flate2::{Compression, read::ZlibDecoder, write::ZlibEncoder};

use crate::present::document::{PictureFile, PictureKind};

/// A picture as the file holds it.
#[derive(Debug, Clone, PartialEq)]
pub struct PrintPicture {
    /// In pixels.
    pub width: u32,
    pub height: u32,
    pub is_grey: bool,
    /// `DCTDecode` or `FlateDecode`.
    pub filter: &'static str,
    pub data: Vec<u8>,
}

/// The kinds of pixels of PNG.
const GREY: u8 = 0;
const RGB: u8 = 2;
const PALETTE: u8 = 3;
const GREY_ALPHA: u8 = 4;
const RGB_ALPHA: u8 = 6;

/// A picture for print. Errors: the reason why it cannot be read.
pub fn print_picture(file: &PictureFile) -> Result<PrintPicture, String> {
    let PictureFile { width, height, .. } = *file;
    match file.kind {
        PictureKind::Jpeg => {
            let is_grey = jpeg_components(&file.bytes) == Some(1);
            Ok(PrintPicture { width, height, is_grey, filter: "DCTDecode", data: file.bytes.to_vec() })
        }
        PictureKind::Png => {
            let (is_grey, pixels) = png_pixels(&file.bytes).ok_or_else(|| String::from("the PNG file is damaged"))?;
            let data = deflate(&pixels).map_err(|error| error.to_string())?;
            Ok(PrintPicture { width, height, is_grey, filter: "FlateDecode", data })
        }
        PictureKind::Svg => Err(String::from("an SVG file cannot be printed, a PNG file can")),
    }
}

fn deflate(data: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(data)?;
    encoder.finish()
}

/// How many colours the pixels of a JPEG file have.
fn jpeg_components(bytes: &[u8]) -> Option<u8> {
    let mut at = 2;
    loop {
        let [_, marker, high, low] = *bytes.get(at..at + 4)? else { return None };
        match marker {
            0xFF => at += 1,
            0xC0..=0xC2 => return bytes.get(at + 9).copied(),
            _ => at += 2 + usize::from(high) * 256 + usize::from(low),
        }
    }
}

/// What a PNG file consists of.
struct Png {
    width: usize,
    height: usize,
    bits: u8,
    kind: u8,
    palette: Vec<[u8; 3]>,
    transparency: Vec<u8>,
    compressed: Vec<u8>,
}

/// Whether the pixels are grey, and their bytes: one for grey, otherwise red, green and blue.
fn png_pixels(bytes: &[u8]) -> Option<(bool, Vec<u8>)> {
    let png = read_png(bytes)?;
    let samples: usize = match png.kind {
        GREY | PALETTE => 1,
        GREY_ALPHA => 2,
        RGB => 3,
        RGB_ALPHA => 4,
        _ => return None,
    };
    let is_depth = match png.kind {
        GREY => [1, 2, 4, 8, 16].contains(&png.bits),
        PALETTE => [1, 2, 4, 8].contains(&png.bits),
        _ => [8, 16].contains(&png.bits),
    };
    if !is_depth {
        return None;
    }
    let bits = usize::from(png.bits);
    let row_length = (png.width * samples * bits).div_ceil(8);
    let mut raw = Vec::new();
    // Reads no more than the picture has.
    let whole = (row_length + 1) * png.height;
    ZlibDecoder::new(png.compressed.as_slice()).take(whole as u64).read_to_end(&mut raw).ok()?;
    if raw.len() != whole {
        return None;
    }
    let is_grey = matches!(png.kind, GREY | GREY_ALPHA);
    let mut pixels = Vec::with_capacity(png.width * png.height * if is_grey { 1 } else { 3 });
    let mut above = vec![0; row_length];
    for row in raw.chunks_exact_mut(row_length + 1) {
        let (filter, row) = row.split_first_mut()?;
        unfilter(*filter, row, &above, (samples * bits).div_ceil(8))?;
        above.copy_from_slice(row);
        for pixel in 0..png.width {
            write_pixel(&png, &sample_row(row, bits, pixel * samples, samples), &mut pixels)?;
        }
    }
    Some((is_grey, pixels))
}

fn read_png(bytes: &[u8]) -> Option<Png> {
    let number = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize);
    let (bits, kind) = (*bytes.get(24)?, *bytes.get(25)?);
    let mut png = Png {
        width: number(16)?,
        height: number(20)?,
        bits,
        kind,
        palette: Vec::new(),
        transparency: Vec::new(),
        compressed: Vec::new(),
    };
    let mut at = 8;
    loop {
        let length = number(at)?;
        let data = bytes.get(at + 8..at + 8 + length)?;
        match bytes.get(at + 4..at + 8)? {
            b"PLTE" => png.palette = data.chunks_exact(3).map(|colour| [colour[0], colour[1], colour[2]]).collect(),
            b"tRNS" => png.transparency = data.to_vec(),
            b"IDAT" => png.compressed.extend_from_slice(data),
            b"IEND" => return Some(png),
            _ => {}
        }
        at += length + 12;
    }
}

/// Undoes the filter of a row, which predicts each byte from those before and above it.
fn unfilter(filter: u8, row: &mut [u8], above: &[u8], step: usize) -> Option<()> {
    for at in 0..row.len() {
        let left = at.checked_sub(step).map_or(0, |before| row[before]);
        let corner = at.checked_sub(step).map_or(0, |before| above[before]);
        let up = above[at];
        let predicted = match filter {
            0 => 0,
            1 => left,
            2 => up,
            3 => u8::try_from((u16::from(left) + u16::from(up)) / 2).ok()?,
            4 => paeth(left, up, corner),
            _ => return None,
        };
        row[at] = row[at].wrapping_add(predicted);
    }
    Some(())
}

/// The neighbour that is closest to left + up - corner.
fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let near = i16::from(left) + i16::from(up) - i16::from(corner);
    let distance = |neighbour: u8| near.abs_diff(i16::from(neighbour));
    if distance(left) <= distance(up) && distance(left) <= distance(corner) {
        left
    } else if distance(up) <= distance(corner) {
        up
    } else {
        corner
    }
}

/// The samples of a pixel as they are stored, the high byte of 16 bits.
fn sample_row(row: &[u8], bits: usize, first: usize, samples: usize) -> [u8; 4] {
    let mut found = [0; 4];
    for (sample, value) in found.iter_mut().take(samples).enumerate() {
        let bit = (first + sample) * bits;
        let byte = row.get(bit / 8).copied().unwrap_or_default();
        *value = match bits {
            8 | 16 => byte,
            _ => (byte >> (8 - bits - bit % 8)) & ((1 << bits) - 1),
        };
    }
    found
}

/// Writes a pixel as it looks on white paper.
fn write_pixel(png: &Png, samples: &[u8; 4], pixels: &mut Vec<u8>) -> Option<()> {
    let on_white = |value: u8, alpha: u8| {
        let (value, alpha) = (u32::from(value), u32::from(alpha));
        u8::try_from((value * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(u8::MAX)
    };
    // A colour that counts as transparent is stored with two bytes for each sample.
    let is_key = |samples: &[u8]| {
        let key: Vec<u8> = png.transparency.chunks_exact(2).map(|pair| pair[usize::from(png.bits < 16)]).collect();
        key == samples
    };
    match png.kind {
        GREY => {
            let scaled = match png.bits {
                8 | 16 => samples[0],
                bits => samples[0] * (255 / ((1 << bits) - 1)),
            };
            pixels.push(if is_key(&samples[..1]) { 255 } else { scaled });
        }
        GREY_ALPHA => pixels.push(on_white(samples[0], samples[1])),
        PALETTE => {
            let colour = png.palette.get(usize::from(samples[0]))?;
            let alpha = png.transparency.get(usize::from(samples[0])).copied().unwrap_or(255);
            pixels.extend(colour.map(|value| on_white(value, alpha)));
        }
        RGB if is_key(&samples[..3]) => pixels.extend([255; 3]),
        RGB => pixels.extend_from_slice(&samples[..3]),
        _ => pixels.extend([samples[0], samples[1], samples[2]].map(|value| on_white(value, samples[3]))),
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A PNG file without checksums, which the loader has checked.
    fn png(width: u32, height: u32, bits: u8, kind: u8, chunks: &[(&[u8], &[u8])], rows: &[u8]) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
        let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[bits, kind, 0, 0, 0]].concat();
        let data = deflate(rows).unwrap();
        let all = [&[(b"IHDR".as_slice(), header.as_slice())], chunks, &[(b"IDAT", &data), (b"IEND", &[])]].concat();
        for (name, data) in all {
            bytes.extend((data.len() as u32).to_be_bytes());
            bytes.extend([name, data, &[0; 4]].concat());
        }
        bytes
    }

    #[test]
    fn pixels_are_those_on_white_paper() {
        let half = png(2, 1, 8, RGB_ALPHA, &[], &[0, 200, 0, 0, 255, 0, 0, 0, 0]);
        assert_eq!(png_pixels(&half), Some((false, vec![200, 0, 0, 255, 255, 255])));
        let palette: &[(&[u8], &[u8])] = &[(b"PLTE", &[10, 20, 30, 40, 50, 60]), (b"tRNS", &[255, 0])];
        assert_eq!(
            png_pixels(&png(2, 1, 1, PALETTE, palette, &[0, 0b0100_0000])),
            Some((false, vec![10, 20, 30, 255, 255, 255]))
        );
        assert_eq!(png_pixels(&png(3, 1, 2, GREY, &[], &[0, 0b0001_1100])), Some((true, vec![0, 85, 255])));
        assert_eq!(png_pixels(&png(1, 1, 16, GREY_ALPHA, &[], &[0, 8, 9, 255, 255])), Some((true, vec![8])));
    }

    #[test]
    fn filters_are_undone() {
        let rows = [1, 10, 5, 5, 2, 1, 1, 1, 3, 4, 4, 4, 4, 1, 1, 1];
        let expected = vec![10, 15, 20, 11, 16, 21, 9, 16, 22, 10, 17, 23];
        assert_eq!(png_pixels(&png(3, 4, 8, GREY, &[], &rows)), Some((true, expected)));
    }

    #[test]
    fn too_few_pixels_are_no_picture() {
        assert_eq!(png_pixels(&png(9, 9, 8, RGB, &[], &[0, 1, 2, 3])), None);
        assert_eq!(png_pixels(&png(1, 1, 3, RGB, &[], &[0, 1, 2, 3])), None);
        assert_eq!(png_pixels(b"\x89PNG"), None);
    }
}
