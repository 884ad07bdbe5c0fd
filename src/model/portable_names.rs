//! Checks for file names that collide or are invalid on other systems, because outputs are built on one and published
//! on another.

use unicode_normalization::UnicodeNormalization;

/// Device names that Windows reserves, with any extension.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];
/// Device names with a number from 1 to 9.
const NUMBERED: [&str; 2] = ["com", "lpt"];

/// The name as compared by file systems that ignore case and the encoding of accents.
pub fn fold_name(name: &str) -> String {
    // Convert to upper case first: letters such as the final sigma have two lower-case forms.
    name.nfc().collect::<String>().to_uppercase().to_lowercase()
}

/// On which systems two paths with the same [`fold_name`] are the same file; `None` if they are equal.
pub fn collision_reason(one: &str, other: &str) -> Option<&'static str> {
    if one == other {
        None
    } else if one.nfc().eq(other.nfc()) {
        Some("on systems that ignore the encoding of accents")
    } else {
        Some("on systems that ignore case")
    }
}

/// Why a path component is not a valid file or folder name on every system; `None` if it is valid.
pub fn portability_problem(name: &str) -> Option<&'static str> {
    let stem = name.split('.').next().unwrap_or(name).trim_end();
    let stem = fold_name(stem);
    let is_numbered = |device: &str| {
        let number = stem.strip_prefix(device).and_then(|rest| rest.parse::<u8>().ok());
        stem.len() == device.len() + 1 && number.is_some_and(|number| number > 0)
    };
    if DEVICES.contains(&stem.as_str()) || NUMBERED.iter().any(|device| is_numbered(device)) {
        Some("Windows keeps this name for a device")
    } else if name.ends_with(['.', ' ']) {
        Some("Windows drops the dot or space at its end")
    } else if name.contains(|c: char| c.is_control() || "\\:*?\"<>|".contains(c)) {
        Some("it has a character that not every system takes")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_meet_whatever_their_case_and_encoding() {
        for (one, other) in [("Results", "results"), ("ÉTÉ", "e\u{301}te\u{301}"), ("ΟΔΟΣ", "οδοσ"), ("a", "a")]
        {
            assert_eq!(fold_name(one), fold_name(other), "{one} {other}");
        }
        assert_ne!(fold_name("été"), fold_name("ete"));
    }

    #[test]
    fn names_of_devices_are_not_portable() {
        for name in ["con", "CON.html", "nul.tar.gz", "Com1", "lpt9.css", "aux ", "a.", "a ", "a:b", "a\nb"] {
            assert!(portability_problem(name).is_some(), "{name}");
        }
        for name in ["console.html", "com", "com10", "lpt0", "a.con", ".htaccess", "決算.html", "a b"] {
            assert!(portability_problem(name).is_none(), "{name}");
        }
    }
}
