//! Compares two versions of a release as models, not as text: causes first, then what they moved.

mod align;
mod atoms;
mod causes;
mod changes;
mod dates;
mod directions;
mod documents;
mod entries;
mod front_page;
mod marker;
mod page_marks;
mod side;
mod table_marks;
mod texts;

pub use changes::{Changes, Entered, How, Kind, LanguageChanges, Made, Moved, Run, Seen, TextChange, TurnedWord};
pub use entries::Entries;
pub use front_page::front_page;
pub use side::{Edition, Origins, Side};

use crate::present::document::Document;
use dates::changed_dates;

/// What two versions of a release differ in.
pub struct Comparison {
    pub changes: Changes,
    /// The new version in each of its languages, with what changed marked in it.
    pub marked: Vec<Document>,
}

/// Compares two versions.
pub fn compare(old: &Side, new: &Side) -> Comparison {
    let (mut marked, mut languages) = (Vec::new(), Vec::new());
    let mut moved = Vec::new();
    for edition in &new.editions {
        let language = &edition.document.language;
        let Some(before) = old.editions.iter().find(|edition| edition.document.language == *language) else { continue };
        let has_texts = old.is_dataset() && new.is_dataset();
        let dates = changed_dates((old, before), (new, edition));
        let (document, mut changes) = documents::compare(before.document, edition, &dates, has_texts);
        let is_first = languages.is_empty();
        let place = |item: Moved| Moved {
            place: if is_first { item.place } else { format!("{} [{language}]", item.place) },
            ..item
        };
        moved.extend(std::mem::take(&mut changes.moved).into_iter().map(place));
        marked.push(document);
        languages.push(changes);
    }
    let (entered, moved) = causes::causes(old, new, moved);
    Comparison { changes: Changes { entered, moved, languages }, marked }
}

/// One of so many lines, tables and pages of the smaller version must be in the other one too. Names like `is` or `highlights` are in
/// many releases, so that it is not enough to share some.
const LEAST_SHARE: usize = 2;

/// Whether two versions have enough lines, tables and pages of the same name to be versions of one release.
pub fn is_comparable(old: &Side, new: &Side) -> bool {
    let documents = |side: &Side| side.editions.first().map(|edition| documents::names(edition.document));
    match (documents(old), documents(new)) {
        (Some(old), Some(new)) => {
            let common = old.intersection(&new).count();
            common > 0 && common * LEAST_SHARE >= old.len().min(new.len())
        }
        _ => false,
    }
}
