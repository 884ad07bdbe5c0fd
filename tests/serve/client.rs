//! The program serving a test project, and an HTTP client that sends arbitrary bytes.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, ChildStderr, Command, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

/// How long the program may take for anything.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// A program that serves; stopped when it is dropped.
pub struct Served {
    pub root: PathBuf,
    pub port: u16,
    child: Child,
    output: Arc<Mutex<String>>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

/// A project with starter releases.
pub fn project(test: &str, slugs: &[&str]) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("serve").join(test);
    if root.exists() {
        fs::remove_dir_all(&root).unwrap();
    }
    fs::create_dir_all(root.join("content")).unwrap();
    for slug in slugs {
        assert!(kessan(&root, &["new", slug]).output().unwrap().status.success());
    }
    root
}

pub fn kessan(root: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kessan"));
    command.args(args).current_dir(root).stdin(Stdio::null());
    command
}

impl Served {
    /// Serves the project at `root` on a free port.
    pub fn start(root: PathBuf) -> Self {
        Self::run(root.clone(), &mut kessan(&root, &["serve", "--port", "0"]))
    }

    /// Runs a command that serves, and waits until it does.
    pub fn run(root: PathBuf, command: &mut Command) -> Self {
        let mut served = Self::watch(root, command);
        let output = served.wait_for("serving http://127.0.0.1:");
        served.port =
            output.split("serving http://127.0.0.1:").nth(1).unwrap().split('/').next().unwrap().parse().unwrap();
        served
    }

    /// Runs a command that watches files without serving them.
    pub fn watch(root: PathBuf, command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let output = Arc::new(Mutex::new(String::new()));
        listen(child.stderr.take().unwrap(), Arc::clone(&output));
        Self { root, port: 0, child, output }
    }

    /// Everything output so far, once `words` are among it.
    pub fn wait_for(&self, words: &str) -> String {
        let mut output = String::new();
        wait_until(&format!("`{words}` to be output"), || {
            output = self.output.lock().unwrap().clone();
            output.contains(words)
        });
        output
    }

    /// The most memory that the server has had so far, in MiB; none where the system does not say so.
    pub fn peak_memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        Some(peak.trim().strip_suffix(" kB")?.parse::<u64>().ok()? / 1024)
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask(self.request("GET", path))
    }

    /// The status of a page; none if there was no answer.
    pub fn try_get(&self, path: &str) -> Option<u16> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        stream.set_read_timeout(Some(PATIENCE)).ok()?;
        stream.write_all(self.request("GET", path).as_bytes()).ok()?;
        let mut bytes = Vec::new();
        drop(stream.read_to_end(&mut bytes));
        String::from_utf8_lossy(&bytes).split(' ').nth(1)?.parse().ok()
    }

    /// The page as text.
    pub fn page(&self, path: &str) -> String {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.head);
        answer.text()
    }

    pub fn request(&self, method: &str, path: &str) -> String {
        format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", self.port)
    }

    /// Sends bytes and reads until the other side closes.
    pub fn ask(&self, bytes: impl AsRef<[u8]>) -> Answer {
        let mut stream = self.connect();
        // What is refused may be refused before all of it is sent.
        drop(stream.write_all(bytes.as_ref()));
        Answer::read(&mut stream)
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Asks for word of changes; gives the connection and the status.
    pub fn listen(&self, of: &str, edition: &str) -> (TcpStream, String) {
        let mut stream = self.connect();
        let request = self.request("GET", &format!("/_preview/events?of={of}&edition={edition}"));
        stream.write_all(request.as_bytes()).unwrap();
        let mut first = [0; 12];
        stream.read_exact(&mut first).unwrap();
        (stream, String::from_utf8_lossy(&first[9..]).into_owned())
    }

    /// Waits for word that the page's part has changed since the page was read.
    pub fn wait_for_change(&self, page: &str) {
        let (stream, status) = self.listen(&attribute(page, "data-of"), &attribute(page, "data-edition"));
        assert_eq!(status, "200");
        let mut lines = BufReader::new(stream).lines();
        assert!(lines.any(|line| line.unwrap() == "event: change"), "no word of a change");
    }

    /// Writes a file of the project as editors do: beside it, and moved into place.
    pub fn write(&self, path: &str, text: &str) {
        let place = self.root.join(path);
        let beside = place.with_extension("new");
        fs::write(&beside, text).unwrap();
        fs::rename(beside, place).unwrap();
    }

    /// Changes a file of the project in place.
    pub fn change(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.root.join(path)).unwrap();
        assert!(text.contains(from), "{path} has no `{from}`");
        fs::write(self.root.join(path), text.replacen(from, to, 1)).unwrap();
    }

    /// Sends the program a signal, and waits for it to end.
    #[cfg(unix)]
    pub fn signal(&mut self, signal: &str) {
        assert!(Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap().success());
        self.child.wait().unwrap();
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Answer {
    pub fn read(stream: &mut TcpStream) -> Self {
        let mut bytes = Vec::new();
        // A connection that is reset after its answer has been answered.
        drop(stream.read_to_end(&mut bytes));
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n");
        let end = end.unwrap_or_else(|| panic!("no answer: {}", String::from_utf8_lossy(&bytes)));
        let head = String::from_utf8(bytes[..end + 2].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Self { status, head, body: bytes[end + 4..].to_vec() }
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub fn says(&self, field: &str) -> bool {
        self.head.contains(&format!("\r\n{field}\r\n"))
    }
}

/// The value of an attribute that stands on the page once.
pub fn attribute(page: &str, name: &str) -> String {
    let (_, rest) = page.split_once(&format!("{name}=\"")).unwrap_or_else(|| panic!("no {name} in {page}"));
    rest.split('"').next().unwrap().to_owned()
}

pub fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < PATIENCE, "waited too long for {what}");
        thread::sleep(Duration::from_millis(10));
    }
}

fn listen(stderr: ChildStderr, output: Arc<Mutex<String>>) {
    thread::spawn(move || {
        for line in BufReader::new(stderr).lines().map_while(Result::ok) {
            let mut output = output.lock().unwrap();
            output.push_str(&line);
            output.push('\n');
        }
    });
}
