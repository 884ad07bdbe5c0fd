//! How long a command took: its phases for each release, and in all.

use std::{
    fmt::{self, Write},
    time::Duration,
};

use serde::Serialize;

use super::Report;
use crate::closing::Phase;

/// The times of a command in microseconds. [`Display`](fmt::Display) gives the text for the terminal, in milliseconds.
#[derive(Debug, Serialize)]
pub struct Timings {
    releases: Vec<ReleaseTimings>,
    /// What is done once, for all releases.
    project: Vec<PhaseTime>,
    /// The same phases of all releases together, and those of the project. Releases are built side by side, so the phases
    /// may take longer together than the command.
    all: Vec<PhaseTime>,
    /// From the start to the end of the command.
    wall: u64,
}

/// The phases of a release, in their order.
#[derive(Debug, Serialize)]
struct ReleaseTimings {
    slug: String,
    phases: Vec<PhaseTime>,
}

/// A phase.
#[derive(Debug, Clone, Serialize)]
struct PhaseTime {
    name: &'static str,
    wall: u64,
    /// None where the system does not say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    processor: Option<u64>,
}

impl Timings {
    /// The times of a report whose command took `wall`, and did these phases for all releases.
    pub fn new(report: &Report, project: &[Phase], wall: Duration) -> Self {
        let times = |phases: &[Phase]| phases.iter().map(PhaseTime::new).collect::<Vec<_>>();
        let measured = report.outcomes.iter().filter(|outcome| !outcome.phases.is_empty());
        let releases: Vec<_> = measured
            .map(|outcome| ReleaseTimings { slug: outcome.slug.clone(), phases: times(&outcome.phases) })
            .collect();
        let project = times(project);
        let all = sums(releases.iter().flat_map(|release| &release.phases).chain(&project));
        Self { releases, project, all, wall: microseconds(wall) }
    }
}

impl PhaseTime {
    fn new(&Phase { name, wall, processor }: &Phase) -> Self {
        Self { name, wall: microseconds(wall), processor: processor.map(microseconds) }
    }

    /// Adds the time of another phase.
    fn add(&mut self, other: &Self) {
        self.wall += other.wall;
        self.processor = self.processor.zip(other.processor).map(|(own, other)| own + other);
    }
}

/// The phases of each name together, in the order of their first.
fn sums<'a>(phases: impl Iterator<Item = &'a PhaseTime>) -> Vec<PhaseTime> {
    let mut sums: Vec<PhaseTime> = Vec::new();
    for phase in phases {
        match sums.iter_mut().find(|sum| sum.name == phase.name) {
            Some(sum) => sum.add(phase),
            None => sums.push(phase.clone()),
        }
    }
    sums
}

fn microseconds(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

impl fmt::Display for Timings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { releases, project, all, wall } = self;
        let parts = releases.iter().map(|release| (release.slug.as_str(), &release.phases));
        for (title, phases) in parts.chain([("for all releases", project), ("all together", all)]) {
            writeln!(f, "{title:<24}{:>14}{:>14}", "wall clock", "processor")?;
            for phase in phases {
                writeln!(f, "  {:<22}{}", phase.name, columns(phase))?;
            }
            if let Some(sum) = phases.iter().cloned().reduce(|mut sum, phase| {
                sum.add(&phase);
                sum
            }) {
                writeln!(f, "  {:<22}{}", "sum", columns(&sum))?;
            }
        }
        writeln!(f, "from start to end       {:>14}", milliseconds(*wall))
    }
}

/// Both times of a phase.
fn columns(phase: &PhaseTime) -> String {
    let mut text = format!("{:>14}", milliseconds(phase.wall));
    if let Some(processor) = phase.processor {
        _ = write!(text, "{:>14}", milliseconds(processor));
    }
    text
}

/// `12.3 ms`, of microseconds.
fn milliseconds(time: u64) -> String {
    format!("{}.{} ms", time / 1000, time % 1000 / 100)
}
