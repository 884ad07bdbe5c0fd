//! Finds the concept of a figure, and the members of its axes.

use std::collections::BTreeSet;

use super::{Builder, RULE};
use crate::{
    diag::{Diagnostic, Place, nearest, quoted_list},
    model::{At, Axis, Concept, Node, Release},
};

/// What a figure is in a form.
#[derive(Debug, Clone)]
pub(super) struct TaggedConcept<'b> {
    pub name: String,
    /// The members that the dataset gives.
    pub members: &'b [At<String>],
    /// Whether it is what was forecast before.
    pub is_previous: bool,
    /// Where the concept is declared.
    pub place: &'b Place,
}

/// How a figure is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outlook {
    Result,
    Forecast,
    /// The lower or the upper end of a range that is forecast.
    Lower,
    Upper,
}

/// The figures that say what was forecast before, without their periods: what `[[forecast]] previous` names, and the ends of
/// ranges.
pub(super) fn previous_figures(release: &Release) -> BTreeSet<String> {
    let mut figures = BTreeSet::new();
    for previous in release.forecasts.iter().filter_map(|forecast| forecast.previous.as_ref()) {
        figures.insert(previous.to_string());
        if let Node::Line { name, .. } = &previous.node
            && let Some(range) = release.range(name)
        {
            figures.extend([range.low.to_string(), range.high.to_string()]);
        }
    }
    figures
}

impl<'b> Builder<'b, '_> {
    /// The concept that is declared for a figure, or that of the growth of a declared one; none for one that has no concept by
    /// declaration. A figure that has neither is recorded.
    pub(super) fn concept_of(&mut self, figure: &str, at: &Place) -> Option<TaggedConcept<'b>> {
        let figure = self.without_period(figure);
        if let Some(found) = self.declared(figure) {
            return Some(found);
        }
        if let Some(index) = self.spec.untagged.iter().position(|(untagged, _)| untagged.value == figure) {
            self.used[self.spec.figures.len() + index] = true;
            return None;
        }
        let grown = figure.strip_prefix("change(").and_then(|inner| inner.strip_suffix(')'));
        if let Some(found) = grown.and_then(|grown| self.declared(grown)) {
            // What is wrong with the figure is not repeated for its growth.
            let placed = self.place_in_form(&found, Outlook::Result);
            let (_, members) = placed.or_else(|_| self.place_in_form(&found, Outlook::Forecast)).ok()?;
            // Where a form revises forecasts, growth is that from the forecast before.
            let is_revised = |(axis, _): &(String, String)| self.revision_axis() == Some(axis.as_str());
            let name = format!("{}{}", self.taxonomy.change_prefix, found.name);
            if !members.iter().any(is_revised) && self.taxonomy.concepts.contains_key(&name) {
                return Some(TaggedConcept { name, ..found });
            }
        }
        if !self.missing.contains_key(figure) {
            let finding = self.no_concept(figure, at);
            self.missing.insert(figure.to_owned(), finding);
        }
        None
    }

    /// The finding that a figure has no concept, with those that its name leads to.
    fn no_concept(&self, figure: &str, at: &Place) -> Diagnostic {
        let form = &self.spec.form.value;
        let finding = Diagnostic::error(RULE, format!("`{figure}` is on the page that is filed and has no concept"));
        let near = self.near_concepts(figure);
        let note = match near.is_empty() {
            true => format!("`kessan forms {form}` lists the concepts of the form"),
            false => format!("concepts with such a name are {}; `kessan forms {form}` lists all", quoted_list(near)),
        };
        let help = format!(
            "in `exchange.toml`, give `\"{figure}\"` its concept in `[exchange.concept]`, or, if `{form}` has none, the \
             reason in `[exchange.untagged]`"
        );
        finding.at(at, "").note(note).help(help)
    }

    fn declared(&mut self, figure: &str) -> Option<TaggedConcept<'b>> {
        let spec = self.spec;
        let index = spec.figures.iter().position(|declared| declared.figure.value == figure)?;
        self.used[index] = true;
        let declared = &spec.figures[index];
        let (name, place) = (declared.concept.value.clone(), &declared.concept.place);
        let is_previous = self.previous.contains(&declared.figure.value);
        Some(TaggedConcept { name, members: &declared.members, is_previous, place })
    }

    /// The name of a figure without its period: `is.revenue` of `is.revenue@fy2009`.
    pub(super) fn without_period<'f>(&self, figure: &'f str) -> &'f str {
        let period = |(_, period): &(&str, &str)| self.book.release.period(period).is_some();
        figure.rsplit_once('@').filter(period).map_or(figure, |(name, _)| name)
    }

    /// The concept's type, with the members of its axes in this form. Errors: the form does not have the concept, or its
    /// members do not follow.
    pub(super) fn place_in_form(
        &self,
        concept: &TaggedConcept,
        outlook: Outlook,
    ) -> Result<(Concept, Vec<(String, String)>), Diagnostic> {
        let form = self.spec.form.value.as_str();
        let names = || self.taxonomy.links_of(form).flat_map(|link| link.items.iter().map(|(_, name)| name.as_str()));
        let known = self.taxonomy.concepts.get(&concept.name).filter(|_| self.taxonomy.has(form, &concept.name));
        let Some(known) = known else {
            let finding = Diagnostic::error(RULE, format!("the form `{form}` has no concept `{}`", concept.name));
            let reported = names().filter(|name| self.taxonomy.concepts.contains_key(*name));
            let near = nearest(&concept.name, reported).map(|near| format!("did you mean `{near}`?"));
            let finding = finding.at(concept.place, near.unwrap_or_default());
            return Err(finding.note(format!("`kessan forms {form}` lists its concepts")));
        };
        let links = self.taxonomy.links_of(form);
        let (mut placed, mut wrong) = (Vec::new(), None);
        for link in links.filter(|link| link.has(&concept.name)) {
            let members = link.axes.iter().map(|axis| self.member(axis, concept, outlook));
            match members.collect::<Result<Vec<_>, _>>().and_then(|members| self.all_used(concept, members)) {
                Ok(members) => placed.push(members),
                Err(finding) => _ = wrong.get_or_insert(finding),
            }
        }
        // A part of the form about the parent company alone may have the concept too.
        let own = self.taxonomy.forms.get(form).map_or(&[][..], |form| form.members.as_slice());
        let is_own = |members: &Vec<(String, String)>| members.iter().any(|(_, member)| own.contains(member));
        let found = placed.iter().position(is_own).or((!placed.is_empty()).then_some(0));
        match found {
            Some(index) => Ok((*known, placed.swap_remove(index))),
            None => Err(wrong
                .unwrap_or_else(|| Diagnostic::error(RULE, format!("`{}` has no place in `{form}`", concept.name)))),
        }
    }

    /// The member of an axis: declared, by the figure's outlook, the only one, or by convention.
    fn member(&self, axis: &Axis, concept: &TaggedConcept, outlook: Outlook) -> Result<(String, String), Diagnostic> {
        let has = |member: &str| axis.members.iter().any(|own| own == member);
        let found = |member: &str| Ok((axis.name.clone(), member.to_owned()));
        if let Some(declared) = concept.members.iter().find(|member| has(&member.value)) {
            return found(&declared.value);
        }
        let names = &self.taxonomy.forecast;
        if axis.name == names.axis {
            let member = match outlook {
                Outlook::Result => &names.result,
                Outlook::Forecast => &names.forecast,
                Outlook::Lower => &names.lower,
                Outlook::Upper => &names.upper,
            };
            return if has(member) { found(member) } else { Err(self.no_member(axis, concept, member)) };
        }
        if let [only] = axis.members.as_slice() {
            return found(only);
        }
        let usual = self.taxonomy.usual_members.get(&concept.name);
        if let Some(usual) = usual.and_then(|usual| usual.iter().find(|member| has(member))) {
            return found(usual);
        }
        match &self.taxonomy.revision {
            Some(revision) if revision.axis == axis.name => {
                found(if concept.is_previous { &revision.previous } else { &revision.current })
            }
            _ => {
                let message = format!("`{}` needs a member of `{}`", concept.name, axis.name);
                let help = format!(
                    "write `{{ concept = \"{}\", members = […] }}` with one of {}",
                    concept.name,
                    quoted_list(&axis.members)
                );
                Err(Diagnostic::error(RULE, message).at(concept.place, "").help(help))
            }
        }
    }

    fn revision_axis(&self) -> Option<&str> {
        self.taxonomy.revision.as_ref().map(|revision| revision.axis.as_str())
    }

    fn no_member(&self, axis: &Axis, concept: &TaggedConcept, member: &str) -> Diagnostic {
        let message = format!("`{}` cannot be reported as `{member}`", concept.name);
        let note = format!("the members of `{}` are {}", axis.name, quoted_list(&axis.members));
        Diagnostic::error(RULE, message).at(concept.place, "").note(note)
    }

    /// The members, if every declared one is among them.
    fn all_used(
        &self,
        concept: &TaggedConcept,
        members: Vec<(String, String)>,
    ) -> Result<Vec<(String, String)>, Diagnostic> {
        let is_used = |declared: &&At<String>| members.iter().any(|(_, member)| *member == declared.value);
        match concept.members.iter().find(|declared| !is_used(declared)) {
            None => Ok(members),
            Some(other) => {
                let message = format!("`{}` has no member `{}`", concept.name, other.value);
                Err(Diagnostic::error(RULE, message).at(&other.place, ""))
            }
        }
    }
}
