//! Writes the pictures of a release as image objects.

use std::io;

use super::{
    file::File,
    syntax::{Dict, Name},
};
use crate::render::pdf::picture::PrintPicture;

/// The name of a picture among the resources of a page.
pub fn picture_name(index: usize) -> String {
    format!("P{index}")
}

/// Adds the pictures and returns the dictionary that names them; none if there are none.
pub fn add(file: &mut File, pictures: &[PrintPicture]) -> io::Result<Option<Dict>> {
    let mut names = Dict::new();
    for (index, picture) in pictures.iter().enumerate() {
        let entries = Dict::new()
            .set("Type", Name("XObject"))
            .set("Subtype", Name("Image"))
            .set("Width", picture.width)
            .set("Height", picture.height)
            .set("ColorSpace", Name(if picture.is_grey { "DeviceGray" } else { "DeviceRGB" }))
            .set("BitsPerComponent", 8)
            .set("Filter", Name(picture.filter));
        names = names.set(&picture_name(index), file.add_plain_stream(entries, &picture.data)?);
    }
    Ok((!pictures.is_empty()).then_some(names))
}
