//! The HTTP/1.1 server of the preview on the loopback address: a handler answers requests, and pages are notified of changes.
//!
//! It serves unpublished results on a machine with other programs and other open web pages. Therefore it refuses every request
//! that is not clearly made by the user's browser to this address, and limits every resource.

mod connection;
mod connection_limit;
mod events;
mod listen;
mod notices;
mod reply;
mod request;
mod watch;

pub use events::ChangeSignal;
pub use listen::Server;
pub use reply::{Reply, Status};
pub use watch::Watch;

/// The path of the event stream. The query `of` is the part that the page shows, `edition` the edition that it has.
pub const EVENTS: &str = "/_preview/events";

/// Answers requests.
pub trait Handler: Send + Sync {
    /// The reply for a path: decoded, beginning with `/`, without `.` or `..`.
    fn answer(&self, path: &str) -> Reply;

    /// A number that changes whenever the pages of a part change.
    fn edition(&self, part: &str) -> u64;
}
