//! Parts a problem into groups of relations that have no amount in common: each group is decided alone.

use std::collections::BTreeMap;

use super::Problem;

/// The numbers of the relations of each group, ascending; the groups by their first relation. Relations without amounts
/// are groups of their own.
pub fn components(problem: &Problem) -> Vec<Vec<usize>> {
    let mut first_user = BTreeMap::new();
    let mut parents: Vec<usize> = (0..problem.relations.len()).collect();
    for (relation, terms) in problem.relations.iter().enumerate() {
        for (amount, _) in terms {
            let user = *first_user.entry(*amount).or_insert(relation);
            join(&mut parents, user, relation);
        }
    }
    let mut groups: Vec<Vec<usize>> = vec![Vec::new(); parents.len()];
    for relation in 0..parents.len() {
        groups[root(&mut parents, relation)].push(relation);
    }
    groups.retain(|group| !group.is_empty());
    groups
}

/// The first relation of a group; shortens the path to it.
fn root(parents: &mut [usize], mut relation: usize) -> usize {
    while parents[relation] != relation {
        parents[relation] = parents[parents[relation]];
        relation = parents[relation];
    }
    relation
}

fn join(parents: &mut [usize], one: usize, other: usize) {
    let (one, other) = (root(parents, one), root(parents, other));
    parents[one.max(other)] = one.min(other);
}
