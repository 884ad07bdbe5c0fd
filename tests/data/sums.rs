//! Evaluates the formulas that the workbook may contain: references, `SUM` over a range, `+` and `-`.

/// What a formula gives, where `value` knows the cells by row and column from 0.
pub fn evaluate(formula: &str, value: &impl Fn(u32, u32) -> f64) -> f64 {
    let mut rest = formula.strip_prefix('=').unwrap_or(formula);
    let (mut total, mut sign) = (0.0, 1.0);
    if let Some(behind) = rest.strip_prefix('-') {
        (rest, sign) = (behind, -1.0);
    }
    loop {
        let end = rest.find(['+', '-']).unwrap_or(rest.len());
        total += sign * term(&rest[..end], value);
        let Some(operator) = rest[end..].chars().next() else { return total };
        sign = if operator == '-' { -1.0 } else { 1.0 };
        rest = &rest[end + 1..];
    }
}

fn term(term: &str, value: &impl Fn(u32, u32) -> f64) -> f64 {
    let Some(range) = term.strip_prefix("SUM(").and_then(|inner| inner.strip_suffix(')')) else {
        let (row, column) = place(term);
        return value(row, column);
    };
    let (from, to) = range.split_once(':').unwrap_or_else(|| panic!("{term}"));
    let ((top, left), (bottom, right)) = (place(from), place(to));
    (top..=bottom)
        .flat_map(|row| (left..=right).map(move |column| (row, column)))
        .map(|(row, column)| value(row, column))
        .sum()
}

/// `B3` as row 2, column 1.
pub fn place(name: &str) -> (u32, u32) {
    let letters = name.find(|letter: char| letter.is_ascii_digit()).unwrap_or_else(|| panic!("{name}"));
    let column = name[..letters].bytes().fold(0, |column, letter| column * 26 + u32::from(letter - b'A') + 1);
    (name[letters..].parse::<u32>().unwrap() - 1, column - 1)
}

#[test]
fn formulas_are_worked_out() {
    let value = |row: u32, column: u32| f64::from(row * 10 + column);
    assert_eq!(evaluate("=SUM(B3:B5)-B9", &value), 21.0 + 31.0 + 41.0 - 81.0);
    assert_eq!(evaluate("=-A1+SUM(A2:B2)", &value), 21.0);
    assert_eq!(place("AA10"), (9, 26));
}
