//! Names the periods of a form: the year of the release, the one before and the next, and the parts of each.

use super::{
    RULE,
    fact::{Context, ContextPeriod},
};
use crate::{
    diag::{Diagnostic, Place},
    model::{ContextNames, Date, FilingForm, FilingSpec, PeriodSpan, Release},
};

const MONTHS_OF_YEAR: i64 = 12;

/// The fiscal year of a release.
#[derive(Debug, Clone, Copy)]
pub(super) struct FiscalYear {
    first: Date,
    /// The days of the release's own period.
    pub(super) own: (Date, Date),
}

impl FiscalYear {
    /// The year that begins with the period of the release. Errors: the release has no period, or its period is a day.
    pub(super) fn of(release: &Release, spec: &FilingSpec) -> Result<Self, Diagnostic> {
        let period = release.own_period();
        match period.map(|period| period.span) {
            Some(PeriodSpan::Duration { from, to }) => Ok(Self { first: from, own: (from, to) }),
            _ => {
                let place = release.period.as_ref().map_or(&spec.place, |period| &period.place);
                let finding = Diagnostic::error(RULE, "a filing is of a period, and the release has none");
                Err(finding.at(place, "").help("name it in `[release] period`"))
            }
        }
    }

    /// Whether the period of the release begins and ends on the same day of a month; otherwise a form has no period for it.
    pub(super) fn has_whole_months(&self) -> bool {
        self.own.0.whole_months_until(self.own.1.next()).is_some()
    }

    /// Errors: the period of the release has another length than that of the form.
    pub(super) fn check_months(
        &self,
        form: &FilingForm,
        release: &Release,
        spec: &FilingSpec,
    ) -> Result<(), Diagnostic> {
        let Some(own) = self.own.0.whole_months_until(self.own.1.next()) else {
            let place = release.period.as_ref().map_or(&spec.place, |period| &period.place);
            let finding = Diagnostic::error(RULE, "a form is of whole months, and the period of the release is not");
            return Err(finding.at(place, ""));
        };
        if form.months.is_empty() || form.months.contains(&own) {
            return Ok(());
        }
        let months: Vec<String> = form.months.iter().map(u32::to_string).collect();
        let expected = match months.split_last() {
            Some((last, others)) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
            _ => months.concat(),
        };
        let message = format!("the form `{}` is of {expected} months, and the release of {own}", spec.form.value);
        let finding = Diagnostic::error(RULE, message).at(&spec.form.place, "");
        let finding = release
            .period
            .iter()
            .fold(finding, |finding, period| finding.with(&period.place, "the period of the release"));
        Err(finding.note("`kessan forms` lists the forms"))
    }

    /// The name of a period in a form, without members. Errors: the form has none for it.
    pub(super) fn name(
        &self,
        period: ContextPeriod,
        names: &ContextNames,
        id: &str,
        at: &Place,
    ) -> Result<String, Diagnostic> {
        let (end, kind) = match period {
            ContextPeriod::Duration { to, .. } => (to, &names.duration),
            ContextPeriod::Instant(day) => (day, &names.instant),
        };
        let named = self.months_to(end.next()).and_then(|months| {
            let year = (months + MONTHS_OF_YEAR - 1).div_euclid(MONTHS_OF_YEAR) - 1;
            let part = months - year * MONTHS_OF_YEAR;
            let is_from_first = match period {
                ContextPeriod::Duration { from, .. } => self.months_to(from) == Some(year * MONTHS_OF_YEAR),
                ContextPeriod::Instant(_) => true,
            };
            let year = names.years.get(usize::try_from(year + 1).ok()?)?;
            let part = names.parts.get(&u32::try_from(part).ok()?)?;
            is_from_first.then(|| format!("{year}{part}{kind}"))
        });
        named.ok_or_else(|| {
            let finding = Diagnostic::error(RULE, format!("the form has no period for `{id}`"));
            finding.at(at, "").note("it has the year of the release, the year before and the next, and their quarters from the first day of the year on")
        })
    }

    /// The whole months from the first day of the year to a day.
    fn months_to(&self, day: Date) -> Option<i64> {
        let forward = self.first.whole_months_until(day).map(i64::from);
        forward.or_else(|| day.whole_months_until(self.first).map(|months| -i64::from(months)))
    }
}

/// The id of a context: its period, then its members in the order of the axes.
pub(super) fn context_id(period: &str, context: &Context, names: &ContextNames) -> String {
    let member = |axis: &String| context.members.iter().find(|(own, _)| own == axis).map(|(_, member)| member.as_str());
    std::iter::once(period).chain(names.axes.iter().filter_map(member)).collect::<Vec<_>>().join("_")
}
