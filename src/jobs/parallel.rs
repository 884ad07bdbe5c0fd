//! Many releases at once: as many at a time as there are processors, in whatever order, told in theirs.

use std::{
    sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc::channel,
    },
    thread::{self, Builder},
};

/// Is told how many of how many are done.
pub type Progress<'a> = &'a dyn Fn(usize, usize);

/// What the first thread of a process has on most systems: a release that can be read there can be read here.
const STACK: usize = 8 << 20;

/// Does the work on every item, and gives what comes of it in the order of the items. What is needed for one item is let
/// go before its thread takes the next.
pub(super) fn each<T: Sync, R: Send>(items: &[T], progress: Progress, work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let processors = thread::available_parallelism().map_or(1, usize::from);
    by(processors.min(items.len()), items, progress, work)
}

/// The same by so many threads. One alone would be no help: the work is done by this one then, as it is where the system
/// gives none.
fn by<T: Sync, R: Send>(threads: usize, items: &[T], progress: Progress, work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let take = || {
        let index = next.fetch_add(1, Ordering::Relaxed);
        items.get(index).map(|item| (index, work(item)))
    };
    let mut given: Vec<Option<R>> = items.iter().map(|_| None).collect();
    let mut keep = |done: usize, (index, result): (usize, R)| {
        given[index] = Some(result);
        progress(done + 1, items.len());
    };
    progress(0, items.len());
    thread::scope(|scope| {
        let (sender, results) = channel();
        let hire = |_: &usize| {
            let sender = sender.clone();
            let labour = || {
                let sender = sender;
                while take().is_some_and(|result| sender.send(result).is_ok()) {}
            };
            Builder::new().stack_size(STACK).spawn_scoped(scope, labour).is_ok()
        };
        let hired = (0..threads).filter(|_| threads > 1).take_while(hire).count();
        drop(sender);
        if hired == 0 {
            std::iter::from_fn(take).enumerate().for_each(|(done, result)| keep(done, result));
        }
        results.into_iter().enumerate().for_each(|(done, result)| keep(done, result));
    });
    given.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use std::{cell::RefCell, collections::BTreeSet, sync::Mutex, time::Duration};

    use super::*;

    /// What comes of the items `0..20`, the later ones done sooner, and what the progress was told.
    fn squares(threads: usize) -> (Vec<usize>, Vec<(usize, usize)>, usize) {
        let (told, at_work) = (RefCell::new(Vec::new()), Mutex::new(BTreeSet::new()));
        let items: Vec<usize> = (0..20).collect();
        let squares = by(threads, &items, &|done, all| told.borrow_mut().push((done, all)), |item| {
            at_work.lock().unwrap().insert(format!("{:?}", thread::current().id()));
            thread::sleep(Duration::from_millis(20 - *item as u64));
            item * item
        });
        (squares, told.into_inner(), at_work.into_inner().unwrap().len())
    }

    #[test]
    fn what_many_do_is_what_one_does() {
        let (one, told, hands) = squares(1);
        assert_eq!((one.len(), one[19], hands), (20, 361, 1));
        assert_eq!(told, (0..=20).map(|done| (done, 20)).collect::<Vec<_>>());
        let (four, told_by_four, hands) = squares(4);
        assert_eq!((four, told_by_four), (one, told));
        assert!(hands > 1);
        assert_eq!(by(4, &[0; 0], &|_, _| (), |_| ()), []);
    }
}
