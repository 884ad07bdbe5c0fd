//! Finds cycles among names that refer to one another.

use std::collections::BTreeMap;

use crate::{diag::Place, model::NameMap};

/// How far a name was followed.
#[derive(Clone, Copy, PartialEq)]
enum Seen {
    Not,
    OnPath,
    Left,
}

/// Finds one cycle in each group of names that refer to one another. Not recursive, so that deep graphs do not overflow
/// the stack.
pub fn find_cycles(graph: &BTreeMap<String, (Vec<String>, &Place)>) -> Vec<Vec<String>> {
    let numbers: NameMap<&str, usize> =
        graph.keys().enumerate().map(|(number, name)| (name.as_str(), number)).collect();
    // By number; a name that is no key refers to nothing.
    let nodes: Vec<(&String, Vec<usize>)> = graph
        .iter()
        .map(|(name, (parts, _))| (name, parts.iter().filter_map(|part| numbers.get(part.as_str()).copied()).collect()))
        .collect();
    let mut seen = vec![Seen::Not; nodes.len()];
    let mut found = Vec::new();
    for start in 0..nodes.len() {
        let mut path = vec![(start, 0)];
        while let Some((node, next)) = path.pop() {
            if seen[node] == Seen::Left {
                continue;
            }
            let Some(&part) = nodes[node].1.get(next) else {
                seen[node] = Seen::Left;
                continue;
            };
            seen[node] = Seen::OnPath;
            path.push((node, next + 1));
            match seen[part] {
                Seen::Left => {}
                Seen::OnPath => {
                    let from = path.iter().position(|(node, _)| *node == part).unwrap_or(0);
                    let cycle = path[from..].iter().map(|(node, _)| *node).chain([part]);
                    found.push(cycle.map(|node| nodes[node].0.clone()).collect());
                }
                Seen::Not => path.push((part, 0)),
            }
        }
    }
    found
}
