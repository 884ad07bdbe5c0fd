//! A finding: which rule, how grave, one phrase, and the places it speaks of.

use super::Place;

/// The amounts of a broken relation, in the unit that its finding tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amounts {
    pub stated: String,
    /// What the parts make.
    pub computed: String,
    /// Stated less computed.
    pub residual: String,
}

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The release cannot be published.
    Error,
    /// It can, but somebody should look.
    Warning,
}

/// One finding. The message is one phrase, lower case, without a full stop, with back-ticks round the user's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    pub level: Level,
    /// The rule's name, `footing`; shown as `error[footing]`.
    pub rule: &'static str,
    pub message: String,
    /// The place that is wrong, with what is said under the caret (may be empty).
    pub place: Option<(Place, String)>,
    /// Other places that matter: (place, what is said there).
    pub context: Vec<(Place, String)>,
    /// `= note:` lines.
    pub notes: Vec<String>,
    /// `= help:` lines.
    pub helps: Vec<String>,
    /// What a broken relation holds against what, and what is left over, where there is such a thing.
    pub amounts: Option<Amounts>,
    /// Whether the cause is outside the dataset's content: a file that cannot be read or written (exit code 2).
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

    /// A file that cannot be read or written.
    pub fn io(rule: &'static str, message: impl Into<String>) -> Self {
        Self { io: true, ..Self::error(rule, message) }
    }

    /// Points at the place that is wrong.
    pub fn at(mut self, place: &Place, label: impl Into<String>) -> Self {
        self.place = Some((place.clone(), label.into()));
        self
    }

    /// Points at another place that matters.
    pub fn with(mut self, place: &Place, label: impl Into<String>) -> Self {
        self.context.push((place.clone(), label.into()));
        self
    }

    /// Adds a note.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Adds a help: only when the fix is certain, or a step the user can surely take.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.helps.push(help.into());
        self
    }
}

/// Everything found in one run, in the order it was found until `sorted`.
#[derive(Debug, Default, Clone)]
pub struct Findings {
    list: Vec<Diagnostic>,
}

impl Findings {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one finding.
    pub fn push(&mut self, finding: Diagnostic) {
        self.list.push(finding);
    }

    /// Adds all of another run's.
    pub fn extend(&mut self, others: impl IntoIterator<Item = Diagnostic>) {
        self.list.extend(others);
    }

    /// Takes a finding back, where another has told the same mistake better.
    pub fn retract(&mut self, finding: &Diagnostic) {
        self.list.retain(|known| known != finding);
    }

    /// Adds the failure, if it is one, and gives the value otherwise.
    pub fn keep<T>(&mut self, result: Result<T, Diagnostic>) -> Option<T> {
        result.map_err(|finding| self.push(finding)).ok()
    }

    /// Adds the failures, if there are any, and gives the value otherwise.
    pub fn keep_all<T>(&mut self, result: Result<T, Vec<Diagnostic>>) -> Option<T> {
        result.map_err(|findings| self.extend(findings)).ok()
    }

    /// Whether a finding stops the release.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|finding| finding.level == Level::Error)
    }

    /// How many findings there are, of any level.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The findings in the order found.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// The findings by level, then file and place, then rule; repeated ones once. What nothing needs comes last: beside
    /// other errors it may be needed again when they are mended.
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

/// How many findings there are of a level.
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

/// A value that may be the wrong one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspect {
    /// From 1; suspects that nothing tells apart have the same.
    pub rank: usize,
    pub place: Place,
    /// `is.total_revenues`, with the member where there is one.
    pub id: String,
    pub period: String,
    /// As entered, in the unit of its line.
    pub stated: String,
    pub proposed: String,
    /// The slip that would explain it.
    pub reason: String,
}
