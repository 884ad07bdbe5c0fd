//! Names of sheets, derived from table ids and valid in spreadsheet programs.

/// The longest name, in UTF-16 units.
const MAX_NAME: usize = 31;
/// A name that spreadsheet programs reserve.
const RESERVED: &str = "history";

/// The names of the contents sheet and of the table sheets; unique regardless of case.
pub(super) fn sheet_names<'a>(contents: &'a str, tables: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for wanted in std::iter::once(contents).chain(tables) {
        let wanted = sanitize(wanted);
        let is_taken = |name: &str| {
            let name = name.to_lowercase();
            name == RESERVED || names.iter().any(|other| other.to_lowercase() == name)
        };
        let numbered = (2..).map(|number: usize| truncate(&wanted, &format!("_{number}")));
        let name = std::iter::once(truncate(&wanted, "")).chain(numbered).find(|name| !is_taken(name));
        names.push(name.unwrap_or_default());
    }
    names
}

/// Removes the characters that a sheet name cannot contain; never empty.
fn sanitize(name: &str) -> String {
    let is_allowed = |letter: &char| !letter.is_control() && !"[]:*?/\\\u{fffe}\u{ffff}".contains(*letter);
    let kept: String = name.chars().filter(is_allowed).collect();
    let kept = kept.trim_matches(['\'', ' ']);
    if kept.is_empty() { String::from("_") } else { kept.to_owned() }
}

/// Truncates the name so that `ending` fits after it.
fn truncate(name: &str, ending: &str) -> String {
    let mut room = MAX_NAME - ending.len();
    let fits = |letter: &char| {
        let length = letter.len_utf16();
        let fits = length <= room;
        room = if fits { room - length } else { 0 };
        fits
    };
    let kept: String = name.chars().take_while(fits).collect();
    format!("{}{ending}", kept.trim_end_matches(['\'', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheet_names_are_valid_and_unique() {
        let long = "a_table_with_a_name_of_more_than_31_letters";
        let names =
            sheet_names("Contents", ["income", "contents", "Income", long, long, "a/b:c", "'", "history"].into_iter());
        let expected = [
            "Contents",
            "income",
            "contents_2",
            "Income_2",
            "a_table_with_a_name_of_more_tha",
            "a_table_with_a_name_of_more_t_2",
            "abc",
            "_",
            "history_2",
        ];
        assert_eq!(names, expected);
        assert_eq!(truncate(&"決算😀".repeat(10), "").encode_utf16().count(), 30);
    }
}
