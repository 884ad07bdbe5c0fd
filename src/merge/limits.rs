//! Limits the size, time and memory of rendering a template, because the engine has no limits of its own.

use std::{
    cell::Cell,
    fs,
    io::{self, Write},
    sync::{
        Mutex, MutexGuard, PoisonError,
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    thread,
    time::{Duration, Instant},
};

use tera::{Error, Kwargs, State, Tera, TeraResult};

/// The limits for rendering one template.
#[derive(Debug, Clone, Copy)]
struct Limits {
    /// The maximum size of the text, in bytes.
    bytes: usize,
    /// The maximum time.
    time: Duration,
    /// The maximum growth of the program's memory, in bytes.
    memory: usize,
}

const LIMITS: Limits = Limits { bytes: 64 << 20, time: Duration::from_secs(10), memory: 1 << 30 };
/// The maximum number of numbers that all calls of `range` in one template return.
const MAX_RANGE: usize = 1_000_000;
/// The interval between checks of time and memory.
const STEP: Duration = Duration::from_millis(20);

thread_local! {
    static RANGE_LEFT: Cell<usize> = const { Cell::new(MAX_RANGE) };
}

/// An engine whose `range` is limited over all calls in a template, because nested loops call it again and again.
pub(super) fn new_engine() -> Tera {
    let mut tera = Tera::new();
    tera.register_function("range", range);
    tera
}

fn range(options: Kwargs, _: &State) -> TeraResult<Vec<i64>> {
    let start = options.get::<i64>("start")?.unwrap_or_default();
    let end = options.must_get::<i64>("end")?;
    let step = options.get::<i64>("step_by")?.unwrap_or(1);
    if step < 1 || start > end {
        return Err(Error::message("`range` counts up, from `start` to `end`"));
    }
    let length = usize::try_from((i128::from(end) - i128::from(start) + i128::from(step) - 1) / i128::from(step));
    let left = length.ok().and_then(|length| RANGE_LEFT.get().checked_sub(length));
    let Some(left) = left else {
        return Err(Error::message(format!("the loops of a template run over at most {MAX_RANGE} numbers")));
    };
    RANGE_LEFT.set(left);
    Ok((start..end).step_by(usize::try_from(step).unwrap_or(usize::MAX)).collect())
}

/// Calls `render` with a writer on a thread of its own, as [`RenderThreads::render`] does.
pub(super) fn render_with_limits(render: impl FnOnce(&mut dyn Write) -> TeraResult<()> + Send + 'static) -> Rendered {
    RenderThreads::default().render(render)
}

/// The text of a template, or why there is none.
type Rendered = Result<String, RenderError>;

/// The rendering of one template.
type Job = Box<dyn FnOnce() + Send>;

/// The threads that templates are rendered on: an idle one takes the next template, because a new one for each costs more than most
/// templates. They end with this value.
#[derive(Debug, Default)]
pub(super) struct RenderThreads(Mutex<Vec<Sender<Job>>>);

impl RenderThreads {
    /// Calls `render` with a writer and returns the text. Errors: the engine fails, or a limit is reached; the rendering
    /// thread then continues until the program ends, because the engine cannot be stopped, and takes no other template.
    pub(super) fn render(&self, render: impl FnOnce(&mut dyn Write) -> TeraResult<()> + Send + 'static) -> Rendered {
        self.render_within(LIMITS, render)
    }

    fn render_within(
        &self,
        limits: Limits,
        render: impl FnOnce(&mut dyn Write) -> TeraResult<()> + Send + 'static,
    ) -> Rendered {
        let (sender, receiver) = channel();
        let job = Box::new(move || {
            // There is no receiver if the time limit was reached.
            drop(sender.send(limited(limits, render)));
        });
        let Some(thread) = self.start(job) else {
            return Err(RenderError::Limit(String::from("the system gives no thread to render the template")));
        };
        let rendered = wait(&receiver, limits).map_err(RenderError::Limit)?;
        self.idle().push(thread);
        rendered
    }

    /// Gives a job to an idle thread, or to a new one if there is none, and returns it; none if the system gives no thread.
    fn start(&self, job: Job) -> Option<Sender<Job>> {
        let known = self.idle().pop();
        let thread = known.or_else(|| {
            let (sender, jobs) = channel::<Job>();
            thread::Builder::new().spawn(move || jobs.into_iter().for_each(|job| job())).ok().map(|_| sender)
        })?;
        thread.send(job).ok().map(|()| thread)
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Sender<Job>>> {
        // No thread can panic while it holds the lock.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Waits for what a job renders. Errors: the limit that was reached.
fn wait(receiver: &Receiver<Rendered>, limits: Limits) -> Result<Rendered, String> {
    let (start, memory) = (Instant::now(), resident_memory());
    loop {
        match receiver.recv_timeout(STEP) {
            Ok(rendered) => return Ok(rendered),
            Err(RecvTimeoutError::Disconnected) => return Err(String::from("the template engine has failed")),
            Err(RecvTimeoutError::Timeout) if start.elapsed() > limits.time => {
                return Err(format!("the template takes more than {} seconds", limits.time.as_secs()));
            }
            Err(RecvTimeoutError::Timeout) if self::resident_memory().saturating_sub(memory) > limits.memory => {
                return Err(format!("the template takes more than {} MiB", limits.memory >> 20));
            }
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}

/// What `render` writes, within the limit of its size.
fn limited(limits: Limits, render: impl FnOnce(&mut dyn Write) -> TeraResult<()>) -> Rendered {
    RANGE_LEFT.set(MAX_RANGE);
    let mut out = Limited { bytes: Vec::new(), limit: limits.bytes, is_full: false };
    let result = render(&mut out).map_err(|error| RenderError::Engine(Box::new(error)));
    // The engine does not report why a writer failed.
    if out.is_full {
        return Err(RenderError::Limit(format!("the template gives more than {} MiB", limits.bytes >> 20)));
    }
    result.map(|()| text_of(out.bytes))
}

/// The text of bytes, which are UTF-8 unless the engine is at fault.
fn text_of(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// Why rendering failed.
#[derive(Debug)]
pub(super) enum RenderError {
    Engine(Box<Error>),
    /// The limit that was reached.
    Limit(String),
}

/// A buffer with a maximum size.
struct Limited {
    bytes: Vec<u8>,
    limit: usize,
    is_full: bool,
}

impl Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > self.limit {
            self.is_full = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The resident memory of this process in bytes; 0 where it is not available without unsafe code (only Linux is
/// supported).
fn resident_memory() -> usize {
    const PAGE: usize = 4096;
    let pages = fs::read_to_string("/proc/self/statm").ok();
    let resident = pages.as_deref().and_then(|pages| pages.split(' ').nth(1)?.parse::<usize>().ok());
    resident.map_or(0, |pages| pages.saturating_mul(PAGE))
}

#[cfg(test)]
mod tests {
    use tera::Context;

    use super::*;

    // Each test reaches one limit only, because other tests use time and memory of this process too.
    const SHORT_TEXT: Limits = Limits { bytes: 4 << 20, ..PATIENT };
    const PATIENT: Limits = Limits { bytes: usize::MAX, time: Duration::from_secs(120), memory: usize::MAX };

    fn render_within(
        limits: Limits,
        render: impl FnOnce(&mut dyn Write) -> TeraResult<()> + Send + 'static,
    ) -> Rendered {
        RenderThreads::default().render_within(limits, render)
    }

    fn failure(result: Rendered) -> String {
        match result {
            Ok(text) => panic!("{} bytes", text.len()),
            Err(RenderError::Limit(message)) => message,
            Err(RenderError::Engine(error)) => error.to_string(),
        }
    }

    fn of_text(text: &'static str) -> Rendered {
        render_within(SHORT_TEXT, move |out| new_engine().render_str_to(text, &Context::new(), false, out))
    }

    #[test]
    fn loops_are_limited_together() {
        let loops = "{% for a in range(end=3000) -%}{% for b in range(end=3000) -%}{% for c in range(end=3000) -%}\
                     {%- endfor -%}{%- endfor -%}{%- endfor -%}";
        assert!(failure(of_text(loops)).contains("at most 1000000 numbers"));
        assert!(failure(of_text("{% for a in range(end=100000000000) %}{% endfor %}")).contains("at most"));
        assert_eq!(of_text("{% for a in range(start=1, end=6, step_by=2) %}{{ a }}{% endfor %}").unwrap(), "135");
    }

    #[test]
    fn a_thread_takes_the_next_template_unless_it_has_failed() {
        let threads = RenderThreads::default();
        let id = |time| {
            let limits = Limits { time: Duration::from_millis(time), ..PATIENT };
            let text = threads.render_within(limits, move |out| {
                thread::sleep(Duration::from_millis(200));
                Ok(write!(out, "{:?}", thread::current().id())?)
            });
            text.map_err(|_| ())
        };
        let first = id(10_000).unwrap();
        assert_eq!(id(10_000).unwrap(), first);
        assert!(id(10).is_err());
        assert_ne!(id(10_000).unwrap(), first);
        assert_eq!(failure(threads.render_within(PATIENT, |_| panic!("planted"))), "the template engine has failed");
        assert!(id(10_000).is_ok());
    }

    #[test]
    fn text_time_and_memory_are_limited() {
        let long = "{% for a in range(end=1000) %}{% for b in range(end=900) %}123456789{% endfor %}{% endfor %}";
        assert!(failure(of_text(long)).contains("more than 4 MiB"));
        let slow = render_within(Limits { time: Duration::from_millis(200), ..PATIENT }, |_| {
            thread::sleep(Duration::from_secs(2));
            Ok(())
        });
        assert_eq!(failure(slow), "the template takes more than 0 seconds");
        if cfg!(target_os = "linux") {
            let large = render_within(Limits { memory: 64 << 20, ..PATIENT }, |_| {
                let large = vec![1_u8; 256 << 20];
                thread::sleep(Duration::from_secs(2));
                drop(large);
                Ok(())
            });
            assert_eq!(failure(large), "the template takes more than 64 MiB");
        }
    }
}
