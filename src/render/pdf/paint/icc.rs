//! The sRGB colour space as an ICC profile, version 4, written from the numbers of IEC 61966-2-1.

/// A number as ICC's signed 15.16 fixed point.
fn fixed(value: f64) -> [u8; 4] {
    // The constants below are all within ±3.
    ((value * 65536.0).round() as i32).to_be_bytes()
}

/// The profile connection space's white, D50.
const WHITE: [f64; 3] = [0.964_202_9, 1.0, 0.824_905_4];
/// sRGB's primaries, adapted from D65 to D50.
const RED: [f64; 3] = [0.436_065_67, 0.222_488_40, 0.013_916_02];
const GREEN: [f64; 3] = [0.385_147_09, 0.716_873_17, 0.097_076_42];
const BLUE: [f64; 3] = [0.143_066_41, 0.060_607_91, 0.714_096_07];
/// The adaptation itself (Bradford).
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
    let curve = typed(b"para", [&[0, 3, 0, 0][..], &numbers(&CURVE)].concat());
    let tags: [(&[u8; 4], Vec<u8>); 10] = [
        (b"desc", words("sRGB")),
        (b"cprt", words("No copyright, use freely")),
        (b"wtpt", typed(b"XYZ ", numbers(&WHITE))),
        (b"chad", typed(b"sf32", numbers(&ADAPTATION))),
        (b"rXYZ", typed(b"XYZ ", numbers(&RED))),
        (b"gXYZ", typed(b"XYZ ", numbers(&GREEN))),
        (b"bXYZ", typed(b"XYZ ", numbers(&BLUE))),
        (b"rTRC", curve.clone()),
        (b"gTRC", curve.clone()),
        (b"bTRC", curve),
    ];
    let start = 128 + 4 + 12 * tags.len();
    let (mut table, mut data) = (length(tags.len()).to_vec(), Vec::new());
    for (name, bytes) in &tags {
        table.extend([&name[..], &length(start + data.len()), &length(bytes.len())].concat());
        data.extend(bytes);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    [header(start + data.len()), table, data].concat()
}

fn header(size: usize) -> Vec<u8> {
    let mut header = Vec::with_capacity(128);
    header.extend(length(size));
    header.extend([0; 4]);
    header.extend([4, 0x20, 0, 0]);
    header.extend(b"mntrRGB XYZ ");
    // 1 January 2000, midnight: a date must be there, and it must not change.
    header.extend([0x07, 0xD0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]);
    header.extend(b"acsp");
    header.extend([0; 28]);
    header.extend(numbers(&WHITE));
    header.resize(128, 0);
    header
}

fn length(value: usize) -> [u8; 4] {
    u32::try_from(value).unwrap_or(u32::MAX).to_be_bytes()
}

fn numbers(values: &[f64]) -> Vec<u8> {
    values.iter().flat_map(|&value| fixed(value)).collect()
}

fn typed(kind: &[u8; 4], data: Vec<u8>) -> Vec<u8> {
    [&kind[..], &[0; 4], &data].concat()
}

/// Text in one language, American English.
fn words(text: &str) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let record = [&length(1)[..], &length(12), b"enUS", &length(units.len()), &length(28), &units].concat();
    typed(b"mluc", record)
}
