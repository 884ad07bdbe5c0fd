//! Tests the adjustment search with the statements of a published release, translated at 93.40: it needs as many moves
//! as the release made.

use super::{
    Problem, solve,
    tests::{problem, residuals, rounded, spread},
};
use crate::model::Decimal;

/// A statement in thousands of its own currency, in the order printed; nil amounts, which cannot be moved, left out.
struct Statement {
    thousands: &'static [i64],
    /// Amounts counted from 1; negative numbers are deducted.
    columns: &'static [&'static [i64]],
    /// The number of figures that the release moved in its translation.
    moves: usize,
}

const BALANCE_SHEET: Statement = Statement {
    thousands: &[
        8_764_415,
        11_396_597,
        807_803,
        1_593_000,
        1_570_746,
        762_081,
        24_894_642,
        1_131_354,
        2_581_610,
        12_970_152,
        2_639_319,
        2_819_187,
        2_003_862,
        685_370,
        1_389_954,
        51_115_450,
        4_450_000,
        2_729_673,
        6_967_654,
        1_184_483,
        14_539,
        1_445_174,
        922_345,
        17_713_868,
        3_657_657,
        1_302_054,
        1_078_168,
        23_751_747,
        16_833_847,
        27_443_600,
        -16_720_092,
        168_769,
        -406_547,
        27_319_577,
        44_126,
        27_363_703,
        51_115_450,
    ],
    columns: &[
        &[1, 2, 3, 4, 5, 6, -7],
        &[7, 8, 9, 10, 11, 12, 13, 14, 15, -16],
        &[17, 18, 19, 20, 21, 22, 23, -24],
        &[24, 25, 26, 27, -28],
        &[29, 30, 31, 32, 33, -34],
        &[34, 35, -36],
        &[28, 36, -37],
    ],
    moves: 3,
};

const INCOME: Statement = Statement {
    thousands: &[
        13_847_116, 6_854_258, 16_271_256, 36_972_630, 11_353_598, 18_716_978, 30_070_576, 756_517, 206_657,
        68_006_380, 30_533_726, 21_903_699, 649_315, 963_862, 54_050_602, 5_405_075, 4_826_006, 313_112, 64_594_795,
        3_411_585, 28_691, -306_208, -395, 49_512, -342_796, 18_673, -552_523, 2_859_062, 1_132_093, 159_423,
        1_886_392, 347_746, 2_234_138,
    ],
    columns: &[
        &[1, 2, 3, -4],
        &[5, 6, -7],
        &[4, 7, 8, 9, -10],
        &[11, 12, 13, 14, -15],
        &[15, 16, 17, 18, -19],
        &[10, -19, -20],
        &[21, 22, 23, 24, 25, 26, -27],
        &[20, 27, -28],
        &[28, -29, 30, -31],
        &[31, 32, -33],
    ],
    moves: 3,
};

const EQUITY: Statement = Statement {
    thousands: &[
        25_242_919,
        -18_549_142,
        -320_711,
        16_833_847,
        -406_547,
        27_611_737,
        73_735,
        150_000,
        -168_137,
        318_137,
        1_886_392,
        1_886_392,
        2_234_138,
        -347_746,
        489_480,
        489_480,
        489_480,
        2_375_872,
        2_375_872,
        -405_088,
        -405_088,
        27_363_703,
        -16_720_092,
        168_769,
        16_833_847,
        -406_547,
        27_443_600,
        44_126,
    ],
    columns: &[
        &[2, 3, 4, 5, 6, 7, -1],
        &[9, 10, -8],
        &[13, 14, -11],
        &[17, -15],
        &[21, -20],
        &[23, 24, 25, 26, 27, 28, -22],
        &[11, 15, -18],
        &[12, 16, -19],
        &[1, 8, 11, 15, 20, -22],
        &[2, 13, 21, -23],
        &[3, 17, -24],
        &[4, -25],
        &[5, -26],
        &[6, 9, -27],
        &[7, 10, 14, -28],
    ],
    moves: 1,
};

const CASH_FLOWS: Statement = Statement {
    thousands: &[
        1_886_392,
        5_306_826,
        225_915,
        40_467,
        639_160,
        -49_512,
        342_796,
        15_116,
        -159_423,
        756_422,
        13_000,
        -1_179_388,
        485_711,
        808_845,
        95_819,
        392_948,
        9_621_094,
        -3_253_629,
        205_548,
        -73_236,
        -875_016,
        -22_834,
        123_880,
        78_250,
        -83_833,
        128_192,
        -55_020,
        39_959,
        -3_787_739,
        6_000_000,
        -11_100_000,
        -4_082_908,
        2_200_000,
        150_000,
        -405_088,
        -7_237_996,
        -18_668,
        -1_423_309,
        10_187_724,
        8_764_415,
    ],
    columns: &[
        &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, -17],
        &[18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, -29],
        &[30, 31, 32, 33, 34, 35, -36],
        &[17, 29, 36, 37, -38],
        &[39, 38, -40],
    ],
    moves: 4,
};

const QUARTERLY_INCOME: Statement = Statement {
    thousands: &[
        3_479_668, 1_720_371, 4_172_128, 9_372_167, 5_218_612, 4_686_575, 9_905_187, 317_807, 98_440, 19_693_601,
        7_655_368, 7_152_446, 269_369, 280_609, 15_357_792, 1_477_339, 1_381_928, 72_188, 18_289_247, 1_404_354,
        10_701, -65_036, 3_409, 28_872, -293_355, -13_089, -328_498, 1_075_856, 89_902, 32_259, 1_018_213, 82_632,
        1_100_845,
    ],
    columns: &[
        &[1, 2, 3, -4],
        &[5, 6, -7],
        &[4, 7, 8, 9, -10],
        &[11, 12, 13, 14, -15],
        &[15, 16, 17, 18, -19],
        &[10, -19, -20],
        &[21, 22, 23, 24, 25, 26, -27],
        &[20, 27, -28],
        &[28, -29, 30, -31],
        &[31, 32, -33],
    ],
    moves: 2,
};

const QUARTERLY_CASH_FLOWS: Statement = Statement {
    thousands: &[
        1_018_213, 1_372_362, -12_506, 13_393, 616_410, -28_872, 293_355, -1_097, -32_259, -34_059, 13_000, -2_836_491,
        1_123_824, 1_477_895, 209_397, 167_930, 3_360_495, -450_852, 27_278, -44_052, -625_000, 56_288, 21_426,
        -23_583, 63_442, -13_154, -1_498, -989_705, 250_000, -650_000, -1_424_846, -250_000, -2_074_846, 2_369,
        298_313, 8_466_102, 8_764_415,
    ],
    columns: &[
        &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, -17],
        &[18, 19, 20, 21, 22, 23, 24, 25, 26, 27, -28],
        &[29, 30, 31, 32, -33],
        &[17, 28, 33, 34, -35],
        &[36, 35, -37],
    ],
    moves: 3,
};

fn translated(statement: &Statement) -> Problem {
    let cells = statement.thousands.iter().map(|amount| rounded(Decimal::from(*amount) / Decimal::new(93_40, 2)));
    problem(cells.collect(), statement.columns)
}

/// The moves of a statement in which all cells except `held` may move.
fn moves(statement: &Statement, held: &[usize]) -> Vec<(usize, i8)> {
    let mut problem = translated(statement);
    for cell in held {
        problem.cells[*cell].movable = false;
    }
    let solution = solve(&problem);
    assert!(residuals(&problem, &spread(&problem, &solution)).iter().all(|residual| *residual == 0));
    assert_eq!((&solution.unmet[..], solution.proved), (&[][..], true));
    solution.moves
}

#[test]
fn as_many_moves_as_published() {
    for statement in [BALANCE_SHEET, INCOME, EQUITY, CASH_FLOWS, QUARTERLY_CASH_FLOWS] {
        assert_eq!(moves(&statement, &[]).len(), statement.moves);
    }
}

#[test]
fn a_figure_that_another_statement_prints_may_be_held() {
    // Moving net income alone would make both columns foot, but the cash flows begin with it, so the release moved two
    // other figures.
    assert_eq!(moves(&QUARTERLY_INCOME, &[]), [(30, -1)]);
    assert_eq!(moves(&QUARTERLY_INCOME, &[30]).len(), QUARTERLY_INCOME.moves);
}
