//! What changed between two versions of a release: causes first, then what they moved, then texts and layout.

use serde::Serialize;

/// All changes.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Changes {
    pub entered: Vec<Entered>,
    /// The figures that show something else although nothing that is compared was entered for them.
    pub moved: Vec<Moved>,
    /// For each language of the new version.
    pub languages: Vec<LanguageChanges>,
}

/// What an entry is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Amount,
    Stated,
    Formula,
    Date,
    Period,
    Unit,
    Adjustment,
    Waiver,
    Mark,
    Declaration,
}

/// An entry of the dataset that changed, with all that it moved.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entered {
    pub kind: Kind,
    /// As formulas name it: `is.total_revenues@fy2009`.
    pub name: String,
    /// In its unit, as entered; none if it was added, or was removed. So `new`.
    pub old: Option<String>,
    pub new: Option<String>,
    /// `JPY thousand`; may be empty.
    pub unit: String,
    /// `new` minus `old`, in the unit; none unless both are numbers.
    pub difference: Option<String>,
    /// The difference in per cent of `old`, with one decimal; none that rounds to zero.
    pub percent: Option<String>,
    /// File and line, where it is entered now, or was.
    pub at: Option<String>,
    /// The figures that are calculated from it and are printed otherwise now.
    pub makes: Vec<Made>,
    /// Where it, or what it makes, is printed otherwise now.
    pub seen: Vec<Seen>,
}

/// A place where a figure is printed otherwise now.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Seen {
    /// `table/row/column`, or `page ¶paragraph`.
    pub place: String,
    pub figure: String,
    pub old: String,
    pub new: String,
}

/// A figure that is printed otherwise because of an entry.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Made {
    pub figure: String,
    /// As first printed.
    pub old: String,
    pub new: String,
    /// Further entries that changed it too.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<String>,
}

/// A figure that is printed otherwise at a place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Moved {
    pub figure: String,
    /// The figure that was there before, if it was another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<String>,
    pub old: String,
    pub new: String,
    /// `table/row/column`, or `page ¶paragraph`.
    pub place: String,
}

/// The changes of the texts and layout in a language.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct LanguageChanges {
    /// BCP 47 language tag.
    pub language: String,
    /// Words that turned: "up" that is "down" now.
    pub words: Vec<TurnedWord>,
    pub text: Vec<TextChange>,
    pub labels: Vec<TextChange>,
    pub notes: Vec<TextChange>,
    pub layout: Vec<String>,
    #[serde(skip)]
    pub moved: Vec<Moved>,
}

/// A word for a direction that became another one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TurnedWord {
    pub place: String,
    pub old: String,
    pub new: String,
    /// The figure beside it.
    pub figure: Option<String>,
}

/// A text that changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TextChange {
    pub place: String,
    pub how: How,
    /// How many words differ: of the new text, or of the old one where that had more.
    pub words: usize,
    /// The stretches of words that differ.
    pub runs: Vec<Run>,
}

/// What happened to a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    Changed,
    Added,
    Removed,
}

/// Words that stand where others stood; either may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Run {
    pub old: String,
    pub new: String,
    /// The nearest figure of the text, behind the words or before them.
    #[serde(skip)]
    pub figure: Option<String>,
}

impl Changes {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.entered.is_empty() && self.moved.is_empty() && self.languages.iter().all(LanguageChanges::is_empty)
    }
}

impl LanguageChanges {
    fn is_empty(&self) -> bool {
        let Self { words, text, labels, notes, layout, .. } = self;
        words.is_empty() && text.is_empty() && labels.is_empty() && notes.is_empty() && layout.is_empty()
    }
}
