//! Runs work on many items side by side, on the processors of the machine.

use std::{
    sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc::channel,
    },
    thread::{self, Builder},
};

/// A function that is called with the number of items done and the total.
pub type Progress<'a> = &'a dyn Fn(usize, usize);

/// The stack of a process's main thread on most systems, so that a thread can read whatever the main thread can.
const STACK: usize = 8 << 20;

/// How many threads can work at the same time.
pub(crate) fn processors() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// How many threads each of so many items has, if all processors are shared among those that are worked on at the same time.
pub(crate) fn threads_for_each(items: usize) -> usize {
    let processors = processors();
    processors / items.clamp(1, processors)
}

/// Calls `work` on every item and returns the results in the order of the items. What one item needs is dropped before
/// its thread takes the next.
pub(crate) fn map<T: Sync, R: Send>(items: &[T], progress: Progress, work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    map_on_threads(processors(), items, progress, work)
}

/// The same with a number of threads. The calling thread is one of them, and the only one if no other can be started.
pub(crate) fn map_on_threads<T: Sync, R: Send>(
    threads: usize,
    items: &[T],
    progress: Progress,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let take = || {
        let index = next.fetch_add(1, Ordering::Relaxed);
        items.get(index).map(|item| (index, work(item)))
    };
    let mut results: Vec<Option<R>> = items.iter().map(|_| None).collect();
    let mut done = 0;
    let mut keep = |(index, result): (usize, R)| {
        results[index] = Some(result);
        done += 1;
        progress(done, items.len());
    };
    progress(0, items.len());
    thread::scope(|scope| {
        let (sender, receiver) = channel();
        let spawn = |_: &usize| {
            let sender = sender.clone();
            let run = || {
                let sender = sender;
                while take().is_some_and(|result| sender.send(result).is_ok()) {}
            };
            Builder::new().stack_size(STACK).spawn_scoped(scope, run).is_ok()
        };
        (1..threads.min(items.len())).take_while(spawn).for_each(drop);
        drop(sender);
        while let Some(result) = take() {
            keep(result);
            receiver.try_iter().for_each(&mut keep);
        }
        receiver.into_iter().for_each(keep);
    });
    results.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use std::{cell::RefCell, collections::BTreeSet, sync::Mutex, time::Duration};

    use super::*;

    /// The squares of `0..20`, the later ones done sooner; the calls of `progress`; and how many threads worked.
    fn squares(threads: usize) -> (Vec<usize>, Vec<(usize, usize)>, usize) {
        let (calls, at_work) = (RefCell::new(Vec::new()), Mutex::new(BTreeSet::new()));
        let items: Vec<usize> = (0..20).collect();
        let squares = map_on_threads(threads, &items, &|done, all| calls.borrow_mut().push((done, all)), |item| {
            at_work.lock().unwrap().insert(format!("{:?}", thread::current().id()));
            thread::sleep(Duration::from_millis(20 - *item as u64));
            item * item
        });
        (squares, calls.into_inner(), at_work.into_inner().unwrap().len())
    }

    #[test]
    fn many_threads_give_the_results_of_one() {
        let (one, calls, threads_used) = squares(1);
        assert_eq!((one.len(), one[19], threads_used), (20, 361, 1));
        assert_eq!(calls, (0..=20).map(|done| (done, 20)).collect::<Vec<_>>());
        let (four, calls_of_four, threads_used) = squares(4);
        assert_eq!((four, calls_of_four), (one, calls));
        assert!(threads_used > 1);
        assert_eq!(map_on_threads(4, &[0; 0], &|_, _| (), |_| ()), []);
    }
}
