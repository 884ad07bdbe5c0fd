//! Reads the size of a picture from its bytes, and checks that it is one.

use crate::model::{Decimal, Picture, PictureKind, ToPrimitive};

/// The largest file of a picture, in bytes.
pub const MAX_BYTES: usize = 10 * 1024 * 1024;
/// The longest side of a picture, and the most pixels that it has.
const MAX_SIDE: u32 = 10_000;
const MAX_PIXELS: u64 = 25_000_000;

/// The picture in a file that is published at `path`. Errors: what is wrong, as the end of a phrase that begins with its name.
pub fn picture(path: String, bytes: Vec<u8>) -> Result<Picture, String> {
    let kind = PictureKind::of(&path).ok_or_else(|| String::from("is not a PNG, JPEG or SVG file"))?;
    if bytes.len() > MAX_BYTES {
        return Err(format!("has {} MiB, more than {}", bytes.len() / 1024 / 1024, MAX_BYTES / 1024 / 1024));
    }
    let (width, height) = match kind {
        PictureKind::Png => png_size(&bytes)?,
        PictureKind::Jpeg => jpeg_size(&bytes)?,
        PictureKind::Svg => svg_size(&bytes)?,
    };
    if width == 0 || height == 0 {
        return Err(String::from("has no size"));
    }
    if width.max(height) > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(format!(
            "has {width} × {height} pixels, more than {MAX_SIDE} on a side or {} million",
            MAX_PIXELS / 1_000_000
        ));
    }
    Ok(Picture { path, kind, width, height, bytes: bytes.into() })
}

fn big_endian(bytes: &[u8], at: usize, length: usize) -> Option<u32> {
    Some(bytes.get(at..at + length)?.iter().fold(0, |number, byte| number << 8 | u32::from(*byte)))
}

fn png_size(bytes: &[u8]) -> Result<(u32, u32), String> {
    let damaged = || String::from("is a damaged PNG file");
    if !bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Err(String::from("is not a PNG file"));
    }
    let size = |from| big_endian(bytes, from, 4);
    let (Some(width), Some(height), Some(&interlace)) = (size(16), size(20), bytes.get(28)) else {
        return Err(damaged());
    };
    let mut at = 8;
    loop {
        let length = big_endian(bytes, at, 4).ok_or_else(damaged)? as usize;
        let end = at.checked_add(length).and_then(|end| end.checked_add(12)).ok_or_else(damaged)?;
        let chunk = bytes.get(at + 4..end - 4).ok_or_else(damaged)?;
        if big_endian(bytes, end - 4, 4) != Some(crc(chunk)) || at == 8 && !chunk.starts_with(b"IHDR") {
            return Err(damaged());
        }
        if chunk.starts_with(b"IEND") {
            break;
        }
        at = end;
    }
    match interlace {
        0 => Ok((width, height)),
        _ => Err(String::from("is an interlaced PNG file, save it without interlacing")),
    }
}

/// The checksum of a chunk of PNG.
fn crc(bytes: &[u8]) -> u32 {
    let shift = |crc: u32| if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| shift(crc)))
}

fn jpeg_size(bytes: &[u8]) -> Result<(u32, u32), String> {
    let damaged = || String::from("is a damaged JPEG file");
    if !bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        return Err(String::from("is not a JPEG file"));
    }
    if !bytes.trim_ascii_end().ends_with(&[0xFF, 0xD9]) {
        return Err(damaged());
    }
    let mut at = 2;
    loop {
        let marker = match bytes.get(at..at + 2) {
            Some([0xFF, 0xFF]) => {
                at += 1;
                continue;
            }
            Some([0xFF, marker]) => *marker,
            _ => return Err(damaged()),
        };
        let length = big_endian(bytes, at + 2, 2).ok_or_else(damaged)? as usize;
        let segment = bytes.get(at + 4..at + 2 + length).ok_or_else(damaged)?;
        match marker {
            0xC0..=0xC2 => {
                let size = |from| big_endian(segment, from, 2).ok_or_else(damaged);
                return match segment.get(5) {
                    Some(1 | 3) => Ok((size(3)?, size(1)?)),
                    _ => Err(String::from("is a JPEG file in the colours of a press (CMYK), save it in RGB")),
                };
            }
            0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
                return Err(String::from("is a JPEG file of a rare kind, save it as baseline or progressive"));
            }
            0xE1 if is_turned(segment) => {
                return Err(String::from("is turned by its camera's note (EXIF), save it upright"));
            }
            0xDA => return Err(damaged()),
            _ => at += 2 + length,
        }
    }
}

/// Whether the EXIF of a photograph says to turn it, which browsers do and print does not.
fn is_turned(segment: &[u8]) -> bool {
    let Some(tiff) = segment.strip_prefix(b"Exif\0\0") else { return false };
    let is_little = tiff.starts_with(b"II");
    let number = |at: usize, length: usize| -> Option<u32> {
        let bytes = tiff.get(at..at.checked_add(length)?)?;
        let add = |number: u32, byte: &u8| number << 8 | u32::from(*byte);
        Some(if is_little { bytes.iter().rev().fold(0, add) } else { bytes.iter().fold(0, add) })
    };
    let orientation = || {
        let directory = number(4, 4)? as usize;
        let count = number(directory, 2)? as usize;
        let entries = (0..count).map(|entry| directory + 2 + 12 * entry);
        let entry = entries.into_iter().find(|entry| number(*entry, 2) == Some(0x0112))?;
        number(entry + 8, 2)
    };
    orientation().is_some_and(|orientation| orientation > 1)
}

fn svg_size(bytes: &[u8]) -> Result<(u32, u32), String> {
    let text = std::str::from_utf8(bytes).map_err(|_| String::from("is not an SVG file"))?;
    // A picture runs nothing and fetches nothing; entities can grow without end.
    if let Some(part) = ["<script", "<!ENTITY", "<foreignObject"].into_iter().find(|part| text.contains(part)) {
        return Err(format!("contains `{part}`, which a picture may not"));
    }
    let root = text.find("<svg").map(|start| &text[start + 4..]).filter(|_| text.trim_end().ends_with("</svg>"));
    let root =
        root.and_then(|rest| Some(&rest[..rest.find('>')?])).ok_or_else(|| String::from("is not an SVG file"))?;
    let length = |text: &str| Decimal::from_str_exact(text.trim()).ok()?.round().to_u32();
    let side = |name: &str| length(attribute(root, name)?.trim_end_matches("px")).filter(|length| *length > 0);
    let mut view =
        attribute(root, "viewBox").unwrap_or_default().split([' ', ',']).filter(|part| !part.is_empty()).skip(2);
    let mut view_side = || view.next().and_then(length);
    let view = view_side().zip(view_side());
    let size = side("width").zip(side("height")).or(view);
    size.ok_or_else(|| String::from("is an SVG file without a size, give it a `viewBox`"))
}

/// The value of an attribute in a tag.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (at, _) = tag.match_indices(name).find(|(at, _)| tag[..*at].ends_with(char::is_whitespace))?;
    let rest = tag[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    rest[1..].split(quote).next()
}

#[cfg(test)]
mod tests {
    use super::{crc, picture};

    #[test]
    fn the_checksum_is_that_of_png() {
        assert_eq!(crc(b"IEND"), 0xAE42_6082);
    }

    #[test]
    fn what_is_no_picture_is_named() {
        let reason = |name: &str, bytes: &[u8]| picture(name.to_owned(), bytes.to_vec()).err().unwrap_or_default();
        assert_eq!(reason("a.png", b"GIF89a"), "is not a PNG file");
        assert_eq!(reason("a.png", b"\x89PNG\r\n\x1a\n\0\0"), "is a damaged PNG file");
        assert_eq!(reason("a.jpg", b"\xff\xd8\xff\xe0"), "is a damaged JPEG file");
        assert_eq!(reason("a.gif", b"GIF89a"), "is not a PNG, JPEG or SVG file");
        assert_eq!(reason("a.svg", b"<html></html>"), "is not an SVG file");
        assert_eq!(reason("a.svg", b"<svg></svg>"), "is an SVG file without a size, give it a `viewBox`");
        let svg = picture("a.svg".to_owned(), b"<svg xmlns='x' viewBox='0 0 40 30'></svg>".to_vec());
        assert_eq!(svg.map(|svg| (svg.width, svg.height)), Ok((40, 30)));
        assert_eq!(reason("a.svg", b"<svg><script/></svg>"), "contains `<script`, which a picture may not");
        assert!(reason("a.svg", b"<svg width='40000' height='30'></svg>").starts_with("has 40000 × 30 pixels"));
    }
}
