//! Writes decimals in plain digits.

use super::Decimal;

/// A decimal as its `to_string` writes it, `-2.50`: that goes through a formatter, which most of the numbers of a release would pay for.
pub fn plain_digits(number: Decimal) -> String {
    let mantissa = number.mantissa().unsigned_abs();
    let digits = u64::try_from(mantissa).map_or_else(|_| mantissa.to_string(), |small| small.to_string());
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
