//! Archives with one file, whose deflated bytes may repeat.

use std::io::Write;

use flate2::{Compress, Compression, FlushCompress};

/// Zeros, deflated as a part that may be repeated: it neither ends the stream nor needs what was before.
pub fn deflated_zeros(len: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(len);
    let zeros = vec![0; len];
    Compress::new(Compression::best(), false).compress_vec(&zeros, &mut out, FlushCompress::Full).unwrap();
    out
}

/// An archive with one file of so many repetitions of these deflated bytes, which says that it has `size` bytes.
pub fn archive(name: &str, deflated: &[u8], repetitions: usize, size: u32) -> Vec<u8> {
    let len = u32::try_from(deflated.len() * repetitions).unwrap();
    // Version, flags, method, time, date, sum, sizes, lengths of name and more.
    let mut about = Vec::new();
    about.extend([20, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    about.extend(len.to_le_bytes());
    about.extend(size.to_le_bytes());
    about.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
    about.extend([0, 0]);
    let mut out = b"PK\x03\x04".to_vec();
    out.extend(&about);
    out.extend(name.as_bytes());
    (0..repetitions).for_each(|_| out.write_all(deflated).unwrap());
    let directory = u32::try_from(out.len()).unwrap();
    out.extend(b"PK\x01\x02\x14\x00");
    out.extend(&about);
    out.extend([0; 14]);
    out.extend(name.as_bytes());
    let size = u32::try_from(out.len()).unwrap() - directory;
    out.extend(b"PK\x05\x06\x00\x00\x00\x00\x01\x00\x01\x00");
    out.extend(size.to_le_bytes());
    out.extend(directory.to_le_bytes());
    out.extend([0, 0]);
    out
}
