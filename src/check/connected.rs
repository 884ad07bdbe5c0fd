//! Groups items that share parts, directly or through other items.

use std::collections::BTreeMap;

/// Groups items that have a common part, directly or through others. `parts` has the parts of each item; the result has
/// the indices of the items of each group, ascending, ordered by first item.
pub fn connected_groups<P: IntoIterator<Item = usize>>(parts: impl IntoIterator<Item = P>) -> Vec<Vec<usize>> {
    let mut first_user = BTreeMap::new();
    let mut parents = Vec::new();
    for (thing, parts) in parts.into_iter().enumerate() {
        parents.push(thing);
        for part in parts {
            let user = *first_user.entry(part).or_insert(thing);
            join(&mut parents, user, thing);
        }
    }
    let mut groups: Vec<Vec<usize>> = vec![Vec::new(); parents.len()];
    for thing in 0..parents.len() {
        groups[root(&mut parents, thing)].push(thing);
    }
    groups.retain(|group| !group.is_empty());
    groups
}

/// The first item of a group; shortens the path to it.
fn root(parents: &mut [usize], mut thing: usize) -> usize {
    while parents[thing] != thing {
        parents[thing] = parents[parents[thing]];
        thing = parents[thing];
    }
    thing
}

fn join(parents: &mut [usize], one: usize, other: usize) {
    let (one, other) = (root(parents, one), root(parents, other));
    parents[one.max(other)] = one.min(other);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_meet_through_others() {
        let parts = [vec![1, 2], vec![3], vec![4], vec![2, 5], vec![], vec![5, 4]];
        assert_eq!(connected_groups(parts), [vec![0, 2, 3, 5], vec![1], vec![4]]);
    }
}
