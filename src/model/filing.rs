//! What is filed with an exchange: the declaration of a dataset, and the forms of a taxonomy.

use std::collections::BTreeMap;

use super::{At, Decimal};
use crate::diag::Place;

/// The declaration of a filing, `exchange.toml`.
#[derive(Debug, Clone, PartialEq)]
pub struct FilingSpec {
    /// The form: `acedussm`.
    pub form: At<String>,
    /// The issuer's code at the exchange.
    pub code: At<String>,
    /// The number of the filing, if it is not made from date and code.
    pub number: Option<At<String>>,
    /// The page that is filed, by its id.
    pub page: At<String>,
    /// The concepts of the figures on the page.
    pub figures: Vec<FigureConcept>,
    /// The figures without a concept, with the reason.
    pub untagged: Vec<(At<String>, At<String>)>,
    /// What the form asks for beside figures.
    pub statements: Vec<StatementConcept>,
    pub place: Place,
}

/// The concept of a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureConcept {
    /// The figure without its period: `is.revenue`, `change(is.revenue)`.
    pub figure: At<String>,
    pub concept: At<String>,
    /// The members of the axes whose member does not follow from the form.
    pub members: Vec<At<String>>,
}

/// A fact that is no figure.
#[derive(Debug, Clone, PartialEq)]
pub struct StatementConcept {
    pub concept: At<String>,
    pub value: StatementValue,
    /// The period that it is of, if it is not that of the release.
    pub period: Option<At<String>>,
    /// The members of the axes whose member does not follow from the form.
    pub members: Vec<At<String>>,
    pub place: Place,
}

#[derive(Debug, Clone, PartialEq)]
pub enum StatementValue {
    /// A text, or the name of a date for a concept that is a date.
    Text(String),
    YesNo(bool),
    Number(Decimal),
}

/// The forms of an exchange's taxonomy, `templates/filing/<name>.toml`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Taxonomy {
    pub concepts_schema: SchemaAddress,
    pub roles_schema: SchemaAddress,
    /// What the names of roles begin with.
    pub role_prefix: String,
    /// The files of labels, beside the schema of concepts.
    pub labels: Vec<String>,
    /// What the concept of the growth of another begins with.
    pub change_prefix: String,
    pub files: FilingFiles,
    pub units: FilingUnits,
    pub contexts: ContextNames,
    pub forecast: ForecastMembers,
    /// None if no form revises forecasts.
    pub revision: Option<RevisionMembers>,
    /// The concepts that the release itself gives.
    pub derived: BTreeMap<String, DerivedValue>,
    /// The concepts that every filing has, as far as its form has them.
    pub required: Vec<String>,
    /// The member that a concept has by convention where its axis has several.
    pub usual_members: BTreeMap<String, Vec<String>>,
    /// The forms by name.
    pub forms: BTreeMap<String, FilingForm>,
    pub concepts: BTreeMap<String, Concept>,
    pub links: Vec<DefinitionLink>,
}

/// A form of the taxonomy.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FilingForm {
    /// The path of its namespace.
    pub path: String,
    /// The folder of its files, if it is another than that of most forms; empty for none.
    pub folder: Option<String>,
    /// What it is, in a phrase.
    pub title: String,
    /// How many months its period has; any number if empty.
    pub months: Vec<u32>,
    /// The members that its figures have where several parts of the form have a concept.
    pub members: Vec<String>,
}

/// A schema of the taxonomy.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SchemaAddress {
    pub prefix: String,
    pub namespace: String,
    /// The file below the namespace.
    pub file: String,
}

/// The names of files and addresses, with places for form, path, code, number and date.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FilingFiles {
    pub folder: String,
    pub name: String,
    pub number: String,
    pub namespace: String,
    pub entity_scheme: String,
    pub entity: String,
    /// The number of characters of a code.
    pub code_length: usize,
}

/// The ids of units.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FilingUnits {
    pub money: String,
    pub per_share: String,
    pub shares: String,
    pub number: String,
}

/// The parts of the ids of contexts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ContextNames {
    /// The names of the year before, of the year of the release, and of the next.
    pub years: [String; 3],
    /// The names of the parts of a year, by months from its beginning.
    pub parts: BTreeMap<u32, String>,
    pub duration: String,
    pub instant: String,
    /// The axes, in the order of their members in an id.
    pub axes: Vec<String>,
}

/// The axis that tells results from forecasts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ForecastMembers {
    pub axis: String,
    pub result: String,
    pub forecast: String,
    /// The ends of a range.
    pub lower: String,
    pub upper: String,
}

/// The axis of forms that revise forecasts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RevisionMembers {
    pub axis: String,
    /// What was published before.
    pub previous: String,
    /// What is published now.
    pub current: String,
}

/// What a release says itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DerivedValue {
    /// The day of the release.
    Date,
    Issuer,
    /// The code of the issuer at the exchange.
    Code,
    /// The title of the release.
    Title,
    /// The paragraph of the page that says how amounts are rounded.
    Rounding,
}

impl DerivedValue {
    /// Each value with its word.
    pub const WORDS: [(&'static str, Self); 5] = [
        ("date", Self::Date),
        ("issuer", Self::Issuer),
        ("code", Self::Code),
        ("title", Self::Title),
        ("rounding", Self::Rounding),
    ];
}

/// A concept that can be reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Concept {
    pub kind: ConceptKind,
    /// Whether it is of a day, not of a period.
    pub is_instant: bool,
}

/// The kind of a concept's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConceptKind {
    Money,
    PerShare,
    Percent,
    Shares,
    /// A whole number of something else.
    Count,
    Text,
    Date,
    YesNo,
}

impl ConceptKind {
    /// Each kind with its word in the table of forms.
    pub const WORDS: [(&'static str, Self); 9] = [
        ("money", Self::Money),
        ("per_share", Self::PerShare),
        ("percent", Self::Percent),
        ("shares", Self::Shares),
        ("count", Self::Count),
        ("text", Self::Text),
        ("address", Self::Text),
        ("date", Self::Date),
        ("yes_no", Self::YesNo),
    ];
}

/// A part of a form: its concepts as a tree, and the axes on which they are reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefinitionLink {
    pub role: String,
    /// The forms that it is part of.
    pub forms: Vec<String>,
    pub heading: String,
    /// The hypercube; none for concepts without axes.
    pub table: Option<String>,
    pub axes: Vec<Axis>,
    /// Below the heading, each with its depth from 0.
    pub items: Vec<(usize, String)>,
}

/// An axis with its members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axis {
    pub name: String,
    pub members: Vec<String>,
}

impl Taxonomy {
    /// The parts of a form.
    pub fn links_of<'a>(&'a self, form: &'a str) -> impl Iterator<Item = &'a DefinitionLink> {
        self.links.iter().filter(move |link| link.forms.iter().any(|own| own == form))
    }

    /// Whether a concept is part of a form.
    pub fn has(&self, form: &str, concept: &str) -> bool {
        self.concepts.contains_key(concept) && self.links_of(form).any(|link| link.has(concept))
    }
}

impl DefinitionLink {
    /// Whether a concept is one of its items.
    pub fn has(&self, concept: &str) -> bool {
        self.items.iter().any(|(_, name)| name == concept)
    }
}
