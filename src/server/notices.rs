//! Notices by the system that a file has been saved: they only shorten the wait of a watch, which looks by itself as well.

#[cfg(target_os = "linux")]
pub(super) use inotify::Notices;
#[cfg(not(target_os = "linux"))]
pub(super) use none::Notices;

#[cfg(target_os = "linux")]
mod inotify {
    use std::{
        collections::{BTreeMap, BTreeSet},
        mem::MaybeUninit,
        os::fd::OwnedFd,
        path::Path,
        thread,
        time::Duration,
    };

    use rustix::{
        event::{PollFd, PollFlags, Timespec, poll},
        fs::inotify::{self, CreateFlags, ReadFlags, Reader, WatchFlags},
    };

    /// Notices from folders. Where the system gives none, as of a folder on another machine, there are none.
    #[derive(Debug, Default)]
    pub(in crate::server) struct Notices {
        queue: Option<OwnedFd>,
        /// The shown name of each folder, by its number in the queue.
        folders: BTreeMap<i32, String>,
    }

    /// A file is told of when it is closed, since it may be half written before.
    const EVENTS: WatchFlags = WatchFlags::CLOSE_WRITE
        .union(WatchFlags::MOVE)
        .union(WatchFlags::CREATE)
        .union(WatchFlags::DELETE)
        .union(WatchFlags::ONLYDIR);
    /// A file that was only created is told of again when it is closed.
    const OF_FILES: ReadFlags =
        ReadFlags::CLOSE_WRITE.union(ReadFlags::MOVED_FROM).union(ReadFlags::MOVED_TO).union(ReadFlags::DELETE);
    /// Of folders, and where notices were lost.
    const OTHERS: ReadFlags = ReadFlags::ISDIR.union(ReadFlags::QUEUE_OVERFLOW);

    impl Notices {
        pub(in crate::server) fn new() -> Self {
            let queue = inotify::init(CreateFlags::CLOEXEC | CreateFlags::NONBLOCK).ok();
            Self { queue, folders: BTreeMap::new() }
        }

        /// Asks for notices of the files in a folder, which is named `shown`; again asked, it changes nothing.
        pub(in crate::server) fn add(&mut self, folder: &Path, shown: &str) {
            let watched = self.queue.as_ref().and_then(|queue| inotify::add_watch(queue, folder, EVENTS).ok());
            if let Some(number) = watched {
                self.folders.entry(number).or_insert_with(|| shown.to_owned());
            }
        }

        /// Waits for notices, no longer than `time`. Returns the files that they name; `None` if there was no notice.
        pub(in crate::server) fn wait(&mut self, time: Duration) -> Option<BTreeSet<String>> {
            let Some(queue) = &self.queue else {
                thread::sleep(time);
                return None;
            };
            let timeout = Timespec::try_from(time).ok();
            // What went wrong with waiting is as if the time had passed; it does not go wrong at once again.
            if poll(&mut [PollFd::new(queue, PollFlags::IN)], timeout.as_ref()).is_err() {
                thread::sleep(time);
            }
            let (mut noticed, mut files) = (false, BTreeSet::new());
            let mut buffer = [MaybeUninit::uninit(); 4096];
            let mut reader = Reader::new(queue, &mut buffer);
            while let Ok(event) = reader.next() {
                let (number, what) = (event.wd(), event.events());
                if what.contains(ReadFlags::IGNORED) {
                    self.folders.remove(&number);
                    continue;
                }
                noticed |= what.intersects(OF_FILES | OTHERS);
                if let (Some(folder), Some(name)) = (self.folders.get(&number), event.file_name())
                    && !what.contains(ReadFlags::ISDIR)
                    && what.intersects(OF_FILES)
                {
                    files.insert(format!("{folder}/{}", name.to_string_lossy()));
                }
            }
            noticed.then_some(files)
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod none {
    use std::{collections::BTreeSet, path::Path, thread, time::Duration};

    /// No notices: other systems are asked by looking at the files.
    #[derive(Debug, Default)]
    pub(in crate::server) struct Notices;

    impl Notices {
        pub(in crate::server) fn new() -> Self {
            Self
        }

        pub(in crate::server) fn add(&mut self, _folder: &Path, _shown: &str) {}

        /// Waits.
        pub(in crate::server) fn wait(&mut self, time: Duration) -> Option<BTreeSet<String>> {
            thread::sleep(time);
            None
        }
    }
}
