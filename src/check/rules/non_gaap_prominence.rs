//! Prominence of non-GAAP measures: wherever a measure that the accounting standard does not define is shown, the line that it is
//! compared with is shown before it, or at the same place.
//!
//! **What it checks.** Of a measure with `non_gaap`, in each period: among the headlines, in a list and in a table the line comes before the
//! measure; or a list or table before it on the same page has the line. A chart of the measure has the line, or a chart before it has. In
//! the text of a page the line is shown before the measure, or in the same sentence. Where a page does not show the line in that
//! form at all, an earlier page may. A period that is there as the prior one of another needs no line of its own. A table that reconciles
//! the two is left to [`non-gaap-start`](#non-gaap-start).
//!
//! **Why.** Item 10(e)(1)(i)(A) of Regulation S-K asks for the most directly comparable measure with equal or greater prominence. The
//! staff of the SEC names what it finds more prominent: the measure before the line or without it, in a headline as in a table, and
//! charts or ratios of the measure without those of the line (Compliance and Disclosure Interpretations on non-GAAP measures, question
//! 102.10(a)).
//!
//! **Example.** `non_gaap/list_in_other_order`
//!
//! **How to fix it.** Put the line first: its item of the list, its row, its card, a chart of it. What was published otherwise keeps its
//! reason in `[[waive]]` with `rule = "non-gaap-prominence"` and the table or page `in` which it is.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{
    Breach, CheckInput, CheckResults, NonGaapMeasure, Showing,
    reading_order::{ReadFigure, Setting, figures_as_read},
};
use crate::{
    diag::Diagnostic,
    model::{NameMap, NameSet},
    present::FigureUse,
};

const RULE: &str = "non-gaap-prominence";

/// Looks at every measure with `non_gaap`; returns how many there are.
pub fn check(input: &CheckInput, results: &mut CheckResults) -> usize {
    if input.non_gaap.is_empty() {
        return 0;
    }
    let showings = input.non_gaap.iter().flat_map(|measure| measure.shown.iter().chain(&measure.base_shown));
    let names: NameSet<&str> = showings.map(|showing| showing.used.name()).collect();
    let mut read = figures_as_read(&input.presented.document);
    read.retain(|figure| names.contains(figure.name));
    let mut by_name: NameMap<&str, Vec<ReadFigure>> = NameMap::default();
    read.iter().for_each(|figure| by_name.entry(figure.name).or_default().push(*figure));
    for measure in &input.non_gaap {
        let own = of_showings(&measure.shown, &by_name);
        let lines = Lines::new(&of_showings(&measure.base_shown, &by_name));
        let mut reported = BTreeSet::new();
        for (figure, period) in to_accompany(input, measure, &own) {
            let Some(breach) = lines.breach(&figure, period) else { continue };
            if reported.insert(figure.unit) {
                report(input, measure, (figure, period), &breach, &read, results);
            }
        }
    }
    input.non_gaap.len()
}

/// A figure as it is read, with its period.
type ReadInPeriod<'a> = (ReadFigure<'a>, &'a str);

/// Those of the figures of a document that are among showings, each with its period.
fn of_showings<'a>(showings: &[Showing<'a>], by_name: &NameMap<&str, Vec<ReadFigure<'a>>>) -> Vec<ReadInPeriod<'a>> {
    let periods: BTreeMap<&str, &str> = showings.iter().map(|showing| (showing.used.name(), showing.period)).collect();
    let of_name = |(name, period)| by_name.get(name).into_iter().flatten().map(move |figure| (*figure, period));
    let mut found: Vec<_> = periods.into_iter().flat_map(of_name).collect();
    found.sort_by_key(|(figure, _)| figure.at);
    found
}

/// The figures of a measure that need the line beside them: not those of a table that reconciles it, nor those of a period that is
/// there as the prior one of another.
fn to_accompany<'a>(input: &CheckInput, measure: &NonGaapMeasure, own: &[ReadInPeriod<'a>]) -> Vec<ReadInPeriod<'a>> {
    let tables: BTreeSet<&str> = measure.reconciliations.iter().map(|found| found.table.id.as_str()).collect();
    let release = input.book.release;
    let mut priors: BTreeSet<(usize, &str)> = BTreeSet::new();
    for (figure, period) in own {
        let prior = release.period(period).and_then(|period| period.prior.as_ref());
        priors.extend(prior.map(|prior| (figure.unit, prior.value.as_str())));
    }
    let is_due = |(figure, period): &&ReadInPeriod| {
        let is_reconciliation = figure.setting == Setting::Table && tables.contains(figure.place);
        !is_reconciliation && !priors.contains(&(figure.unit, *period))
    };
    own.iter().filter(is_due).copied().collect()
}

/// A period, one setting or any (`None`), and the number of a page.
type OnPage<'a> = (&'a str, Option<Setting>, usize);

/// Where the line is shown that a measure is compared with, by period.
struct Lines<'a> {
    /// The first figure of each page, in one setting or in any (`None`).
    first: BTreeMap<OnPage<'a>, ReadFigure<'a>>,
    /// The first page that shows it so.
    first_page: BTreeMap<(&'a str, Option<Setting>), usize>,
    sentences: BTreeSet<(&'a str, usize)>,
    units: BTreeSet<(&'a str, usize)>,
}

/// How a measure is shown more prominently than its line: before it, or without it.
enum ProminenceBreach<'a> {
    Before(ReadFigure<'a>),
    Without,
}

impl<'a> Lines<'a> {
    fn new(figures: &[ReadInPeriod<'a>]) -> Self {
        let (first, first_page, sentences, units) = Default::default();
        let mut lines = Self { first, first_page, sentences, units };
        for (figure, period) in figures {
            for setting in [Some(figure.setting), None] {
                lines.first.entry((period, setting, figure.page)).or_insert(*figure);
                lines.first_page.entry((period, setting)).or_insert(figure.page);
            }
            lines.sentences.insert((period, figure.sentence));
            lines.units.insert((period, figure.unit));
        }
        lines
    }

    /// What is wrong with where a figure of the measure stands; none if the line is before it or at the same place.
    fn breach(&self, figure: &ReadFigure, period: &'a str) -> Option<ProminenceBreach<'a>> {
        let setting = Some(figure.setting).filter(|setting| *setting != Setting::Text);
        let is_beside = self.sentences.contains(&(period, figure.sentence))
            || figure.setting == Setting::Chart && self.units.contains(&(period, figure.unit));
        match self.first.get(&(period, setting, figure.page)) {
            _ if is_beside => None,
            Some(line) if line.at < figure.at => None,
            Some(line) => Some(ProminenceBreach::Before(*line)),
            None => {
                let is_before = self.first_page.get(&(period, setting)).is_some_and(|page| *page < figure.page);
                (!is_before).then_some(ProminenceBreach::Without)
            }
        }
    }
}

fn report(
    input: &CheckInput,
    measure: &NonGaapMeasure,
    (figure, period): ReadInPeriod,
    breach: &ProminenceBreach,
    read: &[ReadFigure],
    results: &mut CheckResults,
) {
    let (name, line) = (&measure.name, &measure.base.value);
    let setting = match figure.setting {
        Setting::Headlines => String::from("among the headlines"),
        Setting::Heading => String::from("in a heading"),
        Setting::List => String::from("in a list"),
        Setting::Table => format!("in the table `{}`", figure.place),
        Setting::Chart => format!("in the chart `{}`", figure.place),
        Setting::Text => String::from("in the text"),
    };
    let Some(used) = use_of(input, &measure.shown, &figure, read) else { return };
    let how = if matches!(breach, ProminenceBreach::Before(_)) { "before" } else { "without" };
    let message = format!("{setting}, `{name}` is shown {how} `{line}`");
    let finding = Diagnostic::error(RULE, message).at(&used.at, format!("`{period}`"));
    let finding = match breach {
        ProminenceBreach::Before(line) => match use_of(input, &measure.base_shown, line, read) {
            Some(line) => finding.with(&line.at, "only here"),
            None => finding,
        },
        ProminenceBreach::Without => finding,
    };
    let place = Some(&*used.place);
    results.push_unless_waived(
        input,
        Breach { rule: RULE, names: &measure.names, period: Some(period), place },
        finding,
    );
}

/// The record of a figure: of those of its name in its place, the one with its number.
fn use_of<'a>(
    input: &CheckInput,
    showings: &[Showing<'a>],
    figure: &ReadFigure,
    read: &[ReadFigure],
) -> Option<&'a FigureUse> {
    let is_cell = |setting: Setting| matches!(setting, Setting::Table | Setting::Chart);
    let headlines = &input.book.release.headlines;
    let is_headline = |used: &FigureUse| headlines.iter().any(|headline| headline.figure.place == used.at);
    let is_same_place = |used: &FigureUse| match figure.setting {
        Setting::Headlines => is_headline(used),
        setting => *used.place == *figure.place && used.cell.is_some() == is_cell(setting) && !is_headline(used),
    };
    let is_twin = |other: &&ReadFigure| {
        let is_alike = other.name == figure.name && other.place == figure.place && other.at < figure.at;
        is_alike && (other.setting == Setting::Headlines) == (figure.setting == Setting::Headlines)
    };
    let number = read.iter().filter(is_twin).count();
    let own =
        || showings.iter().map(|showing| showing.used).filter(|used| used.name() == figure.name && is_same_place(used));
    own().nth(number).or_else(|| own().next_back())
}
