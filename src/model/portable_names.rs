//! File names that mean the same, or nothing, on other systems: outputs are built on one and published or read on another.

use unicode_normalization::UnicodeNormalization;

/// Names of devices, which Windows keeps for itself with any extension.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];
/// Names of devices with a number from 1 to 9.
const NUMBERED: [&str; 2] = ["com", "lpt"];

/// The name as file systems compare it that ignore case and the encoding of accents.
pub fn without_case(name: &str) -> String {
    // By way of capitals, since letters such as the final sigma have two small forms.
    name.nfc().collect::<String>().to_uppercase().to_lowercase()
}

/// On which systems two paths with the same [`without_case`] are the same file; none if they are equal on all.
pub fn not_kept_apart(one: &str, other: &str) -> Option<&'static str> {
    if one == other {
        None
    } else if one.nfc().eq(other.nfc()) {
        Some("on systems that ignore the encoding of accents")
    } else {
        Some("on systems that ignore case")
    }
}

/// Why a part of a path cannot be a file's or folder's name on every system; none if it can.
pub fn not_portable(name: &str) -> Option<&'static str> {
    let stem = name.split('.').next().unwrap_or(name).trim_end();
    let stem = without_case(stem);
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
            assert_eq!(without_case(one), without_case(other), "{one} {other}");
        }
        assert_ne!(without_case("été"), without_case("ete"));
    }

    #[test]
    fn names_of_devices_are_not_portable() {
        for name in ["con", "CON.html", "nul.tar.gz", "Com1", "lpt9.css", "aux ", "a.", "a ", "a:b", "a\nb"] {
            assert!(not_portable(name).is_some(), "{name}");
        }
        for name in ["console.html", "com", "com10", "lpt0", "a.con", ".htaccess", "決算.html", "a b"] {
            assert!(not_portable(name).is_none(), "{name}");
        }
    }
}
