//! A case of the gallery: what it changes in the sound release, and what is run.

use std::{fs, path::Path};

pub struct Case {
    /// The program's arguments.
    pub args: Vec<String>,
    changes: Vec<Change>,
    /// Files of the output (from the release's folder) and the text of the lines to show of them.
    shows: Vec<(String, String)>,
}

/// What becomes of one file of the release.
enum Change {
    /// Lines of the file and what stands in their place; lines without any are added at its end.
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
        let mut case = Self { args: vec!["build".into()], changes: Vec::new(), shows: Vec::new() };
        for line in text.lines() {
            let (mark, rest) = line.split_once(' ').unwrap_or((line, ""));
            let (word, other) = rest.split_once(' ').unwrap_or((rest, ""));
            let (path, owned) = (word.to_owned(), other.to_owned());
            match mark {
                "#" | "" => {}
                "$" => case.args = rest.split(' ').map(str::to_owned).collect(),
                "=" => case.changes.push(Change::Patch { path, edits: vec![(None, Vec::new())] }),
                "-" => case.edits().push((Some(rest.to_owned()), Vec::new())),
                "+" => case.edits().last_mut().unwrap().1.push(rest.to_owned()),
                "link" => case.changes.push(Change::Link { path, target: owned }),
                "folder" => case.changes.push(Change::Folder { path }),
                "file" => case.changes.push(Change::File { path }),
                "remove" => case.changes.push(Change::Remove { path }),
                "show" => case.shows.push((path, owned)),
                _ => panic!("{}: `{line}` is no line of a case", path),
            }
        }
        case
    }

    fn edits(&mut self) -> &mut Vec<(Option<String>, Vec<String>)> {
        match self.changes.last_mut() {
            Some(Change::Patch { edits, .. }) => edits,
            _ => panic!("a `+` or `-` comes after `= file`"),
        }
    }

    /// Lays the changed release out as `root/content/acme`.
    pub fn lay_out(&self, base: &Path, root: &Path) {
        if root.exists() {
            fs::remove_dir_all(root).unwrap();
        }
        let home = root.join("content/acme");
        copy(base, &home);
        for change in &self.changes {
            change.make(&home);
        }
    }

    /// Adds the lines of the output that the case is about.
    pub fn show(&self, root: &Path, said: &mut String) {
        for (path, wanted) in &self.shows {
            let text = fs::read_to_string(root.join("output/acme").join(path)).unwrap();
            said.push_str(&format!("\n{path}\n"));
            text.lines().filter(|line| line.contains(wanted)).for_each(|line| said.push_str(&format!("{line}\n")));
        }
    }
}

impl Change {
    fn make(&self, home: &Path) {
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
    fs::write(path, bytes(&(lines.join("\n") + "\n"))).unwrap();
}

/// The text with each `\xHH` turned into that byte.
fn bytes(text: &str) -> Vec<u8> {
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
