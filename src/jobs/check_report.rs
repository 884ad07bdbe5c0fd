//! The check report, `checks.html` and `checks.json`: what was proved of a release, every difference that is carried with
//! its reason, and what nothing covers. A page for an auditor.

use serde::{Deserialize, Serialize};

use super::{proof::covered, release::Studied};
use crate::{
    check::{CheckResults, Facts, Verdict, plain},
    diag::{Diagnostic, Place},
    merge::Templates,
    model::{At, Release, WaiverOf},
    present::document::{Document, plain as plain_text},
    render::html::{Head, Shell},
    site::from_json,
};

/// What the report says. `checks.json` is this, `checks.html` the template `html/checks.html` filled with it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CheckReport {
    pub slug: String,
    /// Whether the release's pages lead to this report.
    pub published: bool,
    /// Relations by family, and by what was found of them.
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

/// A family of relations and how many of each verdict.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelationFamily {
    pub name: String,
    pub exact: usize,
    pub acknowledged: usize,
    pub waived: usize,
    pub broken: usize,
}

/// A relation and what is left over, in the unit that its finding tells.
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

/// A text and why it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reasoned {
    pub text: String,
    pub reason: String,
}

/// A slip of the published text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Erratum {
    pub place: String,
    pub published: String,
    pub corrected: Option<String>,
    pub reason: String,
}

/// How many entered amounts could be wrong by a unit unnoticed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    pub entered: usize,
    pub covered: usize,
    pub uncovered: Vec<String>,
}

/// What the template receives beside the report itself.
#[derive(Serialize)]
struct View<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    release: String,
    issuer: &'a str,
    draft: Option<&'a str>,
    relations: usize,
    checks: &'a CheckReport,
}

/// The report of a studied release.
pub(super) fn checks(slug: &str, studied: &Studied) -> CheckReport {
    let Studied { checked, ledger, .. } = studied;
    let release = checked.book.release;
    let coverage = covered(slug, checked, ledger);
    CheckReport {
        slug: slug.to_owned(),
        published: release.publish_checks,
        families: families(ledger),
        acknowledged: acknowledged(ledger, &Facts::of(checked.book)),
        waived: release.waivers.iter().map(waived).collect(),
        adjusted: adjusted(release),
        stated: stated(release),
        literals: release.literals.iter().map(|literal| reasoned(&literal.text, &literal.reason)).collect(),
        errata: errata(release),
        coverage: Coverage {
            entered: coverage.entered,
            covered: coverage.entered - coverage.uncovered.len(),
            uncovered: coverage.uncovered.into_iter().map(|amount| amount.name).collect(),
        },
    }
}

/// What a check report that was written says in short; none where it is no such report.
pub(super) fn studied(slug: &str, report: &[u8]) -> Option<super::ReleaseSummary> {
    #[derive(Deserialize)]
    struct Report {
        families: Vec<RelationFamily>,
        coverage: super::CoverageCounts,
    }
    let Report { families, coverage } = from_json(report)?;
    Some(super::ReleaseSummary { slug: slug.to_owned(), relations: families, coverage })
}

/// The report as a page.
pub(super) fn page(
    checks: &CheckReport,
    document: &Document,
    templates: &Templates,
    shell: &Shell,
) -> Result<String, Diagnostic> {
    let release = plain_text(&document.title);
    let name = document.words.get("checks_title").map_or("", String::as_str);
    let title = format!("{name} – {release}");
    let description = format!("{name}: {} – {release}", document.issuer);
    let head = Head { title, description, ..Head::new(shell, &document.language, &document.words) };
    let count = |family: &RelationFamily| family.exact + family.acknowledged + family.waived + family.broken;
    templates.render(
        "html/checks.html",
        &View {
            head,
            release,
            issuer: &document.issuer,
            draft: document.draft.as_ref().map(|draft| draft.mark.as_str()),
            relations: checks.families.iter().map(count).sum(),
            checks,
        },
    )
}

fn families(ledger: &CheckResults) -> Vec<RelationFamily> {
    let mut families: Vec<RelationFamily> = Vec::new();
    for (relation, verdict) in ledger.relations.iter().zip(&ledger.verdicts) {
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

fn acknowledged(ledger: &CheckResults, facts: &Facts) -> Vec<Residual> {
    let pairs = ledger.relations.iter().zip(&ledger.verdicts);
    let known = pairs.filter(|(_, verdict)| matches!(verdict, Verdict::Acknowledged(_)));
    known
        .map(|(relation, _)| Residual {
            relation: relation.name.clone(),
            residual: relation.residual(facts).map(plain).unwrap_or_default(),
            place: at(&relation.place),
        })
        .collect()
}

fn waived(waiver: &crate::model::Waiver) -> Waived {
    let (name, difference) = match &waiver.of {
        WaiverOf::Figure { figure, computed, shows, .. } => {
            (figure.to_string(), format!("{} → {}", plain(computed.value), plain(shows.value)))
        }
        WaiverOf::Relation { name, residual } => (name.value.clone(), plain(residual.value)),
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
            shows: plain(stated.shows.value),
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
