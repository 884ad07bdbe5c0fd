//! Formats findings for programs as one JSON object.
//!
//! ```json
//! {
//!   "findings": [
//!     {
//!       "rule": "footing",
//!       "level": "error",
//!       "message": "the parts of `is.total_revenues` do not add up to it",
//!       "io": false,
//!       "file": "content/acme/statements/income.toml",
//!       "line": 31,
//!       "column": 22,
//!       "end": { "line": 31, "column": 32 },
//!       "label": "stated is 68,006,830",
//!       "values": { "stated": "68006830", "computed": "68006380" },
//!       "residual": "450",
//!       "context": [{ "file": "…", "line": 12, "column": 1, "end": { "line": 12, "column": 9 }, "label": "…" }],
//!       "notes": ["…"],
//!       "helps": ["…"]
//!     }
//!   ],
//!   "suspects": [
//!     {
//!       "rank": 1,
//!       "file": "content/acme/statements/income.toml",
//!       "line": 31,
//!       "column": 22,
//!       "id": "is.total_revenues",
//!       "period": "fy2009",
//!       "stated": "68006830",
//!       "proposed": "68006380",
//!       "reason": "two digits swapped"
//!     }
//!   ],
//!   "summary": {
//!     "errors": 1,
//!     "warnings": 0,
//!     "releases": [
//!       {
//!         "slug": "acme",
//!         "relations": [{ "name": "footing", "exact": 80, "acknowledged": 2, "waived": 0, "broken": 1 }],
//!         "coverage": { "entered": 240, "covered": 231 }
//!       }
//!     ]
//!   }
//! }
//! ```
//!
//! Lines and columns count from 1, columns in characters; `end` is the position after the place. Suspects are the
//! amounts that may be wrong, the most likely first; suspects of equal rank are equally likely. `stated` and `proposed`
//! are in the unit of the line, as text so that no digit is lost. Findings that are not about a broken sum have neither
//! `values` nor `residual`; findings without a place have none of `file`, `line`, `column`, `end` and `label`. `level`
//! is `error` or `warning`; `io` is true if a file could not be read or written.

use serde::Serialize;

use super::{Diagnostic, Level, Place, Suspect, count, sanitize};

/// Formats findings, in the order given, suspects and the summaries of releases as one JSON object that ends with a
/// line break.
pub fn json(findings: &[Diagnostic], suspects: &[Suspect], releases: &impl Serialize) -> String {
    json_with_timings(findings, suspects, releases, None::<&()>)
}

/// The same with the times of the command, if these were measured.
pub fn json_with_timings(
    findings: &[Diagnostic],
    suspects: &[Suspect],
    releases: &impl Serialize,
    timings: Option<&impl Serialize>,
) -> String {
    let report = Report {
        findings: findings.iter().map(Finding::new).collect(),
        suspects: suspects.iter().map(JsonSuspect::new).collect(),
        summary: Summary { errors: count(findings, Level::Error), warnings: count(findings, Level::Warning), releases },
        timings,
    };
    to_json(&report)
}

/// Formats any value as JSON that is safe on a terminal and ends with a line break.
pub fn to_json(value: &impl Serialize) -> String {
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.chars().map(escape).collect::<String>() + "\n"
}

/// Escapes characters beyond ASCII that terminals act on, which JSON would allow unescaped.
fn escape(c: char) -> String {
    if !c.is_ascii_control() && sanitize::is_unsafe(c) || c == '\u{7f}' {
        format!("\\u{:04x}", u32::from(c))
    } else {
        c.to_string()
    }
}

#[derive(Serialize)]
struct Report<'a, R: Serialize, T: Serialize> {
    findings: Vec<Finding<'a>>,
    suspects: Vec<JsonSuspect<'a>>,
    summary: Summary<'a, R>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timings: Option<&'a T>,
}

#[derive(Serialize)]
struct Summary<'a, R: Serialize> {
    errors: usize,
    warnings: usize,
    releases: &'a R,
}

#[derive(Serialize)]
struct JsonSuspect<'a> {
    rank: usize,
    file: &'a str,
    line: usize,
    column: usize,
    id: &'a str,
    period: &'a str,
    stated: &'a str,
    proposed: &'a str,
    reason: &'a str,
}

impl<'a> JsonSuspect<'a> {
    fn new(suspect: &'a Suspect) -> Self {
        let Suspect { rank, place, id, period, stated, proposed, reason } = suspect;
        let (line, column) = place.source.line_column(place.start);
        Self { rank: *rank, file: &place.source.path, line, column, id, period, stated, proposed, reason }
    }
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'a str,
    level: &'a str,
    message: &'a str,
    io: bool,
    #[serde(flatten)]
    place: Option<JsonPlace<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    values: Option<Values<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    residual: Option<&'a str>,
    context: Vec<JsonPlace<'a>>,
    notes: &'a [String],
    helps: &'a [String],
}

#[derive(Serialize)]
struct Values<'a> {
    stated: &'a str,
    computed: &'a str,
}

impl<'a> Finding<'a> {
    fn new(finding: &'a Diagnostic) -> Self {
        Self {
            rule: finding.rule,
            level: finding.level.name(),
            message: &finding.message,
            io: finding.io,
            place: finding.place.as_ref().map(|(place, label)| JsonPlace::new(place, label)),
            values: finding.amounts.as_ref().map(|it| Values { stated: &it.stated, computed: &it.computed }),
            residual: finding.amounts.as_ref().map(|it| it.residual.as_str()),
            context: finding.context.iter().map(|(place, label)| JsonPlace::new(place, label)).collect(),
            notes: &finding.notes,
            helps: &finding.helps,
        }
    }
}

#[derive(Serialize)]
struct JsonPlace<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end: Position,
    label: &'a str,
}

#[derive(Serialize)]
struct Position {
    line: usize,
    column: usize,
}

impl<'a> JsonPlace<'a> {
    fn new(place: &'a Place, label: &'a str) -> Self {
        let (line, column) = place.source.line_column(place.start);
        let (end_line, end_column) = place.source.line_column(place.end.max(place.start));
        Self { file: &place.source.path, line, column, end: Position { line: end_line, column: end_column }, label }
    }
}

#[cfg(test)]
mod tests {
    use snapbox::{IntoData, assert_data_eq, str};

    use super::*;
    use crate::diag::Source;

    #[test]
    fn a_finding_with_everything() {
        let source = Source::new("a.toml", "年 = \"\u{9b}2J\"\nb = 2\n");
        let finding = Diagnostic::error("footing", "bad \u{1b}[2J\u{7f}\u{202e}")
            .at(&Place::new(&source, 6..14), "this")
            .with(&Place::new(&source, 15..16), "that")
            .note("note")
            .help("help");
        let findings = [finding, Diagnostic::warning("unused", "no place")];
        assert_data_eq!(
            json(&findings, &[], &[""; 0]),
            str![[r#"
{
  "findings": [
    {
      "rule": "footing",
      "level": "error",
      "message": "bad \u001b[2J\u007f\u202e",
      "io": false,
      "file": "a.toml",
      "line": 1,
      "column": 5,
      "end": {
        "line": 2,
        "column": 2
      },
      "label": "this",
      "context": [
        {
          "file": "a.toml",
          "line": 2,
          "column": 3,
          "end": {
            "line": 2,
            "column": 4
          },
          "label": "that"
        }
      ],
      "notes": [
        "note"
      ],
      "helps": [
        "help"
      ]
    },
    {
      "rule": "unused",
      "level": "warning",
      "message": "no place",
      "io": false,
      "context": [],
      "notes": [],
      "helps": []
    }
  ],
  "suspects": [],
  "summary": {
    "errors": 1,
    "warnings": 1,
    "releases": []
  }
}

"#]]
            .raw()
        );
    }
}
