//! Checks all names of a release: unknown names, duplicates and cycles.

mod declarations;
mod tables;

use std::collections::BTreeMap;

use super::cycles::find_cycles;
use crate::{
    diag::{Diagnostic, Findings, Place, nearest, quoted_list},
    model::{At, Expr, Line, LineKind, Node, Part, Period, Release, Statement, Unit, unknown_name},
};

/// Reports unknown and duplicate names and cycles of the release.
pub fn check_names(release: &Release, findings: &mut Findings) {
    let mut check = NameCheck { release, findings };
    check.check_all_unique();
    check.check_settings();
    release.statements.iter().for_each(|statement| check.check_statement(statement));
    check.check_declarations();
    release.tables.iter().for_each(|table| check.check_table(table));
    check.check_cycles();
}

struct NameCheck<'a> {
    release: &'a Release,
    findings: &'a mut Findings,
}

impl<'a> NameCheck<'a> {
    fn check_all_unique(&mut self) {
        let release = self.release;
        self.check_unique("statement", release.statements.iter().map(|statement| &statement.id));
        let ranges = release.ranges.iter().map(|range| &range.id);
        self.check_unique("measure or range", release.measures.iter().map(|measure| &measure.id).chain(ranges));
        self.check_unique("table", release.tables.iter().map(|table| &table.id));
        for statement in &release.statements {
            self.check_unique("line", statement.lines.iter().map(|line| &line.id).filter(|id| !id.value.is_empty()));
            self.check_unique("member", statement.members.iter());
            self.check_unique("period", statement.periods.iter());
        }
    }

    fn check_unique(&mut self, what: &str, ids: impl Iterator<Item = &'a At<String>>) {
        let mut seen: BTreeMap<&str, &Place> = BTreeMap::new();
        for id in ids {
            if let Some(first) = seen.insert(&id.value, &id.place) {
                let message = format!("the {what} `{}` is defined twice", id.value);
                let finding = Diagnostic::error("duplicate-id", message).at(&id.place, "again here");
                self.findings.push(finding.with(first, "first here"));
            }
        }
    }

    fn check_settings(&mut self) {
        let release = self.release;
        for period in release.period.iter().chain(release.periods.iter().filter_map(|period| period.prior.as_ref())) {
            self.check_period(&period.value, &period.place);
        }
        for page in &release.narrative {
            if let Some(period) = &page.period {
                self.check_period(&period.value, &period.place);
            }
        }
        for period in &release.periods {
            let prior = period.prior.as_ref().and_then(|prior| Some((prior, release.period(&prior.value)?)));
            let is_later = |before: &Period| before.id == period.id || before.span.end() > period.span.end();
            if let Some((prior, before)) = prior.filter(|(_, before)| is_later(before)) {
                let message = format!("the `prior` of `{}` is not before it", period.id.value);
                let label = format!("`{}` ends on {}", prior.value, before.span.end());
                self.findings.push(Diagnostic::error("period", message).at(&prior.place, label));
            }
        }
    }

    fn check_period(&mut self, id: &str, place: &Place) {
        self.findings.extend(self.release.unknown_period(id, place));
    }

    fn check_unit(&mut self, unit: &At<Unit>) {
        let could_be = unit.value.base.is_empty() || self.release.is_incomplete();
        if self.release.units.rule(&unit.value.base).is_none() && !could_be {
            let bases = self.release.units.rules.keys().map(String::as_str);
            // The scale is known, so only the base before it can be misspelt.
            let near = nearest(&unit.value.base, bases.clone());
            let meant = near.map(|base| Unit { base: base.to_owned(), ..unit.value.clone() }.to_string());
            let label = meant.map_or(String::new(), |meant| format!("did you mean `{meant}`?"));
            let finding = Diagnostic::error("unknown-unit", format!("there is no unit `{}`", unit.value));
            let note = format!("the declared units are {}", quoted_list(bases));
            self.findings.push(finding.at(&unit.place, label).note(note));
        }
    }

    fn unknown_name(
        &mut self,
        rule: &'static str,
        what: &str,
        name: &str,
        place: &Place,
        known: impl IntoIterator<Item = &'a str>,
    ) {
        self.findings.push(unknown_name(rule, what, name, place, known));
    }

    fn check_statement(&mut self, statement: &'a Statement) {
        self.check_unit(&statement.unit);
        for period in &statement.periods {
            self.check_period(&period.value, &period.place);
        }
        for across in &statement.member_sums {
            self.check_member(statement, &across.total.value, &across.total.place);
            across.parts.iter().for_each(|part| self.check_member(statement, &part.name, &part.place));
        }
        for id in statement.member_sum_except.iter().filter(|id| statement.line(&id.value).is_none()) {
            self.report_unknown_line(statement, &id.value, &id.place);
        }
        for line in &statement.lines {
            self.check_line(statement, line);
        }
    }

    fn check_line(&mut self, statement: &'a Statement, line: &'a Line) {
        if let Some(unit) = &line.unit {
            self.check_unit(unit);
        }
        self.check_base(line.non_gaap.as_ref(), &line.id.value, statement.unit_of(line));
        for name in line.reference.iter().chain(&line.compare_with) {
            self.check_name(&name.value, None, &name.place);
        }
        if line.reference.as_ref().is_some_and(|name| self.release.line(&name.value).is_some())
            && self.release.target(&format!("{}.{}", statement.id.value, line.id.value)).is_none()
        {
            let place = line.reference.as_ref().map_or(&line.id.place, |name| &name.place);
            let message = format!("the `ref` of `{}.{}` refers back to itself", statement.id.value, line.id.value);
            self.findings.push(Diagnostic::error("circle", message).at(place, ""));
        }
        self.check_reference_by_member(statement, line);
        line.sum.iter().for_each(|part| self.check_part(statement, line, part));
    }

    /// A line by member that refers to one without: each member would have the amount of all.
    fn check_reference_by_member(&mut self, statement: &Statement, line: &Line) {
        let Some(name) = line.reference.as_ref().filter(|_| !statement.members.is_empty()) else { return };
        if self.release.target(&name.value).is_some_and(|(other, _)| other.members.is_empty()) {
            let message =
                format!("`{}` is by member, and `{}` is not", statement.full_name(&line.id.value), name.value);
            let finding =
                Diagnostic::error("unknown-member", message).at(&name.place, "each member would have all of it");
            self.findings
                .push(finding.help("enter the amounts by member, and let `[[tie]]` hold the total to the other line"));
        }
    }

    /// The figure that `non_gaap` compares a figure with: it exists, and has the same kind of unit.
    fn check_base(&mut self, base: Option<&At<String>>, name: &str, unit: &Unit) {
        let Some(base) = base else { return };
        self.check_name(&base.value, None, &base.place);
        if let Some(other) = self.release.unit_of(&base.value).filter(|other| other.base != unit.base) {
            let message = format!("`{name}` is in `{unit}`, `{}` in `{other}`", base.value);
            self.findings.push(Diagnostic::error("unit-mismatch", message).at(&base.place, "not the same unit"));
        }
    }

    fn check_part(&mut self, statement: &'a Statement, line: &Line, part: &Part) {
        let name = statement.full_name(&part.name);
        let Some((other, found)) = self.release.target(&name) else {
            return self.report_unknown_line(statement, &part.name, &part.place);
        };
        if found.kind == LineKind::Heading {
            let message = format!("`{}` is a heading", part.name);
            self.findings.push(Diagnostic::error("footing", message).at(&part.place, "a heading has no amount"));
        }
        let (mine, theirs) = (statement.unit_of(line), other.unit_of(found));
        if mine.base != theirs.base {
            let message = format!("`{}` is in `{theirs}`, the sum in `{mine}`", part.name);
            self.findings.push(Diagnostic::error("unit-mismatch", message).at(&part.place, "not the same unit"));
        }
    }

    fn report_unknown_line(&mut self, statement: &'a Statement, id: &str, place: &Place) {
        if self.release.is_unread(&statement.full_name(id)) {
            return;
        }
        let known = statement.lines.iter().map(|line| line.id.value.as_str());
        self.unknown_name("unknown-line", &format!("line in `{}` called", statement.id.value), id, place, known);
    }

    fn check_member(&mut self, statement: &'a Statement, id: &str, place: &Place) {
        self.findings.extend(statement.unknown_member(id, place));
    }

    fn check_name(&mut self, name: &str, member: Option<&str>, place: &Place) {
        self.findings.extend(self.release.unknown_line(name, member, place));
    }

    fn report_unknown_statement(&mut self, id: &At<String>) {
        if !self.release.is_unread(&id.value) {
            let known = self.release.statements.iter().map(|statement| statement.id.value.as_str());
            self.unknown_name("unknown-line", "statement", &id.value, &id.place, known);
        }
    }

    fn check_places(&mut self, places: &'a [At<String>]) {
        let tables = self.release.tables.iter().map(|table| table.id.value.as_str());
        let known: Vec<_> = tables.chain(self.release.narrative.iter().map(|page| page.id.as_str())).collect();
        let missing =
            |place: &&At<String>| !known.contains(&place.value.as_str()) && !self.release.is_unread(&place.value);
        for place in places.iter().filter(missing) {
            self.unknown_name("unknown-table", "table or page", &place.value, &place.place, known.iter().copied());
        }
    }

    fn check_formula(&mut self, expr: &'a Expr) {
        self.findings.extend(self.release.unknown_names(expr));
    }

    /// The name of the line that `name` refers to through any `ref`.
    fn target_name(&self, name: String) -> String {
        let target = self.release.target(&name);
        target.map_or(name, |(statement, line)| statement.full_name(&line.id.value))
    }

    /// Reports sums and formulas that refer back to themselves.
    fn check_cycles(&mut self) {
        let mut graph: BTreeMap<String, (Vec<String>, &Place)> = BTreeMap::new();
        for statement in &self.release.statements {
            for line in statement.lines.iter().filter(|line| !line.sum.is_empty()) {
                let parts = line.sum.iter().map(|part| self.target_name(statement.full_name(&part.name))).collect();
                graph.insert(statement.full_name(&line.id.value), (parts, &line.id.place));
            }
        }
        for measure in &self.release.measures {
            let mut parts = Vec::new();
            for formula in measure.formula_in.values().chain([&measure.formula]) {
                formula.walk(&mut |part| {
                    if let Node::Line { name, .. } = &part.node {
                        parts.push(name.clone());
                    }
                });
            }
            graph.insert(measure.id.value.clone(), (parts, &measure.id.place));
        }
        for cycle in find_cycles(&graph) {
            let place = graph.get(&cycle[0]).map(|(_, place)| *place);
            let message = format!("`{}` refers back to itself", cycle[0]);
            let finding = Diagnostic::error("circle", message).note(format!("through {}", cycle.join(" → ")));
            self.findings.push(match place {
                Some(place) => finding.at(place, ""),
                None => finding,
            });
        }
    }
}
