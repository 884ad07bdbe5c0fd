//! The preview's HTTP/1.1 server on the loopback address: a handler answers paths, and pages are notified of changes.
//!
//! It serves unpublished results on a machine where other programs run and other web pages are open. Whatever is not plainly a
//! request of this browser to this address is refused, and every resource is bounded.

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

/// The path of the event stream; `of` names the part that is viewed, `edition` the one that the page has.
pub const EVENTS: &str = "/_preview/events";

/// Answers requests.
pub trait Handler: Send + Sync {
    /// The reply for a path: decoded, beginning with `/`, without `.` or `..`.
    fn answer(&self, path: &str) -> Reply;

    /// A number that changes whenever what is shown of a part has changed.
    fn edition(&self, part: &str) -> u64;
}
