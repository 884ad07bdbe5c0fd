//! Checks the names in formulas and suggests similar known names.

use super::{Expr, LineKind, Node, Release, Statement};
use crate::diag::{Diagnostic, Place, nearest, quoted_list};

impl Release {
    /// Findings for all unknown names in a formula.
    pub fn unknown_names(&self, expr: &Expr) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        expr.walk(&mut |part| match &part.node {
            Node::Line { name, .. } if name == Expr::SELF => {}
            Node::Line { name, member } => found.extend(self.unknown_line(name, member.as_deref(), &part.place)),
            Node::In(_, period) => found.extend(self.unknown_period(period, &trailing_word(&part.place, period))),
            _ => {}
        });
        found
    }

    /// A finding if there is no such period.
    pub fn unknown_period(&self, id: &str, place: &Place) -> Option<Diagnostic> {
        let known = self.periods.iter().map(|period| period.id.value.as_str());
        (self.period(id).is_none() && !self.is_unread(id))
            .then(|| unknown_name("unknown-period", "period", id, place, known))
    }

    /// A finding if no event, no period and not the release itself has a date by this name.
    pub fn unknown_date(&self, name: &str, place: &Place) -> Option<Diagnostic> {
        let events = self.events.iter().map(|event| event.id.value.as_str());
        let known = self.periods.iter().map(|period| period.id.value.as_str()).chain(events);
        (!self.has_date(name) && !self.is_unread(name))
            .then(|| unknown_name("unknown-period", "period or event", name, place, known))
    }

    /// A finding if there is no such line or measure, or if it is a heading.
    pub fn unknown_line(&self, name: &str, member: Option<&str>, place: &Place) -> Option<Diagnostic> {
        let Some((statement, line)) = self.line(name) else {
            let is_known = self.measure(name).is_some() || self.is_unread(name);
            return (!is_known).then(|| {
                if let Some(range) = self.ranges.iter().find(|range| range.id.value == name) {
                    let message = format!("`{name}` is a range of two figures, not a line or measure");
                    let finding = Diagnostic::error("unknown-line", message).at(place, "");
                    return finding.note(format!("its figures are `{}` and `{}`", range.low, range.high));
                }
                let known = self.name_index.known(|| self.names()).iter().map(String::as_str);
                unknown_name("unknown-line", "line or measure", name, place, known)
            });
        };
        if line.kind == LineKind::Heading {
            let message = format!("`{name}` is a heading and has no amount");
            return Some(Diagnostic::error("unknown-line", message).at(place, ""));
        }
        statement.unknown_member(member?, place)
    }

    fn names(&self) -> Vec<String> {
        let lines = self.statements.iter().flat_map(|statement| {
            let lines = statement.lines.iter().filter(|line| line.kind != LineKind::Heading);
            lines.map(move |line| format!("{}.{}", statement.id.value, line.id.value))
        });
        lines.chain(self.measures.iter().map(|measure| measure.id.value.clone())).collect()
    }
}

impl Statement {
    /// A finding if the statement has no such member.
    pub fn unknown_member(&self, id: &str, place: &Place) -> Option<Diagnostic> {
        let known = || self.members.iter().map(|member| member.value.as_str());
        let what = format!("member of `{}` called", self.id.value);
        let finding = || {
            unknown_name("unknown-member", &what, id, place, known())
                .note(format!("its members are {}", quoted_list(known())))
        };
        (!known().any(|member| member == id)).then(finding)
    }
}

/// The end of a place if its text ends with `word`; otherwise the whole place.
fn trailing_word(place: &Place, word: &str) -> Place {
    let start = if place.text().ends_with(word) { place.end - word.len() } else { place.start };
    Place { start, ..place.clone() }
}

/// The finding that a name is unknown, with a suggestion if a known name is similar.
pub fn unknown_name<'a>(
    rule: &'static str,
    what: &str,
    name: &str,
    place: &Place,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let label = nearest(name, known).map_or(String::new(), |near| format!("did you mean `{near}`?"));
    Diagnostic::error(rule, format!("there is no {what} `{name}`")).at(place, label)
}
