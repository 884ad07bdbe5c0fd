//! The data model of a release: facts, formulas, relations and tables, with their places.

mod comparison;
mod date;
mod filing;
mod forecast;
mod formula;
mod formula_parser;
mod headline;
mod lei;
mod name_index;
mod name_map;
mod period_parts;
mod picture;
mod plain_digits;
mod portable_names;
mod positions;
mod print_style;
mod profit_or_loss;
mod release;
mod reserved_characters;
mod script;
mod signature;
mod site;
mod source;
mod statement;
mod table;
mod theme;
mod tied_balances;
mod translation;
mod unit;
mod unknown_names;
mod whole_words;
mod words;

pub use comparison::Comparison;
pub use date::{Date, Period, Span as PeriodSpan};
pub use filing::{
    Axis, Concept, ConceptKind, ContextNames, DefinitionLink, DerivedValue, FigureConcept, FilingFiles, FilingForm,
    FilingSpec, FilingUnits, ForecastMembers, RevisionMembers, SchemaAddress, StatementConcept, StatementValue,
    Taxonomy,
};
pub use forecast::{Forecast, ForecastKind, Margin, Notice, RevisionNote};
pub use formula::{Expr, Function, Node, Operator, write_line};
pub use formula_parser::parse_formula;
pub use headline::{Compare, Headline};
pub use lei::lei_fault;
pub use name_index::NameIndex;
pub use name_map::{NameMap, NameSet};
pub use period_parts::period_parts;
pub use picture::{Picture, PictureKind};
pub use plain_digits::plain_digits;
pub use portable_names::{collision_reason, fold_name, portability_problem};
pub use positions::Positions;
pub use print_style::{PrintStyle, Sheet as PrintSheet};
pub use profit_or_loss::{Category, Mpm, MpmDisclosure, MpmKind, ProfitOrLoss, Subtotal};
pub use release::{
    Acknowledgement, Adjustment, Attach, Erratum, Event, FigureMark, Literal, MarkedFigure, Measure, NarrativePage,
    Order, Range, Release, Split, StandingText, StatedFigure, Tie, Waiver, WaiverTarget, YearToDate,
};
pub use reserved_characters::ReservedCharacter;
pub use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive};
pub use script::{is_run_on, joins_words, narrow, narrow_text};
pub use signature::{Signature, SignedContent};
pub use site::{Address, SiteSettings, TextByLanguage};
pub use source::{
    ColumnName, Encoding, RowName, SourceAmount, SourceColumn, SourceKey, SourceReading, SourceRow, StatementSource,
    as_entered, column_letters, column_number,
};
pub use statement::{Balance, Entry, Fact, Line, LineKind, MemberSum, PENDING, Part, Statement};
pub use table::{CellKeys, CellOverride, CellWords, ChartKind, ChartSpec, ColumnSpec, RowSpec, Rows, TableSpec};
pub use theme::{FontChoice, FontFile, Logo, Palette, PrintFaces, Rgb, ScreenFaces, Theme, WebFace};
pub use tied_balances::tied_balances;
pub use translation::{
    ConfirmedTranslation, TranslatedText, TranslationDifference, has_words, is_in_other_script, is_same_language,
    untranslated,
};
pub use unit::{NilMark, RoundingMode, Scale, Subunit, Unit, UnitKind, UnitRule, Units};
pub use unknown_names::unknown_name;
pub use whole_words::has_word_of_its_own;
pub use words::{Direction, Era, NumberStyle, ProseWords, Typesetting, Words};

use crate::diag::Place;

/// A value with its place in the user's files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct At<T> {
    pub value: T,
    pub place: Place,
}

impl<T> At<T> {
    /// `value`, written at `place`.
    pub fn new(value: T, place: Place) -> Self {
        Self { value, place }
    }
}
