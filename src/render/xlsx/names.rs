//! Names of sheets: those of the tables, as far as a spreadsheet program takes them.

/// The longest name, in UTF-16 units.
const MAX_NAME: usize = 31;
/// A name that a spreadsheet program keeps for itself.
const RESERVED: &str = "history";

/// The names of the sheet of contents and of those of tables; no two are the same, whatever their case.
pub(super) fn sheets<'a>(contents: &'a str, tables: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for wanted in std::iter::once(contents).chain(tables) {
        let wanted = allowed(wanted);
        let is_taken = |name: &str| {
            let name = name.to_lowercase();
            name == RESERVED || names.iter().any(|other| other.to_lowercase() == name)
        };
        let numbered = (2..).map(|number: usize| cut(&wanted, &format!("_{number}")));
        let name = std::iter::once(cut(&wanted, "")).chain(numbered).find(|name| !is_taken(name));
        names.push(name.unwrap_or_default());
    }
    names
}

/// The name without characters that no sheet may have in it; never empty.
fn allowed(name: &str) -> String {
    let is_allowed = |letter: &char| !letter.is_control() && !"[]:*?/\\\u{fffe}\u{ffff}".contains(*letter);
    let kept: String = name.chars().filter(is_allowed).collect();
    let kept = kept.trim_matches(['\'', ' ']);
    if kept.is_empty() { String::from("_") } else { kept.to_owned() }
}

/// As much of the name as leaves room for its ending.
fn cut(name: &str, ending: &str) -> String {
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
    fn every_sheet_has_a_name_of_its_own_that_it_may_have() {
        let long = "a_table_with_a_name_of_more_than_31_letters";
        let names =
            sheets("Contents", ["income", "contents", "Income", long, long, "a/b:c", "'", "history"].into_iter());
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
        assert_eq!(cut(&"決算😀".repeat(10), "").encode_utf16().count(), 30);
    }
}
