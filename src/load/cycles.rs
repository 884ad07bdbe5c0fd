//! Finds cycles among names that refer to one another.

use std::collections::BTreeMap;

use crate::diag::Place;

/// Finds one cycle in each group of names that refer to one another. Not recursive, so that deep graphs do not overflow
/// the stack.
pub fn find_cycles(graph: &BTreeMap<String, (Vec<String>, &Place)>) -> Vec<Vec<String>> {
    let mut done: BTreeMap<&str, bool> = BTreeMap::new();
    let mut found = Vec::new();
    for start in graph.keys() {
        let mut path: Vec<(&str, usize)> = vec![(start, 0)];
        while let Some((name, next)) = path.pop() {
            if done.get(name) == Some(&true) {
                continue;
            }
            done.insert(name, false);
            let Some(part) = graph.get(name).and_then(|(parts, _)| parts.get(next)) else {
                done.insert(name, true);
                continue;
            };
            path.push((name, next + 1));
            match done.get(part.as_str()) {
                Some(true) => {}
                Some(false) => {
                    let from = path.iter().position(|(seen, _)| seen == part).unwrap_or(0);
                    let mut cycle: Vec<String> = path[from..].iter().map(|(seen, _)| (*seen).to_owned()).collect();
                    cycle.push(part.clone());
                    found.push(cycle);
                }
                None => path.push((part, 0)),
            }
        }
    }
    found
}
