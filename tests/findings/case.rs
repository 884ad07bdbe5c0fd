//! Parses a case of the gallery: its changes to the sound release, and the command that it runs.

use std::{fs, path::Path};

pub struct Case {
    /// The folder of the sound release that it changes.
    pub base: String,
    /// The program's arguments.
    pub args: Vec<String>,
    changes: Vec<Change>,
    /// Files of the output (from the release's folder), and the text that the lines to print of them hold.
    output_lines: Vec<(String, String)>,
}

/// A change to one file or folder of the release.
enum Change {
    /// Lines of the file and what replaces them; without a line to replace, the new ones are appended.
    Patch {
        path: String,
        edits: Vec<(Option<String>, Vec<String>)>,
    },
    Link {
        path: String,
        target: String,
    },
    Folder {
        path: String,
    },
    File {
        path: String,
    },
    Remove {
        path: String,
    },
}

impl Case {
    pub fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap();
        let mut case =
            Self { base: "base".into(), args: vec!["build".into()], changes: Vec::new(), output_lines: Vec::new() };
        for line in text.lines() {
            let (keyword, rest) = line.split_once(' ').unwrap_or((line, ""));
            let (word, other) = rest.split_once(' ').unwrap_or((rest, ""));
            let (path, owned) = (word.to_owned(), other.to_owned());
            match keyword {
                "#" | "" => {}
                "base" => case.base = rest.to_owned(),
                "$" => case.args = rest.split(' ').map(str::to_owned).collect(),
                "=" => case.changes.push(Change::Patch { path, edits: vec![(None, Vec::new())] }),
                "-" => case.edits().push((Some(rest.to_owned()), Vec::new())),
                "+" => case.edits().last_mut().unwrap().1.push(rest.to_owned()),
                "link" => case.changes.push(Change::Link { path, target: owned }),
                "folder" => case.changes.push(Change::Folder { path }),
                "file" => case.changes.push(Change::File { path }),
                "remove" => case.changes.push(Change::Remove { path }),
                "show" => case.output_lines.push((path, owned)),
                _ => panic!("{}: `{line}` is not a line of a case", path),
            }
        }
        case
    }

    fn edits(&mut self) -> &mut Vec<(Option<String>, Vec<String>)> {
        match self.changes.last_mut() {
            Some(Change::Patch { edits, .. }) => edits,
            _ => panic!("a `+` or `-` needs a `= file` before it"),
        }
    }

    /// Writes the changed release to `root/content/acme`.
    pub fn write_project(&self, base: &Path, root: &Path) {
        if root.exists() {
            fs::remove_dir_all(root).unwrap();
        }
        let home = root.join("content/acme");
        copy(base, &home);
        for change in &self.changes {
            change.apply(&home);
        }
    }

    /// Appends the lines of the output that the case is about.
    pub fn append_output_lines(&self, root: &Path, printed: &mut String) {
        for (path, wanted) in &self.output_lines {
            let text = fs::read_to_string(root.join("output/acme").join(path)).unwrap();
            printed.push_str(&format!("\n{path}\n"));
            text.lines().filter(|line| line.contains(wanted)).for_each(|line| printed.push_str(&format!("{line}\n")));
        }
    }
}

impl Change {
    fn apply(&self, home: &Path) {
        match self {
            Self::Patch { path, edits } => patch(&home.join(path), edits),
            Self::Link { path, target } => {
                let at = home.join(path);
                fs::remove_file(&at).ok();
                std::os::unix::fs::symlink(target, at).unwrap();
            }
            Self::Folder { path } => {
                let at = home.join(path);
                fs::remove_file(&at).ok();
                fs::create_dir_all(at).unwrap();
            }
            Self::File { path } => fs::write(home.join(path), "").unwrap(),
            Self::Remove { path } => fs::remove_file(home.join(path)).unwrap(),
        }
    }
}

fn patch(path: &Path, edits: &[(Option<String>, Vec<String>)]) {
    let mut lines: Vec<String> = fs::read_to_string(path).unwrap_or_default().lines().map(str::to_owned).collect();
    for (old, new) in edits {
        let new = new.iter().cloned();
        match old {
            None => lines.extend(new),
            Some(old) => {
                let at = lines.iter().position(|line| line.trim() == old.trim());
                let at = at.unwrap_or_else(|| panic!("{}: there is no line `{old}`", path.display()));
                lines.splice(at..=at, new);
            }
        }
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, unescape(&(lines.join("\n") + "\n"))).unwrap();
}

/// The text as bytes, each `\xHH` as the byte that it names.
fn unescape(text: &str) -> Vec<u8> {
    let mut pieces = text.split("\\x");
    let mut bytes = pieces.next().unwrap_or_default().as_bytes().to_vec();
    for piece in pieces {
        bytes.push(u8::from_str_radix(&piece[..2], 16).unwrap());
        bytes.extend(piece[2..].bytes());
    }
    bytes
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() { copy(&entry.path(), &target) } else { _ = fs::copy(entry.path(), target).unwrap() }
    }
}
