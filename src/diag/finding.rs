//! Findings: a rule, a level, a message and places.

use super::Place;

/// The amounts of a broken relation, in the unit that its finding names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amounts {
    pub stated: String,
    /// The sum of the parts.
    pub computed: String,
    /// `stated` minus `computed`.
    pub residual: String,
}

/// The severity of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The release cannot be published.
    Error,
    /// The release can be published, but somebody should check.
    Warning,
}

/// One finding. The message is one phrase, lower case, without a full stop, with back-ticks round the user's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    pub level: Level,
    /// The rule's name, `footing`; shown as `error[footing]`.
    pub rule: &'static str,
    pub message: String,
    /// The main place, with the label under the caret (may be empty).
    pub place: Option<(Place, String)>,
    /// Related places, with their labels.
    pub context: Vec<(Place, String)>,
    /// `= note:` lines.
    pub notes: Vec<String>,
    /// `= help:` lines.
    pub helps: Vec<String>,
    /// The compared amounts and the residual, for broken relations.
    pub amounts: Option<Amounts>,
    /// Whether a file could not be read or written (exit code 2), so that the content is not to blame.
    pub io: bool,
}

impl Diagnostic {
    /// An error without a place.
    pub fn error(rule: &'static str, message: impl Into<String>) -> Self {
        Self {
            level: Level::Error,
            rule,
            message: message.into(),
            place: None,
            context: Vec::new(),
            notes: Vec::new(),
            helps: Vec::new(),
            amounts: None,
            io: false,
        }
    }

    /// A warning without a place.
    pub fn warning(rule: &'static str, message: impl Into<String>) -> Self {
        Self { level: Level::Warning, ..Self::error(rule, message) }
    }

    /// An error that a file cannot be read or written, without a place.
    pub fn io(rule: &'static str, message: impl Into<String>) -> Self {
        Self { io: true, ..Self::error(rule, message) }
    }

    /// Sets the main place.
    pub fn at(mut self, place: &Place, label: impl Into<String>) -> Self {
        self.place = Some((place.clone(), label.into()));
        self
    }

    /// Adds a related place.
    pub fn with(mut self, place: &Place, label: impl Into<String>) -> Self {
        self.context.push((place.clone(), label.into()));
        self
    }

    /// Adds a note.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Adds a help line. Use it only if the fix is certain, or the user can certainly take the step.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.helps.push(help.into());
        self
    }
}

/// The findings of one run, in the order in which they were found until `sorted`.
#[derive(Debug, Default, Clone)]
pub struct Findings {
    list: Vec<Diagnostic>,
}

impl Findings {
    /// An empty list.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one finding.
    pub fn push(&mut self, finding: Diagnostic) {
        self.list.push(finding);
    }

    /// Adds several findings.
    pub fn extend(&mut self, others: impl IntoIterator<Item = Diagnostic>) {
        self.list.extend(others);
    }

    /// Removes a finding, because another one reports the same mistake better.
    pub fn retract(&mut self, finding: &Diagnostic) {
        self.list.retain(|known| known != finding);
    }

    /// Adds the error, if there is one; otherwise returns the value.
    pub fn keep<T>(&mut self, result: Result<T, Diagnostic>) -> Option<T> {
        result.map_err(|finding| self.push(finding)).ok()
    }

    /// Adds the errors, if there are any; otherwise returns the value.
    pub fn keep_all<T>(&mut self, result: Result<T, Vec<Diagnostic>>) -> Option<T> {
        result.map_err(|findings| self.extend(findings)).ok()
    }

    /// Whether any finding is an error, so that the release cannot be published.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|finding| finding.level == Level::Error)
    }

    /// The number of findings of any level.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are no findings.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The findings in the order in which they were found.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// Sorts the findings by level, file and place, and rule, and removes duplicates. `unused` comes last in its level:
    /// when other errors are fixed, the entry may be needed again.
    pub fn sorted(mut self) -> Vec<Diagnostic> {
        self.list.sort_by(|a, b| {
            let place = |d: &Diagnostic| d.place.as_ref().map(|(p, _)| (p.source.path.clone(), p.start));
            let key = |d: &Diagnostic| (d.level, d.rule == "unused", place(d), d.rule);
            key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
        });
        self.list.dedup();
        self.list
    }
}

/// The number of findings of a level.
pub fn count(findings: &[Diagnostic], level: Level) -> usize {
    findings.iter().filter(|finding| finding.level == level).count()
}

impl IntoIterator for Findings {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

/// An entered amount that may be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspect {
    /// From 1; equally likely suspects have the same rank.
    pub rank: usize,
    pub place: Place,
    /// The name, as in `is.total_revenues`, with the member if there is one.
    pub id: String,
    pub period: String,
    /// The entered amount, in the unit of its line.
    pub stated: String,
    pub proposed: String,
    /// The keying error that would explain the difference.
    pub reason: String,
}
