//! Lists of names in messages.

use std::fmt::Display;

/// Names between back-ticks, separated by commas: `` `a`, `b` ``.
pub fn quoted_list(names: impl IntoIterator<Item = impl Display>) -> String {
    names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
