//! A project folder for one test, and the program run in it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// A project folder for one test.
pub struct Folder(pub PathBuf);

/// The result of running the program.
pub struct RunResult {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Folder {
    /// An empty folder.
    pub fn new(test: &str) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(env!("CARGO_CRATE_NAME")).join(test);
        if root.exists() {
            fs::remove_dir_all(&root).unwrap();
        }
        fs::create_dir_all(&root).unwrap();
        Self(root)
    }

    /// A folder with starter releases.
    pub fn with(test: &str, slugs: &[&str]) -> Self {
        let folder = Self::new(test);
        for slug in slugs {
            assert_eq!(folder.run(&["new", slug]).code, Some(0));
        }
        folder
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kessan"));
        command.args(args).current_dir(&self.0).env_remove("NO_COLOR");
        command
    }

    pub fn run(&self, args: &[&str]) -> RunResult {
        let Output { status, stdout, stderr } = self.command(args).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        RunResult { code: status.code(), stdout: text(stdout), stderr: text(stderr) }
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn append(&self, path: &str, text: &str) {
        self.write(path, self.read(path) + text);
    }

    /// The names in a folder, sorted.
    pub fn names(&self, path: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(path)).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// The first file of a release's narrative.
    pub fn first_page(&self, slug: &str) -> String {
        let names = self.names(&format!("content/{slug}"));
        let name = names.iter().find(|name| name.ends_with(".md")).unwrap();
        format!("content/{slug}/{name}")
    }

    /// Makes a release that loads, with a finding at error level.
    pub fn break_figure(&self, slug: &str) {
        self.append(&self.first_page(slug), "\nIt made {{ \"no.such\" | amount }}.\n");
    }
}
