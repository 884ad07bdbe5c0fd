//! Imports objects that printpdf created, with all objects that they refer to.

use std::{collections::BTreeMap, io};

use lopdf::{Document, Object, ObjectId, StringFormat};

use super::{
    file::File,
    syntax::{Dict, Hex, Id, Name, Text, array},
};

/// Imports objects of one document; each is imported once.
pub struct ObjectImporter<'d> {
    from: &'d Document,
    imported: BTreeMap<ObjectId, Id>,
}

impl<'d> ObjectImporter<'d> {
    /// An importer for `from`.
    pub fn new(from: &'d Document) -> Self {
        Self { from, imported: BTreeMap::new() }
    }

    /// Imports the objects that a dictionary refers to, and returns the dictionary with new references.
    pub fn import_dictionary(&mut self, file: &mut File, dictionary: &lopdf::Dictionary) -> io::Result<Dict> {
        self.import_entries(file, dictionary, &[])
    }

    /// Imports an object, and returns its new number.
    fn import_object(&mut self, file: &mut File, old: ObjectId) -> io::Result<Id> {
        if let Some(&known) = self.imported.get(&old) {
            return Ok(known);
        }
        let object = self.from.get_object(old).map_err(io::Error::other)?;
        let id = match object {
            Object::Stream(stream) => {
                let entries = self.import_entries(file, &stream.dict, &[b"Length"])?;
                file.add_stream(entries, &stream.content)?
            }
            object => {
                let text = self.import_value(file, object)?;
                file.add(text)
            }
        };
        self.imported.insert(old, id);
        Ok(id)
    }

    fn import_entries(
        &mut self,
        file: &mut File,
        dictionary: &lopdf::Dictionary,
        without: &[&[u8]],
    ) -> io::Result<Dict> {
        let mut entries = Dict::new();
        for (key, value) in dictionary.iter().filter(|(key, _)| !without.contains(&key.as_slice())) {
            entries = entries.set(&String::from_utf8_lossy(key), self.import_value(file, value)?);
        }
        Ok(entries)
    }

    fn import_value(&mut self, file: &mut File, object: &Object) -> io::Result<String> {
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
                array(values.iter().map(|value| self.import_value(file, value)).collect::<io::Result<Vec<_>>>()?)
            }
            Object::Dictionary(dictionary) => self.import_dictionary(file, dictionary)?.to_string(),
            Object::Reference(old) => self.import_object(file, *old)?.to_string(),
            Object::Null | Object::Stream(_) => "null".to_owned(),
        })
    }
}
