//! The decision against hand-made cases, a grid of unrounded values, and elimination after Fourier and Motzkin.

mod elimination;
mod made;

use std::collections::BTreeSet;

use elimination::eliminates;
use made::{Made, Random};

use super::{rational::Point, tableau::Tableau, *};
use crate::model::{Decimal, RoundingMode};

fn around(value: i64, mode: RoundingMode) -> Interval {
    Interval::around(Decimal::from(value), Decimal::ONE, mode).expect("small numbers")
}

fn problem(values: &[i64], mode: RoundingMode, relations: &[&[(usize, i64)]]) -> Problem {
    Problem {
        amounts: values.iter().map(|&value| around(value, mode)).collect(),
        relations: relations.iter().map(|terms| terms.to_vec()).collect(),
    }
}

/// The first answer that is not [`Answer::Possible`].
fn answer(problem: &Problem) -> Answer {
    decide(problem).into_iter().next().unwrap_or(Answer::Possible)
}

fn conflict(relations: &[usize]) -> Answer {
    Answer::Impossible { conflict: relations.to_vec() }
}

// A, B, C, D, T = A + B, U = A + C, V = B + D.
const THREE_SUMS: [Sum; 3] = [&[(4, -1), (0, 1), (1, 1)], &[(5, -1), (0, 1), (2, 1)], &[(6, -1), (1, 1), (3, 1)]];

#[test]
fn relations_possible_each_alone_can_be_impossible_together() {
    let values = [1, 1, 1, 1, 3, 1, 1];
    assert_eq!(answer(&problem(&values, RoundingMode::HalfUp, &THREE_SUMS)), conflict(&[0, 1, 2]));
    for left_out in 0..3 {
        let others: Vec<_> = (0..3).filter(|&other| other != left_out).map(|other| THREE_SUMS[other]).collect();
        assert_eq!(answer(&problem(&values, RoundingMode::HalfUp, &others)), Answer::Possible);
    }
    // At U = 2 there is one solution left, with every amount at an end of its interval.
    assert_eq!(answer(&problem(&[1, 1, 1, 1, 3, 2, 1], RoundingMode::HalfUp, &THREE_SUMS)), Answer::Possible);
}

#[test]
fn only_relations_that_are_needed_for_a_conflict_are_named() {
    let mut problem = problem(&[1, 1, 1, 1, 3, 1, 1, 2, 9], RoundingMode::HalfUp, &THREE_SUMS);
    problem.relations.insert(1, vec![(7, -1), (0, 1), (1, 1)]);
    assert_eq!(answer(&problem), conflict(&[0, 2, 3]));
    // One that cannot hold by itself is named before any that cannot hold together.
    problem.relations.push(vec![(8, -1), (0, 1), (1, 1)]);
    assert_eq!(answer(&problem), conflict(&[4]));
}

#[test]
fn ends_that_are_left_out_are_not_reached() {
    let weights: &[&[(usize, i64)]] = &[&[(0, -1), (1, 1), (2, -1)]];
    assert_eq!(answer(&problem(&[-4, 1, 4], RoundingMode::Truncate, weights)), conflict(&[0]));
    assert_eq!(answer(&problem(&[-3, 1, 4], RoundingMode::Truncate, weights)), Answer::Possible);
    let sum: &[&[(usize, i64)]] = &[&[(0, -1), (1, 1), (2, 1)]];
    assert_eq!(answer(&problem(&[3, 1, 1], RoundingMode::Truncate, sum)), Answer::Possible);
    assert_eq!(answer(&problem(&[4, 1, 1], RoundingMode::Truncate, sum)), conflict(&[0]));
    assert_eq!(answer(&problem(&[3, 1, 1], RoundingMode::HalfUp, sum)), Answer::Possible);
    assert_eq!(answer(&problem(&[4, 1, 1], RoundingMode::HalfUp, sum)), conflict(&[0]));
}

#[test]
fn odd_input_has_an_answer() {
    let decided = |amounts: &[Interval], relations: &[&[(usize, i64)]]| {
        answer(&Problem {
            amounts: amounts.to_vec(),
            relations: relations.iter().map(|terms| terms.to_vec()).collect(),
        })
    };
    let one = Interval::exactly(Decimal::ONE);
    assert_eq!(decided(&[], &[]), Answer::Possible);
    assert_eq!(decided(&[one], &[&[], &[(0, 0)], &[(0, 1), (0, -1)]]), Answer::Possible);
    assert_eq!(decided(&[one], &[&[(0, i64::MAX), (0, i64::MAX)]]), conflict(&[0]));
    assert_eq!(decided(&[one], &[&[(0, i64::MIN), (usize::MAX, 3)]]), Answer::Possible);
    assert_eq!(decided(&[one], &[&[(0, 1), (7, 3)], &[(0, 1), (7, 2)]]), conflict(&[0, 1]));
    let hollow = Interval { low: Endpoint { at: Decimal::ONE, open: true }, ..one };
    assert_eq!(decided(&[hollow], &[]), conflict(&[]));
    let wide =
        Interval { low: Endpoint { at: Decimal::MIN, open: true }, high: Endpoint { at: Decimal::MAX, open: true } };
    let fine = Interval::exactly(Decimal::new(1, 28));
    assert_eq!(decided(&[wide, wide, fine], &[&[(0, 1), (1, -1), (2, -1)]]), Answer::Possible);
    assert_eq!(decided(&[wide, Interval::exactly(Decimal::MAX)], &[&[(0, 1), (1, -1)]]), conflict(&[0]));
}

type Sum = &'static [(usize, i64)];

/// Small systems: the number of amounts that are free, and the others as sums of earlier ones.
const SYSTEMS: [(usize, &[Sum]); 7] = [
    (2, &[&[(0, 1), (1, 1)]]),
    (3, &[&[(0, 1), (1, -1), (2, 1)]]),
    (2, &[&[(0, 1), (1, 1)], &[(0, 1), (1, -1)]]),
    (2, &[&[(0, 1), (1, 1)], &[(2, 1), (0, 1)]]),
    (3, &[&[(0, 1), (1, 1)], &[(1, 1), (2, 1)]]),
    (2, &[&[(0, 1), (1, 1)], &[(0, 1), (1, -1)], &[(2, 1), (3, 1)]]),
    (2, &[&[(0, 2), (1, -1)], &[(0, 1), (1, 3)], &[(2, 1), (3, -2)]]),
];

/// Every displayed combination of small values is decided as the elimination does, and as possible when some unrounded
/// values, in eighths, display so.
#[test]
fn small_systems_agree_with_brute_force() {
    for (free, sums) in SYSTEMS {
        let count = free + sums.len();
        let relations =
            sums.iter().enumerate().map(|(index, sum)| [&[(free + index, -1)], *sum].concat()).collect::<Vec<_>>();
        for mode in [RoundingMode::HalfUp, RoundingMode::Truncate] {
            let grid = shown_on_grid(free, sums, mode);
            for values in combinations(count, if count == 5 { -1..=2 } else { -2..=2 }) {
                let amounts = values.iter().map(|&value| around(value, mode)).collect();
                let problem = Problem { amounts, relations: relations.clone() };
                let is_possible = verify(&problem) == 0;
                assert!(is_possible || !grid.contains(&values), "{mode:?} {values:?} {relations:?}");
            }
        }
    }
}

#[test]
fn random_systems_agree_with_elimination() {
    let mut random = Random(5);
    // Of each kind: possible, impossible by one relation alone, impossible by several.
    let mut seen = [0; 3];
    for _ in 0..2000 {
        let count = 3 + random.below(3);
        let amounts = (0..count).map(|_| {
            let value = Decimal::from(random.below(4)) - Decimal::ONE;
            let mode = [RoundingMode::HalfUp, RoundingMode::Truncate][random.below(2)];
            let unit = [0, 1, 2, 2][random.below(4)];
            if unit == 0 {
                Interval::exactly(value)
            } else {
                Interval::around(value, unit.into(), mode).expect("small")
            }
        });
        let amounts = amounts.collect();
        let relations = (0..1 + random.below(4)).map(|_| {
            (0..2 + random.below(3)).map(|_| (random.below(count), [-2, -1, -1, 1, 1, 2][random.below(6)])).collect()
        });
        let problem = Problem { amounts, relations: relations.collect() };
        seen[verify(&problem).min(2)] += 1;
    }
    assert!(seen.iter().all(|&count| count > 100), "{seen:?}");
}

#[test]
fn large_systems_come_to_an_end() {
    let mut random = Random(3);
    for mode in [RoundingMode::HalfUp, RoundingMode::Truncate] {
        for made in [Made::chain(300, &mut random), Made::tree(600, &mut random), Made::grid(12, 9, &mut random)] {
            let mut problem = made.shown(mode);
            assert_eq!(answer(&problem), Answer::Possible);
            assert!(holds_as_settled(&problem));
            let last = made.relations.len() - 1;
            let (total, _) = made.relations[last][0];
            problem.amounts[total] = around(made.exact[total] / 1000 + 10_000, mode);
            let Answer::Impossible { conflict } = answer(&problem) else {
                panic!("ten thousand cannot be rounded away")
            };
            assert!(!conflict.is_empty());
        }
    }
}

#[test]
fn dense_sums_are_decided_within_the_limit() {
    let mut random = Random(11);
    for mode in [RoundingMode::HalfUp, RoundingMode::Truncate] {
        let made = Made::dense(60, &mut random);
        let mut problem = made.shown(mode);
        assert_eq!(answer(&problem), Answer::Possible);
        // Totals that each could be so far off, but not all of them together.
        for terms in &made.relations {
            let off = i64::try_from(terms.len() / 4).expect("small");
            let shown = mode.round(Decimal::new(made.exact[terms[0].0], 3), 0);
            let moved = shown + Decimal::from(if random.below(2) == 0 { off } else { -off });
            problem.amounts[terms[0].0] = Interval::around(moved, Decimal::ONE, mode).expect("small numbers");
        }
        let Answer::Impossible { conflict } = answer(&problem) else { panic!("not all of them together") };
        assert!(conflict.len() < 60, "{conflict:?}");
    }
}

#[test]
fn a_decision_that_takes_too_much_work_is_reported() {
    let problem = Made::dense(10, &mut Random(5)).shown(RoundingMode::HalfUp);
    let group: Vec<_> = (0..10).collect();
    let decide = |steps| decide_group(&problem, group.clone(), (Work::of(steps), Work::of(steps)));
    assert_eq!(decide(10), Answer::Undecided { relations: group.clone() });
    assert_eq!(decide(EXACT_STEPS), Answer::Possible);
}

#[test]
fn relations_without_a_common_amount_are_decided_apart() {
    let values = [1, 1, 9, 1, 1, 7, 1, 1, 2];
    let sums: [Sum; 3] = [&[(2, -1), (0, 1), (1, 1)], &[(5, -1), (3, 1), (4, 1)], &[(8, -1), (6, 1), (7, 1)]];
    assert_eq!(decide(&problem(&values, RoundingMode::HalfUp, &sums)), [conflict(&[0]), conflict(&[1])]);
}

/// Two chains over the same movements, whose ends want them greater and smaller: every link is part of the conflict.
#[test]
fn a_conflict_can_run_through_all_relations() {
    let length = 25;
    let mut made = Made::default();
    let movements: Vec<_> = (0..length).map(|_| made.amount(2000)).collect();
    for residual in [1000, -1000] {
        let mut opening = made.amount(100_000);
        for (link, &movement) in movements.iter().enumerate() {
            let off = if link == 0 || link == length - 1 { residual } else { 0 };
            let closing = made.amount(made.exact[opening] + made.exact[movement] + off);
            made.relations.push(vec![(closing, -1), (opening, 1), (movement, 1)]);
            opening = closing;
        }
    }
    let problem = made.shown(RoundingMode::HalfUp);
    let Answer::Impossible { conflict } = answer(&problem) else { panic!("+1 and −1 at the least") };
    assert!(conflict.len() > length, "{conflict:?}");
    for left_out in &conflict {
        let others = conflict.iter().filter(|other| *other != left_out);
        let relations = others.map(|&relation| problem.relations[relation].clone()).collect();
        assert_eq!(answer(&Problem { relations, ..problem.clone() }), Answer::Possible);
    }
}

/// Compares the decision with the elimination's, and its witness or conflict with what it must be; returns how many
/// relations are in conflict.
fn verify(problem: &Problem) -> usize {
    let all: Vec<_> = (0..problem.relations.len()).collect();
    let Answer::Impossible { conflict } = answer(problem) else {
        assert!(eliminates(problem, &all), "possible: {problem:?}");
        assert!(holds_as_settled(problem), "{problem:?}");
        return 0;
    };
    assert!(conflict.is_sorted_by(|a, b| a < b), "{conflict:?}");
    assert!(!eliminates(problem, &conflict), "{conflict:?} in {problem:?}");
    for left_out in &conflict {
        let others: Vec<_> = conflict.iter().copied().filter(|other| other != left_out).collect();
        assert!(eliminates(problem, &others), "{conflict:?} without {left_out} in {problem:?}");
    }
    conflict.len()
}

/// Whether the values found keep all bounds and make all sums zero.
fn holds_as_settled(problem: &Problem) -> bool {
    let mut tableau = Tableau::of(problem, &(0..problem.relations.len()).collect());
    tableau.start_near_solution(&mut Work::of(FLOAT_STEPS));
    let is_settled = tableau.solve_exactly(&mut Work::of(EXACT_STEPS)) == Ok(None);
    let sums = tableau.sums.iter().map(|sum| {
        let mut total = Point::ZERO;
        sum.iter().for_each(|(amount, factor)| total.add(&tableau.variables[*amount].value.times(factor)));
        total
    });
    is_settled
        && sums.into_iter().all(|sum| sum == Point::ZERO)
        && tableau.variables.iter().all(|one| one.violated_bound().is_none())
}

/// All that can be displayed of free amounts in eighths, and of the sums made of them.
fn shown_on_grid(free: usize, sums: &[&[(usize, i64)]], mode: RoundingMode) -> BTreeSet<Vec<i64>> {
    let mut shown = BTreeSet::new();
    for mut exact in combinations(free, if free == 2 { -24..=24 } else { -10..=10 }) {
        for sum in sums {
            exact.push(sum.iter().map(|&(amount, factor)| exact[amount] * factor).sum());
        }
        let mut all = vec![Vec::new()];
        for &eighths in &exact {
            let ways: &[i64] = match mode {
                RoundingMode::Truncate => &[eighths / 8],
                // Halfway, either is right.
                _ if eighths.rem_euclid(8) == 4 => &[eighths.div_euclid(8), eighths.div_euclid(8) + 1],
                _ => &[(eighths + 4).div_euclid(8)],
            };
            all = ways.iter().flat_map(|&way| all.iter().map(move |known| [&known[..], &[way]].concat())).collect();
        }
        shown.extend(all);
    }
    shown
}

fn combinations(count: usize, values: std::ops::RangeInclusive<i64>) -> Vec<Vec<i64>> {
    let longer = |known: Vec<Vec<i64>>| {
        known.iter().flat_map(|known| values.clone().map(move |value| [&known[..], &[value]].concat())).collect()
    };
    (0..count).fold(vec![Vec::new()], |known, _| longer(known))
}
