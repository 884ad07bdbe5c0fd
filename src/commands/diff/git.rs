//! Reads revisions by the program `git`: only commands that read, with arguments and no shell, and no more output than has a
//! limit.

use std::{
    io::{self, BufRead, Read, Write},
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
    thread,
};

use crate::diag::Diagnostic;

/// The most bytes of a list of files, and of all files together.
const MAX_LIST: u64 = 32 * 1024 * 1024;
const MAX_FILES: u64 = 512 * 1024 * 1024;

/// A repository, by a folder in it.
#[derive(Debug)]
pub struct Git<'a> {
    root: &'a Path,
}

/// A file of a revision: its path from the folder, and its object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreeFile {
    pub path: String,
    pub object: String,
}

impl<'a> Git<'a> {
    pub fn new(root: &'a Path) -> Self {
        Self { root }
    }

    /// The commit that a revision names. Errors: there is no git, no repository, or no such revision.
    pub fn commit(&self, revision: &str) -> Result<String, Diagnostic> {
        let named = format!("{revision}^{{commit}}");
        let found = self.output(&["rev-parse", "--verify", "--quiet", "--end-of-options", &named], 1024, revision)?;
        let commit = found.as_deref().map(String::from_utf8_lossy).map(|text| text.trim().to_owned());
        if let Some(commit) = commit.filter(|text| text.len() >= 40 && text.bytes().all(|c| c.is_ascii_hexdigit())) {
            return Ok(commit);
        }
        let message = format!("`{revision}` is no release, no file and no revision");
        let finding = Diagnostic::io("diff", message);
        Err(match self.output(&["rev-parse", "--git-dir"], 64 * 1024, revision)? {
            Some(_) => finding.note("releases are the folders under `content`; a built release is a file `.json`"),
            None => finding.note("the project's folder is in no git repository"),
        })
    }

    /// The files of a commit below some paths, which are from the folder on. Errors: git fails.
    pub fn files(&self, commit: &str, paths: &[String]) -> Result<Vec<TreeFile>, Diagnostic> {
        let mut arguments = vec!["ls-tree", "-r", "-z", commit, "--"];
        arguments.extend(paths.iter().map(String::as_str));
        let list = self.output(&arguments, MAX_LIST, commit)?.ok_or_else(|| failed("ls-tree"))?;
        let list = String::from_utf8_lossy(&list);
        // `<mode> blob <object>\t<path>`; links and submodules are no files of a dataset.
        let file = |entry: &str| {
            let (about, path) = entry.split_once('\t')?;
            let mut about = about.split(' ');
            let is_file = about.next().is_some_and(|mode| mode.starts_with("100")) && about.next() == Some("blob");
            Some(TreeFile { path: path.to_owned(), object: about.next().filter(|_| is_file)?.to_owned() })
        };
        Ok(list.split('\0').filter_map(file).collect())
    }

    /// Reads files one after the other. Errors: git fails, they are too large, or one cannot be taken.
    pub fn read(
        &self,
        files: &[TreeFile],
        take: impl FnMut(&TreeFile, &[u8]) -> Result<(), Diagnostic>,
    ) -> Result<(), Diagnostic> {
        let mut child = self.command(&["cat-file", "--batch"]).stdin(Stdio::piped()).spawn().map_err(no_git)?;
        let input = child.stdin.take();
        // Git may write before it has read all; so somebody else gives it the objects.
        let done = thread::scope(|scope| {
            scope.spawn(move || input.map(|input| ask(input, files)));
            let done = read_objects(&mut child, files, take);
            if done.is_err() {
                // It may wait for somebody who reads on.
                drop(child.kill());
            }
            done
        });
        drop(child.wait());
        done
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.arg("--no-pager").arg("-C").arg(self.root).args(arguments);
        // It changes nothing, asks nobody and fetches nothing.
        let settings = [("GIT_OPTIONAL_LOCKS", "0"), ("GIT_TERMINAL_PROMPT", "0"), ("GIT_NO_LAZY_FETCH", "1")];
        command.envs(settings).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        command
    }

    /// What a command prints; `None` if it fails. Errors: there is no git, or the output has no end.
    fn output(&self, arguments: &[&str], limit: u64, of: &str) -> Result<Option<Vec<u8>>, Diagnostic> {
        let mut child = self.command(arguments).spawn().map_err(|error| {
            let finding = no_git(error);
            finding.note(format!("`{of}` is no release and no file, so that it may be a revision"))
        })?;
        let mut bytes = Vec::new();
        let read = child.stdout.take().map(|out| out.take(limit + 1).read_to_end(&mut bytes)).transpose();
        if bytes.len() as u64 > limit {
            drop(child.kill());
            drop(child.wait());
            return Err(Diagnostic::io("diff", format!("git prints more than {limit} bytes for `{of}`")));
        }
        let status = child.wait().map_err(no_git)?;
        read.map_err(no_git)?;
        Ok(status.success().then_some(bytes))
    }
}

fn no_git(error: io::Error) -> Diagnostic {
    match error.kind() {
        io::ErrorKind::NotFound => Diagnostic::io("diff", "git is not installed, so no revision can be read"),
        _ => Diagnostic::io("diff", format!("git cannot be run: {error}")),
    }
}

fn failed(command: &str) -> Diagnostic {
    Diagnostic::io("diff", format!("`git {command}` failed"))
}

/// Names the objects. Git that ends early is noticed where its output is read.
fn ask(mut input: ChildStdin, files: &[TreeFile]) {
    for file in files {
        if writeln!(input, "{}", file.object).is_err() {
            return;
        }
    }
}

/// Reads `<object> blob <size>\n<bytes>\n` for each file.
fn read_objects(
    child: &mut Child,
    files: &[TreeFile],
    mut take: impl FnMut(&TreeFile, &[u8]) -> Result<(), Diagnostic>,
) -> Result<(), Diagnostic> {
    let out = child.stdout.take().ok_or_else(|| failed("cat-file"))?;
    let mut out = io::BufReader::new(out);
    let mut all = 0;
    for file in files {
        let size = object_size(&mut out).ok_or_else(|| failed("cat-file"))?;
        all += size;
        if all > MAX_FILES {
            let message = format!("the files of the revision have more than {} MiB", MAX_FILES / 1024 / 1024);
            return Err(Diagnostic::io("diff", message));
        }
        let mut bytes = Vec::new();
        let read = out.by_ref().take(size + 1).read_to_end(&mut bytes);
        if read.is_err() || bytes.pop() != Some(b'\n') || bytes.len() as u64 != size {
            return Err(failed("cat-file"));
        }
        take(file, &bytes)?;
    }
    Ok(())
}

/// The size in the head of an object; `None` if it is no such head.
fn object_size(out: &mut impl BufRead) -> Option<u64> {
    let mut head = Vec::new();
    out.take(256).read_until(b'\n', &mut head).ok()?;
    let head = String::from_utf8(head).ok()?;
    let mut parts = head.trim_end().split(' ');
    (parts.nth(1) == Some("blob")).then(|| parts.next()?.parse().ok()).flatten()
}
