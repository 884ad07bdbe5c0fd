//! Writes the sRGB colour space as an ICC profile, version 4, from the constants of IEC 61966-2-1.

/// A number as ICC's signed 15.16 fixed point.
fn fixed_point(value: f64) -> [u8; 4] {
    // The constants below are all within ±3.
    ((value * 65536.0).round() as i32).to_be_bytes()
}

/// The profile connection space's white, D50.
const WHITE: [f64; 3] = [0.964_202_9, 1.0, 0.824_905_4];
/// sRGB's primaries, adapted from D65 to D50.
const RED: [f64; 3] = [0.436_065_67, 0.222_488_40, 0.013_916_02];
const GREEN: [f64; 3] = [0.385_147_09, 0.716_873_17, 0.097_076_42];
const BLUE: [f64; 3] = [0.143_066_41, 0.060_607_91, 0.714_096_07];
/// The adaptation matrix (Bradford).
const ADAPTATION: [f64; 9] = [
    1.047_882_08,
    0.022_918_70,
    -0.050_216_67,
    0.029_586_79,
    0.990_478_52,
    -0.017_074_58,
    -0.009_246_83,
    0.015_075_68,
    0.751_678_47,
];
/// The transfer curve: ((x + 0.055) / 1.055) ^ 2.4 above 0.04045, x / 12.92 below.
const CURVE: [f64; 5] = [2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.040_45];

/// The profile's bytes.
pub fn srgb() -> Vec<u8> {
    let curve = element(b"para", [&[0, 3, 0, 0][..], &fixed_points(&CURVE)].concat());
    let tags: [(&[u8; 4], Vec<u8>); 10] = [
        (b"desc", localized_text("sRGB")),
        (b"cprt", localized_text("No copyright, use freely")),
        (b"wtpt", element(b"XYZ ", fixed_points(&WHITE))),
        (b"chad", element(b"sf32", fixed_points(&ADAPTATION))),
        (b"rXYZ", element(b"XYZ ", fixed_points(&RED))),
        (b"gXYZ", element(b"XYZ ", fixed_points(&GREEN))),
        (b"bXYZ", element(b"XYZ ", fixed_points(&BLUE))),
        (b"rTRC", curve.clone()),
        (b"gTRC", curve.clone()),
        (b"bTRC", curve),
    ];
    let start = 128 + 4 + 12 * tags.len();
    let (mut table, mut data) = (u32_bytes(tags.len()).to_vec(), Vec::new());
    for (name, bytes) in &tags {
        table.extend([&name[..], &u32_bytes(start + data.len()), &u32_bytes(bytes.len())].concat());
        data.extend(bytes);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    [header(start + data.len()), table, data].concat()
}

fn header(size: usize) -> Vec<u8> {
    let mut header = Vec::with_capacity(128);
    header.extend(u32_bytes(size));
    header.extend([0; 4]);
    header.extend([4, 0x20, 0, 0]);
    header.extend(b"mntrRGB XYZ ");
    // 1 January 2000, midnight: a date is required, and it must not change.
    header.extend([0x07, 0xD0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]);
    header.extend(b"acsp");
    header.extend([0; 28]);
    header.extend(fixed_points(&WHITE));
    header.resize(128, 0);
    header
}

fn u32_bytes(value: usize) -> [u8; 4] {
    u32::try_from(value).unwrap_or(u32::MAX).to_be_bytes()
}

fn fixed_points(values: &[f64]) -> Vec<u8> {
    values.iter().flat_map(|&value| fixed_point(value)).collect()
}

fn element(kind: &[u8; 4], data: Vec<u8>) -> Vec<u8> {
    [&kind[..], &[0; 4], &data].concat()
}

/// Text in one language, American English.
fn localized_text(text: &str) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let record = [&u32_bytes(1)[..], &u32_bytes(12), b"enUS", &u32_bytes(units.len()), &u32_bytes(28), &units].concat();
    element(b"mluc", record)
}
