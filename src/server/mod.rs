//! The preview's server: HTTP/1.1 on the loopback address over a value that answers for paths, and word of every change.
//!
//! It serves unpublished results on a machine with other programs and other people's web pages open, so whatever is not
//! plainly a request of this browser to this address is refused, and nothing can take more than its bounded share.

mod connection;
mod connection_limit;
mod events;
mod listen;
mod reply;
mod request;
mod watch;

pub use events::ChangeSignal;
pub use listen::Server;
pub use reply::{Reply, Status};
pub use watch::Watch;

/// Where the server says that something has changed; `of` names the part that is looked at, `edition` the one known.
pub const EVENTS: &str = "/_preview/events";

/// What is served.
pub trait Handler: Send + Sync {
    /// What stands at a path: decoded, beginning with `/`, without `.` or `..`.
    fn answer(&self, path: &str) -> Reply;

    /// A number that is another one whenever what is shown of a part has changed.
    fn edition(&self, part: &str) -> u64;
}
