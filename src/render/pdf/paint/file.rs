//! A PDF file being written: streams as they come, everything else in object streams at its end.

use std::{
    fmt::Display,
    io::{self, Write},
};

use flate2::{Compression, write::ZlibEncoder};

use super::syntax::{Dict, Hex, Id, Name, array};

/// How many objects share a stream: many compress better, and a reader inflates only the streams that it needs.
const SHARED: usize = 256;
/// The version, and a line of bytes that tells programs that the file is not text.
const HEAD: &[u8] = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";

/// A file that grows object by object. What is in it is compact: text, and streams already deflated.
pub struct File {
    bytes: Vec<u8>,
    texts: String,
    places: Vec<ObjectLocation>,
}

/// Where an object is.
#[derive(Debug, Clone, Copy)]
enum ObjectLocation {
    /// Promised, not yet there.
    Reserved,
    /// A stream, in the bytes.
    Byte(usize),
    /// In the texts.
    Text { start: usize, end: usize },
    /// The n-th in an object stream.
    Shared { stream: usize, index: usize },
}

impl File {
    /// A file without objects.
    pub fn new() -> Self {
        // Objects are counted from 1.
        Self { bytes: HEAD.to_vec(), texts: String::new(), places: vec![ObjectLocation::Reserved] }
    }

    /// Promises an object.
    pub fn reserve(&mut self) -> Id {
        self.places.push(ObjectLocation::Reserved);
        Id(u32::try_from(self.places.len() - 1).unwrap_or(u32::MAX))
    }

    /// Keeps the promise of an object.
    pub fn set(&mut self, id: Id, object: impl Display) {
        use std::fmt::Write;
        let start = self.texts.len();
        // Writing to a String cannot fail.
        let _ = write!(self.texts, "{object}");
        self.put(id, ObjectLocation::Text { start, end: self.texts.len() });
    }

    /// Adds an object.
    pub fn add(&mut self, object: impl Display) -> Id {
        let id = self.reserve();
        self.set(id, object);
        id
    }

    /// Adds a stream, deflated.
    pub fn add_stream(&mut self, entries: Dict, data: &[u8]) -> io::Result<Id> {
        let id = self.reserve();
        self.stream(id, entries.set("Filter", Name("FlateDecode")), &deflate(data)?)?;
        Ok(id)
    }

    /// Adds a stream as it is.
    pub fn add_plain_stream(&mut self, entries: Dict, data: &[u8]) -> io::Result<Id> {
        let id = self.reserve();
        self.stream(id, entries, data)?;
        Ok(id)
    }

    /// The whole file; `root` is its catalog, `information` its information dictionary, and its identity what it contains.
    pub fn finish(mut self, root: Id, information: Id) -> io::Result<Vec<u8>> {
        self.write_object_streams()?;
        let identity = super::metadata::hash(self.bytes.iter().copied()).to_be_bytes();
        let table = self.reserve();
        let start = self.bytes.len();
        self.put(table, ObjectLocation::Byte(start));
        // Offsets take as many bytes as the last of them needs.
        let wide = (1..8).find(|&bytes| start >> (8 * bytes) == 0).unwrap_or(8);
        let widths = [1, wide, 2];
        let columns: usize = widths.iter().sum();
        let rows = apply_up_predictor(self.places.iter().map(|place| place.row(wide)));
        let entries = Dict::new()
            .set("Type", Name("XRef"))
            .set("Size", self.places.len())
            .set("W", array(widths))
            .set("Root", root)
            .set("Info", information)
            .set("ID", array([Hex(&identity), Hex(&identity)]))
            .set("Filter", Name("FlateDecode"))
            .set("DecodeParms", Dict::new().set("Predictor", 12).set("Columns", columns));
        self.stream(table, entries, &deflate(&rows)?)?;
        write!(self.bytes, "startxref\n{start}\n%%EOF\n")?;
        Ok(self.bytes)
    }

    /// Moves all texts into object streams.
    fn write_object_streams(&mut self) -> io::Result<()> {
        let texts = std::mem::take(&mut self.texts);
        let place = |(i, place): (usize, &ObjectLocation)| match *place {
            ObjectLocation::Text { start, end } => Some((i, start, end)),
            _ => None,
        };
        let shared: Vec<_> = self.places.iter().enumerate().filter_map(place).collect();
        for group in shared.chunks(SHARED) {
            let (mut table, mut body) = (Vec::new(), Vec::new());
            for &(object, start, end) in group {
                write!(table, "{object} {} ", body.len())?;
                body.extend_from_slice(texts.as_bytes().get(start..end).unwrap_or_default());
                body.push(b'\n');
            }
            let entries = Dict::new().set("Type", Name("ObjStm")).set("N", group.len()).set("First", table.len());
            table.append(&mut body);
            let stream = self.add_stream(entries, &table)?.0 as usize;
            for (index, &(object, ..)) in group.iter().enumerate() {
                self.places[object] = ObjectLocation::Shared { stream, index };
            }
        }
        Ok(())
    }

    fn put(&mut self, id: Id, place: ObjectLocation) {
        if let Some(known) = self.places.get_mut(id.0 as usize) {
            *known = place;
        }
    }

    fn stream(&mut self, id: Id, entries: Dict, data: &[u8]) -> io::Result<()> {
        self.put(id, ObjectLocation::Byte(self.bytes.len()));
        write!(self.bytes, "{} 0 obj\n{}\nstream\n", id.0, entries.set("Length", data.len()))?;
        self.bytes.extend_from_slice(data);
        self.bytes.extend_from_slice(b"\nendstream\nendobj\n");
        Ok(())
    }
}

impl ObjectLocation {
    /// Its row in the table of objects: kind, place in so many bytes, number.
    fn row(self, wide: usize) -> Vec<u8> {
        let (kind, place, number) = match self {
            Self::Reserved | Self::Text { .. } => (0, 0, usize::from(u16::MAX)),
            Self::Byte(offset) => (1, offset, 0),
            Self::Shared { stream, index } => (2, stream, index),
        };
        let low = |value: usize, bytes: usize| value.to_be_bytes()[size_of::<usize>() - bytes..].to_vec();
        [vec![kind], low(place, wide), low(number, 2)].concat()
    }
}

/// Rows as differences from the row above (the predictor "up"), which deflate to almost nothing.
fn apply_up_predictor(rows: impl Iterator<Item = Vec<u8>>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut above: Vec<u8> = Vec::new();
    for row in rows {
        above.resize(row.len(), 0);
        out.push(2);
        out.extend(row.iter().zip(&above).map(|(byte, above)| byte.wrapping_sub(*above)));
        above = row;
    }
    out
}

fn deflate(data: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(data)?;
    encoder.finish()
}
