//! Aligns two sequences: which items of the one are those of the other.

use std::{hash::Hash, ops::Range};

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// The most comparisons that an alignment may need; longer sequences are aligned at their ends only.
const MAX_WORK: usize = 4_000_000;

/// A stretch of both sequences: the same items, or what one has instead of the other's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    pub old: Range<usize>,
    pub new: Range<usize>,
    pub is_same: bool,
}

/// The stretches of two sequences, in order; stretches that differ are never adjacent.
pub fn align<T: Eq + Hash>(old: &[T], new: &[T]) -> Vec<Stretch> {
    let before = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let rest = |all: usize| all - before;
    let pairs = old[before..].iter().rev().zip(new[before..].iter().rev());
    let behind = pairs.take_while(|(old, new)| old == new).count();
    let (old_end, new_end) = (before + rest(old.len()) - behind, before + rest(new.len()) - behind);
    let mut stretches = Vec::new();
    add(&mut stretches, Stretch { old: 0..before, new: 0..before, is_same: true });
    let (old_middle, new_middle) = (&old[before..old_end], &new[before..new_end]);
    if old_middle.len().saturating_mul(new_middle.len()) > MAX_WORK {
        add(&mut stretches, Stretch { old: before..old_end, new: before..new_end, is_same: false });
    } else {
        for op in capture_diff_slices(Algorithm::Myers, old_middle, new_middle) {
            add(&mut stretches, stretch(&op, before));
        }
    }
    add(&mut stretches, Stretch { old: old_end..old.len(), new: new_end..new.len(), is_same: true });
    stretches
}

fn stretch(op: &DiffOp, offset: usize) -> Stretch {
    let moved = |range: Range<usize>| range.start + offset..range.end + offset;
    Stretch { old: moved(op.old_range()), new: moved(op.new_range()), is_same: matches!(op, DiffOp::Equal { .. }) }
}

/// Adds a stretch, to the last one if that is of the same kind.
pub fn add(stretches: &mut Vec<Stretch>, next: Stretch) {
    if next.old.is_empty() && next.new.is_empty() {
        return;
    }
    match stretches.last_mut().filter(|last| last.is_same == next.is_same) {
        Some(last) => (last.old.end, last.new.end) = (next.old.end, next.new.end),
        None => stretches.push(next),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aligned(old: &str, new: &str) -> Vec<(String, String, bool)> {
        let [old, new] = [old, new].map(|text| text.chars().collect::<Vec<_>>());
        let part = |text: &[char], range: &Range<usize>| text[range.clone()].iter().collect::<String>();
        let stretches = align(&old, &new);
        stretches.iter().map(|found| (part(&old, &found.old), part(&new, &found.new), found.is_same)).collect()
    }

    #[test]
    fn what_differs_is_between_what_is_the_same() {
        let same = |text: &str| (text.to_owned(), text.to_owned(), true);
        assert_eq!(aligned("abxcd", "abycd"), [same("ab"), ("x".into(), "y".into(), false), same("cd")]);
        assert_eq!(aligned("", "a"), [(String::new(), "a".into(), false)]);
        assert_eq!(aligned("abc", "abc"), [same("abc")]);
        assert_eq!(aligned("aa", "a"), [same("a"), ("a".into(), String::new(), false)]);
    }

    #[test]
    fn long_sequences_without_anything_in_common_are_not_searched() {
        let (old, new): (Vec<u32>, Vec<u32>) = ((0..100_000).collect(), (100_000..200_000).collect());
        assert_eq!(align(&old, &new), [Stretch { old: 0..100_000, new: 0..100_000, is_same: false }]);
    }
}
