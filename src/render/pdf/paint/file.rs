//! Writes a PDF file: streams as they are added, all other objects in object streams at its end.

use std::{
    fmt::Display,
    io::{self, Write},
};

use flate2::{Compress, Compression, FlushCompress, Status};

use super::syntax::{Dict, Hex, Id, Name, array};

/// How many objects an object stream has. Each stream costs the compressor as much as some 2,000 bytes; smaller ones let readers
/// decompress less.
const OBJECTS_PER_STREAM: usize = 512;
/// The level of compression. Compared with zlib's own, 6, it takes a sixth less work, and the file of 20 pages with tables has 3%
/// more bytes.
const LEVEL: Compression = Compression::new(4);
/// The version, and a line of non-ASCII bytes that marks the file as binary.
const HEADER: &[u8] = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";

/// The room that a compressed stream has at first, and more of when it is full.
const LEAST_ROOM: usize = 1024;

/// A file to which objects are added. It keeps them in compact form: as text, and as compressed streams.
pub struct File {
    bytes: Vec<u8>,
    texts: String,
    locations: Vec<ObjectLocation>,
    /// Used for one stream after the other, because a new one clears much memory.
    compressor: Compress,
}

/// The location of an object.
#[derive(Debug, Clone, Copy)]
enum ObjectLocation {
    /// Reserved, not yet added.
    Reserved,
    /// A stream at this offset of `bytes`.
    Byte(usize),
    /// A range of `texts`.
    Text { start: usize, end: usize },
    /// An object in an object stream.
    Shared { stream: usize, index: usize },
}

impl File {
    /// A file without objects.
    pub fn new() -> Self {
        // Objects are numbered from 1.
        let (texts, locations) = (String::new(), vec![ObjectLocation::Reserved]);
        Self { bytes: HEADER.to_vec(), texts, locations, compressor: Compress::new(LEVEL, true) }
    }

    /// Reserves the number of an object.
    pub fn reserve(&mut self) -> Id {
        self.locations.push(ObjectLocation::Reserved);
        Id(u32::try_from(self.locations.len() - 1).unwrap_or(u32::MAX))
    }

    /// Sets a reserved object.
    pub fn set(&mut self, id: Id, object: impl Display) {
        use std::fmt::Write;
        let start = self.texts.len();
        // Writing to a String cannot fail.
        let _ = write!(self.texts, "{object}");
        self.set_location(id, ObjectLocation::Text { start, end: self.texts.len() });
    }

    /// Adds an object.
    pub fn add(&mut self, object: impl Display) -> Id {
        let id = self.reserve();
        self.set(id, object);
        id
    }

    /// Adds a compressed stream.
    pub fn add_stream(&mut self, entries: Dict, data: &[u8]) -> io::Result<Id> {
        let id = self.reserve();
        let data = self.deflate(data)?;
        self.write_stream(id, entries.set("Filter", Name("FlateDecode")), &data)?;
        Ok(id)
    }

    /// Adds a stream without compression.
    pub fn add_plain_stream(&mut self, entries: Dict, data: &[u8]) -> io::Result<Id> {
        let id = self.reserve();
        self.write_stream(id, entries, data)?;
        Ok(id)
    }

    /// The bytes of the file; `root` is the catalog, `information` the information dictionary. The file identifier is a hash of the
    /// content.
    pub fn finish(mut self, root: Id, information: Id) -> io::Result<Vec<u8>> {
        self.write_object_streams()?;
        let identity = super::metadata::hash(self.bytes.iter().copied()).to_be_bytes();
        let table = self.reserve();
        let start = self.bytes.len();
        self.set_location(table, ObjectLocation::Byte(start));
        // The width of offsets is that of the largest.
        let offset_bytes = (1..8).find(|&bytes| start >> (8 * bytes) == 0).unwrap_or(8);
        let widths = [1, offset_bytes, 2];
        let columns: usize = widths.iter().sum();
        let rows = cross_reference_rows(&self.locations, offset_bytes);
        let entries = Dict::new()
            .set("Type", Name("XRef"))
            .set("Size", self.locations.len())
            .set("W", array(widths))
            .set("Root", root)
            .set("Info", information)
            .set("ID", array([Hex(&identity), Hex(&identity)]))
            .set("Filter", Name("FlateDecode"))
            .set("DecodeParms", Dict::new().set("Predictor", 12).set("Columns", columns));
        let rows = self.deflate(&rows)?;
        self.write_stream(table, entries, &rows)?;
        write!(self.bytes, "startxref\n{start}\n%%EOF\n")?;
        Ok(self.bytes)
    }

    /// Writes all texts into object streams.
    fn write_object_streams(&mut self) -> io::Result<()> {
        let texts = std::mem::take(&mut self.texts);
        let place = |(i, place): (usize, &ObjectLocation)| match *place {
            ObjectLocation::Text { start, end } => Some((i, start, end)),
            _ => None,
        };
        let texts_by_object: Vec<_> = self.locations.iter().enumerate().filter_map(place).collect();
        for group in texts_by_object.chunks(OBJECTS_PER_STREAM) {
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
                self.locations[object] = ObjectLocation::Shared { stream, index };
            }
        }
        Ok(())
    }

    fn set_location(&mut self, id: Id, place: ObjectLocation) {
        if let Some(known) = self.locations.get_mut(id.0 as usize) {
            *known = place;
        }
    }

    /// The compressed form of a stream.
    fn deflate(&mut self, data: &[u8]) -> io::Result<Vec<u8>> {
        let mut out = Vec::with_capacity(data.len() / 2 + LEAST_ROOM);
        self.compressor.reset();
        loop {
            let done = usize::try_from(self.compressor.total_in()).unwrap_or(data.len());
            let rest = data.get(done..).unwrap_or_default();
            if self.compressor.compress_vec(rest, &mut out, FlushCompress::Finish)? == Status::StreamEnd {
                return Ok(out);
            }
            out.reserve(out.len() + LEAST_ROOM);
        }
    }

    fn write_stream(&mut self, id: Id, entries: Dict, data: &[u8]) -> io::Result<()> {
        self.set_location(id, ObjectLocation::Byte(self.bytes.len()));
        write!(self.bytes, "{} 0 obj\n{}\nstream\n", id.0, entries.set("Length", data.len()))?;
        self.bytes.extend_from_slice(data);
        self.bytes.extend_from_slice(b"\nendstream\nendobj\n");
        Ok(())
    }
}

impl ObjectLocation {
    /// The type, the location and the number of an object in the cross-reference stream.
    fn cross_reference(self) -> (u8, usize, usize) {
        match self {
            Self::Reserved | Self::Text { .. } => (0, 0, usize::from(u16::MAX)),
            Self::Byte(offset) => (1, offset, 0),
            Self::Shared { stream, index } => (2, stream, index),
        }
    }
}

/// The rows of the cross-reference stream: type, location in `offset_bytes` bytes, number in two. PNG's predictor "up", each row as
/// its difference from the row above, makes them compress well.
fn cross_reference_rows(locations: &[ObjectLocation], offset_bytes: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(locations.len() * (offset_bytes + 4));
    let (mut row, mut above) = (Vec::new(), vec![0; offset_bytes + 3]);
    for location in locations {
        let (kind, place, number) = location.cross_reference();
        row.clear();
        row.push(kind);
        row.extend_from_slice(&place.to_be_bytes()[size_of::<usize>() - offset_bytes..]);
        row.extend_from_slice(&number.to_be_bytes()[size_of::<usize>() - 2..]);
        out.push(2);
        out.extend(row.iter().zip(&above).map(|(byte, above): (&u8, &u8)| byte.wrapping_sub(*above)));
        std::mem::swap(&mut row, &mut above);
    }
    out
}
