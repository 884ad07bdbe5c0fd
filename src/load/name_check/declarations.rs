//! The names in measures, relations, forecasts and other declarations about figures.

use super::NameCheck;
use crate::{
    diag::Diagnostic,
    model::{Expr, Mpm, MpmKind, Node, WaiverTarget, YearToDate},
};

impl<'a> NameCheck<'a> {
    /// The names in measures, and in what is declared of figures.
    pub(super) fn check_declarations(&mut self) {
        self.check_formulas();
        self.check_relations();
        self.check_shown_otherwise();
        self.check_forecasts();
        self.release.mpms.iter().for_each(|mpm| self.check_mpm(mpm));
    }

    fn check_formulas(&mut self) {
        let release = self.release;
        for measure in &release.measures {
            self.check_unit(&measure.unit);
            self.check_base(measure.non_gaap.as_ref(), &measure.id.value, &measure.unit.value);
            self.check_formula(&measure.formula);
            for (period, formula) in &measure.formula_in {
                self.check_period(period, &formula.place);
                self.check_formula(formula);
            }
        }
        for range in &release.ranges {
            self.check_formula(&range.low);
            self.check_formula(&range.high);
        }
        for stated in &release.stated {
            stated.unit.iter().for_each(|unit| self.check_unit(unit));
            self.check_formula(&stated.figure);
        }
        for marked in &release.marked {
            self.check_formula(&marked.figure);
        }
        for name in
            release.profit_or_loss.iter().flat_map(|profit_or_loss| &profit_or_loss.subtotals).map(|(_, name)| name)
        {
            self.check_name(&name.value, None, &name.place);
        }
    }

    fn check_relations(&mut self) {
        let release = self.release;
        for order in &release.orders {
            order.ascending.iter().for_each(|figure| self.check_formula(figure));
        }
        for split in &release.splits {
            self.check_unit(&split.unit);
            split.except.iter().for_each(|name| self.check_name(&name.value, None, &name.place));
        }
        for tie in &release.ties {
            tie.same.iter().for_each(|figure| self.check_formula(figure));
            for (at, figure) in tie.same.iter().enumerate() {
                if let Some(first) = tie.same.iter().take(at).find(|first| first.node == figure.node) {
                    let finding = Diagnostic::error("tie", format!("`{figure}` is tied to itself"));
                    self.findings.push(finding.at(&figure.place, "again here").with(&first.place, "first here"));
                }
            }
        }
        for ytd in &release.year_to_date {
            self.check_year_to_date(ytd);
        }
    }

    /// Figures that are shown otherwise than they are computed.
    fn check_shown_otherwise(&mut self) {
        let release = self.release;
        for adjustment in &release.adjustments {
            self.check_unit(&adjustment.unit);
            self.check_formula(&adjustment.figure);
            self.check_places(&adjustment.places);
        }
        for waiver in &release.waivers {
            match &waiver.of {
                WaiverTarget::Figure { figure, unit, places, .. } => {
                    unit.iter().for_each(|unit| self.check_unit(unit));
                    self.check_formula(figure);
                    self.check_places(places);
                }
                WaiverTarget::Rule { of, places, .. } => {
                    of.iter().for_each(|figure| self.check_formula(figure));
                    self.check_places(places);
                }
                WaiverTarget::Relation { .. } => {}
            }
        }
    }

    fn check_mpm(&mut self, mpm: &'a Mpm) {
        // A measure that is dropped need not be there.
        if !matches!(mpm.is, MpmKind::Dropped(_)) {
            self.check_formula(&mpm.figure);
        }
        let MpmKind::Measure(disclosure) = &mpm.is else { return };
        self.check_formula(&disclosure.from);
        let (table, tables) = (&disclosure.table, self.release.tables.iter().map(|table| table.id.value.as_str()));
        if !tables.clone().any(|known| known == table.value) && !self.release.is_unread(&table.value) {
            self.unknown_name("unknown-table", "table", &table.value, &table.place, tables);
        }
        let Node::Line { name, member: Some(_) } = &mpm.figure.node else { return };
        if let Some((statement, _)) = self.release.line(name) {
            for member in [&disclosure.tax, &disclosure.nci] {
                self.check_member(statement, &member.value, &member.place);
            }
        }
    }

    /// A forecast may be a range, and so may what a notice is of.
    fn check_forecasts(&mut self) {
        let release = self.release;
        for forecast in &release.forecasts {
            let figures = [Some(&forecast.figure), forecast.actual.as_ref(), forecast.previous.as_ref()];
            figures.into_iter().flatten().for_each(|figure| self.check_figure_or_range(figure));
        }
        release.notices.iter().flat_map(|notice| &notice.of).for_each(|figure| self.check_figure_or_range(figure));
    }

    fn check_figure_or_range(&mut self, figure: &'a Expr) {
        let (inner, period) = match &figure.node {
            Node::In(inner, period) => (&inner.node, Some(period)),
            node => (node, None),
        };
        match inner {
            Node::Line { name, .. } if self.release.range(name).is_some() => {
                period.into_iter().for_each(|period| self.check_period(period, &figure.place));
            }
            _ => self.check_formula(figure),
        }
    }

    fn check_year_to_date(&mut self, ytd: &'a YearToDate) {
        for id in [&ytd.statement, &ytd.quarter].into_iter().filter(|id| self.release.statement(&id.value).is_none()) {
            self.report_unknown_statement(id);
        }
        if let Some(quarter) = self.release.statement(&ytd.quarter.value) {
            for id in ytd.except.iter().filter(|id| quarter.line(&id.value).is_none()) {
                self.report_unknown_line(quarter, &id.value, &id.place);
            }
        }
    }
}
