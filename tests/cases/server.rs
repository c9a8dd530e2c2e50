//! The development server from outside: the program serving a site, and a client that says exactly what it is told to.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::TestSite;

/// How long an answer or a message is waited for.
const PATIENCE: Duration = Duration::from_secs(20);

/// The program serving a site; it ends with the test.
pub struct Server {
    child: Child,
    /// `127.0.0.1:4000`.
    pub address: String,
}

/// An answer as it came.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(": ")?;
            key.eq_ignore_ascii_case(name).then_some(value)
        })
    }
}

impl Server {
    /// Serves the site in `root`, on any free port unless the arguments name one.
    pub fn start(root: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_ninefold"))
            .arg("serve")
            .args(if arguments.contains(&"--port") { &[][..] } else { &["--port", "0"] })
            .args(arguments)
            .current_dir(root)
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program");
        let mut lines = BufReader::new(child.stderr.take().expect("its words")).lines().map_while(Result::ok);
        let address = lines
            .find_map(|line| Some(line.strip_prefix("The site is at http://")?.split('/').next()?.to_owned()))
            .expect("the server to say where it is");
        // What it says later must go somewhere.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address }
    }

    /// Presses Ctrl-C, and says how the program ended.
    pub fn interrupt(mut self) -> Option<i32> {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args(["-INT", &pid]).status().expect("the program kill");
        assert!(sent.success());
        self.child.wait().expect("its end").code()
    }

    /// The memory it has now and the most it had since `forget_peak`, in KB (man 5 proc_pid_status).
    #[cfg(target_os = "linux")]
    pub fn memory(&self) -> (u64, u64) {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("its status");
        let value = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name)).expect("a line of its status");
            line.trim().trim_end_matches(" kB").parse().expect("a number")
        };
        (value("VmRSS:"), value("VmHWM:"))
    }

    #[cfg(target_os = "linux")]
    pub fn forget_peak(&self) {
        std::fs::write(format!("/proc/{}/clear_refs", self.child.id()), "5").expect("its peak to be forgotten");
    }

    pub fn of(site: &TestSite) -> Self {
        Self::start(site.root(), &[])
    }

    /// Sends these lines as they are, and says no more.
    pub fn send(&self, request: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).expect("the server");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time to wait");
        stream.write_all(request.as_bytes()).expect("the request sent");
        stream
    }

    /// One request with these headers besides the usual ones.
    pub fn ask(&self, method: &str, target: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = format!("{method} {target} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|(name, _)| *name == "Host") {
            request.push_str(&format!("Host: {}\r\n", self.address));
        }
        headers.iter().for_each(|(name, value)| request.push_str(&format!("{name}: {value}\r\n")));
        let mut stream = self.send(&format!("{request}\r\n"));
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("the whole answer");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }

    pub fn get(&self, target: &str) -> Answer {
        self.ask("GET", target, &[])
    }

    /// Listens for changes, as a browser does.
    pub fn listen(&self) -> BufReader<TcpStream> {
        let request =
            format!("GET /.ninefold/events HTTP/1.1\r\nHost: {}\r\nAccept: text/event-stream\r\n\r\n", self.address);
        let mut reader = BufReader::new(self.send(&request));
        let mut line = String::new();
        while reader.read_line(&mut line).expect("the head") > 2 {
            line.clear();
        }
        reader
    }

    /// Asks for `target` again and again until the answer is as it should be.
    pub fn ask_until(&self, target: &str, is_right: impl Fn(&Answer) -> bool) -> Answer {
        let start = Instant::now();
        loop {
            let answer = self.get(target);
            if is_right(&answer) {
                return answer;
            }
            assert!(start.elapsed() < PATIENCE, "{target} stays as it is: {answer:?}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Asks for `target` after each change until it shows `text`: one save can be several changes.
    pub fn wait_for(&self, changes: &mut BufReader<TcpStream>, target: &str, text: &str) -> Answer {
        let start = Instant::now();
        loop {
            assert!(start.elapsed() < PATIENCE * 2, "`{target}` never shows {text}");
            message(changes);
            let answer = self.get(target);
            if answer.body.contains(text) {
                return answer;
            }
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits for the next message of the stream.
fn message(changes: &mut BufReader<TcpStream>) {
    let start = Instant::now();
    let mut line = String::new();
    while !line.starts_with("data: changed") {
        // A stream without news sends a comment now and then: that is no message.
        assert!(start.elapsed() < PATIENCE, "no change was told");
        line.clear();
        assert!(changes.read_line(&mut line).expect("a message") > 0, "the stream ended");
    }
}
