//! The changes of a TOML file of the dataset for the next release. Nothing else of the file changes.

use std::ops::Range;

use super::{
    super::file_splice::{Splice, spliced},
    periods::RolledPeriods,
    removal,
    rewording::Rewording,
};
use crate::{
    load::{WrittenNode, written_nodes},
    model::{PENDING, PeriodSpan},
};

/// Tables of the dataset that say something of one release.
const OF_ONE_RELEASE: [&str; 2] = ["erratum", "notice"];
/// Tables of the dataset that say something of figures in one period, and are carried where that period is still shown.
const OF_ONE_PERIOD: [&str; 3] = ["adjust", "acknowledge", "waive"];
/// Keys of tables by period.
const BY_PERIOD: [&str; 5] = ["period", "values", "residual", "formula_in", "columns"];

/// What the edits of all files need.
pub struct RollEdits<'a> {
    pub rolled: &'a RolledPeriods,
    pub rewording: Rewording<'a>,
    /// The slug of the old release.
    pub from: &'a str,
    /// What the old release shows of a figure, by its canonical name, as a plain number.
    pub shown: &'a dyn Fn(&str) -> Option<String>,
}

/// A file as it becomes, and what of it the plan tells.
#[derive(Debug, Default)]
pub struct EditedFile {
    pub text: String,
    /// The id of its statement, and how many of its amounts are pending.
    pub pending: Option<(String, usize)>,
    /// What is not carried: its kind, and what it is of.
    pub dropped: Vec<String>,
    /// What is carried as it is, because its period is still shown.
    pub kept: Vec<String>,
    /// The stated figures that are pending.
    pub stated: Vec<String>,
}

/// The edits of one file.
struct FileEdits<'a> {
    roll: &'a RollEdits<'a>,
    text: &'a str,
    nodes: &'a [WrittenNode],
    splices: Vec<Splice>,
    /// Ranges of which nothing else changes.
    settled: Vec<Range<usize>>,
    file: EditedFile,
}

/// Edits a file; `None` if it is not TOML.
pub fn edited(roll: &RollEdits, text: &str) -> Option<EditedFile> {
    let nodes = written_nodes(text)?;
    let mut edits =
        FileEdits { roll, text, nodes: &nodes, splices: Vec::new(), settled: Vec::new(), file: EditedFile::default() };
    edits.drop_declarations();
    edits.drop_second_periods();
    edits.head();
    edits.amounts();
    edits.names();
    let FileEdits { splices, mut file, .. } = edits;
    file.text = spliced(text, splices.into_iter().map(|splice| (splice, ())).collect()).0;
    Some(file)
}

impl FileEdits<'_> {
    fn raw(&self, node: &WrittenNode) -> &str {
        &self.text[node.range.clone()]
    }

    /// Replaces a range, of which nothing else may change.
    fn replace(&mut self, range: Range<usize>, with: String) {
        let is_settled = self.settled.iter().any(|settled| settled.start < range.end && range.start < settled.end);
        if !is_settled {
            self.settled.push(range.clone());
            if self.text[range.clone()] != with {
                self.splices.push(Splice { range, with });
            }
        }
    }

    /// Takes out errata and notices, and adjustments and the like of periods that are not shown any more.
    fn drop_declarations(&mut self) {
        let values: Vec<Range<usize>> = self
            .nodes
            .iter()
            .filter(|node| self.raw(node).starts_with(['{', '[', '"', '\'']))
            .map(|node| node.range.clone())
            .collect();
        for node in self.nodes.iter().filter(|node| node.path.len() == 2 && node.has_parts) {
            let kind = node.path[0].as_str();
            match kind {
                "stated" => self.state(node),
                "mpm" => self.drop_change(node),
                _ => {}
            }
            // That a measure is dropped is said once.
            let is_of_one = OF_ONE_RELEASE.contains(&kind) || kind == "mpm" && self.part(node, "dropped").is_some();
            if !is_of_one && !OF_ONE_PERIOD.contains(&kind) {
                continue;
            }
            // What a rule finds of a measure is of no period.
            if let Some(rule) = self.part(node, "rule").and_then(|rule| rule.text.clone()) {
                self.file.kept.push(format!("{kind} of the rule `{rule}`"));
                continue;
            }
            let of = ["relation", "figure", "where", "of"].iter().find_map(|key| self.part(node, key));
            let (name, place) = of.map(|part| (self.named(part), part.range.clone())).unwrap_or_default();
            if !is_of_one && self.is_of_known_period(&name) {
                self.file.kept.push(format!("{kind} `{name}`"));
                self.settled.push(place);
                continue;
            }
            self.file.dropped.push(format!("{kind} `{name}`"));
            let range = match self.raw(node).starts_with('{') {
                true => removal::entry(self.text, node.range.clone()),
                false => removal::block(self.text, node.range.start, &values),
            };
            self.replace(range, String::new());
        }
    }

    /// What a text or a list of texts names.
    fn named(&self, node: &WrittenNode) -> String {
        let items = self.nodes.iter().filter(|item| {
            item.path.len() == node.path.len() + 1 && item.path.starts_with(&node.path) && item.text.is_some()
        });
        let items: Vec<_> = items.filter_map(|item| item.text.as_deref()).collect();
        node.text.clone().unwrap_or_else(|| items.join(", "))
    }

    /// Takes out that a measure is calculated otherwise than before.
    fn drop_change(&mut self, node: &WrittenNode) {
        let Some((key, range)) =
            self.part(node, "changed").and_then(|part| Some((part.key.clone()?, part.range.clone())))
        else {
            return;
        };
        let of = self.part(node, "figure").map(|part| self.named(part)).unwrap_or_default();
        self.file.dropped.push(format!("changed of the mpm `{of}`"));
        self.replace(removal::entry(self.text, key.start..range.end), String::new());
    }

    /// Whether all periods that a figure or relation names are periods of which the old release had amounts.
    fn is_of_known_period(&self, name: &str) -> bool {
        let mut periods = name.split('@').skip(1).map(|rest| {
            rest.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_')).next().unwrap_or_default()
        });
        name.contains('@') && periods.all(|period| self.roll.rolled.is_known(period))
    }

    /// A stated figure takes the place of the one before it: what the old release showed of it, or pending.
    fn state(&mut self, node: &WrittenNode) {
        let figure = self.part(node, "figure").and_then(|part| part.text.clone()).unwrap_or_default();
        let Some(shows) =
            self.part(node, "shows").filter(|shows| shows.text.is_none()).map(|shows| shows.range.clone())
        else {
            return;
        };
        let Some((formula, period)) = figure.rsplit_once('@') else { return };
        let rolled = self.roll.rolled;
        let Some(new) = rolled.new_id(period).filter(|new| *new != period) else { return };
        let name = format!("{formula}@{new}");
        let own_unit = self.part(node, "unit").is_none();
        let known = (self.roll.shown)(&name).filter(|_| own_unit && rolled.is_known(new));
        match known {
            Some(known) => self.replace(shows, known),
            None => {
                self.replace(shows, format!("\"{PENDING}\""));
                self.file.stated.push(name);
            }
        }
    }

    fn part(&self, node: &WrittenNode, key: &str) -> Option<&WrittenNode> {
        self.nodes.iter().find(|part| {
            part.path.len() == node.path.len() + 1 && part.path.starts_with(&node.path) && part.name() == key
        })
    }

    /// Takes out the definition of a period that an earlier one becomes.
    fn drop_second_periods(&mut self) {
        let mut seen: Vec<&str> = Vec::new();
        let rolled = self.roll.rolled;
        let entries: Vec<&WrittenNode> = self.nodes.iter().filter(|node| node.is_at(&["period", "*"])).collect();
        let mut entries = entries;
        entries.sort_by_key(|node| node.key.as_ref().map_or(node.range.start, |key| key.start));
        for node in entries {
            let Some(new) = rolled.new_id(node.name()) else { continue };
            if seen.contains(&new) {
                let start = node.key.as_ref().map_or(node.range.start, |key| key.start);
                self.replace(removal::entry(self.text, start..node.range.end), String::new());
            }
            seen.push(new);
        }
    }

    /// Title, description, dates and prior releases.
    fn head(&mut self) {
        let pending = || format!("\"{PENDING}\"");
        for node in self.nodes {
            let is_text = ["title", "description"].iter().any(|key| node.begins_with(&["release", key]));
            let is_value = self.raw(node).starts_with(['"', '\'', '{']);
            if is_text && is_value || node.is_at(&["release", "date"]) || node.is_at(&["event", "*"]) {
                self.replace(node.range.clone(), pending());
            }
            if node.is_at(&["period", "*", "*"])
                && let Some(rolled) = self.roll.rolled.all.iter().find(|rolled| rolled.old == node.path[1])
            {
                let date = match (node.name(), rolled.span) {
                    ("from", PeriodSpan::Duration { from, .. }) => from,
                    ("to" | "at", span) => span.end(),
                    _ => continue,
                };
                self.replace(node.range.clone(), date.to_string());
            }
        }
        self.prior();
    }

    fn prior(&mut self) {
        let Some(date) = self.nodes.iter().find(|node| node.is_at(&["release", "date"])) else { return };
        let own = format!("\"{}\"", self.roll.from);
        match self.nodes.iter().find(|node| node.is_at(&["release", "prior"])) {
            Some(prior) => {
                let known = self.raw(prior);
                let known = known.strip_prefix('[').and_then(|list| list.strip_suffix(']')).unwrap_or(known).trim();
                let list = if known.is_empty() { format!("[{own}]") } else { format!("[{own}, {known}]") };
                self.replace(prior.range.clone(), list);
            }
            None => {
                let end = self.text[date.range.end..].find('\n').map_or(self.text.len(), |len| date.range.end + len);
                let line_end = if self.text[..end].ends_with('\r') { "\r\n" } else { "\n" };
                let at = end - (line_end.len() - 1);
                self.splices.push(Splice { range: at..at, with: format!("{line_end}prior = [{own}]") });
            }
        }
    }

    /// Amounts and residuals, each by its period.
    fn amounts(&mut self) {
        let periods: Vec<&WrittenNode> =
            self.nodes.iter().filter(|node| node.is_at(&["statement", "periods", "*"])).collect();
        let periods: Vec<String> = periods.into_iter().filter_map(|node| node.text.clone()).collect();
        let Some(id) =
            self.nodes.iter().find(|node| node.is_at(&["statement", "id"])).and_then(|node| node.text.clone())
        else {
            return;
        };
        let mut pending = 0;
        for node in self.nodes {
            if node.is_at(&["line", "*", "values"]) && self.raw(node).starts_with('[') {
                pending += self.columns(node, &periods);
            } else if node.is_at(&["line", "*", "values", "*"]) && node.has_parts {
                pending += self.members(node, &periods);
            } else if node.is_at(&["line", "*", "residual"]) {
                self.residuals(node, &periods);
            }
        }
        self.file.pending = Some((id, pending));
    }

    /// The old period of a statement whose amounts a period has in the next release.
    fn source(&self, period: &str, periods: &[String]) -> Option<usize> {
        let new = self.roll.rolled.new_id(period)?;
        periods.iter().position(|old| old == new).filter(|_| self.roll.rolled.is_known(new))
    }

    fn items(&self, node: &WrittenNode) -> Vec<WrittenNode> {
        let is_item = |item: &&WrittenNode| item.path.len() == node.path.len() + 1 && item.path.starts_with(&node.path);
        self.nodes.iter().filter(is_item).cloned().collect()
    }

    /// Amounts by period, in a list.
    fn columns(&mut self, node: &WrittenNode, periods: &[String]) -> usize {
        let items = self.items(node);
        let mut pending = 0;
        for (item, period) in items.iter().zip(periods) {
            let known = self.source(period, periods).and_then(|at| items.get(at));
            match known.map(|known| self.raw(known).to_owned()) {
                Some(amount) => self.replace(item.range.clone(), amount),
                None => pending += self.set_pending(item),
            }
        }
        pending
    }

    /// Amounts by member, in a list for each period.
    fn members(&mut self, node: &WrittenNode, periods: &[String]) -> usize {
        let source = self.source(node.name(), periods).and_then(|at| periods.get(at));
        let known = source.and_then(|old| {
            let same = |other: &&WrittenNode| {
                other.path.len() == node.path.len() && other.path[..3] == node.path[..3] && other.name() == old.as_str()
            };
            self.nodes.iter().find(same)
        });
        match known.map(|known| self.raw(known).to_owned()) {
            Some(amounts) => {
                self.replace(node.range.clone(), amounts);
                0
            }
            None => self.items(node).iter().map(|item| self.set_pending(item)).sum(),
        }
    }

    /// Makes an amount pending; cells that have none stay as they are. Returns how many became pending.
    fn set_pending(&mut self, item: &WrittenNode) -> usize {
        if matches!(item.text.as_deref(), Some("" | "n/a")) {
            return 0;
        }
        self.replace(item.range.clone(), format!("\"{PENDING}\""));
        1
    }

    /// Residuals of the periods whose amounts are carried; the others are taken out.
    fn residuals(&mut self, node: &WrittenNode, periods: &[String]) {
        let is_list = self.raw(node).starts_with('[');
        let items = self.items(node);
        let known: Vec<Option<String>> = periods
            .iter()
            .map(|period| {
                let at = self.source(period, periods)?;
                let item = if is_list { items.get(at) } else { items.iter().find(|item| item.name() == periods[at]) };
                item.map(|item| self.raw(item).to_owned())
            })
            .collect();
        if known.iter().all(Option::is_none) || !is_list {
            let start = node.key.as_ref().map_or(node.range.start, |key| key.start);
            let end = items.iter().map(|item| item.range.end).max().unwrap_or(node.range.end).max(node.range.end);
            self.file.dropped.push(format!("residual `{}`", self.text[node.range.clone()].replace('\n', " ")));
            self.replace(removal::entry(self.text, start..end), String::new());
            return;
        }
        for (item, known) in items.iter().zip(known) {
            self.replace(item.range.clone(), known.unwrap_or_else(|| String::from("0")));
        }
    }

    /// The ids, labels and dates of periods wherever else they are.
    fn names(&mut self) {
        for node in self.nodes {
            let parent = node.path.len().checked_sub(2).map_or("", |at| node.path[at].as_str());
            if let (Some(key), true) = (&node.key, BY_PERIOD.contains(&parent))
                && let Some(new) = self.roll.rolled.new_id(node.name())
                && self.text[key.clone()] == *node.name()
            {
                self.replace(key.clone(), new.to_owned());
            }
            if node.text.is_some() && node.name() != "id" {
                let with = self.roll.rewording.value(self.raw(node));
                self.replace(node.range.clone(), with);
            }
        }
    }
}
