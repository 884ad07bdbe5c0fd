//! The check report, for an auditor: the relations that hold, every declared difference with its reason, and the amounts that
//! no relation covers.

use serde::{Deserialize, Serialize};

use super::{Closing, Coverage, coverage::is_zero};
use crate::{
    check::{CheckResults, Facts, RuleCount, SignatureState, Verdict, format_number},
    diag::Place,
    model::{At, Notice, Release, Signature, WaiverTarget},
};

/// The report. `checks.json` is its JSON; the template `html/checks.html` receives it as `checks`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CheckReport {
    pub slug: String,
    /// Whether the release's pages link to this report.
    pub published: bool,
    /// Relations by family and verdict.
    pub families: Vec<RelationFamily>,
    /// How many things each rule looked at, apart from the amounts compared with workbooks: what is published must not depend on
    /// whether the files are there.
    pub rules: Vec<RuleCount>,
    /// The same with these.
    #[serde(skip)]
    pub looked_at: Vec<RuleCount>,
    /// The acknowledged relations: declared precision explains their residuals.
    pub acknowledged: Vec<Residual>,
    /// The waived differences: rounding does not explain them.
    pub waived: Vec<WaivedDifference>,
    /// Notices of revised forecasts; left out of JSON if there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<RevisionNotice>,
    /// Figures moved by one unit.
    pub adjusted: Vec<AdjustedFigure>,
    /// Derived figures that were entered.
    pub stated: Vec<StatedFigure>,
    /// Numbers typed by hand in text.
    pub literals: Vec<LiteralText>,
    pub errata: Vec<Erratum>,
    /// Who signed what; left out of JSON if nothing is signed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub signatures: Vec<SignedPart>,
    pub coverage: Coverage,
}

/// A family of relations, and how many have each verdict.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelationFamily {
    /// `footing`, as in the names of rules.
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
    /// File and line, as every `place` below.
    pub place: String,
}

/// A waiver. Its `difference` is the computed and the shown value of a figure, or the residual of a relation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WaivedDifference {
    pub name: String,
    pub difference: String,
    pub reason: String,
    pub place: String,
}

/// A notice of a revised forecast, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RevisionNotice {
    pub of: Vec<String>,
    /// The day on which it was published, `2026-05-14`.
    pub date: Option<String>,
    pub reason: Option<String>,
    pub place: String,
}

/// An adjustment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AdjustedFigure {
    pub figure: String,
    pub unit: String,
    /// `+1` or `-1`.
    pub by: String,
    /// The tables or pages it applies to; empty for all.
    pub places: Vec<String>,
    pub reason: String,
    pub place: String,
}

/// A stated figure: verified by interval, or with the input that the release lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatedFigure {
    pub figure: String,
    /// The stated value.
    pub shows: String,
    /// The missing input; of a mark, its reason.
    pub unknown: Option<String>,
    pub place: String,
}

/// A text and the reason for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LiteralText {
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

/// A signature of a part of the release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignedPart {
    /// What was signed, `statement:is`.
    pub of: String,
    pub by: String,
    /// The day that the signer gave, `2026-05-14`.
    pub date: Option<String>,
    /// The SHA-256 of what was signed, in hexadecimal.
    pub sha256: String,
    /// Whether it is as it was signed.
    pub holds: bool,
}

/// A release's relations and coverage in numbers, for `summary` of the JSON messages.
#[derive(Debug, Default, Serialize)]
pub struct ReleaseSummary {
    pub slug: String,
    pub relations: Vec<RelationFamily>,
    /// How many things each rule looked at.
    pub rules: Vec<RuleCount>,
    pub coverage: CoverageCounts,
}

/// How many amounts were entered, and how many of them cannot be wrong by one unit without a relation breaking.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct CoverageCounts {
    pub entered: usize,
    pub covered: usize,
    /// How many of the others are held to the cell that they were taken from.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub by_cell: usize,
}

impl CheckReport {
    /// The check report of a closed release.
    pub fn new(closing: &Closing) -> Self {
        Self::with_coverage(closing, Coverage::of(closing))
    }

    /// The same with the coverage, where that is known.
    pub(crate) fn with_coverage(closing: &Closing, coverage: Coverage) -> Self {
        let Closing { book, results, .. } = closing;
        let release = book.release;
        Self {
            slug: release.slug.clone(),
            published: release.publish_checks,
            families: families(results),
            rules: published_rules(results, release),
            looked_at: results.looked_at.clone(),
            acknowledged: residuals(results, &Facts::of(book)),
            waived: release.waivers.iter().map(waived_difference).collect(),
            notices: release.notices.iter().map(revision_notice).collect(),
            adjusted: adjusted_figures(release),
            stated: stated_figures(release),
            literals: release.literals.iter().map(|literal| literal_text(&literal.text, &literal.reason)).collect(),
            errata: errata(release),
            signatures: results.signatures.iter().map(signed_part).collect(),
            coverage,
        }
    }

    /// The numbers of relations and of covered amounts.
    pub fn summary(&self) -> ReleaseSummary {
        let Coverage { entered, covered, by_cell, .. } = self.coverage;
        let coverage = CoverageCounts { entered, covered, by_cell };
        ReleaseSummary {
            slug: self.slug.clone(),
            relations: self.families.clone(),
            rules: self.looked_at.clone(),
            coverage,
        }
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

/// What the rules looked at, without a count of amounts that were compared with workbooks.
fn published_rules(results: &CheckResults, release: &Release) -> Vec<RuleCount> {
    let has_source = release.statements.iter().any(|statement| statement.source.is_some());
    let mut rules = results.looked_at.clone();
    rules.iter_mut().filter(|rule| has_source && rule.name == "source").for_each(|rule| rule.count = None);
    rules
}

fn residuals(results: &CheckResults, facts: &Facts) -> Vec<Residual> {
    let pairs = results.relations.iter().zip(&results.verdicts);
    let acknowledged = pairs.filter(|(_, verdict)| matches!(verdict, Verdict::Acknowledged(_)));
    acknowledged
        .map(|(relation, _)| Residual {
            relation: relation.name.clone(),
            residual: relation.residual(facts).map(format_number).unwrap_or_default(),
            place: position(&relation.place),
        })
        .collect()
}

fn waived_difference(waiver: &crate::model::Waiver) -> WaivedDifference {
    let (name, difference) = match &waiver.of {
        WaiverTarget::Figure { figure, computed, shows, .. } => {
            (figure.to_string(), format!("{} → {}", format_number(computed.value), format_number(shows.value)))
        }
        WaiverTarget::Relation { name, residual } => (name.value.clone(), format_number(residual.value)),
        WaiverTarget::Rule { rule, of, .. } => {
            let of: Vec<_> = of.iter().map(ToString::to_string).collect();
            (format!("{}: {}", rule.value, of.join(", ")), String::new())
        }
    };
    WaivedDifference { name, difference, reason: waiver.reason.value.clone(), place: position(&waiver.place) }
}

fn revision_notice(notice: &Notice) -> RevisionNotice {
    RevisionNotice {
        of: notice.of.iter().map(ToString::to_string).collect(),
        date: notice.date.as_ref().map(|date| date.value.to_string()),
        reason: notice.reason.as_ref().map(|reason| reason.value.clone()),
        place: position(&notice.place),
    }
}

fn adjusted_figures(release: &Release) -> Vec<AdjustedFigure> {
    let adjustments = release.adjustments.iter();
    adjustments
        .map(|adjustment| AdjustedFigure {
            figure: adjustment.figure.to_string(),
            unit: adjustment.unit.value.to_string(),
            by: if adjustment.by.value.is_sign_negative() { "-1" } else { "+1" }.to_owned(),
            places: adjustment.places.iter().map(|place| place.value.clone()).collect(),
            reason: adjustment.reason.value.clone(),
            place: position(&adjustment.place),
        })
        .collect()
}

fn stated_figures(release: &Release) -> Vec<StatedFigure> {
    let stated = release.stated.iter();
    let marked = release.marked.iter().map(|marked| StatedFigure {
        figure: marked.figure.to_string(),
        shows: marked.shows.value.word().to_owned(),
        unknown: Some(marked.reason.value.clone()),
        place: position(&marked.figure.place),
    });
    stated
        .map(|stated| StatedFigure {
            figure: stated.figure.to_string(),
            shows: format_number(stated.shows.value),
            unknown: stated.unknown.as_ref().map(|unknown| unknown.value.clone()),
            place: position(&stated.figure.place),
        })
        .chain(marked)
        .collect()
}

fn literal_text(text: &At<String>, reason: &At<String>) -> LiteralText {
    LiteralText { text: text.value.clone(), reason: reason.value.clone() }
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

fn signed_part(SignatureState { signature, holds }: &SignatureState) -> SignedPart {
    let Signature { of, by, date, sha256 } = signature;
    let (of, by, date) = (of.value.clone(), by.clone(), date.map(|date| date.to_string()));
    SignedPart { of, by, date, sha256: sha256.clone(), holds: *holds }
}

/// A place as file and line, `content/acme/relations.toml:12`.
fn position(place: &Place) -> String {
    format!("{}:{}", place.source.path, place.source.line_column(place.start).0)
}
