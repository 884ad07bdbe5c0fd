//! Writes decimals in plain digits.

use super::Decimal;

/// A decimal as its `to_string` writes it, `-2.50`: that goes through a formatter, which most of the numbers of a release would pay for.
pub fn plain_digits(number: Decimal) -> String {
    let mut buffer = [b'0'; MAX_DIGITS];
    let digits = write_digits(number.mantissa().unsigned_abs(), &mut buffer);
    let decimals = usize::try_from(number.scale()).unwrap_or_default();
    let mut text = String::with_capacity(digits.len().max(decimals) + 3);
    if number.is_sign_negative() {
        text.push('-');
    }
    let (whole, fraction) = digits.split_at(digits.len().saturating_sub(decimals));
    text.push_str(if whole.is_empty() { "0" } else { whole });
    if decimals > 0 {
        text.push('.');
        (fraction.len()..decimals).for_each(|_| text.push('0'));
        text.push_str(fraction);
    }
    text
}

/// The digits of the largest mantissa.
const MAX_DIGITS: usize = 29;

/// Writes a number at the end of a buffer, and gives what was written.
fn write_digits(number: u128, buffer: &mut [u8; MAX_DIGITS]) -> &str {
    let mut first = MAX_DIGITS - 1;
    let mut rest = number;
    while rest > u128::from(u64::MAX) {
        buffer[first] += (rest % 10) as u8;
        rest /= 10;
        first -= 1;
    }
    // Most fit into what the processor divides at once.
    let mut rest = rest as u64;
    buffer[first] += (rest % 10) as u8;
    while rest > 9 {
        rest /= 10;
        first -= 1;
        buffer[first] += (rest % 10) as u8;
    }
    std::str::from_utf8(&buffer[first..]).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_written_as_by_their_formatter() {
        for text in
            ["0", "-0", "0.00", "-0.05", "7", "-7.25", "0.001", "10.0", "68006380", "-79228162514264337593543950335"]
        {
            let number: Decimal = text.parse().expect("a decimal");
            assert_eq!(plain_digits(number), number.to_string());
            assert_eq!(plain_digits(-number), (-number).to_string());
        }
        for scale in 0..=28 {
            let number = Decimal::from_i128_with_scale(-1_234_567_890_123_456_789_012_345_678, scale);
            assert_eq!(plain_digits(number), number.to_string());
        }
    }
}
