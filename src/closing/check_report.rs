//! The check report: what was proved of a release, every difference that is carried with its reason, and what no relation
//! covers. It is written for an auditor.

use serde::{Deserialize, Serialize};

use super::{Closing, Coverage};
use crate::{
    check::{CheckResults, Facts, Verdict, format_number},
    diag::Place,
    model::{At, Release, WaiverTarget},
};

/// The report. `checks.json` is its JSON; the template `html/checks.html` receives it as `checks`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CheckReport {
    pub slug: String,
    /// Whether the release's pages link to this report.
    pub published: bool,
    /// Relations by family and verdict.
    pub families: Vec<RelationFamily>,
    /// Relations whose residual precision explains, each pinned.
    pub acknowledged: Vec<Residual>,
    /// Differences that rounding does not explain, each with its reason.
    pub waived: Vec<Waived>,
    /// Figures moved by one unit.
    pub adjusted: Vec<Adjusted>,
    /// Derived figures that were entered.
    pub stated: Vec<Stated>,
    /// Numbers typed by hand in text.
    pub literals: Vec<Reasoned>,
    pub errata: Vec<Erratum>,
    pub coverage: Coverage,
}

/// A family of relations, and how many have each verdict.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelationFamily {
    pub name: String,
    pub exact: usize,
    pub acknowledged: usize,
    pub waived: usize,
    pub broken: usize,
}

/// A relation and its residual, in the unit of its findings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Residual {
    pub relation: String,
    pub residual: String,
    pub place: String,
}

/// A waiver: of a figure, what is computed and shown; of a relation, the residual.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Waived {
    pub name: String,
    pub difference: String,
    pub reason: String,
    pub place: String,
}

/// An adjustment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Adjusted {
    pub figure: String,
    pub unit: String,
    /// `+1` or `-1`.
    pub by: String,
    pub places: Vec<String>,
    pub reason: String,
    pub place: String,
}

/// A stated figure: verified by interval, or with the input that the release lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stated {
    pub figure: String,
    pub shows: String,
    pub unknown: Option<String>,
    pub place: String,
}

/// A text and the reason for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reasoned {
    pub text: String,
    pub reason: String,
}

/// An error of the published text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Erratum {
    pub place: String,
    pub published: String,
    pub corrected: Option<String>,
    pub reason: String,
}

/// A release's relations and coverage in numbers, for `summary` of the JSON messages.
#[derive(Debug, Default, Serialize)]
pub struct ReleaseSummary {
    pub slug: String,
    pub relations: Vec<RelationFamily>,
    pub coverage: CoverageCounts,
}

/// How many amounts were entered, and how many of them cannot be wrong by one unit without a relation breaking.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct CoverageCounts {
    pub entered: usize,
    pub covered: usize,
}

impl CheckReport {
    /// The report of a closed release.
    pub fn new(closing: &Closing) -> Self {
        let Closing { book, results, .. } = closing;
        let release = book.release;
        Self {
            slug: release.slug.clone(),
            published: release.publish_checks,
            families: families(results),
            acknowledged: acknowledged(results, &Facts::of(book)),
            waived: release.waivers.iter().map(waived).collect(),
            adjusted: adjusted(release),
            stated: stated(release),
            literals: release.literals.iter().map(|literal| reasoned(&literal.text, &literal.reason)).collect(),
            errata: errata(release),
            coverage: Coverage::of(closing),
        }
    }

    /// The report in numbers.
    pub fn summary(&self) -> ReleaseSummary {
        let Coverage { entered, covered, .. } = self.coverage;
        let coverage = CoverageCounts { entered, covered };
        ReleaseSummary { slug: self.slug.clone(), relations: self.families.clone(), coverage }
    }
}

fn families(results: &CheckResults) -> Vec<RelationFamily> {
    let mut families: Vec<RelationFamily> = Vec::new();
    for (relation, verdict) in results.relations.iter().zip(&results.verdicts) {
        if families.last().is_none_or(|family| family.name != relation.family) {
            families.push(RelationFamily { name: relation.family.to_owned(), ..RelationFamily::default() });
        }
        let Some(family) = families.last_mut() else { continue };
        match verdict {
            Verdict::Exact => family.exact += 1,
            Verdict::Acknowledged(_) => family.acknowledged += 1,
            Verdict::Waived(..) => family.waived += 1,
            Verdict::Broken(_) => family.broken += 1,
        }
    }
    families
}

fn acknowledged(results: &CheckResults, facts: &Facts) -> Vec<Residual> {
    let pairs = results.relations.iter().zip(&results.verdicts);
    let known = pairs.filter(|(_, verdict)| matches!(verdict, Verdict::Acknowledged(_)));
    known
        .map(|(relation, _)| Residual {
            relation: relation.name.clone(),
            residual: relation.residual(facts).map(format_number).unwrap_or_default(),
            place: at(&relation.place),
        })
        .collect()
}

fn waived(waiver: &crate::model::Waiver) -> Waived {
    let (name, difference) = match &waiver.of {
        WaiverTarget::Figure { figure, computed, shows, .. } => {
            (figure.to_string(), format!("{} → {}", format_number(computed.value), format_number(shows.value)))
        }
        WaiverTarget::Relation { name, residual } => (name.value.clone(), format_number(residual.value)),
    };
    Waived { name, difference, reason: waiver.reason.value.clone(), place: at(&waiver.place) }
}

fn adjusted(release: &Release) -> Vec<Adjusted> {
    let adjustments = release.adjustments.iter();
    adjustments
        .map(|adjustment| Adjusted {
            figure: adjustment.figure.to_string(),
            unit: adjustment.unit.value.to_string(),
            by: if adjustment.by.value.is_sign_negative() { "-1" } else { "+1" }.to_owned(),
            places: adjustment.places.iter().map(|place| place.value.clone()).collect(),
            reason: adjustment.reason.value.clone(),
            place: at(&adjustment.place),
        })
        .collect()
}

fn stated(release: &Release) -> Vec<Stated> {
    let stated = release.stated.iter();
    stated
        .map(|stated| Stated {
            figure: stated.figure.to_string(),
            shows: format_number(stated.shows.value),
            unknown: stated.unknown.as_ref().map(|unknown| unknown.value.clone()),
            place: at(&stated.figure.place),
        })
        .collect()
}

fn reasoned(text: &At<String>, reason: &At<String>) -> Reasoned {
    Reasoned { text: text.value.clone(), reason: reason.value.clone() }
}

fn errata(release: &Release) -> Vec<Erratum> {
    let errata = release.errata.iter();
    errata
        .map(|erratum| Erratum {
            place: erratum.place_in_release.value.clone(),
            published: erratum.published.value.clone(),
            corrected: erratum.corrected.as_ref().map(|corrected| corrected.value.clone()),
            reason: erratum.reason.value.clone(),
        })
        .collect()
}

/// `content/acme/relations.toml:12`.
fn at(place: &Place) -> String {
    format!("{}:{}", place.source.path, place.source.line_column(place.start).0)
}
