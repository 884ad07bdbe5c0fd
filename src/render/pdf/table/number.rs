//! Splits figures at the last digit, so that digits align and closing characters hang to the right.

/// Splits a figure after its last digit, if only closing characters follow: `(2.5` and `%)`. Other texts are not split.
pub fn split_overhang(text: &str) -> (&str, &str) {
    let core = text.trim_end_matches([')', '%', '）', '％', ']', '†', '*']);
    if core.ends_with(|c: char| c.is_ascii_digit()) { (core, &text[core.len()..]) } else { (text, "") }
}

#[cfg(test)]
mod tests {
    use super::split_overhang;

    #[test]
    fn closing_marks_hang_outside_the_digits() {
        assert_eq!(split_overhang("(18,549,142)"), ("(18,549,142", ")"));
        assert_eq!(split_overhang("(2.5%)"), ("(2.5", "%)"));
        assert_eq!(split_overhang("120.9%"), ("120.9", "%"));
        assert_eq!(split_overhang("68,006"), ("68,006", ""));
    }

    #[test]
    fn marks_and_units_are_whole() {
        assert_eq!(split_overhang("-"), ("-", ""));
        assert_eq!(split_overhang("n.m."), ("n.m.", ""));
        assert_eq!(split_overhang("650.4 Gbps"), ("650.4 Gbps", ""));
        assert_eq!(split_overhang("(a)"), ("(a)", ""));
    }
}
