//! What the cells of sources change in the amounts of a release.

use serde::Serialize;

use crate::{
    diag::{Diagnostic, Findings, Place},
    model::{Decimal, Entry, Release, SourceAmount, SourceKey, SourceReading, Statement, as_entered},
};

/// What the sources of a release change.
#[derive(Debug, Serialize)]
pub struct ImportPlan {
    pub slug: String,
    pub statements: Vec<PlannedStatement>,
    /// The files that change, in the order of the statements.
    pub files: Vec<String>,
    /// Whether they were changed, and not only planned to be.
    #[serde(rename = "written")]
    pub is_written: bool,
}

/// What the source of a statement changes.
#[derive(Debug, Serialize)]
pub struct PlannedStatement {
    pub id: String,
    /// The workbook.
    pub source: String,
    /// Whether the workbook does not show the sheet.
    #[serde(rename = "hidden")]
    pub is_hidden: bool,
    pub changes: Vec<PlannedAmount>,
    /// How many amounts are as their cells.
    pub same: usize,
    /// What somebody should know of cells whose amounts do not change: each with its cell.
    pub notes: Vec<String>,
    /// The keys that no line takes, each with the text beside it and its cell.
    pub untaken: Vec<(String, String, String)>,
    /// The keys in rows that the workbook does not show, in the same form.
    pub hidden_rows: Vec<(String, String, String)>,
    /// The hash to record, and where, if another one or none is recorded.
    #[serde(skip)]
    pub hash: Option<String>,
    /// The position of the statement in its release.
    #[serde(skip)]
    pub statement: usize,
}

/// An amount that changes.
#[derive(Debug, Serialize)]
pub struct PlannedAmount {
    /// `is.total_revenues@fy2009`.
    pub name: String,
    /// As it is written.
    pub was: String,
    pub becomes: String,
    pub cells: String,
    pub notes: Vec<String>,
    /// File and line, `content/acme/statements/is.toml:12`.
    pub place: String,
    #[serde(skip)]
    pub written_at: Place,
    #[serde(skip)]
    pub amount: Decimal,
    /// The position of its line, its period and its member.
    #[serde(skip)]
    pub fact: (usize, String, String),
}

/// The plan of a release. Findings: those of the sources, and cells that say nothing where an amount is entered.
pub fn plan(release: &Release, readings: &[&SourceReading], findings: &mut Findings) -> ImportPlan {
    let mut statements = Vec::new();
    for reading in readings {
        findings.extend(reading.findings.iter().cloned());
        let statement = release.statements.get(reading.statement);
        statements.extend(statement.and_then(|statement| planned_statement(statement, reading, findings)));
    }
    ImportPlan { slug: release.slug.clone(), statements, files: Vec::new(), is_written: false }
}

fn planned_statement(
    statement: &Statement,
    reading: &SourceReading,
    findings: &mut Findings,
) -> Option<PlannedStatement> {
    let source = statement.source.as_ref()?;
    let recorded = source.sha256.as_ref().map(|hash| hash.value.to_ascii_lowercase());
    let is_new = !reading.amounts.is_empty() && recorded.as_ref() != Some(&reading.sha256);
    let hash = is_new.then(|| reading.sha256.clone());
    let mut planned = PlannedStatement {
        id: statement.id.value.clone(),
        source: source.file.value.clone(),
        is_hidden: reading.is_hidden,
        changes: Vec::new(),
        same: 0,
        notes: Vec::new(),
        untaken: reading.untaken.iter().map(parts).collect(),
        hidden_rows: reading.hidden.iter().map(parts).collect(),
        hash,
        statement: reading.statement,
    };
    for amount in &reading.amounts {
        match change(statement, amount) {
            Ok(Some(change)) => planned.changes.push(change),
            Ok(None) => {
                planned.same += 1;
                planned.notes.extend(amount.notes.iter().map(|note| format!("{}: {note}", amount.cells)));
            }
            Err(finding) => findings.push(finding),
        }
    }
    Some(planned)
}

fn parts(key: &SourceKey) -> (String, String, String) {
    (key.key.clone(), key.beside.clone(), key.cell.clone())
}

/// How an amount changes; none if it is as its cells say. Errors: the cells say nothing where an amount is entered.
fn change(statement: &Statement, amount: &SourceAmount) -> Result<Option<PlannedAmount>, Diagnostic> {
    let line = statement.lines.get(amount.line);
    let fact = line.and_then(|line| line.facts.get(&(amount.period.clone(), amount.member.clone())));
    let (Some(line), Some(fact)) = (line, fact) else { return Ok(None) };
    let said = match (fact.entry, amount.amount) {
        (Entry::Amount(entered), None) if !entered.is_zero() => {
            let message = format!("the source says nothing in `{}`", amount.cells);
            let finding = Diagnostic::error("source", message).at(&fact.place, "entered here");
            return Err(finding.help("write `\"\"` or `0` here, or remove the line's `from`"));
        }
        (_, None) | (Entry::Unread, _) => return Ok(None),
        (Entry::Amount(entered), Some(said)) if entered == said => return Ok(None),
        (Entry::Blank | Entry::NotApplicable, Some(said)) if said.is_zero() => return Ok(None),
        (_, Some(said)) => said,
    };
    let member = if amount.member.is_empty() { String::new() } else { format!("[{}]", amount.member) };
    Ok(Some(PlannedAmount {
        name: format!("{}{member}@{}", statement.full_name(&line.id.value), amount.period),
        was: fact.place.text().to_owned(),
        becomes: written(said, fact.place.text()),
        cells: amount.cells.clone(),
        notes: amount.notes.clone(),
        place: fact.place.file_line(),
        written_at: fact.place.clone(),
        amount: said,
        fact: (amount.line, amount.period.clone(), amount.member.clone()),
    }))
}

/// An amount in the form of the one that it replaces: without `_` where a long number had none.
fn written(amount: Decimal, was: &str) -> String {
    let whole = was.split('.').next().unwrap_or_default();
    let is_plain = whole.bytes().filter(u8::is_ascii_digit).count() > 3 && !was.contains('_');
    if is_plain { amount.to_string() } else { as_entered(amount) }
}
