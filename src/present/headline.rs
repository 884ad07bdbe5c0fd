//! Builds the headlines: the figures at the top of the first page, each with its change and the figure of the prior period.

use std::collections::BTreeMap;

use super::{
    context::PresentContext,
    document::{Headline, Inline, PriorFigure, Trend},
    phrases::{apply_function, phrase},
};
use crate::{
    diag::Diagnostic,
    merge::Call,
    model::{self, At, Compare, Expr, Function, Node, Unit, parse_formula},
};

/// The release's headlines, as the page `place` shows them. One that cannot be built is a finding.
pub fn build_headlines(context: &PresentContext, place: &str) -> Vec<Headline> {
    let specs = context.book.release.headlines.iter();
    let headlines = specs.map(|spec| HeadlineBuilder { context, spec, place }.build());
    headlines.filter_map(|headline| headline.map_err(|finding| context.report(finding)).ok()).collect()
}

struct HeadlineBuilder<'a, 'p, 'r> {
    context: &'a PresentContext<'p, 'r>,
    spec: &'a model::Headline,
    place: &'a str,
}

impl HeadlineBuilder<'_, '_, '_> {
    fn build(&self) -> Result<Headline, Diagnostic> {
        let expr = parse_formula(&self.spec.figure.value, &self.spec.figure.place)?;
        let amount = self.phrase("amount", &expr)?;
        let change = match self.comparison(&expr) {
            Compare::Change => self.phrase("change", &expr)?,
            Compare::Difference => self.phrase("difference", &expr)?,
            Compare::None => Vec::new(),
        };
        let prior = if change.is_empty() { None } else { Some(self.prior(&expr)?) };
        Ok(Headline {
            label: self.context.text(self.label(&expr)?, self.place, self.period(&expr)),
            period: self.period(&expr).map(|period| self.period_label(period)).unwrap_or_default(),
            amount,
            direction: direction(&change),
            change,
            prior,
        })
    }

    fn phrase(&self, filter: &str, expr: &Expr) -> Result<Vec<Inline>, Diagnostic> {
        let unit = self.spec.unit.as_ref().map(|unit| ("unit", unit.value.to_string()));
        // The unit and decimals of the headline are those of its amount, not of a change in per cent.
        let decimals = self.spec.decimals.filter(|_| filter != "change").map(|count| ("decimals", count.to_string()));
        let unit = unit.filter(|_| filter != "change");
        let options: BTreeMap<_, _> =
            unit.into_iter().chain(decimals).map(|(key, value)| (key.to_owned(), value)).collect();
        let call = Call { filter: filter.to_owned(), subject: expr.to_string(), options, span: None };
        let period = self.context.book.release.period.as_ref().map(|period| period.value.as_str());
        phrase(self.context, &call, &self.spec.figure.place, self.place, period)
            .map_err(|finding| self.at_unit(finding))
    }

    /// The finding, moved to the headline's `unit` key if the figure cannot be shown in that unit.
    fn at_unit(&self, finding: Diagnostic) -> Diagnostic {
        match &self.spec.unit {
            Some(unit) if finding.rule == "unit-mismatch" => finding.at(&unit.place, ""),
            _ => finding,
        }
    }

    fn comparison(&self, expr: &Expr) -> Compare {
        let is_percent = || self.context.book.unit_of(expr).is_some_and(|unit| unit.base == Unit::PERCENT);
        self.spec.compare.unwrap_or_else(|| if is_percent() { Compare::Difference } else { Compare::Change })
    }

    fn prior(&self, expr: &Expr) -> Result<PriorFigure, Diagnostic> {
        let release = self.context.book.release;
        let prior = self.period(expr).and_then(|period| release.period(period)?.prior.as_ref());
        let period = prior.map(|prior| self.period_label(&prior.value)).unwrap_or_default();
        Ok(PriorFigure { period, amount: self.phrase("amount", &apply_function(Function::Prior, expr.clone()))? })
    }

    /// The id of the figure's period.
    fn period<'e>(&'e self, expr: &'e Expr) -> Option<&'e str> {
        match &expr.node {
            Node::In(_, period) => Some(period),
            _ => self.context.book.release.period.as_ref().map(|period| period.value.as_str()),
        }
    }

    fn period_label(&self, id: &str) -> String {
        self.context.book.release.period(id).map(|period| self.context.plain_text(&period.label)).unwrap_or_default()
    }

    /// Its own label, or that of the line or measure it shows.
    fn label(&self, expr: &Expr) -> Result<&At<String>, Diagnostic> {
        let release = self.context.book.release;
        let named_label = |node: &Node| match node {
            Node::Line { name, .. } => {
                let line = release.line(name).map(|(_, line)| &line.label);
                line.or_else(|| release.measure(name)?.label.as_ref())
            }
            _ => None,
        };
        let inner = match &expr.node {
            Node::In(inner, _) => &inner.node,
            node => node,
        };
        // The label may be in a file that could not be read.
        let incomplete = || release.is_incomplete().then_some(&self.spec.figure);
        self.spec.label.as_ref().or_else(|| named_label(inner)).or_else(incomplete).ok_or_else(|| {
            Diagnostic::error("missing-key", "the headline has no label").at(&self.spec.place, "needs `label = …`")
        })
    }
}

/// The direction of a change, by the value of its figure; none without a figure.
fn direction(change: &[Inline]) -> Option<Trend> {
    let value = change.iter().find_map(|inline| match inline {
        Inline::Figure(figure) => Some(figure.value.as_str()),
        _ => None,
    })?;
    Some(match value {
        _ if value.chars().all(|c| matches!(c, '0' | '.' | '-')) => Trend::Flat,
        _ if value.starts_with('-') => Trend::Down,
        _ => Trend::Up,
    })
}
