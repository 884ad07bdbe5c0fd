//! Aligns two sequences, so that a missing item is reported once and not as a shift of all that follow.

/// The indices of a pair, one of them absent where the other has no counterpart.
pub type Pair = (Option<usize>, Option<usize>);

/// Pairs `0..left` with `0..right` in order for the greatest sum of scores; equal lengths pair one to one. A score of 0 never pairs.
pub fn align(left: usize, right: usize, score: impl Fn(usize, usize) -> usize) -> Vec<Pair> {
    if left == right {
        return (0..left).map(|index| (Some(index), Some(index))).collect();
    }
    let mut best = vec![vec![0; right + 1]; left + 1];
    for l in (0..left).rev() {
        for r in (0..right).rev() {
            let paired = score(l, r) + best[l + 1][r + 1];
            best[l][r] = paired.max(best[l + 1][r]).max(best[l][r + 1]);
        }
    }
    let (mut l, mut r, mut pairs) = (0, 0, Vec::new());
    while l < left || r < right {
        let is_pair = l < left && r < right;
        if is_pair && score(l, r) > 0 && best[l][r] == score(l, r) + best[l + 1][r + 1] {
            pairs.push((Some(l), Some(r)));
            (l, r) = (l + 1, r + 1);
        } else if r == right || (is_pair && best[l][r] == best[l + 1][r]) {
            pairs.push((Some(l), None));
            l += 1;
        } else {
            pairs.push((None, Some(r)));
            r += 1;
        }
    }
    pairs
}

#[test]
fn one_missing_does_not_shift_the_rest() {
    let (left, right) = (["Total", "SI", "Total", "Cost"], ["Total", "Total", "Cost"]);
    let pairs = align(4, 3, |l, r| usize::from(left[l] == right[r]));
    let paired = pairs.iter().filter(|(l, r)| l.is_some() && r.is_some()).count();
    assert_eq!((paired, pairs.len()), (3, 4));
}
