//! Texts of the narrative as they are written, without their figures.

/// A text with each call replaced by `{}`, and each stretch of white space by one space.
pub fn without_figures(source: &str) -> String {
    let mut text = String::new();
    let mut rest = source;
    while let Some((before, after)) = rest.split_once("{{") {
        text.push_str(before);
        text.push_str("{}");
        rest = after.split_once("}}").map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::without_figures;

    #[test]
    fn figures_and_line_breaks_do_not_count() {
        assert_eq!(without_figures("Sales were\n{{ \"is.sales\" | amount }}, up."), "Sales were {}, up.");
        assert_eq!(without_figures("{{ \"open\""), "{}");
    }
}
