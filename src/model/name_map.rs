//! Maps and sets that are asked at every figure and every word.

use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;

/// A map without an order, for keys of a dataset. The standard hasher is made against hostile keys, and takes three times as long
/// with short names.
pub type NameMap<K, V> = HashMap<K, V, FixedState>;

/// A set of the same kind.
pub type NameSet<K> = HashSet<K, FixedState>;
