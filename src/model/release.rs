//! The release: all contents of a dataset, with their places.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    At, ConfirmedTranslation, Date, Decimal, Expr, FilingSpec, Forecast, Headline, Line, Mpm, NameIndex, Notice,
    PENDING, Period, PeriodSpan, Picture, Positions, ProfitOrLoss, RevisionNote, Signature, SignedContent, Statement,
    TableSpec, TranslatedText, TranslationDifference, Unit, Units, has_words, is_in_other_script, is_same_language,
    untranslated,
};
use crate::diag::{Diagnostic, Place, Source};

/// One publication of an issuer.
#[derive(Debug, Clone, PartialEq)]
pub struct Release {
    pub slug: String,
    pub title: At<String>,
    pub issuer: At<String>,
    /// The issuer's legal entity identifier.
    pub lei: Option<String>,
    /// The language of this edition's texts. Amounts and all other data are the same in every edition.
    pub language: At<String>,
    /// All languages of the release, the original's first.
    pub languages: Vec<At<String>>,
    /// Whether this translation is published later than the original.
    pub is_delayed: bool,
    /// The pages that this translation has; `None` for all.
    pub translated_pages: Option<Vec<At<String>>>,
    /// Where this translation differs from the original on purpose.
    pub differences: Vec<TranslationDifference>,
    /// The paragraphs of all translations as they were when they were last confirmed.
    pub confirmed: Vec<ConfirmedTranslation>,
    /// What has to be signed: `statement:*`.
    pub signed: Vec<At<String>>,
    /// The signatures, in the order of their file. Only the original has them.
    pub signatures: Vec<Signature>,
    /// What was signed.
    pub signed_contents: Vec<SignedContent>,
    /// The texts that this translation takes from the original, because there is none in its language.
    pub untranslated: BTreeSet<Place>,
    /// The texts by language of this translation, by place, each with the text of the original.
    pub originals: BTreeMap<Place, TranslatedText>,
    /// The day of publication; none while it is pending.
    pub date: Option<Date>,
    /// The texts and dates that are not known yet: what each is called in findings, and where it is written.
    pub pending: Vec<At<String>>,
    /// The default period of figures in the narrative.
    pub period: Option<At<String>>,
    /// The growth, in per cent, above which it is not meaningful.
    pub max_growth: Option<Decimal>,
    /// The slugs of earlier releases, whose amounts the comparatives must repeat.
    pub prior: Vec<At<String>>,
    pub masthead: Vec<At<String>>,
    pub description: Option<At<String>>,
    /// Whether the pages link to the check report.
    pub publish_checks: bool,
    /// The headline figures, in the order shown.
    pub headlines: Vec<Headline>,
    /// The files attached to the PDF.
    pub attach: Vec<Attach>,
    pub units: Units,
    pub periods: Vec<Period>,
    pub events: Vec<Event>,
    pub literals: Vec<Literal>,
    /// Text that may stay as it was in the releases before.
    pub standing: Vec<StandingText>,
    pub errata: Vec<Erratum>,
    pub statements: Vec<Statement>,
    pub measures: Vec<Measure>,
    pub ranges: Vec<Range>,
    pub stated: Vec<StatedFigure>,
    /// The figures that are shown as a mark by declaration.
    pub marked: Vec<MarkedFigure>,
    pub ties: Vec<Tie>,
    pub orders: Vec<Order>,
    pub splits: Vec<Split>,
    pub forecasts: Vec<Forecast>,
    pub revision_notes: Vec<RevisionNote>,
    pub notices: Vec<Notice>,
    pub year_to_date: Vec<YearToDate>,
    pub adjustments: Vec<Adjustment>,
    pub acknowledged: Vec<Acknowledgement>,
    pub waivers: Vec<Waiver>,
    pub tables: Vec<TableSpec>,
    pub narrative: Vec<NarrativePage>,
    /// What is filed with an exchange.
    pub filing: Option<FilingSpec>,
    /// What is declared for IFRS 18, if the release follows it.
    pub profit_or_loss: Option<ProfitOrLoss>,
    /// The management-defined performance measures, and what could be taken for one.
    pub mpms: Vec<Mpm>,
    /// The files of the dataset, in the order in which they were read.
    pub files: Vec<Arc<Source>>,
    /// The pictures that the narrative refers to, by the name it gives them; a text says why one cannot be shown.
    pub pictures: BTreeMap<String, Result<Picture, String>>,
    /// The files of those in the release's own folder, each byte as a character, so that a change of them is seen.
    pub picture_files: Vec<Arc<Source>>,
    /// Names that are defined but could not be read, so that they are not also reported as missing.
    pub unread: BTreeSet<String>,
    /// The names that an unknown one may be mistaken for.
    pub name_index: NameIndex,
    pub statement_positions: Positions,
    pub measure_positions: Positions,
}

/// Files that can be attached to the PDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attach {
    /// Each table as CSV.
    Tables,
    /// The release's own files.
    Dataset,
}

impl Attach {
    /// Each value with its word in a dataset.
    pub const WORDS: [(&'static str, Self); 2] = [("tables", Self::Tables), ("dataset", Self::Dataset)];
}

/// A date that the text may contain although it belongs to no period.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    pub id: At<String>,
    /// None while it is pending.
    pub date: Option<Date>,
}

/// A phrase with a typed number, and the reason for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Literal {
    pub text: At<String>,
    pub reason: At<String>,
    /// Where it is declared, which is the same in all languages.
    pub place: Place,
}

/// A phrase of a paragraph that says the same in every release, and the reason for it.
#[derive(Debug, Clone, PartialEq)]
pub struct StandingText {
    pub text: At<String>,
    pub reason: At<String>,
}

/// An error in the published text.
#[derive(Debug, Clone, PartialEq)]
pub struct Erratum {
    pub place_in_release: At<String>,
    pub published: At<String>,
    pub corrected: Option<At<String>>,
    pub reason: At<String>,
}

/// A value calculated by a formula.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    pub id: At<String>,
    pub label: Option<At<String>>,
    pub unit: At<Unit>,
    pub formula: Expr,
    /// Formulas for single periods that have other inputs.
    pub formula_in: std::collections::BTreeMap<String, Expr>,
    /// The line or measure of the accounting standard that it is compared with, if it is itself not defined there.
    pub non_gaap: Option<At<String>>,
}

/// A range of two figures, such as the low and the high end of a forecast.
#[derive(Debug, Clone, PartialEq)]
pub struct Range {
    pub id: At<String>,
    pub label: At<String>,
    pub low: Expr,
    pub high: Expr,
}

/// A figure that is entered although it is normally calculated, because rounded inputs do not determine it.
#[derive(Debug, Clone, PartialEq)]
pub struct StatedFigure {
    pub figure: Expr,
    pub shows: At<Decimal>,
    pub unit: Option<At<Unit>>,
    /// The input that is not in the release (`missing_input`).
    pub unknown: Option<At<String>>,
}

/// A figure that is shown as a mark instead of its number.
#[derive(Debug, Clone, PartialEq)]
pub struct MarkedFigure {
    pub figure: Expr,
    pub shows: At<FigureMark>,
    pub reason: At<String>,
}

/// The marks for figures without a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureMark {
    NotMeaningful,
    NotApplicable,
    Undecided,
    /// Not known yet: it needs no reason, and is reported.
    Pending,
}

impl FigureMark {
    /// Every mark with its word in a dataset; a language has its own.
    pub const WORDS: [(&'static str, Self); 4] = [
        ("n.m.", Self::NotMeaningful),
        ("n/a", Self::NotApplicable),
        ("undecided", Self::Undecided),
        (PENDING, Self::Pending),
    ];

    /// The word in a dataset.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, mark)| *mark == self).map_or("", |(word, _)| word)
    }
}

/// Figures that must be equal.
#[derive(Debug, Clone, PartialEq)]
pub struct Tie {
    pub same: Vec<Expr>,
    pub place: Place,
}

/// Figures, each no less than the one before it.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    pub ascending: Vec<Expr>,
    pub place: Place,
}

/// A split of shares (or their consolidation): from its day on, `ratio` shares stand for each of before.
#[derive(Debug, Clone, PartialEq)]
pub struct Split {
    /// The unit of share counts.
    pub unit: At<Unit>,
    pub date: Date,
    pub ratio: At<Decimal>,
    /// Lines whose amounts are not on the new basis, `statement.line`.
    pub except: Vec<At<String>>,
}

impl Split {
    /// What an amount of before is multiplied by to be on the new basis: the ratio for share counts, its inverse for amounts
    /// per share; none for other units.
    pub fn factor(&self, base: &str) -> Option<Decimal> {
        let per_share = base.split_once(" per ").is_some_and(|(_, per)| per == self.unit.value.base);
        match base == self.unit.value.base {
            true => Some(self.ratio.value),
            false if per_share => Decimal::ONE.checked_div(self.ratio.value),
            false => None,
        }
    }
}

/// A statement for the year to date, and the statement for its last quarter.
#[derive(Debug, Clone, PartialEq)]
pub struct YearToDate {
    pub statement: At<String>,
    pub quarter: At<String>,
    /// Lines that do not add up over time, such as balances and averages.
    pub except: Vec<At<String>>,
    pub place: Place,
}

/// A printed figure that is moved by one unit of its last place.
#[derive(Debug, Clone, PartialEq)]
pub struct Adjustment {
    pub figure: Expr,
    pub unit: At<Unit>,
    pub by: At<Decimal>,
    /// The tables and pages where it applies; empty for all.
    pub places: Vec<At<String>>,
    pub reason: At<String>,
    pub place: Place,
}

/// A recorded residual of a relation that the precision of the amounts explains.
#[derive(Debug, Clone, PartialEq)]
pub struct Acknowledgement {
    pub relation: At<String>,
    pub residual: At<Decimal>,
}

/// A recorded difference that rounding cannot explain, with a reason.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiver {
    pub of: WaiverTarget,
    pub reason: At<String>,
    pub place: Place,
}

/// What a waiver applies to.
#[derive(Debug, Clone, PartialEq)]
pub enum WaiverTarget {
    /// A printed figure: the value computed, and the value shown instead.
    Figure { figure: Expr, unit: Option<At<Unit>>, computed: At<Decimal>, shows: At<Decimal>, places: Vec<At<String>> },
    /// A relation by name, and its residual.
    Relation { name: At<String>, residual: At<Decimal> },
    /// What a rule finds of lines or measures: its name, the lines and measures (each in one period or in any), and the tables and pages
    /// where it may find it; empty for all.
    Rule { rule: At<String>, of: Vec<Expr>, places: Vec<At<String>> },
}

/// One narrative file.
#[derive(Debug, Clone, PartialEq)]
pub struct NarrativePage {
    /// The file's stem without its leading number.
    pub id: String,
    pub title: Option<At<String>>,
    pub period: Option<At<String>>,
    pub new_sheet: bool,
    /// The maximum number of sheets in print, up to the next page that begins a new sheet.
    pub sheets: Option<u8>,
    /// Whether it is set as a form: tables in boxes over the whole width, and little space between blocks.
    pub form: bool,
    pub source: Arc<Source>,
    /// The byte offset of the Markdown, after the front matter.
    pub body: usize,
}

impl NarrativePage {
    /// The first line of the file.
    pub fn first_line(&self) -> Place {
        let end = self.source.text.find('\n').unwrap_or(self.source.text.len());
        Place::new(&self.source, 0..end)
    }

    /// The ids of the notes that the page defines as `[^id]: …`, with their places.
    pub fn notes(&self) -> Vec<(&str, Place)> {
        let mut start = 0;
        let mut found = Vec::new();
        for line in self.source.text.split_inclusive('\n') {
            if let Some((id, _)) = line.strip_prefix("[^").and_then(|rest| rest.split_once("]:")) {
                found.push((id, Place::new(&self.source, start..start + id.len() + 4)));
            }
            start += line.len();
        }
        found
    }
}

impl Release {
    /// The name of the release itself in calls, for its date and its issuer.
    pub const SELF: &str = "release";

    /// In `unread`: a whole file could not be read, so that its names are not known.
    pub const ANY: &str = "*";

    /// Whether a line, statement, measure or table of this name could not be read, or may be in a file that could not
    /// be read.
    pub fn is_unread(&self, name: &str) -> bool {
        let statement = name.split('.').next().unwrap_or(name);
        !self.unread.is_empty() && [Self::ANY, name, statement].iter().any(|name| self.unread.contains(*name))
    }

    /// Whether the texts are a translation of the original.
    pub fn is_translation(&self) -> bool {
        self.languages.first().is_some_and(|original| original.value != self.language.value)
    }

    /// The finding for a text that this translation has in the language of the original, or as it is there. `is_run_on`: the language
    /// has no spaces between words.
    pub fn untranslated_text(&self, text: &At<String>, is_run_on: bool) -> Option<Diagnostic> {
        let language = &self.language.value;
        if self.untranslated.contains(&text.place) {
            return Some(untranslated(text, language));
        }
        if self.is_pending(text) {
            return None;
        }
        let known = self.originals.get(&text.place)?;
        if self.languages.first().is_some_and(|original| is_same_language(&original.value, language)) {
            return None;
        }
        let original = &known.original;
        // With a third language, nothing says that it reads the same in all.
        if original.value == text.value && has_words(&text.value) && self.languages.len() == 2 {
            let help = "if it reads the same in all languages, write it once: `{ all = … }`";
            return Some(untranslated(text, language).help(help));
        }
        let is_other = is_in_other_script(&original.value, &text.value, is_run_on);
        is_other.then(|| untranslated(text, language).with(&original.place, "the original"))
    }

    /// The text of the original that a text of this edition stands for; itself in the original.
    pub fn original<'a>(&'a self, text: &'a At<String>) -> &'a str {
        self.originals.get(&text.place).map_or(&text.value, |known| &known.original.value)
    }

    /// Whether a whole file could not be read.
    pub fn is_incomplete(&self) -> bool {
        self.unread.contains(Self::ANY)
    }

    /// Whether a name is that of a day, known or pending.
    pub fn has_date(&self, name: &str) -> bool {
        name == "release" || self.period(name).is_some() || self.events.iter().any(|event| event.id.value == name)
    }

    /// Whether a text is not known yet.
    pub fn is_pending(&self, text: &At<String>) -> bool {
        self.pending.iter().any(|pending| pending.place == text.place)
    }

    /// The date of an event, the last day of a period, or, as `release`, the date of publication; none of a day that is
    /// pending.
    pub fn date_of(&self, name: &str) -> Option<Date> {
        let event = || self.events.iter().find(|event| event.id.value == name)?.date;
        match self.period(name) {
            Some(period) => Some(period.span.end()),
            None if name == Self::SELF => self.date,
            None => event(),
        }
    }

    /// Every declared date: the days on which periods begin and end, the events, and the day of publication.
    pub fn dates(&self) -> impl Iterator<Item = Date> {
        let of_periods = self.periods.iter().flat_map(|period| match period.span {
            PeriodSpan::Duration { from, to } => vec![from, to],
            PeriodSpan::Instant { at } => vec![at],
        });
        of_periods.chain(self.events.iter().filter_map(|event| event.date)).chain(self.date)
    }

    /// The period with this id.
    pub fn period(&self, id: &str) -> Option<&Period> {
        self.periods.iter().find(|period| period.id.value == id)
    }

    /// The period that the release reports on, if it names one that it has.
    pub fn own_period(&self) -> Option<&Period> {
        self.period(&self.period.as_ref()?.value)
    }

    /// The period that is an instant on this date.
    pub fn instant(&self, date: Date) -> Option<&Period> {
        self.periods.iter().find(|period| period.span == PeriodSpan::Instant { at: date })
    }

    /// The statement with this id.
    pub fn statement(&self, id: &str) -> Option<&Statement> {
        self.statement_positions.find(id, &self.statements, |statement| &statement.id.value)
    }

    /// The line named `statement.line`.
    pub fn line(&self, name: &str) -> Option<(&Statement, &Line)> {
        let (statement, line) = name.split_once('.')?;
        let statement = self.statement(statement)?;
        Some((statement, statement.line(line)?))
    }

    /// The line that a name refers to, through any `ref`; `None` if there is no such line or the references form a
    /// cycle.
    pub fn target(&self, name: &str) -> Option<(&Statement, &Line)> {
        let mut found = self.line(name)?;
        for _ in 0..32 {
            match &found.1.reference {
                Some(next) => found = self.line(&next.value)?,
                None => return Some(found),
            }
        }
        None
    }

    /// The measure with this id.
    pub fn measure(&self, id: &str) -> Option<&Measure> {
        self.measure_positions.find(id, &self.measures, |measure| &measure.id.value)
    }

    /// The range with this id.
    pub fn range(&self, id: &str) -> Option<&Range> {
        self.ranges.iter().find(|range| range.id.value == id)
    }

    /// The unit of a line or measure.
    pub fn unit_of(&self, name: &str) -> Option<&Unit> {
        match self.target(name) {
            Some((statement, line)) => Some(statement.unit_of(line)),
            None => self.measure(name).map(|measure| &measure.unit.value),
        }
    }
}
