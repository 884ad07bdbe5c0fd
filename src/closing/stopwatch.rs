//! Measures how long the phases of a command take, for those who ask why it takes so long.

use std::time::{Duration, Instant};

/// How long a phase took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phase {
    pub name: &'static str,
    pub wall: Duration,
    /// What its thread ran; none where the system does not say so.
    pub processor: Option<Duration>,
}

/// Measures phases that follow one another on one thread.
#[derive(Debug)]
pub struct Stopwatch {
    /// When the last phase ended; none if nothing is measured.
    last: Option<Moment>,
    phases: Vec<Phase>,
}

/// A point in time.
#[derive(Debug, Clone, Copy)]
struct Moment {
    wall: Instant,
    processor: Option<Duration>,
}

impl Stopwatch {
    /// It measures from now on.
    pub fn started() -> Self {
        Self { last: Some(Moment::now()), phases: Vec::new() }
    }

    /// It never measures.
    pub fn stopped() -> Self {
        Self { last: None, phases: Vec::new() }
    }

    /// Another one that measures if this one does, from now on.
    pub fn another(&self) -> Self {
        if self.last.is_some() { Self::started() } else { Self::stopped() }
    }

    /// Ends a phase: since the last one ended, it was this.
    pub fn lap(&mut self, name: &'static str) {
        let Some(last) = self.last else { return };
        let now = Moment::now();
        let wall = now.wall.duration_since(last.wall);
        let processor = now.processor.zip(last.processor).map(|(now, last)| now.saturating_sub(last));
        self.phases.push(Phase { name, wall, processor });
        self.last = Some(now);
    }

    /// Leaves out what has been done since the last phase ended.
    pub fn skip(&mut self) {
        self.last = self.last.map(|_| Moment::now());
    }

    /// Adds the phases of another, which measured what was done side by side.
    pub fn add(&mut self, other: Self) {
        self.phases.extend(other.phases);
    }

    /// The phases, in their order; none if it was stopped.
    pub fn into_phases(self) -> Vec<Phase> {
        self.phases
    }
}

impl Moment {
    fn now() -> Self {
        Self { wall: Instant::now(), processor: processor_time() }
    }
}

/// The time that the current thread has run.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn processor_time() -> Option<Duration> {
    use rustix::time::{ClockId, clock_gettime};

    let time = clock_gettime(ClockId::ThreadCPUTime);
    Some(Duration::new(u64::try_from(time.tv_sec).ok()?, u32::try_from(time.tv_nsec).ok()?))
}

/// Other systems do not tell it, or not without `unsafe`.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn processor_time() -> Option<Duration> {
    None
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn what_is_waited_for_takes_no_processor() {
        let mut stopwatch = Stopwatch::started();
        thread::sleep(Duration::from_millis(30));
        stopwatch.lap("wait");
        let began = Instant::now();
        while began.elapsed() < Duration::from_millis(30) {}
        stopwatch.lap("work");
        let phases = stopwatch.into_phases();
        let names: Vec<_> = phases.iter().map(|phase| phase.name).collect();
        assert_eq!(names, ["wait", "work"]);
        assert!(phases.iter().all(|phase| phase.wall >= Duration::from_millis(30)), "{phases:?}");
        if let [Some(wait), Some(work)] = [phases[0].processor, phases[1].processor] {
            assert!(wait < Duration::from_millis(30) && wait < work, "{phases:?}");
        }
    }

    #[test]
    fn a_stopped_one_and_those_made_from_it_measure_nothing() {
        let mut stopwatch = Stopwatch::stopped().another();
        stopwatch.lap("work");
        assert_eq!(stopwatch.into_phases(), []);
    }
}
