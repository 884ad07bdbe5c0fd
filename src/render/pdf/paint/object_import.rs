//! Objects that printpdf made, moved into the file with all that they refer to.

use std::{collections::BTreeMap, io};

use lopdf::{Document, Object, ObjectId, StringFormat};

use super::{
    file::File,
    syntax::{Dict, Hex, Id, Name, Text, array},
};

/// Moves objects of one document; each is moved once.
pub struct ObjectImporter<'d> {
    from: &'d Document,
    moved: BTreeMap<ObjectId, Id>,
}

impl<'d> ObjectImporter<'d> {
    /// Nothing moved yet.
    pub fn new(from: &'d Document) -> Self {
        Self { from, moved: BTreeMap::new() }
    }

    /// A dictionary as it is in the file, after what it refers to has moved there.
    pub fn dictionary(&mut self, file: &mut File, dictionary: &lopdf::Dictionary) -> io::Result<Dict> {
        self.entries(file, dictionary, &[])
    }

    /// Moves an object, and gives its new number.
    fn object(&mut self, file: &mut File, old: ObjectId) -> io::Result<Id> {
        if let Some(&known) = self.moved.get(&old) {
            return Ok(known);
        }
        let object = self.from.get_object(old).map_err(io::Error::other)?;
        let id = match object {
            Object::Stream(stream) => {
                let entries = self.entries(file, &stream.dict, &[b"Length"])?;
                file.add_stream(entries, &stream.content)?
            }
            object => {
                let text = self.text(file, object)?;
                file.add(text)
            }
        };
        self.moved.insert(old, id);
        Ok(id)
    }

    fn entries(&mut self, file: &mut File, dictionary: &lopdf::Dictionary, without: &[&[u8]]) -> io::Result<Dict> {
        let mut entries = Dict::new();
        for (key, value) in dictionary.iter().filter(|(key, _)| !without.contains(&key.as_slice())) {
            entries = entries.set(&String::from_utf8_lossy(key), self.text(file, value)?);
        }
        Ok(entries)
    }

    fn text(&mut self, file: &mut File, object: &Object) -> io::Result<String> {
        Ok(match object {
            Object::Boolean(value) => value.to_string(),
            Object::Integer(value) => value.to_string(),
            Object::Real(value) => value.to_string(),
            Object::Name(name) => Name(&String::from_utf8_lossy(name)).to_string(),
            Object::String(text, StringFormat::Literal) if text.is_ascii() => {
                Text(&String::from_utf8_lossy(text)).to_string()
            }
            Object::String(text, _) => Hex(text).to_string(),
            Object::Array(values) => {
                array(values.iter().map(|value| self.text(file, value)).collect::<io::Result<Vec<_>>>()?)
            }
            Object::Dictionary(dictionary) => self.dictionary(file, dictionary)?.to_string(),
            Object::Reference(old) => self.object(file, *old)?.to_string(),
            Object::Null | Object::Stream(_) => "null".to_owned(),
        })
    }
}
