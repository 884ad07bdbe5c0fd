//! Names that lead back to themselves.

use std::collections::BTreeMap;

use crate::diag::Place;

/// One circle for each group of names that lead to one another, found without recursion.
pub fn circles(graph: &BTreeMap<String, (Vec<String>, &Place)>) -> Vec<Vec<String>> {
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
                    let mut circle: Vec<String> = path[from..].iter().map(|(seen, _)| (*seen).to_owned()).collect();
                    circle.push(part.clone());
                    found.push(circle);
                }
                None => path.push((part, 0)),
            }
        }
    }
    found
}
